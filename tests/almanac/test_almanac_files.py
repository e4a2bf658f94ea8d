"""Files that are no almanac, or no longer one; and how the file is read."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from almanac_samples import ENTRIES, many

from hodie.almanac import Almanac, AlmanacError, Kind, build
from hodie.dates import HistoricalDate, MonthDay


@pytest.fixture
def path(tmp_path):
    """An almanac of a few hundred entries."""
    path = tmp_path / "almanac.db"
    build(path, [*ENTRIES, *many(800)])
    return path


def ask_everything(almanac):
    """Ask an almanac each sort of question."""
    for day in MonthDay.all()[::13]:
        almanac.day(day)
        almanac.day(day, limit=None, order="year")
    for year, _ in almanac.years():
        almanac.year(year)
    for date, _ in list(almanac.dates())[::13]:
        almanac.date(date)
    for entity in list(almanac.entities())[::13]:
        almanac.about(entity.id)
        almanac.entity(entity.id)
    for entry in list(almanac.entries(hidden=True))[::13]:
        almanac.entry(entry.id)
    for text in ("person", "p", "event number 3", "leon trotsky"):
        almanac.search(text)
        almanac.search(text, kind=Kind.EVENT)


# No almanac


def test_no_file(tmp_path):
    """Where there is no file, the message says what to do."""
    with pytest.raises(AlmanacError, match=r"no almanac at '.*nowhere.db': build one first"):
        Almanac.open(tmp_path / "nowhere.db")


def test_a_folder(tmp_path):
    """A folder is no almanac."""
    with pytest.raises(AlmanacError, match="can't read"):
        Almanac.open(tmp_path)


@pytest.mark.parametrize("content", [b"", b"SQLite", b"PK\3\4 something else"])
def test_another_sort_of_file(tmp_path, content):
    """A file of another sort is called one."""
    path = tmp_path / "other.db"
    path.write_bytes(content)

    with pytest.raises(AlmanacError, match="is no almanac: it begins with"):
        Almanac.open(path)


def test_another_database(tmp_path):
    """A database of somebody else is called one."""
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE entry (n)")
    database.close()

    with pytest.raises(AlmanacError, match="is an SQLite database, but no almanac"):
        Almanac.open(path)


@pytest.mark.parametrize(("schema", "way"), [(2, "build it again"), (4, "update Hodie")])
def test_another_schema(path, schema, way):
    """An older or newer schema is named, with the way out."""
    data = bytearray(path.read_bytes())
    data[60:64] = schema.to_bytes(4)
    path.write_bytes(data)

    with pytest.raises(AlmanacError, match=rf"schema {schema}.* reads 3:.*{way}"):
        Almanac.open(path)


@pytest.mark.parametrize("keep", [0.1, 0.5, 0.99])
def test_a_file_cut_short(path, keep):
    """A file that lost its end is damaged, and is not opened."""
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * keep)])

    with pytest.raises(AlmanacError, match=r"is damaged \(it has .* bytes instead of"):
        Almanac.open(path)


@pytest.mark.parametrize("page", range(1, 40))
def test_a_page_of_rubbish(path, page):
    """Rubbish in the file is an AlmanacError, at the latest of `verify`: never another error."""
    data = bytearray(path.read_bytes())
    start = page * len(data) // 8192 // 40 * 8192
    data[start : start + 8192] = bytes(b ^ 0xA5 for b in data[start : start + 8192])
    path.write_bytes(data)

    def ask() -> None:
        with Almanac.open(path) as almanac:
            ask_everything(almanac)
            almanac.verify()

    with pytest.raises(AlmanacError, match="build it again"):
        ask()


def test_one_flipped_bit_is_noticed(path):
    """`verify` reads every byte."""
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)

    with Almanac.open(path) as almanac, pytest.raises(AlmanacError, match="digest"):
        almanac.verify()


# Reading


def test_nothing_is_written(path):
    """Reading changes neither the file nor its folder."""
    before = path.read_bytes(), path.stat().st_mtime_ns
    with Almanac.open(path) as almanac:
        ask_everything(almanac)
        assert [p.name for p in path.parent.iterdir()] == [path.name]

    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_a_read_only_folder(path):
    """An almanac on a disk that can't be written is read like any other."""
    path.chmod(0o444)
    path.parent.chmod(0o555)
    try:
        with Almanac.open(path) as almanac:
            ask_everything(almanac)
    finally:
        path.parent.chmod(0o755)


