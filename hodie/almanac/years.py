"""The heaviest entries of every year: gathered while entries are written by day, and found."""

import sqlite3
from array import array
from collections.abc import Iterator

import numpy as np

from hodie.almanac.columns import Numbers
from hodie.almanac.model import Kind
from hodie.almanac.packing import pack_numbers, unpack_numbers
from hodie.almanac.runs import WEIGHT_BITS, YEAR_BITS, YEAR_OFFSET
from hodie.almanac.schema import BEST_OF_YEAR, KINDS, NO_YEAR

Row = tuple[int, str, int, bytes]

# Weights are first told apart as coarsely as this, which leaves few to be put in order.
_STEP_BITS = 6
_STEPS = 1 << WEIGHT_BITS - _STEP_BITS
_YEAR = (1 << YEAR_BITS) - 1


class Years:
    """When entries were and how much they weigh, 8 bytes each; they must come in order."""

    def __init__(self) -> None:
        self._keys: list[Numbers] = [np.zeros(0, np.int64)]

    def add(self, keys: Numbers) -> None:
        """Take the keys of the next entries; see `pack_key`."""
        self._keys.append(keys.copy())  # a view would keep their rows

    def write(self, database: sqlite3.Connection) -> None:
        """Write the table `year`."""
        database.executemany("INSERT INTO year VALUES (?, ?, ?, ?)", sorted(self.rows()))

    def rows(self) -> Iterator[Row]:
        """Yield for each year, and each kind in it, how many entries there are and the heaviest."""
        keys = np.concatenate(self._keys)
        groups, lightness = keys >> WEIGHT_BITS, keys & (1 << WEIGHT_BITS) - 1
        for kinds_too in (True, False):
            if not kinds_too:
                groups &= _YEAR
            for group, count, entries in _heaviest(groups, lightness):
                year, kind = (group & _YEAR) - YEAR_OFFSET, KINDS[group >> YEAR_BITS]
                if year != NO_YEAR:
                    yield year, kind if kinds_too else "", count, pack_numbers(entries)


def _heaviest(groups: Numbers, lightness: Numbers) -> Iterator[tuple[int, int, list[int]]]:
    """Yield each group, how many it has, and the first of it by lightness: their numbers, from 1.

    To put ten million in order takes seconds. So those are left out before that lie in a group
    behind the step at which it has enough.
    """
    counts = np.bincount(groups)
    there = np.flatnonzero(counts)
    rows = (np.cumsum(counts > 0) - 1)[groups]
    steps = lightness >> _STEP_BITS
    table = np.bincount(rows * _STEPS + steps, minlength=len(there) * _STEPS)
    enough = (np.cumsum(table.reshape(-1, _STEPS), axis=1) < BEST_OF_YEAR).sum(axis=1)
    chosen = np.flatnonzero(steps <= enough[rows])
    order = chosen[np.lexsort((lightness[chosen], rows[chosen]))]
    starts = np.searchsorted(rows[order], np.arange(len(there)))
    for group, count, start in zip(there.tolist(), counts[there].tolist(), starts, strict=True):
        entries = order[start : start + min(count, BEST_OF_YEAR)] + 1
        yield group, count, entries.tolist()


def best_of_year(
    database: sqlite3.Connection, year: int, kind: Kind | None
) -> tuple[int, "array[int]"]:
    """Return how many entries a year has, and the numbers of the BEST_OF_YEAR heaviest."""
    statement = "SELECT count, entries FROM year WHERE year = ? AND kind = ?"
    count, entries = database.execute(statement, (year, kind or "")).fetchone() or (0, b"")
    return count, unpack_numbers(entries)


def counts_by_year(database: sqlite3.Connection) -> list[tuple[int, int]]:
    """Return each year, in order, and how many entries it has."""
    statement = "SELECT year, count FROM year WHERE kind = '' ORDER BY year"
    return database.execute(statement).fetchall()
