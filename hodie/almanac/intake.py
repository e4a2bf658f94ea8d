"""The first half of a build: entries in, rows out, put aside by shelf."""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NoReturn
from zlib import crc32

import msgspec
import numpy as np

from hodie.almanac import backing
from hodie.almanac.entities import EntityFile, weights_of
from hodie.almanac.errors import AlmanacError, not_unicode
from hodie.almanac.interning import Lexicon
from hodie.almanac.model import HIDDEN, SUBJECT, Entity, Entry, Kind, Participant, Reference
from hodie.almanac.more import More
from hodie.almanac.runs import (
    EXTRA,
    NAMED,
    PACKED,
    WEIGHT_BITS,
    WHOLE,
    YEAR_BITS,
    YEAR_OFFSET,
    Extra,
    Parts,
    Runs,
)
from hodie.almanac.schema import CALENDARS, KINDS, LETTERS, NO_YEAR, WEIGHTS
from hodie.dates import Calendar, DateError, HistoricalDate, MonthDay

HIDDEN_SHELF = 1 << 9
"""Shelves are numbered month * 32 + day, 0 for what has neither; hidden ones by this more."""

HELD = 300_000
"""How many entries are held until they are put aside: about 150 MB with their entities."""

STEP = 4096
"""After how many entries the progress is told."""

_EVENT, _BIRTH, _DEATH = Kind.EVENT, Kind.BIRTH, Kind.DEATH
_GREGORIAN, _JULIAN = Calendar.GREGORIAN, Calendar.JULIAN
_CODES = {kind: code for code, kind in enumerate(KINDS)}
_CALENDARS = {calendar: code for code, calendar in enumerate(CALENDARS)}
_DAYS = tuple(f"-{shelf >> 5:02}-{shelf & 31:02}:" for shelf in range(HIDDEN_SHELF))
_YEARS = {year: f"{year:04}" if year >= 0 else f"{year:05}" for year in range(-9999, 10_000)}
_pack = PACKED.pack
_encode = msgspec.json.Encoder().encode

PREFIX = 16
"""How many bytes of an entity's id are kept to sort by; most differ within so many."""


