"""Several editors at once: no error, no lost edit, and the later of two on one page is warned."""

from __future__ import annotations

import importlib.util
import os
import shutil
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


def test_editors_at_once_lose_nothing(bench, newsroom, tmp_path):
    """A few editors for a few seconds: what was answered as saved is kept, and nothing breaks."""
    if os.environ.get("DATABASE_URL"):
        pytest.skip("copies a database that is a file")
    folder = tmp_path / "demo"
    shutil.copytree(newsroom, folder, symlinks=True)
    (folder / "almanac.db").unlink()

    told = bench.measure(folder, 4, 4)

    assert (told["failed"], told["lost"]) == ({}, 0)
    assert told["saved"] > 0
