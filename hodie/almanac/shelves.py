"""Which entries lie where in the file: one shelf a day and kind, one after the other."""

from bisect import bisect_right
from collections.abc import Iterable

from msgspec import Struct

from hodie.almanac.model import Kind
from hodie.dates import MonthDay


class Shelf(Struct, frozen=True):
    """The entries of one kind on one day: `count` of them from number `first` on.

    Those of dates without a day lie on the shelf of their month, or on the one without either.
    `kind` is None for all kinds of a day together.
    """

    n: int
    hidden: bool
    month: int | None
    day: int | None
    kind: Kind | None
    first: int
    count: int

    def id_of(self, year: int, tail: int) -> str:
        """Return the id of an entry of which the file has but the tail.

        >>> Shelf(1, False, 8, 20, Kind.EVENT, 1, 1).id_of(1940, 0x647E955D7E)
        'e:1940-08-20:647e955d7e'
        """
        letter = self.kind[0] if self.kind else ""
        return f"{letter}:{written_year(year)}-{self.month:02}-{self.day:02}:{tail:010x}"

    @property
    def last(self) -> int:
        return self.first + self.count - 1

    @property
    def month_day(self) -> MonthDay | None:
        if self.month is None or self.day is None:
            return None
        return MonthDay(self.month, self.day)


class Shelves:
    """All shelves of an almanac, some thousands, in the order of the file."""

    def __init__(self, rows: Iterable[tuple[int, int, str | None, str | None, int, int]]) -> None:
        self.all = [_shelf(*row) for row in rows]
        self._by_place = {(s.month, s.day, s.kind, s.hidden): s for s in self.all}
        self.of_kinds = [shelf for shelf in self.all if shelf.kind is not None]
        self.visible = max((s.last for s in self.all if not s.hidden), default=0)
        """The last entry that is not hidden."""
        self._firsts = [shelf.first for shelf in self.of_kinds]
        self._days = [shelf.month_day for shelf in self.of_kinds]

    def at(self, day: MonthDay, kind: Kind | None, *, hidden: bool = False) -> list[Shelf]:
        """Return the shelf of a day, and that of its hidden entries if asked; or nothing."""
        both = self.at_place(day.month, day.day, kind)
        return both if hidden else [shelf for shelf in both if not shelf.hidden]

    def at_place(self, month: int | None, day: int | None, kind: Kind | None) -> list[Shelf]:
        """Return the shelf of a place and that of its hidden entries, as far as there are any."""
        found = (self._by_place.get((month, day, kind, hidden)) for hidden in (False, True))
        return [shelf for shelf in found if shelf]

    def parts(self, shelves: Iterable[Shelf]) -> list[Shelf]:
        """Return the shelves of single kinds that `shelves` consist of."""
        return [
            part
            for shelf in shelves
            for part in self.of_kinds
            if shelf.first <= part.first <= shelf.last and shelf.kind in (None, part.kind)
        ]

    def over(self, month: int | None, day: int | None) -> list[Shelf]:
        """Return the visible shelves, one a kind, of a day, of a month, or of neither."""
        shelves = (self._by_place.get((month, day, kind, False)) for kind in Kind)
        return [shelf for shelf in shelves if shelf]

    def of(self, entry: int) -> tuple[Shelf, MonthDay | None]:
        """Return the shelf on which an entry lies, and its day."""
        place = bisect_right(self._firsts, entry) - 1
        return self.of_kinds[place], self._days[place]


def _shelf(n: int, hidden: int, day: str | None, kind: str | None, first: int, count: int) -> Shelf:
    month, _, day_of_month = (day or "").partition("-")
    return Shelf(
        n,
        bool(hidden),
        int(month) if month else None,
        int(day_of_month) if day_of_month else None,
        Kind(kind) if kind else None,
        first,
        count,
    )


def day_text(month: int | None, day: int | None) -> str | None:
    """Return what the file calls a day, a month (of dates without a day), or neither.

    >>> day_text(8, 20), day_text(8, None), day_text(None, None)
    ('08-20', '08', None)
    """
    if month and day:
        return f"{month:02}-{day:02}"
    return f"{month:02}" if month else None


def written_year(year: int) -> str:
    """Return a year as EDTF writes it.

    >>> written_year(-43)
    '-0043'
    """
    return f"{year:04}" if year >= 0 else f"{year:05}"
