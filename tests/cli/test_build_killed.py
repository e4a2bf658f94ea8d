"""`hodie build` killed at any moment: the old almanac stands, and the next build is whole."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from hodie.almanac import Almanac
from hodie.cli import main

CONFIG = """\
name = "A"
base_url = "https://a.example"

[[sources]]
name = "table"
file = "parish.csv"

[[sources]]
name = "ical"
file = "town.ics"
"""
HOUSE = '[[entries]]\nid = "fair"\nday = "05-01"\nkind = "holiday"\ntitle = "The fair"\n'

# Runs the command in another process, which kills itself before it asks the system for the nth
# time to open, rename or remove a file of the publication.
BUILD = """
import os, signal, sys

folder, moment = sys.argv[1], int(sys.argv[2])
asked = 0

def audit(event, arguments):
    global asked
    if event in ("open", "os.rename", "os.remove", "os.rmdir", "os.mkdir", "sqlite3.connect"):
        if arguments and folder in str(arguments[0]):
            asked += 1
            if asked == moment:
                os.kill(os.getpid(), signal.SIGKILL)

from hodie.cli import main
os.fsync = lambda descriptor: None
sys.addaudithook(audit)
main(["build", "-C", folder], standalone_mode=False)
print(asked)
"""


def publication(folder: Path, bridges: int) -> Path:
    """Make a publication of two sources that share an event, a house, and a row that is none."""
    folder.mkdir(exist_ok=True)
    rows = "".join(f"{1700 + n}-05-01,Bridge {n} opens,Ada Reader\n" for n in range(bridges))
    (folder / "hodie.toml").write_text(CONFIG)
    (folder / "house.toml").write_text(HOUSE)
    (folder / "parish.csv").write_text(f"date,title,people\n{rows}30 Feb 1900,Never,\n")
    (folder / "town.ics").write_text(
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nDTSTART;VALUE=DATE:17000501\n"
        "SUMMARY:Bridge 0 opens\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    return folder


def killed_build(folder: Path, moment: int) -> tuple[int, str]:
    """Build in another process; return how it ended, and what it printed."""
    command = [sys.executable, "-c", BUILD, str(folder), str(moment)]
    run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    return run.returncode, run.stdout.strip() or run.stderr


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of the almanac that stood there before."""
    return built(publication(tmp_path_factory.mktemp("old"), 20))


@pytest.fixture(scope="module")
def new(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of an unbroken build."""
    return built(publication(tmp_path_factory.mktemp("new"), 21))


@pytest.fixture(scope="module")
def moments(tmp_path_factory: pytest.TempPathFactory, old: bytes) -> int:
    """How many moments an unbroken build has."""
    folder = publication(tmp_path_factory.mktemp("moments"), 21)
    (folder / "almanac.db").write_bytes(old)
    code, said = killed_build(folder, 0)
    assert code == 0, said
    return int(said)


def built(folder: Path) -> bytes:
    """Build in this process, and return the almanac's bytes."""
    result = CliRunner().invoke(main, ["build", "-C", str(folder)])
    assert result.exit_code == 0, result.output
    return (folder / "almanac.db").read_bytes()


@pytest.mark.parametrize("part", range(10))
def test_a_killed_build_leaves_the_old_almanac(tmp_path, old, new, moments, part):
    """After a kill the old almanac or the new one is whole, and the next build is unbroken."""
    folder = publication(tmp_path / "town", 21)
    (folder / "almanac.db").write_bytes(old)

    code, said = killed_build(folder, 1 + (moments - 1) * part // 9)

    assert code == -9, said
    with Almanac.open(folder / "almanac.db") as almanac:
        almanac.verify()
    assert (folder / "almanac.db").read_bytes() in (old, new)
    assert built(folder) == new
    assert {path.name for path in folder.iterdir()} == {
        *("almanac.db", "hodie.toml", "house.toml", "parish.csv", "town.ics", "unread.csv"),
    }