class Intake:
    """Takes entries in; afterwards `runs`, `cast` and `lexicon` hold all of them.

    What stays in memory is the id, a number and a fingerprint of each entity (some 150 bytes), and
    every text that many rows may share, once.
    """

    def __init__(self, folder: Path) -> None:
        self.runs = Runs(folder)
        self.cast = EntityFile(folder)
        self.lexicon = Lexicon()
        self.count = 0
        self.numbers: dict[str, int] = {}
        """Entities by id, numbered as they came."""
        self.weights = array("h")
        """By number: the weight of an entity."""
        self.prefixes = bytearray()
        """By number: the first bytes of an entity's id, zeros behind a shorter one."""
        self.seen = bytearray()
        """By number: whether an entity takes part in anything that is not hidden."""
        self.hashes = array("I")
        """By number: the CRC-32 of an entity's id, by which it is found."""
        self.shared: dict[backing.Shared, int] = {}
        """The shared halves of references, by their numbers for now."""
        self._fingerprints = array("q")
        self._roles = self.lexicon.numbers["role"]
        self._flags: dict[tuple[str, ...], int] = {}
        # What is held until it is put aside: rows by shelf, and entities.
        self._packed: defaultdict[int, list[bytes]] = defaultdict(list)
        self._extras: defaultdict[int, list[Extra]] = defaultdict(list)
        self._entities: list[Entity] = []

    def take(self, entries: Iterable[Entry], progress: Callable[[int], None]) -> None:
        """Take all of `entries`; `progress` hears how many so far."""
        try:
            self._take(entries, progress)
        except UnicodeEncodeError as error:
            raise not_unicode(error) from error
        progress(self.count)

    def _take(self, entries: Iterable[Entry], progress: Callable[[int], None]) -> None:
        put, held = self._put, 0
        for entry in entries:
            put(entry)
            self.count += 1
            if not self.count % STEP:
                progress(self.count)
                held += STEP
                if held >= HELD:
                    self._put_aside()
                    held = 0
        self._put_aside()

    def close(self) -> None:
        self.runs.close()
        self.cast.close()

    def _put_aside(self) -> None:
        for shelf, packed in self._packed.items():
            self.runs.write(shelf, packed, self._extras[shelf])
        self._packed.clear()
        self._extras.clear()
        self._put_entities_aside()

    def _put_entities_aside(self) -> None:
        entities = self._entities
        ids = [entity.id.encode() for entity in entities]
        self.cast.write(entities, ids, self.lexicon)
        self.weights.frombytes(weights_of(entities).tobytes())
        self.hashes.extend(map(crc32, ids))
        self.prefixes += np.array(ids, f"S{PREFIX}").tobytes()
        entities.clear()

    def _put(self, entry: Entry) -> None:
        """Make a row of an entry. A build spends most of its time here, so nothing is outside."""
        date, day, title, weight = entry.date, entry.day, entry.title, entry.weight
        kind, marks, written = entry.kind, 0, ""
        # Comparing is several times as fast as looking a kind up.
        code = 1 if kind is _BIRTH else 2 if kind is _DEATH else _code(entry)
        if (
            date is not None
            and day is not None
            and date.day == day.day
            and date.month == day.month
            and not (date.approximate or date.uncertain)
            and (date.calendar is _GREGORIAN or date.calendar is _JULIAN)
        ):
            shelf, year = day.month << 5 | day.day, date.year
            if date.calendar is _JULIAN:
                marks = 1
        else:
            shelf, year, marks, written = _shelved(date, day, entry)
        id, tail = entry.id, WHOLE
        digits = id[-10:]
        try:
            if not written and f"{LETTERS[code]}:{_YEARS[year]}{_DAYS[shelf]}{digits}" == id:
                tail = int(digits, 16)
        except (KeyError, ValueError):
            pass
        if tail == WHOLE or f"{tail:010x}" != digits:
            tail, whole = WHOLE, _whole(entry)
        else:
            whole = ""
        if HIDDEN in entry.flags:
            shelf |= HIDDEN_SHELF
        subject, refs = -1, -1
        parts: Parts = []
        addresses: backing.Own | None = None
        named: Entity | None = None
        participants = entry.participants
        if participants:
            if participants[0].role == SUBJECT:
                named = participants[0].entity
                subject = self._entity(named, shelf)
                if title == named.name:
                    marks |= NAMED
                    title = None
                participants = participants[1:]
            if participants:
                parts = [self._part(part, shelf) for part in participants]
        if entry.references:
            refs, addresses = self._backing(entry.references, named)
        if not 0 <= weight <= 1:
            raise AlmanacError(f"weight {weight!r} of {id!r}: it must be from 0 to 1")
        # As pack_key does.
        key = ((code << YEAR_BITS) | (year + YEAR_OFFSET)) << WEIGHT_BITS
        key |= WEIGHTS - int(weight * WEIGHTS + 0.5)
        if (
            title or parts or entry.subkind or entry.line or entry.flags
            or written or addresses or entry.countries or whole
        ):  # fmt: skip
            marks |= EXTRA
            more = _more(entry, written, addresses)
            self._extras[shelf].append(self._extra(entry, title, parts, more, whole))
        self._packed[shelf].append(_pack(key, tail, subject, refs, marks))

    def _extra(self, entry: Entry, title: str | None, parts: Parts, more: str, id: str) -> Extra:
        subkind = self.lexicon.number("subkind", entry.subkind) if entry.subkind else -1
        flags = self._flag(entry.flags) if entry.flags else -1
        return subkind, title or "", entry.line or "", flags, parts, more, id

    def _flag(self, flags: tuple[str, ...]) -> int:
        try:
            return self._flags[flags]
        except KeyError:
            number = self.lexicon.number("flags", _encode(flags).decode())
            return self._flags.setdefault(flags, number)

    def _backing(
        self, references: tuple[Reference, ...], subject: Entity | None
    ) -> tuple[int, backing.Own | None]:
        """Return the number of the shared half of some references, and their own half."""
        shared, own = backing.split(references, subject)
        number = self.shared.get(shared)
        if number is None:
            number = self.lexicon.number("references", backing.written(shared))
            self.shared[shared] = number
        return number, own

    def _part(self, part: Participant, shelf: int) -> tuple[int, int]:
        roles = self._roles
        return roles.setdefault(part.role, len(roles)), self._entity(part.entity, shelf)

    def _entity(self, entity: Entity, shelf: int) -> int:
        """Return the number of an entity that takes part in something on `shelf`."""
        number = self.numbers.get(entity.id)
        if number is None:
            number = self._welcome(entity)
        elif self._fingerprints[number] != hash(entity):
            self._contradict(entity, number)
        if shelf < HIDDEN_SHELF:
            self.seen[number] = 1
        return number

    def _welcome(self, entity: Entity) -> int:
        if not entity.id or not entity.name or not 0 <= entity.weight <= 1:
            raise AlmanacError(
                f"entity {entity!r}: it needs an id, a name, and a weight from 0 to 1"
            )
        number = self.numbers[entity.id] = len(self.numbers)
        self._fingerprints.append(hash(entity))
        self.seen.append(0)
        self._entities.append(entity)
        return number

    def _contradict(self, entity: Entity, number: int) -> NoReturn:
        raise AlmanacError(
            f"entity {entity.id!r} comes in two versions, one of them {entity!r}:"
            " give them different ids, or make them the same"
        )


