"""From a range of a dump to rows: one pure function, whichever engine runs it."""

from collections.abc import Iterator

import pyarrow as pa
from msgspec import Struct

from hodie.sources.wikidata.columns import table
from hodie.sources.wikidata.facts import PRECISIONS, Finder
from hodie.sources.wikidata.lines import LineError, Reader, is_out
from hodie.sources.wikidata.members import pieces
from hodie.sources.wikidata.rows import Row, RowMaker
from hodie.sources.wikidata.rules import read_rules

BATCH = 16384
"""Rows of a record batch."""

LONGEST = 1 << 26
"""The bytes of a line beyond which it is none; the longest of Wikidata has some 5 MB."""

SHOWN = 1000
"""How many complaints of a build are kept with their place; all are counted."""


_COMMA = ord(",")
_BETWEEN = frozenset(b",\r \t")

Place = tuple[str, int]
"""A file with the byte of a member in it, and a byte of the member's text."""


class Range(Struct, frozen=True):
    """Bytes of a file: all lines that begin in the text of what begins there; None is to its end.

    `number` is its place among all ranges of a build.
    """

    number: int
    path: str
    start: int = 0
    stop: int | None = None


class Settings(Struct, frozen=True):
    """What decides, with the dump, which rows come out."""

    languages: tuple[str, ...] = ("en",)
    least_links: int = 0
    precision: str = "year"


class Complaint(Struct, frozen=True):
    """Something that could not be read: what is wrong, and where."""

    reason: str
    place: str


class Report(Struct):
    """What became of a range: its lines by their fate, and the first complaints."""

    text: int = 0
    lines: int = 0
    items: int = 0
    facts: int = 0
    left_out: int = 0
    unnamed: int = 0
    broken_lines: int = 0
    broken_parts: int = 0
    broken_statements: int = 0
    complaints: list[Complaint] = []

    @property
    def errors(self) -> int:
        """How much could not be read."""
        return self.broken_lines + self.broken_parts + self.broken_statements

    def add(self, other: "Report") -> None:
        """Count in what another range had."""
        for field in self.__struct_fields__:
            setattr(self, field, getattr(self, field) + getattr(other, field))
        del self.complaints[SHOWN:]

    def complain(self, reason: str, place: str) -> None:
        """Keep a complaint, if there are not many yet."""
        if len(self.complaints) < SHOWN:
            self.complaints.append(Complaint(reason, place))


def extract(range: Range, settings: Settings, report: Report) -> Iterator[pa.RecordBatch]:
    """Yield the rows of a range in the order of its lines, and fill in the report."""
    rows: list[Row] = []
    extraction = Extraction(settings, report)
    for text, place, start, end in _texts(range, report):
        extraction.take(text, place, rows, start, end)
        if len(rows) >= BATCH:
            yield table(rows)
            rows.clear()
    if rows:
        yield table(rows)


class Extraction:
    """Makes rows of text, line by line."""

    def __init__(self, settings: Settings, report: Report) -> None:
        self._rules = read_rules()
        self._out = self._rules.out_classes
        self._reader = Reader(self._rules, settings.languages)
        precision = PRECISIONS[settings.precision]
        self._finder = Finder(self._rules, precision=precision, least_links=settings.least_links)
        self._maker = RowMaker(self._rules, settings.languages)
        self._report = report

    def take(
        self, text: bytes, place: Place, rows: list[Row], start: int = 0, stop: int | None = None
    ) -> None:
        """Add the rows of the whole lines from `start` to `stop`; `place` is that of the text."""
        stop = len(text) if stop is None else stop
        view, out, find = memoryview(text), self._out, text.find
        self._report.text += stop - start
        lines = left_out = 0
        while start < stop:
            end = find(b"\n", start, stop)
            if end < 0:
                end = stop
            # "[", "]" and the commas between members are no lines of their own.
            if end - start > 2:
                lines += 1
                if is_out(text, start, end, out):
                    left_out += 1
                else:
                    row = self._row(view[start:end], place, start)
                    if row is not None:
                        rows.append(row)
            start = end + 1
        self._report.lines += lines
        self._report.left_out += left_out

    def _row(self, line: memoryview, place: Place, start: int) -> Row | None:
        report = self._report
        try:
            item = self._reader.read(_entity(line), self._complain)
        except LineError as error:
            report.broken_lines += 1
            report.complain(
                f"{error}: {bytes(line[:60])!r}", f"{place[0]}, text {place[1] + start}"
            )
            return None
        if item is None:
            report.left_out += 1
            return None
        facts = self._finder.facts(item)
        row = self._maker.row(item, facts)
        if row is None:
            report.unnamed += 1
            return None
        report.items += 1
        report.facts += len(facts)
        return row

    def _complain(self, reason: str, place: str) -> None:
        self._report.broken_statements += 1
        self._report.complain(reason, place)


def _entity(line: memoryview) -> memoryview:
    """Cut off what stands between lines: the comma, a carriage return."""
    end = len(line) - 1 if line[-1] == _COMMA else len(line)
    while end and line[end - 1] in _BETWEEN:
        end -= 1
    return line[:end]


def _texts(range: Range, report: Report) -> Iterator[tuple[bytes, Place, int, int]]:
    """Yield texts with their place, and from where to where in each are whole lines of the range.

    Texts are not cut to them, since copying would take a tenth of all time.
    """

    def complain(reason: str, place: str) -> None:
        report.broken_parts += 1
        report.complain(reason, place)

    tail, tail_place = b"", (range.path, 0)
    started = range.start == 0
    for text, start, offset, joined in pieces(range.path, range.start, range.stop, complain):
        place = f"{range.path}: byte {start}"
        over = range.stop is not None and start >= range.stop
        if over and not started:
            return
        if not joined:
            # The line that was begun is lost with the rest of its member.
            tail, started = b"", False
        begin = 0
        if not started or tail or over:
            begin = text.find(b"\n") + 1
            if started:
                tail_place = tail_place if tail else (place, offset)
                tail += text[:begin] if begin else text
            if not begin:
                if len(tail) > LONGEST:
                    complain(f"a line of more than {LONGEST >> 20} MB", f"{tail_place[0]}")
                    tail, started = b"", False
                continue
            if started:
                yield tail, tail_place, 0, len(tail)
            started, tail = True, b""
        if over:
            return
        end = max(begin, text.rfind(b"\n") + 1)
        if end > begin:
            yield text, (place, offset), begin, end
        tail, tail_place = text[end:], (place, offset + end)
    if tail:
        yield tail, tail_place, 0, len(tail)
