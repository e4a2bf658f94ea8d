"""The one place in which what went wrong becomes a line for a person, and an exit code."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable
from typing import Any

import click

from hodie.errors import HodieError

FINE, FAILED, MISUSED, INTERRUPTED = 0, 1, 2, 130


class MistypedError(HodieError):
    """What was typed cannot be meant; the exit code is that of a wrong option."""


class Hodie(click.Group):
    """Commands that end in an exit code, and whose errors are one line each."""

    def main(self, *args: Any, standalone_mode: bool = True, **extra: Any) -> Any:
        command: Callable[..., Any] = super().main
        run = functools.partial(command, *args, standalone_mode=False, **extra)
        if not standalone_mode:
            return run()
        sys.exit(exit_code(run))

    def invoke(self, ctx: click.Context) -> Any:
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:
            # Whoever read, as `head` does, has read enough.
            _stop_writing()
            return FINE
        return result


def exit_code(run: Callable[[], Any]) -> int:
    """Run a command, say on standard error what went wrong, and return its exit code."""
    try:
        code = run()
    except click.Abort:
        return INTERRUPTED
    except click.exceptions.NoArgsIsHelpError as help_wanted:
        click.echo(help_wanted.format_message())
        return MISUSED
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx else "hodie"
        return _said(f"{_sentence(error.format_message())} (see {path} --help)", MISUSED)
    except click.ClickException as error:
        return _said(error.format_message(), error.exit_code)
    except MistypedError as error:
        return _said(str(error), MISUSED)
    except HodieError as error:
        return _said(str(error), FAILED)
    except OSError as error:
        place = f": {error.filename}" if error.filename else ""
        return _said(f"{(error.strerror or str(error)).lower()}{place}", FAILED)
    except Exception as error:
        if os.environ.get("HODIE_DEBUG"):
            raise
        kind = type(error).__name__
        return _said(f"a fault in Hodie itself: {kind}: {error} (HODIE_DEBUG=1 says where)", FAILED)
    return code if isinstance(code, int) else FINE


def _said(message: str, code: int) -> int:
    click.echo(f"{click.style('hodie:', fg='red')} {message}", err=True)
    return code


def _sentence(message: str) -> str:
    """Join click's message to what follows it: no capital, no full stop.

    >>> _sentence("No such option '--x'.")
    "no such option '--x'"
    """
    return f"{message[:1].lower()}{message[1:].rstrip('.')}"


def _stop_writing() -> None:
    """Let nothing more be written: at its end, Python would try to flush once more."""
    devnull = os.open(os.devnull, os.O_WRONLY)
    os.dup2(devnull, sys.stdout.fileno())
