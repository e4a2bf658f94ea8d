"""The page of an entity: its years drawn, and all that the almanac has of it in order."""

import datetime
from collections.abc import Callable, Mapping
from urllib.parse import quote

from hodie.almanac import Entity, Entry, Kind
from hodie.press import drawings, jsonld
from hodie.press.layout import Layout
from hodie.press.page import Page

# What a page shows at most; the rest is in the almanac.
MOST_ENTRIES = 300
# Nobody's age: an older person's entry is about their memory.
LONGEST_LIFE = 120


def entity(layout: Layout, address: str, today: datetime.date, id: str) -> Page | None:
    """Lay out an entity, such as `leon-trotsky`."""
    entity, view = layout.almanac.entity(id), layout.view(today.year)
    if entity is None:
        return None
    found = layout.almanac.about(id, limit=MOST_ENTRIES + 1)
    entries = [entry for entry in found if entry.date is not None][:MOST_ENTRIES]
    by_entry = (story for entry in entries for story in layout.stories.telling(entry.id))
    return layout.html(
        "entity.html",
        address,
        today,
        title=entity.name,
        description=layout.words["entity_description"].format(name=entity.name),
        entity=entity,
        under=", ".join(filter(None, (entity.description, view.life_years(entity)))),
        entries=entries,
        more=max(len(found) - MOST_ENTRIES, 0),
        stories=layout.among_shown([*layout.stories.about(id), *by_entry], today),
        age_at=_age_of(entity, entries, layout.words),
        identifiers=_identifiers(entity),
        life=drawings.life(view, entity, entries),
        linked_data=[jsonld.script(jsonld.entity(layout.publication, entity))],
    )


def _age_of(
    entity: Entity, entries: list[Entry], said: Mapping[str, str]
) -> Callable[[Entry], str]:
    """Return a function that says how old a person was at an entry; nothing where that is open.

    Exact where the almanac has the day of birth, else one of two numbers.
    """
    births = [entry.date for entry in entries if entry.kind is Kind.BIRTH and entry.date]
    born = births[0] if births and births[0].year == entity.born else None

    def age_at(entry: Entry) -> str:
        if entity.born is None or entry.date is None or entry.kind is Kind.BIRTH:
            return ""
        years = entry.date.year - entity.born
        if not 0 < years <= LONGEST_LIFE:
            return ""
        if born is None:
            return said["age_or"].format(less=years - 1, n=years)
        early = (entry.date.month or 0, entry.date.day or 0) < (born.month or 0, born.day or 0)
        return said["age"].format(n=years - early)

    return age_at


def _identifiers(entity: Entity) -> list[tuple[str, str, str]]:
    """Return where else the entity is known: the place's name, the identifier, its address."""
    found = []
    if entity.wikidata:
        address = f"https://www.wikidata.org/wiki/{entity.wikidata}"
        found.append(("Wikidata", entity.wikidata, address))
    if entity.wikipedia:
        title = quote(entity.wikipedia.replace(" ", "_"), safe="_(),:'!*")
        found.append(("Wikipedia", entity.wikipedia, f"https://en.wikipedia.org/wiki/{title}"))
    return found
