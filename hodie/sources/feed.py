"""Answers of Wikimedia's feed of the day, saved to files: /feed/onthisday/{type}/{MM}/{DD}.

An answer does not say of which day it is; the file's name must: `12-01.json`, `12/01.json`.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from hodie.almanac import Entry, Kind
from hodie.dates import DateError, HistoricalDate, MonthDay
from hodie.sources import SourceError
from hodie.sources.prose import plain, without_marks
from hodie.sources.reading import BROKEN, STANDARD_INPUT, Tell, bytes_of, ignore
from hodie.sources.wikipedia.entries import entries_of
from hodie.sources.wikipedia.grammar import Language
from hodie.sources.wikipedia.grammar import language as language_of
from hodie.sources.wikipedia.items import LICENCE, DayItem, civil, is_year
from hodie.sources.wikipedia.pages import DayPage, LeftOut, Summary

LISTS = {
    "events": Kind.EVENT,
    "selected": Kind.EVENT,
    "onthisday": Kind.EVENT,
    "births": Kind.BIRTH,
    "deaths": Kind.DEATH,
    "holidays": Kind.HOLIDAY,
}

_DAY = re.compile(r"(?<!\d)(\d{1,2})[-_/.](\d{1,2})(?:\.json)?(?:\.gz)?$")
_LIVES = (Kind.BIRTH, Kind.DEATH)
_LONGEST_TITLE = 40
_STOP = re.compile(r"[,;:(（，、：]")


class Coordinates(Struct):
    lat: float
    lon: float


class Linked(Struct):
    """A page as an answer tells of it, so far as it is used here."""

    title: str
    wikibase_item: str | None = None
    description: str | None = None
    description_source: str | None = None
    coordinates: Coordinates | None = None


class Told(Struct):
    """An item of an answer. `year` is a historian's: 44 BC is -44."""

    text: str
    year: int | None = None
    pages: list[Linked] = []


class FeedSource:
    """The answers in `file`, or in all files of that folder, each named for its day."""

    name = "wikifeed"

    def __init__(
        self,
        *,
        file: str,
        language: str = "en",
        revision: str | None = None,
        folder: Path | str = ".",
    ) -> None:
        self._path, self._language = Path(folder) / file, language_of(language)
        self._revision = revision
        self.left_out: list[str] = []

    def entries(self) -> Iterator[Entry]:
        """Yield every entry of every answer."""

        def pages() -> Iterator[DayPage]:
            self.left_out = []
            for file in _files(self._path):
                yield read_answer(file, self._language, self.left_out.append)

        return entries_of(pages, self.name, self._revision)

    @staticmethod
    def read(file: Path, *, language: str | None = None, tell: Tell = ignore) -> Iterator[DayPage]:
        """Yield the one day of a file."""
        yield read_answer(file, language_of(language or "en"), tell)


def read_answer(file: Path, language: Language, tell: Tell) -> DayPage:
    """Read a saved answer; raises SourceError where it is none, or its day is not to be known."""
    day, raw = day_of(file), bytes_of(file)
    try:
        answer = msgspec.json.decode(raw, type=dict[str, Any])
    except BROKEN as error:
        raise SourceError(f"{file}: no answer of Wikimedia's feed: {error}") from error
    if not LISTS.keys() & answer.keys():
        known = ", ".join(LISTS)
        raise SourceError(f"{file}: no answer of Wikimedia's feed: it has none of {known}")
    reading = _Reading(language, day)
    for name, kind in LISTS.items():
        reading.take(name, kind, answer.get(name))
    for each in reading.left_out:
        tell(f"{file}: {each.reason}: {each.text!r}")
    return reading.page()


def day_of(file: Path) -> MonthDay:
    """Return the day that the name of a file says, perhaps with that of its folder.

    >>> day_of(Path("feed/12-01.json")), day_of(Path("onthisday/all/08/20.json.gz"))
    (MonthDay(12, 1), MonthDay(8, 20))
    """
    match = _DAY.search("/".join(file.parts[-2:])) if file != STANDARD_INPUT else None
    try:
        if match is None:
            raise DateError("no day in it")
        return MonthDay(int(match[1]), int(match[2]))
    except DateError as error:
        raise SourceError(
            f"{file}: the feed's answer does not say its day, so the file's name must, as "
            f"'08-20.json' does: {error}"
        ) from error


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted(file for file in path.rglob("*.json*") if file.is_file())


