"""The shapes of answers: what JSON, CSV and the OpenAPI description all say of a thing.

A field that is not known is left out. Descriptions here are what the reference shows.
"""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta, Struct

from hodie.almanac import Kind
from hodie.dates import Calendar

Year = Annotated[
    int, Meta(description="An astronomical year: 1 BC is 0, 44 BC is -43.", examples=[1940, -43])
]
Url = Annotated[str, Meta(extra_json_schema={"format": "uri"})]
Day = Annotated[
    str, Meta(description="A day of every year, as MM-DD.", pattern=r"^[0-9]{2}-[0-9]{2}$")
]


class Shape(Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """What all shapes have in common: what is not known is not said."""


class DateShape(Shape, frozen=True, kw_only=True, omit_defaults=True):
    """A date as its source states it: as precise, and in the calendar, that it is known in."""

    edtf: Annotated[
        str,
        Meta(
            description="The date in EDTF (ISO 8601-2), in its own calendar.",
            examples=["1940-08-20", "-0043-03-15", "194X"],
        ),
    ]
    year: Year
    month: int | None = None
    day: int | None = None
    precision: Annotated[
        str, Meta(description="How far it is known: century, decade, year, season, month or day.")
    ]
    calendar: Annotated[Calendar, Meta(description="The calendar in which the date is meant.")]
    approximate: bool = False
    uncertain: bool = False
    words: Annotated[
        str,
        Meta(
            description="The date in words of the language asked for.",
            examples=["15 March 44 BC"],
        ),
    ]
    year_words: Annotated[str, Meta(description="Its year in words.", examples=["44 BC"])]
    gregorian: Annotated[
        str | None,
        Meta(description="The same day in the Gregorian calendar, where its own is another."),
    ] = None


class ReferenceShape(Shape, frozen=True, kw_only=True, omit_defaults=True):
    """What backs an entry: a data set, where in it, and the licence of what it says."""

    source: str
    url: str | None = None
    revision: str | None = None
    licence: Annotated[str | None, Meta(description="An SPDX name, or a phrase.")] = None
    date: Annotated[
        str | None, Meta(description="The date that this source gives, where it is another.")
    ] = None


class ParticipantShape(Shape, frozen=True, kw_only=True, omit_defaults=True):
    """An entity's part in an entry."""

    role: Annotated[
        str, Meta(description="subject, person, place, context or topic.", examples=["subject"])
    ]
    id: str
    name: str
    description: str | None = None
    wikidata: str | None = None


class EntryShape(Shape, frozen=True, kw_only=True, omit_defaults=True):
    """One dated item of the almanac."""

    id: Annotated[str, Meta(description="Permanent.", examples=["e:1940-08-20:647e955d7e"])]
    url: Annotated[Url, Meta(description="Where this entry alone is answered, for good.")]
    page: Annotated[Url | None, Meta(description="A page for readers that shows it.")] = None
    kind: Annotated[Kind, Meta(description="What it is.")]
    subkind: Annotated[
        str | None, Meta(description="What it is, finer.", examples=["battle", "treaty"])
    ] = None
    title: Annotated[str, Meta(description="Its title, or words made from its facts.")]
    text: Annotated[str | None, Meta(description="A sentence on it, where there is one.")] = None
    date: Annotated[DateShape | None, Meta(description="Left out for holidays of every year.")] = (
        None
    )
    day: Annotated[Day | None, Meta(description="The day of the year that shows it.")] = None
    weight: Annotated[float, Meta(description="How well known it is, from 0 to 1.")]
    sensitive: Annotated[
        bool, Meta(description="Whether it is not for every wall: cruelty, mass death.")
    ] = False
    flags: tuple[str, ...] = ()
    countries: Annotated[
        tuple[str, ...], Meta(description="ISO 3166-1 codes, two letters each.")
    ] = ()
    participants: tuple[ParticipantShape, ...] = ()
    references: tuple[ReferenceShape, ...] = ()


class EntityShape(Shape, frozen=True, kw_only=True, omit_defaults=True):
    """A person, place, work, body, event or topic that entries are about."""

    id: Annotated[str, Meta(description="Permanent.", examples=["leon-trotsky"])]
    url: Url
    page: Url
    entries: Annotated[Url, Meta(description="Where the entries that it takes part in are.")]
    name: Annotated[str, Meta(description="Its name in the language asked for, where known.")]
    kind: str | None = None
    description: str | None = None
    born: Year | None = None
    died: Year | None = None
    country: Annotated[str | None, Meta(description="An ISO 3166-1 code, two letters.")] = None
    latitude: float | None = None
    longitude: float | None = None
    wikidata: str | None = None
    wikipedia: Annotated[
        str | None, Meta(description="The title of its article in the language asked for.")
    ] = None
    image: str | None = None
    weight: Annotated[float, Meta(description="How well known it is, from 0 to 1.")]
    aliases: tuple[str, ...] = ()


class HitShape(Shape, frozen=True, kw_only=True, omit_defaults=True):
    """What a search found: an entry or an entity, and how well it matches."""

    score: float
    entity: EntityShape | None = None
    entry: EntryShape | None = None


class PickShape(Shape, frozen=True, kw_only=True, omit_defaults=True):
    """What was chosen for a day, and why."""

    why: str
    entry: EntryShape


class StoryLinkShape(Shape, frozen=True, kw_only=True, omit_defaults=True):
    """A story, in short."""

    id: str
    url: Url
    page: Url
    headline: str
    dateline: str


class Listing(Shape, frozen=True, kw_only=True, omit_defaults=True):
    """What all lists say of themselves."""

    url: Annotated[Url, Meta(description="The address of this list's first part.")]
    next: Annotated[
        str | None,
        Meta(
            description="Where the list goes on, on the same host. Left out at its end alone.",
            extra_json_schema={"format": "uri-reference"},
        ),
    ] = None


class EntryList(Listing, frozen=True, kw_only=True, omit_defaults=True):
    """Entries of a date, a year or an entity, or some by chance."""

    page: Annotated[Url | None, Meta(description="The page for readers.")] = None
    entries: tuple[EntryShape, ...] = ()


class DayList(Listing, frozen=True, kw_only=True, omit_defaults=True):
    """The entries that are shown on a day of the year."""

    day: Day
    words: str
    page: Url
    total: Annotated[
        int | None, Meta(description="How many entries the day has, where nothing is filtered.")
    ] = None
    entries: tuple[EntryShape, ...] = ()


class TodayList(Listing, frozen=True, kw_only=True, omit_defaults=True):
    """Today: what was chosen to be told, the stories that run, and the day's entries."""

    date: Annotated[str, Meta(examples=["2026-08-20"])]
    day: Day
    words: str
    time_zone: Annotated[str, Meta(examples=["Europe/London"])]
    page: Url
    stories: tuple[StoryLinkShape, ...] = ()
    selected: Annotated[
        tuple[PickShape, ...], Meta(description="What was chosen, the lead first.")
    ] = ()
    entries: tuple[EntryShape, ...] = ()


class HitList(Listing, frozen=True, kw_only=True, omit_defaults=True):
    """What a search found, the best first."""

    hits: tuple[HitShape, ...] = ()


class AuthorShape(Shape, frozen=True, kw_only=True, omit_defaults=True):
    """Who signs stories."""

    id: str | None = None
    url: Url | None = None
    page: Url | None = None
    name: str
    kind: Annotated[str, Meta(description="person, or desk where an office signs.")]
    note: str | None = None
    picture: Url | None = None
    links: tuple[str, ...] = ()


class SeriesShape(Shape, frozen=True, kw_only=True, omit_defaults=True):
    """A standing title under which stories run."""

    id: str
    url: Url
    page: Url
    name: str
    note: str | None = None


class SourceShape(Shape, frozen=True, kw_only=True, omit_defaults=True):
    """What a story rests on."""

    title: str
    author: str | None = None
    publisher: str | None = None
    url: str | None = None


class StoryShape(Shape, frozen=True, kw_only=True, omit_defaults=True):
    """What somebody wrote about a day."""

    id: str
    url: Url
    page: Url
    headline: str
    dateline: Annotated[str, Meta(description="The date that it tells of, in words.")]
    dates: Annotated[tuple[str, ...], Meta(description="The dates that it tells of, in EDTF.")]
    language: str
    summary: str | None = None
    series: SeriesShape | None = None
    authors: tuple[AuthorShape, ...] = ()
    ran: Annotated[str | None, Meta(description="The date on which it ran last.")] = None
    image: Url | None = None
    image_alt: str | None = None
    image_credit: str | None = None
    tags: tuple[str, ...] = ()
    entries: Annotated[tuple[str, ...], Meta(description="Ids of what it tells of.")] = ()
    entities: Annotated[tuple[str, ...], Meta(description="Ids of whom it tells of.")] = ()
    sources: tuple[SourceShape, ...] = ()
    sensitive: bool = False
    html: Annotated[
        str | None, Meta(description="Its text; only where the story is asked for alone.")
    ] = None


class StoryList(Listing, frozen=True, kw_only=True, omit_defaults=True):
    """Stories that have run, the one that ran last first."""

    stories: tuple[StoryShape, ...] = ()


class SeriesList(Listing, frozen=True, kw_only=True, omit_defaults=True):
    series: tuple[SeriesShape, ...] = ()


class AuthorList(Listing, frozen=True, kw_only=True, omit_defaults=True):
    authors: tuple[AuthorShape, ...] = ()


class SourceCount(Shape, frozen=True, kw_only=True, omit_defaults=True):
    """A data set behind the almanac, its licence, and how many entries it backs."""

    source: str
    licence: str | None = None
    entries: int


class AlmanacShape(Shape, frozen=True, kw_only=True, omit_defaults=True):
    """What the almanac is and holds."""

    version: Annotated[
        str, Meta(description="Names these facts: another where a single byte of them differs.")
    ]
    schema: Annotated[int, Meta(description="The version of the file's layout.")]
    hodie: Annotated[str, Meta(description="The version of the program.")]
    url: Url
    page: Url
    language: str
    entries: Annotated[dict[Kind, int], Meta(description="How many there are, by kind.")]
    entities: int
    years: Annotated[
        tuple[int, int] | None, Meta(description="The first and the last year with entries.")
    ] = None
    sources: tuple[SourceCount, ...] = ()


class IndexShape(Shape, frozen=True, kw_only=True, omit_defaults=True):
    """Where everything of this API is."""

    name: str
    language: str
    page: Annotated[Url, Meta(description="The reference, for readers.")]
    openapi: Url
    addresses: Annotated[
        dict[str, str], Meta(description="URL templates (RFC 6570) by the name of the operation.")
    ]
