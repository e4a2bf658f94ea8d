"""The commands, one thin function each: read options, call the library, show what it says.

What a command needs is imported when it runs, so that `hodie --help` answers at once.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from hodie import __version__
from hodie.cli import options
from hodie.cli.build import build
from hodie.cli.export import export
from hodie.cli.group import Hodie
from hodie.cli.mcp import mcp
from hodie.cli.newsroom import newsroom
from hodie.cli.picking import plan, why
from hodie.cli.read import read


def _question(command: options.Command) -> options.Command:
    """Add the options of the commands that ask the almanac something."""
    for option in (
        options.as_json,
        click.option(
            "--limit", type=click.IntRange(1, 10_000), metavar="N", help="Show at most N of each."
        ),
        click.option(
            "--kind", type=click.Choice(options.KINDS), help="Show entries of one kind only."
        ),
    ):
        command = option(command)
    return options.publication(command)


@click.group(cls=Hodie, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", message="hodie %(version)s")
def hodie() -> None:
    """Run your own Today in History.

    Ask what happened on a day, or make a publication that tells it: new, build, press, serve.

    \b
    Examples:
      hodie today
      hodie on 20 August --kind birth
      hodie new history && cd history && hodie build && hodie press && hodie serve

    Exit codes: 0 done, 1 something stood in the way (one line says what), 2 mistyped.
    """


@hodie.command()
@_question
@options.year
def today(folder: Path | None, year: int | None, **wanted: Any) -> None:
    """Show what happened on this day.

    The day is the publication's, by its time zone; without a publication, this machine's.

    \b
    Examples:
      hodie today
      hodie today --kind death --limit 20
      hodie today --json | jq .lead.text
    """
    from hodie.cli.places import open_place
    from hodie.cli.questions import answer_day
    from hodie.dates import MonthDay

    place = open_place(folder)
    date = place.today()
    answer_day(place, MonthDay.of(date), year or date.year, **wanted)


@hodie.command()
@click.argument("day", nargs=-1, required=True)
@_question
@options.year
def on(day: tuple[str, ...], folder: Path | None, year: int | None, **wanted: Any) -> None:
    """Show what happened on DAY: a day of every year, or one date if it has a year.

    DAY is written as people write it, months in English or the publication's language: 20 August,
    August 20, 08-20, 20.8., 20 August 1940, 1940-08-20, 15 March 44 BC, today, tomorrow.

    \b
    Examples:
      hodie on 20 August --kind birth
      hodie on 1940-08-20
      hodie on tomorrow --year 2040
    """
    from hodie.cli.days import read_day
    from hodie.cli.places import open_place
    from hodie.cli.questions import answer_date, answer_day
    from hodie.dates import MonthDay

    place = open_place(folder)
    date = place.today()
    asked = read_day(" ".join(day), date, place.language)
    if isinstance(asked, MonthDay):
        answer_day(place, asked, year or date.year, **wanted)
    else:
        answer_date(place, asked, year or date.year, **wanted)


@hodie.command()
@click.argument("words", nargs=-1, required=True)
@_question
def search(words: tuple[str, ...], folder: Path | None, **wanted: Any) -> None:
    """Find entries and entities by WORDS of their titles, lines and names.

    Accents and case do not matter, and the last word may be only begun.

    \b
    Examples:
      hodie search trotsky
      hodie search moon land --kind event
      hodie search --json "marie curie"
    """
    from hodie.cli.places import open_place
    from hodie.cli.questions import answer_search

    answer_search(open_place(folder), " ".join(words), **wanted)


@hodie.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--name", default="Today in History", show_default=True, help="What it is called.")
@click.option("--demo", is_flag=True, help="Copy the demo publication, stories and all.")
def new(folder: Path, name: str, demo: bool) -> None:
    """Make a publication's folder in DIR: settings that explain themselves, and a first story.

    \b
    Examples:
      hodie new history
      hodie new --name "Riverside in History" riverside
      hodie new --demo demo
    """
    from hodie.press import create

    create(folder, name, demo=demo)
    click.echo(f"Made {folder}. Next: cd {folder}; hodie build; hodie press; hodie serve")


@hodie.command()
@options.publication
@click.option("--whole", is_flag=True, help="Render every page, even where nothing changed.")
def press(folder: Path | None, whole: bool) -> None:
    """Write the edition of today: every page as a file, for any web server.

    Only what changed is written, and readers see the new edition all at once.

    \b
    Examples:
      hodie press
      hodie press -C history --whole
    """
    from hodie.cli.making import write_edition
    from hodie.cli.places import publication_at

    write_edition(publication_at(folder), whole=whole)


@hodie.command()
@options.publication
@options.listening(8000)
@click.option(
    "--access-log/--no-access-log",
    default=False,
    help="Write a line of JSON for each request, without who asked (default: no).",
)
@click.option(
    "--workers",
    default=1,
    show_default=True,
    type=click.IntRange(1, 64),
    help="How many processes answer: as many as cores, where much is asked live.",
)
def serve(folder: Path | None, host: str, port: int, access_log: bool, workers: int) -> None:
    """Serve the edition, and render live what it does not hold.

    Follows the publication: after `hodie build` or `hodie press` it need not be restarted.

    \b
    Examples:
      hodie serve
      hodie serve -C history --port 8080
      hodie serve --workers 4
      hodie serve --access-log > access.jsonl
    """
    from hodie.server.serving import serve as run  # isort: skip (first: it says where it cannot run)
    from hodie.cli.places import need_almanac, publication_at

    publication = publication_at(folder)
    need_almanac(publication)
    if not publication.edition_path.exists():
        text = "No edition yet: pages are rendered when asked for. `hodie press` writes it."
        click.echo(text, err=access_log)
    run(
        publication.folder,
        host,
        port,
        lambda url: click.echo(f"{publication.name}: {url} (Ctrl-C stops)", err=access_log),
        sys.stdout if access_log else None,
        workers,
    )


hodie.add_command(build)
hodie.add_command(why)
hodie.add_command(plan)
hodie.add_command(export)
hodie.add_command(mcp)
hodie.add_command(newsroom)
hodie.add_command(read)


def _dateline(command: options.Command) -> options.Command:
    return click.option(
        "--date",
        "reference",
        metavar="DATE",
        help="The story's dateline, as 1940-08-20 (default: that of its front matter or text).",
    )(command)


@hodie.command()
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE..."
)
@options.publication
@_dateline
@click.option("--all", "everything", is_flag=True, help="Show what is confirmed or unknown, too.")
@click.option("--json", "form", flag_value="json", help="Answer in JSON, for programs.")
@click.option("--sarif", "form", flag_value="sarif", help="Answer in SARIF 2.1.0, for CI.")
def check(files: tuple[Path, ...], folder: Path | None, **wanted: Any) -> int:
    """Check what stories say of dates against the almanac and the calendar.

    Each FILE is Markdown, HTML, DOCX or plain text. Of each finding it says the place in the file,
    the verdict, the evidence and, where there is one, a suggestion.

    Exit codes: 0 nothing to find fault with, 1 findings, 2 mistyped or not to be read.

    \b
    Examples:
      hodie check stories/*.md
      hodie check --all --date 2026-08-20 column.docx
      hodie check --sarif stories/trotsky-assassinated.md > hodie.sarif
    """
    from hodie.cli.findings import answer_check
    from hodie.cli.places import open_place

    return answer_check(open_place(folder), files, **wanted)


@hodie.command()
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@options.publication
@_dateline
@options.as_json
def timeline(file: Path, folder: Path | None, **wanted: Any) -> int:
    """Show what happened when, as a story tells it.

    In the order of time: the date, the clause, how sure the prose is, and whom it names.

    \b
    Examples:
      hodie timeline stories/trotsky-assassinated.md
      hodie timeline --json --date 1940-08-20 column.txt
    """
    from hodie.cli.findings import answer_timeline
    from hodie.cli.places import open_place

    return answer_timeline(open_place(folder), file, **wanted)


main = hodie
