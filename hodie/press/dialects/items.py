"""What the day's APIs have in common: the items of a day, each with a text, a year and links."""

import re
from collections.abc import Iterator
from html import escape
from urllib.parse import quote

from babel import Locale
from msgspec import Struct

from hodie.almanac import Entity, Entry, Kind
from hodie.dates import MonthDay
from hodie.press.layout import Layout
from hodie.press.view import View, civil_date, unsaid
from hodie.press.words import words

# The APIs that people come from answer with all that a day has, which is hundreds. So do we, but
# an almanac of millions of entries has thousands: the heaviest stand for them, and the day's page
# and our own API have the rest.
MOST = {Kind.EVENT: 200, Kind.BIRTH: 300, Kind.DEATH: 200, Kind.HOLIDAY: 100}
WIKIPEDIA = "https://wikipedia.org/wiki/"
MOST_NAMES = 4
_SAFE = "_(),:'!*/@;~.-"
# Most titles need no look at each letter.
_PLAIN = re.compile(rf"[\w{re.escape(_SAFE)}]*", re.ASCII)


class Name(Struct, frozen=True):
    """How an entity is called in a language, and its article there, if it is known to have one."""

    name: str
    description: str | None
    language: str
    article: str | None


class Item(Struct, frozen=True):
    """An entry as the APIs tell it: never without a text.

    `year` is the historian's, so that 44 BC is -44; None for a holiday. `entities` has what the
    item is about first.
    """

    entry: Entry
    text: str
    year: int | None
    entities: tuple[Entity, ...]


class Told(Struct, frozen=True):
    """All the items of a day by kind, the oldest first."""

    day: MonthDay
    items: dict[Kind, list[Item]]


def told(layout: Layout, day: MonthDay, language: str) -> Told:
    """Return what the almanac tells of a day, in a language as far as it knows that."""
    writer = Writer(layout, language)
    found = {kind: layout.almanac.day(day, kind, limit=most) for kind, most in MOST.items()}
    return Told(
        day,
        {
            # The order of the weight stays within a year, and among holidays.
            kind: sorted(map(writer.item, entries), key=lambda item: item.year or 0)
            for kind, entries in found.items()
        },
    )


def of_the_year(told: Told, layout: Layout, year: int, language: str) -> Told:
    """Add the holidays that the day has in one year alone."""
    own = layout.moving_holidays(told.day, year)
    if not own:
        return told
    writer = Writer(layout, language)
    holidays = [*map(writer.item, own), *told.items[Kind.HOLIDAY]]
    return Told(told.day, {**told.items, Kind.HOLIDAY: holidays})


class Writer:
    """Words entries in a language."""

    def __init__(self, layout: Layout, language: str) -> None:
        self.language, self._words = language, words(language)
        self._layout, self._locale = layout, Locale.parse(language, sep="-")
        # The year only counts for anniversaries, of which nothing here speaks.
        self._view: View = layout.view(1)

    def item(self, entry: Entry) -> Item:
        """Tell an entry."""
        date = civil_date(entry)
        year = None if date is None else historical_year(date.year)
        parts = sorted(entry.participants, key=lambda part: part.role != "subject")
        return Item(entry, self._text(entry), year, tuple(part.entity for part in parts))

    def name(self, entity: Entity) -> Name:
        return name_in(entity, self.language)

    def _text(self, entry: Entry) -> str:
        if entry.line:
            return entry.line
        if entry.subject is not None and entry.kind in (Kind.BIRTH, Kind.DEATH):
            return self._person(entry, entry.subject)
        rest = self._countries(entry) if entry.kind is Kind.HOLIDAY else self._company(entry)
        return f"{entry.label} ({rest})" if rest else entry.label

    def _person(self, entry: Entry, person: Entity) -> str:
        """Word a birth or a death: who it was, and the other end of the life."""
        named = self.name(person)
        text = ", ".join(filter(None, (entry.title or named.name, named.description)))
        birth = entry.kind is Kind.BIRTH
        year = person.died if birth else person.born
        if year is None:
            return text
        key = "died_brief" if birth else "born_brief"
        return f"{text} ({self._words[key].format(year=self._view.worded_year(year))})"

    def _company(self, entry: Entry) -> str:
        """Name who and where, as far as the label does not."""
        entities = (*entry.people, *entry.places, *entry.context)
        names = [self.name(entity).name for entity in unsaid(entities, entry.label)]
        return ", ".join(dict.fromkeys(names[:MOST_NAMES]))

    def _countries(self, entry: Entry) -> str:
        return ", ".join(sorted(self._locale.territories.get(c, c) for c in entry.countries))


