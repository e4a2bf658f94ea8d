"""What `build` makes, and what it says of it."""

from __future__ import annotations

import datetime
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import partial
from pathlib import Path

import click

from hodie.almanac import Entry, LossError, build
from hodie.cli.progress import Tell, progress
from hodie.press import Publication
from hodie.sources import Source
from hodie.sources.gathering import Gathering
from hodie.sources.house import HOUSE_NAME, read_house
from hodie.sources.making import make_sources, remove_other_work
from hodie.sources.records import write_unread

UNREAD_NAME = "unread.csv"
"""The report of what could not be read, in the publication's folder."""


def build_almanac(
    publication: Publication, *, allow_loss: bool, given: Mapping[str, str] | None = None
) -> None:
    """Build a publication's almanac from its sources; `given` are options for those that take them.

    Raises SourceError where none does.
    """
    folder = publication.folder
    house = read_house(folder / HOUSE_NAME)
    today = publication.today(datetime.datetime.now(datetime.UTC))
    sources = make_sources(publication.sources, folder, today, given or {})
    gathering = Gathering(sources, house, publication.exclude_licences, folder)
    names = ", ".join(source.name for source in sources)
    what = f"Building {publication.almanac_path} from {names}"
    try:
        _build(publication.almanac_path, gathering, what, allow_loss=allow_loss)
    except LossError as error:
        raise LossError(f"{error}: hodie build --allow-loss", error.losses) from error
    finally:
        _tell_unread(gathering, folder / UNREAD_NAME)
    remove_other_work(publication.sources, folder)
    _tell_left_out(gathering)


def _build(target: Path, gathering: Gathering, what: str, *, allow_loss: bool) -> None:
    started = time.monotonic()
    with progress(what) as tell:
        _listen(gathering.sources, tell)
        gathering.progress = lambda read: tell(read, None)
        report = build(
            target,
            gathering.entries(),
            allow_loss=allow_loss,
            progress=lambda done: tell(done, max(gathering.merged.read, done) or None),
        )
    _tell_built(target, report.entries, time.monotonic() - started)


def build_file(target: Path, entries: Iterable[Entry], what: str) -> None:
    """Build an almanac's file, and say how far it is and what came of it."""
    started = time.monotonic()
    with progress(what) as tell:
        report = build(target, entries, progress=lambda done: tell(done, None))
    _tell_built(target, report.entries, time.monotonic() - started)


def _listen(sources: Iterable[Source], tell: Tell) -> None:
    """Let sources that work long before their first entry say how far they are."""
    for source in sources:
        if hasattr(source, "progress"):
            part = f"{source.name}: {getattr(source, 'unit', 'done')}"
            source.progress = partial(tell, part=part)


def _tell_built(target: Path, entries: int, seconds: float) -> None:
    click.echo(f"{target}: {entries:,} entries in {seconds:.1f} s", err=True)


def _tell_unread(gathering: Gathering, report: Path) -> None:
    for note in gathering.notes():
        click.echo(note, err=True)
    unread = gathering.unread()
    write_unread(report, unread)
    counts = Counter((each.file, each.skipped) for each in unread)
    for (file, skipped), count in sorted(counts.items()):
        what = "skipped" if skipped else "not read"
        click.echo(f"{file}: {count:,} {what}: see {report}", err=True)


def _tell_left_out(gathering: Gathering) -> None:
    merged, excluded = gathering.merged, gathering.excluded
    if merged.merged:
        disputed = f"; {merged.disputed:,} with a disputed date" if merged.disputed else ""
        click.echo(f"merged: {merged.merged:,} entries into others{disputed}", err=True)
    if excluded.entries or excluded.lines:
        click.echo(
            f"licences: {excluded.entries:,} entries and {excluded.lines:,} lines left out",
            err=True,
        )
    for change in gathering.unmet:
        place = gathering.house.place_of(change)
        click.echo(f"{place}: no entry has the id {change.entry!r}; the change waits", err=True)
