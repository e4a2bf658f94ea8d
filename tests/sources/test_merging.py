"""Several sources are one almanac: what is the same is one entry, and nothing is lost."""

from collections.abc import Iterable, Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hodie.almanac import Entity, Entry, Kind, Participant, Reference, build
from hodie.dates import Calendar, HistoricalDate, MonthDay, civil_day, read_written
from hodie.sources.merging import MergeReport, merge

TROTSKY = Entity("leon-trotsky", "Leon Trotsky", "person", "Q33391", "Leon Trotsky", weight=0.7)


def entry(
    id: str,
    date: str,
    *parts: tuple[Entity, str],
    kind: Kind = Kind.EVENT,
    source: str = "",
    **fields: object,
) -> Entry:
    """Make an entry of a date in EDTF; its source is the beginning of its id."""
    read = read_written(date)
    civil = civil_day(read)
    return Entry(
        id,
        kind,
        date=read,
        day=civil.day if civil else None,
        participants=tuple(Participant(entity, role) for entity, role in parts),
        references=(Reference(source or id.partition(":")[0]),),
        **fields,
    )


def birth(id: str, date: str, who: Entity, **fields: object) -> Entry:
    """Make somebody's birth."""
    return entry(id, date, (who, "subject"), kind=Kind.BIRTH, **fields)


def merged(*sources: tuple[str, Iterable[Entry]]) -> list[Entry]:
    """Merge sources, each a name and its entries, in order of ids."""
    return sorted(merge(list(sources)), key=lambda each: each.id)


def sources_of(found: Entry) -> list[str]:
    return [reference.source for reference in found.references]


# Entities


@pytest.mark.parametrize(
    "other",
    [
        Entity("q33391", "Lev Trotsky", wikidata="Q33391"),
        Entity("trotsky-l", "Trotsky", wikipedia="Leon Trotsky"),
        Entity("leon-trotsky", "Leon Trotsky"),
    ],
)
def test_one_person_is_one_entity(other):
    """An item, an article or an address in common is enough; the starter's id stays."""
    one = birth("s:1", "1879-11-07", TROTSKY)
    two = entry("w:1", "1940-08-20", (other, "person"))

    found = merged(("starter", [one]), ("wikidata", [two]))

    assert [each.participants[0].entity.id for each in found] == ["leon-trotsky"] * 2
    assert found[0].subject == found[1].participants[0].entity


@pytest.mark.parametrize(
    ("other", "date"),
    [
        (Entity("leon-trotsky", "Leon Trotsky", wikidata="Q99"), "1940"),
        (Entity("leon-trotsky", "Leon Trotsky", wikipedia="Leon Trotsky (ship)"), "1940"),
        (Entity("leon-trotsky", "Leon Trotsky", "work"), "1940"),
        (Entity("leon-trotsky", "Leon Trotsky", born=1950), "1940"),
        (Entity("leon-trotsky", "Leon Trotsky"), "1700"),
        (Entity("leon-trotsky", "Leon Trotsky"), "2010"),
    ],
)
def test_namesakes_stay_apart(other, date):
    """What contradicts a common address makes two entities; the starter's keeps it."""
    known = Entity(
        "leon-trotsky", "Leon Trotsky", "person", "Q33391", "Leon Trotsky", born=1879, died=1940
    )
    one = birth("s:1", "1879-11-07", known)
    two = entry("w:1", date, (other, "person"), title="A meeting")

    first, second = merged(("wikidata", [two]), ("starter", [one]))

    assert first.subject.id == "leon-trotsky"
    assert second.participants[0].entity.id.startswith("leon-trotsky-")


def test_what_sources_know_of_an_entity_is_put_together():
    """The first that knows a field says it; other names are kept."""
    one = Entity("leon-trotsky", "Leon Trotsky", wikipedia="Leon Trotsky", weight=0.7)
    two = Entity("trotsky", "Lev Bronstein", "person", "Q1", "Leon Trotsky", born=1879, weight=0.9)

    [found] = merged(
        ("starter", [birth("s:1", "1879-11-07", one)]),
        ("wikidata", [birth("w:1", "1879-11-07", two)]),
    )

    assert found.subject == Entity(
        *("leon-trotsky", "Leon Trotsky", "person", "Q1", "Leon Trotsky"),
        weight=0.9,
        born=1879,
        aliases=("Lev Bronstein",),
    )


