"""How well time expressions are found and resolved, on the documents of WikiWars at hand.

    python benchmarks/accuracy/timex.py [--shared ../shared] [--errors 12] [--fast]

Prints the measures over all documents, each document, the same with the weights of the anchoring
fitted without the document that they are measured on, and every kind of error with examples. The
scorer is ../shared/tools/score.py, which agrees with the official TempEval-3 toolkit.

HeidelTime 2.2.1 on the same documents: strict 85.5, relaxed 92.0, value 84.0.
"""

import argparse
import importlib.util
import math
import operator
import re
import statistics
import sys
from collections import Counter, defaultdict
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Any

from msgspec import structs

from hodie.timex import Timex, tag
from hodie.timex.frames import Mention
from hodie.timex.narrative import resolve, steps_of
from hodie.timex.tagging import mentions_of
from hodie.timex.years import Step, Weights, years

SHARED = Path(__file__).parents[3] / "shared"
MEASURES = ("strict", "relaxed", "strict_value", "relaxed_value")
HEADS = ("strict", "relaxed", "strict+value", "lenient+value")
SAMPLES, BEST, SPREAD = 200, 15, 1.4

# The fit without a document samples around these: plausible round numbers, older than any fit.
UNFITTED = Weights(0.5, 0.1, 1.5, 1.0, 2.5, 0.3, 3.0, 2.0, 1.5, 0.6, 2.0, 1.0, 0.03, 0.5, 0.5)

Gold = dict[str, dict[str, Any]]
Predicted = dict[str, dict[str, Any]]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--errors", type=int, default=6, help="examples of each kind")
    parser.add_argument("--fast", action="store_true", help="leave out the refitting")
    options = parser.parse_args()
    if not (options.shared / "data" / "wikiwars").is_dir():
        sys.exit(f"no WikiWars in {str(options.shared)!r}; name its folder with --shared")
    score, gold = tool(options.shared, "score"), corpus(options.shared)
    found = {name: tag(document["text"]) for name, document in gold.items()}
    summary, per_document = score.score_corpus(gold, as_predictions(found))
    print(score.format_summary(summary))
    print_documents(score, per_document)
    if not options.fast:
        print_refitted(score, gold)
    print_errors(score, gold, found, options.errors)


def tool(shared: Path, name: str) -> ModuleType:
    """A module of ../shared/tools."""
    spec = importlib.util.spec_from_file_location(name, shared / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def corpus(shared: Path) -> Gold:
    """The documents with their annotations."""
    folder = shared / "data" / "wikiwars" / "keyinline"
    loaded: Gold = tool(shared, "load_wikiwars").load_corpus(folder)
    return loaded


def as_predictions(found: dict[str, list[Timex]]) -> Predicted:
    """What the scorer reads."""
    return {
        name: {"timexes": [structs.asdict(t) for t in timexes]} for name, timexes in found.items()
    }


def print_documents(score: ModuleType, per_document: dict[str, Any]) -> None:
    """One line for each document."""
    print(f"\n{'document':<24}{'gold':>6}" + "".join(f"{head:>15}" for head in HEADS))
    for name, counts in per_document.items():
        one = score.summarise(counts)
        figures = "".join(f"{one[measure]['F1']:15.1f}" for measure in MEASURES)
        print(f"{name:<24}{counts['gold']:6}{figures}")


# ------------------------------------------------------------------ leave one document out


def print_refitted(score: ModuleType, gold: Gold) -> None:
    """Each document, with weights fitted on the others alone."""
    mentions = {name: mentions_of(document["text"]) for name, document in gold.items()}
    cases = {name: year_cases(mentions[name], gold[name]["timexes"]) for name in gold}
    tried = {w: {name: right_years(case, w) for name, case in cases.items()} for w in sampled()}
    found = {}
    for name in gold:
        order = sorted(tried, key=lambda w: tried[w][name] - sum(tried[w].values()))
        found[name] = list(resolve(mentions[name], None, middle(order[:BEST])))
    summary, _ = score.score_corpus(gold, as_predictions(found))
    figures = ", ".join(
        f"{head} {summary[measure]['F1']:.2f}"
        for head, measure in zip(HEADS, MEASURES, strict=True)
    )
    print(f"\nanchoring fitted without the document measured: {figures}")


Case = tuple[list[Step], list[int | None]]


def year_cases(mentions: list[Mention], timexes: list[dict[str, Any]]) -> Case:
    """The steps of a document, and the right year of each that has none and is annotated."""
    right = {(t["start"], t["end"]): year_in(t["value"]) for t in timexes}
    at, steps = steps_of(mentions)
    answers = [right.get((mentions[i].start, mentions[i].end)) for i in at]
    return steps, [a if step.year is None else None for step, a in zip(steps, answers, strict=True)]


def year_in(value: str) -> int | None:
    """The astronomical year of a TIMEX value."""
    match = re.match(r"(BC)?(\d{4})", value)
    if match is None:
        return None
    return 1 - int(match[2]) if match[1] else int(match[2])


def right_years(case: Case, weights: Weights) -> int:
    """How many of the missing years come out right."""
    steps, answers = case
    found = zip(years(steps, None, weights), answers, strict=True)
    return sum(answer is not None and dated.year == answer for dated, answer in found)


def sampled() -> list[Weights]:
    """Many weights around plausible ones, the same in each run."""
    random = Random(1940)
    names = Weights.__struct_fields__
    spread = [[math.exp(random.uniform(-SPREAD, SPREAD)) for _ in names] for _ in range(SAMPLES)]
    return [Weights(*map(operator.mul, structs.astuple(UNFITTED), factors)) for factors in spread]


def middle(weights: list[Weights]) -> Weights:
    """Their geometric mean: steadier than the best of them."""
    columns = zip(*map(structs.astuple, weights), strict=True)
    return Weights(*(math.exp(statistics.fmean(map(math.log, column))) for column in columns))


# ------------------------------------------------------------------ errors


def print_errors(
    score: ModuleType, gold: Gold, found: dict[str, list[Timex]], examples: int
) -> None:
    """Every kind of error: how many, by which rule, and some of them in their sentences."""
    kinds: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for error in score.errors(gold, as_predictions(found)):
        kinds[error["kind"]].append(error)
    for kind, errors in sorted(kinds.items(), key=lambda item: -len(item[1])):
        rules = Counter(e["pred"]["rule"] for e in errors if e.get("pred"))
        named = ", ".join(f"{rule} {count}" for rule, count in rules.most_common(6))
        print(f"\n{kind}: {len(errors)}" + (f" ({named})" if named else ""))
        for error in errors[:: max(1, len(errors) // examples)][:examples]:
            print("    " + described(error, gold[error["doc"]]["text"]))


def described(error: dict[str, Any], text: str) -> str:
    """One error: its document, its words in their place, what is right and what came out."""
    right, came = error.get("gold"), error.get("pred")
    at = right or came or {"start": 0, "end": 0}
    before = text[max(0, at["start"] - 40) : at["start"]]
    after = text[at["end"] : at["end"] + 24]
    place = f"{before}[{text[at['start'] : at['end']]}]{after}".replace("\n", " ")
    line = f"{error['doc'][:2]}: {place}"
    if right:
        line += f"  right: {right['value'] or 'no value'}"
    if came:
        line += f"  came: {came['text']!r} {came['value'] or 'no value'} ({came['how']})"
    return line


if __name__ == "__main__":
    main()
