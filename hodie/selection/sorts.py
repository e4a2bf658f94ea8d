"""Of what sort an entry is: its century, its region of the world, its subject.

Simple on purpose: names in the places, the title and the people's descriptions are looked up in
`sorts.toml`. What is not found there has no region or subject, and neither gains nor loses by it.
"""

import re
import tomllib
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from hodie.almanac import Entity, Entry
from hodie.dates import HistoricalDate, worded

_TABLES: dict[str, dict[str, str]] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
)
_LONGEST_NAME = 4


class Sorts(NamedTuple):
    """What an entry adds to the variety of a day; None where it is not known."""

    century: int | None
    region: str | None
    subject: str | None


def sorts_of(entry: Entry) -> Sorts:
    """Sort an entry.

    >>> from hodie.almanac import Kind
    >>> date = HistoricalDate(1805, 10, 21)
    >>> entry = Entry("e:1", Kind.EVENT, "battle", date, title="Battle in Spain")
    >>> sorts_of(entry)
    Sorts(century=18, region='Western Europe', subject='war')
    """
    return Sorts(century_of(entry), region_of(entry), subject_of(entry))


def century_words(century: int) -> str:
    """Name a century: 11 for the years from 1100, -1 for those from 100 BC to 1 BC.

    >>> century_words(11), century_words(-1)
    ('12th century', '1st century BC')
    """
    first = century * 100 if century >= 0 else century * 100 + 1
    return worded(HistoricalDate(first, precision="century"))


def region_of(entry: Entry) -> str | None:
    """Return the region of the first place, name in the title, or person that tells one."""
    for text in _telling(entry):
        region = _region(text)
        if region is not None:
            return region
    return None


def subject_of(entry: Entry) -> str | None:
    """Return the subject by the finer kind, else by what the people in it did."""
    if entry.subkind in _SUBJECTS:
        return _SUBJECTS[entry.subkind]
    return next(filter(None, map(field_of, entry.people)), None)


def field_of(person: Entity) -> str | None:
    """Return the field that a person's description names first.

    >>> field_of(Entity("x", "X", description="Russian chess player and author"))
    'sport'
    """
    return _field(person.description) if person.description else None


@lru_cache(maxsize=16_384)
def _field(description: str) -> str | None:
    words = re.findall(r"\w+", description.lower())
    return next((_FIELDS[word] for word in words if word in _FIELDS), None)


def century_of(entry: Entry) -> int | None:
    """Number the century of an entry, those before the year 1 downwards from -1."""
    if entry.date is None:
        return None
    year = entry.date.year
    return year // 100 if year > 0 else -1 - -year // 100


def _telling(entry: Entry) -> list[str]:
    places = [place.wikipedia or place.name for place in entry.places]
    context = [around.name for around in entry.context]
    people = [person.description for person in entry.people if person.description]
    subject = entry.subject
    own = [subject.name, subject.description or ""] if subject else []
    return [*places, *own, entry.title or "", *context, *people]


@lru_cache(maxsize=16_384)
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


_REGIONS = _inverted(_TABLES["regions"])
_SUBJECTS = _inverted(_TABLES["subjects"])
_FIELDS = _inverted(_TABLES["fields"])
