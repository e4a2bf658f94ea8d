"""The build tool: same facts, same bytes; and the committed tables are of these facts."""

import gzip
import json

import build_starter
import pytest
from starter_build.entries import sensitive, subkind
from starter_build.facts import Fact, Observance
from starter_build.holidays import cleaned
from starter_build.people import People
from starter_build.titles import Titled

from hodie.sources.starter.rows import ENTITIES, ENTRIES, EntityRow, read_rows, write_rows

TROTSKY = {"title": "Leon Trotsky", "wikipedia": "Leon Trotsky", "people": ["Leon Trotsky"]}
FACTS = [
    {
        "id": "e:1940-08-20:647e955d7e",
        "date": "1940-08-20",
        "kind": "event",
        "event_kind": "assassination",
        "title": "Assassination of Leon Trotsky",
        "title_confidence": "high",
        "people": ["Leon Trotsky", "Frida Kahlo"],
        "places": ["Mexico City"],
        "issues": ["title-hand"],
    },
    TROTSKY
    | {
        "id": "b:1879-11-07:00deb51bd4",
        "date": "1879-11-07",
        "kind": "birth",
        "descriptor": "also",
        "nobel": True,
    },
    TROTSKY
    | {
        "id": "d:1940-08-21:00deb51bd4",
        "date": "1940-08-21",
        "kind": "death",
        "descriptor": "Russian theorist",
    },
    TROTSKY
    | {
        "id": "d:1950-08-21:00deb51bd5",
        "date": "1950-08-21",
        "kind": "death",
        "issues": ["lifespan:-3"],
    },
]
USUAL = {"calendar": "gregorian", "sources": ["wp2019"], "weight": 0.5, "display": True}


@pytest.fixture
def data(tmp_path):
    """A folder as ../shared/data, with a handful of facts."""
    folder = tmp_path / "data"
    folder.mkdir()
    observance = {"month": 5, "day": 1, "name": "Labour Day", "countries": ["BW"]}
    conflict = {"kind": "death", "wikipedia": "Leon Trotsky", "kept_date": "1940-08-21"}
    for name, rows in {
        "facts": [USUAL | fact for fact in FACTS],
        "observances": [observance],
        "conflicts": [conflict, {"kind": "event", "kept_date": "1940-08-20"}],
    }.items():
        with gzip.open(folder / f"{name}.ndjson.gz", "wt", encoding="utf-8") as file:
            file.writelines(f"{json.dumps(row)}\n" for row in rows)
    with gzip.open(folder / "notability.tsv.gz", "wt", encoding="utf-8") as file:
        file.write("title\tweight\tlanguages_2013\nLeon Trotsky\t0.5228\t150\n")
    return folder


def test_the_same_facts_give_the_same_bytes(data, tmp_path):
    """Building twice is building once."""
    for folder in ("a", "b"):
        build_starter.build(data, tmp_path / folder)

    for table in (ENTITIES.name, ENTRIES.name):
        assert (tmp_path / "a" / table).read_bytes() == (tmp_path / "b" / table).read_bytes()


def test_facts_become_rows(data):
    """A fact keeps its id, and tells who took part as what."""
    entities, entries = build_starter.rows(data)
    by_id = {row.id: row for row in entries}
    names = [row.id for row in entities]

    assert set(by_id) == {fact["id"] for fact in FACTS[:3]} | {"h:05-01:international-workers-day"}
    parts = by_id["e:1940-08-20:647e955d7e"].participants
    assert parts == " ".join(
        f"{role}{names.index(name)}"
        for role, name in (("p", "leon-trotsky"), ("l", "mexico-city"), ("t", "frida-kahlo"))
    )


def test_disputed_dates_are_flagged(data):
    """A date that lost leaves its mark on the one that won."""
    _, entries = build_starter.rows(data)

    assert {row.id: row.flags for row in entries}["d:1940-08-21:00deb51bd4"] == "d"


def test_a_person_knows_what_the_facts_tell(data):
    """Weight, years and role come together; a broken role is passed over."""
    entities, _ = build_starter.rows(data)
    trotsky = next(row for row in entities if row.id == "leon-trotsky")

    assert trotsky == EntityRow(
        "leon-trotsky", "Leon Trotsky", "=", "p", "", "5228", "1879", "1940",
        "Russian theorist, Nobel laureate",
    )  # fmt: skip


def test_the_committed_tables_are_of_these_facts(shared):
    """Whoever changes a rule builds the tables anew."""
    entities, entries = build_starter.rows(shared / "data")

    assert list(map(list, entities)) == list(read_rows(ENTITIES))
    assert list(map(list, entries)) == list(read_rows(ENTRIES))


def test_rows_come_back_as_they_went(tmp_path):
    """What is written is read, empty fields too."""
    rows = [("a", "", "ö"), ("", "b", "")]
    write_rows(tmp_path / "t.xz", rows)

    assert list(map(tuple, read_rows(tmp_path / "t.xz"))) == rows


@pytest.mark.parametrize("field", ["a\tb", "a\nb", "a\u2028b"])
def test_fields_hold_no_separators(field, tmp_path):
    """A tab or line break in a field would shift the table, so it stops the build."""
    with pytest.raises(ValueError, match="inside a field"):
        write_rows(tmp_path / "t.xz", [(field, "c")])


