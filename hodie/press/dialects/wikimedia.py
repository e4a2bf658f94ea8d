"""The day as Wikimedia's feed answers it: /feed/v1/wikipedia/en/onthisday/all/08/20."""

from functools import lru_cache
from html import escape
from typing import Any

import msgspec
from babel import Locale

from hodie.almanac import Entity, Kind
from hodie.dates import worded_year
from hodie.press.dialects.items import Item, Name, Told, name_in, quoted_title
from hodie.press.layout import Layout
from hodie.press.view import View

KINDS = {
    "events": Kind.EVENT,
    "births": Kind.BIRTH,
    "deaths": Kind.DEATH,
    "holidays": Kind.HOLIDAY,
}
TYPES = ("all", "selected", *KINDS)
# More pages than these say nothing of an item that its text does not.
MOST_PAGES = 8
_PICTURE = "https://commons.wikimedia.org/wiki/Special:FilePath/"
_THUMBNAIL = 320


class Feed:
    """A day's items in this form and a language; what its answers share is encoded once.

    `picks` are those that the day's page tells first.
    """

    def __init__(self, layout: Layout, told: Told, picks: list[Item], language: str) -> None:
        self._layout, self._language = layout, language
        self._view: View = layout.view(1)
        self._pages: dict[str, msgspec.Raw] = {}
        self._lists = {
            "selected": self._list(picks),
            **{name: self._list(told.items[kind]) for name, kind in KINDS.items()},
        }

    def body(self, name: str) -> bytes:
        """Return the answer of one of the types."""
        lists = self._lists if name == "all" else {name: self._lists[name]}
        return msgspec.json.encode(lists)

    def _list(self, items: list[Item]) -> msgspec.Raw:
        """Encode items, the newest first; those of one year, and holidays, stay in their order."""
        newest_first = sorted(items, key=lambda item: -(item.year or 0))
        return msgspec.Raw(msgspec.json.encode([self._item(item) for item in newest_first]))

    def _item(self, item: Item) -> msgspec.Raw:
        pages = [self._page(entity) for entity in item.entities[:MOST_PAGES]]
        year = {} if item.year is None else {"year": item.year}
        return msgspec.Raw(msgspec.json.encode({"text": item.text, "pages": pages, **year}))

    def _page(self, entity: Entity) -> msgspec.Raw:
        if entity.id not in self._pages:
            self._pages[entity.id] = msgspec.Raw(msgspec.json.encode(self._summary(entity)))
        return self._pages[entity.id]

    def _summary(self, entity: Entity) -> dict[str, Any]:
        """Say of an entity what the feed says of an article, as far as that is known."""
        named = name_in(entity, self._language)
        title = named.article or named.name
        canonical, display = title.replace(" ", "_"), escape(title, quote=False)
        extract = _extract(entity, named, self._language)
        return {
            "type": "standard" if extract else "no-extract",
            "title": canonical,
            "normalizedtitle": title,
            "displaytitle": display,
            "titles": {"canonical": canonical, "normalized": title, "display": display},
            "namespace": {"id": 0, "text": ""},
            **({"wikibase_item": entity.wikidata} if entity.wikidata else {}),
            "lang": named.language,
            "dir": _direction(named.language),
            **_described(named),
            **_extracts(extract),
            **_pictures(entity),
            **_coordinates(entity),
            **self._addresses(entity, named),
        }

    def _addresses(self, entity: Entity, named: Name) -> dict[str, Any]:
        if named.article:
            quoted = quoted_title(named.article)
            desktop = _article(f"https://{named.language}.wikipedia.org/", quoted)
            mobile = _article(f"https://{named.language}.m.wikipedia.org/", quoted)
            return {"content_urls": {"desktop": desktop, "mobile": mobile}}
        if not self._view.linked_entity(entity):
            return {}
        page = {"page": self._layout.publication.url(f"/about/{entity.id}/")}
        return {"content_urls": {"desktop": page, "mobile": page}}


def _described(named: Name) -> dict[str, str]:
    if not named.description:
        return {}
    return {"description": named.description, "description_source": "central"}


def _extract(entity: Entity, named: Name, language: str) -> str:
    """Word what is known of an entity as a sentence; nothing where that is its name alone."""
    ends = (entity.born, entity.died)
    years = [worded_year(year, language) if year is not None else "" for year in ends]
    life = f" ({'–'.join(years)})" if any(years) else ""
    if not named.description:
        return f"{named.name}{life}." if life else ""
    return f"{named.name}{life}, {named.description}."


def _extracts(extract: str) -> dict[str, str]:
    if not extract:
        return {}
    return {"extract": extract, "extract_html": f"<p>{escape(extract, quote=False)}</p>"}


def _pictures(entity: Entity) -> dict[str, Any]:
    """Link the picture; how high it is, is not known."""
    if not entity.image:
        return {}
    source = entity.image
    if not source.startswith("https://"):
        source = _PICTURE + quoted_title(entity.image)
    thumbnail = {"source": f"{source}?width={_THUMBNAIL}", "width": _THUMBNAIL}
    return {"thumbnail": thumbnail, "originalimage": {"source": source}}


def _coordinates(entity: Entity) -> dict[str, Any]:
    if entity.latitude is None or entity.longitude is None:
        return {}
    return {"coordinates": {"lat": entity.latitude, "lon": entity.longitude}}


def _article(root: str, quoted: str) -> dict[str, str]:
    page = f"{root}wiki/{quoted}"
    return {
        "page": page,
        "revisions": f"{page}?action=history",
        "edit": f"{page}?action=edit",
        "talk": f"{root}wiki/Talk:{quoted}",
    }


@lru_cache
def _direction(language: str) -> str:
    """Return the direction of a language's script.

    >>> _direction("en"), _direction("ar")
    ('ltr', 'rtl')
    """
    return "rtl" if Locale.parse(language, sep="-").text_direction == "rtl" else "ltr"
