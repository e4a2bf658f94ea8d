"""The last step of a build: the house's changes, and then its own entries."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping

from msgspec.structs import replace

from hodie.almanac import HIDDEN, Entity, Entry
from hodie.almanac.model import Participant, Reference
from hodie.sources.house.model import (
    PINNED,
    PINNED_WEIGHT,
    SOURCE,
    Change,
    House,
    Named,
    Who,
    made_entity,
    read_date,
)
from hodie.sources.slugs import slug


def apply(
    entries: Iterable[Entry],
    house: House,
    *,
    unmet: Callable[[Change], None] = lambda change: None,
    other_ids: Mapping[str, str] | None = None,
) -> Iterator[Entry]:
    """Yield the entries as the house changes them, then the house's own.

    `unmet` hears of the changes whose entry did not come. `other_ids` says, by the id that an
    entry had before it was merged, which id it has now; merging fills it while the entries come.

    >>> from hodie.almanac import Kind
    >>> from hodie.sources.house.model import Change
    >>> house = House(changes=(Change(entry="e:1", pin=True),))
    >>> [entry.flags for entry in apply([Entry("e:1", Kind.EVENT)], house)]
    [('pinned',)]
    """
    cast = _Cast(house)
    moved = {} if other_ids is None else other_ids
    waiting, known = _by_id(house, moved), len(moved)
    seen: set[str] = set()
    own = {each.entry_id: each for each in house.entries}
    for entry in entries:
        if len(moved) != known:
            waiting, known = _by_id(house, moved), len(moved)
        cast.meet(entry)
        if change := waiting.get(entry.id):
            seen.add(change.entry)
            entry = changed(entry, change)
        yield entry
    for id, each in own.items():
        made = each.entry(cast.participants(each.parts()))
        if change := waiting.get(id):
            seen.add(change.entry)
            made = changed(made, change)
        yield made
    for change in house.changes:
        if change.entry not in seen:
            unmet(change)


def _by_id(house: House, other_ids: Mapping[str, str]) -> dict[str, Change]:
    """Return the changes by the ids that their entries have now; one named outright comes first."""
    moved = {other_ids[each.entry]: each for each in house.changes if each.entry in other_ids}
    return {**moved, **{each.entry: each for each in house.changes}}


def changed(entry: Entry, change: Change) -> Entry:
    """Return an entry as a change makes it.

    What its sources say of the date stays with their references.
    """
    said = {
        name: value
        for name in ("title", "line", "weight")
        if (value := getattr(change, name)) is not None
    }
    if change.pin:
        said["weight"] = PINNED_WEIGHT
    date, day = read_date(change.date, change.calendar, change.day)
    return replace(
        entry,
        flags=_flags(entry.flags, change),
        references=_references(entry, change, moved=date is not None and date != entry.date),
        date=date or entry.date,
        day=day if date is not None or day is not None else entry.day,
        **said,
    )


def _flags(flags: tuple[str, ...], change: Change) -> tuple[str, ...]:
    wanted = {HIDDEN: change.hide, PINNED: change.pin, "sensitive": change.sensitive}
    if change.title is not None:
        wanted["title-made"] = False
    if change.date is not None:
        wanted["calendar-doubtful"] = False
    kept = tuple(flag for flag in flags if wanted.get(flag) is not False)
    return (*kept, *(flag for flag, on in wanted.items() if on and flag not in kept))


def _references(entry: Entry, change: Change, *, moved: bool) -> tuple[Reference, ...]:
    references = entry.references
    if moved and entry.date is not None:
        said = entry.date.edtf
        references = tuple(replace(each, date=each.date or said) for each in references)
    if change.reference is not None:
        return (*references, change.reference.reference())
    return (*references, Reference(SOURCE)) if change.corrects else references


class _Cast:
    """Finds the almanac's entities that the house's entries name, while they pass."""

    def __init__(self, house: House) -> None:
        named = [who for each in house.entries for who, _ in each.parts()]
        self._wanted = frozenset(key for who in named for key in _keys(who))
        self._found: dict[str, Entity] = {}
        self._made: dict[str, Entity] = {}

    def meet(self, entry: Entry) -> None:
        if not self._wanted:
            return
        for part in entry.participants:
            entity = part.entity
            for key in (entity.id, entity.name, entity.wikidata, entity.wikipedia):
                if key in self._wanted:
                    self._keep(key, entity)

    def _keep(self, key: str | None, entity: Entity) -> None:
        """Keep the weightiest of those that a key may mean, whatever came first."""
        assert key is not None
        known = self._found.get(key)
        if known is None or _rank(entity, key) > _rank(known, key):
            self._found[key] = entity

    def participants(self, parts: Iterable[tuple[Who, str]]) -> tuple[Participant, ...]:
        return tuple(Participant(self._entity(who, role), role) for who, role in parts)

    def _entity(self, who: Who, role: str) -> Entity:
        keys = _keys(who)
        found = next((self._found[key] for key in keys if key in self._found), None)
        if found is None:
            return self._make(who, role, _address(who))
        if isinstance(who, Named) and who.wikidata and found.wikidata not in (None, who.wikidata):
            return self._make(who, role, f"{_address(who)}-{who.wikidata.lower()}")
        return found

    def _make(self, who: Who, role: str, id: str) -> Entity:
        return self._made.setdefault(id, made_entity(who, role, id))


def _keys(who: Who) -> tuple[str, ...]:
    """Return what an entity may be found by, the surest first; last comes its address.

    One that has an identifier is not looked for by its name.
    """
    if isinstance(who, str):
        return who, _address(who)
    sure = tuple(key for key in (who.id, who.wikidata, who.wikipedia) if key)
    address = who.id or _address(who)
    return (*sure, address) if sure else (who.name, address)


def _address(who: Who) -> str:
    if isinstance(who, Named) and who.id:
        return who.id
    name = who.name if isinstance(who, Named) else who
    return slug(name) or "house-" + hashlib.blake2b(name.encode(), digest_size=5).hexdigest()


def _rank(entity: Entity, key: str) -> tuple[bool, float, str]:
    return entity.id == key, entity.weight, entity.id
