"""Family trees in GEDCOM 5.5.1 and 7: births, deaths and marriages, in any of its calendars."""

import datetime
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import Struct

from hodie.almanac import SUBJECT, Entry, Kind
from hodie.dates import Calendar, DateError, HistoricalDate, in_use
from hodie.sources import SourceError
from hodie.sources.ansel import decoded
from hodie.sources.reading import Tell as TellText
from hodie.sources.reading import ignore
from hodie.sources.records import (
    Fact,
    Files,
    Name,
    RecordSource,
    Tell,
    Text,
    Unread,
    dated,
    open_text,
)
from hodie.sources.records.facts import Facts
from hodie.sources.records.reading import read_one
from hodie.sources.records.texts import DAMAGED

__all__ = ["GedcomSource", "read_gedcom_date"]

LIVING_YEARS = 110
"""Who was born later than so many years ago, and has no death, may be alive."""

_LINE = re.compile(r"\s*(\d{1,2})\s+(?:@([^@\s]+)@\s+)?([A-Za-z0-9_]+)(?: (.*))?")
_ESCAPE = re.compile(r"@#D(GREGORIAN|JULIAN|HEBREW|FRENCH R|ROMAN|UNKNOWN)@\s*", re.IGNORECASE)
_NAMED = re.compile(r"(GREGORIAN|JULIAN|HEBREW|FRENCH_R)\s+", re.IGNORECASE)
_CALENDARS = {
    "GREGORIAN": Calendar.GREGORIAN,
    "JULIAN": Calendar.JULIAN,
    "HEBREW": Calendar.HEBREW,
    "FRENCH R": Calendar.REPUBLICAN,
    "FRENCH_R": Calendar.REPUBLICAN,
}
_SOLAR = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_MONTHS = {
    Calendar.GREGORIAN: _SOLAR,
    Calendar.JULIAN: _SOLAR,
    # Counted from Nisan, as the calendar of Hodie is.
    Calendar.HEBREW: (
        *(
            "NSN",
            "IYR",
            "SVN",
            "TMZ",
            "AAV",
            "ELL",
            "TSH",
            "CSH",
            "KSL",
            "TVT",
            "SHV",
            "ADR",
            "ADS",
        ),
    ),
    Calendar.REPUBLICAN: (
        *("VEND", "BRUM", "FRIM", "NIVO", "PLUV", "VENT", "GERM", "FLOR", "PRAI", "MESS", "THER"),
        *("FRUC", "COMP"),
    ),
}
_DATE = re.compile(
    r"(?:(?:(?P<day>\d{1,2})\s+)?(?P<month>[A-Z]{3,4})\s+)?(?P<year>\d{1,5})"
    r"(?:/(?P<double>\d{2}|\d{4}))?(?:\s*(?P<era>B\.?\s?C\.?(?:E\.?)?))?",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"(?:ABT|ABOUT|CAL|EST|CIRCA|CA)\.?\s+", re.IGNORECASE)
_SPAN = re.compile(r"(?:BEF|AFT|BET|FROM|TO)\b", re.IGNORECASE)
_PHRASE = re.compile(r"INT\s+(.*?)\s*\(.*\)|\(.*\)", re.IGNORECASE)


class _Event(Struct):
    """A birth, death or marriage as its lines say it."""

    line: int
    date: str = ""
    date_line: int = 0
    place: str = ""
    private: bool = False


class _Person(Struct):
    """An individual; `private` was marked so in the file."""

    id: str
    line: int
    name: str = ""
    birth: _Event | None = None
    death: _Event | None = None
    buried: bool = False
    private: bool = False
    married: int | None = None
    """The earliest year of a marriage."""


class _Family(Struct):
    id: str
    line: int
    spouses: list[str]
    marriage: _Event | None = None
    private: bool = False


