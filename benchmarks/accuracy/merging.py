"""How well several sources are made one, on facts that come twice.

    python benchmarks/accuracy/merging.py [--shared ../shared] [--wrong 20]

Merges the starter with the English day pages of October 2019 as muffinlabs kept them. The starter's
facts were taken from those pages and others, so most of what the pages tell is in it, with other
words: a title or none, some of the people and places, no sentence. Which item of a page a fact was
taken from is judged by a rule that merging does not know: of a birth or death, the title of the
article; of an event, all names that the shared facts keep of it (half of them are not in the
starter), against all links of the item, where both are the other's best and nothing else is near.

Prints, by kind: how many pairs the rule is sure of, how many of those merging found (recall), and
of the pairs that merging made where the rule is sure of one side, how many are right (precision).
Then the same with every second of the starter's sure facts taken away: its item has no partner
now, and any that merging gives it is wrong. That is the harder precision.

Then disputed dates: 589 dates that lost against others are given back as a third source, and it is
counted how many stand beside the starter's date, which is to be shown.
"""

import argparse
import gzip
import json
import resource
import time
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from zlib import crc32

from msgspec import Struct

from hodie.almanac import SUBJECT, Entity, Entry, Kind, Participant, Reference
from hodie.dates import civil_day, read_written
from hodie.sources.merging import MergeReport, merge
from hodie.sources.muffinlabs import MuffinlabsSource
from hodie.sources.slugs import slug
from hodie.sources.starter import StarterSource

SHARED = Path(__file__).parents[3] / "shared"
FLOORS = Path(__file__).with_name("merging-floors.toml")
PAGES, FACTS, CONFLICTS = (
    "wikipedia-days-2019.ndjson.gz",
    "facts.ndjson.gz",
    "conflicts.ndjson.gz",
)
NEAR, APART = 0.5, 0.2
"""A fact is of an item if they share so much of their names, and the next best so much less."""

NAMES = ("people", "places", "context", "links")


class Judged(Struct):
    """What merging did with one kind, against the rule."""

    sure: int = 0
    found: int = 0
    made: int = 0
    right: int = 0

    @property
    def recall(self) -> float:
        return 100 * self.found / max(self.sure, 1)

    @property
    def precision(self) -> float:
        return 100 * self.right / max(self.made, 1)


def lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def names_of(fact: dict[str, Any]) -> set[str]:
    found = {name for key in NAMES for name in fact.get(key) or ()}
    return found | ({fact["wikipedia"]} if fact["wikipedia"] else set())


def links_of(entry: Entry) -> set[str]:
    return {part.entity.wikipedia for part in entry.participants if part.entity.wikipedia}


def truth(items: Iterable[Entry], facts: Iterable[dict[str, Any]]) -> dict[str, str]:
    """Return the fact's id for each item's, where the rule is sure."""
    by_date: defaultdict[tuple[str, str], list[Entry]] = defaultdict(list)
    for item in items:
        if item.date is not None:
            by_date[item.kind.value, item.date.edtf].append(item)
    of_date: defaultdict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for fact in facts:
        if "wp2019" in fact["sources"]:
            of_date[fact["kind"], fact["date"]].append(fact)
    sure: dict[str, str] = {}
    for key, candidates in of_date.items():
        judge = _by_names if key[0] == "event" else _by_title
        sure |= judge(by_date.get(key, []), candidates)
    return sure


def _by_title(items: list[Entry], facts: list[dict[str, Any]]) -> dict[str, str]:
    of_title = {fact["wikipedia"]: fact["id"] for fact in facts if fact["wikipedia"]}
    found = ((item.id, item.subject.wikipedia) for item in items if item.subject)
    return {id: of_title[title] for id, title in found if title in of_title}


def _by_names(items: list[Entry], facts: list[dict[str, Any]]) -> dict[str, str]:
    scores = {
        (item.id, fact["id"]): _shared(links_of(item), names_of(fact))
        for item in items
        for fact in facts
    }
    sure = {}
    for (item, fact), score in scores.items():
        rivals = [
            other
            for pair, other in scores.items()
            if pair != (item, fact) and (pair[0] == item or pair[1] == fact)
        ]
        if score >= NEAR and score - max(rivals, default=0.0) >= APART:
            sure[item] = fact
    return sure


def _shared(one: set[str], two: set[str]) -> float:
    return len(one & two) / len(one | two) if one | two else 0.0


def measure(
    starter: list[Entry], items: list[Entry], sure: dict[str, str]
) -> tuple[dict[str, Judged], list[tuple[str, str, str]], MergeReport]:
    """Merge, and judge by kind; also returns wrong pairs as item, what was made, what is right."""
    known = {entry.id for entry in starter}
    sure = {item: fact for item, fact in sure.items() if fact in known}
    items_of = {fact: item for item, fact in sure.items()}
    now: dict[str, str] = {}
    report = MergeReport()
    kinds = {item.id: item.kind.value for item in items}
    for _ in merge(
        [("starter", starter), ("pages", items)], wanted=kinds, other_ids=now, report=report
    ):
        pass
    judged: defaultdict[str, Judged] = defaultdict(Judged)
    wrong = []
    for item, fact in sure.items():
        judged[kinds[item]].sure += 1
        judged[kinds[item]].found += now.get(item) == fact
    for item, made in now.items():
        if item in sure or made in items_of:
            judged[kinds[item]].made += 1
            judged[kinds[item]].right += sure.get(item) == made
            if sure.get(item) != made:
                wrong.append((item, made, sure.get(item, "")))
    return dict(judged), wrong, report


