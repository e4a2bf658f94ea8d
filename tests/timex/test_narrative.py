"""What single expressions come to in the narrative profile."""

import pytest

from hodie.timex import tag

EXPLICIT = [
    ("on September 1, 1939 they", "September 1, 1939", "1939-09-01"),
    ("on 1 September 1939 they", "1 September 1939", "1939-09-01"),
    ("on the 1st of September, 1939 they", "the 1st of September, 1939", "1939-09-01"),
    ("Tuesday, 20 August 1940 was", "Tuesday, 20 August 1940", "1940-08-20"),
    ("on Sept. 11, 2001 the", "Sept. 11, 2001", "2001-09-11"),
    ("in November 1939 and", "November 1939", "1939-11"),
    ("in February of 1940 and", "February of 1940", "1940-02"),
    ("in January, 1918 the", "January, 1918", "1918-01"),
    ("in 1922 he", "1922", "1922"),
    ("in 44 BC he", "44 BC", "BC0044"),
    ("in 149 B.C. Rome", "149 B.C.", "BC0149"),
    ("in AD 79 it", "AD 79", "0079"),
    ("in April 480 BC the", "April 480 BC", "BC0480-04"),
    ("on 15 March 44 BC he", "15 March 44 BC", "BC0044-03-15"),
    ("the 1870s were", "the 1870s", "187"),
    ("the 1690's were", "the 1690's", "169"),
    ("throughout the 470s BC the", "the 470s BC", "BC047"),
    ("in the eighteenth century it", "the eighteenth century", "17"),
    ("in the 4th century BC it", "the 4th century BC", "BC03"),
    ("in the XVIIIth century it", "the XVIIIth century", "17"),
    ("in eighteenth-century France", "eighteenth-century", "17"),
    ("in the spring of 1916, they", "the spring of 1916", "1916-SP"),
    ("in autumn of 481 BC the", "autumn of 481 BC", "BC0481-FA"),
    ("by Christmas 2007, and", "Christmas 2007", "2007-12-25"),
    ("on Easter Monday 1916 the", "Easter Monday 1916", "1916-04-24"),
    ("in the second half of 2008, it", "the second half of 2008", "2008-H2"),
    ("in the third quarter of 1931 it", "the third quarter of 1931", "1931-Q3"),
    ("dated 1940-08-20 and", "1940-08-20", "1940-08-20"),
    ("dated 20/08/1940 and", "20/08/1940", "1940-08-20"),
    ("dated 20.8.1940 and", "20.8.1940", "1940-08-20"),
    ("known as D-Day, the", "D-Day", "1944-06-06"),
    ("in the year 1950 the", "the year 1950", "1950"),
]
MODIFIED = [
    ("by early October 1939, Poland", "early October 1939", "1939-10", "START"),
    ("in mid-1943 the", "mid-1943", "1943", "MID"),
    ("in late 1942 it", "late 1942", "1942", "END"),
    ("at the end of 1793, the", "the end of 1793", "1793", "END"),
    ("by the middle of August 1941 it", "the middle of August 1941", "1941-08", "MID"),
    ("early in 1914, but", "early in 1914", "1914", "START"),
    ("in the late 1980s it", "the late 1980s", "198", "END"),
    ("about 1910 he", "about 1910", "1910", "APPROX"),
    ("born c. 1500 in", "c. 1500", "1500", "APPROX"),
    ("died ca. 466 BC in", "ca. 466 BC", "BC0466", "APPROX"),
    ("the second half of the 18th century was", "the second half of the 18th century", "17", "END"),
    ("over nine months they", "over nine months", "P9M", "MORE_THAN"),
    ("for about a week, it", "about a week", "P1W", "APPROX"),
    ("less than two weeks passed", "less than two weeks", "P2W", "LESS_THAN"),
    ("at least 25 years of age, and", "at least 25 years of age", "P25Y", "EQUAL_OR_MORE"),
]
LENGTHS = [
    ("sentenced to 20 years in prison", "20 years", "P20Y"),
    ("within a few days and", "a few days", "PXD"),
    ("for several months, it", "several months", "PXM"),
    ("for twenty-five years the", "twenty-five years", "P25Y"),
    ("for two and a half years, it", "two and a half years", "P2.5Y"),
    ("for a year and a half the", "a year and a half", "P1.5Y"),
    ("for half a century the", "half a century", "P0.5CE"),
    ("for 1,500 years the", "1,500 years", "P1500Y"),
    ("took 24 hours to", "24 hours", "PT24H"),
    ("a three-day battle", "three-day", "P3D"),
    ("the 46-day battle", "46-day", "P46D"),
    ("a month-long siege", "month-long", "P1M"),
    ("over the next two weeks they", "the next two weeks", "P2W"),
    ("during the first ten months of 1915, it", "the first ten months of 1915", "P10M"),
    ("in the coming years it", "the coming years", "PXY"),
    ("after two months of fierce battles, it", "two months of fierce battles", "P2M"),
    ("the 19-year-old Joan", "19-year-old", "P19Y"),
    ("who were 18 years old. In", "18 years old", "P18Y"),
    ("died at age seventy-nine. The", "seventy-nine", "P79Y"),
    ("a fortnight passed", "a fortnight", "P2W"),
]
SETS = [
    ("a daily count", "daily", "P1D"),
    ("30 a day died", "a day", "P1D"),
    ("200 per month fell", "per month", "P1M"),
    ("every Tuesday they", "every Tuesday", "XXXX-WXX-2"),
    ("each spring they", "each spring", "XXXX-SP"),
    ("every two years they", "every two years", "P2Y"),
]
REFERENCES = [
    ("it is now empty", "now", "PRESENT_REF"),
    ("the former king", "former", "PAST_REF"),
    ("guard against future wars", "future", "FUTURE_REF"),
    ("near present-day Gnjilane", "present-day", "PRESENT_REF"),
    ("the deadliest to date. It", "date", "PRESENT_REF"),
    ("during this period the", "this period", ""),
    ("for some time it", "some time", ""),
]
NOTHING = [
    "1940 men and 1500 horses",
    "Resolution 1483 of the Council",
    "Christian August Crusius was a philosopher",
    "They may march to the sea, and fall back",
    "the Long March began",
    "Operation Red Dawn failed",
    "a second attack",
    "the former or the latter",
    "the fall of Bilbao",
    "three quarters of the troops",
    "the 7th Infantry Division",
    "It cost $1940 and €1950",
    "It scored 3.1940 and 1,940",
    "the MiG-1915x",
    "",
    " \n\n\t",
]


