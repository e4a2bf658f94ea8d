"""What `build --preview` shows of a file: how it would be read, and what that gives."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from hodie.almanac import Entry
from hodie.sources import Source, SourceError, load_source
from hodie.sources.records import Unread
from hodie.sources.table import ENDINGS, guess, toml_of
from hodie.sources.table.rows import Form

ROWS = 10

_SOURCES = {".ics": "ical", ".ical": "ical", ".ged": "gedcom", ".gedcom": "gedcom"}
_COLUMNS = ("date", "day", "kind", "what", "who and where")


def preview(file: Path, language: str | None, today: datetime.date) -> None:
    """Print the lines for hodie.toml that read a file, and its first entries as they read it."""
    if not file.is_file():
        raise SourceError(f"{file}: there is no such file")
    toml, source = _guessed(file, language, today)
    click.echo(toml)
    shown = list(islice(source.entries(), ROWS))
    click.echo("", err=True)
    _table(shown)
    unread: list[Unread] = getattr(source, "unread", [])
    for line in _said(source, unread, shown):
        click.echo(line, err=True)


def _guessed(file: Path, language: str | None, today: datetime.date) -> tuple[str, Source]:
    ending = Path(file.name.removesuffix(".gz")).suffix.lower()
    if ending in ENDINGS:
        mapping = guess(file, Form(), language)
        if not {"date", "birth", "death"} & mapping.columns.keys():
            raise SourceError(
                f"{file}: no column looks like dates; write the mapping by hand, as the reference"
                " of hodie.toml shows, or name the language of the dates with --lang"
            )
        source = load_source(
            "table",
            file=str(file),
            columns=mapping.columns,
            language=mapping.language,
            separator=mapping.separator,
        )
        return toml_of(mapping, file=file.name), source
    name = _SOURCES.get(ending, "bsd")
    options: dict[str, object] = {"today": today} if name == "gedcom" else {}
    if name == "bsd" and language:
        options = {"language": language}
    said = f'language = "{language}"\n' if name == "bsd" and language else ""
    toml = f'[[sources]]\nname = "{name}"\nfile = {_quoted(file.name)}\n{said}'
    return toml.rstrip(), load_source(name, file=str(file), **options)


def _quoted(text: str) -> str:
    from hodie.sources.house.writing import toml_value

    return toml_value(text)


def _table(entries: list[Entry]) -> None:
    table = Table(*_COLUMNS, box=None, pad_edge=False)
    for entry in entries:
        names = ", ".join(part.entity.name for part in entry.participants)
        when = entry.date.edtf if entry.date else ""
        table.add_row(when, str(entry.day or ""), entry.kind.value, entry.label, names)
    Console(stderr=True).print(table)


def _said(source: Source, unread: list[Unread], shown: list[Entry]) -> Iterator[str]:
    yield ""
    yield from getattr(source, "notes", ())
    if not shown:
        yield "nothing could be read: is the mapping right?"
    for each in unread[:5]:
        yield f"not read: {each}"
    if len(unread) > 5:
        yield f"not read: {len(unread) - 5:,} more among the first rows"
    yield "Put the lines above into hodie.toml, change what is guessed wrong, and run hodie build."
