"""Calendar files of BSD's `calendar` program: a day, a tab, and what happened, with its year."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hodie.almanac import SUBJECT, Entry, Kind
from hodie.dates import DateError, HistoricalDate, MonthDay, in_use, read_written
from hodie.sources import SourceError
from hodie.sources.reading import Tell as TellText
from hodie.sources.reading import ignore
from hodie.sources.records import (
    Fact,
    Files,
    Name,
    RecordSource,
    Tell,
    Text,
    Unread,
    dated,
    open_text,
)
from hodie.sources.records.facts import Facts
from hodie.sources.records.reading import read_one
from hodie.sources.records.texts import DAMAGED

__all__ = ["BSDSource"]

_LANG = re.compile(r"LANG=(?P<language>[a-z]{2})?[^.\s]*(?:\.(?P<encoding>\S+))?\s*")
_NUMBERS = re.compile(r"(\d{1,2})/(\d{1,2})")
_WORDS = re.compile(r"[^\W\d_]{3,}\.?\s+\d{1,2}|\d{1,2}\.?\s+[^\W\d_]{3,}\.?")
_ERA = r"(?:B\.?C\.?(?:E\.?)?|A\.?D\.?)"
_LIVED = r"(?P<name>[^,;:]{3,60}?)(?:,[^;:]{1,80}?,?)? (?:is |was )?(?P<what>born|died|dies)"
_LIFE = re.compile(rf"{_LIVED}(?: (?:in|at|near|on) .*)?")
# Where years stand, the surest place first; what else there is, is the title.
_YEARS = (
    # "..., 1940", or ", 1940)" at the end of a bracket that began before it
    re.compile(
        rf"(?P<text>.+?),\s*(?P<year>\d{{1,4}})\s*(?P<era>{_ERA})?\??(?: год)?(?P<rest>\))?\.?",
        re.IGNORECASE,
    ),
    # "... (1940)"
    re.compile(
        rf"(?P<text>.+?)\s*\((?P<year>\d{{1,4}})\s*(?P<era>{_ERA})?(?:год|г\.?)?\)(?P<rest>)\.?",
        re.IGNORECASE,
    ),
    # "..., 1940, in Mexico City"
    re.compile(r"(?P<text>[^\d]+?),\s*(?P<year>1\d{3}|20\d\d)(?P<era>)(?P<rest>[ ,;].+)"),
    # "Ada Reader born in Kent 1811."
    re.compile(rf"(?P<text>{_LIVED}\b[^\d;]{{0,60}}?) (?P<year>\d{{3,4}})(?P<era>)(?P<rest>)\.?"),
)
_KINDS = {"born": Kind.BIRTH, "died": Kind.DEATH, "dies": Kind.DEATH}


class BSDSource(RecordSource):
    """The lines of calendar files; one without a year is a holiday.

    Days that move, such as the second Sunday of May, are skipped and counted.
    """

    name = "bsd"

    def __init__(
        self,
        *,
        file: Files,
        folder: Path | str = ".",
        language: str | None = None,
        encoding: str | None = None,
        **options: Any,
    ) -> None:
        super().__init__(file=file, folder=folder, **options)
        self._language, self._encoding = language, encoding
        try:
            read_written("1 August 1940", language or "en")
        except DateError as error:
            raise SourceError(f"source 'bsd': language = {language!r}: {error}") from error

    @staticmethod
    def read(
        file: Path, *, language: str | None = None, tell: TellText = ignore
    ) -> Iterator[Entry]:
        """Yield the entries of one file."""
        yield from read_one(BSDSource(file=str(file), language=language), tell)

    def facts(self, path: Path) -> Facts:
        return lambda tell: self._facts(path, tell)

    def _facts(self, path: Path, tell: Tell) -> Iterator[Fact]:
        language, text = self._opened(path)
        for number, line in _statements(text.lines):
            try:
                yield _fact(line, number, language)
            except ValueError as error:
                reason, skipped = error.args
                tell(Unread(path.name, number, "", reason, line, skipped))

    def _opened(self, path: Path) -> tuple[str, Text]:
        """Open a file in the encoding that its line LANG= names, unless the bytes say another."""
        text = open_text(path, self._encoding)
        head = [
            line for _, line in zip(range(40), open_text(path, text.encoding).lines, strict=False)
        ]
        named = next((found for line in head if (found := _LANG.fullmatch(line))), None)
        language = self._language or (named["language"] if named else None) or "en"
        if self._encoding is None and text.note and named and named["encoding"]:
            try:
                text = open_text(path, named["encoding"])
            except SourceError:
                self.note(text.note)
        else:
            self.note(text.note)
        return language, text


def _statements(lines: Iterator[str]) -> Iterator[tuple[int, str]]:
    """Yield each statement with its line: comments left out, lines that go on joined."""
    first, held, in_comment = 0, "", False
    for number, line in enumerate(lines, 1):
        plain, in_comment = _uncommented(line, in_comment)
        if plain.startswith("\t") and plain.strip() and held:
            held += " " + plain.strip()
            continue
        if held:
            yield first, held
        first, held = number, plain.strip()
    if held:
        yield first, held


def _uncommented(line: str, in_comment: bool) -> tuple[str, bool]:
    if in_comment:
        _, end, line = line.partition("*/")
        if not end:
            return "", True
    line = re.sub(r"/\*.*?\*/", "", line)
    before, begin, _ = line.partition("/*")
    if begin:
        return before, True
    return ("", False) if line.startswith("//") else (line, False)


def _fact(line: str, number: int, language: str) -> Fact:
    """Read a statement; raises ValueError with the reason, and whether it is no mistake."""
    if DAMAGED.search(line):
        raise ValueError("a byte that is no UTF-8", False)
    if line.startswith("#include"):
        raise ValueError("an included file is not read: name it in hodie.toml", False)
    if line.startswith("#") or re.match(r"[^\W\d_]+=", line):
        raise ValueError("is an instruction to `calendar`", True)
    when, tab, text = line.partition("\t")
    text = " ".join(text.split())
    if not tab or not text:
        raise ValueError("has no tab between the day and the text", False)
    day = _day(when.strip().rstrip("*").strip(), language)
    found = next((match for each in _YEARS if (match := each.fullmatch(text))), None)
    if found is None:
        return Fact(kind=Kind.HOLIDAY, day=day, title=text, line_number=number)
    title = found["text"].rstrip(" ,") + (found["rest"] or "")
    return _told(day, found, title, number, language)


def _told(day: MonthDay, match: re.Match[str], title: str, number: int, language: str) -> Fact:
    life = _LIFE.fullmatch(title) or _LIFE.match(match["text"])
    found = dated(in_use(_date(match["year"], match["era"], day, language)))
    return Fact(
        kind=_KINDS[life["what"]] if life else Kind.EVENT,
        date=found.date,
        day=found.day,
        doubtful=found.doubtful,
        title=title,
        parts=((Name(life["name"]), SUBJECT),) if life else (),
        line_number=number,
    )


def _date(year: str, era: str | None, day: MonthDay, language: str) -> HistoricalDate:
    number = 1 - int(year) if era and era.upper().startswith("B") else int(year)
    text = f"{'-' if number < 0 else ''}{abs(number):04}-{day}"
    try:
        return read_written(text, language)
    except DateError as error:
        raise ValueError(str(error), False) from error


def _day(when: str, language: str) -> MonthDay:
    try:
        if found := _NUMBERS.fullmatch(when):
            return MonthDay(int(found[1]), int(found[2]))
        if _WORDS.fullmatch(when) and (day := read_written(f"{when} 2000", language).month_day):
            return day
    except DateError as error:
        raise ValueError(f"no day: {error}", _moves(when)) from error
    raise ValueError("a day that moves, or of every month", True)


def _moves(when: str) -> bool:
    """Tell whether a day is said by its weekday, as in "May SunSecond" or "Sun 3"."""
    return bool(re.search(r"(?:mon|tue|wed|thu|fri|sat|sun|easter|paskha)", when, re.IGNORECASE))