class GedcomSource(RecordSource):
    """The births, deaths and marriages of family trees, without those who may be alive.

    Who has no death and was born less than `living_years` before `today` is left out, and so is
    every marriage of theirs.
    """

    name = "gedcom"

    def __init__(
        self,
        *,
        file: Files,
        today: datetime.date,
        folder: Path | str = ".",
        living_years: int = LIVING_YEARS,
        encoding: str | None = None,
        **options: Any,
    ) -> None:
        super().__init__(file=file, folder=folder, **options)
        if isinstance(living_years, bool) or not isinstance(living_years, int) or living_years < 0:
            raise SourceError(
                f"source 'gedcom': living_years = {living_years!r} must be a whole number from 0 on"
            )
        self._dead_by = today.year - living_years
        self._encoding = encoding

    @staticmethod
    def read(
        file: Path, *, language: str | None = None, tell: TellText = ignore
    ) -> Iterator[Entry]:
        """Yield the entries of one file, without those who may be alive today."""
        today = datetime.datetime.now(datetime.UTC).date()
        yield from read_one(GedcomSource(file=str(file), today=today), tell)

    def facts(self, path: Path) -> Facts:
        return lambda tell: self._facts(path, tell)

    def _facts(self, path: Path, tell: Tell) -> Iterator[Fact]:
        text = _opened(path, self._encoding)
        self.note(text.note)
        people, families = _records(path, text.lines, tell)
        living = self._living(people, families)
        report = _Report(path.name, tell)
        for person in people.values():
            if person.id in living:
                report.skipped(person.line, "may be alive: left out")
                continue
            yield from _life(person, report)
        for family in families:
            if family.private or living.intersection(family.spouses):
                if family.marriage:
                    report.skipped(family.line, "of somebody who may be alive: left out")
            elif family.marriage:
                yield from _marriage(family, people, report)

    def _living(self, people: dict[str, _Person], families: list[_Family]) -> set[str]:
        for family in families:
            year = _year(family.marriage)
            for spouse in family.spouses:
                if year is not None and (person := people.get(spouse)) is not None:
                    person.married = year if person.married is None else min(person.married, year)
        return {person.id for person in people.values() if self._may_live(person)}

    def _may_live(self, person: _Person) -> bool:
        if person.private:
            return True
        if person.death is not None or person.buried:
            return False
        year = _year(person.birth)
        year = person.married if year is None else year
        return year is None or year > self._dead_by


class _Report:
    """Tells what of a file was not read."""

    def __init__(self, file: str, tell: Tell) -> None:
        self._file, self._tell = file, tell

    def skipped(self, line: int, reason: str) -> None:
        self._tell(Unread(self._file, line, "", reason, skipped=True))

    def unread(self, line: int, reason: str, text: str) -> None:
        self._tell(Unread(self._file, line, "DATE", reason, text))


# Lines to records


class _Line(NamedTuple):
    number: int
    level: int
    id: str
    tag: str
    value: str


def _opened(path: Path, encoding: str | None) -> Text:
    """Open a file as it says itself to be written: ANSEL, the encoding of old ones, is no codec."""
    text = open_text(path, encoding)
    head = [line for _, line in zip(range(100), open_text(path, text.encoding).lines, strict=False)]
    named = next((found for line in head if (found := re.match(r"\s*1 CHAR (\S+)", line))), None)
    # A file in UTF-8 that calls itself ANSEL is common: nothing but the bytes is believed.
    if encoding is None and text.note and named and named[1].upper() == "ANSEL":
        return Text((decoded(line) for line in open_text(path, "latin-1").lines), "ansel")
    return text


def _lines(path: Path, lines: Iterator[str], tell: Tell) -> Iterator[_Line]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        match = _LINE.fullmatch(line)
        if match is None:
            tell(Unread(path.name, number, "", "is no line of GEDCOM: level, tag, value", line))
        elif DAMAGED.search(line):
            tell(Unread(path.name, number, "", "a byte that is no UTF-8", line))
        else:
            level, id, tag, value = match.groups()
            yield _Line(number, int(level), id or "", tag.upper(), (value or "").strip())


