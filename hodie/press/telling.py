"""What a day tells first: a story that runs, or the lead of its picks, and what stands beside."""

import datetime

from msgspec import Struct
from msgspec.structs import replace

from hodie.almanac import Entry
from hodie.dates import MonthDay
from hodie.press.layout import Layout
from hodie.press.story import Story
from hodie.selection import Lineup, Pick


class Telling(Struct, frozen=True):
    """A day as one year's readers are told it; what the story tells is in no pick."""

    day: MonthDay
    story: Story | None
    lineup: Lineup

    @property
    def picks(self) -> list[Pick]:
        """The lead and the picks beside it, in order."""
        lineup = self.lineup
        return [pick for pick in (lineup.lead, *lineup.selected) if pick is not None]

    @property
    def entries(self) -> list[Entry]:
        """What the picks are of."""
        return [pick.entry for pick in self.picks]


def tell(layout: Layout, day: MonthDay, today: datetime.date) -> Telling:
    """Choose what a day tells in the year of `today`: stories that have run, then picks."""
    publication = layout.publication
    told = layout.among_shown(layout.stories.on(day, today.year, publication.leap_day), today)
    story = told[0] if told else None
    return Telling(day, story, _beside(layout.lineup(day, today.year), story))


def _beside(lineup: Lineup, story: Story | None) -> Lineup:
    """Leave out of a day's picks what the story above them tells already."""
    if story is None:
        return lineup
    all_picks = [pick for pick in (lineup.lead, *lineup.selected) if pick is not None]
    picks = [pick for pick in all_picks if pick.entry.id not in story.entries]
    return replace(lineup, lead=picks[0] if picks else None, selected=tuple(picks[1:]))
