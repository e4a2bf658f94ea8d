"""An almanac, open for reading: what happened on which day, and to whom."""

import heapq
import json
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import chain, groupby, islice
from operator import itemgetter
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

from msgspec import Struct

from hodie.almanac.errors import AlmanacError
from hodie.almanac.heading import check_heading, digest_of
from hodie.almanac.ids import Run, entries_of, number_of_entity, row_of_entry, rows_between, runs_in
from hodie.almanac.model import Entity, Entry, Kind
from hodie.almanac.pages import best_entries, read_page
from hodie.almanac.pool import Pool, damaged
from hodie.almanac.reading import Reader
from hodie.almanac.schema import BEST, NO_YEAR, PAGE
from hodie.almanac.searching import Hit, Query, Search
from hodie.almanac.shelves import Shelf, day_text
from hodie.dates import Calendar, DateError, HistoricalDate, MonthDay

Order = Literal["weight", "year", "-year"]
"""Heaviest first; earliest first; latest first. Within a year the heaviest comes first."""

Database = sqlite3.Connection

_REFORM = (1582, 10, 15)
_CHUNK = 1_000


class SourceInfo(Struct, frozen=True):
    """A data set of which an almanac was made: its licence, and how many entries it backs."""

    source: str
    licence: str | None
    entries: int


class AlmanacInfo(Struct, frozen=True):
    """What an almanac is and holds. `entries` and `sources` count no hidden entries.

    `digest` is the SHA-256 of the file, reckoned with zeros where it stands itself.
    """

    path: Path
    schema: int
    digest: str
    entries: dict[Kind, int]
    hidden: int
    entities: int
    sources: tuple[SourceInfo, ...]
    size: int


