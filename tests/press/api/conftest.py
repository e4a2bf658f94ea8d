"""The API of the demo, asked in the process on 20 August 2026."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hodie.press import Press, api
from hodie.server.desk import open_press

TODAY = datetime.date(2026, 8, 20)
Ask = Callable[..., Any]


@pytest.fixture(scope="session")
def press(demo: Path) -> Press:
    return open_press(demo)


@pytest.fixture
def given(press: Press) -> Ask:
    """Ask for an address below /api/v1 with a query; return the answer, unread."""

    def ask(address: str, query: str = "", accept: str = "", **others: Any) -> api.Given:
        question = api.read(f"{api.ROOT}/{address}", query.encode(), accept)
        return api.answer(press, question, others.pop("today", TODAY), **others)

    return ask


@pytest.fixture
def asked(given: Ask) -> Ask:
    """Ask, and return what the JSON says."""
    return lambda *question, **others: json.loads(given(*question, **others).body)


@pytest.fixture
def problem(given: Ask) -> Ask:
    """Ask for what has no answer, and return the problem."""

    def ask(*question: str) -> api.Problem:
        with pytest.raises(api.ProblemError) as raised:
            given(*question)
        return raised.value.problem

    return ask
