"""Several editors at once: no error, no lost edit, and the later of two on one page is warned."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

pytest.importorskip("wagtail")

SCRIPT = Path(__file__).parents[2] / "benchmarks" / "speed" / "newsroom.py"


@pytest.fixture
def bench():
    """The benchmark of twenty editors and two minutes."""
    spec = importlib.util.spec_from_file_location("newsroom_bench", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_editors_at_once_lose_nothing(bench, newsroom, copies, tmp_path, monkeypatch):
    """A few editors for a few seconds: what was answered as saved is kept, and nothing breaks."""
    folder = copies.make(newsroom, tmp_path / "demo")
    monkeypatch.setenv("DATABASE_URL", copies.env(folder)["DATABASE_URL"])
    (folder / "almanac.db").unlink()

    told = bench.measure(folder, 4, 4)

    assert (told["failed"], told["lost"]) == ({}, 0)
    assert told["saved"] > 0