def test_an_article_of_two_items_joins_nobody():
    """One of two items has a wrong title: who has nothing but the title joins neither."""
    one, two = Entity("a", "A", wikidata="Q1", wikipedia="T"), Entity("b", "B", "x", "Q2", "T")
    three = Entity("c", "C", wikipedia="T")
    named = zip("xyz", (one, two, three), strict=True)
    events = [entry(f"{x}:1", f"19{n}0", (e, "person"), title=x) for n, (x, e) in enumerate(named)]

    found = merged(*((each.id[0], [each]) for each in events))

    assert [each.participants[0].entity.id for each in found] == ["a", "b", "c"]


# Entries


def test_a_birth_is_one_entry_with_all_references():
    """The starter's id and words count; each source is named."""
    one = birth("s:1", "1879-11-07", TROTSKY)
    two = birth("w:1", "1879-11-07", TROTSKY, line="He is born.", weight=0.5)

    [found] = merged(("wikipedia", [two]), ("starter", [one]))

    assert (found.id, found.line, found.weight) == ("s:1", "He is born.", 0.5)
    assert sources_of(found) == ["s", "w"]
    assert found.flags == ()


def test_a_birth_is_found_by_name():
    """Of one day, John F. Kennedy is John Fitzgerald Kennedy."""
    one = birth("s:1", "1917-05-29", Entity("john-f-kennedy", "John F. Kennedy"))
    two = birth("w:1", "1917-05-29", Entity("jfk", "John Fitzgerald Kennedy"))
    three = birth("x:1", "1917-05-29", Entity("joan", "Joan Kennedy"))

    found = merged(("starter", [one]), ("wiki", [two]), ("other", [three]))

    assert [(each.id, len(each.references)) for each in found] == [("s:1", 2), ("x:1", 1)]


def test_a_date_in_dispute_keeps_both():
    """The date that more sources give is shown, the other stands with its reference."""
    entries = [
        birth("s:1", "1879-11-08", TROTSKY),
        birth("w:1", "1879-11-07", TROTSKY),
        birth("x:1", "1879-11-07", TROTSKY),
    ]
    report = MergeReport()

    [found] = merge([(each.id[0], [each]) for each in entries], report=report)

    assert (found.date.edtf, found.day) == ("1879-11-07", MonthDay(11, 7))
    assert {each.source: each.date for each in found.references} == {
        "s": "1879-11-08",
        "w": None,
        "x": None,
    }
    assert "date-disputed" in found.flags
    assert report == MergeReport(read=3, given=1, merged=2, disputed=1)


def test_a_year_does_not_dispute_its_day():
    """A source that knows only the year backs the day of another."""
    [found] = merged(
        ("a", [birth("a:1", "1879", TROTSKY)]), ("b", [birth("b:1", "1879-11-07", TROTSKY)])
    )

    assert found.date == HistoricalDate(1879, 11, 7)
    assert found.flags == ()
    assert all(each.date is None for each in found.references)


def test_one_day_in_two_calendars_is_one_day():
    """25 October 1917 in the Julian calendar is 7 November in the Gregorian."""
    julian = HistoricalDate(1917, 10, 25, Calendar.JULIAN)
    one = Entry("a:1", Kind.DEATH, date=julian, day=MonthDay(11, 7),
                participants=(Participant(TROTSKY, "subject"),))  # fmt: skip
    two = entry("b:1", "1917-11-07", (TROTSKY, "subject"), kind=Kind.DEATH)

    [found] = merged(("a", [one]), ("b", [two]))

    assert "date-disputed" not in found.flags


