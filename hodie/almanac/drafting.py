"""From what the intake put aside to a whole file."""

import json
import sqlite3
from array import array
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from hodie.almanac import finding
from hodie.almanac.heading import NO_DIGEST
from hodie.almanac.intake import Intake
from hodie.almanac.keys import write_keys
from hodie.almanac.pages import write_pages
from hodie.almanac.schema import APPLICATION_ID, SCHEMA, TABLES, VIEWS
from hodie.almanac.scratch import connect
from hodie.almanac.shelving import Shelving

Words = dict[str, "array[int]"]

# Numbers by weight, so that search finds the heaviest first by going through them in order.
# Entities that only hidden entries know come last: search ends before them.
_RANK = """INSERT INTO rank (old) SELECT old FROM ent
    ORDER BY old IN (SELECT old FROM concealed), weight DESC, id"""
_ENTITIES = """INSERT INTO entity SELECT rank.n,
    CASE WHEN id = replace(lower(name), ' ', '-') AND NOT name GLOB '*[^ -~]*'
        THEN NULL ELSE id END,
    name, kinds.n,
    CASE WHEN wikidata = 'Q' || CAST(substr(wikidata, 2) AS INTEGER)
        THEN CAST(substr(wikidata, 2) AS INTEGER) ELSE wikidata END,
    CASE WHEN wikipedia = name THEN 1 ELSE wikipedia END,
    descriptions.n, image, weight, born, died, timeline(rank.n)
FROM spill.rank CROSS JOIN spill.ent USING (old)
    LEFT JOIN spill.kinds ON kinds.old = ent.kind
    LEFT JOIN spill.descriptions ON descriptions.old = ent.description
ORDER BY rank.n"""


class Draft(NamedTuple):
    """A whole almanac that is not in its place yet."""

    path: Path
    entries: int
    hidden: int
    entities: int
    merged: int
    keys: "array[int]"
    lookalikes: list[str]


def draft(
    folder: Path, spill: sqlite3.Connection, intake: Intake, progress: Callable[[], None]
) -> Draft:
    """Write an almanac in `folder`.

    The names are indexed meanwhile, in another thread: SQLite does that without Python.
    """
    path = folder / "almanac.db"
    with (
        closing(connect(path)) as database,
        closing(connect(folder / "titles.db")) as titles,
        ThreadPoolExecutor(1) as aside,
    ):
        _prepare(database)
        words = intake.lexicon.settle(database)
        ranks, order = _rank(spill, intake, words)
        progress()
        known = sum(intake.seen)
        names = aside.submit(finding.index_names, folder, folder / "spill.db", known)
        titles.execute("CREATE TABLE title (lightness INTEGER, entry INTEGER, text TEXT)")
        titles.execute("BEGIN")
        shelving = Shelving(database, titles, words, ranks)
        shelving.write(intake.runs, progress)
        titles.execute("COMMIT")
        titled = aside.submit(finding.index_titles, folder, folder / "titles.db")
        _write_entities(database, folder / "spill.db", shelving)
        progress()
        _write_keys(database, intake, shelving, order)
        write_pages(database)
        progress()
        finding.transplant(database, names.result(), "names")
        progress()
        finding.transplant(database, titled.result(), "titles")
        _write_titled(database, folder / "titles.db")
        made = Draft(
            path=path,
            entries=shelving.count,
            hidden=shelving.count - shelving.timelines.visible,
            entities=len(order),
            merged=shelving.merged,
            keys=shelving.keys,
            lookalikes=shelving.lookalikes,
        )
        _finish(database, made, _about(made, known, intake, shelving))
    return made


def _prepare(database: sqlite3.Connection) -> None:
    database.execute("BEGIN")
    for statement in TABLES.split(";"):
        database.execute(statement)
    database.execute("INSERT INTO about VALUES ('digest', ?)", (NO_DIGEST.decode(),))


def _rank(
    spill: sqlite3.Connection, intake: Intake, words: Words
) -> tuple["array[int]", "array[int]"]:
    """Number the entities for good; return their numbers by those so far, and the other way."""
    spill.execute("BEGIN")
    spill.execute("CREATE TABLE rank (n INTEGER PRIMARY KEY, old INTEGER)")
    spill.execute("CREATE TABLE concealed (old INTEGER PRIMARY KEY)")
    concealed = ((old,) for old, seen in enumerate(intake.seen) if not seen)
    spill.executemany("INSERT INTO concealed VALUES (?)", concealed)
    spill.execute(_RANK)
    for table, name in (("kinds", "entity kind"), ("descriptions", "description")):
        spill.execute(f"CREATE TABLE {table} (old INTEGER PRIMARY KEY, n INTEGER)")
        spill.executemany(f"INSERT INTO {table} VALUES (?, ?)", enumerate(words[name]))
    spill.execute("COMMIT")
    order = array("I", (old for (old,) in spill.execute("SELECT old FROM rank ORDER BY n")))
    # One more than there are entities: the last one, 0, is that of no entity.
    ranks = array("I", bytes(4 * (len(order) + 1)))
    for n, old in enumerate(order, 1):
        ranks[old] = n
    return ranks, order


def _write_entities(database: sqlite3.Connection, spill: Path, shelving: Shelving) -> None:
    database.execute("COMMIT")
    database.execute("ATTACH ? AS spill", (str(spill),))
    database.create_function("timeline", 1, shelving.timelines.of)
    database.execute("BEGIN")
    database.execute(_ENTITIES)
    database.execute("COMMIT")
    database.execute("DETACH spill")


def _write_titled(database: sqlite3.Connection, titles: Path) -> None:
    database.execute("ATTACH ? AS titles", (str(titles),))
    database.execute("INSERT INTO titled SELECT n, entry FROM titles.ranked ORDER BY n")
    database.execute("DETACH titles")


def _write_keys(
    database: sqlite3.Connection, intake: Intake, shelving: Shelving, order: "array[int]"
) -> None:
    database.execute("BEGIN")
    hashes = intake.hashes
    keys = (hashes[old] << 32 | n for n, old in enumerate(order, 1))
    write_keys(database, "entity_key", keys, len(order))
    write_keys(database, "entry_key", shelving.keys, len(shelving.keys))
    database.execute("COMMIT")


def _about(made: Draft, known: int, intake: Intake, shelving: Shelving) -> dict[str, object]:
    sources: Counter[tuple[str, str | None]] = Counter()
    texts = {number: shared for shared, number in intake.shared.items()}
    for number, count in shelving.sources.items():
        for source, licence in dict.fromkeys(part[:2] for part in texts.get(number, ())):
            sources[source, licence] += count
    rows = sorted(sources.items(), key=lambda item: (-item[1], item[0][0], item[0][1] or ""))
    return {
        "schema": SCHEMA,
        "entries": made.entries,
        "hidden": made.hidden,
        "entry keys": len(shelving.keys),
        "entities": made.entities,
        "visible entities": known,
        "sources": json.dumps([[*source, count] for source, count in rows], ensure_ascii=False),
    }


def _finish(database: sqlite3.Connection, made: Draft, about: dict[str, object]) -> None:
    database.execute("BEGIN")
    database.executemany("INSERT INTO about VALUES (?, ?)", about.items())
    for statement in VIEWS.strip().split(";\n"):
        database.execute(statement)
    database.execute("COMMIT")
    database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    database.execute(f"PRAGMA user_version = {SCHEMA}")
