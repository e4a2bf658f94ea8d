"""Where sources disagree on a date, the page says so, and what the others say."""

from pathlib import Path

import pytest

from hodie.almanac import Entity, Entry, Kind, Participant, Reference
from hodie.dates import Calendar, HistoricalDate, MonthDay
from hodie.press import Publication
from hodie.press.view import View

WHO = Participant(Entity("ada", "Ada", "person"), "subject")


def view(language: str) -> View:
    """Return the view of a publication in a language."""
    return View(
        Publication(folder=Path(), name="A", base_url="https://a.example", languages=(language,)),
        2026,
    )


def birth(*references: Reference, calendar: Calendar = Calendar.GREGORIAN, flags=()) -> Entry:
    """Return a birth with these references."""
    date = HistoricalDate(1879, 11, 7, calendar)
    return Entry(
        "b:1",
        Kind.BIRTH,
        date=date,
        day=MonthDay(11, 7),
        flags=flags,
        participants=(WHO,),
        references=references,
    )


OTHERS = (
    Reference("Wikidata"),
    Reference("A parish register", date="1879-11-08"),
    Reference("A family tree", date="1879-11-08"),
    Reference("An obituary", date="1880"),
)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            "Sources disagree on this date; other dates: 8 November 1879 (A parish register, "
            "A family tree); 1880 (An obituary).",
        ),
        (
            "de",
            "Die Quellen nennen verschiedene Daten, auch: 8. November 1879 (A parish register, "
            "A family tree); 1880 (An obituary).",
        ),
    ],
)
def test_other_dates_are_said_with_who_gives_them(language, said):
    """Each other date stands once, with all that give it."""
    assert view(language).disputed(birth(*OTHERS)) == said


def test_a_doubt_without_other_dates_is_said_too():
    """The starter keeps the flag, and not what lost."""
    assert view("en").disputed(birth(flags=("date-disputed",))) == "Sources disagree on this date."


def test_what_is_no_date_is_shown_as_it_is():
    """A span that a source gives, or a slip, breaks no page."""
    said = view("en").disputed(birth(Reference("A chronicle", date="1879/1880")))

    assert said == "Sources disagree on this date; other dates: 1879/1880 (A chronicle)."


def test_where_all_agree_nothing_is_said():
    """No date of its own, no dispute."""
    assert view("en").disputed(birth(Reference("Wikidata"))) == ""


def test_a_reference_says_the_date_that_it_gives():
    """In the list of references each stands with its own date."""
    listed = view("en").references(birth(*OTHERS))

    assert "Wikidata" in listed[0]
    assert "8 November 1879" in listed[1]
