"""The day as other services' APIs answer it, so that their clients only change the host.

    /feed/v1/wikipedia/en/onthisday/all/08/20    Wikimedia's feed
    /api/rest_v1/feed/onthisday/all/08/20        the same, its older address
    /date/8/20, /date                            history.muffinlabs.com; without a day it is today
    /on-this-day/8/20/events.json                byabbe.se

Every answer is a function of the almanac, its address, and the date that it is for.
"""

import datetime
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

import msgspec

from hodie.dates import DateError, MonthDay
from hodie.press.dialects import byabbe, muffinlabs, wikimedia
from hodie.press.dialects.items import Item, Told, Writer, of_the_year, told
from hodie.press.dialects.problems import PROBLEM, missing
from hodie.press.layout import Layout
from hodie.press.page import Page

__all__ = ["PROBLEM", "Dialects", "filed", "is_dialect", "jsonp"]

JSON = "application/json; charset=utf-8"
JAVASCRIPT = "application/javascript; charset=utf-8"
LONGEST_CALLBACK = 128

_DAY = r"(\d{1,2})/(\d{1,2})"
_FEED = re.compile(rf"/feed/v1/wikipedia/([^/]+)/onthisday/([^/]+)/{_DAY}")
_REST = re.compile(rf"/api/rest_v1/feed/onthisday/([^/]+)/{_DAY}")
_DATE = re.compile(rf"/date/{_DAY}")
_BYABBE = re.compile(rf"/on-this-day/{_DAY}/(events|births|deaths)\.json")
_ANY = re.compile(r"/feed/v1/.*|/api/rest_v1/.*|/date(/.*)?|/on-this-day/.*")
# The feed's types that have picks or moving holidays, which are other ones every year.
_OF_THE_YEAR = ("all", "selected", "holidays")
_CALLBACK = re.compile(r"[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*", re.ASCII)


def is_dialect(address: str) -> bool:
    """Tell whether an address is one of these APIs', be there an answer or not."""
    return _ANY.fullmatch(address) is not None


def filed(address: str) -> str:
    """Return how an address is written as a file's, whatever zeros it was asked for with.

    >>> filed("/date/08/05"), filed("/api/rest_v1/feed/onthisday/all/8/5"), filed("/on/08-05/")
    ('/date/8/5', '/api/rest_v1/feed/onthisday/all/08/05', '/on/08-05/')
    """
    if not is_dialect(address):
        return address
    pad = "{:02}" if address.startswith(("/feed/", "/api/")) else "{}"
    return re.sub(r"(?<=/)\d{1,2}(?=/|$)", lambda found: pad.format(int(found[0])), address)


