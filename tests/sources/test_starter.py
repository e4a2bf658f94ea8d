"""The almanac in the wheel: what it holds, and that it holds nothing else."""

import gzip
import json
import re
import time
from collections import Counter, defaultdict
from itertools import combinations

import pytest
from starter_build.entries import read_hand_kinds
from starter_build.same import folded
from starter_build.titles import read_hand_titles

from hodie.almanac import Kind
from hodie.dates import HistoricalDate, MonthDay
from hodie.sources.starter import StarterSource
from hodie.sources.starter.lines import read_all_lines
from hodie.sources.starter.rows import ENTITIES, ENTRIES, FLAGS, EntryRow, read_rows
from hodie.sources.starter.witnesses import LETTERS, WITNESSES

LIMIT = 12_000_000
FATAL = ("article-shared", "lifespan", "same-title-as")
# A title may be a clause ("Voyager 2 flies past Neptune"), but is never told like a story.
SENTENCE = re.compile(r"[.!?]\s+[A-Z]|[a-z]\.$|;")
ABBREVIATED = re.compile(
    r"\b(?:Bros|Sgt|Snr|St|vs?|Jr|Sr|Mt|Dr|Mr|Mrs|Co|Corp|Inc|Ltd|No|Gen|Lt|U\.S|[A-Z])\."
)


@pytest.fixture(scope="module")
def facts(shared):
    """Every fact that is one."""
    with gzip.open(shared / "data" / "facts.ndjson.gz") as lines:
        read = [json.loads(line) for line in lines]
    return [fact for fact in read if not fatal(fact)]


def fatal(fact):
    return any(issue.startswith(FATAL) for issue in fact.get("issues", ()))


def shown(entries, kind):
    return [entry for entry in entries if entry.kind is kind and not entry.hidden]


@pytest.mark.parametrize(
    ("kind", "floor"),
    [
        (Kind.BIRTH, 81_000),
        (Kind.DEATH, 35_500),
        (Kind.EVENT, 13_500),
        (Kind.HOLIDAY, 700),
    ],
)
def test_counts_do_not_fall(starter, kind, floor):
    """The starter keeps at least so many entries to show."""
    assert len(shown(starter, kind)) >= floor


@pytest.mark.parametrize(("kind", "floor"), [(Kind.EVENT, 18), (Kind.BIRTH, 100), (Kind.DEATH, 25)])
def test_every_day_has_enough(starter, kind, floor):
    """No day of the 366 is thin."""
    days = Counter(entry.day for entry in shown(starter, kind))

    assert set(days) == set(MonthDay.all())
    assert min(days.values()) >= floor


def test_every_day_has_more_than_battles(starter):
    """Each day can be told without war: six events at least are of another kind."""
    peaceful = Counter(
        entry.day
        for entry in shown(starter, Kind.EVENT)
        if entry.subkind not in ("battle", "siege", "war")
    )

    assert min(peaceful[day] for day in MonthDay.all()) >= 6


def test_ids_are_unique(starter, by_id):
    """An id is of one entry."""
    assert len(by_id) == len(starter)


def test_every_fact_has_its_entry(facts, by_id):
    """An entry keeps the id of its fact, and no fact is lost."""
    assert {fact["id"] for fact in facts} == {id_ for id_ in by_id if id_[0] != "h"}


def test_dates_are_those_of_the_facts(facts, by_id):
    """Day, month and year are as the source writes them, and so is the day that shows them."""
    for fact in facts:
        entry = by_id[fact["id"]]
        assert entry.date is not None
        assert entry.date.edtf == fact["date"], fact
        assert str(entry.day) == fact["date"][-5:], fact


def test_weights_are_those_of_the_facts(facts, by_id):
    """The weight is kept to four decimals; a person told under two names has the greater."""
    odd = [fact for fact in facts if abs(by_id[fact["id"]].weight - fact["weight"]) > 0.0001]

    assert all(by_id[fact["id"]].weight > fact["weight"] for fact in odd)
    assert {fact["kind"] for fact in odd} <= {"birth", "death"}
    assert len(odd) < 100


