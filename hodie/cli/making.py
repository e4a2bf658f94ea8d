"""What `press` makes."""

from __future__ import annotations

import datetime
import functools
import time

import click

from hodie.almanac import Almanac
from hodie.cli.places import need_almanac
from hodie.cli.progress import progress
from hodie.press import Edition, Publication, inputs_key, read_stories
from hodie.server.desk import open_press


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
