"""`HistoricalDate`, a date as a source states it, and `MonthDay`, a day of any year."""

import datetime
from typing import Any, Self

import msgspec
from msgspec.structs import force_setattr

from hodie.dates import calendars, edtf
from hodie.dates.calendars import SOLAR, Calendar, DateError
from hodie.dates.edtf import SEASONS, SPANS, Precision

_GREGORIAN = Calendar.GREGORIAN
_JULIAN = Calendar.JULIAN
_FARTHEST = 10**15  # its days still fit 64 bits
_SURE_LENGTHS = calendars.MONTH_LENGTHS  # a day up to this exists in any year


class HistoricalDate(msgspec.Struct, frozen=True, gc=False):
    """A date as a source states it: a year, perhaps a month and a day, in one calendar.

    Years are astronomical, so 1 BC is 0 and 44 BC is -43. The precision follows from what is
    given; only a decade or a century must be named, and has its first year as year.

    Dates are equal when all their fields are. They are ordered by the days that they may mean: by
    `earliest`, then by `latest`, across calendars. Whether they are approximate or uncertain does
    not count. To sort many, `sorted(dates, key=attrgetter("span"))` is fastest.

    >>> HistoricalDate(-43, 3, 15, calendar="julian").precision
    'day'
    >>> HistoricalDate(1900, precision="century").edtf
    '19XX'
    """

    year: int
    month: int | None = None
    day: int | None = None
    calendar: Calendar = _GREGORIAN
    approximate: bool = False
    uncertain: bool = False
    # None never outlives __post_init__: it says that the precision is left to follow.
    precision: Precision = None  # type: ignore[assignment]

    def __post_init__(self) -> None:
        month, day, calendar = self.month, self.day, self.calendar
        # Dumps make millions of these, nearly all plain: this test alone must settle them.
        if (
            month is not None
            and day is not None
            and 0 < month < 13
            and 0 < day <= _SURE_LENGTHS[month]
            and -9999 <= self.year <= 9999
            and (calendar is _GREGORIAN or calendar is _JULIAN)
            and self.precision is None
        ):
            force_setattr(self, "precision", "day")
            return
        force_setattr(self, "calendar", _calendar(calendar))
        force_setattr(self, "precision", _checked(self))

    @classmethod
    def parse(cls, text: str, calendar: Calendar = _GREGORIAN) -> Self:
        """Read an EDTF date of level 0 or 1.

        `1940-XX` reads as 1940, `1940-08-XX` as 1940-08. EDTF itself is Gregorian; `calendar` says
        in which one the year, month and day are meant.

        >>> HistoricalDate.parse("1940-08-20")
        HistoricalDate(1940, 8, 20)
        >>> HistoricalDate.parse("-0043-03-15", calendar="julian").to("gregorian").edtf
        '-0043-03-13'
        """
        year, month, day, precision, approximate, uncertain = edtf.read(text)
        if day is not None:
            return cls(year, month, day, calendar, approximate, uncertain)
        return cls(year, month, day, calendar, approximate, uncertain, precision)

    @classmethod
    def from_julian_day(cls, jdn: int, calendar: Calendar = _GREGORIAN) -> Self:
        """Return the day with the Julian day number `jdn`, in `calendar`.

        >>> HistoricalDate.from_julian_day(2440423)
        HistoricalDate(1969, 7, 20)
        """
        calendar = _calendar(calendar)
        return cls(*calendars.date_of(calendar, jdn), calendar)

    @property
    def edtf(self) -> str:
        """The date in EDTF; the calendar is not part of it."""
        return edtf.write(
            self.year, self.month, self.day, self.precision, self.approximate, self.uncertain
        )

    def __str__(self) -> str:
        return self.edtf

    def __repr__(self) -> str:
        parts = [str(n) for n in (self.year, self.month, self.day) if n is not None]
        if self.calendar is not _GREGORIAN:
            parts.append(f"calendar={self.calendar.value!r}")
        parts += [f"{name}=True" for name in ("approximate", "uncertain") if getattr(self, name)]
        if self.precision in SPANS:
            parts.append(f"precision={self.precision!r}")
        return f"HistoricalDate({', '.join(parts)})"

    @property
    def julian_day(self) -> int:
        """The number of the Julian day that begins at noon on this date.

        Raises DateError where the date has no day: see `earliest` and `latest`.
        """
        if self.day is None or self.month is None:
            raise DateError(f"{self.edtf!r} has no day, so no Julian day: use earliest or latest")
        return calendars.day_of(self.calendar, self.year, self.month, self.day)

    @property
    def span(self) -> tuple[int, int]:
        """`earliest` and `latest` together: what dates are ordered by."""
        if self.day is None:
            return _span(self)
        jdn = self.julian_day
        return jdn, jdn

    @property
    def earliest(self) -> int:
        """The Julian day number of the first day that the date may mean."""
        return self.span[0]

    @property
    def latest(self) -> int:
        """The Julian day number of the last day that the date may mean."""
        return self.span[1]

    def to(self, calendar: Calendar) -> Self:
        """Return the same day in another calendar, as approximate and as uncertain.

        Raises DateError where the date has no day: a month of one calendar is no month of another.

        >>> HistoricalDate(1917, 10, 25, calendar="julian").to("gregorian")
        HistoricalDate(1917, 11, 7)
        """
        calendar = _calendar(calendar)
        if calendar is self.calendar:
            return self
        year, month, day = calendars.date_of(calendar, self.julian_day)
        return type(self)(year, month, day, calendar, self.approximate, self.uncertain)

    @property
    def weekday(self) -> int:
        """The day of the week as ISO counts: Monday is 1, Sunday 7. The date must have a day."""
        return self.julian_day % 7 + 1

    @property
    def month_day(self) -> "MonthDay | None":
        """The month and day as written, None without a day or in a calendar of other months."""
        if self.day is None or self.month is None or self.calendar not in SOLAR:
            return None
        return _RING[_DAYS_BEFORE_MONTH[self.month] + self.day - 1]

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, HistoricalDate):
            return NotImplemented
        day, other_day, calendar = self.day, other.day, self.calendar
        if (
            day is None
            or other_day is None
            or calendar is not other.calendar
            or calendar not in SOLAR
        ):
            return self.span < other.span
        # Two days of one solar calendar need no Julian day numbers.
        if self.year != other.year:
            return self.year < other.year
        if self.month != other.month:
            return self.month < other.month  # type: ignore[operator]
        return day < other_day

    # The order is total but for equal spans, so the other three follow from the first.

    def __le__(self, other: object) -> bool:
        return not other < self if isinstance(other, HistoricalDate) else NotImplemented

    def __gt__(self, other: object) -> bool:
        return other < self if isinstance(other, HistoricalDate) else NotImplemented

    def __ge__(self, other: object) -> bool:
        return not self < other if isinstance(other, HistoricalDate) else NotImplemented


