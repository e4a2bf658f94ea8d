"""Which entries a day tells, and in what order."""

import random

import pytest

from hodie.almanac import Entity, Kind
from hodie.dates import MonthDay
from hodie.selection import Policy, choose

DAY = MonthDay(8, 20)
PLAIN = Policy(
    variety_century=0, variety_region=0, variety_subject=0, kinds={}, eras={}, regions={}
)


def years(picks):
    return [pick.entry.date.year for pick in picks]


def front(lineup):
    return [lineup.lead, *lineup.selected] if lineup.lead else []


def test_the_weightiest_leads(shelf, event):
    """Without anything else to tell them apart, weight decides."""
    lineup = choose(shelf(event(1803, 0.3), event(1801, 0.9), event(1802, 0.6)), DAY, 2026, PLAIN)

    assert years(front(lineup)) == [1801, 1802, 1803]


def test_selected_are_five_beside_the_lead(shelf, event):
    """The lead is not among the selected; what is left is told in order of year."""
    events = [event(1700 + n, 0.9 - n / 100) for n in (3, 1, 4, 5, 9, 2, 6, 8)]
    lineup = choose(shelf(*events), DAY, 2026, PLAIN)

    assert years([lineup.lead]) == [1701]
    assert years(lineup.selected) == [1702, 1703, 1704, 1705, 1706]
    assert years(lineup.events) == [1708, 1709]


def test_counts_are_the_policys(shelf, event):
    """Every list is as long as the policy says at most."""
    almanac = shelf(
        *(event(1700 + n) for n in range(30)),
        *(event(1800 + n, kind=Kind.BIRTH) for n in range(30)),
        *(event(1900 + n, kind=Kind.DEATH) for n in range(30)),
        *(event(1, kind=Kind.HOLIDAY, number=n, date=None) for n in range(30)),
    )
    policy = Policy(selected=2, events=3, births=4, deaths=5, holidays=6)
    lineup = choose(almanac, DAY, 2026, policy)

    lists = (lineup.selected, lineup.events, lineup.births, lineup.deaths, lineup.holidays)
    assert [len(picks) for picks in lists] == [2, 3, 4, 5, 6]


def test_counts_may_be_zero(shelf, event):
    """A publication may do without any list, but not without a lead."""
    policy = Policy(selected=0, events=0, births=0, deaths=0, holidays=0)
    lineup = choose(
        shelf(event(1801), event(1802), event(1803, kind=Kind.BIRTH)), DAY, 2026, policy
    )

    assert lineup.lead is not None
    assert lineup.selected == lineup.events == lineup.births == ()


def test_an_empty_day_has_no_lead(shelf):
    """Nothing is chosen from nothing."""
    lineup = choose(shelf(), DAY, 2026)

    assert lineup.lead is None
    assert lineup.selected == lineup.events == lineup.births == lineup.holidays == ()


@pytest.mark.parametrize(
    ("year", "first"),
    [(2026, 1776), (2001, 1801), (1850, 1801), (2010, 1801)],
)
def test_round_anniversaries_count(shelf, event, year, first):
    """250 years are worth more than a little weight; 234 are not."""
    lineup = choose(shelf(event(1776, 0.5), event(1801, 0.52)), DAY, year, PLAIN)

    assert lineup.lead.entry.date.year == first


def test_a_century_outdoes_a_decade(shelf, event):
    """Of two round numbers the rounder wins."""
    lineup = choose(shelf(event(1926, 0.5), event(1976, 0.52), event(1996, 0.54)), DAY, 2026, PLAIN)

    assert years(front(lineup)) == [1926, 1976, 1996]


def test_the_year_changes_the_choice_and_nothing_else(shelf, event):
    """The same day of another year is another lineup of the same entries."""
    almanac = shelf(*(event(1700 + 7 * n, 0.5) for n in range(40)))
    now, later = (choose(almanac, DAY, year) for year in (2026, 2027))

    assert {p.entry.id for p in (*front(now), *now.events)} == {
        p.entry.id for p in (*front(later), *later.events)
    }
    assert years(front(now)) != years(front(later))


