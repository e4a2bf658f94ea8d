"""What the calendar alone says of dates."""

from __future__ import annotations

import pytest

from hodie.factcheck import check


def found(text, **more):
    """The kinds and statuses of all verdicts."""
    return [(each.claim.kind, each.status) for each in check(text, **more)]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("It was Friday, 20 August 1940.", "contradicted"),
        ("It was Tuesday, 20 August 1940.", "confirmed"),
        ("On Sunday, 9 January 1905, they marched.", "unknown"),
        ("On Sunday, 9 January 1905 (Old Style), they marched.", "confirmed"),
        ("On Saturday, 14 October 1066, they fought.", "confirmed"),
        ("On Monday, 14 October 1066, they fought.", "contradicted"),
    ],
)
def test_weekdays(text, status):
    """A weekday must be the date's, in the calendar of the time or the one that is named."""
    assert ("weekday", status) in found(text)


def test_a_weekday_is_put_right():
    """Only the weekday is replaced."""
    text = "It was Friday, 20 August 1940."
    [verdict] = check(text)
    change = verdict.suggestion

    assert text[: change.start] + change.words + text[change.end :] == (
        "It was Tuesday, 20 August 1940."
    )


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("It was 30 February 1940.", "contradicted"),
        ("It was 32 May 1940.", "contradicted"),
        ("It was May 45, 1940.", "contradicted"),
        ("It was 31 April 1940.", "contradicted"),
        ("It was 29 February 1900.", "contradicted"),
        ("It was 29 February 1941.", "contradicted"),
        ("In Rome it was 10 October 1582.", "contradicted"),
        ("In London it was 10 October 1582.", "unknown"),
    ],
)
def test_impossible_days(text, status):
    """Days that never were."""
    assert ("impossible", status) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "It was 29 February 1900 (Old Style).",
        "It was 29 February 1500.",
        "It was 29 February 2000.",
        "In 1712 Sweden had a 30 February 1712.",
        "Russia had a 29 February in 1900, and in 1917 a revolution.",
    ],
)
def test_possible_days(text):
    """Days that were, somewhere."""
    assert ("impossible", "contradicted") not in found(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Today in 2021, it fell.", [("dateline", "contradicted")]),
        ("Today in 2019, it fell.", [("dateline", "partly")]),
        ("Today in 1940, it fell.", []),
        ("Today, August 21, it fell.", [("dateline", "contradicted")]),
        ("Today, August 20, it fell.", []),
        ("80 years ago, on August 20, 1940, it fell.", [("count", "confirmed")]),
        ("75 years ago, on August 20, 1940, it fell.", [("count", "contradicted")]),
        ("Eighty years ago today, on August 20, 1940, it fell.", [("count", "confirmed")]),
        ("Seventy years ago today, on August 20, 1940, it fell.", [("count", "contradicted")]),
        ("Some 75 years ago, on August 20, 1940, it fell.", []),
        ("75 years ago they built it. On August 20, 1940, it fell.", []),
    ],
)
def test_the_dateline(text, expected):
    """The year, the day and the count of years must go with the dateline."""
    assert found(text, reference="2020-08-20") == expected


def test_a_dateline_is_found_in_the_text():
    """A date alone on one of the first lines is the dateline."""
    text = "A column\n\nAugust 20, 2020\n\n75 years ago, on August 20, 1940, it fell.\n"

    assert found(text) == [("count", "contradicted")]


def test_years_count_to_today_where_the_dateline_is_what_is_told():
    """A story dated to its event is read today."""
    text = "86 years ago, on August 20, 1940, it fell."

    assert found(text, reference="1940-08-20", today="2026-08-20") == [("count", "confirmed")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It fell on 1 May 2030.", [("future", "contradicted")]),
        ("It will fall on 1 May 2030.", []),
        ("It is planned for 2030.", []),
        ("It fell on 1 May 2020.", []),
    ],
)
def test_the_future(text, expected):
    """What is told as done cannot lie ahead; plans may."""
    assert found(text, today="2026-08-20") == expected
