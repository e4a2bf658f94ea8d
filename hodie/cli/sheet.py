"""What the terminal shows, as values: a dateline, a lead, parts with a margin of years."""

from __future__ import annotations

from collections.abc import Iterable

from babel import Locale
from msgspec import Struct

from hodie.almanac import Almanac, Entity, Entry, Hit, Kind, civil_date
from hodie.dates import (
    Calendar,
    HistoricalDate,
    MonthDay,
    anniversary,
    anniversary_words,
    is_round,
    worded,
    worded_year,
)
from hodie.press.view import unsaid
from hodie.press.words import words
from hodie.selection import Lineup, Pick

# Names beside a label, and lines of a part, beyond which a list is no longer read.
MOST_NAMES = 3
MOST_COUNTRIES = 4
PART_LENGTH = 8


class Line(Struct, frozen=True):
    """One entry: its year in the margin, its text, what is said softly beside and below it."""

    margin: str
    text: str
    gloss: str = ""
    below: str = ""
    is_round: bool = False


class Part(Struct, frozen=True):
    """Lines under a heading; `more` says that some were left out, and how to see them."""

    heading: str
    lines: tuple[Line, ...]
    more: str = ""


class Sheet(Struct, frozen=True):
    """One answer in the terminal. `numeral` is a day's number, to be drawn large."""

    title: str
    parts: tuple[Part, ...]
    under: str = ""
    numeral: int | None = None
    lead: Line | None = None


