"""The demo's site, at noon of 20 August 2026 unless a test turns the clock."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from hodie.server import app

NOON = datetime.datetime(2026, 8, 20, 12, tzinfo=datetime.UTC)


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.time = NOON

    def __call__(self) -> datetime.datetime:
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def client(demo: Path) -> TestClient:
    """A reader who does not follow redirects."""
    return TestClient(app(demo, lambda: NOON), follow_redirects=False)


@pytest.fixture
def clocked(demo: Path, clock: Clock) -> TestClient:
    """A reader of the demo, whose clock the test sets."""
    return TestClient(app(demo, clock), follow_redirects=False)


@pytest.fixture
def own_client(own: Path, clock: Clock) -> TestClient:
    """A reader of a copy that the test may change."""
    return TestClient(app(own, clock), follow_redirects=False)
