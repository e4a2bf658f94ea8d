"""The house file: what a publication says itself, and how it is told apart from the sources."""

import random
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hodie.almanac import Almanac, Entity, Entry, Kind, Participant, Reference, build
from hodie.dates import Calendar, HistoricalDate, MonthDay
from hodie.selection import choose
from hodie.sources.house import (
    Backing,
    Change,
    House,
    HouseError,
    Named,
    OwnEntry,
    apply,
    house_text,
    read_house,
    write_house,
)

TROTSKY = Entity("leon-trotsky", "Leon Trotsky", "person", "Q33391", "Leon Trotsky", weight=0.7)
ATTACK = Entry(
    "e:1940-08-20:647e955d7e",
    Kind.EVENT,
    "assassination",
    HistoricalDate(1940, 8, 20),
    MonthDay(8, 20),
    "Attack on Trotsky",
    weight=0.4,
    flags=("title-made",),
    participants=(Participant(TROTSKY, "person"),),
    references=(Reference("Wikidata", licence="CC0-1.0"),),
)


def house_of(tmp_path: Path, text: str) -> House:
    """Read a house file with this text."""
    file = tmp_path / "house.toml"
    file.write_text(text, encoding="utf-8")
    return read_house(file)


def test_a_file_that_is_not_there_says_nothing(tmp_path):
    """Most publications have no house file."""
    assert read_house(tmp_path / "house.toml") == House(file=str(tmp_path / "house.toml"))


def test_an_own_entry_becomes_an_entry(tmp_path):
    """What the file says stands in the entry, which is flagged as the house's."""
    house = house_of(
        tmp_path,
        """
        [[entries]]
        id = "bridge-1888"
        date = "1888-05-01"
        subkind = "opening"
        title = "The Old Bridge opens"
        people = ["Ada Reader", "leon-trotsky"]
        places = [{ name = "Riverside", wikidata = "Q5" }]
        references = [{ source = "Riverside Gazette", url = "https://g.example/1" }]
        """,
    )

    [_, entry] = apply([ATTACK], house)

    assert entry.id == "house:bridge-1888"
    assert (entry.date, entry.day) == (HistoricalDate(1888, 5, 1), MonthDay(5, 1))
    assert [person.id for person in entry.people] == ["ada-reader", "leon-trotsky"]
    assert entry.people[1] is TROTSKY
    assert entry.places[0].wikidata == "Q5"
    assert entry.flags == ("house",)
    assert entry.references == (Reference("Riverside Gazette", "https://g.example/1"),)


def test_dates_need_no_quotation_marks(tmp_path):
    """TOML's own dates and whole years are taken as they are meant."""
    text = '[[entries]]\nid = "a"\ntitle = "A"\ndate = 1888-05-01\n'
    text += '[[entries]]\nid = "b"\ntitle = "B"\ndate = 988\n'

    house = house_of(tmp_path, text)

    assert [each.date for each in house.entries] == ["1888-05-01", "0988"]


