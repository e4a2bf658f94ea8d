"""From the id of an entry or entity to its row."""

import re
import sqlite3
from collections.abc import Iterable, Sequence

from hodie.almanac.keys import bucket_count, bucket_of
from hodie.almanac.lives import Place
from hodie.almanac.model import Kind
from hodie.almanac.packing import unpack_numbers
from hodie.almanac.reading import ANY, EntryRow, entity_id, fetch
from hodie.almanac.schema import ENTRY_COLUMNS, LETTERS
from hodie.almanac.shelves import Shelf, Shelves

Run = tuple[int, int, int]
"""A year, the first of its entries on a shelf, and how many they are."""

_CANONICAL = re.compile(rf"([{LETTERS}]):(-?\d{{4}})-(\d\d)-(\d\d):([0-9a-f]{{10}})", re.ASCII)
_KINDS = {kind[0]: kind for kind in Kind}


def row_of_entry(
    database: sqlite3.Connection, shelves: Shelves, id: str, keys: int
) -> EntryRow | None:
    """Return the row of an entry; `keys` is how many entries have their id kept whole."""
    return row_by_date(database, shelves, id) or _row_by_key(database, id, keys)


def row_by_date(database: sqlite3.Connection, shelves: Shelves, id: str) -> EntryRow | None:
    """Find an entry whose id says kind and date, so that the file has but the end of it."""
    match = _CANONICAL.fullmatch(id)
    if not match:
        return None
    letter, year, month, day, tail = match.groups()
    place = int(month), int(day), _KINDS[letter]
    statement = f"SELECT {ENTRY_COLUMNS} FROM entry WHERE n BETWEEN ? AND ? AND id = ?"
    for _, first, count in runs_in(database, shelves.at_place(*place), int(year)):
        bounds = first, first + count - 1
        if row := database.execute(statement, (*bounds, int(tail, 16))).fetchone():
            return tuple(row)
    return None


def _row_by_key(database: sqlite3.Connection, id: str, keys: int) -> EntryRow | None:
    numbers = _bucket(database, "entry_key", id, keys)
    rows = fetch(database, f"SELECT {ENTRY_COLUMNS} FROM entry WHERE n IN {ANY}", numbers)
    return next((row for row in rows if row[1] == id), None)


def number_of_entity(database: sqlite3.Connection, id: str, entities: int) -> int | None:
    """Return the number of an entity; `entities` is how many there are."""
    numbers = _bucket(database, "entity_key", id, entities)
    rows = fetch(database, f"SELECT n, id, name FROM entity WHERE n IN {ANY}", numbers)
    return next((n for n, own, name in rows if id == (own or entity_id(name))), None)


def entries_of(database: sqlite3.Connection, entity: int) -> list[int]:
    """Return the numbers of an entity's entries, by time, the hidden ones behind."""
    place = Place.of(entity)
    ((row,),) = database.execute("SELECT entries FROM timeline WHERE n = ?", (place.row,))
    return place.read(row)


def _bucket(database: sqlite3.Connection, table: str, id: str, rows: int) -> Sequence[int]:
    """Return the numbers of the rows that may have this id."""
    statement = f"SELECT numbers FROM {table} WHERE bucket = ?"
    row = database.execute(statement, (bucket_of(id, bucket_count(rows)),)).fetchone()
    return unpack_numbers(row[0]) if row else ()


def rows_between(database: sqlite3.Connection, first: int, last: int) -> list[EntryRow]:
    """Return the rows of entries that lie together."""
    statement = f"SELECT {ENTRY_COLUMNS} FROM entry WHERE n BETWEEN ? AND ?"
    return database.execute(statement, (first, last)).fetchall()


def runs_in(database: sqlite3.Connection, shelves: Iterable[Shelf], year: int) -> list[Run]:
    """Return the runs of one year on some shelves."""
    statement = "SELECT year, first, count FROM run WHERE shelf = ? AND year = ?"
    return [run for shelf in shelves for run in database.execute(statement, (shelf.n, year))]
