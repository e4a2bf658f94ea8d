"""The almanac that the wheel carries: some 146,000 facts of every day, as a source.

Where they come from, what is carried and under what terms: docs/explanation/facts-and-licences.md.
"""

import re
from collections.abc import Iterator
from functools import cache

from msgspec.structs import replace

from hodie.almanac import Entity, Entry, Kind, Participant, Reference
from hodie.dates import Calendar, HistoricalDate, MonthDay
from hodie.sources.starter.lines import Line, read_all_lines
from hodie.sources.starter.rows import (
    ENTITIES,
    ENTITY_KINDS,
    ENTRIES,
    FLAGS,
    ROLES,
    WEIGHT_UNIT,
    read_rows,
)
from hodie.sources.starter.witnesses import reference

__all__ = ["StarterSource"]

_ASIDE = re.compile(r" \([^)]*\)$")
_KINDS = {"e": Kind.EVENT, "b": Kind.BIRTH, "d": Kind.DEATH, "h": Kind.HOLIDAY}
_CALENDARS = {"": Calendar.GREGORIAN, "j": Calendar.JULIAN}


class StarterSource:
    """The facts and lines in this package; an entry keeps the id of its fact.

    Without `lines` they are the facts alone.
    """

    name = "starter"
    prose_licence = "Apache-2.0"

    def __init__(self, *, lines: bool = True) -> None:
        self._lines = lines

    def entries(self) -> Iterator[Entry]:
        """Yield every entry, the hidden ones too, in order of kind and date."""
        rows = list(read_rows(ENTITIES))
        parts = _Parts(rows, [_entity(row) for row in rows])
        lines = {line.id: line for line in read_all_lines()} if self._lines else {}
        for row in read_rows(ENTRIES):
            entry = _entry(row, parts)
            line = lines.get(entry.id)
            yield entry if line is None else _told(entry, line, parts)


class _Parts:
    """Participants and references by their text in the table, each made once."""

    def __init__(self, rows: list[list[str]], entities: list[Entity]) -> None:
        self.entities = entities
        self.by_title = {entity.wikipedia: entity for entity in entities if entity.wikipedia}
        for row, entity in zip(rows, entities, strict=True):
            self.by_title.update(dict.fromkeys(_also(row), entity))
        self.reference = cache(reference)
        self.flags = cache(_flags)

    def participants(self, text: str) -> tuple[Participant, ...]:
        entities = self.entities
        return tuple(
            [Participant(entities[int(part[1:])], ROLES[part[0]]) for part in text.split(" ")]
            if text
            else ()
        )

    def references(
        self, letters: str, day: MonthDay, subject: Entity | None
    ) -> tuple[Reference, ...]:
        item = subject.wikidata if subject else None
        return tuple([self.reference(letter, day, item) for letter in letters])


def _entity(row: list[str]) -> Entity:
    id_, name, wikipedia, kind, wikidata, weight, born, died, description, _ = row
    aliases = dict.fromkeys(_ASIDE.sub("", title) for title in _also(row))
    return Entity(
        id_,
        name,
        ENTITY_KINDS.get(kind),
        wikidata or None,
        (name if wikipedia == "=" else wikipedia) or None,
        description or None,
        None,
        int(weight) / WEIGHT_UNIT,
        int(born) if born else None,
        int(died) if died else None,
        aliases=tuple(alias for alias in aliases if alias != name),
    )


def _also(row: list[str]) -> list[str]:
    return row[-1].split("|") if row[-1] else []


def _entry(row: list[str], parts: _Parts) -> Entry:
    id_, calendar, subkind, title, weight, flags, participants, letters, countries = row
    kind = _KINDS[id_[0]]
    date, day = _dated(id_, kind, calendar)
    parties = parts.participants(participants)
    subject = parties[0].entity if parties and parties[0].role == "subject" else None
    return Entry(
        id_,
        kind,
        subkind or None,
        date,
        day,
        title or None,
        None,
        int(weight) / WEIGHT_UNIT,
        parts.flags(flags),
        parties,
        parts.references(letters, day, subject),
        tuple(countries.split(" ")) if countries else (),
    )


def _dated(id_: str, kind: Kind, calendar: str) -> tuple[HistoricalDate | None, MonthDay]:
    """Read the date out of an id such as e:1940-08-20:647e955d7e or h:08-20:revolution-day.

    The day is that of the date as written: a date that may be of either calendar stays there,
    and its flag says so.
    """
    text = id_.split(":", 2)[1]
    day = MonthDay(int(text[-5:-3]), int(text[-2:]))
    if kind is Kind.HOLIDAY:
        return None, day
    return HistoricalDate(int(text[:-6]), day.month, day.day, calendar=_CALENDARS[calendar]), day


def _flags(letters: str) -> tuple[str, ...]:
    return tuple(FLAGS[letter] for letter in letters)


def _told(entry: Entry, line: Line, parts: _Parts) -> Entry:
    """Give an entry its line, which brings it out of hiding without a title that was doubtful."""
    title = None if entry.hidden else entry.title
    flags = [flag for flag in entry.flags if flag not in ("hidden", "title-made") or title]
    if line.sensitive and "sensitive" not in flags:
        flags.insert(0, "sensitive")
    if line.lead:
        flags.append("lead")
    present = {part.entity.id for part in entry.participants}
    linked = (parts.by_title.get(link.title) for link in line.links)
    added = {found.id: found for found in linked if found and found.id not in present}
    participants = (*entry.participants, *(Participant(found, "topic") for found in added.values()))
    return replace(
        entry, title=title, line=line.text, flags=tuple(flags), participants=participants
    )
