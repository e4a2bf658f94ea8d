"""How well wrong dates in prose are found, and how seldom right ones are called wrong.

    python benchmarks/accuracy/factcheck.py [--shared ../shared] [--lines 12000] [--errors 6]

Takes lines of English Wikipedia's day pages of October 2019 whose subject and date the starter
almanac holds, words each as a sentence or two, and plants an error of a known kind in half of them.
Prints, by kind of error, how many were planted, how many of those stand in claims that the check
can see (it confirms the same words without the error), and how many it found; then what it said
where nothing is wrong, there, in the day pages' own sentences, and in sixteen articles on wars.

A finding is right if it stands on the planted words and an error was planted; every other one is
counted as wrong, though now and then the page is.
"""

import argparse
import gzip
import json
import re
import sys
import tempfile
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import msgspec
from msgspec import Struct

from hodie.almanac import Almanac, Entry, Kind, build
from hodie.dates import Calendar, DateError, HistoricalDate, worded, worded_year
from hodie.factcheck import Verdict, check
from hodie.factcheck.comparing import age
from hodie.sources.starter import StarterSource

SHARED = Path(__file__).parents[3] / "shared"
FLOORS = Path(__file__).with_name("factcheck-floors.toml")
SEED = 1940
LINES = 12_000
TRIES = 8
EVERY = 3
"""Of the unchanged sentences, one in three is read: they take longest."""
SHARES = {"birth": 5, "death": 4, "event": 3}
REFERENCE = HistoricalDate(2019, 10, 15)
TRAILING = re.compile(r"\s*(?:\[\d+\])+$")


class Line(Struct, frozen=True):
    """A line of a day page, with the entry that the almanac has for it."""

    entry: Entry
    text: str
    name: str


class Case(Struct, frozen=True):
    """A text, the same without its error, and where the words stand in which it is."""

    kind: str
    text: str
    right: str
    start: int
    end: int


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--lines", type=int, default=LINES)
    parser.add_argument("--errors", type=int, default=6, help="examples of each kind")
    parser.add_argument("--almanac", type=Path, help="a starter almanac, if one is built")
    parser.add_argument("--prose", action="store_true", help="read the pages' own sentences too")
    options = parser.parse_args()
    if not (options.shared / "data" / "wikipedia-days-2019.ndjson.gz").is_file():
        sys.exit(f"no day pages in {str(options.shared)!r}; name their folder with --shared")
    with tempfile.TemporaryDirectory() as folder:
        path = options.almanac or starter(Path(folder))
        with Almanac.open(path) as almanac:
            measured = measure(almanac, options.shared, options.lines)
            print(table(measured))
            print_examples(measured, options.errors)
            if options.prose:
                print_prose(almanac, options.shared, options.errors)


def starter(folder: Path) -> Path:
    """Build the starter almanac."""
    build(folder / "almanac.db", StarterSource().entries())
    return folder / "almanac.db"


# ------------------------------------------------------------------ lines


def day_lines(shared: Path) -> Iterator[tuple[str, HistoricalDate, str, list[str]]]:
    """Every line of the day pages: kind, date, text, and the articles that it links to."""
    kinds = {"Births": "birth", "Deaths": "death", "Events": "event"}
    with gzip.open(shared / "data" / "wikipedia-days-2019.ndjson.gz", "rt") as file:
        for row in map(json.loads, file):
            for heading, kind in kinds.items():
                for item in row["data"][heading]:
                    date = date_of(item["year"], row["date"])
                    if date is not None:
                        links = [link["title"] for link in item["links"]]
                        yield kind, date, TRAILING.sub("", item["text"]), links


def date_of(year: str, day: str) -> HistoricalDate | None:
    """The date of a line under "January 1" and "44 BC"."""
    match = re.fullmatch(r"(?:AD )?(\d+)( BC)?", year.strip())
    if match is None:
        return None
    number = 1 - int(match[1]) if match[2] else int(match[1])
    month, _, name = day.partition(" ")
    months = "January February March April May June July August September October November December"
    at = (number, months.split().index(month) + 1, int(name))
    calendar = Calendar.JULIAN if at < (1582, 10, 15) else Calendar.GREGORIAN
    try:
        return HistoricalDate(*at, calendar=calendar)
    except DateError:
        return None


