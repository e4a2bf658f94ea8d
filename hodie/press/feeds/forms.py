"""A feed in its three forms: Atom, RSS 2.0 and JSON Feed 1.1.

Written with the standard library: feedgen had no release since 2023 and drops the attributes of
links, and feedgenerator dates a feed by the clock. Here the same values give the same bytes.
"""

import datetime
import re
import xml.etree.ElementTree as ET
from email.utils import format_datetime
from typing import Any

import msgspec

from hodie.press.feeds.model import Feed, Item

ATOM_TYPE = "application/atom+xml"
RSS_TYPE = "application/rss+xml"
JSON_TYPE = "application/feed+json"
_ATOM = "http://www.w3.org/2005/Atom"
_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_CREATOR = "http://purl.org/dc/elements/1.1/"
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# What XML 1.0 cannot hold, escaped or not.
_UNSPEAKABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

ET.register_namespace("atom", _ATOM)
ET.register_namespace("content", _CONTENT)
ET.register_namespace("dc", _CREATOR)


def atom(feed: Feed, url: str) -> bytes:
    """Write a feed, to stand at `url`, as Atom (RFC 4287)."""
    root = ET.Element("feed", {"xmlns": _ATOM, _XML_LANG: feed.language})
    _text(root, "id", feed.id)
    _text(root, "title", feed.title)
    if feed.subtitle:
        _text(root, "subtitle", feed.subtitle)
    ET.SubElement(root, "link", {"rel": "alternate", "type": "text/html", "href": feed.home})
    ET.SubElement(root, "link", {"rel": "self", "type": ATOM_TYPE, "href": url})
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
    ET.SubElement(channel, f"{{{_ATOM}}}link", {"rel": "self", "type": RSS_TYPE, "href": url})
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
