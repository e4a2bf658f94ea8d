"""Lists in outline: the same entries in the same order, without the rest of them."""

from __future__ import annotations

import pytest
from almanac_samples import ENTRIES

from hodie.almanac import PAGE, Almanac, Entry, Kind, Outline, outline_of
from hodie.dates import HistoricalDate, MonthDay

KINDS = (None, *Kind)
DAYS = sorted({entry.day for entry in ENTRIES if entry.day} | {MonthDay(8, 20)}, key=str)


def outlined(outlines: list[Outline], entries: list[Entry]) -> bool:
    """Tell whether outlines are those of entries, one by one."""
    numbers = [outline.number for outline in outlines]
    return outlines == list(map(outline_of, numbers, entries)) and len(set(numbers)) == len(numbers)


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
def test_the_page_of_a_day(almanac, kind):
    """The page has the heaviest of a day, each under its number."""
    for day in DAYS:
        page = almanac.lists.page(day, kind)

        assert list(page.values()) == almanac.day(day, kind, limit=PAGE)
        assert list(page) == [each.number for each in almanac.lists.day(day, kind, limit=PAGE)]
