"""The addresses of feeds, and what stands there."""

import datetime
from collections.abc import Callable, Iterator

from msgspec import Struct

from hodie.press.feeds.days import feed_of_days, feed_of_entries
from hodie.press.feeds.forms import ATOM_TYPE, JSON_TYPE, RSS_TYPE, atom, json_feed, rss
from hodie.press.feeds.model import Desk, Feed, Library
from hodie.press.feeds.stories import feed_of_stories
from hodie.press.filters import Filter
from hodie.press.page import Page
from hodie.press.publication import Author, Publication, Series

ROOM = "/feeds/"
_FORMS: dict[str, tuple[str, Callable[[Feed, str], bytes]]] = {
    "atom": (ATOM_TYPE, atom),
    "rss": (RSS_TYPE, rss),
    "json": (JSON_TYPE, json_feed),
}
_FORM_NAMES = {"atom": "Atom", "rss": "RSS", "json": "JSON"}


class Link(Struct, frozen=True):
    """How a page tells feed readers of a feed that goes with it."""

    title: str
    address: str
    media_type: str
    name: str


def addresses(publication: Publication) -> Iterator[str]:
    """Yield the address of every feed that is a file of the edition."""
    for name in _names(publication):
        yield from (f"{ROOM}{name}.{form}" for form in _FORMS)


def links(name: str, title: str) -> list[Link]:
    """Return the links to a feed by its name in addresses, such as `today`, in every form."""
    return [
        Link(title, f"{ROOM}{name}.{form}", _FORMS[form][0], form_name)
        for form, form_name in _FORM_NAMES.items()
    ]


def page(desk: Desk, address: str, today: datetime.date) -> Page | None:
    """Return the feed at an address, None where there is none."""
    name, _, form = address.removeprefix(ROOM).rpartition(".")
    if form not in _FORMS or name not in _names(desk.publication):
        return None
    return _page(desk, address, form, _feed(desk, name, today))


def asked(library: Library, address: str, wanted: Filter, today: datetime.date) -> Page | None:
    """Return the feed of the entries that somebody wants: `/feeds/any.atom` with a query."""
    name, _, form = address.removeprefix(ROOM).rpartition(".")
    if form not in _FORMS or name != "any":
        return None
    query = f"?{wanted.query}" if wanted.query else ""
    return _page(library, address, form, feed_of_entries(library, wanted, today), query)


def _page(desk: Desk, address: str, form: str, feed: Feed, query: str = "") -> Page:
    media_type, write = _FORMS[form]
    return Page(address, media_type, write(feed, desk.publication.url(address + query)))


def _names(publication: Publication) -> dict[str, Series | Author | None]:
    """Return the feeds by their names in addresses, and whose stories they tell."""
    return {
        "today": None,
        "stories": None,
        **{f"series/{series.id}": series for series in publication.series},
        **{f"by/{author.id}": author for author in publication.authors},
    }


def _feed(desk: Desk, name: str, today: datetime.date) -> Feed:
    if name == "today":
        return feed_of_days(desk, today)
    return feed_of_stories(desk, today, of=_names(desk.publication)[name])
