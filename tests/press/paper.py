"""A paper of a few pages, to make editions of; a module, since other processes import it."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any

from msgspec import Struct

from hodie.press import Page

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
