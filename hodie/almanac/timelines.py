"""Which entries an entity takes part in, gathered while entries are written in another order."""

from array import array

from hodie.almanac.packing import pack_numbers


class Timelines:
    """Chains of entries, one an entity: flat arrays, 12 bytes an entity and 12 an entry.

    Entities and entries are numbered from 1; entries must come in order.
    """

    def __init__(self, entities: int) -> None:
        self.visible = 0
        """The last entry that is not hidden."""
        self._when = array("i", (0,))
        self._last = array("i", bytes(4 * (entities + 1)))
        self._before = array("i", (0,))
        self._owner = array("i", (0,))

    def date(self, when: int, count: int) -> None:
        """Say of the next `count` entries when they were: any number that orders them."""
        self._when.extend(array("i", (when,)) * count)

    def join(self, entities: list[int], first: int) -> None:
        """Let each entity take part in one entry, the first of them in `first`, and so on.

        0 stands for no entity.
        """
        last, before, own = self._last, self._before.append, self._owner.append
        link = len(self._before)
        for entry, entity in enumerate(entities, first):
            if entity:
                before(last[entity])
                own(entry)
                last[entity] = link
                link += 1

    def join_all(self, entities: list[int], entry: int) -> None:
        """Let all of these entities take part in one entry."""
        for entity in entities:
            self._before.append(self._last[entity])
            self._owner.append(entry)
            self._last[entity] = len(self._owner) - 1

    def of(self, entity: int) -> bytes:
        """Return the numbers of an entity's entries, by time, the hidden ones behind."""
        link = self._last[entity]
        before, owner = self._before, self._owner
        if not before[link]:
            return owner[link].to_bytes(4, "little") if link else b""
        entries = set()
        while link:
            entries.add(owner[link])
            link = before[link]
        return pack_numbers(sorted(entries, key=self._order))

    def _order(self, entry: int) -> tuple[bool, int, int]:
        return entry > self.visible, self._when[entry], entry
