"""How a value was found, and what follows from it."""

from pathlib import Path

import pytest

from hodie.timex import Timex, between, date_of, tag

SEED = Path(__file__).parents[3] / "shared" / "seeds" / "trotsky-assassinated.txt"


@pytest.fixture(scope="module")
def model_page() -> list[Timex]:
    if not SEED.exists():
        pytest.skip("../shared/seeds is absent")
    return tag(SEED.read_text(encoding="utf-8"))


def test_the_model_page_is_told_from_its_dateline(model_page):
    """The page's own dateline is the day of writing, and its dates follow from it."""
    assert [(t.text, t.value) for t in model_page] == [
        ("August 20, 1940", "1940-08-20"),
        ("Today in 1940", "1940-08-20"),
        ("the following day", "1940-08-21"),
        ("1922", "1922"),
        ("1924", "1924"),
        ("1927", "1927"),
        ("The following year", "1928"),
        ("a year of exile", "P1Y"),
        ("20 years", "P20Y"),
    ]


def test_a_length_after_after_gives_the_date_of_its_end(model_page):
    """After a year of exile, told of 1928, is 1929; it is marked as derived."""
    exile = next(t for t in model_page if t.text == "a year of exile")

    assert (exile.value, exile.derived, exile.derived_date.edtf) == ("P1Y", "1929", "1929")


def test_a_relative_date_says_what_it_was_reckoned_from():
    """A person can follow the reckoning back to the words of the text."""
    text = "In 1927 he fell. The following year he left."
    first, second = tag(text)

    assert second.how == "P1Y after 1927 ('1927')"
    assert second.anchor == (first.start, first.end)
    assert first.how == "explicit"


def test_a_filled_in_year_says_so():
    """A year that the text does not give is named as such."""
    assert tag("In May 1940 it fell. In June it rose.")[-1].how == (
        "the year 1940 from the flow of the story"
    )


def test_today_is_the_dateline_s_day_in_the_year_that_is_told():
    """Today in 1940, written on any 20 August, is that day of 1940."""
    [timex] = tag("Today in 1940, he was killed.", reference="2026-08-20")

    assert timex.value == "1940-08-20"


@pytest.mark.parametrize(
    "line", ["August 20, 1940", "20 August 1940.", "Tuesday, 20 August 1940 |"]
)
def test_a_date_alone_on_a_line_is_the_dateline(line):
    """No reference need be given where the text has a dateline."""
    assert tag(f"Killed\n\n{line}\n\nHe died the following day.")[-1].value == "1940-08-21"


@pytest.mark.parametrize(
    ("value", "edtf"),
    [
        ("1940-08-20", "1940-08-20"),
        ("1940-08", "1940-08"),
        ("1940", "1940"),
        ("192", "192X"),
        ("19", "19XX"),
        ("BC0044-03-15", "-0043-03-15"),
        ("BC0490", "-0489"),
        ("BC047", "-0478/-0469"),
        ("BC03", "-0398/-0299"),
        ("1943-SU", "1943-22"),
        ("1920-WI", "1919-12/1921-02"),
        ("2008-H2", "2008-07/2008-12"),
        ("1998-Q1", "1998-01/1998-03"),
        ("1998-W10", "1998-03-02/1998-03-08"),
        ("1998-W10-WE", "1998-03-07/1998-03-08"),
        ("1918-11-11T11:00", "1918-11-11"),
        ("1938-11-09TNI", "1938-11-09"),
        ("1943-07-XX", "1943-07"),
        ("1915-XX-XX", "1915"),
    ],
)
def test_values_lead_to_dates(value, edtf):
    """Every dated value has its date or interval."""
    assert date_of(value).edtf == edtf


@pytest.mark.parametrize(
    "value",
    [
        "",
        "P20Y",
        "PXD",
        "PT24H",
        "XXXX-08-20",
        "PAST_REF",
        "XXXX-WXX-1",
        "1900-02-30",
        "2021-W60",
        "0000-13",
    ],
)
def test_values_without_a_date_have_none(value):
    """Durations, references and impossible days lead nowhere, quietly."""
    assert date_of(value) is None


def test_days_before_the_reform_are_julian():
    """A day before 15 October 1582 is taken as its historian wrote it."""
    assert tag("on 12 October 1492 he landed")[0].date.calendar == "julian"
    assert tag("on 15 October 1582 it began")[0].date.calendar == "gregorian"


def test_circa_makes_a_date_approximate():
    """What is about a year is marked so."""
    assert tag("born c. 1500 in")[0].date.edtf == "1500~"


def test_a_range_becomes_an_interval():
    """The dates of both ends make one interval."""
    first, last = tag("the war of 1914-18 was")

    assert between(first.date, last.date).edtf == "1914/1918"


def test_the_weekday_is_kept_as_written():
    """20 August 1940 was a Tuesday; the text says Friday, and that is for a fact check to see."""
    [timex] = tag("on Friday, 20 August 1940 he")

    assert (timex.value, timex.weekday, timex.date.weekday) == ("1940-08-20", 5, 2)


@pytest.mark.parametrize(
    ("before", "words", "value"),
    [
        ("On", "25 October (7 November) 1917", "1917-11-07"),
        ("On", "9 (22) January 1905", "1905-01-22"),
        ("Born", "26 October (7 November N.S.) 1879", "1879-11-07"),
        ("Born", "22 April [O.S. 10 April] 1870", "1870-04-22"),
        ("On", "7 November 1917 (25 October Old Style)", "1917-11-07"),
        ("On", "27 December 1905 (9 January 1906)", "1906-01-09"),
    ],
)
def test_a_day_told_in_both_calendars_is_one_day(before, words, value):
    """An Old Style and a New Style date of one day are one expression, with the New Style value."""
    [timex] = tag(f"{before} {words} it was cold.")

    assert (timex.text, timex.value, timex.calendar) == (words, value, "gregorian")


def test_days_that_do_not_lie_twelve_apart_are_two():
    """Brackets alone do not make two dates one."""
    assert len(tag("From 3 May (4 May) 1808 it burned.")) == 3


def test_a_bare_day_said_to_be_of_another_calendar_is_of_that_calendar():
    """What Russia called 26 October is no day of the year that the story tells last."""
    text = (
        "In 1940 he fell. Born on 7 November 1879 (26 October by the calendar of Russia), he won."
    )
    bare = tag(text)[-1]

    assert (bare.value, bare.calendar) == ("1879-10-26", "julian")
    assert bare.date.julian_day == tag(text)[1].date.julian_day
