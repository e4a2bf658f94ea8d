"""The query service: the same entries as from the dump, and good manners."""

from pathlib import Path

import pytest
from msgspec.structs import replace
from wikidata_items import (
    GERMANY,
    RUSSIA,
    battle,
    entity,
    entries_of,
    item,
    person,
    place,
    statement,
    text,
    time,
)
from wikidata_service import service
from wikidata_walk import PROPERTIES

from hodie.almanac import Entry
from hodie.sources import SourceError, load_source
from hodie.sources.wikidata import WikidataQuerySource

CONTACT = "desk@example.org"
HELD_OUT = ["Q1339", "Q8413", "Q937", "Q23", "Q8676", "Q40949", "Q34266", "Q656", "Q377", "Q635"]

RUSSIAN = entity(RUSSIA, "Russia", statement("P297", text("RU")))
LENIN = person(
    1394,
    "Vladimir Lenin",
    statement("P569", time("+1870-04-10", julian=True)),
    statement("P570", time("+1924-01-21")),
    statement("P570", time("+1924-01-22"), "deprecated"),
    statement("P19", item(2)),
    statement("P27", item(RUSSIA)),
    statement("P18", text("Lenin in 1920 (cropped).jpg")),
    links=["enwiki", "dewiki"],
    labels={"de": "Lenin (de)"},
    aliases=["Lenin", "V. I. Lenin"],
    description="Russian revolutionary",
)
TOWN = entity(2, "Ulyanovsk", statement("P17", item(RUSSIA)), statement("P625", place(54.3, 48.4)))
CAESAR = person(
    1048,
    "Julius Caesar",
    statement("P570", time("-0044-03-15", julian=True)),
    statement("P569", time("-0100-07-01", 9, julian=True)),
)
ODD = person(
    7,
    "Odd",
    statement("P569", time("+1500-00-00", 9), P1480=item(5727902)),
    statement("P570", "somevalue", "preferred"),
    statement("P570", time("+1550-02-03")),
    statement("P793", item(209715), P585=time("+1520-05-06", julian=True)),
)
FIGHT = battle(
    9,
    "battle of A",
    statement("P580", time("+1863-07-01")),
    statement("P582", time("+1863-07-03")),
    statement("P710", item(1394)),
    statement("P276", item(2)),
)
ITEMS = [LENIN, TOWN, RUSSIAN, CAESAR, ODD, FIGHT, entity(GERMANY, "Germany")]


def asked(address: str, work: Path, **options: object) -> list[Entry]:
    options.setdefault("items", [each["id"] for each in ITEMS])
    source = WikidataQuerySource(
        contact=CONTACT, endpoint=address, work=work, sleep=lambda seconds: None, **options
    )
    return list(source.entries())


def ordered(entries: list[Entry]) -> list[Entry]:
    """By id, and what the service gives in no order in one of its own."""
    return sorted((tidy(entry) for entry in entries), key=lambda entry: entry.id)


def tidy(entry: Entry) -> Entry:
    parts = [
        replace(part, entity=replace(part.entity, aliases=tuple(sorted(part.entity.aliases))))
        for part in entry.participants
    ]
    parts = parts[:1] + sorted(parts[1:], key=lambda part: (part.role, part.entity.id))
    return replace(entry, participants=tuple(parts), countries=tuple(sorted(entry.countries)))


def test_a_dump_and_the_service_agree_on_the_same_items(tmp_path):
    """Calendars, years before Christ, ranks, unknown values, qualifiers, names, places, images."""
    with service(ITEMS) as (address, _):
        queried = asked(address, tmp_path / "work", languages=["en", "de"])
    dumped = entries_of(tmp_path, *ITEMS, languages=["en", "de"])
    assert len(dumped) == 8
    assert ordered(queried) == ordered(dumped)


def test_a_dump_and_the_service_agree_on_real_items(real_items, tmp_path):
    """Real items with Julian dates, wrong flags and many statements."""
    real = {each["id"]: each for each in real_items}
    items = [real[each] for each in HELD_OUT if each in real]
    with service(items) as (address, _):
        queried = asked(address, tmp_path / "work", items=[each["id"] for each in items])
    dumped = entries_of(tmp_path, *items)
    assert len(dumped) > 12
    assert any(entry.date.calendar == "julian" for entry in dumped)
    assert [without_image(e) for e in ordered(queried)] == [
        without_image(e) for e in ordered(dumped)
    ]


