"""How well a day is picked, against what three independent lists of human editors picked.

    python benchmarks/accuracy/selection.py [--shared ../shared] [--fit] [--tune]

Measures by day, with 95 % intervals (bootstrap over days), of lead and selected in their order:
recall at 5 and 10 and NDCG at 10 of what two lists or more picked, of each list alone, and how
often the lead is in any list; then how centuries, regions and subjects are spread.

"Facts alone" is the main set: every event that is known of the day, with a title or without one,
hidden or not, without lines, and without the titles that were written by hand. "As shipped" is
what a reader can see.

`--fit` cross-validates by day and by list, and prints the numbers as `hodie/selection/usual.toml`
has them. `--tune` compares how hard the ridge holds back, and what a pick of two lists counts.
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

import numpy as np
from msgspec.structs import asdict, replace

from hodie.almanac import Entry, Kind
from hodie.dates import MonthDay
from hodie.selection import Policy, choose
from hodie.selection.cast import cast_of
from hodie.selection.merits import event_merits
from hodie.selection.sorts import century_of, era_of, is_woman, region_of, subject_of
from hodie.sources.starter import StarterSource

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
HAND = ROOT / "tools" / "starter_build" / "titles.tsv"
YEAR = 2026
FOLDS = 5
# Days are dealt into folds so many times, each time otherwise: one dealing alone is too lucky.
DEALS = (1, 2, 3)
DRAWS = 1000
# Both by `--tune`: the best mean of what was reached on days and on lists not seen.
RIDGE = 3.0
# What two lists or more picked counts so much more in the fit than what one did.
SHARED_PICK = 8.0

Day = tuple[int, int]


class Case(NamedTuple):
    """A day: the events that could be picked, and which lists picked which, by id."""

    day: MonthDay
    entries: list[Entry]
    lists: dict[str, set[str]]

    def gold(self, name: str | None = None, *, shared: bool = True) -> set[str]:
        """The ids that two lists or more picked, this one among them if it has a name.

        Not `shared`: all that this list picked.
        """
        least = 2 if shared else 1
        return {
            id
            for id, lists in self.lists.items()
            if len(lists) >= least and (name is None or name in lists)
        }


Ranked = Callable[[Case], list[Entry]]


class Shelf:
    """What a selection asks of an almanac, over the events of one day."""

    def __init__(self, entries: list[Entry]) -> None:
        self.entries = sorted(entries, key=lambda entry: -entry.weight)

    def day(self, day: MonthDay, kind: Kind | None = None, *, limit: int = 50) -> list[Entry]:
        return self.entries[:limit] if kind is Kind.EVENT else []


class Starter:
    """The entries of the starter by day, without building an almanac."""

    def __init__(self, *, lines: bool = True) -> None:
        self._days: dict[tuple[MonthDay, Kind | None], list[Entry]] = defaultdict(list)
        for entry in StarterSource(lines=lines).entries():
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
    parser.add_argument("--tune", action="store_true", help="compare ways to fit")
    options = parser.parse_args()
    data = options.shared / "data"
    if not (data / "editorial-train.ndjson.gz").exists():
        sys.exit(f"no editors' lists in {str(data)!r}; name the folder above it with --shared")
    starter = Starter()
    facts, shipped = facts_alone(data), as_shipped(starter, data)
    print_measures("facts alone, hidden ones too", facts)
    print_measures("as shipped, with lines and titles by hand", shipped)
    print_editors(facts)
    print_coverage({"facts alone": facts, "as shipped": shipped})
    print_people(starter, data)
    if options.fit:
        print_fit(facts)
    if options.tune:
        print_tuning(facts)


# ------------------------------------------------------------------ what was picked


def facts_alone(data: Path) -> list[Case]:
    """The days of the lists with all their events, and nothing that gives the picks away.

    Most of what several lists picked was titled by hand, and hidden before: who leaves these out,
    or leaves "hidden" in, measures something else. The kinds stay, though hands went over them as
    well: without them the picks would stand out as those that have none.
    """
    starter, by_hand = Starter(lines=False), read_hand(data)

    def plain(entry: Entry) -> Entry:
        flags = tuple(flag for flag in entry.flags if flag != "hidden")
        if entry.id in by_hand:
            return replace(entry, title=None, flags=flags)
        return replace(entry, flags=flags)

    return _cases(data, lambda day: list(map(plain, _known(starter, day))), starter)


def as_shipped(starter: Starter, data: Path) -> list[Case]:
    """The same days as a reader can see them: a pick that stays hidden cannot be found."""
    return _cases(data, lambda day: starter.day(day, Kind.EVENT, limit=None), starter)


def _cases(data: Path, entries: Callable[[MonthDay], list[Entry]], starter: Starter) -> list[Case]:
    found = []
    for (month, number), lists in sorted(read_lists(data).items()):
        day = MonthDay(month, number)
        ids = {entry.id for entry in _known(starter, day)}
        there = {id: names for id, names in lists.items() if id in ids}
        found.append(Case(day, entries(day), there))
    return found


def _known(starter: Starter, day: MonthDay) -> list[Entry]:
    return starter.day(day, Kind.EVENT, limit=None, hidden=True)


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
    """The entries that a person titled, many because several lists had picked them."""
    found = set()
    for path in (data / "hand_titles.tsv", HAND):
        with path.open(encoding="utf-8", newline="") as rows:
            found |= {row[0] for row in csv.reader(rows, delimiter="\t") if row}
    return found


def list_names(days: Iterable[Case]) -> list[str]:
    return sorted({name for case in days for lists in case.lists.values() for name in lists})


# ------------------------------------------------------------------ rankings


def picked(policy: Policy) -> Ranked:
    """Rank as a page does, ten long: the lead, then what stands beside it."""
    ten = replace(policy, selected=9, births=0, deaths=0, holidays=0)

    def ranking(case: Case) -> list[Entry]:
        lineup = choose(Shelf(case.entries), case.day, YEAR, ten, leap_day="omit")
        picks = [lineup.lead, *lineup.selected] if lineup.lead else []
        return [pick.entry for pick in picks]

    return ranking


def _by(key: Callable[[Entry], Any]) -> Ranked:
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
    days: Iterable[Case],
    ranking: Ranked,
    name: str | None = None,
    *,
    shared: bool = True,
) -> dict[str, list[float]]:
    """Each measure, a value a day; days without anything to find say nothing."""
    values: dict[str, list[float]] = defaultdict(list)
    for case in days:
        ranked = ranking(case)
        if ranked and name is None:
            values["lead_in_a_list"].append(float(bool(case.lists.get(ranked[0].id))))
        if gold := case.gold(name, shared=shared):
            values["recall_at_5"].append(recall(ranked, gold, 5))
            values["recall_at_10"].append(recall(ranked, gold, 10))
            values["ndcg_at_10"].append(ndcg(ranked, gold, 10))
    return values


def measures(days: Iterable[Case], ranking: Ranked) -> dict[str, float]:
    """The mean of each measure over the days."""
    return {name: statistics.fmean(each) for name, each in by_day(days, ranking).items()}


def interval(values: Sequence[float]) -> tuple[float, float]:
    """The middle 95 % of the means of days drawn with replacement, the same ones each time."""
    drawn = random.Random(1)
    means = sorted(statistics.fmean(drawn.choices(values, k=len(values))) for _ in range(DRAWS))
    return means[int(0.025 * DRAWS)], means[int(0.975 * DRAWS)]


def gain(ours: Sequence[float], theirs: Sequence[float]) -> tuple[float, float, float]:
    """The ratio of two measures of the same days, and its interval over days drawn anew."""
    drawn, ratios = random.Random(1), []
    for _ in range(DRAWS):
        some = drawn.choices(range(len(ours)), k=len(ours))
        ratios.append(sum(ours[n] for n in some) / (sum(theirs[n] for n in some) or 1))
    ratios.sort()
    return sum(ours) / sum(theirs), ratios[int(0.025 * DRAWS)], ratios[int(0.975 * DRAWS)]


def over_weight(days: Sequence[Case], ranking: Ranked) -> float:
    """Recall at 5 over that of weight alone."""
    theirs = by_day(days, BASELINES["weight alone"])["recall_at_5"]
    return gain(by_day(days, ranking)["recall_at_5"], theirs)[0]


def print_measures(what: str, days: list[Case]) -> None:
    """One line a ranking, then one a list."""
    rankings = {"this selection": picked(Policy()), **BASELINES}
    golds = [gold for case in days if (gold := case.gold())]
    known = sum(len(case.entries) for case in days)
    print(
        f"\n{what}: {len(days)} days, {known:,} events; "
        f"{len(golds)} days with {sum(map(len, golds))} picks of two lists or more"
    )
    heads = ("recall_at_5", "recall_at_10", "ndcg_at_10", "lead_in_a_list")
    print(f"{'':26}" + "".join(f"{head:>24}" for head in heads))
    for name, ranking in rankings.items():
        values = by_day(days, ranking)
        print(f"{name:26}" + "".join(f"{_figure(values[head]):>24}" for head in heads))
    for name in list_names(days):
        for which in ("this selection", "weight alone"):
            values = by_day(days, rankings[which], name, shared=False)
            figures = "".join(f"{_figure(values[head]):>24}" for head in heads[:3])
            print(f"{name[:10] + ', ' + which:26}{figures}")
    ours, theirs = (
        by_day(days, rankings[which])["recall_at_5"] for which in ("this selection", "weight alone")
    )
    print(f"recall at 5 over weight alone: {_ratio(ours, theirs)}")


def print_editors(days: list[Case]) -> None:
    """How well one list foretells another: as far as editors agree, and no further."""
    print("\nrecall at 5 of all that a list picked, by another list's picks, the weightiest first")
    for name in list_names(days):
        weight = by_day(days, BASELINES["weight alone"], name, shared=False)["recall_at_5"]
        for other in list_names(days):
            if other != name:
                ours = by_day(days, _by_list(other), name, shared=False)["recall_at_5"]
                print(f"  {name} by {other}: {_figure(ours)}, over weight {_ratio(ours, weight)}")
        best = by_day(days, _by_list(name), name, shared=False)["recall_at_5"]
        print(f"  {name} by itself: {statistics.fmean(best):.3f}, as more than five were picked")


def _by_list(name: str) -> Ranked:
    def ranking(case: Case) -> list[Entry]:
        def key(entry: Entry) -> tuple[bool, float]:
            return name not in case.lists.get(entry.id, ()), -entry.weight

        return sorted(case.entries, key=key)[:10]

    return ranking


def _ratio(ours: Sequence[float], theirs: Sequence[float]) -> str:
    ratio, low, high = gain(ours, theirs)
    return f"{ratio:.2f} [{low:.2f}, {high:.2f}]"


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


def print_coverage(sets: dict[str, list[Case]]) -> None:
    """How what is picked is spread, beside the lists and everything that could be picked."""
    ranking = picked(Policy())
    groups = {
        f"this selection, {what}": [ranking(case)[:5] for case in days]
        for what, days in sets.items()
    }
    facts = next(iter(sets.values()))
    for name in list_names(facts):
        groups[name] = [
            five([entry for entry in case.entries if name in case.lists.get(entry.id, ())])
            for case in facts
        ]
    groups["all candidates"] = [five(case.entries) for case in facts]
    print("\nvariety: how many different ones among five, over days with five")
    for name, fives in groups.items():
        full = [each for each in fives if len(each) == 5]
        figures = "".join(f"{what} {distinct(full, of):.2f}  " for what, of in SORTS.items())
        print(f"  {name:30}{figures}({len(full)} days)")
    for what in ("era", "region", "subject"):
        print(f"\n{what}: share in per cent")
        for name, fives in groups.items():
            shares = share([entry for each in fives for entry in each], SORTS[what])
            print(f"  {name:30}" + ", ".join(f"{sort} {part:.0%}" for sort, part in shares))


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


def women_picked(starter: Starter, days: Iterable[MonthDay]) -> float:
    """The share of women among the births and deaths that these days tell."""
    counts = Counter(
        of_a_woman(pick.entry)
        for day in days
        for lineup in (choose(starter, day, YEAR, leap_day="omit"),)
        for pick in (*lineup.births, *lineup.deaths)
    )
    return counts[True] / counts.total()


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

Array = np.ndarray[Any, np.dtype[np.float64]]
# A day: its events by features, and how much each was picked.
Choice = tuple[Array, Array]


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
NUMBERS = ("weight", "renown", "household", "agreement", "links")
DOUBTS = ("calendar_doubtful", "date_disputed")
TABLES = ("kinds", "eras", "regions", "sources")
# From the fit to the policy. A feature of sources is -1 where nothing better backs an entry. Of
# what the fit says of eras and regions half is used: in full, a page had less variety than the
# lists, whose editors sit in the United States, Spain and Argentina.
FACTORS = {"sources": -1.0, "eras": 0.5, "regions": 0.5}
# Held back less than the rest, since there is plenty of evidence on each.
FREE = ("weight", "renown", "household")
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


class Table(NamedTuple):
    """The features of all days, read once: a matrix a day, (events, names)."""

    names: list[str]
    rows: dict[MonthDay, Array]


def tabled(days: Sequence[Case]) -> Table:
    found = {case.day: [features(entry) for entry in case.entries] for case in days}
    names = sorted({name for rows in found.values() for row in rows for name in row})
    rows = {
        day: np.array([[row.get(name, 0.0) for name in names] for row in table])
        for day, table in found.items()
    }
    return Table(names, rows)


class Fit(NamedTuple):
    """How a fit is held back, and what it is made of."""

    table: Table
    ridge: float = RIDGE
    shared_pick: float = SHARED_PICK

    def numbers(self, days: Sequence[Case], lists: Sequence[str]) -> dict[str, float]:
        """Fit the numbers on what these lists picked on these days; 1 makes the odds tenfold."""
        sizes = Counter(
            name
            for case in days
            for entry in case.entries
            for name in case.lists.get(entry.id, ())
            if name in lists
        )
        choices = [
            (
                self.table.rows[case.day],
                np.array([self._mass(case, entry, lists, sizes) for entry in case.entries]),
            )
            for case in days
        ]
        names = self.table.names
        ridge = [self.ridge / 10 if name in FREE else self.ridge for name in names]
        found = conditional_logit(choices, np.array(ridge))
        tenfold = math.log(10)
        return {name: float(number / tenfold) for name, number in zip(names, found, strict=True)}

    def _mass(self, case: Case, entry: Entry, lists: Sequence[str], sizes: Counter[str]) -> float:
        """Give every list the same say, and more weight to what several picked."""
        who = [name for name in case.lists.get(entry.id, ()) if name in lists]
        return sum(1000 / sizes[name] for name in who) + self.shared_pick * (len(who) > 1)


def conditional_logit(choices: Sequence[Choice], ridge: Array) -> Array:
    """Return the maximum of the penalised likelihood, by Newton's method."""
    numbers = np.zeros(len(ridge))
    for _ in range(12):
        slope, bend = -ridge * numbers, np.diag(ridge)
        for rows, masses in choices:
            scores = rows @ numbers
            chances = np.exp(scores - scores.max())
            chances /= chances.sum()
            mean, mass = chances @ rows, masses.sum()
            slope += rows.T @ (masses - mass * chances)
            bend += mass * ((rows.T * chances) @ rows - np.outer(mean, mean))
        step = np.linalg.solve(bend, slope)
        longest = np.abs(step).max()
        numbers += step * min(1.0, 2 / longest)
        if longest < 1e-4:
            break
    return numbers


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


