"""The entities of the starter: one a Wikipedia title, with what the facts tell of it."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from hodie.sources.slugs import unique_slugs
from hodie.sources.starter.rows import ENTITY_KINDS, WEIGHT_UNIT, EntityRow
from starter_build.facts import Fact
from starter_build.people import Life, People
from starter_build.words import any_of

_LETTER = {kind: letter for letter, kind in ENTITY_KINDS.items()}
_EVENT_NAME = re.compile(rf"\b{any_of('event_name')}s?\b")
# Descriptors that were cut short, or that follow from a name and say nothing alone.
_BROKEN = re.compile(
    r"(?:of|and|the|in|at|to|also|first|better|later|son|daughter|known)\b.*|.*\b(?:the|both|and|of)|"
    r".{0,3}|U\.S|Mrs.?|.* the National"
)
# What some day page linked by mistake.
_NO_NAME = re.compile(r"\[|^official |^The Day the Music Died ")


class Entities:
    """Collects the entities that entries refer to, then lays them out in the order of their ids."""

    def __init__(
        self,
        facts: Iterable[Fact],
        people: People,
        weights: Mapping[str, float],
        titles: Mapping[str, str],
    ) -> None:
        self._people = people
        self._weights = weights
        self._also: dict[str, list[str]] = defaultdict(list)
        for other, title in sorted(titles.items()):
            if not _NO_NAME.search(other):
                self._also[title].append(other)
        self._names: dict[str, str] = {}
        self._wikidata: dict[str, str] = {}
        self._descriptions: dict[str, str] = {}
        self._roles: dict[str, Counter[str]] = defaultdict(Counter)
        self._nobel: set[str] = set()
        self._lines: dict[str, int] = {}
        for fact in facts:
            self._learn(fact)

    def use(self, title: str, role: str) -> None:
        """Note that an entry names an entity, and as what."""
        self._roles[title][role] += 1

    def line(self, title: str) -> int:
        """Return the line of an entity in the table, once `rows` has laid it out."""
        return self._lines[title]

    def rows(self) -> list[EntityRow]:
        """Lay out all entities that were used."""
        by_fame = sorted(self._roles, key=lambda title: (-self._weights.get(title, 0.0), title))
        slugs = unique_slugs(by_fame)
        titles = sorted(by_fame, key=slugs.__getitem__)
        self._lines = {title: number for number, title in enumerate(titles)}
        return [self._row(title, slugs[title]) for title in titles]

    def _learn(self, fact: Fact) -> None:
        title = fact.wikipedia if fact.kind == "event" else fact.person
        if title and fact.wikidata:
            self._wikidata[title] = fact.wikidata
        if fact.kind != "event":
            self._learn_person(fact.person, fact)

    def _learn_person(self, title: str, fact: Fact) -> None:
        if fact.title and title == (fact.wikipedia or fact.people[0]):
            self._names.setdefault(title, _fuller(fact.title, title))
        if fact.nobel:
            self._nobel.add(title)
        if fact.descriptor and not _BROKEN.fullmatch(fact.descriptor):
            words = re.sub(r"\s+(?=[,;])", "", fact.descriptor.strip(" ,;"))
            self._descriptions.setdefault(title, words)

    def _row(self, title: str, slug: str) -> EntityRow:
        name = self._names.get(title) or _plain(title)
        life = self._people.life(title) or Life()
        return EntityRow(
            id=slug,
            name=name,
            wikipedia="=" if title == name else title,
            kind=_LETTER.get(self._kind(title), ""),
            wikidata=self._wikidata.get(title, ""),
            weight=str(round(self._weights.get(title, 0.0) * WEIGHT_UNIT)),
            born=_year(life.born),
            died=_year(life.died),
            description=self._description(title),
            also="|".join(self._also[title]),
        )

    def _kind(self, title: str) -> str:
        roles = self._roles[title]
        if title in self._people or (roles["person"] and self._people.is_person(title)):
            return "person"
        if roles["place"] > roles["topic"] + roles["context"]:
            return "place"
        if roles["subject"] or (roles["context"] and _EVENT_NAME.search(title)):
            return "event"
        return "topic" if roles["context"] else ""

    def _description(self, title: str) -> str:
        words = self._descriptions.get(title, "")
        if title in self._nobel and "Nobel" not in words:
            return f"{words}, Nobel laureate" if words else "Nobel laureate"
        return words


def _plain(title: str) -> str:
    return re.sub(r" \([^)]*\)$", "", title)


def _fuller(name: str, title: str) -> str:
    """Prefer the article's name to one that needs it: "Henry I of England" to "Henry I".

    >>> _fuller("Henry I", "Henry I of England"), _fuller("Zhou", "Empress Zhou (Li Yu's wife)")
    ('Henry I of England', 'Empress Zhou')
    >>> _fuller("Jimmy Smith", "Jimmy Smith (musician)")
    'Jimmy Smith'
    """
    plain = _plain(title)
    alone = " " not in name or re.fullmatch(r".+ [IVX]+", name)
    return plain if alone and set(name.split()) <= set(plain.split()) else name


def _year(year: int | None) -> str:
    return "" if year is None else str(year)
