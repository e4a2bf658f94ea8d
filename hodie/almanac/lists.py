"""Lists of entries in outline: of days, dates, years and entities, in order."""

import heapq
import sqlite3
from collections.abc import Collection, Iterable, Sequence
from itertools import chain, groupby, islice
from operator import itemgetter
from typing import Literal

from hodie.almanac.errors import AlmanacError
from hodie.almanac.ids import Run, entries_of, number_of_entity, runs_in
from hodie.almanac.model import Entry, Kind
from hodie.almanac.outlines import OUTLINE_COLUMNS, Outline, Outlines
from hodie.almanac.pages import best_numbers, read_of_page
from hodie.almanac.pool import Pool
from hodie.almanac.reading import Reader
from hodie.almanac.schema import BEST, CALENDARS
from hodie.almanac.shelves import Shelf
from hodie.almanac.years import best_of_year
from hodie.dates import Calendar, DateError, HistoricalDate, MonthDay

Order = Literal["weight", "year", "-year"]
"""Heaviest first; earliest first; latest first. Within a year the heaviest comes first."""

OrderOfYear = Literal["weight", "date"]

Database = sqlite3.Connection

REFORM = (1582, 10, 15)

_JULIAN = CALENDARS.index(Calendar.JULIAN)
_BETWEEN = f"SELECT {OUTLINE_COLUMNS} FROM entry WHERE n BETWEEN ? AND ?"


