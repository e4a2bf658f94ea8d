"""Which column of a table says what, and what a row says by it."""

import difflib
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from hodie.almanac import SUBJECT, Kind, Reference
from hodie.dates import Calendar, DateError, HistoricalDate, MonthDay, read_written
from hodie.sources import SourceError
from hodie.sources.records import Fact, Name, dated
from hodie.sources.table.rows import Cell, Row

KEYS = {
    "id": "the row's own id, which never changes",
    "date": "the date, or the year where month and day have columns of their own",
    "month": "the month, as a number or a word",
    "day": "the day of the month",
    "birth": "the date of a birth: with `subject`, an entry of its own",
    "death": "the date of a death: with `subject`, an entry of its own",
    "kind": "event, birth, death or holiday",
    "subkind": "a finer kind, such as opening",
    "title": "a heading",
    "line": "a sentence",
    "subject": "whose birth or death it is, or what the entry is about",
    "description": "a few words on the subject",
    "people": "who took part",
    "places": "where",
    "context": "what it belongs to, as a war",
    "wikidata": "the subject's item, as Q33391",
    "wikipedia": "the title of the subject's article in English",
    "countries": "ISO codes",
    "calendar": "the calendar of the date",
    "weight": "a number from 0 to 1",
    "source": "what backs the row, where rows differ in it",
    "url": "the address of what backs the row",
    "licence": "its licence",
}
"""What a column may be, in the order in which a mapping is printed."""

_ROLES = {"people": "person", "places": "place", "context": "context"}
_CALENDARS = {"o.s.": "julian", "os": "julian", "n.s.": "gregorian", "ns": "gregorian"}
_ITEM = re.compile(r"Q[1-9]\d*")
_KINDS = {
    **{kind.value: kind for kind in Kind},
    **{f"{kind.value}s": kind for kind in Kind},
    "born": Kind.BIRTH,
    "died": Kind.DEATH,
    "b": Kind.BIRTH,
    "d": Kind.DEATH,
}


class RowError(ValueError):
    """A cell that cannot be read: in which column, and why."""

    def __init__(self, column: str, reason: str, text: str) -> None:
        super().__init__(reason)
        self.column, self.reason, self.text = column, reason, text


class Columns(NamedTuple):
    """Column by key, and what holds for every row."""

    columns: dict[str, str]
    language: str = "en"
    calendar: Calendar | None = None
    kind: Kind = Kind.EVENT
    separator: str = ";"
    label: str | None = None


def read_columns(columns: object, known: tuple[str, ...], file: str) -> dict[str, str]:
    """Check the table `columns` of hodie.toml against a file's own columns."""
    if not isinstance(columns, Mapping):
        raise SourceError(f'{file}: columns = {columns!r} must be a table, as {{ date = "Date" }}')
    for key, column in columns.items():
        if key not in KEYS:
            raise SourceError(f"{file}: columns: {key!r} is none of {', '.join(KEYS)}")
        if not isinstance(column, str) or column not in known:
            raise SourceError(f"{file}: columns: {key} = {column!r}: {_nearest(column, known)}")
    if not {"date", "birth", "death"} & columns.keys():
        raise SourceError(f"{file}: columns: name the one with the date: {_nearest('date', known)}")
    return dict(columns)


def _nearest(column: object, known: tuple[str, ...]) -> str:
    near = difflib.get_close_matches(str(column), known, n=1)
    if near:
        return f"did you mean {near[0]!r}?"
    return f"the file has the columns {', '.join(map(repr, known))}"


def facts_of(row: Row, mapping: Columns) -> Iterator[Fact]:
    """Yield what a row says: one fact, or a birth and a death; raises RowError."""
    cells = _Cells(row, mapping.columns)
    if "date" in mapping.columns:
        yield _fact(cells, mapping, "date", _kind(cells, mapping))
    for kind, key in ((Kind.BIRTH, "birth"), (Kind.DEATH, "death")):
        if cells.text(key):
            yield _fact(cells, mapping, key, kind)


class _Cells:
    """The cells of a row by what they say."""

    def __init__(self, row: Row, columns: dict[str, str]) -> None:
        self.row, self.columns = row, columns

    def text(self, key: str) -> str:
        cell = self._cell(key)
        return " ".join((cell if isinstance(cell, str) else "; ".join(cell)).split())

    def texts(self, key: str, separator: str) -> list[str]:
        cell = self._cell(key)
        parts = cell.split(separator) if isinstance(cell, str) else cell
        return [text for part in parts if (text := " ".join(part.split()))]

    def refuse(self, key: str, reason: str) -> RowError:
        return RowError(self.columns.get(key, key), reason, self.text(key))

    def _cell(self, key: str) -> Cell:
        return self.row.cells.get(self.columns.get(key, ""), "")


def _fact(cells: _Cells, mapping: Columns, key: str, kind: Kind) -> Fact:
    subject = _subject(cells, mapping)
    if kind in (Kind.BIRTH, Kind.DEATH) and subject is None:
        raise cells.refuse("subject", f"a {kind} needs a subject: whose is it?")
    parts = ((subject, SUBJECT),) if subject else ()
    others = tuple(
        (Name(name), role)
        for column, role in _ROLES.items()
        for name in cells.texts(column, mapping.separator)
        if subject is None or name != subject.name
    )
    title, line = cells.text("title") or None, cells.text("line") or None
    if not (title or line or subject):
        raise cells.refuse("title", "nothing to show: a title, a line or a subject must be there")
    date, day, doubtful = _when(cells, mapping, key, kind)
    own = cells.text("id")
    return Fact(
        kind=kind,
        subkind=cells.text("subkind") or None,
        date=date,
        day=day,
        doubtful=doubtful,
        title=title if key == "date" else None,
        line=line if key == "date" else None,
        weight=_weight(cells),
        parts=parts + others if key == "date" else parts,
        countries=tuple(cells.texts("countries", mapping.separator)),
        reference=_reference(cells, mapping),
        key=own if not own or key == "date" else f"{own}:{key}",
        line_number=cells.row.line,
    )


