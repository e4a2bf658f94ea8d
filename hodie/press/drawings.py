"""What the charts of the pages show: a day across the centuries, a year's days, a life."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import lru_cache

import msgspec
from markupsafe import Markup

from hodie.almanac import Entity, Entry
from hodie.dates import HistoricalDate, Interval
from hodie.factcheck import Moment, timeline
from hodie.factcheck.documents import document
from hodie.press.charts import Mark, Point, Row, grid, lifeline
from hodie.press.story import Story
from hodie.press.view import View, civil_date, typeset

# The chart's lines: one for all years before Christ, one for the first millennium, then centuries.
_BEFORE_CHRIST, _FIRST_MILLENNIUM = -1, 9


class Life(msgspec.Struct, frozen=True):
    """An entity's years, drawn, with the heading and the note that belong to them."""

    chart: Markup
    heading: str
    note: str


def across(view: View, entries: Iterable[Entry], picked: set[str]) -> Markup | None:
    """Draw a day across the centuries, a line a century; `picked` are ids of entries."""
    dated = [(entry, date) for entry in entries if (date := civil_date(entry))]
    dated.sort(key=lambda pair: pair[1].year)
    if not dated:
        return None
    marks: dict[int, list[Mark]] = defaultdict(list)
    for entry, date in dated:
        row, at = _century_place(date.year)
        kind = "pick" if entry.id in picked else entry.kind.value
        marks[row].append(Mark(at, kind, f"{view.worded_year(date.year)}: {entry.label}"))
    lines = [row for row in range(min(marks), max(marks) + 1) if row in marks or row > 9]
    rows = [Row(_century_name(view, row), tuple(marks.get(row, ()))) for row in lines]
    counts = Counter(entry.kind.value for entry, _ in dated)
    label = view.words["across_label"].format(
        total=len(dated),
        first=view.worded_year(dated[0][1].year),
        last=view.worded_year(dated[-1][1].year),
        events=counts["event"],
        births=counts["birth"],
        deaths=counts["death"],
    )
    return grid(rows, label=label)


def _century_place(year: int) -> tuple[int, float]:
    """Return a year's line on the chart, and how far along it the year stands.

    >>> _century_place(1940), _century_place(476), _century_place(-499)
    ((19, 0.40404040404040403), (9, 0.476), (-1, 0.501))
    """
    if year <= 0:
        return _BEFORE_CHRIST, max(0.0, 1 + year / 1000)
    if year < 1000:
        return _FIRST_MILLENNIUM, year / 1000
    return year // 100, year % 100 / 99


def _century_name(view: View, row: int) -> str:
    if row == _BEFORE_CHRIST:
        return view.words["before_christ"]
    return view.words["before_1000"] if row == _FIRST_MILLENNIUM else str(row * 100)


def year_sheet(view: View, year: int, entries: Iterable[Entry]) -> Markup | None:
    """Draw a year's days, a line a month: of each day the weightiest entry of each kind."""
    best: dict[tuple[int, int, str], Entry] = {}
    days: Counter[tuple[int, int]] = Counter()
    for entry in sorted(entries, key=lambda entry: -entry.weight):
        if entry.day is not None:
            days[entry.day.month, entry.day.day] += 1
            best.setdefault((entry.day.month, entry.day.day, entry.kind.value), entry)
    if not days:
        return None
    marks: dict[int, list[Mark]] = defaultdict(list)
    for (month, day, kind), entry in sorted(best.items()):
        marks[month].append(Mark((day - 1) / 30, kind, f"{view.short_day(entry)}: {entry.label}"))
    names = view.locale.months["format"]["abbreviated"]
    rows = [Row(names[month], tuple(marks[month])) for month in range(1, 13)]
    label = view.words["year_sheet_label"].format(
        year=view.worded_year(year), total=days.total(), days=len(days)
    )
    return grid(rows, label=label)


def life(view: View, entity: Entity, entries: Iterable[Entry]) -> Life | None:
    """Draw an entity's entries along its years, a person's from birth to death.

    Nothing where there are fewer than two entries, or all within a year.
    """
    points = [
        Point(_fraction(date), number, f"{view.worded(date)}: {entry.label}")
        for number, entry in enumerate(entries, 1)
        if (date := civil_date(entry))
    ]
    if len(points) < 2:
        return None
    start, end = _reach(entity, [point.year for point in points])
    if end - start < 1:
        return None
    person = entity.born is not None
    label = view.words["about_life_label"].format(
        name=entity.name,
        n=len(points),
        first=view.worded_year(int(points[0].year)),
        last=view.worded_year(int(points[-1].year)),
    )
    chart = lifeline(start, end, points, label=label, ages=person, wording=view.worded_year)
    kind = "life" if person else "years"
    return Life(chart, view.words[f"about_{kind}"], view.words[f"about_{kind}_note"])


class Told(msgspec.Struct, frozen=True):
    """What a story tells, in the order of time: drawn, and as dates with their words."""

    chart: Markup
    moments: tuple[tuple[str, str], ...]


@lru_cache(maxsize=256)
def story_times(view: View, story: Story) -> Told | None:
    """Draw the dated clauses of a story along the years; `moments` lists them, numbered alike.

    Nothing where there are fewer than three, or all lie within a year, or in a language that the
    timeline does not read.
    """
    if story.language.partition("-")[0] != "en":
        return None
    day = story.dates[0] if isinstance(story.dates[0], HistoricalDate) else None
    prose = document(story.body.encode("utf-8", "replace"), f"{story.id}.md").text
    told = [(date, moment) for moment in timeline(prose, reference=day) if (date := _first(moment))]
    years = [_fraction(date) for date, _ in told]
    if len(told) < 3 or years[-1] - years[0] < 1:
        return None
    moments = tuple(
        (view.worded(date), typeset(f"{moment.subject} {moment.text}".strip()))
        for date, moment in told
    )
    points = [
        Point(year, number, f"{when}: {words}")
        for number, (year, (when, words)) in enumerate(zip(years, moments, strict=True), 1)
    ]
    label = view.words["story_times_label"].format(
        n=len(points),
        first=view.worded_year(int(years[0])),
        last=view.worded_year(int(years[-1])),
    )
    chart = lifeline(years[0], years[-1], points, label=label, ages=False, wording=view.worded_year)
    return Told(chart, moments)


def _first(moment: Moment) -> HistoricalDate | None:
    """The date of a moment, of a span its beginning."""
    date = moment.date
    return (date.start or date.end) if isinstance(date, Interval) else date


def _reach(entity: Entity, years: list[float]) -> tuple[float, float]:
    """Return where a lifeline begins and ends: at known days, else at the years of a life."""
    start, end = min(years), max(years)
    if entity.born is not None and int(start) > entity.born:
        start = float(entity.born)
    if entity.died is not None and int(end) < entity.died:
        end = entity.died + 0.5
    return start, end


def _fraction(date: HistoricalDate) -> float:
    return date.year + ((date.month or 1) - 1) / 12 + ((date.day or 1) - 1) / 365
