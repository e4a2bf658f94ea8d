"""The plain way from an item's JSON to its entries, slow and obvious: the fast way must equal it.

It shares the tables with the source, and no code.
"""

import gzip
import json
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from math import log
from pathlib import Path

from hodie.dates import HistoricalDate

DATA = files("hodie.sources.wikidata")
TABLE = tomllib.loads((DATA / "rules.toml").read_text())
RULES = TABLE["rules"]
ADOPTION = tomllib.loads((DATA / "adoption.toml").read_text())["countries"]
UNTIL = {item: country["until"] for country in ADOPTION for item in country["items"]}


PROPERTIES = {"P31", "P17", "P27", "P297", "P18", "P625"}.union(
    *(
        {r["property"], *r.get("place", []), *r.get("people", []), *r.get("context", [])}
        for r in RULES
    )
)


def read_entities(file: Path) -> list[dict]:
    """Read entities, and forget at once what no test looks at: it is a gigabyte."""
    with gzip.open(file) as rows:
        return [kept(json.loads(row)) for row in rows]


def kept(entity: dict) -> dict:
    labels = {key: value for key, value in entity["labels"].items() if key in ("en", "mul")}
    claims = {key: value for key, value in entity["claims"].items() if key in PROPERTIES}
    for statement in (statement for group in claims.values() for statement in group):
        statement.pop("references", None)
    links = len(entity.get("sitelinks") or {})
    rest = {key: value for key, value in entity.items() if key not in ("labels", "claims")}
    return rest | {"labels": labels, "claims": claims, "links": links}


def walk(entities: list[dict]) -> list[tuple]:
    """Return what the entries of all items say."""
    known = {e["id"]: e for e in entities if not left_out(e) and name_of(e)}
    return [row for e in known.values() for row in rows_of(e, known)]


def left_out(entity: dict) -> bool:
    """Properties, and items of the classes that stay out."""
    return entity["type"] != "item" or bool(classes_of(entity) & set(TABLE["out"]["classes"]))


def name_of(entity: dict) -> str | None:
    for language in ("en", "mul"):
        if language in entity["labels"]:
            return entity["labels"][language]["value"]
    return None


def classes_of(entity: dict) -> set[str]:
    snaks = [statement["mainsnak"] for statement in entity["claims"].get("P31", [])]
    return {q(snak["datavalue"]["value"]) for snak in snaks if snak["snaktype"] == "value"}


def kind_of(entity: dict) -> str:
    for name, kind in TABLE["kinds"].items():
        if classes_of(entity) & set(kind["classes"]):
            return name
    return "none"


def q(value: dict) -> str:
    return value.get("id") or f"Q{value['numeric-id']}"


def best(entity: dict, property: str) -> list[dict]:
    """The statements of the best rank that have a value."""
    statements = entity["claims"].get(property, [])
    for rank in ("preferred", "normal"):
        ranked = [statement for statement in statements if statement["rank"] == rank]
        if ranked:
            return [s for s in ranked if s["mainsnak"]["snaktype"] == "value"]
    return []


def targets(entity: dict, properties: list[str]) -> list[str]:
    found = []
    for property in properties:
        for statement in best(entity, property):
            target = q(statement["mainsnak"]["datavalue"]["value"])
            if target not in found:
                found.append(target)
    return found


def dates_of(entity: dict, rule: dict) -> set[tuple]:
    """Year (astronomical), month, day (0 if not known), calendar, approximate, uncertain."""
    dates = set()
    for statement in best(entity, rule["property"]):
        snak = statement["mainsnak"]
        if "about" in rule:
            if q(snak["datavalue"]["value"]) != rule["about"]:
                continue
            qualifiers = statement.get("qualifiers", {})
            dated = qualifiers.get("P585", []) + qualifiers.get("P580", [])
            snak = next((each for each in dated if each["snaktype"] == "value"), None)
            if snak is None:
                continue
        value = snak["datavalue"]["value"]
        if value["precision"] < 9:
            continue
        year, month, day = value["time"][1:11].split("-") if value["time"][5] == "-" else (0, 0, 0)
        if not year:
            continue
        year = int(year) if value["time"][0] == "+" else 1 - int(year)
        month = int(month) if value["precision"] >= 10 else 0
        day = int(day) if value["precision"] >= 11 else 0
        calendar = "julian" if value["calendarmodel"].endswith("Q1985786") else "gregorian"
        said = [
            q(each["datavalue"]["value"])
            for each in statement.get("qualifiers", {}).get("P1480", [])
            if each["snaktype"] == "value"
        ]
        approximate = any(each in TABLE["entity"]["approximate"] for each in said)
        uncertain = any(each in TABLE["entity"]["uncertain"] for each in said)
        dates.add((year, month, day, calendar, approximate, uncertain))
    vaguer = {d for d in dates for o in dates if o[0] == d[0] and (not d[1] and o[1])}
    vaguer |= {d for d in dates for o in dates if o[:2] == d[:2] and (not d[2] and o[2])}
    return dates - vaguer


