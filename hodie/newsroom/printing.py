"""An edition printed in a process of its own, which takes its memory with it when it ends."""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
import threading
from pathlib import Path

from hodie.errors import HodieError
from hodie.newsroom.errors import NewsroomError
from hodie.press.printing import print_edition


def print_apart(folder: Path, today: datetime.date) -> None:
    """Print the edition of a day; raises NewsroomError with what the process said last."""
    code = "from hodie.newsroom.printing import print_here; print_here()"
    command = [sys.executable, "-c", code, str(folder), today.isoformat()]
    # Its input stays open for as long as this process lives, and not longer.
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as done:
        assert done.stderr is not None
        errors = done.stderr.read()
    if done.returncode != 0:
        said = errors.strip().splitlines()
        raise NewsroomError(f"the edition was not printed: {said[-1] if said else 'killed'}")


def print_here() -> None:
    """Print the edition of the folder and day that the command line names."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        print_edition(Path(sys.argv[1]), datetime.date.fromisoformat(sys.argv[2]))
    except HodieError as error:
        sys.exit(str(error))


def _end_with_parent() -> None:
    sys.stdin.read()
    os._exit(1)
