"""Sheets on paper: set with rich in a terminal, as plain lines in a pipe."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from hodie.cli.numerals import numeral
from hodie.cli.sheet import Line, Part, Sheet

WIDEST = 96
ACCENT = "red"
SOFT = "dim"


def show(sheet: Sheet) -> None:
    """Write a sheet to standard output."""
    if sys.stdout.isatty():
        console = Console(highlight=False, soft_wrap=False)
        console.width = min(console.width, WIDEST)
        console.print(typeset(sheet))
    else:
        for line in plain(sheet):
            print(line)


def plain(sheet: Sheet) -> Iterator[str]:
    """Set a sheet as lines of text that nothing wraps: an entry stands on one line."""
    yield " · ".join(filter(None, (sheet.title, sheet.under)))
    width = _margin_width(sheet)
    lead = [Part("", (sheet.lead,))] if sheet.lead else []
    for part in (*lead, *sheet.parts):
        yield ""
        if part.heading:
            yield part.heading
        for line in part.lines:
            text = f"{line.text} ({line.gloss})" if line.gloss else line.text
            yield f"{line.margin:>{width}}  {text}".rstrip()
            if line.below:
                yield f"{'':{width}}  {line.below}"
        if part.more:
            yield f"{'':{width}}  {part.more}"


def typeset(sheet: Sheet) -> RenderableType:
    """Set a sheet for a terminal."""
    width = _margin_width(sheet)
    rows: list[RenderableType] = [_head(sheet), Rule(style=SOFT)]
    if sheet.lead:
        rows += ["", _lines((sheet.lead,), width, "bold")]
    for part in sheet.parts:
        rows += ["", *_part(part, width)]
    return Padding(Group(*rows), (1, 1))


def _head(sheet: Sheet) -> RenderableType:
    words = Text.assemble((sheet.title, "bold"))
    if sheet.under:
        words.append(f"\n{sheet.under}", SOFT)
    if sheet.numeral is None:
        return words
    head = Table.grid(padding=(0, 3))
    head.add_column(no_wrap=True)
    head.add_column(vertical="bottom")
    head.add_row(Text("\n".join(numeral(sheet.numeral)), ACCENT), words)
    return head


def _part(part: Part, width: int) -> Iterator[RenderableType]:
    if part.heading:
        yield Text(part.heading.upper(), ACCENT)
    yield _lines(part.lines, width, "")
    if part.more:
        yield _lines((Line("", "", part.more),), width, "")


def _lines(lines: tuple[Line, ...], width: int, style: str) -> Table:
    """Hang the years in a column of their own, so that no text runs under them."""
    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    table.add_column(width=width, justify="right", no_wrap=True)
    table.add_column(ratio=1)
    for line in lines:
        table.add_row(Text(line.margin, ACCENT if line.is_round else SOFT), _text(line, style))
    return table


def _text(line: Line, style: str) -> Text:
    text = Text(line.text, style)
    if line.gloss:
        text.append(", " if line.text else "", SOFT)
        text.append(line.gloss, SOFT)
    if line.below:
        text.append(f"\n{line.below}", SOFT)
    return text


def _margin_width(sheet: Sheet) -> int:
    lines = [line for part in sheet.parts for line in part.lines]
    return max((len(line.margin) for line in [*lines, *filter(None, [sheet.lead])]), default=0)
