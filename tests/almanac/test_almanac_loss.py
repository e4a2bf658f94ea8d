"""The gate that keeps a bad import from replacing a good almanac."""

from __future__ import annotations

import re

import pytest
from almanac_samples import ENTRIES, TROTSKY, august, born, event, many

from hodie.almanac import Almanac, AlmanacError, Entity, LossError, build
from hodie.almanac.schema import SCHEMA
from hodie.dates import HistoricalDate


@pytest.fixture
def target(tmp_path):
    """Where an almanac is to be."""
    return tmp_path / "almanac.db"


def births(count, day=20):
    """Make births of one day."""
    return [
        born(f"b{day}-{i}", Entity(f"p{day}-{i}", f"P {i}"), HistoricalDate(1900 + i, 8, day))
        for i in range(count)
    ]


def test_a_lost_day_is_refused(target):
    """A day that would have none of a kind any more is refused, and named."""
    build(target, [*births(30), event("1", august(1940), "One")])
    before = target.read_bytes()

    with pytest.raises(LossError, match="08-20: the only event") as caught:
        build(target, births(30))
    assert caught.value.losses == ("08-20: the only event",)
    assert "allow" in str(caught.value)
    assert target.read_bytes() == before


def test_many_lost_entries_of_a_day_are_refused(target):
    """A day that would lose more than a third is refused, with the numbers."""
    build(target, [*births(30, 20), *(entry for day in range(1, 20) for entry in births(30, day))])

    with pytest.raises(LossError, match="08-20: 11 of 30 births"):
        build(target, [*births(19, 20), *(e for day in range(1, 20) for e in births(30, day))])


def test_many_lost_entries_over_all_are_refused(target):
    """A kind that would lose more than a twentieth is refused, though no day loses many."""
    build(target, [entry for day in range(1, 29) for entry in births(40, day)])

    with pytest.raises(LossError, match="over all days: 84 of 1,120 births"):
        build(target, [entry for day in range(1, 29) for entry in births(37, day)])


def test_a_small_loss_passes(target):
    """Sources are revised: a few entries may go."""
    build(target, births(30))
    build(target, births(21))

    with Almanac.open(target) as almanac:
        assert almanac.count(august(1).month_day) == 21


def test_a_loss_may_be_meant(target):
    """What is allowed is done."""
    build(target, births(30))
    build(target, [event("1", august(1940), "One")], allow_loss=True)

    with Almanac.open(target) as almanac:
        assert [entry.id for entry in almanac.entries()] == ["1"]


def test_hidden_entries_are_no_gain(target):
    """Entries that are now hidden are lost to the reader."""
    build(target, births(30))
    hidden = [born(entry.id, entry.subject, entry.date, flags=("hidden",)) for entry in births(30)]

    with pytest.raises(LossError, match="08-20: all 30 births"):
        build(target, hidden)


def test_hidden_entries_may_go(target):
    """What nobody was shown may go."""
    build(target, ENTRIES)

    build(target, ENTRIES[:-1])


def test_an_empty_import_is_refused(target):
    """An import of nothing is the worst of them; a long list is cut short."""
    build(target, many(3000))

    with pytest.raises(LossError, match=r"and [0-9]+ more") as caught:
        build(target, [])
    assert len(caught.value.losses) > 366
    assert len(str(caught.value)) < 1000


def test_gains_pass(target):
    """More is always welcome."""
    build(target, births(3))
    build(target, [*births(300), *many(100)])


@pytest.mark.parametrize("content", [b"", b"hello", b"SQLite format 3\0" + bytes(5000)])
@pytest.mark.parametrize("allow_loss", [False, True])
def test_a_foreign_file_is_never_replaced(target, content, allow_loss):
    """A file that is no almanac stays, whatever is allowed."""
    target.write_bytes(content)

    with pytest.raises(AlmanacError, match="no almanac"):
        build(target, ENTRIES, allow_loss=allow_loss)
    assert target.read_bytes() == content


def test_a_damaged_almanac_is_replaced_only_if_allowed(target):
    """What can't be counted may hold anything."""
    build(target, ENTRIES)
    target.write_bytes(target.read_bytes()[:20_000])

    with pytest.raises(AlmanacError, match=r"can't tell what would be lost: .* damaged"):
        build(target, ENTRIES)
    build(target, ENTRIES, allow_loss=True)


def of_schema(target, schema):
    """Say in an almanac that it has another schema."""
    data = bytearray(target.read_bytes())
    data[60:64] = schema.to_bytes(4)
    target.write_bytes(data)


def test_an_older_almanac_is_replaced_unless_facts_are_lost(target):
    """Who has upgraded builds anew, and the gate stands open for no less than there was."""
    build(target, births(30))
    of_schema(target, SCHEMA - 1)

    with pytest.raises(LossError, match="08-20: all 30 births"):
        build(target, births(30, day=21))
    build(target, births(30))
    with Almanac.open(target) as almanac:
        assert sum(almanac.info.entries.values()) == 30


def test_a_newer_almanac_is_replaced_only_if_allowed(target):
    """An almanac of a later Hodie is not overwritten by accident."""
    build(target, ENTRIES)
    of_schema(target, 99)

    with pytest.raises(AlmanacError, match=re.escape("schema 99")):
        build(target, ENTRIES)
    build(target, [born("1", TROTSKY, august(1879))], allow_loss=True)
