"""Names: the entities that entries refer to, found by number in a file made for one merge.

Memory stays small whatever the dump's size: a bit for each item that may be asked for (18 MB),
the countries, and a page cache.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from functools import lru_cache
from math import log1p
from pathlib import Path

import msgspec
from msgspec.structs import replace

from hodie.almanac import Entity, Label
from hodie.sources.slugs import slug
from hodie.sources.wikidata.rows import Row, countries_of, terms_of
from hodie.sources.wikidata.rules import NONE, Rules

FAMOUS = 400
"""With how many site links the weight of an entity is 1."""

HELD = 20_000
"""How many entities are kept in memory, those asked for last."""

_TABLE = "CREATE TABLE name (number INTEGER PRIMARY KEY, slug TEXT, links INTEGER, row BLOB)"
_INDEX = "CREATE INDEX by_slug ON name (slug, links DESC, number)"
# Of those with one slug the best known keeps it bare.
_UNIQUE = """UPDATE name SET slug = slug || '-q' || number WHERE number != (
    SELECT other.number FROM name AS other WHERE other.slug = name.slug
    ORDER BY other.links DESC, other.number LIMIT 1)"""
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Row).decode


class Bits:
    """A set of numbers, a bit for each number up to the largest.

    >>> numbers = Bits()
    >>> numbers.add(937)
    >>> 937 in numbers, 936 in numbers, 10**9 in numbers
    (True, False, False)
    """

    def __init__(self) -> None:
        self._bytes = bytearray(1 << 16)

    def add(self, number: int) -> None:
        place = number >> 3
        if place >= len(self._bytes):
            self._bytes.extend(bytes(max(len(self._bytes), place + 1 - len(self._bytes))))
        self._bytes[place] |= 1 << (number & 7)

    def __contains__(self, number: int) -> bool:
        place = number >> 3
        return place < len(self._bytes) and bool(self._bytes[place] >> (number & 7) & 1)


class Names:
    """Entities by the numbers of their items; `fill` it once, then ask."""

    def __init__(self, file: Path | str, rules: Rules) -> None:
        self._database = sqlite3.connect(file, isolation_level=None)
        self._database.execute("PRAGMA journal_mode = OFF")
        self._database.execute("PRAGMA synchronous = OFF")
        self._database.execute(_TABLE)
        self._rules = rules
        self._iso: dict[int, str] = {}
        self._row = lru_cache(HELD)(self._find)
        self._entity = lru_cache(HELD)(self._make)

    def close(self) -> None:
        self._database.close()

    def fill(self, rows: Iterable[Row]) -> None:
        """Take the rows of all items that may be asked for; the first of a number counts."""
        statement = "INSERT OR IGNORE INTO name VALUES (?, ?, ?, ?)"
        self._database.execute("BEGIN")
        self._database.executemany(statement, self._laid_out(rows))
        self._database.execute(_INDEX)
        self._database.execute(_UNIQUE)
        self._database.execute("COMMIT")

    def _laid_out(self, rows: Iterable[Row]) -> Iterator[tuple[int, str, int, bytes]]:
        for row in rows:
            if row.iso and len(row.iso) == 2:
                self._iso[row.number] = row.iso
            yield row.number, _slug(row), row.links, _encode(replace(row, facts=None))

    def entity(self, number: int) -> Entity | None:
        """Return an entity, None where no row has come for it."""
        return self._entity(number)

    def countries(self, number: int) -> tuple[int, ...]:
        """Return the countries of an item, of which it is or where it lies, as numbers.

        A country is its own.
        """
        found = self._row(number)
        if found is None:
            return ()
        return countries_of(found[1]) or ((number,) if number in self._iso else ())

    def iso(self, numbers: Iterable[int]) -> str | None:
        """Return the code of a country; of several, of the oldest item that has one."""
        return next((self._iso[each] for each in sorted(numbers) if each in self._iso), None)

    def _find(self, number: int) -> tuple[str, Row] | None:
        statement = "SELECT slug, row FROM name WHERE number = ?"
        found = self._database.execute(statement, (number,)).fetchone()
        return (found[0], _decode(found[1])) if found else None

    def _make(self, number: int) -> Entity | None:
        found = self._row(number)
        if found is None:
            return None
        id, row = found
        terms = terms_of(row)
        aliases = dict.fromkeys(alias for term in terms for alias in term.aliases)
        aliases.pop(row.name, None)
        return Entity(
            id,
            row.name,
            self._kind(row),
            f"Q{number}",
            row.wikipedia,
            row.description,
            row.image,
            weight(row.links),
            row.born,
            row.died,
            self.iso(self.countries(number)),
            row.latitude,
            row.longitude,
            tuple(aliases),
            tuple(
                Label(term.language, term.name, term.description, term.wikipedia)
                for term in terms
                if term.name and term.language != "en"
            ),
        )

    def _kind(self, row: Row) -> str | None:
        if row.kind != NONE:
            return self._rules.entity_kind(row.kind)
        return "place" if row.latitude is not None else None


def weight(links: int) -> float:
    """Return the weight of an item with so many site links, from 0 to 1.

    >>> weight(0), weight(20), weight(400)
    (0.0, 0.5079, 1.0)
    """
    return round(min(1.0, log1p(links) / log1p(FAMOUS)), 4)


def _slug(row: Row) -> str:
    """Return the address that a row would have if it were alone with it.

    Numbers are for those who share a name, so a name that ends like one gets its own as well.
    """
    name = slug(row.name)
    tail = name.rpartition("-")[2]
    if not name:
        return f"q{row.number}"
    return f"{name}-q{row.number}" if tail[:1] == "q" and tail[1:].isdigit() else name
