"""How well a day is picked, against what three independent lists of human editors picked.

    python benchmarks/accuracy/selection.py [--shared ../shared] [--fit]

Measures by day, with 95 % intervals (bootstrap over days), of lead and selected in their order:
recall at 5 and 10 and NDCG at 10 of what two lists or more picked, of each list alone, and how
often the lead is in any list; then how centuries, regions and subjects are spread. Bare: without
lines, and without the entries whose titles were written looking at these lists. `--fit` fits the
numbers anew, cross-validated by day and by list, and prints them as `hodie/selection/usual.toml`
has them.
"""

import argparse
import csv
import gzip
import json
import math
import random
import statistics
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from msgspec.structs import asdict, replace

from hodie.almanac import Entry, Kind
from hodie.dates import MonthDay
from hodie.selection import Policy, choose
from hodie.selection.cast import cast_of
from hodie.selection.merits import event_merits
from hodie.selection.sorts import century_of, era_of, is_woman, region_of, subject_of
from hodie.sources.starter import StarterSource

SHARED = Path(__file__).parents[3] / "shared"
YEAR = 2026
FOLDS = 5
DRAWS = 1000
RIDGE = 10.0
# What two lists or more picked counts so much more in the fit than what one did.
SHARED_PICK = 8.0

Day = tuple[int, int]
Ranking = Callable[[list[Entry]], list[Entry]]


class Case(NamedTuple):
    """A day: the events that could be picked, and which lists picked which, by id.

    `known` are the hidden ones too: editors could pick what the almanac cannot word yet.
    """

    day: MonthDay
    entries: list[Entry]
    known: list[Entry]
    lists: dict[str, set[str]]

    def gold(self, name: str | None = None) -> set[str]:
        """The ids that a list picked; without a name, those that two lists or more did."""
        shown = {entry.id for entry in self.entries}
        if name is not None:
            return shown & {id for id, lists in self.lists.items() if name in lists}
        return shown & {id for id, lists in self.lists.items() if len(lists) > 1}


class Shelf:
    """What a selection asks of an almanac, over the events of one day."""

    def __init__(self, entries: list[Entry]) -> None:
        self.entries = sorted(entries, key=lambda entry: -entry.weight)

    def day(self, day: MonthDay, kind: Kind | None = None, *, limit: int = 50) -> list[Entry]:
        return self.entries[:limit] if kind is Kind.EVENT else []


class Starter:
    """The entries of the starter by day, without building an almanac."""

    def __init__(self) -> None:
        self._days: dict[tuple[MonthDay, Kind | None], list[Entry]] = defaultdict(list)
        for entry in StarterSource().entries():
            if entry.day is not None:
                self._days[entry.day, entry.kind].append(entry)
        for entries in self._days.values():
            entries.sort(key=lambda entry: (-entry.weight, entry.id))

    def day(
        self,
        day: MonthDay,
        kind: Kind | None = None,
        *,
        limit: int | None = 50,
        hidden: bool = False,
    ) -> list[Entry]:
        entries = self._days.get((day, kind), [])
        return [entry for entry in entries if hidden or not entry.hidden][:limit]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--fit", action="store_true", help="fit the numbers anew")
    options = parser.parse_args()
    data = options.shared / "data"
    if not (data / "editorial-train.ndjson.gz").exists():
        sys.exit(f"no editors' lists in {str(data)!r}; name the folder above it with --shared")
    starter = Starter()
    bare, shipped = cases(starter, data), cases(starter, data, lines=True)
    print_measures("bare", bare)
    print_measures("as shipped, with lines and titles by hand", shipped)
    print_coverage(shipped)
    print_people(starter, data)
    if options.fit:
        print_fit(bare)


# ------------------------------------------------------------------ what was picked


def cases(starter: Starter, data: Path, *, lines: bool = False) -> list[Case]:
    """The days of the lists; without lines, what only a line brought out of hiding is left out."""
    picked, by_hand = read_lists(data), read_hand(data)
    found = []
    for day, lists in sorted(picked.items()):
        known = starter.day(MonthDay(*day), Kind.EVENT, limit=None, hidden=True)
        entries = [entry for entry in known if not entry.hidden]
        if not lines:
            known = [replace(entry, line=None) for entry in known if entry.id not in by_hand]
            entries = [entry for entry in known if entry.title and not entry.hidden]
        found.append(Case(MonthDay(*day), entries, known, lists))
    return found