def test_a_source_may_disagree_with_itself():
    """Somebody has one birth: of two dates that a source has, the better backed one is shown."""
    both = [birth("a:1", "1879-11-07", TROTSKY), birth("a:2", "1879-11-08", TROTSKY)]
    other = birth("b:1", "1879-11-08", TROTSKY)

    [found] = merged(("a", both), ("b", [other]))

    assert found.date == HistoricalDate(1879, 11, 8)
    assert sorted((each.source, each.date or "") for each in found.references) == [
        *(("a", ""), ("a", "1879-11-07"), ("b", "")),
    ]


def test_two_births_years_apart_are_of_two_people():
    """A source that has taken two people for one is not followed: each goes with its date."""
    both = [birth("a:1", "1879-11-07", TROTSKY), birth("a:2", "1899-11-08", TROTSKY)]
    other = birth("b:1", "1899-11-08", TROTSKY)

    found = merged(("a", both), ("b", [other]))

    assert [(each.id, len(each.references)) for each in found] == [("a:1", 1), ("a:2", 2)]


def test_events_are_found_by_cast_and_words():
    """A title and a sentence of one day that name the same are one happening."""
    mercader = Entity("ramon-mercader", "Ramón Mercader", wikipedia="Ramón Mercader")
    one = entry("s:1", "1940-08-20", (TROTSKY, "person"), title="Attack on Leon Trotsky")
    two = entry(
        "w:1",
        "1940-08-20",
        (mercader, "topic"),
        (TROTSKY, "topic"),
        line="In Mexico City Leon Trotsky is attacked by Ramón Mercader.",
    )
    three = entry("w:2", "1940-08-20", line="The 1940 census of Sweden begins in Stockholm.")

    found = merged(("starter", [one]), ("wikipedia", [two, three]))

    assert [each.id for each in found] == ["s:1", "w:2"]
    assert [part.role for part in found[0].participants] == ["person", "topic"]


def test_beginning_and_end_are_two_happenings():
    """Two days of one battle, each with its own title, are not a dispute."""
    battle = Entity("yarmouk", "Battle of Yarmouk", "event", "Q1")
    one = entry("s:1", "0636-08-15", (battle, "subject"), title="Battle of Yarmouk begins")
    two = entry("w:1", "0636-08-20", (battle, "subject"), title="Battle of Yarmouk ends")
    three = entry("x:1", "0636-08-16", (battle, "subject"), title="Battle of Yarmouk begins")

    assert len(merged(("starter", [one]), ("wikidata", [two]))) == 2
    [found] = merged(("starter", [one]), ("other", [three]))
    assert [each.date for each in found.references] == [None, "0636-08-16"]


def test_holidays_are_one_where_they_are_kept():
    """The same name on the same day is one holiday, unless other countries keep it."""

    def holiday(id: str, *countries: str) -> Entry:
        return Entry(id, Kind.HOLIDAY, day=MonthDay(5, 1), title="Labour Day", countries=countries)

    days = [holiday("a:1", "DE"), holiday("b:1", "DE", "FR"), holiday("c:1", "NZ")]

    one, two = merged(*((each.id[0], [each]) for each in days))

    assert (one.id, one.countries) == ("a:1", ("DE", "FR"))
    assert (two.id, two.countries) == ("c:1", ("NZ",))


def test_what_one_source_hides_another_may_show():
    """A hidden entry that somebody has words for is no longer hidden."""
    hidden = entry("s:1", "1940-08-20", (TROTSKY, "person"), flags=("hidden",))
    told = entry("w:1", "1940-08-20", (TROTSKY, "topic"), line="Leon Trotsky is attacked.")

    [found] = merged(("starter", [hidden]), ("wikipedia", [told]))

    assert not found.hidden


def test_old_ids_are_told():
    """Whoever asks for an entry by the id that it had learns which it has now."""
    one, two = birth("s:1", "1879-11-07", TROTSKY), birth("w:1", "1879-11-07", TROTSKY)
    now: dict[str, str] = {}

    list(merge([("starter", [one]), ("w", [two])], wanted=["w:1", "s:1"], other_ids=now))

    assert now == {"w:1": "s:1"}


