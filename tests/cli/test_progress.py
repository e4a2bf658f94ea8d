"""How far a build is, told where no terminal draws a bar."""

from types import SimpleNamespace

import pytest

from hodie.cli import progress as progress_module
from hodie.cli.building import _listen
from hodie.cli.progress import progress


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """Time that passes when a test says so."""
    clock = SimpleNamespace(now=0.0)
    monkeypatch.setattr(progress_module.time, "monotonic", lambda: clock.now)
    return clock


def test_a_part_is_told_at_once_and_then_every_ten_seconds(clock, capsys):
    """Fetching pages for minutes does not look idle, and does not fill the screen."""
    source = SimpleNamespace(name="wikipedia", unit="pages", progress=None)
    with progress("Building almanac.db from wikipedia") as tell:
        _listen([source], tell)
        for page in range(8):
            source.progress(page, 366)
            clock.now += 4.0

    assert capsys.readouterr().err.splitlines() == [
        "Building almanac.db from wikipedia",
        "wikipedia: pages: 0 of 366",
        "wikipedia: pages: 3 of 366",
        "wikipedia: pages: 6 of 366",
    ]


def test_entries_without_a_part_are_not_told_line_by_line(clock, capsys):
    """A million of them would be a million lines."""
    with progress("Building") as tell:
        for done in range(100):
            clock.now += 60.0
            tell(done, 100)

    assert capsys.readouterr().err.splitlines() == ["Building"]


def test_a_source_without_a_unit_is_told_too(clock, capsys):
    """A plug-in that tells how far it is need not name what it counts."""
    source = SimpleNamespace(name="ledger", progress=None)
    with progress("Building") as tell:
        _listen([source], tell)
        source.progress(1, 2)

    assert capsys.readouterr().err.splitlines()[1:] == ["ledger: done: 1 of 2"]
