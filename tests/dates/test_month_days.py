"""Days of any year."""

import copy
import datetime
import pickle

import msgspec
import pytest

from hodie.dates import DateError, HistoricalDate, MonthDay


def test_there_are_366_in_order():
    """29 February among them."""
    days = MonthDay.all()

    assert len(set(days)) == len(days) == 366
    assert list(days) == sorted(days)
    assert MonthDay(2, 29) in days


def test_the_ordinal_is_the_place_in_a_leap_year():
    """As the standard library counts the days of 2024."""
    for place, day in enumerate(MonthDay.all(), start=1):
        assert day.ordinal == place
        assert datetime.date(2024, day.month, day.day).timetuple().tm_yday == place


def test_the_days_are_a_ring():
    """Each is the next of its previous; the year's end joins its beginning."""
    for day in MonthDay.all():
        assert day.next().previous() == day == day.previous().next()
    assert MonthDay(12, 31).next() == MonthDay(1, 1)
    assert MonthDay(1, 1).previous() == MonthDay(12, 31)
    assert MonthDay(2, 28).next() == MonthDay(2, 29)
    assert MonthDay(3, 1).previous() == MonthDay(2, 29)


@pytest.mark.parametrize("day", MonthDay.all()[::37], ids=str)
def test_a_day_is_written_and_read(day):
    """MM-DD, as in addresses."""
    assert MonthDay.parse(str(day)) == day


@pytest.mark.parametrize(
    "text",
    [
        *("", "8-20", "08-2", "0820", "08/20", "13-01", "00-10", "02-30", "04-31", "08-20 "),
        *("08-00", "-8-20", "٠٨-20", "ab-cd", "2024-08-20", "+8-20", "08-²0"),
    ],
)
def test_what_is_not_a_day_is_refused(text):
    """With the text and the right form, or what the month has."""
    with pytest.raises(DateError):
        MonthDay.parse(text)


@pytest.mark.parametrize(("month", "day"), [(0, 1), (13, 1), (2, 30), (4, 31), (1, 0), (1, -1)])
def test_a_day_that_no_year_has_is_refused(month, day):
    """Made by hand, too."""
    with pytest.raises(DateError):
        MonthDay(month, day)


@pytest.mark.parametrize(
    ("year", "date"),
    [
        (2024, HistoricalDate(2024, 2, 29)),
        (2023, None),
        (1900, None),
        (2000, HistoricalDate(2000, 2, 29)),
        (0, HistoricalDate(0, 2, 29)),
    ],
)
def test_29_february_is_in_leap_years_only(year, date):
    """None says that the year has no such day."""
    assert MonthDay(2, 29).in_year(year) == date


def test_other_days_are_in_every_year():
    """As Gregorian dates."""
    assert MonthDay(8, 20).in_year(1940) == HistoricalDate(1940, 8, 20)


def test_a_day_is_taken_from_a_date_of_the_standard_library():
    """That is what a clock gives."""
    assert MonthDay.of(datetime.date(1940, 8, 20)) == MonthDay(8, 20)


def test_a_day_is_a_value():
    """Frozen, ordered, hashable, copied, pickled, and JSON."""
    day = MonthDay(8, 20)
    copies = [
        copy.copy(day),
        pickle.loads(pickle.dumps(day)),
        msgspec.json.decode(msgspec.json.encode(day), type=MonthDay),
    ]

    assert {day, *copies} == {day}
    assert MonthDay(8, 19) < day < MonthDay(9, 1)
    assert repr(day) == "MonthDay(8, 20)"
    with pytest.raises(AttributeError):
        day.day = 21  # type: ignore[misc]


def test_json_of_a_day_that_no_year_has_is_refused():
    """Decoding checks as making does."""
    with pytest.raises(msgspec.ValidationError, match="no day 30"):
        msgspec.json.decode(b'{"month":2,"day":30}', type=MonthDay)