@pytest.mark.parametrize(("text", "words", "value"), EXPLICIT + LENGTHS + SETS + REFERENCES)
def test_one_expression_has_its_extent_and_value(text, words, value):
    """Each expression is found whole, and means what it says."""
    [timex] = tag(text)

    assert (timex.text, timex.value) == (words, value)


@pytest.mark.parametrize(("text", "words", "value", "mod"), MODIFIED)
def test_modifiers_belong_to_the_expression(text, words, value, mod):
    """What makes a date vague is part of its extent, and becomes its modifier."""
    [timex] = tag(text)

    assert (timex.text, timex.value, timex.mod) == (words, value, mod)


@pytest.mark.parametrize("text", NOTHING)
def test_other_words_and_numbers_are_no_times(text):
    """Numbers that count, names and verbs are left alone."""
    assert tag(text) == []


FLOW = [
    ("In 1927 he fell. The following year he left.", "1928"),
    ("In 1927 he fell. Two years later he left.", "1929"),
    ("It began on 28 April 1945. Two days later he died.", "1945-04-30"),
    ("On 27 February 1900 they met. The next day they left.", "1900-02-28"),
    ("On 28 February 1940 they met. The next day they left.", "1940-02-29"),
    ("In October 1940 it began. It ended in December.", "1940-12"),
    ("In October 1940 it began. It ended in February.", "1941-02"),
    ("On June 10, 1940 it began. On July 14 it ended.", "1940-07-14"),
    ("In 490 BC he landed. The following year he left.", "BC0489"),
    ("In 1 BC he was born. The following year he left.", "0001"),
    ("In May 1940 he led. By the end of the month he fled.", "1940-05"),
    ("In 1940 it fell. In August of that year it rose.", "1940-08"),
    ("On August 1, 1940 it fell. They met on the 20th.", "1940-08-20"),
    ("On August 1, 1940 it fell. That night they met.", "1940-08-01TNI"),
    ("On August 1, 1940 it fell. The next morning they met.", "1940-08-02TMO"),
    ("On August 1, 1940 it fell. At 9:30 p.m. they met.", "1940-08-01T21:30"),
    ("In September 2007 it grew. They left next summer.", "2008-SU"),
    ("In 1940 it fell. A decade earlier it rose.", "1930"),
    ("In the 1940s it fell. It rose in the next decade.", "195"),
    ("In May 1940 it fell. Six months later it rose.", "1940-11"),
    ("On 2 May 1940 it fell. It rose on the same day.", "1940-05-02"),
    ("On Tuesday, 20 August 1940 it fell. It rose on Friday.", "1940-08-23"),
    ("In 1917 it fell. They called them the boys of '99.", "1899"),
    ("In 1940 it fell, as it had since 1920. The following year it rose.", "1941"),
]


