"""What an item of a page says: in which year, in which words, of which pages, on which topic."""

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from hodie.almanac import Kind
from hodie.dates import Calendar, DateError, HistoricalDate, MonthDay
from hodie.sources.prose import plain, without_marks
from hodie.sources.wikipedia.grammar import Language
from hodie.sources.wikipedia.leads import Lead, read_lead
from hodie.sources.wikipedia.markup import Item, Link, Words
from hodie.sources.wikipedia.origin import Origin

LICENCE = "CC-BY-SA-4.0"
"""The terms of all of Wikipedia's text, of whatever year, since June 2023."""

_REFORM = (1582, 10, 15)
# A year of fewer figures below another year is more likely a number of something else.
_FIGURES = 100
# Before the link to whom an item is about, there may be a title or an epithet, but no more.
_LONGEST_TITLE = 40
_STOP = re.compile(r"[,;:(（，、：–—]")
_FIGURE = re.compile(r"\d")
_LIVES = (Kind.BIRTH, Kind.DEATH)


class DayItem(Struct, frozen=True, kw_only=True, gc=False):
    """One item of a page of a day.

    `year` is astronomical, so 44 BC is -43; `year_words` is how the page writes it, and
    `other_year` what it may be instead. `date` is EDTF, by civil practice: Julian before 15 October
    1582. `pages` are the titles that the item links to, with underscores, the topic first;
    `context` those of the items that it is part of, `section` the headings above it.
    """

    year: int | None = None
    year_words: str | None = None
    date: str | None = None
    calendar: Calendar | None = None
    other_year: int | None = None
    approximate: bool = False
    uncertain: bool = False
    text: str
    pages: tuple[str, ...]
    topic: str | None
    context: tuple[str, ...]
    section: tuple[str, ...]
    language: str
    url: str | None
    revision: str | None
    licence: str = LICENCE


def read_item(item: Item, kind: Kind, origin: Origin) -> DayItem | None:
    """Read an item under a heading of `kind`, None where it is none: it has no year, or no text."""
    language = origin.language
    if kind is Kind.HOLIDAY:
        return _holiday(item, origin) if item.is_list else None
    own = _lead(item.words, language)
    if own and not item.above:
        text = _clean(item.words.text[own.end :])
        return _dated(item, kind, origin, own, own.end, text) if text else None
    above = [_lead(words, language) for words in item.above]
    dated = next((lead for lead in reversed(above) if lead), None)
    if own and dated and not _is_rather(own, item.words):
        own = None
    lead = own or dated or (_year_of_section(item, language) if item.is_list else None)
    if lead is None:
        return None
    text = _text([*zip(item.above, above, strict=True), (item.words, own)])
    return _dated(item, kind, origin, lead, own.end if own else 0, text) if text else None


def why_not(item: Item, origin: Origin) -> str:
    """Say why an item under a heading of events, births or deaths could not be read."""
    lead = _lead(item.words, origin.language)
    if lead is None:
        return "no year before it"
    if lead.end >= len(item.words.text):
        return f"nothing stands after the year {lead.words}"
    return f"the year {lead.words} has no day {origin.day}"


def civil(
    year: int, day: MonthDay, *, approximate: bool = False, uncertain: bool = False
) -> HistoricalDate | None:
    """Return a day of a year in the calendar of its time, None where it was no day in either.

    >>> civil(1066, MonthDay(10, 14)).calendar.value, civil(1901, MonthDay(2, 29))
    ('julian', None)
    """
    julian = (year, day.month, day.day) < _REFORM
    # 29 February 1700 was a day where the Julian calendar was kept: there it can be no other.
    calendars = (Calendar.JULIAN,) if julian else (Calendar.GREGORIAN, Calendar.JULIAN)
    for calendar in calendars:
        try:
            return HistoricalDate(year, day.month, day.day, calendar, approximate, uncertain)
        except DateError:
            continue
    return None


def _holiday(item: Item, origin: Origin) -> DayItem | None:
    text = _text([(words, None) for words in (*item.above, item.words)])
    if not text:
        return None
    pages, topic = _pages(item.words.links, None)
    return DayItem(
        text=text,
        pages=pages,
        topic=topic,
        context=_titles([link for words in item.above for link in words.links]),
        section=item.section[1:],
        language=origin.language.tag,
        url=origin.url,
        revision=origin.revision,
    )


