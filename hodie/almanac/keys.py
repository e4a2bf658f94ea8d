"""Finding rows by their id: numbers in buckets, by CRC-32.

An index on the ids would take as much room as the ids themselves; a bucket is a row of some
thirty numbers, and the rows that they name are compared with the id.
"""

import sqlite3
from array import array
from collections.abc import Iterable
from zlib import crc32

from hodie.almanac.packing import pack_numbers
from hodie.almanac.schema import KEY_LOAD


def bucket_count(rows: int) -> int:
    """Return how many buckets a table of so many rows has."""
    return rows // KEY_LOAD + 1


def bucket_of(id: str, buckets: int) -> int:
    """Return the bucket in which the number of `id` lies."""
    return crc32(id.encode()) * buckets >> 32


def write_keys(database: sqlite3.Connection, table: str, keys: Iterable[int], rows: int) -> None:
    """Write a key table from CRC-32 and number in one, 32 bits each; the numbers must ascend."""
    buckets = bucket_count(rows)
    lists: list[array[int] | None] = [None] * buckets
    for key in keys:
        bucket, number = (key >> 32) * buckets >> 32, key & 0xFFFFFFFF
        numbers = lists[bucket]
        if numbers is None:
            lists[bucket] = array("I", (number,))
        else:
            numbers.append(number)
    database.executemany(
        f"INSERT INTO {table} VALUES (?, ?)",
        ((bucket, pack_numbers(numbers)) for bucket, numbers in enumerate(lists) if numbers),
    )
