"""Build an almanac of generated entries, and time its queries beside bare SQL on the same file.

    python benchmarks/speed/almanac.py [--entries 10000000] [--keep FOLDER]

For 10 million entries there are 6.5 million entities: 5.9 million births, 2.6 million deaths, and
1.5 million events, two thirds of which have titles of their own and two to four participants; the
others have an article of their own, and so an entity. Names are made of syllables, their words as
unequally common as those of real names. Each query is asked once to warm the file and timed when
it is asked again. On a busy machine the processor's times say more than the clock's.
"""

import argparse
import random
import resource
import shutil
import sqlite3
import statistics
import tempfile
import time
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import accumulate, pairwise, repeat
from pathlib import Path
from typing import Any, Literal
from zlib import crc32

from hodie.almanac import SUBJECT, Almanac, Entity, Entry, Kind, Participant, Reference, build
from hodie.almanac.folding import fold
from hodie.almanac.schema import PAGE
from hodie.dates import Calendar, HistoricalDate, MonthDay

ENTRIES = 10_000_000
QUERIES = 2_000
BATCH = 20_000
TABLE = 1 << 16
TAKEN = 1 << 26
LAST = (1 << 40) - 1
LEAP_DAY = MonthDay.all()[59]
WIKIDATA = "https://www.wikidata.org/wiki/"
DAY_PAGE = "https://en.wikipedia.org/wiki/"
SORTS = (
    "Battle of",
    "Treaty of",
    "Siege of",
    "Founding of",
    "Opening of",
    "Election in",
    "Fire of",
)
SYLLABLES = list("aeiouöáé")
SYLLABLES += [consonant + vowel for consonant in "bcdfghjklmnprstvwyzł" for vowel in "aeio"]
SYLLABLES += "al an ar ben ber ch el en er gen in il ken mar or per sen ski son ul ver".split()  # noqa: SIM905

Named = tuple[str, str]
"""A word as it is written, and as it stands in an id."""

Numbers = tuple[int, ...]
"""Eight random numbers: seven of 16 bits, one of 40."""


