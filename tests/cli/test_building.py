"""What `hodie build` makes of a publication's own records, and what it says of them."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner

from hodie.almanac import Almanac
from hodie.cli import main

CSV = "date,title,people\n20 August 1888,The bridge opens,Ada Reader\n30 Feb 1900,Never,\n"
BASE = 'name = "A"\nbase_url = "https://a.example"\n'
TABLE = '[[sources]]\nname = "table"\nfile = "parish.csv"\nlicence = "CC-BY-4.0"\n'


def hodie(*arguments: object, code: int = 0):
    """Run a command that must end with `code`, and return what it said."""
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exit_code == code, result.output
    return result


def publication(tmp_path: Path, *parts: str) -> Path:
    """Make a publication of a table of one's own."""
    (tmp_path / "hodie.toml").write_text(BASE + "\n".join(parts or (TABLE,)))
    (tmp_path / "parish.csv").write_text(CSV)
    return tmp_path


def titles(folder: Path) -> list[str | None]:
    """Return the titles of all entries."""
    with Almanac.open(folder / "almanac.db") as almanac:
        return sorted(entry.label for entry in almanac.entries())


def test_own_records_come_in_and_what_could_not_be_read_is_listed(tmp_path):
    """The file is looked for beside hodie.toml, wherever the command runs."""
    said = hodie("build", "-C", publication(tmp_path)).stderr

    assert titles(tmp_path) == ["The bridge opens"]
    assert "parish.csv: 1 not read: see" in said
    [row] = csv.DictReader((tmp_path / "unread.csv").read_text().splitlines())
    assert (row["file"], row["line"], row["column"]) == ("parish.csv", "3", "date")


def test_the_report_goes_when_all_is_read(tmp_path):
    """A report of an older build does not stay."""
    folder = publication(tmp_path)
    hodie("build", "-C", folder)
    (folder / "parish.csv").write_text("date,title\n20 August 1888,The bridge opens\n")
    hodie("build", "-C", folder)

    assert not (folder / "unread.csv").exists()


def test_a_second_build_gives_the_same_bytes(tmp_path):
    """Nothing of the time or the order of reading is in the file."""
    folder = publication(tmp_path)
    hodie("build", "-C", folder)
    before = (folder / "almanac.db").read_bytes()
    hodie("build", "-C", folder)

    assert (folder / "almanac.db").read_bytes() == before


def test_the_house_has_the_last_word(tmp_path):
    """house.toml is read from the publication's folder; a change without its entry is said."""
    folder = publication(tmp_path)
    (folder / "house.toml").write_text(
        '[[entries]]\nid = "fair"\nday = "05-01"\nkind = "holiday"\ntitle = "The fair"\n'
        '[[changes]]\nentry = "house:fair"\ntitle = "The great fair"\n'
        '[[changes]]\nentry = "gone"\nhide = true\n'
    )
    said = hodie("build", "-C", folder).stderr

    assert titles(folder) == ["The bridge opens", "The great fair"]
    assert "house.toml:9: no entry has the id 'gone'; the change waits" in said


def test_a_wrong_house_file_stops_the_build(tmp_path):
    """One line says where, and no almanac is made."""
    folder = publication(tmp_path)
    (folder / "house.toml").write_text("[[changes]]\nhide = true\n")
    said = hodie("build", "-C", folder, code=1).stderr

    assert "house.toml:1: entry is missing" in said
    assert not (folder / "almanac.db").exists()


def test_dates_of_other_calendars_are_told_under_their_civil_year(tmp_path):
    """Beside them stands what the record says; only an Old Style date names its calendar."""
    folder = publication(tmp_path, TABLE)
    rows = "A,14 Nisan 5701,Seder\nB,10 Muharram 61 AH,Kerbala\nC,25 Oct 1917 O.S.,Revolt\n"
    (folder / "parish.csv").write_text(f"id,date,title\n{rows}")
    hodie("build", "-C", folder)

    assert "1941  Seder (14 Nisan 5701 AM)" in hodie("on", "1941-04-11", "-C", folder).stdout
    assert "680  Kerbala (10 Muharram 61 AH)" in hodie("on", "0680-10-10", "-C", folder).stdout
    told = hodie("on", "1917-11-07", "-C", folder).stdout
    assert "1917  Revolt (25 October 1917 by the Julian calendar)" in told


def test_excluded_licences_are_left_out(tmp_path):
    """What stands under them alone does not come in, and is counted."""
    folder = publication(tmp_path, '[build]\nexclude_licences = ["cc by 4.0"]\n', TABLE)
    said = hodie("build", "-C", folder).stderr

    assert titles(folder) == []
    assert "licences: 1 entries and 0 lines left out" in said


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ('[[sources]]\nname = "table"\nfile = "gone.csv"\n', "gone.csv: there is no such file"),
        ('[[sources]]\nname = "table"\n', "hodie.toml: sources[1].file ('table'): is missing"),
        ('[[sources]]\nname = "tabel"\n', "sources[1].name: no source is named 'tabel'; did you"),
        ('[build]\nexclude_licences = "CC0"\n', "build.exclude_licences: 'CC0' must be a list"),
        ("[build]\nexclude = []\n", "build.exclude: is no known key"),
    ],
)
def test_errors_are_one_line(tmp_path, part, said):
    """What hodie.toml says wrong stops the build with one line."""
    found = hodie("build", "-C", publication(tmp_path, part), code=1).stderr

    assert said in found
    assert "Traceback" not in found
    assert len(found.strip().splitlines()) == 1


@pytest.mark.parametrize("name", ["parish.csv", "own.ics", "own.ged", "calendar.own"])
def test_a_preview_can_be_pasted(tmp_path, name):
    """What comes on standard output is TOML that a build takes."""
    from importlib import util

    spec = util.spec_from_file_location(
        "records_samples", Path(__file__).parents[1] / "sources" / "records_samples.py"
    )
    assert spec is not None
    assert spec.loader is not None
    samples = util.module_from_spec(spec)
    spec.loader.exec_module(samples)
    texts = {"own.ics": samples.ICS, "own.ged": samples.GEDCOM, "calendar.own": samples.BSD}
    folder = publication(tmp_path)
    (folder / name).write_text(texts.get(name, CSV))

    shown = hodie("build", "--preview", folder / name)

    assert tomllib.loads(shown.stdout)["sources"][0]["file"] == name
    assert "Put the lines above into hodie.toml" in shown.stderr
    (folder / "hodie.toml").write_text(BASE + shown.stdout)
    hodie("build", "-C", folder)
    assert titles(folder)


def test_a_preview_of_nothing_says_so(tmp_path):
    """A file that is not there, or that has no dates, ends in one line."""
    (tmp_path / "t.csv").write_text("a,b\nx,y\n")

    assert "no such file" in hodie("build", "--preview", tmp_path / "gone.csv", code=1).stderr
    assert (
        "no column looks like dates"
        in hodie("build", "--preview", tmp_path / "t.csv", code=1).stderr
    )
