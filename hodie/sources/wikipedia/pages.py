"""A page of a day as values: its events, births, deaths and holidays, each with all it says."""

from collections.abc import Iterator

from lxml.etree import _Element as Element
from msgspec import UNSET, Struct, UnsetType

from hodie.almanac import Kind
from hodie.dates import MonthDay
from hodie.sources import SourceError
from hodie.sources.wikipedia.grammar import Language
from hodie.sources.wikipedia.items import LICENCE, DayItem, read_item, why_not
from hodie.sources.wikipedia.markup import Heading, Item, Markup, parse
from hodie.sources.wikipedia.origin import Origin

_SNIPPET = 80


class LeftOut(Struct, frozen=True):
    """An item that could not be read: its line in the file, what it says, and why."""

    line: int
    text: str
    reason: str


class Summary(Struct, frozen=True):
    """What a source knows of a page that is linked to, beyond its title."""

    wikidata: str | None = None
    description: str | None = None
    latitude: float | None = None
    longitude: float | None = None


class DayPage(Struct, frozen=True, kw_only=True):
    """A page of a day, its items in the order of the page."""

    language: str
    title: str | None
    day: str | None
    url: str | None
    revision: str | None
    licence: str
    events: tuple[DayItem, ...]
    births: tuple[DayItem, ...]
    deaths: tuple[DayItem, ...]
    holidays: tuple[DayItem, ...]
    left_out: tuple[LeftOut, ...]
    summaries: dict[str, Summary] | UnsetType = UNSET

    @property
    def month_day(self) -> MonthDay | None:
        return MonthDay.parse(self.day) if self.day else None

    def of(self, kind: Kind) -> tuple[DayItem, ...]:
        """Return the items of a kind."""
        items: tuple[DayItem, ...] = getattr(self, f"{kind.value}s")
        return items

    def lines(self) -> Iterator[str]:
        """Word the page for people."""
        yield f"{self.title or 'a page without a title'} ({self.language}, {self.licence})"
        for kind in Kind:
            yield f"\n{kind.value}s: {len(self.of(kind))}"
            for item in self.of(kind):
                text = item.text.replace("\n", " ")
                yield f"{item.year_words or '':>8}  {text}" if item.year_words else f"  {text}"


def read_page(
    html: bytes, language: Language, *, title: str | None = None, revision: str | None = None
) -> DayPage:
    """Read the HTML of a page of a day; `title` and `revision` count where it says none itself.

    Raises SourceError where there is no heading that a page of a day has in this language.
    """
    root = parse(html)
    origin = Origin.of(root, html, language, title, revision)
    if root is None:
        raise SourceError(f"{origin.named}: there is no HTML in it")
    collection = _Collection(language, origin)
    for block in _blocks(root, language):
        collection.take(block)
    if not collection.announced:
        known = ", ".join((*language.table.events, *language.table.births)[:4])
        raise SourceError(
            f"{origin.named}: no heading of a day's page in {language.tag!r} (such as {known}); "
            "is it in another language, or did the wiki change its pages?"
        )
    return collection.page()


def _blocks(root: Element, language: Language) -> Iterator[Heading | Item]:
    saved = root.find(".//*[@id='mw-content-text']")
    markup = Markup(language.host, language.table.variants)
    return markup.blocks(root if saved is None else saved)


class _Collection:
    """Sorts a page's items under its headings."""

    def __init__(self, language: Language, origin: Origin) -> None:
        self._language, self._origin = language, origin
        self._kind = language.own_page(origin.title) if origin.title else None
        self._level = 2
        self._items: dict[Kind, list[DayItem]] = {kind: [] for kind in Kind}
        self._left_out: list[LeftOut] = []
        self.announced = self._kind is not None

    def take(self, block: Heading | Item) -> None:
        if isinstance(block, Heading):
            self._head(block)
        elif self._kind is not None:
            self._item(block, self._kind)

    def _head(self, heading: Heading) -> None:
        kind = self._language.kind(heading.text) or self._language.kind(heading.id)
        # What stands below a kind's heading are its centuries, countries and subjects, some of
        # which have names that announce a kind elsewhere.
        if self._kind is not None and heading.level > self._level:
            return
        if kind is not None:
            self._kind, self._level, self.announced = kind, heading.level, True
        elif heading.level <= self._level and not self._language.own_page(self._origin.title or ""):
            self._kind = None

    def _item(self, item: Item, kind: Kind) -> None:
        told = read_item(item, kind, self._origin)
        if told is not None:
            self._items[kind].append(told)
        elif item.is_list:
            text = item.words.text[:_SNIPPET]
            self._left_out.append(LeftOut(item.line, text, why_not(item, self._origin)))

    def page(self) -> DayPage:
        origin = self._origin
        return DayPage(
            language=self._language.tag,
            title=origin.title,
            day=str(origin.day) if origin.day else None,
            url=origin.url,
            revision=origin.revision,
            licence=LICENCE,
            events=tuple(self._items[Kind.EVENT]),
            births=tuple(self._items[Kind.BIRTH]),
            deaths=tuple(self._items[Kind.DEATH]),
            holidays=tuple(self._items[Kind.HOLIDAY]),
            left_out=tuple(self._left_out),
        )