def main() -> None:
    """Build, measure, and print a table."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--entries", type=int, default=ENTRIES)
    arguments.add_argument("--keep", type=Path, help="keep the almanac there, or use the one there")
    options = arguments.parse_args()
    folder = options.keep or Path(tempfile.mkdtemp(prefix="hodie-almanac-"))
    folder.mkdir(exist_ok=True)
    try:
        path = folder / "almanac.db"
        if not path.exists():
            report_build(path, options.entries)
        with Almanac.open(path) as almanac:
            report_queries(almanac)
    finally:
        if not options.keep:
            shutil.rmtree(folder)


# The table


def report_build(path: Path, count: int) -> None:
    """Build an almanac, and say how long it took without the generator."""
    print(f"{count:,} entries", flush=True)
    started, cpu = time.perf_counter(), time.process_time()
    for _ in Generator(count).entries():
        pass
    generating, generating_cpu = time.perf_counter() - started, time.process_time() - cpu
    cpu = time.process_time()
    report = build(path, Generator(count).entries())
    building_cpu = time.process_time() - cpu - generating_cpu
    limit = bare_copy(path)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"{report.entities:,} entities")
    print(f"{'generating them alone':34}{generating:10.1f} s")
    print(f"{'taking them in, without that':34}{report.reading - generating:10.1f} s")
    print(f"{'writing the file, to the disk':34}{report.writing:10.1f} s")
    for phase in report.phases:
        print(f"  {phase.name:32}{phase.seconds:10.1f} s{phase.processor:10.1f} s of processor")
    print(f"{'both, processor time':34}{building_cpu:10.1f} s")
    print(f"{'a bare copy of its rows':34}{limit:10.1f} s")
    print(f"{'writing, beside that':34}{report.writing / limit:10.1f} times")
    print(f"{'memory at most':34}{memory:10.1f} GB")
    print(f"{'the file':34}{report.size / 1e6:10.0f} MB", flush=True)


def bare_copy(path: Path) -> float:
    """Time SQLite alone copying the rows of entries and entities from the file to another."""
    other = path.with_name("copy.db")
    with sqlite3.connect(other, isolation_level=None) as database:
        database.execute("PRAGMA journal_mode = OFF")
        database.execute("PRAGMA synchronous = OFF")
        database.execute("ATTACH ? AS source", (str(path),))
        started = time.perf_counter()
        for table in ("entry", "entity"):
            database.execute(f"CREATE TABLE {table} AS SELECT * FROM source.{table}")
        seconds = time.perf_counter() - started
    database.close()
    other.unlink()
    return seconds


def report_queries(almanac: Almanac) -> None:
    """Time each sort of query, and the same in bare SQL where there is such."""
    bare = sqlite3.connect(f"file:{almanac.path}?mode=ro&immutable=1", uri=True)
    bare.execute(f"PRAGMA mmap_size = {2**31 - 65536}")
    choice = random.Random(1940)
    print(f"\n{'milliseconds':34}{'p50':>8}{'p99':>8}{'p99 cpu':>9}   bare SQL p50, ratio")
    for kind in (Kind.BIRTH, Kind.DEATH, Kind.EVENT, None):
        days = [choice.choice(MonthDay.all()) for _ in range(QUERIES)]
        report(
            f"day, top 50, {kind or 'all kinds'}",
            days,
            partial(asked_day, almanac, kind),
            partial(bare_day, bare, kind),
        )
    names = [row[0] for n in chosen(almanac, choice) for row in bare.execute(NAME, (n,))]
    for sort, words in searches(names).items():
        report(f"search, {sort}", words, almanac.search, partial(bare_search, bare))
    numbers = chosen(almanac, choice)
    entities = [row[0] for n in numbers for row in bare.execute(ENTITY_ID, (n,))]
    ids = [entry.id for id in entities[:500] for entry in almanac.about(id, limit=4)]
    dates = [HistoricalDate(choice.randint(1700, 2000), 8, choice.randint(1, 31)) for _ in ids]
    years = [choice.randint(1500, 2000) for _ in range(QUERIES // 10)]
    report("entry by id", ids, almanac.entry)
    report("entity by id", entities, almanac.entity)
    report("all about an entity", entities, almanac.about)
    report("a date", dates, almanac.date)
    report("a year, top 50", years, almanac.year)
    report("day, first 50 by year", MonthDay.all(), partial(asked_day, almanac, None, order="year"))
    bare.close()


def report(
    name: str,
    asked: Sequence[Any],
    ask: Callable[[Any], object],
    bare: Callable[[Any], object] | None = None,
) -> None:
    """Print one line: all queries once to warm the file, then once more on the clock."""
    for what in asked:
        ask(what)
    ours, cpu = timed(ask, asked)
    median = statistics.median(ours)
    line = f"{name:34}{median:8.3f}{at_99(ours):8.3f}{at_99(cpu):9.3f}"
    if bare:
        limit = statistics.median(timed(bare, asked)[0])
        line += f"{limit:11.3f}{median / limit:8.1f}"
    print(line, flush=True)


def timed(ask: Callable[[Any], object], asked: Iterable[Any]) -> tuple[list[float], list[float]]:
    """Return the milliseconds of each query, by the clock and of the processor."""
    took, cpu = [], []
    for what in asked:
        started, busy = time.perf_counter(), time.thread_time()
        ask(what)
        cpu.append(1000 * (time.thread_time() - busy))
        took.append(1000 * (time.perf_counter() - started))
    return took, cpu


def at_99(values: list[float]) -> float:
    """Return the 99th percentile."""
    return sorted(values)[len(values) * 99 // 100]


# The queries

NAME = "SELECT name FROM entity WHERE n = ?"
ENTITY_ID = "SELECT id FROM entities WHERE n = ?"
BEST = """SELECT entries FROM best
    WHERE shelf = (SELECT n FROM shelf WHERE day = ? AND kind IS ? AND NOT hidden)"""
BARE_DAY = f"""SELECT entry.*, entity.* FROM entry
    LEFT JOIN entity ON entity.n = entry.subject WHERE entry.n IN ({", ".join("?" * PAGE)})"""
BARE_SEARCH = """SELECT entity.* FROM names_rest JOIN entity ON entity.n = names_rest.rowid
    WHERE names_rest MATCH ? ORDER BY names_rest.rowid LIMIT 20"""


def asked_day(
    almanac: Almanac, kind: Kind | None, day: MonthDay, order: Literal["weight", "year"] = "weight"
) -> object:
    """Ask for the first page of a day."""
    return almanac.day(day, kind, order=order)


def bare_day(database: sqlite3.Connection, kind: Kind | None, day: MonthDay) -> object:
    """Fetch the rows of a day's best with their subjects, and make nothing of them."""
    ((best,),) = database.execute(BEST, (str(day), kind))
    numbers = array("I", best[: 4 * PAGE]).tolist()
    return database.execute(BARE_DAY, [*numbers, *[0] * (PAGE - len(numbers))]).fetchall()