def test_witnesses_of_one_source_may_tell_the_same():
    """The pages of two languages are two witnesses, if the source says so."""
    one = birth("w:de", "1879-11-07", TROTSKY, source="German Wikipedia")
    two = birth("w:fr", "1879-11-07", TROTSKY, source="French Wikipedia")
    three = birth("w:fr2", "1879-11-07", TROTSKY, source="French Wikipedia")
    pages = [("wikipedia", [one, two, three])]

    assert len(list(merge(pages))) == 3
    assert len(list(merge([("wikipedia", [one, two])], split={"wikipedia"}))) == 1
    assert len(list(merge(pages, split={"wikipedia"}))) == 1


# Properties

NAMES = ["Ada Reader", "John Smith", "Leon Trotsky", "L. Trotsky", "Leo Smith"]
ENTITIES = st.builds(
    lambda name, item, title, kind, born: Entity(
        name.lower().replace(" ", "-").replace(".", ""), name, kind, item, title, born=born
    ),
    st.sampled_from(NAMES),
    st.sampled_from([None, "Q1", "Q2"]),
    st.sampled_from([None, "Ada", "Smith"]),
    st.sampled_from([None, "person", "place"]),
    st.sampled_from([None, 1879]),
)
DATES = st.sampled_from(["1940-08-20", "1940-08-21", "1940-08-20", "1941-08-20", "1940", "1940-08"])
TITLES = st.sampled_from([None, "Attack on Trotsky", "The bridge opens", "Attack on Trotsky ends"])
RAW = st.tuples(
    st.sampled_from(list(Kind)),
    DATES,
    st.lists(ENTITIES, max_size=2),
    TITLES,
    TITLES,
    st.booleans(),
)


def sources_from(drawn: Sequence[Sequence[tuple[object, ...]]]) -> list[tuple[str, list[Entry]]]:
    """Make sources of what was drawn: the first is the starter."""
    made = []
    for number, rows in enumerate(drawn):
        name = "starter" if number == 0 else f"source{number}"
        entries = []
        for row, (kind, date, entities, title, line, hidden) in enumerate(rows):
            parts = [(each, "subject" if n == 0 and kind is not Kind.EVENT else "person")
                     for n, each in enumerate(entities)]  # fmt: skip
            flags = ("hidden",) if hidden else ()
            entries.append(
                entry(f"{name}:{row}", date, *parts, kind=kind, title=title, line=line, flags=flags)
            )
        made.append((name, entries))
    return made


@settings(max_examples=60)
@given(st.lists(st.lists(RAW, max_size=5), min_size=2, max_size=4), st.randoms())
def test_no_order_changes_anything(drawn, chance):
    """Sources in any order, and their entries in any order, give the same."""
    sources = sources_from(drawn)
    first = merged(*sources)
    chance.shuffle(sources)
    for _, entries in sources:
        chance.shuffle(entries)

    assert merged(*sources) == first


@settings(max_examples=60)
@given(st.lists(st.lists(RAW, max_size=5), min_size=2, max_size=4))
def test_no_reference_is_lost(drawn):
    """Every entry that came is in one that was given, and ids of entities are unique."""
    sources = sources_from(drawn)
    found = merged(*sources)

    came = sorted(each.references[0].source for _, entries in sources for each in entries)
    given_ = sorted(reference.source for each in found for reference in each.references)
    assert set(came) == set(given_)
    assert len(found) <= len(came)
    by_id: dict[str, Entity] = {}
    for each in found:
        for part in each.participants:
            assert by_id.setdefault(part.entity.id, part.entity) == part.entity
    assert len({each.id for each in found}) == len(found)


def test_a_build_of_merged_sources_is_the_same_bytes(tmp_path):
    """In whatever order sources stand in hodie.toml."""
    people = [Entity(f"p-{n}", f"Person {n}") for n in range(300)]
    rows = [(Kind.BIRTH, "1940-08-20", [each], None, None, False) for each in people]
    told = [(*row[:4], "Born.", False) for row in rows]
    sources = sources_from([rows[:200], told[100:]])

    one = build(tmp_path / "one.db", merge(sources))
    two = build(tmp_path / "two.db", merge(sources[::-1]))

    assert (tmp_path / "one.db").read_bytes() == (tmp_path / "two.db").read_bytes()
    assert one.entries == two.entries == 300
