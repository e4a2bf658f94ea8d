"""The second half of a build: rows back from disk, shelf by shelf, into the almanac's file.

Rows are taken in columns: what NumPy does for a whole shelf takes a tenth of what Python takes
row by row, and ten million rows are many.
"""

import re
import sqlite3
from array import array
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, repeat
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np

from hodie.almanac.btree import PageFile
from hodie.almanac.columns import NULL, Column, Numbers, Texts
from hodie.almanac.errors import AlmanacError
from hodie.almanac.folding import fold
from hodie.almanac.intake import HIDDEN_SHELF
from hodie.almanac.outlining import WRITTEN, Outlined, told_years
from hodie.almanac.packing import pack_numbers
from hodie.almanac.pairs import written_pairs
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
from hodie.almanac.years import Years

_LIGHTNESS = (1 << WEIGHT_BITS) - 1
_EXTRA = 7
_CANONICAL = re.compile(rf"[{LETTERS}]:-?\d{{4}}-\d\d-\d\d:[0-9a-f]{{10}}")


def _begin(kind: int) -> int:
    """Return what sorts in front of all keys of a kind."""
    return pack_key(kind, -YEAR_OFFSET, WEIGHTS)


class Titles(NamedTuple):
    """Entries with words of their own: the lightest last, their numbers, and the words, folded."""

    lightness: list[Numbers]
    entries: list[Numbers]
    words: list[Texts]

    def add(self, lightness: Numbers, entries: Numbers, texts: Sequence[str]) -> None:
        """Add some entries and their texts."""
        self.lightness.append(lightness)
        self.entries.append(entries)
        self.words.append(Texts.of([text if text.isascii() else fold(text) for text in texts]))

    def ranked(self) -> tuple[Numbers, Texts, Numbers]:
        """Return entries, their words, and in which order they are to be."""
        nothing = np.zeros(0, np.int64)
        lightness, entries = (
            np.concatenate([nothing, *each]) for each in (self.lightness, self.entries)
        )
        return entries, Texts.all_of(self.words), np.argsort(lightness, kind="stable")


