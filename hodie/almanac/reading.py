"""Rows of the file back into values."""

import sqlite3
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from string import ascii_lowercase, ascii_uppercase
from typing import Any

import msgspec

from hodie.almanac.backing import Backing
from hodie.almanac.model import SUBJECT, Entity, Entry, Kind, Participant, civil_date
from hodie.almanac.more import More, with_more
from hodie.almanac.schema import CALENDARS, ENTITY_COLUMNS, ENTRY_COLUMNS, WEIGHTS
from hodie.almanac.shelves import Shelves
from hodie.dates import HistoricalDate, MonthDay

CACHED = 20_000
"""How many entities are kept, some 10 MB: places and wars come back on every page."""

BATCHES = (1, 8, 24, 64)
"""How many rows one statement fetches: few sizes, so that each is compiled but once."""

ANY = "(:any)"
"""Stands in a statement for the numbers that `fetch` is given."""

_ENTRIES = f"SELECT {ENTRY_COLUMNS} FROM entry WHERE n IN {ANY}"
_ENTITIES = f"SELECT {ENTITY_COLUMNS} FROM entity WHERE n IN {ANY}"

_parts = msgspec.json.Decoder(list[tuple[int, int]]).decode
_texts = msgspec.json.Decoder(tuple[str, ...]).decode

_more = msgspec.json.Decoder(More).decode
_NOTHING_MORE = More()

_LOWER = str.maketrans(ascii_uppercase, ascii_lowercase)

EntryRow = tuple[Any, ...]