@pytest.mark.parametrize(("text", "value"), FLOW)
def test_partial_and_relative_dates_follow_the_story(text, value):
    """A date that leaves something out takes it from what was told before."""
    assert tag(text)[-1].value == value


RANGES = [
    ("the war of 1914-18 was", [("1914", "1914"), ("18", "1918")]),
    ("from 1939 to 1945 the", [("1939", "1939"), ("1945", "1945")]),
    ("from May to June 1940 the", [("May", "1940-05"), ("June 1940", "1940-06")]),
    ("on 5-9 March 1918 they", [("5", "1918-03-05"), ("9 March 1918", "1918-03-09")]),
    ("March 5-9, 1918 was", [("March 5", "1918-03-05"), ("9, 1918", "1918-03-09")]),
    ("from 499 to 493 BC the", [("499", "BC0499"), ("493 BC", "BC0493")]),
    (
        "the spring and summer of 1920 were",
        [("the spring", "1920-SP"), ("summer of 1920", "1920-SU")],
    ),
    (
        "from the 13th to the 19th of October 1950 it",
        [("the 13th", "1950-10-13"), ("the 19th of October 1950", "1950-10-19")],
    ),
]


@pytest.mark.parametrize(("text", "found"), RANGES)
def test_both_ends_of_a_range_share_what_is_said_once(text, found):
    """Each end is an expression of its own, with the month, year or era of the other."""
    assert [(t.text, t.value) for t in tag(text)] == found


def test_a_range_leads_from_its_first_end_to_its_last():
    """The first end knows where the last one stands."""
    first, last = tag("the war of 1914-18 was")

    assert first.until == (last.start, last.end)


CALENDARS = [
    ("on 14 Nisan 3793 he", "3793-01-14", "hebrew"),
    ("on 18 Brumaire Year VIII he", "0008-02-18", "french-republican"),
    ("on 1 Ramadan 1445 AH he", "1445-09-01", "islamic"),
    ("on 3 September 1752 (O.S.) he", "1752-09-03", "julian"),
    ("on 3 September 1752 Old Style he", "1752-09-03", "julian"),
    ("on 10/21 February 1613 he", "1613-02-21", "gregorian"),
    ("on 21 February/6 March 1917 he", "1917-03-06", "gregorian"),
]


@pytest.mark.parametrize(("text", "value", "calendar"), CALENDARS)
def test_a_named_calendar_is_kept(text, value, calendar):
    """Dates of other calendars and styles keep their figures and say which calendar it is."""
    [timex] = tag(text)

    assert (timex.value, timex.calendar) == (value, calendar)


@pytest.mark.parametrize(
    "days", ["9-10 November 1938", "9/10 November 1938", "November 9-10, 1938"]
)
def test_a_night_between_two_days_is_one_expression(days):
    """The night of two days is written with the first."""
    [timex] = tag(f"on the night of {days} they")

    assert (timex.text, timex.value) == (f"the night of {days}", "1938-11-09TNI")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("In the early hours of 1 November 1954 they", "1954-11-01TMO"),
        ("the early morning hours of 30 April 1975 were", "1975-04-30TMO"),
        ("on 25 June 1950. Late that night it", "1950-06-25TNI"),
        ("on 25 June 1950. By the following Monday it", "1950-06-26"),
        ("At noon on 3 October 1935 it", "1935-10-03T12:00"),
        ("At 9 a.m. on 3 October 1935 it", "1935-10-03T09:00"),
        ("At 21:30 on 3 October 1935 it", "1935-10-03T21:30"),
    ],
)
def test_times_of_day_find_their_day(text, value):
    """A part of the day or a clock time goes with the day that stands beside it."""
    assert value in [t.value for t in tag(text)]


def test_an_impossible_date_keeps_its_figures():
    """Whether 30 February can be is for a fact check to say; it has no date."""
    [timex] = tag("on 30 February 1900 he")

    assert (timex.value, timex.date) == ("1900-02-30", None)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Around the same day, 1 May 1940, it fell", "1940-05-01"),
        ("On 27 June 1950, two days after the army invaded, he spoke", "1950-06-27"),
    ],
)
def test_words_beside_a_date_are_that_date(text, value):
    """An event's distance that stands in apposition to a date names the same day."""
    assert tag(text)[-1].value == value
