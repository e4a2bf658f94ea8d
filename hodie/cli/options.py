"""The options that several commands have, each said once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])


class Year(click.IntRange):
    """A year of an edition, 1 to 9999."""

    def __init__(self) -> None:
        super().__init__(1, 9999)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Read a year; says what a year is where it is none."""
        try:
            return int(super().convert(value, param, ctx))
        except click.BadParameter:
            self.fail(f"{value!r} is no year; write one from 1 to 9999", param, ctx)


KINDS = ("event", "birth", "death", "holiday")


def publication(command: Command) -> Command:
    """Add -C, the publication's folder."""
    return click.option(
        "-C",
        "--publication",
        "folder",
        metavar="DIR",
        type=click.Path(path_type=Path),
        help="The publication's folder (default: this one, or the nearest above that is one).",
    )(command)


def year(command: Command) -> Command:
    """Add --year, that of the edition."""
    return click.option(
        "--year",
        type=Year(),
        metavar="YEAR",
        help="The year of the edition, from which anniversaries are counted (default: this one).",
    )(command)


def as_json(command: Command) -> Command:
    """Add --json."""
    return click.option("--json", "as_json", is_flag=True, help="Answer in JSON, for programs.")(
        command
    )


def listening(port: int) -> Callable[[Command], Command]:
    """Add --host and --port, the latter `port` by default."""

    def add(command: Command) -> Command:
        command = click.option(
            "--port",
            default=port,
            show_default=True,
            type=click.IntRange(1, 65535),
            help="Its port.",
        )(command)
        return click.option(
            "--host", default="127.0.0.1", show_default=True, help="The address to listen on."
        )(command)

    return add
