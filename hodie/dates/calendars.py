"""The calendars, each joined to the others by the Julian day number.

A Julian day number (JDN) counts days without regard to any calendar: 0 is 1 January 4713 BC in the
Julian calendar, and 2299161 is 15 October 1582, the first day of the Gregorian one. Every year
here is astronomical: 1 BC is 0.
"""

from collections.abc import Callable
from enum import StrEnum
from functools import lru_cache

from hodie.errors import HodieError

GREGORIAN_REFORM = 2299161
"""The Julian day number of 15 October 1582, the first day of the Gregorian calendar."""


class DateError(HodieError, ValueError):
    """A date that does not exist, cannot be read, or cannot answer what was asked of it."""


class Calendar(StrEnum):
    """The calendar in which a source states a date.

    >>> Calendar("julian") is Calendar.JULIAN
    True
    """

    GREGORIAN = "gregorian"
    JULIAN = "julian"
    HEBREW = "hebrew"
    ISLAMIC = "islamic"
    REPUBLICAN = "french-republican"


# The year is made to begin in March, so that the leap day is its last: then the days before a month
# do not depend on the year. January and February count to the year before (see `_march_year`).
_DAYS_BEFORE = (0, 306, 337, 0, 31, 61, 92, 122, 153, 184, 214, 245, 275)
_GREGORIAN_EPOCH = 1721119  # the day before 1 March of the year 0, Gregorian
_JULIAN_EPOCH = 1721117  # the same, Julian
_DAYS_IN_400_YEARS = 146097
_DAYS_IN_4_YEARS = 1461

MONTH_LENGTHS = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
"""Days of each month of a common year, January at index 1."""


def is_leap(year: int, calendar: Calendar) -> bool:
    """Tell whether February of `year` has 29 days, in the Gregorian or the Julian calendar."""
    if calendar is Calendar.JULIAN:
        return year % 4 == 0
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def gregorian_day(year: int, month: int, day: int) -> int:
    """Return the Julian day number of a Gregorian date; the date must exist.

    >>> gregorian_day(1969, 7, 20)
    2440423
    """
    if month < 3:
        year -= 1
    leap_days = year // 4 - year // 100 + year // 400
    return _GREGORIAN_EPOCH + 365 * year + leap_days + _DAYS_BEFORE[month] + day


def julian_day(year: int, month: int, day: int) -> int:
    """Return the Julian day number of a Julian date; the date must exist.

    >>> julian_day(-4712, 1, 1)
    0
    """
    if month < 3:
        year -= 1
    return _JULIAN_EPOCH + 365 * year + year // 4 + _DAYS_BEFORE[month] + day


def _month_and_day(day_of_year: int) -> tuple[int, int, int]:
    """Split a day of the March year (0 is 1 March) into years to add, month and day."""
    march_month = (5 * day_of_year + 2) // 153
    day = day_of_year - (153 * march_month + 2) // 5 + 1
    return (0, march_month + 3, day) if march_month < 10 else (1, march_month - 9, day)