class Lists:
    """The lists of one almanac. Those who want entries at once ask the almanac itself."""

    def __init__(self, pool: Pool, reader: Reader, entities: int) -> None:
        self._pool, self._reader, self._entities = pool, reader, entities
        self._shelves = reader.shelves
        self._outlines = Outlines(reader)

    def day(
        self,
        day: MonthDay,
        kind: Kind | None = None,
        *,
        limit: int,
        offset: int = 0,
        order: Order = "weight",
    ) -> list[Outline]:
        """Return a page of what is shown on `day`."""
        shelves = self._shelves.at(day, kind)
        first, last = page(sum(shelf.count for shelf in shelves), limit, offset)
        if first == last:
            return []
        with self._pool.connection() as database:
            if order == "weight" and last <= BEST:
                return self._outlines.best(database, shelves[0], first, last)
            numbers = self.numbers_of_day(database, shelves, first, last, order)
            return self._outlines.numbered(database, numbers)

    def date(
        self, date: HistoricalDate, kinds: Collection[Kind] = (), *, limit: int | None = None
    ) -> list[Outline]:
        """Return the heaviest of what `Almanac.date` finds of a date with a day, of some kinds."""
        wanted = kinds or tuple(Kind)
        with self._pool.connection() as database:
            runs = self._runs_on(database, date, wanted)
            found = [each for run in runs for each in self._heaviest_of(database, run, limit)]
            found.sort(key=_weight_and_number)
            if moved := _gregorian_of(date):
                runs = self._runs_on(database, moved, wanted)
                julian = [each for run in runs for each in self._julian_of(database, run, date)]
                # Behind those of the same weight that are of this date as it stands.
                found += sorted(julian, key=_weight_and_number)
                found.sort(key=lambda outline: -outline.weight)
        return found[:limit]

    def year(
        self,
        year: int,
        kind: Kind | None = None,
        *,
        limit: int,
        offset: int = 0,
        order: OrderOfYear = "weight",
    ) -> list[Outline]:
        """Return a page of what happened in an astronomical year."""
        with self._pool.connection() as database:
            numbers = self.numbers_of_year(database, year, kind, limit, offset, order)
            return self._outlines.numbered(database, numbers)

    def count_of_year(self, year: int, kind: Kind | None = None) -> int:
        """Return how many entries a year has."""
        with self._pool.connection() as database:
            return best_of_year(database, year, kind)[0]

    def about(self, entity_id: str) -> list[int] | None:
        """Return the numbers of the entries in which an entity takes part, in the order of time.

        None if there is no such entity.
        """
        with self._pool.connection() as database:
            n = number_of_entity(database, entity_id, self._entities)
            if n is None:
                return None
            visible = self._shelves.visible
            return [number for number in entries_of(database, n) if number <= visible]

    def numbered(self, numbers: Sequence[int]) -> list[Outline]:
        """Return the outlines of entries by their numbers."""
        with self._pool.connection() as database:
            return self._outlines.numbered(database, numbers)

    def entries(self, outlines: Iterable[Outline]) -> list[Entry]:
        """Return the entries of some outlines."""
        with self._pool.connection() as database:
            return self._reader.numbered(database, [outline.number for outline in outlines])

    def of_page(self, day: MonthDay, kind: Kind | None, outlines: Sequence[Outline]) -> list[Entry]:
        """Return the entries of outlines that are all among the PAGE heaviest of a day.

        The page is read whole, at the cost of a few entries that are read by themselves.
        """
        (shelf,) = self._shelves.at(day, kind)
        with self._pool.connection() as database:
            return read_of_page(database, shelf.n, [outline.number for outline in outlines])

    # Numbers of entries

    def numbers_of_day(
        self, database: Database, shelves: Sequence[Shelf], first: int, last: int, order: Order
    ) -> Sequence[int]:
        """Return the numbers on some shelves between two places of their order."""
        if order == "weight" and last <= BEST and len(shelves) == 1 and not shelves[0].hidden:
            return best_numbers(database, shelves[0].n)[first:last]
        if order == "weight":
            return _heaviest(database, shelves, first, last)
        runs = _runs_of_shelves(database, self._shelves.parts(shelves), backwards=order == "-year")
        return _in_years(database, runs, first, last)

    def numbers_of_year(
        self,
        database: Database,
        year: int,
        kind: Kind | None,
        limit: int | None,
        offset: int,
        order: OrderOfYear,
    ) -> Sequence[int]:
        """Return a page of the numbers of a year."""
        if order == "date":
            runs = _runs_of_year(database, year, kind)
            first, last = page(sum(count for _, _, count in runs), limit, offset)
            return _in_order(runs, first, last)
        count, best = best_of_year(database, year, kind)
        first, last = page(count, limit, offset)
        if last <= len(best):
            return best[first:last]
        return _merged(database, year, kind, last)[first:]

    # Runs: the entries of a kind, day and year, which lie together, the heaviest first

    def _runs_on(
        self, database: Database, date: HistoricalDate, kinds: Collection[Kind]
    ) -> list[Run]:
        shelves = self._shelves.over(date.month, date.day)
        return runs_in(database, (shelf for shelf in shelves if shelf.kind in kinds), date.year)

    def _heaviest_of(self, database: Database, run: Run, limit: int | None) -> Iterable[Outline]:
        _, first, count = run
        wanted = count if limit is None else min(count, limit)
        rows = database.execute(_BETWEEN, (first, first + wanted - 1))
        return map(self._outlines.of_row, rows.fetchall())

    def _julian_of(self, database: Database, run: Run, date: HistoricalDate) -> Iterable[Outline]:
        """Yield what a run has that its source says to be on `date` by the Julian calendar."""
        _, first, count = run
        bounds = first, first + count - 1
        for row in database.execute(f"{_BETWEEN} AND calendar = {_JULIAN}", bounds).fetchall():
            n, year, calendar, *_, more = row
            own = self._reader.date_of(n, year, calendar, more)
            if own is not None and _is_julian(own, date):
                yield self._outlines.of_row(row)


def _weight_and_number(outline: Outline) -> tuple[float, int]:
    return -outline.weight, outline.number


def page(count: int, limit: int | None, offset: int) -> tuple[int, int]:
    """Return between which places of `count` a page lies."""
    if offset < 0 or (limit is not None and limit < 0):
        raise AlmanacError(f"limit {limit!r}, offset {offset!r}: neither can be negative")
    return min(offset, count), count if limit is None else min(offset + limit, count)


def by_weight(database: Database, runs: Iterable[Run]) -> list[int]:
    """Return the numbers of all entries of some runs, heaviest first."""
    statement = "SELECT -weight, n FROM entry WHERE n BETWEEN ? AND ?"
    rows = [
        row
        for _, first, count in runs
        for row in database.execute(statement, (first, first + count - 1))
    ]
    return [n for _, n in sorted(rows)]


