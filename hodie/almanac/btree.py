"""Tables written page by page, as SQLite's file format has them.

SQLite inserts a row in one to two microseconds, and Python takes as long to hand it over. NumPy
lays out the pages of a whole table in a fifth of that, since the rows come in their final order:
each page is written once, full. The format is at https://www.sqlite.org/fileformat2.html and will
not change before 2050; every build has SQLite check what was written.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from hodie.almanac.columns import NULL, Bytes, Column, Numbers, spread
from hodie.almanac.schema import PAGE_SIZE

LONGEST = PAGE_SIZE - 35
"""A record that has more bytes would not lie on one page: SQLite is to insert it."""

LOCKED = 0x40000000 // PAGE_SIZE + 1
"""The page at the first gigabyte, which SQLite uses for locks and never reads."""

CHILDREN = (PAGE_SIZE - 12) // (2 + 4 + 9)
"""How many children a page inside the tree has at most: as many as always find room."""

_LEAF, _INTERIOR = 0x0D, 0x05
_POINTER = 2
_ROOM = PAGE_SIZE - 8
_PAGE_COUNT = 28

# A record may end before its last columns, which are NULL then.
# By serial type: 0 is NULL, 1 to 6 are numbers of so many bytes, 8 and 9 are 0 and 1. From 12 on
# the even types are bytes and the odd ones texts, by their size.
_WIDTHS = np.array([0, 1, 2, 3, 4, 6, 8, 0, 0, 0], np.int64)
_MOST = np.array([(1 << 8 * width - 1) - 1 for width in (1, 2, 3, 4, 6)], np.int64)
_BLOB, _TEXT = 12, 13

Rows = npt.NDArray[np.bool]
Child = tuple[int, int]
"""A page, and the last row under it."""


class PageFile:
    """A database, closed by all others, whose tables are filled; their rows must come in order.

    The tables must exist, have no rows, no index, and an INTEGER PRIMARY KEY in front.
    """

    def __init__(self, path: Path) -> None:
        database = sqlite3.connect(path)
        self._pages: int
        ((self._pages,),) = database.execute("PRAGMA page_count")
        self._roots: dict[str, int] = dict(
            database.execute("SELECT name, rootpage FROM sqlite_schema")
        )
        database.close()
        self._tables: dict[str, Table] = {}
        self._file = path.open("r+b", buffering=1 << 20)
        self._file.seek(self._pages * PAGE_SIZE)

    def close(self) -> None:
        self._file.close()

    def write(self, name: str, rows: Numbers, columns: Sequence[Column]) -> None:
        """Append rows to a table: their numbers, and what they have in its other columns."""
        if name not in self._tables:
            self._tables[name] = Table(self)
        self._tables[name].write(rows, columns)

    def finish(self) -> None:
        """Write what is above the leaves of all tables, and how many pages there are."""
        roots = [(self._roots[name], table.root()) for name, table in self._tables.items()]
        self._file.seek(_PAGE_COUNT)
        self._file.write(self._pages.to_bytes(4))
        for page, data in roots:
            self._file.seek((page - 1) * PAGE_SIZE)
            self._file.write(data)
        self._file.flush()

    def insert_long(self, database: sqlite3.Connection) -> None:
        """Let SQLite insert the rows that are too long for a page."""
        for name, table in self._tables.items():
            for rows, columns in table.long:
                values = [rows.tolist(), *(column.values() for column in columns)]
                marks = ", ".join("?" * len(values))
                statement = f"INSERT INTO {name} VALUES ({marks})"
                database.executemany(statement, zip(*values, strict=True))

    def append(self, page: bytes) -> int:
        """Write a page at the end; return its number."""
        self._pages += 1
        if self._pages == LOCKED:
            self._file.write(bytes(PAGE_SIZE))
            self._pages += 1
        self._file.write(page)
        return self._pages


class Table:
    """The leaves of one table, from the first on, and what is not yet a whole one."""

    def __init__(self, file: PageFile) -> None:
        self._file = file
        self._leaves: list[Child] = []
        self._rest = _Cells(np.zeros(0, np.uint8), np.zeros(0, np.int64), np.zeros(0, np.int64))
        self.long: list[tuple[Numbers, list[Column]]] = []
        """Rows that no page can hold whole."""

    def write(self, rows: Numbers, columns: Sequence[Column]) -> None:
        records = _Records.of(columns, len(rows))
        long = records.sizes > LONGEST
        if long.any():
            self.long.append((rows[long], [column.at(long) for column in columns]))
            self.write(rows[~long], [column.at(~long) for column in columns])
            return
        cells = self._rest.with_more(records.cells(rows))
        stops = list(cells.pages())
        if stops:
            last = cells.rows[np.array(stops) - 1].tolist()
            pages = map(self._file.append, cells.leaves(stops))
            self._leaves += zip(pages, last, strict=True)
        self._rest = cells.between(stops[-1] if stops else 0, len(cells.rows))

    def root(self) -> bytes:
        """Write the rest and the inner pages but the root; return that."""
        (rest,) = self._rest.leaves([len(self._rest.rows)])
        if not self._leaves:
            return rest
        if len(self._rest.rows):
            self._leaves.append((self._file.append(rest), int(self._rest.rows[-1])))
        level = self._leaves
        while len(level) > CHILDREN:
            level = [
                (self._file.append(_interior(group)), group[-1][1]) for group in _groups(level)
            ]
        return _interior(level)


class _Cells(NamedTuple):
    """Rows as a leaf has them, one behind the other; how many bytes each has; their numbers."""

    data: Bytes
    sizes: Numbers
    rows: Numbers

    def with_more(self, other: "_Cells") -> "_Cells":
        return _Cells(
            np.concatenate((self.data, other.data)),
            np.concatenate((self.sizes, other.sizes)),
            np.concatenate((self.rows, other.rows)),
        )

    def between(self, start: int, stop: int) -> "_Cells":
        first, size = int(self.sizes[:start].sum()), int(self.sizes[start:stop].sum())
        return _Cells(
            self.data[first : first + size], self.sizes[start:stop], self.rows[start:stop]
        )

    def pages(self) -> Iterator[int]:
        """Yield where each full page stops."""
        ends = np.cumsum(self.sizes + _POINTER)
        full = 0
        while True:
            stop = int(np.searchsorted(ends, full + _ROOM, "right"))
            if stop == len(ends):
                return
            yield stop
            full = int(ends[stop - 1])

    def leaves(self, stops: Sequence[int]) -> Iterator[bytes]:
        """Yield pages up to each stop, the cells at their ends."""
        counts = np.diff(stops, prepend=0)
        ends = np.concatenate(([0], np.cumsum(self.sizes)))
        bounds = ends[[0, *stops]]
        starts = PAGE_SIZE - np.diff(bounds)
        pages = np.repeat(np.arange(len(stops)), counts)
        pointers = (ends[: stops[-1]] + (starts - bounds[:-1])[pages]).astype(">u2").tobytes()
        places, bounds = (2 * np.array([0, *stops])).tolist(), bounds.tolist()
        data = self.data.data
        for n, (count, start) in enumerate(zip(counts.tolist(), starts.tolist(), strict=True)):
            front = _heading(_LEAF, count, start) + pointers[places[n] : places[n + 1]]
            yield b"".join((front, bytes(start - len(front)), data[bounds[n] : bounds[n + 1]]))


class _Records(NamedTuple):
    """What the records of some rows are made of."""

    columns: Sequence[Column]
    types: list[Numbers]
    there: list[Rows]
    """Which rows have a value in a column or one behind it; the others end before."""
    headings: Numbers
    sizes: Numbers

    @classmethod
    def of(cls, columns: Sequence[Column], count: int) -> "_Records":
        types = [_types(column) for column in columns]
        there = [each > 0 for each in types]
        for n in reversed(range(len(there) - 1)):
            there[n] |= there[n + 1]
        # A byte for its own size, and one for the row's number, which is not kept twice.
        headings = np.full(count, 2)
        sizes = np.zeros(count, np.int64)
        for each, some in zip(types, there, strict=True):
            headings += _varint_sizes(each) * some
            sizes += _sizes(each)
        return cls(columns, types, there, headings, headings + sizes)

    def cells(self, rows: Numbers) -> _Cells:
        """Write the records behind their size and the number of their row."""
        sizes = _varint_sizes(self.sizes) + _varint_sizes(rows) + self.sizes
        starts = np.cumsum(sizes) - sizes
        data = np.zeros(int(sizes.sum()), np.uint8)
        place = _write_varints(data, starts, self.sizes)
        place = _write_varints(data, place, rows)
        body = place + self.headings
        data[place] = self.headings
        place += 2
        for column, types, there in zip(self.columns, self.types, self.there, strict=True):
            if there.all():
                place = _write_varints(data, place, types)
            elif there.any():
                place[there] = _write_varints(data, place[there], types[there])
            _write_values(data, body, column, types)
            body += _sizes(types)
        return _Cells(data, sizes, rows)


def _types(column: Column) -> Numbers:
    """Return the serial types of values."""
    types: Numbers | int = 0
    if column.numbers is not None:
        numbers = column.numbers
        types = np.searchsorted(_MOST, numbers ^ (numbers >> 63)) + 1
        small = (numbers == 0) | (numbers == 1)
        types[small] = numbers[small] + 8
        types[numbers == NULL] = 0
    if column.texts is not None:
        sizes = column.texts.sizes
        types = np.where(sizes > 0, 2 * sizes + (_BLOB if column.blob else _TEXT), types)
    return np.asarray(types, np.int64)


def _sizes(types: Numbers) -> Numbers:
    """Return how many bytes the values of serial types take."""
    if len(types) and types.max() < _BLOB:
        return _WIDTHS[types]
    return np.where(types < _BLOB, _WIDTHS[np.minimum(types, 9)], (types - _BLOB) >> 1)


def _write_values(data: Bytes, places: Numbers, column: Column, types: Numbers) -> None:
    if column.numbers is not None:
        for code in np.flatnonzero(np.bincount(np.minimum(types, _BLOB))[1:7]) + 1:
            rows = np.flatnonzero(types == code)
            numbers, place = column.numbers[rows], places[rows]
            width = int(_WIDTHS[code])
            for byte in range(width):
                data[place + byte] = numbers >> 8 * (width - 1 - byte) & 255
    if column.texts is not None:
        rows = np.flatnonzero(types >= _BLOB)
        texts = column.texts.at(rows)
        data[spread(places[rows], texts.sizes)] = texts.joined()


def _varint_sizes(values: Numbers) -> Numbers:
    """Return how many bytes the numbers take, 7 bits in each."""
    sizes = np.ones(len(values), np.int64)
    most, limit = int(values.max(initial=0)), 128
    while most >= limit:
        sizes += values >= limit
        limit <<= 7
    return sizes


def _write_varints(data: Bytes, places: Numbers, values: Numbers) -> Numbers:
    """Write numbers, 7 bits a byte, the highest first; return the places behind them."""
    sizes = _varint_sizes(values)
    for back in range(int(sizes.max(initial=0))):
        rows = slice(None) if back == 0 else sizes > back
        more = 128 if back else 0
        data[(places + sizes - 1 - back)[rows]] = values[rows] >> 7 * back & 127 | more
    return places + sizes


def _heading(kind: int, cells: int, start: int) -> bytes:
    return bytes((kind, 0, 0)) + cells.to_bytes(2) + (start % 65536).to_bytes(2) + b"\0"


def _interior(children: Sequence[Child]) -> bytes:
    """Return a page inside the tree: the last child has no cell of its own."""
    *others, (last, _) = children
    cells = [page.to_bytes(4) + _varint(row) for page, row in others]
    content, place = b"".join(cells), PAGE_SIZE
    pointers = []
    for cell in reversed(cells):
        place -= len(cell)
        pointers.append(place.to_bytes(2))
    front = _heading(_INTERIOR, len(cells), place) + last.to_bytes(4) + b"".join(pointers[::-1])
    return front + bytes(place - len(front)) + content


def _varint(value: int) -> bytes:
    parts = [value & 127]
    while value := value >> 7:
        parts.append(value & 127 | 128)
    return bytes(reversed(parts))


def _groups(level: Sequence[Child]) -> Iterator[Sequence[Child]]:
    """Part the pages of a level evenly, so that none is alone under its parent."""
    count = -(-len(level) // CHILDREN)
    for n in range(count):
        yield level[len(level) * n // count : len(level) * (n + 1) // count]
