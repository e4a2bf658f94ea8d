"""Addresses to pages: the one rendering code of the edition and of the live server.

`Press` holds a publication, its almanac and its stories, all of which never change; a page is a
function of these, an address, and the date that it is for.
"""

import datetime
import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlencode

import jinja2
import msgspec
from markupsafe import Markup

from hodie.almanac import Almanac, Entity, Entry, Kind
from hodie.dates import (
    Calendar,
    DateError,
    HistoricalDate,
    MonthDay,
    worded,
)
from hodie.press import assets, drawings, feeds, jsonld, sitemap
from hodie.press.archive import Archive
from hodie.press.page import Page
from hodie.press.publication import Author, Link, Publication, Series
from hodie.press.share import share_links
from hodie.press.story import Story
from hodie.press.view import View, year_address
from hodie.press.words import words
from hodie.selection import Lineup, choose

HTML = "text/html; charset=utf-8"
# What a page of a year, a life or a search shows at most; the rest is in the almanac.
MOST_OF_YEAR = 150
MOST_IN_YEAR = 100_000
MOST_OF_ENTITY = 300
MOST_FOUND = 30
# Entries of a day that the chart across the centuries draws, beside those that the page lists.
MOST_DRAWN = 400

_DATE = re.compile(r"(-?\d{4,})-(\d\d)-(\d\d)")
_JULIAN_UNTIL = (1582, 10, 15)


