"""A last look at a draft before it takes the place of an almanac."""

import sqlite3
from contextlib import closing

import numpy as np

from hodie.almanac.drafting import Draft
from hodie.almanac.errors import AlmanacError
from hodie.almanac.ids import row_by_date
from hodie.almanac.reading import Reader
from hodie.almanac.schema import BEST
from hodie.almanac.shelving import contradiction

_SHORT = """SELECT count(*) FROM shelf WHERE NOT hidden AND 4 * min(count, ?) IS NOT (SELECT
    CASE length(outlines) WHEN 4 * length(entries) THEN length(entries) END
    FROM best WHERE best.shelf = shelf.n)"""
_YEARS = "SELECT total(CASE kind WHEN '' THEN -count ELSE count END) FROM year"


def check(draft: Draft) -> None:
    """Raise AlmanacError unless the draft is sound and whole, and every shelf can be reached."""
    with closing(sqlite3.connect(draft.path)) as database:
        _expect(database, "PRAGMA quick_check(1)", "ok")
        _expect(database, "SELECT count(*) FROM entry", draft.entries)
        _expect(database, "SELECT count(*) FROM entity", draft.entities)
        for total in (
            "SELECT total(count) FROM shelf WHERE kind IS NOT NULL",
            "SELECT total(count) FROM shelf WHERE kind IS NULL",
            "SELECT total(count) FROM run",
        ):
            _expect(database, total, draft.entries)
        _expect(database, _SHORT, 0, BEST)
        _expect(database, _YEARS, 0)
        _check_ids(database, draft)


def _expect(database: sqlite3.Connection, question: str, answer: object, *values: object) -> None:
    ((found,),) = database.execute(question, values)
    if found != answer:
        raise AlmanacError(
            f"the new almanac came out wrong ({question!r} gives {found!r}, not {answer!r}): what"
            " stood there stays; build again, and check the disk if it happens again"
        )


def _check_ids(database: sqlite3.Connection, draft: Draft) -> None:
    """Check the ids that are kept whole; those that say kind and date were checked by shelf."""
    if double := _first_double(database, draft):
        raise contradiction(double)
    if draft.lookalikes:
        shelves = Reader(database).shelves
        for id in draft.lookalikes:
            if row_by_date(database, shelves, id):
                raise contradiction(id)


def _first_double(database: sqlite3.Connection, draft: Draft) -> str | None:
    """Return an id that is kept whole twice."""
    hashes, numbers = draft.hashes, draft.numbers
    order = np.argsort(hashes, kind="stable")
    twins = np.flatnonzero(np.diff(hashes[order]) == 0)
    statement = "SELECT id FROM entry WHERE n = ?"
    for pair in numbers[order[np.column_stack((twins, twins + 1))]].tolist():
        first, second = (database.execute(statement, (n,)).fetchone() for n in pair)
        if first == second:
            return str(first[0])
    return None
