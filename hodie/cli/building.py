"""What `build` makes, and what it says of it."""

from __future__ import annotations

import time
from collections.abc import Iterable
from pathlib import Path

import click

from hodie.almanac import Entry, LossError, build
from hodie.cli.progress import progress
from hodie.press import Publication
from hodie.sources import load_source
from hodie.sources.gathering import Gathering
from hodie.sources.house import HOUSE_NAME, read_house


def build_almanac(publication: Publication, *, allow_loss: bool) -> None:
    """Build a publication's almanac from its sources."""
    house = read_house(publication.folder / HOUSE_NAME)
    sources = [load_source(choice.name, **choice.options) for choice in publication.sources]
    gathering = Gathering(sources, house)
    names = ", ".join(source.name for source in sources)
    target = publication.almanac_path
    what = f"Building {target} from {names}"
    try:
        build_file(target, gathering.entries(), what, allow_loss=allow_loss)
    except LossError as error:
        raise LossError(f"{error}: hodie build --allow-loss", error.losses) from error
    for change in gathering.unmet:
        place = house.place_of(change)
        click.echo(f"{place}: no entry has the id {change.entry!r}; the change waits", err=True)


def build_file(
    target: Path, entries: Iterable[Entry], what: str, *, allow_loss: bool = False
) -> None:
    """Build an almanac's file, and say how far it is and what came of it."""
    started = time.monotonic()
    with progress(what) as tell:
        report = build(
            target, entries, allow_loss=allow_loss, progress=lambda done: tell(done, None)
        )
    seconds = time.monotonic() - started
    click.echo(f"{target}: {report.entries:,} entries in {seconds:.1f} s", err=True)
