"""The measure on planted errors, held to floors that nobody lowers unawares."""

from __future__ import annotations

import importlib.util
import sys
import tomllib
from pathlib import Path

import pytest

from hodie.almanac import Almanac

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
BENCHMARK = ROOT / "benchmarks" / "accuracy" / "factcheck.py"
FLOORS = tomllib.loads(BENCHMARK.with_name("factcheck-floors.toml").read_text(encoding="utf-8"))

# What was promised; a floor may be above these, never below.
PROMISED = {"found_of_seen": 80.0, "contradicted_right": 98.0}

# How far a sample of this size strays from the 12,000 lines whose figures the floors are.
LINES, STRAY = 1_500, 3.0


@pytest.fixture(scope="module")
def figures(tmp_path_factory) -> dict[str, float]:
    """The figures on a sample of lines."""
    if not (SHARED / "data" / "wikipedia-days-2019.ndjson.gz").is_file():
        pytest.skip("../shared/data/wikipedia-days-2019.ndjson.gz is absent")
    spec = importlib.util.spec_from_file_location("factcheck_benchmark", BENCHMARK)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    path = module.starter(tmp_path_factory.mktemp("starter"))
    with Almanac.open(path) as almanac:
        return module.figures(module.measure(almanac, SHARED, LINES))


@pytest.mark.parametrize("measure", FLOORS)
def test_no_measure_falls_below_its_floor(figures, measure):
    """Every change of the rules keeps what was reached, as far as a sample can tell."""
    stray = STRAY if FLOORS[measure] < 95 else 1.0

    assert figures[measure] >= FLOORS[measure] - stray


@pytest.mark.parametrize("measure", FLOORS)
def test_floors_follow_the_measure(figures, measure):
    """A floor is raised when the measure rises, so that it cannot fall back unseen."""
    assert figures[measure] < FLOORS[measure] + STRAY + 2, f"raise {measure}"


@pytest.mark.parametrize(("measure", "least"), PROMISED.items())
def test_floors_keep_the_promise(measure, least):
    """No floor lies below what was promised."""
    assert FLOORS[measure] >= least