def test_witnesses_are_those_of_the_facts(facts, by_id):
    """Each source of a fact is a reference of its entry, which may have a double's too."""
    known = {fact["id"]: {LETTERS[source] for source in fact["sources"]} for fact in facts}
    told = {row.id: set(row.witnesses) for row in map(EntryRow._make, read_rows(ENTRIES))}
    more = [id_ for id_, letters in known.items() if told[id_] != letters]

    assert all(told[id_] > known[id_] for id_ in more)
    assert all(by_id[id_].kind in (Kind.BIRTH, Kind.DEATH) for id_ in more)


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Martin Luther King Jr.", "Martin Luther King, Jr."),
        ("Arthur Rankin Jr.", "Arthur Rankin, Jr."),
        ("John Anderson Jr.", "John Anderson, Jr."),
        ("Orville Wright", "Wright brothers"),
        ("Gottfried Leibniz", "Gottfried Wilhelm Leibniz"),
        ("Mother Teresa", "Anjezë Gonxhe Bojaxhiu"),
    ],
)
def test_a_person_is_one_entity(starter, name, other):
    """Whoever the sources call by two names is born and dies once, as one."""
    lives = [
        entry for entry in starter if entry.subject and {name, other} & set(entry.subject.names)
    ]

    assert {entry.subject.name for entry in lives} == {name}
    shown = [entry.kind for entry in lives if not entry.hidden]
    assert sorted(shown) == [Kind.BIRTH, Kind.DEATH]


def test_nobody_is_told_twice_on_a_day(starter):
    """Of births and deaths of one day, two that share a name and a role differ in their sources.

    Twins share name, day and often their work; but both sources know both of them.
    """
    days = defaultdict(list)
    for entry in starter:
        if entry.kind in (Kind.BIRTH, Kind.DEATH) and not entry.hidden:
            days[entry.kind, entry.date].append(entry)
    pairs = [pair for told in days.values() for pair in combinations(told, 2)]
    alike = [pair for pair in pairs if told_apart_by_source_alone(*pair)]

    assert {frozenset(each.subject.name for each in pair) for pair in alike} <= {
        frozenset(("Tim Coronel", "Tom Coronel"))
    }


def told_apart_by_source_alone(one, other):
    if one.subject is None or other.subject is None or not one.subject.description:
        return False
    if one.subject.description != other.subject.description:
        return False
    names = [set(folded(each.subject.name).split()) for each in (one, other)]
    editions = [{each.revision for each in entry.references} for entry in (one, other)]
    return bool(names[0] & names[1]) and not editions[0] & editions[1]


def test_what_may_not_be_displayed_is_hidden(facts, by_id):
    """Nothing without a title of its own is shown, but by a made title, one by hand, or a line."""
    by_hand = read_hand_titles()
    for fact in facts:
        entry = by_id[fact["id"]]
        if not fact["display"] and not entry.hidden:
            assert entry.line or "title-made" in entry.flags or entry.id in by_hand, fact


def test_kinds_set_right_by_hand_are_in_the_tables(starter):
    """The kinds that a person set are those of the wheel, and none is of an entry that is gone."""
    kinds = read_hand_kinds()
    built = {entry.id: entry.subkind or "" for entry in starter if entry.id in kinds}

    assert built == kinds


def test_a_massacre_by_name_alone_asks_for_no_tact(starter):
    """The Saturday Night Massacre was a day of resignations."""
    [entry] = [entry for entry in starter if entry.id == "e:1973-10-20:7bf9d5aac4"]

    assert entry.title == "Saturday Night Massacre"
    assert "sensitive" not in entry.flags