def rows_of(entity: dict, known: dict[str, dict]) -> Iterator[tuple]:
    links = entity["links"]
    kind = kind_of(entity)
    found = []
    for rule in RULES:
        wanted = kind in rule["of"] if "of" in rule else kind not in rule.get("not", [])
        if not wanted or links < rule.get("least", 0):
            continue
        dates = sorted(dates_of(entity, rule))
        if rule["values"] == "first":
            dates = dates[:1]
        found += [(rule, date, rule["values"] == "one" and len(dates) > 1) for date in dates]
    for rule, date, disputed in one_day(found):
        yield row(entity, known, rule, date, disputed, kind, links)


def one_day(found: list[tuple]) -> list[tuple]:
    """Beginning and end on one day are one happening."""
    by = {p: [f for f in found if f[0]["property"] == p] for p in ("P585", "P580", "P582")}
    starts, ends = {f[1] for f in by["P580"]}, {f[1] for f in by["P582"]}
    point = next(rule for rule in RULES if rule["property"] == "P585")
    if not by["P585"] and len(starts) == 1 and starts == ends:
        found = [f for f in found if f[0]["property"] != "P582"]
        return [(point if f[0]["property"] == "P580" else f[0], *f[1:]) for f in found]
    happened = {f[1] for f in by["P585"]}
    return [f for f in found if f[0]["property"] not in ("P580", "P582") or f[1] not in happened]


def row(
    entity: dict, known: dict, rule: dict, date: tuple, disputed: bool, kind: str, links: int
) -> tuple:
    year, month, day, calendar, approximate, uncertain = date
    edtf = f"{year:04}" if year >= 0 else f"-{-year:04}"
    edtf += f"-{month:02}" if month else ""
    edtf += f"-{day:02}" if day else ""
    edtf += {(1, 0): "~", (0, 1): "?", (1, 1): "%"}.get((approximate, uncertain), "")
    places = next((t for p in rule.get("place", []) if (t := targets(entity, [p]))), [])
    until = julian_until(entity, [known[p] for p in places if p in known])
    shown, doubtful = day_of(year, month, day, calendar, until)
    subkind = rule.get("subkind")
    if subkind == "=":
        subkind = TABLE["kinds"].get(kind, {}).get("subkind")
    made = rule.get("title", "{name}") != "{name}"
    sensitive = rule["kind"] == "event" and TABLE["kinds"].get(kind, {}).get("sensitive", False)
    title = rule["title"].replace("{name}", name_of(entity)) if "title" in rule else None
    return (
        entity["id"],
        rule["kind"],
        subkind,
        edtf,
        calendar,
        shown,
        title and title[0].upper() + title[1:],
        round(min(1, log(1 + links) / log(401)), 4),
        sensitive,
        doubtful,
        made,
        disputed,
        *parts(entity, known, rule, places),
    )


def parts(entity: dict, known: dict, rule: dict, places: list[str]) -> tuple:
    """Sorted people, places and context: each once, where it comes first."""
    seen, groups = {entity["id"]}, []
    people = targets(entity, rule.get("people", []))
    for group in (people, places, targets(entity, rule.get("context", []))):
        groups.append([each for each in group if each in known and each not in seen])
        seen.update(group)
    return sorted(groups[0]), *groups[1:]


def countries_of(entity: dict) -> list[str]:
    named = targets(entity, ["P17", "P27"])
    return named or ([entity["id"]] if best(entity, "P297") else [])


def julian_until(entity: dict, places: list[dict]) -> str | None:
    for group in (places, [entity]):
        days = [UNTIL[c] for each in group for c in countries_of(each) if c in UNTIL]
        if days:
            return max(days)
    return None


def day_of(
    year: int, month: int, day: int, calendar: str, until: str | None
) -> tuple[str | None, bool]:
    """The day that shows a date, and whether its calendar is to be doubted."""
    if not day:
        return None, False
    literal = f"{month:02}-{day:02}"
    before_reform = HistoricalDate(year, month, day, calendar).julian_day < 2299161
    if before_reform:
        return literal, calendar == "gregorian"
    if calendar == "gregorian":
        return literal, False
    if until and f"{year:04}-{literal}" <= until:
        moved = HistoricalDate(year, month, day, "julian").to("gregorian")
        return str(moved.month_day), False
    return literal, True
