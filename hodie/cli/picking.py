"""The commands of whoever picks: why a day tells what it tells, and what a year will tell."""

from __future__ import annotations

from pathlib import Path

import click

from hodie.cli import options


@click.command()
@click.argument("day", nargs=-1, required=True)
@options.publication
@options.as_json
@click.option(
    "--limit",
    type=click.IntRange(1, 1000),
    default=15,
    show_default=True,
    metavar="N",
    help="Show at most N candidates beside the picks.",
)
@options.year
def why(
    day: tuple[str, ...], folder: Path | None, as_json: bool, limit: int, year: int | None
) -> None:
    """Show why DAY tells what it tells: every candidate, what spoke for it and against it.

    Each number is one of [selection] in hodie.toml, under the name that stands beside it.

    \b
    Examples:
      hodie why 08-20
      hodie why 20 August --year 2040
      hodie why today --json | jq '.picks[0].reasons'
    """
    from hodie.cli.days import read_day
    from hodie.cli.group import MistypedError
    from hodie.cli.places import open_place
    from hodie.cli.why import answer_why
    from hodie.dates import MonthDay

    place = open_place(folder)
    date = place.today()
    asked = read_day(" ".join(day), date, place.language)
    if not isinstance(asked, MonthDay):
        raise MistypedError(f"{' '.join(day)!r} has a year; name a day, and the year by --year")
    answer_why(place, asked, year or date.year, limit=limit, as_json=as_json)


@click.command()
@click.argument("year", type=options.Year())
@options.publication
@click.option("--csv", "form", flag_value="csv", help="Answer as CSV, such as ran.csv is.")
@click.option("--ics", "form", flag_value="ics", help="Answer as a calendar of that year.")
@click.option("--json", "form", flag_value="json", help="Answer in JSON, for programs.")
def plan(year: int, folder: Path | None, form: str | None) -> None:
    """Lay out YEAR: what leads each day, nobody twice, and which centenaries come.

    What led before stands in ran.csv in the publication's folder, and does not lead again too soon.
    Lines of YEAR in that file are kept: they are the plan, and their days lead as they say.

    \b
    Examples:
      hodie plan 2027
      hodie plan 2027 --csv > 2027.csv
      hodie plan 2027 --ics > 2027.ics
    """
    from hodie.cli.places import open_place
    from hodie.cli.plan import answer_plan

    answer_plan(open_place(folder), year, form)
