"""Tables that are written page by page: SQLite must find in them what was put there."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hodie.almanac import btree
from hodie.almanac.btree import LOCKED, LONGEST, PageFile
from hodie.almanac.columns import NULL, Column, Texts
from hodie.almanac.pairs import written_pairs
from hodie.almanac.schema import PAGE_SIZE
from hodie.almanac.scratch import connect


@pytest.fixture
def path(tmp_path):
    """A database with an empty table of a number and a text."""
    path = tmp_path / "some.db"
    make(path)
    return path


def make(path):
    """Make the database anew."""
    path.unlink(missing_ok=True)
    with closing(connect(path)) as database:
        database.execute("CREATE TABLE some (n INTEGER PRIMARY KEY, number, text)")
        database.execute("CREATE TABLE other (n INTEGER PRIMARY KEY, data BLOB)")


def fill(path, rows, at_a_time=1000):
    """Write rows of number, number and text."""
    with closing(PageFile(path)) as file:
        for start in range(0, len(rows), at_a_time):
            n, numbers, texts = zip(*rows[start : start + at_a_time], strict=True)
            marked = [NULL if number is None else number for number in numbers]
            columns = [
                Column(np.array(marked, np.int64)),
                Column(None, Texts.of([text or "" for text in texts])),
            ]
            file.write("some", np.array(n, np.int64), columns)
        file.finish()
    with closing(connect(path)) as database:
        file.insert_long(database)


def read(path):
    """Return all rows, after SQLite's check of the whole file."""
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return database.execute("SELECT * FROM some").fetchall()


WIDTHS = [2**bits + step for bits in (0, 7, 8, 15, 16, 23, 31, 32, 47, 62) for step in (-2, -1, 0)]


def test_numbers_of_every_width(path):
    """Numbers come back whatever their size and sign; so does none."""
    numbers = [*WIDTHS, *(-number - 1 for number in WIDTHS), 2**63 - 1, 1 - 2**63, 0, 1, None]
    rows = [(n, number, "x") for n, number in enumerate(numbers, 1)]
    fill(path, rows)

    assert read(path) == rows


@pytest.mark.parametrize("size", [1, 57, 58, 63, 64, 65, 8000, LONGEST - 6, LONGEST, 20_000])
def test_texts_of_every_size(path, size):
    """Texts come back, those too that no page can hold, in whatever order."""
    rows = [(n, n, ("é" if n % 2 else "e") * (size // 2) or "e") for n in range(1, 12)]
    rows.insert(5, (1000, 0, "short"))
    rows.sort()
    fill(path, rows, 3)

    assert read(path) == rows


@pytest.mark.parametrize("count", [0, 1, 2, 400, 401, 5000])
def test_so_many_rows(path, count):
    """A table may have no row, one page or many; those who read by number find each."""
    rows = [(3 * n, n % 300, f"row {n}") for n in range(1, count + 1)]
    fill(path, rows)

    assert read(path) == rows
    with closing(sqlite3.connect(path)) as database:
        for row in rows[::97]:
            assert database.execute("SELECT * FROM some WHERE n = ?", row[:1]).fetchone() == row


@pytest.mark.parametrize("count", [900, 1000, 1800, 3600, 20_000])
def test_a_tree_of_several_levels(path, monkeypatch, count):
    """However many levels there are above the leaves, every row is reached."""
    monkeypatch.setattr(btree, "CHILDREN", 3)
    rows = [(n, n, None) for n in range(1, count + 1)]
    fill(path, rows)

    assert read(path) == rows


def test_how_many_rows_come_at_a_time_does_not_matter(path, tmp_path):
    """The same rows make the same bytes."""
    rows = [(n, n * n, "text " * (n % 50)) for n in range(1, 700)]
    other = tmp_path / "other.db"
    make(other)
    fill(path, rows, 7)
    fill(other, rows, 500)

    assert path.read_bytes() == other.read_bytes()


def test_two_tables_by_turns(path):
    """Tables may be written by turns, texts and bytes."""
    data = Texts.of(["\0" * 70, "abc"])
    with closing(PageFile(path)) as file:
        for n in range(1, 400, 2):
            file.write("other", np.array([n, n + 1]), [Column(None, data, blob=True)])
            columns = [Column(np.array([n])), Column(None, Texts.of([f"{n}"]))]
            file.write("some", np.array([n]), columns)
        file.finish()

    assert read(path) == [(n, n, f"{n}") for n in range(1, 400, 2)]
    with closing(sqlite3.connect(path)) as database:
        rows = database.execute("SELECT data FROM other").fetchall()
    assert rows == [(bytes(70),), (b"abc",)] * 200


def test_sqlite_writes_on(path):
    """What was written so is a table like any other: rows may be added, changed and deleted."""
    fill(path, [(n, n, "x" * 50) for n in range(2, 4000, 2)])
    with closing(connect(path)) as database:
        for n in range(1, 4000, 2):
            database.execute("INSERT INTO some VALUES (?, ?, ?)", (n, n, "y" * 90))
        database.execute("UPDATE some SET text = text || text WHERE n % 3 = 0")
        database.execute("DELETE FROM some WHERE n % 5 = 0")

    assert [n for n, _, _ in read(path)] == [n for n in range(1, 4000) if n % 5]


def test_the_page_at_the_first_gigabyte_is_left_out(path):
    """SQLite keeps one page for its locks: nobody's rows may lie there."""
    with closing(connect(path)) as database:
        ((before,),) = database.execute("PRAGMA page_count")
    # Pages that nobody wrote take no room on the disk.
    with path.open("r+b") as file:
        file.truncate((LOCKED - 3) * PAGE_SIZE)
        file.seek(28)
        file.write((LOCKED - 3).to_bytes(4))
    rows = [(n, n, "x" * 4000) for n in range(1, 13)]
    fill(path, rows)

    with closing(sqlite3.connect(path)) as database:
        assert database.execute("SELECT * FROM some").fetchall() == rows
        assert database.execute("PRAGMA page_count").fetchone() > (LOCKED,)
        leaves = "SELECT pageno FROM dbstat WHERE name = 'some' AND pagetype = 'leaf'"
        used = [page for (page,) in database.execute(leaves)]
    assert before < LOCKED - 2 <= min(used) < LOCKED < max(used)
    assert LOCKED not in used


numbers = st.none() | st.integers(1 - 2**63, 2**63 - 1) | st.integers(-200, 200)
texts = st.none() | st.text(st.characters(codec="utf-8"), min_size=1, max_size=200)


@given(st.lists(st.tuples(numbers, texts), max_size=120), st.integers(1, 2**40), st.integers(1, 50))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_the_rows_are(path, values, first, step):
    """Any rows come back as they are."""
    make(path)
    rows = [(first + step * n, *value) for n, value in enumerate(values)]
    fill(path, rows, 50)

    assert read(path) == rows


@given(st.lists(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**12)))))
def test_pairs_in_json(rows):
    """Pairs are written as JSON writes them, without spaces; no pairs are an empty text."""
    pairs = np.array([pair for row in rows for pair in row], np.int64).reshape(-1, 2)
    written = written_pairs(pairs[:, 0], pairs[:, 1], np.array([len(row) for row in rows], int))

    found = [written.at(slice(n, n + 1)).joined().tobytes().decode() for n in range(len(rows))]
    assert found == [str([list(pair) for pair in row]).replace(" ", "") * bool(row) for row in rows]
