"""The measure against human editors, held to floors that nobody lowers unawares."""

import importlib.util
import sys
import tomllib
from pathlib import Path

import pytest

from hodie.selection import Policy

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data"
FLOORS = tomllib.loads(Path(__file__).with_name("floors.toml").read_text(encoding="utf-8"))
# A floor may lag so far behind; more, and a loss could hide below it. Lines still grow.
SLACK = {"bare": 0.06, "shipped": 0.5, "variety": 0.6}
PROMISED = {"recall_at_5": 0.45, "gain": 1.4}

pytestmark = pytest.mark.skipif(
    not (DATA / "editorial-train.ndjson.gz").exists(), reason="needs the lists of ../shared/data"
)


@pytest.fixture(scope="module")
def bench():
    """The benchmark as a module."""
    path = ROOT / "benchmarks" / "accuracy" / "selection.py"
    spec = importlib.util.spec_from_file_location("bench_selection", path)
    sys.modules[spec.name] = module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def measured(bench):
    """Every figure that has a floor."""
    starter = bench.Starter()
    bare, shipped = bench.cases(starter, DATA), bench.cases(starter, DATA, lines=True)
    ranking = bench.picked(Policy())
    fives = [ranking(case)[:5] for case in shipped]
    found = {"variety": {what: bench.distinct(fives, of) for what, of in bench.SORTS.items()}}
    for name, days in (("bare", bare), ("shipped", shipped)):
        found[name] = bench.measures(days, ranking) | {"gain": bench.gain(days, ranking)[0]}
    return found


CASES = [(part, name) for part, floors in FLOORS.items() for name in floors]


@pytest.mark.parametrize(("part", "name"), CASES)
def test_no_measure_falls_below_its_floor(measured, part, name):
    """What was reached stays reached."""
    assert measured[part][name] >= FLOORS[part][name]


@pytest.mark.parametrize(("part", "name"), CASES)
def test_floors_follow_the_measure(measured, part, name):
    """A floor far below the measure would hide a loss."""
    assert measured[part][name] < FLOORS[part][name] + SLACK[part], f"raise {name} in floors.toml"


@pytest.mark.parametrize("name", PROMISED)
def test_floors_keep_what_was_promised(name):
    """Nobody lowers a floor below what the explanation says."""
    assert FLOORS["bare"][name] >= PROMISED[name]


def test_the_fit_finds_what_was_preferred(bench):
    """A feature that every pick has and nothing else comes out positive, one of no account at 0."""
    rows = [[(0, 1.0), (1, 1.0)], [(1, 1.0)], [(1, 1.0)]]
    liked, neutral = bench.conditional_logit([(rows, [1.0, 0.0, 0.0])] * 20, [1.0, 1.0])

    assert liked > 1
    assert neutral == pytest.approx(0)
