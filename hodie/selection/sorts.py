"""Of what sort an entry is: its century, its region of the world, its subject.

Simple on purpose: names in the places, the title and the people's descriptions are looked up in
`sorts.toml`. What is not found there has no region or subject, and neither gains nor loses by it.
"""

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from hodie.almanac import Entity, Entry
from hodie.dates import HistoricalDate, worded
from hodie.selection.cast import Cast, cast_of

_TABLES: dict[str, dict[str, str]] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
)
_LONGEST_NAME = 4

ERAS = {
    "antiquity": 500,
    "middle ages": 1500,
    "early modern": 1800,
    "long 19th century": 1914,
    "world wars": 1946,
    "cold war": 1990,
    "present": None,
}
"""The eras, each with the year before which it ends."""
_ERA_NAMES = list(ERAS)
_ERA_YEARS = [year for year in ERAS.values() if year is not None]


class Sorts(NamedTuple):
    """What an entry adds to the variety of a day; None where it is not known."""

    century: int | None
    region: str | None
    subject: str | None


def sorts_of(entry: Entry, cast: Cast | None = None) -> Sorts:
    """Sort an entry, whose cast may be at hand.

    >>> from hodie.almanac import Kind
    >>> date = HistoricalDate(1805, 10, 21)
    >>> entry = Entry("e:1", Kind.EVENT, "battle", date, title="Battle in Spain")
    >>> sorts_of(entry)
    Sorts(century=18, region='Western Europe', subject='war')
    """
    cast = cast or cast_of(entry)
    return Sorts(century_of(entry), region_of(entry, cast), subject_of(entry, cast))


def century_words(century: int) -> str:
    """Name a century: 11 for the years from 1100, -1 for those from 100 BC to 1 BC.

    >>> century_words(11), century_words(-1)
    ('12th century', '1st century BC')
    """
    first = century * 100 if century >= 0 else century * 100 + 1
    return worded(HistoricalDate(first, precision="century"))


def region_of(entry: Entry, cast: Cast | None = None) -> str | None:
    """Return the region of the first place, name in the title, or person that tells one."""
    for text in _telling(entry, cast or cast_of(entry)):
        region = _region(text)
        if region is not None:
            return region
    return None


def subject_of(entry: Entry, cast: Cast | None = None) -> str | None:
    """Return the subject by the finer kind, else by what the people in it did."""
    if entry.subkind in _SUBJECTS:
        return _SUBJECTS[entry.subkind]
    for person in (cast or cast_of(entry)).people:
        if (field := field_of(person)) is not None:
            return field
    return None


def era_of(entry: Entry) -> str | None:
    """Name the era of an entry, as `ERAS` has it.

    >>> from hodie.almanac import Kind
    >>> era_of(Entry("e:1", Kind.EVENT, date=HistoricalDate(1940, 8, 20)))
    'world wars'
    """
    if entry.date is None:
        return None
    return _ERA_NAMES[bisect_right(_ERA_YEARS, entry.date.year)]


def field_of(person: Entity) -> str | None:
    """Return the field that a person's description names first.

    >>> field_of(Entity("x", "X", description="Russian chess player and author"))
    'sport'
    """
    return _field(person.description) if person.description else None


def is_woman(person: Entity) -> bool:
    """Tell whether a description says that it is of a woman; most do not say.

    >>> is_woman(Entity("x", "X", description="French actress"))
    True
    """
    return bool(person.description) and _woman(person.description or "")


@lru_cache(maxsize=65_536)
def _woman(description: str) -> bool:
    return not _WOMEN.isdisjoint(re.findall(r"\w+", description.lower()))


@lru_cache(maxsize=65_536)
def _field(description: str) -> str | None:
    words = re.findall(r"\w+", description.lower())
    return next((_FIELDS[word] for word in words if word in _FIELDS), None)


def century_of(entry: Entry) -> int | None:
    """Number the century of an entry, those before the year 1 downwards from -1."""
    if entry.date is None:
        return None
    year = entry.date.year
    return year // 100 if year > 0 else -1 - -year // 100


def _telling(entry: Entry, cast: Cast) -> Iterator[str]:
    for place in cast.places:
        yield place.wikipedia or place.name
    if cast.subject:
        yield cast.subject.name
        yield cast.subject.description or ""
    yield entry.title or ""
    for around in cast.context:
        yield around.name
    for person in cast.people:
        yield person.description or ""
    for part in entry.participants:
        if part.role == "topic":
            yield part.entity.name


@lru_cache(maxsize=65_536)
def _region(text: str) -> str | None:
    """Find the longest name of a region in a text; texts recur, so each is read once."""
    if text in _REGIONS:
        return _REGIONS[text]
    words = re.findall(r"[\w.'’–-]+", text)
    for length in range(_LONGEST_NAME, 0, -1):
        for start in range(len(words) - length + 1):
            name = " ".join(words[start : start + length])
            if name in _REGIONS:
                return _REGIONS[name]
    return None


def _inverted(table: dict[str, str]) -> dict[str, str]:
    """Turn "sort = name, name" round."""
    return {
        " ".join(name.split()): sort for sort, names in table.items() for name in names.split(",")
    }


REGIONS = tuple(_TABLES["regions"])
"""The regions of the world, and space."""
_REGIONS = _inverted(_TABLES["regions"])
_SUBJECTS = _inverted(_TABLES["subjects"])
_FIELDS = _inverted(_TABLES["fields"])
_WOMEN = frozenset(_inverted(_TABLES["women"]))
