"""A publication whose almanac has a day with everything that the APIs must cope with."""

from __future__ import annotations

import datetime
from pathlib import Path

import msgspec
import pytest

from hodie.almanac import Almanac, Entity, Entry, Kind, Label, Participant, build
from hodie.dates import Calendar, HistoricalDate, MonthDay
from hodie.press import Press, Publication, create

TODAY = datetime.date(2026, 8, 20)
DAY = MonthDay(8, 20)
LEAP = MonthDay(2, 29)

TROTSKY = Entity(
    "leon-trotsky",
    "Leon Trotsky",
    kind="person",
    wikidata="Q33391",
    wikipedia="Leon Trotsky",
    description="revolutionary & writer",
    image="Trotsky Portrait.jpg",
    weight=0.9,
    born=1879,
    died=1940,
    labels=(Label("de", "Leo Trotzki", "Revolutionär", "Leo Trotzki"),),
)
MEXICO = Entity(
    "mexico-city",
    "Mexico City",
    kind="place",
    wikipedia="Mexico City",
    weight=0.8,
    country="MX",
    latitude=19.43,
    longitude=-99.13,
)
# Known to no Wikipedia: the one has a page of its own here, the other is too light for one.
OURS = Entity("the-house", "The House", kind="place", weight=0.7)
LIGHT = Entity("the-shed", "The Shed", kind="place", weight=0.1)


def part(entity: Entity, role: str = "person") -> Participant:
    return Participant(entity, role)


def event(id: str, year: int, **fields: object) -> Entry:
    date = HistoricalDate(year, 8, 20, calendar="julian" if year < 1582 else "gregorian")
    return Entry(f"e:{id}", Kind.EVENT, date=date, day=DAY, **fields)


ENTRIES = [
    event(
        "attack",
        1940,
        title="Attack on Leon Trotsky",
        line="In Mexico City Leon Trotsky is struck with an ice axe & dies the next day.",
        weight=0.9,
        participants=(part(MEXICO, "place"), part(TROTSKY, "subject")),
    ),
    event("caesar", -43, title="Caesar <speaks>", weight=0.3),
    event("one-bc", 0, title="The last year before Christ"),
    event("one-ad", 1, title="The first year of the era"),
    event("bare", 1900, subkind="battle"),
    event("named", 1901, title="Meeting", participants=(part(OURS), part(LIGHT), part(TROTSKY))),
    Entry(
        "b:trotsky",
        Kind.BIRTH,
        date=HistoricalDate(1879, 8, 20),
        day=DAY,
        participants=(part(TROTSKY, "subject"),),
    ),
    Entry(
        "d:trotsky",
        Kind.DEATH,
        date=HistoricalDate(1940, 8, 8, calendar=Calendar.JULIAN),
        day=DAY,
        participants=(part(TROTSKY, "subject"),),
    ),
    Entry("h:day", Kind.HOLIDAY, day=DAY, title="Founding Day", countries=("HU", "AT")),
    Entry(
        "e:leap", Kind.EVENT, date=HistoricalDate(1712, 2, 29), day=MonthDay(2, 29), title="Leap"
    ),
    Entry(
        "e:hidden",
        Kind.EVENT,
        date=HistoricalDate(1950, 8, 20),
        day=DAY,
        title="Not to be told",
        flags=("hidden",),
    ),
]


@pytest.fixture(scope="session")
def told_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a publication in English and German; not to be changed."""
    folder = create(tmp_path_factory.mktemp("dialects") / "publication", demo=False)
    settings = folder / "hodie.toml"
    lines = [line for line in settings.read_text().splitlines() if not line.startswith("languages")]
    settings.write_text("\n".join(['languages = ["en", "de"]', *lines]))
    build(Publication.load(folder).almanac_path, ENTRIES)
    return folder


@pytest.fixture(scope="session")
def press(told_folder: Path) -> Press:
    publication = Publication.load(told_folder)
    return Press(publication, Almanac.open(publication.almanac_path), ())


@pytest.fixture(scope="session")
def ask(press):
    """Ask for an address, and read its answer."""

    def read(address: str) -> object:
        return msgspec.json.decode(press.page(address, TODAY).body)

    return read
