"""The rows of a table's file, whatever its form: where each stands, and its cells by column."""

import csv
import datetime
import re
import zipfile
from collections.abc import Iterator, Mapping
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from hodie.sources import SourceError
from hodie.sources.reading import bytes_of
from hodie.sources.records import Tell, Text, Unread, open_text
from hodie.sources.records.texts import DAMAGED

Cell = str | list[str]

SHEETS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
LINES = (".ndjson", ".jsonl", ".json")

MOST_LINES = 100
"""A cell may run over so many lines; a quotation mark that is never closed swallows no more."""

_DELIMITERS = "\t;,|"
_decode = msgspec.json.Decoder().decode


class Row(NamedTuple):
    """One record: the line on which it begins, and its cells, without the empty ones."""

    line: int
    cells: Mapping[str, Cell]


class Form(NamedTuple):
    """How a file is to be read, where it does not say so itself."""

    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None


class Table(NamedTuple):
    """A file's columns, its rows, and what was guessed."""

    columns: tuple[str, ...]
    rows: Iterator[Row]
    note: str = ""


def open_table(path: Path, form: Form, tell: Tell) -> Table:
    """Open a table by the ending of its name: a sheet, JSON lines, else text with delimiters.

    The first row that is not empty names the columns. Raises SourceError where the file as a whole
    cannot be read; `tell` hears of the rows that cannot.
    """
    ending = Path(path.name.removesuffix(".gz")).suffix.lower()
    if ending in SHEETS:
        return _sheet(path, form, tell)
    text = open_text(path, form.encoding)
    return _objects(path, text, tell) if ending in LINES else _delimited(path, text, form, tell)


# Text with delimiters


def _delimited(path: Path, text: Text, form: Form, tell: Tell) -> Table:
    delimiter = form.delimiter or _delimiter(path, form)
    records = _records(path, text.lines, delimiter, tell)
    _, header = next(records, (0, []))
    columns = _columns(header, path)
    return Table(columns, _rows(path, columns, records, tell), text.note)


def _delimiter(path: Path, form: Form) -> str:
    """Return the sign that stands most often, and as often, in the first lines."""
    if Path(path.name.removesuffix(".gz")).suffix.lower() in (".tsv", ".tab"):
        return "\t"
    lines = [line for _, line in zip(range(20), open_text(path, form.encoding).lines, strict=False)]
    head = next((line for line in lines if line.strip()), "")
    return max(_DELIMITERS, key=lambda sign: (_cells(head, sign), sign == ","))


def _cells(line: str, delimiter: str) -> int:
    try:
        return len(next(csv.reader([line], delimiter=delimiter), []))
    except csv.Error:
        return 0


def _records(
    path: Path, lines: Iterator[str], delimiter: str, tell: Tell
) -> Iterator[tuple[int, list[str]]]:
    """Yield the line and the cells of each record.

    A quotation mark that is never closed spoils its own line only, and not the rest of the file.
    """
    whole = _whole(delimiter)
    number, source = 0, _Pushed(lines)
    for line in source:
        number += 1
        if not line.strip():
            continue
        record = line if '"' not in line else _record(line, source, whole)
        if record is None:
            tell(Unread(path.name, number, "", "a quotation mark is not closed", line))
        elif DAMAGED.search(record):
            tell(Unread(path.name, number, "", "a byte that is no UTF-8", record))
        else:
            try:
                yield number, next(csv.reader(_ended(record), delimiter=delimiter))
            except csv.Error as error:
                tell(Unread(path.name, number, "", str(error), record))
        number += record.count("\n") if record else 0


def _record(line: str, source: "_Pushed", whole: re.Pattern[str]) -> str | None:
    """Return a record that begins with `line`; None, with nothing taken, if it never ends."""
    lines = [line]
    while True:
        if '"' in lines[-1] and whole.fullmatch(record := "\n".join(lines)):
            return record
        if len(lines) == MOST_LINES or (following := next(source, None)) is None:
            source.push(lines[1:])
            return None
        lines.append(following)


@lru_cache(maxsize=16)
def _whole(delimiter: str) -> re.Pattern[str]:
    """Match a record whose quoted cells are closed."""
    sign = re.escape(delimiter)
    cell = rf'(?:"[^"]*(?:""[^"]*)*"|(?!")[^{sign}\n]*)'
    return re.compile(rf"{cell}(?:{sign}{cell})*")


def _ended(record: str) -> list[str]:
    return [f"{line}\n" for line in record.split("\n")]