@pytest.mark.parametrize("name", ["a?b#c%41.db", "été 東京.db", "file:x.db", "a&mode=rwc.db"])
def test_odd_file_names(tmp_path, name):
    """Whatever a file may be called, it is found by its name."""
    path = tmp_path / name
    build(path, ENTRIES)
    with Almanac.open(path) as almanac:
        assert almanac.entry("leap") is not None

    assert [p.name for p in tmp_path.iterdir()] == [name]


def test_a_relative_path(path, monkeypatch):
    """A relative path goes on to work when the working folder changes."""
    monkeypatch.chdir(path.parent)
    with Almanac.open(path.name) as almanac:
        monkeypatch.chdir("/")
        with ThreadPoolExecutor(4) as threads:
            assert all(threads.map(almanac.entry, ["leap"] * 8))


def test_a_closed_almanac(path):
    """What is closed says so when it is asked; closing twice does no harm."""
    almanac = Almanac.open(path)
    almanac.close()
    almanac.close()

    with pytest.raises(AlmanacError, match="is closed: open it again"):
        almanac.day(MonthDay(8, 20))


def test_an_enumeration_that_is_left_halfway(path):
    """Enumerations may be left halfway, or go on side by side."""
    with Almanac.open(path) as almanac:
        first, second = almanac.dates(), almanac.entries()
        next(first), next(second)
        assert almanac.entry("leap")
        second.close()
        assert len(list(first)) == len(list(almanac.dates())) - 1


def test_many_threads(path):
    """Threads that ask at once all get what one alone gets."""
    days = MonthDay.all()
    with Almanac.open(path) as almanac:

        def ask(n):
            day = days[n * 31 % 366]
            return (
                almanac.day(day, limit=None),
                almanac.date(HistoricalDate(1604, day.month, day.day)),
                almanac.about(f"person-{n}"),
                [hit.label for hit in almanac.search(f"person {n}")],
            )

        alone = [ask(n) for n in range(120)]
        with ThreadPoolExecutor(16) as threads:
            together = list(threads.map(ask, list(range(120)) * 5))

    assert together == alone * 5


def test_an_almanac_closed_while_threads_ask(path):
    """Closing amid questions ends in answers or in an AlmanacError, nothing else."""
    almanac = Almanac.open(path)

    def ask(n):
        if n == 100:
            almanac.close()
        try:
            return len(almanac.day(MonthDay.all()[n % 366]))
        except AlmanacError as error:
            return str(error)

    with ThreadPoolExecutor(8) as threads:
        answers = list(threads.map(ask, range(300)))
    assert {type(answer) for answer in answers} == {int, str}


def test_two_processes(path):
    """Another process reads the same file at the same time."""
    script = (
        "import sys; from hodie.almanac import Almanac\n"
        "with Almanac.open(sys.argv[1]) as a: print(sum(1 for _ in a.entries()))"
    )
    with Almanac.open(path) as almanac:
        run = subprocess.run(
            [sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True
        )
        assert int(run.stdout) == sum(1 for _ in almanac.entries())


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may drop to another user")
def test_somebody_who_may_only_read(path):
    """A user who may not write anything can read an almanac."""
    path.chmod(0o444)
    for folder in (path.parent, *path.parents[1:-2]):
        folder.chmod(folder.stat().st_mode | 0o555)
    script = (
        "import os, sys; from hodie.almanac import Almanac\n"
        "os.setgid(65534); os.setuid(65534)\n"
        "with Almanac.open(sys.argv[1]) as a: print(a.entry('leap').title)"
    )
    run = subprocess.run(
        [sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "Agadir earthquake"
