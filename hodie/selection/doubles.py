"""Whether two entries of one date tell the same happening."""

import re

from hodie.almanac import Entry

# How much of the shorter title's words must stand in the other.
_ALIKE = 0.67
_WORDS = re.compile(r"[^\W\d_]{3,}")
# fmt: off
_COMMON = frozenset((
    "and", "the", "for", "from", "into", "with", "begins", "ends", "start", "end", "first", "day",
    "battle", "birth", "death", "war", "world",
))
# fmt: on
# A person who is named in two entries of a day does one thing in both, if the kinds agree.
_OF_ONE_DEED = ("person", "subject", "topic")


def same_happening(one: Entry, other: Entry) -> bool:
    """Tell whether two events of the same date are one, told twice.

    >>> from hodie.almanac import Kind
    >>> names = ("Battle of Ankara", "Ankara, Battle of"), ("Battle of Ankara", "Fall of Lima")
    >>> a, b, _, d = [Entry(str(n), Kind.EVENT, title=t) for n, t in enumerate(sum(names, ()))]
    >>> same_happening(a, b), same_happening(a, d)
    (True, False)
    """
    shared = _deeds(one) & _deeds(other)
    if len(shared) >= 2 or (shared and one.subkind == other.subkind and one.subkind):
        return True
    if _own(one) & _around(other) or _own(other) & _around(one):
        return True
    return _alike(_words(one), _words(other))


def _deeds(entry: Entry) -> set[str]:
    return {part.entity.id for part in entry.participants if part.role in _OF_ONE_DEED}


def _own(entry: Entry) -> set[str]:
    return {part.entity.id for part in entry.participants if part.role == "subject"}


def _around(entry: Entry) -> set[str]:
    return {part.entity.id for part in entry.participants if part.role in ("subject", "topic")}


def _words(entry: Entry) -> set[str]:
    return set(_WORDS.findall((entry.title or "").lower())) - _COMMON


def _alike(one: set[str], other: set[str]) -> bool:
    shorter = min(len(one), len(other))
    return shorter > 0 and len(one & other) >= _ALIKE * shorter
