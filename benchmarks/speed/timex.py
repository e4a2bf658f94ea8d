"""How fast time expressions are found and resolved, beside dateparser in the same run.

    python benchmarks/speed/timex.py [FILE...] [--megabytes 4] [--parser-kilobytes 20]

Reads the files (by default the documents of ../shared/data/wikiwars) into one text, repeats it to
the size asked for, and prints megabytes a second of one core, the best of five runs. dateparser
gets the beginning only: it is slower by an order of magnitude or two, and its time grows with the
length. HeidelTime 2.2.1 was measured at 0.004 to 0.012 MB/s on two such cores, in a warm JVM.
"""

import argparse
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

from hodie.timex import tag

WIKIWARS = Path(__file__).parents[3] / "shared" / "data" / "wikiwars" / "in"
RUNS = 5


def main() -> None:
    """Measure everything and print a table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--megabytes", type=float, default=4)
    parser.add_argument("--parser-kilobytes", type=float, default=20)
    options = parser.parse_args()
    text = corpus(options.files or sorted(WIKIWARS.glob("*.sgm")))
    whole = text * max(1, round(options.megabytes * 1e6 / len(text)))
    print(f"{'':34}{'MB/s':>9}{'seconds':>9}{'found':>9}")
    row("hodie, first call with loading", text[:2000], tag, runs=1)
    row("hodie, narrative", whole, tag)
    row("hodie, news", whole, lambda t: tag(t, profile="news", reference="2009-12-19"))
    beside_dateparser(text[: round(options.parser_kilobytes * 1000)])


def corpus(files: list[Path]) -> str:
    """The texts of all files, without markup."""
    if not files:
        sys.exit(f"no files: {str(WIKIWARS)!r} is absent; name some text files")
    texts = (path.read_text(encoding="utf-8", errors="replace") for path in files)
    return "\n\n".join(re.sub(r"<[^>]{0,200}>", "", text) for text in texts)


def row(name: str, text: str, find: Callable[[str], object], runs: int = RUNS) -> None:
    """Print the speed of `find` over `text`, by the time of this process alone."""
    best, found = min((timed(find, text) for _ in range(runs)), key=lambda pair: pair[0])
    size = len(text.encode("utf-8", "replace")) / 1e6
    print(f"{name:34}{size / best:9.3f}{best:9.3f}{found:9}")


def timed(find: Callable[[str], object], text: str) -> tuple[float, int]:
    """Seconds of processor time, and how many were found."""
    start = time.process_time()
    found = find(text)
    return time.process_time() - start, len(found) if isinstance(found, list) else 0


def beside_dateparser(text: str) -> None:
    """The same for dateparser's search, where it is installed."""
    try:
        from dateparser.search import search_dates
    except ImportError:
        print("dateparser is not installed: pip install --group bench")
        return
    row("dateparser, search_dates", text, lambda t: search_dates(t, languages=["en"]) or [], runs=2)


if __name__ == "__main__":
    main()
