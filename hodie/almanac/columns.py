"""Columns of values in NumPy's arrays: numbers, and texts one behind the other.

A row of Python's own objects takes a microsecond to make and to read; ten million of them take
longer than all that is done with them.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

NULL = np.iinfo(np.int64).min
"""Stands among numbers for no value."""

Bytes = npt.NDArray[np.uint8]
Numbers = npt.NDArray[np.int64]
Places = npt.NDArray[np.intp] | npt.NDArray[np.bool] | Numbers | slice


class Texts(NamedTuple):
    """Texts in UTF-8, or bytes: where each begins in `data`, and how many bytes it has."""

    data: Bytes
    starts: Numbers
    sizes: Numbers

    @classmethod
    def of(cls, texts: Sequence[str]) -> "Texts":
        """Put texts one behind the other.

        >>> Texts.of(["ice", "axe"]).sizes.tolist()
        [3, 3]
        """
        return cls.encoded(list(map(str.encode, texts)))

    @classmethod
    def encoded(cls, texts: Sequence[bytes]) -> "Texts":
        """Put texts that are bytes already one behind the other."""
        return cls.end_to_end(b"".join(texts), np.fromiter(map(len, texts), np.int64, len(texts)))

    @classmethod
    def all_of(cls, several: Sequence["Texts"]) -> "Texts":
        """Put the texts of several together."""
        sizes = [texts.sizes for texts in several] or [np.zeros(0, np.int64)]
        data = [texts.joined() for texts in several] or [np.zeros(0, np.uint8)]
        return cls.end_to_end(np.concatenate(data), np.concatenate(sizes))

    @classmethod
    def end_to_end(cls, data: bytes | bytearray | Bytes, sizes: Numbers) -> "Texts":
        """Take texts that lie one behind the other already."""
        raw = data if isinstance(data, np.ndarray) else np.frombuffer(data, np.uint8)
        return cls(raw, np.cumsum(sizes) - sizes, sizes)

    def at(self, places: Places) -> "Texts":
        """Return some of the texts, in this order; none is copied."""
        return Texts(self.data, self.starts[places], self.sizes[places])

    def spread_over(self, count: int, places: Places) -> "Texts":
        """Return so many texts: these at their places, empty ones elsewhere."""
        starts, sizes = np.zeros(count, np.int64), np.zeros(count, np.int64)
        starts[places], sizes[places] = self.starts, self.sizes
        return Texts(self.data, starts, sizes)

    def where_empty(self, others: "Texts") -> "Texts":
        """Return these texts, but those of `others` where one of these is empty."""
        empty = self.sizes == 0
        return Texts(
            np.concatenate([self.data, others.data]),
            np.where(empty, others.starts + len(self.data), self.starts),
            np.where(empty, others.sizes, self.sizes),
        )

    def joined(self) -> Bytes:
        """Return the bytes of all texts, one behind the other."""
        return self.data[spread(self.starts, self.sizes)]


class Column(NamedTuple):
    """Values of many rows: a text where it isn't empty, else a number, else nothing."""

    numbers: Numbers | None = None
    texts: Texts | None = None
    blob: bool = False
    """Whether the texts are bytes."""

    def at(self, places: Places) -> "Column":
        """Return the values of some rows, in this order."""
        return Column(
            None if self.numbers is None else self.numbers[places],
            None if self.texts is None else self.texts.at(places),
            self.blob,
        )

    def values(self) -> list[bytes | str | int | None]:
        """Return the values as Python's own."""
        found: list[bytes | str | int | None] = []
        if self.numbers is not None:
            found = [None if number == NULL else number for number in self.numbers.tolist()]
        if self.texts is not None:
            found = found or [None] * len(self.texts.sizes)
            for place in np.flatnonzero(self.texts.sizes).tolist():
                text = self.texts.at(slice(place, place + 1)).joined().tobytes()
                found[place] = text if self.blob else text.decode()
        return found


def spread(starts: Numbers, sizes: Numbers) -> Numbers:
    """Return the place of every byte of pieces that begin there and are so long.

    >>> spread(np.array([7, 1]), np.array([2, 3])).tolist()
    [7, 8, 1, 2, 3]
    """
    ends = np.cumsum(sizes)
    places: Numbers = np.repeat(starts - (ends - sizes), sizes)
    places += np.arange(len(places))
    return places
