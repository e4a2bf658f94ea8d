"""Outlines of entries: what lists are ordered and chosen by, read without the rest.

To make an entry takes a dozen times as long, with everybody who takes part and what backs it. So
a list looks at outlines, and makes only the entries that it shows.
"""

import sqlite3
from collections.abc import Sequence

from msgspec import Struct

from hodie.almanac.model import Entry, Kind, civil_date
from hodie.almanac.outlining import SOLAR, WRITTEN, read_outlines
from hodie.almanac.reading import ANY, Reader, fetch
from hodie.almanac.schema import NO_YEAR, WEIGHTS
from hodie.almanac.shelves import Shelf

OUTLINE_COLUMNS = "n, year, calendar, subkind, weight, flags, more"

_OUTLINES = f"SELECT {OUTLINE_COLUMNS} FROM entry WHERE n IN {ANY}"

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
    """Reads outlines."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def numbered(self, database: sqlite3.Connection, numbers: Sequence[int]) -> list[Outline]:
        """Return the outlines of the entries with these numbers, in this order."""
        rows = {row[0]: row for row in fetch(database, _OUTLINES, numbers)}
        return [self.of_row(rows[n]) for n in numbers]

    def best(
        self, database: sqlite3.Connection, shelf: Shelf, first: int, last: int
    ) -> list[Outline]:
        """Return the outlines of a shelf by weight between two places, as far as BEST."""
        words, sets, kind_of = self._reader.words, self._reader.sets, self._reader.kind_of
        packed = read_outlines(database, shelf.n, first, last)
        return [
            Outline(
                n,
                shelf.kind or kind_of(n),
                weight / WEIGHTS,
                None if year == NO_YEAR else year,
                words.get(subkind),
                sets.get(flags, ()),
            )
            for n, year, weight, subkind, flags in zip(*packed, strict=True)
        ]

    def of_row(self, row: OutlineRow) -> Outline:
        """Make the outline of a row with OUTLINE_COLUMNS."""
        n, year, calendar, subkind, weight, flags, more = row
        reader = self._reader
        if calendar not in SOLAR or (more is not None and WRITTEN in more):
            year = reader.told_year(n, year, calendar, more)
        return Outline(
            n,
            reader.kind_of(n),
            weight / WEIGHTS,
            year,
            None if subkind is None else reader.words[subkind],
            () if flags is None else reader.sets[flags],
        )
