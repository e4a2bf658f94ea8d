"""Intervals: closed, open and unknown."""

import copy
import pickle

import edtf as second_opinion
import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hodie.dates import Calendar, DateError, HistoricalDate, Interval

WAR = Interval(HistoricalDate(1914, 7, 28), HistoricalDate(1918, 11, 11))


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        ("1914/1918", Interval(HistoricalDate(1914), HistoricalDate(1918))),
        ("1914-07-28/1918-11-11", WAR),
        ("1940-05/1940-06", Interval(HistoricalDate(1940, 5), HistoricalDate(1940, 6))),
        ("1914/..", Interval(HistoricalDate(1914), None)),
        ("../1918", Interval(None, HistoricalDate(1918))),
        ("1914/", Interval(HistoricalDate(1914), None, end_unknown=True)),
        ("/1918", Interval(None, HistoricalDate(1918), start_unknown=True)),
        ("-0057/-0049", Interval(HistoricalDate(-57), HistoricalDate(-49))),
        (
            "1914~/1918?",
            Interval(HistoricalDate(1914, approximate=True), HistoricalDate(1918, uncertain=True)),
        ),
        (
            "169X/17XX",
            Interval(
                HistoricalDate(1690, precision="decade"), HistoricalDate(1700, precision="century")
            ),
        ),
    ],
)
def test_an_interval_is_read_and_written(text, interval):
    """The same text comes out, and another library reads it too."""
    assert Interval.parse(text) == interval
    assert interval.edtf == str(interval) == text
    assert str(second_opinion.parse_edtf(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        *("/", "../..", "..", "../", "1914", "1914/1916/1918", "1918/1914", "1914/1913-12-31"),
        *("1914/August", "1914//", "", "1940-13/1941"),
    ],
)
def test_what_is_not_an_interval_is_refused(text):
    """Without a date, with three sides, or with its end before its beginning."""
    with pytest.raises(DateError):
        Interval.parse(text)


def test_a_side_is_not_both_dated_and_unknown():
    """One excludes the other."""
    with pytest.raises(DateError, match="cannot be unknown"):
        Interval(HistoricalDate(1914), HistoricalDate(1918), end_unknown=True)


def test_the_calendar_is_that_of_both_sides():
    """As for a date."""
    interval = Interval.parse("1900-02-29/1900-03-01", "julian")

    assert interval.start is not None
    assert interval.start.calendar is Calendar.JULIAN


def test_sides_may_have_different_calendars():
    """The Battle of the Ice to a day of ours; order is by the days, not by the figures."""
    start, end = HistoricalDate(1917, 10, 25, calendar="julian"), HistoricalDate(1917, 11, 8)

    assert Interval(start, end).contains(HistoricalDate(1917, 11, 7))
    assert not Interval(start, end).contains(HistoricalDate(1917, 10, 25))


@pytest.mark.parametrize(
    ("interval", "date", "inside"),
    [
        ("1914/1918", "1914-01-01", True),
        ("1914/1918", "1918-12-31", True),
        ("1914/1918", "1916", True),
        ("1914/1918", "1919-01-01", False),
        ("1914/1918", "1913-12-31", False),
        ("1914/1918", "191X", False),
        ("1914/..", "9999-12-31", True),
        ("1914/..", "1913", False),
        ("../1918", "-9999-01-01", True),
        ("../1918", "1919", False),
        ("1914/", "1990", True),
        ("/1918", "1800", True),
        ("1940-05/1940-06", "1940-06-30", True),
        ("1940-05/1940-06", "1940", False),
    ],
)
def test_an_interval_contains_what_lies_wholly_within(interval, date, inside):
    """A side that is open or unknown sets no limit."""
    assert Interval.parse(interval).contains(HistoricalDate.parse(date)) is inside


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [
        ("1914/1918", "1918/1920", True),
        ("1914/1918", "1919/1920", False),
        ("1914/1918", "1900/1914", True),
        ("1914/1918", "1915/1916", True),
        ("1914/..", "../1914", True),
        ("1914/..", "../1913", False),
        ("1914/..", "1920/..", True),
        ("../1914", "../1800", True),
        ("1914/", "1800/1900", False),
        ("/1914", "1914-12-31/..", True),
        ("/1914", "1915/..", False),
    ],
)
def test_intervals_overlap_where_a_day_may_be_in_both(one, other, overlap):
    """Either way round."""
    assert Interval.parse(one).overlaps(Interval.parse(other)) is overlap
    assert Interval.parse(other).overlaps(Interval.parse(one)) is overlap


def test_its_limits_are_those_of_its_sides():
    """None where it has none."""
    assert (WAR.earliest, WAR.latest) == (2420342, 2421909)
    assert Interval.parse("1914/..").latest is None
    assert Interval.parse("../1918").earliest is None


def test_an_interval_cannot_be_changed():
    """It is frozen."""
    with pytest.raises(AttributeError):
        WAR.start = None  # type: ignore[misc]


@pytest.mark.parametrize("text", ["1914/1918", "1914/..", "/1918", "1914~/1918?"])
def test_an_interval_survives_copies_and_json(text):
    """As an equal value with the same hash."""
    interval = Interval.parse(text)
    copies = [
        copy.deepcopy(interval),
        pickle.loads(pickle.dumps(interval)),
        msgspec.json.decode(msgspec.json.encode(interval), type=Interval),
    ]

    assert copies == [interval] * 3
    assert len({interval, *copies}) == 1


DAYS = st.integers(0, 3_000_000)


@given(DAYS, DAYS, DAYS)
def test_a_day_is_inside_as_its_number_is(one, other, day):
    """Between the numbers of the sides, both included."""
    start, end = sorted((one, other))
    interval = Interval(HistoricalDate.from_julian_day(start), HistoricalDate.from_julian_day(end))

    assert interval.contains(HistoricalDate.from_julian_day(day)) is (start <= day <= end)
    assert Interval.parse(interval.edtf) == interval