def _runs_of_shelves(database: Database, shelves: Iterable[Shelf], *, backwards: bool) -> list[Run]:
    """Return all runs of these shelves, by year."""
    numbers = ", ".join(str(shelf.n) for shelf in shelves)
    order = "DESC" if backwards else ""
    statement = f"SELECT year, first, count FROM run WHERE shelf IN ({numbers})"
    return database.execute(f"{statement} ORDER BY year {order}, shelf").fetchall()


def _runs_of_year(database: Database, year: int, kind: Kind | None) -> list[Run]:
    """Return the runs of a year, in the order of the days."""
    statement = (
        "SELECT run.year, run.first, run.count FROM shelf"
        " JOIN run ON run.shelf = shelf.n AND run.year = ?"
        " WHERE NOT hidden AND kind = coalesce(?, kind) ORDER BY shelf.n"
    )
    return database.execute(statement, (year, kind)).fetchall()


def _in_years(database: Database, runs: Iterable[Run], first: int, last: int) -> list[int]:
    """Return a page of the entries of runs that come year by year; see Order."""
    numbers: list[int] = []
    skipped = 0
    for _, group in groupby(runs, key=itemgetter(0)):
        year = list(group)
        count = sum(run[2] for run in year)
        if not numbers and skipped + count <= first:
            skipped += count
            continue
        numbers += by_weight(database, year)
        if skipped + len(numbers) >= last:
            break
    return numbers[first - skipped : last - skipped]


def _in_order(runs: Iterable[Run], first: int, last: int) -> list[int]:
    """Return a page of the entries of some runs, one run after the other."""
    numbers = chain.from_iterable(range(start, start + count) for _, start, count in runs)
    return list(islice(numbers, first, last))


def _merged(database: Database, year: int, kind: Kind | None, count: int) -> list[int]:
    """Return the heaviest entries of a year: its runs merged, for each of them is in order.

    No more runs than entries are looked at: the heaviest are in those that have the heaviest heads.
    """
    heads = (
        "SELECT -entry.weight, run.first, run.first + run.count - 1 FROM shelf"
        " CROSS JOIN run ON run.shelf = shelf.n AND run.year = ?"
        " CROSS JOIN entry ON entry.n = run.first"
        " WHERE NOT hidden AND kind = coalesce(?, kind)"
        " ORDER BY entry.weight DESC, entry.n LIMIT ?"
    )
    # In order, and so a heap.
    heap = database.execute(heads, (year, kind, count)).fetchall()
    numbers: list[int] = []
    while heap and len(numbers) < count:
        _, n, last = heap[0]
        numbers.append(n)
        if n == last:
            heapq.heappop(heap)
        else:
            next_one = "SELECT -weight FROM entry WHERE n = ?"
            (weight,) = database.execute(next_one, (n + 1,)).fetchone()
            heapq.heapreplace(heap, (weight, n + 1, last))
    return numbers


def _heaviest(database: Database, shelves: Iterable[Shelf], first: int, last: int) -> list[int]:
    """Return a page of the entries of some shelves by weight, however far behind."""
    ranges = " OR ".join(f"n BETWEEN {shelf.first} AND {shelf.last}" for shelf in shelves)
    statement = f"SELECT n FROM entry WHERE {ranges} ORDER BY weight DESC, n LIMIT ? OFFSET ?"
    return [n for (n,) in database.execute(statement, (last - first, first))]


# Dates in two calendars


def _gregorian_of(date: HistoricalDate) -> HistoricalDate | None:
    """Return where a date stands if it is by the Julian calendar, and that was no longer in force.

    >>> _gregorian_of(HistoricalDate(1917, 10, 25)).edtf
    '1917-11-07'
    """
    if (date.year, date.month, date.day) < REFORM:
        return None
    try:
        julian = HistoricalDate(date.year, date.month, date.day, Calendar.JULIAN)
    except DateError:
        return None
    return julian.to(Calendar.GREGORIAN)


def _is_julian(own: HistoricalDate | None, date: HistoricalDate) -> bool:
    """Tell whether a source's own date says `date` by the Julian calendar."""
    return (
        own is not None
        and own.calendar is Calendar.JULIAN
        and (own.year, own.month, own.day) == (date.year, date.month, date.day)
    )
