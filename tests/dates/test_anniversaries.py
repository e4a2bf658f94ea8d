"""Years between, round numbers, and how they are said."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hodie.dates import (
    DateError,
    HistoricalDate,
    anniversary,
    anniversary_ordinal,
    anniversary_words,
    civil_day,
    is_round,
)


@pytest.mark.parametrize(
    ("date", "year", "years"),
    [
        (HistoricalDate(1940, 8, 20), 2020, 80),
        (HistoricalDate(1940, 8, 20), 1940, 0),
        (HistoricalDate(1940, 8, 20), 1939, -1),
        (HistoricalDate(-43, 3, 15, calendar="julian"), 2026, 2069),
        (HistoricalDate(-43, 3, 15, calendar="julian"), 1957, 2000),
        (HistoricalDate(0), 1, 1),
        (HistoricalDate(0), 2000, 2000),
        (HistoricalDate(-1), 0, 1),
        (HistoricalDate(14, 8, 19, calendar="julian"), 2014, 2000),
        (HistoricalDate(1940, 8), 2020, 80),
        (HistoricalDate(8, 2, 18, calendar="french-republican"), 1999, 200),
        (HistoricalDate(5708, 2, 5, calendar="hebrew"), 2023, 75),
    ],
)
def test_years_are_counted_without_a_year_missing(date, year, years):
    """There is a year 0 in the count: 15 March 44 BC is 2069 years before 2026."""
    assert anniversary(date, year) == years


def test_the_remembered_date_counts_where_styles_differ_by_a_year():
    """28 December 1917, Old Style, is remembered on 10 January 1918."""
    date = HistoricalDate(1917, 12, 28, calendar="julian")
    civil = civil_day(date, julian_until=HistoricalDate(1918, 1, 31, calendar="julian"))

    assert civil is not None
    assert anniversary(civil.date, 2018) == 100


@pytest.mark.parametrize("precision", ["decade", "century"])
def test_a_span_of_years_has_no_anniversary(precision):
    """Which of its years would it be?"""
    with pytest.raises(DateError, match="has no anniversary"):
        anniversary(HistoricalDate(1900, precision=precision), 2000)


@pytest.mark.parametrize("years", [10, 20, 25, 50, 75, 90, 100, 125, 150, 250, 1000, 2050])
def test_a_round_number_is_celebrated(years):
    """Tens and quarters of a century; from a century on only the latter."""
    assert is_round(years)


@pytest.mark.parametrize("years", [-100, -25, -10, 0, 1, 5, 15, 99, 110, 120, 130, 2069])
def test_another_number_is_not(years):
    """Neither is the year itself, nor what is still to come."""
    assert not is_round(years)


@pytest.mark.parametrize(
    ("years", "language", "words"),
    [
        (80, "en", "80 years ago"),
        (1, "en", "1 year ago"),
        (0, "en", "this year"),
        (-1, "en", "next year"),
        (-5, "en", "in 5 years"),
        (2069, "en", "2069 years ago"),
        (80, "de", "vor 80 Jahren"),
        (0, "de", "dieses Jahr"),
        (80, "fr", "il y a 80 ans"),
        (80, "es", "hace 80 años"),
        (81, "ru", "81 год назад"),
        (82, "ru", "82 года назад"),
        (80, "ru", "80 лет назад"),
        (80, "ar-EG", "قبل ٨٠ سنة"),
        (2, "ar", "قبل سنتين"),
        (80, "zh", "80年前"),
        (0, "zh", "今年"),
        (-1, "ja", "来年"),
        (80, "it", "80 anni fa"),
        (0, "it", "0 anni"),
        (-1, "it", "tra 1 anno"),
    ],
)
def test_how_long_ago_is_said(years, language, words):
    """By Babel's plurals; this year and next year by our own words."""
    assert anniversary_words(years, language) == words


@pytest.mark.parametrize(
    ("years", "language", "words"),
    [
        (250, "en", "the 250th anniversary"),
        (1, "en", "the 1st anniversary"),
        (22, "en", "the 22nd anniversary"),
        (113, "en", "the 113th anniversary"),
        (250, "de", "der 250. Jahrestag"),
        (250, "fr", "le 250e anniversaire"),
        (1, "fr", "le 1er anniversaire"),
        (250, "es", "el 250.º aniversario"),
        (21, "es", "el 21.er aniversario"),
        (11, "es", "el 11.º aniversario"),
        (250, "ru", "250-я годовщина"),
        (10, "ar", "الذكرى السنوية العاشرة"),
        (250, "ar-EG", "الذكرى السنوية الـ٢٥٠"),
        (250, "zh", "250周年"),
        (250, "zh-TW", "250週年"),
        (250, "ja", "250周年"),
        (250, "it", "250 anni"),
        (250, "pt", "250 anos"),
    ],
)
def test_an_anniversary_is_named(years, language, words):
    """With the language's ordinal, or without one where it is not known here."""
    assert anniversary_ordinal(years, language) == words


@pytest.mark.parametrize("years", [0, -1])
def test_there_is_no_anniversary_before_the_first(years):
    """The 0th is not one."""
    with pytest.raises(DateError, match="no anniversary"):
        anniversary_ordinal(years)


def test_years_beyond_counting_are_refused():
    """The time span behind the words has an end."""
    with pytest.raises(DateError, match="too many"):
        anniversary_words(13_798_000_000)


@given(st.integers(-9999, 9999), st.integers(-9999, 9999))
def test_the_anniversary_of_a_year_leads_back_to_it(year, other):
    """Counting is subtraction, on both sides of the year 0."""
    assert year + anniversary(HistoricalDate(year), other) == other
