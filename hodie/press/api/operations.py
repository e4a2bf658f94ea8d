"""The table of all that the API answers."""

from __future__ import annotations

from hodie.press.api import answering
from hodie.press.api.answering import Asked, Given
from hodie.press.api.asking import Operation, PathParameter
from hodie.press.api.formats import Thing
from hodie.press.api.parameters import DATE, DAY, ID, YEAR
from hodie.press.api.shapes import (
    AlmanacShape,
    AuthorList,
    AuthorShape,
    DayList,
    EntityShape,
    EntryList,
    EntryShape,
    HitList,
    HitShape,
    IndexShape,
    SeriesList,
    SeriesShape,
    StoryList,
    StoryShape,
    TodayList,
)
from hodie.press.api.values import ROOT

ENTRIES = Thing(EntryShape, "entries")
ENTITIES = Thing(EntityShape, "entities")
HITS = Thing(HitShape, "hits")
STORIES = Thing(StoryShape, "stories")
SERIES = Thing(SeriesShape, "series")
AUTHORS = Thing(AuthorShape, "authors")
ALMANAC = Thing(AlmanacShape, "almanac")
INDEX = Thing(IndexShape, "index")

_FILTERS = ("kind", "subkind", "from", "to", "country", "place", "sensitive")
_TOLD = ("lang", "fields")
_PAGED = ("limit", "cursor")
_ENTRY_LIST = (*_FILTERS, "sort", *_TOLD, *_PAGED)


def _index(asked: Asked) -> Given:
    return answering.index(asked, {each.name: ROOT + each.path for each in OPERATIONS[1:]})


def _id(description: str, example: str) -> PathParameter:
    return PathParameter("id", description, ID, example)


OPERATIONS = (
    Operation(
        name="index",
        path="/",
        summary="Where everything is",
        thing=INDEX,
        envelope=IndexShape,
        make=_index,
        quick=True,
    ),
    Operation(
        name="day",
        path="/days/{day}",
        summary="A day of the year",
        description="What happened on this day, in any year; the best known first.",
        id=PathParameter("day", "A day of every year, as MM-DD.", DAY, "08-20"),
        parameters=_ENTRY_LIST,
        thing=ENTRIES,
        envelope=DayList,
        make=answering.day,
        quick=True,
    ),
    Operation(
        name="today",
        path="/today",
        summary="Today",
        description=(
            "What was chosen to be told today and why, the stories that run, and the day's "
            "entries. The filters are for what was chosen, too."
        ),
        parameters=(*_ENTRY_LIST, "tz"),
        thing=ENTRIES,
        envelope=TodayList,
        make=answering.today,
        lasting=False,
    ),
    Operation(
        name="date",
        path="/dates/{date}",
        summary="One date",
        description=(
            "What happened on one date, or is known to the month alone (1940-08). "
            "Before 15 October 1582 a date is Julian."
        ),
        id=PathParameter(
            "date",
            "A date as YYYY-MM-DD, or a month as YYYY-MM; 44 BC is -0043.",
            DATE,
            "1940-08-20",
        ),
        parameters=_ENTRY_LIST,
        thing=ENTRIES,
        envelope=EntryList,
        make=answering.date,
        quick=True,
    ),
    Operation(
        name="year",
        path="/years/{year}",
        summary="A year",
        description="What happened in a year. Sorted by year, its entries are in order of time.",
        id=PathParameter(
            "year", "An astronomical year: 1940, 0476, -0043 for 44 BC.", YEAR, "1940"
        ),
        parameters=_ENTRY_LIST,
        thing=ENTRIES,
        envelope=EntryList,
        make=answering.year,
        quick=True,
    ),
    Operation(
        name="entry",
        path="/entries/{id}",
        summary="One entry",
        id=_id("The permanent id of an entry.", "e:1940-08-20:647e955d7e"),
        parameters=_TOLD,
        thing=ENTRIES,
        envelope=EntryShape,
        make=answering.entry,
        quick=True,
    ),
    Operation(
        name="entity",
        path="/entities/{id}",
        summary="An entity",
        description="A person, place, work, body, event or topic.",
        id=_id("The permanent id of an entity.", "leon-trotsky"),
        parameters=_TOLD,
        thing=ENTITIES,
        envelope=EntityShape,
        make=answering.entity,
        quick=True,
    ),
    Operation(
        name="entity_entries",
        path="/entities/{id}/entries",
        summary="The entries of an entity",
        description="All that an entity took part in, in order of time unless sorted otherwise.",
        id=_id("The permanent id of an entity.", "leon-trotsky"),
        parameters=_ENTRY_LIST,
        thing=ENTRIES,
        envelope=EntryList,
        make=answering.entity_entries,
        quick=True,
    ),
    Operation(
        name="search",
        path="/search",
        summary="Search",
        description=(
            "Entries and entities with all of these words, the best first; accents and case do "
            "not count. With a kind, or another filter, entries alone."
        ),
        parameters=("q", *_FILTERS, "lang", *_PAGED),
        thing=HITS,
        envelope=HitList,
        make=answering.search,
        quick=True,
    ),
    Operation(
        name="random",
        path="/random",
        summary="An entry by chance",
        description=(
            "One entry, or as many as `limit` says, drawn from the best known of all days. "
            "Few are found where a filter leaves few."
        ),
        parameters=(*_FILTERS, *_TOLD, "limit", "seed"),
        thing=ENTRIES,
        envelope=EntryList,
        make=answering.by_chance,
    ),
    Operation(
        name="stories",
        path="/stories",
        summary="Stories",
        description="The stories that have run, the one that ran last first, without their text.",
        parameters=("series", "author", "day", "fields", *_PAGED),
        thing=STORIES,
        envelope=StoryList,
        make=answering.stories,
        lasting=False,
    ),
    Operation(
        name="story",
        path="/stories/{id}",
        summary="A story",
        id=_id("The id of a story, which is its file's name.", "trotsky-assassinated"),
        parameters=("fields",),
        thing=STORIES,
        envelope=StoryShape,
        make=answering.story,
        lasting=False,
    ),
    Operation(
        name="series_list",
        path="/series",
        summary="All series",
        parameters=_PAGED,
        thing=SERIES,
        envelope=SeriesList,
        make=answering.all_series,
        quick=True,
    ),
    Operation(
        name="series",
        path="/series/{id}",
        summary="A series",
        id=_id("The id of a series.", "today-in-history"),
        thing=SERIES,
        envelope=SeriesShape,
        make=answering.series,
        quick=True,
    ),
    Operation(
        name="author_list",
        path="/authors",
        summary="All authors",
        parameters=_PAGED,
        thing=AUTHORS,
        envelope=AuthorList,
        make=answering.authors,
        quick=True,
    ),
    Operation(
        name="author",
        path="/authors/{id}",
        summary="An author",
        id=_id("The id of an author.", "history-desk"),
        thing=AUTHORS,
        envelope=AuthorShape,
        make=answering.author,
        quick=True,
    ),
    Operation(
        name="almanac",
        path="/almanac",
        summary="The almanac's own state",
        description="Its version, its counts, its sources and their licences.",
        thing=ALMANAC,
        envelope=AlmanacShape,
        make=answering.almanac,
        quick=True,
    ),
)