def _kind(cells: _Cells, mapping: Columns) -> Kind:
    text = cells.text("kind").casefold()
    if not text:
        return mapping.kind
    if text not in _KINDS:
        raise cells.refuse("kind", "is none of event, birth, death, holiday")
    return _KINDS[text]


def _subject(cells: _Cells, mapping: Columns) -> Name | None:
    name = " ".join(cells.text("subject").split())
    if not name:
        return None
    item = cells.text("wikidata").rpartition("/")[2] or None
    if item is not None and not _ITEM.fullmatch(item):
        raise cells.refuse("wikidata", "is no item of Wikidata, such as Q33391")
    return Name(
        name,
        item,
        cells.text("wikipedia") or None,
        cells.text("description") or None,
        _year(cells, mapping, "birth"),
        _year(cells, mapping, "death"),
    )


def _year(cells: _Cells, mapping: Columns, key: str) -> int | None:
    if not cells.text(key):
        return None
    date = _date(cells, mapping, key, None)
    return date.year if date.precision not in ("decade", "century") else None


def _when(
    cells: _Cells, mapping: Columns, key: str, kind: Kind
) -> tuple[HistoricalDate | None, MonthDay | None, bool]:
    calendar = _calendar(cells, mapping)
    if kind is Kind.HOLIDAY and (day := _month_day(cells, mapping, key)):
        return None, day, False
    found = dated(_date(cells, mapping, key, calendar))
    return found.date, found.day, found.doubtful


def _month_day(cells: _Cells, mapping: Columns, key: str) -> MonthDay | None:
    """Read a day of every year: 05-01, or a date without its year."""
    text = cells.text(key)
    try:
        if re.fullmatch(r"\d\d-\d\d", text):
            return MonthDay.parse(text)
        return read_written(f"{text} 2000", mapping.language).month_day
    except DateError:
        return None


def _date(cells: _Cells, mapping: Columns, key: str, calendar: Calendar | None) -> HistoricalDate:
    text = cells.text(key)
    if key == "date" and (month := cells.text("month")):
        text = _joined(text, month, cells.text("day"))
    try:
        return _read(text, mapping.language, calendar)
    except DateError as error:
        raise cells.refuse(key, str(error)) from error


# A table is read twice, and many of its rows are of one day.
_read = lru_cache(maxsize=65_536)(read_written)


def _joined(year: str, month: str, day: str) -> str:
    """Write year, month and day of three cells as one date.

    >>> _joined("1940", "8", "20"), _joined("1940", "August", "20"), _joined("-43", "3", "")
    ('1940-08-20', '20 August 1940', '-0043-03')
    """
    digits = year.removeprefix("-")
    if month.isdecimal() and digits.isdecimal() and (day.isdecimal() or not day):
        parts = [f"{digits:0>4}", f"{month:0>2}", *([f"{day:0>2}"] if day else [])]
        return ("-" if year.startswith("-") else "") + "-".join(parts)
    return " ".join(filter(None, (day, month, year)))


def _calendar(cells: _Cells, mapping: Columns) -> Calendar | None:
    text = cells.text("calendar").casefold()
    if not text:
        return mapping.calendar
    named = {"o.s.": "julian", "os": "julian", "n.s.": "gregorian", "ns": "gregorian"}.get(
        text, text
    )
    try:
        return Calendar(named)
    except ValueError as error:
        known = ", ".join(Calendar)
        raise cells.refuse("calendar", f"is none of {known}") from error


def _weight(cells: _Cells) -> float | None:
    text = cells.text("weight")
    if not text:
        return None
    try:
        weight = float(text.replace(",", "."))
    except ValueError as error:
        raise cells.refuse("weight", "is no number from 0 to 1") from error
    if not 0 <= weight <= 1:
        raise cells.refuse("weight", "is no number from 0 to 1")
    return weight


def _reference(cells: _Cells, mapping: Columns) -> Reference | None:
    source, url, licence = (cells.text(key) or None for key in ("source", "url", "licence"))
    if source is None and url is None and licence is None:
        return None
    return Reference(source or mapping.label or "", url, licence=licence)


def toml_of(mapping: Columns, **options: Any) -> str:
    """Return the table of hodie.toml that says a mapping."""
    from hodie.sources.house.writing import toml_value

    lines = ["[[sources]]", 'name = "table"']
    lines += [f"{key} = {toml_value(value)}" for key, value in options.items() if value is not None]
    if mapping.language != "en":
        lines.append(f"language = {toml_value(mapping.language)}")
    if mapping.calendar:
        lines.append(f"calendar = {toml_value(mapping.calendar.value)}")
    if mapping.kind is not Kind.EVENT:
        lines.append(f"kind = {toml_value(mapping.kind.value)}")
    if mapping.separator != ";":
        lines.append(f"separator = {toml_value(mapping.separator)}")
    lines += ["", "[sources.columns]"]
    lines += [
        f"{key} = {toml_value(mapping.columns[key])}" for key in KEYS if key in mapping.columns
    ]
    return "\n".join(lines)
