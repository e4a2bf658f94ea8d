"""Files of history.muffinlabs.com: English day pages as they were taken apart by that service.

A file holds the answer for one day, or one such answer a line; it may be packed. What the service
got wrong is put right where the file itself tells how, else left out and told: see `Repairs`.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec
from lxml import etree
from lxml.etree import _Element as Element
from msgspec import Struct

from hodie.almanac import Entry, Kind
from hodie.sources import SourceError
from hodie.sources.prose import plain, without_marks
from hodie.sources.reading import BROKEN, Tell, bytes_of, ignore
from hodie.sources.wikipedia.entries import entries_of
from hodie.sources.wikipedia.grammar import language as language_of
from hodie.sources.wikipedia.items import DayItem, read_item
from hodie.sources.wikipedia.leads import Lead, read_lead
from hodie.sources.wikipedia.markup import Item, Link, Markup, Words, parse
from hodie.sources.wikipedia.origin import Origin
from hodie.sources.wikipedia.pages import DayPage, LeftOut

LICENCE = "CC-BY-SA-3.0"
"""The terms of Wikipedia's text until June 2023, when such files were made."""

KINDS = {"Events": Kind.EVENT, "Births": Kind.BIRTH, "Deaths": Kind.DEATH}

_ENGLISH = language_of("en")
_HOST = re.compile(r'href="(?:https?://(?:[a-z-]+\.)?wikipedia\.org)+/wiki/')
_MARK = re.compile(r"\[(?:\d+|n \d+|note \d+)\]")
_DASHED = re.compile(r"^\s*[-–—]\s*")


class Repairs(Struct):
    """What was wrong in the files, and what became of it: each a number of items."""

    items: int = 0
    read: int = 0
    doubled_years: int = 0
    """The year stood twice before the sentence: once is left out."""
    marks: int = 0
    """Marks of references such as [7] stood in the text: they are left out."""
    in_year: int = 0
    """The whole sentence stood where the year should be. Of these:"""
    headings_in_year: int = 0
    """... were items above others, which come by themselves;"""
    from_heading: int = 0
    """... took their year from the item above them;"""
    from_sentence: int = 0
    """... had their year in the sentence;"""
    without_year: int = 0
    """... had none that the file tells, and are left out."""
    headings: int = 0
    """Items with a year above others, which come by themselves and take it over."""
    twice: int = 0
    """The same item stood there before on that day: it is left out."""
    empty: tuple[str, ...] = ()
    """Lists in which nothing stood: nothing can be made of that."""

    def lines(self) -> Iterator[str]:
        """Word what is not nothing, a line each."""
        yield f"{self.read:,} of {self.items:,} items read"
        if self.in_year:
            yield (
                f"{self.in_year:,} had the sentence in `year`: {self.headings_in_year:,} stood "
                f"above others, {self.from_heading:,} took the year of what stood above them, "
                f"{self.from_sentence:,} had it in the sentence, {self.without_year:,} left out"
            )
        for number, what in (
            (self.doubled_years, "years stood twice, and stand once"),
            (self.marks, "texts had marks of references, which are gone"),
            (self.headings, "items stood above others, which took over their year and words"),
            (self.twice, "items stood there twice, and are told once"),
        ):
            if number:
                yield f"{number:,} {what}"
        yield from (f"{each}: nothing in the file" for each in self.empty)


class Told(Struct):
    """An item as a file has it."""

    year: str
    text: str | None = None
    html: str | None = None
    no_year_html: str | None = None


class Day(Struct):
    """An answer as a file has it."""

    date: str
    data: dict[str, list[msgspec.Raw]]
    url: str | None = None


class MuffinlabsSource:
    """The days in `file`, or in all files of that folder; `revision` says of when they are.

    `repairs` is what the last reading put right, `left_out` what it could not.
    """

    name = "muffinlabs"

    def __init__(self, *, file: str, revision: str | None = None, folder: Path | str = ".") -> None:
        self._path, self._revision = Path(folder) / file, revision
        self.repairs = Repairs()
        self.left_out: list[str] = []

    def entries(self) -> Iterator[Entry]:
        """Yield every entry of every day."""

        def pages() -> Iterator[DayPage]:
            self.left_out, self.repairs = [], Repairs()
            for file in _files(self._path):
                yield from read_days(file, self.repairs, self.left_out.append)

        return entries_of(pages, self.name, self._revision)

    @staticmethod
    def read(file: Path, *, language: str | None = None, tell: Tell = ignore) -> Iterator[DayPage]:
        """Yield each day, and tell at the end what had to be put right."""
        repairs = Repairs()
        yield from read_days(file, repairs, tell)
        for line in repairs.lines():
            tell(f"{file}: {line}")


