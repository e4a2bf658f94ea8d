"""Calendars (RFC 5545): what each day of a year tells, the stories, and whatever is asked for.

What comes back each year is one event with a rule. Its first date lies in 2024, whatever happened
when: many programs know no years before 1900, and that one has all 366 days.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from hodie.almanac import Entry
from hodie.dates import MonthDay, worded_year
from hodie.press.backing import sources_of
from hodie.press.filters import Filter
from hodie.press.layout import Layout
from hodie.press.page import Page
from hodie.press.publication import Publication
from hodie.press.story import Story
from hodie.press.telling import Telling, tell
from hodie.press.view import typeset

# The library is imported where it is used: most commands and pages make no calendar.
if TYPE_CHECKING:
    from icalendar import Calendar, Event, vRecur

MEDIA_TYPE = "text/calendar; charset=utf-8"
YEAR, STORIES, ANY = "/calendar.ics", "/calendars/stories.ics", "/calendars/any.ics"
ADDRESSES = (YEAR, STORIES)
# Of a day in the calendar of a filter: more would hide everything else that its owner has to do.
ENTRIES = 3
# Of a kind and a day: the year has many, and somebody waits.
_MOST_READ = 250
_FIRST_YEAR = 2024
# When an event was made is asked of every one; nobody knows, and it must not change.
_MADE = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
_LEAP_DAY = MonthDay(2, 29)


def page(layout: Layout, address: str, today: datetime.date) -> Page | None:
    """Return the calendar at an address that is a file of the edition."""
    publication = layout.publication
    if address == YEAR:
        events = list(_of_year(layout, today))
        return _page(publication, address, publication.name, events)
    if address == STORIES:
        told = sorted(layout.shown_stories(today), key=lambda story: story.id)
        events = [event for story in told if (event := _of_story(publication, story))]
        name = f"{publication.name}: {layout.words['stories']}"
        return _page(publication, address, name, events)
    return None


def asked(
    layout: Layout, address: str, query: Sequence[tuple[str, str]], today: datetime.date
) -> Page:
    """Return the calendar of the entries that somebody wants, each of them yearly.

    The heaviest few of each day, or all of an entity; raises FilterError.
    """
    wanted, publication = Filter.read(query), layout.publication
    entries = wanted.of_entities(layout.almanac) if wanted.about else _heaviest(layout, wanted)
    said = wanted.worded(publication.language)
    name = f"{publication.name}: {said}" if said else publication.name
    text = f"{address}?{wanted.query}" if wanted.query else address
    return _page(publication, text, name, _of_entries(publication, entries), at=address)


def _heaviest(layout: Layout, wanted: Filter) -> Iterator[Entry]:
    for day in MonthDay.all():
        yield from islice(wanted.on(layout.almanac, day, most=_MOST_READ), ENTRIES)


def of_entries(publication: Publication, entries: Iterable[Entry]) -> Iterator[bytes]:
    """Write entries, piece by piece, as a calendar in which each comes back every year."""
    return _pieces(publication, publication.name, _of_entries(publication, entries))


def _page(
    publication: Publication, address: str, name: str, events: Iterable[Event], at: str = ""
) -> Page:
    pieces = _pieces(publication, name, events, publication.url(address))
    return Page(at or address, MEDIA_TYPE, b"".join(pieces))


def _pieces(
    publication: Publication, name: str, events: Iterable[Event], url: str = ""
) -> Iterator[bytes]:
    head, end, rest = _head(publication, name, url).to_ical().partition(b"END:VCALENDAR")
    yield head
    for event in events:
        yield event.to_ical()
    yield end + rest


def _head(publication: Publication, name: str, url: str) -> Calendar:
    from icalendar import Calendar, vDuration, vText

    calendar = Calendar()
    calendar.add("prodid", f"-//Hodie//{publication.name}//{publication.language.upper()}")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    # The name, once as RFC 7986 has it and once as most programs read it.
    for key in ("name", "x-wr-calname"):
        calendar.add(key, vText(name))
    if publication.tagline:
        calendar.add("x-wr-caldesc", vText(publication.tagline))
    calendar.add("x-wr-timezone", publication.time_zone)
    calendar.add("refresh-interval", vDuration(datetime.timedelta(days=1)))
    calendar["refresh-interval"].params["VALUE"] = "DURATION"
    if url:
        calendar.add("source", url)
        calendar["source"].params["VALUE"] = "URI"
    return calendar


def _of_year(layout: Layout, today: datetime.date) -> Iterator[Event]:
    """Make an event of each day of the year of `today`: its story, else its lead."""
    first = datetime.date(today.year, 1, 1)
    for date in (first + datetime.timedelta(days=n) for n in range(366)):
        if date.year == today.year:
            telling = tell(layout, MonthDay.of(date), today)
            if event := _of_day(layout, date, telling):
                yield event


def _of_day(layout: Layout, date: datetime.date, telling: Telling) -> Event | None:
    publication, story = layout.publication, telling.story
    uid = f"{date.isoformat()}@{_host(publication)}"
    if story is not None:
        return _event(uid, date, typeset(story.headline), publication.url(story.address),
                      typeset(story.description))  # fmt: skip
    entry = next(iter(telling.entries), None)
    if entry is None:
        return None
    address = publication.url(f"/on/{telling.day}/")
    return _event(uid, date, _summary(publication, entry), address, _description(entry))


def _of_story(publication: Publication, story: Story) -> Event | None:
    """Make the event of a story: once, or each year on its day."""
    if story.run is None:
        return None
    once = isinstance(story.run, datetime.date)
    date = story.run if isinstance(story.run, datetime.date) else _first(story.run)
    uid = f"stories/{story.id}@{_host(publication)}"
    event = _event(uid, date, typeset(story.headline), publication.url(story.address),
                   typeset(story.description))  # fmt: skip
    if isinstance(story.run, MonthDay) and not once:
        event.add("rrule", _yearly(publication, story.run))
    if story.tags:
        event.add("categories", list(story.tags))
    return event


def _of_entries(publication: Publication, entries: Iterable[Entry]) -> Iterator[Event]:
    for entry in entries:
        if entry.day is None:
            continue
        uid = f"{entry.id}@{_host(publication)}"
        url = publication.url(f"/on/{entry.day}/")
        summary = _summary(publication, entry)
        event = _event(uid, _first(entry.day), summary, url, _description(entry))
        event.add("rrule", _yearly(publication, entry.day))
        event.add("categories", [entry.kind])
        yield event


def _event(uid: str, date: datetime.date, summary: str, url: str, description: str) -> Event:
    """Make an event that lasts a day and takes nobody's time."""
    from icalendar import Event

    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", _MADE)
    event.add("dtstart", date)
    event.add("dtend", date + datetime.timedelta(days=1))
    event.add("summary", summary)
    if description:
        event.add("description", description)
    if "://" in url:
        event.add("url", url)
    event.add("transp", "TRANSPARENT")
    return event


def _yearly(publication: Publication, day: MonthDay) -> vRecur:
    """Return the rule of a day: 29 February is the last of its month, or comes in leap years.

    A rule that says no more than "each year" would be read in two ways: RFC 5545 leaves out years
    that lack the day, and some programs move it, to the 28th or into March.
    """
    from icalendar import vRecur

    if day != _LEAP_DAY:
        return vRecur(freq="yearly")
    last = publication.leap_day == "february-28"
    return vRecur(freq="yearly", bymonth=2, bymonthday=-1 if last else 29)


def _first(day: MonthDay) -> datetime.date:
    return datetime.date(_FIRST_YEAR, day.month, day.day)


def _summary(publication: Publication, entry: Entry) -> str:
    label = typeset(entry.label)
    if entry.date is None:
        return label
    return f"{worded_year(entry.date.year, publication.language)}: {label}"


def _description(entry: Entry) -> str:
    """Say more of an entry, and where it is from."""
    line = typeset(entry.line) if entry.line and entry.title else ""
    return "\n\n".join(filter(None, (line, "; ".join(sources_of([entry])))))


def _host(publication: Publication) -> str:
    return urlsplit(publication.base_url).hostname or "localhost"