def gregorian_date(jdn: int) -> tuple[int, int, int]:
    """Return the Gregorian year, month and day of a Julian day number."""
    cycle, day = divmod(jdn - _GREGORIAN_EPOCH - 1, _DAYS_IN_400_YEARS)
    year = (day - day // 1460 + day // 36524 - day // 146096) // 365
    carry, month, day = _month_and_day(day - (365 * year + year // 4 - year // 100))
    return cycle * 400 + year + carry, month, day


def julian_date(jdn: int) -> tuple[int, int, int]:
    """Return the Julian year, month and day of a Julian day number."""
    cycle, day = divmod(jdn - _JULIAN_EPOCH - 1, _DAYS_IN_4_YEARS)
    year = (day - day // 1460) // 365
    carry, month, day = _month_and_day(day - 365 * year)
    return cycle * 4 + year + carry, month, day


# The three calendars that dumps hardly hold come from convertdate. It is imported at their first
# use: its astronomy takes longer to load than all the rest of this package.

_HEBREW_EPOCH = 347998  # 1 Tishri of the year 1
_TISHRI = 7


@lru_cache(maxsize=4096)
def _hebrew_new_year(year: int) -> int:
    """Return the JDN of 1 Tishri.

    convertdate 2.5's own `hebrew.to_jd` warns at each call that it calls a deprecated function of
    itself, and takes 0.1 ms; what it counts with, the elapsed days and postponements, is sound.
    """
    from convertdate import hebrew

    return _HEBREW_EPOCH + int(hebrew.delay_1(year)) + int(hebrew.delay_2(year))


def _hebrew_months(year: int) -> tuple[tuple[int, int], ...]:
    """Return the months of a Hebrew year in their order, Tishri first, each with its length.

    Months are numbered from Nisan (1), so that the year begins with month 7.
    """
    length = _hebrew_new_year(year + 1) - _hebrew_new_year(year)
    adar = ((12, 30), (13, 29)) if length > 355 else ((12, 29),)
    heshvan = 30 if length % 10 == 5 else 29
    kislev = 29 if length % 10 == 3 else 30
    autumn = ((7, 30), (8, heshvan), (9, kislev), (10, 29), (11, 30))
    return (*autumn, *adar, (1, 30), (2, 29), (3, 30), (4, 29), (5, 30), (6, 29))


def _hebrew_day(year: int, month: int, day: int) -> int:
    passed = 0
    for number, length in _hebrew_months(year):
        if number == month:
            break
        passed += length
    return _hebrew_new_year(year) + passed + day - 1


def _hebrew_date(jdn: int) -> tuple[int, int, int]:
    year = (jdn - _HEBREW_EPOCH) * 98496 // 35975351 + 2
    while _hebrew_new_year(year) > jdn:
        year -= 1
    left = jdn - _hebrew_new_year(year)
    for month, length in _hebrew_months(year):
        if left < length:
            return year, month, left + 1
        left -= length
    raise AssertionError(f"no month of the Hebrew year {year} holds day {jdn}")


def _hebrew_length(year: int, month: int) -> int:
    return dict(_hebrew_months(year)).get(month, 0)


def _islamic_day(year: int, month: int, day: int) -> int:
    from convertdate import islamic

    return int(islamic.to_jd(year, month, day) + 0.5)


def _islamic_date(jdn: int) -> tuple[int, int, int]:
    from convertdate import islamic

    year, month, day = islamic.from_jd(jdn - 0.5)
    return int(year), int(month), int(day)


def _islamic_length(year: int, month: int) -> int:
    from convertdate import islamic

    return int(islamic.month_length(year, month)) if 1 <= month <= 12 else 0


@lru_cache(maxsize=256)
def _republican_new_year(year: int) -> int:
    """Return the JDN of 1 Vendémiaire, the day of the autumn equinox, as the law had it."""
    from convertdate import french_republican

    return int(french_republican.to_jd(year, 1, 1, method="equinox") + 0.5)


def _republican_day(year: int, month: int, day: int) -> int:
    return _republican_new_year(year) + 30 * (month - 1) + day - 1


def _republican_date(jdn: int) -> tuple[int, int, int]:
    year = gregorian_date(jdn)[0] - 1791
    if _republican_new_year(year) > jdn:
        year -= 1
    month, day = divmod(jdn - _republican_new_year(year), 30)
    return year, month + 1, day + 1


def _republican_length(year: int, month: int) -> int:
    if month == 13:
        return _republican_new_year(year + 1) - _republican_new_year(year) - 360
    return 30 if 1 <= month <= 12 else 0


def _gregorian_length(year: int, month: int) -> int:
    return _solar_length(year, month, Calendar.GREGORIAN)


def _julian_length(year: int, month: int) -> int:
    return _solar_length(year, month, Calendar.JULIAN)


def _solar_length(year: int, month: int, calendar: Calendar) -> int:
    if not 1 <= month <= 12:
        return 0
    return 29 if month == 2 and is_leap(year, calendar) else MONTH_LENGTHS[month]


_DAY: dict[Calendar, Callable[[int, int, int], int]] = {
    Calendar.GREGORIAN: gregorian_day,
    Calendar.JULIAN: julian_day,
    Calendar.HEBREW: _hebrew_day,
    Calendar.ISLAMIC: _islamic_day,
    Calendar.REPUBLICAN: _republican_day,
}
_DATE: dict[Calendar, Callable[[int], tuple[int, int, int]]] = {
    Calendar.GREGORIAN: gregorian_date,
    Calendar.JULIAN: julian_date,
    Calendar.HEBREW: _hebrew_date,
    Calendar.ISLAMIC: _islamic_date,
    Calendar.REPUBLICAN: _republican_date,
}
_LENGTH: dict[Calendar, Callable[[int, int], int]] = {
    Calendar.GREGORIAN: _gregorian_length,
    Calendar.JULIAN: _julian_length,
    Calendar.HEBREW: _hebrew_length,
    Calendar.ISLAMIC: _islamic_length,
    Calendar.REPUBLICAN: _republican_length,
}

# Integer arithmetic is exact for any year; the bound keeps Julian day numbers within 64 bits.
_FAR = 10**15
YEARS: dict[Calendar, tuple[int, int]] = {
    Calendar.GREGORIAN: (-_FAR, _FAR),
    Calendar.JULIAN: (-_FAR, _FAR),
    Calendar.HEBREW: (1, 13760),
    Calendar.ISLAMIC: (1, 10000),
    Calendar.REPUBLICAN: (1, 100),
}
"""The first and the last year that each calendar knows here.

The Hebrew and the Islamic one count from their epochs to about the Gregorian year 9999. The
Republican year was settled by observing the equinox, in use from 1 to 14 and again in 79.
"""


def day_of(calendar: Calendar, year: int, month: int, day: int) -> int:
    """Return the Julian day number of a date that exists in `calendar`."""
    return _DAY[calendar](year, month, day)


def date_of(calendar: Calendar, jdn: int) -> tuple[int, int, int]:
    """Return the year, month and day of a Julian day number in `calendar`.

    Raises DateError where the calendar does not reach so far.
    """
    first, last = _reach(calendar)
    if not first <= jdn <= last:
        low, high = YEARS[calendar]
        raise DateError(f"Julian day {jdn} is outside the {calendar} years {low} to {high}")
    return _DATE[calendar](jdn)


def month_length(calendar: Calendar, year: int, month: int) -> int:
    """Return the days of a month, 0 where that year has no such month."""
    return _LENGTH[calendar](year, month)


def year_span(calendar: Calendar, first: int, last: int) -> tuple[int, int]:
    """Return the Julian day numbers of the first day of one year and the last of another."""
    opening, closing = _YEAR_ENDS[calendar]
    closing_day = month_length(calendar, last, closing)
    return day_of(calendar, first, opening, 1), day_of(calendar, last, closing, closing_day)


_YEAR_ENDS = {
    Calendar.GREGORIAN: (1, 12),
    Calendar.JULIAN: (1, 12),
    Calendar.HEBREW: (_TISHRI, 6),
    Calendar.ISLAMIC: (1, 12),
    Calendar.REPUBLICAN: (1, 13),
}


@lru_cache(maxsize=8)
def _reach(calendar: Calendar) -> tuple[int, int]:
    return year_span(calendar, *YEARS[calendar])
