"""The calendars, each joined to the others by the Julian day number.

A Julian day number (JDN) counts days without regard to any calendar: 0 is 1 January 4713 BC in the
Julian calendar, and 2299161 is 15 October 1582, the first day of the Gregorian one. Every year
here is astronomical: 1 BC is 0.
"""

from collections.abc import Callable
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

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


SOLAR = (Calendar.GREGORIAN, Calendar.JULIAN)
"""The calendars whose months are January to December."""

# The year is made to begin in March, so that the leap day is its last: then the days before a month
# do not depend on the year. January and February count to the year before.
_DAYS_BEFORE = (0, 306, 337, 0, 31, 61, 92, 122, 153, 184, 214, 245, 275)
_GREGORIAN_EPOCH = 1721119  # the day before 1 March of the year 0, Gregorian
_JULIAN_EPOCH = 1721117  # the same, Julian
_DAYS_IN_400_YEARS = 146097
_DAYS_IN_4_YEARS = 1461

MONTH_LENGTHS = (0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
"""Days of each month of a common year, January at index 1."""


def is_leap(year: int, calendar: Calendar = Calendar.GREGORIAN) -> bool:
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
    """Return the Gregorian year, month and day of a Julian day number.

    >>> gregorian_date(2299161)
    (1582, 10, 15)
    """
    cycle, day = divmod(jdn - _GREGORIAN_EPOCH - 1, _DAYS_IN_400_YEARS)
    year = (day - day // 1460 + day // 36524 - day // 146096) // 365
    carry, month, day = _month_and_day(day - (365 * year + year // 4 - year // 100))
    return cycle * 400 + year + carry, month, day


def julian_date(jdn: int) -> tuple[int, int, int]:
    """Return the Julian year, month and day of a Julian day number.

    >>> julian_date(2299161)
    (1582, 10, 5)
    """
    cycle, day = divmod(jdn - _JULIAN_EPOCH - 1, _DAYS_IN_4_YEARS)
    year = (day - day // 1460) // 365
    carry, month, day = _month_and_day(day - 365 * year)
    return cycle * 4 + year + carry, month, day


def _gregorian_length(year: int, month: int) -> int:
    return 29 if month == 2 and is_leap(year) else _common_length(month)


def _julian_length(year: int, month: int) -> int:
    return 29 if month == 2 and year % 4 == 0 else _common_length(month)


def _common_length(month: int) -> int:
    return MONTH_LENGTHS[month] if 1 <= month <= 12 else 0


# The three calendars that dumps hardly hold come from convertdate. It is imported at their first
# use: its astronomy takes longer to load than all the rest of this package.

_HEBREW_EPOCH = 347998  # 1 Tishri of the year 1


@lru_cache(maxsize=4096)
def _hebrew_new_year(year: int) -> int:
    """Return the JDN of 1 Tishri.

    convertdate 2.5's own `hebrew.to_jd` warns at each call that it calls a deprecated function of
    itself, and takes 0.1 ms; what it counts with, the elapsed days and postponements, is sound.
    """
    from convertdate import hebrew

    return _HEBREW_EPOCH + int(hebrew.delay_1(year)) + int(hebrew.delay_2(year))


@lru_cache(maxsize=4096)
def _hebrew_months(year: int) -> dict[int, int]:
    """Return the length of each month of a Hebrew year, in their order, Tishri first.

    Months are numbered from Nisan (1), so that the year begins with month 7; 12 is Adar, in leap
    years Adar I, and 13 is Adar II.
    """
    length = _hebrew_new_year(year + 1) - _hebrew_new_year(year)
    heshvan = 30 if length % 10 == 5 else 29
    kislev = 29 if length % 10 == 3 else 30
    autumn = {7: 30, 8: heshvan, 9: kislev, 10: 29, 11: 30}
    adar = {12: 30, 13: 29} if length > 355 else {12: 29}
    return {**autumn, **adar, 1: 30, 2: 29, 3: 30, 4: 29, 5: 30, 6: 29}


def _hebrew_day(year: int, month: int, day: int) -> int:
    passed = 0
    for number, length in _hebrew_months(year).items():
        if number == month:
            break
        passed += length
    return _hebrew_new_year(year) + passed + day - 1


def _hebrew_date(jdn: int) -> tuple[int, int, int]:
    # The mean year is 35975351/98496 days; the year found with it is right or one too late.
    year = (jdn - _HEBREW_EPOCH) * 98496 // 35975351 + 2
    while _hebrew_new_year(year) > jdn:
        year -= 1
    left = jdn - _hebrew_new_year(year)
    for month, length in _hebrew_months(year).items():
        if left < length:
            return year, month, left + 1
        left -= length
    raise AssertionError(f"no month of the Hebrew year {year} holds day {jdn}")


def _hebrew_length(year: int, month: int) -> int:
    return _hebrew_months(year).get(month, 0)


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
    """Return the JDN of 1 Vendémiaire: by law, the day of the autumn equinox in Paris."""
    from convertdate import french_republican

    jdn = int(french_republican.to_jd(year, 1, 1, method="equinox") + 0.5)
    # convertdate takes the equinox in Greenwich, by clocks that run evenly. The sun of Paris is
    # some 16 minutes ahead of that; of the first 100 years only in 49 was midnight between them.
    return jdn + 1 if year == 49 else jdn


def _republican_day(year: int, month: int, day: int) -> int:
    return _republican_new_year(year) + 30 * (month - 1) + day - 1


def _republican_date(jdn: int) -> tuple[int, int, int]:
    year = gregorian_date(jdn)[0] - 1791
    if _republican_new_year(year) > jdn:
        year -= 1
    month, day = divmod(jdn - _republican_new_year(year), 30)
    return year, month + 1, day + 1


def _republican_length(year: int, month: int) -> int:
    if month == 13:  # the five or six days at the end of the year
        return _republican_new_year(year + 1) - _republican_new_year(year) - 360
    return 30 if 1 <= month <= 12 else 0


class _Reckoning(NamedTuple):
    """How one calendar counts."""

    day: Callable[[int, int, int], int]
    date: Callable[[int], tuple[int, int, int]]
    length: Callable[[int, int], int]
    first_month: int
    last_month: int
    years: tuple[int, int]


# Years of four digits, as EDTF writes them. The Hebrew and the Islamic calendar have none before
# their epochs. The Republican year hangs on the equinox, and was counted from 1 to 14 and in 79.
_FOUR_DIGITS = (-9999, 9999)
_RECKONINGS = {
    Calendar.GREGORIAN: _Reckoning(
        gregorian_day, gregorian_date, _gregorian_length, 1, 12, _FOUR_DIGITS
    ),
    Calendar.JULIAN: _Reckoning(julian_day, julian_date, _julian_length, 1, 12, _FOUR_DIGITS),
    Calendar.HEBREW: _Reckoning(_hebrew_day, _hebrew_date, _hebrew_length, 7, 6, (1, 9999)),
    Calendar.ISLAMIC: _Reckoning(_islamic_day, _islamic_date, _islamic_length, 1, 12, (1, 9999)),
    Calendar.REPUBLICAN: _Reckoning(
        _republican_day, _republican_date, _republican_length, 1, 13, (1, 100)
    ),
}


def years_of(calendar: Calendar) -> tuple[int, int]:
    """Return the first and the last year of which a calendar knows the days."""
    return _RECKONINGS[calendar].years


def day_of(calendar: Calendar, year: int, month: int, day: int) -> int:
    """Return the Julian day number of a date that exists in `calendar`."""
    return _RECKONINGS[calendar].day(year, month, day)


def date_of(calendar: Calendar, jdn: int) -> tuple[int, int, int]:
    """Return the year, month and day of a Julian day number in `calendar`.

    Raises DateError where the calendar does not reach so far.
    """
    first, last = _reach(calendar)
    if not first <= jdn <= last:
        low, high = years_of(calendar)
        raise DateError(f"Julian day {jdn} is outside the {calendar} years {low} to {high}")
    return _RECKONINGS[calendar].date(jdn)


def month_length(calendar: Calendar, year: int, month: int) -> int:
    """Return the days of a month, 0 where that year has no such month."""
    return _RECKONINGS[calendar].length(year, month)


def year_span(calendar: Calendar, first: int, last: int) -> tuple[int, int]:
    """Return the Julian day numbers of the first day of one year and the last of another."""
    reckoning = _RECKONINGS[calendar]
    last_day = reckoning.length(last, reckoning.last_month)
    opening = reckoning.day(first, reckoning.first_month, 1)
    return opening, reckoning.day(last, reckoning.last_month, last_day)


@lru_cache(maxsize=8)
def _reach(calendar: Calendar) -> tuple[int, int]:
    return year_span(calendar, *years_of(calendar))
