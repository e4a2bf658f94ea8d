"""Build the starter's tables from the facts in `../shared/data`.

    python tools/build_starter.py [--data FOLDER] [--into FOLDER]

The result is committed: the wheel carries it. The same facts give the same bytes.
"""

import argparse
from collections import Counter
from pathlib import Path

from starter_build.entities import Entities
from starter_build.entries import Entries, holiday_rows
from starter_build.facts import (
    read_conflicts,
    read_facts,
    read_notability,
    read_observances,
)
from starter_build.holidays import cleaned
from starter_build.people import People
from starter_build.same import canonical, merged
from starter_build.titles import Titles

from hodie.sources.starter.rows import ENTITIES, ENTRIES, FOLDER, EntityRow, EntryRow, write_rows

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


def rows(data: Path) -> tuple[list[EntityRow], list[EntryRow]]:
    """Make the rows of both tables."""
    weights = read_notability(data)
    facts = read_facts(data)
    titles = canonical(facts, weights)
    facts = merged(facts, titles)
    people = People(facts)
    entries = Entries(facts, people, Titles(facts, people), set(read_conflicts(data)))
    entities = Entities(facts, people, weights, titles)
    entries.tell(entities)
    entity_rows = entities.rows()
    holidays = holiday_rows(cleaned(read_observances(data)))
    return entity_rows, [*entries.rows(entities), *holidays]


def build(data: Path, into: Path) -> Counter[str]:
    """Write both tables, and count what went into them."""
    entities, entries = rows(data)
    into.mkdir(parents=True, exist_ok=True)
    size = write_rows(into / ENTITIES.name, entities) + write_rows(into / ENTRIES.name, entries)
    return _counted(entries) + Counter({"entities": len(entities), "bytes": size})


def _counted(entries: list[EntryRow]) -> Counter[str]:
    names = {"b": "births", "d": "deaths", "e": "events", "h": "holidays"}
    counts = Counter(names[row.id[0]] for row in entries)
    counts.update(f"{names[row.id[0]]} shown" for row in entries if "h" not in row.flags)
    return counts


def main() -> None:
    parser = argparse.ArgumentParser(description="Build the starter's tables.")
    parser.add_argument("--data", type=Path, default=DATA, help="folder of the facts")
    parser.add_argument("--into", type=Path, default=FOLDER, help="folder of the tables")
    options = parser.parse_args()
    for what, number in build(options.data, options.into).items():
        print(f"{number:>10,} {what}")


if __name__ == "__main__":
    main()
