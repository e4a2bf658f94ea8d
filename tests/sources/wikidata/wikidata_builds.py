"""A build in a process of its own that is killed when it has worked for so long."""

import os
import signal
from pathlib import Path

import hodie.cli.building
import hodie.press
import hodie.sources.table  # noqa: F401
from hodie.cli import main
from hodie.sources.wikidata.columns import table
from hodie.sources.wikidata.rows import Row

# What a build imports as it goes, so that each copy of this process has it.
table([Row(1, "A", "human", 0)])


def build(folder: Path) -> None:
    """Build, print nothing, and do not wait for the disk: no test cuts the power."""
    os.fsync = lambda descriptor: None
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    main(["build", "-C", str(folder)], standalone_mode=False)


def build_until(folder: Path, seconds: float) -> None:
    """Do the same, and be killed after so much of the processor's time.

    The system's alarm ends the process wherever it is, in Python or in SQLite: nothing is told of
    it, and nothing cleared up.
    """
    signal.signal(signal.SIGVTALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    build(folder)


def build_timed(folder: Path, answer: Path) -> None:
    """Build, and write down how much of the processor's time it took, by the alarm's clock."""
    started = os.times().user
    build(folder)
    answer.write_text(str(os.times().user - started))
