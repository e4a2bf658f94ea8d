"""What `today`, `on` and `search` answer."""

from __future__ import annotations

import datetime
import re

import pytest
from click.testing import CliRunner

from hodie.almanac import Almanac
from hodie.cli import main
from hodie.dates import MonthDay
from hodie.press import Publication

PICK = {
    "id",
    "kind",
    "subkind",
    "date",
    "calendar",
    "day",
    "years_ago",
    "text",
    "title",
    "line",
    "weight",
    "flags",
    "countries",
    "participants",
    "references",
    "score",
    "why",
}


@pytest.fixture
def almanac(demo):
    """The demo's almanac."""
    with Almanac.open(Publication.load(demo).almanac_path) as almanac:
        yield almanac


def test_today_is_the_publications(ask, demo):
    """`today` is the day of the publication's time zone."""
    before = Publication.load(demo).today(datetime.datetime.now(datetime.UTC))
    answer = ask("today")
    after = Publication.load(demo).today(datetime.datetime.now(datetime.UTC))

    assert answer["day"] in {f"{before:%m-%d}", f"{after:%m-%d}"}


def test_a_day_has_the_shape_that_the_reference_promises(ask):
    """A day's answer has a lead and the five parts, of picks that say why."""
    answer = ask("on", "20", "August", "--year", "2026")

    assert list(answer) == [
        "day", "year", "lead", "selected", "events", "births", "deaths", "holidays",
    ]  # fmt: skip
    assert (answer["day"], answer["year"]) == ("08-20", 2026)
    picks = [answer["lead"], *answer["selected"], *answer["births"]]
    assert all(pick.keys() == PICK for pick in picks)
    assert all(pick["text"] and pick["why"] for pick in picks)


def test_a_pick_carries_its_references(ask):
    """Whoever quotes an entry can say where it comes from."""
    lead = ask("on", "08-20")["lead"]

    assert all(reference.keys() >= {"source", "url", "licence"} for reference in lead["references"])
    assert lead["references"]


@pytest.mark.parametrize("kind", ["event", "birth", "death", "holiday"])
def test_one_kind(ask, almanac, kind):
    """With --kind the answer has the weightiest of that kind, in order of time."""
    answer = ask("on", "08-20", "--kind", kind, "--limit", "7")
    weightiest = almanac.day(MonthDay(8, 20), answer["kind"], limit=7)
    dates = [entry["date"] for entry in answer["entries"] if entry["date"]]

    assert answer["count"] == almanac.count(MonthDay(8, 20), answer["kind"])
    assert {entry["id"] for entry in answer["entries"]} == {entry.id for entry in weightiest}
    assert dates == sorted(dates)


def test_limit_holds_for_each_part(ask):
    """--limit is for every part of a day."""
    answer = ask("on", "08-20", "--limit", "2")

    assert [len(answer[part]) for part in ("selected", "events", "births", "deaths")] == [2] * 4


def test_the_year_counts_anniversaries(ask):
    """--year moves the edition to another year."""
    answer = ask("on", "1940-08-20", "--year", "2040")

    assert {entry["years_ago"] for entry in answer["entries"]} == {100}


def test_a_date(ask, almanac):
    """A day with a year is one date and everything known of it."""
    answer = ask("on", "20 August 1940")

    assert answer["date"] == "1940-08-20"
    assert "e:1940-08-20:647e955d7e" in {entry["id"] for entry in answer["entries"]}


def test_a_kind_of_a_date(ask):
    """--kind narrows a date too."""
    answer = ask("on", "1940-08-20", "--kind", "birth")

    assert {entry["kind"] for entry in answer["entries"]} == {"birth"}


def test_search(ask):
    """A search finds entities and entries by the words of their names."""
    answer = ask("search", "leon", "trotsk")

    assert answer["query"] == "leon trotsk"
    assert "leon-trotsky" in {hit["entity"]["id"] for hit in answer["hits"] if "entity" in hit}


def test_search_for_nothing_known(run, ask):
    """Nothing found is an answer, not an error."""
    assert ask("search", "qqqzzz")["hits"] == []
    assert "qqqzzz" in run("search", "qqqzzz").stdout


def test_plain_text_in_a_pipe(run):
    """In a pipe there are no codes, no boxes, and no line breaks within an entry."""
    text = run("on", "20 August", "--year", "2026").stdout

    assert text.startswith("20 August · Thursday 2026 · Today in History\n")
    assert text.isascii() or not re.search(r"[\x1b─█▀▄]", text)
    assert "\x1b" not in text
    assert all(line == line.rstrip() for line in text.splitlines())


def test_a_day_in_words_says_how_to_see_the_rest(run):
    """A part that is cut says how many are left, and the command that shows them."""
    [line] = [line for line in run("on", "08-20").stdout.splitlines() if "--kind birth" in line]
    command = line.partition(": ")[2].split()

    assert command[0] == "hodie"
    assert run(*command[1:]).stdout.count("\n") > 20


def test_the_29th_of_february(run):
    """The leap day can be asked for in any year."""
    assert run("on", "29 February", "--year", "2027").stdout.startswith("29 February · 2027")


@pytest.mark.parametrize("words", ["30 February", "13-05", "1900-02-29", "the ides of March"])
def test_days_that_are_none(demo, words):
    """A day that does not exist is mistyped: one line, exit code 2."""
    result = CliRunner().invoke(main, ["on", words, "-C", str(demo)])

    assert result.exit_code == 2
    assert result.stderr.startswith("hodie: ")
    assert result.stderr.count("\n") == 1
    assert result.stdout == ""
