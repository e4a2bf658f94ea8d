"""The starter's tables: tab-separated lines, one a row, packed with xz.

Both sides use this module: `tools/build_starter.py` writes rows, `StarterSource` reads them. Fields
are text as it stands in the table; what a letter means, the tables below say.
"""

import lzma
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).with_name("tables")
ENTITIES = FOLDER / "entities.tsv.xz"
ENTRIES = FOLDER / "entries.tsv.xz"

ENTITY_KINDS = {"p": "person", "l": "place", "e": "event", "w": "work", "b": "body", "t": "topic"}
ROLES = {"s": "subject", "p": "person", "l": "place", "c": "context", "t": "topic"}
FLAGS = {
    "s": "sensitive",
    "c": "calendar-doubtful",
    "m": "title-made",
    "h": "hidden",
    "d": "date-disputed",
}
# Weights are kept to four decimals, as whole numbers.
WEIGHT_UNIT = 10_000

_FILTERS = [{"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, "dict_size": 1 << 25}]


class EntityRow(NamedTuple):
    """One entity; `wikipedia` is "=" where the title of its article is its name.

    `also` are other titles by which the facts called it, with bars between them.
    """

    id: str
    name: str
    wikipedia: str
    kind: str
    wikidata: str
    weight: str
    born: str
    died: str
    description: str
    also: str = ""


class EntryRow(NamedTuple):
    """One entry; its kind and date are in its id.

    `calendar` is "j" for Julian; `participants` are a role's letter and the entity's line, counted
    from 0, separated by spaces; `flags` and `witnesses` are letters, `countries` ISO codes.
    """

    id: str
    calendar: str
    subkind: str
    title: str
    weight: str
    flags: str
    participants: str
    witnesses: str
    countries: str


def read_rows(path: Path) -> Iterator[list[str]]:
    """Yield the fields of each row."""
    text = lzma.decompress(path.read_bytes()).decode()
    return (line.split("\t") for line in text.splitlines())


def write_rows(path: Path, rows: Iterable[tuple[str, ...]]) -> int:
    """Write rows, the same bytes for the same rows, and return how many bytes they take."""
    lines = "".join(f"{_line(row)}\n" for row in rows)
    packed = lzma.compress(lines.encode(), format=lzma.FORMAT_XZ, filters=_FILTERS)
    path.write_bytes(packed)
    return len(packed)


def _line(row: tuple[str, ...]) -> str:
    line = "\t".join(row)
    if line.count("\t") != len(row) - 1 or len(line.splitlines()) > 1:
        raise ValueError(f"a tab or a line break is inside a field of {row!r}")
    return line
