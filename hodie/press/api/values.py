"""Entries, entities and stories in the shapes of answers, in a language."""

from __future__ import annotations

import datetime
import re
from urllib.parse import quote

from hodie.almanac import Entity, Entry, Label, Participant, Reference, civil_date
from hodie.dates import Calendar, DateError, HistoricalDate, MonthDay, worded, worded_year
from hodie.press.api.shapes import (
    AuthorShape,
    DateShape,
    EntityShape,
    EntryShape,
    ParticipantShape,
    ReferenceShape,
    SeriesShape,
    SourceShape,
    StoryLinkShape,
    StoryShape,
)
from hodie.press.publication import Author, Publication, Series
from hodie.press.story import Story
from hodie.press.view import anchor, year_address

ROOT = "/api/v1"
SENSITIVE = "sensitive"
# What an address keeps as it is: the colons of entries' ids among them.
_SAFE = "/:-._~"
_GREGORIAN = Calendar.GREGORIAN
_PLAIN = re.compile(r"[\w:.~-]*", re.ASCII)


class Speaker:
    """Says things of a publication in a language, in the shapes of answers."""

    def __init__(self, publication: Publication, language: str) -> None:
        self.publication, self.language = publication, language
        self._base = publication.base_url
        self._root = self._base + ROOT
        self._last_date: tuple[HistoricalDate | None, DateShape | None] = None, None

    def url(self, *parts: str) -> str:
        """Return the whole address of something of the API."""
        return "/".join((self._root, *map(_quoted, parts)))

    # Entries

    def entry(self, entry: Entry) -> EntryShape:
        flags, shape = entry.flags, self._date(entry.date)
        return EntryShape(
            id=entry.id,
            url=f"{self._root}/entries/{_quoted(entry.id)}",
            page=self._page(entry, shape),
            kind=entry.kind,
            subkind=entry.subkind,
            title=self._title(entry),
            text=entry.line,
            date=shape,
            day=None if entry.day is None else str(entry.day),
            weight=entry.weight,
            sensitive=SENSITIVE in flags,
            flags=flags,
            countries=entry.countries,
            participants=tuple([self._participant(part) for part in entry.participants]),
            references=tuple([_reference(each) for each in entry.references]),
        )

    def _date(self, date: HistoricalDate | None) -> DateShape | None:
        # The entries of a list have often the same one.
        last, shape = self._last_date
        if date != last:
            shape = None if date is None else date_shape(date, self.language)
            self._last_date = date, shape
        return shape

    def _participant(self, part: Participant) -> ParticipantShape:
        entity = part.entity
        return ParticipantShape(
            role=part.role,
            id=entity.id,
            name=self.name(entity),
            description=entity.description,
            wikidata=entity.wikidata,
        )

    def _title(self, entry: Entry) -> str:
        subject = entry.subject
        if subject is not None and entry.title == subject.name:
            return self.name(subject)
        return entry.label

    def _page(self, entry: Entry, shape: DateShape | None) -> str | None:
        """Return the page that shows the entry: that of its date, else of its day or year."""
        if entry.hidden:
            return None
        date = civil_date(entry.date, entry.day)
        if date is None:
            return f"{self._base}/on/{entry.day}/" if entry.day else None
        if entry.day is None:
            return f"{self._base}/year/{year_address(date.year)}/"
        edtf = shape.edtf if shape and date is entry.date else date.edtf
        return f"{self._base}/on/{edtf}/#{anchor(entry)}"

    # Entities

    def name(self, entity: Entity) -> str:
        """Return an entity's name in the language, in English where none is known."""
        label = self._label(entity) if entity.labels else None
        return label.name if label else entity.name

    def entity(self, entity: Entity) -> EntityShape:
        label, id = self._label(entity), _quoted(entity.id)
        url = f"{self._root}/entities/{id}"
        return EntityShape(
            id=entity.id,
            url=url,
            page=f"{self._base}/about/{id.replace(':', '%3A')}/",
            entries=f"{url}/entries",
            name=label.name if label else entity.name,
            kind=entity.kind,
            description=label.description if label else entity.description,
            born=entity.born,
            died=entity.died,
            country=entity.country,
            latitude=entity.latitude,
            longitude=entity.longitude,
            wikidata=entity.wikidata,
            wikipedia=label.wikipedia if label else entity.wikipedia,
            image=entity.image,
            weight=entity.weight,
            aliases=entity.aliases,
        )

    def _label(self, entity: Entity) -> Label | None:
        for label in entity.labels:
            if label.language == self.language:
                return label
        return None

    # Days

    def day(self, day: MonthDay | HistoricalDate) -> str:
        return worded(day, self.language)

    # Stories

    def story_link(self, story: Story) -> StoryLinkShape:
        return StoryLinkShape(
            id=story.id,
            url=self.url("stories", story.id),
            page=self.publication.url(story.address),
            headline=story.headline,
            dateline=story.dateline,
        )

    def story(self, story: Story, today: datetime.date, *, whole: bool = False) -> StoryShape:
        ran = story.last_run(today)
        return StoryShape(
            id=story.id,
            url=self.url("stories", story.id),
            page=self.publication.url(story.address),
            headline=story.headline,
            dateline=story.dateline,
            dates=tuple(date.edtf for date in story.dates),
            language=story.language,
            summary=story.description or None,
            series=self.series(story.series) if story.series else None,
            authors=tuple(map(self.author, story.bylines)),
            ran=ran.isoformat() if ran else None,
            image=self.publication.url(story.image.address) if story.image else None,
            image_alt=story.image.alt if story.image else None,
            image_credit=story.image.credit if story.image else None,
            tags=story.tags,
            entries=story.entries,
            entities=story.entities,
            sources=tuple(
                SourceShape(
                    title=each.title, author=each.author, publisher=each.publisher, url=each.url
                )
                for each in story.sources
            ),
            sensitive=story.sensitive,
            html=story.html if whole else None,
        )

    def series(self, series: Series) -> SeriesShape:
        return SeriesShape(
            id=series.id,
            url=self.url("series", series.id),
            page=self.publication.url(f"/series/{series.id}/"),
            name=series.name,
            note=series.note or None,
        )

    def author(self, author: Author) -> AuthorShape:
        picture = author.picture
        return AuthorShape(
            id=author.id or None,
            url=self.url("authors", author.id) if author.id else None,
            page=self.publication.url(f"/by/{author.id}/") if author.id else None,
            name=author.name,
            kind=author.kind,
            note=author.note or None,
            picture=self.publication.url(f"/pictures/{picture}") if picture else None,
            links=tuple(link.url for link in author.links),
        )


def _quoted(part: str) -> str:
    return part if _PLAIN.fullmatch(part) else quote(part, safe=_SAFE)


def _reference(reference: Reference) -> ReferenceShape:
    return ReferenceShape(
        source=reference.source,
        url=reference.url,
        revision=reference.revision,
        licence=reference.licence,
        date=reference.date,
    )


def date_shape(date: HistoricalDate, language: str) -> DateShape:
    """Return a date as answers have it.

    >>> date_shape(HistoricalDate(-43, 3, 15, calendar="julian"), "en").gregorian
    '-0043-03-13'
    """
    return DateShape(
        edtf=date.edtf,
        year=date.year,
        month=date.month,
        day=date.day,
        precision=date.precision,
        calendar=date.calendar,
        approximate=date.approximate,
        uncertain=date.uncertain,
        words=worded(date, language),
        year_words=worded_year(date.year, language),
        gregorian=None if date.calendar is _GREGORIAN else _gregorian(date),
    )


def _gregorian(date: HistoricalDate) -> str | None:
    if date.day is None:
        return None
    try:
        return date.to(_GREGORIAN).edtf
    except DateError:
        return None
