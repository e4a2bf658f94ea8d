"""The second half of a build: rows back from disk, shelf by shelf, into the almanac's file."""

import re
import sqlite3
from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable
from itertools import groupby
from typing import Any
from zlib import crc32

import msgspec

from hodie.almanac.errors import AlmanacError
from hodie.almanac.intake import HIDDEN_SHELF, NAMED
from hodie.almanac.runs import (
    CALENDAR_BITS,
    WEIGHT_BITS,
    WHOLE,
    YEAR_BITS,
    YEAR_OFFSET,
    Parts,
    Row,
    Runs,
    kind_of,
    pack_key,
    year_of,
)
from hodie.almanac.schema import BEST, KINDS, LETTERS, NO_YEAR, WEIGHTS
from hodie.almanac.shelves import day_text, written_year
from hodie.almanac.timelines import Timelines

# Key and marks, bound twice, are taken apart by SQLite, which is faster at it than Python. Binding
# "" and making it NULL there is faster than binding None, of which rows are full.
_YEAR = f"nullif((? >> {WEIGHT_BITS} & {(1 << YEAR_BITS) - 1}) - {YEAR_OFFSET}, {NO_YEAR})"
_CALENDAR = f"? & {(1 << CALENDAR_BITS) - 1}"
_NAMED = f"CASE WHEN ? & {NAMED} THEN 1 END"
_WEIGHT = f"{WEIGHTS} - (? & {(1 << WEIGHT_BITS) - 1})"
_TEXT = "nullif(?, '')"
_PLAIN = f"""INSERT INTO entry VALUES (?, ?, {_YEAR}, {_CALENDAR}, NULL, {_NAMED}, NULL, {_WEIGHT},
    NULL, nullif(?, 0), NULL, {_TEXT}, NULL)"""
_FULL = f"""INSERT INTO entry VALUES (?, ?, {_YEAR}, {_CALENDAR}, {_TEXT},
    coalesce({_TEXT}, {_NAMED}), {_TEXT}, {_WEIGHT}, {_TEXT}, nullif(?, 0), {_TEXT}, {_TEXT},
    {_TEXT})"""

_EXTRA = 6
_LIGHTNESS = (1 << WEIGHT_BITS) - 1
_NUMBER_BITS = 40
_NUMBER = (1 << _NUMBER_BITS) - 1
_CANONICAL = re.compile(rf"[{LETTERS}]:-?\d{{4}}-\d\d-\d\d:[0-9a-f]{{10}}")
_encode = msgspec.json.Encoder().encode


def _begin(kind: int) -> tuple[int]:
    """Return what sorts in front of all rows of a kind."""
    return (pack_key(kind, -YEAR_OFFSET, WEIGHTS),)


