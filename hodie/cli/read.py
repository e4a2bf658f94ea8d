"""`hodie read`: what a source makes of one file, before any almanac is built from it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from hodie.cli import options


@click.command()
@click.argument("source")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True), metavar="FILE")
@click.option("--lang", "language", metavar="TAG", help="The language of the file, such as de.")
@options.as_json
def read(source: str, file: Path, language: str | None, as_json: bool) -> None:
    """Show what SOURCE makes of FILE; `-` is standard input.

    Nothing is built or changed. What had to be left out is said on standard error, with its place.
    With --json each value is one line: an entry, or a whole page with its lists.

    \b
    Examples:
      hodie read wikipedia --lang de "1. Dezember.html"
      hodie read wikipedia --lang de page.html --json | jq '.births[0]'
    """
    from hodie.sources.reading import load_read

    left_out = LeftOut()
    for value in load_read(source)(file, language=language, tell=left_out.tell):
        for line in [in_json(value)] if as_json else in_words(value):
            click.echo(line)
    left_out.end()


class LeftOut:
    """Says on standard error what was left out, the first of it in full."""

    most = 20

    def __init__(self) -> None:
        self._count = 0

    def tell(self, message: str) -> None:
        self._count += 1
        if self._count <= self.most:
            click.echo(f"left out: {message}", err=True)

    def end(self) -> None:
        if (more := self._count - self.most) > 0:
            click.echo(f"left out: {more:,} more", err=True)


def in_json(value: object) -> str:
    """Write a value as one line of JSON."""
    import msgspec

    from hodie.almanac import Entry
    from hodie.cli.answers import entry_facts

    return msgspec.json.encode(entry_facts(value) if isinstance(value, Entry) else value).decode()


def in_words(value: object) -> Iterable[str]:
    """Word a value for a person: an entry in one line, a page as it words itself."""
    from hodie.almanac import Entry

    if isinstance(value, Entry):
        when = value.date.edtf if value.date else str(value.day or "")
        return (f"{when:<11} {value.kind:<8} {value.label}",)
    lines = getattr(value, "lines", None)
    return lines() if callable(lines) else (in_json(value),)
