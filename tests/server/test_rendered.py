"""Answers that are made when they are asked for: on the spot, in a thread, or only once."""

from __future__ import annotations

import asyncio
import threading

import pytest

from hodie.server import pages
from hodie.server.answers import Answer, answer
from hodie.server.pages import Rendered


@pytest.fixture
def rendered():
    """Somewhere to keep answers."""
    made = Rendered(keep=3)
    yield made
    made.close()


def made_in() -> Answer:
    """Make an answer that says in which thread it was made."""
    return answer(threading.current_thread().name.encode(), "text/plain")


def where(rendered: Rendered, key: str, *, quick: bool) -> str:
    """Return the name of the thread in which the answer under a key was made."""
    found = asyncio.run(rendered.answer((key,), made_in, quick=quick))
    return found.plain.body.decode()


def test_quick_answers_are_made_here(rendered):
    """What is quick waits for no thread; what is not goes to one."""
    assert where(rendered, "quick", quick=True) == threading.current_thread().name
    assert where(rendered, "slow", quick=False).startswith("hodie-page")


def test_what_is_kept_is_not_made_again(rendered):
    """An answer that is kept is given as it is, whichever way it is asked for."""
    first = rendered.at_once(("key",), made_in)

    assert first is not None
    assert rendered.at_once(("key",), lambda: pytest.fail("made again")) is first
    assert where(rendered, "key", quick=False) == threading.current_thread().name


def test_the_oldest_go(rendered):
    """Only so many are kept."""
    for key in "abcd":
        rendered.at_once((key,), made_in)
    again = [
        key
        for key in "dcba"
        if rendered.at_once((key,), lambda: answer(b"2", "a/b")).plain.body == b"2"
    ]

    assert again == ["a"]


def test_what_takes_long_goes_to_threads(rendered, monkeypatch):
    """After a quick answer that took long, as from a cold disk, the next ones wait in threads."""
    reads = iter(range(100))
    monkeypatch.setattr(pages, "LONG", -1.0)
    monkeypatch.setattr(pages, "_disk_reads", lambda: next(reads))
    monkeypatch.setattr(pages, "AFTER_LONG", 2)
    here = threading.current_thread().name

    assert where(rendered, "long", quick=True) == here
    assert rendered.at_once(("next",), made_in) is None
    assert where(rendered, "next", quick=True) != here
    assert where(rendered, "third", quick=True) != here
    assert where(rendered, "fourth", quick=True) == here


def test_what_takes_long_in_memory_stays_here(rendered, monkeypatch):
    """On a busy machine all takes long; threads would only share what there is."""
    monkeypatch.setattr(pages, "LONG", -1.0)
    monkeypatch.setattr(pages, "_disk_reads", lambda: 7)

    assert rendered.at_once(("long",), made_in) is not None
    assert rendered.at_once(("next",), made_in) is not None


def test_a_fault_is_not_kept(rendered):
    """What could not be made is made when it is asked for again."""

    def failing() -> Answer:
        raise ValueError

    for quick in (True, False):
        with pytest.raises(ValueError):
            asyncio.run(rendered.answer(("key",), failing, quick=quick))
    assert where(rendered, "key", quick=True) == threading.current_thread().name