def bare_search(database: sqlite3.Connection, text: str) -> object:
    """Fetch twenty rows whose names have all words of a text."""
    match = " ".join(f'"{word}"' for word in fold(text).split())
    return database.execute(BARE_SEARCH, (match,)).fetchall()


def chosen(almanac: Almanac, choice: random.Random) -> list[int]:
    """Choose entities, the heavier ones oftener, as people do who search."""
    count = almanac.info.entities
    return [int(count * choice.random() ** 2) + 1 for _ in range(QUERIES)]


def searches(names: list[str]) -> dict[str, list[str]]:
    """Return what to search for, by the sort of search."""
    pairs = [(name.split()[0], name.split()[-1]) for name in names]
    strangers = pairwise(pairs)
    return {
        "one word": [last for _, last in pairs],
        "two words of a name": [f"{first} {last}" for first, last in pairs],
        "two words of two names": [f"{one[0]} {other[1]}" for one, other in strangers],
        "a prefix of 1 to 6 letters": [last[: 1 + i % 6] for i, (_, last) in enumerate(pairs)],
        "a word and such a prefix": [
            f"{first} {last[: 1 + i % 6]}" for i, (first, last) in enumerate(pairs)
        ],
        "such a prefix, words turned": [
            f"{last} {first[: 1 + i % 6]}" for i, (first, last) in enumerate(pairs)
        ],
    }


# The entries


