"""A build that is killed, at whatever moment, leaves the old file whole and is soon forgotten."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from hodie.almanac import Almanac, build

HERE = Path(__file__).parent

# Builds in another process, which kills itself at the given moment: when `progress` is told for
# the nth time, or before it asks the system for the nth time to open, rename or remove a file.
BUILD = """
import os, signal, sys
from pathlib import Path
from hodie.almanac import build
from almanac_samples import event, august, many

target, what, moment = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
told = 0

def strike(sort):
    global told
    if sort == what:
        told += 1
        if told == moment:
            os.kill(os.getpid(), signal.SIGKILL)

def audit(event, arguments):
    if event in ("open", "os.rename", "os.remove", "os.rmdir", "os.mkdir", "sqlite3.connect"):
        if str(target.parent) in str(arguments[0]) or str(arguments[0]) in ("lock", "spill.db"):
            strike("audit")

os.fsync = lambda descriptor: None
import hodie.almanac.intake
hodie.almanac.intake.STEP, hodie.almanac.intake.HELD = 50, 100
entries = [*many(300), event("new", august(1999), "New")]
sys.addaudithook(audit)
build(target, entries, progress=lambda count: strike("progress"))
print(told)
"""


def killed_build(target, what, moment):
    """Build in another process; return how it ended, and how many moments it saw."""
    run = subprocess.run(
        [sys.executable, "-c", BUILD, str(target), what, str(moment)],
        cwd=HERE,
        capture_output=True,
        text=True,
        check=False,
    )
    return run.returncode, run.stdout.strip() or run.stderr


@pytest.fixture(scope="session")
def old(tmp_path_factory):
    """The bytes of the almanac that stood there before."""
    from almanac_samples import many

    path = tmp_path_factory.mktemp("old") / "almanac.db"
    build(path, many(300))
    return path.read_bytes()


@pytest.fixture(scope="session")
def moments(tmp_path_factory, old):
    """How many moments of each sort a whole build sees."""
    target = tmp_path_factory.mktemp("whole") / "almanac.db"
    target.write_bytes(old)
    return {what: int(killed_build(target, what, 0)[1]) for what in ("progress", "audit")}


@pytest.mark.parametrize("what", ["progress", "audit"])
@pytest.mark.parametrize("part", range(14))
def test_a_killed_build_leaves_the_old_almanac(tmp_path, old, moments, what, part):
    """After a kill the old file or the new one stands there whole, and the next build works."""
    from almanac_samples import august, event, many

    target = tmp_path / "almanac.db"
    target.write_bytes(old)
    # From the first moment to the last, the end of a build more closely than its beginning.
    all_of_them = moments[what]
    moment = all_of_them - part if part < 8 else 1 + (all_of_them - 8) * (part - 8) // 6

    assert killed_build(target, what, moment)[0] == -9
    with Almanac.open(target) as almanac:
        almanac.verify()
        renamed = almanac.entry("new") is not None
    assert renamed or target.read_bytes() == old
    assert {path.name for path in tmp_path.iterdir()} <= {"almanac.db", ".almanac.db.building"}

    build(target, [*many(300), event("new", august(1999), "New")])
    assert [path.name for path in tmp_path.iterdir()] == ["almanac.db"]
    with Almanac.open(target) as almanac:
        assert almanac.entry("new") is not None


def test_a_killed_first_build_leaves_no_almanac(tmp_path, moments):
    """Where nothing stood, nothing stands after a kill."""
    target = tmp_path / "almanac.db"

    assert killed_build(target, "progress", moments["progress"] // 2)[0] == -9
    assert not target.exists()
