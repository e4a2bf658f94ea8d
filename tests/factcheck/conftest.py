"""A small almanac, in which every question of the tests has its answer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec.structs import replace

from hodie.almanac import Almanac, Entity, Entry, Kind, Participant, Reference, build
from hodie.dates import HistoricalDate

REFERENCE = (Reference("Tests", "https://example.org/", licence="CC0-1.0"),)
PEOPLE = [
    ("leon-trotsky", "Leon Trotsky", 0.52, "1879-11-07", "1940-08-21"),
    ("vladimir-lenin", "Vladimir Lenin", 0.5, "1870-04-22", "1924-01-21"),
    ("joseph-stalin", "Joseph Stalin", 0.74, "1878-12-18", "1953-03-05"),
    ("ramon-mercader", "Ramón Mercader", 0.2, "1913-02-07", "1978-10-18"),
    ("isaac-newton", "Isaac Newton", 0.6, "1642-12-25", "1727-03-20"),
    ("george-washington", "George Washington", 0.8, "1732-02-22", "1799-12-14"),
    ("john-smith", "John Smith", 0.2, "1900-01-10", "1960-05-05"),
    ("john-smith-2", "John Smith", 0.2, "1931-06-07", "1990-08-09"),
    ("franklin-d-roosevelt", "Franklin D. Roosevelt", 0.7, "1882-01-30", "1945-04-12"),
    ("henry-viii-of-england", "Henry VIII of England", 0.6, "1491-06-28", "1547-01-28"),
    ("john-f-kennedy", "John F. Kennedy", 0.8, "1917-05-29", "1963-11-22"),
    ("henri-cartier-bresson", "Henri Cartier-Bresson", 0.3, "1908-08-22", "2004-08-03"),
    ("robert-lamm", "Robert Lamm", 0.2, "1847-08-20", "1901-02-03"),
    ("martin-luther-king-jr", "Martin Luther King Jr.", 0.6, "1929-01-15", "1968-04-04"),
]
ALIASES = {"john-f-kennedy": ("JFK", "Jack Kennedy")}
PLACES = {
    "Halifax": Entity(
        "halifax", "Halifax", "place", country="CA", latitude=44.6, longitude=-63.6, weight=0.4
    ),
    "Paris": Entity(
        "paris", "Paris", "place", country="FR", latitude=48.9, longitude=2.4, weight=0.9
    ),
}
EVENTS = [
    ("Battle of Hastings", "battle", "1066-10-14", 0.5),
    ("Treaty of Versailles", "treaty", "1919-06-28", 0.5),
    ("Tunguska event", "disaster", "1908-06-30", 0.4),
]


def dated(text: str) -> HistoricalDate:
    """A date, Julian before the reform of the calendar as anywhere."""
    date = HistoricalDate.parse(text)
    return HistoricalDate.parse(text, "julian") if date.year < 1582 else date


def entry(kind: Kind, date: str, entity: Entity, **more: object) -> Entry:
    """An entry about an entity."""
    when = dated(date)
    return Entry(
        f"{kind[0]}:{date}:{entity.id}",
        kind,
        date=when,
        day=when.month_day,
        weight=entity.weight,
        participants=(Participant(entity, "subject"),),
        references=REFERENCE,
        **more,
    )


def explosions() -> Iterator[Entry]:
    """An event at a place, and an event that brings another place into the almanac."""
    for name, date, place in (
        ("Halifax Explosion", "1917-12-06", PLACES["Halifax"]),
        ("Rue Saint-Nicaise plot", "1800-12-24", PLACES["Paris"]),
    ):
        event = Entity(name.lower().replace(" ", "-"), name, "event", None, name, weight=0.4)
        whole = entry(Kind.EVENT, date, event, title=name, subkind="disaster")
        yield replace(whole, participants=(*whole.participants, Participant(place, "place")))


def entries() -> Iterator[Entry]:
    """Everything in the almanac."""
    entities = {}
    for id_, name, weight, born, died in PEOPLE:
        person = Entity(
            id_, name, "person", None, name, None, None, weight, int(born[:4]), int(died[:4]),
            aliases=ALIASES.get(id_, ()),
        )  # fmt: skip
        entities[id_] = person
        yield entry(Kind.BIRTH, born, person)
        yield entry(Kind.DEATH, died, person)
    for name, subkind, date, weight in EVENTS:
        event = Entity(name.lower().replace(" ", "-"), name, "event", None, name, weight=weight)
        yield entry(Kind.EVENT, date, event, title=name, subkind=subkind)
    yield from explosions()
    people = [entities["ramon-mercader"], entities["leon-trotsky"]]
    when = HistoricalDate(1940, 8, 20)
    yield Entry(
        "e:1940-08-20:attack",
        Kind.EVENT,
        "assassination",
        when,
        when.month_day,
        "Assassination of Leon Trotsky",
        participants=tuple(Participant(person, "person") for person in people),
        references=REFERENCE,
    )
    disputed = Entity("wang-mang", "Wang Mang", "person", weight=0.3, died=23)
    yield entry(Kind.DEATH, "0023-10-06", disputed, flags=("date-disputed",))


@pytest.fixture(scope="session")
def almanac(tmp_path_factory) -> Iterator[Almanac]:
    """The almanac, open."""
    path = tmp_path_factory.mktemp("almanac") / "almanac.db"
    build(path, entries())
    with Almanac.open(path) as opened:
        yield opened
