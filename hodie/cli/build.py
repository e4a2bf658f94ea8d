"""The command that makes the almanac."""

from __future__ import annotations

from pathlib import Path

import click

from hodie.cli import options


@click.command()
@options.publication
@click.option("--allow-loss", is_flag=True, help="Replace an almanac by one that knows less.")
@click.option(
    "--preview",
    "file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Build nothing: show how a file of your own would be read.",
)
@click.option("--lang", "language", metavar="TAG", help="The language of the dates in that file.")
@click.option("--engine", metavar="NAME", help="What reads dumps: local, or spark.")
@click.option("--master", metavar="URL", help="The cluster of that engine, as spark://host:7077.")
def build(
    folder: Path | None,
    allow_loss: bool,
    file: Path | None,
    language: str | None,
    engine: str | None,
    master: str | None,
) -> None:
    """Build the almanac from the sources named in hodie.toml.

    Last comes house.toml: the publication's own facts, and its changes to others. The old almanac
    stays until the new one is whole, and for good where the new one would have lost days or many
    entries. What could not be read is listed in unread.csv.

    With --preview the lines for hodie.toml come on standard output, and on standard error the first
    rows as they would be read: paste the lines, and change what was guessed wrong.

    \b
    Examples:
      hodie build
      hodie build -C history --allow-loss
      hodie build --preview parish.csv >> hodie.toml
      hodie build --engine spark --master spark://history:7077
    """
    from hodie.cli.places import publication_at

    if file is not None:
        import datetime

        from hodie.cli.previewing import preview

        preview(file, language, datetime.datetime.now(datetime.UTC).date())
        return
    from hodie.cli.building import build_almanac

    asked = {"engine": engine, "master": master}
    given = {key: value for key, value in asked.items() if value is not None}
    build_almanac(publication_at(folder), allow_loss=allow_loss, given=given)
