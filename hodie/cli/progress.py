"""How far a long piece of work is: a bar in a terminal, a line elsewhere."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

Tell = Callable[[int, int | None], None]

# A bar that is drawn anew for each of a million entries would take longer than they do.
_SECONDS_BETWEEN = 0.05


@contextmanager
def progress(what: str) -> Iterator[Tell]:
    """Show on standard error that `what` goes on; the function lent takes done and total."""
    console = Console(stderr=True)
    if not console.is_terminal:
        click.echo(what, err=True)
        yield lambda done, total: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, TimeElapsedColumn(), console=console, transient=True) as bar:
        yield _throttled(bar, what)


def _throttled(bar: Progress, what: str) -> Tell:
    task = bar.add_task(what, total=None)
    drawn = 0.0

    def tell(done: int, total: int | None) -> None:
        nonlocal drawn
        if (now := time.monotonic()) - drawn >= _SECONDS_BETWEEN or done == total:
            drawn = now
            bar.update(task, completed=done, total=total)

    return tell
