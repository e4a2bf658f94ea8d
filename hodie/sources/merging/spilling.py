"""Bytes put aside on disk by bucket, so that a merge never holds all of them."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

_HELD = 1 << 24
"""So many bytes are held in memory until they are put aside."""


class _Spill:
    """A file that is made once it is needed, and vanishes with its process."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._file: IO[bytes] | None = None

    def append(self, data: bytes) -> int:
        """Write at the end, and return where that was."""
        if self._file is None:
            self._file = TemporaryFile(dir=self._folder)  # noqa: SIM115 (closed by close)
        place = self._file.seek(0, 2)
        self._file.write(data)
        return place

    def read(self, place: int, size: int) -> bytes:
        assert self._file is not None
        self._file.seek(place)
        return self._file.read(size)

    def close(self) -> None:
        if self._file is not None:
            self._file.close()


class Buckets:
    """Byte strings by bucket; what does not fit into memory is on disk."""

    def __init__(self, folder: Path) -> None:
        self._spill = _Spill(folder)
        self._runs: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
        self._held: defaultdict[int, list[bytes]] = defaultdict(list)
        self._size = 0
        self.counts: Counter[int] = Counter()
        """How many strings each bucket has."""

    def put(self, bucket: int, data: bytes) -> None:
        self.counts[bucket] += 1
        self._held[bucket].append(data)
        self._size += len(data)
        if self._size > _HELD:
            self._write()

    def _write(self) -> None:
        for bucket, parts in self._held.items():
            data = b"".join(parts)
            self._runs[bucket].append((self._spill.append(data), len(data)))
        self._held.clear()
        self._size = 0

    def __iter__(self) -> Iterator[tuple[int, bytes]]:
        """Yield each bucket with all that was put into it, in the order in which it came."""
        for bucket in sorted(self.counts):
            yield bucket, self.read(bucket)

    def read(self, bucket: int) -> bytes:
        """Return all that was put into a bucket."""
        runs = [self._spill.read(place, size) for place, size in self._runs.get(bucket, ())]
        return b"".join((*runs, *self._held.get(bucket, ())))

    def close(self) -> None:
        self._spill.close()


class Shelf:
    """Byte strings in the order in which they came, found by their numbers."""

    def __init__(self, folder: Path) -> None:
        self._spill = _Spill(folder)
        self._places = array("Q", [0])
        self._held: list[bytes] = []
        self._size = 0

    def put(self, data: bytes) -> int:
        """Keep `data`, and return its number."""
        self._held.append(data)
        self._size += len(data)
        self._places.append(self._places[-1] + len(data))
        if self._size > _HELD:
            self._spill.append(b"".join(self._held))
            self._held.clear()
            self._size = 0
        return len(self._places) - 2

    def get(self, number: int) -> bytes:
        behind = number - (len(self._places) - 1 - len(self._held))
        if behind >= 0:
            return self._held[behind]
        start = self._places[number]
        return self._spill.read(start, self._places[number + 1] - start)

    def close(self) -> None:
        self._spill.close()


class Sets:
    """Numbers joined into sets (union-find); each set is known by its smallest number."""

    def __init__(self) -> None:
        self._parents = array("i")

    def add(self) -> int:
        number = len(self._parents)
        self._parents.append(number)
        return number

    def __len__(self) -> int:
        return len(self._parents)

    def root(self, number: int) -> int:
        parents = self._parents
        while (parent := parents[number]) != number:
            parents[number] = parents[parent]
            number = parents[number]
        return number

    def join(self, one: int, two: int) -> int:
        """Join the sets of two numbers, and return the number by which theirs is known now."""
        one, two = sorted((self.root(one), self.root(two)))
        self._parents[two] = one
        return one

    def several(self) -> dict[int, list[int]]:
        """Return the sets of more than one, by the numbers by which they are known."""
        found: dict[int, list[int]] = {}
        for number in range(len(self._parents)):
            root = self.root(number)
            if root != number:
                found.setdefault(root, [root]).append(number)
        return found