class Almanac:
    """The facts in one file, which nothing changes: a build puts another in its place.

    Any number of threads may ask at once. After a fork, open it again.

    >>> import tempfile
    >>> from hodie.almanac import build, Entry, Kind
    >>> path = Path(tempfile.mkdtemp()) / "almanac.db"
    >>> moon = HistoricalDate(1969, 7, 20)
    >>> entry = Entry("e:1", Kind.EVENT, date=moon, day=moon.month_day, title="Apollo 11 lands")
    >>> report = build(path, [entry])
    >>> with Almanac.open(path) as almanac:
    ...     [entry.title for entry in almanac.day(MonthDay(7, 20))]
    ['Apollo 11 lands']
    """

    def __init__(self, path: Path) -> None:
        check_heading(path)
        self.path = path
        self._pool = Pool(path)
        with self._pool.connection() as database:
            self._about = dict(database.execute("SELECT key, value FROM about"))
            self._reader = Reader(database)
        self._shelves = self._reader.shelves

    @classmethod
    def open(cls, path: Path | str) -> Self:
        """Open the almanac at `path`; raises AlmanacError if it is none, newer, or damaged."""
        return cls(Path(path))

    def close(self) -> None:
        """Close the file; what runs in other threads ends first."""
        self._pool.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def info(self) -> AlmanacInfo:
        """What the almanac is and holds."""
        about = self._about
        counts = dict.fromkeys(Kind, 0)
        for shelf in self._shelves.of_kinds:
            if shelf.kind and not shelf.hidden:
                counts[shelf.kind] += shelf.count
        sources = tuple(SourceInfo(*source) for source in json.loads(about["sources"]))
        return AlmanacInfo(
            path=self.path,
            schema=about["schema"],
            digest=about["digest"],
            entries=counts,
            hidden=about["hidden"],
            entities=about["entities"],
            sources=sources,
            size=self.path.stat().st_size,
        )

    def verify(self) -> None:
        """Read the whole file; raises AlmanacError if a byte is not as it was built."""
        if digest_of(self.path) != self._about["digest"]:
            raise damaged(self.path, "its digest is not the one that it was built with")

    # Days, dates and years

    def day(
        self,
        day: MonthDay,
        kind: Kind | None = None,
        *,
        limit: int | None = 50,
        offset: int = 0,
        order: Order = "weight",
        hidden: bool = False,
    ) -> list[Entry]:
        """Return a page of the entries that are shown on `day`; with `hidden`, of all of them."""
        shelves = self._shelves.at(day, kind, hidden=hidden)
        first, last = _page(sum(shelf.count for shelf in shelves), limit, offset)
        if first == last:
            return []
        with self._pool.connection() as database:
            if order == "weight" and last <= BEST and not hidden:
                return self._best(database, shelves[0].n, first, last)
            if order == "weight":
                numbers = _heaviest(database, shelves, first, last)
            else:
                runs = _runs_on(database, self._shelves.parts(shelves), backwards=order == "-year")
                numbers = _in_years(database, runs, first, last)
            return self._reader.numbered(database, numbers)

    def count(self, day: MonthDay, kind: Kind | None = None) -> int:
        """Return how many entries are shown on `day`."""
        return sum(shelf.count for shelf in self._shelves.at(day, kind))

    def counts(self) -> dict[tuple[str, Kind], int]:
        """Return how many entries are shown on each day, by kind.

        Under "08" stand those dated to August without a day, under "" those without a month.
        """
        return {
            (day_text(shelf.month, shelf.day) or "", shelf.kind): shelf.count
            for shelf in self._shelves.of_kinds
            if shelf.kind and not shelf.hidden
        }

    def date(self, date: HistoricalDate) -> list[Entry]:
        """Return the entries that are shown on `date`, heaviest first.

        That is the date as it stands, whatever its calendar. An entry that its source dates by the
        Julian calendar, and that is shown on its Gregorian day, is found by either: the October
        Revolution on 25 October 1917 and on 7 November. For a date without a day, they are the
        entries dated to that month, year, decade or century and no closer.
        """
        month = date.month if date.month and date.month <= 12 else None
        entries = self._shown_on(date.year, month, date.day)
        if date.day is None:
            return [entry for entry in entries if _as_close(entry, date)]
        if moved := _gregorian_of(date):
            others = self._shown_on(moved.year, moved.month, moved.day)
            entries += [entry for entry in others if _is_julian(entry, date)]
            entries.sort(key=lambda entry: -entry.weight)
        return entries

    def year(
        self,
        year: int,
        *,
        kind: Kind | None = None,
        limit: int | None = 50,
        offset: int = 0,
        order: Literal["weight", "date"] = "weight",
    ) -> list[Entry]:
        """Return a page of the entries of an astronomical year: heaviest first, or by date."""
        with self._pool.connection() as database:
            runs = _runs_of(database, year, kind)
            first, last = _page(sum(count for _, _, count in runs), limit, offset)
            if order == "weight":
                numbers = _merged(database, runs, last)[first:]
            else:
                numbers = _in_order(runs, first, last)
            return self._reader.numbered(database, numbers)

    # Single entries and entities

    def entry(self, id: str) -> Entry | None:
        """Return the entry with this permanent id, hidden or not."""
        with self._pool.connection() as database:
            row = row_of_entry(database, self._shelves, id, self._about["entry keys"])
            return self._reader.entries(database, [row])[0] if row else None

    def entity(self, id: str) -> Entity | None:
        """Return the entity with this id."""
        with self._pool.connection() as database:
            n = number_of_entity(database, id, self._about["entities"])
            return None if n is None else self._reader.entity(database, n)

    def about(
        self, entity_id: str, *, limit: int | None = None, hidden: bool = False
    ) -> list[Entry]:
        """Return the entries in which an entity takes part, in the order of time.

        Those known only to the month or the year come before those of its days.
        """
        with self._pool.connection() as database:
            n = number_of_entity(database, entity_id, self._about["entities"])
            if n is None:
                return []
            numbers = entries_of(database, n)
            visible = self._shelves.visible
            shown = [n for n in numbers if hidden or n <= visible]
            first, last = _page(len(shown), limit, 0)
            return self._reader.numbered(database, shown[first:last])

    def search(
        self, words: str, *, limit: int = 20, offset: int = 0, kind: Kind | None = None
    ) -> list[Hit]:
        """Return what matches all of `words`, the last of which may be the beginning of a word.

        Entities match by their names, entries by title and line; accents, case and punctuation
        don't count. What matches well and weighs much comes first. With a kind, only its entries
        are found, by their subject's name too.
        """
        query = Query.of(words)
        _page(0, limit, offset)
        if query is None:
            return []
        with self._pool.connection() as database:
            search = Search(self._reader, database, query)
            return search.hits_of(kind, limit, offset) if kind else search.hits(limit, offset)

    # Everything

    def entries(self, *, hidden: bool = False) -> Iterator[Entry]:
        """Yield all entries, day by day: first those without a day, at the end the hidden ones."""
        last = self._about["entries"] if hidden else self._shelves.visible
        for first in range(1, last + 1, _CHUNK):
            with self._pool.connection() as database:
                rows = rows_between(database, first, min(first + _CHUNK - 1, last))
                entries = self._reader.entries(database, rows)
            yield from entries

    def entities(self, min_weight: float = 0.0, *, hidden: bool = False) -> Iterator[Entity]:
        """Yield the entities of at least this weight, heaviest first.

        Those that only hidden entries know come at the end, if at all.
        """
        last = self._about["entities"] if hidden else self._about["visible entities"]
        for first in range(1, last + 1, _CHUNK):
            with self._pool.connection() as database:
                bounds = first, min(first + _CHUNK - 1, last)
                entities = self._reader.entities_between(database, *bounds)
            yield from (entity for entity in entities if entity.weight >= min_weight)
            if not hidden and entities[-1].weight < min_weight:
                return

    def dates(self, kind: Kind | None = None) -> Iterator[tuple[HistoricalDate, int]]:
        """Yield each date on which anything, or a kind, is shown, in order, and how many."""
        statement = (
            "SELECT year, day, sum(run.count) FROM run JOIN shelf ON shelf.n = run.shelf"
            " WHERE NOT hidden AND kind = coalesce(?, kind) AND length(day) = 5 AND year < ?"
            " GROUP BY year, day ORDER BY year, day"
        )
        with self._pool.connection() as database:
            rows = database.execute(statement, (kind, NO_YEAR)).fetchall()
        for year, day, count in rows:
            yield _civil_date(year, MonthDay.parse(day)), count

    def years(self) -> list[tuple[int, int]]:
        """Return each year, in order, and how many entries it has."""
        statement = (
            "SELECT year, sum(run.count) FROM run JOIN shelf ON shelf.n = run.shelf"
            " WHERE NOT hidden AND year < ? GROUP BY year"
        )
        with self._pool.connection() as database:
            return database.execute(statement, (NO_YEAR,)).fetchall()

    # Inside

    def _shown_on(self, year: int, month: int | None, day: int | None) -> list[Entry]:
        """Return the entries of a date, heaviest first."""
        with self._pool.connection() as database:
            runs = runs_in(database, self._shelves.over(month, day), year)
            return self._reader.numbered(database, _by_weight(database, runs))

    def _best(self, database: Database, shelf: int, first: int, last: int) -> list[Entry]:
        if last <= PAGE:
            return read_page(database, shelf)[first:last]
        return best_entries(database, self._reader, shelf, first, last)


