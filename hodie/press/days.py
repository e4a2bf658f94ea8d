"""The pages of time: a day of the year, a date, a year, and the calendar of them all."""

import datetime
import re
from calendar import isleap
from collections import defaultdict
from contextlib import suppress

from markupsafe import Markup

from hodie.almanac import Entry, Kind
from hodie.dates import Calendar, DateError, HistoricalDate, MonthDay, worded
from hodie.press import cards, drawings, jsonld
from hodie.press.layout import Layout
from hodie.press.page import Page
from hodie.press.telling import tell
from hodie.press.view import View, year_address
from hodie.selection import Lineup, Pick

# What a page of a year shows of a kind at most; the rest is in the almanac.
MOST_OF_YEAR = 150
# Events of a day that the chart across the centuries draws.
MOST_DRAWN = 400
# Events of a date that are described to search engines.
MOST_DESCRIBED = 20

_DATE = re.compile(r"(-?\d{4,})-(\d\d)-(\d\d)")
_GREGORIAN_FROM = (1582, 10, 15)
# From 22 September 1792 to 31 December 1805, as Julian day numbers.
_REPUBLICAN_DAYS = range(2375840, 2380687)


def front(layout: Layout, address: str, today: datetime.date) -> Page:
    """Lay out today."""
    return _day(layout, address, today, MonthDay.of(today), front=True)


def day(layout: Layout, address: str, today: datetime.date, text: str) -> Page | None:
    """Lay out a day of the year, such as `08-20`."""
    try:
        return _day(layout, address, today, MonthDay.parse(text))
    except DateError:
        return None


def _day(
    layout: Layout, address: str, today: datetime.date, day: MonthDay, front: bool = False
) -> Page:
    publication, view = layout.publication, layout.view(today.year)
    telling = tell(layout, day, today)
    lineup = telling.lineup
    named = view.worded(day)
    return layout.html(
        "day.html",
        address,
        today,
        title=publication.name if front else named,
        description=layout.words["day_description"].format(
            day=named, picks=_picks_in_words(view, lineup)
        ),
        day=day,
        lineup=lineup,
        story=telling.story,
        picture=cards.of_day(layout, telling, today),
        oembed="/embed/today/oembed.json" if front else f"/embed/on/{day}/oembed.json",
        numeral=day.day,
        month_name=view.locale.months["stand-alone"]["wide"][day.month],
        dateline=_dateline(view, day, today, front),
        notice=_notice(layout, day, today.year),
        across=_across(layout, view, day, lineup),
        linked_data=[jsonld.script(block) for block in jsonld.day(publication, day, lineup, front)],
    )


def _picked(lineup: Lineup) -> list[Pick]:
    return [pick for pick in (lineup.lead, *lineup.selected) if pick is not None]


def _picks_in_words(view: View, lineup: Lineup) -> str:
    entries = [pick.entry for pick in _picked(lineup)]
    return "; ".join(
        f"{view.worded_year(each.date.year)}: {each.label}" for each in entries if each.date
    )


def _dateline(view: View, day: MonthDay, today: datetime.date, front: bool) -> str:
    """Say which day of the year it is; on the front page, the whole date first."""
    here = day.in_year(today.year)
    if here is None:
        return view.words["leap_day_notice"]
    number = here.julian_day - HistoricalDate(today.year, 1, 1).julian_day + 1
    left = 365 + isleap(today.year) - number
    key = "day_of_year" if left else "last_day_of_year"
    counted = view.words[key].format(n=number, left=left)
    return f"{worded(here, view.language, weekday=True)}, {counted}" if front else counted


def _notice(layout: Layout, day: MonthDay, year: int) -> str:
    moved = layout.publication.leap_day == "february-28" and not isleap(year)
    return layout.words["leap_notice"] if moved and day == MonthDay(2, 28) else ""


def _across(layout: Layout, view: View, day: MonthDay, lineup: Lineup) -> Markup | None:
    people = [pick.entry for pick in (*lineup.births, *lineup.deaths)]
    events = layout.almanac.day(day, Kind.EVENT, limit=MOST_DRAWN)
    return drawings.across(view, [*events, *people], {pick.entry.id for pick in _picked(lineup)})


