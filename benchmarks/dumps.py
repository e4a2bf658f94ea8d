"""Makes dumps like Wikidata's, of any size, from the real items in ../shared/data/wikidata.

    python benchmarks/dumps.py OUT.json.gz [--megabytes 1000] [--members 8] [--seed 1]

What is as in the real dump: the serialisation byte for byte (compact, ASCII, `\\/`, no hash in main
snaks), the mean size of an item (13.5 KB), the mix (40 % scholarly articles, 10 % people), the
share without site links, references and qualifiers (copied from real items), how well it packs
(runs of near copies, as programs' edits leave them), and gzip members cut at line starts with
members of `[`, `,` and `]` between them. What is not: few words and properties, since all comes
from 2,329 items; days spread evenly over the year.
"""

import argparse
import gzip
import json
import math
import random
import re
import sys
import zlib
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

ENTITIES = Path(__file__).parents[2] / "shared/data/wikidata/real-entities.ndjson.gz"

MEAN_SIZE = 13_500
MIX = {"scholarly": 0.4, "human": 0.1, "other": 0.4995, "property": 0.0005}
STICKY = 0.8  # how likely the next item is a near copy of the one before
LINKLESS = {"scholarly": 0.999, "human": 0.6, "other": 0.7, "property": 1.0}
KEYS = ("type", "datatype", "id", "labels", "descriptions", "aliases", "claims", "sitelinks")
LEVEL = 9

_UUID = re.compile(r"(?<=\$)[0-9A-Fa-f]{8}")
_HASH = re.compile(r'(?<="hash":")[0-9a-f]{12}')
_DAY = re.compile(r'(?<="time":")([+-]\d{4,})-(?!00)\d\d-(?!00)\d\d')


