"""Pairs of numbers in JSON, for many rows at once."""

import numpy as np
import numpy.typing as npt

from hodie.almanac.columns import Bytes, Numbers, Texts

Kept = npt.NDArray[np.bool]


def written_pairs(first: Numbers, second: Numbers, counts: Numbers) -> Texts:
    """Return the pairs of each row as a JSON array of arrays, an empty text for a row of none.

    >>> texts = written_pairs(np.array([1, 2, 1]), np.array([30, 4, 5]), np.array([2, 0, 1]))
    >>> texts.joined().tobytes(), texts.sizes.tolist()
    (b'[[1,30],[2,4]][[1,5]]', [14, 0, 7])
    """
    ends = np.cumsum(counts)
    begins, closes = (np.zeros(len(first), bool) for _ in range(2))
    begins[(ends - counts)[counts > 0]] = True
    closes[ends[counts > 0] - 1] = True
    parts = [
        (_same("[", begins), begins[:, None]),
        _all("[", first), _digits(first), _all(",", first), _digits(second), _all("]", first),
        (np.where(closes, ord("]"), ord(","))[:, None], np.ones((len(first), 1), bool)),
    ]  # fmt: skip
    signs, kept = (np.concatenate(each, axis=1) for each in zip(*parts, strict=True))
    sizes = np.concatenate(([0], np.cumsum(kept.sum(axis=1))))
    return Texts.end_to_end(signs[kept].astype(np.uint8), sizes[ends] - sizes[ends - counts])


def _same(sign: str, rows: Kept) -> Bytes:
    return np.full((len(rows), 1), ord(sign), np.uint8)


def _all(sign: str, rows: Numbers) -> tuple[Bytes, Kept]:
    return np.full((len(rows), 1), ord(sign), np.uint8), np.ones((len(rows), 1), bool)


def _digits(numbers: Numbers) -> tuple[Numbers, Kept]:
    """Return the digits of numbers in columns, and which of them are no leading zeros."""
    width = len(str(int(numbers.max(initial=0))))
    quotients = numbers[:, None] // 10 ** np.arange(width)[::-1]
    kept = quotients > 0
    kept[:, -1] = True
    return quotients % 10 + ord("0"), kept
