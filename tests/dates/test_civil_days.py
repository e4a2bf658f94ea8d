"""The rule of civil practice, and what common years do with 29 February."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hodie.dates import (
    Calendar,
    CivilDay,
    HistoricalDate,
    MonthDay,
    civil_day,
    days_shown,
    worded_both,
)

RUSSIA = HistoricalDate(1918, 1, 31, calendar="julian")
BRITAIN = HistoricalDate(1752, 9, 2, calendar="julian")


def _julian(year, month, day):
    return HistoricalDate(year, month, day, Calendar.JULIAN)


@pytest.mark.parametrize(
    ("date", "day"),
    [
        (_julian(-43, 3, 15), "03-15"),
        (_julian(1066, 10, 14), "10-14"),
        (_julian(1500, 2, 29), "02-29"),
        (_julian(1582, 10, 4), "10-04"),
        (HistoricalDate(1582, 10, 15), "10-15"),
        (HistoricalDate(1940, 8, 20), "08-20"),
    ],
    ids=repr,
)
def test_a_date_of_the_calendar_of_its_time_keeps_its_day(date, day):
    """Julian before 15 October 1582, Gregorian from then on."""
    assert civil_day(date) == CivilDay(MonthDay.parse(day), date)


@pytest.mark.parametrize(
    ("date", "until", "new"),
    [
        (_julian(1917, 10, 25), RUSSIA, HistoricalDate(1917, 11, 7)),
        (_julian(1917, 12, 28), RUSSIA, HistoricalDate(1918, 1, 10)),
        (_julian(1918, 1, 31), RUSSIA, HistoricalDate(1918, 2, 13)),
        (_julian(1732, 2, 11), BRITAIN, HistoricalDate(1732, 2, 22)),
        (_julian(1752, 9, 2), BRITAIN, HistoricalDate(1752, 9, 13)),
        (_julian(1582, 10, 5), RUSSIA, HistoricalDate(1582, 10, 15)),
    ],
    ids=repr,
)
def test_a_late_julian_date_moves_where_its_country_kept_the_calendar(date, until, new):
    """And keeps its Old Style beside it."""
    civil = civil_day(date, julian_until=until)

    assert civil == CivilDay(MonthDay(new.month, new.day), new, old_style=date)


@pytest.mark.parametrize(
    ("date", "until"),
    [
        (_julian(1861, 4, 12), None),
        (_julian(1861, 4, 12), BRITAIN),
        (_julian(1752, 9, 3), BRITAIN),
        (_julian(1918, 2, 1), RUSSIA),
        (_julian(1582, 10, 5), None),
        (_julian(1900, 2, 29), None),
    ],
    ids=repr,
)
def test_a_late_julian_date_elsewhere_stays_as_written_and_is_doubtful(date, until):
    """The flag contradicts its time and place, so nothing is moved by it."""
    civil = civil_day(date, julian_until=until)

    assert civil == CivilDay(MonthDay(date.month, date.day), date, doubtful=True)


@pytest.mark.parametrize(
    "date",
    [HistoricalDate(-43, 3, 15), HistoricalDate(1066, 10, 14), HistoricalDate(1582, 10, 14)],
    ids=repr,
)
def test_a_gregorian_date_before_the_calendar_is_never_moved_but_doubtful(date):
    """Such flags are mostly wrong: the day in the source is the Julian one already."""
    assert civil_day(date) == CivilDay(MonthDay(date.month, date.day), date, doubtful=True)
    assert civil_day(date, julian_until=RUSSIA) == civil_day(date)


def test_a_gregorian_date_that_is_trusted_is_converted_by_the_caller():
    """Who knows better says so, and the doubt is gone."""
    trusted = HistoricalDate(-43, 3, 13).to("julian")

    assert civil_day(trusted) == CivilDay(MonthDay(3, 15), _julian(-43, 3, 15))


def test_a_gregorian_date_under_the_old_calendar_has_an_old_style_too():
    """The October Revolution, as most sources date it."""
    date = HistoricalDate(1917, 11, 7)

    assert civil_day(date, julian_until=RUSSIA) == CivilDay(
        MonthDay(11, 7), date, old_style=_julian(1917, 10, 25)
    )


def test_the_year_of_adoption_will_do_as_the_limit():
    """Its last day counts."""
    civil = civil_day(_julian(1917, 10, 25), julian_until=HistoricalDate(1918))

    assert civil is not None
    assert not civil.doubtful


@pytest.mark.parametrize(
    "date",
    [HistoricalDate(1940, 8), HistoricalDate(1940), HistoricalDate(1940, precision="decade")],
    ids=str,
)
def test_a_date_without_a_day_has_none_in_the_year(date):
    """It belongs on a timeline, not on a day."""
    assert civil_day(date) is None


@pytest.mark.parametrize(
    ("date", "celebrated"),
    [
        (HistoricalDate(8, 2, 18, "french-republican"), HistoricalDate(1799, 11, 9)),
        (HistoricalDate(5708, 2, 5, "hebrew"), HistoricalDate(1948, 5, 14)),
        (HistoricalDate(1, 1, 1, "islamic"), _julian(622, 7, 16)),
    ],
    ids=repr,
)
def test_a_date_of_another_calendar_moves_to_the_civil_one_of_its_time(date, celebrated):
    """There is no other way to give it a day."""
    assert civil_day(date) == CivilDay(celebrated.month_day, celebrated)


@given(st.integers(-1_000_000, 2_500_000), st.sampled_from([Calendar.GREGORIAN, Calendar.JULIAN]))
def test_the_day_is_always_that_of_the_date_shown(jdn, calendar):
    """And only where a country kept the Julian calendar is it another than the one written."""
    date = HistoricalDate.from_julian_day(jdn, calendar)
    plain, russian = civil_day(date), civil_day(date, julian_until=RUSSIA)

    assert plain.date == date
    assert plain.day == date.month_day
    assert russian.day == russian.date.month_day
    assert russian.date.julian_day == jdn


@pytest.mark.parametrize(
    ("civil", "language", "words"),
    [
        (civil_day(_julian(1917, 10, 25), julian_until=RUSSIA), "en",
         "7 November 1917 (25 October, Old Style)"),
        (civil_day(_julian(1917, 10, 25), julian_until=RUSSIA), "en-US",
         "November 7, 1917 (October 25, Old Style)"),
        (civil_day(_julian(1917, 12, 28), julian_until=RUSSIA), "en",
         "10 January 1918 (28 December 1917, Old Style)"),
        (civil_day(_julian(1917, 10, 25), julian_until=RUSSIA), "de",
         "7. November 1917 (25. Oktober alten Stils)"),
        (civil_day(_julian(1917, 10, 25), julian_until=RUSSIA), "ru",
         "7 ноября 1917\u202fг. (25 октября по старому стилю)"),
        (civil_day(_julian(1917, 10, 25), julian_until=RUSSIA), "zh",
         "1917年11月7日（儒略历10月25日）"),
        (civil_day(_julian(1917, 10, 25), julian_until=RUSSIA), "it",
         "7 novembre 1917 (25 ottobre, O.S.)"),
        (civil_day(_julian(1861, 4, 12)), "en", "12 April 1861 (calendar doubtful)"),
        (civil_day(HistoricalDate(1940, 8, 20)), "en", "20 August 1940"),
    ],
)  # fmt: skip
def test_both_styles_are_said(civil, language, words):
    """The year is repeated where it is another; what is doubtful says so."""
    assert worded_both(civil, language) == words


def test_both_styles_may_have_the_weekday():
    """It is the same day in both."""
    civil = civil_day(_julian(1917, 10, 25), julian_until=RUSSIA)

    assert worded_both(civil, weekday=True) == (
        "Wednesday, 7 November 1917 (25 October, Old Style)"
    )


@pytest.mark.parametrize(
    ("day", "year", "leap_day", "shown"),
    [
        ("02-28", 2025, "february-28", ["02-28", "02-29"]),
        ("02-28", 2025, "omit", ["02-28"]),
        ("02-28", 2024, "february-28", ["02-28"]),
        ("02-28", 1900, "february-28", ["02-28", "02-29"]),
        ("02-28", 2000, "february-28", ["02-28"]),
        ("02-29", 2024, "february-28", ["02-29"]),
        ("02-29", 2025, "february-28", ["02-29"]),
        ("03-01", 2025, "february-28", ["03-01"]),
        ("08-20", 2025, "omit", ["08-20"]),
    ],
)
def test_common_years_show_the_leap_day_as_they_are_set(day, year, leap_day, shown):
    """With 28 February or not at all, and never in a leap year."""
    assert [str(day) for day in days_shown(MonthDay.parse(day), year, leap_day)] == shown


@pytest.mark.parametrize("year", [2023, 2024, 1900, 2000])
def test_a_year_shows_every_day_once(year):
    """The 366 days, when 29 February is not omitted."""
    days = [day for day in MonthDay.all() if day.in_year(year)]
    shown = [each for day in days for each in days_shown(day, year, "february-28")]

    assert shown == list(MonthDay.all())
