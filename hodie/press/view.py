"""What a page says of an entry: its words and its links, for one publication and one year.

Everything here turns a value into text or markup and reads nothing but that value.
"""

import re
from collections.abc import Callable, Iterable
from functools import cached_property, lru_cache

from babel import Locale
from markupsafe import Markup, escape
from msgspec.structs import replace

from hodie import almanac
from hodie.almanac import Entity, Entry, Kind, Reference
from hodie.dates import (
    Calendar,
    DateError,
    HistoricalDate,
    MonthDay,
    anniversary,
    anniversary_words,
    is_round,
    worded,
    worded_year,
)
from hodie.press.publication import Publication
from hodie.press.story import Story, StorySource
from hodie.press.words import words

# A list of names longer than this reads as a database, not as a page.
MOST_NAMES = 4
MOST_COUNTRIES = 6

_OPENING = re.compile(r'(?<![^\s(\[\N{EM DASH}\N{EN DASH}-])"')
_WORD = re.compile(r"\w+")
# Of kings and popes, whom a sentence often calls by their name alone.
_NUMBER = re.compile(r"(?<=\w) [IVX]+$")


def year_address(year: int) -> str:
    """Write an astronomical year as addresses have it: `1940`, `0476`, `-0043`.

    >>> year_address(-43)
    '-0043'
    """
    return f"{year:04d}" if year >= 0 else f"-{-year:04d}"


def civil_date(entry: Entry) -> HistoricalDate | None:
    """Return the date under which the entry is told: Gregorian where its day has moved."""
    return almanac.civil_date(entry.date, entry.day)


def has_date_page(entry: Entry) -> bool:
    """Tell whether the edition holds a page of the entry's date: events make one."""
    return entry.kind is Kind.EVENT and entry.day is not None and "hidden" not in entry.flags


def typeset(text: str) -> str:
    """Set the apostrophes and quotation marks of a title or a name as a printer does.

    >>> typeset("Rutherford's Farm"), typeset('New York has "Boss" Tweed back')
    ('Rutherford’s Farm', 'New York has “Boss” Tweed back')
    """
    text = text.replace("'", "\N{RIGHT SINGLE QUOTATION MARK}")
    if '"' not in text:
        return text
    text = _OPENING.sub("\N{LEFT DOUBLE QUOTATION MARK}", text)
    return text.replace('"', "\N{RIGHT DOUBLE QUOTATION MARK}")


def unsaid(entities: Iterable[Entity], text: str) -> list[Entity]:
    """Return the entities that a text does not name, nor another of them: no "Florida, Florida".

    A person is named by the last of their names, a place without what it lies in.

    >>> unsaid([Entity("x", "Las Vegas, Nevada"), Entity("y", "Nevada")], "At a fair in Las Vegas")
    []
    >>> tweed = Entity("t", "William M. Tweed", "person")
    >>> unsaid([tweed], "Boss Tweed is back"), len(unsaid([tweed], "The fugitive is back"))
    ([], 1)
    """
    found = list(entities)
    wider = {each.name.partition(", ")[2] for each in found}
    return [each for each in found if each.name not in wider and not _is_said(each, text)]


def _is_said(entity: Entity, text: str) -> bool:
    name = re.split(r", | \(", entity.name)[0]
    if entity.kind != "person":
        return name in text
    name = _NUMBER.sub("", name.partition(" of ")[0])
    last = name.rpartition(" ")[2]
    # A short name says too little, and might be another's.
    return name in text or (len(last) > 3 and last.isalpha() and last in _WORD.findall(text))


def anchor(entry: Entry) -> str:
    """Return the entry's id as a page's fragment.

    HTML takes any id without spaces; a colon would need escapes in every selector.
    """
    return entry.id.replace(":", "-")


