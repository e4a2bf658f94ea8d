"""The second half of a build: rows back from disk, shelf by shelf, into the almanac's file.

Rows are taken in columns: what NumPy does for a whole shelf takes a tenth of what Python takes
row by row, and ten million rows are many.
"""

import re
import sqlite3
from array import array
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice, pairwise
from typing import Any
from zlib import crc32

import msgspec
import numpy as np
import numpy.typing as npt

from hodie.almanac.errors import AlmanacError
from hodie.almanac.intake import HIDDEN_SHELF
from hodie.almanac.packing import pack_numbers
from hodie.almanac.runs import (
    CALENDAR,
    NAMED,
    TAIL_BITS,
    WEIGHT_BITS,
    WHOLE,
    YEAR_BITS,
    YEAR_OFFSET,
    Extra,
    Parts,
    Rows,
    Runs,
    kind_of,
    pack_key,
    year_of,
)
from hodie.almanac.schema import BEST, KINDS, LETTERS, NO_YEAR, WEIGHTS
from hodie.almanac.shelves import day_text, written_year
from hodie.almanac.timelines import Timelines

# Binding a number or a text and making it NULL in SQLite is faster than binding None, of which
# rows are full.
_PLAIN = f"""INSERT INTO entry VALUES (?1, ?2, nullif(?3, {NO_YEAR}), ?4, NULL, nullif(?5, 0),
    NULL, ?6, NULL, nullif(?7, 0), NULL, nullif(?8, 0), NULL)"""
_FULL = f"""INSERT INTO entry VALUES (?1, ?2, nullif(?3, {NO_YEAR}), ?4, nullif(?9, 0),
    coalesce(nullif(?10, ''), nullif(?5, 0)), nullif(?11, ''), ?6, nullif(?12, 0), nullif(?7, 0),
    nullif(?13, ''), nullif(?8, 0), nullif(?14, ''))"""

_LIGHTNESS = (1 << WEIGHT_BITS) - 1
_CANONICAL = re.compile(rf"[{LETTERS}]:-?\d{{4}}-\d\d-\d\d:[0-9a-f]{{10}}")
_json = msgspec.json.Encoder().encode

Numbers = npt.NDArray[np.int64]


def _begin(kind: int) -> int:
    """Return what sorts in front of all keys of a kind."""
    return pack_key(kind, -YEAR_OFFSET, WEIGHTS)


