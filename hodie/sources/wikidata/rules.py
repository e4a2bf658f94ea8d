"""The table that says which property on which kind of item gives which kind of entry."""

import tomllib
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

FILE = Path(__file__).with_name("rules.toml")

NONE = "none"
"""The kind of an item that is of no kind in the table."""


class Kind(Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of item: what the almanac calls it, and by which classes it is known."""

    entity: str
    classes: frozenset[str]
    subkind: str | None = None
    sensitive: bool = False


class Rule(Struct, frozen=True, forbid_unknown_fields=True):
    """Makes entries of one property; what the fields mean is said in rules.toml."""

    property: str
    kind: Literal["birth", "death", "event"]
    values: Literal["one", "first", "all"]
    subkind: str | None = None
    about: str | None = None
    of: frozenset[str] = frozenset()
    not_: frozenset[str] = msgspec.field(default=frozenset(), name="not")
    title: str | None = None
    place: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    least: int = 0

    def key(self) -> str:
        """Return what tells the rule's facts apart in an item: "P569", "P793 Q209715"."""
        return f"{self.property} {self.about}" if self.about else self.property

    def takes(self, kind: str) -> bool:
        """Tell whether it makes entries of items of this kind."""
        return kind not in self.not_ and (not self.of or kind in self.of)


class Others(Struct, frozen=True, forbid_unknown_fields=True):
    """The properties that tell of an item but give no entry."""

    classes: str
    image: str
    coordinates: str
    country: str
    citizenship: str
    iso: str
    born: str
    died: str
    circumstances: str
    approximate: frozenset[str]
    uncertain: frozenset[str]


class Out(Struct, frozen=True, forbid_unknown_fields=True):
    """The classes whose items stay out."""

    classes: frozenset[str]


class Table(Struct, frozen=True, forbid_unknown_fields=True):
    """All of rules.toml, as it stands."""

    kinds: dict[str, Kind]
    out: Out
    rules: tuple[Rule, ...]
    entity: Others


class Rules:
    """The table, laid out for looking things up."""

    def __init__(self, table: Table) -> None:
        self.kinds, self.rules, self.entity = table.kinds, table.rules, table.entity
        kinds = [(number(c), name) for name, kind in self.kinds.items() for c in kind.classes]
        # The first kind that has a class keeps it.
        self.kind_of_class: dict[int, str] = dict(reversed(kinds))
        self._kind = lru_cache(1 << 16)(self._first_kind)
        self.order = {name: place for place, name in enumerate(self.kinds)}
        self.out_classes = frozenset(map(number, table.out.classes))
        self.dated: dict[str, tuple[Rule, ...]] = {}
        for rule in self.rules:
            self.dated[rule.property] = (*self.dated.get(rule.property, ()), rule)
        self._of_kind: dict[str, tuple[Rule, ...]] = {}
        self.by_key: dict[str, tuple[Rule, ...]] = {}
        for rule in self.rules:
            self.by_key[rule.key()] = (*self.by_key.get(rule.key(), ()), rule)

    def kind(self, classes: frozenset[int]) -> str:
        """Return the kind of an item with these classes.

        >>> read_rules().kind(frozenset({178561, 350604}))
        'battle'
        """
        return self._kind(classes)

    def _first_kind(self, classes: frozenset[int]) -> str:
        names = {self.kind_of_class[each] for each in classes & self.kind_of_class.keys()}
        return min(names, key=self.order.__getitem__, default=NONE)

    def of_kind(self, kind: str) -> tuple[Rule, ...]:
        """Return the rules that make entries of items of this kind, in their order."""
        if kind not in self._of_kind:
            self._of_kind[kind] = tuple(rule for rule in self.rules if rule.takes(kind))
        return self._of_kind[kind]

    def entity_kind(self, kind: str) -> str | None:
        """Return what the almanac calls an item of this kind."""
        return self.kinds[kind].entity if kind in self.kinds else None

    def subkind(self, rule: Rule, kind: str) -> str | None:
        """Return the finer kind of an entry."""
        if rule.subkind != "=":
            return rule.subkind
        return self.kinds[kind].subkind if kind in self.kinds else None

    def sensitive(self, kind: str) -> bool:
        """Tell whether events of this kind ask for tact."""
        return kind in self.kinds and self.kinds[kind].sensitive


def number(item: str) -> int:
    """Return the number of an item.

    >>> number("Q937")
    937
    """
    return int(item[1:])


@cache
def read_rules(file: Path = FILE) -> Rules:
    """Read the table."""
    return Rules(msgspec.convert(tomllib.loads(file.read_text(encoding="utf-8")), Table))
