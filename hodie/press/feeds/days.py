"""Feeds of days, an item a day: what each told, or the entries of it that somebody wants."""

import datetime
from collections.abc import Iterable
from itertools import islice

from markupsafe import Markup, escape
from msgspec.structs import replace

from hodie.almanac import Entry, Kind
from hodie.dates import HistoricalDate, MonthDay, days_shown, worded, worded_year
from hodie.press.backing import sources_of
from hodie.press.feeds.model import EPOCH, Desk, Feed, Item, Library, tag, whole
from hodie.press.feeds.stories import story_html
from hodie.press.filters import Filter
from hodie.press.publication import Publication
from hodie.press.story import Story
from hodie.press.words import words
from hodie.selection import Lineup, Pick

# Readers that look in once a week miss nothing.
DAYS = 10
# Entries of a day in a feed of those that somebody wants.
ENTRIES = 20


def feed_of_days(desk: Desk, today: datetime.date, days: int = DAYS) -> Feed:
    """Return the feed of the last days: an item a day, dated by its beginning."""
    publication = desk.publication
    items = (_day_item(desk, date, today) for date in _dates(today, days))
    return Feed(
        id=tag(publication, EPOCH, "feeds/today"),
        title=publication.name,
        subtitle=publication.tagline,
        home=publication.url("/"),
        language=publication.language,
        author=publication.name,
        updated=publication.day_start(today),
        items=tuple(item for item in items if item is not None),
    )


def feed_of_entries(
    library: Library, wanted: Filter, today: datetime.date, days: int = DAYS
) -> Feed:
    """Return a feed of the entries that somebody wants: an item a day that has some."""
    publication = library.publication
    items = (_entries_item(library, wanted, date) for date in _dates(today, days))
    said = wanted.worded(publication.language) or publication.tagline
    return Feed(
        id=tag(publication, EPOCH, f"feeds/any?{wanted.query}"),
        title=f"{publication.name}: {said}" if said else publication.name,
        subtitle=publication.tagline,
        home=publication.url("/"),
        language=publication.language,
        author=publication.name,
        updated=publication.day_start(today),
        items=tuple(item for item in items if item is not None),
    )


def _dates(today: datetime.date, days: int) -> list[datetime.date]:
    return [today - datetime.timedelta(days=back) for back in range(days)]


def _day_item(desk: Desk, date: datetime.date, today: datetime.date) -> Item | None:
    publication, day = desk.publication, MonthDay.of(date)
    lineup = desk.lineup(day, date.year)
    shown = days_shown(day, date.year, publication.leap_day)
    stories = [
        story
        for story in desk.shown_stories(date)
        if any(story.runs_on(each, date.year) for each in shown)
    ]
    told = [pick.entry for pick in (lineup.lead, *lineup.selected) if pick is not None]
    heads = [*(story.headline for story in stories), *(entry.label for entry in told)]
    if not heads:
        return None
    item = _item(publication, date, "today", heads, _day_html(publication, stories, told, lineup))
    corrected = [c.date for story in stories for c in story.corrections if date < c.date <= today]
    return replace(
        item,
        updated=publication.day_start(max([date, *corrected])),
        authors=tuple(dict.fromkeys(a.name for story in stories for a in story.bylines)),
    )


def _entries_item(library: Library, wanted: Filter, date: datetime.date) -> Item | None:
    publication, day = library.publication, MonthDay.of(date)
    shown = days_shown(day, date.year, publication.leap_day)
    found = [entry for each in shown for entry in islice(wanted.on(library.almanac, each), ENTRIES)]
    entries = sorted(found, key=lambda entry: -entry.weight)[:ENTRIES]
    if not entries:
        return None
    html = _list_html(publication, entries) + _sources_html(publication, entries)
    heads = [entry.label for entry in entries]
    return _item(publication, date, f"any?{wanted.query}", heads, html)


def _item(
    publication: Publication,
    date: datetime.date,
    name: str,
    heads: list[str],
    html: Markup,
) -> Item:
    """Make the item of a day, dated by the moment at which the day begins here."""
    named = worded(HistoricalDate(date.year, date.month, date.day), publication.language)
    start = publication.day_start(date)
    return Item(
        id=tag(publication, date, name),
        title=f"{named}: {heads[0]}",
        url=publication.url(f"/on/{MonthDay.of(date)}/"),
        html=whole(publication, html),
        summary="; ".join(heads),
        published=start,
        updated=start,
    )


def _day_html(
    publication: Publication, stories: list[Story], told: list[Entry], lineup: Lineup
) -> Markup:
    """Lay out all that the day's page tells: stories in full, picks, and the lists below."""
    parts = [
        Markup('<h2><a href="{}">{}</a></h2>\n{}').format(
            story.address, story.headline, story_html(story)
        )
        for story in stories
    ]
    parts.append(_list_html(publication, told))
    more = {"events": lineup.events, "births": lineup.births, "deaths": lineup.deaths}
    for name, picks in {**more, "holidays": lineup.holidays}.items():
        parts.append(_section_html(publication, name, picks))
    listed = [pick.entry for picks in (*more.values(), lineup.holidays) for pick in picks]
    parts.append(_sources_html(publication, [*told, *listed]))
    return Markup("").join(parts)


def _section_html(publication: Publication, name: str, picks: Iterable[Pick]) -> Markup:
    listed = _list_html(publication, [pick.entry for pick in picks])
    heading = words(publication.language)[name]
    return Markup("<h3>{}</h3>\n{}").format(heading, listed) if listed else Markup("")


def _list_html(publication: Publication, entries: Iterable[Entry]) -> Markup:
    listed = Markup("").join(_entry_html(publication, entry) for entry in entries)
    return Markup("<ul>\n{}</ul>\n").format(listed) if listed else Markup("")


def _entry_html(publication: Publication, entry: Entry) -> Markup:
    text = escape(_entry_words(entry))
    if entry.date is None:
        return Markup("<li>{}</li>\n").format(text)
    year = worded_year(entry.date.year, publication.language)
    return Markup("<li><strong>{}</strong> {}</li>\n").format(year, text)


def _entry_words(entry: Entry) -> str:
    person = entry.subject if entry.kind in (Kind.BIRTH, Kind.DEATH) else None
    if person is not None and not entry.line:
        return ", ".join(filter(None, (person.name, person.description)))
    return f"{entry.label}: {entry.line}" if entry.title and entry.line else entry.label


def _sources_html(publication: Publication, entries: Iterable[Entry]) -> Markup:
    """Name the sources and their licences, each once: they travel with the facts."""
    named = sources_of(entries)
    if not named:
        return Markup("")
    heading = words(publication.language)["sources"]
    return Markup("<p><small>{}: {}</small></p>\n").format(heading, ", ".join(named))
