"""From the facts of one record to an entry: days, ids that stay, and who is who in one file."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from msgspec import Struct

from hodie.almanac import SUBJECT, Entity, Entry, Kind, Participant, Reference
from hodie.dates import Calendar, HistoricalDate, MonthDay, civil_day
from hodie.sources.records.unread import Tell, Unread, ignore
from hodie.sources.slugs import slug

WEIGHT = 0.5
"""The weight of an entry of one's own: what stands in one's own records matters to oneself."""

ENTITY_WEIGHT = 0.3

_TAKEN = {"b", "d", "e", "h", "house"}
_KINDS = {"person": "person", "place": "place"}


class Name(Struct, frozen=True):
    """Who or what takes part, as a record names it."""

    name: str
    wikidata: str | None = None
    wikipedia: str | None = None
    description: str | None = None
    born: int | None = None
    died: int | None = None
    key: str = ""
    """Tells namesakes apart where the file does; a part of the address, so that it stays."""


class Fact(Struct, frozen=True, kw_only=True):
    """What one record says. `key` is its own id, "" where it has none."""

    kind: Kind = Kind.EVENT
    subkind: str | None = None
    date: HistoricalDate | None = None
    day: MonthDay | None = None
    doubtful: bool = False
    title: str | None = None
    line: str | None = None
    weight: float | None = None
    parts: tuple[tuple[Name, str], ...] = ()
    countries: tuple[str, ...] = ()
    reference: Reference | None = None
    key: str = ""
    line_number: int = 0


class Terms(Struct, frozen=True):
    """What all records of a file share: how their source is called, and under which licence."""

    file: str
    prefix: str
    reference: Reference
    weight: float = WEIGHT


Facts = Callable[[Tell], Iterator[Fact]]
"""Reads the records of a file from the beginning; hears of what could not be read."""


class Dated(NamedTuple):
    """A date, the day that shows it, and whether its calendar contradicts its time."""

    date: HistoricalDate
    day: MonthDay | None
    doubtful: bool


def dated(date: HistoricalDate) -> Dated:
    """Return a record's date with its day.

    A date after the reform that a record calls Julian is from where that calendar was kept: it is
    shown on its Gregorian day.

    >>> str(dated(HistoricalDate(1917, 10, 25, Calendar.JULIAN)).day)
    '11-07'
    """
    julian = date if date.calendar is Calendar.JULIAN else None
    civil = civil_day(date, julian_until=julian)
    return Dated(date, civil.day if civil else None, bool(civil and civil.doubtful))


def prefix_of(name: str) -> str:
    """Make the beginning of the ids of a file's entries out of its name.

    >>> prefix_of("Parish Register 2.csv"), prefix_of("e")
    ('parish-register-2-csv', 'own-e')
    """
    made = slug(name) or "own"
    return f"own-{made}" if made in _TAKEN else made


def entries_of(files: Sequence[tuple[Facts, Terms]], tell: Tell) -> Iterator[Entry]:
    """Yield the entries of some files, each read twice: who is who is known at the end only."""
    cast = _Cast()
    for facts, _ in files:
        for fact in facts(ignore):
            cast.meet(fact)
    seen: dict[str, str] = {}
    for facts, terms in files:
        for number, fact in enumerate(facts(tell)):
            entry = _entry(fact, terms, cast)
            place = f"{terms.file}:{fact.line_number or number + 1}"
            if entry.id in seen:
                tell(_twice(fact, terms, seen[entry.id]))
            else:
                seen[entry.id] = place
                yield entry


def _twice(fact: Fact, terms: Terms, first: str) -> Unread:
    if fact.key:
        reason = f"the id stands twice: first in {first}; give one of the two another"
        return Unread(terms.file, fact.line_number, "id", reason, fact.key)
    reason = f"the same as {first}"
    return Unread(terms.file, fact.line_number, "", reason, fact.title or "", skipped=True)


def _entry(fact: Fact, terms: Terms, cast: "_Cast") -> Entry:
    return Entry(
        f"{terms.prefix}:{fact.key or _digest(fact)}",
        fact.kind,
        fact.subkind,
        fact.date,
        fact.day,
        fact.title,
        fact.line,
        terms.weight if fact.weight is None else fact.weight,
        ("calendar-doubtful",) if fact.doubtful else (),
        tuple(Participant(cast.entity(name, role), role) for name, role in fact.parts),
        (fact.reference or terms.reference,),
        fact.countries,
    )


def _digest(fact: Fact) -> str:
    """Return an id made of what a record says, so that the next build gives the same."""
    date = f"{fact.date.edtf} {fact.date.calendar}" if fact.date else str(fact.day)
    names = [f"{role} {name.name} {name.key}" for name, role in fact.parts]
    said = "\n".join(
        (fact.kind, fact.subkind or "", date, fact.title or "", fact.line or "", *names)
    )
    return hashlib.blake2b(said.encode("utf-8", "backslashreplace"), digest_size=8).hexdigest()


class _Cast:
    """The entities of a file: each name one, unless the file tells namesakes apart."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, str, str], list[Name]] = {}
        self._made: dict[tuple[Name, str], Entity] = {}
        self._ids: dict[str, tuple[str, Name]] = {}

    def meet(self, fact: Fact) -> None:
        for name, role in fact.parts:
            versions = self._known.setdefault(_who(name, role), [])
            for number, known in enumerate(versions):
                if (both := _joined(known, name)) is not None:
                    versions[number] = both
                    break
            else:
                versions.append(name)

    def entity(self, name: Name, role: str) -> Entity:
        made = self._made.get((name, role))
        return self._make(name, role) if made is None else made

    def _make(self, name: Name, role: str) -> Entity:
        kind = _kind(role)
        versions = self._known.get(_who(name, role), [name])
        meant = next((each for each in versions if _joined(each, name) == each), name)
        entity = Entity(
            self._free(_address(meant), kind, meant),
            meant.name,
            kind or None,
            meant.wikidata,
            meant.wikipedia,
            meant.description,
            weight=ENTITY_WEIGHT,
            born=meant.born,
            died=meant.died,
        )
        return self._made.setdefault((name, role), entity)

    def _free(self, wanted: str, kind: str, name: Name) -> str:
        """Return an address that no other entity of the file has; the first in the file has it."""
        for id in _addresses(wanted, kind, name):
            if self._ids.setdefault(id, (kind, name)) == (kind, name):
                return id
        raise AssertionError("there is always another number")


def _addresses(wanted: str, kind: str, name: Name) -> Iterator[str]:
    yield wanted
    if kind:
        yield f"{wanted}-{kind}"
    if name.born is not None:
        yield f"{wanted}-{name.born}"
    number = 2
    while True:
        yield f"{wanted}-{number}"
        number += 1


def _kind(role: str) -> str:
    return "person" if role == SUBJECT else _KINDS.get(role, "")


def _who(name: Name, role: str) -> tuple[str, str, str]:
    return name.name, name.key, _kind(role)


def _address(name: Name) -> str:
    made = slug(name.name)
    if not made:
        made = "named-" + hashlib.blake2b(name.name.encode(), digest_size=5).hexdigest()
    return f"{made}-{slug(name.key)}" if name.key else made


def _joined(known: Name, other: Name) -> Name | None:
    """Return what two records say of one name together; None if they contradict each other."""
    said = {}
    for field in ("wikidata", "wikipedia", "description", "born", "died"):
        one, two = getattr(known, field), getattr(other, field)
        if one is not None and two is not None and one != two and field != "description":
            return None
        said[field] = two if one is None else one
    return Name(known.name, **said, key=known.key)
