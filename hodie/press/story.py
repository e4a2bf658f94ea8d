"""A story: what somebody wrote about a day, kept as one Markdown file with front matter."""

import datetime
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec
from msgspec import Struct

from hodie.dates import (
    Calendar,
    CivilDay,
    DateError,
    HistoricalDate,
    Interval,
    MonthDay,
    civil_day,
    parse_edtf,
    worded,
    worded_both,
)
from hodie.press import frontmatter, markdown
from hodie.press.frontmatter import Bare, Item, StoryError, Table
from hodie.press.publication import (
    Author,
    AuthorKind,
    Link,
    Publication,
    Series,
    is_slug,
    language_tag,
    nearest,
    no_picture,
    slug,
    web_address,
)

__all__ = [
    "Correction",
    "Image",
    "Run",
    "Story",
    "StoryDate",
    "StoryError",
    "StorySource",
    "Withdrawal",
]

StoryDate = HistoricalDate | Interval
# Each year on a day, once on a date, or not by itself.
Run = MonthDay | datetime.date | None

NEVER = "never"
DESCRIPTION_LENGTH = 200
# Rome's last Julian day was 4 October 1582; the days up to the 14th were never counted there.
_REFORM = (1582, 10, 15)
_BLANK_EDGES = re.compile(r"\A(?:[^\S\n]*\n)+|\s+\Z")
_STILL_JULIAN = HistoricalDate(9999, 12, 31)


class Image(Struct, frozen=True, kw_only=True):
    """The picture over a story: a file below `pictures/`, and what must stand beside it."""

    file: str
    alt: str
    credit: str
    licence: str | None = None
    caption: str | None = None

    @property
    def address(self) -> str:
        """The address of the file, as links have it."""
        return f"/pictures/{quote(self.file)}"


class StorySource(Struct, frozen=True, kw_only=True):
    """A book, page or record on which a story rests."""

    title: str
    author: str | None = None
    publisher: str | None = None
    url: str | None = None


class Correction(Struct, frozen=True):
    """What was put right in a story after it ran, and when."""

    date: datetime.date
    note: str


class Withdrawal(Struct, frozen=True):
    """That a story does not stand any more: since when, and what its page says of it."""

    date: datetime.date
    note: str


class Story(Struct, frozen=True, kw_only=True):
    """One story as its file says it, with its series and authors looked up.

    `dates` are those that it tells of, the first being its dateline. A date before 15 October
    1582 is Julian unless the file names a calendar, as historians write it. `formerly` are the ids
    that it had before: their addresses lead to its own.
    """

    id: str
    headline: str
    dates: tuple[StoryDate, ...]
    language: str = "en"
    series: Series | None = None
    run: Run = None
    bylines: tuple[Author, ...] = ()
    summary: str = ""
    image: Image | None = None
    sources: tuple[StorySource, ...] = ()
    tags: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    sensitive: bool = False
    draft: bool = False
    published: datetime.date | None = None
    formerly: tuple[str, ...] = ()
    corrections: tuple[Correction, ...] = ()
    withdrawn: Withdrawal | None = None
    body: str = ""

    def __post_init__(self) -> None:
        # As a file would hold them; without this a value could differ from its own file.
        msgspec.structs.force_setattr(self, "body", _body(self.body))
        for name in ("headline", "summary"):
            line = " ".join(getattr(self, name).split())
            msgspec.structs.force_setattr(self, name, line)

    @property
    def address(self) -> str:
        return f"/stories/{self.id}/"

    @property
    def date(self) -> StoryDate:
        """The first date that the story tells of."""
        return self.dates[0]

    @property
    def civil(self) -> CivilDay | None:
        """The day of its first date as readers' calendars have it; None without a day."""
        return civil_of(self.date)

    @property
    def day(self) -> MonthDay | None:
        """The day of the year that its first date belongs to, whatever day it runs on."""
        return self.civil.day if self.civil else None

    @property
    def dateline(self) -> str:
        """Its first date in words of its language, Old Style said where it is."""
        civil = self.civil
        if civil is not None and civil.old_style is not None:
            return worded_both(civil, self.language)
        return worded(self.date, self.language)

    @property
    def html(self) -> str:
        """The body as HTML that is safe to put in a page; its headings begin at h2."""
        return markdown.render(self.body, self.language)

    @property
    def description(self) -> str:
        """The summary, else the beginning of the text, as plain words for feeds and previews."""
        return self.summary or markdown.opening(self.body, DESCRIPTION_LENGTH)

    def runs_on(self, day: MonthDay, year: int) -> bool:
        """Tell whether the story runs on a day of a year."""
        if isinstance(self.run, datetime.date):
            return (self.run.year, MonthDay.of(self.run)) == (year, day)
        return self.run == day

    def last_run(self, today: datetime.date) -> datetime.date | None:
        """Return the last date up to `today` on which it ran; None if it has not yet.

        A story of 29 February last ran in a leap year.
        """
        if self.run is None or isinstance(self.run, datetime.date):
            return self.run if self.run is not None and self.run <= today else None
        # Eight years back always hold a 29 February, also around 1900 and 2100.
        for year in range(today.year, today.year - 9, -1):
            date = self.run.in_year(year)
            if date is not None and datetime.date(year, *_month_day(self.run)) <= today:
                return datetime.date(year, *_month_day(self.run))
        return None

    def to_markdown(self) -> str:
        """Return the story's file, in the one form in which Hodie writes it."""
        return frontmatter.write(_fields(self), self.body)