@pytest.mark.parametrize(
    ("table", "day"),
    [
        ('date = "1917-10-25"\ncalendar = "julian"', MonthDay(11, 7)),
        ('date = "1492-10-12"\ncalendar = "julian"', MonthDay(10, 12)),
        ('date = "1888-05"', None),
        ('day = "05-01"', MonthDay(5, 1)),
        ('date = "1888-05"\nday = "05-01"', MonthDay(5, 1)),
    ],
)
def test_the_day_follows_from_the_date(tmp_path, table, day):
    """A Julian date after the reform is shown on its Gregorian day; a day that is given counts."""
    house = house_of(tmp_path, f'[[entries]]\nid = "a"\ntitle = "A"\n{table}\n')

    [entry] = apply([], house)

    assert entry.day == day


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[[entries]]\nid = "A b"\ntitle = "A"\ndate = "1888"', "house.toml:1: id 'A b' must be"),
        ('[[entries]]\nid = "a"\ntitle = "A"', "house.toml:1: an entry needs a date"),
        ('[[entries]]\nid = "a"\ndate = "1888"', "house.toml:1: an entry needs a title"),
        ('\n[[entries]]\nid = "a"\ntitle = 5', "house.toml:4: title: expected 'str | null', got"),
        ('[[entries]]\nid = "a"\ntitel = "5"', "house.toml:3: titel is no known key"),
        ('[[entries]]\ntitle = "5"', "house.toml:1: id is missing"),
        ('[[entries]]\nid="a"\ntitle="A"\ndate="1888-13-01"', "no month 13"),
        ('[[entries]]\nid="a"\ntitle="A"\ndate="1888"\nweight=2.0', "weight 2.0 must be"),
        ('[[entries]]\nid="a"\nkind="birth"\ntitle="A"\ndate="1888"', "a birth needs a subject"),
        (
            '[[changes]]\nentry="e"\nreference={ source="x", date="May" }',
            "house.toml:3: reference: not an EDTF date: 'May'",
        ),
        ("[[changes]]\nhide = true", "house.toml:1: entry is missing"),
        ('[[changes]]\nentry="e"\n[[changes]]\nentry="e"', "house.toml:3: two of [[changes]]"),
        ("[[changes]]\nentry = ", "house.toml: is not TOML: Invalid value (at end"),
        ('[[entry]]\nid = "a"', "'entry' is no known key"),
        ("entries = 5", "'entries' must be tables"),
        ('entries = [{ id = "a" }]', "house.toml: entries[1]: an entry needs"),
    ],
)
def test_errors_name_file_and_line(tmp_path, text, said):
    """Whoever wrote the file learns where and what, in one line."""
    with pytest.raises(HouseError) as caught:
        house_of(tmp_path, text)

    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_no_text_is_refused(tmp_path):
    """Latin-1 is not guessed at: the newsroom writes UTF-8."""
    (tmp_path / "house.toml").write_bytes(b'[[entries]]\ntitle = "caf\xe9"')

    with pytest.raises(HouseError, match=r"house\.toml:2: is not UTF-8"):
        read_house(tmp_path / "house.toml")


def test_a_change_hides_and_brings_out():
    """`hide` puts the flag there, or takes it away."""
    [hidden] = apply([ATTACK], House(changes=(Change(entry=ATTACK.id, hide=True),)))
    [shown] = apply([hidden], House(changes=(Change(entry=ATTACK.id, hide=False),)))

    assert hidden.hidden
    assert shown == ATTACK


def test_a_correction_keeps_what_backs_the_entry():
    """A new title and date come with the house's reference beside the others."""
    change = Change(
        entry=ATTACK.id,
        date="1940-08-21",
        title="Trotsky is attacked",
        reference=Backing(source="Our archive"),
    )

    [entry] = apply([ATTACK], House(changes=(change,)))

    assert (entry.title, entry.flags) == ("Trotsky is attacked", ())
    assert (entry.date, entry.day) == (HistoricalDate(1940, 8, 21), MonthDay(8, 21))
    assert [(each.source, each.date) for each in entry.references] == [
        ("Wikidata", "1940-08-20"),
        ("Our archive", None),
    ]


def test_a_change_without_its_entry_is_told():
    """An entry may leave a source: the change waits, and the build says so."""
    gone = Change(entry="e:gone", hide=True)
    unmet: list[Change] = []
    house = House(changes=(gone,), lines=(12,))

    assert list(apply([ATTACK], house, unmet=unmet.append)) == [ATTACK]
    assert unmet == [gone]
    assert house.place_of(gone) == "house.toml:12"


def test_a_change_follows_its_entry_into_another():
    """A change names an entry by the id that it had before it was merged."""
    house = House(changes=(Change(entry="wp:1", pin=True),))

    [entry] = apply([ATTACK], house, other_ids={"wp:1": ATTACK.id})

    assert "pinned" in entry.flags


@pytest.mark.parametrize("order", [1, -1])
def test_a_name_means_the_weightiest_entity(order):
    """Which of two entities of one name is meant does not depend on what comes first."""
    small = Entity("leon-trotsky-ship", "Leon Trotsky", weight=0.1)
    other = Entry("e:2", Kind.EVENT, participants=(Participant(small, "topic"),))
    own = OwnEntry(id="a", date="1940", title="A", people=("Leon Trotsky",))

    *_, entry = apply([ATTACK, other][::order], House(entries=(own,)))

    assert entry.people == (TROTSKY,)


def test_another_identifier_is_another_person():
    """A namesake with an identifier of his own does not become the known one."""
    who = Named(name="Leon Trotsky", wikidata="Q99")
    own = OwnEntry(id="a", date="1940", title="A", people=(who,))

    *_, entry = apply([ATTACK], House(entries=(own,)))

    assert [person.id for person in entry.people] == ["leon-trotsky-q99"]