def test_the_julian_calendar_ends_in_its_time(starter):
    """Later dates in the Julian calendar are marked as doubtful, and none is after 1751."""
    later = [
        entry
        for entry in starter
        if entry.date and entry.date.calendar == "julian" and entry.date.year > 1582
    ]

    assert all("calendar-doubtful" in entry.flags for entry in later)
    assert max(entry.date.year for entry in later) < 1752


def test_what_is_shown_has_words(starter):
    """Every shown event has a title or a line; a life has its person's name."""
    for entry in starter:
        if not entry.hidden:
            named = entry.subject.name if entry.subject else None
            assert entry.title or entry.line or named, entry
            assert "None" not in entry.label.split(), entry


def test_titles_are_titles(starter):
    """Titles are short, begin like titles, and are no sentences."""
    for entry in starter:
        if entry.title is not None:
            plain = ABBREVIATED.sub("", entry.title)
            assert len(entry.title) <= 120, entry.title
            assert entry.title == entry.title.strip()
            assert not SENTENCE.search(plain), entry.title
            assert not entry.title[0].islower() or "'" in entry.title[:2], entry.title


def test_shown_titles_name_no_fragment(starter):
    """What running text leaves behind when a title is cut out of it is not shown."""
    fragments = re.compile(
        r"^(?:In )?[Tt]he (?:end|start) of|took place|^Gunmen|^(?:Assassination|Capture) of the "
        r"(?:Swedish|Abbasid|Caen)$|, (?:N|S|E|W|NW|SW|NE|SE)\b|^Mww? "
    )

    assert [e.title for e in shown(starter, Kind.EVENT) if fragments.search(e.title or "")] == []


def test_descriptions_are_roles(starter):
    """A description is a short role, such as "American painter"."""
    roles = {
        part.entity.description
        for entry in starter
        for part in entry.participants
        if part.entity.description
    }

    assert len(roles) > 20_000
    assert max(map(len, roles)) <= 100
    assert not [role for role in roles if re.search(r"[.!?] [A-Z][a-z]+ [a-z]", role)]