class Press:
    """Renders every page of a publication.

    `almanac` is open and stays so; `stories` are those that are out (no drafts). Any number of
    threads may call one Press.
    """

    def __init__(
        self, publication: Publication, almanac: Almanac, stories: Iterable[Story]
    ) -> None:
        self.publication, self.almanac = publication, almanac
        self.stories = Archive(stories)
        self.words = words(publication.language)
        self._assets = self._all_assets()
        self._templates = _environment()
        self._view = lru_cache(maxsize=8)(lambda year: View(publication, year))

    def page(self, address: str, today: datetime.date) -> Page | None:
        """Return the page at `address` as it is on `today`, or None where there is none."""
        for pattern, name in _ROUTES:
            if match := pattern.fullmatch(address):
                make: Callable[..., Page | None] = getattr(self, name)
                return make(address, today, *match.groups())
        return None

    def addresses(self, today: datetime.date) -> Iterator[str]:
        """Yield the address of everything that an edition holds, each once."""
        yield from ("/", "/on/", "/stories/", "/sources/", "/search/", "/404.html")
        yield from feeds.ADDRESSES
        yield from (f"/on/{day}/" for day in MonthDay.all())
        yield from (f"/on/{date.edtf}/" for date in self._event_dates())
        yield from (f"/year/{year_address(year)}/" for year, _ in self.almanac.years())
        yield from (f"/about/{entity.id}/" for entity in self._entities())
        yield from (story.address for story in self.shown_stories(today))
        yield from (f"/series/{series.id}/" for series in self.publication.series)
        yield from (f"/by/{author.id}/" for author in self.publication.authors)
        yield from (f"/pictures/{name}" for name in self.publication.pictures())
        yield from (asset.address for asset in self._assets.values())
        yield from ("/robots.txt", *sitemap.addresses(len(self._mapped(today))))

    def period(self, address: str, today: datetime.date) -> str:
        """Name the time over which the page at `address` stays as it is while its inputs do.

        Most pages count years from this one, and show stories once those have run.
        """
        if address.startswith("/static/"):
            return ""
        if not address.startswith(("/on/", "/year/", "/about/")) or address == "/on/":
            return today.isoformat()
        shown = "+".join(sorted(story.id for story in self.shown_stories(today)))
        return f"{today.year} {hashlib.blake2b(shown.encode(), digest_size=8).hexdigest()}"

    def missing(
        self,
        address: str,
        today: datetime.date,
        near: tuple[MonthDay | HistoricalDate, ...] = (),
        what: str = "",
    ) -> Page:
        """Return the page for an address at which there is nothing, with the nearest days."""
        message = self.words["missing_text"]
        if what:
            message = self.words["missing_day"].format(what=what)
        view = self._view(today.year)
        links = [(view.worded(day), f"/on/{day}/") for day in near]
        return self._html(
            "missing.html",
            address,
            today,
            status=404,
            title=self.words["missing_head"],
            description=message,
            message=message,
            near=links,
            indexed=False,
        )

    def search(self, query: str, today: datetime.date, start: int = 0) -> Page:
        """Return the answer to a search, from hit number `start` on."""
        query = " ".join(query.split())
        hits = self.almanac.search(query, limit=MOST_FOUND + 1, offset=start) if query else []
        return self._html(
            "search.html",
            "/search",
            today,
            title=self.words["search_head"],
            indexed=False,
            description=self.words["search_head"],
            query=query,
            hits=hits[:MOST_FOUND],
            stories=self._stories_with(query, today) if query and not start else [],
            count_words=self._count_words(len(hits), query),
            as_day=_day_of(query),
            static=False,
            earlier=_search_link(query, start - MOST_FOUND) if start > 0 else None,
            later=_search_link(query, start + MOST_FOUND) if len(hits) > MOST_FOUND else None,
        )

    def lineup(self, day: MonthDay, year: int) -> Lineup:
        """Choose what a day tells in a year, by the publication's policy."""
        return choose(
            self.almanac, day, year, self.publication.policy, leap_day=self.publication.leap_day
        )

    def shown_stories(self, today: datetime.date) -> list[Story]:
        """Return the stories that have run by `today` or may be read at any time, newest first."""
        dated = [(_last_shown(story, today), story) for story in self.stories]
        shown = [(date, story) for date, story in dated if date is not None]
        shown.sort(key=lambda pair: (-pair[0].toordinal(), pair[1].id))
        return [story for _, story in shown]

    # Pages. Each takes the address, the date that the page is for, and what the address names.

    def _front(self, address: str, today: datetime.date) -> Page:
        return self._day_page(address, today, MonthDay.of(today), front=True)

    def _day(self, address: str, today: datetime.date, text: str) -> Page | None:
        try:
            return self._day_page(address, today, MonthDay.parse(text))
        except DateError:
            return None

    def _day_page(
        self, address: str, today: datetime.date, day: MonthDay, front: bool = False
    ) -> Page:
        year, view = today.year, self._view(today.year)
        lineup = self.lineup(day, year)
        story = next((each for each in self.shown_stories(today) if each.runs_on(day, year)), None)
        named = view.worded(day)
        picks = [pick for pick in (lineup.lead, *lineup.selected) if pick]
        described = "; ".join(
            f"{view.worded_year(p.entry.date.year)}: {p.entry.label}" for p in picks if p.entry.date
        )
        return self._html(
            "day.html",
            address,
            today,
            title=self.publication.name if front else self.words["day_title"].format(day=named),
            description=_cut(self.words["day_description"].format(day=named, picks=described)),
            day=day,
            lineup=lineup,
            story=story,
            numeral=day.day,
            month_name=_month(view, day),
            dateline=self._dateline(view, day, today, front),
            notice=self._notice(day, year),
            across=self._across(view, day, lineup),
            linked_data=[
                jsonld.script(block) for block in jsonld.day(self.publication, day, lineup, front)
            ],
        )

    def _date(self, address: str, today: datetime.date, text: str) -> Page | None:
        date = date_at(text)
        if date is None:
            return None
        view = self._view(today.year)
        entries = sorted(self.almanac.date(date), key=lambda entry: entry.kind is not Kind.EVENT)
        stories = [s for s in self.shown_stories(today) if s.civil and s.civil.date == date]
        named = view.worded(date)
        picks = "; ".join(entry.label for entry in entries[:5])
        julian = date.calendar is Calendar.JULIAN
        return self._html(
            "date.html",
            address,
            today,
            title=named,
            heading=named,
            entries=entries,
            stories=stories,
            day=date.month_day,
            year_slug=year_address(date.year),
            description=_cut(
                self.words["date_description"].format(date=named, n=len(entries), picks=picks)
            ),
            weekday_line=view.locale.days["format"]["wide"][date.weekday - 1],
            under=self.words["by_julian"] if julian else "",
            year_words=view.worded_year(date.year),
            before=_turn(date, -1),
            after=_turn(date, 1),
            calendars=self._calendars(view, date),
            linked_data=self._entries_data(entries),
            indexed=bool(entries or stories),
        )

    def _year(self, address: str, today: datetime.date, text: str) -> Page | None:
        year, view = int(text), self._view(today.year)
        if address != f"/year/{year_address(year)}/":
            return None
        years = [each for each, _ in self.almanac.years()]
        if year not in years:
            return None
        at = years.index(year)
        parts, counts, whole = [], {}, []
        for kind in (Kind.EVENT, Kind.BIRTH, Kind.DEATH):
            entries = self.almanac.year(year, kind=kind, limit=MOST_IN_YEAR)
            whole += entries
            counts[f"{kind.value}s"] = len(entries)
            parts.append((self.words[f"of_year_{kind.value}s"], *_weightiest(entries)))
        named = view.worded_year(year)
        return self._html(
            "year.html",
            address,
            today,
            title=named,
            heading=named,
            parts_of_year=parts,
            description=self.words["year_description"].format(year=named, n=sum(counts.values())),
            under=self.words["year_under"].format(**counts),
            before=years[at - 1] if at else None,
            after=years[at + 1] if at + 1 < len(years) else None,
            sheet=drawings.year_sheet(view, year, whole),
        )

    def _entity(self, address: str, today: datetime.date, id: str) -> Page | None:
        entity, view = self.almanac.entity(id), self._view(today.year)
        if entity is None:
            return None
        found = self.almanac.about(id, limit=MOST_OF_ENTITY + 1)
        entries = [entry for entry in found if entry.date is not None][:MOST_OF_ENTITY]
        under = ", ".join(filter(None, (entity.description, view.life_years(entity))))
        shown = set(self.shown_stories(today))
        told = [*self.stories.about(id), *(s for e in entries for s in self.stories.telling(e.id))]
        stories = [story for story in dict.fromkeys(told) if story in shown]
        return self._html(
            "entity.html",
            address,
            today,
            title=entity.name,
            entity=entity,
            under=under,
            description=self.words["entity_description"].format(name=entity.name, n=len(entries)),
            entries=entries,
            more=max(len(found) - MOST_OF_ENTITY, 0),
            stories=stories,
            age_at=_age_of(entity, entries, self.words),
            identifiers=_identifiers(entity),
            life=drawings.life(view, entity, entries),
            linked_data=[jsonld.script(jsonld.entity(self.publication, entity))],
        )

    def _calendar(self, address: str, today: datetime.date) -> Page:
        view = self._view(today.year)
        months: dict[int, list[MonthDay]] = defaultdict(list)
        for day in MonthDay.all():
            months[day.month].append(day)
        names = view.locale.months["stand-alone"]["wide"]
        storied = {story.run for story in self.stories if isinstance(story.run, MonthDay)}
        return self._html(
            "calendar.html",
            address,
            today,
            title=self.words["calendar_head"],
            description=self.words["calendar_note"],
            now=MonthDay.of(today),
            storied=storied,
            months=[(names[month], days) for month, days in months.items()],
            centuries=self._centuries(),
        )

    def _sources(self, address: str, today: datetime.date) -> Page:
        info = self.almanac.info
        return self._html(
            "sources.html",
            address,
            today,
            title=self.words["sources_head"],
            description=self.words["sources_note"],
            info=info,
            counts=[(self.words[f"kind_{kind}"], f"{n:,}") for kind, n in info.counts.items()],
            sources=info.sources,
        )

    def _search_shell(self, address: str, today: datetime.date) -> Page:
        return self._html(
            "search.html",
            address,
            today,
            title=self.words["search_head"],
            query="",
            static=True,
            description=self.words["search_head"],
            indexed=False,
        )

    def _missing(self, address: str, today: datetime.date) -> Page:
        page = self.missing(address, today)
        return msgspec.structs.replace(page, status=200)

    def _story(self, address: str, today: datetime.date, id: str) -> Page | None:
        story = next((story for story in self.shown_stories(today) if story.id == id), None)
        if story is None:
            return None
        found = [self.almanac.entry(entry) for entry in story.entries]
        siblings = [
            other
            for other in self.shown_stories(today)
            if story.series and other.series == story.series and other != story
        ]
        url = self.publication.url(address)
        return self._html(
            "story.html",
            address,
            today,
            title=story.headline,
            description=story.description,
            story=story,
            series=story.series,
            entries=[entry for entry in found if entry],
            told=self._told(story, self._view(today.year)),
            siblings=siblings[:5],
            og_type="article",
            share_links=share_links(url, story.headline, story.description),
            script=True,
            picture=story.image.address if story.image else None,
            linked_data=[jsonld.script(jsonld.story(self.publication, story, today))],
        )

    def _stories(self, address: str, today: datetime.date) -> Page:
        return self._archive(
            address, today, self.words["all_stories"], "", self.shown_stories(today)
        )

    def _series(self, address: str, today: datetime.date, id: str) -> Page | None:
        series: Series | None = self.publication.series_named(id)
        if series is None:
            return None
        told = [story for story in self.shown_stories(today) if story.series == series]
        return self._archive(
            address, today, series.name, series.note, told, over=self.words["series"]
        )

    def _author(self, address: str, today: datetime.date, id: str) -> Page | None:
        author: Author | None = self.publication.author(id)
        if author is None:
            return None
        told = [story for story in self.shown_stories(today) if author in story.bylines]
        return self._archive(address, today, author.name, author.note, told, links=author.links)

    def _archive(
        self,
        address: str,
        today: datetime.date,
        heading: str,
        under: str,
        told: list[Story],
        over: str = "",
        links: tuple[Link, ...] = (),
    ) -> Page:
        return self._html(
            "stories.html",
            address,
            today,
            title=heading,
            heading=heading,
            under=under,
            over=over,
            description=_cut(under or heading),
            stories=told,
            links=links,
        )

    def _picture(self, address: str, today: datetime.date, name: str) -> Page | None:
        file = self.publication.picture(name)
        if file is None:
            return None
        return Page(address, self.publication.picture_type(name), file.read_bytes())

    def _asset(self, address: str, today: datetime.date) -> Page | None:
        found = next((each for each in self._assets.values() if each.address == address), None)
        return Page(address, found.media_type, found.body) if found else None

    def _feed(self, address: str, today: datetime.date) -> Page | None:
        return feeds.page(self, address, today)

    def _robots(self, address: str, today: datetime.date) -> Page:
        return Page(address, "text/plain; charset=utf-8", sitemap.robots(self.publication))

    def _sitemap(self, address: str, today: datetime.date) -> Page | None:
        return sitemap.page(self.publication, address, self._mapped(today))

    # What pages are made of

    def _html(
        self, template: str, address: str, today: datetime.date, *, status: int = 200, **values: Any
    ) -> Page:
        view = self._view(today.year)
        values = {
            **view.names(),
            "story_of": lambda entry: self._story_of(entry, today),
            "publication": self.publication,
            "w": self.words,
            "address": address,
            "asset": self._asset_address,
            "direction": view.locale.text_direction,
            "indexed": True,
            "og_type": "website",
            "picture": None,
            "script": False,
            "linked_data": [],
            **values,
        }
        text = self._templates.get_template(template).render(values)
        return Page(address, HTML, text.encode(), status)

    def _all_assets(self) -> dict[str, assets.Asset]:
        colour = self.publication.accent
        return {**assets.shipped(), "accent.css": assets.accent(colour.light, colour.dark)}

    def _asset_address(self, name: str) -> str:
        return self._assets[name].address

    def _dateline(self, view: View, day: MonthDay, today: datetime.date, front: bool) -> str:
        here = day.in_year(today.year)
        if here is None:
            return self.words["leap_day_notice"]
        left = (366 if _is_leap(today.year) else 365) - (n := _day_number(here))
        key = "day_of_year" if left else "last_day_of_year"
        counted = self.words[key].format(n=n, left=left)
        if not front:
            return counted
        return f"{worded(here, self.publication.language, weekday=True)}, {counted}"

    def _notice(self, day: MonthDay, year: int) -> str:
        moved = self.publication.leap_day == "february-28" and not _is_leap(year)
        return self.words["leap_notice"] if moved and day == MonthDay(2, 28) else ""

    def _centuries(self) -> list[tuple[str, list[int]]]:
        """Return the years that have entries by century, those before Christ together."""
        groups: dict[str, list[int]] = defaultdict(list)
        for year, _ in self.almanac.years():
            name = self.words["before_christ"] if year <= 0 else f"{max(year // 100 * 100, 1)}"
            groups[name].append(year)
        return list(groups.items())

    def _across(self, view: View, day: MonthDay, lineup: Lineup) -> Markup | None:
        people = [pick.entry for pick in (*lineup.births, *lineup.deaths)]
        events = self.almanac.day(day, Kind.EVENT, limit=MOST_DRAWN)
        picked = {pick.entry.id for pick in (lineup.lead, *lineup.selected) if pick}
        return drawings.across(view, [*events, *people], picked)

    def _calendars(self, view: View, date: HistoricalDate) -> list[tuple[str, str]]:
        """Word a date in the other calendars that can hold it, and as a Julian day number."""
        found = []
        for calendar in Calendar:
            try:
                other = date.to(calendar)
                if calendar is not date.calendar:
                    name = self.words[f"calendar_{calendar.value}"]
                    found.append((name, worded(other, self.publication.language)))
            except DateError:
                continue
        return [*found, (self.words["julian_day"], str(date.julian_day))]

    def _entries_data(self, entries: list[Entry]) -> list[Markup]:
        return [
            jsonld.script(jsonld.entry(self.publication, entry))
            for entry in entries[:20]
            if entry.kind is Kind.EVENT
        ]

    def _told(self, story: Story, view: View) -> list[tuple[str, str]]:
        """Return what a story tells of beyond its entries: its day, year and entities."""
        told = []
        civil = story.civil
        if civil is not None:
            told.append(
                (self.words["all_years"] + ": " + view.worded(civil.day), f"/on/{civil.day}/")
            )
        entities = [self.almanac.entity(id) for id in story.entities]
        told += [
            (entity.name, f"/about/{entity.id}/" if view.linked_entity(entity) else "")
            for entity in entities
            if entity
        ]
        return told

    def _story_of(self, entry: Entry, today: datetime.date) -> Story | None:
        """Return a story that tells of an entry, if one has run."""
        told = self.stories.telling(entry.id)
        return next((story for story in told if _last_shown(story, today)), None)

    def _event_dates(self) -> Iterator[HistoricalDate]:
        return self.almanac.dates(kind=Kind.EVENT)

    def _entities(self) -> Iterator[Entity]:
        return self.almanac.entities(self.publication.entity_weight)

    def _mapped(self, today: datetime.date) -> list[str]:
        """Return the addresses that search engines are told of."""
        days = [f"/on/{day}/" for day in MonthDay.all()]
        dates = [f"/on/{date.edtf}/" for date in self._event_dates()]
        lives = [f"/about/{entity.id}/" for entity in self._entities()]
        years = [f"/year/{year_address(year)}/" for year, _ in self.almanac.years()]
        stories = [story.address for story in self.shown_stories(today)]
        return ["/", "/on/", "/stories/", "/sources/", *days, *stories, *lives, *years, *dates]

    def _stories_with(self, query: str, today: datetime.date) -> list[Story]:
        wanted = query.casefold().split()
        texts = (
            (s, f"{s.headline} {s.summary} {' '.join(s.tags)}".casefold())
            for s in self.shown_stories(today)
        )
        return [story for story, text in texts if all(word in text for word in wanted)]

    def _count_words(self, count: int, query: str) -> str:
        if count == 0:
            return self.words["found_none"].format(q=query)
        if count == 1:
            return self.words["found_one"].format(q=query)
        shown = f"{MOST_FOUND}+" if count > MOST_FOUND else str(count)
        return self.words["found"].format(n=shown, q=query)


