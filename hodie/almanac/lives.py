"""Where the file says which entries an entity takes part in.

A row holds the timelines of LIVES entities: how wide a count is in bytes (1, 2 or 4), a count for
each entity, and the numbers of their entries, one entity's after the other's.
"""

from array import array
from typing import NamedTuple

from hodie.almanac.packing import unpack_numbers

LIVES = 32
"""How many timelines share a row: a row of its own for each would cost more than they do."""


class Place(NamedTuple):
    """Where a timeline is: in which row, and as which of that."""

    row: int
    which: int

    @classmethod
    def of(cls, entity: int) -> "Place":
        """Return the place of an entity's timeline.

        >>> Place.of(1), Place.of(33)
        (Place(row=0, which=0), Place(row=1, which=0))
        """
        return cls(*divmod(entity - 1, LIVES))

    def read(self, row: bytes) -> "array[int]":
        """Return the numbers of the entity's entries from its row."""
        width = row[0]
        start = 1 + width * LIVES
        counts = [
            int.from_bytes(row[place : place + width], "little")
            for place in range(1, 1 + width * (self.which + 1), width)
        ]
        first = start + 4 * sum(counts[:-1])
        return unpack_numbers(row[first : first + 4 * counts[-1]])
