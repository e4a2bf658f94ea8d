"""A year laid out."""

import datetime

import pytest

from hodie.almanac import Entity, Kind, Participant
from hodie.dates import MonthDay
from hodie.selection import Policy
from hodie.selection.planning import centenaries, plan_year


class Years:
    """A shelf that also knows its entries by year."""

    def __init__(self, shelf):
        self.day = shelf.day
        self._entries = shelf.entries

    def year(self, year, *, limit=50):
        return [entry for entry in self._entries if entry.date.year == year][:limit]


@pytest.mark.parametrize(("year", "days"), [(2026, 2), (2028, 3)])
def test_every_day_that_has_an_event_gets_a_lead(shelf, event, year, days):
    """29 February is a day of leap years only."""
    dates = (MonthDay(2, 28), MonthDay(2, 29), MonthDay(12, 31))
    planned = list(plan_year(shelf(*(event(1904, day=day) for day in dates)), year, Policy()))

    assert len(planned) == days
    assert planned[-1].date == datetime.date(year, 12, 31)
    assert planned[0].years == year - 1904


def test_nobody_leads_twice(shelf, event):
    """Who leads in May gives way in August."""
    trotsky = Entity("leon-trotsky", "Leon Trotsky", weight=0.5)
    may = event(1940, 0.9, day=MonthDay(5, 24), people=[trotsky])
    august, other = event(1940, 0.9, people=[trotsky]), event(1858, 0.6)
    planned = list(plan_year(shelf(may, august, other), 2027, Policy()))

    assert [one.pick.entry for one in planned] == [may, other]


def test_the_best_story_of_somebody_leads(shelf, event):
    """A trifle in May does not keep the deed of August from its day."""
    trotsky = Entity("leon-trotsky", "Leon Trotsky", weight=0.5)
    trifle, other = (
        event(y, 0.5, day=MonthDay(5, 24), people=p) for y, p in ((1940, [trotsky]), (1858, []))
    )
    deed = event(1940, 0.9, people=[trotsky], subkind="discovery")
    planned = list(plan_year(shelf(trifle, other, deed), 2027, Policy()))

    assert [one.pick.entry for one in planned] == [other, deed]


def test_a_household_name_leads_once(shelf, event):
    """Two stories of one ship do not both lead."""
    ships = [
        Participant(Entity(f"s{n}", name), "topic")
        for n, name in enumerate(("RMS Titanic", "Titanic II"))
    ]
    april = event(1912, 0.9, day=MonthDay(4, 15), participants=(ships[0],))
    august, other = event(1985, participants=(ships[1],)), event(1858)
    planned = list(plan_year(shelf(april, august, other), 2027, Policy()))

    assert [one.pick.entry for one in planned] == [april, other]


def test_the_last_day_of_time_has_a_lead(shelf, event):
    """The days around the end of the calendar are as far as it goes."""
    planned = list(plan_year(shelf(event(1900, day=MonthDay(12, 31))), 9999, Policy()))

    assert [one.date for one in planned] == [datetime.date.max]


def test_a_week_is_not_of_one_subject(shelf, event):
    """After battles something else is told, if it is nearly as good."""
    days = [MonthDay(3, n) for n in range(1, 5)]
    battles = [event(1800 + n, 0.6, day=day, subkind="trial") for n, day in enumerate(days)]
    treaty = event(1850, 0.55, day=days[-1], subkind="discovery")
    planned = list(plan_year(shelf(*battles, treaty), 2027, Policy()))

    assert planned[-1].pick.entry == treaty


def test_the_plan_keeps_what_is_planned(shelf, event):
    """A line of ran.csv for that year stays."""
    least, best = event(1900, 0.1), event(1901, 0.9)
    [one] = plan_year(shelf(least, best), 2027, Policy(ran={least.id: (2027,)}))

    assert one.pick.entry == least


def test_scores_add_up(shelf, event):
    """A planned pick says why like any other."""
    for one in plan_year(shelf(event(1901, 0.9), event(1801, 0.8)), 2027, Policy()):
        assert one.pick.score == pytest.approx(sum(r.value for r in one.pick.reasons))


def test_centenaries(shelf, event):
    """Whole centuries, by day; neither other years nor what asks for tact."""
    almanac = Years(
        shelf(
            event(1927, day=MonthDay(5, 21)),
            event(1827, day=MonthDay(3, 26), kind=Kind.DEATH),
            event(1977),
            event(1727, flags=("sensitive",)),
        )
    )

    assert [(entry.date.year, years) for entry, years in centenaries(almanac, 2027, Policy())] == [
        (1827, 200),
        (1927, 100),
    ]


def test_centenaries_are_events_and_lives_in_turn(shelf, event):
    """Lives do not crowd out what was done."""
    lives = [event(1927, 0.9, kind=Kind.BIRTH, number=n) for n in range(9)]
    almanac = Years(shelf(*lives, event(1927, 0.1)))
    kinds = [entry.kind for entry, _ in centenaries(almanac, 2027, Policy(), limit=2)]

    assert sorted(kinds) == ["birth", "event"]
