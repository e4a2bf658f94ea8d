"""`hodie export`: entries of the almanac as a file for other programs."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from hodie.cli import options

FORMS = ("csv", "json", "ndjson", "parquet", "ics")


@click.command()
@click.argument("day", nargs=-1)
@options.publication
@click.option("--month", type=click.IntRange(1, 12), metavar="N", help="The days of one month.")
@click.option(
    "--kind", "kinds", type=click.Choice(options.KINDS), multiple=True, help="Of this kind only."
)
@click.option("--subkind", metavar="NAME", multiple=True, help="Of a finer kind, as 'battle'.")
@click.option("--country", metavar="CODE", multiple=True, help="Of a country, by two letters.")
@click.option("--from", "first", type=int, metavar="YEAR", help="From this year on; -43 is 44 BC.")
@click.option("--to", "last", type=int, metavar="YEAR", help="Up to this year.")
@click.option("--about", metavar="ID", multiple=True, help="In which an entity takes part.")
@click.option("--with", "text", metavar="WORDS", help="That have these words.")
@click.option(
    "--sensitive",
    type=click.Choice(("shown", "hidden", "only")),
    default="shown",
    show_default=True,
    help="What to do with entries that are not for every wall.",
)
@click.option(
    "-f",
    "--format",
    "form",
    type=click.Choice(FORMS),
    help="The form (default: by the end of FILE's name, else csv).",
)
@click.option(
    "-o",
    "--output",
    "file",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Where to write (default: standard output).",
)
def export(
    day: tuple[str, ...],
    folder: Path | None,
    month: int | None,
    form: str | None,
    file: Path | None,
    **wanted: object,
) -> None:
    """Write entries for other programs: of DAY, of a month, of the whole year, or a choice of them.

    Each row has the entry's permanent id, its date in EDTF with its calendar, and the sources that
    back it with their licences. In CSV, a text that a spreadsheet would run as a formula has an
    apostrophe before it. Parquet needs pyarrow: pip install 'hodie[parquet]'.

    \b
    Examples:
      hodie export 20 August --format json
      hodie export --month 8 --kind birth -o august.csv
      hodie export --country PL --from 1900 -o poland.parquet
      hodie export --kind holiday -o holidays.ics
    """
    from hodie.cli.days import read_day
    from hodie.cli.exporting import Selection, read_filter, write
    from hodie.cli.group import MistypedError
    from hodie.cli.places import open_place

    if day and month:
        raise MistypedError("a day and a month were both asked for; name one of them")
    place = open_place(folder)
    asked = read_day(" ".join(day), place.today(), place.language) if day else None
    if form is None and file is not None:
        form = next((each for each in FORMS if file.suffix.lower() == f".{each}"), None)
        if form is None:
            raise MistypedError(
                f"{file.name!r} does not say its form; end it in .{', .'.join(FORMS)}, "
                "or name one with --format"
            )
    selection = Selection(asked, month, read_filter(wanted))
    if form == "parquet" and file is None and sys.stdout.isatty():
        raise MistypedError("Parquet is not for the eye; name a file with -o")
    count = write(place, selection, form or "csv", file)
    if file is not None:
        click.echo(f"{file}: {count:,} entries", err=True)
