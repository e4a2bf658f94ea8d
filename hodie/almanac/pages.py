"""The first page of every shelf, ready to be shown: the entries in JSON, deflated.

A page of events takes some two hundred rows from all over the file; ready, it takes one. That
makes the commonest question the cheapest, above all on a cold disk.
"""

import re
import sqlite3
import zlib
from array import array

import msgspec

from hodie.almanac.model import Entry
from hodie.almanac.packing import unpack_numbers
from hodie.almanac.reading import Reader
from hodie.almanac.schema import BEST, PAGE

# What an entry has by default, and the precision that follows from a day. No text can look like
# it, since in JSON the quotes within a text are escaped.
_DEFAULTS = re.compile(rb',"[a-z]+":(?:null|false|\[\])|,"precision":"day"')
_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Entry).decode
_apart = msgspec.json.Decoder(list[msgspec.Raw]).decode


def write_pages(database: sqlite3.Connection) -> None:
    """Write the pages of all shelves but the hidden ones."""
    reader = Reader(database)
    for shelf in [shelf for shelf in reader.shelves.all if not shelf.hidden]:
        entries = best_entries(database, reader, shelf.n, 0, PAGE)
        page = zlib.compress(_DEFAULTS.sub(b"", _encode(entries)))
        database.execute("INSERT INTO page VALUES (?, ?)", (shelf.n, page))


def read_page(database: sqlite3.Connection, shelf: int) -> list[msgspec.Raw]:
    """Return the page of a shelf, heaviest first: each entry as `entry_of` reads it."""
    row = database.execute("SELECT entries FROM page WHERE shelf = ?", (shelf,)).fetchone()
    return _apart(zlib.decompress(row[0]))


def entry_of(raw: msgspec.Raw) -> Entry:
    """Return an entry of a page."""
    return _decode(raw)


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
