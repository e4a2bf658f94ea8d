"""An edition, and an almanac, replaced while readers ask: none fails, and none gets both."""

from __future__ import annotations

import contextlib
import datetime
import gzip
import http.client
import json
import os
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from hodie.almanac import Almanac, Entry, Kind, build
from hodie.dates import HistoricalDate
from hodie.press import Edition, Page, Publication

READERS, EDITIONS, ALMANACS, PAGES = 6, 12, 6, 8
ADDRESSES = [f"/stories/swapped-{number}/" for number in range(PAGES)]


class Marked:
    """Pages that say on each of their lines which edition they are of."""

    def __init__(self, mark: str) -> None:
        self.mark = mark

    def addresses(self, today):
        return iter(ADDRESSES)

    def page(self, address, today):
        line = f"{self.mark} {address} {'x' * 60}\n"
        return Page(address, "text/html; charset=utf-8", line.encode() * 800)


@pytest.fixture
def swapped(own: Path) -> Path:
    """A publication that shows the first of the marked editions."""
    write(own, 0)
    return own


def write(folder: Path, number: int) -> None:
    today = Publication.load(folder).today(datetime.datetime.now(datetime.UTC))
    Edition.write(folder, lambda: Marked(f"mark-{number:03}"), today, workers=1)


def read(connection, address, encoding):
    """Ask, and return status, entity tag and text."""
    connection.request("GET", address, headers={"accept-encoding": encoding})
    answer = connection.getresponse()
    body = answer.read()
    if answer.getheader("content-encoding") == "gzip":
        body = gzip.decompress(body)
    return answer.status, answer.getheader("etag"), body.decode()


def readers(origin, asked, stopped):
    """Start readers who ask until they are stopped; return what each was answered."""
    place = origin.removeprefix("http://")

    def go_on(number):
        answers = []
        with contextlib.closing(http.client.HTTPConnection(place, timeout=30)) as connection:
            while not stopped.is_set():
                address = asked[len(answers) % len(asked)]
                encoding = ("gzip", "identity")[number % 2]
                answers.append((address, *read(connection, address, encoding)))
        return answers

    threads = ThreadPoolExecutor(READERS)
    return threads, [threads.submit(go_on, number) for number in range(READERS)]


def answered(serving, folder, asked, change):
    """Let readers ask while `change` changes the folder; return what each was answered."""
    stopped = threading.Event()
    with serving(folder) as origin:
        threads, going = readers(origin, asked, stopped)
        with threads:
            try:
                change()
            finally:
                stopped.set()
            return [each.result() for each in going]


def test_editions_are_swapped_under_load(serve, swapped):
    """Through many editions every answer is whole, of one edition, and never of an older one."""
    live = "/api/v1/days/08-20?kind=birth&limit=3"
    every = answered(
        serve,
        swapped,
        [*ADDRESSES, live],
        lambda: [write(swapped, number) for number in range(1, EDITIONS)],
    )
    tags: dict[str, set[str]] = {}

    for answers in every:
        marks = []
        for address, status, tag, text in answers:
            assert status == 200
            if address != live:
                found = {line[: line.index(" ", 9)] for line in text.splitlines()}
                [mark] = {line.split()[0] for line in found}
                assert text.count("\n") == 800
                assert f"{mark} {address}" in text
                tags.setdefault(tag, set()).add(f"{mark} {address}")
                marks.append(mark)
        assert marks == sorted(marks)
        assert len(set(marks)) > 2
    assert all(len(pages) == 1 for pages in tags.values())


def test_almanacs_are_swapped_under_load(serve, swapped):
    """Through many almanacs every answer is of one: its count is that of its version."""
    made = [_almanac(swapped, number) for number in range(ALMANACS)]
    counts = {Almanac.open(path).info.digest: number + 1 for number, path in enumerate(made)}
    (swapped / "almanac.db").unlink()
    shutil.copy(made[0], swapped / "almanac.db")
    shown = threading.Event()

    def change():
        for path in made[1:]:
            os.replace(path, swapped / "almanac.db")  # noqa: PTH105 (as a build does it)
            shown.wait(0.1)

    every = answered(serve, swapped, ["/api/v1/almanac", "/api/v1/days/08-20"], change)

    for answers in every:
        for address, status, _, text in answers:
            assert status == 200
            said = json.loads(text)
            if address == "/api/v1/almanac":
                assert said["entries"]["event"] == counts[said["version"]]
            else:
                assert len({entry["title"] for entry in said["entries"]}) == 1
                assert said["total"] == len(said["entries"])
    assert len({text for answers in every for _, _, _, text in answers}) > 3


def _almanac(folder: Path, number: int) -> Path:
    """Build an almanac of so many entries, each of which says how many there are."""
    date = HistoricalDate(1940, 8, 20)
    path = folder / f"almanac-{number}.db"
    build(
        path,
        [
            Entry(f"e{n}", Kind.EVENT, date=date, day=date.month_day, title=f"One of {number + 1}")
            for n in range(number + 1)
        ],
    )
    return path