def folds(days: list[Case], deal: int) -> Iterator[tuple[list[Case], list[Case]]]:
    """Split days into those to fit on and those to measure on."""
    shuffled = random.Random(deal).sample(days, len(days))
    for n in range(FOLDS):
        held = shuffled[n::FOLDS]
        yield [case for case in shuffled if case not in held], held


def crossed(days: list[Case], lists: Sequence[str], fit: Fit, deal: int) -> Ranked:
    """Rank each day by numbers fitted without it, on some lists."""
    found: dict[MonthDay, list[Entry]] = {}
    for others, held in folds(days, deal):
        ranking = picked(policy_of(fit.numbers(others, lists)))
        found.update((case.day, ranking(case)) for case in held)
    return lambda case: found[case.day]


def unseen(
    days: list[Case], fit: Fit, without: str | None = None, deals: Sequence[int] = DEALS
) -> list[Ranked]:
    """Rank by numbers fitted without the day, and without a list; once a deal."""
    names = [name for name in list_names(days) if name != without]
    return [crossed(days, names, fit, deal) for deal in deals]


def averaged(
    days: list[Case], rankings: Sequence[Ranked], name: str | None = None, *, shared: bool = True
) -> dict[str, list[float]]:
    """Each measure, a value a day: its mean over the rankings."""
    each = [by_day(days, ranking, name, shared=shared) for ranking in rankings]
    return {
        measure: [
            statistics.fmean(values) for values in zip(*(one[measure] for one in each), strict=True)
        ]
        for measure in each[0]
    }