_ROUTES = tuple(
    (re.compile(pattern), name)
    for pattern, name in (
        (r"/", "_front"),
        (r"/on/", "_calendar"),
        (r"/on/(\d\d-\d\d)/", "_day"),
        (r"/on/(-?\d{4,}-\d\d-\d\d)/", "_date"),
        (r"/year/(-?\d{4,})/", "_year"),
        (r"/about/([^/]+)/", "_entity"),
        (r"/stories/", "_stories"),
        (r"/stories/([^/]+)/", "_story"),
        (r"/series/([^/]+)/", "_series"),
        (r"/by/([^/]+)/", "_author"),
        (r"/pictures/(.+)", "_picture"),
        (r"/search/", "_search_shell"),
        (r"/sources/", "_sources"),
        (r"/404\.html", "_missing"),
        (r"/feeds/.+", "_feed"),
        (r"/robots\.txt", "_robots"),
        (r"/sitemap.*\.xml", "_sitemap"),
        (r"/static/.+", "_asset"),
    )
)


def date_at(text: str) -> HistoricalDate | None:
    """Return the date that an address names, by civil practice: Julian before 15 October 1582.

    None where there is no such day.

    >>> date_at("1066-10-14").calendar.value, date_at("1940-02-30")
    ('julian', None)
    """
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    year, month, day = map(int, match.groups())
    calendar = Calendar.JULIAN if (year, month, day) < _JULIAN_UNTIL else Calendar.GREGORIAN
    try:
        date = HistoricalDate(year, month, day, calendar=calendar)
    except DateError:
        return None
    return date if date.edtf == text else None