class Shelving:
    """Writes the entries, and gathers what entities and search need to know of them."""

    def __init__(
        self,
        file: PageFile,
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
        self.titles = Titles([], [], [])
        self._file = file
        self._ranks, self._roles = ranks, np.array(words["role"], np.int64)
        # The last one stands for none.
        self._refs, self._flags, self._subkinds = (
            np.array([*words[name], NULL], np.int64) for name in ("references", "flags", "subkind")
        )
        self._shelves: list[tuple[Any, ...]] = []
        self._best: list[tuple[int, bytes, bytes]] = []
        self._of_years = Years()
        self._runs: list[tuple[int, Numbers, Numbers, Numbers]] = []

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

    def _remember(self, id: str, n: int) -> None:
        """Remember where an id is that is kept whole."""
        self.hashes.append(crc32(id.encode()))
        self.numbers.append(n)
        if _CANONICAL.fullmatch(id):
            self.lookalikes.append(id)

    # Shelves

    def _write_day(self, shelf: int, rows: Rows) -> None:
        hidden, day = shelf >= HIDDEN_SHELF, _day(shelf)
        first, keys = self.count + 1, rows.columns["key"]
        self.count += len(rows)
        outlined = self._write_entries(rows, first, shelf)
        self.timelines.date(_years(keys), shelf & HIDDEN_SHELF - 1)
        if not hidden:
            self._gather(rows, first)
            self._of_years.add(keys)
        for code, kind in enumerate(KINDS):
            start, end = np.searchsorted(keys, (_begin(code), _begin(code + 1))).tolist()
            if start < end:
                self._shelves.append(self._shelf(hidden, day, kind, first + start, end - start))
                self._add_runs(first + start, keys[start:end])
                if not hidden:
                    self._add_best(first, outlined, start, end)
        self._shelves.append(self._shelf(hidden, day, None, first, len(keys)))
        if not hidden:
            self._add_best(first, outlined, 0, len(keys))

    def _shelf(self, hidden: bool, *rest: object) -> tuple[object, ...]:
        return len(self._shelves) + 1, int(hidden), *rest

    def _add_best(self, first: int, outlined: Outlined, start: int, end: int) -> None:
        """Note the heaviest of the last shelf, which lies between these places of its day."""
        lightness = (WEIGHTS - outlined.weights[start:end]).astype(np.int16)
        places = np.argsort(lightness, kind="stable")[:BEST] + start
        entries = pack_numbers((places + first).tolist())
        self._best.append((len(self._shelves), entries, outlined.packed(places)))

    def _add_runs(self, first: int, keys: Numbers) -> None:
        """Note which entries of a shelf are of which year."""
        years = _years(keys)
        starts = np.flatnonzero(np.diff(years, prepend=years[0] - 1))
        counts = np.diff(starts, append=len(years))
        self._runs.append((len(self._shelves), years[starts], starts + first, counts))

    def write_shelves(self, database: sqlite3.Connection) -> None:
        """Write what there is to know of shelves."""
        database.executemany("INSERT INTO shelf VALUES (?, ?, ?, ?, ?, ?)", self._shelves)
        database.executemany("INSERT INTO best VALUES (?, ?, ?)", self._best)
        self._of_years.write(database)
        runs = (
            zip(repeat(shelf), *(column.tolist() for column in columns))
            for shelf, *columns in self._runs
        )
        database.executemany("INSERT INTO run VALUES (?, ?, ?, ?)", chain.from_iterable(runs))

    # Entries

    def _write_entries(self, rows: Rows, first: int, shelf: int) -> Outlined:
        """Write the entries of a day; return what outlines say of them."""
        numbers = np.arange(first, first + len(rows))
        columns, keys = rows.columns, rows.columns["key"]
        extras = self._extras(rows, numbers)
        subjects = self._ranks[columns["subject"]]
        self.timelines.join(subjects, numbers)
        named = (columns["marks"] & NAMED) != 0
        years, weights = _years(keys), WEIGHTS - (keys & _LIGHTNESS)
        calendars = (columns["marks"] & CALENDAR).astype(np.int64)
        row = [
            Column(_or_null(columns["tail"], WHOLE), extras.ids),
            Column(_or_null(years, NO_YEAR)),
            Column(calendars),
            Column(extras.subkinds),
            Column(np.where(named, 1, NULL), extras.titles),
            Column(None, extras.lines),
            Column(weights),
            Column(extras.flags),
            Column(_or_null(subjects, 0)),
            Column(None, extras.parts),
            Column(self._refs[columns["references"]]),
            Column(None, extras.more),
        ]
        self._file.write("entry", numbers, row)
        told = told_years(years, calendars, extras.written, *_place(shelf))
        return Outlined(told, weights, *(np.maximum(each, 0) for each in extras[:2]))

    def _extras(self, rows: Rows, numbers: Numbers) -> "_Extras":
        """Return what few rows have, for all of them; remember the ids that are kept whole."""
        places = np.flatnonzero(rows.has_extra)
        columns = list(zip(*rows.extras, strict=True)) or [()] * _EXTRA
        subkinds, titles, lines, flags, parts, more, ids = columns
        for place, id in zip(places.tolist(), ids, strict=True):
            if id:
                self._remember(id, int(numbers[place]))
        parted = self._parts(parts, numbers[places])
        known = zip(places.tolist(), more, strict=True)
        return _Extras(
            _spread_over(self._subkinds[np.array(subkinds, int)], len(rows), places),
            _spread_over(self._flags[np.array(flags, int)], len(rows), places),
            {place: text for place, text in known if WRITTEN in text},
            *(
                texts.spread_over(len(rows), places)
                for texts in (parted, *map(Texts.of, (ids, titles, lines, more)))
            ),
        )

    def _parts(self, parts: Sequence[Parts], entries: Numbers) -> Texts:
        """Return in JSON who takes part in entries, and let them know of it."""
        counts = np.fromiter(map(len, parts), np.int64, len(parts))
        flat = chain.from_iterable(chain.from_iterable(parts))
        pairs = np.fromiter(flat, np.int64, 2 * int(counts.sum())).reshape(-1, 2)
        roles, entities = self._roles[pairs[:, 0]], self._ranks[pairs[:, 1]]
        self.timelines.join(entities, np.repeat(entries, counts))
        return written_pairs(roles, entities, counts)

    def _gather(self, rows: Rows, first: int) -> None:
        """Put aside what search and colophon need: words of their own, and what backs them."""
        references = rows.columns["references"]
        self.sources += np.bincount(references + 1, minlength=len(self.sources))
        own = np.fromiter((bool(extra[1] or extra[2]) for extra in rows.extras), bool)
        have = np.flatnonzero(rows.has_extra)[own]
        lightness = rows.columns["key"][have] & _LIGHTNESS
        texts = [f"{extra[1]} {extra[2]}" for extra in rows.extras if extra[1] or extra[2]]
        self.titles.add(lightness, have + first, texts)


class _Extras(NamedTuple):
    """What few rows have, for all rows of a day."""

    subkinds: Numbers
    flags: Numbers
    written: dict[int, str]
    """What `more` has, by place, where it has the date."""
    parts: Texts
    ids: Texts
    titles: Texts
    lines: Texts
    more: Texts


def _or_null(numbers: Numbers, none: int) -> Numbers:
    return np.where(numbers == none, NULL, numbers)


def _spread_over(numbers: Numbers, count: int, places: Numbers) -> Numbers:
    found = np.full(count, NULL)
    found[places] = numbers
    return found


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


def _years(keys: Numbers) -> Numbers:
    return (keys >> WEIGHT_BITS & (1 << YEAR_BITS) - 1) - YEAR_OFFSET


def _place(shelf: int) -> tuple[int | None, int | None]:
    """Return the month and the day of a shelf."""
    return shelf >> 5 & 15 or None, shelf & 31 or None


def _day(shelf: int) -> str | None:
    return day_text(*_place(shelf))


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
