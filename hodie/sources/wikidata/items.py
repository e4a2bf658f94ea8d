"""An item of Wikidata as values, whichever door it came in by: the dump's JSON or a query."""

from typing import NamedTuple

from msgspec import Struct


class Time(Struct, frozen=True, gc=False, array_like=True, order=True):
    """A date in the calendar that its source names, no more exact than its source says.

    `year` is astronomical: 44 BC is -43. `month` and `day` are 0 below the precision, which is
    Wikidata's: 11 is a day, 10 a month, 9 a year, 8 a decade, 7 a century.
    """

    year: int
    month: int = 0
    day: int = 0
    precision: int = 11
    julian: bool = False
    approximate: bool = False
    uncertain: bool = False


class Place(NamedTuple):
    """Coordinates in degrees, north and east positive."""

    latitude: float
    longitude: float


Value = int | str | Time | Place
"""What a statement says; an item is its number: 937 is Q937."""


Qualifiers = dict[str, tuple[Value, ...]]


class Statement(Struct, frozen=True, gc=False):
    """One value of a property with a date, and those qualifiers that the rules ask for."""

    value: Value
    qualifiers: Qualifiers = {}


class Term(Struct, frozen=True, gc=False, omit_defaults=True):
    """What one language calls an item."""

    language: str
    name: str | None = None
    description: str | None = None
    wikipedia: str | None = None
    aliases: tuple[str, ...] = ()


class Item(Struct, frozen=True, gc=False):
    """An item: its terms in the languages asked for, and of each property its best values.

    The best are the preferred ones if there are any, else the normal ones, never the deprecated.
    `classes` alone holds those of every rank. `dated` has the properties of which the rules make
    entries, `claims` the others. `links` counts the site links.
    """

    number: int
    terms: tuple[Term, ...]
    classes: frozenset[int]
    links: int
    claims: dict[str, tuple[Value, ...]]
    dated: dict[str, tuple[Statement, ...]] = {}

    def items(self, property: str) -> tuple[int, ...]:
        """Return the numbers of the items that a property names, each once."""
        values = self.claims.get(property)
        if not values:
            return ()
        return tuple(dict.fromkeys([value for value in values if type(value) is int]))

    def times(self, property: str) -> list[Time]:
        """Return the dates of a property, in the order of the item."""
        statements = self.dated.get(property, ())
        return [each.value for each in statements if type(each.value) is Time]