def _code(entry: Entry) -> int:
    if entry.kind is _EVENT:
        return 0
    try:
        return _CODES[Kind(entry.kind)]
    except ValueError as error:
        kinds = ", ".join(KINDS)
        raise AlmanacError(f"kind {entry.kind!r} of {entry.id!r}: it must be {kinds}") from error


def _more(entry: Entry, written: str, addresses: backing.Own | None) -> str:
    """Return in JSON what hardly any entry has, "" if this one has nothing of it."""
    if not (written or addresses or entry.countries):
        return ""
    return _encode(More(written or None, addresses, entry.countries)).decode()


def _whole(entry: Entry) -> str:
    if not entry.id:
        raise AlmanacError(f"an entry without an id: {entry!r}; give it one that never changes")
    return entry.id


def _shelved(
    date: HistoricalDate | None, day: MonthDay | None, entry: Entry
) -> tuple[int, int, int, str]:
    """Return shelf, year, calendar, and the date in EDTF where these three don't say it."""
    if date is None:
        return (day.month << 5 | day.day if day else 0), NO_YEAR, 0, ""
    calendar = _CALENDARS[date.calendar]
    shelf, year = _on_day(date, day) if day else _without_day(date)
    return shelf, year, calendar, "" if date == plain_date(shelf, year, calendar) else _edtf(date)


def plain_date(shelf: int, year: int, calendar: int) -> HistoricalDate | None:
    """Return the date that shelf, year and calendar alone say; None if there is none such."""
    month, day = shelf >> 5 & 15, shelf & 31
    try:
        return HistoricalDate(year, month or None, day or None, CALENDARS[calendar])
    except DateError:
        return None


def _on_day(date: HistoricalDate, day: MonthDay) -> tuple[int, int]:
    """Return the shelf of a day, and in which year the date falls on it."""
    shelf = day.month << 5 | day.day
    if date.day is not None and date.month_day != day:
        for calendar in (_GREGORIAN, _JULIAN):
            moved = date.to(calendar)
            if moved.month_day == day:
                return shelf, moved.year
    return shelf, _solar_year(date)


def _without_day(date: HistoricalDate) -> tuple[int, int]:
    month = date.month if date.calendar in (_GREGORIAN, _JULIAN) else None
    # Beyond 12 the numbers are seasons.
    return (month if month and month <= 12 else 0) << 5, _solar_year(date)


def _solar_year(date: HistoricalDate) -> int:
    if date.calendar in (_GREGORIAN, _JULIAN):
        return date.year
    return HistoricalDate.from_julian_day(date.earliest).year


def _edtf(date: HistoricalDate) -> str:
    text = date.edtf
    if HistoricalDate.parse(text, date.calendar) != date:
        raise AlmanacError(f"date {date!r} can't be kept: {text!r} would read as another")
    return text
