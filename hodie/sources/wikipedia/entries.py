"""Items of day pages as entries of an almanac, with the pages that they link to as entities.

The pages are gone through twice: first to learn who was born or died when, and how often each page
is linked to, which is all that a day page says of its weight.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache
from hashlib import blake2b

from babel import Locale
from msgspec import UNSET, Struct, field

from hodie.almanac import SUBJECT, Entity, Entry, Kind, Label, Participant, Reference
from hodie.dates import Calendar, HistoricalDate, MonthDay
from hodie.sources.slugs import slug
from hodie.sources.wikipedia.grammar import Language, folded
from hodie.sources.wikipedia.grammar import language as language_of
from hodie.sources.wikipedia.items import DayItem
from hodie.sources.wikipedia.leads import read_lead
from hodie.sources.wikipedia.pages import DayPage, Summary

Pages = Callable[[], Iterator[DayPage]]

# What as many entries link to as this has the weight 1; one link makes 0.11, ten 0.39.
LINKS_OF_FULL_WEIGHT = 500
# No day page says which event is weightier: all have the same, somewhat above a life's.
EVENT_WEIGHT = 0.3
HOLIDAY_WEIGHT = 0.2

_LONGEST_NAME = 80
_LONGEST_JOINT = 4
# What Unicode's list of territories has beside countries.
_NO_COUNTRIES = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}
_BRACKETS = re.compile(r"\s*[(（]([^()（）]+)[)）]\.?$")
_BREAK = re.compile(r"(\S)\n")
_LIVES = {Kind.BIRTH: 0, Kind.DEATH: 1}


class Life(Struct):
    """Whose birth and death stand on the pages: years, the one known, None, or contradictory."""

    born: int | None = None
    died: int | None = None


class Learnt(Struct):
    """What the first reading of the pages of one language tells of its titles."""

    links: Counter[str] = field(default_factory=Counter)
    lives: dict[str, Life] = field(default_factory=dict)
    doubtful: set[tuple[str, int]] = field(default_factory=set)
    summaries: dict[str, Summary] = field(default_factory=dict)

    def add(self, page: DayPage) -> None:
        if page.summaries is not UNSET:
            self.summaries = {**page.summaries, **self.summaries}
        for kind in Kind:
            for item in page.of(kind):
                self.links.update({*item.pages, *item.context})
                if item.topic and kind in _LIVES and item.year is not None:
                    self._live(item.topic, _LIVES[kind], item)

    def _live(self, title: str, end: int, item: DayItem) -> None:
        life = self.lives.setdefault(title, Life())
        years = [life.born, life.died]
        known = years[end]
        doubted = item.other_year is not None or item.approximate
        # Two pages with different years: which is right, no page says.
        if (known is not None and known != item.year) or doubted or (title, end) in self.doubtful:
            self.doubtful.add((title, end))
            years[end] = None
        else:
            years[end] = item.year
        life.born, life.died = years

    def weight(self, title: str) -> float:
        """Return a weight that grows with the logarithm of the entries that link to a page."""
        share = math.log1p(self.links[title]) / math.log1p(LINKS_OF_FULL_WEIGHT)
        return round(min(share, 1.0), 4)


def entries_of(pages: Pages, source: str, revision: str | None = None) -> Iterator[Entry]:
    """Yield the entries of pages, which can be gone through more than once.

    `source` goes into the ids, so that two sources of the same page do not claim the same ones;
    `revision` stands in references where a page has none of its own.
    """
    learnt: dict[str, Learnt] = {}
    for page in pages():
        learnt.setdefault(page.language, Learnt()).add(page)
    makers = {tag: _Maker(tag, known, source, revision) for tag, known in learnt.items()}
    for page in pages():
        yield from makers[page.language].entries(page)


class _Maker:
    """Makes the entries of one language's pages."""

    def __init__(self, tag: str, learnt: Learnt, source: str, revision: str | None) -> None:
        self._language, self._learnt = language_of(tag), learnt
        self._source, self._revision = source, revision
        self._name = f"{_english_name(tag)} Wikipedia, page of the day"
        self._entities: dict[str, Entity | None] = {}
        self._ids: dict[str, str] = {}
        self._told: dict[str, str] = {}

    def entries(self, page: DayPage) -> Iterator[Entry]:
        day = page.month_day
        for kind in Kind if day else ():
            for item in page.of(kind):
                assert day is not None
                yield self._entry(kind, item, day)

    def _entry(self, kind: Kind, item: DayItem, day: MonthDay) -> Entry:
        calendar = item.calendar or Calendar.GREGORIAN
        date = HistoricalDate.parse(item.date, calendar) if item.date else None
        participants = self._participants(kind, item)
        countries = _countries(item, self._language) if kind is Kind.HOLIDAY else {}
        title, line = _title_and_line(kind, item.text, countries)
        return Entry(
            self._id(kind, item, date, day),
            kind,
            date=date,
            day=day,
            title=title,
            line=line,
            weight=self._weight(kind, participants),
            participants=participants,
            references=(self._reference(item),),
            countries=tuple(sorted(set(countries.values()))),
        )

    def _reference(self, item: DayItem) -> Reference:
        return Reference(
            self._name, item.url, item.revision or self._revision, licence=item.licence
        )

    def _weight(self, kind: Kind, participants: tuple[Participant, ...]) -> float:
        if kind is Kind.EVENT:
            return EVENT_WEIGHT
        if kind is Kind.HOLIDAY:
            return HOLIDAY_WEIGHT
        subject = next((part.entity for part in participants if part.role == SUBJECT), None)
        return subject.weight if subject else 0.0

    def _id(self, kind: Kind, item: DayItem, date: HistoricalDate | None, day: MonthDay) -> str:
        """Return an id that stays while the linked pages do, whatever happens to the wording."""
        when = date.edtf.rstrip("~?%") if date else str(day)
        named = "|".join(sorted(item.pages)) or item.text
        id = f"{kind.value[0]}:{when}:{self._hash(named)}"
        if self._told.setdefault(id, item.text) != item.text:
            id = f"{kind.value[0]}:{when}:{self._hash(f'{named}|{item.text}')}"
        return id

    def _hash(self, text: str) -> str:
        whole = f"{self._source}|{self._language.tag}|{text}"
        return blake2b(whole.encode(), digest_size=5).hexdigest()

    def _participants(self, kind: Kind, item: DayItem) -> tuple[Participant, ...]:
        parts: dict[str, Participant] = {}
        for title in item.pages:
            entity = self._entity(title)
            if entity is not None and entity.id not in parts:
                parts[entity.id] = Participant(entity, self._role(kind, item, title, entity))
        for title in item.context:
            entity = self._entity(title)
            if entity is not None and entity.id not in parts:
                parts[entity.id] = Participant(entity, "context")
        return tuple(parts.values())

    def _role(self, kind: Kind, item: DayItem, title: str, entity: Entity) -> str:
        if title == item.topic and kind is not Kind.HOLIDAY:
            return SUBJECT
        return "person" if entity.kind == "person" else "topic"

    def _entity(self, title: str) -> Entity | None:
        """Return the entity of a page; None for those of years and days, which are no entities."""
        if title not in self._entities:
            self._entities[title] = None if self._is_time(title) else self._made(title)
        return self._entities[title]

    def _is_time(self, title: str) -> bool:
        spaced = title.replace("_", " ")
        lead = read_lead(spaced, self._language)
        return (lead is not None and lead.end >= len(spaced)) or (
            self._language.day(spaced) is not None and len(spaced.split()) <= 3
        )

    def _made(self, title: str) -> Entity:
        spaced, tag, life = (
            title.replace("_", " "),
            self._language.tag,
            self._learnt.lives.get(title),
        )
        more = self._learnt.summaries.get(title, Summary())
        name = spaced.partition(" (")[0] if spaced.endswith(")") else spaced
        label = () if tag == "en" else (Label(tag, name or spaced, more.description, spaced),)
        return Entity(
            self._entity_id(title),
            name or spaced,
            kind="person" if life else None,
            wikidata=more.wikidata,
            wikipedia=spaced if tag == "en" else None,
            description=more.description if tag == "en" else None,
            weight=self._learnt.weight(title),
            born=life.born if life else None,
            died=life.died if life else None,
            latitude=more.latitude,
            longitude=more.longitude,
            labels=label,
        )

    def _entity_id(self, title: str) -> str:
        """Return an id that is the title's alone: its slug, or a digest where that says nothing."""
        short, tag = slug(title.replace("_", " ")), self._language.tag
        digest = blake2b(title.encode(), digest_size=3).hexdigest()
        id = "-".join(filter(None, ["" if tag == "en" else tag, short or digest]))
        if self._ids.setdefault(id, title) != title:
            id = f"{id}-{digest}"
            self._ids[id] = title
        return id


