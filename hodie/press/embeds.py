"""The day on other people's sites: a small file a day, a web component, and pages for frames.

Everything here is made to be put elsewhere: it asks for nothing but itself, sets no cookie, and
brings no fonts or colours of its own.
"""

import datetime
from collections.abc import Iterator, Sequence
from functools import partial
from importlib import resources
from typing import Any

import msgspec
from babel import Locale
from msgspec import Struct

from hodie.almanac import Entity, Entry, Kind
from hodie.dates import DateError, MonthDay, worded, worded_year
from hodie.press import moved
from hodie.press.backing import sources_of
from hodie.press.filters import FilterError
from hodie.press.layout import Layout
from hodie.press.page import Page
from hodie.press.publication import nearest
from hodie.press.story import Story
from hodie.press.telling import Telling, tell
from hodie.press.view import civil_date, has_date_page, typeset
from hodie.press.words import words

ROOM = "/embed/"
SCRIPT = f"{ROOM}today.js"
JSON = "application/json"
KINDS = ("story", *Kind)
DEFAULT_KINDS = ("story", Kind.EVENT)
DEFAULT_COUNT = 5
# Of each kind, in a day's file.
MOST = 10
FRAME_HEIGHT = 420


class Item(Struct, frozen=True, omit_defaults=True):
    """One line of an embedded day; `year` is worded, `sources` are places in those of the day."""

    kind: str
    text: str
    url: str
    year: str = ""
    sources: tuple[int, ...] = ()


class Embedded(Struct, frozen=True, kw_only=True):
    """A day as embeds show it: at most MOST items of each kind, in order, with their sources."""

    day: str
    language: str
    direction: str
    worded: str
    name: str
    url: str
    home: str
    items: tuple[Item, ...]
    sources: tuple[str, ...]
    words: dict[str, str]


class Choice(Struct, frozen=True, kw_only=True):
    """What somebody wants to see of a day: which kinds, so many of each, in which language."""

    kinds: tuple[str, ...] = DEFAULT_KINDS
    count: int = DEFAULT_COUNT
    language: str = ""

    @classmethod
    def read(cls, query: Sequence[tuple[str, str]], languages: Sequence[str]) -> "Choice":
        """Read `kinds`, `count` and `language` from a query; raises FilterError."""
        given = dict(query)
        for name in given:
            if name not in ("kinds", "count", "language"):
                message = f"is no known parameter; {nearest(name, ('kinds', 'count', 'language'))}"
                raise FilterError(message, parameter=name, value=given[name])
        kinds = given.get("kinds", "").replace(",", " ").split()
        for kind in kinds:
            _known("kinds", kind, KINDS)
        language = given.get("language", languages[0])
        _known("language", language, languages)
        return cls(
            kinds=tuple(dict.fromkeys(kinds)) or DEFAULT_KINDS,
            count=number(given.get("count", str(DEFAULT_COUNT))),
            language=language,
        )

    def of(self, items: Sequence[Item]) -> list[Item]:
        """Choose among a day's items."""
        chosen: list[Item] = []
        for kind in self.kinds:
            chosen += [item for item in items if item.kind == kind][: self.count]
        return chosen


def addresses(layout: Layout, today: datetime.date) -> Iterator[str]:
    """Yield the address of every embed that is a file; the page about them is among the mapped."""
    yield from (SCRIPT, f"{ROOM}today/", f"{ROOM}today/oembed.json")
    for day in MonthDay.all():
        yield from (f"{ROOM}on/{day}/", f"{ROOM}on/{day}/oembed.json", f"{ROOM}on/{day}.json")
        for language in layout.publication.languages[1:]:
            yield f"{ROOM}on/{day}.{language}.json"
    for story in layout.shown_stories(today):
        yield from (f"/embed{story.address}", f"/embed{story.address}oembed.json")


