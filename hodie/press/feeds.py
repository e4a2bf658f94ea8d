"""Feeds of the days and of the stories: Atom, RSS 2.0 and JSON Feed.

Written with the standard library: feedgen had no release since 2023 and drops the attributes of
links, and feedgenerator dates a feed by the clock. Here the same values give the same bytes.
"""

import datetime
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Iterator
from email.utils import format_datetime
from typing import Any, Protocol
from urllib.parse import urlsplit

import msgspec
from markupsafe import Markup, escape
from msgspec import Struct

from hodie.almanac import Entry
from hodie.dates import HistoricalDate, MonthDay, worded, worded_year
from hodie.press.page import Page
from hodie.press.publication import Publication
from hodie.press.story import Story
from hodie.press.words import words
from hodie.selection import Lineup

# Readers that look in once a week miss nothing.
DAYS = 10
STORIES = 30
# The date in the tag URIs of the feeds themselves. It must never change.
_EPOCH = datetime.date(2026, 1, 1)
_ATOM = "http://www.w3.org/2005/Atom"
_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_CREATOR = "http://purl.org/dc/elements/1.1/"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# What XML 1.0 cannot hold, escaped or not.
_UNSPEAKABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ROOTED = re.compile(r'((?:href|src)=")/(?!/)')

ET.register_namespace("atom", _ATOM)
ET.register_namespace("content", _CONTENT)
ET.register_namespace("dc", _CREATOR)


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


def feed_of_days(desk: Desk, today: datetime.date, days: int = DAYS) -> Feed:
    """Return the feed of the last days: an item a day, dated by its beginning."""
    publication = desk.publication
    dates = [today - datetime.timedelta(days=back) for back in range(days)]
    return Feed(
        id=_tag(publication, _EPOCH, "feeds/today"),
        title=publication.name,
        subtitle=publication.tagline,
        home=publication.url("/"),
        language=publication.language,
        author=publication.name,
        updated=publication.day_start(today),
        items=tuple(item for date in dates if (item := _day_item(desk, date))),
    )


def feed_of_stories(desk: Desk, today: datetime.date, limit: int = STORIES) -> Feed:
    """Return the feed of the stories that ran last: each time that one runs is an item."""
    publication = desk.publication
    dated = [(_ran(story, today), story) for story in desk.shown_stories(today)]
    ran = [(date, story) for date, story in dated if date is not None]
    newest = sorted(ran, key=lambda pair: (-pair[0].toordinal(), pair[1].id))[:limit]
    return Feed(
        id=_tag(publication, _EPOCH, "feeds/stories"),
        title=f"{publication.name}: {words(publication.language)['stories']}",
        subtitle=publication.tagline,
        home=publication.url("/stories/"),
        language=publication.language,
        author=publication.name,
        updated=publication.day_start(today),
        items=tuple(_story_item(publication, story, date, today) for date, story in newest),
    )


def page(desk: Desk, address: str, today: datetime.date) -> Page | None:
    """Return the feed at an address, None where there is none."""
    name, _, form = address.removeprefix("/feeds/").partition(".")
    if address not in ADDRESSES:
        return None
    media_type, write = _FORMS[form]
    feed = _FEEDS[name](desk, today)
    return Page(address, media_type, write(feed, desk.publication.url(address)))


def atom(feed: Feed, url: str) -> bytes:
    """Write a feed, to stand at `url`, as Atom (RFC 4287)."""
    root = ET.Element("feed", {"xmlns": _ATOM, _XML_LANG: feed.language})
    _text(root, "id", feed.id)
    _text(root, "title", feed.title)
    if feed.subtitle:
        _text(root, "subtitle", feed.subtitle)
    ET.SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": feed.home})
    ET.SubElement(root, "link", {"rel": "self", "type": _ATOM_TYPE, "href": url})
    _text(root, "updated", _rfc3339(feed.last_updated))
    _text(ET.SubElement(root, "author"), "name", feed.author)
    for item in feed.items:
        _atom_entry(ET.SubElement(root, "entry"), item)
    return _serialised(root)


