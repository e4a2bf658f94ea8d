"""Addresses to pages: the one rendering code of the edition and of the live server.

A page is a function of a publication, its almanac and its stories, of an address, and of the
date that it is for. Nothing here asks for today, or writes.
"""

import datetime
import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, partial
from urllib.parse import urlencode

from babel.numbers import format_decimal
from msgspec.structs import replace

from hodie.almanac import Entity, Kind
from hodie.dates import DateError, HistoricalDate, MonthDay
from hodie.press import (
    api,
    calendars,
    cards,
    days,
    embeds,
    feeds,
    lives,
    moved,
    oembed,
    prose,
    sitemap,
    texts,
)
from hodie.press.dialects import Dialects, is_dialect, jsonp
from hodie.press.filters import Filter
from hodie.press.layout import Layout
from hodie.press.page import Page
from hodie.press.story import Story
from hodie.press.view import year_address
from hodie.press.workers import NAMED

MOST_FOUND = 30


class Press(Layout):
    """Renders every page of a publication. Any number of threads may call one Press."""

    def page(self, address: str, today: datetime.date) -> Page | None:
        """Return the page at `address` as it is on `today`, or None where there is none."""
        for pattern, make in _ROUTES:
            if match := pattern.fullmatch(address):
                return make(self, address, today, *match.groups())
        return self.dialects.page(address, today)

    @cached_property
    def dialects(self) -> Dialects:
        """The day as others' APIs answer it."""
        return Dialects(self)

    def addresses(self, today: datetime.date) -> Iterator[str]:
        """Yield the address of everything that an edition holds, each once."""
        yield from ("/search/", "/404.html", "/robots.txt", *feeds.addresses(self.publication))
        mapped = self.mapped(today)
        yield from (*mapped, *sitemap.addresses(len(mapped)))
        for story in self.withdrawn:
            yield from (story.address, f"{story.address}{prose.GONE_MARK}")
        yield from moved.addresses(self, today)
        yield from api.addresses(self, today)
        yield from (f"/pictures/{name}" for name in self.publication.pictures())
        yield from (asset.address for asset in self.assets.values())
        yield from cards.addresses(self, today)
        yield from embeds.addresses(self, today)
        yield from (*texts.ADDRESSES, *calendars.ADDRESSES)
        yield from self.dialects.addresses()

    def mapped(self, today: datetime.date) -> list[str]:
        """Return the addresses of the pages that search engines are told of."""
        publication = self.publication
        return [
            *("/", "/on/", "/stories/", "/sources/", "/embed/"),
            *(f"/on/{day}/" for day in MonthDay.all()),
            *(story.address for story in self.shown_stories(today)),
            *(f"/series/{series.id}/" for series in publication.series),
            *(f"/by/{author.id}/" for author in publication.authors),
            *(f"/about/{entity.id}/" for entity in self._entities()),
            *(f"/year/{year_address(year)}/" for year in self.years),
            *(f"/on/{date.edtf}/" for date in self._event_dates),
        ]

    def period(self, address: str, today: datetime.date) -> str:
        """Name the time over which the page at `address` stays as it is while its inputs do.

        Most pages count years from this one, and show stories once those have run.
        """
        if address.startswith("/static/") or api.is_lasting(address):
            return ""
        if address.startswith("/cards/"):
            return NAMED
        if is_dialect(address):
            return self.dialects.period(address, today)
        if not address.startswith(_BY_YEAR) or address == "/on/":
            return today.isoformat()
        shown = "+".join(sorted(story.id for story in self.shown_stories(today)))
        return f"{today.year} {hashlib.blake2b(shown.encode(), digest_size=8).hexdigest()}"

    def asked(
        self, address: str, query: Sequence[tuple[str, str]], today: datetime.date
    ) -> Page | None:
        """Return what stands at an address that takes a query; raises FilterError.

        Such a page is no file of the edition, since nobody can list its queries.
        """
        for pattern, make in _ASKED:
            if pattern.fullmatch(address):
                return make(self, address, query, today)
        return None

    def takes_query(self, address: str) -> bool:
        """Tell whether a query changes what stands at an address."""
        return any(pattern.fullmatch(address) for pattern, _ in _ASKED)

    def missing(
        self,
        address: str,
        today: datetime.date,
        near: tuple[MonthDay | HistoricalDate, ...] = (),
        what: str = "",
    ) -> Page:
        """Return the page for an address at which there is nothing, with the nearest days."""
        message = self.words["missing_day"].format(what=what) if what else ""
        message = message or self.words["missing_text"]
        view = self.view(today.year)
        return self.html(
            "missing.html",
            address,
            today,
            status=404,
            title=self.words["missing_head"],
            description=message,
            message=message,
            near=[(view.worded(day), f"/on/{day}/") for day in near],
            indexed=False,
        )

    def search(self, query: str, today: datetime.date, start: int = 0) -> Page:
        """Return the answer to a search, from hit number `start` on."""
        query = " ".join(query.split())
        hits = self.almanac.search(query, limit=MOST_FOUND + 1, offset=start) if query else []
        more = len(hits) > MOST_FOUND
        stories = self._stories_with(query, today) if query and not start else []
        return self.html(
            "search.html",
            "/search",
            today,
            title=self.words["search_head"],
            description=self.words["search_head"],
            query=query,
            hits=hits[:MOST_FOUND],
            stories=stories,
            count_words=self._count_words(len(hits) + len(stories), query, more or start > 0),
            as_day=_day_of(query),
            static=False,
            earlier=_search_link(query, start - MOST_FOUND) if start > 0 else None,
            later=_search_link(query, start + MOST_FOUND) if more else None,
            indexed=False,
        )

    def _stories_with(self, query: str, today: datetime.date) -> list[Story]:
        wanted = query.casefold().split()
        return [
            story
            for story in self.shown_stories(today)
            if all(word in _searched(story) for word in wanted)
        ]

    def _count_words(self, count: int, query: str, part: bool) -> str:
        if count == 0:
            return self.words["found_none"].format(q=query)
        if part:
            return self.words["found_some"].format(q=query)
        key = "found_one" if count == 1 else "found"
        return self.words[key].format(n=count, q=query)

    @cached_property
    def _event_dates(self) -> list[HistoricalDate]:
        return [date for date, _ in self.almanac.dates(Kind.EVENT)]

    def _entities(self) -> Iterator[Entity]:
        """Yield the entities that have a page: the heavy ones, and those that stories name."""
        least = self.publication.entity_weight
        yield from self.almanac.entities(least)
        named = (self.almanac.entity(id) for id in sorted(self.named))
        yield from (entity for entity in named if entity and entity.weight < least)


