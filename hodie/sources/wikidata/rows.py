"""What extraction writes and the merge reads: a row an item.

A row has what an entity needs, and in `facts` those of the item as JSON, null where it has none:
such a row is there so that entries can name the item. So one pass over the dump is enough.
"""

from typing import TypeVar

import msgspec
from msgspec import Struct

from hodie.sources.wikidata.facts import Fact
from hodie.sources.wikidata.items import Item, Place, Term, Value
from hodie.sources.wikidata.lines import FALLBACKS
from hodie.sources.wikidata.rules import Rules

T = TypeVar("T")


class Row(Struct, frozen=True, gc=False):
    """One item; `countries`, `terms` and `facts` are JSON: numbers, `Term`s, `Fact`s.

    The countries are those in which the item lies, and those of which a person is a citizen.
    """

    number: int
    name: str
    kind: str
    links: int
    description: str | None = None
    wikipedia: str | None = None
    image: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    countries: str | None = None
    iso: str | None = None
    born: int | None = None
    died: int | None = None
    terms: str | None = None
    facts: str | None = None


_encode = msgspec.json.Encoder().encode
_facts = msgspec.json.Decoder(tuple[Fact, ...]).decode
_terms = msgspec.json.Decoder(tuple[Term, ...]).decode
_numbers = msgspec.json.Decoder(tuple[int, ...]).decode


class RowMaker:
    """Makes rows of items, with the rules and languages of one build."""

    def __init__(self, rules: Rules, languages: tuple[str, ...]) -> None:
        self._rules = rules
        self._languages = languages
        self._naming = tuple(dict.fromkeys((*languages, *FALLBACKS)))

    def row(self, item: Item, facts: tuple[Fact, ...]) -> Row | None:
        """Make the row of an item; None where no language asked for, nor English, names it."""
        terms = {term.language: term for term in item.terms}
        name = self._name(terms)
        if name is None:
            return None
        first, english = terms.get(self._languages[0]), terms.get("en")
        other, claims = self._rules.entity, item.claims
        image = iso = place = countries = None
        if claims:
            image = _first(claims.get(other.image), str)
            iso = _first(claims.get(other.iso), str)
            place = _first(claims.get(other.coordinates), Place)
            countries = (*item.items(other.country), *item.items(other.citizenship))
        kept = None
        if len(terms) > 1 or not english or _tells(english, name):
            kept = [terms[x] for x in self._languages if x in terms and _tells(terms[x], name)]
        return Row(
            item.number,
            name,
            self._rules.kind(item.classes),
            item.links,
            first.description if first else None,
            english.wikipedia if english else None,
            image,
            place.latitude if place else None,
            place.longitude if place else None,
            _encode(countries).decode() if countries else None,
            iso,
            _year(item, other.born) if item.dated else None,
            _year(item, other.died) if item.dated else None,
            _encode(kept).decode() if kept else None,
            _encode(facts).decode() if facts else None,
        )

    def _name(self, terms: dict[str, Term]) -> str | None:
        for language in self._naming:
            term = terms.get(language)
            if term is not None and term.name:
                return term.name
        return None


def _tells(term: Term, name: str) -> bool:
    """Tell whether a term says more than the row does without it."""
    return bool(term.aliases) or term.language != "en" or term.name != name


def _first(values: tuple[Value, ...] | None, kind: type[T]) -> T | None:
    for value in values or ():
        if isinstance(value, kind):
            return value
    return None


def _year(item: Item, property: str) -> int | None:
    if property not in item.dated:
        return None
    exact = [time for time in item.times(property) if time.precision >= 9]
    return min(exact, key=lambda time: -time.precision).year if exact else None


def facts_of(row: Row) -> tuple[Fact, ...]:
    """Return the facts of a row."""
    return _facts(row.facts) if row.facts else ()


def terms_of(row: Row) -> tuple[Term, ...]:
    """Return what the languages asked for say of a row's item."""
    return _terms(row.terms) if row.terms else ()


def countries_of(row: Row) -> tuple[int, ...]:
    """Return the countries of a row's item, of which it is or where it lies."""
    return _numbers(row.countries) if row.countries else ()
