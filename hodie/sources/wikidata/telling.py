"""The merge: rows of facts and names to the almanac's entries."""

from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b
from pathlib import Path

from msgspec import Struct

from hodie.almanac import SUBJECT, Entity, Entry, Kind, Participant, Reference
from hodie.dates import Calendar, DateError, HistoricalDate, MonthDay, civil_day
from hodie.sources.wikidata.adoption import julian_until
from hodie.sources.wikidata.facts import Fact
from hodie.sources.wikidata.items import Time
from hodie.sources.wikidata.names import Bits, Names, weight
from hodie.sources.wikidata.rows import Row, facts_of
from hodie.sources.wikidata.rules import Rule, Rules

SOURCE = "Wikidata"
LICENCE = "CC0-1.0"

Complain = Callable[[str, str], None]


class Dated(Struct, frozen=True):
    """A date, the day that shows it, and whether its calendar is to be doubted."""

    date: HistoricalDate
    day: MonthDay | None = None
    doubtful: bool = False


class Teller:
    """Makes entries of rows. `rows` is called several times and gives the same rows each time."""

    def __init__(
        self,
        rows: Callable[[], Iterable[Row]],
        rules: Rules,
        *,
        file: Path | str = ":memory:",
        revision: str | None = None,
        complain: Complain | None = None,
    ) -> None:
        self._rows = rows
        self._rules = rules
        self._file = file
        self._revision = revision
        self._complain = complain or (lambda reason, place: None)

    def entries(self) -> Iterator[Entry]:
        """Yield an entry for each fact, in the order of the rows."""
        names = Names(self._file, self._rules)
        try:
            needed = self._needed()
            names.fill(row for row in self._rows() if row.number in needed or row.iso)
            for row in self._rows():
                if row.facts:
                    yield from self._of(row, names)
        finally:
            names.close()

    def _needed(self) -> Bits:
        """Return the numbers of all items that entries will name."""
        needed = Bits()
        for row in self._rows():
            if row.facts:
                needed.add(row.number)
                for fact in facts_of(row):
                    for number in (*fact.places, *fact.people, *fact.context):
                        needed.add(number)
        return needed

    def _of(self, row: Row, names: Names) -> Iterator[Entry]:
        subject = names.entity(row.number)
        if subject is None:
            return
        for fact in facts_of(row):
            try:
                yield self._entry(row, fact, subject, names)
            except DateError as error:
                self._complain(str(error), f"Q{row.number} {fact.rule}")

    def _entry(self, row: Row, fact: Fact, subject: Entity, names: Names) -> Entry:
        rule = self._rule(fact, row.kind)
        dated = date_of(fact.time, self._julian_until(row, fact, names))
        kind = Kind(rule.kind)
        title = None if rule.title is None else _title(rule.title, row.name)
        subkind = self._rules.subkind(rule, row.kind)
        return Entry(
            entry_id(kind, dated, row.number, rule.key()),
            kind,
            subkind,
            dated.date,
            dated.day,
            title,
            None,
            weight(row.links),
            self._flags(rule, row, fact, dated),
            tuple(_participants(row, fact, subject, names)),
            (Reference(SOURCE, _address(row.number), self._revision, LICENCE),),
            tuple(_countries(row, fact, kind, names)),
        )

    def _rule(self, fact: Fact, kind: str) -> Rule:
        return next(rule for rule in self._rules.by_key[fact.rule] if rule.takes(kind))

    def _julian_until(self, row: Row, fact: Fact, names: Names) -> HistoricalDate | None:
        if not fact.time.julian and fact.time.year > 1582:
            return None
        places = [country for place in fact.places for country in names.countries(place)]
        return julian_until(places, names.countries(row.number))

    def _flags(self, rule: Rule, row: Row, fact: Fact, dated: Dated) -> tuple[str, ...]:
        flags = {
            "sensitive": rule.kind == "event" and self._rules.sensitive(row.kind),
            "calendar-doubtful": dated.doubtful,
            "title-made": rule.title not in (None, "{name}"),
            "date-disputed": fact.disputed,
        }
        return tuple(flag for flag, said in flags.items() if said)


def date_of(time: Time, until: HistoricalDate | None = None) -> Dated:
    """Return the date that a time states, and the day of the year that shows it.

    `until` is the last day on which its country kept the Julian calendar. Raises DateError for a
    day that there never was.

    >>> russia = HistoricalDate(1918, 1, 31, calendar="julian")
    >>> str(date_of(Time(1917, 10, 25, julian=True), russia).day)
    '11-07'
    >>> date_of(Time(1861, 4, 12, julian=True)).doubtful
    True
    """
    date = historical(time)
    civil = civil_day(date, julian_until=until)
    if civil is None:
        return Dated(date)
    return Dated(date, civil.day, civil.doubtful)


def historical(time: Time) -> HistoricalDate:
    """Return a time as a date, in the calendar that it names."""
    calendar = Calendar.JULIAN if time.julian else Calendar.GREGORIAN
    vague = time.approximate, time.uncertain
    if time.precision >= 9:
        return HistoricalDate(time.year, time.month or None, time.day or None, calendar, *vague)
    precision = "decade" if time.precision == 8 else "century"
    return HistoricalDate(time.year, None, None, calendar, *vague, precision)  # type: ignore[arg-type]


def entry_id(kind: Kind, dated: Dated, number: int, rule: str) -> str:
    """Return the permanent id of a fact: kind, date, and a digest of item and rule.

    The date is that of the day which shows the entry.

    >>> einstein = Dated(HistoricalDate(1879, 3, 14), MonthDay(3, 14))
    >>> entry_id(Kind.BIRTH, einstein, 937, "P569")
    'b:1879-03-14:d23072dad0'
    """
    digest = blake2b(f"Q{number} {rule}".encode(), digest_size=5).hexdigest()
    return f"{kind[0]}:{_shown(dated)}:{digest}"


def _shown(dated: Dated) -> str:
    date, day = dated.date, dated.day
    if day is None:
        return date.edtf
    if date.month_day != day:
        date = date.to(Calendar.GREGORIAN)
    return HistoricalDate(date.year, day.month, day.day, date.calendar).edtf


def _title(template: str, name: str) -> str:
    title = template.replace("{name}", name)
    return title[:1].upper() + title[1:]


def _participants(row: Row, fact: Fact, subject: Entity, names: Names) -> Iterator[Participant]:
    """Yield who and what took part, each once, in the role that says most."""
    yield Participant(subject, SUBJECT)
    seen = {row.number}
    roles = (("person", fact.people), ("place", fact.places), ("context", fact.context))
    for role, numbers in roles:
        for number in numbers:
            entity = names.entity(number)
            if number in seen or entity is None:
                continue
            seen.add(number)
            person = role != "person" or entity.kind == "person"
            yield Participant(entity, role if person else "topic")


def _countries(row: Row, fact: Fact, kind: Kind, names: Names) -> Iterator[str]:
    """Yield the codes of the countries where it happened; what an event itself names counts."""
    numbers = [country for place in fact.places for country in names.countries(place)]
    if not numbers and kind is Kind.EVENT:
        numbers = list(names.countries(row.number))
    codes = (names.iso([number]) for number in numbers)
    return iter(dict.fromkeys(code for code in codes if code))


def _address(number: int) -> str:
    return f"https://www.wikidata.org/wiki/Q{number}"
