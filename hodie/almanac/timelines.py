"""Which entries an entity takes part in, gathered while entries are written in another order."""

import numpy as np
import numpy.typing as npt

from hodie.almanac.btree import PageFile
from hodie.almanac.columns import Bytes, Column, Numbers, Texts
from hodie.almanac.lives import LIVES
from hodie.almanac.runs import YEAR_OFFSET

_DAY_BITS, _WHEN_BITS = 9, 30


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

    def write(self, file: PageFile, rows: Numbers, timelines: Texts) -> None:
        """Write the table `timeline`."""
        file.write("timeline", rows, [Column(None, timelines, blob=True)])

    def rows(self, entities: int) -> tuple[Numbers, Texts]:
        """Return numbers and contents of rows: of each entity by time, the hidden ones behind."""
        owners, entries = self._sorted()
        wide = 3 if len(entries) == 0 or entries.max() < 1 << 24 else 4
        data = entries.astype("<u4").view(np.uint8).reshape(-1, 4)[:, :wide].reshape(-1)
        counts = np.bincount(owners, minlength=entities + 1)[1:]
        counts = np.concatenate([counts, np.zeros(-len(counts) % LIVES, np.int64)])
        groups = counts.reshape(-1, LIVES)
        sizes = wide * groups.sum(axis=1)
        most = groups.max(axis=1, initial=0)
        widths = np.where(most < 1 << 8, 1, np.where(most < 1 << 16, 2, 4))
        pieces = [np.zeros(0, np.uint8)] * (2 * len(groups))
        heads = {width: _heads(groups, width, wide) for width in np.unique(widths).tolist()}
        ends = np.cumsum(sizes).tolist()
        for n, width in enumerate(widths.tolist()):
            pieces[2 * n] = heads[width][n]
            pieces[2 * n + 1] = data[ends[n] - int(sizes[n]) : ends[n]]
        whole = np.concatenate([np.zeros(0, np.uint8), *pieces])
        return np.arange(len(groups)), Texts.end_to_end(whole, 2 + widths * LIVES + sizes)

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


def _heads(groups: Numbers, width: int, wide: int) -> Bytes:
    """Return what stands in front of the numbers in each row: both widths, and the counts."""
    counts = groups.astype(f"<u{width}").view(np.uint8).reshape(len(groups), -1)
    front = np.tile(np.array([width, wide], np.uint8), (len(groups), 1))
    return np.concatenate([front, counts], axis=1)
