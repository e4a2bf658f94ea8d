"""The guide to the API: its examples run, and say what it says they do."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

GUIDE = Path(__file__).parents[2] / "docs" / "how-to" / "use-the-api.md"
ORIGIN = "http://127.0.0.1:8000"


def blocks(language):
    """Return the listings of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```", GUIDE.read_text("utf-8"), re.M | re.S)


COMMANDS = "".join(blocks("sh")).splitlines()


@pytest.fixture(scope="module")
def curl():
    """The program that the guide asks with."""
    program = shutil.which("curl")
    if program is None:
        pytest.skip("needs curl (apt-get install curl)")
    return program


@pytest.mark.parametrize("command", COMMANDS)
def test_commands_run(curl, served, command):
    """Each command of the guide gets what its text promises."""
    name, *arguments = shlex.split(command.replace(ORIGIN, served))
    done = subprocess.run(
        [curl, "-s", *arguments], capture_output=True, text=True, check=True, timeout=30
    )

    assert name == "curl"
    if ".csv" in command and "-D" not in command:
        assert len(list(csv.reader(io.StringIO(done.stdout)))) > 1
    elif ".ndjson" in command:
        assert all(json.loads(line)["kind"] == "event" for line in done.stdout.splitlines())
    elif "-D" in command:
        assert re.search(r'^link: <.+>; rel="next"', done.stdout, re.M)
    elif "-w" in command:
        assert done.stdout == "200\n"
    else:
        assert ("problem" in json.loads(done.stdout).get("type", "")) is ("kind=war" in command)


def test_the_problem_is_as_shown(curl, served):
    """The problem in the guide is the server's own."""
    [shown] = blocks("json")
    [command] = [line for line in COMMANDS if "kind=war" in line]
    address = shlex.split(command.replace(ORIGIN, served))[1]
    done = subprocess.run([curl, "-s", address], capture_output=True, check=True, timeout=30)

    assert json.loads(done.stdout) == json.loads(shown)


def test_the_program_runs(served, demo):
    """The program in the guide reads all births of the day."""
    from hodie.almanac import Almanac, Kind
    from hodie.dates import MonthDay

    [program] = blocks("python")
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(program.replace(ORIGIN, served), {})

    with Almanac.open(demo / "almanac.db") as almanac:
        assert int(said.getvalue()) == almanac.count(MonthDay(8, 20), Kind.BIRTH)
