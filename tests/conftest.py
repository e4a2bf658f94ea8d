"""What every test may use, and the run that allows no skips."""

from __future__ import annotations

import datetime
import functools
import os
import shutil
import subprocess
import sys
import zlib
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

# The house is imported where it is used: the tests of one package must not need all others.
if TYPE_CHECKING:
    from hodie.almanac import Entry

# With doctests pytest would read each as a test too, and stumble over their one name.
collect_ignore_glob = ["*conftest.py"]

SHARED = Path(__file__).parents[2] / "shared"
HODIE = (sys.executable, "-c", "from hodie.cli import main; main()")
TODAY = datetime.date(2026, 8, 20)
PART = 500
TOLD = {"leon-trotsky", "ramon-mercader", "hattie-mcdaniel"}


# A busy machine is slow, which says nothing of the code; and a test leaves nothing behind.
settings.register_profile(
    "hodie", deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("hodie")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--no-skips",
        action="store_true",
        help="fail every test that would be skipped: a machine that lacks something proves nothing",
    )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item,
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    expected = hasattr(report, "wasxfail")
    if report.skipped and not expected and item.config.getoption("--no-skips"):
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and this run allows none: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    if report.skipped and collector.config.getoption("--no-skips"):
        report.outcome = "failed"
        report.longrepr = f"{collector.nodeid} was skipped, and this run allows none"
    return report


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of test data beside the checkout."""
    if not SHARED.is_dir():
        pytest.skip("needs the data of ../shared, which is not beside this checkout")
    return SHARED


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo publication with an edition of 20 August 2026, and a part of the starter's facts.

    All of 20 August, whoever is in a demo story, and a small part of the rest. Not to be changed:
    `own` is a copy.
    """
    from hodie.almanac import build
    from hodie.press import Edition, Publication, create
    from hodie.server.desk import open_press
    from hodie.sources.starter import StarterSource

    folder = create(tmp_path_factory.mktemp("publications") / "demo", demo=True)
    publication = Publication.load(folder)
    build(publication.almanac_path, filter(_is_kept, StarterSource().entries()))
    Edition.write(folder, functools.partial(open_press, folder), TODAY, workers=1)
    return folder


@pytest.fixture
def own(demo: Path, tmp_path: Path) -> Path:
    """A copy of the demo that a test may change."""
    return Path(shutil.copytree(demo, tmp_path / "own", symlinks=True, copy_function=_copied))


def _copied(source: str, target: str) -> None:
    """Copy a file; one of the edition is never written again, so that a link will do."""
    if "/.editions/" in source:
        os.link(source, target)
    else:
        shutil.copy2(source, target)


def _is_kept(entry: Entry) -> bool:
    on_the_day = str(entry.day) == f"{TODAY:%m-%d}"
    told = any(part.entity.id in TOLD for part in entry.participants)
    return on_the_day or told or zlib.crc32(entry.id.encode()) % PART == 0


@pytest.fixture(scope="session")
def served(demo: Path) -> Iterator[str]:
    """The origin at which a real server shows the demo, as `hodie serve` does."""
    with serving(demo) as origin:
        yield origin


@pytest.fixture(scope="session")
def serve() -> Callable[[Path], AbstractContextManager[str]]:
    """Run `hodie serve` on a folder, in a `with` block that is given its origin."""
    return serving


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Run `hodie serve` on a free port until the block ends, and give its origin."""
    from hodie.server.serving import free_port

    command = [*HODIE, "serve", "-C", str(folder), "--port", str(free_port())]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            # The line with the address comes when the port is open.
            lines = iter(process.stdout.readline, "")
            line = next(line for line in lines if "http://" in line)
            yield line[line.index("http://") :].split()[0]
        finally:
            process.terminate()
            process.wait(timeout=20)
