"""Entities in the order of their weight: numbered, and written in their final form.

Numbers go by weight, so that search finds the heaviest first by going through them in order.
Entities that only hidden entries know come last: search ends before them.
"""

from array import array
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from hodie.almanac.btree import PageFile
from hodie.almanac.columns import NULL, Column, Numbers, Texts
from hodie.almanac.entities import Entities
from hodie.almanac.intake import PREFIX, Intake
from hodie.almanac.schema import WEIGHTS

BATCH = 1 << 15
"""How many rows are laid out at a time: what they are made of stays near the processor."""

_HEAD = 6
_WEIGHT_BITS = 14

Words = dict[str, "array[int]"]


def rank(intake: Intake) -> tuple[Numbers, Numbers]:
    """Return the final numbers of entities by those so far, and those so far by the final ones.

    The second begins with the entity of number 1; the first ends with 0, for no entity. Afterwards
    the intake knows no entity by its id any more: that is half of the memory that a build needs.
    """
    order = _ranked(intake)
    intake.numbers.clear()
    ranks = np.zeros(len(order) + 1, np.int64)
    ranks[order] = np.arange(1, len(order) + 1)
    return ranks, order


def _ranked(intake: Intake) -> Numbers:
    """Return the entities: the seen ones first, by weight, then by id."""
    head, tail = _prefixes(intake.prefixes)
    hidden = np.frombuffer(intake.seen, np.uint8) == 0
    lightness = (WEIGHTS - np.frombuffer(intake.weights, np.int16)).astype(np.int64)
    keys = (hidden.astype(np.int64) << _WEIGHT_BITS | lightness) << 8 * _HEAD | head
    order = np.lexsort((tail, keys))
    keys, tail = keys[order], tail[order]
    ids = list(intake.numbers)
    for start, end in _twins((np.diff(keys) == 0) & (np.diff(tail) == 0)):
        order[start:end] = sorted(order[start:end].tolist(), key=ids.__getitem__)
    return order


def _prefixes(prefixes: bytearray) -> tuple[Numbers, npt.NDArray[np.uint64]]:
    """Return the beginnings of ids as numbers that sort as they do: 6 bytes, and the next 8."""
    found = np.frombuffer(prefixes, np.uint8).reshape(-1, PREFIX)
    head = np.zeros((len(found), 8), np.uint8)
    head[:, -_HEAD:] = found[:, :_HEAD]
    tail = np.ascontiguousarray(found[:, _HEAD : _HEAD + 8])
    return head.view(">i8")[:, 0].astype(np.int64), tail.view(">u8")[:, 0].astype(np.uint64)


def _twins(same: npt.NDArray[np.bool]) -> Iterator[tuple[int, int]]:
    """Yield from where to where each is the same as the next one."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], same.view(np.int8), [0]))))
    starts, ends = edges[::2].tolist(), (edges[1::2] + 1).tolist()
    return zip(starts, ends, strict=True)


def write_entities(file: PageFile, cast: Entities, order: Numbers, words: Words) -> None:
    """Write the table `entity`."""
    kinds, descriptions = (_with_none(words[name]) for name in ("entity kind", "description"))
    for rows, places in batches(order):
        file.write("entity", rows, cast.columns(kinds, descriptions, places))


def write_texts(file: PageFile, table: str, texts: Texts, order: Numbers) -> None:
    """Write texts in this order to a table of number and text, for search to index."""
    for rows, places in batches(order):
        file.write(table, rows, [Column(None, texts.at(places))])


def batches(order: Numbers) -> Iterator[tuple[Numbers, Numbers]]:
    """Yield the numbers of rows from 1 on, and the places where they are now, some at a time."""
    for start in range(0, len(order), BATCH):
        places = order[start : start + BATCH]
        yield np.arange(start + 1, start + len(places) + 1), places


def _with_none(numbers: "array[int]") -> Numbers:
    return np.array([*numbers, NULL], np.int64)