def _day_called(
    press: Press, address: str, query: Sequence[tuple[str, str]], today: datetime.date
) -> Page | None:
    """Answer as muffinlabs' API does, as a script if its reader names a function to call."""
    page = press.dialects.page(address, today)
    callback = dict(query).get("callback")
    return page if page is None or callback is None else jsonp(page, callback)


def _search_page(press: Press, address: str, today: datetime.date) -> Page:
    """Lay out the search of an edition without a server: it says where else to look."""
    words = press.words
    return press.html(
        "search.html",
        address,
        today,
        title=words["search_head"],
        description=words["search_head"],
        query="",
        static=True,
        indexed=False,
    )


def _sources(press: Press, address: str, today: datetime.date) -> Page:
    info, words = press.almanac.info, press.words
    number = partial(format_decimal, locale=press.view(today.year).locale)
    return press.html(
        "sources.html",
        address,
        today,
        title=words["sources_head"],
        description=words["sources_note"],
        counts=[(words[f"kind_{kind}"], number(count)) for kind, count in info.entries.items()],
        sources=[(each.source, each.licence, number(each.entries)) for each in info.sources],
    )


def _missing(press: Press, address: str, today: datetime.date) -> Page:
    """Lay out the page that a web server shows for what it does not find."""
    return replace(press.missing(address, today), status=200)


def _picture(press: Press, address: str, today: datetime.date, name: str) -> Page | None:
    file = press.publication.picture(name)
    if file is None:
        return None
    return Page(address, press.publication.picture_type(name), file.read_bytes())


def _asset(press: Press, address: str, today: datetime.date) -> Page | None:
    found = next((each for each in press.assets.values() if each.address == address), None)
    return Page(address, found.media_type, found.body) if found else None


def _feed(press: Press, address: str, today: datetime.date) -> Page | None:
    return feeds.page(press, address, today)


def _robots(press: Press, address: str, today: datetime.date) -> Page:
    return Page(address, "text/plain; charset=utf-8", sitemap.robots(press.publication))


