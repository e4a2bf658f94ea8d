"""Extraction in a process of its own that is killed at a given moment."""

import os
import signal
import sys
from multiprocessing import active_children
from pathlib import Path

from hodie.sources.wikidata.extraction import Report, Settings
from hodie.sources.wikidata.ranges import plan
from hodie.sources.wikidata.working import Work, work

SIZE = 700
"""The bytes of a range: a member or two."""


def extracted(folder: Path, dump: Path, **options: object) -> Report:
    """Do all ranges of a small dump that are not done."""
    task = Work(folder, plan(str(dump), SIZE), Settings())
    with task.held():
        return work(task, **options)


def killed_at(moment: int, folder: Path, dump: Path) -> None:
    """Do the same, and be killed after so many calls and returns of functions."""
    left = moment

    def count(*_: object) -> None:
        nonlocal left
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(count)
    extracted(folder, dump)
    sys.setprofile(None)


def killed_with_workers(folder: Path, dump: Path, pids: Path) -> None:
    """Be killed when two processes have done the first range."""

    def stop(done: int, total: int) -> None:
        if done:
            pids.write_text(" ".join(str(child.pid) for child in active_children()))
            os.kill(os.getpid(), signal.SIGKILL)

    extracted(folder, dump, processes=2, progress=stop)


def moments(folder: Path, dump: Path) -> int:
    """Return how many calls and returns the whole takes."""
    count = 0

    def one_more(*_: object) -> None:
        nonlocal count
        count += 1

    sys.setprofile(one_more)
    extracted(folder, dump)
    sys.setprofile(None)
    return count
