"""Time reading a day page of Wikipedia, beside its bare parsing by lxml in the same run.

    python benchmarks/speed/wikipedia.py [PAGE.html LANGUAGE]

Without a page it is one made here, of the size of a real one: 366 items, some 150 kB. Where
`../shared/data/day-pages` is there, its two real pages are timed as well. Figures are processor
time, the median of 30 runs; the limit is 10 ms a page. Wikimedia's own service takes 250 to 350 ms.
"""

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from hodie.sources.wikipedia import language, read_page
from hodie.sources.wikipedia.markup import parse

RUNS = 30
LIMIT = 10.0
REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "day-pages"
ITEM = (
    '<li id="mw{n}"><a rel="mw:WikiLink" href="./{year}" title="{year}" id="mwA{n}">{year}</a> '
    '<span typeof="mw:Entity" id="mwB{n}">–</span> <a rel="mw:WikiLink" '
    'href="./Person_{n}_(of_some_note)" title="Person {n} (of some note)" id="mwC{n}">Person {n}'
    '</a>, weaver of <a rel="mw:WikiLink" href="./Town_{n}" title="Town {n}" id="mwD{n}">Town {n}'
    "</a> and reader of almanacs (d. {later})</li>\n"
)


def main() -> None:
    """Measure each page and print a table."""
    print(f"ms of processor time a page, median of {RUNS} runs\n")
    print(f"{'':24}{'kB':>6}{'items':>7}{'parsing':>9}{'reading':>9}{'ratio':>7}{'limit':>8}")
    for name, html, tag in pages():
        items = read_page(html, language(tag))
        count = len(items.events) + len(items.births) + len(items.deaths) + len(items.holidays)
        parsing = median(lambda html=html: parse(html))
        reading = median(lambda html=html, tag=tag: read_page(html, language(tag)))
        figures = f"{len(html) / 1000:6.0f}{count:7}{parsing:9.1f}{reading:9.1f}"
        print(f"{name:24}{figures}{reading / parsing:7.1f}{reading / LIMIT:7.0%}")


def pages() -> list[tuple[str, bytes, str]]:
    """Return the pages to measure: names, HTML, languages."""
    if len(sys.argv) == 3:
        file = Path(sys.argv[1])
        return [(file.name, file.read_bytes(), sys.argv[2])]
    real = [(file.name, file.read_bytes(), file.name[:2]) for file in sorted(REAL.glob("*.html"))]
    return [("a made page", made(), "en"), *real]


def made() -> bytes:
    """Make a page of the usual headings and size."""
    sections = (("Events", 40), ("Births", 200), ("Deaths", 100), ("Holidays and observances", 26))
    html = "".join(f"<h2>{name}</h2><ul>{items(count)}</ul>" for name, count in sections)
    head = (
        "<html><head><link rel='dc:isVersionOf' href='//en.wikipedia.org/wiki/August_20'/></head>"
    )
    return f"{head}<body>{html}</body></html>".encode()


def items(count: int) -> str:
    """Make so many items, each with its year."""
    return "".join(ITEM.format(n=n, year=1500 + n, later=1560 + n) for n in range(count))


def median(work: Callable[[], object]) -> float:
    """Return the milliseconds of processor time that some work takes."""
    taken = []
    for _ in range(RUNS):
        started = time.process_time()
        work()
        taken.append((time.process_time() - started) * 1000)
    return statistics.median(taken)


if __name__ == "__main__":
    main()
