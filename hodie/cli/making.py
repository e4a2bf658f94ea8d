"""What `build` and `press` make."""

from __future__ import annotations

import datetime
import functools
import itertools
import time
from collections.abc import Iterable
from pathlib import Path

import click

from hodie.almanac import Almanac, Entry, LossError, build
from hodie.cli.places import need_almanac
from hodie.cli.progress import progress
from hodie.press import Edition, Publication, inputs_key, read_stories
from hodie.server.desk import open_press
from hodie.sources import load_source


def build_almanac(publication: Publication, *, allow_loss: bool) -> None:
    """Build a publication's almanac from its sources."""
    sources = [load_source(choice.name, **choice.options) for choice in publication.sources]
    entries = itertools.chain.from_iterable(source.entries() for source in sources)
    names = ", ".join(source.name for source in sources)
    target = publication.almanac_path
    try:
        build_file(target, entries, f"Building {target} from {names}", allow_loss=allow_loss)
    except LossError as error:
        raise LossError(f"{error}: hodie build --allow-loss", error.losses) from error


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


def write_edition(publication: Publication, *, whole: bool) -> None:
    """Write the edition of a publication's today."""
    need_almanac(publication)
    started = time.monotonic()
    stories = read_stories(publication.stories_folder, publication)
    with Almanac.open(publication.almanac_path) as almanac:
        digest = almanac.info.digest
    with progress(f"Writing {publication.edition_path}") as tell:
        report = Edition.write(
            publication.folder,
            functools.partial(open_press, publication.folder),
            publication.today(datetime.datetime.now(datetime.UTC)),
            almanac=digest,
            key=None if whole else inputs_key(publication, digest, stories),
            progress=tell,
        )
    seconds = time.monotonic() - started
    click.echo(
        f"{publication.edition_path}: {report.total:,} files, {report.written:,} new or changed, "
        f"{report.removed:,} removed, in {seconds:.1f} s",
        err=True,
    )
