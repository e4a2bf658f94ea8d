"""How the API answers what no file holds: requests a second, their time, and memory.

    python benchmarks/speed/live.py [--almanac FILE] [--entries 10000000] [--keep FOLDER]
                                    [--workers 2] [--connections 16] [--crowd 60]

FILE is an almanac to ask; without it, one is generated as benchmarks/speed/almanac.py does. Twenty
thousand questions are asked, of the sorts and in the shares below: days with filters, entries,
entities and theirs, dates, searches, years. First all are asked alike, so that next to none is
answered from memory; then they are asked as unequally as things are asked for, the n-th as often
as 1 / (n + 10). wrk asks (apt-get install wrk). The server keeps a thousand answers a process, and
what it wrote of entries; the singles before the mix fill that as an hour of readers does.

Each mix is asked as quickly as it is answered, by so many connections, and again at the rate of the
limit: 1,500 requests a second, evenly. The time of an answer is that which its asker waits.

At the end, a crowd of a thousand connections asks for some seconds.

On a shared machine the processor's time a request says more than the clock: at the limit it leaves
1,500 requests a second, all cores together, 1.33 ms times the number of cores that are free.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.util
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote
from urllib.request import urlopen

from hodie.almanac import Almanac, Entity, Entry, build
from hodie.dates import MonthDay
from hodie.press import create
from hodie.server.serving import free_port

HODIE = (sys.executable, "-c", "from hodie.cli import main; main()")
QUESTIONS, SECONDS = 20_000, 10
LIMIT_RATE, LIMIT_MS = 1_500, 15.0
FILTERS = (
    "",
    "&from=1800",
    "&from=1900&to=1950",
    "&lang=de",
    "&limit=10&fields=title,date",
    "&sensitive=hidden",
)
LUA = """\
local paths, at = {}, 0
for line in io.lines("%s") do paths[#paths + 1] = line end
request = function() at = at %% #paths + 1; return wrk.format("GET", paths[at]) end
"""
# Requests are due one after the other, each so many milliseconds behind the last; `delay` is asked
# by the connection that is next.
PACE = """\
local ffi = require("ffi")
ffi.cdef("typedef struct {long seconds, micros;} now_t; int gettimeofday(now_t *, void *);")
local clock, due = ffi.new("now_t"), nil
delay = function()
  ffi.C.gettimeofday(clock, nil)
  local now = tonumber(clock.seconds) * 1000 + tonumber(clock.micros) / 1000
  due = (due or now) + %f
  return math.max(due - now, 0)
end
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--almanac", type=Path)
    parser.add_argument("--entries", type=int, default=10_000_000)
    parser.add_argument("--keep", type=Path, help="keep the almanac there, or use the one there")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--crowd", type=int, default=60, help="seconds of a thousand connections")
    options = parser.parse_args()
    wrk = shutil.which("wrk")
    if wrk is None:
        raise SystemExit("needs wrk, which asks (apt-get install wrk)")
    with tempfile.TemporaryDirectory(prefix="hodie-live-") as temporary:
        folder = publication(Path(temporary) / "publication", options)
        with Almanac.open(folder / "almanac.db") as almanac:
            print(f"{sum(almanac.info.entries.values()):,} entries, {options.workers} processes")
            asked = Questions(almanac, random.Random(1940))
            singles = {name: asked.some(name, 400) for name in Questions.SHARES}
            singles |= {name: [address] * 100 for name, address in asked.largest(almanac).items()}
            mixes = {"the mix": asked.mixed(QUESTIONS), "asked unequally": asked.skewed(QUESTIONS)}
        scripts = {}
        for number, (name, addresses) in enumerate(mixes.items()):
            (Path(temporary) / str(number)).mkdir()
            name += f", {len(set(addresses)):,} different of {len(addresses):,}"
            scripts[name] = written(Path(temporary) / str(number), addresses)
        with served(folder, options.workers) as origin:
            for name, addresses in singles.items():
                report_one(origin, name, addresses)
            for name, script in scripts.items():
                quick, paced = script
                for encoding in ("gzip", "identity"):
                    report_load(wrk, origin, name, quick, options.connections, encoding)
                name += ", at the limit's rate"
                # What is asked at that rate may end a moment behind it.
                least = 0.99 * LIMIT_RATE
                report_load(wrk, origin, name, paced, options.connections, "gzip", least)
            report_crowd(wrk, origin, next(iter(scripts.values()))[0], options.crowd)


def publication(folder: Path, options: argparse.Namespace) -> Path:
    """Make a publication of an almanac, without stories."""
    create(folder, demo=True)
    for story in (folder / "stories").glob("*.md"):
        story.unlink()
    known = options.almanac or (options.keep and options.keep / "almanac.db")
    if known and known.exists():
        (folder / "almanac.db").symlink_to(known.absolute())
        return folder
    path = folder / "almanac.db"
    if options.keep:
        options.keep.mkdir(exist_ok=True)
        path.symlink_to(known.absolute())
        path = known
    print(f"generating {options.entries:,} entries", flush=True)
    build(path, generator(options.entries))
    return folder


def generator(count: int) -> Iterator[Entry]:
    """Return the entries that benchmarks/speed/almanac.py makes."""
    place = Path(__file__).with_name("almanac.py")
    spec = importlib.util.spec_from_file_location("almanac_benchmark", place)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["almanac_benchmark"] = module
    spec.loader.exec_module(module)
    entries: Iterator[Entry] = module.Generator(count).entries()
    return entries


class Questions:
    """Addresses of all sorts, in the shares in which they are asked."""

    SHARES = {  # noqa: RUF012 (never changed)
        "day": 32, "entry": 18, "entity": 14, "entries of an entity": 12, "date": 10, "search": 12,
        "year": 2,
    }  # fmt: skip

    def __init__(self, almanac: Almanac, chance: random.Random) -> None:
        self._chance = chance
        self._entities = sample(almanac, 4_000)
        self._entries = [
            entry
            for day in chance.sample(MonthDay.all(), 80)
            for entry in almanac.day(day, limit=50, offset=chance.randrange(400))
        ]
        self._dated = [entry for entry in self._entries if entry.date and entry.day]
        self._years = [year for year, _ in almanac.years() if 1000 < year < 2020]

    def some(self, name: str, count: int) -> list[str]:
        return [self._one(name) for _ in range(count)]

    def mixed(self, count: int) -> list[str]:
        names = self._chance.choices(list(self.SHARES), list(self.SHARES.values()), k=count)
        return [self._one(name) for name in names]

    def skewed(self, count: int) -> list[str]:
        """Return questions of the mix as unequally often as things are asked for."""
        known = self.mixed(count)
        often = [1 / (n + 10) for n in range(count)]
        return self._chance.choices(known, often, k=count)

    def largest(self, almanac: Almanac) -> dict[str, str]:
        """Return what there is most behind: the fullest date and year, and the longest life."""
        date, _ = max(almanac.dates(), key=lambda pair: pair[1])
        year, _ = max(almanac.years(), key=lambda pair: pair[1])
        life = max(self._entities, key=lambda each: len(almanac.lists.about(each.id) or ()))
        return {
            "the fullest date": f"/api/v1/dates/{date.edtf}",
            "the fullest year": f"/api/v1/years/{year:04}",
            "the longest life": f"/api/v1/entities/{life.id}/entries",
            "the year 1940": "/api/v1/years/1940",
            "20 August 1940": "/api/v1/dates/1940-08-20",
        }

    def _one(self, name: str) -> str:
        makers: dict[str, Callable[[], str]] = {
            "day": self._day,
            "entry": lambda: f"entries/{self._chance.choice(self._entries).id}",
            "entity": lambda: f"entities/{self._chance.choice(self._entities).id}",
            "entries of an entity": lambda: f"entities/{self._entity().id}/entries",
            "date": self._date,
            "search": lambda: f"search?q={quote(self._words())}",
            "year": lambda: f"years/{self._chance.choice(self._years):04}",
        }
        return f"/api/v1/{makers[name]()}"

    def _day(self) -> str:
        kinds = self._chance.choice(["event", "birth", "death", "birth,death"])
        day = self._chance.choice(MonthDay.all())
        return f"days/{day}?kind={kinds}{self._chance.choice(FILTERS)}"

    def _date(self) -> str:
        date = self._chance.choice(self._dated).date
        assert date is not None
        return f"dates/{date.edtf}"

    def _entity(self) -> Entity:
        return self._chance.choice(self._entities)

    def _words(self) -> str:
        name = self._entity().name
        return name if self._chance.random() < 0.5 else name[: self._chance.randint(3, 7)]


def sample(almanac: Almanac, count: int) -> list[Entity]:
    """Return entities of all weights, the heaviest among them."""
    found = []
    for number, entity in enumerate(almanac.entities()):
        if number % 29 == 0:
            found.append(entity)
            if len(found) == count:
                break
    return found


def written(folder: Path, addresses: list[str]) -> tuple[Path, Path]:
    """Write what wrk asks, and the scripts by which it does: as quickly as it can, and paced."""
    (folder / "paths.txt").write_text("".join(f"{address}\n" for address in addresses))
    asking = LUA % (folder / "paths.txt")
    quick, paced = folder / "quick.lua", folder / "paced.lua"
    quick.write_text(asking)
    paced.write_text(asking + PACE % (1000 / LIMIT_RATE))
    return quick, paced


@contextlib.contextmanager
def served(folder: Path, workers: int) -> Iterator[str]:
    """Run `hodie serve`, and give its origin."""
    port = free_port()
    command = [*HODIE, "serve", "-C", str(folder), "--port", str(port), "--workers", str(workers)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            next(line for line in iter(process.stdout.readline, "") if "http" in line)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()


def report_one(origin: str, name: str, addresses: list[str]) -> None:
    """Ask one after the other, each over a connection of its own, and tell how long that takes."""
    times, size = [], 0
    for address in addresses:
        start = time.perf_counter()
        with urlopen(origin + address, timeout=60) as answer:
            size += len(answer.read())
        times.append((time.perf_counter() - start) * 1000)
    times.sort()
    p50, p99 = times[len(times) // 2], times[len(times) * 99 // 100]
    kilobytes = size / len(addresses) / 1000
    print(f"{name:22}{p50:8.2f} ms p50{p99:9.2f} ms p99{kilobytes:7.1f} KB", flush=True)


def report_load(
    wrk: str,
    origin: str,
    name: str,
    script: Path,
    connections: int,
    encoding: str,
    least: float = LIMIT_RATE,
) -> None:
    """Let wrk ask, and tell how many a second, how long they took, and the processor's time."""
    before, asked_before = used(origin)
    said = ask(wrk, origin, script, connections, SECONDS, encoding)
    after, asked_after = used(origin)
    rate, p99 = rate_of(said), p99_of(said)
    each = (after - before) * 1000 / (asked_after - asked_before)
    print(f"\n{name}; {connections} connections, {encoding}:")
    print(f"  {rate:,.0f} requests a second, p99 {p99:.1f} ms, {each:.2f} ms of processor each")
    kept = "kept" if rate >= least and p99 < LIMIT_MS else "BROKEN"
    print(f"  limits {LIMIT_RATE:,} a second and {LIMIT_MS:.0f} ms: {kept}", flush=True)
    told_errors(said)


def report_crowd(wrk: str, origin: str, script: Path, seconds: int) -> None:
    """Let a thousand connections ask, and tell of errors and of memory before and after."""
    if not seconds:
        return
    ask(wrk, origin, script, 1_000, 5, "gzip")  # what a thousand connections need is had once
    before = memory(origin)
    said = ask(wrk, origin, script, 1_000, seconds, "gzip")
    after = memory(origin)
    print(f"\na thousand connections for {seconds} s: {rate_of(said):,.0f} requests a second,")
    print(f"  memory {before:.0f} MB before and {after:.0f} MB after", flush=True)
    told_errors(said)


def ask(wrk: str, origin: str, script: Path, connections: int, seconds: int, encoding: str) -> str:
    command = [
        wrk, "-t1", f"-c{connections}", f"-d{seconds}", "--latency", "--timeout", "20s",
        "-H", f"Accept-Encoding: {encoding}", "-s", str(script), origin,
    ]  # fmt: skip
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def told_errors(said: str) -> None:
    errors = re.findall(r"Socket errors: .*|Non-2xx or 3xx responses: .*", said)
    print(f"  {'; '.join(errors) or 'no error'}", flush=True)


def rate_of(said: str) -> float:
    return float(said.split("Requests/sec:")[1].split()[0])


def p99_of(said: str) -> float:
    """Read the 99th percentile, in milliseconds."""
    found = re.search(r"99%\s+([\d.]+)(us|ms|s)", said)
    assert found is not None
    return float(found[1]) * {"us": 0.001, "ms": 1.0, "s": 1000.0}[found[2]]


def used(origin: str) -> tuple[float, float]:
    """Return the processor's seconds and the requests that the server's metrics tell."""
    return metric(origin, "process_cpu_seconds_total"), metric(origin, "hodie_requests_total")


def memory(origin: str) -> float:
    return metric(origin, "process_resident_memory_bytes") / 1e6


def metric(origin: str, name: str) -> float:
    time.sleep(1.2)  # processes tell each other what they counted every second
    with urlopen(f"{origin}/metrics", timeout=60) as answer:
        text = answer.read().decode()
    lines = (line for line in text.splitlines() if re.match(rf"{name}[ {{]", line))
    return sum(float(line.rpartition(" ")[2]) for line in lines)


if __name__ == "__main__":
    main()
