"""A story of the newsroom as press's `Story`, and back: the one place that knows both."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from wagtail.blocks import StreamValue
from wagtail.rich_text import RichText

from hodie.dates import Calendar, MonthDay
from hodie.errors import HodieError
from hodie.newsroom import moves, prose
from hodie.newsroom.models import NEVER, ONCE, YEARLY, Author, Picture, Series, Story
from hodie.newsroom.opened import publication
from hodie.newsroom.prose import Part
from hodie.press import Author as Byline
from hodie.press import Correction, Image, Link, StorySource, Withdrawal
from hodie.press import Series as Title
from hodie.press import Story as Value
from hodie.press.story import Run, StoryDate, named_calendar, story_date, usual_run


def to_value(story: Story, *, draft: bool = False, out: datetime.date | None = None) -> Value:
    """Return a story as press prints it; `out` is the day on which it came out.

    Raises DateError where its date cannot be read.
    """
    dates = tuple(_dates(story))
    return Value(
        id=story.slug,
        headline=story.title,
        dates=dates,
        language=story.language or publication().language,
        series=_title(story.series),
        run=_run(story, dates),
        bylines=tuple(_bylines(story)),
        summary=story.standfirst,
        image=_image(story),
        sources=tuple(_sources(story)),
        tags=lines(story.tags),
        entries=lines(story.entries),
        entities=lines(story.entities),
        sensitive=story.sensitive,
        draft=draft,
        published=out,
        formerly=moves.former_ids(story),
        corrections=tuple(_corrections(story.corrections)),
        withdrawn=_withdrawal(story),
        body=prose.write(parts(story), _address),
    )


def fill(story: Story, value: Value) -> None:
    """Make a story of the newsroom say what press's says; nothing is saved."""
    first, *others = value.dates
    story.slug, story.title = value.id, value.headline
    story.date, story.calendar = first.edtf, named_calendar(first) or ""
    story.dates = stream("dates", [("date", _date_field(each)) for each in others])
    story.language = "" if value.language == publication().language else value.language
    story.series = None if value.series is None else Series.objects.get(pk=value.series.id)
    _fill_run(story, value)
    story.bylines = stream("bylines", [_byline_field(each) for each in value.bylines])
    story.standfirst, story.sensitive = value.summary, value.sensitive
    _fill_image(story, value.image)
    story.sources = stream("sources", [("source", _source_field(each)) for each in value.sources])
    story.tags = "\n".join(value.tags)
    story.entries, story.entities = "\n".join(value.entries), "\n".join(value.entities)
    story.corrections = [
        {"date": each.date.isoformat(), "note": each.note} for each in value.corrections
    ]
    story.withdrawn_on = value.withdrawn and value.withdrawn.date
    story.withdrawn_note = value.withdrawn.note if value.withdrawn else ""
    known = {picture.name: picture.pk for picture in Picture.objects.exclude(name="")}
    story.body = stream(
        "body", [_part_field(each, known) for each in prose.read(value.body, known.__contains__)]
    )


def parts(story: Story) -> list[Part]:
    """Return the parts of a story's body."""
    return [_part(child) for child in story.body]


def text(story: Story) -> str:
    """Return the words of a story, a paragraph to a line, as the fact check reads them."""
    return prose.plain(parts(story))


def stream(field: str, blocks: Iterable[tuple[str, Any]]) -> StreamValue:
    """Return the value of a stream field of a story, from the raw values of its blocks."""
    block = Story._meta.get_field(field).stream_block
    return StreamValue(block, [{"type": kind, "value": v} for kind, v in blocks], is_lazy=True)


def lines(text: str) -> tuple[str, ...]:
    """Return the lines of a field that lists things, each once, without blanks."""
    return tuple(
        dict.fromkeys(" ".join(line.split()) for line in text.splitlines() if line.strip())
    )


def byline_of(author: Author) -> Byline:
    """Return an author as press knows them: by hodie.toml, else as the newsroom has them."""
    return publication().author(author.pk) or Byline(
        id=author.pk,
        name=author.name,
        note=author.note,
        kind=author.kind,
        links=tuple(_links(child.value for child in author.links)),
        picture=author.picture.name if author.picture else None,
    )


def _dates(story: Story) -> Iterable[StoryDate]:
    yield _date(story.date, story.calendar)
    for child in story.dates:
        yield _date(child.value["date"], child.value["calendar"])


