"""Wikipedia's pages of days, in the fourteen languages of Wikimedia's own service."""

from hodie.sources.wikipedia.grammar import language, languages
from hodie.sources.wikipedia.items import DayItem
from hodie.sources.wikipedia.pages import DayPage, LeftOut, read_page
from hodie.sources.wikipedia.source import WikipediaSource

__all__ = [
    "DayItem",
    "DayPage",
    "LeftOut",
    "WikipediaSource",
    "language",
    "languages",
    "read_page",
]