def _calendar(name: Any) -> Calendar:
    if isinstance(name, Calendar):
        return name
    try:
        return Calendar(name)
    except ValueError:
        known = ", ".join(Calendar)
        raise DateError(f"no calendar {name!r}; there are {known}") from None


def _checked(date: HistoricalDate) -> Precision:
    """Check that `date` exists, and return the precision that follows from its fields."""
    year, month, day, said = date.year, date.month, date.day, date.precision
    for number in (year, month, day):
        if number is not None and type(number) is not int:
            raise DateError(f"{number!r} in a date: year, month and day are whole numbers")
    first, last = calendars.years_of(date.calendar)
    if not first <= year <= last and not _is_far_year(date):
        raise DateError(
            f"no such date in {date.calendar} {year}: it has days from {first} to {last}"
        )
    if month is None:
        if day is not None:
            raise DateError(f"day {day} of {year} without a month: give the month too")
        return _year_precision(year, said)
    if day is None:
        return _month_precision(year, month, date.calendar, said)
    return _day_precision(date, year, month, day)


def _is_far_year(date: HistoricalDate) -> bool:
    """Tell whether this is a year alone, beyond the calendar's days: Y-13800000000."""
    bare = date.month is None and date.day is None and date.precision not in SPANS
    return bare and date.calendar in SOLAR and abs(date.year) <= _FARTHEST


def _year_precision(year: int, said: Precision | None) -> Precision:
    if said is None or said == "year":
        return "year"
    size = SPANS.get(said)
    if size is None:
        raise DateError(f"precision {said!r} of {year}, which has no month or day: leave it out")
    # EDTF masks the digits of the written year, so a span before the year 0 is its mirror image:
    # -01XX is -199 to -100, which is the 2nd century BC to the year.
    first = year // size * size if year >= 0 else (year - 1) // size * size + 1
    if year != first:
        raise DateError(f"the {said} of {year} has {first} as its first year: give that")
    return said


def _month_precision(
    year: int, month: int, calendar: Calendar, said: Precision | None
) -> Precision:
    if month in SEASONS and calendar in SOLAR:
        return _agreed("season", said)
    _check_month(year, month, calendar)
    return _agreed("month", said)


