"""The day's desk: what runs and what is missing, what the almanac offers, and what ran before."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Iterable, Iterator
from functools import lru_cache

from django.utils.timezone import localtime
from msgspec import Struct

from hodie.almanac import Almanac, Entry
from hodie.dates import (
    HistoricalDate,
    MonthDay,
    anniversary_ordinal,
    anniversary_words,
    days_shown,
    worded,
)
from hodie.errors import HodieError
from hodie.newsroom.models import Story
from hodie.newsroom.opened import opened, publication
from hodie.newsroom.values import lines, run_of
from hodie.press.story import Run
from hodie.press.view import civil_date
from hodie.selection import RAN_NAME, Pick, choose
from hodie.selection.planning import centenaries
from hodie.selection.sorts import century_words, sorts_of

DAYS = 7
MOST_CANDIDATES = 5
MOST_ROUND = 24


class Place(Struct, frozen=True):
    """A story as lists have it; `state` is a word, `when` the hour at which it comes out."""

    pk: int
    headline: str
    state: str
    run: Run
    when: str = ""
    author: str = ""
    series: str = ""


class Candidate(Struct, frozen=True):
    """An entry that a day could tell: why, and the story that tells it already, if one does."""

    id: str
    label: str
    line: str
    date: str
    ago: str
    why: str
    sensitive: bool
    told: Place | None


class DeskDay(Struct, frozen=True):
    """A day as the desk sees it; `before` is what ran on it in other years."""

    date: datetime.date
    stories: tuple[Place, ...]
    candidates: tuple[Candidate, ...]
    before: tuple[str, ...]

    @property
    def is_missing(self) -> bool:
        """Whether readers would find no story on this day."""
        return not any(story.state in _OUT for story in self.stories)


class Anniversary(Struct, frozen=True):
    id: str
    date: datetime.date
    words: str
    label: str
    told: Place | None


_OUT = ("scheduled", "published", "corrected")


def days(first: datetime.date, count: int = DAYS) -> list[DeskDay]:
    """Return the desk's days from `first` on."""
    places = everything()
    return [_day(first + datetime.timedelta(days=n), places) for n in range(count)]


def everything() -> list[Place]:
    """Return every story of the newsroom but the withdrawn, in the order of headlines."""
    stories = Story.objects.filter(withdrawn_on=None).order_by("title")
    return [_place(story) for story in stories.select_related("series", "owner")]


def runs(place: Place, date: datetime.date) -> bool:
    """Tell whether a story runs on a date, if it is out by then."""
    if isinstance(place.run, datetime.date):
        return place.run == date
    shown = days_shown(MonthDay.of(date), date.year, publication().leap_day)
    return place.run in shown


def anniversaries(first: datetime.date) -> list[Anniversary]:
    """Return what comes round by whole centuries in the year from `first` on, by the day."""
    almanac = opened().almanac
    if almanac is None:
        return []
    telling = _telling()
    last = first + datetime.timedelta(days=365)
    found = [
        Anniversary(entry.id, date, anniversary_ordinal(years), entry.label, telling.get(entry.id))
        for year in (first.year, first.year + 1)
        for entry, years in _centenaries(almanac, year)
        if (date := _date_in(entry, year)) and first <= date < last
    ]
    return sorted(found, key=lambda each: each.date)[:MOST_ROUND]


def candidates(date: datetime.date) -> list[Candidate]:
    """Return what the almanac offers for a date, best first, each with its reason."""
    almanac = opened().almanac
    if almanac is None:
        return []
    made = publication()
    lineup = choose(almanac, MonthDay.of(date), date.year, made.policy, leap_day=made.leap_day)
    picks = [pick for pick in (lineup.lead, *lineup.selected) if pick is not None]
    telling = _telling()
    return [_candidate(pick, date.year, telling) for pick in picks[:MOST_CANDIDATES]]


def ran_before(date: datetime.date, places: Iterable[Place]) -> Iterator[str]:
    """Yield what was told on this day of other years, by stories and by ran.csv."""
    day = MonthDay.of(date)
    for place in places:
        past = isinstance(place.run, datetime.date) and place.run < date
        if past and place.state in _OUT and MonthDay.of(place.run) == day:  # type: ignore[arg-type]
            yield f"{place.run.year}: {place.headline}"  # type: ignore[union-attr]
    for year, entry in _ran(day):
        yield f"{year}: {entry}"


