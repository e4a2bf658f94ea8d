"""The second half of a build: rows back from disk, shelf by shelf, into the almanac's file."""

import re
import sqlite3
from array import array
from collections import Counter
from collections.abc import Callable
from itertools import groupby
from operator import itemgetter
from zlib import crc32

import msgspec

from hodie.almanac.errors import AlmanacError
from hodie.almanac.intake import HIDDEN_SHELF
from hodie.almanac.runs import (
    CALENDAR_BITS,
    WEIGHT_BITS,
    Extra,
    Parts,
    Row,
    Runs,
    kind_of,
    year_of,
)
from hodie.almanac.schema import BEST, KINDS, LETTERS, NO_YEAR, WEIGHTS
from hodie.almanac.shelves import day_text, written_year
from hodie.almanac.timelines import Timelines

_PLAIN = """INSERT INTO entry VALUES (?, ?, ?, NULL, ?, NULL, nullif(?, ''), NULL, ?,
    nullif(?, ''), nullif(?, 0), NULL, nullif(?, ''), NULL, NULL)"""
_FULL = """INSERT INTO entry VALUES (?, ?, nullif(?, ''), nullif(?, ''), ?, nullif(?, ''),
    nullif(?, ''), nullif(?, ''), ?, nullif(?, ''), nullif(?, 0), nullif(?, ''), nullif(?, ''),
    nullif(?, ''), nullif(?, ''))"""

HELD = 5_000
"""How many rows are held until they are inserted together."""

_CALENDAR = (1 << CALENDAR_BITS) - 1
_LIGHTNESS = (1 << WEIGHT_BITS) - 1
_NUMBER_BITS = 40
_NUMBER = (1 << _NUMBER_BITS) - 1
_CANONICAL = re.compile(rf"[{LETTERS}]:-?\d{{4}}-\d\d-\d\d:[0-9a-f]{{10}}")
_encode = msgspec.json.Encoder().encode


_NOTHING: Extra = ("", -1, "", "", [], "", -1)


def _lightness(row: Row) -> int:
    """Return what the entries of a shelf are ordered by where the best come first."""
    return row[0] & _LIGHTNESS


def _kind(row: Row) -> int:
    return kind_of(row[0])