def read_days(file: Path, repairs: Repairs, tell: Tell) -> Iterator[DayPage]:
    """Yield the days of a file, count in `repairs` what was put right, and tell what could not be.

    Raises SourceError where no line of the file is an answer.
    """
    found = False
    for number, line in enumerate(_answers(bytes_of(file)), 1):
        try:
            page = _page(line, number, repairs)
        except (*BROKEN, SourceError) as error:
            tell(f"{file}:{number}: no answer of muffinlabs: {error}")
            continue
        found = True
        for each in page.left_out:
            tell(f"{file}:{each.line}: {each.reason}: {each.text!r}")
        yield page
    if not found:
        raise SourceError(f"{file}: no answer of history.muffinlabs.com is in it")


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted(file for file in path.iterdir() if ".json" in file.name or ".ndjson" in file.name)


def _answers(raw: bytes) -> list[bytes]:
    """Return the answers in a file, of which one may go over many lines."""
    try:
        msgspec.json.decode(raw, type=Day)
    except BROKEN:
        return [line for line in raw.splitlines() if line.strip()]
    return [raw]


def _page(line: bytes, number: int, repairs: Repairs) -> DayPage:
    answer = msgspec.json.decode(line, type=Day)
    day = _ENGLISH.day(answer.date)
    if day is None:
        raise SourceError(f"{answer.date!r} is no day of the year")
    title = _ENGLISH.titles(day)[0]
    origin = Origin(_ENGLISH, title, None, day, f"{_ENGLISH.site}/wiki/{title.replace(' ', '_')}")
    reading = _Reading(origin, number, repairs)
    items = {kind: reading.items(answer.data.get(key, []), kind) for key, kind in KINDS.items()}
    return DayPage(
        language="en",
        title=title,
        day=str(day),
        url=origin.url,
        revision=None,
        licence=LICENCE,
        events=tuple(items[Kind.EVENT]),
        births=tuple(items[Kind.BIRTH]),
        deaths=tuple(items[Kind.DEATH]),
        holidays=(),
        left_out=tuple(reading.left_out),
    )