def _page(count: int, limit: int | None, offset: int) -> tuple[int, int]:
    """Return between which places of `count` a page lies."""
    if offset < 0 or (limit is not None and limit < 0):
        raise AlmanacError(f"limit {limit!r}, offset {offset!r}: neither can be negative")
    return min(offset, count), count if limit is None else min(offset + limit, count)


# Runs: the entries of a kind, day and year, which lie together, the heaviest first


def _runs_on(database: Database, shelves: Iterable[Shelf], *, backwards: bool) -> list[Run]:
    """Return all runs of these shelves, by year."""
    numbers = ", ".join(str(shelf.n) for shelf in shelves)
    order = "DESC" if backwards else ""
    statement = f"SELECT year, first, count FROM run WHERE shelf IN ({numbers})"
    return database.execute(f"{statement} ORDER BY year {order}, shelf").fetchall()


def _runs_of(database: Database, year: int, kind: Kind | None) -> list[Run]:
    """Return the runs of a year, in the order of the days."""
    statement = (
        "SELECT run.year, run.first, run.count FROM shelf"
        " JOIN run ON run.shelf = shelf.n AND run.year = ?"
        " WHERE NOT hidden AND kind = coalesce(?, kind) ORDER BY shelf.n"
    )
    return database.execute(statement, (year, kind)).fetchall()