def _kind_and_year(row: Row) -> int:
    return row[0] >> WEIGHT_BITS


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
        # The first of the flags, and the last of the references, stand for none.
        self._flags: list[int | str] = ["", *words["flags"]]
        self._refs: list[int | str] = [*words["references"], ""]
        self._shelf = 0
        self._statement = _PLAIN
        self._held: list[tuple[object, ...]] = []

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
        tails = {row[1] for row in rows}
        tails.update(row[1] for row in hidden)
        if len(tails) == len(rows) + len(hidden):
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
        for code, kind_rows in groupby(rows, key=_kind):
            best += self._write_kind(shelf, KINDS[code], list(kind_rows))
        self._write_shelf(hidden, day, None, first, best)

    def _write_kind(self, shelf: int, kind: str, rows: list[Row]) -> list[int]:
        """Write the entries of one kind on one shelf; return its best, as they sort."""
        hidden, day = int(shelf >= HIDDEN_SHELF), _day(shelf)
        first = self.count + 1
        best = [_lightness(row) << _NUMBER_BITS | n for n, row in enumerate(rows, first)]
        if not hidden:
            self._gather(rows, first)
        runs = [
            self._write_run(shelf, year_of(group << WEIGHT_BITS), list(run_rows))
            for group, run_rows in groupby(rows, key=_kind_and_year)
        ]
        self._flush()
        self._write_shelf(hidden, day, kind, first, best)
        self._database.executemany(
            "INSERT INTO run VALUES (?, ?, ?, ?)", [(self._shelf, *run) for run in runs]
        )
        return best[:BEST]

    def _write_shelf(
        self, hidden: int, day: str | None, kind: str | None, first: int, best: list[int]
    ) -> None:
        self._shelf += 1
        shelf = (self._shelf, hidden, day, kind, first, self.count - first + 1)
        self._database.execute("INSERT INTO shelf VALUES (?, ?, ?, ?, ?, ?)", shelf)
        best.sort()
        self._database.executemany(
            "INSERT INTO best VALUES (?, ?, ?)",
            [(self._shelf, place, key & _NUMBER) for place, key in enumerate(best[:BEST], 1)],
        )

    # Entries

    def _write_run(self, shelf: int, year: int, rows: list[Row]) -> tuple[int, int, int]:
        """Write the entries of one kind, day and year; return the year, the first, and how many."""
        first = self.count + 1
        self.count += len(rows)
        ranks = self._ranks
        self.timelines.date(year << 9 | shelf & HIDDEN_SHELF - 1, len(rows))
        self.timelines.join([ranks[row[3]] for row in rows], first)
        written: int | str = "" if year == NO_YEAR else year
        if all(row[6] is None for row in rows):
            self._insert(_PLAIN, self._plain(rows, first, written))
        else:
            self._insert(_FULL, [self._full(row, n, written) for n, row in enumerate(rows, first)])
        return year, first, len(rows)

    def _plain(self, rows: list[Row], first: int, year: int | str) -> list[tuple[object, ...]]:
        """Return the columns of entries that have nothing extra: most births and deaths."""
        ranks, flags, refs, fromhex = self._ranks, self._flags, self._refs, bytearray.fromhex
        return [
            (
                n,
                # sqlite3 binds a bytearray ten times as fast as bytes.
                fromhex(tail) if tail[0] != ":" else self._whole(tail[1:], n),
                year,
                marks & _CALENDAR,
                marks >> CALENDAR_BITS & 1 or "",
                WEIGHTS - (key & _LIGHTNESS),
                flags[marks >> CALENDAR_BITS + 1],
                ranks[subject],
                refs[backing],
            )
            for n, (key, tail, _, subject, backing, marks, _) in enumerate(rows, first)
        ]

    def _full(self, row: Row, n: int, year: int | str) -> tuple[object, ...]:
        plain = self._plain([row], n, year)[0]
        _, id, _, calendar, named, weight, flags, subject, refs = plain
        date, subkind, title, line, parts, addresses, countries = row[6] or _NOTHING
        return (
            n,
            id,
            year,
            date,
            calendar,
            self._words["subkind"][subkind] if subkind >= 0 else "",
            title or named,
            line,
            weight,
            flags,
            subject,
            self._parts(parts, n) if parts else "",
            refs,
            addresses,
            self._words["countries"][countries] if countries >= 0 else "",
        )

    def _parts(self, parts: Parts, n: int) -> str:
        roles = self._words["role"]
        numbered = [(roles[role], self._ranks[entity]) for role, entity in parts]
        for _, entity in numbered:
            self.timelines.join([entity], n)
        return _encode(numbered).decode()

    def _gather(self, rows: list[Row], first: int) -> None:
        """Put aside what search needs: the words of entries whose title is their own."""
        self.sources.update(map(itemgetter(4), rows))
        self._titles.executemany(
            "INSERT INTO title VALUES (?, ?, ?)",
            (
                (_lightness(row), n, f"{row[6][2]} {row[6][3]}")
                for n, row in enumerate(rows, first)
                if row[6] and (row[6][2] or row[6][3])
            ),
        )

    def _insert(self, statement: str, rows: list[tuple[object, ...]]) -> None:
        if statement is not self._statement:
            self._flush()
            self._statement = statement
        self._held += rows
        if len(self._held) >= HELD:
            self._flush()

    def _flush(self) -> None:
        self._database.executemany(self._statement, self._held)
        self._held.clear()


def _day(shelf: int) -> str | None:
    return day_text(shelf >> 5 & 15, shelf & 31)


def contradiction(id: str) -> AlmanacError:
    """Return the error for two entries with one id."""
    return AlmanacError(
        f"two different entries have the id {id!r}: ids are permanent and unique, so leave one out"
    )


def _id(shelf: int, row: Row) -> str:
    key, tail = row[:2]
    if tail[0] == ":":
        return tail[1:]
    return f"{LETTERS[kind_of(key)]}:{written_year(year_of(key))}-{_day(shelf)}:{tail}"
