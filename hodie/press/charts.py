"""Charts drawn as a printer would: hairlines, strokes and dots, in SVG.

Every chart is laid out in per cent across and in pixels down, so that it fills any width while
its lettering keeps its size. Colours and faces come from the page's style sheet by class. A chart
is one image to a screen reader, named by `label`; the page lists the same entries as text.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence

import msgspec
from markupsafe import Markup, escape

ROW_HEIGHT = 34
LIFELINE_HEIGHT = 84
# The share of a row's width that its label takes, in per cent.
GUTTER = 13.0
# Numbers nearer than this on a lifeline, in per cent, are drawn as one range.
CLEARANCE = 3.0


class Mark(msgspec.Struct, frozen=True):
    """One thing on a chart: where it stands (0 to 1), what it is, and what to call it."""

    at: float
    kind: str
    title: str


class Row(msgspec.Struct, frozen=True):
    """One line of a chart: its label and the marks on it."""

    label: str
    marks: tuple[Mark, ...]


class Point(msgspec.Struct, frozen=True):
    """One numbered happening on a lifeline, in years (a fraction is the part of the year)."""

    year: float
    number: int
    title: str


def grid(rows: Sequence[Row], *, label: str) -> Markup:
    """Draw rows of marks, a row a line: events rise from it, births and deaths hang below.

    >>> print(grid([Row("1900s", (Mark(0.4, "event", "1940"),))], label="One event"))
    <svg class="chart grid" role="img" aria-label="One event" width="100%" height="40">...</svg>
    """
    height = ROW_HEIGHT * len(rows) + 6
    body = Markup("").join(_row(row, ROW_HEIGHT * n + 22) for n, row in enumerate(rows))
    return _svg("grid", label, height, body)


def _row(row: Row, y: int) -> Markup:
    marks = "".join(_mark(mark, y) for mark in row.marks)
    return Markup(
        f'<text x="{GUTTER - 2}%" y="{y + 4}" class="stem">{escape(row.label)}</text>'
        f'<line class="base" x1="{GUTTER}%" x2="100%" y1="{y}" y2="{y}"/>{marks}'
    )


def _mark(mark: Mark, y: int) -> str:
    x = round(GUTTER + 0.6 + mark.at * (99.0 - GUTTER), 2)
    title = f"<title>{escape(mark.title)}</title>"
    if mark.kind in ("birth", "death"):
        drop, radius = (6, 2.3) if mark.kind == "birth" else (11.5, 1.6)
        return (
            f'<circle class="{mark.kind}" cx="{x}%" cy="{y + drop}" r="{radius}">{title}</circle>'
        )
    rise = 19 if mark.kind == "pick" else 12
    return f'<line class="{mark.kind}" x1="{x}%" x2="{x}%" y1="{y - rise}" y2="{y}">{title}</line>'


def lifeline(
    start: float,
    end: float,
    points: Iterable[Point],
    *,
    label: str,
    ages: bool,
    wording: Callable[[int], str] = str,
) -> Markup:
    """Draw the years from `start` to `end` as one line, with numbered points on it.

    With `ages` the ticks count from the start, as in a life; else they are years, which `wording`
    puts into words.
    """
    span = max(end - start, 1.0)

    def across(year: float) -> float:
        return round(3 + 94 * (year - start) / span, 2)

    ticks = _ticks(start, end, ages, wording)
    drawn = ['<line class="life" x1="3%" x2="97%" y1="52" y2="52"/>']
    drawn += [_tick(across(year), text, minor=n % 2 == 1) for n, (year, text) in enumerate(ticks)]
    drawn += [_point(group, across) for group in _clusters(points, across)]
    return _svg("lifeline", label, LIFELINE_HEIGHT, Markup("".join(drawn)))


def _tick(x: float, text: str, *, minor: bool) -> str:
    return (
        f'<line class="tick" x1="{x}%" x2="{x}%" y1="52" y2="59"/>'
        f'<text class="tick{" minor" if minor else ""}" x="{x}%" y="76">{escape(text)}</text>'
    )


def _clusters(points: Iterable[Point], across: Callable[[float], float]) -> Iterator[list[Point]]:
    """Put points together whose numbers would stand on one another."""
    group: list[Point] = []
    for point in points:
        if group and across(point.year) - across(group[-1].year) > CLEARANCE:
            yield group
            group = []
        group.append(point)
    if group:
        yield group


def _point(group: list[Point], across: Callable[[float], float]) -> str:
    first, last = group[0], group[-1]
    number = str(first.number) if first is last else f"{first.number}\N{EN DASH}{last.number}"
    dots = "".join(
        f'<circle cx="{across(point.year)}%" cy="52" r="3.2">'
        f"<title>{escape(point.title)}</title></circle>"
        for point in group
    )
    x = round((across(first.year) + across(last.year)) / 2, 2)
    return (
        f'<g class="point"><line x1="{x}%" x2="{x}%" y1="34" y2="52"/>{dots}'
        f'<text x="{x}%" y="28">{number}</text></g>'
    )


def _ticks(
    start: float, end: float, ages: bool, wording: Callable[[int], str]
) -> list[tuple[float, str]]:
    step = next((s for s in (10, 20, 50, 100, 200, 500) if (end - start) / s <= 12), 1000)
    if ages:
        return [(start + age, str(age)) for age in range(0, int(end - start) + 1, step)]
    first = int(start) - int(start) % step + step
    return [(year, wording(year)) for year in range(first, int(end) + 1, step)]


def _svg(name: str, label: str, height: int, body: Markup) -> Markup:
    return Markup(
        f'<svg class="chart {name}" role="img" aria-label="{escape(label)}" width="100%"'
        f' height="{height}">{body}</svg>'
    )