def test_pinned_entries_are_told(tmp_path):
    """What the house pins leads its day, whatever its worth, and says why."""
    day = [
        Entry(
            f"e:{n}",
            Kind.EVENT,
            None,
            HistoricalDate(1600 + n, 8, 20),
            MonthDay(8, 20),
            f"Event {n}",
            "It happens.",
            weight=0.9,
        )
        for n in range(300)
    ]
    dull = Entry(
        "e:dull", Kind.EVENT, "battle", HistoricalDate(1700, 8, 20), MonthDay(8, 20), "Raid on X"
    )
    house = House(changes=(Change(entry="e:dull", pin=True),))
    build(tmp_path / "almanac.db", apply([*day, dull], house))

    with Almanac.open(tmp_path / "almanac.db") as almanac:
        lineup = choose(almanac, MonthDay(8, 20), 2026)

    assert lineup.lead is not None
    assert lineup.lead.entry.id == "e:dull"
    assert "pinned by the house" in lineup.lead.why


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
SLUGS = st.from_regex(r"[a-z0-9]{1,5}(-[a-z0-9]{1,5})?", fullmatch=True)
WHO = st.one_of(
    TEXTS,
    st.builds(Named, name=TEXTS, id=st.none() | SLUGS, born=st.none() | st.integers(-500, 2000)),
)
BACKINGS = st.builds(Backing, source=TEXTS, url=st.none() | TEXTS, licence=st.none() | TEXTS)
DATES = st.sampled_from(["1888-05-01", "-0043-03-15", "194X", "1750~", "1888-05"])
OWN = st.builds(
    OwnEntry,
    id=SLUGS,
    kind=st.sampled_from([Kind.EVENT, Kind.HOLIDAY]),
    date=DATES,
    calendar=st.sampled_from([None, Calendar.GREGORIAN, Calendar.JULIAN]),
    title=TEXTS,
    line=st.none() | TEXTS,
    weight=st.floats(0, 1),
    pin=st.booleans(),
    subject=st.none() | WHO,
    people=st.lists(WHO, max_size=2).map(tuple),
    references=st.lists(BACKINGS, max_size=2).map(tuple),
    note=st.none() | TEXTS,
)
CHANGES = st.builds(
    Change,
    entry=TEXTS,
    hide=st.none() | st.booleans(),
    pin=st.none() | st.booleans(),
    date=st.none() | DATES,
    title=st.none() | TEXTS,
    reference=st.none() | BACKINGS,
)


@given(
    st.lists(OWN, max_size=3, unique_by=lambda each: each.id).map(tuple),
    st.lists(CHANGES, max_size=3, unique_by=lambda each: each.entry).map(tuple),
)
def test_what_is_written_is_read(entries, changes):
    """A house file gives back exactly the values that it was written from."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "house.toml"
        write_house(file, House(entries, changes))
        read = read_house(file)
        write_house(file, read)

        assert (read.entries, read.changes) == (entries, changes)
        assert len(read.lines) == len(changes)
        assert read_house(file) == read


def test_a_file_that_cannot_be_written_stays(tmp_path):
    """Half a character is refused before anything is replaced."""
    file = tmp_path / "house.toml"
    write_house(file, House())
    before = file.read_bytes()

    with pytest.raises(HouseError, match="what stood there stays"):
        write_house(file, House(changes=(Change(entry="\ud800"),)))
    assert file.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["house.toml"]


@pytest.mark.parametrize("part", range(3))
def test_a_damaged_file_is_read_or_refused(tmp_path, part):
    """Whatever happens to the file, it says something or one line says where it is wrong."""
    text = house_text(
        House(
            (OwnEntry(id="a", date="1888", title="Ä", people=(Named(name="B", born=1800),)),),
            (Change(entry="e:1", pin=True, reference=Backing(source="X")),),
        )
    ).encode()
    errors: list[str] = []
    for seed in range(part * 100, part * 100 + 100):
        chance, broken = random.Random(seed), bytearray(text)
        for _ in range(chance.randint(1, 4)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        (tmp_path / "house.toml").write_bytes(broken)
        try:
            read_house(tmp_path / "house.toml")
        except HouseError as error:
            errors.append(str(error))
    assert errors
    assert all("house.toml" in error and "\n" not in error for error in errors)