def _dated(
    item: Item, kind: Kind, origin: Origin, lead: Lead, start: int, text: str
) -> DayItem | None:
    """Return an item of the year in `lead`, whose own words go on at `start`."""
    language, uncertain = origin.language, lead.doubted or lead.other is not None
    date = None
    if origin.day is not None:
        date = civil(lead.year, origin.day, approximate=lead.approximate, uncertain=uncertain)
        if date is None:
            return None
    links = _without_year(item.words.links, start, lead, language)
    pages, topic = _pages(links, _person(item.words, links, start) if kind in _LIVES else None)
    return DayItem(
        year=lead.year,
        year_words=lead.words,
        date=date.edtf if date else None,
        calendar=date.calendar if date else None,
        other_year=lead.other,
        approximate=lead.approximate,
        uncertain=uncertain,
        text=text,
        pages=pages,
        topic=topic,
        context=_titles(_links_above(item, language)) if item.above else (),
        section=item.section[1:],
        language=language.tag,
        url=origin.url,
        revision=origin.revision,
    )


# Years


def _lead(words: Words, language: Language) -> Lead | None:
    """Return the year that words begin with, if it is the year of an item and no mere number."""
    lead = read_lead(words.text, language)
    if lead is None or lead.sure or lead.end >= len(words.text) or _is_marked(lead, words):
        return lead
    return None


def _is_marked(lead: Lead, words: Words) -> bool:
    """Tell whether the year alone is a link, or in bold letters."""
    if 0 < words.bold_to <= lead.end:
        return True
    return any(link.start < lead.end and link.end <= lead.end for link in words.links)


def _is_rather(own: Lead, words: Words) -> bool:
    """Tell whether a year counts, though one stands above it already."""
    return _is_marked(own, words) or (own.sure and abs(own.year) >= _FIGURES)


def _year_of_section(item: Item, language: Language) -> Lead | None:
    """Return the year if the heading above is one, and no more."""
    for heading in item.section[-1:]:
        lead = read_lead(heading, language)
        if lead and lead.end >= len(heading) and lead.other is None and not lead.approximate:
            return lead
    return None


# Words


def _text(parts: Iterable[tuple[Words, Lead | None]]) -> str:
    """Join what stands above an item and its own words, each without its year, by line breaks."""
    pieces = [_clean(words.text[lead.end :] if lead else words.text) for words, lead in parts]
    # An item that has only a year is no item.
    return "\n".join(filter(None, pieces)) if pieces[-1] else ""


def _clean(text: str) -> str:
    return plain(without_marks(text))


# Links


def _pages(links: Sequence[Link], person: Link | None) -> tuple[tuple[str, ...], str | None]:
    """Return the titles of links, that of the topic first, and the topic."""
    topic = next((link for link in links if link.bold), person)
    if topic is None:
        return _titles(links), None
    return _titles([topic, *links]), topic.title


def _person(words: Words, links: Sequence[Link], start: int) -> Link | None:
    """Return the link to whom an item is about: the first, if little stands before it."""
    if not links:
        return None
    first = links[0]
    before = words.text[start : first.start]
    return first if len(before) <= _LONGEST_TITLE and not _STOP.search(before) else None


def _without_year(links: Iterable[Link], start: int, lead: Lead, language: Language) -> list[Link]:
    """Leave out the links that stand in the year, or lead to its page."""
    return [
        link
        for link in links
        if link.start >= start and not is_year(link.title, lead.year, language)
    ]


def is_year(title: str, year: int, language: Language) -> bool:
    """Tell whether a title is that of the page of a year."""
    if _FIGURE.search(title) is None:
        return False
    lead = read_lead(title.replace("_", " "), language)
    return lead is not None and lead.end >= len(title) and lead.year == year


def _links_above(item: Item, language: Language) -> Iterator[Link]:
    for words in item.above:
        lead = _lead(words, language)
        yield from (link for link in words.links if not lead or link.start >= lead.end)


def _titles(links: Iterable[Link]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([link.title for link in links]))
