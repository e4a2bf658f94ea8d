"""Dumps through the commands: `hodie build` and `hodie read`."""

import json
from pathlib import Path

from click.testing import CliRunner
from wikidata_items import born_in, dump, item, person, statement, write_dump

from hodie.almanac import Almanac, Kind
from hodie.cli import main
from hodie.dates import HistoricalDate

SETTINGS = """name = "A"
base_url = "http://a.example"
[[sources]]
name = "wikidata"
path = "wikidata-20260105-all.json.gz"
languages = ["en", "de"]
processes = 1
"""
PEOPLE = [
    person(n, f"Person {n}", born_in(1800 + n), statement("P19", item(1))) for n in range(1, 20)
]


def hodie(*arguments: object, code: int = 0):
    """Run a command that must end with `code`, and return what it said."""
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exit_code == code, result.output
    return result


def publication(folder: Path, more: str = "") -> Path:
    folder.mkdir()
    (folder / "hodie.toml").write_text(SETTINGS + more)
    write_dump(folder / "wikidata-20260105-all.json.gz", PEOPLE)
    return folder


def test_build_makes_an_almanac_of_a_dump(tmp_path):
    """Its entries are there, with the dump's day as the revision of the reference."""
    folder = publication(tmp_path / "a")
    said = hodie("build", "-C", folder).stderr
    assert "19 dates of 19 items" in said
    with Almanac.open(folder / "almanac.db") as almanac:
        assert almanac.info.entries[Kind.BIRTH] == 19
        [entry] = almanac.date(HistoricalDate(1807, 8, 16))
    assert entry.references[0].revision == "2026-01-05"


def test_finished_ranges_are_kept_beside_the_publication(tmp_path):
    """In `.sources/`, where the next build finds them."""
    folder = publication(tmp_path / "a")
    hodie("build", "-C", folder)
    assert list(folder.glob(".sources/wikidata-*/00000.parquet"))


def test_what_could_not_be_read_is_listed(tmp_path):
    """A broken line stands in the report file, with its place."""
    folder = publication(tmp_path / "a")
    (folder / "dump.json").write_bytes(dump(PEOPLE)[:-50] + b"\n]\n")
    toml = folder / "hodie.toml"
    toml.write_text(toml.read_text().replace("wikidata-20260105-all.json.gz", "dump.json"))
    hodie("build", "-C", folder)
    assert "dump.json: byte 0, text " in (folder / "unread.csv").read_text()


def test_an_engine_nobody_has_is_refused(tmp_path):
    """The option reaches the source; without a source that takes it, it is an error too."""
    folder = publication(tmp_path / "a")
    assert "engine = 'abacus'" in hodie("build", "-C", folder, "--engine", "abacus", code=1).stderr
    (folder / "hodie.toml").write_text('name = "A"\nbase_url = "http://a.example"\n')
    assert (
        "no source here takes" in hodie("build", "-C", folder, "--engine", "spark", code=1).stderr
    )


def test_read_shows_an_entry_a_line(tmp_path):
    """With --json each line is one entry."""
    file = write_dump(tmp_path / "dump.json.gz", PEOPLE)
    rows = hodie("read", "wikidata", file, "--json").stdout.splitlines()
    assert len(rows) == 19
    entry = json.loads(rows[6])
    assert (entry["kind"], entry["date"]) == ("birth", "1807-08-16")
    assert [part["role"] for part in entry["participants"]] == ["subject", "place"]
