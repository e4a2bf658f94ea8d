"""The calendars against days that history knows, each other, and other libraries."""

import datetime
import random
import warnings
from itertools import pairwise

import pytest
from convertdate import french_republican, gregorian, hebrew, islamic, julian
from hypothesis import given
from hypothesis import strategies as st

from hodie.dates import Calendar, DateError, HistoricalDate, calendars

GREGORIAN, JULIAN = Calendar.GREGORIAN, Calendar.JULIAN
HEBREW, ISLAMIC, REPUBLICAN = Calendar.HEBREW, Calendar.ISLAMIC, Calendar.REPUBLICAN


@pytest.mark.parametrize(
    ("date", "jdn"),
    [
        (HistoricalDate(-4712, 1, 1, JULIAN), 0),
        (HistoricalDate(-4713, 11, 24), 0),
        (HistoricalDate(-43, 3, 15, JULIAN), 1705426),
        (HistoricalDate(1, 1, 1, JULIAN), 1721424),
        (HistoricalDate(1, 1, 1), 1721426),
        (HistoricalDate(333, 1, 27, JULIAN), 1842713),
        (HistoricalDate(837, 4, 10, JULIAN), 2026872),
        (HistoricalDate(1582, 10, 4, JULIAN), 2299160),
        (HistoricalDate(1582, 10, 15), 2299161),
        (HistoricalDate(1858, 11, 17), 2400001),
        (HistoricalDate(1970, 1, 1), 2440588),
        (HistoricalDate(2000, 1, 1), 2451545),
        (HistoricalDate(1, 7, 1, HEBREW), 347998),
        (HistoricalDate(1, 1, 1, ISLAMIC), 1948440),
        (HistoricalDate(1, 1, 1, REPUBLICAN), 2375840),
    ],
    ids=repr,
)
def test_known_julian_days(date, jdn):
    """Epochs, Meeus's examples, the reform, and the days that astronomers count from."""
    assert date.julian_day == jdn
    assert HistoricalDate.from_julian_day(jdn, date.calendar) == date


@pytest.mark.parametrize(
    ("stated", "same"),
    [
        # Old Style and New Style
        (HistoricalDate(1917, 10, 25, JULIAN), HistoricalDate(1917, 11, 7)),
        (HistoricalDate(1752, 9, 2, JULIAN), HistoricalDate(1752, 9, 13)),
        (HistoricalDate(1732, 2, 11, JULIAN), HistoricalDate(1732, 2, 22)),
        (HistoricalDate(1917, 12, 28, JULIAN), HistoricalDate(1918, 1, 10)),
        (HistoricalDate(1700, 2, 29, JULIAN), HistoricalDate(1700, 3, 11)),
        (HistoricalDate(1900, 2, 29, JULIAN), HistoricalDate(1900, 3, 13)),
        (HistoricalDate(-43, 3, 15, JULIAN), HistoricalDate(-43, 3, 13)),
        (HistoricalDate(200, 3, 1, JULIAN), HistoricalDate(200, 3, 1)),
        # Hebrew: new years, Passover, the declaration of independence of Israel
        (HistoricalDate(5784, 7, 1, HEBREW), HistoricalDate(2023, 9, 16)),
        (HistoricalDate(5784, 1, 15, HEBREW), HistoricalDate(2024, 4, 23)),
        (HistoricalDate(5784, 13, 14, HEBREW), HistoricalDate(2024, 3, 24)),
        (HistoricalDate(5708, 2, 5, HEBREW), HistoricalDate(1948, 5, 14)),
        (HistoricalDate(5785, 12, 14, HEBREW), HistoricalDate(2025, 3, 14)),
        # Islamic, civil: the epoch, and two days of the tabular calendar
        (HistoricalDate(1, 1, 1, ISLAMIC), HistoricalDate(622, 7, 16, JULIAN)),
        (HistoricalDate(1400, 1, 1, ISLAMIC), HistoricalDate(1979, 11, 21)),
        (HistoricalDate(1445, 9, 1, ISLAMIC), HistoricalDate(2024, 3, 11)),
        # Republican: the Republic, Thermidor, Brumaire, the last day in force, the Commune
        (HistoricalDate(1, 1, 1, REPUBLICAN), HistoricalDate(1792, 9, 22)),
        (HistoricalDate(2, 11, 9, REPUBLICAN), HistoricalDate(1794, 7, 27)),
        (HistoricalDate(3, 13, 6, REPUBLICAN), HistoricalDate(1795, 9, 22)),
        (HistoricalDate(4, 1, 1, REPUBLICAN), HistoricalDate(1795, 9, 23)),
        (HistoricalDate(8, 2, 18, REPUBLICAN), HistoricalDate(1799, 11, 9)),
        (HistoricalDate(14, 4, 10, REPUBLICAN), HistoricalDate(1805, 12, 31)),
        (HistoricalDate(79, 8, 16, REPUBLICAN), HistoricalDate(1871, 5, 6)),
    ],
    ids=repr,
)
def test_days_that_history_knows_in_two_calendars(stated, same):
    """Each way."""
    assert stated.to(same.calendar) == same
    assert same.to(stated.calendar) == stated


def test_the_leap_years_of_the_republic_follow_the_sun_of_paris():
    """The four under which the calendar was in force or planned, and the five-year gap at 48."""
    leap = [year for year in range(1, 101) if calendars.month_length(REPUBLICAN, year, 13) == 6]

    assert leap[:14] == [3, 7, 11, 15, 20, 24, 28, 32, 36, 40, 44, 48, 53, 57]