def main() -> None:
    """Write one dump and say what is in it."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--megabytes", type=float, default=1000)
    parser.add_argument("--members", type=float, default=8, help="megabytes of a packed member")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if not ENTITIES.exists():
        sys.exit(f"no items: {str(ENTITIES)!r} is absent")
    size = write_dump(options.out, options.megabytes, options.members, options.seed)
    packed = options.out.stat().st_size
    print(
        f"{options.out}: {size / 1e6:,.0f} MB of JSON in {packed / 1e6:,.0f}, {size / packed:.1f}"
    )


def write_dump(out: Path, megabytes: float, members: float = 8, seed: int = 1) -> int:
    """Write a dump of about so many megabytes of JSON; the same seed gives the same bytes.

    Returns the bytes of JSON.
    """
    batch = members * 10.5  # as well as it packs
    count = max(1, round(megabytes / batch))
    jobs = [(seed * 1000 + n, int(megabytes * 1e6 / count)) for n in range(count)]
    size = 4
    with out.open("wb") as file, ProcessPoolExecutor(2) as workers:
        file.write(gzip.compress(b"[\n", mtime=0))
        for number, (packed, length) in enumerate(workers.map(member, *zip(*jobs, strict=True))):
            if number:
                file.write(gzip.compress(b",\n", mtime=0))
                size += 2
            file.write(packed)
            size += length
        file.write(gzip.compress(b"\n]\n", mtime=0))
    return size


def member(seed: int, size: int) -> tuple[bytes, int]:
    """Return a packed batch of about `size` bytes of JSON, and its exact bytes."""
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, 31)
    packed, length = [], 0
    for line in lines(seed):
        piece = (b",\n" if length else b"") + line
        packed.append(packer.compress(piece))
        length += len(piece)
        if length >= size:
            break
    packed.append(packer.flush())
    return b"".join(packed), length


def lines(seed: int) -> Iterator[bytes]:
    """Yield items without end, each as a line of the dump has it."""
    chance = random.Random(seed)
    sources = Sources(real_entities())
    text, id = sources.draw(chance)
    while True:
        yield mutated(text, id, chance).encode("ascii")
        if chance.random() > STICKY:
            text, id = sources.draw(chance)


class Sources:
    """The real items by class, drawn so that their mean size is that of the dump."""

    def __init__(self, entities: list[dict]) -> None:
        self.of: dict[str, list[tuple[str, str]]] = {name: [] for name in MIX}
        for entity in entities:
            self.of[class_of(entity)].append((serialised(entity), entity["id"]))
        self.weights = {name: tilted([len(t) for t, _ in of]) for name, of in self.of.items()}

    def draw(self, chance: random.Random) -> tuple[str, str]:
        [name] = chance.choices(list(MIX), list(MIX.values()))
        [(text, id)] = chance.choices(self.of[name], self.weights[name])
        if chance.random() < LINKLESS[name]:
            text = linkless(text)
        return text, id


def real_entities() -> list[dict]:
    """Read the real items."""
    with gzip.open(ENTITIES) as rows:
        return [json.loads(row) for row in rows]


def class_of(entity: dict) -> str:
    """Return the part of the mix to which an entity belongs."""
    if entity["type"] != "item":
        return "property"
    snaks = [statement["mainsnak"] for statement in entity["claims"].get("P31", [])]
    classes = {s["datavalue"]["value"]["numeric-id"] for s in snaks if "datavalue" in s}
    return "human" if 5 in classes else "scholarly" if 13442814 in classes else "other"


def serialised(entity: dict) -> str:
    """Write an entity as the dump does: its order of keys, no hash in main snaks, escaped."""
    kept = {key: entity[key] for key in KEYS if key in entity}
    for key in ("labels", "descriptions", "aliases", "claims", "sitelinks"):
        if not kept.get(key):
            kept[key] = {}
    kept["claims"] = {
        key: [statement_form(s) for s in group] for key, group in kept["claims"].items()
    }
    kept["sitelinks"] = {
        site: {"site": site, "title": link["title"], "badges": link.get("badges", [])}
        for site, link in kept["sitelinks"].items()
    }
    if kept["type"] == "property":
        del kept["sitelinks"]
    kept |= {
        "pageid": 1,
        "ns": 0,
        "title": kept["id"],
        "lastrevid": 1,
        "modified": "2026-01-01T00:00:00Z",
    }
    return json.dumps(kept, separators=(",", ":")).replace("/", "\\/")


def statement_form(statement: dict) -> dict:
    """Order a statement's keys as the dump does."""
    main = {key: value for key, value in statement["mainsnak"].items() if key != "hash"}
    order = ("snaktype", "property", "datavalue", "datatype")
    form = {"mainsnak": {key: main[key] for key in order if key in main}, "type": "statement"}
    for key in ("qualifiers", "qualifiers-order", "id", "rank", "references"):
        if statement.get(key):
            form[key] = statement[key]
    return form


def linkless(text: str) -> str:
    """Take an item's site links away."""
    start = text.rfind('"sitelinks":{')
    end = text.rfind(',"pageid":')
    return text if start < 0 else f'{text[:start]}"sitelinks":{{}}{text[end:]}'


def tilted(sizes: list[int]) -> list[float]:
    """Weigh items by size so that their mean is MEAN_SIZE, or as it is where they are smaller."""
    low, high = 0.0, 0.01
    for _ in range(60):
        rate = (low + high) / 2
        weights = [math.exp(-rate * size) for size in sizes]
        mean = sum(map(lambda w, s: w * s, weights, sizes)) / (sum(weights) or 1e-300)
        low, high = (rate, high) if mean > MEAN_SIZE else (low, rate)
    return [math.exp(-low * size) for size in sizes]


def mutated(text: str, id: str, chance: random.Random) -> str:
    """Make another item of one: its own number, days, and the digits that are never twice."""
    number = f"{id[0]}{chance.randrange(1, 140_000_000)}"
    text = text.replace(f'"{id}"', f'"{number}"').replace(f'"{id}$', f'"{number}$')
    text = _UUID.sub(lambda _: f"{chance.getrandbits(32):08x}", text)
    text = _HASH.sub(lambda _: f"{chance.getrandbits(48):012x}", text)
    return _DAY.sub(lambda m: f"{m[1]}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}", text)


if __name__ == "__main__":
    main()
