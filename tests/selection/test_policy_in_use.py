"""What a publication's policy leaves out, keeps from leading, or plans."""

import pytest

from hodie.almanac import Entity, Kind
from hodie.dates import MonthDay
from hodie.selection import Exclusion, Policy, RanError, choose, read_ran
from hodie.selection.doubles import same_happening

DAY = MonthDay(8, 20)


def told(lineup):
    """Every event of a lineup, by id."""
    picks = [lineup.lead, *lineup.selected, *lineup.events] if lineup.lead else []
    return {pick.entry.id for pick in picks}


@pytest.mark.parametrize(
    "exclude",
    [
        Exclusion(ids=("e:1",)),
        Exclusion(kinds=("battle",)),
        Exclusion(words=("cricket",)),
        Exclusion(words=("w. g. grace",)),
        Exclusion(flags=("date-disputed",)),
    ],
)
def test_what_is_excluded_is_never_told(shelf, event, exclude):
    """By id, kind, word of the title, name, or flag."""
    grace = Entity("grace", "W. G. Grace")
    out = event(
        1880, 0.9, id="e:1", subkind="battle", title="Cricket at The Oval", people=[grace],
        flags=("date-disputed",),
    )  # fmt: skip
    lineup = choose(shelf(out, event(1900, id="e:2")), DAY, 2026, Policy(exclude=exclude))

    assert told(lineup) == {"e:2"}


def test_words_are_whole(shelf, event):
    """Whoever wants no war may still read of an award."""
    award = event(1900, title="First Academy Awards")
    lineup = choose(shelf(award), DAY, 2026, Policy(exclude=Exclusion(words=("war",))))

    assert told(lineup) == {award.id}


def test_kinds_of_entries_may_be_excluded(shelf, event):
    """A publication may do without deaths."""
    almanac = shelf(event(1900, kind=Kind.DEATH), event(1901, kind=Kind.BIRTH))
    lineup = choose(almanac, DAY, 2026, Policy(exclude=Exclusion(kinds=("death",))))

    assert lineup.deaths == ()
    assert len(lineup.births) == 1


@pytest.mark.parametrize(
    ("sensitivity", "leads", "is_told"),
    [("shown", True, True), ("not-lead", False, True), ("hidden", False, False)],
)
def test_sensitivity(shelf, event, sensitivity, leads, is_told):
    """What asks for tact is told like the rest, not first, or not at all."""
    grief = event(2000, 1, flags=("sensitive",), line="A line.")
    lineup = choose(shelf(grief, event(1900, 0.1)), DAY, 2026, Policy(sensitivity=sensitivity))

    assert (lineup.lead.entry == grief) is leads
    assert (grief.id in told(lineup)) is is_told


@pytest.mark.parametrize("kind", ["massacre", "attack"])
def test_massacres_never_lead(shelf, event, kind):
    """However long ago, while there is anything else."""
    old = event(1190, 1, flags=("sensitive",), subkind=kind, line="A line.")

    assert choose(shelf(old, event(1900, 0.1)), DAY, 2026).lead.entry != old
    assert choose(shelf(old), DAY, 2026).lead.entry == old


@pytest.mark.parametrize(
    ("ran", "first"), [((2023,), 1901), ((2021,), 1900), ((2026,), 1900), ((2029,), 1901)]
)
def test_nothing_leads_again_too_soon(shelf, event, ran, first):
    """Within five years, before or after, another leads; what is planned for the year leads."""
    best, other = event(1900, 0.9), event(1901, 0.5)
    lineup = choose(shelf(best, other), DAY, 2026, Policy(ran={best.id: ran}))

    assert lineup.lead.entry.date.year == first


def test_what_is_planned_leads(shelf, event):
    """Even the least of a day."""
    least = event(1901, 0.1)
    others = [event(1902 + n, 0.9) for n in range(40)]
    lineup = choose(shelf(least, *others), DAY, 2026, Policy(ran={least.id: (2026,)}))

    assert lineup.lead.entry == least


def test_ran_is_read(tmp_path):
    """The years by entry, whatever other columns there are."""
    file = tmp_path / "ran.csv"
    file.write_text("date,text,entry\n2025-08-20,A,e:1\n2026-08-20,B,e:2\n2027-08-20,A,e:1\n")

    assert read_ran(file) == {"e:1": (2025, 2027), "e:2": (2026,)}
    assert read_ran(tmp_path / "none.csv") == {}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("day,entry\n", "ran.csv:1: no column 'date'"),
        ("", "ran.csv:1: no column 'date'"),
        ("date,entry\n20 August,e:1\n", "ran.csv:2: '20 August' is no date"),
        ("date,entry\n2026-08-20\n", "ran.csv:2: no entry stands beside 2026-08-20"),
    ],
)
def test_what_is_wrong_in_ran_is_said(tmp_path, text, said):
    """With file and line."""
    (tmp_path / "ran.csv").write_text(text)
    with pytest.raises(RanError) as caught:
        read_ran(tmp_path / "ran.csv")

    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Battle of Ankara", "Ankara, Battle of", True),
        ("Battle of Ankara", "Battle of Lima", False),
        ("Launch of Voyager 2", "Voyager 2", True),
        ("Independence of Estonia", "Independence of Latvia", False),
        ("", "", False),
    ],
)
def test_titles_of_one_happening(event, one, other, same):
    """Most of the words that tell are shared."""
    assert same_happening(event(1900, title=one), event(1900, title=other, number=1)) is same


def test_a_happening_is_told_once(shelf, event):
    """Of two entries about it the better one is."""
    lineup = choose(
        shelf(
            event(1977, 0.6, title="Launch of Voyager 2"),
            event(1977, 0.5, title="Voyager 2", number=1),
            event(1978, 0.5, title="Voyager 2", number=2),
        ),
        DAY,
        2026,
    )

    assert len(told(lineup)) == 2


def test_dull_titles_wait(shelf, event):
    """A title that is but a date tells nothing; a line helps."""
    dull = event(1650, 0.6, title="Action of 23 November 1650")
    told_well = event(1650, 0.6, title="Action of 23 November 1650", line="Ships fight.")
    other = event(1660, 0.5, title="Charles II returns")

    assert choose(shelf(dull, other), DAY, 2027).lead.entry == other
    assert choose(shelf(told_well, other), DAY, 2027).lead.entry == told_well
