"""Killed at any moment, or started twice: each thing is done once, and none by half."""

from __future__ import annotations

import datetime
import fcntl
import json
import os
import shutil
import subprocess
import sys

import pytest

pytest.importorskip("wagtail")

# Ends the process, without a word, at the nth thing that it does to a file or the database.
KILLER = """
import datetime, os, sys
from pathlib import Path
folder, last, moment = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
from hodie.newsroom.starting import setup
setup(folder)
from django.utils import timezone
timezone.now = lambda: datetime.datetime.fromisoformat(moment)
from django.db import connection
from hodie.newsroom import work

done = 0
def count(name=""):
    global done
    done += 1
    if done == last:
        os._exit(9)

def statement(execute, sql, params, many, context):
    count()
    return execute(sql, params, many, context)

def audit(name, args):
    if name in ("os.rename", "os.remove", "os.link", "os.mkdir", "os.rmdir", "os.truncate"):
        count(name)
    elif name == "open" and len(args) > 2 and args[2] & (os.O_WRONLY | os.O_RDWR):
        count(name)

sys.addaudithook(audit)
with connection.execute_wrapper(statement):
    told = work.work(lambda folder, today: None)
print(done, ",".join(told.published))
"""
DUE = "2026-08-25T06:00:00+00:00"
SLUG = "the-visitor"
# A sample of the moments; each costs the start of a process.
MOMENTS = 4 if os.environ.get("DATABASE_URL") else 7


@pytest.fixture(scope="module")
def waiting(newsroom, copies, tmp_path_factory):
    """A folder of its own, in which a story waits for 25 August at six."""
    folder = copies.make(newsroom, tmp_path_factory.mktemp("waiting") / "demo")
    shutil.rmtree(folder / ".editions")
    (folder / "edition").unlink()
    code = """
import sys, datetime
from pathlib import Path
from hodie.newsroom.starting import setup
setup(Path(sys.argv[1]))
from django.utils import timezone
timezone.now = lambda: datetime.datetime(2026, 8, 20, 9, tzinfo=datetime.UTC)
from django.contrib.auth.models import User
from hodie.newsroom import actions
from hodie.newsroom.models import Stories, Story
story = Story(title="The visitor", slug="the-visitor", date="1940-08-20", run_day="08-25",
              live=False)
Stories.objects.get().add_child(instance=story)
story.save_revision()
actions.publish(story, User.objects.get(username="publisher"))
"""
    command = [sys.executable, "-c", code, str(folder)]
    subprocess.run(command, check=True, timeout=120, env=copies.env(folder))
    return folder


@pytest.fixture
def own_waiting(waiting, copies, tmp_path):
    return copies.make(waiting, tmp_path / "demo")


@pytest.fixture
def run(copies):
    """A function that does a folder's work in a process of its own, ended at the nth step."""

    def run(folder, last=0):
        command = [sys.executable, "-c", KILLER, str(folder), str(last), DUE]
        return subprocess.run(
            command, capture_output=True, text=True, timeout=120, env=copies.env(folder)
        )

    return run


@pytest.fixture
def state(copies):
    """A function that returns what the database and the folder say of the story."""

    def state(folder):
        [[live]] = copies.ask(folder, f"SELECT live FROM wagtailcore_page WHERE slug = '{SLUG}'")
        query = "SELECT count(*) FROM wagtailcore_pagelogentry WHERE action = "
        [[times]] = copies.ask(folder, f"{query}'wagtail.publish.scheduled'")
        file = folder / "stories" / f"{SLUG}.md"
        return bool(live), times, file.read_text() if file.exists() else None

    return state


def test_killed_at_any_moment_it_publishes_once(waiting, own_waiting, copies, run, state, tmp_path):
    """Wherever it was killed, the next turn goes on: one publication, one whole file."""
    whole = run(own_waiting)
    count, published = whole.stdout.split()
    assert published == SLUG
    expected = state(own_waiting)
    assert expected[:2] == (True, 1)

    step = max(1, int(count) // MOMENTS)
    for last in range(1, int(count), step):
        folder = copies.make(waiting, tmp_path / f"at-{last}")
        assert run(folder, last).returncode == 9
        _, _, text = state(folder)
        # Half a file is none that a reader could meet.
        assert text in (None, expected[2])
        assert run(folder).returncode == 0
        assert state(folder) == expected, last
        shutil.rmtree(folder)


def test_two_at_once_do_it_once(own_waiting, copies, state):
    """Two processes started together publish once; one of them had nothing to do."""
    command = [sys.executable, "-c", KILLER, str(own_waiting), "0", DUE]
    options = {"stdout": subprocess.PIPE, "text": True, "env": copies.env(own_waiting)}
    both = [subprocess.Popen(command, **options) for _ in range(2)]
    said = [process.communicate(timeout=120)[0] for process in both]

    assert [process.returncode for process in both] == [0, 0]
    assert state(own_waiting)[1] == 1
    assert sum(SLUG in each for each in said) == 1


def test_while_another_works_there_is_nothing_to_do(room):
    """Who finds the folder's work in another's hands says so, and leaves."""
    from hodie.newsroom import work

    with (room / "newsroom" / "work.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert work.work(lambda folder, today: None).busy

    assert not work.work(lambda folder, today: None).busy


def test_the_edition_follows_what_was_published(room, make, people):
    """The turn after a publication prints the edition of the publication's today, once."""
    from hodie.newsroom import actions, work
    from hodie.press import Edition
    from hodie.press.printing import print_edition

    def printer(folder, today):
        print_edition(folder, today, workers=1)

    actions.publish(make(body=json.dumps([])), people["publisher"], now=True)

    assert work.work(printer).printed
    assert Edition.open(room).lookup(f"/stories/{SLUG}/").status == 200
    assert not work.work(printer).printed


def test_midnight_brings_the_new_days_edition(room, clock):
    """When the publication's day ends, the next turn prints the next one."""
    from hodie.newsroom import work

    printed = []
    clock(datetime.datetime(2026, 8, 21, 0, 0, 1, tzinfo=datetime.UTC))
    work.work(lambda folder, today: printed.append(today))

    assert printed == [datetime.date(2026, 8, 21)]


def test_a_backup_comes_back(waiting, copies, run, state, tmp_path):
    """What the guide keeps, restored as it says, publishes what was scheduled."""
    backup = tmp_path / "backup"
    left = ("edition", ".editions", "newsroom.db*")
    if os.environ.get("DATABASE_URL"):
        # As the guide has it for PostgreSQL.
        subprocess.run(["pg_dump", "-f", backup, copies.env(waiting)["DATABASE_URL"]], check=True)
        restored = copies.without_database(waiting, tmp_path / "restored", *left)
        psql = ["psql", "--quiet", "--set=ON_ERROR_STOP=1", f"--file={backup}"]
        command = [*psql, copies.env(restored)["DATABASE_URL"]]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    else:
        copies.ask(waiting, f"VACUUM INTO '{backup}'")
        restored = copies.without_database(waiting, tmp_path / "restored", *left)
        shutil.copy(backup, restored / "newsroom" / "newsroom.db")

    assert SLUG in run(restored).stdout
    live, times, text = state(restored)
    assert (live, times) == (True, 1)
    assert "headline: The visitor" in text
    before = {path.name for path in (waiting / "stories").iterdir()}
    assert {path.name for path in (restored / "stories").iterdir()} == before | {f"{SLUG}.md"}
