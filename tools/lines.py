"""The author's tool for the starter's lines: what to write about, and whether it is right.

    python tools/lines.py candidates 08-20     the day's events, best first, numbered
    python tools/lines.py tidy 08              numbers become entry ids; days put in order of year
    python tools/lines.py check 08             every check, or of all months without a number

Needs the data beside the repository (`../shared/data`); without it `check` does what it can.
"""

import gzip
import re
import tomllib
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from itertools import pairwise
from pathlib import Path

import click
import msgspec

from hodie.errors import HodieError
from hodie.sources.starter.lines import BULLET, FOLDER, MONTHS, Line, plain, read_lines

SHARED = Path(__file__).parents[2] / "shared" / "data"
NAMES = Path(__file__).with_suffix(".toml")

LONGEST = 200
ENOUGH = 6
MOST_BATTLES = 2
FEWEST_CENTURIES = FEWEST_REGIONS = 3
RUN = 6
# A shared run of six words, most of them a name or a title, is no copied prose.
FEWEST_COMMON_WORDS = 4

WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*", re.UNICODE)
DRAFT = re.compile(r"- #(?P<number>\d+) (?P<text>\S.*?)(?P<sensitive> !sensitive)?")
# Four digits that no comma groups and no unit follows are read as a year.
YEAR = re.compile(r"(?<![\d,.])[12]\d{3}(?![\d,]|\.\d| (?:people|miles|kilometres|metres|years)\b)")


class Fact(msgspec.Struct, frozen=True):
    """An entry as the facts at hand give it; `picked` counts the editors' lists that chose it."""

    id: str
    date: str
    kind: str
    event_kind: str | None = None
    title: str | None = None
    made_title: str | None = None
    wikipedia: str | None = None
    descriptor: str | None = None
    phase: str | None = None
    weight: float = 0.0
    agreement: int = 0
    people: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    picked: int = 0

    @property
    def year(self) -> int:
        return int(self.date[:-6])

    @property
    def day(self) -> str:
        return self.date[-5:]

    @property
    def entities(self) -> tuple[str, ...]:
        own = (self.wikipedia,) if self.wikipedia else ()
        return own + self.people + self.places + self.context + self.links

    @property
    def is_battle(self) -> bool:
        title = self.title or self.made_title or ""
        return self.event_kind in ("battle", "siege") or " War begins" in title

    @property
    def score(self) -> float:
        """How much a writer should want it: what editors picked and many sources back.

        Battles and disasters, of which every day has too many, step back.
        """
        dark = {"battle": 0.2, "siege": 0.2, "attack": 0.1, "massacre": 0.1, "disaster": 0.1}
        doubt = sum(not issue.startswith(("links-inferred", "title-")) for issue in self.issues)
        return (
            self.weight
            + 0.25 * self.picked
            + 0.05 * self.agreement
            - 0.3 * doubt
            - dark.get(self.event_kind or "", 0)
        )


class Names(msgspec.Struct, frozen=True, dict=True):
    """The names that lines may use beside those of their entries; see `lines.toml`."""

    regions: dict[str, str]
    words: dict[str, str]
    lines: dict[str, dict[str, str]] = {}
    days: dict[str, dict[str, str]] = {}

    @cached_property
    def allowed(self) -> frozenset[str]:
        texts = (*self.regions.values(), *self.words.values())
        return frozenset(word for text in texts for word in words(text))

    @cached_property
    def region_of(self) -> dict[tuple[str, ...], str]:
        return {
            tuple(words(name)): region
            for region, names in self.regions.items()
            for name in names.split(",")
        }


class Problem(msgspec.Struct, frozen=True):
    """Something to mend in a month's file."""

    month: int
    number: int
    message: str

    def __str__(self) -> str:
        return f"{self.month:02}.md:{self.number}: {self.message}"


# --- reading ---------------------------------------------------------------------------------


def rows(name: str, kind: bytes = b"") -> Iterator[bytes]:
    """Read the rows of a gzipped file of the shared data that hold `kind`."""
    with gzip.open(SHARED / name) as file:
        yield from (row for row in file if kind in row)


@cache
def facts() -> dict[str, Fact]:
    """Read every fact, by id."""
    decoder = msgspec.json.Decoder(Fact)
    found = (decoder.decode(row) for row in rows("facts.ndjson.gz"))
    counts = picks()
    return {
        fact.id: msgspec.structs.replace(fact, picked=counts[fact.id])
        if fact.id in counts
        else fact
        for fact in found
    }


@cache
def picks() -> Counter[str]:
    """Count the editors' lists that picked each entry."""
    chosen = (msgspec.json.decode(row) for row in rows("editorial-train.ndjson.gz"))
    return Counter(id for _, id in {(row["list"], row["id"]) for row in chosen if row["id"]})


