"""Properties of the smaller parts, for any input."""

import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as some
from wikidata_items import entity, line, statement, time
from wikidata_service import rdf_time

from hodie.dates import Calendar, HistoricalDate
from hodie.sources.wikidata.adoption import countries, julian_until
from hodie.sources.wikidata.asking import Term
from hodie.sources.wikidata.extraction import Extraction, Report, Settings
from hodie.sources.wikidata.facts import chosen
from hodie.sources.wikidata.items import Time
from hodie.sources.wikidata.lines import FIRST_CLASS, LineError, Reader, is_out, parse_time
from hodie.sources.wikidata.members import next_member
from hodie.sources.wikidata.names import Bits
from hodie.sources.wikidata.query import _time as time_of_answer
from hodie.sources.wikidata.rules import NONE, read_rules

RULES = read_rules()
REPORT = Report()
EXTRACTION = Extraction(Settings(), REPORT)
READER = Reader(RULES, ("en",))
TIMES = some.builds(
    Time, some.integers(-50, 2030), some.integers(1, 12), some.integers(1, 28)
) | some.builds(Time, some.integers(-50, 2030), precision=some.just(9))


def ignore(reason: str, place: str) -> None:
    """Hear a complaint."""


@given(
    some.integers(-4000, 3000).filter(bool),
    some.integers(1, 12),
    some.integers(1, 28),
    some.booleans(),
)
def test_the_service_and_the_dump_agree_on_any_day(year, month, day, julian):
    """What Wikibase's RDF makes of a day, the query's door turns back."""
    text = f"{'+' if year > 0 else '-'}{abs(year):04}-{month:02}-{day:02}"
    value = time(text, julian=julian)["value"]
    answer = {
        "time": Term("literal", rdf_time(value)),
        "precision": Term("literal", "11"),
        "calendar": Term("uri", value["calendarmodel"]),
    }
    assert time_of_answer(answer) == parse_time(value["time"], 11, julian)


@given(some.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data):
    """A line is an item, nothing, or an error that is counted."""
    with contextlib.suppress(LineError):
        READER.read(data, ignore)


JSON = some.recursive(
    some.none() | some.booleans() | some.integers() | some.text(max_size=5),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(max_size=8), inner),
)


@given(JSON, JSON, JSON)
def test_any_json_in_the_place_of_claims_is_read_or_counted(claims, value, statements):
    """Whatever stands where a claim, a value or statements should be."""
    odd = statement("P569", {"value": value, "type": "time"})
    made = entity(1, "A") | {"claims": {"P31": statements, "P569": [odd], "P19": claims}}
    rows: list = []
    before = REPORT.broken_lines
    EXTRACTION.take(line(made), ("dump", 0), rows)
    assert len(rows) + REPORT.broken_lines - before == 1


@given(some.lists(TIMES, max_size=6))
def test_choosing_dates_loses_only_what_another_says_better(times):
    """Every date that goes is the same as, or vaguer than, one that stays."""
    kept = chosen(times, "one")
    assert set(kept) <= set(times)
    assert all(any(stays.year == t.year for stays in kept) for t in times)
    assert chosen(list(reversed(times)), "one") == kept
    assert chosen(times, "first") == kept[:1]


@given(some.sets(some.integers(0, 200_000_000), max_size=20))
def test_bits_hold_what_was_added(numbers):
    """And nothing else."""
    bits = Bits()
    for number in numbers:
        bits.add(number)
    assert all(number in bits for number in numbers)
    assert all(number + 1 in numbers or number + 1 not in bits for number in numbers)


def test_words_in_a_text_never_leave_an_item_out():
    """The test on bytes finds a class, not a description that looks like one."""
    words = FIRST_CLASS.decode() + "13442814,"
    written = json.dumps({"id": "Q1", "labels": {"en": {"language": "en", "value": words}}})
    raw = written.encode()
    assert not is_out(raw, 0, len(raw), RULES.out_classes)


def test_three_bytes_do_not_make_a_member(tmp_path):
    """What begins like a gzip member and is none is passed over."""
    file = tmp_path / "x.gz"
    file.write_bytes(b"\x1f\x8b\x08\x00" + bytes(range(256)) * 40)
    with file.open("rb") as opened:
        assert next_member(opened, 0) is None


def test_every_class_and_kind_in_the_table_is_known():
    """Rules name kinds that there are; no class is both of a kind and left out."""
    kinds = {*RULES.kinds, NONE}
    assert all(rule.of | rule.not_ <= kinds for rule in RULES.rules)
    assert not RULES.out_classes & RULES.kind_of_class.keys()
    assert all(rule.title for rule in RULES.rules if rule.kind == "event")


@pytest.mark.parametrize("country", countries(), ids=lambda country: country.name)
def test_the_calendars_change_on_days_that_there_were(country):
    """Each last Julian day is one, with a source, from 1582 to 1923."""
    last = HistoricalDate.parse(country.until, Calendar.JULIAN)
    assert 1582 <= last.year <= 1923
    assert country.source
    assert julian_until([int(country.items[0][1:])], []) == last


def test_each_country_changed_on_one_day():
    """No item stands in two rows, each row has its source, and each `until` is a Julian day."""
    items = [item for country in countries() for item in country.items]

    assert len(items) == len(set(items))
    assert "Q209857" not in items  # Lombardy-Venetia, which was once taken for Greece
    for country in countries():
        assert HistoricalDate.parse(country.until, Calendar.JULIAN).day
        assert country.source.startswith("[")


@pytest.mark.parametrize(
    ("item", "until"),
    [
        (41, "1923-02-15"),  # Greece
        (209065, "1923-02-15"),  # the Kingdom of Greece
        (15102440, "1919-01-14"),  # the Kingdom of Serbs, Croats and Slovenes
        (684030, "1919-01-14"),  # the Principality of Serbia
        (2305208, "1918-01-31"),  # Soviet Russia
        (214, "1587-10-21"),  # Slovakia
        (244, "1752-09-02"),  # Barbados
        (209857, None),  # Lombardy-Venetia
        (17, None),  # Japan never had the Julian calendar
    ],
)
def test_countries_of_then_changed_with_those_of_today(item, until):
    """A place that Wikidata gives to a former country is dated by that one."""
    found = julian_until([item], [])

    assert (found and found.edtf) == until
