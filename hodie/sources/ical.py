"""Calendars of one's own in iCalendar files (RFC 5545): their events, and what comes every year."""

import datetime
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from icalendar import Event

from hodie.almanac import SUBJECT, Entry, Kind, Reference
from hodie.dates import HistoricalDate, MonthDay, in_use
from hodie.sources.reading import Tell as TellText
from hodie.sources.reading import ignore
from hodie.sources.records import Fact, Name, RecordSource, Tell, Unread, dated, open_text
from hodie.sources.records.facts import Facts
from hodie.sources.records.reading import read_one
from hodie.sources.records.texts import DAMAGED

__all__ = ["ICalSource"]

MOST_LINES = 2000
"""An event of more lines than this has lost its end."""

_BEGIN = re.compile(r"BEGIN:(VEVENT|VTODO|VJOURNAL)\s*", re.IGNORECASE)
_ANY_BEGIN = re.compile(r"BEGIN:V(?:EVENT|TODO|JOURNAL|CALENDAR)\s*", re.IGNORECASE)
_END = re.compile(r"END:(VEVENT|VTODO|VJOURNAL|VCALENDAR)\s*", re.IGNORECASE)
_ZONE = re.compile(r"X-WR-TIMEZONE[^:]*:(\S+)", re.IGNORECASE)
_KINDS = {
    "holiday": Kind.HOLIDAY,
    "holidays": Kind.HOLIDAY,
    "observance": Kind.HOLIDAY,
    "birthday": Kind.BIRTH,
    "birthdays": Kind.BIRTH,
    "birth": Kind.BIRTH,
    "births": Kind.BIRTH,
    "death": Kind.DEATH,
    "deaths": Kind.DEATH,
}
_WHOSE = re.compile(
    r"(?:(?:birthday|birth|death) of )?(?P<name>.+?)"
    r"(?:['’]s? (?:birthday|birth|death)| (?:born|dies|died))?",
    re.IGNORECASE,
)
# The year that calendars of contacts write where they know none.
_NO_YEAR = 1604


class _Block(NamedTuple):
    """One component as text, and the line on which it begins."""

    kind: str
    line: int
    text: str
    zone: str


class _RefusedError(ValueError):
    """An event that gives no entry: the property that says so, and why."""

    def __init__(self, column: str, reason: str, *, skipped: bool = False) -> None:
        super().__init__(reason)
        self.column, self.reason, self.skipped = column, reason, skipped

    def unread(self, file: str, block: _Block) -> Unread:
        title = _title_of(block)
        return Unread(file, block.line, self.column, self.reason, title, self.skipped)


def _broken(error: Exception) -> _RefusedError:
    return _RefusedError("", f"is no iCalendar: {error}")


class ICalSource(RecordSource):
    """The events of .ics files. What comes every year on one day is on that day; what moves is not.

    An event's category makes it a holiday, a birth or a death.
    """

    name = "ical"

    @staticmethod
    def read(
        file: Path, *, language: str | None = None, tell: TellText = ignore
    ) -> Iterator[Entry]:
        """Yield the entries of one file."""
        yield from read_one(ICalSource(file=str(file)), tell)

    def facts(self, path: Path) -> Facts:
        return lambda tell: self._facts(path, tell)

    def _facts(self, path: Path, tell: Tell) -> Iterator[Fact]:
        text = open_text(path)
        self.note(text.note)
        terms = self.terms(path)
        for block in _blocks(path, text.lines, tell):
            try:
                yield _fact(block, terms.reference)
            except Exception as error:
                # Whatever the library's parts raise is no more than a property that is wrong.
                refused = error if isinstance(error, _RefusedError) else _broken(error)
                tell(refused.unread(path.name, block))


def _blocks(path: Path, lines: Iterator[str], tell: Tell) -> Iterator[_Block]:
    """Yield the events of a calendar, each by itself, so that a broken one spoils no other."""
    kind, start, zone = "", 0, ""
    held: list[str] = []
    for number, line in enumerate(lines, 1):
        if kind and (_ANY_BEGIN.fullmatch(line) or len(held) > MOST_LINES):
            tell(Unread(path.name, start, "", f"the {kind} has no end", held[0]))
            kind = ""
        if found := _BEGIN.fullmatch(line):
            kind, start, held = found[1].upper(), number, []
        if kind:
            held.append(line)
        elif found := _ZONE.fullmatch(line):
            zone = found[1]
        if kind and _END.fullmatch(line):
            yield _Block(kind, start, "\r\n".join(held) + "\r\n", zone)
            kind = ""
    if kind:
        tell(Unread(path.name, start, "", f"the {kind} has no end", held[0]))