def read_lists(data: Path) -> dict[Day, dict[str, set[str]]]:
    """Which lists picked an event, by day and id."""
    picked: dict[Day, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    with gzip.open(data / "editorial-train.ndjson.gz", "rt") as rows:
        for row in map(json.loads, rows):
            day = picked[row["month"], row["day"]]
            if row["id"] and row["kind"] == "event":
                day[row["id"]].add(row["list"])
    return picked


def read_hand(data: Path) -> set[str]:
    """The entries that were titled because several lists had picked them."""
    with (data / "hand_titles.tsv").open(encoding="utf-8", newline="") as rows:
        return {row[0] for row in csv.reader(rows, delimiter="\t")}


def list_names(days: Iterable[Case]) -> list[str]:
    return sorted({name for case in days for lists in case.lists.values() for name in lists})


# ------------------------------------------------------------------ rankings


def picked(policy: Policy) -> Callable[[Case], list[Entry]]:
    """Rank as a page does, ten long: the lead, then what stands beside it."""
    ten = replace(policy, selected=9, births=0, deaths=0, holidays=0)

    def ranking(case: Case) -> list[Entry]:
        lineup = choose(Shelf(case.entries), case.day, YEAR, ten, leap_day="omit")
        picks = [lineup.lead, *lineup.selected] if lineup.lead else []
        return [pick.entry for pick in picks]

    return ranking


def _by(key: Callable[[Entry], Any]) -> Callable[[Case], list[Entry]]:
    return lambda case: sorted(case.entries, key=key)[:10]


def _chance(entry: Entry) -> float:
    return random.Random(entry.id).random()


BASELINES = {
    "weight alone": _by(lambda entry: -entry.weight),
    "number of links": _by(lambda entry: (-len(entry.participants), entry.id)),
    "order of year": _by(lambda entry: (entry.date.earliest if entry.date else 0, entry.id)),
    "random": _by(_chance),
}


# ------------------------------------------------------------------ measures


def recall(ranked: Sequence[Entry], gold: set[str], at: int) -> float:
    """How much of the gold stands among the first `at`."""
    return sum(entry.id in gold for entry in ranked[:at]) / len(gold)


def ndcg(ranked: Sequence[Entry], gold: set[str], at: int) -> float:
    """How high the gold stands, as against all of it at the top."""
    gains = sum(1 / math.log2(n + 2) for n, entry in enumerate(ranked[:at]) if entry.id in gold)
    return gains / sum(1 / math.log2(n + 2) for n in range(min(at, len(gold))))


def by_day(
    days: Iterable[Case], ranking: Callable[[Case], list[Entry]], name: str | None = None
) -> dict[str, list[float]]:
    """Each measure, a value a day; days without anything to find say nothing."""
    values: dict[str, list[float]] = defaultdict(list)
    for case in days:
        ranked = ranking(case)
        if ranked and name is None:
            values["lead_in_a_list"].append(float(bool(case.lists.get(ranked[0].id))))
        if gold := case.gold(name):
            values["recall_at_5"].append(recall(ranked, gold, 5))
            values["recall_at_10"].append(recall(ranked, gold, 10))
            values["ndcg_at_10"].append(ndcg(ranked, gold, 10))
    return values


def measures(days: Iterable[Case], ranking: Callable[[Case], list[Entry]]) -> dict[str, float]:
    """The mean of each measure over the days."""
    return {name: statistics.fmean(each) for name, each in by_day(days, ranking).items()}


def interval(values: Sequence[float]) -> tuple[float, float]:
    """The middle 95 % of the means of days drawn with replacement, the same ones each time."""
    drawn = random.Random(1)
    means = sorted(statistics.fmean(drawn.choices(values, k=len(values))) for _ in range(DRAWS))
    return means[int(0.025 * DRAWS)], means[int(0.975 * DRAWS)]


def gain(days: Sequence[Case], ranking: Callable[[Case], list[Entry]]) -> list[float]:
    """Recall at 5 over that of weight alone: as measured, and its interval over the same days."""
    ours = by_day(days, ranking)["recall_at_5"]
    theirs = by_day(days, BASELINES["weight alone"])["recall_at_5"]
    drawn, ratios = random.Random(1), []
    for _ in range(DRAWS):
        some = drawn.choices(range(len(ours)), k=len(ours))
        ratios.append(sum(ours[n] for n in some) / (sum(theirs[n] for n in some) or 1))
    ratios.sort()
    return [sum(ours) / sum(theirs), ratios[int(0.025 * DRAWS)], ratios[int(0.975 * DRAWS)]]


def print_measures(what: str, days: list[Case]) -> None:
    """One line a ranking, then one a list."""
    rankings = {"this selection": picked(Policy()), **BASELINES}
    found = sum(bool(case.gold()) for case in days)
    print(f"\n{what}: {len(days)} days, {found} with a pick of two lists or more")
    heads = ("recall_at_5", "recall_at_10", "ndcg_at_10", "lead_in_a_list")
    print(f"{'':26}" + "".join(f"{head:>24}" for head in heads))
    for name, ranking in rankings.items():
        values = by_day(days, ranking)
        print(f"{name:26}" + "".join(f"{_figure(values[head]):>24}" for head in heads))
    for name in list_names(days):
        for which in ("this selection", "weight alone"):
            values = by_day(days, rankings[which], name)
            figures = "".join(f"{_figure(values[head]):>24}" for head in heads[:3])
            print(f"{name[:10] + ', ' + which:26}{figures}")
    ratio, low, high = gain(days, rankings["this selection"])
    print(f"recall at 5 over weight alone: {ratio:.2f} [{low:.2f}, {high:.2f}]")


def _figure(values: Sequence[float]) -> str:
    low, high = interval(values)
    return f"{statistics.fmean(values):.3f} [{low:.3f}, {high:.3f}]"


# ------------------------------------------------------------------ coverage

SORTS: dict[str, Callable[[Entry], object]] = {
    "century": century_of,
    "era": era_of,
    "region": region_of,
    "subject": subject_of,
}


def print_coverage(days: list[Case]) -> None:
    """How what is picked is spread, beside the lists and everything that could be picked."""
    ranking = picked(Policy())
    groups = {"this selection": [ranking(case)[:5] for case in days]}
    for name in list_names(days):
        groups[name] = [five([e for e in case.entries if e.id in case.gold(name)]) for case in days]
    groups["all candidates"] = [five(case.entries) for case in days]
    print("\nvariety: how many different ones among five, over days with five")
    for name, fives in groups.items():
        full = [each for each in fives if len(each) == 5]
        figures = "".join(f"{what} {distinct(full, of):.2f}  " for what, of in SORTS.items())
        print(f"  {name:26}{figures}({len(full)} days)")
    for what in ("era", "region", "subject"):
        print(f"\n{what}: share in per cent")
        for name, fives in groups.items():
            shares = share([entry for each in fives for entry in each], SORTS[what])
            print(f"  {name:26}" + ", ".join(f"{sort} {part:.0%}" for sort, part in shares))


def print_people(starter: Starter, data: Path) -> None:
    """Women among births and deaths, as far as descriptions tell: a lower bound for each alike."""
    chosen = {"this selection": Counter[bool](), "all candidates": Counter[bool]()}
    picked = read_picked_people(data)
    chosen["the lists"] = Counter()
    for day in MonthDay.all():
        lineup = choose(starter, day, YEAR, leap_day="omit")
        some = [pick.entry for pick in (*lineup.births, *lineup.deaths)]
        both = [e for k in (Kind.BIRTH, Kind.DEATH) for e in starter.day(day, k, limit=None)]
        chosen["this selection"].update(map(of_a_woman, some))
        chosen["all candidates"].update(map(of_a_woman, both))
        chosen["the lists"].update(of_a_woman(entry) for entry in both if entry.id in picked)
    print("\nwomen among births and deaths, as far as descriptions tell")
    for name, counts in chosen.items():
        print(f"  {name:26}{counts[True] / counts.total():.1%} of {counts.total():,}")


def of_a_woman(entry: Entry) -> bool:
    """Whether a description says so; most do not say."""
    return entry.subject is not None and is_woman(entry.subject)


def read_picked_people(data: Path) -> set[str]:
    """The births and deaths that any list picked."""
    with gzip.open(data / "editorial-train.ndjson.gz", "rt") as rows:
        found = map(json.loads, rows)
        return {row["id"] for row in found if row["id"] and row["kind"] in ("birth", "death")}


def five(entries: list[Entry]) -> list[Entry]:
    """Five of them, the same each time."""
    return sorted(entries, key=_chance)[:5]


def distinct(fives: list[list[Entry]], of: Callable[[Entry], object]) -> float:
    counts = [len({of(entry) for entry in each} - {None}) for each in fives]
    return statistics.fmean(counts) if counts else math.nan


def share(entries: list[Entry], of: Callable[[Entry], object]) -> list[tuple[str, float]]:
    counts = Counter(str(of(entry)) for entry in entries)
    return [(sort, count / len(entries)) for sort, count in counts.most_common()]


# ------------------------------------------------------------------ the fit

Sparse = list[tuple[int, float]]
Choice = tuple[list[Sparse], list[float]]


class _Ones(dict[str, float]):
    """A table in which everything counts 1."""

    def get(self, key: str, default: Any = None) -> Any:
        return 1.0


# Sources that list whatever they have, so that standing in them alone says little.
BULK = (
    "Wikidata",
    "HeidelTime, dates of wars",
    "NOAA, Significant Earthquake Database",
)
NUMBERS = ("weight", "renown", "agreement", "links")
DOUBTS = ("calendar_doubtful", "date_disputed")
TABLES = ("kinds", "eras", "regions", "sources")
# From the fit to the policy. A feature of sources is -1 where nothing better backs an entry. Of
# what the fit says of eras and regions three quarters are used: in full, a page had less variety
# than the lists, whose editors sit in the United States, Spain and Argentina.
FACTORS = {"sources": -1.0, "eras": 0.75, "regions": 0.75}
# Held back less than the rest, since there is plenty of evidence on each.
FREE = ("weight", "renown")
APART = ("line", "title_made", "dull", "recent", "fame", "place_fame")
ANNIVERSARIES = ("century", "half_century", "round_anniversary")
PLAIN: dict[str, Any] = {
    **dict.fromkeys((*NUMBERS, *DOUBTS), 1.0),
    **dict.fromkeys((*APART, *ANNIVERSARIES), 0.0),
}
UNIT = Policy(
    **PLAIN,
    kinds=_Ones(),
    eras=_Ones(),
    regions=_Ones(),
    sources=dict.fromkeys(BULK, -1.0),
)


def features(entry: Entry) -> dict[str, float]:
    """What each number of the policy is multiplied by for an entry."""
    cast = cast_of(entry)
    merits = event_merits(entry, YEAR, UNIT, cast, region_of(entry, cast))
    return {reason.feature: reason.value for reason in merits}


def fitted(days: Sequence[Case], lists: Sequence[str]) -> dict[str, float]:
    """Fit the numbers on what these lists picked, in the unit of weight."""
    tables = [[features(entry) for entry in case.known] for case in days]
    names = sorted({name for table in tables for row in table for name in row})
    place = {name: n for n, name in enumerate(names)}
    sizes = Counter(
        name
        for case in days
        for entry in case.known
        for name in case.lists.get(entry.id, ())
        if name in lists
    )
    choices = []
    for case, table in zip(days, tables, strict=True):
        rows = [[(place[name], value) for name, value in row.items()] for row in table]
        choices.append((rows, [_mass(case, entry, lists, sizes) for entry in case.known]))
    ridge = [_ridge(name) for name in names]
    numbers = conditional_logit(choices, ridge)
    unit = numbers[place["weight"]]
    return {name: numbers[n] / unit for name, n in place.items()}


def _ridge(name: str) -> float:
    return RIDGE / 10 if name in FREE else RIDGE


def _mass(case: Case, entry: Entry, lists: Sequence[str], sizes: Counter[str]) -> float:
    """Give every list the same say, and more weight to what several picked."""
    who = [name for name in case.lists.get(entry.id, ()) if name in lists]
    return sum(1000 / sizes[name] for name in who) + SHARED_PICK * (len(who) > 1)


def conditional_logit(choices: Sequence[Choice], ridge: Sequence[float]) -> list[float]:
    """Return the maximum of the penalised likelihood, by Newton's method."""
    size = len(ridge)
    numbers = [0.0] * size
    for _ in range(12):
        slope = [-each * number for each, number in zip(ridge, numbers, strict=True)]
        bend = [[0.0] * size for _ in range(size)]
        for n in range(size):
            bend[n][n] = ridge[n]
        for rows, masses in choices:
            _add(rows, masses, numbers, slope, bend)
        step = solved(bend, slope)
        longest = max(map(abs, step))
        numbers = [a + b * min(1.0, 2 / longest) for a, b in zip(numbers, step, strict=True)]
        if longest < 1e-4:
            break
    return numbers


def _add(
    rows: list[Sparse],
    masses: list[float],
    numbers: list[float],
    slope: list[float],
    bend: list[list[float]],
) -> None:
    """Add one day's part to slope and curvature of the likelihood."""
    mass = sum(masses)
    if not mass:
        return
    scores = [sum(numbers[n] * value for n, value in row) for row in rows]
    top = max(scores)
    chances = [math.exp(score - top) for score in scores]
    whole = sum(chances)
    mean: dict[int, float] = defaultdict(float)
    for row, chance, picks in zip(rows, chances, masses, strict=True):
        part = chance / whole
        for n, value in row:
            mean[n] += part * value
            slope[n] += (picks - mass * part) * value
            for m, other in row:
                bend[n][m] += mass * part * value * other
    for n, value in mean.items():
        for m, other in mean.items():
            bend[n][m] -= mass * value * other


def solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Solve a system of linear equations whose matrix is positive definite."""
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for n, pivot in enumerate(rows):
        for row in rows[n + 1 :]:
            if factor := row[n] / pivot[n]:
                for m in range(n, len(pivot)):
                    row[m] -= factor * pivot[m]
    found = [0.0] * len(rows)
    for n in range(len(rows) - 1, -1, -1):
        known = sum(rows[n][m] * found[m] for m in range(n + 1, len(rows)))
        found[n] = (rows[n][-1] - known) / rows[n][n]
    return found


def policy_of(numbers: dict[str, float]) -> Policy:
    """The usual policy with fitted numbers in place of its own."""
    tables: dict[str, dict[str, float]] = {table: {} for table in TABLES}
    plain = dict.fromkeys((*NUMBERS, *DOUBTS), 0.0)
    for name, value in numbers.items():
        table, _, sort = name.partition(".")
        if sort:
            tables[table][sort] = value * FACTORS.get(table, 1.0)
        else:
            plain[name] = value
    return Policy(**(asdict(Policy()) | plain | tables))


def folds(days: list[Case]) -> Iterator[tuple[list[Case], list[Case]]]:
    """Split days into those to fit on and those to measure on."""
    shuffled = random.Random(1).sample(days, len(days))
    for n in range(FOLDS):
        held = shuffled[n::FOLDS]
        yield [case for case in shuffled if case not in held], held


def crossed(days: list[Case], lists: Sequence[str]) -> Callable[[Case], list[Entry]]:
    """Rank each day by numbers fitted without it, on some lists."""
    rankings: dict[MonthDay, Callable[[Case], list[Entry]]] = {}
    for others, held in folds(days):
        ranking = picked(policy_of(fitted(others, lists)))
        rankings.update((case.day, ranking) for case in held)
    return lambda case: rankings[case.day](case)


def print_fit(days: list[Case]) -> None:
    """Cross-validate, then fit on everything."""
    names = list_names(days)
    everything = crossed(days, names)
    ratio, low, high = gain(days, everything)
    values = by_day(days, everything)
    print(
        "\nfitted without the day measured: "
        + ", ".join(f"{name} {_figure(each)}" for name, each in values.items())
    )
    print(f"  recall at 5 over weight alone: {ratio:.2f} [{low:.2f}, {high:.2f}]")
    for name in names:
        ranking = crossed(days, [other for other in names if other != name])
        ours = by_day(days, ranking, name)["recall_at_5"]
        theirs = by_day(days, BASELINES["weight alone"], name)["recall_at_5"]
        shared = by_day(days, ranking)["recall_at_5"]
        print(f"  nor the list: {name} {_figure(ours)}, weight alone {_figure(theirs)}; "
              f"picks of two lists {_figure(shared)}")  # fmt: skip
    print_table(policy_of(fitted(days, names)))


def print_table(policy: Policy) -> None:
    """The numbers as usual.toml has them."""
    print("\n[fitted]")
    for name in (*NUMBERS, *DOUBTS):
        print(f"{name} = {getattr(policy, name):.2f}")
    for table in TABLES:
        print(f"\n[fitted.{table}]")
        for name, value in sorted(getattr(policy, table).items()):
            key = name if name.isidentifier() and name.isascii() else json.dumps(name)
            print(f"{key} = {value:.2f}")


if __name__ == "__main__":
    main()
