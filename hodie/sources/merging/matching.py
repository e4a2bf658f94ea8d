"""Whether two entries of one date tell the same happening: by their cast and their words."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

import msgspec
from msgspec import Struct

from hodie.almanac import Entity, Entry, Kind
from hodie.sources.slugs import slug

ENOUGH = 1.2
"""The score from which two events of a date are one; benchmarks/accuracy/merging.py chose it."""

_encode = msgspec.msgpack.Encoder().encode
_MOST_PAIRS = 400
"""Up to so many pairs of a date are all looked at; of more, those that share something rare."""

_WORD = re.compile(r"[^\W\d_]{4,}")
_COMMON = frozenset(
    (
        *("after", "against", "also", "among", "around", "before", "begin", "begins", "between"),
        *("born", "century", "died", "during", "becomes", "become", "city", "first", "from"),
        *("have", "into", "king", "later", "member", "most", "near", "over", "part", "people"),
        *("president", "queen", "second", "signed", "states", "taken", "than", "that", "their"),
        *("them", "then", "there", "this", "three", "time", "town", "under", "united", "until"),
        *("upon", "were", "when", "where", "which", "while", "with", "world", "year", "years"),
        *("killed", "killing", "kills", "ends", "start", "battle", "government", "army"),
        *("forces", "leader", "named", "known"),
    )
)


class Candidate(Struct, frozen=True):
    """An entry that may tell what another tells, and which source it is from."""

    entry: Entry
    source: int
    row: int


Uses = Callable[[Entity], int]
"""How often an entity takes part in anything: what is everywhere says little."""

Pair = tuple[float, Candidate, Candidate]


def same_happenings(cell: Sequence[Candidate], uses: Uses) -> Iterator[tuple[Candidate, Candidate]]:
    """Yield the pairs of entries of one kind and date that are the same, the surest first.

    Whoever takes them must not join two of one source. The order of `cell` changes nothing.
    """
    kind = cell[0].entry.kind
    score = _event_score if kind is Kind.EVENT else _name_score
    pairs: list[Pair] = []
    for one, two in _pairs(cell, kind):
        found = score(one.entry, two.entry, uses)
        if found >= ENOUGH:
            first, second = sorted((one, two), key=_order)
            pairs.append((found, first, second))
    pairs.sort(key=lambda pair: (-pair[0], _order(pair[1]), _order(pair[2])))
    for _, one, two in pairs:
        yield one, two


def _order(candidate: Candidate) -> tuple[str, bytes]:
    return candidate.entry.id, _encode(candidate.entry.references)


def _pairs(cell: Sequence[Candidate], kind: Kind) -> Iterator[tuple[Candidate, Candidate]]:
    if len(cell) * (len(cell) - 1) // 2 <= _MOST_PAIRS:
        numbers = range(len(cell))
        pairs = {(a, b) for a in numbers for b in numbers[:a]}
    else:
        pairs = set(_sharing(cell, kind))
    for a, b in pairs:
        if cell[a].source != cell[b].source:
            yield cell[a], cell[b]


def _sharing(cell: Sequence[Candidate], kind: Kind) -> Iterator[tuple[int, int]]:
    """Yield the pairs that share a surname or a title or, if they are events, an entity."""
    by_key: defaultdict[str, list[int]] = defaultdict(list)
    for number, each in enumerate(cell):
        for key in _keys(each.entry, kind):
            by_key[key].append(number)
    for numbers in by_key.values():
        if len(numbers) * (len(numbers) - 1) // 2 <= _MOST_PAIRS:
            yield from ((a, b) for a in numbers for b in numbers if b < a)


def _keys(entry: Entry, kind: Kind) -> set[str]:
    if kind is Kind.EVENT:
        return {part.entity.id for part in entry.participants} | {slug(entry.title or "")} - {""}
    return {name[-1] for name in _names(entry) if name}


# Births, deaths and holidays: by names


def _name_score(one: Entry, two: Entry, uses: Uses) -> float:
    if one.kind is Kind.HOLIDAY and _elsewhere(one, two):
        return 0.0
    same = any(_same_name(a, b) for a in _names(one) for b in _names(two))
    return ENOUGH if same else 0.0


def _elsewhere(one: Entry, two: Entry) -> bool:
    """Tell whether two holidays are kept in countries of which they have none in common."""
    return bool(one.countries and two.countries) and set(one.countries).isdisjoint(two.countries)


def _names(entry: Entry) -> set[tuple[str, ...]]:
    """Return the names of whom an entry is about, each as its folded words."""
    subject = entry.subject
    names = subject.names if subject else (entry.title or "",)
    return {words for name in names if (words := _folded(name))}


@lru_cache(maxsize=4096)
def _folded(name: str) -> tuple[str, ...]:
    """Fold a name without what tells its article apart: "Ada Reader (poet)"."""
    made = slug(name.partition(" (")[0])
    return tuple(made.split("-")) if made else (name,)


def _same_name(one: tuple[str, ...], two: tuple[str, ...]) -> bool:
    """Tell whether two names may be one: John F. Kennedy is John Fitzgerald Kennedy.

    Both were born, or died, on one day: then the first and the last name are enough.

    >>> _same_name(("john", "f", "kennedy"), ("john", "fitzgerald", "kennedy"))
    True
    >>> _same_name(("john", "kennedy"), ("joan", "kennedy"))
    False
    """
    if one == two:
        return True
    if len(one) < 2 or len(two) < 2 or one[-1] != two[-1]:
        return False
    first, other = one[0], two[0]
    return first == other or (min(len(first), len(other)) == 1 and first[0] == other[0])


# Events: by cast and words


def _event_score(one: Entry, two: Entry, uses: Uses) -> float:
    """Add up what two events of one date have in common."""
    cast, others = _cast(one), _cast(two)
    shared = [entity for id, entity in cast.items() if id in others]
    score = min(1.2, sum(_weight(uses(entity)) for entity in shared))
    if one.subject and two.subject:
        score += 1.5 if one.subject.id == two.subject.id else -1.0
    elif _tells_of(one, others) or _tells_of(two, cast):
        score += 0.5
    titles = slug(one.title or ""), slug(two.title or "")
    if titles[0] and titles[0] == titles[1]:
        score += 1.0
    score += _in_common(_words(one), _words(two))
    if one.subkind and two.subkind and one.subkind != two.subkind:
        score -= 0.3
    return score


def _cast(entry: Entry) -> dict[str, Entity]:
    return {part.entity.id: part.entity for part in entry.participants}


def _tells_of(entry: Entry, others: dict[str, Entity]) -> bool:
    return entry.subject is not None and entry.subject.id in others


def _weight(uses: int) -> float:
    """Return what sharing an entity says: all that is rare, hardly a country or a war."""
    return 0.6 if uses <= 12 else 0.4 if uses <= 100 else 0.15


def _words(entry: Entry) -> frozenset[str]:
    texts = (entry.title or "", entry.line or "", *(p.entity.name for p in entry.participants))
    found = {word for text in texts for word in _WORD.findall(text.casefold())}
    return frozenset(found) - _COMMON


def _in_common(one: frozenset[str], two: frozenset[str]) -> float:
    """Return how much of the shorter of two texts stands in the other."""
    least = min(len(one), len(two))
    if not least:
        return 0.0
    common = len(one & two)
    return 0.0 if common < 2 and least > 1 else common / least