def test_slugs_are_unique_and_plain(starter):
    """One address is of one entity."""
    entities = {part.entity for entry in starter for part in entry.participants}
    ids = [entity.id for entity in entities]

    assert len(set(ids)) == len(ids)
    assert all(re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", id_) for id_ in ids)


def test_nobody_is_born_twice_on_a_day(starter):
    """Two names for one person give one birth and one death to show."""
    for kind in (Kind.BIRTH, Kind.DEATH):
        lives = Counter((entry.subject.id, str(entry.date)) for entry in shown(starter, kind))
        assert max(lives.values()) == 1


def test_two_dates_of_one_life_dispute_each_other(by_id):
    """Caesar's birthday is given as the 12th and the 13th: both are kept, and both say so."""
    births = [by_id[id_] for id_ in by_id if id_.startswith("b:-0099-07-1")]

    assert [entry.day for entry in births] == [MonthDay(7, 12), MonthDay(7, 13)]
    assert all("date-disputed" in entry.flags for entry in births)


def test_one_article_is_one_entity(starter):
    """Two entities never share a Wikipedia title."""
    entities = {part.entity.id: part.entity for entry in starter for part in entry.participants}
    titles = [entity.wikipedia for entity in entities.values() if entity.wikipedia]

    assert len(set(titles)) == len(titles)


def test_trotsky_is_as_he_should_be(by_id):
    """The entry of the model page: who, where, when, and who says so."""
    entry = by_id["e:1940-08-20:647e955d7e"]

    assert entry.title == "Assassination of Leon Trotsky"
    assert entry.subkind == "assassination"
    assert entry.date == HistoricalDate(1940, 8, 20)
    assert [person.id for person in entry.people] == ["leon-trotsky", "ramon-mercader"]
    assert [place.name for place in entry.places] == ["Mexico City"]
    assert "sensitive" in entry.flags
    assert not entry.hidden
    assert {reference.revision for reference in entry.references} == {
        "2017-11",
        "2019-10",
        "2026-07",
    }


def test_trotsky_has_a_life(by_id):
    """Birth and death tell of one entity, which knows its years and identifiers."""
    born, died = by_id["b:1879-11-07:00deb51bd4"], by_id["d:1940-08-21:00deb51bd4"]
    person = born.subject

    assert person == died.subject
    assert person is not None
    assert (person.id, person.kind, person.wikidata) == ("leon-trotsky", "person", "Q33391")
    assert (person.born, person.died) == (1879, 1940)


@pytest.mark.parametrize(
    ("id_", "label"),
    [
        ("e:1936-08-01:", "1936 Summer Olympics begin"),
        ("e:1943-07-04:", "Battle of Kursk begins"),
        ("e:1957-10-04:ad2077102b", "Launch of Sputnik 1"),
        ("e:1775-11-10:", "Founding of the United States Marine Corps"),
    ],
)
def test_titles_say_what_happened_that_day(by_id, id_, label):
    """Beginnings, launches and foundings are worded as such."""
    assert label in {entry.title for key, entry in by_id.items() if key.startswith(id_)}


def test_every_reference_has_a_source_and_a_licence(starter):
    """Nothing is carried without saying from where and under what terms."""
    assert all(entry.references for entry in starter)
    for reference in {each for entry in starter for each in entry.references}:
        assert reference.source
        assert reference.licence in {
            "facts only",
            "CC0-1.0",
            "CC-BY-4.0",
            "MIT",
            "public domain",
            "Apache-2.0",
        }
        assert reference.url is None or reference.url.startswith("https://")


def test_mcdowell_is_named():
    """The catalogue of spacecraft asks for the name of its author."""
    assert "J. McDowell" in WITNESSES["h"].name
    assert WITNESSES["h"].licence == "CC-BY-4.0"


def test_only_known_flags_and_roles_are_used(starter):
    """The tables and the model speak of the same flags and roles."""
    flags = {flag for entry in starter for flag in entry.flags}
    roles = {part.role for entry in starter for part in entry.participants}

    assert flags == {*FLAGS.values(), "lead"}
    assert roles == {"subject", "person", "place", "context", "topic"}


def test_violence_is_sensitive(starter):
    """Massacres, attacks and assassinations ask for tact, whatever their titles say."""
    violent = {"assassination", "attack", "massacre"}

    assert all("sensitive" in e.flags for e in starter if e.subkind in violent)


def test_holidays_have_countries(starter):
    """A holiday says where it is kept, in ISO codes, and has a day but no date."""
    for entry in shown(starter, Kind.HOLIDAY):
        assert entry.date is None
        assert entry.day is not None
        assert entry.countries
        assert all(re.fullmatch(r"[A-Z]{2}", code) for code in entry.countries)


def test_days_in_lieu_are_no_holidays(starter):
    """What moves with the week is not of a day of the year."""
    names = [entry.title for entry in shown(starter, Kind.HOLIDAY)]

    assert not [
        name for name in names if re.search(r"observed|in lieu|Day Holiday|^Day after", name, re.I)
    ]


def test_lines_bring_entries_out_of_hiding(by_id):
    """A line of our own makes an entry fit to show, without a title that was doubtful."""
    for line in read_all_lines():
        entry = by_id.get(line.id)
        if entry is not None:
            assert entry.line == line.text
            assert not entry.hidden
            assert "sensitive" in entry.flags or not line.sensitive


def test_it_stays_small():
    """The wheel stays a download of a moment."""
    assert ENTITIES.stat().st_size + ENTRIES.stat().st_size < LIMIT


def test_it_loads_in_seconds():
    """All entries are there in a few seconds of work, the machine's other business apart."""
    begin = time.process_time()
    count = sum(1 for _ in StarterSource().entries())

    assert count > 140_000
    assert time.process_time() - begin < 8


def test_it_yields_the_same_again(by_id):
    """A source begins anew each time."""
    assert next(StarterSource().entries()) == next(StarterSource().entries())
