"""A feed and its items as values, whatever the form in which they leave."""

import datetime
import re
from typing import Protocol
from urllib.parse import urlsplit

from markupsafe import Markup
from msgspec import Struct

from hodie.almanac import Almanac
from hodie.dates import MonthDay
from hodie.press.publication import Publication
from hodie.press.story import Story
from hodie.selection import Lineup

# The date in the tag URIs of the feeds themselves. It must never change.
EPOCH = datetime.date(2026, 1, 1)
_ROOTED = re.compile(r'((?:href|src)=")/(?!/)')


class Item(Struct, frozen=True, kw_only=True):
    """One item of a feed. `id` stays the same for ever; `html` has whole addresses only."""

    id: str
    title: str
    url: str
    html: str
    summary: str
    published: datetime.datetime
    updated: datetime.datetime
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()


class Feed(Struct, frozen=True, kw_only=True):
    """A feed, its newest item first; `updated` is told where there are none."""

    id: str
    title: str
    subtitle: str
    home: str
    language: str
    author: str
    updated: datetime.datetime
    items: tuple[Item, ...]

    @property
    def last_updated(self) -> datetime.datetime:
        return max((item.updated for item in self.items), default=self.updated)


class Desk(Protocol):
    """What feeds are made from; `Press` is one."""

    @property
    def publication(self) -> Publication: ...
    def lineup(self, day: MonthDay, year: int) -> Lineup: ...
    def shown_stories(self, today: datetime.date) -> list[Story]: ...


class Library(Desk, Protocol):
    """A desk with the facts at hand, for feeds of whatever is asked for."""

    @property
    def almanac(self) -> Almanac: ...


def tag(publication: Publication, date: datetime.date, name: str) -> str:
    """Return a tag URI (RFC 4151): it names an item and not where it lies."""
    host = urlsplit(publication.base_url).hostname
    return f"tag:{host},{date.isoformat()}:{name}"


def whole(publication: Publication, html: Markup) -> str:
    """Make addresses that begin at the root whole: a feed reader has no root to begin at."""
    return _ROOTED.sub(rf"\1{publication.base_url}/", str(html))
