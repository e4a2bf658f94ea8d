"""Tables of one's own: CSV, TSV, sheets and JSON lines, with a mapping from columns to facts."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from hodie.almanac import Entry, Kind
from hodie.dates import Calendar, DateError, read_written
from hodie.sources import SourceError
from hodie.sources.reading import Tell as TellText
from hodie.sources.reading import ignore
from hodie.sources.records import Fact, Files, RecordSource, Tell, Unread
from hodie.sources.records.facts import Facts
from hodie.sources.records.reading import read_one
from hodie.sources.table.columns import Columns, RowError, facts_of, read_columns, toml_of
from hodie.sources.table.guessing import guess, own_names
from hodie.sources.table.rows import LINES, SHEETS, Form, open_table

__all__ = ["ENDINGS", "Columns", "TableSource", "guess", "toml_of"]

ENDINGS = (".csv", ".tsv", ".tab", *LINES, *SHEETS)
"""The endings of files that are read as tables."""


class TableSource(RecordSource):
    """The rows of one's own tables, as the options of its table in hodie.toml say."""

    name = "table"

    def __init__(
        self,
        *,
        file: Files,
        folder: Path | str = ".",
        columns: Mapping[str, str] | None = None,
        language: str = "en",
        calendar: str | None = None,
        kind: str = "event",
        separator: str = ";",
        encoding: str | None = None,
        delimiter: str | None = None,
        sheet: str | None = None,
        **options: Any,
    ) -> None:
        super().__init__(file=file, folder=folder, **options)
        self._form = Form(encoding, _sign(delimiter), sheet)
        self._columns = columns
        self._language = _language(language)
        self._calendar = _one_of(Calendar, "calendar", calendar) if calendar else None
        self._kind = _one_of(Kind, "kind", kind)
        self._separator = separator

    @staticmethod
    def read(
        file: Path, *, language: str | None = None, tell: TellText = ignore
    ) -> Iterator[Entry]:
        """Yield what a guess at a file's columns makes of it."""
        guessed = guess(file, Form(), language)
        source = TableSource(
            file=str(file),
            columns=guessed.columns,
            language=guessed.language,
            separator=guessed.separator,
        )
        yield from read_one(source, tell)

    def facts(self, path: Path) -> Facts:
        mapping = self._mapping(path)
        return lambda tell: self._facts(path, mapping, tell)

    def _mapping(self, path: Path) -> Columns:
        table = open_table(path, self._form, lambda unread: None)
        self.note(table.note)
        columns = self._columns
        if columns is None:
            columns = own_names(table.columns)
            if not {"date", "birth", "death"} & columns.keys():
                raise SourceError(
                    f"{path}: which column says what? `hodie build --preview {path}` guesses, and"
                    " prints the lines to put into hodie.toml"
                )
        return Columns(
            read_columns(columns, table.columns, str(path)),
            self._language,
            self._calendar,
            self._kind,
            self._separator,
            self._label or path.name,
        )

    def _facts(self, path: Path, mapping: Columns, tell: Tell) -> Iterator[Fact]:
        for row in open_table(path, self._form, tell).rows:
            try:
                yield from list(facts_of(row, mapping))
            except RowError as error:
                tell(Unread(path.name, row.line, error.column, error.reason, error.text))


def _sign(delimiter: str | None) -> str | None:
    if delimiter is not None and len(delimiter) != 1:
        raise SourceError(f"source 'table': delimiter = {delimiter!r} must be one sign, as ';'")
    return delimiter


def _language(tag: str) -> str:
    try:
        read_written("1940", tag)
        read_written("1 August 1940", tag)
    except DateError as error:
        raise SourceError(f"source 'table': language = {tag!r}: {error}") from error
    return tag


def _one_of(kind: Any, key: str, value: str) -> Any:
    try:
        return kind(value)
    except ValueError as error:
        known = ", ".join(map(repr, (each.value for each in kind)))
        raise SourceError(f"source 'table': {key} = {value!r} must be one of {known}") from error
