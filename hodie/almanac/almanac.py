"""An almanac, open for reading: what happened on which day, and to whom."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from msgspec import Struct

from hodie.almanac.heading import check_heading, digest_of
from hodie.almanac.ids import entries_of, number_of_entity, row_of_entry, rows_between, runs_in
from hodie.almanac.lists import (
    REFORM,
    Lists,
    Order,
    OrderOfYear,
    by_weight,
    page,
)
from hodie.almanac.model import Entity, Entry, Kind
from hodie.almanac.pages import read_page
from hodie.almanac.pool import Pool, damaged
from hodie.almanac.reading import Reader
from hodie.almanac.schema import NO_YEAR, PAGE
from hodie.almanac.searching import Hit, Query, Search
from hodie.almanac.shelves import day_text
from hodie.almanac.years import counts_by_year
from hodie.dates import Calendar, DateError, HistoricalDate, MonthDay

Database = sqlite3.Connection

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
        self.lists = Lists(self._pool, self._reader, self._about["entities"])
        """The same lists in outline, for those who choose from many and show few."""

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
        first, last = page(sum(shelf.count for shelf in shelves), limit, offset)
        if first == last:
            return []
        with self._pool.connection() as database:
            if order == "weight" and last <= PAGE and not hidden:
                return read_page(database, shelves[0].n)[first:last]
            numbers = self.lists.numbers_of_day(database, shelves, first, last, order)
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
        if date.day is not None:
            return self.lists.entries(self.lists.date(date))
        month = date.month if date.month and date.month <= 12 else None
        with self._pool.connection() as database:
            runs = runs_in(database, self._shelves.over(month, None), date.year)
            entries = self._reader.numbered(database, by_weight(database, runs))
        return [entry for entry in entries if _as_close(entry, date)]

    def year(
        self,
        year: int,
        *,
        kind: Kind | None = None,
        limit: int | None = 50,
        offset: int = 0,
        order: OrderOfYear = "weight",
    ) -> list[Entry]:
        """Return a page of the entries of an astronomical year: heaviest first, or by date."""
        with self._pool.connection() as database:
            numbers = self.lists.numbers_of_year(database, year, kind, limit, offset, order)
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
            first, last = page(len(shown), limit, 0)
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
        page(0, limit, offset)
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
        with self._pool.connection() as database:
            return counts_by_year(database)


def _as_close(entry: Entry, date: HistoricalDate) -> bool:
    own = entry.date
    return own is not None and (own.precision, own.month) == (date.precision, date.month)


def _civil_date(year: int, day: MonthDay) -> HistoricalDate:
    """Return a day of a year in the calendar of its time."""
    julian = (year, day.month, day.day) < REFORM
    try:
        calendar = Calendar.JULIAN if julian else Calendar.GREGORIAN
        return HistoricalDate(year, day.month, day.day, calendar)
    except DateError:
        # 29 February 1700: a date that was left as its source has it.
        return HistoricalDate(year, day.month, day.day, Calendar.JULIAN)
