"""The command line: one thin command a verb."""

from hodie.cli.commands import main

__all__ = ["main"]
