"""Days as people type them."""

from __future__ import annotations

import datetime

import pytest

from hodie.cli.days import DayError, read_day

TODAY = datetime.date(2026, 12, 31)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("20 August", "08-20"),
        ("August 20", "08-20"),
        ("august 20th", "08-20"),
        ("20th of August", "08-20"),
        ("Thursday, 20 August", "08-20"),
        ("20 AUG", "08-20"),
        ("Sept 3", "09-03"),
        ("08-20", "08-20"),
        ("8-2", "08-02"),
        ("20.8.", "08-20"),
        ("20. 8.", "08-20"),
        ("8/20", "08-20"),
        ("20/8", "08-20"),
        ("29 February", "02-29"),
        ("today", "12-31"),
        ("Tomorrow", "01-01"),
        ("yesterday", "12-30"),
        (" 20  August ", "08-20"),
        ("２０ August", "08-20"),
    ],
)
def test_days_of_every_year(text, day):
    """A day without a year is a day of every year, however it is written."""
    assert str(read_day(text, TODAY)) == day


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("1940-08-20", "1940-08-20"),
        ("20 August 1940", "1940-08-20"),
        ("August 20, 1940", "1940-08-20"),
        ("1940 August 20", "1940-08-20"),
        ("20.8.1940", "1940-08-20"),
        ("15 March 44 BC", "-0043-03-15"),
        ("March 15, 44 BCE", "-0043-03-15"),
        ("-0043-03-15", "-0043-03-15"),
        ("29 February 2024", "2024-02-29"),
        ("3 August 8", "0008-08-03"),
    ],
)
def test_dates(text, date):
    """A day with a year is one date."""
    assert str(read_day(text, TODAY)) == date


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("de", "20. August", "08-20"),
        ("de", "3. März", "03-03"),
        ("de", "3. Maerz", None),
        ("fr", "20 août", "08-20"),
        ("fr", "1er fevrier", "02-01"),
        ("fr", "3/8", "08-03"),
        ("en", "3/8", "03-08"),
        ("es", "20 de agosto", "08-20"),
        ("ru", "20 августа", "08-20"),
        ("ar", "20 أغسطس", "08-20"),
        ("ja", "8月20日", "08-20"),
        ("zh", "8月20日", "08-20"),
        ("ko", "8월 20일", "08-20"),
        ("de", "20 August", "08-20"),
        ("pt-BR", "20 de ago.", "08-20"),
    ],
)
def test_languages(language, text, day):
    """Months may be written in the publication's language or in English."""
    if day is None:
        with pytest.raises(DayError):
            read_day(text, TODAY, language)
    else:
        assert str(read_day(text, TODAY, language)) == day


@pytest.mark.parametrize(
    ("text", "offers"),
    [
        ("30 February", "29 February and 1 March"),
        ("02-30", "29 February and 1 March"),
        ("31 April", "30 April and 1 May"),
        ("13-05", "13 May and 5 December and 5 January"),
        ("29 February 1900", "28 February 1900 and 1 March 1900"),
        ("0 August", "31 July and 1 August"),
    ],
)
def test_days_that_are_none_offer_the_nearest(text, offers):
    """A day that no calendar has is answered with those beside it."""
    with pytest.raises(DayError, match=f"the nearest days are {offers}$"):
        read_day(text, TODAY)


@pytest.mark.parametrize("text", ["", "August", "20", "the ides of March", "20 Augustus 5 6", "x"])
def test_what_is_no_day(text):
    """Words that name no day are answered with examples."""
    with pytest.raises(DayError, match="such as '20 August'"):
        read_day(text, TODAY)


def test_julian_dates_before_the_reform():
    """A date before 15 October 1582 is by the calendar of its time."""
    assert read_day("14 October 1066", TODAY).calendar == "julian"
    assert read_day("29 February 1500", TODAY).calendar == "julian"
