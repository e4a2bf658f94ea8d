"""Which household names an entry has: those that a reader knows without being told."""

import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from hodie.almanac import Entry

_WORDS = re.compile(r"[\w.'’*&/–-]+")
_TABLE: dict[str, str] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
)["household"]


def household_names(entry: Entry) -> tuple[str, ...]:
    """Return the household names in those who take part and in the title, each once.

    >>> from hodie.almanac import Entity, Kind, Participant
    >>> sinking = Participant(Entity("sinking", "Sinking of the RMS Titanic"), "topic")
    >>> household_names(Entry("e:1", Kind.EVENT, participants=(sinking,)))
    ('Titanic',)
    """
    found: dict[str, None] = {}
    for part in entry.participants:
        found.update(dict.fromkeys(names_in(part.entity.name)))
    if entry.title:
        found.update(dict.fromkeys(names_in(entry.title)))
    return tuple(found)


@lru_cache(maxsize=65_536)
def names_in(text: str) -> tuple[str, ...]:
    """Find the names in a text, the longest first from each place; texts recur."""
    return tuple(_found_in(_WORDS.findall(text)))


def _found_in(words: list[str]) -> Iterator[str]:
    start = 0
    while start < len(words):
        for length in _LENGTHS.get(words[start], ()):
            if (name := _NAMES.get(tuple(words[start : start + length]))) is not None:
                yield name
                start += length - 1
                break
        start += 1


def _listed() -> dict[tuple[str, ...], str]:
    names = (" ".join(name.split()) for each in _TABLE.values() for name in each.split(";"))
    return {tuple(_WORDS.findall(name)): name for name in names}


_NAMES = _listed()
# How long the names are that begin with a word, the longest first.
_LENGTHS: dict[str, tuple[int, ...]] = {
    first: tuple(sorted({len(name) for name in _NAMES if name[0] == first}, reverse=True))
    for first in {name[0] for name in _NAMES}
}
