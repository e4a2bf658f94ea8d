"""What a house file says: the publication's own entries, and its changes to others."""

import re

from msgspec import Struct

from hodie.almanac import Entity, Entry, Kind, Reference
from hodie.almanac.model import Participant
from hodie.dates import Calendar, DateError, HistoricalDate, MonthDay, civil_day, in_use
from hodie.errors import HodieError

SOURCE = "house"
"""The flag of an entry of the house, and the source of its references that name no other."""

PINNED = "pinned"
"""The flag of an entry that its day always tells."""

PINNED_WEIGHT = 1.0
"""The weight of a pinned entry: an almanac has the weightiest of each day at hand."""

ID_PREFIX = "house:"

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ID_LIMIT = 100


class HouseError(HodieError, ValueError):
    """A house file that cannot be read or applied; says file, line and the way out."""


class Backing(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What backs an entry or a change: a book, a paper, a web page."""

    source: str
    url: str | None = None
    revision: str | None = None
    licence: str | None = None
    date: str | None = None
    """What it says of the date, in EDTF, where that is not what the entry says."""

    def __post_init__(self) -> None:
        read_date(self.date, None, None)

    def reference(self) -> Reference:
        return Reference(self.source, self.url, self.revision, self.licence, self.date)


class Named(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A person, place or body, told apart from others of the same name.

    The almanac's own is meant where one has this `id`, `wikidata` or `wikipedia`.
    """

    name: str
    id: str | None = None
    kind: str | None = None
    wikidata: str | None = None
    wikipedia: str | None = None
    description: str | None = None
    born: int | None = None
    died: int | None = None


Who = str | Named
"""A name, or the id of an entity of the almanac; or a table that says more."""


class OwnEntry(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """An entry of the publication's own. In the almanac its id begins with "house:".

    `date` is EDTF in `calendar`, without one in that of its time; `day`, as "08-20", is the day
    that shows it where that does not follow from the date, as of a holiday.
    """

    id: str
    kind: Kind = Kind.EVENT
    subkind: str | None = None
    date: str | None = None
    calendar: Calendar | None = None
    day: str | None = None
    title: str | None = None
    line: str | None = None
    weight: float = 0.5
    pin: bool = False
    sensitive: bool = False
    subject: Who | None = None
    people: tuple[Who, ...] = ()
    places: tuple[Who, ...] = ()
    context: tuple[Who, ...] = ()
    countries: tuple[str, ...] = ()
    references: tuple[Backing, ...] = ()
    note: str | None = None

    def __post_init__(self) -> None:
        if not _ID.fullmatch(self.id) or len(self.id) > _ID_LIMIT:
            raise HouseError(
                f"id {self.id!r} must be lower-case letters a to z, digits and single hyphens,"
                " such as 'bridge-1888'"
            )
        _check_weight(self.weight)
        date, day = read_date(self.date, self.calendar, self.day)
        if date is None and day is None:
            raise HouseError("an entry needs a date, or a day if it is of every year")
        if not (self.title or self.line or self.subject):
            raise HouseError("an entry needs a title, a line or a subject: what is to be shown?")
        if self.kind in (Kind.BIRTH, Kind.DEATH) and self.subject is None:
            raise HouseError(f"a {self.kind} needs a subject: whose is it?")

    @property
    def entry_id(self) -> str:
        """The id in the almanac."""
        return ID_PREFIX + self.id

    def parts(self) -> tuple[tuple[Who, str], ...]:
        """Return who takes part, each with the role."""
        subject = ((self.subject, "subject"),) if self.subject is not None else ()
        roles = (("person", self.people), ("place", self.places), ("context", self.context))
        return (*subject, *((who, role) for role, group in roles for who in group))

    def entry(self, participants: tuple[Participant, ...]) -> Entry:
        """Return the almanac's entry, with these for its participants."""
        date, day = read_date(self.date, self.calendar, self.day)
        flags = [SOURCE]
        flags += [PINNED] if self.pin else []
        flags += ["sensitive"] if self.sensitive else []
        backing = [each.reference() for each in self.references] or [Reference(SOURCE)]
        return Entry(
            self.entry_id,
            self.kind,
            self.subkind,
            date,
            day,
            self.title,
            self.line,
            PINNED_WEIGHT if self.pin else self.weight,
            tuple(flags),
            participants,
            tuple(backing),
            self.countries,
        )


class Change(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What the publication changes in the entry that has the id `entry`; None leaves it alone.

    `hide = false` brings out an entry that the almanac hides.
    """

    entry: str
    hide: bool | None = None
    pin: bool | None = None
    date: str | None = None
    calendar: Calendar | None = None
    day: str | None = None
    title: str | None = None
    line: str | None = None
    weight: float | None = None
    sensitive: bool | None = None
    reference: Backing | None = None
    note: str | None = None

    def __post_init__(self) -> None:
        if not self.entry:
            raise HouseError("entry is empty: name the id of the entry to change")
        if self.weight is not None:
            _check_weight(self.weight)
        read_date(self.date, self.calendar, self.day)

    @property
    def corrects(self) -> bool:
        """Whether it says something else than the entry's sources, and so needs backing."""
        return any(part is not None for part in (self.date, self.day, self.title, self.line))


class House(Struct, frozen=True, omit_defaults=True):
    """A publication's own entries and changes, in the order of the file.

    >>> House().changes
    ()
    """

    entries: tuple[OwnEntry, ...] = ()
    changes: tuple[Change, ...] = ()
    file: str = "house.toml"
    lines: tuple[int, ...] = ()
    """The lines on which the changes begin, where they are known."""

    def place_of(self, change: Change) -> str:
        """Return file and line of a change."""
        number = self.changes.index(change)
        known = number < len(self.lines) and self.lines[number]
        return f"{self.file}:{known}" if known else f"{self.file}: changes[{number + 1}]"


def read_date(
    date: str | None, calendar: Calendar | None, day: str | None
) -> tuple[HistoricalDate | None, MonthDay | None]:
    """Return a date and the day that shows it.

    A later date that is said to be Julian is from where that calendar was kept: it is shown on its
    Gregorian day. Raises HouseError.
    """
    try:
        shown = MonthDay.parse(day) if day is not None else None
        if date is None:
            return None, shown
        read = HistoricalDate.parse(date, calendar or Calendar.GREGORIAN)
        read = read if calendar else in_use(read)
        civil = civil_day(read, julian_until=read if calendar is Calendar.JULIAN else None)
    except DateError as error:
        raise HouseError(str(error)) from error
    return read, shown or (civil.day if civil else None)


def _check_weight(weight: float) -> None:
    if not 0 <= weight <= 1:
        raise HouseError(f"weight {weight!r} must be from 0 to 1")


def made_entity(who: Who, role: str, id: str) -> Entity:
    """Make an entity that the almanac does not know yet."""
    named = who if isinstance(who, Named) else Named(name=who)
    return Entity(
        id,
        named.name,
        named.kind or {"person": "person", "place": "place", "subject": "person"}.get(role),
        named.wikidata,
        named.wikipedia,
        named.description,
        weight=_WEIGHT,
        born=named.born,
        died=named.died,
    )


# From this weight on an entity has a page of its own, unless a publication says otherwise.
_WEIGHT = 0.3