class Dialects:
    """The APIs' answers for one publication. Any number of threads may ask."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._languages = layout.publication.languages
        # The answers of a day are made one after the other: what they share is made once.
        self._told = lru_cache(maxsize=4)(self._tell)
        self._feed = lru_cache(maxsize=4)(self._make_feed)

    def addresses(self) -> Iterator[str]:
        """Yield the address of every answer that does not depend on its reader, day by day."""
        yield "/date"
        for day in MonthDay.all():
            short, long = f"{day.month}/{day.day}", f"{day.month:02}/{day.day:02}"
            yield f"/date/{short}"
            yield from (f"/on-this-day/{short}/{name}.json" for name in byabbe.KINDS)
            for name in wikimedia.TYPES:
                for language in self._languages:
                    yield f"/feed/v1/wikipedia/{language}/onthisday/{name}/{long}"
                yield f"/api/rest_v1/feed/onthisday/{name}/{long}"

    def period(self, address: str, today: datetime.date) -> str:
        """Name the time over which an answer stays as it is: most stay while the almanac does."""
        if address == "/date":
            return today.isoformat()
        of_the_year = any(f"/{name}/" in address for name in _OF_THE_YEAR)
        return str(today.year) if of_the_year else ""

    def page(self, address: str, today: datetime.date) -> Page | None:
        """Return the answer at an address, None where that is no address of theirs."""
        if address == "/date":
            return self._date(address, today, str(today.month), str(today.day))
        for pattern, make in self._routes():
            if found := pattern.fullmatch(address):
                return make(address, today, *found.groups())
        if not is_dialect(address):
            return None
        return missing(address, "Not found", "There is nothing at this address.")

    def _routes(self) -> tuple[tuple[re.Pattern[str], Callable[..., Page]], ...]:
        return (
            (_DATE, self._date),
            (_BYABBE, self._byabbe),
            (_FEED, self._wikimedia),
            (_REST, self._rest),
        )

    def _date(self, address: str, today: datetime.date, *day: str) -> Page:
        at = _day_at(*day)
        if at is None:
            return _no_day(address, *day)
        return _answer(address, muffinlabs.day(self._layout, self._told(at, self._languages[0])))

    def _byabbe(self, address: str, today: datetime.date, month: str, day: str, name: str) -> Page:
        at = _day_at(month, day)
        if at is None:
            return _no_day(address, month, day)
        return _answer(address, byabbe.day(self._layout, self._told(at, self._languages[0]), name))

    def _rest(self, address: str, today: datetime.date, name: str, *day: str) -> Page:
        return self._wikimedia(address, today, self._languages[0], name, *day)

    def _wikimedia(
        self, address: str, today: datetime.date, language: str, name: str, *day: str
    ) -> Page:
        if language not in self._languages:
            return _no_language(address, language, self._languages)
        if name not in wikimedia.TYPES:
            types = ", ".join(wikimedia.TYPES)
            return missing(address, "No such type", f"{name!r} is none of {types}.")
        at = _day_at(*day)
        if at is None:
            return _no_day(address, *day)
        return Page(address, JSON, self._feed(at, language, today.year).body(name))

    def _picks(self, day: MonthDay, year: int, language: str) -> list[Item]:
        """Return what the day's page tells first this year; not what it has of 29 February."""
        lineup = self._layout.lineup(day, year)
        entries = [pick.entry for pick in (lineup.lead, *lineup.selected) if pick is not None]
        writer = Writer(self._layout, language)
        return [writer.item(entry) for entry in entries if entry.day == day]

    def _tell(self, day: MonthDay, language: str) -> Told:
        return told(self._layout, day, language)

    def _make_feed(self, day: MonthDay, language: str, year: int) -> wikimedia.Feed:
        items = of_the_year(self._told(day, language), self._layout, year, language)
        picks = self._picks(day, year, language)
        return wikimedia.Feed(self._layout, items, picks, language)


def jsonp(page: Page, callback: str) -> Page:
    """Wrap an answer in a call of the function that its reader named.

    What is no name of a function is refused: it would be code of somebody else's in this answer.

    >>> jsonp(Page("/date", JSON, b"{}"), "show.it").body, jsonp(Page("/", JSON, b""), "a()").status
    (b'show.it({})', 400)
    """
    if len(callback) > LONGEST_CALLBACK or not _CALLBACK.fullmatch(callback):
        problem = {
            "status": 400,
            "type": "bad_request",
            "title": "No name of a function",
            "detail": "'callback' must be a name as JavaScript has them, such as show or app.show.",
            "method": "GET",
            "uri": page.address,
        }
        return Page(page.address, PROBLEM, msgspec.json.encode(problem), 400)
    # Two characters end a line in older JavaScript, though not in JSON.
    body = page.body.replace(b"\xe2\x80\xa8", b"\\u2028").replace(b"\xe2\x80\xa9", b"\\u2029")
    return Page(page.address, JAVASCRIPT, b"%b(%b)" % (callback.encode(), body), page.status)


def _answer(address: str, body: Any) -> Page:
    return Page(address, JSON, msgspec.json.encode(body))


def _day_at(month: str, day: str) -> MonthDay | None:
    try:
        return MonthDay(int(month), int(day))
    except DateError:
        return None


def _no_day(address: str, month: str, day: str) -> Page:
    return missing(address, "No such day", f"No month {month} has a day {day}.", "no_such_day")


def _no_language(address: str, language: str, languages: tuple[str, ...]) -> Page:
    return missing(
        address,
        "Language not supported",
        f"{language!r} is not yet supported; this publication is in {', '.join(languages)}.",
        "unsupported_language",
    )
