"""How the build tool finds that two titles are one person's, and that they are not."""

import pytest
from starter_build.facts import Fact
from starter_build.same import canonical, merged


def life(kind, date, name, **fields):
    """Make a birth or a death."""
    usual = {
        "id": f"{kind[0]}:{date}:{name}",
        "calendar": "gregorian",
        "sources": ("wp2019",),
        "weight": 0.1,
        "display": True,
        "title": name,
        "wikipedia": name,
    }
    return Fact(date=date, kind=kind, **(usual | fields))


def born(name, **fields):
    """Make a birth of 1929."""
    return life("birth", "1929-01-15", name, **fields)


@pytest.mark.parametrize(
    ("one", "other", "fields"),
    [
        ("Joseph Lister", "Joseph Lister, 1st Baron Lister", {"other_year": 1912}),
        ("Alexey Leonov", "Alexei Leonov", {"descriptor": "Russian pilot"}),
        ("Mairead Corrigan", "Mairead Maguire", {"descriptor": "activist, Nobel laureate"}),
    ],
)
def test_told_by_different_sources_is_told_twice(one, other, fields):
    """A shared name, and the year of death or what they did, make one person of one day."""
    facts = [born(one, **fields), born(other, sources=("wp2017",), **fields)]

    assert canonical(facts, {other: 0.5}) == {one: other}


@pytest.mark.parametrize(
    ("one", "other", "fields"),
    [
        ("Tia Mowry", "Tamera Mowry", {"sources": ("wp2017", "wp2019")}),
        ("Andrea Martin", "Martin Chalfie", {"sources": ("nobelprize",), "descriptor": "chemist"}),
        ("Joseph Lister", "Robert Koch", {"sources": ("wp2017",), "other_year": 1912}),
        ("Joseph Lister", "Joseph Black", {"sources": ("wp2017",), "other_year": 1799}),
    ],
)
def test_twins_and_namesakes_stay_apart(one, other, fields):
    """One source knows both of them, or nothing but a name agrees."""
    assert canonical([born(one, other_year=None), born(other, **fields)], {}) == {}


def test_who_is_only_born_is_who_only_dies():
    """A birth under one name and a death under another are one life, if both years agree."""
    facts = [
        born("J.R.R. Tolkien", other_year=1973),
        life("death", "1973-09-02", "J. R. R. Tolkien", other_year=1929),
        life("death", "1974-09-02", "J. R. Tolkien", other_year=1929),
    ]

    assert canonical(facts, {}) == {"J.R.R. Tolkien": "J. R. R. Tolkien"} or canonical(
        facts, {"J.R.R. Tolkien": 0.1}
    ) == {"J. R. R. Tolkien": "J.R.R. Tolkien"}


def test_spelling_alone_makes_no_two():
    """A title with other accents or marks is the same, but not of people of other years."""
    event = Fact(
        id="e:1",
        date="1942-08-02",
        calendar="gregorian",
        kind="event",
        sources=("wp2019",),
        weight=0.1,
        display=True,
        people=("Leo Szilárd", "Alain Fournier"),
    )
    facts = [
        born("Leó Szilárd"),
        event,
        born("Alain-Fournier"),
        life("birth", "1943-02-02", "Alain Fournier"),
    ]

    assert canonical(facts, {"Leó Szilárd": 0.2}) == {"Leo Szilárd": "Leó Szilárd"}


def test_what_was_told_twice_stands_once_with_all_sources():
    """The fact under the title that is kept is first, and has both sources and the best weight."""
    facts = [
        born("Sir Stirling Moss", weight=0.3),
        born("Stirling Moss", sources=("wp2017",)),
    ]

    first, second = merged(facts, {"Sir Stirling Moss": "Stirling Moss"})

    assert (first.title, first.sources, first.weight) == (
        "Stirling Moss",
        ("wp2017", "wp2019"),
        0.3,
    )
    assert second.person == "Stirling Moss"


def test_events_call_everybody_by_one_name():
    """People, places, links and context of events are renamed too, each once."""
    event = Fact(
        id="e:1",
        date="1963-08-28",
        calendar="gregorian",
        kind="event",
        sources=("wp2019",),
        weight=0.1,
        display=True,
        people=("King, Jr.", "King Jr."),
        links=("King, Jr.",),
    )

    [renamed] = merged([event], {"King, Jr.": "King Jr."})

    assert (renamed.people, renamed.links) == (("King Jr.",), ("King Jr.",))
