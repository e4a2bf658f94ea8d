"""Outlines of entries: what lists are ordered and chosen by, read without the rest.

To make an entry takes a dozen times as long, with everybody who takes part and what backs it. So
a list looks at outlines, and makes only the entries that it shows.
"""

import sqlite3
from collections.abc import Sequence

from msgspec import Struct

from hodie.almanac.model import Entry, Kind, civil_date
from hodie.almanac.pages import best_numbers, read_page
from hodie.almanac.reading import ANY, Reader, fetch
from hodie.almanac.schema import BEST, CALENDARS, PAGE, WEIGHTS
from hodie.almanac.shelves import Shelf
from hodie.dates import Calendar

KEPT = 200_000
"""How many outlines of the best of days are kept, some 30 MB: days are asked for most."""

PAGES_KEPT = 16
"""How many pages are kept as they were read, a tenth of a megabyte each."""

OUTLINE_COLUMNS = "n, year, calendar, subkind, weight, flags, more"

_OUTLINES = f"SELECT {OUTLINE_COLUMNS} FROM entry WHERE n IN {ANY}"

_SOLAR = (CALENDARS.index(Calendar.GREGORIAN), CALENDARS.index(Calendar.JULIAN))

# What `more` has where the columns don't say the date; no text in JSON can look like it.
_WRITTEN = '"date":'

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


def outline_of(number: int, entry: Entry) -> Outline:
    """Return the outline of an entry with this number."""
    civil = civil_date(entry.date, entry.day)
    return Outline(
        number,
        entry.kind,
        entry.weight,
        None if civil is None else civil.year,
        entry.subkind,
        entry.flags,
    )


class Outlines:
    """Reads outlines, and keeps those of the best of each shelf."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._best: dict[int, list[Outline]] = {}
        self._count = 0
        self._pages: dict[int, list[Entry]] = {}

    def numbered(self, database: sqlite3.Connection, numbers: Sequence[int]) -> list[Outline]:
        """Return the outlines of the entries with these numbers, in this order."""
        rows = {row[0]: row for row in fetch(database, _OUTLINES, numbers)}
        return [self.of_row(rows[n]) for n in numbers]

    def best(
        self, database: sqlite3.Connection, shelf: Shelf, first: int, last: int
    ) -> list[Outline]:
        """Return the outlines of a shelf by weight between two places, as far as BEST."""
        known = self._best.get(shelf.n, [])
        if len(known) < last:
            numbers = best_numbers(database, shelf.n)[: _enough(last)]
            if not known:
                known = list(map(outline_of, numbers, self.page(database, shelf.n)))
            known = known + self.numbered(database, numbers[len(known) :])
            self._keep(shelf.n, known)
        return known[first:last]

    def page(self, database: sqlite3.Connection, shelf: int) -> list[Entry]:
        """Return the entries on the page of a shelf: whoever wants outlines wants them next."""
        page = self._pages.get(shelf)
        if page is None:
            page = read_page(database, shelf)
            if len(self._pages) == PAGES_KEPT:
                self._pages.clear()
            self._pages[shelf] = page
        return page

    def of_row(self, row: OutlineRow) -> Outline:
        """Make the outline of a row with OUTLINE_COLUMNS."""
        n, year, calendar, subkind, weight, flags, more = row
        reader = self._reader
        if calendar not in _SOLAR or (more is not None and _WRITTEN in more):
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
