"""Dates as people write them are read, or refused with the reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hodie.dates import Calendar, DateError, HistoricalDate, read_written, worded

JULIAN = Calendar.JULIAN


@pytest.mark.parametrize(
    ("text", "language", "edtf"),
    [
        ("1940-08-20", "en", "1940-08-20"),
        ("1940-08-20T12:00:00Z", "en", "1940-08-20"),
        ("1940", "en", "1940"),
        ("194X", "en", "194X"),
        ("1750~", "en", "1750~"),
        ("20 August 1940", "en", "1940-08-20"),
        ("20th August, 1940", "en", "1940-08-20"),
        ("Aug. 20, 1940", "en", "1940-08-20"),
        ("Tuesday, 20 August 1940", "en", "1940-08-20"),
        ("1940 August 20", "en", "1940-08-20"),
        ("August 1940", "en", "1940-08"),
        ("20 août 1940", "fr", "1940-08-20"),
        ("le 1er mai 1888", "fr", "1888-05-01"),
        ("20. August 1940", "de", "1940-08-20"),
        ("20.8.1940", "de", "1940-08-20"),
        ("8.1940", "de", "1940-08"),
        ("20 de agosto de 1940", "es", "1940-08-20"),
        ("20 августа 1940 г.", "ru", "1940-08-20"),
        ("1940年8月20日", "ja", "1940-08-20"),
        ("٢٠ أغسطس ١٩٤٠", "ar", "1940-08-20"),
        ("20 ağustos 1940", "tr", "1940-08-20"),
        ("8/9/1940", "en-GB", "1940-09-08"),
        ("8/9/1940", "en-US", "1940-08-09"),
        ("20/8/1940", "en", "1940-08-20"),
        ("1940/8/20", "en", "1940-08-20"),
        ("ca. 1750", "en", "1750~"),
        ("c1750?", "en", "1750%"),
        ("um 1750", "de", "1750~"),
        ("probably 20 Aug 1940", "en", "1940-08-20?"),
        ("the 1690s", "en", "169X"),
        ("1690er Jahre", "de", "169X"),
        ("18th century", "en", "17XX"),
        ("XVIIIe siècle", "fr", "17XX"),
        ("summer of 1968", "en", "1968-22"),
        ("44 BC", "en", "-0043"),
        ("15 March 44 BC", "en", "-0043-03-15"),
        ("15. März 44 v. Chr.", "de", "-0043-03-15"),
        ("15 mars 44 av. J.-C.", "fr", "-0043-03-15"),
        ("前44年3月15日", "zh", "-0043-03-15"),
        ("24 August AD 79", "en", "0079-08-24"),
        ("MÖ 44", "tr", "-0043"),
        ("45. p. n. e.", "bs", "-0044"),
    ],
)
def test_dates_are_read(text, language, edtf):
    """Words, numbers and EDTF give the date that they mean."""
    assert read_written(text, language).edtf == edtf


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("25 Oct 1917 O.S.", HistoricalDate(1917, 10, 25, JULIAN)),
        ("7 Nov 1917 (New Style)", HistoricalDate(1917, 11, 7)),
        ("11 February 1731/32", HistoricalDate(1732, 2, 11, JULIAN)),
        ("14 October 1066", HistoricalDate(1066, 10, 14, JULIAN)),
        ("14 October 1066 N.S.", HistoricalDate(1066, 10, 14)),
        ("4 October 1582", HistoricalDate(1582, 10, 4, JULIAN)),
        ("15 October 1582", HistoricalDate(1582, 10, 15)),
    ],
)
def test_a_date_is_of_the_calendar_in_use(text, date):
    """What the text says of its calendar counts, else the time does."""
    assert read_written(text) == date


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "the text is empty"),
        ("20.8.40", "may be of any century"),
        ("24 August 79", "may be of any century"),
        ("8/9/1940", "en-GB or en-US"),
        ("1914-1918", "span of time"),
        ("1914/1918", "span of time"),
        ("1914 to 1918", "span of time"),
        ("30 February 1940", "no day 30"),
        ("20 Blurb 1940", "'Blurb' in '20 Blurb 1940' is no word of a date"),
        ("0 BC", "no year 0 BC"),
        ("40s BC", "no EDTF form"),
        ("11 February 1731/35", "no double year"),
        ("some day", "no word of a date"),
        ("3 in summer 1940", "a day in a season"),
    ],
)
def test_what_cannot_be_read_is_refused(text, said):
    """A guess would be worse than a row that is listed as unread."""
    with pytest.raises(DateError) as caught:
        read_written(text)

    assert said in str(caught.value)


@pytest.mark.parametrize("language", ["en", "de", "fr", "es", "ru", "pt", "it", "uk", "tr", "cs"])
@given(
    st.integers(1583, 2100), st.integers(1, 12), st.integers(1, 28), st.booleans(), st.booleans()
)
def test_what_hodie_words_it_reads(language, year, month, day, whole, circa):
    """A date that is worded in a language is read back from its words."""
    date = HistoricalDate(year, month, day if whole else None)
    text = worded(date, language)

    assert read_written(f"ca. {text}" if circa else text, language).edtf == date.edtf + "~" * circa


@given(st.text(max_size=30) | st.from_regex(r"[0-9a-z ./-]{1,20}", fullmatch=True))
def test_any_text_is_read_or_refused(text):
    """Nothing that stands in a cell ends in another error than the one that says why."""
    try:
        date = read_written(text)
    except DateError:
        return
    assert HistoricalDate.parse(date.edtf, date.calendar) == date
