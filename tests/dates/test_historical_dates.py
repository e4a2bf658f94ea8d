"""A historical date: what exists, how precise it is, what it spans, and that it is a value."""

import copy
import pickle
from operator import attrgetter

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hodie.dates import Calendar, DateError, HistoricalDate, MonthDay, to_julian_day
from hodie.errors import HodieError

REPUBLICAN = "french-republican"


@pytest.mark.parametrize(
    ("date", "precision"),
    [
        (HistoricalDate(1940, 8, 20), "day"),
        (HistoricalDate(1940, 8), "month"),
        (HistoricalDate(1940, 21), "season"),
        (HistoricalDate(1940), "year"),
        (HistoricalDate(1690, precision="decade"), "decade"),
        (HistoricalDate(1900, precision="century"), "century"),
        (HistoricalDate(8, 2, 18, Calendar.REPUBLICAN), "day"),
        (HistoricalDate(5784, 1, calendar=Calendar.HEBREW), "month"),
    ],
)
def test_precision_follows_from_what_is_given(date, precision):
    """Only a decade and a century must be named."""
    assert date.precision == precision


@pytest.mark.parametrize("fields", [(1940,), (1940, 8), (1940, 8, 20), (1940, 8, 31)])
def test_precision_may_be_said_where_it_agrees(fields):
    """A copy of a date, all fields given, is the same date."""
    date = HistoricalDate(*fields)

    assert HistoricalDate(*fields, precision=date.precision) == date


@pytest.mark.parametrize(
    "fields",
    [
        (2023, 2, 29),
        (1900, 2, 29),
        (1900, 2, 29, Calendar.GREGORIAN),
        (1, 2, 29, Calendar.JULIAN),
        (1940, 4, 31),
        (1940, 13, 1),
        (1940, 0, 1),
        (1940, 8, 0),
        (1940, 8, 32),
        (1940, -1, 1),
        (1940, 8, -1),
        (1940, 25),
        (1940, 13),
        (1940, 21, 1),
        (1940, None, 20),
        (10000, 1, 1),
        (-10000, 1),
        (10**15 + 1,),
        (0, 1, 1, Calendar.HEBREW),
        (5784, 13, 1, Calendar.HEBREW, False, False, "month"),
        (5783, 13, 1, Calendar.HEBREW),
        (5784, 14, 1, Calendar.HEBREW),
        (5784, 21, None, Calendar.HEBREW),
        (0, 1, 1, Calendar.ISLAMIC),
        (1445, 12, 31, Calendar.ISLAMIC),
        (1444, 12, 30, Calendar.ISLAMIC),
        (0, 1, 1, Calendar.REPUBLICAN),
        (8, 13, 6, Calendar.REPUBLICAN),
        (101, 1, 1, Calendar.REPUBLICAN),
        (1940.0, 8),
        ("1940",),
        (True,),
    ],
)
def test_a_date_that_does_not_exist_is_refused(fields):
    """No month 13, no 30 February, no day without a month, no year 0 where there is none."""
    with pytest.raises(DateError):
        HistoricalDate(*fields)


@pytest.mark.parametrize(
    "fields",
    [
        (2024, 2, 29),
        (2000, 2, 29),
        (0, 2, 29),
        (1900, 2, 29, Calendar.JULIAN),
        (-4, 2, 29, Calendar.JULIAN),
        (9999, 12, 31),
        (-9999, 1, 1),
        (10**15,),
        (-13_798_000_000,),
        (5784, 13, 29, Calendar.HEBREW),
        (1445, 12, 30, Calendar.ISLAMIC),
        (3, 13, 6, Calendar.REPUBLICAN),
    ],
)
def test_a_date_that_exists_is_taken(fields):
    """Leap days by each calendar's own rule, and bare years as far as the universe goes back."""
    assert HistoricalDate(*fields).year == fields[0]


@pytest.mark.parametrize(
    ("year", "precision"),
    [(1945, "decade"), (1945, "century"), (-40, "decade"), (-100, "century"), (1940, "eon")],
)
def test_a_decade_begins_with_its_first_year(year, precision):
    """A span of years that starts in the middle is a slip."""
    with pytest.raises(DateError, match=r"first year|leave it out"):
        HistoricalDate(year, precision=precision)


@pytest.mark.parametrize(
    ("fields", "precision"),
    [((1940, 1, 1), "year"), ((1940, 1), "year"), ((1940,), "day"), ((1940, 8), "day")],
)
def test_a_precision_that_contradicts_the_fields_is_refused(fields, precision):
    """A placeholder (1 January, precise to the year) never becomes a day."""
    with pytest.raises(DateError, match="leave"):
        HistoricalDate(*fields, precision=precision)


def test_an_error_says_what_was_wrong():
    """The message has the value, the place and what there is."""
    with pytest.raises(DateError, match="no day 30 in gregorian 2023-02: it has 28"):
        HistoricalDate(2023, 2, 30)


def test_an_error_is_a_value_error_of_hodie():
    """Callers may catch either."""
    assert issubclass(DateError, HodieError)
    assert issubclass(DateError, ValueError)