class Generator:
    """Makes entries by looking random numbers up in tables, which is what costs least."""

    def __init__(self, count: int) -> None:
        self._count, self._random = count, random.Random(1879)
        given, self._families = self._vocabulary(30_000, 3), self._vocabulary(300_000, 4)
        self._given, self._family = self._zipf(given, 10), self._zipf(self._families, 100)
        self._years = [int(2020 - 900 * (i / TABLE) ** 3) for i in range(TABLE)]
        self._weights = [round(0.02 + 0.9 * (i / TABLE) ** 6, 4) for i in range(TABLE)]
        self._days = self._random.choices(MonthDay.all(), k=TABLE)
        nations, trades = self._vocabulary(150, 3), self._vocabulary(130, 3)
        described = [f"{nation} {trade.lower()}" for nation, _ in nations for trade, _ in trades]
        self._described = self._random.choices(described, k=TABLE)
        self._taken = bytearray(TAKEN)
        self._serial = 0
        numbers = self._numbers(count // 50 + 50 + count // 1000 + 10)
        self._wars = [
            self._thing("event", "War of", numbers.pop()) for _ in range(count // 1000 + 10)
        ]
        self._places = [self._thing("place", "", row) for row in numbers]

    def entries(self) -> Iterator[Entry]:
        """Yield births with deaths, and events behind those who take part in them."""
        for first in range(0, self._count, BATCH):
            count = min(BATCH, self._count - first)
            births, deaths = count * 59 // 100, count * 26 // 100
            people: list[Entity] = []
            for i, numbers in enumerate(self._numbers(births)):
                person, birth, death = self._life(numbers)
                people.append(person)
                yield birth
                if i < deaths:
                    yield death
            for numbers in self._numbers(count - births - deaths):
                yield self._event(numbers, people)

    def _life(self, numbers: Numbers) -> tuple[Entity, Entry, Entry]:
        a, b, c, d, e, f, g, tail = numbers
        self._serial += 1
        # One table can't hold all families: half of all people have a rarer name than those in it.
        family = self._family[b] if c & 1 else self._families[(b << 16 | c) % len(self._families)]
        words = (self._given[a], self._given[d], family) if d % 6 == 0 else (self._given[a], family)
        name, weight, wikidata = _written(words), self._weights[f], f"Q{self._serial * 17 + 1000}"
        born, died = self._years[e], self._years[e] + 20 + g % 70
        person = Entity(
            self._unused(words),
            name,
            "person",
            wikidata,
            name if d & 3 == 0 else f"{name} (actor)" if d & 31 == 1 else None,
            self._described[c] if d % 5 else None,
            f"{name} {born}.jpg" if e % 5 == 0 else None,
            weight,
            born,
            died,
        )
        about = (name, (Participant(person, SUBJECT),), self._wikidata(wikidata), weight)
        birth = self._entry(Kind.BIRTH, born, self._days[a ^ g], tail, None, *about)
        return (
            person,
            birth,
            self._entry(Kind.DEATH, died, self._days[c ^ e], ~tail & LAST, None, *about),
        )

    def _event(self, numbers: Numbers, people: list[Entity]) -> Entry:
        a, b, c, d, e, f, g, tail = numbers
        day, place = self._days[b], self._places[len(self._places) * a * a >> 32]
        parts = [Participant(people[(a, b, c)[i] % len(people)], "person") for i in range(e % 4)]
        if f & 1 or not parts:
            parts.append(Participant(place, "place"))
        if f % 3 == 0:
            own = self._thing("event", SORTS[c % len(SORTS)], numbers)
            parts.insert(0, Participant(own, SUBJECT))
            title, backing = own.name, self._wikidata(str(own.wikidata))
        else:
            war = self._wars[len(self._wars) * d * d >> 32]
            parts.append(Participant(war, "context"))
            title = f"{SORTS[c % len(SORTS)]} {_written((self._family[d], self._given[g]))}"
            page = f"{DAY_PAGE}{day.month}_{day.day}"
            backing = (Reference("wikipedia", page, None, "CC-BY-SA-4.0"),)
        about = (title, tuple(parts[:4]), backing, self._weights[g])
        subkind = SORTS[c % len(SORTS)].split()[0].lower()
        return self._entry(Kind.EVENT, self._years[e], day, tail, subkind, *about)

    def _entry(
        self,
        kind: Kind,
        year: int,
        day: MonthDay,
        tail: int,
        subkind: str | None,
        title: str,
        parts: tuple[Participant, ...],
        backing: tuple[Reference, ...],
        weight: float,
    ) -> Entry:
        if day is LEAP_DAY:
            year = year // 100 * 100 + 4 + year % 24 * 4
        calendar = Calendar.GREGORIAN if year > 1582 else Calendar.JULIAN
        date = HistoricalDate(year, day.month, day.day, calendar)
        id = f"{kind[0]}:{year:04}-{day.month:02}-{day.day:02}:{tail:010x}"
        return Entry(id, kind, subkind, date, day, title, None, weight, (), parts, backing)

    def _thing(self, kind: str, sort: str, numbers: Numbers) -> Entity:
        """Make a place, or an event with an article of its own."""
        a, b, _, d, _, f, _, _ = numbers
        self._serial += 1
        words = (self._families[(b << 16 | d) % len(self._families)], self._given[a])
        words = ((sort, sort.lower().replace(" ", "-")), *words) if sort else words
        name, wikidata = _written(words), f"Q{self._serial * 17 + 1000}"
        weight = self._weights[f]
        return Entity(self._unused(words), name, kind, wikidata, name, None, None, weight)

    def _wikidata(self, id: str) -> tuple[Reference, ...]:
        return (Reference("wikidata", WIKIDATA + id, None, "CC0-1.0"),)

    def _unused(self, words: tuple[Named, ...]) -> str:
        """Make an id of words; with a number behind if another entity may have it."""
        id = "-".join(word[1] for word in words)
        bit = crc32(id.encode()) % (8 * TAKEN)
        if self._taken[bit >> 3] >> (bit & 7) & 1:
            return f"{id}-{self._serial}"
        self._taken[bit >> 3] |= 1 << (bit & 7)
        return id

    def _numbers(self, count: int) -> list[Numbers]:
        columns = [array("H", self._random.randbytes(2 * count)) for _ in range(7)]
        return list(zip(*columns, map(self._random.getrandbits, repeat(40, count)), strict=True))

    def _vocabulary(self, count: int, longest: int) -> list[Named]:
        """Make so many words, one in twelve with an accent."""
        words: dict[str, None] = {}
        while len(words) < count:
            syllables = self._random.choices(SYLLABLES, k=self._random.randint(2, longest))
            words["".join(syllables).capitalize()] = None
        return [(word, "".join(fold(word).split())) for word in words]

    def _zipf(self, words: list[Named], shift: int) -> list[Named]:
        """Fill a table so that the word of rank r is taken as often as 1 / (r + shift)."""
        often = list(accumulate(1 / (rank + shift) for rank in range(len(words))))
        return self._random.choices(words, cum_weights=often, k=TABLE)


def _written(words: tuple[Named, ...]) -> str:
    return " ".join(word[0] for word in words)


if __name__ == "__main__":
    main()