class View:
    """The words and links of entries for one publication, seen from one year.

    `named` are ids of entities that have a page whatever their weight.
    """

    def __init__(
        self, publication: Publication, year: int, named: frozenset[str] = frozenset()
    ) -> None:
        self.publication, self.year = publication, year
        self._named = named
        self.language = publication.language
        self.words = words(self.language)
        self.locale = Locale.parse(self.language, sep="-")

    @cached_property
    def names(self) -> dict[str, Callable[..., object]]:
        """What templates may call, by name."""
        public = (name for name in vars(type(self)) if not name.startswith("_") and name != "names")
        return {
            **{name: getattr(self, name) for name in public},
            "year_address": year_address,
            "has_date_page": has_date_page,
            "anchor": anchor,
        }

    # Dates

    def worded(self, date: HistoricalDate | MonthDay) -> str:
        return _worded(date, self.language)

    def worded_year(self, year: int) -> str:
        return worded_year(year, self.language)

    def short_year(self, date: HistoricalDate) -> Markup:
        """Word a year for a narrow column: the era of a year before Christ in small capitals."""
        text = self.worded_year(date.year)
        figures, space, era = text.partition(" ")
        if not space:
            return escape(text)
        return Markup('{}<span class="bc"> {}</span>').format(figures, era)

    def short_day(self, entry: Entry) -> str:
        """Word an entry's day without its year, short: "20 Aug"."""
        if entry.day is None:
            return ""
        return f"{entry.day.day} {self.locale.months['format']['abbreviated'][entry.day.month]}"

    def date_link(self, date: HistoricalDate) -> Markup:
        return Markup(f'<a href="/on/{date.edtf}/">{escape(self.worded(date))}</a>')

    def years_ago(self, entry: Entry) -> int:
        date = civil_date(entry)
        return 0 if date is None else anniversary(date, self.year)

    def is_round_this_year(self, entry: Entry) -> bool:
        return is_round(self.years_ago(entry))

    def ago(self, entry: Entry) -> Markup:
        """Say how long ago an entry is this year, in the accent colour where that is round."""
        years = self.years_ago(entry)
        if years <= 0:
            return Markup("")
        css = "ago round" if is_round(years) else "ago"
        text = _ago(years, self.language)
        return Markup(f'<span class="{css}">{escape(text)}</span>')

    def old_style(self, entry: Entry) -> str:
        """Say an entry's own date where it is told under another: Old Style, or 14 Nisan 5701."""
        date = entry.date
        if date is None or entry.day is None or date.month_day == entry.day:
            return ""
        calendar = f" {self.words['julian_date']}" if date.calendar is Calendar.JULIAN else ""
        return f"{self.worded(date)}{calendar}"

    # Entities

    def linked_entity(self, entity: Entity) -> bool:
        """Tell whether the entity has a page in the edition, so that a link to it never breaks."""
        return entity.weight >= self.publication.entity_weight or entity.id in self._named

    def entity_link(self, entity: Entity) -> Markup:
        if not self.linked_entity(entity):
            return escape(typeset(entity.name))
        return Markup(f'<a href="/about/{entity.id}/">{escape(typeset(entity.name))}</a>')

    def life_years(self, entity: Entity) -> str:
        """Word an entity's years: "1879\N{EN DASH}1940", "born 1950", or nothing."""
        if entity.born is not None and entity.died is not None:
            born = str(entity.born) if entity.born > 0 < entity.died else None
            start = born or self.worded_year(entity.born)
            return f"{start}\N{EN DASH}{self.worded_year(entity.died)}"
        if entity.born is not None:
            return self.words["born_in"].format(year=self.worded_year(entity.born))
        if entity.died is not None:
            return self.words["died_in"].format(year=self.worded_year(entity.died))
        return ""

    def lifespan(self, entry: Entry) -> str:
        """Say the other end of a life beside a birth or a death."""
        person = entry.subject
        if person is None:
            return ""
        if entry.kind is Kind.BIRTH and person.died is not None:
            return self.words["died_in"].format(year=self.worded_year(person.died))
        if entry.kind is Kind.DEATH and person.born is not None:
            return self.words["born_in"].format(year=self.worded_year(person.born))
        return ""

    # Entries

    def headline(self, entry: Entry) -> Markup:
        """Return the entry's title, linked to the page of its date where there is one."""
        date = civil_date(entry)
        if date is None or not has_date_page(entry):
            return self.linked(entry.label, entry)
        return Markup(f'<a href="/on/{date.edtf}/">{escape(typeset(entry.label))}</a>')

    def linked(self, text: str, entry: Entry, but: Entity | None = None) -> Markup:
        """Link the names of the entry's entities where they stand in a text, each once."""
        text = typeset(text)
        entities = {
            typeset(part.entity.name): part.entity
            for part in entry.participants
            if self.linked_entity(part.entity) and part.entity != but
        }
        names = sorted((name for name in entities if name in text), key=len, reverse=True)
        if not names:
            return escape(text)
        pattern = r"(?<!\w)(" + "|".join(map(re.escape, names)) + r")(?!\w)"
        pieces, end = [], 0
        for match in re.finditer(pattern, text):
            entity = entities.pop(match[1], None)
            if entity is not None:
                pieces += [escape(text[end : match.start()]), self.entity_link(entity)]
                end = match.end()
        return Markup("").join([*pieces, escape(text[end:])])

    def detail(self, entry: Entry) -> Markup:
        """Name who and where, as far as the label does not: "Leon Trotsky · Mexico City"."""
        said = entry.label
        groups = (entry.people, entry.places, entry.context)
        lists = [self._names(group, said) for group in groups]
        return Markup(" · ").join(part for part in lists if part)

    def _names(self, entities: Iterable[Entity], said: str) -> Markup:
        left = unsaid(entities, said)[:MOST_NAMES]
        return Markup(", ").join(self.entity_link(entity) for entity in left)

    def kind_word(self, entry: Entry) -> str:
        return self.words[f"kind_{entry.kind.value}"]

    def countries(self, entry: Entry) -> str:
        """Name the countries of a holiday, the first few where they are many."""
        names = [self.locale.territories.get(code, code) for code in entry.countries]
        text = ", ".join(sorted(names)[:MOST_COUNTRIES])
        more = len(names) - MOST_COUNTRIES
        return text if more <= 0 else self.words["and_more"].format(names=text, n=more)

    def other_dates(self, entry: Entry) -> str:
        """Word the dates that some sources give instead, each with who gives it; nothing if none.

        What EDTF says is in the calendar of the entry's own date.
        """
        by_date: dict[str, list[str]] = {}
        for each in entry.references:
            if each.date is not None and each.source not in by_date.setdefault(each.date, []):
                by_date[each.date].append(each.source)
        said = {each.date: self._given(each, entry) for each in entry.references if each.date}
        return "; ".join(f"{said[date]} ({', '.join(by)})" for date, by in by_date.items())

    def disputed(self, entry: Entry) -> str:
        """Say in a sentence that sources disagree on an entry's date, and what they give."""
        if others := self.other_dates(entry):
            return self.words["disputed_others"].format(others=others)
        return self.words["disputed"] if "date-disputed" in entry.flags else ""

    def references(self, entry: Entry) -> list[Markup]:
        """Word what backs an entry: each source once, linked, with its editions and licence."""
        editions: dict[Reference, list[str]] = {}
        for each in entry.references:
            known = editions.setdefault(replace(each, revision=None), [])
            known += [each.revision] if each.revision else []
        return [
            _reference(source, [*revisions, *([self._given(source, entry)] if source.date else [])])
            for source, revisions in editions.items()
        ]

    def _given(self, reference: Reference, entry: Entry) -> str:
        """Word the date that a reference gives instead of the entry's."""
        calendar = entry.date.calendar if entry.date else Calendar.GREGORIAN
        said = reference.date or ""
        try:
            return self.worded(HistoricalDate.parse(said, calendar))
        except DateError:
            # Whoever wrote the almanac may have kept a span, or what is no EDTF.
            return said

    def backing(self, entries: Iterable[Entry]) -> list[Markup]:
        """Word what backs some entries together: each source once, with its licence.

        It is linked where all of them have it from one address, as those of a day have.
        """
        addresses: dict[tuple[str, str | None], set[str | None]] = {}
        for entry in entries:
            for each in entry.references:
                addresses.setdefault((each.source, each.licence), set()).add(each.url)
        return [
            _reference(Reference(source, urls.pop() if len(urls) == 1 else None, None, licence), [])
            for (source, licence), urls in sorted(
                addresses.items(), key=lambda item: (item[0][0], item[0][1] or "")
            )
        ]

    # Stories

    def story_href(self, story: Story) -> str:
        return story.address

    def story_picture(self, story: Story) -> str:
        return story.image.address if story.image else ""

    def story_dates(self, story: Story) -> str:
        return story.dateline

    def story_kicker(self, story: Story) -> Markup:
        parts = [story.series.name] if story.series else []
        return Markup(" · ").join(
            [*map(escape, parts), Markup('<span class="year">{}</span>').format(story.dateline)]
        )

    def byline(self, story: Story) -> Markup:
        links = [
            Markup('<a href="/by/{}/">{}</a>').format(author.id, author.name)
            if author.id
            else escape(author.name)
            for author in story.bylines
        ]
        return Markup(", ").join(links)

    def source_words(self, source: StorySource) -> Markup:
        title = Markup("<cite>{}</cite>").format(source.title)
        if source.url:
            title = Markup('<a href="{}" rel="external">{}</a>').format(source.url, title)
        rest = [part for part in (source.publisher,) if part]
        head = [escape(source.author)] if source.author else []
        return Markup(", ").join([*head, title, *map(escape, rest)])

    def worded_day(self, day: object) -> str:
        """Word a date of today's calendar (`datetime.date`)."""
        return self.worded(HistoricalDate.parse(str(day)))


def _reference(reference: Reference, revisions: list[str]) -> Markup:
    source = escape(reference.source)
    if reference.url:
        source = Markup('<a href="{}" rel="external">{}</a>').format(reference.url, source)
    rest = [*revisions, *([reference.licence] if reference.licence else [])]
    return Markup(", ").join([source, *map(escape, rest)])


@lru_cache(maxsize=65536)
def _worded(date: HistoricalDate | MonthDay, language: str) -> str:
    return worded(date, language)


@lru_cache(maxsize=8192)
def _ago(years: int, language: str) -> str:
    return anniversary_words(years, language)
