"""The years of dates that have none: the smoothest path through the narrative.

Prose that tells a story moves forward in small steps, now and then glances back, and rolls over
into the next year without saying so. Every date with a month but no year has a few candidate
years; every date with a year is either a step of the story or background. The cheapest sequence
of steps gives the years, by dynamic programming over the last few places of the story.
"""

from typing import NamedTuple

from msgspec import Struct


class Weights(Struct, frozen=True):
    """What each kind of step costs. Fitted together on benchmarks/accuracy/timex: change all or none."""

    back_month: float = 0.15
    back_per_month: float = 0.4
    rollover: float = 1.05
    skipped_year: float = 0.55
    back_year: float = 6.0
    per_year: float = 0.35
    background_day: float = 5.0
    background_month: float = 3.0
    background_year: float = 4.0
    aside: float = 0.5
    heading: float = 20.0
    far: float = 1.2
    per_month: float = 0.06
    other_year: float = 0.2


WEIGHTS = Weights()
_BEAM = 10


class Step(NamedTuple):
    """One date as the path sees it: a year or none, a month or none, and whether it is an aside."""

    year: int | None
    month: int | None
    aside: bool = False
    heading: bool = False
    day: bool = False


Place = tuple[int, int]
_NO_MONTH = 0


class _Path(NamedTuple):
    cost: float
    place: Place
    year: int | None
    before: "_Path | None"


def years(steps: list[Step], reference: int | None, weights: Weights = WEIGHTS) -> list[int | None]:
    """The year of each step; those that have one keep it.

    >>> years([Step(1940, 10), Step(None, 12), Step(None, 2), Step(1941, 4)], None)
    [1940, 1940, 1941, 1941]
    """
    first = next((s.year for s in steps if s.year is not None), reference)
    if first is None:
        return [s.year for s in steps]
    paths = [_Path(0.0, (first, _NO_MONTH), None, None)]
    recent: int = first
    for step in steps:
        recent = step.year if step.year is not None else recent
        paths = _advance(paths, step, recent, weights)
    return _trace(min(paths), len(steps))


def _advance(paths: list[_Path], step: Step, recent: int, weights: Weights) -> list[_Path]:
    best: dict[Place, _Path] = {}
    for path in paths:
        for new in _continuations(path, step, recent, weights):
            known = best.get(new.place)
            if known is None or new.cost < known.cost:
                best[new.place] = new
    return sorted(best.values(), key=_cost)[:_BEAM]


def _cost(path: _Path) -> float:
    return path.cost


def _continuations(path: _Path, step: Step, recent: int, weights: Weights) -> list[_Path]:
    month = step.month or _NO_MONTH
    if step.year is not None:
        place = (step.year, month)
        moved = path.cost + step_cost(path.place, place, weights)
        return [
            _Path(moved, place, step.year, path),
            _Path(path.cost + _skip_cost(step, weights), path.place, step.year, path),
        ]
    here = path.place[0]
    found = []
    for year in {here - 1, here, here + 1, recent, recent + 1}:
        cost = path.cost + step_cost(path.place, (year, month), weights)
        cost += 0.0 if year == recent else weights.other_year
        found.append(_Path(cost, (year, month), year, path))
    return found


def _skip_cost(step: Step, weights: Weights) -> float:
    """What it costs to call a date with a year background, and stay where the story was."""
    if step.day:
        cost = weights.background_day
    else:
        cost = weights.background_month if step.month else weights.background_year
    return cost * (weights.aside if step.aside else 1.0) + (weights.heading if step.heading else 0.0)


def step_cost(here: Place, there: Place, weights: Weights) -> float:
    """What it costs the story to go from one place to another."""
    ahead = there[0] - here[0]
    months = there[1] - here[1] if here[1] and there[1] else 0
    if ahead == 0:
        return weights.back_month - weights.back_per_month * months if months < 0 else (
            weights.per_month * months
        )
    if ahead == 1:
        if not here[1] or not there[1]:
            return weights.rollover
        return weights.rollover + max(0.0, weights.per_month * (months + 12)) + (
            weights.skipped_year - weights.rollover if months >= 0 else 0.0
        )
    if ahead < 0:
        return weights.back_year - weights.per_year * ahead
    return weights.skipped_year + min(weights.far, weights.per_year * ahead)


def _trace(path: _Path | None, count: int) -> list[int | None]:
    found: list[int | None] = []
    while path is not None and len(found) < count:
        found.append(path.year)
        path = path.before
    return found[::-1]
