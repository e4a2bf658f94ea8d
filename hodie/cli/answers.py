"""The same answers for programs: the stable shape of `--json`, told in docs/reference/cli.md."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from hodie.almanac import Entity, Entry, Hit, Kind
from hodie.dates import HistoricalDate, MonthDay, anniversary
from hodie.selection import Lineup, Pick

Object = dict[str, Any]


def encoded(value: Object) -> str:
    """Write an answer as JSON, indented for the eye."""
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode()


def lineup_object(lineup: Lineup, limit: int | None) -> Object:
    """Tell a day as it was chosen, at most `limit` entries a part."""

    def picks(of: Iterable[Pick]) -> list[Object]:
        return [_pick(pick, lineup.year) for pick in of][:limit]

    return {
        "day": str(lineup.day),
        "year": lineup.year,
        "lead": _pick(lineup.lead, lineup.year) if lineup.lead else None,
        "selected": picks(lineup.selected),
        "events": picks(lineup.events),
        "births": picks(lineup.births),
        "deaths": picks(lineup.deaths),
        "holidays": picks(lineup.holidays),
    }


def kind_object(
    day: MonthDay, kind: Kind, year: int, entries: Iterable[Entry], count: int
) -> Object:
    """Tell a day's entries of one kind, of which there are `count`."""
    told = [entry_object(entry, year) for entry in entries]
    return {"day": str(day), "year": year, "kind": kind, "count": count, "entries": told}


def date_object(date: HistoricalDate, year: int, entries: Iterable[Entry]) -> Object:
    """Tell what is known of one date."""
    told = [entry_object(entry, year) for entry in entries]
    return {"date": date.edtf, "calendar": date.calendar, "year": year, "entries": told}


def search_object(query: str, year: int, hits: Iterable[Hit]) -> Object:
    """Tell what a search found, best first: each hit is an entry or an entity."""
    told = [
        {"entry": entry_object(hit.entry, year), "score": hit.score}
        if hit.entry is not None
        else {"entity": entity_object(hit.entity), "score": hit.score}
        for hit in hits
    ]
    return {"query": query, "hits": told}


def entry_object(entry: Entry, year: int) -> Object:
    """Tell an entry with all that is known of it, seen from a year; `text` is never empty."""
    facts = entry_facts(entry)
    facts["years_ago"] = anniversary(entry.date, year) if entry.date else None
    return facts


def entry_facts(entry: Entry) -> Object:
    """Tell an entry with all that is known of it, whatever the year."""
    date = entry.date
    return {
        "id": entry.id,
        "kind": entry.kind,
        "subkind": entry.subkind,
        "date": date.edtf if date else None,
        "calendar": date.calendar if date else None,
        "day": str(entry.day) if entry.day else None,
        "years_ago": None,
        "text": entry.label,
        "title": entry.title,
        "line": entry.line,
        "weight": entry.weight,
        "flags": entry.flags,
        "countries": entry.countries,
        "participants": [
            {**entity_object(part.entity), "role": part.role} for part in entry.participants
        ],
        "references": entry.references,
    }


def entity_object(entity: Entity | None) -> Object:
    """Tell an entity as the almanac has it."""
    return msgspec.structs.asdict(entity) if entity else {}


def _pick(pick: Pick, year: int) -> Object:
    return {**entry_object(pick.entry, year), "score": pick.score, "why": pick.why}
