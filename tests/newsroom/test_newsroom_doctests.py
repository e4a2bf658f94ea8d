"""The examples in the newsroom's docstrings run, once Django has its settings."""

from __future__ import annotations

import doctest
import importlib
from pathlib import Path

import pytest

pytest.importorskip("wagtail")

FOLDER = Path(__file__).parents[2] / "hodie" / "newsroom"
NAMES = sorted(path.stem for path in FOLDER.glob("*.py") if ">>>" in path.read_text("utf-8"))


@pytest.mark.parametrize("name", NAMES)
def test_examples_run(newsroom, name):
    """Each example says what it says."""
    module = importlib.import_module(f"hodie.newsroom.{name}")
    flags = doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS

    done = doctest.testmod(module, optionflags=flags)

    assert done.attempted
    assert not done.failed
