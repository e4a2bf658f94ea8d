"""The first page of every shelf, ready to be shown: the entries in JSON, deflated.

A page of events takes some two hundred rows from all over the file; ready, it takes one. That
makes the commonest question the cheapest, above all on a cold disk.
"""

import re
import sqlite3
import zlib
from array import array
from collections.abc import Sequence

import msgspec

from hodie.almanac.model import Entry
from hodie.almanac.packing import unpack_numbers
from hodie.almanac.reading import Reader
from hodie.almanac.schema import BEST, PAGE

# What an entry has by default, and the precision that follows from a day. No text can look like
# it, since in JSON the quotes within a text are escaped.
_DEFAULTS = re.compile(rb',"[a-z]+":(?:null|false|\[\])|,"precision":"day"')
_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(list[Entry]).decode
_apart = msgspec.json.Decoder(list[msgspec.Raw]).decode
_decode_one = msgspec.json.Decoder(Entry).decode


def write_pages(database: sqlite3.Connection) -> None:
    """Write the pages of all shelves but the hidden ones."""
    reader = Reader(database)
    for shelf in [shelf for shelf in reader.shelves.all if not shelf.hidden]:
        entries = best_entries(database, reader, shelf.n, 0, PAGE)
        page = zlib.compress(_DEFAULTS.sub(b"", _encode(entries)))
        database.execute("INSERT INTO page VALUES (?, ?)", (shelf.n, page))


def read_page(database: sqlite3.Connection, shelf: int) -> list[Entry]:
    """Return the entries on the page of a shelf, heaviest first."""
    return _decode(_inflated(database, shelf))


def read_of_page(database: sqlite3.Connection, shelf: int, numbers: Sequence[int]) -> list[Entry]:
    """Return the entries with these numbers, which are all on the page of a shelf."""
    page = _apart(_inflated(database, shelf))
    places = {n: place for place, n in enumerate(best_numbers(database, shelf)[:PAGE])}
    return [_decode_one(page[places[n]]) for n in numbers]


def _inflated(database: sqlite3.Connection, shelf: int) -> bytes:
    row = database.execute("SELECT entries FROM page WHERE shelf = ?", (shelf,)).fetchone()
    return zlib.decompress(row[0])


def best_entries(
    database: sqlite3.Connection, reader: Reader, shelf: int, first: int, last: int
) -> list[Entry]:
    """Return the entries of a shelf by weight between two places, as far as BEST."""
    assert last <= BEST
    return reader.numbered(database, best_numbers(database, shelf)[first:last])


def best_numbers(database: sqlite3.Connection, shelf: int) -> "array[int]":
    """Return the numbers of the heaviest entries of a shelf, BEST at most."""
    row = database.execute("SELECT entries FROM best WHERE shelf = ?", (shelf,)).fetchone()
    return unpack_numbers(row[0])
