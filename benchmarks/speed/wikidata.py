"""How fast a dump of Wikidata becomes what the merge reads, beside other tools in the same run.

    python benchmarks/speed/wikidata.py [DUMP.json.gz] [--megabytes 1000] [--runs 3] [--merge]

Without a dump it makes one (benchmarks/dumps.py; two minutes for 1,000 MB) and keeps it in the
folder for temporary files. Every row is the best of the runs, each run a process of its own with
its start, taken in turn. MB are of JSON, unpacked; "a core" is by processor time, user and system,
of all processes of the row, node's and zcat's too. `wikibase-dump-filter` is measured where npm has
put it: name its command with WIKIBASE_DUMP_FILTER. On a shared machine the last column is what to
trust. Where pandas is installed, pyarrow loads it: 0.3 s of every process that have nothing to do
with the dump, so take an environment that has `hodie[wikidata]` alone.
"""

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

sys.path.append(str(Path(__file__).parents[1]))

import dumps

from hodie.sources.wikidata import WikidataSource
from hodie.sources.wikidata.extraction import Settings
from hodie.sources.wikidata.members import pieces
from hodie.sources.wikidata.ranges import plan
from hodie.sources.wikidata.rows import Row, RowMaker
from hodie.sources.wikidata.working import Work, work

FILTER = os.environ.get("WIKIBASE_DUMP_FILTER", "wikibase-dump-filter")
PEER = "wikibase-dump-filter --claim P569"
WHOLE = 1_650_000
"""The megabytes of JSON in the whole dump."""


class Measured(NamedTuple):
    """Seconds by the clock and of processors, and the most megabytes that one process held."""

    wall: float
    cpu: float
    memory: float


def main() -> None:
    """Measure everything and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("dump", nargs="?", type=Path)
    parser.add_argument("--megabytes", type=float, default=1000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--merge", action="store_true", help="also from rows to entries")
    options = parser.parse_args()
    dump = options.dump or made(options.megabytes)
    size = sum(len(piece.text) for piece in pieces(str(dump), 0, None, complain)) / 1e6
    print(f"{dump}: {size:,.0f} MB of JSON in {dump.stat().st_size / 1e6:,.0f} MB")
    rows: dict[str, Callable[[], None]] = {
        "isal alone: unpack, nothing else": lambda: unpack(dump),
        "hodie, 1 process": lambda: extract(dump, 1),
        "hodie, 2 processes": lambda: extract(dump, 2),
        "hodie, days alone, with a site link": lambda: extract(dump, 1, ("en",), 1, "day"),
        "hodie, without names for references": lambda: without_names(dump),
    }
    if shutil.which(FILTER):
        print(f"wikibase-dump-filter {version(FILTER)} on node {version('node')}")
        rows[PEER] = lambda: dump_filter(dump)
    else:
        print(f"{FILTER} is not there: npm install wikibase-dump-filter")
    show(measured(rows, options.runs), size)
    if options.merge:
        merge(dump)


def made(megabytes: float) -> Path:
    """Make a dump, once."""
    file = Path(tempfile.gettempdir()) / f"hodie-wikidata-{megabytes:.0f}.json.gz"
    if not file.exists():
        if not dumps.ENTITIES.exists():
            sys.exit(f"no items: {str(dumps.ENTITIES)!r} is absent; name a dump")
        dumps.write_dump(file, megabytes)
    return file


def measured(rows: dict[str, Callable[[], None]], runs: int) -> dict[str, Measured]:
    """Take all rows in turn, so often, and keep the best of each."""
    best: dict[str, Measured] = {}
    for _ in range(runs):
        for name, job in rows.items():
            found = in_process(job)
            if name not in best or found.cpu < best[name].cpu:
                best[name] = found
    return best


def in_process(job: Callable[[], None]) -> Measured:
    """Run a job in a process of its own, and count what it and its children took."""
    started = time.monotonic()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    pid = os.fork()
    if not pid:
        job()
        usage = [resource.getrusage(who).ru_maxrss for who in (0, -1)]
        Path(tempfile.gettempdir(), "hodie-wikidata-memory").write_text(str(max(usage)))
        os._exit(0)
    os.waitpid(pid, 0)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    kept = Path(tempfile.gettempdir(), "hodie-wikidata-memory")
    memory = int(kept.read_text()) / 1000
    kept.unlink()
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Measured(time.monotonic() - started, cpu, memory)


def show(best: dict[str, Measured], size: float) -> None:
    """Print the table, and what the figures mean for the whole dump."""
    ours = best["hodie, 1 process"]
    print(f"{'':40}{'MB/s':>8}{'a core':>8}{'memory':>8}{'processor time':>17}")
    for name, found in best.items():
        rates = f"{size / found.wall:8.0f}{size / found.cpu:8.0f}{found.memory:7.0f}M"
        print(f"{name:40}{rates}{found.cpu / ours.cpu:12.2f} of 1")
    if PEER in best:
        print(f"{best[PEER].cpu / ours.cpu:.1f} times {PEER}, a core, in one process")
    hours = WHOLE / (size / best["hodie, 2 processes"].wall) / 3600
    print(f"the whole dump at the speed of 2 processes (computed): {hours * 60:.0f} minutes")


def unpack(dump: Path) -> None:
    for _ in pieces(str(dump), 0, None, complain):
        pass


def extract(
    dump: Path, processes: int, languages: tuple[str, ...] = ("en",), least: int = 0,
    precision: str = "year",
) -> None:  # fmt: skip
    size = max(1 << 20, dump.stat().st_size // (4 * processes)) if processes > 1 else 64 << 20
    with tempfile.TemporaryDirectory() as folder:
        task = Work(Path(folder), plan(str(dump), size), Settings(languages, least, precision))
        with task.held():
            work(task, processes=processes)


def without_names(dump: Path) -> None:
    """Extract facts without the rows of all other items, which only name what facts refer to."""
    make = RowMaker.row

    def with_facts(self: RowMaker, item: object, facts: tuple) -> Row | None:
        return make(self, item, facts) if facts else None

    RowMaker.row = with_facts
    extract(dump, 1)


def dump_filter(dump: Path) -> None:
    """Run it over all of the dump, as its manual says; `check` since it can stop half way."""
    command = f"zcat {dump} | {FILTER} --claim P569 --simplify > /dev/null 2> /dev/null"
    subprocess.run(["bash", "-o", "pipefail", "-c", command], check=True)


def version(command: str) -> str:
    """Return what a command says of its version."""
    said = subprocess.run([command, "--version"], capture_output=True, text=True, check=True)
    return said.stdout.strip()


def merge(dump: Path) -> None:
    """Say how long the merge takes: from rows to entries."""
    with tempfile.TemporaryDirectory() as folder:
        source = WikidataSource(path=str(dump), work=folder, processes=2)
        for _ in source.entries():
            pass
        started = time.process_time()
        count = sum(1 for _ in source.entries())
        seconds = time.process_time() - started
        rows = source.report.items
    rate = count / seconds
    print(f"merge: {count:,} entries of {rows:,} rows in {seconds:.1f} s: {rate:,.0f} a second")


def complain(reason: str, place: str) -> None:
    sys.exit(f"{place}: {reason}")


if __name__ == "__main__":
    main()