class _Reading:
    """Reads one answer."""

    def __init__(self, language: Language, day: MonthDay) -> None:
        self._language, self._day = language, day
        self._title = language.titles(day)[0]
        self._items: dict[Kind, list[DayItem]] = {kind: [] for kind in Kind}
        self._summaries: dict[str, Summary] = {}
        self.left_out: list[LeftOut] = []

    @cached_property
    def _url(self) -> str:
        return f"{self._language.site}/wiki/{self._title.replace(' ', '_')}"

    def take(self, name: str, kind: Kind, items: object) -> None:
        if not isinstance(items, list):
            if items is not None:
                self._leave_out(str(items), f"{name}: no list")
            return
        for number, value in enumerate(items):
            try:
                told = msgspec.convert(value, Told)
            except msgspec.ValidationError as error:
                self._leave_out(str(value), f"{name}[{number}]: {error}")
                continue
            item = self._item(told, kind)
            if item is None:
                self._leave_out(told.text, f"{name}[{number}]: no text, or no year with such a day")
            elif not (name == "selected" and self._is_told(item)):
                self._items[kind].append(item)

    def _is_told(self, item: DayItem) -> bool:
        """Tell whether one of the events is the happening that the front page selected."""
        return any(
            event.year == item.year and not {*event.pages}.isdisjoint(item.pages)
            for event in self._items[Kind.EVENT]
        )

    def _item(self, told: Told, kind: Kind) -> DayItem | None:
        lines = (plain(without_marks(line)) for line in told.text.split("\n"))
        text = "\n".join(filter(None, lines))
        year = told.year + 1 if told.year is not None and told.year < 0 else told.year
        date = civil(year, self._day) if year is not None and told.year else None
        if not text or (kind is not Kind.HOLIDAY and date is None):
            return None
        linked = [page for page in told.pages if year is None or not self._is_year(page, year)]
        self._summaries.update({page.title: _summary(page) for page in linked})
        topic = _person(text, linked) if kind in _LIVES else None
        titles = dict.fromkeys(page.title for page in ([topic, *linked] if topic else linked))
        return self._made(text, date, tuple(titles), topic.title if topic else None)

    def _is_year(self, page: Linked, year: int) -> bool:
        return is_year(page.title, year, self._language)

    def _made(
        self, text: str, date: HistoricalDate | None, pages: tuple[str, ...], topic: str | None
    ) -> DayItem:
        return DayItem(
            year=date.year if date else None,
            year_words=_year_words(date.year) if date else None,
            date=date.edtf if date else None,
            calendar=date.calendar if date else None,
            text=text,
            pages=pages,
            topic=topic,
            context=(),
            section=(),
            language=self._language.tag,
            url=self._url,
            revision=None,
        )

    def _leave_out(self, text: str, reason: str) -> None:
        self.left_out.append(LeftOut(0, text[:80], reason))

    def page(self) -> DayPage:
        return DayPage(
            language=self._language.tag,
            title=self._title,
            day=str(self._day),
            url=self._url,
            revision=None,
            licence=LICENCE,
            events=tuple(self._items[Kind.EVENT]),
            births=tuple(self._items[Kind.BIRTH]),
            deaths=tuple(self._items[Kind.DEATH]),
            holidays=tuple(self._items[Kind.HOLIDAY]),
            left_out=tuple(self.left_out),
            summaries=self._summaries,
        )


def _year_words(year: int) -> str:
    return str(year) if year > 0 else f"{1 - year} BC"


def _person(text: str, pages: Sequence[Linked]) -> Linked | None:
    """Return the page whose name a text begins with, after a title at most."""
    for page in pages[:2]:
        name = page.title.replace("_", " ").partition(" (")[0]
        before, found, _ = text.partition(name)
        if found and len(before) <= _LONGEST_TITLE and not _STOP.search(before):
            return page
    return None


def _summary(page: Linked) -> Summary:
    """Keep the facts of a page: of its descriptions only Wikidata's, which are free of terms."""
    central = page.description_source == "central"
    return Summary(
        page.wikibase_item,
        page.description if central else None,
        page.coordinates.lat if page.coordinates else None,
        page.coordinates.lon if page.coordinates else None,
    )
