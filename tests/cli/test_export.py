"""Exports: every form holds the same entries, backed, and is read back by its own readers."""

from __future__ import annotations

import csv
import io
import json
import sys

import icalendar
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from hodie.almanac import Entry, Kind, Reference, build
from hodie.cli import main
from hodie.dates import HistoricalDate, MonthDay
from hodie.press.api.formats import harmless

EVIL = '=HYPERLINK("http://evil.example";"Read more")'


@pytest.fixture
def export(demo):
    """A function that exports from the demo, and returns what was written."""

    def run(*arguments: str) -> bytes:
        result = CliRunner().invoke(main, ["export", *arguments, "-C", str(demo)])
        assert result.exit_code == 0, result.output
        return result.stdout_bytes

    return run


def rows(body: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body.decode(), newline="")))


def test_every_form_has_the_same_entries(export, tmp_path):
    """A day in each form has the same entries, in the same order."""
    wanted = ("20", "August", "--kind", "event")
    ids = [row["id"] for row in rows(export(*wanted))]
    parquet = tmp_path / "day.parquet"
    export(*wanted, "-o", str(parquet))
    events = icalendar.Calendar.from_ical(export(*wanted, "-f", "ics")).walk("VEVENT")

    assert len(ids) > 20
    assert [each["id"] for each in json.loads(export(*wanted, "-f", "json"))] == ids
    assert [json.loads(line)["id"] for line in export(*wanted, "-f", "ndjson").splitlines()] == ids
    assert pq.read_table(parquet).column("id").to_pylist() == ids
    assert [str(event["uid"]).rpartition("@")[0] for event in events] == ids


def test_rows_carry_references_and_licences(export, tmp_path):
    """Wherever a row goes, what backs it goes with it."""
    parquet = tmp_path / "day.parquet"
    export("08-20", "-o", str(parquet))
    table = rows(export("08-20"))
    objects = json.loads(export("08-20", "-f", "json"))

    assert all(row["references.source"] and row["references.licence"] for row in table)
    assert all(each["references"][0]["licence"] for each in objects)
    references = pq.read_table(parquet).column("references").to_pylist()
    assert all(each[0]["licence"] for each in references)
    assert table[0]["url"].endswith(f"/api/v1/entries/{table[0]['id']}")


def test_a_month_and_a_date_can_be_asked_for(export):
    """A month has its days alone; a date has that year alone."""
    days = {row["day"] for row in rows(export("--month", "8"))}
    years = {row["date.year"] for row in rows(export("1940-08-20"))}

    assert days
    assert {day[:3] for day in days} == {"08-"}
    assert years == {"1940"}


def test_the_whole_has_what_has_no_day(own):
    """Without a day or a month it is everything that the almanac shows."""
    (own / "almanac.db").unlink()
    year = Entry("e:1866", Kind.EVENT, date=HistoricalDate(1866), title="A year")
    day = HistoricalDate(1940, 8, 20)
    build(own / "almanac.db", [year, Entry("e:1940", Kind.EVENT, date=day, day=day.month_day)])

    def ids(*arguments: str) -> set[str]:
        body = CliRunner().invoke(main, ["export", *arguments, "-C", str(own)]).stdout_bytes
        return {row["id"] for row in rows(body)}

    assert ids() == {"e:1866", "e:1940"}
    assert ids("--month", "8") == ids("08-20") == {"e:1940"}


def test_a_filter_chooses(export):
    """The options are those of feeds and calendars."""
    found = rows(export("--kind", "birth", "--kind", "death", "--from", "1900", "--to", "1910"))

    assert {row["kind"] for row in found} == {"birth", "death"}
    assert {int(row["date.year"]) for row in found} <= set(range(1900, 1911))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--country", "Poland"], "such as 'PL'"),
        (["20", "August", "--month", "8"], "name one of them"),
        (["-o", "x.xls"], "end it in .csv"),
        (["30", "February"], "29 February"),
        (["--from", "1900", "--to", "1800"], "swap the two"),
    ],
)
def test_slips_are_named(demo, arguments, words):
    """What cannot be meant is said in one line, and nothing is written."""
    result = CliRunner().invoke(main, ["export", *arguments, "-C", str(demo)])

    assert result.exit_code != 0
    assert words in result.output
    assert result.stdout_bytes == b""


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (EVIL, False),
        ("+1", False),
        ("@home", False),
        ("-1+cmd|' /C calc'!A0", False),
        ("\tx", False),
        ("\rx", False),
        ("\uff1dsum(1)", False),
        ("Plain = text", True),
        ("", True),
        ("-0043-03-15", True),
        ("-004X~", True),
        ("-43", True),
    ],
)
def test_formulas_are_made_harmless(text, kept):
    """A text that a spreadsheet would run has an apostrophe before it; dates and years have not."""
    assert harmless(text) == (text if kept else f"'{text}")


def test_a_title_of_evil_is_harmless_in_csv_and_whole_elsewhere(own):
    """The guard is for spreadsheets only."""
    day = MonthDay(8, 20)
    entry = Entry(
        "e:1",
        Kind.EVENT,
        date=HistoricalDate(1940, 8, 20),
        day=day,
        title=EVIL,
        references=(Reference("x"),),
    )
    (own / "almanac.db").unlink()
    build(own / "almanac.db", [entry])

    def run(form: str) -> bytes:
        return CliRunner().invoke(main, ["export", "-f", form, "-C", str(own)]).stdout_bytes

    assert rows(run("csv"))[0]["title"] == f"'{EVIL}"
    assert json.loads(run("json"))[0]["title"] == EVIL


def test_nothing_found_is_still_a_file(export):
    """An empty answer has its form."""
    nothing = ("--with", "zzzzzz")

    assert rows(export(*nothing)) == []
    assert export(*nothing).startswith(b"id,url,")
    assert json.loads(export(*nothing, "-f", "json")) == []
    assert export(*nothing, "-f", "ndjson") == b""
    assert icalendar.Calendar.from_ical(export(*nothing, "-f", "ics")).walk("VEVENT") == []


def test_a_file_is_written_whole_or_not_at_all(demo, tmp_path, monkeypatch):
    """Where writing fails, the old file stands, and nothing half is left."""
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    file = tmp_path / "all.parquet"
    file.write_bytes(b"old")
    result = CliRunner().invoke(main, ["export", "-C", str(demo), "-o", str(file)])

    assert result.exit_code == 1
    assert "pip install 'hodie[parquet]'" in result.output
    assert file.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [file]


def test_a_place_that_cannot_be_written_is_named(demo, tmp_path):
    """The line says which file, and why."""
    result = CliRunner().invoke(
        main, ["export", "08-20", "-C", str(demo), "-o", str(tmp_path / "no" / "x.csv")]
    )

    assert result.exit_code == 1
    assert "x.csv: cannot be written: no such file" in result.output
