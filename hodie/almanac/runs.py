"""Rows put aside on disk by shelf, so that a build never holds all of them."""

import marshal
from collections import defaultdict
from pathlib import Path
from struct import Struct
from tempfile import TemporaryFile
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Parts = list[tuple[int, int]]
"""Roles and entities, as numbers."""

Extra = tuple[int, str, str, int, Parts, str, str]
"""What few entries have: subkind, title, line, flags, parts, more in JSON, and the whole id.

Texts are "" where there is none; subkind and flags are numbers, -1 for none.
"""

PACKED = Struct("<qqiiB")
"""A row on its way: key, tail of the id, subject, references, marks.

The key is kind, year and weight in one number, so that rows sort into the order of the file. The
tail is the last ten hexadecimal digits of the id where kind and date say the rest of it, else
WHOLE, and the id stands in the row's extra. Marks hold the calendar, whether the title is the
subject's name, and whether the row has an extra. Subject and references are numbers, -1 for none.
"""

COLUMNS = np.dtype(
    [("key", "<i8"), ("tail", "<i8"), ("subject", "<i4"), ("references", "<i4"), ("marks", "u1")]
)
WHOLE = -1
TAIL_BITS = 40

YEAR_BITS, WEIGHT_BITS = 21, 14
YEAR_OFFSET = 1 << 19
CALENDAR = 0b111
"""The bits of the marks that are a calendar's code."""
NAMED, EXTRA = 1 << 3, 1 << 4


def pack_key(kind: int, year: int, weight: int) -> int:
    """Pack what rows are ordered by, heavier ones first, weights out of 10,000."""
    return (((kind << YEAR_BITS) | (year + YEAR_OFFSET)) << WEIGHT_BITS) | (10_000 - weight)


def kind_of(key: int) -> int:
    """Return the code of the kind that `key` holds."""
    return key >> (YEAR_BITS + WEIGHT_BITS)


def year_of(key: int) -> int:
    """Return the year that `key` holds.

    >>> year_of(pack_key(1, -43, 500))
    -43
    """
    return ((key >> WEIGHT_BITS) & ((1 << YEAR_BITS) - 1)) - YEAR_OFFSET


class Rows(NamedTuple):
    """Rows in columns, which NumPy sorts and counts without Python; extras in the same order."""

    columns: "npt.NDArray[np.void]"
    extras: list[Extra]

    def at(self, places: "npt.NDArray[np.intp] | slice") -> "Rows":
        """Return some of the rows, in this order."""
        have = self.has_extra
        some = (np.cumsum(have) - 1)[places][have[places]]
        return Rows(self.columns[places], [self.extras[place] for place in some.tolist()])

    @property
    def has_extra(self) -> "npt.NDArray[np.bool]":
        marks: npt.NDArray[np.uint8] = self.columns["marks"]
        return np.asarray((marks & EXTRA) != 0, bool)

    def __len__(self) -> int:
        return len(self.columns)


class Runs:
    """Rows by shelf in one file that vanishes with its process."""

    def __init__(self, folder: Path) -> None:
        self._file = TemporaryFile(dir=folder)  # noqa: SIM115 (closed by close)
        self._runs: defaultdict[int, list[tuple[int, int, int]]] = defaultdict(list)

    def write(self, shelf: int, packed: list[bytes], extras: list[Extra]) -> None:
        """Append packed rows, and the extras of those that have one, to a shelf."""
        # Version 2 looks for no repeated objects: nothing here is worth the search.
        data = b"".join(packed), marshal.dumps(extras, 2)
        self._runs[shelf].append((self._file.tell(), len(data[0]), len(data[1])))
        self._file.writelines(data)

    def shelves(self) -> list[int]:
        """Return the shelves that have rows, in order."""
        return sorted(self._runs)

    def read(self, shelf: int) -> Rows:
        """Return all rows of a shelf, in the order in which they came."""
        columns, extras = bytearray(), []
        for place, packed, size in self._runs.get(shelf, ()):
            self._file.seek(place)
            columns += self._file.read(packed)
            extras += marshal.loads(self._file.read(size))
        return Rows(np.frombuffer(columns, COLUMNS), extras)

    def close(self) -> None:
        self._file.close()
