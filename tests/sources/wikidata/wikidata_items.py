"""Items in the form that the dump gives them, and what becomes of them."""

import gzip
import json
from collections.abc import Iterable
from pathlib import Path

from hodie.almanac import Entry
from hodie.sources.wikidata import WikidataSource

GREGORIAN = "http://www.wikidata.org/entity/Q1985727"
JULIAN = "http://www.wikidata.org/entity/Q1985786"
HUMAN, BATTLE, ARTICLE, BOOK, ASTEROID = 5, 178561, 13442814, 571, 3863
RUSSIA, UNITED_STATES, GERMANY = 159, 30, 183


def time(text: str, precision: int = 11, *, julian: bool = False) -> dict:
    """A value of a date as "+1879-03-14"."""
    value = {
        "time": f"{text}T00:00:00Z",
        "timezone": 0,
        "before": 0,
        "after": 0,
        "precision": precision,
        "calendarmodel": JULIAN if julian else GREGORIAN,
    }
    return {"value": value, "type": "time"}


def item(number: int) -> dict:
    """A value that names an item."""
    value = {"entity-type": "item", "numeric-id": number, "id": f"Q{number}"}
    return {"value": value, "type": "wikibase-entityid"}


def text(words: str) -> dict:
    """A value of plain text."""
    return {"value": words, "type": "string"}


def place(latitude: float, longitude: float) -> dict:
    """A value of coordinates."""
    value = {
        "latitude": latitude,
        "longitude": longitude,
        "globe": "http://www.wikidata.org/entity/Q2",
    }
    return {"value": value, "type": "globecoordinate"}


def snak(property: str, value: dict | str) -> dict:
    """A snak; the value "somevalue" or "novalue" is none."""
    if isinstance(value, str):
        return {"snaktype": value, "property": property}
    return {"snaktype": "value", "property": property, "datavalue": value}


def statement(property: str, value: dict | str, rank: str = "normal", **qualifiers: dict) -> dict:
    """A statement with qualifiers."""
    made = {"mainsnak": snak(property, value), "type": "statement"}
    if qualifiers:
        made["qualifiers"] = {key: [snak(key, each)] for key, each in qualifiers.items()}
    return made | {"id": "Q1$0", "rank": rank}


def entity(
    number: int,
    name: str,
    *statements: dict,
    links: Iterable[str] = (),
    labels: dict[str, str] | None = None,
    aliases: Iterable[str] = (),
    description: str | None = None,
) -> dict:
    """An item with an English label."""
    claims: dict[str, list[dict]] = {}
    for each in statements:
        claims.setdefault(each["mainsnak"]["property"], []).append(each)
    terms = {"en": name} | (labels or {})
    return {
        "type": "item",
        "id": f"Q{number}",
        "labels": {key: {"language": key, "value": value} for key, value in terms.items()},
        "descriptions": {"en": {"language": "en", "value": description}} if description else {},
        "aliases": {"en": [{"language": "en", "value": alias} for alias in aliases]}
        if aliases
        else {},
        "claims": claims,
        "sitelinks": {site: {"site": site, "title": name, "badges": []} for site in links},
    }


def person(number: int, name: str, *statements: dict, **more: object) -> dict:
    """A human."""
    return entity(number, name, statement("P31", item(HUMAN)), *statements, **more)


def battle(number: int, name: str, *statements: dict, **more: object) -> dict:
    """A battle."""
    return entity(number, name, statement("P31", item(BATTLE)), *statements, **more)


def line(entity: dict) -> bytes:
    """Write an item as the dump does."""
    return json.dumps(entity, separators=(",", ":")).replace("/", "\\/").encode()


def dump(entities: Iterable[dict]) -> bytes:
    """Write a dump, unpacked."""
    return b"[\n" + b",\n".join(map(line, entities)) + b"\n]\n"


def write_dump(file: Path, entities: Iterable[dict], members: int = 3) -> Path:
    """Write a .json.gz of several members with the brackets and commas in members of their own."""
    rows = [line(each) for each in entities]
    size = max(1, -(-len(rows) // members))
    batches = [b",\n".join(rows[n : n + size]) for n in range(0, len(rows), size)]
    inner = [part for batch in batches for part in (b",\n", batch)][1:]
    parts = [b"[\n", *inner, b"\n]\n"]
    file.write_bytes(b"".join(gzip.compress(part, mtime=0) for part in parts))
    return file


def entries_of(folder: Path, *entities: dict, **options: object) -> list[Entry]:
    """Read items as a dump."""
    file = folder / "dump.json"
    file.write_bytes(dump(entities))
    return list(WikidataSource(path=str(file), processes=1, **options).entries())


def born_in(year: int) -> dict:
    """A birth on a day of a year."""
    return statement("P569", time(f"+{year}-{1 + year % 12:02}-{1 + year % 28:02}"))
