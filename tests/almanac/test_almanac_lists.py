"""Lists in outline: the same entries in the same order, without the rest of them."""

from __future__ import annotations

from collections import defaultdict

import pytest
from almanac_samples import ENTRIES

from hodie.almanac import PAGE, Almanac, Entry, Kind, Outline, outline_of
from hodie.almanac.model import civil_date
from hodie.dates import HistoricalDate, MonthDay

KINDS = (None, *Kind)
DAYS = sorted({entry.day for entry in ENTRIES if entry.day} | {MonthDay(8, 20)}, key=str)


def outlined(outlines: list[Outline], entries: list[Entry]) -> bool:
    """Tell whether outlines are those of entries, one by one."""
    numbers = [outline.number for outline in outlines]
    return outlines == list(map(outline_of, numbers, entries)) and len(set(numbers)) == len(numbers)


def year_in_file(entry: Entry) -> int | None:
    """The year under which the file has an entry: on its day, by its own calendar else."""
    date = civil_date(entry.date, entry.day)
    return None if date is None else date.year


@pytest.fixture(params=["everything", "thousands"])
def almanac(request: pytest.FixtureRequest) -> Almanac:
    found: Almanac = request.getfixturevalue(request.param)
    return found


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("order", ["weight", "year", "-year"])
@pytest.mark.parametrize(("limit", "offset"), [(1, 0), (20, 0), (PAGE, 3), (700, 0), (30, 40)])
def test_days_in_outline(almanac, kind, order, limit, offset):
    """A part of a day in outline has what that part of the day has."""
    for day in DAYS:
        asked = {"limit": limit, "offset": offset, "order": order}
        outlines = almanac.lists.day(day, kind, **asked)

        assert outlined(outlines, almanac.day(day, kind, **asked))
        assert almanac.lists.entries(outlines) == almanac.day(day, kind, **asked)


@pytest.mark.parametrize("limit", [1, 2, 5, 1000])
def test_dates_in_outline(almanac, limit):
    """The heaviest of a date are those with which the date begins, Old Style or not."""
    dates = {entry.date for entry in ENTRIES if entry.date and entry.date.day and entry.day}
    solar = [HistoricalDate(date.year, date.month, date.day) for date in dates if date.month_day]

    assert len(solar) > 3
    for date in solar:
        assert outlined(almanac.lists.date(date, limit=limit), almanac.date(date)[:limit])


def test_the_october_revolution_is_found_by_both_days(make):
    """An entry that has moved is among the outlines of either date, behind those of its weight."""
    from hodie.dates import Calendar

    old = HistoricalDate(1917, 10, 25, Calendar.JULIAN)
    moved = Entry("e:moved", Kind.EVENT, date=old, day=MonthDay(11, 7), title="A", weight=0.5)
    plain = HistoricalDate(1917, 10, 25)
    other = Entry("e:plain", Kind.EVENT, date=plain, day=MonthDay(10, 25), title="B", weight=0.5)
    almanac = make([moved, other])

    assert almanac.lists.entries(almanac.lists.date(plain, limit=9)) == [other, moved]
    assert almanac.lists.entries(almanac.lists.date(plain, limit=1)) == [other]
    assert [outline.year for outline in almanac.lists.date(plain, limit=9)] == [1917, 1917]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("order", ["weight", "date"])
@pytest.mark.parametrize(("limit", "offset"), [(1, 0), (20, 5), (200, 0), (150, 90)])
def test_years_in_outline(almanac, kind, order, limit, offset):
    """A part of a year in outline has what that part of the year has; asked twice, too."""
    for year, count in almanac.years()[:30]:
        asked = {"kind": kind, "limit": limit, "offset": offset, "order": order}
        expected = almanac.year(year, **asked)

        assert outlined(almanac.lists.year(year, **asked), expected)
        assert outlined(almanac.lists.year(year, **asked), expected)
        assert kind or almanac.lists.count_of_year(year) == count


@pytest.mark.parametrize("kind", KINDS)
def test_the_best_of_a_year_are_those_of_its_entries(almanac, kind):
    """What stands ready for a year is what all entries of that year give, put in order."""
    years = {year for year, _ in almanac.years()}
    all_of = defaultdict(list)
    for entry in almanac.entries():
        if kind in (None, entry.kind) and (year := year_in_file(entry)) in years:
            all_of[year].append(entry)

    assert years
    for year in years:
        found = almanac.year(year, kind=kind, limit=100)
        # Entries come in the order of their numbers, which decides between equals.
        assert found == sorted(all_of[year], key=lambda entry: -entry.weight)[:100]
        assert almanac.lists.count_of_year(year, kind) == len(all_of[year])


def test_the_heaviest_of_a_year_come_first(thousands):
    """A year's parts, put together, are all of it by weight."""
    year, count = max(thousands.years(), key=lambda pair: pair[1])
    parts = [thousands.lists.year(year, limit=7, offset=n) for n in range(0, count, 7)]
    weights = [outline.weight for part in parts for outline in part]

    assert len(weights) == count
    assert weights == sorted(weights, reverse=True)


def test_a_life_in_outline(everything):
    """The entries of an entity by number are its entries, in the order of time."""
    for entity in everything.entities(hidden=True):
        numbers = everything.lists.about(entity.id)

        assert numbers is not None
        assert outlined(everything.lists.numbered(numbers), everything.about(entity.id))
    assert everything.lists.about("nobody") is None


@pytest.mark.parametrize("kind", KINDS)
def test_entries_of_a_page(almanac, kind):
    """Out of the page of a day come the entries of any of its outlines."""
    for day in DAYS:
        if almanac.count(day, kind):
            outlines = almanac.lists.day(day, kind, limit=PAGE)[::-2]

            found = almanac.lists.of_page(day, kind, outlines)
            assert found == almanac.lists.entries(outlines)
            assert found == almanac.day(day, kind, limit=PAGE)[::-2]
