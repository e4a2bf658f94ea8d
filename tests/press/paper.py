"""A paper of a few pages, to make editions of; a module, since other processes import it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

from msgspec import Struct

from hodie.almanac import Entity, Entry, Kind, Participant, Reference
from hodie.dates import Calendar, HistoricalDate, MonthDay
from hodie.press import Page, Publication, Story
from hodie.selection import Lineup, Pick

HTML = "text/html; charset=utf-8"
TODAY = datetime.date(2026, 8, 20)
TOMORROW = datetime.date(2026, 8, 21)


class Paper(Struct):
    """Pages by their addresses; calling it makes it, as a factory in another process does.

    `periods` says of some addresses how long they stay. A body of None is an error.
    """

    bodies: dict[str, str | None]
    periods: dict[str, str] = {}
    media_types: dict[str, str] = {}
    rendered: list[str] = []

    def __call__(self) -> Any:
        return Timed(self) if self.periods else self

    def addresses(self, today: datetime.date) -> Iterator[str]:
        yield from self.bodies

    def page(self, address: str, today: datetime.date) -> Page | None:
        self.rendered.append(address)
        body = self.bodies[address]
        if body is None:
            return None
        text = body.replace("{today}", today.isoformat())
        if text == "crash":
            raise ZeroDivisionError("the press broke")
        status = 404 if address == "/404.html" else 200
        return Page(address, self.media_types.get(address, HTML), text.encode(), status)


class Timed:
    """A paper that also says how long its pages stay."""

    def __init__(self, paper: Paper) -> None:
        self.addresses, self.page, self.periods = paper.addresses, paper.page, paper.periods

    def period(self, address: str, today: datetime.date) -> str:
        return self.periods.get(address, today.isoformat())


def many(count: int, said: str = "x") -> Paper:
    """Return a paper of so many pages, each long enough to be compressed."""
    return Paper({f"/about/entity-{n}/": f"{said} {n} " * 200 for n in range(count)})


TROTSKY = Entity(
    "leon-trotsky",
    "Leon Trotsky",
    kind="person",
    wikidata="Q33391",
    wikipedia="Leon Trotsky",
    description="revolutionary",
    weight=0.9,
    born=1879,
    died=1940,
)
MEXICO = Entity("mexico-city", "Mexico City", kind="place", weight=0.8)
ATTACK = Entry(
    "e:1940-08-20:attack",
    Kind.EVENT,
    "assassination",
    date=HistoricalDate(1940, 8, 20),
    day=MonthDay(8, 20),
    title="Attack on Leon Trotsky",
    line="He was struck with an ice axe & died the next day.",
    participants=(Participant(TROTSKY, "person"), Participant(MEXICO, "place")),
    references=(
        Reference("wikidata", "https://www.wikidata.org/wiki/Q1", licence="CC0-1.0"),
        Reference("our own"),
    ),
)
CAESAR = Entry(
    "e:-0043-03-15:caesar",
    Kind.EVENT,
    date=HistoricalDate(-43, 3, 15, calendar=Calendar.JULIAN),
    day=MonthDay(3, 15),
    title="Caesar <killed>",
)


class Desk:
    """What feeds are made from, without an almanac: every day tells the same."""

    def __init__(
        self,
        publication: Publication,
        stories: Iterable[Story] = (),
        entries: tuple[Entry, ...] = (ATTACK, CAESAR),
    ) -> None:
        self.publication, self.stories, self.entries = publication, list(stories), entries

    def lineup(self, day: MonthDay, year: int) -> Lineup:
        picks = tuple(Pick(entry, 1.0, ()) for entry in self.entries)
        return Lineup(day, year, picks[0] if picks else None, picks[1:], (), (), (), ())

    def shown_stories(self, today: datetime.date) -> list[Story]:
        return self.stories
