"""The newsroom's tests once more, on a PostgreSQL that is started for them."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

pytest.importorskip("wagtail")

HERE = Path(__file__).parent
# What has nothing to do with a database; and this file.
ALONE = ("settings", "prose", "doctests", "on_postgresql")
# A browser asks the same of any database: the whole way of a story is enough there.
BROWSER = ("in_browser", "test_a_candidate_becomes_a_page")


def tool(name):
    """Find a program of PostgreSQL, which Debian keeps out of the PATH."""
    newest = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    found = str(newest[-1]) if newest else shutil.which(name)
    if found is None:
        pytest.skip("needs PostgreSQL (apt-get install postgresql)")
    return found


def whom():
    """Return who may run it: PostgreSQL refuses to work for root."""
    if os.geteuid() != 0:
        return {}
    try:
        pwd.getpwnam("postgres")
    except KeyError:
        pytest.skip("runs as root, and there is no user postgres to run PostgreSQL as")
    return {"user": "postgres", "group": "postgres"}


@pytest.fixture
def cluster():
    """The DATABASE_URL of a cluster that lives as long as the test, behind a socket of its own."""
    initdb, pg_ctl, as_whom = tool("initdb"), tool("pg_ctl"), whom()
    folder = Path(tempfile.mkdtemp(prefix="hodie-pg-"))
    if as_whom:
        shutil.chown(folder, **as_whom)
    data, options = folder / "data", f"-k {folder} -c listen_addresses= -c fsync=off"

    def run(*command):
        subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=120, **as_whom)

    run(initdb, "-D", str(data), "-U", "hodie", "-A", "trust", "-E", "UTF8", "--no-sync")
    # Its log goes to a file: a pipe would keep pg_ctl from ever ending.
    run(pg_ctl, "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options, "start")
    try:
        yield f"postgres://hodie@/postgres?host={folder}"
    finally:
        run(pg_ctl, "-D", str(data), "-m", "immediate", "stop")
        shutil.rmtree(folder)


def test_postgresql_passes_the_same_tests(cluster):
    """What holds on SQLite holds on PostgreSQL."""
    if os.environ.get("DATABASE_URL"):
        pytest.skip("this is that run")
    names = sorted(HERE.glob("test_*.py"))
    chosen = [str(name) for name in names if not name.stem.endswith((*ALONE, BROWSER[0]))]
    chosen += [f"{HERE / 'test_newsroom_in_browser.py'}::{test}" for test in BROWSER[1:]]
    command = [sys.executable, "-m", "pytest", "-q", "-x", "--tb=short", *chosen]
    done = subprocess.run(
        command,
        cwd=HERE.parents[1],
        env={**os.environ, "DATABASE_URL": cluster},
        capture_output=True,
        text=True,
        timeout=1200,
    )

    assert done.returncode == 0, done.stdout[-3000:]
    assert " passed" in done.stdout