def test_a_calendar_may_be_named_by_its_word():
    """A plain string becomes the calendar itself."""
    assert HistoricalDate(-43, 3, 15, calendar="julian").calendar is Calendar.JULIAN


def test_an_unknown_calendar_is_refused_with_those_known():
    """The message lists them."""
    with pytest.raises(DateError, match="no calendar 'mayan'; there are gregorian, julian"):
        HistoricalDate(1940, 8, 20, calendar="mayan")


# Values


SAMPLES = [
    HistoricalDate(1940, 8, 20),
    HistoricalDate(-43, 3, 15, calendar="julian"),
    HistoricalDate(1940, 8, approximate=True),
    HistoricalDate(1690, precision="decade", uncertain=True),
    HistoricalDate(-199, precision="century"),
    HistoricalDate(1940, 21),
    HistoricalDate(5784, 13, 1, calendar="hebrew"),
]


@pytest.mark.parametrize("field", ["year", "month", "day", "calendar", "precision"])
def test_a_date_cannot_be_changed(field):
    """It is frozen, field by field."""
    with pytest.raises(AttributeError):
        setattr(SAMPLES[0], field, 1)


@pytest.mark.parametrize("date", SAMPLES, ids=str)
def test_a_date_survives_being_copied(date):
    """Copies, deep copies and pickles are equal and hash alike."""
    copies = [copy.copy(date), copy.deepcopy(date), pickle.loads(pickle.dumps(date))]

    assert copies == [date] * 3
    assert len({date, *copies}) == 1


@pytest.mark.parametrize("date", SAMPLES, ids=str)
def test_a_date_survives_json(date):
    """Written and read by msgspec, precision and calendar included."""
    assert msgspec.json.decode(msgspec.json.encode(date), type=HistoricalDate) == date


def test_json_with_a_day_that_does_not_exist_is_refused():
    """Decoding checks as making does."""
    with pytest.raises(msgspec.ValidationError, match="no day 31"):
        msgspec.json.decode(b'{"year":1940,"month":6,"day":31}', type=HistoricalDate)


@pytest.mark.parametrize("date", SAMPLES, ids=str)
def test_the_repr_makes_the_date_again(date):
    """What a session shows can be pasted."""
    assert eval(repr(date)) == date


def test_dates_with_different_calendars_are_different():
    """Equality is by fields: the same day in two calendars is ordered alike, but not equal."""
    julian = HistoricalDate(1917, 10, 25, calendar="julian")

    assert julian != julian.to(Calendar.GREGORIAN)
    assert julian.span == julian.to(Calendar.GREGORIAN).span


# Spans and order


@pytest.mark.parametrize(
    ("date", "first", "last"),
    [
        (HistoricalDate(1940, 8, 20), (1940, 8, 20), (1940, 8, 20)),
        (HistoricalDate(1940, 2), (1940, 2, 1), (1940, 2, 29)),
        (HistoricalDate(1941, 2), (1941, 2, 1), (1941, 2, 28)),
        (HistoricalDate(1940), (1940, 1, 1), (1940, 12, 31)),
        (HistoricalDate(1690, precision="decade"), (1690, 1, 1), (1699, 12, 31)),
        (HistoricalDate(1900, precision="century"), (1900, 1, 1), (1999, 12, 31)),
        (HistoricalDate(-199, precision="century"), (-199, 1, 1), (-100, 12, 31)),
        (HistoricalDate(-49, precision="decade"), (-49, 1, 1), (-40, 12, 31)),
        (HistoricalDate(1940, 21), (1940, 3, 1), (1940, 5, 31)),
        (HistoricalDate(1940, 23), (1940, 9, 1), (1940, 11, 30)),
        (HistoricalDate(1939, 24), (1939, 12, 1), (1940, 2, 29)),
        (HistoricalDate(1940, approximate=True), (1940, 1, 1), (1940, 12, 31)),
    ],
    ids=str,
)
def test_a_date_spans_the_days_that_it_may_mean(date, first, last):
    """From the first day to the last one, both included."""
    assert date.span == (date.earliest, date.latest)
    assert HistoricalDate.from_julian_day(date.earliest) == HistoricalDate(*first)
    assert HistoricalDate.from_julian_day(date.latest) == HistoricalDate(*last)


