"""The indexes that search reads: built beside the almanac's file, then put into it."""

import sqlite3
from contextlib import closing
from pathlib import Path

from hodie.almanac.folding import fold
from hodie.almanac.more import BETWEEN
from hodie.almanac.schema import TOP
from hodie.almanac.scratch import connect

INDEXES = ("names_top", "names_rest", "titles_top", "titles_rest")
"""Entities and titled entries, each the weightiest first; see TOP."""

# The texts are folded before, so the tokenizer has but to split them: it keeps letters and digits
# of ASCII and whatever is beyond. detail=none and no content: rowids are all that search asks for.
_CREATE = """CREATE VIRTUAL TABLE {}.{} USING
    fts5(text, content='', columnsize=0, detail=none, tokenize='ascii'{})"""
_SHADOWS = ("data", "idx", "config")
# Folding in Python costs ten times the rest, and most names need none.
_FOLDED = "CASE WHEN {0} GLOB '*[^ -~]*' THEN fold({0}) ELSE {0} END"
_NAMES = f"name || coalesce(char({ord(BETWEEN)}) || also, '')"


def index_names(folder: Path, ranked: Path, count: int) -> Path:
    """Index the names of the first `count` entities; return the database with the indexes."""
    path = folder / "names.db"
    source = f"SELECT n, {_FOLDED.format(_NAMES)} FROM source.ranked"
    _index(path, ranked, "names", source, count)
    return path


def index_titles(folder: Path, titles: Path) -> Path:
    """Index titles and lines, numbered by weight; return the database that holds the indexes.

    What `titled` must say of them stands in the table `ranked` of `titles`.
    """
    with closing(connect(titles)) as database:
        database.execute("CREATE TABLE ranked (n INTEGER PRIMARY KEY, entry INTEGER, text TEXT)")
        database.execute(
            "INSERT INTO ranked (entry, text) SELECT entry, text FROM title"
            " ORDER BY lightness, entry"
        )
        ((count,),) = database.execute("SELECT count(*) FROM ranked")
    path = folder / "titles-index.db"
    source = "SELECT n, {} FROM source.ranked".format(_FOLDED.format("text"))
    _index(path, titles, "titles", source, count)
    return path


def _index(path: Path, source: Path, name: str, rows: str, count: int) -> None:
    database = connect(path)
    try:
        database.create_function("fold", 1, fold, deterministic=True)
        database.execute("ATTACH ? AS source", (str(source),))
        database.execute("BEGIN")
        for index, first, last in ((f"{name}_top", 1, TOP), (f"{name}_rest", TOP + 1, count)):
            _create(database, "main", index)
            where = f"WHERE n BETWEEN {first} AND {min(last, count)} ORDER BY n"
            database.execute(f"INSERT INTO {index} (rowid, text) {rows} {where}")
            database.execute(f"INSERT INTO {index} ({index}) VALUES ('optimize')")
        database.execute("COMMIT")
    finally:
        database.close()


def transplant(database: sqlite3.Connection, path: Path, name: str) -> None:
    """Move the indexes from their own database into `database`.

    An FTS5 table is nothing but its shadow tables. Copying these takes a second where indexing
    takes half a minute, in which another thread can write the entries.
    """
    database.execute("ATTACH ? AS indexes", (str(path),))
    database.execute("BEGIN")
    for index in (f"{name}_top", f"{name}_rest"):
        _create(database, "main", index)
        for shadow in _SHADOWS:
            table = f"{index}_{shadow}"
            database.execute(f"DELETE FROM main.{table}")
            database.execute(f"INSERT INTO main.{table} SELECT * FROM indexes.{table}")
    database.execute("COMMIT")
    database.execute("DETACH indexes")


def _create(database: sqlite3.Connection, schema: str, index: str) -> None:
    # Only the top needs an index of short prefixes: there they are asked for on every keystroke.
    prefix = ", prefix='1 2 3'" if index.endswith("_top") else ""
    database.execute(_CREATE.format(schema, index, prefix))