def gain_unseen(
    days: list[Case], fit: Fit, name: str | None = None, deals: Sequence[int] = DEALS
) -> float:
    """Recall at 5 over that of weight alone, without the day; with a name, without the list."""
    ours = averaged(days, unseen(days, fit, name, deals), name)["recall_at_5"]
    return gain(ours, by_day(days, BASELINES["weight alone"], name)["recall_at_5"])[0]


def print_fit(days: list[Case]) -> None:
    """Cross-validate, then fit on everything."""
    names, fit = list_names(days), Fit(tabled(days))
    values, theirs = averaged(days, unseen(days, fit)), by_day(days, BASELINES["weight alone"])
    figures = ", ".join(f"{name} {_figure(each)}" for name, each in values.items())
    print(f"\nfitted without the day measured: {figures}")
    print(
        f"  recall at 5 over weight alone: {_ratio(values['recall_at_5'], theirs['recall_at_5'])}"
    )
    for name in names:
        rankings = unseen(days, fit, name)
        for shared, what in ((True, "it and another picked"), (False, "it picked")):
            ours = averaged(days, rankings, name, shared=shared)["recall_at_5"]
            weight = by_day(days, BASELINES["weight alone"], name, shared=shared)["recall_at_5"]
            print(f"  nor the list, what {what}: {name} {_figure(ours)}, "
                  f"weight alone {_figure(weight)}, ratio {_ratio(ours, weight)}")  # fmt: skip
    print_unread(days, fit)
    print_table(policy_of(fit.numbers(days, names)))


