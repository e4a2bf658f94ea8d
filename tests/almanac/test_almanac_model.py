"""Entries and entities as values."""

from __future__ import annotations

import msgspec
import pytest
from almanac_samples import CAESAR, ENTRIES, MERCADER, MEXICO, TROTSKY, WAR

from hodie.almanac import Entry, Kind, Participant

ATTEMPT = ENTRIES[0]
OF_CAESAR, IN_WAR = Participant(CAESAR, "subject"), Participant(WAR, "context")


def test_those_who_take_part_are_told_by_role():
    """People, places and context are the entities in these roles."""
    assert ATTEMPT.people == (TROTSKY, MERCADER)
    assert ATTEMPT.places == (MEXICO,)
    assert ATTEMPT.context == (WAR,)


def test_a_subject_is_not_among_the_people():
    """The subject is asked for on its own."""
    entry = Entry("b:1", Kind.BIRTH, participants=(Participant(CAESAR, "subject"),))

    assert entry.subject == CAESAR
    assert entry.people == ()


def test_an_entry_without_a_subject():
    """No participant need be the subject."""
    assert ATTEMPT.subject is None


@pytest.mark.parametrize(
    ("entry", "label"),
    [
        (Entry("1", Kind.EVENT, title="A title", line="A line."), "A title"),
        (Entry("1", Kind.EVENT, line="A line."), "A line."),
        (Entry("1", Kind.BIRTH, participants=(OF_CAESAR,)), "Birth of Julius Caesar"),
        (Entry("1", Kind.EVENT, "battle", participants=(IN_WAR,)), "Battle: World War II"),
        (Entry("1", Kind.EVENT, "peace-treaty"), "Peace treaty"),
        (Entry("1", Kind.HOLIDAY), "Holiday"),
    ],
)  # fmt: skip
def test_a_label_is_never_empty(entry, label):
    """The label is the title, else the line, else made of what is known."""
    assert entry.label == label


def test_values_do_not_change():
    """Entries can't be written to."""
    with pytest.raises(AttributeError):
        ATTEMPT.title = "Something else"


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def test_entries_go_through_json(entry):
    """An entry written as JSON reads as the same entry."""
    assert msgspec.json.decode(msgspec.json.encode(entry), type=Entry) == entry
