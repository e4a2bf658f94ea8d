"""Which household names an entry has: those that a reader knows without being told."""

import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from hodie.almanac import Entry

_WORDS = re.compile(r"[\w.'’*&/–-]+")
# Shorter words, such as "the" and "of", may stand in names of different things.
_TELLING = 4
_TABLES: dict[str, dict[str, str]] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
)


def household_names(entry: Entry) -> tuple[str, ...]:
    """Return the household names in those who take part and in the title, each once.

    Names that share a word are one: the Wright brothers and Wilbur Wright.

    >>> from hodie.almanac import Entity, Kind, Participant
    >>> sinking = Participant(Entity("sinking", "Sinking of the RMS Titanic"), "topic")
    >>> household_names(Entry("e:1", Kind.EVENT, participants=(sinking,)))
    ('Titanic',)
    """
    texts = [part.entity.name for part in entry.participants]
    found: list[str] = []
    said: set[str] = set()
    for text in (*texts, entry.title or ""):
        for name in names_in(text):
            words = {word for word in _WORDS.findall(name) if len(word) >= _TELLING}
            if name not in found and said.isdisjoint(words):
                found.append(name)
                said |= words
    return tuple(found)


@lru_cache(maxsize=65_536)
def names_in(text: str) -> tuple[str, ...]:
    """Find the names in a text, the longest first from each place; texts recur."""
    return tuple(_found_in(_WORDS.findall(text)))


def _found_in(words: list[str]) -> Iterator[str]:
    start = 0
    while start < len(words):
        for length in _LENGTHS.get(words[start], ()):
            parts = tuple(words[start : start + length])
            if parts in _NAMES and (start + length == len(words) or parts not in _LAST):
                yield _NAMES[parts]
                start += length - 1
                break
        start += 1


def _listed(table: str) -> dict[tuple[str, ...], str]:
    names = (" ".join(name.split()) for each in _TABLES[table].values() for name in each.split(";"))
    return {tuple(_WORDS.findall(name)): name for name in names}


_PEOPLE, _THINGS = _listed("people"), _listed("things")
_NAMES = _PEOPLE | _THINGS
# Single names of people, which count at the end alone.
_LAST = frozenset(parts for parts in _PEOPLE if len(parts) == 1)
# How long the names are that begin with a word, the longest first.
_LENGTHS: dict[str, list[int]] = {}
for _size in sorted(set(map(len, _NAMES)), reverse=True):
    for _first in {parts[0] for parts in _NAMES if len(parts) == _size}:
        _LENGTHS.setdefault(_first, []).append(_size)