class _Pushed:
    """Lines, of which some may be put back."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._back: list[str] = []

    def __iter__(self) -> "_Pushed":
        return self

    def __next__(self) -> str:
        return self._back.pop() if self._back else next(self._lines)

    def push(self, lines: list[str]) -> None:
        self._back.extend(reversed(lines))


def _rows(
    path: Path, columns: tuple[str, ...], records: Iterator[tuple[int, list[str]]], tell: Tell
) -> Iterator[Row]:
    for number, cells in records:
        if len(cells) > len(columns) and any(cell.strip() for cell in cells[len(columns) :]):
            reason = f"{len(cells)} cells under {len(columns)} columns: is a delimiter not quoted?"
            tell(Unread(path.name, number, "", reason, " | ".join(cells)))
            continue
        pairs = zip(columns, map(str.strip, cells), strict=False)
        yield Row(number, {column: cell for column, cell in pairs if cell})


def _columns(header: list[str], path: Path) -> tuple[str, ...]:
    """Return the names of columns: "column 3" for one without, the later of two numbered."""
    names: list[str] = []
    for number, cell in enumerate(header, 1):
        name = " ".join(cell.split()) or f"column {number}"
        names.append(name if name not in names else f"{name} {number}")
    if not names:
        raise SourceError(f"{path}: the file is empty: its first row must name the columns")
    return tuple(names)


# JSON lines


def _objects(path: Path, text: Text, tell: Tell) -> Table:
    columns: dict[str, None] = {}
    for row in _object_rows(path, open_text(path, text.encoding).lines, lambda unread: None):
        columns.update(dict.fromkeys(row.cells))
        if row.line > 1000:
            break
    return Table(tuple(columns), _object_rows(path, text.lines, tell), text.note)


def _object_rows(path: Path, lines: Iterator[str], tell: Tell) -> Iterator[Row]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            value = _decode(line.encode())
        except (msgspec.DecodeError, UnicodeEncodeError, RecursionError) as error:
            tell(Unread(path.name, number, "", f"is no JSON: {error}", line))
            continue
        if isinstance(value, dict):
            yield Row(number, dict(_flat(value)))
        else:
            tell(Unread(path.name, number, "", "is no JSON object", line))


def _flat(value: dict[str, Any], path: str = "") -> Iterator[tuple[str, Cell]]:
    """Name what stands in an object within another by both keys: `place.name`."""
    for key, each in value.items():
        name = f"{path}{key}"
        if isinstance(each, dict):
            yield from _flat(each, f"{name}.")
        elif isinstance(each, list):
            if texts := [text for one in each if (text := _text(one))]:
                yield name, texts
        elif text := _text(each):
            yield name, text


def _text(value: object) -> str:
    """Return what a cell holds as text: a whole number without its zeros, a date in ISO."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    if isinstance(value, datetime.date):
        return value.isoformat()
    return DAMAGED.sub("\N{REPLACEMENT CHARACTER}", str(value)).strip()


# Sheets


def _sheet(path: Path, form: Form, tell: Tell) -> Table:
    numbered = iter(enumerate(_sheet_cells(path, form), 1))
    records = (
        (number, [_text(cell) for cell in cells])
        for number, cells in numbered
        if any(cell not in ("", None) for cell in cells)
    )
    _, header = next(records, (0, []))
    while header and not header[-1]:
        header.pop()
    columns = _columns(header, path)
    return Table(columns, _rows(path, columns, records, tell))


def _sheet_cells(path: Path, form: Form) -> list[list[Any]]:
    try:
        from python_calamine import CalamineWorkbook
    except ImportError as error:
        raise SourceError(
            f"{path}: sheets need another part of Hodie: pip install 'hodie[sheets]', or save the"
            " table as CSV"
        ) from error
    data = bytes_of(path)
    _check_packing(path, data)
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        names = book.sheet_names
        name = form.sheet or (names[0] if names else "")
        if name not in names:
            known = ", ".join(map(repr, names)) or "none"
            raise SourceError(f"{path}: no sheet is named {name!r}; there are: {known}")
        return book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except SourceError:
        raise
    except BaseException as error:
        # A panic of its Rust is no Exception; it must not look like a fault of ours.
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        raise SourceError(f"{path}: is no sheet that can be read: {error}") from error


def _check_packing(path: Path, data: bytes) -> None:
    """Refuse a damaged archive: the reader of sheets takes what is left for the whole."""
    if not data.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            damaged = archive.testzip()
    except Exception as error:
        raise SourceError(f"{path}: the file is damaged or cut short: {error}") from error
    if damaged is not None:
        raise SourceError(f"{path}: the file is damaged: {damaged!r} in it does not check")
