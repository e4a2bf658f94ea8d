"""Rows put aside on disk by shelf, so that a build never holds all of them."""

import marshal
from collections import defaultdict
from pathlib import Path
from struct import Struct
from tempfile import TemporaryFile
from typing import Any

Parts = list[tuple[int, int]]
"""Roles and entities, as numbers."""


Extra = tuple[int, str, str, int, Parts, str]
"""What few entries have: subkind, title, line, flags, parts, and more in JSON.

Texts are "" where there is none; subkind and flags are numbers, -1 for none.
"""

Row = tuple[Any, ...]
"""One entry on its way: key, id, place in the input, subject, references, marks, and extra if any.

The key is kind, year and weight in one number, so that rows sort into the order of the file. `id`
is five bytes if kind and date say the rest of it, else WHOLE and all of it. Marks hold the
calendar, and whether the title is the subject's name. Subject and references are numbers, -1 for
none. Rows without extra, nearly all, are packed; the others are what marshal writes fastest.
"""

PLAIN = Struct("<q5sIiiB")
WHOLE = b"\xff" * 5

YEAR_BITS, WEIGHT_BITS, CALENDAR_BITS = 21, 14, 3
YEAR_OFFSET = 1 << 19


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


class Runs:
    """Rows by shelf in one file that vanishes with its process."""

    def __init__(self, folder: Path) -> None:
        self._file = TemporaryFile(dir=folder)  # noqa: SIM115 (closed by close)
        self._runs: defaultdict[int, list[tuple[int, int, int]]] = defaultdict(list)

    def write(self, shelf: int, plain: list[bytes], full: list[Row]) -> None:
        """Append packed rows, and rows with extra, to those of a shelf."""
        # Version 2 looks for no repeated objects: nothing here is worth the search.
        data = b"".join(plain), marshal.dumps(full, 2)
        self._runs[shelf].append((self._file.tell(), len(data[0]), len(data[1])))
        self._file.writelines(data)

    def shelves(self) -> list[int]:
        """Return the shelves that have rows, in order."""
        return sorted(self._runs)

    def read(self, shelf: int) -> list[Row]:
        """Return all rows of a shelf, in the order in which they came."""
        rows: list[Row] = []
        for place, plain, full in self._runs.get(shelf, ()):
            self._file.seek(place)
            rows += PLAIN.iter_unpack(self._file.read(plain))
            rows += marshal.loads(self._file.read(full))
        return rows

    def close(self) -> None:
        self._file.close()
