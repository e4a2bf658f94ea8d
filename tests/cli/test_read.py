"""`hodie read` shows what a source, built in or plugged in, makes of one file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path

import pytest
from click.testing import CliRunner
from msgspec import Struct

import hodie.sources
from hodie.almanac import Entry, Kind
from hodie.cli import main
from hodie.dates import HistoricalDate, MonthDay
from hodie.sources import GROUP, SourceError
from hodie.sources.reading import STANDARD_INPUT, Tell, bytes_of


class Sheet(Struct):
    """A value with words of its own."""

    title: str

    def lines(self) -> Iterator[str]:
        yield f"sheet {self.title}"


class Ledger:
    """A source that a plug-in may bring: each line of a file is an entry, but for the bad ones."""

    name = "ledger"

    def entries(self) -> Iterator[Entry]:
        return iter(())

    @staticmethod
    def read(file: Path, *, language: str | None = None, tell: Tell) -> Iterator[object]:
        for number, line in enumerate(bytes_of(file).decode().splitlines(), 1):
            if line == "sheet":
                yield Sheet(language or "?")
            elif line.startswith("!"):
                tell(f"{file}:{number}: {line}")
            else:
                date = HistoricalDate(1940, 8, 20)
                yield Entry(f"e:{number}", Kind.EVENT, date=date, day=MonthDay(8, 20), title=line)


class Heap:
    """A source that reads no files."""

    name = "heap"


@pytest.fixture(autouse=True)
def _installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Entry points as if a plug-in were installed."""
    points = EntryPoints(
        EntryPoint(name, f"{__name__}:{value}", GROUP)
        for name, value in {"ledger": "Ledger", "heap": "Heap", "gone": "Gone"}.items()
    )
    monkeypatch.setattr(hodie.sources, "entry_points", lambda **params: points.select(**params))


def read(*arguments: str, given: str | None = None):
    return CliRunner().invoke(main, ["read", *arguments], input=given)


def test_an_entry_is_one_line_of_json(tmp_path):
    """With --json each value is a line; an entry has the shape that other answers give it."""
    (tmp_path / "a.txt").write_text("A stone is laid.\nA stone is lost.\n")

    lines = read("ledger", str(tmp_path / "a.txt"), "--json").stdout.splitlines()

    assert [json.loads(line)["text"] for line in lines] == ["A stone is laid.", "A stone is lost."]
    assert json.loads(lines[0])["date"] == "1940-08-20"


def test_without_json_people_can_read_it(tmp_path):
    """An entry is a line with its date; a value that words itself does so."""
    (tmp_path / "a.txt").write_text("A stone is laid.\nsheet\n")

    result = read("ledger", "--lang", "de", str(tmp_path / "a.txt"))

    assert result.stdout == "1940-08-20  event    A stone is laid.\nsheet de\n"


def test_standard_input_is_read():
    """A hyphen stands for what comes in."""
    assert "A stone" in read("ledger", "-", given="A stone is laid.").stdout


def test_what_is_left_out_is_said(tmp_path):
    """The first lines in full, on standard error; how many more there were, at the end."""
    (tmp_path / "a.txt").write_text("!bad\n" * 25)

    result = read("ledger", str(tmp_path / "a.txt"))

    assert result.exit_code == 0
    assert result.stderr.splitlines()[0] == f"left out: {tmp_path / 'a.txt'}:1: !bad"
    assert result.stderr.splitlines()[20:] == ["left out: 5 more"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("heap", "x"), "source 'heap' reads no single files; those that do: ledger"),
        (("nowhere", "x"), "no source is named 'nowhere'; there are: gone, heap, ledger"),
        (("ledger", "/no/such"), "/no/such: cannot be read: No such file or directory"),
    ],
)
def test_what_cannot_be_read_is_one_line(arguments, said):
    """An error names the source or the file, and what would do."""
    result = read(*arguments)

    assert (result.exit_code, result.stderr) == (1, f"hodie: {said}\n")


def test_a_packed_file_that_is_cut_short_is_refused(tmp_path):
    """Half a gzip file is an error with its name, not half an answer."""
    import gzip

    whole = gzip.compress(b"A stone is laid.\n" * 100)
    (tmp_path / "a.gz").write_bytes(whole[:-12])

    with pytest.raises(SourceError, match=r"a\.gz: the packed file is damaged or cut short"):
        bytes_of(tmp_path / "a.gz")


def test_standard_input_has_a_name():
    """Sources tell it by its value."""
    assert Path("-") == STANDARD_INPUT
