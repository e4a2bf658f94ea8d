"""`Interval`: from one date to another, either of which may be open or unknown."""

from typing import Self

import msgspec

from hodie.dates.calendars import Calendar, DateError
from hodie.dates.historical import HistoricalDate


class Interval(msgspec.Struct, frozen=True, gc=False):
    """The time from one date to another, both included.

    A side without a date is open (EDTF `..`: it goes on without limit) or, where `start_unknown`
    or `end_unknown` says so, unknown (EDTF leaves it empty: there is a date, nobody knows it).

    >>> Interval.parse("1914/1918").contains(HistoricalDate(1916, 7, 1))
    True
    """

    start: HistoricalDate | None
    end: HistoricalDate | None
    start_unknown: bool = False
    end_unknown: bool = False

    def __post_init__(self) -> None:
        if self.start is None and self.end is None:
            raise DateError("an interval needs a date on one side at least")
        if (self.start is not None and self.start_unknown) or (
            self.end is not None and self.end_unknown
        ):
            raise DateError("a side with a date cannot be unknown: leave one of them out")
        if (
            self.start is not None
            and self.end is not None
            and self.end.latest < self.start.earliest
        ):
            raise DateError(f"{self.edtf!r} ends before it begins: exchange its sides")

    @classmethod
    def parse(cls, text: str, calendar: Calendar = Calendar.GREGORIAN) -> Self:
        """Read an EDTF interval of level 0 or 1.

        >>> Interval.parse("1914/..").end is None
        True
        """
        sides = text.split("/")
        if len(sides) != 2:
            raise DateError(f"not an EDTF interval: {text!r}; write it as 1914/1918 or 1914/..")
        start, end = (_read_side(side, calendar) for side in sides)
        return cls(start, end, start_unknown=not sides[0], end_unknown=not sides[1])

    @property
    def edtf(self) -> str:
        """The interval in EDTF; the calendars of its dates are not part of it."""
        start = _write_side(self.start, self.start_unknown)
        return f"{start}/{_write_side(self.end, self.end_unknown)}"

    def __str__(self) -> str:
        return self.edtf

    @property
    def earliest(self) -> int | None:
        """The Julian day number of the first day that it may hold, None where there is no limit."""
        return None if self.start is None else self.start.earliest

    @property
    def latest(self) -> int | None:
        """The Julian day number of the last day that it may hold, None where there is no limit."""
        return None if self.end is None else self.end.latest

    def contains(self, date: HistoricalDate) -> bool:
        """Tell whether all of `date` lies within; an open or unknown side sets no limit."""
        first, last = date.span
        return self._from(first) and self._until(last)

    def overlaps(self, other: "Interval") -> bool:
        """Tell whether some day may lie in both; an open or unknown side sets no limit."""
        return (other.latest is None or self._from(other.latest)) and (
            other.earliest is None or self._until(other.earliest)
        )

    def _from(self, jdn: int) -> bool:
        return self.start is None or self.start.earliest <= jdn

    def _until(self, jdn: int) -> bool:
        return self.end is None or jdn <= self.end.latest


def _read_side(text: str, calendar: Calendar) -> HistoricalDate | None:
    return None if text in ("", "..") else HistoricalDate.parse(text, calendar)


def _write_side(date: HistoricalDate | None, unknown: bool) -> str:
    if date is not None:
        return date.edtf
    return "" if unknown else ".."


def parse_edtf(text: str, calendar: Calendar = Calendar.GREGORIAN) -> HistoricalDate | Interval:
    """Read an EDTF date or interval of level 0 or 1.

    >>> parse_edtf("1940-08-20")
    HistoricalDate(1940, 8, 20)
    >>> parse_edtf("1914/1918").edtf
    '1914/1918'
    """
    if "/" in text:
        return Interval.parse(text, calendar)
    return HistoricalDate.parse(text, calendar)