@cache
def prose() -> dict[str, list[str]]:
    """Read what the day pages say, by day ("01-31"): only to keep away from it."""
    found = {}
    for row in rows("wikipedia-days-2019.ndjson.gz"):
        page = msgspec.json.decode(row)
        month, day = page["date"].split()
        texts = [item_text(item) for items in page["data"].values() for item in items]
        found[f"{MONTHS.index(month) + 1:02}-{int(day):02}"] = texts
    return found


def item_text(item: dict[str, str | None]) -> str:
    """Give an item of a day page without its footnote marks.

    A few items have no text, only what it was made from.
    """
    text = item["text"] or re.sub(r"<[^>]*>", "", item.get("no_year_html") or "")
    return re.sub(r"\[\d+\]", "", text)


def names() -> Names:
    """Read `lines.toml`."""
    return msgspec.convert(tomllib.loads(NAMES.read_text(encoding="utf-8")), Names)


def candidates(day: str) -> list[Fact]:
    """List a day's events, best first; the order is the same each time.

    A writer names an event by its place in this list.
    """
    events = (fact for fact in facts().values() if fact.kind == "event" and fact.day == day)
    return sorted(events, key=lambda fact: (-fact.score, fact.id))


# --- words -----------------------------------------------------------------------------------


def folded(text: str) -> str:
    """Drop accents and case: "Curaçao's" and "curacao's" are the same."""
    if text.isascii():
        return text.lower()
    letters = unicodedata.normalize("NFKD", text)
    return "".join(c for c in letters if not unicodedata.combining(c)).lower().replace("’", "'")


def words(text: str) -> list[str]:
    """Split into folded words, at hyphens too, possessives cut off."""
    return re.findall(r"[^\W_]+", re.sub(r"'s\b", "", folded(text)))


def capitalised(line: Line) -> Iterator[str]:
    """Yield the words of a sentence that look like names.

    A word that begins the sentence, or a quotation in it, has its capital from there.
    """
    for match in WORD.finditer(line.text):
        before = line.text[: match.start()].rstrip()
        opens = not before or before.endswith((".", "!", "?", '"'))
        if match[0][0].isupper() and not opens:
            yield match[0]


def common_words(line: Line) -> list[tuple[str, bool]]:
    """Give each word of a line, and whether it is plain language: not a name, title or number."""
    titled = {i for link in line.links for i in range(link.start, link.end)}
    return [
        (word, match.start() not in titled and match[0][0].islower())
        for match in WORD.finditer(line.text)
        for word in words(match[0])
    ]


def runs(texts: Iterable[str]) -> set[tuple[str, ...]]:
    """Give every run of words of some texts."""
    found = set()
    for text in texts:
        items = words(text)
        found |= {tuple(items[i : i + RUN]) for i in range(len(items) - RUN + 1)}
    return found


# --- checks of one line ----------------------------------------------------------------------


def problems_of_line(line: Line) -> Iterator[str]:
    """Check what can be seen in a line alone."""
    if len(line.text) > LONGEST:
        yield f"{len(line.text)} characters, more than {LONGEST}"
    if not line.text.endswith((".", "!", "?", '."')):
        yield "the sentence has no end"
    if not (line.text[0].isupper() or line.text[0].isdigit() or line.text[0] == '"'):
        yield "the sentence begins in lower case"
    if "  " in line.text or " ." in line.text or " ," in line.text:
        yield "a space too many"
    yield from _problems_of_year(line)


def _problems_of_year(line: Line) -> Iterator[str]:
    titled = {i for link in line.links for i in range(link.start, link.end)}
    for match in YEAR.finditer(line.text):
        if int(match[0]) != line.year and match.start() not in titled:
            yield f"{match[0]} is not the year of its entry"


def problems_with_fact(line: Line, fact: Fact | None, known: Names) -> Iterator[str]:
    """Check a line against its entry: day, year, links, names."""
    if fact is None:
        yield f"no entry {line.id!r}"
        return
    if fact.day != f"{line.month:02}-{line.day:02}":
        yield f"its entry is of {fact.day}"
    if fact.year != line.year:
        yield f"its entry is of {fact.year}"
    entities = set(fact.entities)
    for link in line.links:
        if link.title not in entities:
            yield f"[[{link.title}]] is not of its entry, which has {', '.join(sorted(entities))}"
    if entities and not line.links:
        yield f"links to none of {', '.join(sorted(entities))}"
    yield from _problems_of_names(line, fact, known)


