"""Small almanacs, built for real in a temporary folder."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import count
from pathlib import Path

import pytest

from hodie.almanac import Almanac, Entry, build

# `almanac_samples` is a module of its own, since builds in other processes take its entries too.
sys.path.append(str(Path(__file__).parent))

Make = Callable[[Iterable[Entry]], Almanac]


@pytest.fixture(scope="session", autouse=True)
def _no_waiting_for_the_disk() -> Iterator[None]:
    """Let nothing wait until a busy disk has written: no test cuts the power."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("os.fsync", lambda descriptor: None)
        yield


@pytest.fixture
def make(tmp_path: Path) -> Iterator[Make]:
    """Return a function that builds an almanac of some entries and opens it."""
    with maker(tmp_path) as made:
        yield made


@pytest.fixture(scope="module")
def make_for_all(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Make]:
    """Return such a function for almanacs that all tests of a module share."""
    with maker(tmp_path_factory.mktemp("almanacs")) as made:
        yield made


@contextmanager
def maker(folder: Path) -> Iterator[Make]:
    """Give a function that builds almanacs in a folder and opens them; close them after."""
    with ExitStack() as opened:
        numbers = count()

        def made(entries: Iterable[Entry]) -> Almanac:
            path = folder / f"almanac-{next(numbers)}.db"
            build(path, entries)
            return opened.enter_context(Almanac.open(path))

        yield made


@pytest.fixture(scope="session")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Almanac]:
    """An almanac with one of everything, open."""
    from almanac_samples import ENTRIES

    path = tmp_path_factory.mktemp("everything") / "almanac.db"
    build(path, ENTRIES)
    with Almanac.open(path) as almanac:
        yield almanac


@pytest.fixture(scope="session")
def thousands(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Almanac]:
    """An almanac of three thousand entries, open."""
    from almanac_samples import many

    path = tmp_path_factory.mktemp("thousands") / "almanac.db"
    build(path, many(3000))
    with Almanac.open(path) as almanac:
        yield almanac