def date(layout: Layout, address: str, today: datetime.date, text: str) -> Page | None:
    """Lay out one date, such as `1940-08-20`, which is read by civil practice."""
    date = date_at(text)
    if date is None:
        return None
    view = layout.view(today.year)
    entries = sorted(layout.almanac.date(date), key=lambda entry: entry.kind is not Kind.EVENT)
    stories = layout.among_shown(layout.stories_by_date.get(date, ()), today)
    if not entries and _is_unusual(date):
        return None
    named = view.worded(date)
    return layout.html(
        "date.html",
        address,
        today,
        title=named,
        description=layout.words["date_description"].format(
            date=named, picks="; ".join(entry.label for entry in entries[:5])
        ),
        heading=named,
        weekday_line=view.locale.days["format"]["wide"][date.weekday - 1],
        under=layout.words["by_julian"] if date.calendar is Calendar.JULIAN else "",
        entries=entries,
        stories=stories,
        day=date.month_day,
        year_slug=year_address(date.year),
        year_words=view.worded_year(date.year),
        before=_turn(date, -1),
        after=_turn(date, 1),
        calendars=_calendars(view, date),
        linked_data=_described(layout, entries),
        indexed=bool(entries or stories),
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
    julian = (year, month, day) < _GREGORIAN_FROM
    # A date that only the Julian calendar had, such as 29 February 1700, can be no other.
    calendars = (Calendar.JULIAN,) if julian else (Calendar.GREGORIAN, Calendar.JULIAN)
    for calendar in calendars:
        with suppress(DateError):
            date = HistoricalDate(year, month, day, calendar=calendar)
            return date if date.edtf == text else None
    return None


def _is_unusual(date: HistoricalDate) -> bool:
    """Tell whether a date is Julian at a time when the address means a Gregorian one."""
    written = (date.year, date.month or 0, date.day or 0)
    return date.calendar is Calendar.JULIAN and written >= _GREGORIAN_FROM


def _turn(date: HistoricalDate, days: int) -> HistoricalDate:
    """Return the civil date so many days on: 4 October 1582 is followed by the 15th."""
    number = date.julian_day + days
    gregorian = HistoricalDate.from_julian_day(number)
    if (gregorian.year, gregorian.month or 0, gregorian.day or 0) < _GREGORIAN_FROM:
        return HistoricalDate.from_julian_day(number, calendar=Calendar.JULIAN)
    return gregorian


def _calendars(view: View, date: HistoricalDate) -> list[tuple[str, str]]:
    """Word a date in the other calendars that can hold it, and as a Julian day number."""
    found = []
    for calendar in Calendar:
        if calendar is date.calendar or not _was_kept(calendar, date.julian_day):
            continue
        with suppress(DateError):
            other = worded(date.to(calendar), view.language)
            found.append((view.words[f"calendar_{calendar.value}"], other))
    return [*found, (view.words["julian_day"], str(date.julian_day))]


def _was_kept(calendar: Calendar, julian_day: int) -> bool:
    """Tell whether a calendar means anything on a day: the Republican one had thirteen years."""
    return calendar is not Calendar.REPUBLICAN or julian_day in _REPUBLICAN_DAYS


def _described(layout: Layout, entries: list[Entry]) -> list[Markup]:
    events = [entry for entry in entries if entry.kind is Kind.EVENT][:MOST_DESCRIBED]
    return [jsonld.script(jsonld.entry(layout.publication, entry)) for entry in events]


def year(layout: Layout, address: str, today: datetime.date, text: str) -> Page | None:
    """Lay out a year, such as `1940` or `-0043`."""
    year, view = int(text), layout.view(today.year)
    years = layout.years
    if text != year_address(year) or year not in years:
        return None
    at = years.index(year)
    kinds = {
        kind: layout.almanac.year(year, kind=kind, limit=None, order="date")
        for kind in (Kind.EVENT, Kind.BIRTH, Kind.DEATH)
    }
    named = view.worded_year(year)
    return layout.html(
        "year.html",
        address,
        today,
        title=named,
        description=layout.words["year_description"].format(year=named),
        heading=named,
        under=layout.words["year_under"].format(
            **{f"{kind}s": len(entries) for kind, entries in kinds.items()}
        ),
        parts_of_year=[
            (layout.words[f"of_year_{kind}s"], *_weightiest(entries))
            for kind, entries in kinds.items()
        ],
        before=years[at - 1] if at else None,
        after=years[at + 1] if at + 1 < len(years) else None,
        sheet=drawings.year_sheet(view, year, [each for kind in kinds.values() for each in kind]),
    )


def _weightiest(entries: list[Entry]) -> tuple[list[Entry], int]:
    """Keep the weightiest of a year's entries in order of time, and count the others."""
    best = sorted(entries, key=lambda entry: -entry.weight)[:MOST_OF_YEAR]
    kept = {entry.id for entry in best}
    return [entry for entry in entries if entry.id in kept], len(entries) - len(best)


def calendar(layout: Layout, address: str, today: datetime.date) -> Page:
    """Lay out the 366 days, and the years that have entries."""
    names = layout.view(today.year).locale.months["stand-alone"]["wide"]
    months: dict[int, list[MonthDay]] = defaultdict(list)
    for day in MonthDay.all():
        months[day.month].append(day)
    return layout.html(
        "calendar.html",
        address,
        today,
        title=layout.words["calendar_head"],
        description=layout.words["calendar_note"],
        now=MonthDay.of(today),
        storied={story.run for story in layout.stories if isinstance(story.run, MonthDay)},
        months=[(names[month], days) for month, days in months.items()],
        centuries=_centuries(layout),
    )


def _centuries(layout: Layout) -> list[tuple[str, list[int]]]:
    """Return the years that have entries by century, those before Christ together."""
    groups: dict[str, list[int]] = defaultdict(list)
    for year in layout.years:
        first = layout.words["before_christ"] if year <= 0 else str(max(year // 100 * 100, 1))
        groups[first].append(year)
    return list(groups.items())