def _problems_of_names(line: Line, fact: Fact, known: Names) -> Iterator[str]:
    extra = known.lines.get(line.id, {}).get("names", "")
    texts = (*fact.entities, fact.title or "", fact.made_title or "", fact.descriptor or "", extra)
    own = {word for text in texts for word in words(text)}
    stems = {word[:5] for word in own if len(word) > 4}
    for name in capitalised(line):
        for word in words(name):
            if word not in own and word not in known.allowed and word[:5] not in stems:
                yield f"{name!r} is no name of its entry"


def problems_with_prose(line: Line, theirs: set[tuple[str, ...]]) -> Iterator[str]:
    """Check that a line shares none of the runs of words of its day's page."""
    ours = common_words(line)
    for start in range(len(ours) - RUN + 1):
        window = ours[start : start + RUN]
        run = tuple(word for word, _ in window)
        if run in theirs and sum(is_common for _, is_common in window) >= FEWEST_COMMON_WORDS:
            yield f"{' '.join(run)!r} stands in the day page"
            return


# --- checks of a day and of the whole ----------------------------------------------------------


def problems_of_day(lines: list[Line], known: Names) -> Iterator[str]:
    """Check a day as a whole, against its entries."""
    excused = known.days.get(f"{lines[0].month:02}-{lines[0].day:02}", {})
    if len(lines) < ENOUGH:
        yield f"{len(lines)} lines, fewer than {ENOUGH}"
    if len(battles := [line for line in lines if _is_battle(line)]) > MOST_BATTLES:
        yield f"{len(battles)} battles, more than {MOST_BATTLES}"
    centuries = {(line.year - 1) // 100 for line in lines}
    if len(centuries) < FEWEST_CENTURIES and "centuries" not in excused:
        yield f"{len(centuries)} centuries, fewer than {FEWEST_CENTURIES}"
    if len(regions := regions_of(lines, known)) < FEWEST_REGIONS and "regions" not in excused:
        yield f"no more regions than {', '.join(sorted(regions))}"


def _is_battle(line: Line) -> bool:
    return line.id in facts() and facts()[line.id].is_battle


def regions_of(lines: Iterable[Line], known: Names) -> set[str]:
    """Tell the world's regions that lines and their entries speak of."""
    regions = known.region_of
    found = set()
    for line in lines:
        fact = facts().get(line.id)
        texts = [line.text, *(fact.places if fact else ())]
        found |= {regions[run] for text in texts for run in _phrases(words(text)) if run in regions}
    return found


def _phrases(items: list[str]) -> Iterator[tuple[str, ...]]:
    for length in (1, 2, 3, 4):
        yield from (tuple(items[i : i + length]) for i in range(len(items) - length + 1))


def problems_of_order(lines: list[Line]) -> Iterator[tuple[Line, str]]:
    """Check that the lines of a day stand in order of year."""
    for one, other in pairwise(lines):
        if (one.month, one.day) == (other.month, other.day) and one.year > other.year:
            yield other, f"{other.year} stands after {one.year}: tidy puts it right"


def alike(lines: Iterable[Line]) -> Iterator[tuple[Line, str]]:
    """Find lines of the same entry, and lines of the same words, whatever their order."""
    seen: dict[object, Line] = {}
    for line in lines:
        for key in (line.id, frozenset(words(line.text))):
            if first := seen.get(key):
                yield line, f"the same as {first.month:02}.md:{first.number}"
            seen.setdefault(key, line)


def by_day(lines: Iterable[Line]) -> dict[str, list[Line]]:
    days: defaultdict[str, list[Line]] = defaultdict(list)
    for line in lines:
        days[f"{line.month:02}-{line.day:02}"].append(line)
    return dict(days)


def missing_days(month: int, lines: list[Line]) -> list[int]:
    """Tell the days of a month that have no line."""
    last = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]
    return sorted(set(range(1, last + 1)) - {line.day for line in lines})


def gaps(month: int, lines: list[Line]) -> Iterator[str]:
    """Name the days without a line before the last that has one: a month is written in order."""
    last = max((line.day for line in lines), default=0)
    yield from (f"no line for {day}" for day in missing_days(month, lines) if day < last)


def has_facts() -> bool:
    return (SHARED / "facts.ndjson.gz").exists()


def check(months: Iterable[int], folder: Path = FOLDER) -> list[Problem]:
    """Make every check on the lines of some months; those against other months too."""
    everything = [line for month in range(1, 13) for line in read_lines(month, folder)]
    wanted = set(months)
    lines = [line for line in everything if line.month in wanted]
    found = [Problem(line.month, line.number, m) for line in lines for m in problems_of_line(line)]
    pairs = [*problems_of_order(everything), *alike(everything)]
    found += [Problem(a.month, a.number, m) for a, m in pairs if a.month in wanted]
    for month in sorted(wanted):
        own = [line for line in lines if line.month == month]
        found += [Problem(month, 1, m) for m in gaps(month, own)]
    if has_facts():
        found += _problems_with_data(lines)
    return sorted(found, key=lambda problem: (problem.month, problem.number))