def without_image(entry: Entry) -> Entry:
    """Of several images of one rank the service has no first."""
    bare = {"image": None, "latitude": None, "longitude": None}
    parts = tuple(replace(part, entity=replace(part.entity, **bare)) for part in entry.participants)
    return replace(entry, participants=parts)


def test_items_are_chosen_by_a_pattern(tmp_path):
    """Those born in a town; what they refer to comes by name alone."""
    with service(ITEMS) as (address, _):
        where = "?item p:P19/ps:P19 wd:Q2 ."
        entries = asked(address, tmp_path, items=(), where=where)
    assert {entry.subject.wikidata for entry in entries} == {"Q1394"}
    assert {place.name for entry in entries for place in entry.places} == {"Ulyanovsk"}


def test_what_was_answered_is_not_asked_again(tmp_path):
    """A second build asks nothing; without the kept answers it asks all."""
    with service(ITEMS) as (address, manners):
        first = asked(address, tmp_path)
        questions = len(manners.questions)
        assert asked(address, tmp_path) == first
        assert len(manners.questions) == questions
        assert asked(address, tmp_path, max_age=0.0) == first
        assert len(manners.questions) == 2 * questions


def test_whoever_asks_is_named(tmp_path):
    """The User-Agent says what asks and whom to write to."""
    with service(ITEMS) as (address, manners):
        asked(address, tmp_path)
    [agent] = manners.agents
    assert agent.startswith("Hodie/")
    assert CONTACT in agent


@pytest.mark.parametrize("fault", ["429", "500", "503", "java", "cut"])
def test_after_a_fault_the_question_is_asked_again(tmp_path, fault):
    """Too many questions, a failure, an answer cut short: what comes of it is the same."""
    waits: list[float] = []
    with service(ITEMS) as (address, manners):
        manners.faults = [fault]
        source = WikidataQuerySource(
            contact=CONTACT, endpoint=address, work=tmp_path, items=["Q1394"], sleep=waits.append
        )
        assert len(list(source.entries())) == 2
    assert waits[0] == (7.0 if fault == "429" else 4.0)


@pytest.mark.parametrize(
    ("faults", "said"),
    [
        (["503"] * 5, "after 5 tries: it answers 503"),
        (["java"] * 5, "ends in the middle"),
        (["429 for long"], "asks to wait 86400 seconds"),
        (["400"], "answers 400 to the question; check `where`"),
    ],
)
def test_a_service_that_stays_away_is_said_in_words(tmp_path, faults, said):
    """With what to do about it."""
    with service(ITEMS) as (address, manners):
        manners.faults = faults
        with pytest.raises(SourceError, match=said):
            asked(address, tmp_path)


def test_a_service_that_refuses_is_not_asked_twice(tmp_path):
    """403 is final."""
    with service(ITEMS) as (address, manners):
        manners.faults = ["403"]
        with pytest.raises(SourceError, match=r"refuses \(403\).*User-Agent_policy"):
            asked(address, tmp_path, items=["Q1"])
    assert len(manners.questions) == 1


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"contact": "me", "items": ["Q1"]}, "must be an address of mail or web"),
        ({"contact": CONTACT}, "name the items, or choose them"),
        ({"contact": CONTACT, "items": ["937"]}, "'937' is no item"),
        ({"contact": CONTACT, "items": ["Q1"], "precision": "hour"}, "precision = 'hour'"),
        ({"contact": CONTACT, "items": ["Q1"], "languages": ['en"']}, "is no language"),
        ({}, "contact: is missing"),
    ],
)
def test_wrong_settings_are_refused_in_words(options, said):
    """What is wrong, and what would do."""
    with pytest.raises(SourceError, match=said):
        list(load_source("wikidata-query", **options).entries())


def test_a_walk_reads_what_the_service_is_asked_for():
    """The items of this test have all that the rules read."""
    assert {"P569", "P17", "P793"} <= PROPERTIES
