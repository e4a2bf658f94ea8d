"""What `plan` answers: a year of leads, as a table, CSV, a calendar or JSON."""

from __future__ import annotations

import csv
import datetime
import io
import itertools
import sys
from collections.abc import Iterable, Iterator

import click
from babel import Locale
from babel.dates import format_date
from rich.console import Console
from rich.table import Table
from rich.text import Text

from hodie.almanac import Entry
from hodie.cli.answers import Object, encoded
from hodie.cli.paper import ACCENT, SOFT, WIDEST
from hodie.cli.places import Place
from hodie.dates import MonthDay, anniversary_ordinal, worded, worded_year
from hodie.press import read_stories
from hodie.selection.planning import Planned, centenaries, plan_year

COLUMNS = ("date", "entry", "year", "years", "round", "text", "story", "why")
Centenary = tuple[Entry, int]


def answer_plan(place: Place, year: int, form: str | None) -> None:
    """Tell a year in the form that was asked for."""
    policy = place.policy
    planned = list(plan_year(place.almanac, year, policy, leap_day=place.leap_day))
    running = _running(place, [one.date for one in planned])
    if form == "csv":
        click.echo(_csv(planned, running), nl=False)
    elif form == "ics":
        sys.stdout.buffer.write(calendar(planned, place.name or "Hodie"))
    else:
        coming = centenaries(place.almanac, year, policy)
        if form == "json":
            click.echo(encoded(_object(year, planned, coming, running)))
        elif sys.stdout.isatty():
            _print(year, planned, coming, place.language)
        else:
            for line in _plain(year, planned, coming, place.language):
                print(line)


def _text(entry: Entry) -> str:
    text = entry.line or entry.label
    return "".join(char if char.isprintable() else " " for char in text)


def _running(place: Place, dates: Iterable[datetime.date]) -> dict[datetime.date, str]:
    """Return the headline of the first story that runs on a date, by the date."""
    publication = place.publication
    if publication is None:
        return {}
    stories = read_stories(publication.stories_folder, publication)
    found = (
        (date, stories.on(MonthDay.of(date), date.year, publication.leap_day)) for date in dates
    )
    return {date: told[0].headline for date, told in found if told}


def _row(one: Planned, running: dict[datetime.date, str]) -> Object:
    entry = one.pick.entry
    values = (
        one.date.isoformat(),
        entry.id,
        entry.date.year if entry.date else None,
        one.years,
        "yes" if one.is_round else "",
        _text(entry),
        running.get(one.date, ""),
        one.pick.why,
    )
    return dict(zip(COLUMNS, values, strict=True))


def _csv(planned: Iterable[Planned], running: dict[datetime.date, str]) -> str:
    file = io.StringIO()
    rows = (_row(one, running) for one in planned)
    writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: _safe(value) for key, value in row.items()} for row in rows)
    return file.getvalue()


def _safe(value: object) -> object:
    """Keep a spreadsheet from taking a text for a formula.

    >>> _safe("=1+1"), _safe(-44)
    ("'=1+1", -44)
    """
    return f"'{value}" if isinstance(value, str) and value[:1] in "=+-@" and value else value


def calendar(planned: Iterable[Planned], name: str) -> bytes:
    """Return an iCalendar file, an all-day event a lead."""
    import icalendar

    sheet = icalendar.Calendar()
    sheet.add("prodid", "-//Hodie//plan//EN")
    sheet.add("version", "2.0")
    sheet.add("x-wr-calname", name)
    for one in planned:
        event = icalendar.Event()
        event.add("uid", f"{one.date.isoformat()}.{one.pick.entry.id}@hodie")
        # The same plan gives the same bytes: the stamp is the day, not the hour of the run.
        stamp = datetime.datetime.combine(one.date, datetime.time(), datetime.UTC)
        event.add("dtstamp", stamp)
        event.add("dtstart", one.date)
        event.add("summary", _text(one.pick.entry))
        event.add("description", one.pick.why)
        event.add("transp", "TRANSPARENT")
        sheet.add_component(event)
    return bytes(sheet.to_ical())


def _object(
    year: int,
    planned: list[Planned],
    coming: list[Centenary],
    running: dict[datetime.date, str],
) -> Object:
    return {
        "year": year,
        "leads": [_row(one, running) | {"round": one.is_round} for one in planned],
        "centenaries": [
            {"entry": entry.id, "day": str(entry.day), "years": years, "text": entry.label}
            for entry, years in coming
        ],
    }


def _plain(
    year: int, planned: list[Planned], coming: list[Centenary], language: str
) -> Iterator[str]:
    yield f"{year} · {len(planned)} days"
    for one in planned:
        entry = one.pick.entry
        past = worded_year(entry.date.year, language) if entry.date else ""
        yield f"{one.date.isoformat()}  {past:>7}{'*' if one.is_round else ' '} {_text(entry)}"
    yield ""
    yield "Centenaries"
    for entry, years in coming:
        day = worded(entry.day, language) if entry.day else ""
        yield f"{day:>12}  {anniversary_ordinal(years, language)}: {entry.label}"


def _print(year: int, planned: list[Planned], coming: list[Centenary], language: str) -> None:
    console = Console(highlight=False)
    console.width = min(console.width, WIDEST)
    console.print(Text.assemble((f"\n {year}", "bold"), (f"  {len(planned)} days", SOFT)))
    for month, leads in itertools.groupby(planned, key=lambda one: one.date.replace(day=1)):
        name = format_date(month, "LLLL", locale=Locale.parse(language, sep="-"))
        console.print(Text(f"\n {name.upper()}", ACCENT))
        console.print(_leads(leads, language))
    console.print(Text("\n CENTENARIES", ACCENT))
    table = _grid(12)
    for entry, years in coming:
        day = worded(entry.day, language) if entry.day else ""
        table.add_row(day, Text(str(years), ACCENT), _text(entry))
    console.print(table)


def _leads(leads: Iterable[Planned], language: str) -> Table:
    table = _grid()
    for one in leads:
        entry = one.pick.entry
        past = worded_year(entry.date.year, language) if entry.date else ""
        style = ACCENT if one.is_round else SOFT
        table.add_row(str(one.date.day), Text(past, style), _text(entry))
    return table


def _grid(width: int = 3) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    table.add_column(width=width, justify="right", no_wrap=True)
    table.add_column(width=7, justify="right", no_wrap=True)
    table.add_column(ratio=1)
    return table
