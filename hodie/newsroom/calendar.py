"""The year at a glance: each of the 366 days covered, scheduled, in draft, or empty."""

from __future__ import annotations

import datetime
from typing import Any, Literal

from babel import Locale
from msgspec import Struct

from hodie.dates import MonthDay, worded
from hodie.newsroom.desk import Place, balance, everything
from hodie.newsroom.models import Series, Stories
from hodie.newsroom.opened import publication

State = Literal["covered", "scheduled", "draft", "empty"]
STATES: tuple[State, ...] = ("covered", "scheduled", "draft", "empty")
_OF_STORY: dict[str, State] = {
    "published": "covered",
    "corrected": "covered",
    "scheduled": "scheduled",
}


class Cell(Struct, frozen=True):
    """A day of the year: its state, and the stories that make it."""

    day: MonthDay
    state: State
    stories: tuple[Place, ...]

    @property
    def words(self) -> str:
        told = "; ".join(f"{story.headline} ({story.state})" for story in self.stories)
        return f"{worded(self.day)}: {told or 'empty'}"


def year(shown: int, series: str = "", author: str = "") -> dict[str, Any]:
    """Return what the page of a year shows, of one series or author if they are named."""
    places = [place for place in everything() if _is_wanted(place, series, author)]
    cells = [_cell(day, shown, places) for day in MonthDay.all()]
    counts = {state: sum(cell.state == state for cell in cells) for state in STATES}
    running = [place for place in places if _runs_in(place, shown)]
    return {
        "year": shown,
        "months": [(_month(n), [c for c in cells if c.day.month == n]) for n in range(1, 13)],
        "counts": counts,
        "balance": balance(running),
        "series": series,
        "author": author,
        "all_series": list(Series.objects.all()),
        "authors": sorted({place.author for place in everything() if place.author}),
        "folder": Stories.objects.get().pk,
    }


def _is_wanted(place: Place, series: str, author: str) -> bool:
    return series in ("", place.series) and author in ("", place.author)


def _cell(day: MonthDay, year: int, places: list[Place]) -> Cell:
    stories = tuple(place for place in places if _is_on(place, day, year))
    states = {_OF_STORY.get(story.state, "draft") for story in stories}
    best: State = next((state for state in STATES if state in states), "empty")
    return Cell(day, best, stories)


def _is_on(place: Place, day: MonthDay, year: int) -> bool:
    if isinstance(place.run, datetime.date):
        return (place.run.year, MonthDay.of(place.run)) == (year, day)
    return place.run == day


def _runs_in(place: Place, year: int) -> bool:
    if _OF_STORY.get(place.state) is None:
        return False
    return not isinstance(place.run, datetime.date) or place.run.year == year


def _month(number: int) -> str:
    locale = Locale.parse(publication().language, sep="-")
    return str(locale.months["stand-alone"]["wide"][number])