def civil_of(date: StoryDate) -> CivilDay | None:
    """Return the civil day of a story's date: an interval's is the day on which it begins.

    A writer who names the Julian calendar after 1582 says that it was kept there, so such a date
    goes to its Gregorian day.
    """
    first = date.start if isinstance(date, Interval) else date
    if first is None:
        return None
    kept = _STILL_JULIAN if first.calendar is Calendar.JULIAN else None
    return civil_day(first, julian_until=kept)


def parse_story(content: bytes, publication: Publication, file: Path) -> Story:
    """Read a story from the bytes of `file`, which gives it its id; raises StoryError."""
    if not is_slug(file.stem):
        message = (
            f"{file.name!r} must be lower-case letters a to z, digits and single hyphens; "
            f"call it {(slug(file.stem) or 'my-story') + '.md'!r}"
        )
        raise StoryError(message, file=file, line=1)
    parts = frontmatter.read(content, file)
    story = _story(file.stem, parts.front, parts.body, publication)
    _check_body(parts, publication, file)
    return story


def read_story(file: Path, publication: Publication) -> Story:
    """Read a story from its file; raises StoryError."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise StoryError(f"cannot be read: {error.strerror}", file=file, line=1) from error
    return parse_story(content, publication, file)


def write_story(story: Story, folder: Path) -> Path:
    """Write a story's file into a folder of stories, whole or not at all; return its path.

    Raises StoryError where the id cannot be a file's name.
    """
    file = folder / f"{story.id}.md"
    if not is_slug(story.id):
        raise StoryError(f"{story.id!r} cannot be a story's id", file=file, line=1)
    folder.mkdir(parents=True, exist_ok=True)
    # The end of the name keeps a file that a killed run left from being read as a story.
    fresh = folder / f".{story.id}.writing"
    fresh.write_bytes(story.to_markdown().encode())
    fresh.replace(file)
    return file


def _story(id: str, front: Table, body: str, publication: Publication) -> Story:
    dates = _dates(front)
    story = Story(
        id=id,
        headline=front.required("headline", "Trotsky Assassinated").text,
        dates=dates,
        language=_language(front, publication),
        series=_series(front, publication),
        run=_run(front, dates),
        bylines=tuple(_byline(item, publication) for item in front.list("by")),
        summary=front.text("summary") or "",
        image=_image(front, publication),
        sources=tuple(_source(item) for item in front.list("sources")),
        tags=_texts(front, "tags"),
        entries=_texts(front, "entries"),
        entities=_texts(front, "entities"),
        sensitive=front.truth("sensitive"),
        draft=front.truth("draft"),
        published=_day(front.item("published")),
        formerly=_formerly(front, id),
        corrections=tuple(_correction(item) for item in front.list("corrections")),
        withdrawn=_withdrawal(front.item("withdrawn")),
        body=body,
    )
    front.finish()
    return story


def _check_body(parts: frontmatter.Parts, publication: Publication, file: Path) -> None:
    for line, name in markdown.pictures(parts.body):
        if publication.picture(name) is None:
            message = no_picture(name, publication.pictures_folder)
            raise StoryError(message, file=file, line=parts.body_line + line)


def _dates(front: Table) -> tuple[StoryDate, ...]:
    if "date" in front and "dates" in front:
        front.refuse("date", "stands beside `dates`; keep one of the two")
    # Both lists are asked for, so that either key counts as known.
    items = [*front.list("date"), *front.list("dates")]
    named = front.item("calendar")
    if not items:
        front.required("date", "1940-08-20")
    return tuple(_date(item, named) for item in items)


def _date(item: Item, named: Item | None) -> StoryDate:
    if not item.is_table:
        return _parsed_date(item, named)
    table = item.table()
    date = _parsed_date(table.required("date", "1917-10-25"), table.item("calendar") or named)
    table.finish()
    return date


def story_date(text: str, calendar: Calendar | None = None) -> StoryDate:
    """Read a date as a story's file has it, in the usual calendar unless one is named.

    >>> story_date("1492-10-12").calendar
    <Calendar.JULIAN: 'julian'>
    """
    date = parse_edtf(text, calendar or Calendar.GREGORIAN)
    return date if calendar else _in_usual_calendar(date)


def named_calendar(date: StoryDate) -> Calendar | None:
    """Return the calendar that a file has to name beside a date; None for the usual one."""
    if story_date(date.edtf) == date:
        return None
    ends = (date.start, date.end) if isinstance(date, Interval) else (date,)
    return next(end.calendar for end in ends if end is not None)


def _parsed_date(item: Item, named: Item | None) -> StoryDate:
    calendar = None if named is None else _calendar(named)
    try:
        return story_date(item.text, calendar)
    except DateError as error:
        item.refuse(
            f"{item.text!r}: {error}; dates are EDTF, such as 1940-08-20, 1940-08 or 1914/1918"
        )


def _calendar(item: Item) -> Calendar:
    try:
        return Calendar(item.text)
    except ValueError:
        item.refuse(f"{item.text!r} is no known calendar; {nearest(item.text, list(Calendar))}")


def _in_usual_calendar(date: StoryDate) -> StoryDate:
    if isinstance(date, Interval):
        start = None if date.start is None else _in_usual_calendar(date.start)
        end = None if date.end is None else _in_usual_calendar(date.end)
        return msgspec.structs.replace(date, start=start, end=end)
    if (date.year, date.month or 1, date.day or 1) < _REFORM:
        return msgspec.structs.replace(date, calendar=Calendar.JULIAN)
    return date


def _language(front: Table, publication: Publication) -> str:
    item = front.item("language")
    if item is None:
        return publication.language
    try:
        return language_tag(item.text)
    except ValueError as error:
        item.refuse(str(error))


def _series(front: Table, publication: Publication) -> Series | None:
    item = front.item("series")
    if item is None:
        return None
    series = publication.series_named(item.text)
    if series is None:
        ids = [each.id for each in publication.series]
        item.refuse(f"{item.text!r} is no series of hodie.toml; {nearest(item.text, ids)}")
    return series


def _run(front: Table, dates: tuple[StoryDate, ...]) -> Run:
    item = front.item("run")
    if item is None:
        return usual_run(dates)
    if item.text == NEVER:
        return None
    try:
        if len(item.text) == len("08-20"):
            return MonthDay.parse(item.text)
        return _iso_date(item.text)
    except ValueError:
        item.refuse(
            f"{item.text!r} must be a day such as 08-20 (each year), "
            f"a date such as 2026-08-20 (once), or {NEVER}"
        )


def usual_run(dates: tuple[StoryDate, ...]) -> MonthDay | None:
    """Return the day on which a story of these dates runs where its file does not say."""
    civil = civil_of(dates[0])
    return civil.day if civil else None


def _byline(item: Item, publication: Publication) -> Author:
    if item.is_table:
        return _inline_author(item.table())
    author = publication.author(item.text)
    if author is None:
        ids = [each.id for each in publication.authors]
        item.refuse(
            f"{item.text!r} is no author of hodie.toml; {nearest(item.text, ids)}; "
            "or sign here with `name: …`"
        )
    return author


def _inline_author(table: Table) -> Author:
    author = Author(
        name=table.required("name", "A. Reader").text,
        note=table.text("note") or "",
        links=tuple(_link(item.table()) for item in table.list("links")),
        kind=_author_kind(table),
    )
    table.finish()
    return author


def _author_kind(table: Table) -> AuthorKind:
    item = table.item("kind")
    if item is None or item.text == "person":
        return "person"
    if item.text != "desk":
        item.refuse(f"{item.text!r} must be person or desk")
    return "desk"


def _link(table: Table) -> Link:
    link = Link(
        label=table.required("label", "Website").text,
        url=_web_address(table.required("url", "https://example.org/")),
    )
    table.finish()
    return link


def _web_address(item: Item) -> str:
    if not web_address(item.text):
        item.refuse(f"{item.text!r} must begin with https://, http:// or mailto:")
    return item.text


def _image(front: Table, publication: Publication) -> Image | None:
    item = front.item("image")
    if item is None:
        return None
    table = item.table()
    file = table.required("file", "coyoacan.jpg")
    if publication.picture(file.text) is None:
        file.refuse(no_picture(file.text, publication.pictures_folder))
    image = Image(
        file=file.text,
        alt=table.required("alt", "A walled house with a watchtower").text,
        credit=table.required("credit", "Photograph: the museum").text,
        licence=table.text("licence"),
        caption=table.text("caption"),
    )
    table.finish()
    return image


def _source(item: Item) -> StorySource:
    if not item.is_table:
        return StorySource(title=item.text)
    table = item.table()
    url = table.item("url")
    source = StorySource(
        title=table.required("title", "My Life").text,
        author=table.text("author"),
        publisher=table.text("publisher"),
        url=None if url is None else _web_address(url),
    )
    table.finish()
    return source


def _correction(item: Item) -> Correction:
    return Correction(*_dated_note(item, "The year of his exile was 1929."))


def _withdrawal(item: Item | None) -> Withdrawal | None:
    return None if item is None else Withdrawal(*_dated_note(item, "It rested on a forged letter."))


def _dated_note(item: Item, example: str) -> tuple[datetime.date, str]:
    table = item.table()
    date = _day(table.required("date", "2026-08-21"))
    note = table.required("note", example).text
    table.finish()
    assert date is not None
    return date, note


def _day(item: Item | None) -> datetime.date | None:
    if item is None:
        return None
    try:
        return _iso_date(item.text)
    except ValueError:
        item.refuse(f"{item.text!r} must be a date such as 2026-08-20")


def _iso_date(text: str) -> datetime.date:
    # fromisoformat would also read 20260820 and week dates.
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
        raise ValueError(text)
    return datetime.date.fromisoformat(text)


def _texts(front: Table, key: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.text for item in front.list(key)))


def _formerly(front: Table, id: str) -> tuple[str, ...]:
    for item in front.list("formerly"):
        if not is_slug(item.text):
            item.refuse(
                f"{item.text!r} is no story's id; give the name that the file had, without .md"
            )
        if item.text == id:
            item.refuse(f"{item.text!r} is the story's own id; take it out")
    return _texts(front, "formerly")


def _month_day(day: MonthDay) -> tuple[int, int]:
    return day.month, day.day


def _body(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return _BLANK_EDGES.sub("", lines)


def _fields(story: Story) -> dict[str, Any]:
    usual = usual_run(story.dates)
    fields: dict[str, Any] = {
        "headline": story.headline,
        "series": story.series and story.series.id,
        **_date_fields(story.dates),
        "run": None if story.run == usual else Bare(NEVER if story.run is None else story.run),
        "language": story.language,
        "by": _byline_field(story.bylines),
        "summary": story.summary,
        "image": story.image and _filled(story.image),
        "tags": list(story.tags),
        "entries": list(story.entries),
        "entities": list(story.entities),
        "sensitive": story.sensitive,
        "draft": story.draft,
        "published": story.published and Bare(story.published),
        "sources": [_filled(source) for source in story.sources],
        "formerly": list(story.formerly),
        "corrections": [_dated_field(correction) for correction in story.corrections],
        "withdrawn": story.withdrawn and _dated_field(story.withdrawn),
    }
    return {key: value for key, value in fields.items() if value}


def _dated_field(note: Correction | Withdrawal) -> dict[str, Any]:
    return {"date": Bare(note.date), "note": note.note}


def _date_fields(dates: tuple[StoryDate, ...]) -> dict[str, Any]:
    if len(dates) == 1:
        return _date_field(dates[0])
    fields = [_date_field(date) for date in dates]
    return {"dates": [each if "calendar" in each else each["date"] for each in fields]}


def _date_field(date: StoryDate) -> dict[str, Any]:
    calendar = named_calendar(date)
    fields = {"date": Bare(date.edtf)}
    return fields if calendar is None else {**fields, "calendar": Bare(calendar)}


def _byline_field(bylines: tuple[Author, ...]) -> Any:
    fields = [author.id or _inline_field(author) for author in bylines]
    return fields[0] if len(fields) == 1 and isinstance(fields[0], str) else fields


def _inline_field(author: Author) -> dict[str, Any]:
    links = [{"label": link.label, "url": link.url} for link in author.links]
    kind = author.kind if author.kind != "person" else None
    fields = {"name": author.name, "kind": kind, "note": author.note}
    return {key: value for key, value in {**fields, "links": links}.items() if value}


def _filled(value: Struct) -> dict[str, Any]:
    return {key: each for key, each in msgspec.structs.asdict(value).items() if each is not None}