class Shelving:
    """Writes the entries, and gathers what entities and search need to know of them."""

    def __init__(
        self,
        database: sqlite3.Connection,
        titles: sqlite3.Connection,
        words: dict[str, "array[int]"],
        ranks: Numbers,
    ) -> None:
        self.count = 0
        self.merged = 0
        self.timelines = Timelines()
        self.sources = np.zeros(len(words["references"]) + 1, np.int64)
        """How many visible entries each text of references backs, by its number for now."""
        self.hashes, self.numbers = array("Q"), array("I")
        """CRC-32 and number of the entries whose id is kept whole."""
        self.lookalikes: list[str] = []
        """Ids kept whole though they look as if kind and date said most of them."""
        self._database, self._titles = database, titles
        self._ranks, self._roles = ranks, np.array(words["role"], np.int64)
        # The last one stands for none.
        self._refs = np.array([*words["references"], 0], np.int64)
        self._flags, self._subkinds = [*words["flags"], 0], [*words["subkind"], 0]
        self._shelf = 0

    def write(self, runs: Runs, progress: Callable[[], None]) -> None:
        """Write all shelves, the hidden ones last."""
        for shelf in runs.shelves():
            self._write_day(shelf, _sorted(self._unique(runs, shelf)))
            if shelf < HIDDEN_SHELF:
                self.timelines.visible = self.count
            progress()

    # Ids

    def _unique(self, runs: Runs, shelf: int) -> Rows:
        """Return the rows of a shelf, each id once."""
        rows = runs.read(shelf)
        hidden = runs.read(shelf | HIDDEN_SHELF) if shelf < HIDDEN_SHELF else rows.at(slice(0))
        if _are_unique(rows, hidden):
            return rows
        return self._merge(shelf, rows, hidden)

    def _merge(self, shelf: int, rows: Rows, hidden: Rows) -> Rows:
        unique: dict[str, tuple[Any, ...]] = {}
        kept = []
        for place, (id, row) in enumerate(_identified(shelf, rows)):
            known = unique.setdefault(id, row)
            if known is row:
                kept.append(place)
            elif known != row:
                raise contradiction(id)
            else:
                self.merged += 1
        for id, _ in _identified(shelf, hidden):
            if id in unique:
                raise contradiction(id)
        return rows.at(np.array(kept, np.intp))

    def _whole(self, id: str, n: int) -> str:
        """Return an id that is kept whole, and remember where."""
        self.hashes.append(crc32(id.encode()))
        self.numbers.append(n)
        if _CANONICAL.fullmatch(id):
            self.lookalikes.append(id)
        return id

    # Shelves

    def _write_day(self, shelf: int, rows: Rows) -> None:
        hidden, day = shelf >= HIDDEN_SHELF, _day(shelf)
        first, keys = self.count + 1, rows.columns["key"]
        for code, kind in enumerate(KINDS):
            start, end = np.searchsorted(keys, (_begin(code), _begin(code + 1))).tolist()
            if start < end:
                self._write_kind(shelf, kind, rows.at(slice(start, end)))
        self._write_shelf(hidden, day, None, first, keys)

    def _write_kind(self, shelf: int, kind: str, rows: Rows) -> None:
        """Write the entries of one kind on one shelf."""
        hidden, day = shelf >= HIDDEN_SHELF, _day(shelf)
        first, keys = self.count + 1, rows.columns["key"]
        self.count += len(rows)
        subjects = self._ranks[rows.columns["subject"]]
        self._write_entries(rows, subjects, first)
        if not hidden:
            self._gather(rows, first)
        self.timelines.join(subjects, np.arange(first, self.count + 1))
        self.timelines.date(_years(keys), shelf & HIDDEN_SHELF - 1)
        self._write_shelf(hidden, day, kind, first, keys)
        self._write_runs(keys, first)

    def _write_shelf(
        self, hidden: bool, day: str | None, kind: str | None, first: int, keys: Numbers
    ) -> None:
        self._shelf += 1
        shelf = (self._shelf, int(hidden), day, kind, first, self.count - first + 1)
        self._database.execute("INSERT INTO shelf VALUES (?, ?, ?, ?, ?, ?)", shelf)
        if not hidden:
            best = np.argsort(keys & _LIGHTNESS, kind="stable")[:BEST] + first
            row = (self._shelf, pack_numbers(best.tolist()))
            self._database.execute("INSERT INTO best VALUES (?, ?)", row)

    def _write_runs(self, keys: Numbers, first: int) -> None:
        """Say which entries of a shelf are of which year."""
        years, starts, counts = np.unique(_years(keys), return_index=True, return_counts=True)
        runs = zip(years.tolist(), (starts + first).tolist(), counts.tolist(), strict=True)
        self._database.executemany(f"INSERT INTO run VALUES ({self._shelf}, ?, ?, ?)", runs)

    # Entries

    def _write_entries(self, rows: Rows, subjects: Numbers, first: int) -> None:
        """Write rows of which some have extras, those that lie together at a time."""
        columns, keys = rows.columns, rows.columns["key"]
        plain: list[list[Any]] = [
            list(range(first, first + len(rows))),
            columns["tail"].tolist(),
            _years(keys).tolist(),
            (columns["marks"] & CALENDAR).tolist(),
            ((columns["marks"] & NAMED) != 0).astype(np.int64).tolist(),
            (WEIGHTS - (keys & _LIGHTNESS)).tolist(),
            subjects.tolist(),
            self._refs[columns["references"]].tolist(),
        ]
        extra = self._extra(rows, plain[1], first) if rows.extras else []
        place = 0
        for start, end, full in _alike(rows.has_extra):
            part = [column[start:end] for column in plain]
            if full:
                part += [column[place : place + end - start] for column in extra]
                place += end - start
            statement = _FULL if full else _PLAIN
            self._database.executemany(statement, zip(*part, strict=True))

    def _extra(self, rows: Rows, ids: list[Any], first: int) -> list[list[Any]]:
        """Return the columns of extras; put into `ids` those that are kept whole."""
        subkinds, titles, lines, flags, parts, more, whole = zip(*rows.extras, strict=True)
        places = np.flatnonzero(rows.has_extra)
        for place, id in zip(places.tolist(), whole, strict=True):
            if id:
                ids[place] = self._whole(id, first + place)
        return [
            [self._subkinds[subkind] for subkind in subkinds],
            list(titles),
            list(lines),
            [self._flags[flag] for flag in flags],
            self._parts(parts, places + first),
            list(more),
        ]

    def _parts(self, parts: Sequence[Parts], entries: Numbers) -> list[str]:
        """Return in JSON who takes part in entries, and let them know of it."""
        counts = [len(part) for part in parts]
        pairs = np.array(list(chain.from_iterable(parts)), np.int64).reshape(-1, 2)
        pairs[:, 0], pairs[:, 1] = self._roles[pairs[:, 0]], self._ranks[pairs[:, 1]]
        self.timelines.join(pairs[:, 1], np.repeat(entries, counts))
        numbered = iter(pairs.tolist())
        return [_json(list(islice(numbered, n))).decode() if n else "" for n in counts]

    def _gather(self, rows: Rows, first: int) -> None:
        """Put aside what search and colophon need: words of their own, and what backs them."""
        references = rows.columns["references"]
        self.sources += np.bincount(references + 1, minlength=len(self.sources))
        have = np.flatnonzero(rows.has_extra)
        lightness = (rows.columns["key"][have] & _LIGHTNESS).tolist()
        self._titles.executemany(
            "INSERT INTO title VALUES (?, ?, ?)",
            [
                (light, n, f"{extra[1]} {extra[2]}")
                for light, n, extra in zip(
                    lightness, (have + first).tolist(), rows.extras, strict=True
                )
                if extra[1] or extra[2]
            ],
        )


