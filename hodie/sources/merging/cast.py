"""Who is who in several sources: entities told apart, made one, and named for good."""

import itertools
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from struct import Struct as Packing
from typing import NamedTuple

import msgspec
from msgspec.structs import asdict, replace

from hodie.almanac import Entity, Label
from hodie.sources.merging.spilling import Buckets, Sets, Shelf

STARTER = "starter"

BUCKETS = 64

_PAIR = Packing("<qI")
_NO_YEAR = 1 << 30
_CACHED = 100_000
# A life may be told of so long after its end: a burial, a trial, a first night.
_AFTER_DEATH = 30

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Entity).decode


class Cast:
    """The entities of several sources.

    Those that share an item of Wikidata, or the title of an article, are one. So are those that
    share an id, if nothing that is known of them speaks against it. A set keeps the id that it has
    in the starter; of two that want one id, the better known keeps it.

    In memory stay some 150 bytes for each different entity.
    """

    def __init__(self, folder: Path) -> None:
        self.sets = Sets()
        self.uses = array("I")
        """How often each takes part in something; after `unify` the sets' numbers count."""
        self._shelf = Shelf(folder)
        self._made = Shelf(folder)
        self._numbers: dict[int, int] = {}
        self._starter = bytearray()
        self._first, self._last = array("i"), array("i")
        self._items, self._titles, self._ids = (Buckets(folder) for _ in range(3))
        self._item = array("q")
        self._merged: dict[int, int] = {}
        self._renamed: dict[int, str] = {}
        self._shared: list[tuple[str, list[int]]] = []
        self._cache: dict[int, Entity] = {}
        self._used: dict[str, int] = {}

    def close(self) -> None:
        for each in (self._shelf, self._made, self._items, self._titles, self._ids):
            each.close()

    def number(self, entity: Entity, source: int, starter: bool, year: int | None) -> int:
        """Return the number of an entity of a source that takes part in something in `year`."""
        key = hash((entity, source))
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = self._welcome(entity, starter)
        self.uses[number] += 1
        if year is not None:
            if year < self._first[number]:
                self._first[number] = year
            if year > self._last[number]:
                self._last[number] = year
        return number

    def _welcome(self, entity: Entity, starter: bool) -> int:
        number = self.sets.add()
        self._shelf.put(_encode(entity))
        self._starter.append(starter)
        self.uses.append(0)
        self._first.append(_NO_YEAR)
        self._last.append(-_NO_YEAR)
        item = hash(entity.wikidata) if entity.wikidata else 0
        self._item.append(item)
        if item:
            self._items.put(item % BUCKETS, _PAIR.pack(item, number))
        if entity.wikipedia:
            title = hash(entity.wikipedia)
            self._titles.put(title % BUCKETS, _PAIR.pack(title, number))
        id = hash(entity.id)
        self._ids.put(id % BUCKETS, _PAIR.pack(id, number))
        return number

    # Making one

    def unify(self) -> None:
        """Join what is one, and give each set its entity. Nothing is welcomed after this."""
        self._numbers.clear()
        for numbers in _groups(self._items):
            self._join(numbers)
        for numbers in _groups(self._titles):
            # Two items with one article: one of them has a wrong title, and nobody knows which.
            if len({self._item_of(each) for each in numbers} - {0}) <= 1:
                self._join(numbers)
        self._join_ids()
        self._settle()

    def _item_of(self, number: int) -> int:
        return self._item[self.sets.root(number)]

    def _join(self, numbers: Iterable[int]) -> None:
        first, *others = numbers
        for each in others:
            item = self._item_of(first) or self._item_of(each)
            self._item[self.sets.join(first, each)] = item

    def _join_ids(self) -> None:
        shared = [numbers for numbers in _groups(self._ids) if self._apart(numbers)]
        members = self.sets.several()
        by_id = sorted((self._load(numbers[0]).id, numbers) for numbers in shared)
        for _, numbers in by_id:
            groups: list[_Known] = []
            for known in sorted(self._known(numbers, members), key=_Known.rank):
                fitting = next((each for each in groups if each.admits(known)), None)
                if fitting is None:
                    groups.append(known)
                else:
                    self._join((fitting.root, known.root))
                    both = [*fitting.numbers, *known.numbers]
                    fitting.take(known, self.sets.root(known.root))
                    members[fitting.root] = fitting.numbers = both
        self._shared = [(id, numbers) for id, numbers in by_id if self._apart(numbers)]

    def _apart(self, numbers: list[int]) -> bool:
        root = self.sets.root
        first = root(numbers[0])
        return any(root(each) != first for each in numbers)

    def _known(self, numbers: list[int], members: dict[int, list[int]]) -> "Iterator[_Known]":
        for root in sorted({self.sets.root(each) for each in numbers}):
            own = members.get(root, [root])
            entities = [self._load(each) for each in own]
            first = min(self._first[each] for each in own)
            last = max(self._last[each] for each in own)
            starter = any(self._starter[each] for each in own)
            yield _Known(root, own, entities, starter, first, last)

    # Naming

    def _settle(self) -> None:
        for root, numbers in self.sets.several().items():
            ordered = sorted(numbers, key=self._rank)
            self._merged[root] = self._made.put(_encode(_merged(list(map(self._load, ordered)))))
            self.uses[root] = sum(self.uses[each] for each in numbers)
            self._starter[root] = any(self._starter[each] for each in numbers)
        self._rename()

    def _rename(self) -> None:
        """Let one of the sets that want an id keep it; the others get one of their own."""
        taken: set[str] = set()
        for id, numbers in self._shared:
            roots = {self.sets.root(each) for each in numbers}
            wanting = [root for root in roots if self._fetch(root).id == id]
            for root in sorted(wanting, key=self._claim)[1:]:
                entity = self._fetch(root)
                wanted = _other_addresses(id, entity)
                self._renamed[root] = next(
                    each for each in wanted if each not in taken and not self._is_used(each)
                )
                taken.add(self._renamed[root])
        self._shared.clear()

    def _is_used(self, id: str) -> bool:
        """Tell whether any source uses an id; asked for very few."""
        wanted = hash(id)
        data = self._ids.read(wanted % BUCKETS)
        return any(key == wanted for key, _ in _PAIR.iter_unpack(data))

    def _claim(self, root: int) -> tuple[object, ...]:
        entity = self._fetch(root)
        known = entity.wikidata is None and entity.wikipedia is None
        return (not self._is_starter(root), known, *_order(entity))

    def _is_starter(self, root: int) -> bool:
        return bool(self._starter[root])

    def _rank(self, number: int) -> tuple[object, ...]:
        return (not self._starter[number], *_order(self._load(number)))

    # Answering

    def entity(self, number: int) -> Entity:
        """Return the one entity that a number stands for."""
        root = self.sets.root(number)
        found = self._cache.get(root)
        if found is None:
            found = self._cache[root] = self._fetch(root)
            self._used[found.id] = self.uses[root]
        return found

    def used(self, entity: Entity) -> int:
        """Return how often an entity that was given since `forget` takes part in anything."""
        return self._used[entity.id]

    def forget(self) -> None:
        """Let go of the entities that are at hand, if they are many."""
        if len(self._cache) > _CACHED:
            self._cache.clear()
            self._used.clear()

    def _fetch(self, root: int) -> Entity:
        entity = self._load_made(root) if root in self._merged else self._load(root)
        return replace(entity, id=self._renamed[root]) if root in self._renamed else entity

    def _load(self, number: int) -> Entity:
        return _decode(self._shelf.get(number))

    def _load_made(self, root: int) -> Entity:
        return _decode(self._made.get(self._merged[root]))


