"""Household names: what a reader knows without being told."""

import pytest

from hodie.almanac import Entity, Entry, Kind, Participant
from hodie.selection import Policy
from hodie.selection.household import _TABLES, household_names
from hodie.selection.merits import merits_of


def about(*names: str, title: str | None = None) -> Entry:
    """An event in which some take part."""
    parts = tuple(Participant(Entity(name.lower(), name), "topic") for name in names)
    return Entry("e:1", Kind.EVENT, title=title, participants=parts)


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("RMS Titanic", ("Titanic",)),
        ("Sinking of the RMS Titanic", ("Titanic",)),
        ("Martin Luther King Jr.", ("Martin Luther King",)),
        ("Martin Luther", ("Martin Luther",)),
        ("Diana, Princess of Wales", ("Diana, Princess of Wales",)),
        ("Uncle Tom's Cabin", ("Uncle Tom's Cabin",)),
        ("Simón Bolívar", ("Simón Bolívar",)),
        ("Muhammad", ("Muhammad",)),
        ("Muhammad Naguib", ()),
        ("Execution of Spartacus", ("Spartacus",)),
        ("Michelangelo Antonioni", ()),
        ("Titanic Museum", ("Titanic",)),
        ("Titanically", ()),
        ("Diana Ross", ()),
        ("titanic effort", ()),
        ("", ()),
    ],
)
def test_a_name_is_found_whole(name, found):
    """Words that stand together make the name, the longest one that fits."""
    assert household_names(about(name)) == found


def test_a_name_counts_once():
    """Who takes part and stands in the title is one name."""
    entry = about("Titanic", "RMS Titanic", title="Sinking of the Titanic")

    assert household_names(entry) == ("Titanic",)


@pytest.mark.parametrize(
    ("names", "found"),
    [
        (("Wright brothers", "Wilbur Wright"), ("Wright brothers",)),
        (("Space Shuttle Challenger", "Space Shuttle"), ("Space Shuttle Challenger",)),
        (
            ("The Birth of a Nation", "The Night Watch"),
            ("The Birth of a Nation", "The Night Watch"),
        ),
        (("Guy Fawkes", "Gunpowder Plot"), ("Guy Fawkes", "Gunpowder Plot")),
    ],
)
def test_names_that_share_a_word_are_one(names, found):
    """The brothers and one of them are not two names."""
    assert household_names(about(*names)) == found


def test_the_title_may_tell_alone():
    """An event without participants is known by its title."""
    assert household_names(about(title="The Berlin Wall falls")) == ("Berlin Wall",)


def test_two_names_are_enough():
    """A third name adds nothing, and the reason says which count."""
    names = ("Titanic", "Louvre", "Big Ben")
    policy = Policy(household=0.5)
    (reason,) = [
        one for one in merits_of(about(*names), 2026, policy) if one.feature == "household"
    ]

    assert reason.value == 1.0
    assert reason.words == "household names (Titanic, Louvre)"


def test_a_publication_may_turn_it_off():
    """With 0 nobody's household counts."""
    features = {one.feature for one in merits_of(about("Titanic"), 2026, Policy(household=0))}

    assert "household" not in features


def test_the_table_has_each_name_once():
    """A name in two groups would be a slip of the pen."""
    names = [
        " ".join(name.split())
        for table in _TABLES.values()
        for each in table.values()
        for name in each.split(";")
    ]

    assert len(names) == len(set(names)) > 1000
    assert all(names)
