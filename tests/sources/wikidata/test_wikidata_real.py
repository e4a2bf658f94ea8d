"""All real items: the fast way gives what the plain way gives."""

from pathlib import Path

import pytest
from wikidata_walk import walk

from hodie.almanac import Entry
from hodie.sources.wikidata import WikidataSource


@pytest.fixture(scope="module")
def entries(real_file: Path) -> list[Entry]:
    """The entries of every real item."""
    return list(WikidataSource(path=str(real_file), processes=1).entries())


def said(entry: Entry) -> tuple:
    """What an entry says, as the plain way says it."""
    subject = entry.subject
    others: dict[str, list[str]] = {"person": [], "topic": [], "place": [], "context": []}
    for part in entry.participants[1:]:
        others[part.role].append(part.entity.wikidata)
    return (
        subject.wikidata,
        str(entry.kind),
        entry.subkind,
        entry.date.edtf,
        str(entry.date.calendar),
        entry.day and str(entry.day),
        entry.title,
        entry.weight,
        *(flag in entry.flags for flag in FLAGS),
        sorted(others["person"] + others["topic"]),
        others["place"],
        others["context"],
    )


FLAGS = ("sensitive", "calendar-doubtful", "title-made", "date-disputed")


def test_the_entries_of_all_real_items_equal_those_of_a_plain_walk(entries, real_items):
    """Every date, rank, calendar, name, place and participant, of 2,813 entities."""
    expected = walk(real_items)
    assert len(entries) > 900
    assert sorted(map(repr, map(said, entries))) == sorted(map(repr, expected))


def test_ids_are_unique(entries):
    """No two facts of all real items share an id."""
    assert len({entry.id for entry in entries}) == len(entries)


def test_no_vague_date_has_a_day(entries):
    """Of what is known to the month or year, no digit below that shows."""
    vague = [entry for entry in entries if entry.date.precision != "day"]
    assert len(vague) > 300
    assert all(entry.day is None for entry in vague)


@pytest.mark.parametrize(
    ("name", "kind", "edtf", "calendar", "day"),
    [
        ("Johann Sebastian Bach", "birth", "1685-03-21", "julian", "03-31"),
        ("Constantine the Great", "death", "0337-05-22", "julian", "05-22"),
        ("Otho", "death", "0069-04-16", "gregorian", "04-16"),
        ("Albert Einstein", "birth", "1879-03-14", "gregorian", "03-14"),
    ],
)
def test_real_dates_come_out_as_historians_have_them(entries, name, kind, edtf, calendar, day):
    """Items known for their calendars keep the date, and fall on the right day."""
    [entry] = [e for e in entries if e.kind == kind and e.subject.name == name and e.day]
    assert (entry.date.edtf, entry.date.calendar, str(entry.day)) == (edtf, calendar, day)


def test_the_almanac_takes_them_all(entries, tmp_path):
    """Nothing in them contradicts itself."""
    from hodie.almanac import build

    assert build(tmp_path / "almanac.db", entries).entries == len(entries)
