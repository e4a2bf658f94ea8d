"""Where the file says which entries an entity takes part in.

A row holds the timelines of LIVES entities: how wide a count and a number are, a byte each; a count
for each entity; and the numbers of their entries, one entity's after the other's, the lowest byte
first.
"""

from typing import NamedTuple

import numpy as np

LIVES = 32
"""How many timelines share a row: a row of its own for each would cost more than they do."""


_MANY = 300
"""From how many bytes on NumPy reads them sooner."""


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

    def read(self, row: bytes) -> list[int]:
        """Return the numbers of the entity's entries from its row.

        >>> Place.of(2).read(bytes((1, 3, 1, 2)) + bytes(30) + bytes.fromhex("010000020000ffffff"))
        [2, 16777215]
        """
        of_count, of_number = row[:2]
        body = 2 + of_count * LIVES
        counts = _numbers(row[2 : 2 + of_count * (self.which + 1)], of_count)
        start = body + of_number * sum(counts[:-1])
        return _numbers(row[start : start + of_number * counts[-1]], of_number)


def _numbers(data: bytes, width: int) -> list[int]:
    if len(data) > _MANY:
        # A war has tens of thousands: NumPy takes a twentieth of the time.
        columns = np.frombuffer(data, "u1").reshape(-1, width)
        wide = np.zeros((len(columns), 4), "u1")
        wide[:, :width] = columns
        found: list[int] = wide.view("<u4").ravel().tolist()
        return found
    return [
        int.from_bytes(data[place : place + width], "little")
        for place in range(0, len(data), width)
    ]