def embedded(layout: Layout, telling: Telling, year: int, language: str) -> Embedded:
    """Return a day as embeds show it, in one of the publication's languages."""
    publication, day = layout.publication, telling.day
    lineup, said = telling.lineup, words(language)
    events = [*telling.entries, *(pick.entry for pick in lineup.events)]
    lists = {
        Kind.EVENT: events,
        Kind.BIRTH: [pick.entry for pick in lineup.births],
        Kind.DEATH: [pick.entry for pick in lineup.deaths],
        Kind.HOLIDAY: [pick.entry for pick in lineup.holidays],
    }
    entries = [(kind, entry) for kind, listed in lists.items() for entry in listed[:MOST]]
    sources = sources_of(entry for _, entry in entries)
    story = [_story_item(layout, telling.story, language)] if telling.story else []
    return Embedded(
        day=str(day),
        language=language,
        direction=Locale.parse(language, sep="-").text_direction,
        worded=worded(day, language),
        name=publication.name,
        url=publication.url(f"/on/{day}/"),
        home=publication.url("/"),
        items=(
            *story,
            *(_item(layout, kind, entry, year, language, sources) for kind, entry in entries),
        ),
        sources=sources,
        words={"sources": said["sources"], "none": said["nothing"]},
    )


# Pages: each takes the layout, the address, the date that it is for, and what the address names.


def day_file(
    layout: Layout, address: str, today: datetime.date, text: str, language: str | None = None
) -> Page | None:
    """Return a day's small file, in a language of the publication."""
    day = day_at(text)
    main, *others = layout.publication.languages
    if day is None or language not in (None, *others):
        return None
    told = embedded(layout, tell(layout, day, today), today.year, language or main)
    return Page(address, JSON, msgspec.json.encode(told))


def day_frame(layout: Layout, address: str, today: datetime.date, text: str) -> Page | None:
    """Lay out a day for a frame as most want it."""
    choice = Choice(language=layout.publication.language)
    return _frame(layout, address, today, text, choice)


def today_frame(layout: Layout, address: str, today: datetime.date) -> Page | None:
    """Lay out today for a frame as most want it."""
    return day_frame(layout, address, today, str(MonthDay.of(today)))


def asked(
    layout: Layout, address: str, query: Sequence[tuple[str, str]], today: datetime.date
) -> Page | None:
    """Lay out a day for a frame as the query wants it; raises FilterError."""
    name = address.removeprefix(ROOM).removeprefix("on/").rstrip("/")
    text = str(MonthDay.of(today)) if name == "today" else name
    return _frame(layout, address, today, text, Choice.read(query, layout.publication.languages))


def story_frame(layout: Layout, address: str, today: datetime.date, id: str) -> Page | None:
    """Lay out a story for a frame: its headline, its first words and who wrote it."""
    story = shown_story(layout, id, today)
    if story is None:
        return moved.story(layout, address, today, id)
    return _framed(
        layout,
        address,
        today,
        "embed-story.html",
        title=story.headline,
        description=story.description,
        story=story,
        url=layout.publication.url(story.address),
    )


def script(layout: Layout, address: str, today: datetime.date) -> Page:
    """Return the web component, which knows the publication's languages and its time zone."""
    source = (resources.files("hodie.press") / "static" / "today.js").read_text("utf-8")
    known = {
        "ZONE": layout.publication.time_zone,
        "LANGUAGES": list(layout.publication.languages),
        "COUNT": DEFAULT_COUNT,
        "KINDS": list(DEFAULT_KINDS),
    }
    for name, value in known.items():
        source = source.replace(f'"{name}"', msgspec.json.encode(value).decode())
    return Page(address, "text/javascript; charset=utf-8", source.encode())


