"""The house's files: the chores run anywhere, tests do not shadow each other."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RUN = (ROOT / "run").read_text(encoding="utf-8")
CHORES = re.findall(r"^#: (\S+)", RUN, flags=re.MULTILINE)


def test_test_files_have_names_of_their_own():
    """Two test files of one name, in folders without a package, would be one module to pytest."""
    names = Counter(path.name for path in (ROOT / "tests").rglob("test_*.py"))

    assert [name for name, count in names.items() if count > 1] == []


def test_every_chore_is_a_function_with_help():
    """A chore is found by its function, and named in the help, and neither without the other."""
    functions = re.findall(r"^chore_(\w+)\(\)", RUN, flags=re.MULTILINE)

    assert [name.replace("-", "_") for name in CHORES] == functions


@pytest.mark.parametrize("shell", ["dash", "bash"])
def test_run_is_plain_shell(shell):
    """Any POSIX shell can read the file of chores."""
    if shutil.which(shell) is None:
        pytest.skip(f"no {shell} here")

    subprocess.run([shell, "-n", "run"], cwd=ROOT, check=True, timeout=60)


def test_help_lists_the_chores():
    """The help of ./run has one line for each chore."""
    done = subprocess.run(
        ["./run", "help"], cwd=ROOT, check=True, capture_output=True, text=True, timeout=60
    )

    assert [line.split()[0] for line in done.stdout.splitlines()[1:]] == CHORES


@pytest.mark.parametrize("chore", ["bake", "help; echo more", "-x"])
def test_unknown_chores_are_refused(chore):
    """What is no chore is named as such, and the exit code says so."""
    done = subprocess.run(["./run", chore], cwd=ROOT, capture_output=True, text=True, timeout=60)

    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"./run: no chore named '{chore}'; ./run help lists them\n"