def _by_weight(database: Database, runs: Iterable[Run]) -> list[int]:
    """Return the numbers of all entries of some runs, heaviest first."""
    statement = "SELECT -weight, n FROM entry WHERE n BETWEEN ? AND ?"
    rows = [
        row
        for _, first, count in runs
        for row in database.execute(statement, (first, first + count - 1))
    ]
    return [n for _, n in sorted(rows)]


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
        numbers += _by_weight(database, year)
        if skipped + len(numbers) >= last:
            break
    return numbers[first - skipped : last - skipped]


def _in_order(runs: Iterable[Run], first: int, last: int) -> list[int]:
    """Return a page of the entries of some runs, one run after the other."""
    numbers = chain.from_iterable(range(start, start + count) for _, start, count in runs)
    return list(islice(numbers, first, last))


def _merged(database: Database, runs: Iterable[Run], count: int) -> list[int]:
    """Return the heaviest entries of many runs: merged, for each of them is in order."""
    statement = "SELECT -weight FROM entry WHERE n = ?"
    heads = [
        (*database.execute(statement, (first,)).fetchone(), first, first + size - 1)
        for _, first, size in runs
    ]
    heapq.heapify(heads)
    numbers: list[int] = []
    while heads and len(numbers) < count:
        _, n, last = heads[0]
        numbers.append(n)
        if n == last:
            heapq.heappop(heads)
        else:
            (weight,) = database.execute(statement, (n + 1,)).fetchone()
            heapq.heapreplace(heads, (weight, n + 1, last))
    return numbers


def _heaviest(database: Database, shelves: Iterable[Shelf], first: int, last: int) -> list[int]:
    """Return a page of the entries of some shelves by weight, however far behind."""
    ranges = " OR ".join(f"n BETWEEN {shelf.first} AND {shelf.last}" for shelf in shelves)
    statement = f"SELECT n FROM entry WHERE {ranges} ORDER BY weight DESC, n LIMIT ? OFFSET ?"
    return [n for (n,) in database.execute(statement, (last - first, first))]


def _as_close(entry: Entry, date: HistoricalDate) -> bool:
    own = entry.date
    return own is not None and (own.precision, own.month) == (date.precision, date.month)


def _gregorian_of(date: HistoricalDate) -> HistoricalDate | None:
    """Return where a date stands if it is by the Julian calendar, and that was no longer in force.

    >>> _gregorian_of(HistoricalDate(1917, 10, 25)).edtf
    '1917-11-07'
    """
    if (date.year, date.month, date.day) < _REFORM:
        return None
    try:
        julian = HistoricalDate(date.year, date.month, date.day, Calendar.JULIAN)
    except DateError:
        return None
    return julian.to(Calendar.GREGORIAN)


def _is_julian(entry: Entry, date: HistoricalDate) -> bool:
    """Tell whether the source of an entry says this date by the Julian calendar."""
    own = entry.date
    return (
        own is not None
        and own.calendar is Calendar.JULIAN
        and (own.year, own.month, own.day) == (date.year, date.month, date.day)
    )


def _civil_date(year: int, day: MonthDay) -> HistoricalDate:
    """Return a day of a year in the calendar of its time."""
    julian = (year, day.month, day.day) < _REFORM
    try:
        calendar = Calendar.JULIAN if julian else Calendar.GREGORIAN
        return HistoricalDate(year, day.month, day.day, calendar)
    except DateError:
        # 29 February 1700: a date that was left as its source has it.
        return HistoricalDate(year, day.month, day.day, Calendar.JULIAN)
