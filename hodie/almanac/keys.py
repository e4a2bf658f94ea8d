"""Finding rows by their id: numbers in buckets, by CRC-32.

An index on the ids would take as much room as the ids themselves; a bucket is a row of some
thirty numbers, and the rows that they name are compared with the id.
"""

import sqlite3
from zlib import crc32

import numpy as np
import numpy.typing as npt

from hodie.almanac.schema import KEY_LOAD


def bucket_count(rows: int) -> int:
    """Return how many buckets a table of so many rows has."""
    return rows // KEY_LOAD + 1


def bucket_of(id: str, buckets: int) -> int:
    """Return the bucket in which the number of `id` lies."""
    return crc32(id.encode()) * buckets >> 32


def write_keys(
    database: sqlite3.Connection,
    table: str,
    hashes: "npt.NDArray[np.uint64]",
    numbers: "npt.NDArray[np.uint32]",
) -> None:
    """Write a key table of rows by the CRC-32 of their ids; the numbers must ascend."""
    if not hashes.size:
        return
    place = hashes * np.uint64(bucket_count(len(hashes))) >> np.uint64(32)
    order = np.argsort(place, kind="stable")
    data = numbers[order].astype("<u4").tobytes()
    buckets, starts = np.unique(place[order], return_index=True)
    ends = [*(4 * starts[1:]).tolist(), len(data)]
    rows = zip(buckets.tolist(), (4 * starts).tolist(), ends, strict=True)
    database.executemany(
        f"INSERT INTO {table} VALUES (?, ?)",
        ((bucket, data[start:end]) for bucket, start, end in rows),
    )
