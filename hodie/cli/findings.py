"""What `check` and `timeline` answer: as a linter prints, as a table, in JSON, in SARIF."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import click
from msgspec import Struct
from rich.console import Console
from rich.table import Table
from rich.text import Text

from hodie import __version__
from hodie.almanac import Entry
from hodie.cli.answers import Object, encoded, entity_object, entry_object
from hodie.cli.group import MistypedError
from hodie.cli.paper import ACCENT, SOFT, WIDEST
from hodie.cli.places import Place
from hodie.dates import DateError, HistoricalDate, Interval, worded
from hodie.factcheck import FactcheckError, Moment, Status, Verdict, check, timeline
from hodie.factcheck.documents import Document, DocumentError, read_document

CLEAN, CONTRADICTED = 0, 1
_LEVELS: dict[Status, str] = {
    "contradicted": "error",
    "partly": "warning",
    "unknown": "note",
    "confirmed": "none",
}
_COLOURS = {"contradicted": "red", "partly": "yellow", "unknown": "blue", "confirmed": "green"}
_RULES = {
    "birth": "The date of somebody's birth",
    "death": "The date of somebody's death",
    "event": "The date of an event",
    "age": "An age at death",
    "count": "A count of years: how long ago, which anniversary",
    "order": "What came first",
    "place": "Where an event was, or a life began or ended",
    "weekday": "The day of the week of a date",
    "impossible": "A day that never was",
    "dateline": "A date at odds with the dateline",
    "future": "What is told as done and is still to come",
}
# How much of a long line is shown on either side of a claim.
_BESIDE = 44
_LONGEST = 110
_SARIF = "https://json.schemastore.org/sarif-2.1.0.json"


class Checked(Struct, frozen=True):
    """A file and the verdicts on it."""

    document: Document
    verdicts: tuple[Verdict, ...]


def answer_check(
    place: Place,
    files: tuple[Path, ...],
    *,
    reference: str | None,
    everything: bool,
    form: str,
) -> int:
    """Check files, print what was found, and return the exit code."""
    checked = [_checked(place, file, reference) for file in files]
    if form == "json":
        click.echo(encoded(_check_object(place, checked)))
    elif form == "sarif":
        click.echo(encoded(sarif(checked)))
    else:
        for line in report(checked, everything=everything):
            click.echo(line)
    found = any(verdict.is_finding for each in checked for verdict in each.verdicts)
    return CONTRADICTED if found else CLEAN


def answer_timeline(place: Place, file: Path, *, reference: str | None, as_json: bool) -> int:
    """Print what happened when, as a file tells it."""
    document = _read(file)
    try:
        moments = timeline(document.text, place.almanac, reference=reference or document.date)
    except FactcheckError as error:
        raise MistypedError(str(error)) from error
    if as_json:
        told = [_moment_object(document, moment) for moment in moments]
        click.echo(encoded({"file": document.name, "moments": told}))
    elif sys.stdout.isatty():
        console = Console(highlight=False)
        console.width = min(console.width, WIDEST)
        console.print(_table(moments))
    else:
        for moment in moments:
            click.echo("\t".join(_row(moment)))
    return CLEAN


def _checked(place: Place, file: Path, reference: str | None) -> Checked:
    document = _read(file)
    line = reference or document.date
    try:
        verdicts = check(document.text, place.almanac, reference=line, today=place.today())
    except FactcheckError as error:
        raise MistypedError(str(error)) from error
    return Checked(document, tuple(verdicts))


def _read(file: Path) -> Document:
    try:
        return read_document(file)
    except DocumentError as error:
        raise MistypedError(str(error)) from error


# ------------------------------------------------------------------ as a linter prints


def report(checked: Iterable[Checked], *, everything: bool) -> Iterator[str]:
    """Say place, verdict, claim, evidence and suggestion of each finding; at the end, how many."""
    counts: Counter[Status] = Counter()
    files = 0
    for each in checked:
        files += 1
        for verdict in each.verdicts:
            counts[verdict.status] += 1
            if everything or verdict.is_finding:
                yield from _finding(each.document, verdict)
    told = ", ".join(f"{counts[status]} {status}" for status in _LEVELS)
    yield f"{files} {'file' if files == 1 else 'files'}: {told}"


def _finding(document: Document, verdict: Verdict) -> Iterator[str]:
    place = document.place(verdict.claim.start)
    colour = _COLOURS[verdict.status]
    status = click.style(verdict.status, fg=colour, bold=True)
    yield f"{document.name}:{place.line}:{place.column}: {status}: {_plain(verdict.says)}"
    shown, before, length = _excerpt(document, verdict)
    yield f"    {shown}"
    yield f"    {' ' * before}{click.style('^' * length, fg=colour)}"
    for entry in verdict.entries:
        yield f"    evidence: {_plain(evidence(entry))}"
    if verdict.suggestion is not None:
        old = document.text[verdict.suggestion.start : verdict.suggestion.end]
        yield f"    suggestion: {verdict.suggestion.words} (for {_plain(old)})"
    yield ""


def _excerpt(document: Document, verdict: Verdict) -> tuple[str, int, int]:
    """The line of a claim, cut to a width; how much stands before the claim, how long that is."""
    start = document.place(verdict.claim.start)
    end = document.place(verdict.claim.end, end=True)
    line = document.line(start.line)
    stop = end.column - 1 if end.line == start.line else len(line)
    first = max(0, start.column - 1 - _BESIDE)
    last = min(len(line), max(stop + _BESIDE // 2, first + _LONGEST))
    last = min(last, start.column - 1 + _LONGEST)
    shown = _plain(line[first:last])
    length = max(1, min(stop, last) - start.column + 1)
    return shown, start.column - 1 - first, length


def evidence(entry: Entry) -> str:
    """An entry as evidence: what, when, and who says so."""
    date = "" if entry.date is None else f", {worded_safely(entry.date)}"
    named = [f"{ref.source}{f' <{ref.url}>' if ref.url else ''}" for ref in entry.references]
    sources = "; ".join(dict.fromkeys(named))
    return f"{entry.label}{date}{f' ({sources})' if sources else ''} [{entry.id}]"


def worded_safely(date: HistoricalDate | Interval) -> str:
    """A date in words, or as EDTF where words fail."""
    try:
        return worded(date)
    except DateError:
        return date.edtf


def _plain(text: str) -> str:
    """Text on one line, without what would steer a terminal."""
    return "".join(char if char.isprintable() else " " for char in text)


# ------------------------------------------------------------------ for programs


def _check_object(place: Place, checked: Iterable[Checked]) -> Object:
    year = place.today().year
    files = [
        {
            "file": each.document.name,
            "date": None if each.document.date is None else each.document.date.edtf,
            "verdicts": [_verdict_object(each.document, v, year) for v in each.verdicts],
        }
        for each in checked
    ]
    counts = Counter(verdict.status for each in checked for verdict in each.verdicts)
    return {"files": files, "counts": {status: counts[status] for status in _LEVELS}}


def _verdict_object(document: Document, verdict: Verdict, year: int) -> Object:
    claim, change = verdict.claim, verdict.suggestion
    known = verdict.known.edtf if isinstance(verdict.known, HistoricalDate) else verdict.known
    return {
        "status": verdict.status,
        "kind": claim.kind,
        "text": claim.text,
        **_span(document, claim.start, claim.end),
        "says": verdict.says,
        "certainty": claim.certainty,
        "about": None if claim.about is None else entity_object(claim.about),
        "date": None if claim.date is None else claim.date.edtf,
        "known": known,
        "entries": [entry_object(entry, year) for entry in verdict.entries],
        "suggestion": change
        and {"words": change.words, **_span(document, change.start, change.end)},
    }


def _moment_object(document: Document, moment: Moment) -> Object:
    return {
        "date": None if moment.date is None else moment.date.edtf,
        "precision": moment.precision or None,
        "derived": moment.derived,
        "how": moment.how,
        "text": moment.text,
        "subject": moment.subject or None,
        "certainty": moment.certainty,
        "word": moment.word or None,
        "by": moment.by or None,
        "entities": [entity_object(entity) for entity in moment.entities],
        **_span(document, moment.start, moment.end),
    }


def _span(document: Document, start: int, end: int) -> Object:
    first, last = document.place(start), document.place(end, end=True)
    return {
        "line": first.line,
        "column": first.column,
        "end_line": last.line,
        "end_column": last.column,
        "offset": first.offset,
        "end_offset": last.offset,
    }


def sarif(checked: Iterable[Checked]) -> Object:
    """The findings as SARIF 2.1.0, for code scanning and editors."""
    rules = [
        {"id": kind, "name": kind.capitalize(), "shortDescription": {"text": text}}
        for kind, text in _RULES.items()
    ]
    driver = {
        "name": "Hodie",
        "version": __version__,
        "informationUri": "https://github.com/hodie/hodie",
        "rules": rules,
    }
    results = [
        _result(each.document, verdict)
        for each in checked
        for verdict in each.verdicts
        if verdict.is_finding
    ]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return {"$schema": _SARIF, "version": "2.1.0", "runs": [run]}


def _result(document: Document, verdict: Verdict) -> Object:
    claim, change = verdict.claim, verdict.suggestion
    artifact = {"uri": quote(Path(document.name).as_posix())}
    location: dict[str, Any] = {"artifactLocation": artifact}
    if document.kind != "docx":
        location["region"] = _region(document, claim.start, claim.end)
    told = [verdict.says, *(f"Evidence: {evidence(entry)}." for entry in verdict.entries)]
    if document.kind == "docx":
        told.insert(0, f"paragraph {document.place(claim.start).line}:")
    result: Object = {
        "ruleId": claim.kind,
        "level": _LEVELS[verdict.status],
        "message": {"text": " ".join(told)},
        "locations": [{"physicalLocation": location}],
    }
    if change is not None and document.kind != "docx":
        replacement = {
            "deletedRegion": _region(document, change.start, change.end),
            "insertedContent": {"text": change.words},
        }
        fix = {
            "description": {"text": f"Write {change.words}"},
            "artifactChanges": [{"artifactLocation": artifact, "replacements": [replacement]}],
        }
        result["fixes"] = [fix]
    return result


def _region(document: Document, start: int, end: int) -> Object:
    span = _span(document, start, end)
    return {
        "startLine": span["line"],
        "startColumn": span["column"],
        "endLine": span["end_line"],
        "endColumn": span["end_column"],
    }


# ------------------------------------------------------------------ timelines


def _row(moment: Moment) -> tuple[str, str, str, str]:
    date = "" if moment.date is None else worded_safely(moment.date)
    doubt = " ".join(filter(None, (moment.by, moment.word)))
    sure = "" if moment.certainty == "asserted" else f"{moment.certainty}: {doubt}"
    text = f"{moment.subject} … {moment.text}" if moment.subject else moment.text
    names = ", ".join(entity.name for entity in moment.entities)
    return f"{date}{' (derived)' if moment.derived else ''}", _plain(text), _plain(sure), names


def _table(moments: Iterable[Moment]) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    table.add_column(justify="right", no_wrap=True)
    table.add_column(ratio=1)
    for moment in moments:
        date, text, sure, names = _row(moment)
        words = Text(text)
        below = " · ".join(filter(None, (sure, names)))
        if below:
            words.append(f"\n{below}", SOFT)
        table.add_row(Text(date, ACCENT), words)
    return table
