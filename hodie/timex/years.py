"""The years of dates that have none: the smoothest path through the narrative.

Prose that tells a story moves forward in small steps, now and then glances back, and rolls over
into the next year without saying so. Every date with a month but no year has a few candidate
years; every date with a year is either a step of the story or background. The cheapest sequence
of steps gives the years, by dynamic programming over the last few places of the story.
"""

from typing import Any, NamedTuple

from msgspec import Struct


class Weights(Struct, frozen=True):
    """What each kind of step costs; fitted together, so change all of them or none."""

    back_month: float = 0.13
    back_per_month: float = 0.29
    rollover: float = 1.6
    skipped_year: float = 0.43
    back_year: float = 8.0
    per_year: float = 0.3
    background_day: float = 8.0
    background_month: float = 3.2
    background_year: float = 2.3
    aside: float = 0.5
    heading: float = 24.0
    far: float = 1.7
    per_month: float = 0.058
    streak: float = 0.9
    other_year: float = 0.2


WEIGHTS = Weights()
_BEAM = 6


class Step(NamedTuple):
    """One date as the path sees it: a year or none, a month or none, and whether it is an aside."""

    year: int | None
    month: int | None
    aside: bool = False
    heading: bool = False
    day: bool = False


# Year, month (0 if unknown), and how many dates with a year were passed over since.
Place = tuple[int, int, int]
_NO_MONTH = 0


class Dated(NamedTuple):
    """The year that a step came to, and whether the story only looked there and stayed put."""

    year: int | None
    background: bool = False


# A path is (cost, place, step, path before): a plain tuple, as the search makes many of them.
_Path = tuple[float, Place, Dated, Any]


def years(steps: list[Step], reference: int | None, weights: Weights = WEIGHTS) -> list[Dated]:
    """The year of each step; those that have one keep it.

    >>> found = years([Step(1940, 10), Step(None, 12), Step(None, 2), Step(1941, 4)], None)
    >>> [dated.year for dated in found]
    [1940, 1940, 1941, 1941]
    """
    first = next((s.year for s in steps if s.year is not None), reference)
    if first is None:
        return [Dated(None) for _ in steps]
    paths: list[_Path] = [(0.0, (first, _NO_MONTH, 0), Dated(None), None)]
    recent: int = first
    for step in steps:
        if step.year is None:
            paths = _undated(paths, step, recent, weights)
        else:
            recent = step.year
            paths = _given(paths, step, recent, weights)
    return _trace(paths[0], len(steps))


def _given(paths: list[_Path], step: Step, year: int, weights: Weights) -> list[_Path]:
    """Go on to a date that has its year, or call it background and stay."""
    place, dated = (year, step.month or _NO_MONTH, 0), Dated(year)
    moved = [(path[0] + step_cost(path[1], place, weights), place, dated, path) for path in paths]
    stayed = [_passed(path, step, weights) for path in paths]
    return sorted([min(moved, key=_cost), *stayed], key=_cost)[:_BEAM]


def _passed(path: _Path, step: Step, weights: Weights) -> _Path:
    """The path that stays where it was; each further date passed over makes that less likely."""
    year, month, streak = path[1]
    skip = _skip_cost(step, weights) * (1.0 + weights.streak * streak)
    return (path[0] + skip, (year, month, streak + 1), Dated(step.year, True), path)


def _undated(paths: list[_Path], step: Step, recent: int, weights: Weights) -> list[_Path]:
    """Go on to a date without a year, in each of the years that it may be."""
    month = step.month or _NO_MONTH
    best: dict[int, _Path] = {}
    for path in paths:
        cost, here = path[0], path[1][0]
        for year in {here - 1, here, here + 1, recent, recent + 1}:
            new = cost + step_cost(path[1], (year, month, 0), weights)
            new += 0.0 if year == recent else weights.other_year
            if year not in best or new < best[year][0]:
                best[year] = (new, (year, month, path[1][2]), Dated(year), path)
    return sorted(best.values(), key=_cost)[:_BEAM]


def _cost(path: _Path) -> float:
    return path[0]


def _skip_cost(step: Step, weights: Weights) -> float:
    """What it costs to call a date with a year background, and stay where the story was."""
    if step.day:
        cost = weights.background_day
    else:
        cost = weights.background_month if step.month else weights.background_year
    return cost * (weights.aside if step.aside else 1.0) + (
        weights.heading if step.heading else 0.0
    )


def step_cost(here: Place, there: Place, weights: Weights) -> float:
    """What it costs the story to go from one place to another."""
    ahead = there[0] - here[0]
    months = there[1] - here[1] if here[1] and there[1] else 0
    if ahead == 0:
        if months < 0:
            return weights.back_month - weights.back_per_month * months
        return weights.per_month * months
    if ahead < 0:
        return weights.back_year - weights.per_year * ahead
    if ahead > 1:
        return weights.skipped_year + weights.rollover + min(weights.far, weights.per_year * ahead)
    if not here[1] or not there[1]:
        return weights.rollover
    # A year ahead and yet later in the year: most of a year went by untold.
    untold = weights.skipped_year if months >= 0 else 0.0
    return weights.rollover + weights.per_month * (months + 12) + untold


def _trace(path: _Path | None, count: int) -> list[Dated]:
    found: list[Dated] = []
    while path is not None and len(found) < count:
        found.append(path[2])
        path = path[3]
    return found[::-1]
