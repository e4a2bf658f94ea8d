"""Hebrew, Islamic and French Republican dates in words, and what is refused of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hodie.dates import Calendar, DateError, HistoricalDate, read_written, worded

HEBREW, ISLAMIC, REPUBLICAN = Calendar.HEBREW, Calendar.ISLAMIC, Calendar.REPUBLICAN


@pytest.mark.parametrize(
    ("text", "language", "date"),
    [
        ("14 Nisan 5701", "en", HistoricalDate(5701, 1, 14, HEBREW)),
        ("14th of Nisan, 5701", "en", HistoricalDate(5701, 1, 14, HEBREW)),
        ("Nisan 14, 5701", "en", HistoricalDate(5701, 1, 14, HEBREW)),
        ("5701 Nisan 14", "en", HistoricalDate(5701, 1, 14, HEBREW)),
        ("9 Av 3830", "en", HistoricalDate(3830, 5, 9, HEBREW)),
        ("15 Sh'vat 5700", "en", HistoricalDate(5700, 11, 15, HEBREW)),
        ("16 Marcheshvan 5699", "en", HistoricalDate(5699, 8, 16, HEBREW)),
        ("Nisan 5701", "en", HistoricalDate(5701, 1, calendar=HEBREW)),
        ("5701 A.M.", "en", HistoricalDate(5701, calendar=HEBREW)),
        ("14. Tischri 5701", "de", HistoricalDate(5701, 7, 14, HEBREW)),
        ("14 de nisán de 5701", "es", HistoricalDate(5701, 1, 14, HEBREW)),
        ("14 нисана 5701", "ru", HistoricalDate(5701, 1, 14, HEBREW)),
        ("10 Muharram 61 AH", "en", HistoricalDate(61, 1, 10, ISLAMIC)),
        ("10 Muḥarram A.H. 61", "en", HistoricalDate(61, 1, 10, ISLAMIC)),
        ("12 Rabīʿ al-Awwal 11 AH", "en", HistoricalDate(11, 3, 12, ISLAMIC)),
        ("12 Rabi' I 11 AH", "en", HistoricalDate(11, 3, 12, ISLAMIC)),
        ("12 Rabi II 611", "en", HistoricalDate(611, 4, 12, ISLAMIC)),
        ("3 Jumada al-Akhira 13 AH", "en", HistoricalDate(13, 6, 3, ISLAMIC)),
        ("9 Dhu al-Hijjah 10 AH", "en", HistoricalDate(10, 12, 9, ISLAMIC)),
        ("9 Dhu'l-Hijja 1010", "en", HistoricalDate(1010, 12, 9, ISLAMIC)),
        ("AH 61", "en", HistoricalDate(61, calendar=ISLAMIC)),
        ("١٠ محرم ٦١ هـ", "ar", HistoricalDate(61, 1, 10, ISLAMIC)),
        ("10 мухаррама 61 г. хиджры", "ru", HistoricalDate(61, 1, 10, ISLAMIC)),
        ("18 Brumaire an VIII", "en", HistoricalDate(8, 2, 18, REPUBLICAN)),
        ("le 18 brumaire de l'an 8", "fr", HistoricalDate(8, 2, 18, REPUBLICAN)),
        ("9 Thermidor, Year II", "en", HistoricalDate(2, 11, 9, REPUBLICAN)),
        ("nonidi 9 thermidor an II", "fr", HistoricalDate(2, 11, 9, REPUBLICAN)),
        ("18. Brumaire des Jahres VIII", "de", HistoricalDate(8, 2, 18, REPUBLICAN)),
        ("18 de brumario del año VIII", "es", HistoricalDate(8, 2, 18, REPUBLICAN)),
        ("5e jour complémentaire an III", "fr", HistoricalDate(3, 13, 5, REPUBLICAN)),
        ("an VIII", "fr", HistoricalDate(8, calendar=REPUBLICAN)),
        ("ca. 10 Muharram 61 AH", "en", HistoricalDate(61, 1, 10, ISLAMIC, approximate=True)),
    ],
)
def test_the_month_or_the_era_tells_the_calendar(text, language, date):
    """Whatever the spelling, and in the order in which people write."""
    assert read_written(text, language) == date


@pytest.mark.parametrize(
    ("text", "gregorian"),
    [
        ("14 Nisan 5701", "1941-04-11"),
        ("10 Muharram 61 AH", "0680-10-13"),
        ("27 Rajab 583 AH", "1187-10-09"),
        ("18 Brumaire an VIII", "1799-11-09"),
        ("9 Thermidor an II", "1794-07-27"),
    ],
)
def test_the_day_is_the_one_that_history_knows(text, gregorian):
    """Kerbala, Jerusalem taken by Saladin, Bonaparte's coup, Robespierre's fall."""
    assert read_written(text).to(Calendar.GREGORIAN).edtf == gregorian


@pytest.mark.parametrize(
    ("text", "language", "said"),
    [
        ("14 Adar 5700", "en", "leap year: write Adar I or Adar II"),
        ("14 Adar II 5701", "en", "no leap year, and has one Adar"),
        ("31 Nisan 5701", "en", "no day 31"),
        ("30 Tevet 5701", "en", "no day 30"),
        ("6e jour complémentaire an II", "fr", "no day 6"),
        ("14 Nisan", "en", "year 14 is doubtful"),
        ("10 Muharram 61", "en", "with the era"),
        ("Ramadan 2014", "en", "year 2014 is doubtful in the islamic calendar"),
        ("14 Nisan 1941", "en", "year 1941 is doubtful in the hebrew calendar"),
        ("ab 1940", "de", "is doubtful"),
        ("1 Germinal 1793", "fr", "is doubtful"),
        ("21 nivôse an CXX", "fr", "from 1 to 100"),
        ("14 Nisan 5701 BC", "en", "of two calendars"),
        ("14 Nisan 5701 O.S.", "en", "of two calendars"),
        ("14-16 Nisan 5701", "en", "needs a year, and one"),
        ("before 14 Nisan 5701", "en", "'before' in"),
        ("14 Nisan 5701 (11 April 1941)", "en", "'april' in"),
    ],
)
def test_what_may_mean_two_days_is_refused(text, language, said):
    """A leap year's Adar, a year of another calendar, a span, a word that nobody knows."""
    with pytest.raises(DateError) as caught:
        read_written(text, language)

    assert said in str(caught.value)


def test_turkish_months_are_not_taken_for_hebrew_ones():
    """Nisan is April there."""
    assert read_written("14 Nisan 1940", "tr") == HistoricalDate(1940, 4, 14)


def test_a_calendar_that_was_named_does_not_turn_april_into_tammuz():
    """The fourth month of the Hebrew year is no April."""
    with pytest.raises(DateError, match="a month that the hebrew calendar does not have"):
        read_written("14 April 1941", "en", HEBREW)
    assert read_written("14 Nisan 5701", "en", HEBREW) == HistoricalDate(5701, 1, 14, HEBREW)
    assert read_written("5701-01-14", "en", HEBREW) == HistoricalDate(5701, 1, 14, HEBREW)


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "ru"])
@given(
    st.sampled_from([(HEBREW, 5000, 5800), (ISLAMIC, 1, 1500), (REPUBLICAN, 1, 15)]),
    st.integers(0, 10**6),
    st.integers(1, 12),
    st.integers(1, 29),
)
def test_what_hodie_words_it_reads(language, reckoning, number, month, day):
    """Every date of the three calendars, in each language that words them in Latin or Cyrillic."""
    calendar, first, last = reckoning
    date = HistoricalDate(first + number % (last - first), month, day, calendar)

    assert read_written(worded(date, language), language) == date
