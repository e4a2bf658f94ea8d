"""Every pick says why, in numbers that add up and in words."""

import pytest

from hodie.almanac import Entity, Entry, Kind
from hodie.dates import HistoricalDate, MonthDay
from hodie.selection import Pick, Policy, Reason, choose
from hodie.selection.sorts import century_of, century_words, field_of, region_of, subject_of

DAY = MonthDay(8, 20)


def test_scores_are_the_sums_of_their_reasons(shelf, event):
    """Nothing decides that is not said."""
    trotsky = Entity("leon-trotsky", "Leon Trotsky", weight=0.5)
    almanac = shelf(
        event(1940, 0.6, people=[trotsky], flags=("sensitive",), subkind="assassination"),
        event(1926, 0.5, subkind="discovery", places=["China"], flags=("title-made",)),
        event(1805, 0.4, subkind="battle", context=["War"], flags=("date-disputed",)),
        event(1776, 0.4, kind=Kind.BIRTH),
        event(1, 0.4, kind=Kind.HOLIDAY, date=None),
    )
    lineup = choose(almanac, DAY, 2026)

    picks = [lineup.lead, *lineup.selected, *lineup.events, *lineup.births, *lineup.holidays]
    for pick in picks:
        assert pick.score == pytest.approx(sum(reason.value for reason in pick.reasons))
        assert all(isinstance(reason, Reason) for reason in pick.reasons)


def test_every_feature_is_a_number_of_the_policy(shelf, event):
    """What a reason is named for can be set in hodie.toml."""
    almanac = shelf(
        *(event(1900 + n, 0.6, subkind="battle", sources=3, line="A line.") for n in range(5)),
        *(event(1950 + n, 0.6, kind=Kind.DEATH, flags=("calendar-doubtful",)) for n in range(5)),
    )
    lineup = choose(almanac, DAY, 2026)

    features = {
        reason.feature
        for pick in (lineup.lead, *lineup.selected, *lineup.events, *lineup.deaths)
        for reason in pick.reasons
    }
    assert all(hasattr(Policy(), feature.partition(".")[0]) for feature in features)


def test_the_sentence_of_an_example(event):
    """Merits come first, then what no other pick brings."""
    reasons = (
        Reason("weight", 0.5, "how much is linked to it"),
        Reason("century", 0.2, "the 100th anniversary"),
        Reason("title_made", -0.2, "a title that a template made"),
        Reason("variety_century", 0.1, "the only pick from the 12th century"),
    )

    assert Pick(event(1126), 0.6, reasons).why == (
        "Picked for how much is linked to it and the 100th anniversary, "
        "and as the only pick from the 12th century."
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "Picked to fill the day."),
        (("the 100th anniversary",), "Picked for the 100th anniversary."),
        (("the only pick about science",), "Picked as the only pick about science."),
        (
            ("the only pick about science", "the only pick from Oceania"),
            "Picked as the only pick about science and from Oceania.",
        ),
        (("",), "Picked to fill the day."),
    ],
)
def test_the_sentence_is_whole_whatever_there_is(event, words, said):
    """One reason, several, or none: it reads as English."""
    reasons = tuple(Reason("x", 0.5 - n / 10, each) for n, each in enumerate(words))

    assert Pick(event(1900), 0.5, reasons).why == said


def test_only_what_stayed_alone_is_called_the_only_pick(shelf, event):
    """If another of the same century follows, neither is the only one."""
    almanac = shelf(event(1901, 0.9), event(1902, 0.8), event(1201, 0.7))
    lineup = choose(almanac, DAY, 2027)
    whys = {pick.entry.date.year: pick.why for pick in (lineup.lead, *lineup.selected)}

    assert "the 13th century" in whys[1201]
    assert "century" not in whys[1901]
    assert "century" not in whys[1902]


def test_anniversaries_are_said(shelf, event):
    """A reader learns that it is a hundred years ago."""
    lineup = choose(shelf(event(1926)), DAY, 2026)

    assert "the 100th anniversary" in lineup.lead.why


def test_fame_is_said_by_name(shelf, event):
    """It is the person's fame, so the person is named."""
    trotsky = Entity("leon-trotsky", "Leon Trotsky", weight=0.6)
    lineup = choose(shelf(event(1941, 0.2, people=[trotsky])), DAY, 2026)

    assert "the fame of Leon Trotsky" in lineup.lead.why


def test_holidays_say_how_many_keep_them(shelf, event):
    """The weight of a holiday is the number of countries."""
    almanac = shelf(
        event(1, kind=Kind.HOLIDAY, date=None, countries=("FR", "DE")),
        event(1, 0.1, kind=Kind.HOLIDAY, date=None, countries=("FR",), number=1),
    )
    lineup = choose(almanac, DAY, 2026)

    assert [pick.why for pick in lineup.holidays] == [
        "Picked for being kept in 2 countries.",
        "Picked for being kept in one country.",
    ]


def test_people_are_not_things(shelf, event):
    """The words for a person differ from those for an event."""
    lineup = choose(shelf(event(1803, kind=Kind.BIRTH)), DAY, 2026)

    assert lineup.births[0].why == "Picked for how much is linked to the person."


@pytest.mark.parametrize(
    ("year", "century", "words"),
    [
        (1999, 19, "20th century"),
        (1900, 19, "20th century"),
        (1, 0, "1st century"),
        (0, -1, "1st century BC"),
        (-43, -1, "1st century BC"),
        (-99, -1, "1st century BC"),
        (-100, -2, "2nd century BC"),
    ],
)
def test_centuries_know_that_there_was_no_year_0(year, century, words):
    """44 BC is of the 1st century BC; the year 0 inside is 1 BC."""
    entry = Entry("e:1", Kind.EVENT, date=HistoricalDate(year, 3, 15))

    assert century_of(entry) == century
    assert century_words(century) == words


@pytest.mark.parametrize(
    ("places", "title", "region"),
    [
        (["New South Wales"], "Battle", "Oceania"),
        (["Sydney, Australia"], "Battle", "Oceania"),
        ([], "South African general election", "sub-Saharan Africa"),
        ([], "Battle of Nowhere", None),
        (["Mexico City"], "French something", "Latin America"),
        (["Soviet Union"], "Battle", "Eastern Europe"),
    ],
)
def test_regions_come_from_places_then_titles(event, places, title, region):
    """The longest name decides; what is not known has no region."""
    assert region_of(event(1900, places=places, title=title)) == region


def test_regions_come_from_people_last(event):
    """Where no place is named, a person's description may tell."""
    person = Entity("x", "X", description="Japanese author")

    assert region_of(event(1900, people=[person])) == "East and Southeast Asia"


@pytest.mark.parametrize(
    ("description", "field"),
    [
        ("American singer-songwriter and producer", "the arts"),
        ("German chess player and author", "sport"),
        ("Italian nun and saint", "religion"),
        ("", None),
        ("Something else", None),
    ],
)
def test_fields_come_from_the_first_trade(description, field):
    """A description names the trade first that somebody is known for."""
    assert field_of(Entity("x", "X", description=description or None)) == field


def test_subjects_come_from_kinds_then_people(event):
    """An event without a kind is of the field of whoever took part."""
    painter = Entity("x", "X", description="Dutch painter")

    assert subject_of(event(1900, subkind="siege", people=[painter])) == "war"
    assert subject_of(event(1900, people=[painter])) == "the arts"
    assert subject_of(event(1900)) is None
