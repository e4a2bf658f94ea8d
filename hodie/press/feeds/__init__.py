"""Feeds of the days, of the stories and of whatever is asked for: Atom, RSS 2.0 and JSON Feed."""

from hodie.press.feeds.days import feed_of_days, feed_of_entries
from hodie.press.feeds.forms import atom, json_feed, rss
from hodie.press.feeds.model import Desk, Feed, Item, Library
from hodie.press.feeds.pages import Link, addresses, asked, links, page
from hodie.press.feeds.stories import feed_of_stories

__all__ = [
    "Desk",
    "Feed",
    "Item",
    "Library",
    "Link",
    "addresses",
    "asked",
    "atom",
    "feed_of_days",
    "feed_of_entries",
    "feed_of_stories",
    "json_feed",
    "links",
    "page",
    "rss",
]