@lru_cache(maxsize=1)
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.PackageLoader("hodie.press"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )


def _turn(date: HistoricalDate, days: int) -> HistoricalDate:
    """Return the civil date so many days on: 4 October 1582 is followed by the 15th."""
    number = date.julian_day + days
    gregorian = HistoricalDate.from_julian_day(number)
    if (gregorian.year, gregorian.month or 0, gregorian.day or 0) < _JULIAN_UNTIL:
        return HistoricalDate.from_julian_day(number, calendar=Calendar.JULIAN)
    return gregorian


def _weightiest(entries: list[Entry]) -> tuple[list[Entry], int]:
    """Keep the weightiest of a year's entries in order of time, and count the others."""
    best = sorted(entries, key=lambda entry: -entry.weight)[:MOST_OF_YEAR]
    kept = {entry.id for entry in best}
    return [entry for entry in entries if entry.id in kept], len(entries) - len(best)


def _age_of(
    entity: Entity, entries: list[Entry], said: Mapping[str, str]
) -> Callable[[Entry], str]:
    """Return a function that says how old a person was at an entry; nothing where that is open.

    Exact where the almanac has the day of birth, else one of two numbers.
    """
    births = [entry.date for entry in entries if entry.kind is Kind.BIRTH and entry.date]
    born = births[0] if births and births[0].year == entity.born else None

    def age_at(entry: Entry) -> str:
        if entity.born is None or entry.date is None or entry.kind is Kind.BIRTH:
            return ""
        years = entry.date.year - entity.born
        if years <= 0 or years > 120:
            return ""
        if born is None:
            return said["age_or"].format(less=years - 1, n=years)
        early = (entry.date.month or 0, entry.date.day or 0) < (born.month or 0, born.day or 0)
        return said["age"].format(n=years - early)

    return age_at