class _Reading:
    """Reads one day's lists."""

    def __init__(self, origin: Origin, line: int, repairs: Repairs) -> None:
        self._origin, self._line, self._repairs = origin, line, repairs
        self._markup = Markup(_ENGLISH.host)
        self._headings: list[tuple[tuple[Words, ...], frozenset[str]]] = []
        self.left_out: list[LeftOut] = []

    def items(self, raws: list[msgspec.Raw], kind: Kind) -> list[DayItem]:
        self._repairs.items += len(raws)
        if not raws:
            empty = f"{self._origin.title}, {kind.value}s"
            self._repairs.empty = (*self._repairs.empty, empty)
        self._headings.clear()
        told = self._told(raws)
        made = (self._item(each, words, kind) for each, words in self._worded(told))
        found = [item for item in made if item is not None]
        self._repairs.read += len(found)
        return found

    def _told(self, raws: list[msgspec.Raw]) -> list[Told]:
        """Take the items of a list apart, each once."""
        told = []
        for raw in dict.fromkeys(map(bytes, raws)):
            try:
                told.append(msgspec.json.decode(raw, type=Told))
            except BROKEN as error:
                self._leave_out(raw.decode("utf-8", "replace"), str(error))
        self._repairs.twice += len(raws) - len(set(map(bytes, raws)))
        return told

    def _worded(self, told: list[Told]) -> Iterator[tuple[Told, Words]]:
        """Add to each item its words with their links, from its HTML where it has any."""
        htmls = [_HOST.sub('href="./', _html(each)) for each in told]
        body = parse(f"<ol>{''.join(f'<li>{html}</li>' for html in htmls)}</ol>".encode())
        items = [] if body is None else body.findall("./body/ol/li")
        # Markup that was cut in the middle swallows the items after it: then each is read alone.
        if len(items) != len(told):
            items = [_alone(html) for html in htmls]
        for each, element in zip(told, items, strict=True):
            words = self._markup.words(element)
            yield each, words if words.text else Words(plain(each.text or each.year))

    def _item(self, told: Told, words: Words, kind: Kind) -> DayItem | None:
        if not told.text:
            return self._sentence_in_year(told, words, kind)
        lead = _lead(told.year)
        if lead is None:
            self._leave_out(f"{told.year} – {told.text}", "no year that can be read")
            return None
        self._repairs.marks += bool(_MARK.search(told.text))
        if "\n" in told.text.strip():
            self._repairs.headings += 1
            self._head((_dated(words, lead),), told.text)
            return None
        own = read_lead(words.text, _ENGLISH)
        if own and own.sure and own.year == lead.year and own.end < len(words.text):
            self._repairs.doubled_years += 1
        else:
            words = _dated(words, lead)
        return self._made(words, (), kind)

    def _head(self, chain: tuple[Words, ...], text: str) -> None:
        """Keep an item that stands above others: these come by themselves, without its year."""
        below = frozenset(_folded(line) for line in text.strip().splitlines()[1:])
        self._headings.append((chain, below))

    def _above(self, text: str) -> tuple[Words, ...]:
        """Return the items that one stands below, the outermost first."""
        wanted = _folded(text)
        return next((chain for chain, below in reversed(self._headings) if wanted in below), ())

    def _made(self, words: Words, above: tuple[Words, ...], kind: Kind) -> DayItem | None:
        item = read_item(Item(words, above, (), self._line), kind, self._origin)
        if item is None:
            self._leave_out(words.text, "it has no words, or no year with such a day")
            return None
        return msgspec.structs.replace(item, licence=LICENCE)

    def _sentence_in_year(self, told: Told, words: Words, kind: Kind) -> DayItem | None:
        self._repairs.in_year += 1
        text = told.year.strip()
        first = text.split("\n", 1)[0]
        above = self._above(first)
        if "\n" in text:
            self._repairs.headings_in_year += 1
            self._head((*above, words), text)
            return None
        own = read_lead(first, _ENGLISH)
        if own and own.sure and own.end < len(first):
            self._repairs.from_sentence += 1
            return self._made(words, (), kind)
        if above:
            self._repairs.from_heading += 1
            return self._made(_without_dash(words), above, kind)
        self._repairs.without_year += 1
        self._leave_out(first, "the sentence stands where its year should be")
        return None

    def _leave_out(self, text: str, reason: str) -> None:
        self.left_out.append(LeftOut(self._line, text[:80], reason))


def _html(told: Told) -> str:
    if told.no_year_html:
        return told.no_year_html
    return (told.html or "").removeprefix(f"{told.year} - ")


def _alone(html: str) -> Element:
    body = parse(f"<ol><li>{html}</li></ol>".encode())
    found = None if body is None else body.find("./body/ol/li")
    return etree.Element("li") if found is None else found


def _lead(text: str) -> Lead | None:
    """Read a year that stands alone, perhaps with the mark of a reference."""
    year = without_marks(text)
    lead = read_lead(year, _ENGLISH)
    return lead if lead and lead.end >= len(year) else None


def _dated(words: Words, lead: Lead) -> Words:
    """Put the year before words that lack it, so that they read as an item of a page does."""
    plain_words, before = _without_dash(words), f"{lead.words} – "
    return Words(before + plain_words.text, _moved(plain_words.links, len(before)))


def _without_dash(words: Words) -> Words:
    """Leave out the dash that begins words from which the year was taken."""
    dash = _DASHED.match(words.text)
    cut = dash.end() if dash else 0
    return Words(words.text[cut:], _moved(words.links, -cut))


def _moved(links: tuple[Link, ...], by: int) -> tuple[Link, ...]:
    return tuple(Link(link.title, link.start + by, link.end + by, link.bold) for link in links)


def _folded(text: str) -> str:
    return _DASHED.sub("", without_marks(" ".join(text.split())))
