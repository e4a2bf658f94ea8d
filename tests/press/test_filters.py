"""Filters: what somebody wants, read from a query and tested on entries."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec import structs
from paper import ATTACK, CAESAR

from hodie.almanac import Almanac, Kind, build
from hodie.dates import HistoricalDate, MonthDay
from hodie.press.filters import PARAMETERS, Filter, FilterError


def keeps(query: str, entry=ATTACK) -> bool:
    pairs = [each.partition("=")[::2] for each in query.split("&") if each]
    return Filter.read(pairs).keeps(entry)


@pytest.mark.parametrize(
    ("query", "kept"),
    [
        ("", True),
        ("kind=event", True),
        ("kind=birth", False),
        ("kind=birth,event", True),
        ("kind=birth&kind=event", True),
        ("subkind=assassination", True),
        ("subkind=battle", False),
        ("from=1940&to=1940", True),
        ("from=1941", False),
        ("to=1939", False),
        ("country=mx", False),
        ("about=leon-trotsky", True),
        ("about=karl-marx", False),
        ("q=ice AXE", True),
        ("q=mexico", True),
        ("q=axes", False),
        ("sensitive=only", False),
        ("sensitive=hidden", True),
    ],
)
def test_an_entry_is_kept_where_it_meets_everything(query, kept):
    """Each parameter is a condition, and its values are alternatives."""
    assert keeps(query) is kept


def test_years_before_christ_count_down():
    """Years are astronomical: 44 BC is -43."""
    assert keeps("from=-43&to=-43", CAESAR)
    assert not keeps("from=-42", CAESAR)


def test_an_entry_without_a_year_is_of_no_years():
    """A holiday of every year is in a filter that asks for years under no circumstances."""
    holiday = structs.replace(ATTACK, kind=Kind.HOLIDAY, date=None)

    assert keeps("kind=holiday", holiday)
    assert not keeps("to=2000", holiday)


def test_a_country_is_the_entry_s():
    """An entry is of the countries that it names."""
    assert keeps("country=pl", structs.replace(ATTACK, countries=("PL", "MX")))


def test_sensitive_entries_can_be_asked_for_and_left_out():
    """The flag is a condition only where somebody asks."""
    flagged = structs.replace(ATTACK, flags=("sensitive",))

    assert [keeps(f"sensitive={each}", flagged) for each in ("shown", "hidden", "only")] == [
        True,
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("parameter", "value", "way_out"),
    [
        ("kind", "births", "did you mean 'birth'?"),
        ("country", "Poland", "such as 'PL'"),
        ("country", "XQ", "such as 'PL'"),
        ("from", "the middle ages", "such as '1800'"),
        ("to", "9" * 5000, "such as '1800'"),
        ("sensitive", "no", "'hidden'"),
        ("about", "Leon Trotsky", "hyphens"),
        ("contry", "PL", "did you mean 'country'?"),
    ],
)
def test_what_cannot_be_meant_is_refused(parameter, value, way_out):
    """The error names the parameter and the way out."""
    with pytest.raises(FilterError) as caught:
        Filter.read([(parameter, value)])

    assert str(caught.value).startswith(f"{parameter}: ")
    assert way_out in str(caught.value)
    assert (caught.value.parameter, caught.value.value) == (parameter, value)


def test_years_the_wrong_way_round_are_refused():
    """A span that holds no year is a slip."""
    with pytest.raises(FilterError, match="swap"):
        Filter.read([("from", "1900"), ("to", "1800")])


def test_one_filter_has_one_query():
    """However somebody writes it, what is wanted has one name."""
    one = Filter.read([("country", "pl"), ("kind", "death"), ("kind", "birth")])
    other = Filter.read([("kind", "birth,death"), ("country", "PL")])

    assert one.query == other.query == "kind=birth,death&country=PL"


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ([], ""),
        ([("kind", "death"), ("to", "-43")], "deaths, to 44 BC"),
        ([("country", "DE"), ("q", "moon")], "Germany, “moon”"),
    ],
)
def test_a_filter_says_itself(query, words):
    """A title says in words what is in it."""
    assert Filter.read(query).worded("en") == words


def test_a_day_s_entries_are_found(tmp_path):
    """Only what is wanted of that day comes, past the first page of the almanac's answer."""
    many = [
        structs.replace(ATTACK, id=f"e:{n}", weight=n / 1000, title=f"Thing {n}.", line=None)
        for n in range(800)
    ]
    build(tmp_path / "almanac.db", [*many, CAESAR])
    with Almanac.open(tmp_path / "almanac.db") as almanac:
        found = [entry.title for entry in Filter(text="7.").on(almanac, MonthDay(8, 20))]

    assert found == [f"Thing {n}." for n in range(797, 0, -10)]


@pytest.mark.parametrize("query", ["", "from=1950", "kind=event&to=1946", "subkind=battle", "q=7."])
@pytest.mark.parametrize("most", [3, 50, 120, 700, None])
def test_what_is_wanted_of_the_heaviest(tmp_path, query, most):
    """Of the so many heaviest of a day, those come that the filter keeps, in order."""
    many = [
        structs.replace(
            ATTACK,
            id=f"e:{n}",
            weight=n / 1000,
            title=f"Thing {n}.",
            line=None,
            date=HistoricalDate(1940 + n % 20, 8, 20),
            subkind="battle" if n % 3 else "siege",
        )
        for n in range(800)
    ]
    build(tmp_path / "almanac.db", many)
    wanted = Filter.read([each.split("=") for each in query.split("&") if each])
    with Almanac.open(tmp_path / "almanac.db") as almanac:
        found = list(wanted.on(almanac, MonthDay(8, 20), most))

    assert found == [entry for entry in many[: -1 - (most or 800) : -1] if wanted.keeps(entry)]


def test_all_of_an_entity_is_found(tmp_path):
    """What somebody wants of one person is looked up, not looked for."""
    other = structs.replace(ATTACK, id="e:other", day=MonthDay(8, 21), weight=0.1)
    build(tmp_path / "almanac.db", [ATTACK, other, CAESAR])
    wanted = Filter.read([("about", "leon-trotsky"), ("kind", "event")])
    with Almanac.open(tmp_path / "almanac.db") as almanac:
        assert [entry.id for entry in wanted.on(almanac, MonthDay(8, 21))] == ["e:other"]
        assert {entry.id for entry in wanted.of_entities(almanac)} == {"e:other", ATTACK.id}


def test_the_guide_tells_every_parameter():
    """Whoever writes a filter finds each of its parameters in the guide."""
    guide = Path(__file__).parents[2] / "docs" / "how-to" / "feeds-and-calendars.md"
    text = guide.read_text(encoding="utf-8")

    assert [name for name in PARAMETERS if f"`{name}`" not in text] == []
