"""What `why` and `plan` answer."""

from __future__ import annotations

import csv
import io
import json
import shutil

import icalendar
import pytest
from click.testing import CliRunner

from hodie.cli import main
from hodie.cli.plan import COLUMNS


def test_why_shows_what_was_picked_and_why(ask):
    """The picks in their order, then what was passed over, each with its reasons."""
    answer = ask("why", "08-20", "--year", "2026", "--limit", "3")
    places = [row["place"] for row in answer["picks"]]

    assert places == ["lead", "2", "3", "4", "5", "6"]
    assert len(answer["passed"]) == 3
    for row in (*answer["picks"], *answer["passed"]):
        assert row["score"] == pytest.approx(sum(part["value"] for part in row["reasons"]))
        assert row["text"]


def test_why_agrees_with_the_day(ask):
    """What `on` tells is what `why` explains."""
    day, why = ask("on", "08-20", "--year", "2026"), ask("why", "08-20", "--year", "2026")
    told = [day["lead"], *day["selected"]]

    assert [row["id"] for row in why["picks"]] == [pick["id"] for pick in told]
    assert [row["why"] for row in why["picks"]] == [pick["why"] for pick in told]


def test_why_in_words(run):
    """A line a candidate, its id, its numbers by name."""
    lines = run("why", "20", "August", "--year", "2026").stdout.splitlines()

    assert lines[0].startswith("Why 20 August, 2026 · ")
    assert lines[2].startswith("lead ")
    assert lines[3].strip().startswith("e:")
    assert "weight +" in lines[4]


def test_why_wants_a_day_of_every_year(demo):
    """A date with a year is mistyped; the year is an option."""
    result = CliRunner().invoke(main, ["why", "1940-08-20", "-C", str(demo)])

    assert result.exit_code == 2
    assert "--year" in result.stderr


def test_plan_is_a_line_a_day(run):
    """Then the centenaries."""
    lines = run("plan", "2027").stdout.splitlines()

    assert any(line.startswith("2027-08-20 ") for line in lines)
    assert "Centenaries" in lines


@pytest.mark.parametrize("typed", ["next", "0", "12027"])
def test_plan_wants_a_year(demo, typed):
    """What is none is told what one is."""
    result = CliRunner().invoke(main, ["plan", typed, "-C", str(demo)])

    assert result.exit_code == 2
    assert f"{typed!r} is no year; write one from 1 to 9999" in result.stderr


def test_plan_as_csv_is_what_ran_wants(run, demo, tmp_path):
    """Put in the folder as ran.csv, it is kept when the year is planned again."""
    text = run("plan", "2027", "--csv").stdout
    rows = list(csv.DictReader(io.StringIO(text)))
    folder = shutil.copytree(demo, tmp_path / "demo", symlinks=True)
    (folder / "ran.csv").write_text(text, encoding="utf-8")
    again = CliRunner().invoke(main, ["plan", "2027", "--csv", "-C", str(folder)]).stdout
    later = CliRunner().invoke(main, ["plan", "2028", "--csv", "-C", str(folder)]).stdout
    entries = {row["date"][5:]: row["entry"] for row in csv.DictReader(io.StringIO(later))}

    assert tuple(rows[0]) == COLUMNS
    assert [(row["date"], row["entry"]) for row in csv.DictReader(io.StringIO(again))] == [
        (row["date"], row["entry"]) for row in rows
    ]
    assert entries["08-20"] != next(r["entry"] for r in rows if r["date"] == "2027-08-20")


def test_plan_names_the_story_that_runs(run):
    """An editor sees which days are taken."""
    rows = csv.DictReader(io.StringIO(run("plan", "2027", "--csv").stdout))

    assert any(row["story"] for row in rows)


def test_plan_as_calendar(run):
    """An all-day event a day, the same each time."""
    result = run("plan", "2027", "--ics")
    calendar = icalendar.Calendar.from_ical(result.stdout)
    days = [event.decoded("dtstart").isoformat() for event in calendar.walk("VEVENT")]

    assert "2027-08-20" in days
    assert days == sorted(set(days))
    assert run("plan", "2027", "--ics").stdout == result.stdout


def test_plan_as_json(run):
    """For programs."""
    answer = json.loads(run("plan", "2027", "--json").stdout)

    assert list(answer) == ["year", "leads", "centenaries"]
    assert {"date", "entry", "text", "why"} <= set(answer["leads"][0])


def test_a_broken_ran_is_said(demo, tmp_path):
    """One line, with file and line."""
    folder = shutil.copytree(demo, tmp_path / "demo", symlinks=True)
    (folder / "ran.csv").write_text("date,entry\nsoon,e:1\n", encoding="utf-8")
    result = CliRunner().invoke(main, ["plan", "2027", "-C", str(folder)])

    assert result.exit_code == 1
    assert "ran.csv:2: 'soon' is no date" in result.stderr