def test_no_more_than_two_wars(shelf, event):
    """However weighty, a third battle waits below."""
    battles = [event(1700 + n, 0.9, subkind="battle", number=n) for n in range(6)]
    lineup = choose(shelf(*battles, event(1850, 0.2), event(1860, 0.2)), DAY, 2026)

    assert sum(pick.entry.subkind == "battle" for pick in front(lineup)) == 2
    assert len(lineup.selected) == 3


def test_no_more_than_two_sensitive(shelf, event):
    """A day is not all grief."""
    sad = [event(1700 + n, 0.9, flags=("sensitive",)) for n in range(5)]
    lineup = choose(shelf(*sad, event(1850, 0.2)), DAY, 2026)

    assert sum("sensitive" in pick.entry.flags for pick in front(lineup)) == 2


def test_a_recent_grief_does_not_lead(shelf, event):
    """What asks for tact leads only when it is long ago, or far weightier."""
    grief = event(1985, 0.6, flags=("sensitive",))
    old = event(1685, 0.6, flags=("sensitive",))
    other = event(1850, 0.5)

    assert choose(shelf(grief, other), DAY, 2026, PLAIN).lead.entry == other
    assert choose(shelf(old, other), DAY, 2026, PLAIN).lead.entry == old


def test_another_century_is_welcome(shelf, event):
    """Beside three of one century a little lighter one of another is chosen."""
    modern = [event(1910 + n, 0.6 - n / 1000) for n in range(6)]
    lineup = choose(shelf(*modern, event(1200, 0.56)), DAY, 2027, Policy(selected=2, eras={}))

    assert 1200 in years(front(lineup))


def test_another_region_is_welcome(shelf, event):
    """Beside Europe, a little lighter, comes Asia."""
    europe = [event(1910 + n, 0.6 - n / 1000, places=["France"]) for n in range(6)]
    asia = event(1918, 0.56, places=["China"])
    lineup = choose(shelf(*europe, asia), DAY, 2027, Policy(selected=2, regions={}))

    assert asia in [pick.entry for pick in front(lineup)]


def test_another_subject_is_welcome(shelf, event):
    """Beside treaties comes science."""
    treaties = [event(1910 + n, 0.6 - n / 1000, subkind="treaty") for n in range(6)]
    science = event(1918, 0.3, subkind="discovery")
    lineup = choose(shelf(*treaties, science), DAY, 2027, Policy(selected=2))

    assert science in [pick.entry for pick in front(lineup)]


def test_nobody_is_told_twice(shelf, event):
    """A second entry about one person gives way to another's."""
    trotsky = Entity("leon-trotsky", "Leon Trotsky", weight=0.5)
    exile, death = (event(year, 0.6, people=[trotsky]) for year in (1929, 1940))
    lineup = choose(shelf(exile, death, event(1935, 0.45)), DAY, 2027, Policy(selected=1))

    assert years(front(lineup)).count(1929) + years(front(lineup)).count(1940) == 1


def test_lines_are_preferred(shelf, event):
    """What we can tell in a sentence of our own comes before what we can only name."""
    told = event(1801, 0.4, line="Giuseppe Piazzi finds Ceres.")

    assert choose(shelf(told, event(1802, 0.5)), DAY, 2026, PLAIN).lead.entry == told


def test_more_sources_are_preferred(shelf, event):
    """What three sources name is better known than what one does."""
    backed = event(1801, 0.5, sources=3)

    assert choose(shelf(event(1802, 0.55), backed), DAY, 2026, PLAIN).lead.entry == backed


def test_people_are_told_in_order_of_year(shelf, event):
    """Births and deaths run down the centuries."""
    births = [event(year, year / 4000, kind=Kind.BIRTH) for year in (1901, 1400, 1780, -43)]
    lineup = choose(shelf(*births), DAY, 2026)

    assert years(lineup.births) == [-43, 1400, 1780, 1901]


def test_people_are_of_several_centuries(shelf, event):
    """Among equals one of another century is remembered first."""
    modern = [event(1901 + n, 0.5, kind=Kind.BIRTH) for n in range(5)]
    lineup = choose(shelf(*modern, event(1400, 0.48, kind=Kind.BIRTH)), DAY, 2027, Policy(births=3))

    assert 1400 in years(lineup.births)