def rss(feed: Feed, url: str) -> bytes:
    """Write a feed, to stand at `url`, as RSS 2.0 with whole texts in content:encoded."""
    root = ET.Element("rss", {"version": "2.0"})
    channel = ET.SubElement(root, "channel")
    _text(channel, "title", feed.title)
    _text(channel, "link", feed.home)
    _text(channel, "description", feed.subtitle or feed.title)
    _text(channel, "language", feed.language)
    _text(channel, "lastBuildDate", format_datetime(feed.last_updated))
    ET.SubElement(channel, f"{{{_ATOM}}}link", {"rel": "self", "type": _RSS_TYPE, "href": url})
    for item in feed.items:
        _rss_item(ET.SubElement(channel, "item"), item)
    return _serialised(root)


def json_feed(feed: Feed, url: str) -> bytes:
    """Write a feed, to stand at `url`, as JSON Feed 1.1."""
    value = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.subtitle,
        "home_page_url": feed.home,
        "feed_url": url,
        "language": feed.language,
        "authors": [{"name": feed.author}],
        "items": [_json_item(item) for item in feed.items],
    }
    return msgspec.json.encode({key: each for key, each in value.items() if each != ""})


_ATOM_TYPE = "application/atom+xml"
_RSS_TYPE = "application/rss+xml"
_FORMS: dict[str, tuple[str, Callable[[Feed, str], bytes]]] = {
    "atom": (_ATOM_TYPE, atom),
    "rss": (_RSS_TYPE, rss),
    "json": ("application/feed+json", json_feed),
}
_FEEDS: dict[str, Callable[[Desk, datetime.date], Feed]] = {
    "today": feed_of_days,
    "stories": feed_of_stories,
}
ADDRESSES = tuple(f"/feeds/{name}.{form}" for name in _FEEDS for form in _FORMS)


def _day_item(desk: Desk, date: datetime.date) -> Item | None:
    publication, day = desk.publication, MonthDay.of(date)
    lineup = desk.lineup(day, date.year)
    stories = [story for story in desk.shown_stories(date) if story.runs_on(day, date.year)]
    entries = [pick.entry for pick in (lineup.lead, *lineup.selected) if pick is not None]
    heads = [*(story.headline for story in stories), *(entry.label for entry in entries)]
    if not heads:
        return None
    named = worded(HistoricalDate(date.year, date.month, date.day), publication.language)
    start = publication.day_start(date)
    return Item(
        id=_tag(publication, date, "today"),
        title=f"{named}: {heads[0]}",
        url=publication.url(f"/on/{day}/"),
        html=_whole(publication, _day_html(publication, stories, entries)),
        summary="; ".join(heads),
        published=start,
        updated=start,
        authors=tuple(dict.fromkeys(a.name for story in stories for a in story.bylines)),
    )


def _day_html(publication: Publication, stories: list[Story], entries: list[Entry]) -> Markup:
    told = [
        Markup('<h2><a href="{}">{}</a></h2>\n<p>{}</p>\n').format(
            story.address, story.headline, story.description
        )
        for story in stories
    ]
    listed = Markup("").join(_entry_html(publication, entry) for entry in entries)
    rows = [Markup("<ul>\n{}</ul>\n").format(listed)] if entries else []
    return Markup("").join([*told, *rows, _sources_html(publication, entries)])


def _entry_html(publication: Publication, entry: Entry) -> Markup:
    text = escape(entry.label)
    if entry.title and entry.line:
        text += Markup(": {}").format(entry.line)
    if entry.date is None:
        return Markup("<li>{}</li>\n").format(text)
    year = worded_year(entry.date.year, publication.language)
    return Markup("<li><strong>{}</strong> {}</li>\n").format(year, text)