def _identifiers(entity: Entity) -> list[tuple[str, str, str]]:
    found = []
    if entity.wikidata:
        address = f"https://www.wikidata.org/wiki/{entity.wikidata}"
        found.append(("Wikidata", entity.wikidata, address))
    if entity.wikipedia:
        title = quote(entity.wikipedia.replace(" ", "_"), safe="_(),:'!*")
        found.append(("Wikipedia", entity.wikipedia, f"https://en.wikipedia.org/wiki/{title}"))
    return found


def _last_shown(story: Story, today: datetime.date) -> datetime.date | None:
    """Return when a story ran last, or came out if it never runs; None while it is to come."""
    ran = story.last_run(today)
    if ran is not None or isinstance(story.run, datetime.date):
        return ran
    out = story.published or datetime.date.min
    return out if out <= today else None


def _day_number(date: HistoricalDate) -> int:
    return date.julian_day - HistoricalDate(date.year, 1, 1).julian_day + 1


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _month(view: View, day: MonthDay) -> str:
    return str(view.locale.months["stand-alone"]["wide"][day.month])


def _day_of(query: str) -> MonthDay | None:
    try:
        return MonthDay.parse(query)
    except DateError:
        return None


def _search_link(query: str, start: int) -> str:
    return "/search?" + urlencode({"q": query, **({"start": start} if start > 0 else {})})


def _cut(text: str, length: int = 200) -> str:
    """Shorten a text at a word's end, for a page's description."""
    if len(text) <= length:
        return text.strip()
    return text[:length].rsplit(" ", 1)[0].rstrip(" ,;:") + "\N{HORIZONTAL ELLIPSIS}"