def chooser(layout: Layout, address: str, today: datetime.date) -> Page:
    """Lay out the page on which one chooses what to embed, and copies the code."""
    publication = layout.publication
    locale = partial(Locale.parse, sep="-")
    return layout.html(
        "embed.html",
        address,
        today,
        title=layout.words["embed_head"],
        description=layout.words["embed_note"],
        script_address=publication.url(SCRIPT),
        frame_address=publication.url(f"{ROOM}today/"),
        home=publication.url("/"),
        kinds=KINDS,
        default_kinds=DEFAULT_KINDS,
        count=DEFAULT_COUNT,
        most=MOST,
        height=FRAME_HEIGHT,
        languages=[(tag, locale(tag).get_display_name(tag)) for tag in publication.languages],
    )


# Parts


def _frame(
    layout: Layout, address: str, today: datetime.date, text: str, choice: Choice
) -> Page | None:
    day = day_at(text)
    if day is None:
        return None
    told = embedded(layout, tell(layout, day, today), today.year, choice.language)
    return _framed(
        layout,
        address,
        today,
        "embed-day.html",
        title=f"{told.worded} · {told.name}",
        description=told.worded,
        told=told,
        chosen=(chosen := choice.of(told.items)),
        sources=[told.sources[n] for n in sorted({n for item in chosen for n in item.sources})],
    )


def _framed(
    layout: Layout, address: str, today: datetime.date, template: str, **values: Any
) -> Page:
    return layout.html(template, address, today, indexed=False, **values)


def _story_item(layout: Layout, story: Story, language: str) -> Item:
    year = "" if story.day is None or story.civil is None else story.civil.date.year
    return Item(
        "story",
        typeset(story.headline),
        layout.publication.url(story.address),
        worded_year(year, language) if isinstance(year, int) else "",
    )


def _item(
    layout: Layout, kind: Kind, entry: Entry, year: int, language: str, sources: Sequence[str]
) -> Item:
    date = civil_date(entry)
    return Item(
        kind,
        typeset(text_of(kind, entry, language)),
        layout.publication.url(_address(layout, entry, year)),
        worded_year(date.year, language) if date else "",
        tuple(sources.index(each) for each in sources_of([entry])),
    )


def text_of(kind: Kind, entry: Entry, language: str) -> str:
    """Say an entry in a line: a birth or a death by who it was, in the language where known."""
    person = entry.subject if kind in (Kind.BIRTH, Kind.DEATH) else None
    if person is None:
        return entry.label
    return ", ".join(filter(None, _named(person, language)))


def _named(entity: Entity, language: str) -> tuple[str, str | None]:
    """Return an entity's name and description as a language has them, else in English."""
    for label in entity.labels:
        if label.language == language.split("-")[0]:
            return label.name, label.description
    return entity.name, entity.description if language.startswith("en") else None


def _address(layout: Layout, entry: Entry, year: int) -> str:
    """Return the page that says more of an entry: its date's, its person's, else its day's."""
    date = civil_date(entry)
    if date is not None and has_date_page(entry):
        return f"/on/{date.edtf}/"
    if entry.subject is not None and layout.view(year).linked_entity(entry.subject):
        return f"/about/{entry.subject.id}/"
    return f"/on/{entry.day}/"


def shown_story(layout: Layout, id: str, today: datetime.date) -> Story | None:
    """Return a story if it is shown."""
    return next((story for story in layout.shown_stories(today) if story.id == id), None)


def day_at(text: str) -> MonthDay | None:
    """Return the day that an address names, if there is one."""
    try:
        day = MonthDay.parse(text)
    except DateError:
        return None
    return day if str(day) == text else None


def _known(parameter: str, value: str, known: Sequence[str]) -> None:
    if value not in known:
        message = f"{value!r} is none; {nearest(value, known)}"
        raise FilterError(message, parameter=parameter, value=value)


def number(text: str, parameter: str = "count", most: int = MOST) -> int:
    """Read how many; raises FilterError."""
    if not text.isdecimal() or len(text) > 6 or not 1 <= int(text) <= most:
        message = f"{text!r} must be a number from 1 to {most}"
        raise FilterError(message, parameter=parameter, value=text)
    return int(text)