def lines(almanac: Almanac, shared: Path) -> dict[str, list[Line]]:
    """The lines whose subject and date the almanac holds, by kind."""
    held = {
        (entry.kind.value, entry.date, entry.subject.wikipedia): entry
        for entry in almanac.entries()
        if entry.subject is not None and entry.date is not None
    }
    found: dict[str, list[Line]] = defaultdict(list)
    for kind, date, text, links in day_lines(shared):
        for title in links:
            entry = held.get((kind, date, title))
            if entry is not None and entry.subject is not None:
                name = entry.subject.name
                if kind == "event" and name.lower() not in text.lower():
                    continue
                if kind != "event" and not text.startswith(name):
                    continue
                found[kind].append(Line(entry, text, name))
                break
    return found


def sampled(found: dict[str, list[Line]], count: int) -> list[Line]:
    """A fixed sample of each kind."""
    random = Random(SEED)
    total = sum(SHARES.values())
    chosen: list[Line] = []
    for kind, share in SHARES.items():
        pool = sorted(found[kind], key=lambda line: line.entry.id)
        chosen += random.sample(pool, min(len(pool), count * share // total))
    random.shuffle(chosen)
    return chosen


# ------------------------------------------------------------------ wording


def said(line: Line, date: HistoricalDate, random: Random) -> list[tuple[str, bool]]:
    """A line as prose: pieces of text, each with whether it is the date."""
    american = random.random() < 0.5
    when = worded(date, "en-US" if american else "en")
    if line.entry.kind is Kind.EVENT:
        return event_said(line, when, random)
    verb = "was born" if line.entry.kind is Kind.BIRTH else "died"
    about = line.text[len(line.name) :].strip(" ,")
    bare = re.sub(r"\s*\((?:b|d)\. [^)]*\)$", "", about)
    aside = f", {about}," if about else ""
    noun = f" was {article(bare)} {bare}. " if bare else " lived long ago. "
    forms: list[list[tuple[str, bool]]] = [
        [(f"{line.name}{aside} {verb} on ", False), (when, True), (".", False)],
        [("On ", False), (when, True), (f", {line.name} {verb}.", False)],
        [("On ", False), (when, True), (f" {line.name}{aside} {verb}.", False)],
        [(f"{line.name}{noun}", False), ("The writer of this page knows little more. ", False),
         (f"{line.name.split()[-1]} {verb} on ", False), (when, True), (".", False)],
        [(f"{line.name}{noun}He {verb} on ", False), (when, True), (".", False)],
        [(f"The {'birth' if verb == 'was born' else 'death'} of {line.name} on ", False),
         (when, True), (" was hardly noticed.", False)],
    ]  # fmt: skip
    return forms[random.randrange(len(forms))]


def event_said(line: Line, when: str, random: Random) -> list[tuple[str, bool]]:
    text = line.text.strip().rstrip(".")
    forms: list[list[tuple[str, bool]]] = [
        [("On ", False), (when, True), (f", {text}.", False)],
        [("", False), (when, True), (f": {text}.", False)],
        [
            (f"The {bare_name(line.name)} took place on ", False),
            (when, True),
            (f": {text}.", False),
        ],
        [(f"It was the {bare_name(line.name)} (", False), (when, True), (").", False)],
    ]
    return forms[random.randrange(len(forms))]


def bare_name(name: str) -> str:
    """A name without the article that the sentence brings."""
    return re.sub(r"^The ", "", name)


def article(noun: str) -> str:
    """The article before a noun."""
    return "an" if noun[:1].lower() in "aeiou" else "a"


# ------------------------------------------------------------------ errors


def planted(line: Line, others: list[Line], almanac: Almanac, random: Random) -> Case | None:
    """A line with an error of a kind chosen at random; None where it cannot have it."""
    kinds: list[Callable[..., Case | None]] = [wrong_day, wrong_month, wrong_year, wrong_weekday]
    if line.entry.kind is not Kind.EVENT:
        kinds += [wrong_life, swapped_name]
    if line.entry.kind is Kind.DEATH:
        kinds += [wrong_age, wrong_age]
    for _ in range(TRIES):
        case = kinds[random.randrange(len(kinds))](line, others, almanac, random)
        if case is not None:
            return case
    return None


def assembled(kind: str, right: list[tuple[str, bool]], wrong: list[tuple[str, bool]]) -> Case:
    """The case of a text and the same without its error."""
    text, start, end = "", 0, 0
    for piece, is_date in wrong:
        if is_date:
            start, end = len(text), len(text) + len(piece)
        text += piece
    return Case(kind, text, "".join(piece for piece, _ in right), start, end)


def with_date(kind: str, line: Line, date: HistoricalDate, random: Random) -> Case | None:
    """A line with another date, worded as the right one would be."""
    assert line.entry.date is not None
    state = random.getstate()
    right = said(line, line.entry.date, random)
    random.setstate(state)
    return assembled(kind, right, said(line, date, random))


def other_date(date: HistoricalDate, year: int, month: int, day: int) -> HistoricalDate | None:
    try:
        return HistoricalDate(year, month, day, calendar=date.calendar)
    except DateError:
        return None


def wrong_day(line: Line, others: Any, almanac: Any, random: Random) -> Case | None:
    """Another day of the month."""
    date = line.entry.date
    assert date is not None
    day = random.choice([d for d in range(1, 32) if d != date.day])
    other = other_date(date, date.year, date.month or 1, day)
    return None if other is None else with_date("day", line, other, random)


def wrong_month(line: Line, others: Any, almanac: Any, random: Random) -> Case | None:
    """Another month."""
    date = line.entry.date
    assert date is not None
    month = random.choice([m for m in range(1, 13) if m != date.month])
    other = other_date(date, date.year, month, date.day or 1)
    return None if other is None else with_date("month", line, other, random)


def wrong_year(line: Line, others: Any, almanac: Any, random: Random) -> Case | None:
    """Another year: a digit wrong, or one or ten off."""
    date = line.entry.date
    assert date is not None
    off = random.choice([-100, -10, -9, -3, -2, -1, 1, 2, 3, 9, 10, 100])
    other = other_date(date, date.year + off, date.month or 1, date.day or 1)
    if other is None or other.year > 2019:
        return None
    return with_date("year", line, other, random)


def wrong_weekday(line: Line, others: Any, almanac: Any, random: Random) -> Case | None:
    """A weekday that is not the date's."""
    date = line.entry.date
    assert date is not None
    if date.year < 1000:
        return None
    right = worded(date, "en", weekday=True)
    named = right.split(",")[0]
    days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    wrong = random.choice([day for day in days if day != named])
    state = random.getstate()
    pieces = said(line, date, random)
    random.setstate(state)

    def named_as(day: str) -> list[tuple[str, bool]]:
        return [
            (f"{day}, {piece}", True) if is_date else (piece, is_date) for piece, is_date in pieces
        ]

    return assembled("weekday", named_as(named), named_as(wrong))


def wrong_life(line: Line, others: Any, almanac: Almanac, random: Random) -> Case | None:
    """The day of death for the day of birth, or the other way."""
    subject = line.entry.subject
    assert subject is not None
    other = Kind.DEATH if line.entry.kind is Kind.BIRTH else Kind.BIRTH
    dates = [e.date for e in almanac.about(subject.id) if e.kind is other and e.subject == subject]
    if not dates or dates[0] is None:
        return None
    return with_date("birth for death", line, dates[0], random)


def swapped_name(line: Line, others: list[Line], almanac: Any, random: Random) -> Case | None:
    """Somebody else of the same kind, with this date."""
    other = random.choice([each for each in others if each.entry.kind is line.entry.kind])
    if other.name == line.name or other.entry.date == line.entry.date:
        return None
    assert line.entry.date is not None
    stranger = Line(line.entry, line.text.replace(line.name, other.name, 1), other.name)
    state = random.getstate()
    right = said(line, line.entry.date, random)
    random.setstate(state)
    case = assembled("swapped name", right, said(stranger, line.entry.date, random))
    # All that the line says is now wrong: its other year, too.
    return msgspec.structs.replace(case, start=0, end=len(case.text))


def wrong_age(line: Line, others: Any, almanac: Almanac, random: Random) -> Case | None:
    """An age that is off by some years."""
    subject, date = line.entry.subject, line.entry.date
    assert subject is not None
    assert date is not None
    births = [
        e.date for e in almanac.about(subject.id) if e.kind is Kind.BIRTH and e.subject == subject
    ]
    if not births or births[0] is None:
        return None
    right = age(births[0], date)[0]
    wrong = right + random.choice([-10, -5, -3, -2, 2, 3, 5, 10])
    if wrong < 1 or births[0].calendar != date.calendar:
        return None
    form = random.choice(["aged {}", "at the age of {}", "at age {}"])
    head = f"{line.name} died on {worded(date)}, "

    def aged(years: int) -> list[tuple[str, bool]]:
        return [(head, False), (form.format(years), True), (".", False)]

    return assembled("age", aged(right), aged(wrong))


# ------------------------------------------------------------------ measuring


class Measured(Struct):
    """Counts by kind of error, and examples of what went wrong."""

    planted: Counter[str]
    seen: Counter[str]
    found: Counter[str]
    found_seen: Counter[str]
    right: int = 0
    wrong: int = 0
    contradicted_right: int = 0
    contradicted_wrong: int = 0
    clean: int = 0
    clean_confirmed: int = 0
    clean_flagged: int = 0
    missed: list[tuple[str, str]] = []
    false: list[tuple[str, str]] = []


def measure(almanac: Almanac, shared: Path, count: int) -> Measured:
    """Check every line, half of them with an error."""
    random = Random(SEED)
    sample = sampled(lines(almanac, shared), count)
    measured = Measured(Counter(), Counter(), Counter(), Counter())
    for number, line in enumerate(sample):
        case = planted(line, sample, almanac, random) if number % 2 else None
        if case is None:
            clean_line(measured, almanac, line, random)
        else:
            planted_line(measured, almanac, case)
    return measured


def clean_line(measured: Measured, almanac: Almanac, line: Line, random: Random) -> None:
    """Check a line as it is: whatever is found is wrong."""
    assert line.entry.date is not None
    text = "".join(piece for piece, _ in said(line, line.entry.date, random))
    verdicts = check(text, almanac, reference=REFERENCE)
    measured.clean += 1
    measured.clean_confirmed += any(verdict.status == "confirmed" for verdict in verdicts)
    flagged = [verdict for verdict in verdicts if verdict.is_finding]
    measured.clean_flagged += bool(flagged)
    for verdict in flagged:
        note_wrong(measured, text, verdict)


def planted_line(measured: Measured, almanac: Almanac, case: Case) -> None:
    """Check a line with its error: what is found is right on the error, elsewhere wrong."""
    verdicts = check(case.text, almanac, reference=REFERENCE)
    before = check(case.right, almanac, reference=REFERENCE)
    seen = is_seen(case, before)
    measured.planted[case.kind] += 1
    measured.seen[case.kind] += seen
    hits = [verdict for verdict in verdicts if verdict.is_finding and is_on(case, verdict)]
    measured.found[case.kind] += bool(hits)
    measured.found_seen[case.kind] += bool(hits) and seen
    if not hits:
        measured.missed.append((f"{case.kind}{'' if seen else ' (not seen)'}", case.text))
    for verdict in verdicts:
        if verdict.is_finding and verdict in hits:
            measured.right += 1
            measured.contradicted_right += verdict.status == "contradicted"
        elif verdict.is_finding:
            note_wrong(measured, case.text, verdict)


def is_seen(case: Case, before: list[Verdict]) -> bool:
    """Whether the check confirms the claim where it is right: of the kind that the error is of."""
    kinds = {"weekday": {"weekday"}, "age": {"age"}}.get(case.kind, {"birth", "death", "event"})
    return any(each.status == "confirmed" and each.claim.kind in kinds for each in before)


def is_on(case: Case, verdict: Verdict) -> bool:
    return verdict.claim.start < case.end and case.start < verdict.claim.end


def note_wrong(measured: Measured, text: str, verdict: Verdict) -> None:
    measured.wrong += 1
    measured.contradicted_wrong += verdict.status == "contradicted"
    measured.false.append((text, f"{verdict.status}: {verdict.claim.text!r}: {verdict.says}"))


def figures(measured: Measured) -> dict[str, float]:
    """The figures that have floors, per cent."""
    findings = measured.right + measured.wrong
    contradicted = measured.contradicted_right + measured.contradicted_wrong
    return {
        "found_of_seen": share(measured.found_seen.total(), measured.seen.total()),
        "found_of_all": share(measured.found.total(), measured.planted.total()),
        "contradicted_right": share(measured.contradicted_right, contradicted),
        "findings_right": share(measured.right, findings),
        "clean_confirmed": share(measured.clean_confirmed, measured.clean),
        "clean_unflagged": 100 - share(measured.clean_flagged, measured.clean),
    }


def share(part: int, whole: int) -> float:
    return 100 * part / whole if whole else 0.0


def table(measured: Measured) -> str:
    """The figures by kind of error, and in all."""
    head = f"{'error':<18}{'planted':>9}{'seen':>8}{'found':>8}{'of seen':>9}{'of all':>9}"
    rows = [head]
    for kind in [*sorted(measured.planted), "all"]:
        counters = (measured.planted, measured.seen, measured.found, measured.found_seen)
        planted_, seen, found, both = (c.total() if kind == "all" else c[kind] for c in counters)
        of_seen, of_all = share(both, seen), share(found, planted_)
        rows.append(f"{kind:<18}{planted_:>9}{seen:>8}{found:>8}{of_seen:>8.1f}%{of_all:>8.1f}%")
    floors = tomllib.loads(FLOORS.read_text()) if FLOORS.exists() else {}
    rows.append("")
    for name, figure in figures(measured).items():
        rows.append(
            f"{name.replace('_', ' '):<24}{figure:7.2f}%   floor {floors.get(name, 0):.2f}%"
        )
    rows.append(
        f"{measured.clean} lines without an error; findings: {measured.right} right,"
        f" {measured.wrong} wrong, of these contradicted: {measured.contradicted_right} right,"
        f" {measured.contradicted_wrong} wrong"
    )
    return "\n".join(rows)


def print_examples(measured: Measured, count: int) -> None:
    """Errors that were missed, by kind, and findings that were wrong."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for kind, text in measured.missed:
        by_kind[kind].append(text)
    for kind, texts in sorted(by_kind.items()):
        print(f"\nmissed, {kind}: {len(texts)}")
        for text in texts[:: max(1, len(texts) // count or 1)][:count]:
            print(f"    {text}")
    print(f"\nwrong findings: {len(measured.false)}")
    for text, verdict in measured.false[: count * 5]:
        print(f"    {text}\n        {verdict}")


def print_prose(almanac: Almanac, shared: Path, count: int) -> None:
    """What is found in sentences that nobody changed: the day pages' events, articles on wars."""
    wolves: list[tuple[str, Verdict]] = []
    statuses: Counter[str] = Counter()
    for number, (kind, date, text, _) in enumerate(day_lines(shared)):
        if kind == "event" and number % EVERY == 0:
            prose = f"On {worded(date)}, {text}"
            for verdict in check(prose, almanac, reference=REFERENCE):
                statuses[verdict.status] += 1
                if verdict.is_finding:
                    wolves.append((prose, verdict))
    print_wolves("the day pages' events", statuses, wolves, count * 8)
    statuses, wolves = Counter(), []
    for path in sorted((shared / "data" / "wikiwars" / "in").glob("*")):
        text = re.sub(r"<[^>]+>", " ", path.read_text(errors="replace"))
        for verdict in check(text, almanac):
            statuses[verdict.status] += 1
            if verdict.is_finding:
                wolves.append((path.name, verdict))
    print_wolves("articles on wars", statuses, wolves, count * 8)


def print_wolves(
    name: str, statuses: Counter[str], wolves: list[tuple[str, Verdict]], count: int
) -> None:
    print(f"\nin {name}: {dict(statuses)}")
    for prose, verdict in wolves[:count]:
        print(f"    {prose}\n        {verdict.status}: {verdict.claim.text!r}: {verdict.says}")


__all__ = ["FLOORS", "figures", "measure", "starter", "worded_year"]

if __name__ == "__main__":
    main()
