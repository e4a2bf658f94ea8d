"""Small almanacs, built for real in a temporary folder."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
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
    opened: list[Almanac] = []

    def made(entries: Iterable[Entry]) -> Almanac:
        path = tmp_path / f"almanac-{len(opened)}.db"
        build(path, entries)
        opened.append(Almanac.open(path))
        return opened[-1]

    yield made
    for almanac in opened:
        almanac.close()


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