def _sorted(rows: Rows) -> Rows:
    """Return rows in the order of the file: by kind, year, weight and id."""
    keys, tails = rows.columns["key"], rows.columns["tail"]
    whole = tails == WHOLE
    if not whole.any():
        return rows.at(np.lexsort((tails, keys)))
    ids = np.array([extra[-1] for extra in rows.extras if extra[-1]], object)
    names = np.zeros(len(rows), np.int64)
    names[np.flatnonzero(whole)[np.argsort(ids, kind="stable")]] = np.arange(len(ids))
    return rows.at(np.lexsort((names, tails, keys)))


def _are_unique(*several: Rows) -> bool:
    """Tell whether no id of one shelf comes twice."""
    columns = np.concatenate([rows.columns for rows in several])
    whole = [extra[-1] for rows in several for extra in rows.extras if extra[-1]]
    columns = columns[columns["tail"] != WHOLE]
    # Kind and year, and the tail: what the rest of an id says is the shelf itself.
    ids = np.sort((columns["key"] >> WEIGHT_BITS) << TAIL_BITS | columns["tail"])
    return len(set(whole)) == len(whole) and bool((np.diff(ids) != 0).all())


def _identified(shelf: int, rows: Rows) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """Yield the id of each row, and all that the row says."""
    extras: Iterator[Extra] = iter(rows.extras)
    for row, full in zip(rows.columns.tolist(), rows.has_extra.tolist(), strict=True):
        extra = next(extras) if full else None
        yield _id(shelf, row[0], row[1], extra), (*row, extra)


def _alike(full: "npt.NDArray[np.bool]") -> Iterator[tuple[int, int, bool]]:
    """Yield from where to where rows are all full, or all not."""
    bounds = [0, *(np.flatnonzero(np.diff(full)) + 1).tolist(), len(full)]
    for start, end in pairwise(bounds):
        yield start, end, bool(full[start])


def _years(keys: Numbers) -> Numbers:
    return (keys >> WEIGHT_BITS & (1 << YEAR_BITS) - 1) - YEAR_OFFSET


def _day(shelf: int) -> str | None:
    return day_text(shelf >> 5 & 15, shelf & 31)


def contradiction(id: str) -> AlmanacError:
    """Return the error for two entries with one id."""
    return AlmanacError(
        f"two different entries have the id {id!r}: ids are permanent and unique, so leave one out"
    )


def _id(shelf: int, key: int, tail: int, extra: Extra | None) -> str:
    if tail == WHOLE:
        assert extra is not None
        return extra[-1]
    return f"{LETTERS[kind_of(key)]}:{written_year(year_of(key))}-{_day(shelf)}:{tail:010x}"
