"""Clients of others' APIs, not written here: they change the host, and nothing else."""

from __future__ import annotations

import json

import pytest

KINDS = ["selected", "events", "births", "deaths", "holidays"]


@pytest.mark.parametrize("kind", ["all", *KINDS])
def test_the_wikipedia_package_of_npm(node, served, kind):
    """`wikipedia` (npm) reads a day of Wikimedia's feed from the edition's files."""
    asked = json.dumps({"type": kind, "month": "8", "day": "20"})
    answer = json.loads(node("wikipedia.cjs", served, asked))

    assert list(answer) == (KINDS if kind == "all" else [kind])
    for items in answer.values():
        assert items
        assert all(item["text"] and item["pages"] is not None for item in items)


def test_the_wikipedia_package_told_of_a_problem(node, served):
    """A day that is none reaches the client's caller as the client's own error."""
    answer = json.loads(node("wikipedia.cjs", served, '{"month": "2", "day": "30"}'))

    assert list(answer) == ["error"]
    assert "404" in answer["error"]


def test_today_in_history_of_pypi(python, served):
    """`today-in-history` (PyPI) prints a day of muffinlabs' API."""
    said = python(served, "history.muffinlabs.com", "today_in_history.cli", "--date", "1990-08-20")

    assert "Historical facts for August 20" in said
    assert all(head in said for head in ("Events:", "Births:", "Deaths:"))
    assert said.count("\n- ") == 10 + 5 + 5


def test_today_in_history_told_of_a_problem(python, served):
    """An error of this API is an error of its client, not a crash."""
    with pytest.raises(AssertionError) as failed:
        python(served, "history.muffinlabs.com", "today_in_history.cli", "--date", "1990-13-45")

    assert "Traceback" not in str(failed.value)


def test_dinky_onthisday_of_pypi(python, asked_today):
    """`dinky-onthisday` (PyPI) draws the day's selected events, live and without zeros."""
    *sizes, ink = map(int, python(asked_today, "api.wikimedia.org", "panel").split())

    assert sizes == [400, 175, 800, 480]
    assert ink > 100
