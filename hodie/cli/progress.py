"""How far a long piece of work is: a bar in a terminal, a line now and then elsewhere."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn


class Tell(Protocol):
    """Is told how much is done, of how much, and of which part of the work that is."""

    def __call__(self, done: int, total: int | None, part: str = "") -> None: ...


# A bar that is drawn anew for each of a million entries would take longer than they do.
_SECONDS_BETWEEN = 0.05
_SECONDS_BETWEEN_LINES = 10.0


@contextmanager
def progress(what: str) -> Iterator[Tell]:
    """Show on standard error that `what` goes on; the function lent takes done and total."""
    console = Console(stderr=True)
    if not console.is_terminal:
        click.echo(what, err=True)
        yield _lines()
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), console=console, transient=True) as bar:
        yield _throttled(bar, what)


def _lines() -> Tell:
    """Say at the beginning of a part, and then every ten seconds, how far it is."""
    said, last = "", time.monotonic()

    def tell(done: int, total: int | None, part: str = "") -> None:
        nonlocal said, last
        now = time.monotonic()
        if part and total and (part != said or now - last >= _SECONDS_BETWEEN_LINES):
            said, last = part, now
            click.echo(f"{part}: {done:,} of {total:,}", err=True)

    return tell


def _throttled(bar: Progress, what: str) -> Tell:
    task = bar.add_task(what, total=None)
    drawn = 0.0

    def tell(done: int, total: int | None, part: str = "") -> None:
        nonlocal drawn
        if (now := time.monotonic()) - drawn >= _SECONDS_BETWEEN or done == total:
            drawn = now
            bar.update(task, completed=done, total=total, description=part or what)

    return tell