class Shelving:
    """Writes the entries, and gathers what entities and search need to know of them."""

    def __init__(
        self,
        database: sqlite3.Connection,
        titles: sqlite3.Connection,
        words: dict[str, "array[int]"],
        ranks: "array[int]",
    ) -> None:
        self.count = 0
        self.merged = 0
        self.timelines = Timelines(len(ranks) - 1)
        self.sources: Counter[int] = Counter()
        """How many visible entries each text of references backs, by its number for now."""
        self.keys = array("Q")
        """CRC-32 and number, 32 bits each, of the entries whose id is kept whole."""
        self.lookalikes: list[str] = []
        """Ids kept whole though they look as if kind and date said most of them."""
        self._database, self._titles = database, titles
        self._words, self._ranks = words, ranks
        # The last one stands for none.
        self._flags: list[int | str] = [*words["flags"], ""]
        self._refs: list[int | str] = [*words["references"], ""]
        self._subkinds: list[int | str] = [*words["subkind"], ""]
        self._shelf = 0

    def write(self, runs: Runs, progress: Callable[[], None]) -> None:
        """Write all shelves, the hidden ones last."""
        for shelf in runs.shelves():
            rows = self._unique(runs, shelf)
            rows.sort()
            self._write_day(shelf, rows)
            if shelf < HIDDEN_SHELF:
                self.timelines.visible = self.count
            progress()

    # Ids

    def _unique(self, runs: Runs, shelf: int) -> list[Row]:
        """Return the rows of a shelf, each id once."""
        rows = runs.read(shelf)
        hidden = runs.read(shelf | HIDDEN_SHELF) if shelf < HIDDEN_SHELF else []
        ids = {row[1] for row in rows}
        ids.update(row[1] for row in hidden)
        if len(ids) == len(rows) + len(hidden):
            return rows
        return self._merge(shelf, rows, hidden)

    def _merge(self, shelf: int, rows: list[Row], hidden: list[Row]) -> list[Row]:
        unique: dict[str, Row] = {}
        for row in rows:
            id = _id(shelf, row)
            known = unique.setdefault(id, row)
            if known is not row:
                if known[:2] + known[3:] != row[:2] + row[3:]:
                    raise contradiction(id)
                self.merged += 1
        for row in hidden:
            if (id := _id(shelf, row)) in unique:
                raise contradiction(id)
        return list(unique.values())

    def _whole(self, id: str, n: int) -> str:
        """Return an id that is kept whole, and remember where."""
        self.keys.append(crc32(id.encode()) << 32 | n)
        if _CANONICAL.fullmatch(id):
            self.lookalikes.append(id)
        return id

    # Shelves

    def _write_day(self, shelf: int, rows: list[Row]) -> None:
        hidden, day = int(shelf >= HIDDEN_SHELF), _day(shelf)
        first = self.count + 1
        best: list[int] = []
        for code, kind in enumerate(KINDS):
            kind_rows = rows[bisect_left(rows, _begin(code)) : bisect_left(rows, _begin(code + 1))]
            if kind_rows:
                best += self._write_kind(shelf, kind, kind_rows)
        self._write_shelf(hidden, day, None, first, best)

    def _write_kind(self, shelf: int, kind: str, rows: list[Row]) -> list[int]:
        """Write the entries of one kind on one shelf; return its best, as they sort."""
        hidden, day = int(shelf >= HIDDEN_SHELF), _day(shelf)
        first = self.count + 1
        self.count += len(rows)
        self._write_entries(rows, first)
        if not hidden:
            self._gather(rows, first)
        self._join(rows, first)
        best = [(row[0] & _LIGHTNESS) << _NUMBER_BITS | n for n, row in enumerate(rows, first)]
        self._write_shelf(hidden, day, kind, first, best)
        self._write_runs(shelf, rows, first)
        return best[:BEST]

    def _write_shelf(
        self, hidden: int, day: str | None, kind: str | None, first: int, best: list[int]
    ) -> None:
        self._shelf += 1
        shelf = (self._shelf, hidden, day, kind, first, self.count - first + 1)
        self._database.execute("INSERT INTO shelf VALUES (?, ?, ?, ?, ?, ?)", shelf)
        if hidden:
            return
        best.sort()
        self._database.executemany(
            "INSERT INTO best VALUES (?, ?, ?)",
            [(self._shelf, place, key & _NUMBER) for place, key in enumerate(best[:BEST], 1)],
        )

    def _write_runs(self, shelf: int, rows: list[Row], first: int) -> None:
        """Say which entries of a shelf are of which year, and to the timelines, when they were."""
        runs, day = [], shelf & HIDDEN_SHELF - 1
        for key, count in Counter([row[0] >> WEIGHT_BITS for row in rows]).items():
            year = year_of(key << WEIGHT_BITS)
            runs.append((self._shelf, year, first, count))
            self.timelines.date(year << 9 | day, count)
            first += count
        self._database.executemany("INSERT INTO run VALUES (?, ?, ?, ?)", runs)

    # Entries

    def _write_entries(self, rows: list[Row], first: int) -> None:
        for size, group in groupby(rows, key=len):
            some = list(group)
            if size > _EXTRA:
                self._database.executemany(_FULL, self._full(some, first))
            else:
                self._database.executemany(_PLAIN, self._plain(some, first))
            first += len(some)

    def _plain(self, rows: list[Row], first: int) -> list[tuple[Any, ...]]:
        """Return the columns of entries that have nothing extra: most births and deaths."""
        ranks, refs = self._ranks, self._refs
        return [
            # sqlite3 binds a bytearray ten times as fast as bytes.
            (n, bytearray(id), key, marks, marks, key, ranks[subject], refs[backing])
            for n, (key, id, _, subject, backing, marks) in enumerate(rows, first)
        ]

    def _full(self, rows: list[Row], first: int) -> list[tuple[Any, ...]]:
        """Return all columns of entries that have something extra."""
        ranks, refs, subkinds, sets = self._ranks, self._refs, self._subkinds, self._flags
        full = []
        for n, row in enumerate(rows, first):
            key, id, _, subject, backing, marks, extra = row
            subkind, title, line, flags, parts, more = extra
            name = bytearray(id) if len(id) == 5 else self._whole(id[len(WHOLE) :].decode(), n)
            written = self._parts(parts, n) if parts else ""
            half = n, name, key, marks, subkinds[subkind], title, marks, line
            rest = key, sets[flags], ranks[subject], written, refs[backing], more
            full.append((*half, *rest))
        return full

    def _parts(self, parts: Parts, n: int) -> str:
        roles, ranks = self._words["role"], self._ranks
        numbered = [(roles[role], ranks[entity]) for role, entity in parts]
        self.timelines.join_all([entity for _, entity in numbered], n)
        return _encode(numbered).decode()

    def _join(self, rows: list[Row], first: int) -> None:
        """Let the subjects know of their entries."""
        ranks = self._ranks
        self.timelines.join([ranks[row[3]] for row in rows], first)

    def _gather(self, rows: list[Row], first: int) -> None:
        """Put aside what search and colophon need: words of their own, and what backs them."""
        self.sources.update([row[4] for row in rows])
        titles = [
            (row[0] & _LIGHTNESS, n, f"{row[6][1]} {row[6][2]}")
            for n, row in enumerate(rows, first)
            if len(row) > _EXTRA and (row[6][1] or row[6][2])
        ]
        self._titles.executemany("INSERT INTO title VALUES (?, ?, ?)", titles)


def _day(shelf: int) -> str | None:
    return day_text(shelf >> 5 & 15, shelf & 31)


def contradiction(id: str) -> AlmanacError:
    """Return the error for two entries with one id."""
    return AlmanacError(
        f"two different entries have the id {id!r}: ids are permanent and unique, so leave one out"
    )


def _id(shelf: int, row: Row) -> str:
    key, id = row[:2]
    if len(id) > 5:
        return str(id[len(WHOLE) :].decode())
    return f"{LETTERS[kind_of(key)]}:{written_year(year_of(key))}-{_day(shelf)}:{id.hex()}"
