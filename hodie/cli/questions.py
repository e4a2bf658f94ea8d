"""What `today`, `on` and `search` answer, on paper or in JSON."""

from __future__ import annotations

import click

from hodie.almanac import Kind
from hodie.cli import answers
from hodie.cli.paper import show
from hodie.cli.places import Place
from hodie.cli.sheet import Setter
from hodie.dates import HistoricalDate, MonthDay
from hodie.selection import choose
from hodie.selection.holidays import joined

KIND_LENGTH = 50
SEARCH_LENGTH = 20


def answer_day(
    place: Place, day: MonthDay, year: int, *, kind: str | None, limit: int | None, as_json: bool
) -> None:
    """Tell a day: as it was chosen for `year`, or its entries of one kind."""
    setter = Setter(place.language, year)
    if kind is not None:
        _answer_kind(place, day, Kind(kind), setter, limit or KIND_LENGTH, as_json)
        return
    lineup = choose(
        place.almanac,
        day,
        year,
        place.policy,
        leap_day=place.leap_day,
        holidays=place.holidays(day, year),
    )
    if as_json:
        _write(answers.lineup_object(lineup, limit))
    else:
        show(setter.lineup(lineup, place.almanac, place.name, limit))


def answer_date(
    place: Place,
    date: HistoricalDate,
    year: int,
    *,
    kind: str | None,
    limit: int | None,
    as_json: bool,
) -> None:
    """Tell one date."""
    found = place.almanac.date(date)
    entries = [entry for entry in found if kind in (None, entry.kind)][:limit]
    if as_json:
        _write(answers.date_object(date, year, entries))
    else:
        show(Setter(place.language, year).date(date, entries, place.name))


def answer_search(
    place: Place, query: str, *, kind: str | None, limit: int | None, as_json: bool
) -> None:
    """Tell what a search finds, best first."""
    year = place.today().year
    wanted = Kind(kind) if kind else None
    hits = place.almanac.search(query, limit=limit or SEARCH_LENGTH, kind=wanted)
    if as_json:
        _write(answers.search_object(query, year, hits))
    else:
        show(Setter(place.language, year).hits(query, hits))


def _answer_kind(
    place: Place, day: MonthDay, kind: Kind, setter: Setter, limit: int, as_json: bool
) -> None:
    weightiest = place.almanac.day(day, kind, limit=limit)
    count = place.almanac.count(day, kind)
    if kind is Kind.HOLIDAY:
        kept = joined(weightiest, place.holidays(day, setter.year))
        count += len(kept) - len(weightiest)
        weightiest = sorted(kept, key=lambda entry: -entry.weight)[:limit]
    entries = sorted(weightiest, key=lambda entry: entry.date.span if entry.date else (0, 0))
    if as_json:
        _write(answers.kind_object(day, kind, setter.year, entries, count))
    else:
        show(setter.kind(kind, day, entries, count, place.name))


def _write(value: answers.Object) -> None:
    click.echo(answers.encoded(value))