def _records(
    path: Path, lines: Iterator[str], tell: Tell
) -> tuple[dict[str, _Person], list[_Family]]:
    people: dict[str, _Person] = {}
    families: list[_Family] = []
    record: _Person | _Family | None = None
    event: _Event | None = None
    for line in _lines(path, lines, tell):
        if line.level == 0:
            record, event = None, None
            if line.tag == "INDI":
                record = people.setdefault(line.id, _Person(line.id, line.number))
            elif line.tag == "FAM":
                families.append(record := _Family(line.id, line.number, []))
        elif line.level == 1 and record is not None:
            event = _take(record, line)
        elif line.level == 2 and event is not None:
            _detail(event, line)
    if not people and not families:
        tell(Unread(path.name, 0, "", "no individual and no family: is it GEDCOM?"))
    return people, families


def _take(record: _Person | _Family, line: _Line) -> _Event | None:
    """Take a line of the first level; return the event that it begins, if it is one."""
    if line.tag == "RESN":
        record.private = record.private or _is_private(line)
        return None
    event = _Event(line.number)
    if isinstance(record, _Family):
        if line.tag in ("HUSB", "WIFE"):
            record.spouses.append(line.value.strip("@"))
        if line.tag != "MARR" or record.marriage is not None:
            return None
        record.marriage = event
        return event
    if line.tag == "NAME" and not record.name:
        record.name = " ".join(line.value.replace("/", " ").split())
    record.buried = record.buried or line.tag in ("BURI", "CREM")
    # The first of several is the preferred one.
    if line.tag == "BIRT" and record.birth is None:
        record.birth = event
        return event
    if line.tag == "DEAT" and record.death is None:
        # "DEAT N" says that it did not happen.
        record.death = None if line.value.upper() == "N" else event
        return event
    return None


def _is_private(line: _Line) -> bool:
    """Tell whether a restriction is of who may know; "locked" is of who may write."""
    return bool(re.search(r"confidential|privacy", line.value, re.IGNORECASE))


def _detail(event: _Event, line: _Line) -> None:
    if line.tag == "RESN":
        event.private = event.private or _is_private(line)
    if line.tag == "DATE" and not event.date:
        event.date, event.date_line = line.value, line.number
    elif line.tag == "PLAC" and not event.place:
        event.place = ", ".join(part for each in line.value.split(",") if (part := each.strip()))


# Records to facts


def _life(person: _Person, report: _Report) -> Iterator[Fact]:
    for kind, event in ((Kind.BIRTH, person.birth), (Kind.DEATH, person.death)):
        if event is None or (date := _date(event, report)) is None:
            continue
        if not person.name:
            report.skipped(person.line, "an individual without a name")
            return
        found = dated(date)
        yield Fact(
            kind=kind,
            date=found.date,
            day=found.day,
            doubtful=found.doubtful,
            parts=((_name(person), SUBJECT), *_place(event)),
            key=f"{person.id}:{kind.value}",
            line_number=event.line,
        )


def _marriage(family: _Family, people: dict[str, _Person], report: _Report) -> Iterator[Fact]:
    assert family.marriage is not None
    date = _date(family.marriage, report)
    spouses = [people[id] for id in family.spouses if id in people and people[id].name]
    if date is None:
        return
    if not spouses:
        report.skipped(family.line, "a marriage of nobody with a name")
        return
    found = dated(date)
    yield Fact(
        subkind="marriage",
        date=found.date,
        day=found.day,
        doubtful=found.doubtful,
        title="Marriage of " + " and ".join(spouse.name for spouse in spouses),
        parts=(*((_name(each), "person") for each in spouses), *_place(family.marriage)),
        key=f"{family.id}:marriage",
        line_number=family.marriage.line,
    )


def _name(person: _Person) -> Name:
    """Name a person with the years of life; the id within the file tells namesakes apart."""
    born, died = (
        _year(each) if each and not each.private else None for each in (person.birth, person.death)
    )
    return Name(person.name, born=born, died=died, key=person.id)


