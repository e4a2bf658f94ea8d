"""The newsroom of the demo publication: made once, and given back as it was after each test."""

from __future__ import annotations

import datetime
import importlib.util
import os
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any
from unittest import mock
from urllib.parse import urlsplit

import pytest

if importlib.util.find_spec("wagtail") is None:
    collect_ignore_glob = ["*"]

PASSWORD = "correct horse battery"
NOW = datetime.datetime(2026, 8, 20, 9, 0, tzinfo=datetime.UTC)
PEOPLE = {"owner": None, "writer": "Writers", "editor": "Editors", "publisher": "Publishers"}


@pytest.fixture(scope="session")
def newsroom(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder whose newsroom has its tables, the demo's stories, and one person of each group."""
    from hodie.newsroom.starting import prepare, setup

    folder = tmp_path_factory.mktemp("newsroom") / "demo"
    shutil.copytree(demo, folder, symlinks=True)
    os.environ.setdefault("DATABASE_URL", "")
    setup(folder)
    from django.conf import settings
    from django.test.utils import setup_test_environment

    # The usual hasher is slow by design, and these passwords guard nothing.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    setup_test_environment()
    prepare()
    _fill()
    return folder


def _fill() -> None:
    from django.contrib.auth.models import Group, User

    from hodie.newsroom.incoming import take_in

    for name, group in PEOPLE.items():
        user = User.objects.create_user(name, f"{name}@example.org", PASSWORD)
        if group is None:
            User.objects.filter(pk=user.pk).update(is_superuser=True)
        else:
            user.groups.add(Group.objects.get(name=group))
    fates = {one.fate for one in take_in()}
    assert fates == {"new"}


class Copies:
    """Copies of a newsroom, each with a database of its own, and what that says.

    SQLite's database is a file of the folder. On PostgreSQL, which `DATABASE_URL` names, a copy
    gets a database beside the one that it was copied from.
    """

    def __init__(self) -> None:
        self._urls: dict[Path, str] = {}

    def make(self, source: Path, target: Path) -> Path:
        shutil.copytree(source, target, symlinks=True)
        if url := self._url(source):
            self._urls[target] = self._beside(url, f'TEMPLATE "{urlsplit(url).path[1:]}"')
        return target

    def without_database(self, source: Path, target: Path, *left: str) -> Path:
        """Copy the folder but for the names that are left out, and give it an empty database."""
        shutil.copytree(source, target, symlinks=True, ignore=shutil.ignore_patterns(*left))
        if url := self._url(source):
            self._urls[target] = self._beside(url, "TEMPLATE template0")
        return target

    def env(self, folder: Path) -> dict[str, str]:
        """Return the environment of a process that is to work on a copy."""
        return {**os.environ, "DATABASE_URL": self._url(folder)}

    def ask(self, folder: Path, statement: str) -> list[Any]:
        """Return the rows that a statement gives, if it gives any."""
        import sqlite3

        if url := self._url(folder):
            import psycopg

            with psycopg.connect(url, autocommit=True) as line:
                found = line.execute(statement)
                return found.fetchall() if found.description else []
        with closing(sqlite3.connect(folder / "newsroom" / "newsroom.db")) as line, line:
            return line.execute(statement).fetchall()

    def _url(self, folder: Path) -> str:
        return self._urls.get(folder, os.environ.get("DATABASE_URL", ""))

    def _beside(self, url: str, of: str) -> str:
        import psycopg
        from django.db import connection

        # A database that somebody is connected to cannot be copied. Where a browser is driven,
        # Django takes its loop for an asynchronous program, which this is not.
        with mock.patch.dict(os.environ, DJANGO_ALLOW_ASYNC_UNSAFE="1"):
            connection.close()
        name = f"copy_{len(self._urls)}_{os.getpid()}"
        parts = urlsplit(url)
        ended = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
        with psycopg.connect(parts._replace(path="/template1").geturl(), autocommit=True) as line:
            deadline = time.monotonic() + 30
            while True:
                line.execute(ended, [parts.path[1:]])
                try:
                    line.execute(f'CREATE DATABASE "{name}" {of}')
                    return parts._replace(path=f"/{name}").geturl()
                except psycopg.errors.ObjectInUse:
                    assert time.monotonic() < deadline


@pytest.fixture(scope="session")
def copies() -> Copies:
    """What copies a newsroom with its database."""
    return Copies()


@pytest.fixture
def room(newsroom: Path, own: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The newsroom on a copy of its folder, in a transaction that is taken back.

    It is nine o'clock on 20 August 2026 there, until `clock` says otherwise.
    """
    from django.db import transaction
    from django.test import override_settings

    shutil.copytree(newsroom / "newsroom", own / "newsroom", dirs_exist_ok=True)
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    with ExitStack() as stack:
        stack.enter_context(override_settings(HODIE_FOLDER=own, MEDIA_ROOT=own / "newsroom/media"))
        atomic = transaction.atomic()
        atomic.__enter__()
        # What waits for the transaction's end would wait for ever: there is none.
        monkeypatch.setattr(transaction, "on_commit", lambda work, **_: work())
        yield own
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime.datetime], None]:
    """A function that sets the newsroom's clock."""
    return lambda moment: monkeypatch.setattr("django.utils.timezone.now", lambda: moment)


@pytest.fixture
def people(room: Path) -> dict[str, Any]:
    """One person of each group, and the owner."""
    from django.contrib.auth.models import User

    return {user.username: user for user in User.objects.all()}


@pytest.fixture
def client_of(people: dict[str, Any]) -> Callable[[str | None], Any]:
    """A function that gives the browser of somebody who is logged in; of None, of a stranger."""
    from django.test import Client

    def client(name: str | None) -> Any:
        made = Client()
        if name is not None:
            made.force_login(people[name], "django.contrib.auth.backends.ModelBackend")
        return made

    return client


@pytest.fixture
def make(people: dict[str, Any]) -> Callable[..., Any]:
    """A function that makes a draft, written by the writer unless said otherwise."""
    from hodie.newsroom.models import Stories, Story

    def made(by: str = "writer", **fields: Any) -> Any:
        usual = {"title": "The visitor", "slug": "the-visitor", "date": "1940-08-20"}
        story = Story(owner=people[by], live=False, **{**usual, **fields})
        Stories.objects.get().add_child(instance=story)
        story.save_revision(user=people[by])
        return story

    return made
