"""All entries of a publication: those of its sources, and at last what the house says."""

import itertools
from collections.abc import Iterator, Sequence

from hodie.almanac import Entry
from hodie.sources import Source
from hodie.sources.house import Change, House, apply


class Gathering:
    """The entries of some sources on their way into one almanac.

    What was noticed on the way stands here when all of them have come.
    """

    def __init__(self, sources: Sequence[Source], house: House | None = None) -> None:
        self.sources = sources
        self.house = house or House()
        self.unmet: list[Change] = []
        """Changes of the house whose entry did not come."""

    def entries(self) -> Iterator[Entry]:
        """Yield every entry once, in no order that means anything."""
        entries = itertools.chain.from_iterable(source.entries() for source in self.sources)
        if not (self.house.entries or self.house.changes):
            return entries
        return apply(entries, self.house, unmet=self.unmet.append)
