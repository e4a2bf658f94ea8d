"""What `why` answers: the table behind a day's choice."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click
from msgspec import Struct
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from hodie.cli.answers import Object, encoded
from hodie.cli.paper import ACCENT, SOFT, WIDEST
from hodie.cli.places import Place
from hodie.dates import MonthDay, worded, worded_year
from hodie.selection import Lineup, Pick, Reason, choose
from hodie.selection.choosing import candidates

_SMALL = 0.005
_BAR = 12


class Ranked(Struct, frozen=True):
    """One row of the table: where it came, and why; `place` is None for what was passed over."""

    place: str | None
    pick: Pick


def answer_why(place: Place, day: MonthDay, year: int, *, limit: int, as_json: bool) -> None:
    """Tell the picks of a day and the best of what was passed over."""
    policy, leap_day = place.policy, place.leap_day
    own = place.holidays(day, year)
    lineup = choose(place.almanac, day, year, policy, leap_day=leap_day, holidays=own)
    rows = list(_picks(lineup))
    taken = {row.pick.entry.id for row in rows}
    others = candidates(place.almanac, day, year, policy, leap_day=leap_day)
    passed = [one for one in others if one.entry.id not in taken]
    rows += [Ranked(None, Pick(one.entry, one.score, one.merits)) for one in passed[:limit]]
    if as_json:
        click.echo(encoded(_object(lineup, rows, len(others))))
    elif sys.stdout.isatty():
        console = Console(highlight=False)
        console.width = min(console.width, WIDEST)
        console.print(_typeset(lineup, rows, len(others), place.language))
    else:
        for line in _plain(lineup, rows, len(others), place.language):
            print(line)


def _picks(lineup: Lineup) -> Iterator[Ranked]:
    if lineup.lead:
        yield Ranked("lead", lineup.lead)
    for number, pick in enumerate(lineup.selected, 2):
        yield Ranked(str(number), pick)


def _parts(pick: Pick) -> list[Reason]:
    """Return what counted, the most first."""
    parts = [reason for reason in pick.reasons if abs(reason.value) >= _SMALL]
    return sorted(parts, key=lambda reason: -abs(reason.value))


def _name(reason: Reason) -> str:
    """Name a number as hodie.toml has it, with the names that it counted.

    >>> _name(Reason("kinds.battle", -0.3, "")), _name(Reason("variety_century", 0.2, ""))
    ('battle', 'variety century')
    """
    name = (reason.feature.partition(".")[2] or reason.feature).replace("_", " ")
    if reason.feature != "household":
        return name
    return f"{name} {reason.words[reason.words.index('(') :]}"


def _year(pick: Pick, language: str) -> str:
    return worded_year(pick.entry.date.year, language) if pick.entry.date else ""


def _text(pick: Pick) -> str:
    text = pick.entry.line or pick.entry.label
    return "".join(char if char.isprintable() else " " for char in text)


def _title(lineup: Lineup, language: str) -> str:
    return f"Why {worded(lineup.day, language)}, {worded_year(lineup.year, language)}"


def _plain(lineup: Lineup, rows: list[Ranked], count: int, language: str) -> Iterator[str]:
    yield f"{_title(lineup, language)} · {count} candidates"
    yield ""
    for row in rows:
        parts = ", ".join(f"{_name(reason)} {reason.value:+.2f}" for reason in _parts(row.pick))
        year = _year(row.pick, language)
        yield f"{row.place or '-':>4} {row.pick.score:6.2f} {year:>7}  {_text(row.pick)}"
        yield f"{'':20}{row.pick.entry.id}"
        yield f"{'':20}{parts}"


def _typeset(lineup: Lineup, rows: list[Ranked], count: int, language: str) -> RenderableType:
    most = max((row.pick.score for row in rows), default=1.0)
    picked = [row for row in rows if row.place]
    passed = [row for row in rows if not row.place]
    head = Text.assemble((_title(lineup, language), "bold"), (f"\n{count} candidates", SOFT))
    body: list[RenderableType] = [head, Rule(style=SOFT), ""]
    body += [Text("PICKED", ACCENT), _table(picked, most, language)]
    if passed:
        body += ["", Text("PASSED OVER", ACCENT), _table(passed, most, language)]
    body += ["", Text("Each name is a number of [selection] in hodie.toml.", SOFT)]
    return Padding(Group(*body), (1, 1))


def _table(rows: list[Ranked], most: float, language: str) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    table.add_column(width=4, justify="right", no_wrap=True)
    table.add_column(width=_BAR, no_wrap=True)
    table.add_column(justify="right", no_wrap=True)
    table.add_column(ratio=1)
    for row in rows:
        bar = Text(_bar(row.pick.score / most if most > 0 else 0), ACCENT if row.place else SOFT)
        bar.append(f"\n{row.pick.score:.2f}", SOFT)
        place = Text(row.place or "", "bold")
        table.add_row(place, bar, Text(_year(row.pick, language), SOFT), _story(row))
    return table


def _story(row: Ranked) -> Text:
    text = Text(_text(row.pick), "bold" if row.place == "lead" else "")
    text.append("\n")
    for reason in _parts(row.pick):
        # A name and its number stay on one line.
        text.append(_name(reason).replace(" ", "\N{NO-BREAK SPACE}") + "\N{NO-BREAK SPACE}", SOFT)
        text.append(f"{reason.value:+.2f}  ", "green" if reason.value > 0 else "red")
    text.append(f"\n{row.pick.entry.id}", SOFT)
    return text


def _bar(share: float) -> str:
    """Draw a share as a bar.

    >>> _bar(0.5)
    '━━━━━━'
    """
    return "━" * max(0, round(share * _BAR))


def _object(lineup: Lineup, rows: list[Ranked], count: int) -> Object:
    return {
        "day": str(lineup.day),
        "year": lineup.year,
        "candidates": count,
        "picks": [_row(row) for row in rows if row.place],
        "passed": [_row(row) for row in rows if not row.place],
    }


def _row(row: Ranked) -> Object:
    entry = row.pick.entry
    return {
        "place": row.place,
        "id": entry.id,
        "date": entry.date.edtf if entry.date else None,
        "text": entry.line or entry.label,
        "score": row.pick.score,
        "why": row.pick.why if row.place else None,
        "reasons": row.pick.reasons,
    }
