"""An edition printed in a process of its own, which takes its memory with it when it ends."""

from __future__ import annotations

import datetime
import subprocess
import sys
from pathlib import Path

from hodie.errors import HodieError
from hodie.newsroom.errors import NewsroomError
from hodie.press.printing import print_edition


def print_apart(folder: Path, today: datetime.date) -> None:
    """Print the edition of a day; raises NewsroomError with what the process said last."""
    code = "from hodie.newsroom.printing import print_here; print_here()"
    command = [sys.executable, "-c", code, str(folder), today.isoformat()]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        said = done.stderr.strip().splitlines()
        raise NewsroomError(f"the edition was not printed: {said[-1] if said else 'killed'}")


def print_here() -> None:
    """Print the edition of the folder and day that the command line names."""
    try:
        print_edition(Path(sys.argv[1]), datetime.date.fromisoformat(sys.argv[2]))
    except HodieError as error:
        sys.exit(str(error))
