"""A small almanac in memory, and events to fill it with."""

from collections.abc import Callable, Iterable

import pytest

from hodie.almanac import Entity, Entry, Kind, Participant, Reference
from hodie.dates import HistoricalDate, MonthDay

AUGUST_20 = MonthDay(8, 20)


class Shelf:
    """What a selection asks of an almanac, over a list of entries."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = list(entries)
        self.asked: list[tuple[MonthDay, Kind | None, int]] = []

    def day(self, day: MonthDay, kind: Kind | None = None, *, limit: int = 50) -> list[Entry]:
        self.asked.append((day, kind, limit))
        found = [entry for entry in self.entries if entry.day == day and entry.kind is kind]
        return sorted(found, key=lambda entry: -entry.weight)[:limit]


def happening(
    year: int,
    weight: float = 0.5,
    *,
    day: MonthDay = AUGUST_20,
    kind: Kind = Kind.EVENT,
    people: Iterable[Entity] = (),
    places: Iterable[str] = (),
    context: Iterable[str] = (),
    subject: Entity | None = None,
    sources: int = 1,
    number: int = 0,
    **fields: object,
) -> Entry:
    """Make an entry of a year; a `number` tells apart those of one year."""
    parts = [(subject, "subject")] if subject else []
    parts += [(person, "person") for person in people]
    parts += [(Entity(name.lower(), name), "place") for name in places]
    parts += [(Entity(name.lower(), name), "context") for name in context]
    return Entry(
        **(
            {
                "id": f"{kind[0]}:{year:04}-{day}:{number}",
                "kind": kind,
                "date": HistoricalDate(year, day.month, day.day),
                "day": day,
                "title": f"Something in {year}",
                "weight": weight,
                "participants": tuple(Participant(entity, role) for entity, role in parts),
                "references": tuple(Reference(f"source {n}") for n in range(sources)),
            }
            | fields
        )
    )


@pytest.fixture
def event() -> Callable[..., Entry]:
    """Make an entry on 20 August."""
    return happening


@pytest.fixture
def shelf() -> Callable[..., Shelf]:
    """Make an almanac of entries."""
    return lambda *entries: Shelf(entries)
