"""What merging costs beside the build that it feeds, and how its memory grows.

    python benchmarks/speed/merging.py [--entries 400000]

Two generated sources tell of the same lives, and each of some that the other lacks. Prints
processor time and the most memory of three runs in processes of their own: the almanac built from
one of the sources alone, the merge of both without an almanac, and the merge of four times as many,
whose memory may grow by what is kept of each entity and entry.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from hodie.almanac import SUBJECT, Entity, Entry, Kind, Participant, Reference, build
from hodie.dates import MonthDay
from hodie.sources.merging import MergeReport, merge

ENTRIES = 400_000


def lives(name: str, first: int, last: int) -> Iterator[Entry]:
    """Yield births, dealt out over days and years; the same numbers are the same people."""
    days = MonthDay.all()
    references = (Reference(name, licence="CC0-1.0"),)
    for number in range(first, last):
        day = days[number * 31 % 366]
        date = day.in_year(1604 + 4 * (number * 7 % 100))
        who = Entity(f"person-{number}", f"Person {number}", "person", f"Q{number + 1}", weight=0.1)
        yield Entry(
            f"{name}:{number}", Kind.BIRTH, None, date, day, None, None, 0.1, (),
            (Participant(who, SUBJECT),), references,
        )  # fmt: skip


def run(what: str, entries: int) -> None:
    """Do one of the runs, and print its processor time and most memory."""
    half = entries // 2
    started = time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        if what == "build":
            build(Path(folder) / "almanac.db", lives("one", 0, entries))
        else:
            report = MergeReport()
            two = lives("two", half // 5, half + half // 5)
            sources = [("one", lives("one", 0, half)), ("two", two)]
            given = sum(1 for _ in merge(sources, folder=Path(folder), report=report))
            assert given == half + half // 5
    print(time.process_time() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


def measured(what: str, entries: int) -> tuple[float, float]:
    """Run in a process of its own; return seconds and megabytes."""
    command = [sys.executable, __file__, "--run", what, "--entries", str(entries)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds, kilobytes = done.stdout.split()
    return float(seconds), int(kilobytes) / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--entries", type=int, default=ENTRIES)
    parser.add_argument("--run", choices=("build", "merge"))
    options = parser.parse_args()
    if options.run:
        run(options.run, options.entries)
        return
    entries = options.entries
    built, _ = measured("build", entries)
    merged, memory = measured("merge", entries)
    more, much = measured("merge", 4 * entries)
    print(f"build of {entries:,} entries: {1e6 * built / entries:.1f} µs of processor time each")
    print(
        f"merge of {entries:,} in two sources: {1e6 * merged / entries:.1f} µs each, "
        f"{merged / built:.1f} times the build; {memory:.0f} MB at most"
    )
    grown = (much - memory) * 1024 * 1024 / (3 * entries)
    print(
        f"merge of {4 * entries:,}: {1e6 * more / (4 * entries):.1f} µs each; "
        f"{much:.0f} MB at most, {grown:.0f} bytes more for each entry"
    )


if __name__ == "__main__":
    main()