def name_in(entity: Entity, language: str) -> Name:
    """Name an entity in a language, or in English where it has no name there.

    >>> name_in(Entity("leon-trotsky", "Leon Trotsky", wikipedia="Leon Trotsky"), "de").article
    'Leon Trotsky'
    """
    for label in entity.labels:
        if label.language == language:
            return Name(label.name, label.description, language, label.wikipedia)
    return Name(entity.name, entity.description, "en", entity.wikipedia)


def historical_year(year: int) -> int:
    """Count an astronomical year as historians do, without a year 0.

    >>> historical_year(1940), historical_year(0), historical_year(-43)
    (1940, -1, -44)
    """
    return year if year > 0 else year - 1


def written_year(item: Item) -> str:
    """Write a year as English prose does.

    >>> written_year(Item(Entry("e:1", Kind.EVENT), "x", -44, ()))
    '44 BC'
    """
    if item.year is None:
        return ""
    return str(item.year) if item.year > 0 else f"{-item.year} BC"


def english_day(day: MonthDay) -> str:
    """Word a day as these APIs do whatever its language.

    >>> english_day(MonthDay(8, 20))
    'August 20'
    """
    return f"{_ENGLISH.months['stand-alone']['wide'][day.month]} {day.day}"


_ENGLISH = Locale("en")


def wikipedia_address(title: str) -> str:
    """Return the address of an article.

    >>> wikipedia_address("Leon Trotsky")
    'https://wikipedia.org/wiki/Leon_Trotsky'
    """
    return WIKIPEDIA + quoted_title(title)


def quoted_title(title: str) -> str:
    """Write a title as Wikipedia's addresses do.

    >>> quoted_title("Who's Afraid of Virginia Woolf?")
    "Who's_Afraid_of_Virginia_Woolf%3F"
    """
    written = title.replace(" ", "_")
    return written if _PLAIN.fullmatch(written) else quote(written, safe=_SAFE)


def links(layout: Layout, item: Item) -> Iterator[tuple[str, str]]:
    """Yield title and address of what an item is about: the article, or else our own page.

    An entity that has neither is no link: a reader who follows one must arrive somewhere.
    """
    view: View = layout.view(1)
    for entity in item.entities:
        if entity.wikipedia:
            yield entity.wikipedia, wikipedia_address(entity.wikipedia)
        elif view.linked_entity(entity):
            yield entity.name, layout.publication.url(f"/about/{entity.id}/")


def linked_html(text: str, found: list[tuple[str, str]]) -> str:
    """Return a text as HTML, with each title a link where it stands first.

    >>> linked_html("Trotsky & Stalin", [("Stalin", "https://x.example/s")])
    'Trotsky &amp; <a href="https://x.example/s" title="Stalin">Stalin</a>'
    """
    spans: list[tuple[int, int, str]] = []
    for title, address in sorted(found, key=lambda link: -len(link[0])):
        start = _word_at(text, title)
        end = start + len(title)
        if start >= 0 and all(end <= first or last <= start for first, last, _ in spans):
            spans.append((start, end, address))
    pieces, done = [], 0
    for start, end, address in sorted(spans):
        title = escape(text[start:end])
        pieces += [
            escape(text[done:start], quote=False),
            f'<a href="{escape(address)}" title="{title}">{title}</a>',
        ]
        done = end
    return "".join([*pieces, escape(text[done:], quote=False)])


def _word_at(text: str, title: str) -> int:
    """Return where a title stands in a text as words of its own, -1 if it does not.

    >>> _word_at("Texas becomes a state", "Texas"), _word_at("Texans leave", "Texan")
    (0, -1)
    """
    start = text.find(title)
    while start >= 0:
        around = text[start - 1 : start] + text[start + len(title) : start + len(title) + 1]
        if not any(letter.isalnum() for letter in around):
            return start
        start = text.find(title, start + 1)
    return -1