def event(**fields):
    usual = {"id": "e:1900-01-01:x", "date": "1900-01-01", "kind": "event"} | USUAL
    return Fact(**(usual | {"sources": ("wp2019",)} | fields))


@pytest.mark.parametrize(
    ("kind", "title", "deaths", "tact"),
    [
        ("massacre", "Rumbula massacre", None, True),
        ("disaster", "Great Fire of Rome", None, True),
        ("disaster", "Earthquake in Chile", 9, False),
        ("disaster", "Earthquake in Chile", 10, True),
        ("disaster", "Chelyabinsk meteor", None, False),
        ("battle", "Battle of Hastings", None, False),
        ("law", "Execution of Anne Boleyn", None, True),
        ("other", "American Airlines Flight 11", None, True),
        (None, "Coronation of Charlemagne", None, False),
    ],
)
def test_the_rule_of_tact(kind, title, deaths, tact):
    """Violence against the helpless and deadly disasters are sensitive; battles are not."""
    one = event(event_kind=kind, deaths=deaths)

    assert sensitive(one, Titled(title, shown=True)) is tact


@pytest.mark.parametrize(
    ("kind", "title", "finer"),
    [
        ("launch", "Sino-Indian War begins", "war"),
        ("launch", "Launch of Luna 9", "launch"),
        ("other", "Battle of Hastings", "battle"),
        ("other", "Gettysburg Address", ""),
        ("law", "Execution of Anne Boleyn", "execution"),
        ("law", "Arrest of Rosa Parks", "trial"),
        ("battle", "Operation Desert Storm", "battle"),
        ("law", "War Powers Act", "law"),
        ("sport", "Seabiscuit beats War Admiral", "sport"),
    ],
)
def test_finer_kinds(kind, title, finer):
    """The kind is the day page's, but where the title tells better."""
    assert subkind(event(event_kind=kind), Titled(title, shown=True)) == finer


def test_a_person_is_no_place(data):
    """A duke whom the facts took for his town takes part as himself, a newspaper is a topic."""
    battle = {
        "id": "e:1815-06-18:382e040f3f",
        "date": "1815-06-18",
        "kind": "event",
        "title": "Battle of Waterloo",
        "title_confidence": "high",
        "wikipedia": "Battle of Waterloo",
        "places": ["Wellington", "Daily Mail", "Waterloo"],
    }
    with gzip.open(data / "facts.ndjson.gz", "at", encoding="utf-8") as file:
        file.write(json.dumps(battle | USUAL) + "\n")

    entities, entries = build_starter.rows(data)

    [row] = [row for row in entries if row.id == battle["id"]]
    parts = {entities[int(part[1:])].name: part[0] for part in row.participants.split()}
    assert parts == {
        "Battle of Waterloo": "s",
        "Arthur Wellesley, 1st Duke of Wellington": "p",
        "Daily Mail": "t",
        "Waterloo": "l",
    }


def test_holidays_of_one_name_are_one():
    """Countries that keep the same day are gathered under one name."""
    holidays = cleaned(
        [
            Observance(5, 1, "Labour Day", ("BW",)),
            Observance(5, 1, "May Day", ("FI",)),
            Observance(5, 1, "Constitution Day", ("MH",)),
        ]
    )

    assert holidays == {
        (5, 1, "Constitution Day"): ("MH",),
        (5, 1, "International Workers' Day"): ("BW", "FI"),
    }


@pytest.mark.parametrize(
    "name", ["Christmas Day (observed)", "Day after New Year's Day", "New Year's Day in lieu"]
)
def test_what_is_no_fixed_day_is_left_out(name):
    """Days in lieu, and days that are only beside one."""
    assert cleaned([Observance(1, 2, name, ("NZ",))]) == {}


def test_a_second_day_off_is_left_out():
    """The holiday is the first; a "Holiday" that stands alone keeps its name without the word."""
    holidays = cleaned(
        [
            Observance(6, 27, "Independence Day", ("DJ",)),
            Observance(6, 28, "Independence Day Holiday", ("DJ",)),
            Observance(2, 22, "Founding Day Holiday", ("SA",)),
        ]
    )

    assert [name for _, _, name in holidays] == ["Founding Day", "Independence Day"]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Attack on Pearl Harbor: Mervyn S. Bennion", "Mervyn S. Bennion"),
        ("victims of the Munich air disaster – Geoff Bent", "Geoff Bent"),
        ("crew of Apollo 1 Roger B. Chaffee", "Roger B. Chaffee"),
        ("Victims of TWA Flight 800 Michel Breistroff", "Michel Breistroff"),
        ("Leon Trotsky", "The article"),
    ],
)
def test_one_of_many_dead_has_a_name(title, name):
    """Those who died together are listed under their event, whose article is not theirs."""
    death = event(id="d:1", kind="death", title=title, wikipedia="The article")

    assert death.person == name


@pytest.mark.parametrize(
    ("name", "person"),
    [
        ("Pope John I", True),
        ("Henry IV of England", True),
        ("Francis, Duke of Guise", True),
        ("King of Hungary", False),
        ("Saint Petersburg", False),
        ("World War II", False),
        ("Apollo program", False),
    ],
)
def test_who_is_a_person(name, person):
    """A birth or death tells, or a name that only a person bears."""
    assert People([]).is_person(name) is person
