"""The starter as a whole, read once, and the tool that builds it."""

import sys
from pathlib import Path

import pytest

from hodie.almanac import Entry
from hodie.sources.starter import StarterSource

HERE = Path(__file__).parent
# Samples are a module of their own, since builds in other processes take them too.
if str(HERE) not in sys.path:
    sys.path.append(str(HERE))
TOOLS = Path(__file__).parents[2] / "tools"
if str(TOOLS) not in sys.path:
    sys.path.append(str(TOOLS))


@pytest.fixture(scope="session")
def starter() -> list[Entry]:
    """Every entry of the starter."""
    return list(StarterSource().entries())


@pytest.fixture(scope="session")
def by_id(starter: list[Entry]) -> dict[str, Entry]:
    """The same by their ids."""
    return {entry.id: entry for entry in starter}
