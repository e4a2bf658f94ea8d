"""Damaged files of every form: an error with its place or a listed row, and never a crash."""

import datetime
import random

import pytest
from records_samples import BSD, CSV, GEDCOM, ICS, NDJSON, xlsx

from hodie.almanac import Entry
from hodie.errors import HodieError
from hodie.sources.bsd import BSDSource
from hodie.sources.gedcom import GedcomSource
from hodie.sources.ical import ICalSource
from hodie.sources.records import write_unread
from hodie.sources.table import TableSource, guess
from hodie.sources.table.rows import Form

ROWS = [["date", "title"], *([1900 + n, f"Event {n}"] for n in range(40))]
FILES = {
    "own.csv": CSV.replace("Date,What,Who,Where,Ref", "date,title,people,places,id").encode(),
    "own.ndjson": NDJSON.encode(),
    "own.xlsx": xlsx(ROWS),
    "own.ics": ICS.encode(),
    "own.ged": GEDCOM.encode(),
    "calendar.own": BSD.encode(),
}


def source_of(folder, name):
    """Return the source that reads this file."""
    if name.endswith(".ics"):
        return ICalSource(file=name, folder=folder)
    if name.endswith(".ged"):
        return GedcomSource(file=name, folder=folder, today=datetime.date(2026, 8, 20))
    if name.startswith("calendar"):
        return BSDSource(file=name, folder=folder)
    return TableSource(file=name, folder=folder)


def damaged(data: bytes, seed: int) -> bytes:
    """Flip bits, drop, double or insert bytes, or cut the end off; the same for the same seed."""
    chance, broken = random.Random(seed), bytearray(data)
    for _ in range(chance.randint(1, 6)):
        place = chance.randrange(len(broken)) if broken else 0
        match chance.randrange(5):
            case 0:
                broken[place : place + 1] = bytes([chance.randrange(256)])
            case 1:
                del broken[place : place + chance.randint(1, 9)]
            case 2:
                broken[place:place] = broken[place : place + 40]
            case 3:
                broken[place:place] = chance.choice([b'"', b"\n", b"\0", b"\xff", b"\r", b"9" * 30])
            case _ if broken:
                broken[place] ^= 1 << chance.randrange(8)
    return bytes(broken[: chance.randrange(len(broken) + 1)] if seed % 7 == 0 else broken)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("part", range(4))
def test_damage_is_an_error_or_a_listed_row(tmp_path, name, part):
    """Every entry that comes is whole, every reason has its file, and errors are Hodie's own."""
    whole = {entry.id for entry in _entries(tmp_path, name, FILES[name])[0]}
    assert whole
    errors: list[str] = []
    for seed in range(part * 50, part * 50 + 50):
        try:
            entries, unread = _entries(tmp_path, name, damaged(FILES[name], seed))
        except HodieError as error:
            errors.append(str(error))
            continue
        assert all(isinstance(entry, Entry) and entry.label for entry in entries)
        assert all(each.file == name and each.reason for each in unread)
        write_unread(tmp_path / "unread.csv", unread)
    assert all(name in error for error in errors)


def _entries(folder, name, data):
    (folder / name).write_bytes(data)
    source = source_of(folder, name)
    return list(source.entries()), source.unread


@pytest.mark.parametrize("name", ["own.csv", "own.ndjson", "own.xlsx"])
def test_a_damaged_table_is_guessed_at_or_refused(tmp_path, name):
    """A preview of a damaged file ends in a guess or in one line."""
    errors: list[str] = []
    for seed in range(60):
        (tmp_path / name).write_bytes(damaged(FILES[name], seed))
        try:
            guess(tmp_path / name, Form(), "en")
        except HodieError as error:
            errors.append(str(error))
    assert all(name in error for error in errors)


def test_a_damaged_packing_is_refused(tmp_path):
    """A sheet's archive is checked whole before anything of it is believed."""
    data = bytearray(FILES["own.xlsx"])
    data[data.index(b"sheetData") - 40 if b"sheetData" in data else len(data) // 2] ^= 255
    (tmp_path / "own.xlsx").write_bytes(data)

    with pytest.raises(HodieError, match=r"own\.xlsx: "):
        list(TableSource(file="own.xlsx", folder=tmp_path).entries())


def test_the_report_lists_what_was_not_read(tmp_path):
    """A CSV with file, line, column and reason; nothing to list takes an old one away."""
    (tmp_path / "t.csv").write_text("date,title\n1900,X\n30 Feb 1900,Y\n")
    source = TableSource(file="t.csv", folder=tmp_path)
    list(source.entries())
    write_unread(tmp_path / "unread.csv", source.unread)

    header, row = (tmp_path / "unread.csv").read_text().splitlines()
    assert header == "file,line,column,reason,text,skipped"
    assert row.startswith("t.csv,3,date,")
    write_unread(tmp_path / "unread.csv", [])
    assert not (tmp_path / "unread.csv").exists()
