"""The clients of others' APIs that the tests run, and a Hodie for them to ask."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from hodie.almanac import Entry, Kind, build
from hodie.dates import HistoricalDate, MonthDay
from hodie.press import Publication, create

# Programs for the clients' Python, which pytest's own cannot even import.
collect_ignore = ["panel.py", "redirected.py"]

HERE = Path(__file__).parent
CLIENTS = Path(sys.prefix) / "clients"
CENTURIES = range(1100, 2000, 100)


@pytest.fixture(scope="session")
def packages() -> Path:
    """The folder in which the clients are installed."""
    if not (CLIENTS / "ready").exists():
        pytest.skip("needs clients of other APIs in .venv/clients, which ./run clients installs")
    return CLIENTS


@pytest.fixture(scope="session")
def python(packages):
    """Run a Python client against an origin, and return what it printed."""

    def run(origin: str, host: str, module: str, *arguments: str) -> str:
        places = os.pathsep.join([str(packages / "python"), str(HERE)])
        command = [sys.executable, HERE / "redirected.py", origin, host, module, "main"]
        return _said([*map(str, command), *arguments], PYTHONPATH=places)

    return run


@pytest.fixture(scope="session")
def node(packages):
    """Run a client of Node against an origin, and return what it printed."""

    def run(script: str, origin: str, *arguments: str) -> str:
        program = shutil.which("node")
        assert program, "./run clients installs Node where it may"
        return _said([program, str(HERE / script), origin, str(packages), *arguments])

    return run


def _said(command: list[str], **environment: str) -> str:
    """Run a program with its own Python, free of what pytest set for this one."""
    free = {k: v for k, v in os.environ.items() if not k.startswith(("PYTHON", "HTTP", "http"))}
    done = subprocess.run(
        command, env={**free, **environment}, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def asked_today(
    tmp_path_factory: pytest.TempPathFactory, serve: Callable[[Path], AbstractContextManager[str]]
) -> Iterator[str]:
    """The origin of a Hodie that has much to tell on every day, without an edition."""
    folder = create(tmp_path_factory.mktemp("clients") / "publication", demo=False)
    build(Publication.load(folder).almanac_path, _every_day())
    with serve(folder) as origin:
        yield origin


def _every_day() -> Iterator[Entry]:
    for day in MonthDay.all():
        for year in CENTURIES:
            # A leap year, so that every day has been in it.
            date = HistoricalDate(year + 4, day.month, day.day)
            title = f"What happened in the {year}s"
            yield Entry(f"e:{year}-{day}", Kind.EVENT, date=date, day=day, title=title)