class Reader:
    """Makes entries and entities from rows; knows the shelves and the words that rows name."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self.shelves = Shelves(database.execute("SELECT * FROM shelf ORDER BY n"))
        self.words: dict[int, str] = {}
        self.sets: dict[int, tuple[str, ...]] = {}
        """Sets of flags."""
        self._backings: dict[int, Backing] = {}
        self._entities: OrderedDict[int, Entity] = OrderedDict()
        for n, name, text in database.execute("SELECT n, class, text FROM word ORDER BY n"):
            if name == "description":
                break  # the last class, and the only long one
            self.words[n] = text
            if name == "flags":
                self.sets[n] = _texts(text)
            elif name == "references":
                self._backings[n] = Backing(text)

    # Entries

    def numbered(self, database: sqlite3.Connection, numbers: Sequence[int]) -> list[Entry]:
        """Return the entries with these numbers, in this order."""
        rows = {row[0]: row for row in fetch(database, _ENTRIES, numbers)}
        return self.entries(database, [rows[n] for n in numbers])

    def entries(self, database: sqlite3.Connection, rows: Sequence[EntryRow]) -> list[Entry]:
        """Make entries of rows, with everybody who takes part."""
        parts = {row[0]: _parts(row[10]) for row in rows if row[10] is not None}
        wanted = {row[9] for row in rows}
        wanted.update(entity for pairs in parts.values() for _, entity in pairs)
        wanted.discard(None)
        entities = self.entities(database, wanted)
        return [self._entry(row, parts.get(row[0], ()), entities) for row in rows]

    def _entry(
        self, row: EntryRow, parts: Iterable[tuple[int, int]], entities: dict[int, Entity]
    ) -> Entry:
        n, id, year, calendar, subkind, title, line, weight, flags, subject, _, refs, rest = row
        shelf, day = self.shelves.of(n)
        more = _more(rest) if rest else _NOTHING_MORE
        who = None if subject is None else entities[subject]
        participants = [] if who is None else [Participant(who, SUBJECT)]
        for role, entity in parts:
            participants.append(Participant(entities[entity], self.words[role]))
        return Entry(
            id if type(id) is str else shelf.id_of(year, id),
            shelf.kind,  # type: ignore[arg-type]  # never None on the shelf of an entry
            None if subkind is None else self.words[subkind],
            date_of(more.date, year, calendar, shelf.month, shelf.day),
            day,
            title if title != 1 else who.name if who else None,
            line,
            weight / WEIGHTS,
            () if flags is None else self.sets[flags],
            tuple(participants),
            () if refs is None else self._backings[refs].references(more.addresses, who),
            more.countries,
        )

    def kind_of(self, n: int) -> Kind:
        """Return the kind of an entry."""
        return self.shelves.of(n)[0].kind  # type: ignore[return-value]  # as above

    def date_of(
        self, n: int, year: int | None, calendar: int, more: str | None
    ) -> HistoricalDate | None:
        """Return the date of an entry by its columns."""
        shelf, _ = self.shelves.of(n)
        written = _more(more).date if more else None
        return date_of(written, year, calendar, shelf.month, shelf.day)

    def told_year(self, n: int, year: int | None, calendar: int, more: str | None) -> int | None:
        """Return the year under which an entry is told, by its columns; see `civil_date`."""
        shelf, _ = self.shelves.of(n)
        return told_year(more, year, calendar, shelf.month, shelf.day)

    # Entities

    def entities(self, database: sqlite3.Connection, numbers: Iterable[int]) -> dict[int, Entity]:
        """Return the entities with these numbers, by number."""
        cache = self._entities
        found = {n: known for n in numbers if (known := cache.get(n)) is not None}
        missing = [n for n in numbers if n not in found]
        if not missing:
            return found
        for row in fetch(database, _ENTITIES, missing):
            found[row[0]] = cache[row[0]] = self._entity(row)
        # One by one: to free twenty thousand at once takes ten milliseconds.
        while len(cache) > CACHED:
            cache.popitem(last=False)
        return found

    def entity(self, database: sqlite3.Connection, n: int) -> Entity:
        """Return one entity by its number."""
        return self.entities(database, [n])[n]

    def entities_between(self, database: sqlite3.Connection, first: int, last: int) -> list[Entity]:
        """Return entities in the order of their numbers, past the cache."""
        statement = f"SELECT {ENTITY_COLUMNS} FROM entity WHERE n BETWEEN ? AND ?"
        return [self._entity(row) for row in database.execute(statement, (first, last))]

    def _entity(self, row: tuple[Any, ...]) -> Entity:
        _, id, name, kind, wikidata, wikipedia, description, image, weight, *years = row
        born, died, also, more = years
        entity = Entity(
            entity_id(name) if id is None else id,
            name,
            None if kind is None else self.words[kind],
            f"Q{wikidata}" if type(wikidata) is int else wikidata,
            name if wikipedia == 1 else wikipedia,
            description,
            image,
            weight / WEIGHTS,
            born,
            died,
        )
        return entity if more is None else with_more(entity, also, more)


def date_of(
    written: str | None, year: int | None, calendar: int, month: int | None, day: int | None
) -> HistoricalDate | None:
    """Return the date of an entry: as it is written where it is, else by its year and shelf."""
    if written is not None:
        return HistoricalDate.parse(written, CALENDARS[calendar])
    return None if year is None else HistoricalDate(year, month, day, CALENDARS[calendar])


def told_year(
    more: str | None, year: int | None, calendar: int, month: int | None, day: int | None
) -> int | None:
    """Return the year under which an entry is told, by its columns and shelf; see `civil_date`."""
    written = _more(more).date if more else None
    shown = MonthDay(month, day) if month and day else None
    civil = civil_date(date_of(written, year, calendar, month, day), shown)
    return None if civil is None else civil.year


def entity_id(name: str) -> str:
    """Return the id that an entity without one in the file has.

    Only the letters of ASCII become small, as in SQLite's lower().

    >>> entity_id("Leon Trotsky")
    'leon-trotsky'
    """
    lower = name.lower() if name.isascii() else name.translate(_LOWER)
    return lower.replace(" ", "-")


def fetch(
    database: sqlite3.Connection, statement: str, numbers: Sequence[int]
) -> list[tuple[Any, ...]]:
    """Run a statement for some numbers at a time; the last ones are repeated to fill up."""
    rows = []
    for start in range(0, len(numbers), BATCHES[-1]):
        batch = list(numbers[start : start + BATCHES[-1]])
        size = next(size for size in BATCHES if size >= len(batch))
        batch += [batch[-1]] * (size - len(batch))
        rows += database.execute(_sized(statement, size), batch).fetchall()
    return rows


@lru_cache(maxsize=64)
def _sized(statement: str, size: int) -> str:
    return statement.replace(ANY, f"({', '.join('?' * size)})")