def _title_and_line(
    kind: Kind, text: str, countries: dict[str, str]
) -> tuple[str | None, str | None]:
    """Give a holiday its name as title, all else its sentence as line."""
    one_line = _BREAK.sub(lambda match: f"{match[1]}: " if match[1].isalnum() else match[0], text)
    one_line = one_line.replace("\n", " ")
    if kind is not Kind.HOLIDAY:
        return None, one_line
    name = _without_countries(one_line, countries)
    return (name, None) if len(name) <= _LONGEST_NAME else (None, name)


def _without_countries(text: str, countries: dict[str, str]) -> str:
    """Leave out the countries in brackets at the end: an entry has them on their own.

    >>> _without_countries("Boat Day (Estonia and Latvia)", {"Estonia": "EE", "Latvia": "LV"})
    'Boat Day'
    """
    match = _BRACKETS.search(text)
    if match is None or not countries:
        return text
    rest = match[1]
    for name in countries:
        rest = rest.replace(name, "")
    # What is left are commas and a word such as "and".
    joined = sum(letter.isalpha() for letter in rest) <= _LONGEST_JOINT
    return text[: match.start()] if joined and rest != match[1] else text


def _countries(item: DayItem, language: Language) -> dict[str, str]:
    """Return the countries that a holiday's words link to, or that it stands under: their codes."""
    names = _territories(language.tag)
    titles = (*item.pages, *item.context, *item.section)
    plain = [title.replace("_", " ").partition(" (")[0] for title in titles]
    return {name: names[folded(name)] for name in plain if folded(name) in names}


@cache
def _territories(tag: str) -> dict[str, str]:
    territories = Locale.parse(tag).territories
    return {
        folded(name): code
        for code, name in territories.items()
        if len(code) == 2 and code not in _NO_COUNTRIES
    }


@cache
def _english_name(tag: str) -> str:
    return str(Locale.parse(tag).get_display_name("en") or tag)
