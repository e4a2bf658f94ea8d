"""The indexes that search reads: built beside the almanac's file, then put into it."""

import sqlite3
from contextlib import closing
from pathlib import Path

from hodie.almanac.btree import PageFile
from hodie.almanac.columns import Numbers, Texts
from hodie.almanac.ranking import write_texts
from hodie.almanac.schema import TOP
from hodie.almanac.scratch import connect

# The texts are folded before, so the tokenizer has but to split them: it keeps letters and digits
# of ASCII, whatever their case, and what is beyond. detail=none and no content: rowids are all that
# search asks for.
_CREATE = """CREATE VIRTUAL TABLE {}.{} USING
    fts5(text, content='', columnsize=0, detail=none, tokenize='ascii'{})"""
_SHADOWS = ("data", "idx", "config")

# What is typed is asked for on every keystroke. Without an index of prefixes FTS5 lists all rows
# that have one before it gives the first: only in the top there are few, and even there a seventh
# of all titles may have "battle". Names are less alike, and far more.
_PREFIXES = {"names_top": "1 2 3 4", "titles_top": "1 2 3 4 5 6 7 8"}

HELD = 64 << 20
"""How many bytes of an index FTS5 gathers until it writes them. What it writes often it has to
merge as often; a million names take some 10 MB."""


def spill_texts(path: Path, texts: Texts, order: Numbers) -> None:
    """Write texts, folded already, to a database of their own for one of the indexes."""
    with closing(connect(path)) as database:
        database.execute("CREATE TABLE text (n INTEGER PRIMARY KEY, text TEXT)")
    with closing(PageFile(path)) as file:
        write_texts(file, "text", texts, order)
        file.finish()
    with closing(connect(path)) as database:
        file.insert_long(database)


def index_texts(spilt: Path, name: str, count: int) -> Path:
    """Index the first `count` of the spilt texts; return the database that holds the indexes.

    Nothing in here calls Python, so that it runs beside another thread.
    """
    path = spilt.with_name(f"{name}-index.db")
    with closing(connect(path)) as database:
        database.execute("ATTACH ? AS source", (str(spilt),))
        database.execute("BEGIN")
        for table, first, last in ((f"{name}_top", 1, TOP), (f"{name}_rest", TOP + 1, count)):
            _create(database, table)
            _set(database, table, "hashsize", HELD)
            where = f"WHERE n BETWEEN {first} AND {min(last, count)} ORDER BY n"
            database.execute(
                f"INSERT INTO {table} (rowid, text) SELECT n, text FROM source.text {where}"
            )
            database.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")
            database.execute(f"DELETE FROM {table}_config WHERE k = 'hashsize'")
        database.execute("COMMIT")
    return path


def transplant(database: sqlite3.Connection, path: Path, name: str) -> None:
    """Move the indexes from their own database into `database`.

    An FTS5 table is nothing but its shadow tables. Copying these takes a second where indexing
    takes a quarter of a minute, in which another thread can write the entries.
    """
    database.execute("ATTACH ? AS indexes", (str(path),))
    database.execute("BEGIN")
    for table in (f"{name}_top", f"{name}_rest"):
        _create(database, table)
        for shadow in _SHADOWS:
            database.execute(f"DELETE FROM main.{table}_{shadow}")
            database.execute(
                f"INSERT INTO main.{table}_{shadow} SELECT * FROM indexes.{table}_{shadow}"
            )
    database.execute("COMMIT")
    database.execute("DETACH indexes")


def _create(database: sqlite3.Connection, table: str) -> None:
    prefix = f", prefix='{_PREFIXES[table]}'" if table in _PREFIXES else ""
    database.execute(_CREATE.format("main", table, prefix))


def _set(database: sqlite3.Connection, table: str, setting: str, value: int) -> None:
    database.execute(f"INSERT INTO {table} ({table}, rank) VALUES (?, ?)", (setting, value))
