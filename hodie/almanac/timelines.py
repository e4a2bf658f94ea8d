"""Which entries an entity takes part in, gathered while entries are written in another order."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from hodie.almanac.lives import LIVES
from hodie.almanac.runs import YEAR_OFFSET

_WIDTHS = {1: "<u1", 2: "<u2", 4: "<u4"}
_DAY_BITS, _WHEN_BITS = 9, 30
Numbers = npt.NDArray[np.int64]


class Timelines:
    """Pairs of entity and entry, 8 bytes each, and when each entry was, 4 bytes.

    Entities and entries are numbered from 1; entries must come in order.
    """

    def __init__(self) -> None:
        self.visible = 0
        """The last entry that is not hidden."""
        self._whens: list[npt.NDArray[np.int32]] = [np.zeros(1, np.int32)]
        self._pairs: list[tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint32]]] = []

    def date(self, years: Numbers, day: int) -> None:
        """Say of the next entries in which year they were, and on which day, in any order."""
        self._whens.append(((years + YEAR_OFFSET) << _DAY_BITS | day).astype(np.int32))

    def join(self, entities: Numbers, entries: Numbers) -> None:
        """Let each entity take part in the entry at the same place; 0 stands for no entity."""
        there = entities != 0
        pair = entities[there].astype(np.uint32), entries[there].astype(np.uint32)
        self._pairs.append(pair)

    def rows(self, entities: int) -> Iterator[tuple[int, bytes]]:
        """Yield number and contents of each row: of each entity by time, the hidden ones behind."""
        owners, entries = self._sorted()
        wide = 3 if len(entries) == 0 or entries.max() < 1 << 24 else 4
        data = np.frombuffer(entries.astype("<u4"), "u1").reshape(-1, 4)[:, :wide].tobytes()
        counts = np.bincount(owners, minlength=entities + 1)[1:]
        counts = np.concatenate([counts, np.zeros(-len(counts) % LIVES, np.int64)])
        groups = counts.reshape(-1, LIVES)
        ends = (wide * np.cumsum(groups.sum(axis=1))).tolist()
        most = groups.max(axis=1).tolist()
        start = 0
        for n, end in enumerate(ends):
            width = 1 if most[n] < 1 << 8 else 2 if most[n] < 1 << 16 else 4
            head = groups[n].astype(_WIDTHS[width]).tobytes()
            yield n, bytes((width, wide)) + head + data[start:end]
            start = end

    def _sorted(self) -> tuple[Numbers, Numbers]:
        """Return entities and their entries, each pair once, in order."""
        if not self._pairs:
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        owners, entries = (
            np.concatenate(each).astype(np.int64) for each in zip(*self._pairs, strict=True)
        )
        order = np.argsort(entries, kind="stable")
        owners, entries = owners[order], entries[order]
        whens = np.concatenate(self._whens)[entries]
        hidden = entries > self.visible
        order = np.argsort((owners << 1 | hidden) << _WHEN_BITS | whens, kind="stable")
        owners, entries = owners[order], entries[order]
        fresh = np.ones(len(owners), bool)
        fresh[1:] = (np.diff(owners) != 0) | (np.diff(entries) != 0)
        return owners[fresh], entries[fresh]