def _sitemap(press: Press, address: str, today: datetime.date) -> Page | None:
    return sitemap.page(press.publication, address, press.mapped(today))


# A maker takes the press, the address, the date that the page is for, and what the address names.
Maker = Callable[..., Page | None]
_ROUTES: tuple[tuple[re.Pattern[str], Maker], ...] = (
    (re.compile(r"/"), days.front),
    (re.compile(r"/on/"), days.calendar),
    (re.compile(r"/on/(\d\d-\d\d)/"), days.day),
    (re.compile(r"/on/(-?\d{4,}-\d\d-\d\d)/"), days.date),
    (re.compile(r"/year/(-?\d{4,})/"), days.year),
    (re.compile(r"/about/([^/]+)/"), lives.entity),
    (re.compile(r"/stories/"), prose.stories),
    (re.compile(r"/stories/([^/]+)/"), prose.story),
    (re.compile(rf"/stories/([^/]+)/{re.escape(prose.GONE_MARK)}"), prose.gone),
    (re.compile(rf"/stories/([^/]+)/{re.escape(moved.MARK)}"), moved.mark),
    (re.compile("|".join(map(re.escape, moved.LISTS))), moved.listed),
    (re.compile(r"/series/([^/]+)/"), prose.series),
    (re.compile(r"/by/([^/]+)/"), prose.author),
    (re.compile(r"/pictures/(.+)"), _picture),
    (re.compile(r"/cards/on/(\d\d-\d\d)\..+"), cards.day_page),
    (re.compile(r"/cards/stories/([^/]+)\.[^/.]+\.png"), cards.story_page),
    (re.compile(r"/calendar\.ics|/calendars/stories\.ics"), calendars.page),
    (re.compile(r"/embed/"), embeds.chooser),
    (re.compile(r"/embed/today\.js"), embeds.script),
    (re.compile(r"/embed/today/"), embeds.today_frame),
    (re.compile(r"/embed/today/oembed\.json"), oembed.today_page),
    (re.compile(r"/embed/on/(\d\d-\d\d)\.json"), embeds.day_file),
    (re.compile(r"/embed/on/(\d\d-\d\d)\.([A-Za-z-]+)\.json"), embeds.day_file),
    (re.compile(r"/embed/on/(\d\d-\d\d)/"), embeds.day_frame),
    (re.compile(r"/embed/on/(\d\d-\d\d)/oembed\.json"), oembed.day_page),
    (re.compile(r"/embed/stories/([^/]+)/"), embeds.story_frame),
    (re.compile(r"/embed/stories/([^/]+)/oembed\.json"), oembed.story_page),
    (re.compile(r"/today\.(?:txt|md)"), texts.page),
    (re.compile(r"/search/"), _search_page),
    (re.compile(r"/sources/"), _sources),
    (re.compile(r"/404\.html"), _missing),
    (re.compile(r"/feeds/.+"), _feed),
    (re.compile(r"/robots\.txt"), _robots),
    (re.compile(r"/sitemap.*\.xml"), _sitemap),
    (re.compile(r"/static/.+"), _asset),
    (re.compile(r"/api/(?:v1/.+)?"), api.page),
)


def _asked_feed(
    press: Press, address: str, query: Sequence[tuple[str, str]], today: datetime.date
) -> Page | None:
    return feeds.asked(press, address, Filter.read(query), today)


# What stays as it is over a year, unless a story comes out.
_BY_YEAR = ("/on/", "/year/", "/about/", "/embed/on/", "/calendar")
# What takes a query, and is therefore no file of the edition.
_ASKED: tuple[tuple[re.Pattern[str], Maker], ...] = (
    (re.compile(r"/feeds/any\..+"), _asked_feed),
    (re.compile(r"/embed/(?:today|on/\d\d-\d\d)/"), embeds.asked),
    (re.compile(r"/oembed"), oembed.asked),
    (re.compile(r"/calendars/any\.ics"), calendars.asked),
    (re.compile(r"/date(?:/.*)?"), _day_called),
)


def _searched(story: Story) -> str:
    return f"{story.headline} {story.summary} {' '.join(story.tags)}".casefold()


def _day_of(query: str) -> MonthDay | None:
    try:
        return MonthDay.parse(query)
    except DateError:
        return None


def _search_link(query: str, start: int) -> str:
    return "/search?" + urlencode({"q": query, **({"start": start} if start > 0 else {})})