def _day_precision(date: HistoricalDate, year: int, month: int, day: int) -> Precision:
    length = _check_month(year, month, date.calendar)
    if not 1 <= day <= length:
        raise DateError(f"no day {day} in {date.calendar} {year:04}-{month:02}: it has {length}")
    return _agreed("day", date.precision)


def _check_month(year: int, month: int, calendar: Calendar) -> int:
    length = calendars.month_length(calendar, year, month)
    if not length:
        raise DateError(f"no month {month} in the {calendar} year {year}")
    return length


def _agreed(found: Precision, said: Precision | None) -> Precision:
    if said is not None and said != found:
        raise DateError(f"precision {said!r} of a date given to the {found}: leave one of them out")
    return found


def _span(date: HistoricalDate) -> tuple[int, int]:
    year, month, calendar = date.year, date.month, date.calendar
    if month is None:
        return calendars.year_span(calendar, year, year + SPANS.get(date.precision, 1) - 1)
    if month in SEASONS:
        return _season_span(year, month, calendar)
    return _months_span(calendar, (year, month), (year, month))


def _season_span(year: int, season: int, calendar: Calendar) -> tuple[int, int]:
    """Return the three whole months of a northern season; winter begins in December of `year`."""
    opening = (season - 20) * 3
    closing = (year, opening + 2) if opening < 12 else (year + 1, 2)
    return _months_span(calendar, (year, opening), closing)


def _months_span(
    calendar: Calendar, first: tuple[int, int], last: tuple[int, int]
) -> tuple[int, int]:
    last_day = calendars.month_length(calendar, *last)
    return calendars.day_of(calendar, *first, 1), calendars.day_of(calendar, *last, last_day)


def to_julian_day(date: HistoricalDate) -> int:
    """Return the number of the Julian day that begins at noon on `date`.

    Raises DateError if `date` has no day.

    >>> to_julian_day(HistoricalDate(1969, 7, 20))
    2440423
    """
    return date.julian_day


class MonthDay(msgspec.Struct, frozen=True, order=True, gc=False):
    """A day of any year, from 1 January to 31 December, 29 February among them.

    >>> MonthDay(8, 20) == MonthDay.parse("08-20")
    True
    """

    month: int
    day: int

    def __post_init__(self) -> None:
        if not 1 <= self.month <= 12:
            raise DateError(f"no month {self.month!r}: they are 1 to 12")
        length = _RING_LENGTHS[self.month]
        if not 1 <= self.day <= length:
            raise DateError(f"no day {self.day!r} in month {self.month}: it has {length}")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a day written as MM-DD."""
        month, dash, day = text[:2], text[2:3], text[3:]
        if len(text) != 5 or dash != "-" or not (month + day).isdecimal() or not text.isascii():
            raise DateError(f"not a day of the year: {text!r}; write 20 August as 08-20")
        return cls(int(month), int(day))

    @classmethod
    def of(cls, date: datetime.date) -> Self:
        """Return the day of the year on which `date` falls."""
        return cls(date.month, date.day)

    @classmethod
    def all(cls) -> tuple["MonthDay", ...]:
        """Return the 366 days in order."""
        return _RING

    def __str__(self) -> str:
        return _WRITTEN[_DAYS_BEFORE_MONTH[self.month] + self.day - 1]

    def __repr__(self) -> str:
        return f"MonthDay({self.month}, {self.day})"

    @property
    def ordinal(self) -> int:
        """The place in a year of 366 days: 1 January is 1, 1 March always 61."""
        return _DAYS_BEFORE_MONTH[self.month] + self.day

    def in_year(self, year: int) -> HistoricalDate | None:
        """Return the day in a Gregorian year; None for 29 February of a common year.

        >>> MonthDay(2, 29).in_year(2023) is None
        True
        """
        if self.day == 29 and self.month == 2 and not calendars.is_leap(year):
            return None
        return HistoricalDate(year, self.month, self.day)

    def next(self) -> "MonthDay":
        """Return the day after; after 31 December comes 1 January."""
        return _RING[self.ordinal % 366]

    def previous(self) -> "MonthDay":
        """Return the day before; before 1 January comes 31 December."""
        return _RING[self.ordinal - 2]


_RING_LENGTHS = (0, 31, 29, *calendars.MONTH_LENGTHS[3:])
_DAYS_BEFORE_MONTH = tuple(sum(_RING_LENGTHS[:month]) for month in range(13))
_RING = tuple(MonthDay(m, d) for m in range(1, 13) for d in range(1, _RING_LENGTHS[m] + 1))
_WRITTEN = tuple(f"{each.month:02}-{each.day:02}" for each in _RING)