# The balance of what ran


class Share(Struct, frozen=True):
    """A part of a whole: its name, its number, and the number in hundredths of the largest."""

    name: str
    count: int
    width: int


def balance(places: Iterable[Place]) -> dict[str, list[Share]]:
    """Count what stories tell of by century, region and subject, so that one can see a lean."""
    counts: dict[str, dict[str, int]] = {"Centuries": {}, "Regions": {}, "Subjects": {}}
    order: dict[str, int] = {}
    wanted = {place.pk for place in places}
    for story in Story.objects.filter(pk__in=wanted):
        for kind, name, rank in _sorts(story):
            counts[kind][name] = counts[kind].get(name, 0) + 1
            order[name] = rank
    return {
        kind: _shares(found, None if kind != "Centuries" else order)
        for kind, found in counts.items()
    }


def _sorts(story: Story) -> Iterator[tuple[str, str, int]]:
    almanac = opened().almanac
    told = [almanac.entry(id) for id in lines(story.entries)] if almanac else []
    entry = next((each for each in told if each is not None), None)
    sorts = sorts_of(entry) if entry is not None else None
    century = _century(story) if sorts is None else sorts.century
    if century is not None:
        yield "Centuries", century_words(century), century
    if sorts is not None:
        yield "Regions", sorts.region or "not known", 0
        yield "Subjects", sorts.subject or "not known", 0


def _century(story: Story) -> int | None:
    try:
        date = HistoricalDate.parse(story.date)
    except HodieError:
        return None
    return date.year // 100 if date.year > 0 else (date.year - 1) // 100


def _shares(found: dict[str, int], order: dict[str, int] | None) -> list[Share]:
    most = max(found.values(), default=1)
    key = (lambda name: order[name]) if order else (lambda name: -found[name])
    return [Share(n, found[n], round(100 * found[n] / most)) for n in sorted(found, key=key)]


# One day


def _day(date: datetime.date, places: list[Place]) -> DeskDay:
    return DeskDay(
        date=date,
        stories=tuple(place for place in places if runs(place, date)),
        candidates=tuple(candidates(date)),
        before=tuple(ran_before(date, places)),
    )


def _place(story: Story) -> Place:
    scheduled = story.scheduled_revision
    moment = scheduled and localtime(scheduled.approved_go_live_at, publication().zone())
    return Place(
        pk=story.pk,
        headline=story.title,
        state=story.state,
        run=run_of(story),
        when=f"{moment:%H:%M}" if moment else "",
        author=str(story.owner or ""),
        series=story.series.name if story.series else "",
    )


def _telling() -> dict[str, Place]:
    """Return the stories by the entries that they tell."""
    stories = Story.objects.exclude(entries="").select_related("series", "owner")
    return {id: _place(story) for story in stories for id in lines(story.entries)}


def _candidate(pick: Pick, year: int, telling: dict[str, Place]) -> Candidate:
    entry = pick.entry
    date = civil_date(entry)
    return Candidate(
        id=entry.id,
        label=entry.label,
        line=entry.line or "",
        date=worded(date) if date else "",
        ago=anniversary_words(year - date.year) if date and year > date.year else "",
        why=pick.why,
        sensitive="sensitive" in entry.flags,
        told=telling.get(entry.id),
    )


@lru_cache(maxsize=8)
def _centenaries(almanac: Almanac, year: int) -> list[tuple[Entry, int]]:
    return centenaries(almanac, year, publication().policy)


def _date_in(entry: Entry, year: int) -> datetime.date | None:
    date = entry.day.in_year(year) if entry.day else None
    return datetime.date(year, date.month or 1, date.day or 1) if date else None


def _ran(day: MonthDay) -> Iterator[tuple[str, str]]:
    """Yield the years and labels of the entries that led on a day, by ran.csv."""
    file = publication().folder / RAN_NAME
    almanac = opened().almanac
    if not file.exists():
        return
    with file.open(encoding="utf-8-sig", newline="") as text:
        for row in csv.DictReader(text):
            date, id = (row.get("date") or "").strip(), (row.get("entry") or "").strip()
            if date[5:] == str(day):
                entry = almanac.entry(id) if almanac else None
                yield date[:4], entry.label if entry else id
