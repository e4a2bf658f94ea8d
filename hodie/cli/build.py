"""The command that makes the almanac."""

from __future__ import annotations

from pathlib import Path

import click


@click.command()
@click.option(
    "-C",
    "--publication",
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="The publication's folder (default: this one, or the nearest above that is one).",
)
@click.option("--allow-loss", is_flag=True, help="Replace an almanac by one that knows less.")
def build(folder: Path | None, allow_loss: bool) -> None:
    """Build the almanac from the sources named in hodie.toml.

    Last comes house.toml: the publication's own facts, and its changes to others. The old almanac
    stays until the new one is whole, and for good where the new one would have lost days or many
    entries.

    \b
    Examples:
      hodie build
      hodie build -C history --allow-loss
    """
    from hodie.cli.building import build_almanac
    from hodie.cli.places import publication_at

    build_almanac(publication_at(folder), allow_loss=allow_loss)
