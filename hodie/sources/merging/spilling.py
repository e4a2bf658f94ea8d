"""Bytes put aside on disk by bucket, so that a merge never holds all of them."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryFile

_HELD = 1 << 24


class Buckets:
    """Byte strings by bucket, in a file that vanishes with its process."""

    def __init__(self, folder: Path) -> None:
        self._file = TemporaryFile(dir=folder)  # noqa: SIM115 (closed by close)
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
        self._file.seek(0, 2)
        for bucket, parts in self._held.items():
            data = b"".join(parts)
            self._runs[bucket].append((self._file.tell(), len(data)))
            self._file.write(data)
        self._held.clear()
        self._size = 0

    def __iter__(self) -> Iterator[tuple[int, bytes]]:
        """Yield each bucket with all that was put into it, in the order in which it came."""
        self._write()
        for bucket in sorted(self._runs):
            yield bucket, b"".join(self._read(place, size) for place, size in self._runs[bucket])

    def _read(self, place: int, size: int) -> bytes:
        self._file.seek(place)
        return self._file.read(size)

    def close(self) -> None:
        self._file.close()


class Shelf:
    """Byte strings in the order in which they came, found by their numbers."""

    def __init__(self, folder: Path) -> None:
        self._file = TemporaryFile(dir=folder)  # noqa: SIM115 (closed by close)
        self._places = array("Q", [0])
        self._held: list[bytes] = []
        self._size = 0

    def __len__(self) -> int:
        return len(self._places) - 1

    def put(self, data: bytes) -> int:
        """Keep `data`, and return its number."""
        self._held.append(data)
        self._size += len(data)
        self._places.append(self._places[-1] + len(data))
        if self._size > _HELD:
            self._write()
        return len(self._places) - 2

    def _write(self) -> None:
        self._file.seek(0, 2)
        self._file.write(b"".join(self._held))
        self._held.clear()
        self._size = 0

    def get(self, number: int) -> bytes:
        if self._held:
            self._write()
        start = self._places[number]
        self._file.seek(start)
        return self._file.read(self._places[number + 1] - start)

    def close(self) -> None:
        self._file.close()


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
