"""Numbers of rows as bytes: four each, the lowest first."""

import sys
from array import array
from collections.abc import Iterable


def pack_numbers(numbers: Iterable[int]) -> bytes:
    """Return the numbers as bytes.

    >>> pack_numbers([1, 258]).hex()
    '0100000002010000'
    """
    packed = array("I", numbers)
    if sys.byteorder == "big":
        packed.byteswap()
    return packed.tobytes()


def unpack_numbers(data: bytes, *, signed: bool = False) -> "array[int]":
    """Return the numbers that `data` holds.

    >>> unpack_numbers(bytes.fromhex("0100000002010000")).tolist()
    [1, 258]
    """
    packed = array("i" if signed else "I")
    packed.frombytes(data)
    if sys.byteorder == "big":
        packed.byteswap()
    return packed
