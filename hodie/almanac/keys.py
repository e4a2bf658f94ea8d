"""Finding rows by their id: numbers in buckets, by CRC-32.

An index on the ids would take as much room as the ids themselves; a bucket is a row of some
thirty numbers, and the rows that they name are compared with the id.
"""

from zlib import crc32

from hodie.almanac.schema import KEY_LOAD


def bucket_count(rows: int) -> int:
    """Return how many buckets a table of so many rows has."""
    return rows // KEY_LOAD + 1


def bucket_of(id: str, buckets: int) -> int:
    """Return the bucket in which the number of `id` lies."""
    return crc32(id.encode()) * buckets >> 32