def _other_addresses(id: str, entity: Entity) -> Iterator[str]:
    if entity.wikidata:
        yield f"{id}-{entity.wikidata.lower()}"
    for number in itertools.count(2):
        yield f"{id}-{number}"


def _groups(buckets: Buckets) -> Iterator[list[int]]:
    """Yield the numbers that share a key, where several do."""
    for _, data in buckets:
        by_key: defaultdict[int, list[int]] = defaultdict(list)
        for key, number in _PAIR.iter_unpack(data):
            by_key[key].append(number)
        yield from (numbers for numbers in by_key.values() if len(numbers) > 1)


class _Known:
    """What is known of a set of entities, by which it is told apart from others of its id."""

    def __init__(
        self,
        root: int,
        numbers: list[int],
        entities: list[Entity],
        starter: bool,
        first: int,
        last: int,
    ) -> None:
        self.root, self.numbers, self.starter = root, numbers, starter
        self.first, self.last = first, last
        self.facts = [
            {value for each in entities if (value := getattr(each, field)) is not None}
            for field in ("wikidata", "wikipedia", "kind", "born", "died")
        ]
        self.order = min(_order(each) for each in entities)

    def rank(self) -> tuple[object, ...]:
        items, titles, *_ = self.facts
        return not self.starter, not (items or titles), self.order

    def admits(self, other: "_Known") -> bool:
        """Tell whether nothing that is known of both speaks against their being one."""
        for own, others in zip(self.facts, other.facts, strict=True):
            if own and others and own.isdisjoint(others):
                return False
        return self._lived_then(other) and other._lived_then(self)

    def _lived_then(self, other: "_Known") -> bool:
        *_, born, died = self.facts
        early = bool(born) and other.first < min(born)
        late = bool(died) and other.last > max(died) + _AFTER_DEATH
        return not (early or late)

    def take(self, other: "_Known", root: int) -> None:
        self.root = root
        self.first, self.last = min(self.first, other.first), max(self.last, other.last)
        for own, others in zip(self.facts, other.facts, strict=True):
            own |= others


class _Order(NamedTuple):
    """What entities are ordered by, so that no order of sources changes anything."""

    lightness: float
    id: str
    name: str
    rest: bytes


def _order(entity: Entity) -> _Order:
    return _Order(-entity.weight, entity.id, entity.name, _encode(entity))


def _merged(entities: list[Entity]) -> Entity:
    """Make one entity of several: of each field the first that is known, of lists all."""
    first, *others = entities
    said = asdict(first)
    for each in others:
        for field, value in said.items():
            if value is None:
                said[field] = getattr(each, field)
    said["weight"] = max(each.weight for each in entities)
    if any(each.aliases or each.name != first.name for each in entities):
        names = [name for each in entities for name in (each.name, *each.aliases)]
        said["aliases"] = tuple(name for name in dict.fromkeys(names) if name != first.name)
    if any(each.labels for each in others):
        labels: dict[str, Label] = {}
        for label in (label for each in entities for label in each.labels):
            labels.setdefault(label.language, label)
        said["labels"] = tuple(labels[language] for language in sorted(labels))
    if first.latitude is None or first.longitude is None:
        places = (each for each in entities if None not in (each.latitude, each.longitude))
        located = next(places, first)
        said["latitude"], said["longitude"] = located.latitude, located.longitude
    return Entity(**said)