def _problems_with_data(lines: list[Line]) -> Iterator[Problem]:
    known, pages = names(), prose()
    for day, own in by_day(lines).items():
        theirs = runs(pages.get(day, []))
        for line in own:
            about = [*problems_with_fact(line, facts().get(line.id), known)]
            about += problems_with_prose(line, theirs)
            yield from (Problem(line.month, line.number, message) for message in about)
        first = own[0]
        about = list(problems_of_day(own, known))
        yield from (Problem(first.month, first.number, f"{day}: {m}") for m in about)


# --- writing -----------------------------------------------------------------------------------


def tidied(markdown: str, month: int) -> str:
    """Turn numbered drafts into lines, put each day's in order of year and the days in order.

    A draft is `- #12 The sentence.`: the twelfth of the day's candidates.
    """
    days: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    day = 0
    for row in markdown.splitlines():
        if row.startswith("## "):
            day = int(row[3:])
        elif row.startswith("- "):
            days[day].append(_dated(row.rstrip(), f"{month:02}-{day:02}"))
    blocks = [
        f"## {day}\n\n" + "\n".join(row for _, row in sorted(days[day])) for day in sorted(days)
    ]
    return f"# {MONTHS[month - 1]}\n\n" + "\n\n".join(blocks) + "\n"


def _dated(row: str, day: str) -> tuple[int, str]:
    if match := BULLET.fullmatch(row):
        year = int(match["year"])
        return (1 - year if match["bc"] else year), row
    draft = DRAFT.fullmatch(row)
    if draft is None:
        raise HodieError(f"{day}: {row!r} is neither a line nor a draft such as '- #12 Sentence.'")
    plain(draft["text"])
    fact = candidates(day)[int(draft["number"]) - 1]
    spoken = f"{fact.year}" if fact.year > 0 else f"{1 - fact.year} BC"
    return fact.year, f"- {spoken}: {draft['text']} `{fact.id}`{draft['sensitive'] or ''}"


def described(number: int, fact: Fact) -> str:
    """Word a candidate in one row: number, year, kind, how well backed, then what it is about."""
    about = fact.title or (f"({fact.made_title})" if fact.made_title else "-")
    parts = [f"{number:>3} {fact.year} {fact.event_kind} {'*' * fact.picked}{fact.weight:.2f}"]
    parts[0] += f"/{fact.agreement} {about}"
    if fact.wikipedia and fact.wikipedia != fact.title:
        parts.append(f"W {fact.wikipedia}")
    for label in ("people", "places", "context", "links"):
        if values := getattr(fact, label):
            parts.append(f"{label[:2]} {'; '.join(values)}")
    marks = [*fact.issues, *([fact.phase] if fact.phase else [])]
    return " | ".join(parts + [f"!{mark}" for mark in marks])


# --- commands ----------------------------------------------------------------------------------


class Commands(click.Group):
    """Shows an error of ours as one line."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except HodieError as error:
            raise click.ClickException(str(error)) from error


@click.group(cls=Commands)
def main() -> None:
    """Write and check the starter's lines."""


@main.command("candidates")
@click.argument("days", nargs=-1, required=True)
@click.option("--limit", default=30, show_default=True)
def print_candidates(days: tuple[str, ...], limit: int) -> None:
    """Print the events of each MM-DD, best first."""
    for day in days:
        events = candidates(day)
        click.echo(f"== {day} ({len(events)})")
        for number, fact in enumerate(events[:limit], 1):
            click.echo(described(number, fact))


@main.command("tidy")
@click.argument("month", type=click.IntRange(1, 12))
def tidy(month: int) -> None:
    """Rewrite a month's file: drafts become lines, everything in order."""
    path = FOLDER / f"{month:02}.md"
    path.write_text(tidied(path.read_text(encoding="utf-8"), month), encoding="utf-8")
    count = len(read_lines(month))
    click.echo(f"{path.name}: {count} lines")


@main.command("check")
@click.argument("months", nargs=-1, type=click.IntRange(1, 12))
def print_check(months: tuple[int, ...]) -> None:
    """Print what to mend in the months given, or in all; fails if anything is."""
    found = check(months or range(1, 13))
    for problem in found:
        click.echo(str(problem))
    for month in months or range(1, 13):
        if missing := missing_days(month, read_lines(month)):
            click.echo(f"{month:02}.md: {len(missing)} days to write, from {missing[0]} on")
    if not has_facts():
        click.echo(f"no data in {SHARED}: entries, names and day pages were not compared")
    if found:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