def unread(days: Sequence[Case]) -> list[Case]:
    """The days whose picks nobody had read who wrote the household names."""
    return [case for number, case in enumerate(days) if number >= 60 and number % 6]


def print_unread(days: list[Case], fit: Fit) -> None:
    """The same without the day, and without the day and the list, on those days alone."""
    some = unread(days)
    print(f"of these, {len(some)} days whose picks were not read when the names were written:")
    for name in (None, *list_names(days)):
        ours = averaged(some, unseen(days, fit, name), name)["recall_at_5"]
        theirs = by_day(some, BASELINES["weight alone"], name)["recall_at_5"]
        what = f"without {name}" if name else "without the day"
        print(f"  {what}: {_figure(ours)}, ratio {_ratio(ours, theirs)}")


def print_tuning(days: list[Case]) -> None:
    """Recall at 5 over that of weight alone, without the day, and without the day and the list."""
    table, names = tabled(days), list_names(days)
    print("\nridge, shared pick: by day; by list")
    for ridge in (1.0, 3.0, 10.0, 30.0):
        for shared_pick in (8.0, 30.0):
            fit = Fit(table, ridge, shared_pick)
            by_list = [gain_unseen(days, fit, name) for name in names]
            figures = ", ".join(f"{one:.2f}" for one in by_list)
            print(f"  {ridge:4.0f} {shared_pick:4.0f}: {gain_unseen(days, fit):.2f}; "
                  f"{figures}, mean {statistics.fmean(by_list):.2f}", flush=True)  # fmt: skip


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