@pytest.mark.parametrize(
    ("year", "leap"),
    [
        (2000, True),
        (1900, False),
        (2024, True),
        (2023, False),
        (0, True),
        (-4, True),
        (-100, False),
    ],
)
def test_gregorian_leap_years_reach_before_christ(year, leap):
    """1 BC is the year 0, and a leap year."""
    assert calendars.is_leap(year) is leap


@pytest.mark.parametrize("calendar", [GREGORIAN, JULIAN])
def test_every_day_of_four_thousand_years_goes_and_comes_back(calendar):
    """From 2001 BC to AD 2000: days follow one another without gap, and each number has its day."""
    days = [
        (year, month, day)
        for year in range(-2000, 2000)
        for month in range(1, 13)
        for day in range(1, calendars.month_length(calendar, year, month) + 1)
    ]
    to_day, to_date = {
        GREGORIAN: (calendars.gregorian_day, calendars.gregorian_date),
        JULIAN: (calendars.julian_day, calendars.julian_date),
    }[calendar]
    numbers = range(to_day(*days[0]), to_day(*days[0]) + len(days))

    assert list(map(to_day, *zip(*days, strict=True))) == list(numbers)
    assert list(map(to_date, numbers)) == days


@pytest.mark.parametrize("calendar", [GREGORIAN, JULIAN])
@pytest.mark.parametrize("year", [-9999, -401, -400, -5, -4, -1, 0, 1, 4, 100, 1582, 9999])
def test_every_day_of_odd_years_goes_and_comes_back_as_a_date(calendar, year):
    """The same through the values, at the ends, around the year 0 and at the reform."""
    first, last = HistoricalDate(year, calendar=calendar).span
    span = range(first, last + 1)
    dates = [HistoricalDate.from_julian_day(jdn, calendar) for jdn in span]

    assert {date.year for date in dates} == {year}
    assert [date.julian_day for date in dates] == list(span)
    assert all(before < after for before, after in pairwise(dates))


def test_gregorian_days_agree_with_the_standard_library():
    """On 100,000 random days of its 9,999 years."""
    ordinals = random.Random(1940).choices(range(1, datetime.date.max.toordinal() + 1), k=100_000)
    dates = map(datetime.date.fromordinal, ordinals)

    for ordinal, date in zip(ordinals, dates, strict=True):
        mine = HistoricalDate(date.year, date.month, date.day)
        assert mine.julian_day == ordinal + 1721425
        assert mine.weekday == date.isoweekday()


@pytest.mark.parametrize(
    ("calendar", "library"), [(GREGORIAN, gregorian), (JULIAN, julian), (ISLAMIC, islamic)]
)
def test_days_agree_with_convertdate(calendar, library):
    """On 100,000 random days of all years of four digits, there and back."""
    first, last = calendars.year_span(calendar, *calendars.years_of(calendar))
    for jdn in random.Random(820).choices(range(first, last + 1), k=100_000):
        fields = tuple(library.from_jd(jdn - 0.5))
        assert calendars.date_of(calendar, jdn) == fields
        assert calendars.day_of(calendar, *fields) == jdn == library.to_jd(*fields) + 0.5


def test_hebrew_days_agree_with_convertdate():
    """On 1,500 random days; its own conversion is slow, and warns of itself."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        for jdn in random.Random(5784).choices(range(347998, 3_900_000), k=1_500):
            assert calendars.date_of(HEBREW, jdn) == hebrew.from_jd(jdn - 0.5)


def test_republican_days_agree_with_convertdate():
    """On every tenth day in force, its conversion by the equinox included."""
    for jdn in range(2375840, 2380690, 60):
        fields = french_republican.from_jd(jdn - 0.5)
        assert calendars.date_of(REPUBLICAN, jdn) == fields


@pytest.mark.parametrize("calendar", [HEBREW, ISLAMIC, REPUBLICAN])
def test_every_day_of_other_calendars_goes_and_comes_back(calendar):
    """Through 40,000 days in a row, whose dates are all different and all exist."""
    first = {HEBREW: 2430000, ISLAMIC: 2430000, REPUBLICAN: 2375840}[calendar]
    last = min(first + 40_000, calendars.year_span(calendar, *calendars.years_of(calendar))[1])
    for jdn in range(first, last + 1):
        year, month, day = calendars.date_of(calendar, jdn)
        assert 1 <= day <= calendars.month_length(calendar, year, month)
        assert calendars.day_of(calendar, year, month, day) == jdn


@given(st.integers(-1_900_000, 5_300_000), st.sampled_from(list(Calendar)))
def test_a_day_that_a_calendar_reaches_goes_and_comes_back(jdn, calendar):
    """And one that it does not reach is refused in plain words."""
    first, last = calendars.year_span(calendar, *calendars.years_of(calendar))
    if first <= jdn <= last:
        assert HistoricalDate.from_julian_day(jdn, calendar).julian_day == jdn
    else:
        with pytest.raises(DateError, match="outside the"):
            HistoricalDate.from_julian_day(jdn, calendar)


@pytest.mark.parametrize(
    ("date", "calendar"),
    [
        (HistoricalDate(1789, 7, 14), REPUBLICAN),
        (HistoricalDate(1940, 8, 20), REPUBLICAN),
        (HistoricalDate(622, 7, 15, JULIAN), ISLAMIC),
        (HistoricalDate(-5000, 1, 1), HEBREW),
        (HistoricalDate(9999, 12, 31, JULIAN), GREGORIAN),
        (HistoricalDate(-9999, 1, 1, GREGORIAN), JULIAN),
    ],
    ids=repr,
)
def test_a_conversion_out_of_reach_is_refused(date, calendar):
    """Before the epoch of a calendar, or beyond its last year, there is no answer."""
    if calendar is JULIAN:
        assert date.to(calendar).year == -9999
        return
    with pytest.raises(DateError, match="outside the"):
        date.to(calendar)
