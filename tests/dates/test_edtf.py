"""EDTF in and out, with the edtf library as a second opinion."""

import random

import edtf as second_opinion
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from hodie.dates import Calendar, DateError, HistoricalDate, Interval, parse_edtf


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("1940-08-20", HistoricalDate(1940, 8, 20)),
        ("1940-08", HistoricalDate(1940, 8)),
        ("1940", HistoricalDate(1940)),
        ("0000", HistoricalDate(0)),
        ("-0043", HistoricalDate(-43)),
        ("-0043-03-15", HistoricalDate(-43, 3, 15)),
        ("-9999-12-31", HistoricalDate(-9999, 12, 31)),
        ("194X", HistoricalDate(1940, precision="decade")),
        ("000X", HistoricalDate(0, precision="decade")),
        ("-004X", HistoricalDate(-49, precision="decade")),
        ("-000X", HistoricalDate(-9, precision="decade")),
        ("19XX", HistoricalDate(1900, precision="century")),
        ("00XX", HistoricalDate(0, precision="century")),
        ("-01XX", HistoricalDate(-199, precision="century")),
        ("-00XX", HistoricalDate(-99, precision="century")),
        ("1940?", HistoricalDate(1940, uncertain=True)),
        ("1940~", HistoricalDate(1940, approximate=True)),
        ("1940%", HistoricalDate(1940, approximate=True, uncertain=True)),
        ("1940-08~", HistoricalDate(1940, 8, approximate=True)),
        ("1940-08-20?", HistoricalDate(1940, 8, 20, uncertain=True)),
        ("194X~", HistoricalDate(1940, precision="decade", approximate=True)),
        ("1940-21", HistoricalDate(1940, 21)),
        ("1940-24?", HistoricalDate(1940, 24, uncertain=True)),
        ("Y17000", HistoricalDate(17000)),
        ("Y-13798000000", HistoricalDate(-13_798_000_000)),
    ],
)
def test_a_date_is_read_and_written(text, date):
    """The same text comes out."""
    assert HistoricalDate.parse(text) == date
    assert date.edtf == str(date) == text


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("1940-XX", "1940"),
        ("1940-XX-XX", "1940"),
        ("1940-08-XX", "1940-08"),
        ("-0043-XX~", "-0043~"),
        ("1940-08-XX%", "1940-08%"),
    ],
)
def test_unspecified_parts_are_left_out(text, plain):
    """A month that is not given is the same as none."""
    assert HistoricalDate.parse(text).edtf == plain


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "not an EDTF date: ''"),
        ("1940-8-20", "not an EDTF date"),
        ("20 August 1940", "not an EDTF date"),
        ("194", "not an EDTF date"),
        ("940", "not an EDTF date"),
        ("1940-08-20 ", "not an EDTF date"),
        ("1940-08-20\n", "not an EDTF date"),
        ("+1940-08-20", "not an EDTF date"),
        ("١٩٤٠-08-20", "not an EDTF date"),
        ("1940-٠٨-20", "not an EDTF date"),
        ("1_40-08-20", "not an EDTF date"),
        (" 194-08-20", "not an EDTF date"),
        ("194x", "not an EDTF date"),
        ("1XXX", "not an EDTF date"),
        ("XXXX", "not an EDTF date"),
        ("XXXX-12-25", "not an EDTF date"),
        ("1940-X8", "not an EDTF date"),
        ("-0000", "1 BC is 0000"),
        ("-0000-01-01", "1 BC is 0000"),
        ("Y1940", "not an EDTF date"),
        ("Y01940", "leave it out"),
        ("1940-XX-20", "level 2"),
        ("?1940", "level 2"),
        ("1940?-08", "level 2"),
        ("1940-13", "no month 13"),
        ("1940-00", "no month 0"),
        ("1940-25", "no month 25"),
        ("1940-02-30", "no day 30"),
        ("1940-00-10", "no month 0"),
        ("1940-08-00", "no day 0"),
        ("1940-08-20T06:00:00Z", "a time of day"),
        ("1914/1918", "is an interval"),
    ],
)
def test_what_is_not_a_date_is_refused_with_the_way_out(text, reason):
    """Every refusal says why."""
    with pytest.raises(DateError, match=reason):
        HistoricalDate.parse(text)


def test_the_calendar_comes_beside_the_text():
    """EDTF has no word for it."""
    assert HistoricalDate.parse("1900-02-29", "julian").calendar is Calendar.JULIAN
    assert HistoricalDate.parse("5784-13-01", Calendar.HEBREW).month == 13


def test_the_calendar_decides_what_exists():
    """The Gregorian 1900 had no 29 February."""
    with pytest.raises(DateError, match="no day 29"):
        HistoricalDate.parse("1900-02-29")


