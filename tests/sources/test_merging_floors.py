"""The measure of merging, held to floors that nobody lowers unawares."""

from __future__ import annotations

import gzip
import importlib.util
import sys
import tomllib
from pathlib import Path

import pytest

from hodie.almanac import Entry

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data"
BENCHMARK = ROOT / "benchmarks" / "accuracy" / "merging.py"
FLOORS = tomllib.loads(BENCHMARK.with_name("merging-floors.toml").read_text(encoding="utf-8"))

# How far one month strays from the year whose figures the floors are.
STRAY = 1.5


@pytest.fixture(scope="module")
def figures(tmp_path_factory, starter: list[Entry]) -> dict[str, float]:
    """The figures of one month."""
    if not (DATA / "wikipedia-days-2019.ndjson.gz").is_file():
        pytest.skip("../shared/data/wikipedia-days-2019.ndjson.gz is absent")
    spec = importlib.util.spec_from_file_location("merging_benchmark", BENCHMARK)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    pages = tmp_path_factory.mktemp("pages") / "march.ndjson.gz"
    with gzip.open(DATA / module.PAGES, "rb") as whole, gzip.open(pages, "wb") as part:
        part.writelines(line for line in whole if line.startswith(b'{"date":"March '))
    march = [entry for entry in starter if entry.day is not None and entry.day.month == 3]
    return module.figures(march, pages, DATA)


@pytest.mark.parametrize("measure", FLOORS)
def test_no_measure_falls_below_its_floor(figures, measure):
    """Every change of the rules keeps what was reached, as far as a month can tell."""
    assert figures[measure] >= FLOORS[measure] - STRAY


@pytest.mark.parametrize("measure", FLOORS)
def test_floors_follow_the_measure(figures, measure):
    """A floor is raised when the measure rises, so that it cannot fall back unseen."""
    assert figures[measure] < FLOORS[measure] + STRAY + 2, f"raise {measure}"
