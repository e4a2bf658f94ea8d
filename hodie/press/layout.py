"""What every page is made with: the publication's things, its words, and the templates."""

import datetime
import re
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache
from typing import Any

import jinja2

from hodie.almanac import Almanac, Entry, Kind
from hodie.dates import DateError, HistoricalDate, MonthDay
from hodie.press import assets
from hodie.press.archive import Archive
from hodie.press.page import Page
from hodie.press.publication import Publication
from hodie.press.story import Story
from hodie.press.view import View
from hodie.press.words import words
from hodie.press.written import Written
from hodie.selection import Lineup, choose
from hodie.selection.holidays import joined

HTML = "text/html; charset=utf-8"
DESCRIPTION_LENGTH = 200


_MOVING = re.compile(r"h:(\d{4})-(\d\d)-(\d\d):[0-9a-f]+", re.ASCII)


class Layout:
    """A publication laid out: what its pages are made from, none of which ever changes.

    `almanac` is open and stays so. Any number of threads may use one Layout.
    """

    def __init__(
        self, publication: Publication, almanac: Almanac, stories: Iterable[Story]
    ) -> None:
        self.publication, self.almanac = publication, almanac
        told = tuple(stories)
        self.stories = Archive(story for story in told if story.withdrawn is None)
        # They stand in no list: of each only a page is left, which says so.
        self.withdrawn = Archive(story for story in told if story.withdrawn is not None)
        self.words = words(publication.language)
        self.assets = {**assets.shipped(), "accent.css": _accent(publication)}
        # Whoever a story names has a page, however light.
        self.named = frozenset(id for story in self.stories for id in story.entities)
        self._shown = lru_cache(maxsize=64)(self._find_shown)
        # A day is told on its page, in embeds, feeds and cards.
        self.lineup = lru_cache(maxsize=400)(self._choose)
        self.written = Written()
        self.view = lru_cache(maxsize=8)(lambda year: View(publication, year, self.named))

    @cached_property
    def years(self) -> list[int]:
        """The years that have entries, in order."""
        return [year for year, _ in self.almanac.years()]

    @cached_property
    def version(self) -> str:
        """What names the facts: the almanac's digest."""
        return self.almanac.info.digest

    @cached_property
    def shelves(self) -> list[tuple[MonthDay, Kind, int]]:
        """How many entries each day has of each kind."""
        counts = self.almanac.counts().items()
        return [(MonthDay.parse(day), kind, n) for (day, kind), n in counts if len(day) == 5]

    def _choose(self, day: MonthDay, year: int) -> Lineup:
        """Choose what a day tells in a year, by the publication's policy."""
        publication = self.publication
        return choose(
            self.almanac,
            day,
            year,
            publication.policy,
            leap_day=publication.leap_day,
            holidays=publication.holidays.on(day, year, publication.language),
        )

    def moving_holidays(self, day: MonthDay, year: int) -> list[Entry]:
        """Return the holidays that a day has in one year, beyond those that the almanac knows."""
        own = self.publication.holidays.on(day, year, self.publication.language)
        if not own:
            return []
        known = self.almanac.day(day, Kind.HOLIDAY, limit=None)
        return joined(known, own)[len(known) :]

    def entry(self, id: str) -> Entry | None:
        """Return the entry with this id: the almanac's, or a holiday of the year in the id."""
        if found := self.almanac.entry(id):
            return found
        match = _MOVING.fullmatch(id)
        try:
            day = MonthDay(int(match[2]), int(match[3])) if match else None
        except DateError:
            return None
        if match is None or day is None:
            return None
        own = self.moving_holidays(day, int(match[1]))
        return next((entry for entry in own if entry.id == id), None)

    def shown_stories(self, today: datetime.date) -> list[Story]:
        """Return the stories that have run by `today` or may be read at any time, newest first."""
        return list(self._shown(today).values())

    def among_shown(self, stories: Iterable[Story], today: datetime.date) -> list[Story]:
        """Return those of the stories that are shown on `today`, each once, as they stand."""
        shown = self._shown(today)
        ids = dict.fromkeys(story.id for story in stories)
        return [shown[id] for id in ids if id in shown]

    @cached_property
    def stories_by_date(self) -> dict[HistoricalDate, list[Story]]:
        """The stories by the civil date that they tell of first."""
        found: dict[HistoricalDate, list[Story]] = {}
        for story in self.stories:
            if (civil := story.civil) is not None:
                found.setdefault(civil.date, []).append(story)
        return found

    def html(
        self,
        template: str,
        address: str,
        today: datetime.date,
        *,
        title: str,
        description: str,
        status: int = 200,
        **values: Any,
    ) -> Page:
        """Render a template with its values; every page needs a title and a description."""
        view: View = self.view(today.year)
        named: dict[str, Any] = {
            **view.names,
            "story_of": lambda entry: self._story_of(entry, today),
            "asset": self._asset_address,
            "publication": self.publication,
            "w": self.words,
            "direction": view.locale.text_direction,
            "address": address,
            "title": title,
            "description": _cut(description),
            "indexed": True,
            "og_type": "website",
            "picture": None,
            "script": False,
            "linked_data": [],
            "feed_links": [],
            "oembed": None,
        }
        text = _templates().get_template(template).render({**named, **values})
        return Page(address, HTML, text.encode(), status)

    def _find_shown(self, today: datetime.date) -> dict[str, Story]:
        dated = [(_last_shown(story, today), story) for story in self.stories]
        shown = [(date, story) for date, story in dated if date is not None]
        shown.sort(key=lambda pair: (-pair[0].toordinal(), pair[1].id))
        return {story.id: story for _, story in shown}

    def _story_of(self, entry: Entry, today: datetime.date) -> Story | None:
        """Return a story that tells of an entry, if one has run."""
        told: Sequence[Story] = self.among_shown(self.stories.telling(entry.id), today)
        return told[0] if told else None

    def _asset_address(self, name: str) -> str:
        return self.assets[name].address


def _accent(publication: Publication) -> assets.Asset:
    return assets.accent(publication.accent.light, publication.accent.dark)


def _last_shown(story: Story, today: datetime.date) -> datetime.date | None:
    """Return when a story ran last, or came out if it never runs; None while it is to come."""
    ran = story.last_run(today)
    if ran is not None or isinstance(story.run, datetime.date):
        return ran
    out = story.published or datetime.date.min
    return out if out <= today else None


@lru_cache(maxsize=1)
def _templates() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("hodie.press"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
        auto_reload=False,
    )


def _cut(text: str) -> str:
    """Shorten a text at a word's end."""
    if len(text) <= DESCRIPTION_LENGTH:
        return text.strip()
    head = text[:DESCRIPTION_LENGTH].rsplit(" ", 1)[0]
    return head.rstrip(" ,;:") + "\N{HORIZONTAL ELLIPSIS}"