def _place(event: _Event) -> tuple[tuple[Name, str], ...]:
    return ((Name(event.place), "place"),) if event.place else ()


def _year(event: _Event | None) -> int | None:
    """Return the year of an event, that of a span's first date too; None if there is none."""
    if event is None or not event.date:
        return None
    text = re.sub(r"^(?:BEF|AFT|BET|FROM|TO)\s+", "", event.date, flags=re.IGNORECASE)
    text = re.split(r"\s+(?:AND|TO)\s+", text, flags=re.IGNORECASE)[0]
    try:
        date = read_gedcom_date(text)
    except DateError:
        return None
    if date.calendar in (Calendar.GREGORIAN, Calendar.JULIAN):
        return date.year
    return HistoricalDate.from_julian_day(date.earliest).year


def _date(event: _Event, report: _Report) -> HistoricalDate | None:
    if not event.date:
        return None
    if event.private:
        report.skipped(event.line, "is marked as private: left out")
        return None
    if _SPAN.match(event.date):
        report.skipped(event.date_line, f"no date but a limit or a span: {event.date}")
        return None
    try:
        return read_gedcom_date(event.date)
    except DateError as error:
        report.unread(event.date_line, str(error), event.date)
        return None


def read_gedcom_date(text: str) -> HistoricalDate:
    """Read a date of GEDCOM 5.5.1 or 7; raises DateError.

    One that names no calendar is of the one in use. A double year, 11 FEB 1731/32, is Old Style.

    >>> read_gedcom_date("@#DJULIAN@ 25 OCT 1917")
    HistoricalDate(1917, 10, 25, calendar='julian')
    >>> read_gedcom_date("ABT 1750"), read_gedcom_date("FRENCH_R 18 BRUM 8")
    (HistoricalDate(1750, approximate=True), HistoricalDate(8, 2, 18, calendar='french-republican'))
    """
    rest = " ".join(text.split())
    if phrase := _PHRASE.fullmatch(rest):
        rest = phrase[1] or ""
    rest, approximate = _taken(_ABOUT, rest)
    calendar = None
    for pattern in (_ESCAPE, _NAMED):
        if match := pattern.match(rest):
            calendar, rest = _calendar(match[1], text), rest[match.end() :]
    match = _DATE.fullmatch(rest)
    if match is None:
        raise DateError(f"{text!r} is no date of GEDCOM, such as 20 AUG 1940")
    return _made(match, calendar, bool(approximate), text)


def _taken(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    match = pattern.match(text)
    return (text[match.end() :], match[0]) if match else (text, "")


def _calendar(name: str, text: str) -> Calendar:
    calendar = _CALENDARS.get(name.upper())
    if calendar is None:
        raise DateError(f"{text!r} is of the calendar {name!r}, which nobody has defined")
    return calendar


def _made(
    match: re.Match[str], calendar: Calendar | None, approximate: bool, text: str
) -> HistoricalDate:
    year = _whole_year(match)
    if match["double"] and calendar is None:
        calendar = Calendar.JULIAN
    used = calendar or Calendar.GREGORIAN
    month = match["month"]
    months = _MONTHS[used]
    if month is not None and month.upper() not in months:
        raise DateError(f"{month!r} in {text!r} is no month of the {used} calendar in GEDCOM")
    number = months.index(month.upper()) + 1 if month else None
    day = int(match["day"]) if match["day"] else None
    date = HistoricalDate(year, number, day, used, approximate)
    return in_use(date) if calendar is None else date


def _whole_year(match: re.Match[str]) -> int:
    year = match["year"]
    if double := match["double"]:
        second = int(year[: len(year) - len(double)] + double)
        if second != int(year) + 1:
            raise DateError(f"{match[0]!r} has no double year: the second must follow the first")
        return second
    return 1 - int(year) if match["era"] else int(year)