class Setter:
    """Sets entries as lines, in one language and as seen from one year."""

    def __init__(self, language: str, year: int) -> None:
        self.language, self.year = language, year
        self.words = words(language)
        self._locale = Locale.parse(language, sep="-")

    def lineup(self, lineup: Lineup, almanac: Almanac, name: str, limit: int | None) -> Sheet:
        """Set a day as it was chosen, at most `limit` lines a part."""
        selected = [pick.entry for pick in lineup.selected[:limit]]
        parts = [Part(self.words["selected"], tuple(map(self._full, selected)))]
        for kind in Kind:
            picks = _best(getattr(lineup, f"{kind}s"), limit or PART_LENGTH)
            part = self._part(f"{kind}s", [pick.entry for pick in picks])
            left = almanac.count(lineup.day, kind) - len(part.lines)
            parts.append(_with_more(part, left, lineup.day, kind))
        lead = self._full(lineup.lead.entry) if lineup.lead else None
        return self._sheet(lineup.day, parts, name, lead)

    def kind(self, kind: Kind, day: MonthDay, entries: list[Entry], count: int, name: str) -> Sheet:
        """Set a day's entries of one kind, of which there are `count`."""
        part = self._part(f"{kind}s", entries)
        left = count - len(part.lines)
        return self._sheet(day, [_with_more(part, left, day, kind)], name)

    def date(self, date: HistoricalDate, entries: list[Entry], name: str) -> Sheet:
        """Set what is known of one date."""
        parts = [
            self._part(f"of_year_{kind}s", [entry for entry in entries if entry.kind is kind])
            for kind in (Kind.EVENT, Kind.BIRTH, Kind.DEATH)
        ]
        return self._sheet(date, parts, name)

    def hits(self, query: str, hits: Iterable[Hit]) -> Sheet:
        """Set what a search found, best first."""
        lines = tuple(self._hit(hit) for hit in hits)
        key = {0: "found_none", 1: "found_one"}.get(len(lines), "found")
        title = self.words[key].format(n=len(lines), q=query)
        return Sheet(_printable(title), (Part("", lines),) if lines else ())

    def _sheet(
        self,
        day: MonthDay | HistoricalDate,
        parts: list[Part],
        name: str,
        lead: Line | None = None,
    ) -> Sheet:
        shown = tuple(part for part in parts if part.lines)
        under = " · ".join(filter(None, (self._occasion(day), name)))
        return Sheet(worded(day, self.language), shown, under, day.day, lead)

    def _occasion(self, day: MonthDay | HistoricalDate) -> str:
        """Say on which weekday a date fell, or a day falls in the year of the edition."""
        date = day.in_year(self.year) if isinstance(day, MonthDay) else day
        weekday = str(self._locale.days["stand-alone"]["wide"][date.weekday - 1]) if date else ""
        year = self._year_words(self.year) if isinstance(day, MonthDay) else ""
        return " ".join(filter(None, (weekday, year)))

    def _part(self, key: str, entries: list[Entry]) -> Part:
        return Part(self.words[key], tuple(map(self.line, entries)))

    def line(self, entry: Entry) -> Line:
        """Set an entry as one line: of a life the person, else its sentence, else its title."""
        subject = entry.subject
        if entry.kind in (Kind.BIRTH, Kind.DEATH) and subject is not None:
            text, gloss = subject.name, self._person_gloss(entry, subject)
        else:
            text, gloss = entry.line or entry.label, self._gloss(entry)
        years = self._years_ago(entry)
        return Line(
            self._margin(entry), _printable(text), _printable(gloss), is_round=is_round(years)
        )

    def _full(self, entry: Entry) -> Line:
        """Set an entry with who, where and how long ago below it."""
        line = self.line(entry)
        years = self._years_ago(entry)
        ago = anniversary_words(years, self.language) if years > 0 else ""
        named = [*entry.people, *entry.places, *entry.context]
        names = [each.name for each in unsaid(named, line.text)][:MOST_NAMES]
        sources = dict.fromkeys(ref.source.partition(",")[0] for ref in entry.references)
        below = " · ".join(filter(None, (ago, ", ".join(names), "; ".join(sources))))
        return Line(line.margin, line.text, line.gloss, _printable(below), line.is_round)

    def _hit(self, hit: Hit) -> Line:
        if hit.entry is None:
            assert hit.entity is not None
            return self._entity(hit.entity)
        line = self.line(hit.entry)
        date = worded(hit.entry.date, self.language) if hit.entry.date else ""
        kind = self.words[f"kind_{hit.entry.kind}"]
        return Line(date, line.text, ", ".join(filter(None, (line.gloss, kind))))

    def _entity(self, entity: Entity) -> Line:
        years = [self._year_words(entity.born), self._year_words(entity.died)]
        margin = "\N{EN DASH}".join(years) if any(years) else ""
        return Line(margin, _printable(entity.name), _printable(entity.description or ""))

    def _year_words(self, year: int | None) -> str:
        return "" if year is None else worded_year(year, self.language)

    def _margin(self, entry: Entry) -> str:
        date = civil_date(entry.date, entry.day)
        return self._year_words(date.year if date else None)

    def _years_ago(self, entry: Entry) -> int:
        date = civil_date(entry.date, entry.day)
        return anniversary(date, self.year) if date else 0

    def _gloss(self, entry: Entry) -> str:
        if entry.countries:
            return self._countries(entry)
        if entry.date and entry.day and entry.date.month_day != entry.day:
            julian = entry.date.calendar is Calendar.JULIAN
            calendar = f" {self.words['julian_date']}" if julian else ""
            return f"{worded(entry.date, self.language)}{calendar}"
        return ""

    def _countries(self, entry: Entry) -> str:
        names = sorted(self._locale.territories.get(code, code) for code in entry.countries)
        shown, more = ", ".join(names[:MOST_COUNTRIES]), len(names) - MOST_COUNTRIES
        return self.words["and_more"].format(names=shown, n=more) if more > 0 else shown

    def _person_gloss(self, entry: Entry, person: Entity) -> str:
        born = entry.kind is Kind.BIRTH
        other = self._year_words(person.died if born else person.born)
        words = self.words["died_in" if born else "born_in"].format(year=other) if other else ""
        return ", ".join(filter(None, (person.description, words)))


def _best(picks: tuple[Pick, ...], limit: int) -> list[Pick]:
    """Keep the best picks, in the order in which they came: that of time."""
    kept = sorted(picks, key=lambda pick: -pick.score)[:limit]
    return [pick for pick in picks if pick in kept]


def _with_more(part: Part, left: int, day: MonthDay, kind: Kind) -> Part:
    if left <= 0:
        return part
    limit = left + len(part.lines)
    more = f"{left:,} more: hodie on {day} --kind {kind} --limit {limit}"
    return Part(part.heading, part.lines, more)


def _printable(text: str) -> str:
    """Keep control characters of an import from steering the reader's terminal."""
    return "".join(char if char.isprintable() else " " for char in text)