def _date(edtf: str, calendar: str) -> StoryDate:
    return story_date(edtf, Calendar(calendar) if calendar else None)


def _date_field(date: StoryDate) -> dict[str, str]:
    return {"date": date.edtf, "calendar": named_calendar(date) or ""}


def _title(series: Series | None) -> Title | None:
    if series is None:
        return None
    known = publication().series_named(series.pk)
    return known or Title(id=series.pk, name=series.name, note=series.note)


def _run(story: Story, dates: tuple[StoryDate, ...]) -> Run:
    if story.run == ONCE:
        return story.run_on
    if story.run == NEVER:
        return None
    return MonthDay.parse(story.run_day) if story.run_day else usual_run(dates)


def _fill_run(story: Story, value: Value) -> None:
    story.run_day, story.run_on = "", None
    if isinstance(value.run, datetime.date):
        story.run, story.run_on = ONCE, value.run
    elif value.run is None:
        story.run = YEARLY if usual_run(value.dates) is None else NEVER
    else:
        story.run = YEARLY
        story.run_day = "" if value.run == usual_run(value.dates) else str(value.run)


def _bylines(story: Story) -> Iterable[Byline]:
    for child in story.bylines:
        if child.block_type == "guest":
            yield _guest(child.value)
        elif child.value is not None:
            yield byline_of(child.value)


def _guest(value: Any) -> Byline:
    return Byline(
        name=value["name"],
        note=value["note"] or "",
        kind=value["kind"],
        links=tuple(_links(value["links"])),
    )


def _links(values: Iterable[Any]) -> Iterable[Link]:
    return (Link(label=value["label"], url=value["url"]) for value in values)


def _byline_field(author: Byline) -> tuple[str, Any]:
    if author.id:
        return "author", author.id
    links = [{"label": link.label, "url": link.url} for link in author.links]
    guest = {"name": author.name, "kind": author.kind, "note": author.note, "links": links}
    return "guest", guest


def _image(story: Story) -> Image | None:
    if story.picture is None:
        return None
    return Image(
        file=story.picture.name,
        alt=story.picture_alt,
        credit=story.picture_credit,
        licence=story.picture_licence or None,
        caption=story.picture_caption or None,
    )


def _fill_image(story: Story, image: Image | None) -> None:
    story.picture = None if image is None else Picture.objects.get(name=image.file)
    story.picture_alt = image.alt if image else ""
    story.picture_credit = image.credit if image else ""
    story.picture_licence = (image.licence or "") if image else ""
    story.picture_caption = (image.caption or "") if image else ""


def _sources(story: Story) -> Iterable[StorySource]:
    for child in story.sources:
        value = child.value
        yield StorySource(
            title=value["title"],
            author=value["author"] or None,
            publisher=value["publisher"] or None,
            url=value["url"] or None,
        )


def _source_field(source: StorySource) -> dict[str, str]:
    return {
        "title": source.title,
        "author": source.author or "",
        "publisher": source.publisher or "",
        "url": source.url or "",
    }


def _corrections(values: Iterable[dict[str, str]]) -> Iterable[Correction]:
    return (Correction(datetime.date.fromisoformat(v["date"]), v["note"]) for v in values)


def _withdrawal(story: Story) -> Withdrawal | None:
    if story.withdrawn_on is None:
        return None
    return Withdrawal(story.withdrawn_on, story.withdrawn_note)


def _part(child: Any) -> Part:
    value = child.value
    if child.block_type == "picture":
        picture = value["image"]
        name = picture.name if picture else ""
        return Part("picture", value["alt"], name, value["caption"] or "")
    source = value.source if isinstance(value, RichText) else str(value or "")
    return Part(child.block_type, source)


def _part_field(part: Part, known: dict[str, int]) -> tuple[str, Any]:
    if part.kind == "picture":
        picture = {"image": known[part.name], "alt": part.text, "caption": part.caption}
        return "picture", picture
    return part.kind, part.text


def _address(number: str) -> str | None:
    story = Story.objects.filter(pk=number).only("slug").first() if number.isdecimal() else None
    return story.address if story else None


def run_of(story: Story) -> Run:
    """Return when a story runs; None for one that does not, or whose date cannot be read yet."""
    try:
        return _run(story, tuple(_dates(story)))
    except HodieError:
        return None
