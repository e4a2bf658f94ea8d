"""What expressions come to in the news profile, on Wednesday, 4 March 1998."""

import datetime

import pytest

from hodie.dates import HistoricalDate
from hodie.timex import tag

WRITTEN = "1998-03-04"
RESOLVED = [
    ("He said so on Tuesday.", "Tuesday", "1998-03-03"),
    ("He said so on Wednesday.", "Wednesday", "1998-03-04"),
    ("They will meet on Friday.", "Friday", "1998-03-06"),
    ("They met last Friday.", "last Friday", "1998-02-27"),
    ("They meet next Monday.", "next Monday", "1998-03-09"),
    ("He resigned yesterday.", "yesterday", "1998-03-03"),
    ("It opens tomorrow.", "tomorrow", "1998-03-05"),
    ("It opened today.", "today", "1998-03-04"),
    ("It opens tonight.", "tonight", "1998-03-04TNI"),
    ("It fell last night.", "last night", "1998-03-03TNI"),
    ("It fell this morning.", "this morning", "1998-03-04TMO"),
    ("It fell yesterday morning.", "yesterday morning", "1998-03-03TMO"),
    ("It fell last Wednesday evening.", "last Wednesday evening", "1998-02-25TEV"),
    ("It fell overnight.", "overnight", "1998-03-04TNI"),
    ("It fell early Tuesday.", "early Tuesday", "1998-03-03"),
    ("The court had ruled; a hearing is set for April 15 there.", "April 15", "1998-04-15"),
    ("It made $2 million a year.", "a year", "P1Y"),
    ("It fell last week.", "last week", "1998-W09"),
    ("It opens next week.", "next week", "1998-W11"),
    ("It fell last month.", "last month", "1998-02"),
    ("It fell last year.", "last year", "1997"),
    ("It opens next year.", "next year", "1999"),
    ("It fell this year.", "this year", "1998"),
    ("It fell earlier this week.", "earlier this week", "1998-W10"),
    ("It falls by the end of the year.", "the end of the year", "1998"),
    ("It fell a year ago.", "a year ago", "1997"),
    ("It fell three months ago.", "three months ago", "1997-12"),
    ("It fell two days ago.", "two days ago", "1998-03-02"),
    ("It fell a year earlier.", "a year earlier", "1997"),
    ("It fell in January.", "January", "1998-01"),
    ("It fell in November.", "November", "1997-11"),
    ("It will open in September.", "September", "1998-09"),
    ("It will open in January.", "January", "1999-01"),
    ("It fell on Dec. 31.", "Dec. 31", "1997-12-31"),
    ("It fell in the first quarter.", "the first quarter", "1998-Q1"),
    ("It fell in the fourth quarter.", "the fourth quarter", "1997-Q4"),
    ("A third-quarter loss was told.", "third-quarter", "1997-Q3"),
    ("In fiscal 1997, sales grew.", "fiscal 1997", "1997"),
    ("It fell last summer.", "last summer", "1997-SU"),
    ("It fell over the weekend.", "the weekend", "1998-W10-WE"),
    ("It fell in the 1980s.", "the 1980s", "198"),
    ("It closed at 9 a.m. Friday.", "9 a.m. Friday", "1998-02-27T09:00"),
    ("It was dated 1998-03-02T10:15 and", "1998-03-02T10:15", "1998-03-02T10:15"),
    ("He was here for the last 12 years.", "the last 12 years", "P12Y"),
    ("It grew during the past decade.", "the past decade", "P1DE"),
    ("It takes place in the coming months.", "the coming months", "PXM"),
    ("The 60-year-old chairman left.", "60-year-old", "P60Y"),
    ("A three-year contract was signed.", "three-year", "P3Y"),
    ("It is closed now.", "now", "PRESENT_REF"),
    ("It closed recently.", "recently", "PAST_REF"),
    ("It grew in recent years.", "recent years", "PAST_REF"),
    ("It opens in the future.", "the future", "FUTURE_REF"),
    ("It opens every Tuesday.", "every Tuesday", "XXXX-WXX-2"),
    ("It opens twice a week.", "twice a week", "P1W"),
    ("The annual meeting was held.", "annual", "P1Y"),
    ("The strike lasted months of pain.", "months", "PXM"),
    ("He left two days after the vote.", "two days", "P2D"),
]


@pytest.mark.parametrize(("text", "words", "value"), RESOLVED)
def test_news_is_told_from_the_day_of_writing(text, words, value):
    """Each expression has its minimal extent and counts from the day of writing."""
    [timex] = tag(text, reference=WRITTEN, profile="news")

    assert (timex.text, timex.value) == (words, value)


@pytest.mark.parametrize(
    "text",
    ["the former king", "during this period the", "for some time it", "the ceasefire period"],
)
def test_news_leaves_the_narrative_lexicon_alone(text):
    """What TimeML does not tag is not tagged in news."""
    assert tag(text, reference=WRITTEN, profile="news") == []


def test_later_counts_from_what_was_told_last():
    """Two days later is told from the text, two days ago from the day of writing."""
    values = [
        t.value
        for t in tag(
            "On Jan. 5, 1998 it fell. Two days later it rose.", reference=WRITTEN, profile="news"
        )
    ]

    assert values == ["1998-01-05", "1998-01-07"]


@pytest.mark.parametrize(
    "reference", [WRITTEN, datetime.date(1998, 3, 4), HistoricalDate(1998, 3, 4)]
)
def test_the_day_of_writing_may_come_in_any_form(reference):
    """Text, a date of the standard library and a historical date are all understood."""
    [timex] = tag("yesterday", reference=reference, profile="news")

    assert timex.value == "1998-03-03"


def test_news_without_a_day_of_writing_stays_open():
    """Where nobody says when it was written, nothing is guessed."""
    assert [t.value for t in tag("He left in May.", profile="news")] == ["XXXX-05"]
