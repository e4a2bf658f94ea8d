"""Answers in JSON-LD: what schema.org can say, and beside it what only Hodie's own terms can."""

from __future__ import annotations

import datetime
from typing import Any

import msgspec

from hodie.almanac import Entity, Entry, Reference
from hodie.press import jsonld
from hodie.press.api.shapes import AlmanacShape, IndexShape, SeriesShape
from hodie.press.api.values import Speaker
from hodie.press.publication import Author, Publication
from hodie.press.story import Story

Block = dict[str, Any]

# schema.org has no words for a date of another calendar, or one that is only half known: these
# carry the values of the JSON answers, unchanged.
_OWN = ("date", "day", "weight", "flags", "subkind")


def context(speaker: Speaker) -> list[str | Block]:
    """Return the context of a document."""
    terms = speaker.publication.url("/api/#")
    own: Block = {f"hodie:{name}": {"@id": f"{terms}{name}", "@type": "@json"} for name in _OWN}
    return [jsonld.CONTEXT, {"hodie": terms, **own}]


def entry(speaker: Speaker, entry: Entry) -> Block:
    """Describe an entry: its address, its date as it is known, and what backs it."""
    shape = speaker.entry(entry)
    block = {
        key: value
        for key, value in jsonld.entry(speaker.publication, entry).items()
        if key not in ("@context", "url")
    }
    own = msgspec.to_builtins({name: getattr(shape, name) for name in _OWN})
    return {
        **block,
        "@id": shape.url,
        "identifier": entry.id,
        "additionalType": f"hodie:{entry.kind}",
        **({"mainEntityOfPage": shape.page} if shape.page else {}),
        "subjectOf": [_reference(each) for each in entry.references],
        **{f"hodie:{name}": value for name, value in own.items() if value not in (None, (), [])},
    }


def _reference(reference: Reference) -> Block:
    block = {
        "@type": "CreativeWork",
        "name": reference.source,
        "url": reference.url,
        "version": reference.revision,
        "license": reference.licence,
    }
    return {key: value for key, value in block.items() if value}


def entity(speaker: Speaker, entity: Entity) -> Block:
    """Describe an entity."""
    shape = speaker.entity(entity)
    block = jsonld.entity(speaker.publication, entity)
    block.pop("@context")
    return {
        **block,
        "@id": shape.url,
        "identifier": entity.id,
        "name": shape.name,
        "mainEntityOfPage": shape.page,
    }


def story(speaker: Speaker, story: Story, today: datetime.date) -> Block:
    """Describe a story."""
    block = jsonld.story(speaker.publication, story, today)
    block.pop("@context")
    return block


def item_list(speaker: Speaker, url: str, following: str | None, pieces: list[bytes]) -> Block:
    """Describe a list by its address, that of its next part, and its items as they were written."""
    return {
        "@context": context(speaker),
        "@type": "ItemList",
        "@id": url,
        "numberOfItems": len(pieces),
        **({"hodie:next": {"@id": following}} if following else {}),
        "itemListElement": [msgspec.Raw(piece) for piece in pieces],
    }


def named(series: SeriesShape, kind: str) -> Block:
    """Describe a series."""
    block = {"@type": kind, "@id": series.url, "name": series.name, "url": series.page}
    return {**block, **({"description": series.note} if series.note else {})}


def author(speaker: Speaker, author: Author) -> Block:
    """Describe an author."""
    return {**jsonld.author(speaker.publication, author), "identifier": author.id}


def dataset(publication: Publication, almanac: AlmanacShape) -> Block:
    """Describe the almanac as a set of data, by its sources and their licences."""
    return {
        "@type": "Dataset",
        "@id": almanac.url,
        "name": publication.name,
        "url": almanac.page,
        "version": almanac.version,
        "isBasedOn": [
            {
                "@type": "Dataset",
                "name": each.source,
                **({"license": each.licence} if each.licence else {}),
            }
            for each in almanac.sources
        ],
    }


def service(index: IndexShape) -> Block:
    """Describe the API."""
    return {
        "@type": "WebAPI",
        "name": index.name,
        "url": index.page,
        "documentation": index.openapi,
    }
