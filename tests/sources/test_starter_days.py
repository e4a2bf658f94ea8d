"""Every day of the starter as a reader gets it: each entry that is shown says what happened."""

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from hodie.almanac import Entry, Kind
from hodie.cli.sheet import Setter
from hodie.dates import MonthDay
from hodie.press import Publication
from hodie.press.api.values import Speaker
from hodie.press.dialects.items import Writer
from hodie.press.texts import wording
from hodie.press.view import View
from hodie.selection import Lineup, choose

YEAR = 2026
SETTINGS = 'name = "Hodie"\ntime_zone = "UTC"\nbase_url = "https://hodie.example"\n'
# What no sentence, title or name has in it.
_BROKEN = re.compile(r"\bNone\b|\[\[|\]\]|  | [,;:.]( |$)|\(\)|^\W*$|^[\s,;]|[\s,;]$|\{|\}")
# A field of study, a list, a whole war or decade: no happening of one day.
_TOPIC = re.compile(
    r"^(?:Culture|Economy|History|List|Outline|Timeline) of\b|\b(?:insurgency|seasons)$"
    r"|\b(?:World War I+|Crusades|Revolutions of \d{4})$|^Ratification of (?:the )?United States C"
)
# One happening of some days, told by a line on one of them, needs no bare title on another.
_SAME_HAPPENING = 60


class Days:
    """The starter's entries by day, the weightiest first, as an almanac gives them."""

    def __init__(self, entries: list[Entry]) -> None:
        self._days: dict[tuple[MonthDay | None, Kind], list[Entry]] = defaultdict(list)
        for entry in entries:
            if not entry.hidden:
                self._days[entry.day, entry.kind].append(entry)
        for told in self._days.values():
            told.sort(key=lambda entry: (-entry.weight, entry.id))

    def day(self, day: MonthDay, kind: Kind | None = None, *, limit: int = 50) -> list[Entry]:
        assert kind is not None
        return self._days[day, kind][:limit]


@pytest.fixture(scope="module")
def lineups(starter: list[Entry]) -> list[Lineup]:
    """What each of the 366 days tells by default."""
    days = Days(starter)
    return [choose(days, day, YEAR) for day in MonthDay.all()]


@pytest.fixture(scope="module")
def shown(lineups: list[Lineup]) -> list[Entry]:
    """Every entry that some day's page shows."""
    return [entry for lineup in lineups for entry in entries_of(lineup)]


def entries_of(lineup: Lineup) -> Iterator[Entry]:
    front = (lineup.lead, *lineup.selected)
    for pick in (*front, *lineup.events, *lineup.births, *lineup.deaths, *lineup.holidays):
        if pick is not None:
            yield pick.entry


def is_life(entry: Entry) -> bool:
    return entry.kind in (Kind.BIRTH, Kind.DEATH)


class Desk:
    """As much of a layout as words need."""

    def __init__(self, publication: Publication) -> None:
        self.publication = publication

    def view(self, year: int) -> View:
        return View(self.publication, year)


class Voices(NamedTuple):
    """All who word an entry: pages, API, dialects, terminal and today.txt."""

    view: View
    speaker: Speaker
    writer: Writer
    setter: Setter

    def say(self, entry: Entry) -> Iterator[str]:
        yield self.view.headline(entry).striptags()
        yield self.view.linked(entry.line or entry.label, entry).striptags()
        if entry.subject is not None:
            yield self.view.entity_link(entry.subject).striptags()
        yield self.speaker.entry(entry).title
        yield self.writer.item(entry).text
        yield self.setter.line(entry).text
        yield wording(entry)


@pytest.fixture(scope="module")
def voices(tmp_path_factory: pytest.TempPathFactory) -> Voices:
    folder = tmp_path_factory.mktemp("voices")
    (folder / "hodie.toml").write_text(SETTINGS, "utf-8")
    publication = Publication.load(folder)
    desk = Desk(publication)
    speaker, setter = Speaker(publication, "en"), Setter("en", YEAR)
    return Voices(desk.view(YEAR), speaker, Writer(desk, "en"), setter)


def test_every_day_has_a_lead_with_a_line(lineups):
    """What stands largest on a page is a sentence of ours, on each of the 366 days."""
    assert len(lineups) == 366
    assert [lineup.day for lineup in lineups if not (lineup.lead and lineup.lead.entry.line)] == []


def test_what_is_picked_has_a_line(lineups):
    """So has nearly all that is picked beside it."""
    picks = [pick.entry for lineup in lineups for pick in lineup.selected]
    bare = [entry.id for entry in picks if not entry.line]

    assert len(bare) < 0.01 * len(picks)


def test_everything_shown_has_a_title_or_a_line(shown):
    """An event or a holiday has a title or a line, a birth or a death somebody's name."""
    nameless = [
        entry.id
        for entry in shown
        if not (
            entry.subject and entry.subject.name if is_life(entry) else entry.title or entry.line
        )
    ]

    assert nameless == []


def test_nothing_shown_is_worded_as_a_blank(shown, voices):
    """Pages, API, dialects, terminal and mail say something of each, and never "None"."""
    said = ((entry.id, text) for entry in shown for text in voices.say(entry))

    assert [(id_, text) for id_, text in said if _BROKEN.search(text)] == []


def test_no_bare_title_is_a_topic(starter):
    """A title without a line is the happening of its day, not what that belongs to."""
    bare = [entry for entry in starter if is_bare(entry)]

    assert [(entry.id, entry.title) for entry in bare if _TOPIC.search(entry.title)] == []


def test_a_happening_with_a_line_is_told_once(starter):
    """The title of an article that a line tells stands bare on no other day near it."""
    told = defaultdict(list)
    for entry in starter:
        if entry.kind is Kind.EVENT and entry.line and entry.title:
            told[entry.title].append(entry.date.julian_day)
    again = [
        (entry.id, entry.title)
        for entry in starter
        if is_bare(entry)
        and any(abs(entry.date.julian_day - day) < _SAME_HAPPENING for day in told[entry.title])
    ]

    assert again == []


def is_bare(entry: Entry) -> bool:
    return entry.kind is Kind.EVENT and not entry.hidden and not entry.line


def test_the_front_of_a_day_spans_time_and_space(lineups):
    """A lead and what is picked beside it come from three centuries on nine days in ten."""
    centuries = [
        {pick.entry.date.year // 100 for pick in (lineup.lead, *lineup.selected)}
        for lineup in lineups
    ]

    assert sum(len(each) >= 3 for each in centuries) > 0.9 * len(lineups)


def test_a_day_has_at_most_two_wars_in_front(lineups):
    """Battles, sieges and wars are no more than two of what a day picks."""
    wars = ("battle", "siege", "war")
    counts = {
        lineup.day: sum(p.entry.subkind in wars for p in (lineup.lead, *lineup.selected))
        for lineup in lineups
    }

    assert [day for day, count in counts.items() if count > 2] == []