def without_half(starter: list[Entry], sure: dict[str, str]) -> list[Entry]:
    """Return the starter without every second of the facts that an item surely tells."""
    gone = {fact for fact in sure.values() if crc32(fact.encode()) % 2}
    return [entry for entry in starter if entry.id not in gone]


def strangers(
    starter: list[Entry], items: list[Entry], sure: dict[str, str]
) -> dict[str, tuple[int, int]]:
    """Return by kind how many items have no partner, and how many were given one nevertheless."""
    left = without_half(starter, sure)
    known = {entry.id for entry in left}
    alone = {item.id: item.kind.value for item in items if sure.get(item.id, item.id) not in known}
    alone = {item: kind for item, kind in alone.items() if item in sure}
    now: dict[str, str] = {}
    for _ in merge([("starter", left), ("pages", items)], wanted=alone, other_ids=now):
        pass
    counts = Counter(alone.values())
    given = Counter(alone[item] for item in now)
    return {kind: (count, given[kind]) for kind, count in counts.items()}


def disputed(starter: list[Entry], conflicts: Iterable[dict[str, Any]]) -> tuple[int, int]:
    """Return how many lost dates could be given back, and how many are kept beside the other."""
    subjects = Counter(
        (entry.kind.value, entry.subject.wikipedia) for entry in starter if entry.subject
    )
    given = []
    for number, each in enumerate(conflicts):
        known = subjects[each["kind"], each.get("wikipedia")] == 1
        if each["kind"] in ("birth", "death") and known:
            given.append(_lost(number, each))
    report = MergeReport()
    shown = {}
    for entry in merge([("starter", starter), ("lost", given)], report=report):
        if entry.references and any(each.source == "lost" for each in entry.references):
            shown[entry.id] = entry
    kept = [
        entry
        for entry in shown.values()
        if any(each.source == "lost" and each.date for each in entry.references)
        and not entry.id.startswith("lost")
    ]
    return len(given), len(kept)


def _lost(number: int, each: dict[str, Any]) -> Entry:
    date = read_written(each["date"])
    civil = civil_day(date)
    who = Entity(slug(each["wikipedia"]), each["wikipedia"], wikipedia=each["wikipedia"])
    return Entry(
        f"lost:{number}",
        Kind(each["kind"]),
        date=date,
        day=civil.day if civil else None,
        participants=(Participant(who, SUBJECT),),
        references=(Reference("lost"),),
    )


def figures(starter: list[Entry], pages: Path, data: Path) -> dict[str, float]:
    """Return the figures that have floors, per cent."""
    items = list(MuffinlabsSource(file=str(pages)).entries())
    sure = truth(items, lines(data / FACTS))
    judged, _, _ = measure(starter, items, sure)
    found = {f"{kind}_recall": each.recall for kind, each in judged.items()}
    found |= {f"{kind}_precision": each.precision for kind, each in judged.items()}
    alone = strangers(starter, items, sure)
    found |= {f"{kind}_left_alone": _left_alone(*counts) for kind, counts in alone.items()}
    given, kept = disputed(starter, lines(data / CONFLICTS))
    return found | {"disputed": 100 * kept / max(given, 1)}


def _left_alone(count: int, given: int) -> float:
    """Return the share of items without a partner that were given none, per cent."""
    return 100 * (count - given) / max(count, 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--wrong", type=int, default=0, help="show so many wrong pairs")
    options = parser.parse_args()
    data = options.shared / "data"
    starter = list(StarterSource().entries())
    items = list(MuffinlabsSource(file=str(data / PAGES)).entries())
    sure = truth(items, lines(data / FACTS))
    started = time.process_time()
    judged, wrong, report = measure(starter, items, sure)
    seconds = time.process_time() - started
    print(f"{'kind':<8}{'sure pairs':>12}{'recall %':>10}{'made':>10}{'precision %':>13}")
    for kind, each in sorted(judged.items()):
        figures = f"{each.sure:>12,}{each.recall:>10.2f}{each.made:>10,}{each.precision:>13.2f}"
        print(f"{kind:<8}{figures}")
    for kind, (count, given) in sorted(strangers(starter, items, sure).items()):
        share = f"{_left_alone(count, given):.2f} %"
        print(f"{kind}s without a partner: {given:,} of {count:,} were given one: {share} alone")
    lost, kept = disputed(starter, lines(data / CONFLICTS))
    print(f"disputed dates: {kept:,} of {lost:,} kept beside the one that is shown")
    print(
        f"{report.read:,} entries into {report.given:,} in {seconds:.1f} s of processor time, "
        f"{1e6 * seconds / report.read:.0f} µs each; "
        f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at most, "
        "with both sources in memory"
    )
    by_id = {entry.id: entry for entry in (*starter, *items)}
    for item, made, right in wrong[: options.wrong]:
        print(f"\n{item}: {by_id[item].line}\n  made one with {_told(by_id, made)}")
        print(f"  right is {_told(by_id, right) if right else 'unknown'}")
    print(f"floors: {tomllib.loads(FLOORS.read_text(encoding='utf-8'))}")


def _told(by_id: dict[str, Entry], id: str) -> str:
    entry = by_id.get(id)
    if entry is None:
        return id
    return f"{id} {entry.label} ({', '.join(part.entity.name for part in entry.participants)})"


if __name__ == "__main__":
    main()