def _sources_html(publication: Publication, entries: Iterable[Entry]) -> Markup:
    """Name the sources and their licences, each once: they travel with the facts."""
    named = {
        f"{reference.source} ({reference.licence})" if reference.licence else reference.source
        for entry in entries
        for reference in entry.references
    }
    if not named:
        return Markup("")
    heading = words(publication.language)["sources"]
    return Markup("<p><small>{}: {}</small></p>\n").format(heading, ", ".join(sorted(named)))


def _story_item(
    publication: Publication, story: Story, ran: datetime.date, today: datetime.date
) -> Item:
    corrected = [each.date for each in story.corrections if ran < each.date <= today]
    return Item(
        id=_tag(publication, ran, f"stories/{story.id}"),
        title=story.headline,
        url=publication.url(story.address),
        html=_whole(publication, _story_html(story)),
        summary=story.description,
        published=publication.day_start(ran),
        updated=publication.day_start(max([ran, *corrected])),
        authors=tuple(author.name for author in story.bylines),
        tags=story.tags,
    )


def _story_html(story: Story) -> Markup:
    return Markup("").join(_story_parts(story))


def _story_parts(story: Story) -> Iterator[Markup]:
    yield Markup("<p><em>{}</em></p>\n").format(story.dateline)
    if story.image is not None:
        credit = " ".join(filter(None, (story.image.caption, story.image.credit)))
        yield Markup(
            '<figure><img src="{}" alt="{}"><figcaption>{}</figcaption></figure>\n'
        ).format(story.image.address, story.image.alt, credit)
    for correction in story.corrections:
        yield Markup("<p><em>{}: {}</em></p>\n").format(
            correction.date.isoformat(), correction.note
        )
    yield Markup(story.html)


def _ran(story: Story, today: datetime.date) -> datetime.date | None:
    ran = [date for date in (story.last_run(today), story.published) if date and date <= today]
    return max(ran, default=None)


def _whole(publication: Publication, html: Markup) -> str:
    """Make addresses that begin at the root whole: a feed reader has no root to begin at."""
    return _ROOTED.sub(rf"\1{publication.base_url}/", str(html))


def _tag(publication: Publication, date: datetime.date, name: str) -> str:
    """Return a tag URI (RFC 4151): it names an item and not where it lies."""
    host = urlsplit(publication.base_url).hostname
    return f"tag:{host},{date.isoformat()}:{name}"


def _atom_entry(entry: ET.Element, item: Item) -> None:
    _text(entry, "id", item.id)
    _text(entry, "title", item.title)
    ET.SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": item.url})
    _text(entry, "published", _rfc3339(item.published))
    _text(entry, "updated", _rfc3339(item.updated))
    for author in item.authors:
        _text(ET.SubElement(entry, "author"), "name", author)
    for tag in item.tags:
        ET.SubElement(entry, "category", {"term": _clean(tag)})
    _text(entry, "summary", item.summary)
    _text(entry, "content", item.html).set("type", "html")


def _rss_item(element: ET.Element, item: Item) -> None:
    _text(element, "title", item.title)
    _text(element, "link", item.url)
    _text(element, "guid", item.id).set("isPermaLink", "false")
    _text(element, "pubDate", format_datetime(item.published))
    for author in item.authors:
        _text(element, f"{{{_CREATOR}}}creator", author)
    for tag in item.tags:
        _text(element, "category", tag)
    _text(element, "description", item.summary)
    _text(element, f"{{{_CONTENT}}}encoded", item.html)


def _json_item(item: Item) -> dict[str, Any]:
    return {
        "id": item.id,
        "url": item.url,
        "title": item.title,
        "content_html": item.html,
        "summary": item.summary,
        "date_published": _rfc3339(item.published),
        "date_modified": _rfc3339(item.updated),
        "authors": [{"name": author} for author in item.authors],
        "tags": list(item.tags),
    }


def _rfc3339(moment: datetime.datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _clean(text: str) -> str:
    return _UNSPEAKABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def _text(parent: ET.Element, name: str, text: str) -> ET.Element:
    element = ET.SubElement(parent, name)
    element.text = _clean(text)
    return element


def _serialised(root: ET.Element) -> bytes:
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"
