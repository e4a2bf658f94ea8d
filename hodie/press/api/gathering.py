"""Lists of entries: read as far as a page of them needs, in order, and no further.

A list is one stream or several merged: each reads a kind of entries of one day, already in order.
How far each was read is what a cursor holds.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from msgspec import Struct

from hodie.almanac import Entry
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
) -> Gathered:
    """Read a page of the merged streams, from `places` on.

    Without a `limit` it holds PAGE items at most, and as many bytes as there is `room` for.
    """
    most, places, pieces = limit or PAGE, list(places), list[bytes]()
    first = most + 1 if keep is None else _READY
    for seen, (stream, item) in enumerate(_merged(streams, places, key, first)):
        if len(pieces) == most:
            return Gathered(pieces, places)
        if keep is None or keep(item):
            piece = write(item)
            room -= len(piece) + 1
            if limit is None and room < 0 and pieces:
                return Gathered(pieces, places)
            pieces.append(piece)
        places[stream] += 1
        if seen + 1 == SCANNED:
            return Gathered(pieces, places)
    return Gathered(pieces, None)


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
        yield from ((number, item) for item in batch)
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


def order_key(sort: Sort) -> Callable[[Entry], tuple[float, ...]]:
    """Return what entries of several streams are merged by."""
    if sort == "weight":
        return lambda entry: (-entry.weight,)
    if sort == "-weight":
        return lambda entry: (entry.weight,)
    if sort == "year":
        return lambda entry: (year_of(entry, _NEVER), -entry.weight)
    return lambda entry: (-year_of(entry, _NEVER), -entry.weight)


def in_order(entries: Iterable[Entry], sort: Sort) -> list[Entry]:
    """Sort entries that are all there; in order of time by the day."""
    if sort in ("weight", "-weight"):
        return sorted(entries, key=order_key(sort))
    found = sorted(entries, key=_when)
    return found if sort == "year" else found[::-1]


def _when(entry: Entry) -> tuple[float, float, float]:
    date = civil_date(entry)
    if date is None:
        return _NEVER, 0, -entry.weight
    return date.year, date.earliest if abs(date.year) < 10_000 else 0, -entry.weight


def year_of(entry: Entry, otherwise: int) -> int:
    """Return the year under which an entry is told."""
    date = civil_date(entry)
    return otherwise if date is None else date.year


def filter_of(query: Query, *, kinds: bool) -> Callable[[Entry], bool] | None:
    """Return what tells whether an entry is asked for; None where all are.

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
    place = query.place
    if place is None:
        return None if wanted == Filter() else wanted.keeps
    return lambda entry: any(at.id == place for at in entry.places) and wanted.keeps(entry)
