"""Entries written in rows: as CSV, JSON, NDJSON, Parquet and iCalendar."""

from __future__ import annotations

import contextlib
import csv
import io
import itertools
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, BinaryIO, cast

import msgspec
from msgspec import Struct

from hodie.almanac import Almanac, Entry
from hodie.cli.places import Place
from hodie.dates import HistoricalDate, MonthDay
from hodie.errors import HodieError
from hodie.press.api.formats import cell, columns_of, harmless
from hodie.press.api.shapes import EntryShape
from hodie.press.api.values import Speaker
from hodie.press.calendars import of_entries
from hodie.press.filters import Filter

# Rows of a group in a Parquet file.
GROUP = 10_000


class ExportError(HodieError):
    """Entries could not be written; says why, and what to do."""


class Selection(Struct, frozen=True):
    """Which entries are wanted: of a day, a date, a month or the whole almanac, by a filter."""

    day: MonthDay | HistoricalDate | None
    month: int | None
    wanted: Filter

    def of(self, almanac: Almanac) -> Iterator[Entry]:
        """Yield them in the almanac's order; those without a day are of the whole only."""
        if isinstance(self.day, HistoricalDate):
            yield from filter(self.wanted.keeps, almanac.date(self.day))
        elif self.day is None and self.month is None:
            yield from filter(self.wanted.keeps, almanac.entries())
        else:
            days = MonthDay.all() if self.day is None else [self.day]
            for day in days:
                if self.month in (None, day.month):
                    yield from self.wanted.on(almanac, day, most=None)


def read_filter(options: Mapping[str, Any]) -> Filter:
    """Make a filter of a command's options; raises FilterError."""
    named = {
        "kind": options["kinds"],
        "subkind": options["subkind"],
        "country": options["country"],
        "about": options["about"],
        "from": () if options["first"] is None else (str(options["first"]),),
        "to": () if options["last"] is None else (str(options["last"]),),
        "q": (options["text"],) if options["text"] else (),
        "sensitive": (options["sensitive"],),
    }
    return Filter.read([(name, value) for name, values in named.items() for value in values])


def write(place: Place, selection: Selection, form: str, file: Path | None) -> int:
    """Write entries to a file, whole or not at all, or to standard output; return how many.

    Raises ExportError.
    """
    counted = _Counted(selection.of(place.almanac))
    if file is None:
        _WRITERS[form](place, counted, sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return counted.count
    try:
        with _fresh(file) as target:
            _WRITERS[form](place, counted, target)
    except OSError as error:
        raise ExportError(f"{file}: cannot be written: {(error.strerror or '').lower()}") from error
    return counted.count


class _Counted:
    """Entries, and how many of them have been taken."""

    def __init__(self, entries: Iterator[Entry]) -> None:
        self._entries, self.count = entries, 0

    def __iter__(self) -> Iterator[Entry]:
        for entry in self._entries:
            self.count += 1
            yield entry


@contextlib.contextmanager
def _fresh(file: Path) -> Iterator[BinaryIO]:
    """Lend a file beside the one asked for, which takes its place when all is written."""
    with tempfile.NamedTemporaryFile(
        dir=file.parent, prefix=f".{file.name}.", delete=False
    ) as lent:
        path = Path(lent.name)
        try:
            yield cast(BinaryIO, lent)
            lent.close()
            path.chmod(0o644)
            path.replace(file)
        finally:
            path.unlink(missing_ok=True)


def _shapes(place: Place, entries: Iterable[Entry]) -> Iterator[EntryShape]:
    speaker = Speaker(place.house, place.language)
    return map(speaker.entry, entries)


def _csv(place: Place, entries: Iterable[Entry], target: BinaryIO) -> None:
    columns = columns_of(EntryShape)
    text = io.TextIOWrapper(target, "utf-8", newline="", write_through=True)
    rows = csv.writer(text)
    rows.writerow([name for name, _ in columns])
    for shape in _shapes(place, entries):
        rows.writerow([harmless(cell(shape, path)) for _, path in columns])
    text.detach()


def _json(place: Place, entries: Iterable[Entry], target: BinaryIO) -> None:
    before = b"[\n"
    for shape in _shapes(place, entries):
        target.write(before + msgspec.json.encode(shape))
        before = b",\n"
    target.write(b"\n]\n" if before == b",\n" else b"[]\n")


def _ndjson(place: Place, entries: Iterable[Entry], target: BinaryIO) -> None:
    for shape in _shapes(place, entries):
        target.write(msgspec.json.encode(shape) + b"\n")


def _ics(place: Place, entries: Iterable[Entry], target: BinaryIO) -> None:
    target.writelines(of_entries(place.house, entries))


def _parquet(place: Place, entries: Iterable[Entry], target: BinaryIO) -> None:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ModuleNotFoundError as error:
        raise ExportError(
            "Parquet is written with pyarrow, which is not installed: pip install 'hodie[parquet]'"
        ) from error
    schema = _schema(pa)
    with pq.ParquetWriter(target, schema, compression="zstd") as writer:
        shapes = _shapes(place, entries)
        while group := list(itertools.islice(shapes, GROUP)):
            rows = [msgspec.to_builtins(shape) for shape in group]
            writer.write_table(pa.Table.from_pylist(rows, schema=schema))


def _schema(pa: Any) -> Any:
    """Say what each column of a Parquet file is: that of the API's JSON, typed."""
    text = pa.string()
    date = {
        **dict.fromkeys(("edtf", "precision", "calendar", "words", "year_words"), text),
        **dict.fromkeys(("month", "day"), pa.int8()),
        **dict.fromkeys(("approximate", "uncertain"), pa.bool_()),
        "year": pa.int64(),
        "gregorian": text,
    }
    participant = dict.fromkeys(("role", "id", "name", "description", "wikidata"), text)
    reference = dict.fromkeys(("source", "url", "revision", "licence", "date"), text)
    return pa.schema(
        {
            **dict.fromkeys(("id", "url", "page", "kind", "subkind", "title", "text"), text),
            "date": pa.struct(date),
            "day": text,
            "weight": pa.float32(),
            "sensitive": pa.bool_(),
            "flags": pa.list_(text),
            "countries": pa.list_(text),
            "participants": pa.list_(pa.struct(participant)),
            "references": pa.list_(pa.struct(reference)),
        }
    )


_WRITERS: dict[str, Callable[[Place, Iterable[Entry], BinaryIO], None]] = {
    "csv": _csv,
    "json": _json,
    "ndjson": _ndjson,
    "parquet": _parquet,
    "ics": _ics,
}