def test_people_are_of_several_fields(shelf, event):
    """Among politicians there is room for a poet."""
    politicians = [
        event(
            1901 + n,
            0.5 - n / 1000,
            kind=Kind.BIRTH,
            subject=Entity(f"p{n}", "P", description="French politician"),
        )
        for n in range(5)
    ]
    poet = event(
        1909, 0.45, kind=Kind.BIRTH, subject=Entity("poet", "Poet", description="French poet")
    )
    lineup = choose(shelf(*politicians, poet), DAY, 2027, Policy(births=2))

    assert poet in [pick.entry for pick in lineup.births]


def test_women_are_remembered(shelf, event):
    """Among equals in weight one whose description tells of a woman comes first."""
    men = [
        event(1901 + n, 0.5, kind=Kind.BIRTH, subject=Entity(f"p{n}", "P", description="actor"))
        for n in range(5)
    ]
    woman = event(
        1909, 0.45, kind=Kind.BIRTH, subject=Entity("w", "W", description="Danish actress")
    )
    lineup = choose(shelf(*men, woman), DAY, 2027, Policy(births=2))

    assert woman in [pick.entry for pick in lineup.births]


def test_holidays_are_told_by_weight(shelf, event):
    """What most countries keep comes first."""
    holidays = [
        event(1, weight, kind=Kind.HOLIDAY, number=n, date=None)
        for n, weight in enumerate((0.2, 0.9, 0.5))
    ]
    lineup = choose(shelf(*holidays), DAY, 2026)

    assert [pick.entry.weight for pick in lineup.holidays] == [0.9, 0.5, 0.2]


@pytest.mark.parametrize(
    ("year", "leap_day", "told"),
    [(2026, "february-28", True), (2026, "omit", False), (2028, "february-28", False)],
)
def test_29_february_is_told_on_the_28th(shelf, event, year, leap_day, told):
    """In common years the leap day's entries join the day before, if the publication wants it."""
    leap = event(1940, 0.9, day=MonthDay(2, 29))
    almanac = shelf(leap, event(1935, 0.5, day=MonthDay(2, 28)))
    lineup = choose(almanac, MonthDay(2, 28), year, PLAIN, leap_day=leap_day)

    assert (leap in [pick.entry for pick in front(lineup)]) is told


def test_29_february_has_a_page_in_every_year(shelf, event):
    """Asked for by its address, the leap day is told in common years too."""
    leap = event(1940, 0.9, day=MonthDay(2, 29))

    assert choose(shelf(leap), MonthDay(2, 29), 2026).lead.entry == leap


def test_the_order_of_the_almanac_does_not_matter(shelf, event):
    """The same entries give the same lineup, however they come."""
    events = [event(1500 + 13 * n, 0.5, number=n) for n in range(30)]
    lineups = []
    for seed in range(5):
        random.Random(seed).shuffle(events)
        lineups.append(choose(shelf(*events), DAY, 2026))

    assert all(lineup == lineups[0] for lineup in lineups)


def test_it_asks_for_no_more_than_it_looks_at(shelf, event):
    """An almanac of millions is not read for a day: each kind is asked for once."""
    almanac = shelf(event(1801))
    choose(almanac, DAY, 2026, Policy(candidates=77, births=10))

    limits = {kind: limit for _, kind, limit in almanac.asked}
    assert len(almanac.asked) == 4
    assert limits[Kind.EVENT] == 77
    assert limits[Kind.BIRTH] <= 50


def test_a_marked_story_leads(shelf, event):
    """What its writers would begin with goes before what weighs somewhat more, and says so."""
    marked = event(1903, 0.4, flags=("lead",))
    lead = choose(shelf(marked, event(1819, 0.6)), DAY, 2026).lead

    assert lead.entry == marked
    assert [reason.value for reason in lead.reasons if reason.feature == "lead_marked"] == [
        Policy().lead_marked
    ]


def test_a_mark_is_no_more_than_a_reason(shelf, event):
    """A marked story does not lead again and again, nor against a policy that sets it to 0."""
    marked, other = event(1903, 0.4, flags=("lead",)), event(1819, 0.6)
    again = Policy(ran={marked.id: (2025,)})

    for policy in (again, Policy(lead_marked=0.0)):
        assert choose(shelf(marked, other), DAY, 2026, policy).lead.entry == other