@pytest.mark.parametrize(
    ("text", "kind"), [("1940-08-20", HistoricalDate), ("1914/1918", Interval), ("/1918", Interval)]
)
def test_either_form_is_read_by_one_function(text, kind):
    """A slash makes an interval."""
    assert type(parse_edtf(text)) is kind


# Properties


SOLAR = st.sampled_from([Calendar.GREGORIAN, Calendar.JULIAN])
YEARS = st.integers(-9999, 9999)
FLAGS = {"approximate": st.booleans(), "uncertain": st.booleans()}


def _day(jdn: int, calendar: Calendar, approximate: bool, uncertain: bool) -> HistoricalDate:
    date = HistoricalDate.from_julian_day(jdn, calendar)
    return HistoricalDate(date.year, date.month, date.day, calendar, approximate, uncertain)


def _decade(number: int, **flags: bool) -> HistoricalDate:
    year = number * 10 if number >= 0 else number * 10 + 1
    return HistoricalDate(year, precision="decade", **flags)


DATES = st.one_of(
    st.builds(_day, st.integers(-1_900_000, 5_300_000), SOLAR, **FLAGS),
    st.builds(HistoricalDate, YEARS, st.integers(1, 12), calendar=SOLAR, **FLAGS),
    st.builds(HistoricalDate, YEARS, st.integers(21, 24), calendar=SOLAR, **FLAGS),
    st.builds(HistoricalDate, st.integers(-(10**15), 10**15), calendar=SOLAR, **FLAGS),
    st.builds(_decade, st.integers(-999, 999), **FLAGS),
)


@given(DATES)
def test_every_date_is_read_back_as_it_was_written(date):
    """Text and calendar together hold all of it."""
    assert HistoricalDate.parse(date.edtf, date.calendar) == date


@given(DATES)
@settings(max_examples=50)  # the library takes milliseconds for each
def test_the_text_of_every_date_is_edtf_to_another_library(date):
    """What is written here it reads, and writes back; but it doubts no season and no long year."""
    assume(date.calendar is Calendar.GREGORIAN)
    if date.approximate or date.uncertain:
        assume(date.precision != "season" and -9999 <= date.year <= 9999)

    assert str(second_opinion.parse_edtf(date.edtf)) == date.edtf


@given(st.text("0123456789-XY?~%/.T", max_size=12))
def test_no_text_gives_anything_but_a_date_or_a_date_error(text):
    """Whatever comes in."""
    try:
        read = parse_edtf(text)
    except DateError:
        return
    assert parse_edtf(read.edtf) == read


@pytest.mark.parametrize(
    "text",
    [
        *("1940", "-0043", "1940-08", "1940-02", "194X", "-004X", "19XX", "-01XX", "1940-XX"),
        *("1940-08-XX", "1940-21", "1940-22", "1940-23", "1940-08-20", "-0043-03-15"),
    ],
)
def test_spans_agree_with_the_edtf_library(text):
    """The first and the last day of each form, but for winter, which it ends with its year."""
    other = second_opinion.parse_edtf(text)
    date = HistoricalDate.parse(text)

    assert HistoricalDate(*other.lower_strict()[:3]).julian_day == date.earliest
    assert HistoricalDate(*other.upper_strict()[:3]).julian_day == date.latest


def _random_texts(count: int) -> list[str]:
    """Dates of the forms that the library reads soundly, a good part of which do not exist.

    Not 29 February: it has that in every year.
    """
    pick = random.Random(20081940)

    def plain() -> str:
        year = pick.choice(["1940", "1900", "2000", "0000", "-0043", "-0000", "40", "19400"])
        month, day = f"{pick.randrange(15):02}", pick.choice(["27", "28", "30", "31", "32"])
        tail = pick.choice(["", f"-{month}", f"-{month}-{day}", f"-02-{day}", "-8-20"])
        return year + tail + pick.choice(["", "", "?", "~", "%", "??"])

    def text() -> str:
        masked = pick.choice(["194X", "19XX", "-004X", "-01XX~", "19XX%", "XX4", "19X"])
        interval = f"{plain()}/{pick.choice(['1941-06~', '..', '', '1941'])}"
        return pick.choice([plain(), plain(), interval, masked])

    return [text() for _ in range(count)]


def test_what_is_edtf_is_agreed_with_the_edtf_library():
    """Of 600 texts, good and bad, both read the same ones, and write the same."""
    for text in set(_random_texts(600)):
        assert (text, _written_here(text)) == (text, _written_there(text))


def _written_here(text: str) -> str | None:
    try:
        return parse_edtf(text).edtf
    except DateError as error:
        return text if "ends before it begins" in str(error) else None


def _written_there(text: str) -> str | None:
    try:
        return str(second_opinion.parse_edtf(text))
    except second_opinion.EDTFParseException:
        return None