def _title_of(block: _Block) -> str:
    found = re.search(r"^SUMMARY[^:\n]*:(.*)$", block.text, re.MULTILINE | re.IGNORECASE)
    return found[1].strip() if found else ""


def _fact(block: _Block, reference: Reference) -> Fact:
    if block.kind != "VEVENT":
        raise _RefusedError("", f"a {block.kind} is no event", skipped=True)
    if DAMAGED.search(block.text):
        raise _RefusedError("", "a byte that is no UTF-8")
    event = _parsed(block)
    date, yearly = _date(event, block.zone), _is_yearly(event)
    title, line = _text(event, "SUMMARY"), _text(event, "DESCRIPTION")
    if not (title or line):
        raise _RefusedError("SUMMARY", "nothing to show: there is no SUMMARY")
    kind = _kind(event)
    if date.year == _NO_YEAR and yearly:
        kind = Kind.HOLIDAY
    found = dated(in_use(date))
    place = _text(event, "LOCATION")
    whose = _WHOSE.fullmatch(title) if kind in (Kind.BIRTH, Kind.DEATH) else None
    parts = ((Name(whose["name"]), SUBJECT),) if whose else ()
    return Fact(
        kind=kind,
        date=None if kind is Kind.HOLIDAY else found.date,
        day=MonthDay(date.month or 1, date.day or 1) if kind is Kind.HOLIDAY else found.day,
        doubtful=found.doubtful,
        title=title or None,
        line=line or None,
        parts=(*parts, *(((Name(place), "place"),) if place else ())),
        reference=_reference(event, reference),
        key=_text(event, "UID"),
        line_number=block.line,
    )


def _parsed(block: _Block) -> Any:
    event = Event.from_ical(block.text)
    if not isinstance(event, Event):
        raise _RefusedError("", "is no iCalendar event")
    return event


def _date(event: Any, zone: str) -> HistoricalDate:
    """Return the day on which an event begins there; a moment in UTC in the calendar's zone."""
    try:
        start = event.decoded("DTSTART")
    except Exception as error:
        reason = "is missing" if "DTSTART" not in event else f"is no date: {error}"
        raise _RefusedError("DTSTART", reason) from error
    if isinstance(start, datetime.datetime):
        if start.tzinfo is datetime.UTC or str(start.tzinfo) == "UTC":
            start = _local(start, zone)
        start = start.date()
    if not isinstance(start, datetime.date):
        raise _RefusedError("DTSTART", "is no date")
    return HistoricalDate(start.year, start.month, start.day)


def _local(moment: datetime.datetime, zone: str) -> datetime.datetime:
    try:
        return moment.astimezone(ZoneInfo(zone)) if zone else moment
    except (ZoneInfoNotFoundError, ValueError, OSError, OverflowError):
        return moment


def _is_yearly(event: Any) -> bool:
    """Tell whether an event comes every year; raises _RefusedError if on a day that moves."""
    if "RECURRENCE-ID" in event:
        raise _RefusedError("RECURRENCE-ID", "a change to one time of many", skipped=True)
    if str(event.get("STATUS", "")).upper() == "CANCELLED":
        raise _RefusedError("STATUS", "is cancelled", skipped=True)
    rule = event.get("RRULE")
    if rule is None:
        return False
    rules = rule if isinstance(rule, list) else [rule]
    for each in rules:
        parts = {key.upper(): value for key, value in each.items()}
        frequency = "".join(map(str, parts.get("FREQ", []))).upper()
        if frequency != "YEARLY":
            raise _RefusedError("RRULE", f"comes {frequency.lower()}, not on a day", skipped=True)
        if parts.keys() & {"BYDAY", "BYWEEKNO", "BYYEARDAY", "BYSETPOS"}:
            raise _RefusedError("RRULE", "moves from year to year", skipped=True)
    return True


def _kind(event: Any) -> Kind:
    categories = event.get("CATEGORIES", [])
    for each in categories if isinstance(categories, list) else [categories]:
        for name in getattr(each, "cats", [each]):
            if kind := _KINDS.get(str(name).strip().casefold()):
                return kind
    return Kind.EVENT


def _reference(event: Any, reference: Reference) -> Reference | None:
    url = _text(event, "URL")
    if not url:
        return None
    return Reference(reference.source, url, reference.revision, reference.licence)


def _text(event: Any, name: str) -> str:
    value = event.get(name, "")
    first = value[0] if isinstance(value, list) and value else value
    return " ".join(str(first).split())
