"""Outlines of the heaviest entries of a shelf, packed: a list of days reads them at once."""

import sqlite3
from typing import NamedTuple

import numpy as np

from hodie.almanac.columns import Numbers
from hodie.almanac.packing import unpack_numbers
from hodie.almanac.reading import told_year
from hodie.almanac.schema import CALENDARS, NO_YEAR
from hodie.dates import Calendar

SOLAR = (CALENDARS.index(Calendar.GREGORIAN), CALENDARS.index(Calendar.JULIAN))
"""The calendars, by code, whose years are those under which their dates are told."""

WRITTEN = '"date":'
"""What `more` has where the columns don't say the date; no text in JSON can look like it."""


class Outlined(NamedTuple):
    """What outlines of a day's entries say, in columns; 0 and NO_YEAR stand for nothing."""

    years: Numbers
    weights: Numbers
    subkinds: Numbers
    flags: Numbers

    def packed(self, places: Numbers) -> bytes:
        """Return the outlines of some entries as the file has them, column by column."""
        return np.concatenate([column[places] for column in self]).astype("<i4").tobytes()


def told_years(
    years: Numbers, calendars: Numbers, more: dict[int, str], month: int | None, day: int | None
) -> Numbers:
    """Return the years under which entries of one shelf are told; see `civil_date`.

    `more` has that column of those entries that have WRITTEN in it, by their place.
    """
    told = years.copy()
    for place in {*np.flatnonzero(~np.isin(calendars, SOLAR)).tolist(), *more}:
        year = None if years[place] == NO_YEAR else int(years[place])
        found = told_year(more.get(place), year, int(calendars[place]), month, day)
        told[place] = NO_YEAR if found is None else found
    return told


class Packed(NamedTuple):
    """Some outlines, as they were packed."""

    numbers: list[int]
    years: list[int]
    weights: list[int]
    subkinds: list[int]
    flags: list[int]


def read_outlines(database: sqlite3.Connection, shelf: int, first: int, last: int) -> Packed:
    """Return the outlines of a shelf by weight between two places, as far as BEST."""
    statement = "SELECT entries, outlines FROM best WHERE shelf = ?"
    numbers, data = map(bytes, database.execute(statement, (shelf,)).fetchone())
    columns = unpack_numbers(data, signed=True)
    count = len(numbers) // 4
    starts = range(0, len(columns), count)
    found = (columns[start + first : start + min(last, count)].tolist() for start in starts)
    return Packed(unpack_numbers(numbers[4 * first : 4 * last]).tolist(), *found)
