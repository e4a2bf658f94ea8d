"""Entities in the order of their weight: numbered, and written in their final form.

Numbers go by weight, so that search finds the heaviest first by going through them in order.
Entities that only hidden entries know come last: search ends before them.
"""

import sqlite3
from array import array
from contextlib import closing
from pathlib import Path

import numpy as np
import numpy.typing as npt

from hodie.almanac.intake import Intake
from hodie.almanac.scratch import connect
from hodie.almanac.timelines import Timelines

_PRIME = 9973

Words = dict[str, "array[int]"]
Numbers = npt.NDArray[np.int64]

# The same order as Python's in `rank`: SQLite compares UTF-8, which sorts as code points do.
_RANKED = """INSERT INTO ranked SELECT NULL, ent.old,
    CASE WHEN id = replace(lower(name), ' ', '-') THEN NULL ELSE id END,
    name, kinds.n,
    CASE WHEN wikidata = 'Q' || CAST(substr(wikidata, 2) AS INTEGER)
        THEN CAST(substr(wikidata, 2) AS INTEGER) ELSE wikidata END,
    CASE WHEN wikipedia = name THEN 1 ELSE wikipedia END,
    descriptions.n, image, weight, born, died, also, more
FROM source.ent
    LEFT JOIN source.kinds ON kinds.old = ent.kind
    LEFT JOIN source.descriptions ON descriptions.old = ent.description
ORDER BY ent.old IN (SELECT old FROM source.concealed), weight DESC, id"""
_COLUMNS = "name, kind, wikidata, wikipedia, description, image, weight, born, died, also, more"


def rank(intake: Intake) -> tuple[Numbers, Numbers]:
    """Return the final numbers of entities by those so far, and those so far by the final ones.

    The second begins with the entity of number 1; the first ends with 0, for no entity.
    """
    by_weight = array("I")
    for weight in sorted(intake.by_weight, reverse=True):
        by_weight.extend(map(intake.numbers.__getitem__, sorted(intake.by_weight[weight])))
    found = np.array(by_weight, np.int64)
    seen = np.frombuffer(intake.seen, bool)[found]
    order = np.concatenate([found[seen], found[~seen]])
    ranks = np.zeros(len(order) + 1, np.int64)
    ranks[order] = np.arange(1, len(order) + 1)
    return ranks, order


def prepare(spill: sqlite3.Connection, intake: Intake, words: Words) -> None:
    """Put beside the spilt entities what `write_ranked` must know of them."""
    spill.execute("BEGIN")
    spill.execute("CREATE TABLE concealed (old INTEGER PRIMARY KEY)")
    concealed = ((old,) for old, seen in enumerate(intake.seen) if not seen)
    spill.executemany("INSERT INTO concealed VALUES (?)", concealed)
    for table, name in (("kinds", "entity kind"), ("descriptions", "description")):
        spill.execute(f"CREATE TABLE {table} (old INTEGER PRIMARY KEY, n INTEGER)")
        spill.executemany(f"INSERT INTO {table} VALUES (?, ?)", enumerate(words[name]))
    spill.execute("COMMIT")


def write_ranked(source: Path, target: Path) -> None:
    """Write the spilt entities to the table `ranked` of a database of its own."""
    with closing(connect(target)) as database:
        database.execute(
            "CREATE TABLE ranked (n INTEGER PRIMARY KEY, old INTEGER, id TEXT, name TEXT,"
            " kind INTEGER, wikidata, wikipedia, description INTEGER, image TEXT, weight INTEGER,"
            " born INTEGER, died INTEGER, also TEXT, more TEXT)"
        )
        database.execute("ATTACH ? AS source", (str(source),))
        database.execute("BEGIN")
        database.execute(_RANKED)
        database.execute("COMMIT")


def write_entities(
    database: sqlite3.Connection, ranked: Path, order: Numbers, timelines: Timelines
) -> None:
    """Copy the ranked entities to the almanac, and write their timelines."""
    database.execute("ATTACH ? AS source", (str(ranked),))
    database.execute("BEGIN")
    database.execute(f"INSERT INTO entity SELECT n, id, {_COLUMNS} FROM source.ranked ORDER BY n")
    rows = timelines.rows(len(order))
    database.executemany("INSERT INTO timeline VALUES (?, ?)", rows)
    ((trace,),) = database.execute(f"SELECT sum((n % {_PRIME}) * (old % {_PRIME})) FROM ranked")
    # Two sorts that disagree would give people the lives of others.
    if order.size and trace != (np.arange(1, order.size + 1) % _PRIME * (order % _PRIME)).sum():
        raise AssertionError
    database.execute("COMMIT")
    database.execute("DETACH source")
