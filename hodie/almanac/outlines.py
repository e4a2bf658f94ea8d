"""Outlines of entries: what lists are ordered and chosen by, read without the rest.

To make an entry takes a dozen times as long, with everybody who takes part and what backs it. So
a list looks at outlines, and makes only the entries that it shows.
"""

import sqlite3
from collections.abc import Sequence

from msgspec import Struct

from hodie.almanac.model import Kind
from hodie.almanac.pages import best_numbers
from hodie.almanac.reading import ANY, Reader, fetch
from hodie.almanac.schema import BEST, CALENDARS, PAGE, WEIGHTS
from hodie.dates import Calendar

KEPT = 200_000
"""How many outlines of the best of days are kept, some 30 MB: days are asked for most."""

OUTLINE_COLUMNS = "n, year, calendar, subkind, weight, flags, more"

_OUTLINES = f"SELECT {OUTLINE_COLUMNS} FROM entry WHERE n IN {ANY}"

_SOLAR = (CALENDARS.index(Calendar.GREGORIAN), CALENDARS.index(Calendar.JULIAN))

OutlineRow = tuple[int, int | None, int, int | None, int, int | None, str | None]


class Outline(Struct, frozen=True, gc=False):
    """What an entry is ordered and chosen by; `number` is its row in the file.

    `year` is the one under which it is told (see `civil_date`), None without a date.
    """

    number: int
    kind: Kind
    weight: float
    year: int | None = None
    subkind: str | None = None
    flags: tuple[str, ...] = ()


class Outlines:
    """Reads outlines, and keeps those of the best of each shelf."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._best: dict[int, list[Outline]] = {}
        self._count = 0

    def numbered(self, database: sqlite3.Connection, numbers: Sequence[int]) -> list[Outline]:
        """Return the outlines of the entries with these numbers, in this order."""
        rows = {row[0]: row for row in fetch(database, _OUTLINES, numbers)}
        return [self.of_row(rows[n]) for n in numbers]

    def best(
        self, database: sqlite3.Connection, shelf: int, first: int, last: int
    ) -> list[Outline]:
        """Return the outlines of a shelf by weight between two places, as far as BEST."""
        known = self._best.get(shelf, [])
        if len(known) < last:
            wanted = best_numbers(database, shelf)[len(known) : _enough(last)]
            known = known + self.numbered(database, wanted)
            self._keep(shelf, known)
        return known[first:last]

    def of_row(self, row: OutlineRow) -> Outline:
        """Make the outline of a row with OUTLINE_COLUMNS."""
        n, year, calendar, subkind, weight, flags, more = row
        reader = self._reader
        if more is not None or calendar not in _SOLAR:
            year = reader.told_year(n, year, calendar, more)
        return Outline(
            n,
            reader.kind_of(n),
            weight / WEIGHTS,
            year,
            None if subkind is None else reader.words[subkind],
            () if flags is None else reader.sets[flags],
        )

    def _keep(self, shelf: int, known: list[Outline]) -> None:
        if self._count > KEPT:
            self._best.clear()
            self._count = 0
        self._count += len(known) - len(self._best.get(shelf, ()))
        self._best[shelf] = known


def _enough(last: int) -> int:
    """Return how many to read where the first `last` are asked for: few readers want more.

    >>> _enough(20), _enough(51), _enough(300)
    (50, 200, 500)
    """
    return next(size for size in (PAGE, 4 * PAGE, BEST) if last <= size)
