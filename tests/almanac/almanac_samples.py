"""Entries to make almanacs of; a module, since builds in other processes take them too."""

from __future__ import annotations

from collections.abc import Iterator

from hodie.almanac import (
    SUBJECT,
    Entity,
    Entry,
    Kind,
    Label,
    Participant,
    Reference,
)
from hodie.dates import Calendar, HistoricalDate, MonthDay

WIKIDATA = "https://www.wikidata.org/wiki/"

BRONSTEIN = ("Lev Davidovich Bronstein", "Lev Bronstein")
TROTSKY = Entity(
    "leon-trotsky",
    "Leon Trotsky",
    "person",
    "Q33391",
    "Leon Trotsky",
    "Russian revolutionary",
    "Trotsky.jpg",
    0.75,
    1879,
    1940,
    aliases=BRONSTEIN,
)
MERCADER = Entity("ramon-mercader", "Ramón Mercader", "person", weight=0.4, born=1913, died=1978)
MEXICO = Entity(
    "mexico-city",
    "Mexico City",
    "place",
    wikipedia="Mexico City",
    weight=0.6,
    country="MX",
    latitude=19.43,
    longitude=-99.13,
    labels=(
        Label("de", "Mexiko-Stadt", "Hauptstadt von Mexiko", "Mexiko-Stadt"),
        Label("ja", "メキシコシティ"),
    ),
)
CAESAR = Entity("julius-caesar", "Julius Caesar", "person", weight=0.98, born=-99, died=-43)
WAR = Entity("world-war-ii", "World War II", "event", weight=0.99)


def born(id: str, who: Entity, date: HistoricalDate, **rest: object) -> Entry:
    """Make a birth whose title is the name."""
    parts = (Participant(who, SUBJECT),)
    return Entry(id, Kind.BIRTH, None, date, date.month_day, who.name, participants=parts, **rest)


def event(id: str, date: HistoricalDate, title: str | None = None, **rest: object) -> Entry:
    """Make an event on the day of its date."""
    return Entry(id, Kind.EVENT, None, date, date.month_day, title, **rest)


def august(year: int) -> HistoricalDate:
    """Return 20 August of a year."""
    return HistoricalDate(year, 8, 20)


# One of everything: each field set and not set, each calendar, each precision.
ENTRIES = [
    Entry(
        "e:1940-08-20:647e955d7e",
        Kind.EVENT,
        "assassination",
        august(1940),
        MonthDay(8, 20),
        "Trotsky is struck down",
        "An agent strikes Leon Trotsky with an ice axe in Coyoacán.",
        0.9,
        ("sensitive", "date-disputed"),
        (
            Participant(TROTSKY, "person"),
            Participant(MERCADER, "person"),
            Participant(MEXICO, "place"),
            Participant(WAR, "context"),
        ),
        (
            Reference("wikidata", WIKIDATA + "Q4120", licence="CC0-1.0"),
            Reference("wp2019", "https://en.wikipedia.org/wiki/August_20", "919", "CC-BY-SA-3.0"),
            Reference("wikidata", WIKIDATA + "Q4120", None, "CC0-1.0", "1940-08-21"),
        ),
    ),
    born(
        "b:1879-11-07:0123456789",
        TROTSKY,
        HistoricalDate(1879, 11, 7),
        weight=0.7,
        references=(Reference("wikidata", WIKIDATA + "Q33391", licence="CC0-1.0"),),
    ),
    Entry(
        "d:1940-08-21:aaaaaaaaaa",
        Kind.DEATH,
        None,
        HistoricalDate(1940, 8, 21),
        MonthDay(8, 21),
        "Leon Trotsky",
        weight=0.7,
        participants=(Participant(TROTSKY, SUBJECT), Participant(MEXICO, "place")),
        references=(Reference("wikipedia", "https://en.wikipedia.org/wiki/Leon_Trotsky"),),
    ),
    Entry(
        "d:-0043-03-15:bbbbbbbbbb",
        Kind.DEATH,
        None,
        HistoricalDate(-43, 3, 15, Calendar.JULIAN),
        MonthDay(3, 15),
        "Julius Caesar",
        weight=0.97,
        participants=(Participant(CAESAR, SUBJECT),),
    ),
    event("leap", HistoricalDate(1960, 2, 29), "Agadir earthquake", weight=0.5),
    Entry(
        "october",
        Kind.EVENT,
        "revolution",
        HistoricalDate(1917, 10, 25, Calendar.JULIAN),
        MonthDay(11, 7),
        "October Revolution",
        weight=0.95,
    ),
    Entry(
        "new year in russia",
        Kind.EVENT,
        None,
        HistoricalDate(1916, 12, 25, Calendar.JULIAN),
        MonthDay(1, 7),
        "Christmas at the front",
    ),
    Entry(
        "h:independence", Kind.HOLIDAY, None, None, MonthDay(8, 20), "A day off", countries=("HU",)
    ),
    Entry("e:month", Kind.EVENT, None, HistoricalDate(1940, 8), None, "In August"),
    Entry("e:year", Kind.EVENT, None, HistoricalDate(1940), None, "In the year", weight=0.25),
    Entry("e:about", Kind.EVENT, None, HistoricalDate(1940, approximate=True), None, "About then"),
    Entry("e:decade", Kind.EVENT, None, HistoricalDate.parse("194X"), None, "In the decade"),
    Entry("e:century", Kind.EVENT, None, HistoricalDate.parse("19XX"), None, "In the century"),
    Entry("e:season", Kind.EVENT, None, HistoricalDate(1940, 22), None, "In summer"),
    event("unsure", HistoricalDate(1940, 8, 20, uncertain=True), "Perhaps that day"),
    Entry(
        "hebrew",
        Kind.EVENT,
        None,
        HistoricalDate(5708, 2, 5, Calendar.HEBREW),
        MonthDay(5, 14),
        "Independence declared",
    ),
    Entry(
        "brumaire",
        Kind.EVENT,
        None,
        HistoricalDate(8, 2, 18, Calendar.REPUBLICAN),
        MonthDay(11, 9),
        "Coup of 18 Brumaire",
    ),
    Entry("e:bare", Kind.EVENT, "battle", august(636), MonthDay(8, 20)),
    Entry("e:undated", Kind.EVENT, None, None, None, "Some time"),
    Entry(
        "e:1940-08-20:ffffffffff",
        Kind.EVENT,
        None,
        august(1940),
        MonthDay(8, 20),
        "Not to be shown",
        flags=("hidden", "title-made"),
        participants=(Participant(TROTSKY, "person"), Participant(Entity("spy", "Spy"), "person")),
    ),
]


def many(count: int) -> Iterator[Entry]:
    """Yield births and events, dealt out over days, years and weights, some sharing names."""
    days = MonthDay.all()
    for i in range(count):
        day, year = days[i * 31 % 366], 1604 + 4 * (i * 7 % 24)
        weight = i * 37 % 101 / 100
        who = Entity(
            f"person-{i // 2}", f"Person {i // 2}", "person", weight=i // 2 * 13 % 97 / 100
        )
        date = day.in_year(year)
        assert date is not None
        if i % 3:
            yield born(f"b:{year}-{day}:{i:010x}", who, date, weight=weight)
        else:
            parts = (Participant(who, "person"), Participant(MEXICO, "place"))
            title = f"Event number {i}"
            yield event(f"event {i}", date, title, weight=weight, participants=parts)
