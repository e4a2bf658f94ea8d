"""What `press` makes, and what it says of it."""

from __future__ import annotations

import datetime
import time

import click

from hodie.cli.places import need_almanac
from hodie.cli.progress import progress
from hodie.press import Publication
from hodie.press.printing import print_edition


def write_edition(publication: Publication, *, whole: bool) -> None:
    """Write the edition of a publication's today."""
    need_almanac(publication)
    started = time.monotonic()
    today = publication.today(datetime.datetime.now(datetime.UTC))
    with progress(f"Writing {publication.edition_path}") as tell:
        report = print_edition(publication.folder, today, whole=whole, progress=tell)
    seconds = time.monotonic() - started
    click.echo(
        f"{publication.edition_path}: {report.total:,} files, {report.written:,} new or changed, "
        f"{report.removed:,} removed, in {seconds:.1f} s",
        err=True,
    )
