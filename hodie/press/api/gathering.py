"""Lists of entries: read as far as a page of them needs, in order, and no further.

A list is one stream or several merged: each reads a kind of entries of one day, already in order.
How far each was read is what a cursor holds.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from msgspec import Struct

from hodie.almanac import Entry, Outline
from hodie.press.api.parameters import Query, Sort
from hodie.press.filters import Filter
from hodie.press.view import civil_date

T = TypeVar("T")

PAGE = 20
"""How many items an answer holds where nobody says."""

SIZE = 20_000
"""How many bytes it has at most then, before compression."""

SCANNED = 500
"""How many items are looked at for those of one answer; after these it ends, and says where to go
on. So a rare filter costs its asker more requests, and nobody else a wait.

As many of each day lie in order in the almanac; to go behind them it sorts the day each time."""

# So many of a day stand ready in the almanac, and cost no more than one.
_READY = 50
_AT_ONCE = 100
# Behind every year that there is.
_NEVER = 1 << 60

Read = Callable[[int, int], Sequence[T]]
"""Reads from an offset on, at most so many."""


class Gathered(Struct, frozen=True):
    """A page of a list: its items, written, and where each stream goes on; None at the end."""

    pieces: list[bytes]
    places: list[int] | None


def gather(
    streams: Sequence[Read[T]],
    places: list[int],
    *,
    key: Callable[[T], float | tuple[float, ...]],
    keep: Callable[[T], bool] | None,
    write: Callable[[T], bytes],
    limit: int | None,
    room: int = SIZE,
    ready: Callable[[Sequence[T]], None] | None = None,
) -> Gathered:
    """Read a page of the merged streams, from `places` on; `ready` is told what is written next.

    Without a `limit` it holds PAGE items at most, and as many bytes as there is `room` for.
    """
    chosen, going_on = _choose(streams, list(places), key, keep, limit or PAGE)
    if ready is not None:
        ready([item for item, _ in chosen])
    pieces: list[bytes] = []
    for item, before in chosen:
        piece = write(item)
        room -= len(piece) + 1
        if limit is None and room < 0 and pieces:
            return Gathered(pieces, before)
        pieces.append(piece)
    return Gathered(pieces, going_on)


def _choose(
    streams: Sequence[Read[T]],
    places: list[int],
    key: Callable[[T], float | tuple[float, ...]],
    keep: Callable[[T], bool] | None,
    most: int,
) -> tuple[list[tuple[T, list[int]]], list[int] | None]:
    """Return the items of a page, with the places before each; and where the list goes on."""
    chosen: list[tuple[T, list[int]]] = []
    first = most + 1 if keep is None else _READY
    for seen, (stream, item) in enumerate(_merged(streams, places, key, first)):
        if len(chosen) == most:
            return chosen, places
        if keep is None or keep(item):
            chosen.append((item, places.copy()))
        places[stream] += 1
        if seen + 1 == SCANNED:
            return chosen, places
    return chosen, None


def _merged(
    streams: Sequence[Read[T]],
    places: Sequence[int],
    key: Callable[[T], float | tuple[float, ...]],
    first: int,
) -> Iterator[tuple[int, T]]:
    """Yield the items of all streams in order, with the number of their stream."""
    numbered = [
        _numbered(number, read, place, first)
        for number, (read, place) in enumerate(zip(streams, places, strict=True))
    ]
    if len(numbered) == 1:
        return numbered[0]
    return heapq.merge(*numbered, key=lambda pair: key(pair[1]))


def _numbered(number: int, read: Read[T], place: int, size: int) -> Iterator[tuple[int, T]]:
    """Yield the items of a stream: a few at first, then more; far behind, all that may count."""
    start = place
    if place >= SCANNED:
        size = max(size, SCANNED)
    while batch := read(place, size):
        for item in batch:
            yield number, item
        if len(batch) < size:
            return
        place += size
        size = min(place - start, _AT_ONCE)


def listed(items: Sequence[T]) -> Read[T]:
    """Read from items that are all there."""
    return lambda place, count: items[place : place + count]


def backwards(read: Read[T], count: Callable[[], int]) -> Read[T]:
    """Read the items of a stream from its end, of which there are `count`."""

    def read_back(place: int, wanted: int) -> Sequence[T]:
        last = count() - place
        first = max(last - wanted, 0)
        return read(first, last - first)[::-1] if last > first else ()

    return read_back


def order_key(sort: Sort) -> Callable[[Outline], tuple[float, ...]]:
    """Return what entries of several streams are merged by."""
    if sort == "weight":
        return lambda outline: (-outline.weight,)
    if sort == "-weight":
        return lambda outline: (outline.weight,)
    if sort == "year":
        return lambda outline: (_year_of(outline), -outline.weight)
    return lambda outline: (-_year_of(outline), -outline.weight)


def _year_of(outline: Outline) -> int:
    return _NEVER if outline.year is None else outline.year


def in_order(entries: Iterable[Entry], sort: Sort) -> list[Entry]:
    """Sort entries that are all there; in order of time by the day."""
    if sort in ("weight", "-weight"):
        turn = -1 if sort == "weight" else 1
        return sorted(entries, key=lambda entry: turn * entry.weight)
    found = sorted(entries, key=_when)
    return found if sort == "year" else found[::-1]


def _when(entry: Entry) -> tuple[float, float, float]:
    date = civil_date(entry)
    if date is None:
        return _NEVER, 0, -entry.weight
    return date.year, date.earliest if abs(date.year) < 10_000 else 0, -entry.weight


class Wanted(Struct, frozen=True):
    """Which entries a query asks for: those of a filter, and of a place where one is named."""

    filter: Filter
    place: str | None = None

    @property
    def needs_entries(self) -> bool:
        """Whether an outline does not say if its entry is wanted."""
        return self.place is not None or self.filter.needs_entries

    def keeps(self, entry: Entry) -> bool:
        """Tell whether an entry is asked for."""
        at_place = self.place is None or any(at.id == self.place for at in entry.places)
        return at_place and self.filter.keeps(entry)


def wanted_of(query: Query, *, kinds: bool) -> Wanted | None:
    """Return which entries are asked for; None where all are.

    `kinds` says to look at the kind too, where the streams are not of the kinds asked for.
    """
    wanted = Filter(
        kinds=query.kind if kinds else (),
        subkinds=query.subkind,
        countries=(query.country,) if query.country else (),
        first=query.first,
        last=query.last,
        sensitive=query.sensitive,
    )
    return None if wanted == _EVERYTHING and query.place is None else Wanted(wanted, query.place)


_EVERYTHING = Filter()
