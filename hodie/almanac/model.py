"""The facts as values: entries, the entities that they are about, the references behind them."""

from collections.abc import Iterator
from enum import StrEnum

from msgspec import Struct

from hodie.dates import Calendar, HistoricalDate, MonthDay

SUBJECT = "subject"
"""The role of the entity whose birth, death or own article the entry is."""

HIDDEN = "hidden"
"""The flag of an entry that no default page or query shows."""


class Kind(StrEnum):
    """What an entry is, in the four kinds that every list of a day has."""

    EVENT = "event"
    BIRTH = "birth"
    DEATH = "death"
    HOLIDAY = "holiday"


class Reference(Struct, frozen=True, gc=False):
    """What backs an entry: a data set, and where in it; `licence` is an SPDX name or a phrase.

    `date` is what this source says, in EDTF, where it is not what the entry says.

    >>> Reference("wikidata", "https://www.wikidata.org/wiki/Q33391", licence="CC0-1.0").source
    'wikidata'
    """

    source: str
    url: str | None = None
    revision: str | None = None
    licence: str | None = None
    date: str | None = None


class Label(Struct, frozen=True, gc=False):
    """How a language other than English names and describes an entity, and its article there.

    >>> Label("de", "Leo Trotzki", "russischer Revolutionär", "Leo Trotzki").language
    'de'
    """

    language: str
    name: str
    description: str | None = None
    wikipedia: str | None = None


class Entity(Struct, frozen=True, gc=False):
    """A person, place, work, body, event or topic that entries are about.

    `id` is its public address (/about/leon-trotsky/): unique, permanent, lower case. `wikipedia`
    is the title of its article in English. `weight` runs from 0 to 1 and is kept to four decimals.
    `born` and `died` are astronomical years: 44 BC is -43. `country` is an ISO 3166 code of two
    letters; `latitude` and `longitude` are in degrees, north and east positive. `aliases` are
    other names, by which search finds it too, as by those of `labels`.

    >>> Entity("leon-trotsky", "Leon Trotsky", born=1879, died=1940).name
    'Leon Trotsky'
    """

    id: str
    name: str
    kind: str | None = None
    wikidata: str | None = None
    wikipedia: str | None = None
    description: str | None = None
    image: str | None = None
    weight: float = 0.0
    born: int | None = None
    died: int | None = None
    country: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    aliases: tuple[str, ...] = ()
    labels: tuple[Label, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """All its names, the one that is shown first."""
        return (self.name, *self.aliases, *(label.name for label in self.labels))


class Participant(Struct, frozen=True, gc=False):
    """An entity's part in an entry: "subject", "person", "place", "context" or "topic".

    The context is what the entry belongs to, as World War II is of a battle.
    """

    entity: Entity
    role: str


class Entry(Struct, frozen=True, gc=False):
    """One dated item of the almanac.

    `id` is permanent. `date` is None for a holiday of every year; `day` is the day of the year
    that shows the entry, None where its date has no day. `line` is a sentence; `countries` are
    ISO codes. `weight` runs from 0 to 1 and is kept to four decimals.

    >>> trotsky = Entity("leon-trotsky", "Leon Trotsky")
    >>> entry = Entry("b:1", Kind.BIRTH, participants=(Participant(trotsky, "subject"),))
    >>> entry.label
    'Birth of Leon Trotsky'
    """

    id: str
    kind: Kind
    subkind: str | None = None
    date: HistoricalDate | None = None
    day: MonthDay | None = None
    title: str | None = None
    line: str | None = None
    weight: float = 0.0
    flags: tuple[str, ...] = ()
    participants: tuple[Participant, ...] = ()
    references: tuple[Reference, ...] = ()
    countries: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The title, else the line, else words made from the facts; never empty.

        >>> Entry("e:1", Kind.EVENT, "battle").label
        'Battle'
        """
        return self.title or self.line or _worded(self)

    @property
    def subject(self) -> Entity | None:
        """The entity whose birth, death or own article this is."""
        for part in self.participants:  # asked of every entry that is told, and so no generator
            if part.role == SUBJECT:
                return part.entity
        return None

    @property
    def people(self) -> tuple[Entity, ...]:
        """Those who took part, without the subject."""
        return tuple(self._in_role("person"))

    @property
    def places(self) -> tuple[Entity, ...]:
        """Where it happened."""
        return tuple(self._in_role("place"))

    @property
    def context(self) -> tuple[Entity, ...]:
        """What it belongs to, such as a war."""
        return tuple(self._in_role("context"))

    @property
    def hidden(self) -> bool:
        """Whether default pages and queries leave it out."""
        return HIDDEN in self.flags

    def _in_role(self, role: str) -> Iterator[Entity]:
        return (part.entity for part in self.participants if part.role == role)


def civil_date(date: HistoricalDate | None, day: MonthDay | None) -> HistoricalDate | None:
    """Return the date under which an entry is told: Gregorian where its day has moved.

    One of a calendar with other months may be told on its Julian day, as all were before 1582.

    >>> october = HistoricalDate(1917, 10, 25, Calendar.JULIAN)
    >>> civil_date(october, MonthDay(11, 7)).edtf
    '1917-11-07'
    >>> kerbala = HistoricalDate(61, 1, 10, Calendar.ISLAMIC)
    >>> civil_date(kerbala, MonthDay(10, 10))
    HistoricalDate(680, 10, 10, calendar='julian')
    """
    if date is None or day is None or date.month_day == day:
        return date
    gregorian = date.to(Calendar.GREGORIAN)
    if date.calendar is Calendar.JULIAN or gregorian.month_day == day:
        return gregorian
    julian = date.to(Calendar.JULIAN)
    return julian if julian.month_day == day else gregorian


def _worded(entry: Entry) -> str:
    """Make a label from the facts: "Birth of X", "Battle: X, Y", at the least "Event".

    >>> galba = Participant(Entity("galba", "Galba"), "person")
    >>> _worded(Entry("e:1", Kind.EVENT, "accession", participants=(galba,)))
    'Accession: Galba'
    """
    what = (entry.subkind or entry.kind).replace("-", " ").capitalize()
    if subject := entry.subject:
        return f"{what} of {subject.name}"
    who = ", ".join(part.entity.name for part in entry.participants)
    return f"{what}: {who}" if who else what