def test_a_hebrew_year_spans_from_tishri_to_elul():
    """Its first month is the seventh, in the autumn before."""
    year = HistoricalDate(5784, calendar="hebrew")

    assert HistoricalDate.from_julian_day(year.earliest).edtf == "2023-09-16"
    assert HistoricalDate.from_julian_day(year.latest).edtf == "2024-10-02"


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (HistoricalDate(1940, 8, 20), HistoricalDate(1940, 8, 21)),
        (HistoricalDate(1940, 8, 31), HistoricalDate(1940, 9, 1)),
        (HistoricalDate(1940, 12, 31), HistoricalDate(1941, 1, 1)),
        (HistoricalDate(-43, 3, 15), HistoricalDate(14, 8, 19)),
        (HistoricalDate(-1, 12, 31), HistoricalDate(0, 1, 1)),
        (HistoricalDate(1940, 1, 1), HistoricalDate(1940)),
        (HistoricalDate(1940), HistoricalDate(1940, 1, 2)),
        (HistoricalDate(1940, 8), HistoricalDate(1940, 9)),
        (HistoricalDate(1940, 1), HistoricalDate(1940)),
        (HistoricalDate(1940), HistoricalDate(1940, precision="decade")),
        (HistoricalDate(1900), HistoricalDate(1900, precision="century")),
        (HistoricalDate(1917, 10, 25, calendar="julian"), HistoricalDate(1917, 11, 8)),
        (HistoricalDate(1917, 11, 6), HistoricalDate(1917, 10, 25, calendar="julian")),
        (HistoricalDate(1799, 11, 8), HistoricalDate(8, 2, 18, calendar=REPUBLICAN)),
        (HistoricalDate(8, 2, 17, calendar=REPUBLICAN), HistoricalDate(8, 2, 18, REPUBLICAN)),
        (HistoricalDate(5784, 7, 1, "hebrew"), HistoricalDate(5784, 1, 1, "hebrew")),
    ],
    ids=str,
)
def test_dates_are_ordered_by_what_they_may_mean(earlier, later):
    """By the earliest day, then by the latest, whatever the calendar."""
    assert earlier < later
    assert earlier <= later
    assert later > earlier
    assert later >= earlier
    assert not later < earlier
    assert not later <= earlier


def test_the_same_day_in_two_calendars_is_neither_before_nor_after():
    """Its spans are equal."""
    julian = HistoricalDate(1917, 10, 25, calendar="julian")
    gregorian = julian.to(Calendar.GREGORIAN)

    assert not julian < gregorian
    assert julian <= gregorian
    assert julian >= gregorian


def test_a_date_has_no_order_with_anything_else():
    """A string, which looks like one, is not one."""
    for compare in ("__lt__", "__le__", "__gt__", "__ge__"):
        assert getattr(SAMPLES[0], compare)("1940-08-20") is NotImplemented


DAYS = st.builds(
    lambda jdn, calendar: HistoricalDate.from_julian_day(jdn, calendar),
    st.integers(0, 5_000_000),
    st.sampled_from([Calendar.GREGORIAN, Calendar.JULIAN]),
)


@given(DAYS, DAYS)
def test_order_agrees_with_the_julian_day(one, other):
    """Two days in either calendar are ordered as their Julian day numbers are."""
    assert (one < other) == (one.julian_day < other.julian_day)
    assert (one <= other) == (one.julian_day <= other.julian_day)
    assert (one > other) == (one.julian_day > other.julian_day)
    assert (one >= other) == (one.julian_day >= other.julian_day)


@given(st.lists(DAYS))
def test_sorting_is_sorting_by_span(dates):
    """The fast key gives the same order."""
    assert sorted(dates) == sorted(dates, key=attrgetter("span"))


# Parts


def test_a_date_without_a_day_has_no_julian_day():
    """The way out is in the message."""
    with pytest.raises(DateError, match="use earliest or latest"):
        _ = HistoricalDate(1940, 8).julian_day


def test_to_julian_day_is_the_property():
    """The moon landing."""
    assert to_julian_day(HistoricalDate(1969, 7, 20)) == 2440423


@pytest.mark.parametrize(
    ("date", "weekday"),
    [
        (HistoricalDate(1940, 8, 20), 2),
        (HistoricalDate(1969, 7, 20), 7),
        (HistoricalDate(1582, 10, 4, calendar="julian"), 4),
        (HistoricalDate(1582, 10, 15), 5),
        (HistoricalDate(622, 7, 16, calendar="julian"), 5),
        (HistoricalDate(8, 2, 18, calendar=REPUBLICAN), 6),
    ],
    ids=str,
)
def test_the_weekday_counts_as_iso_does(date, weekday):
    """Monday is 1; the Gregorian reform left the week alone: Friday came after Thursday."""
    assert date.weekday == weekday


@pytest.mark.parametrize(
    ("date", "month_day"),
    [
        (HistoricalDate(1940, 8, 20), MonthDay(8, 20)),
        (HistoricalDate(-43, 3, 15, calendar="julian"), MonthDay(3, 15)),
        (HistoricalDate(1940, 8), None),
        (HistoricalDate(8, 2, 18, calendar=REPUBLICAN), None),
    ],
    ids=str,
)
def test_the_month_day_is_the_written_one(date, month_day):
    """Never converted; none where the months are others."""
    assert date.month_day == month_day


def test_conversion_keeps_what_is_not_sure():
    """The day moves, the doubts stay."""
    date = HistoricalDate(1500, 3, 1, "julian", approximate=True, uncertain=True)

    assert date.to("gregorian") == HistoricalDate(
        1500, 3, 11, Calendar.GREGORIAN, approximate=True, uncertain=True
    )


def test_conversion_to_the_same_calendar_is_the_date_itself():
    """Even without a day."""
    month = HistoricalDate(1940, 8)

    assert month.to("gregorian") is month


def test_a_month_has_no_conversion():
    """A Julian month is not a Gregorian one."""
    with pytest.raises(DateError, match="no day"):
        HistoricalDate(1940, 8).to("julian")
