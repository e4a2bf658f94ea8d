"""Time a million historical dates, beside `datetime.date` and the `edtf` library in the same run.

    python benchmarks/speed/dates.py [COUNT]

Each figure is the median of five runs over COUNT dates (a million) spread over 3,000 years. The
`edtf` library, slower by two orders of magnitude, gets a thousandth of them.
"""

import gc
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from operator import attrgetter
from random import Random
from typing import Any

from hodie.dates import Calendar, HistoricalDate

COUNT = 1_000_000
RUNS = 5
Triple = tuple[int, int, int]
Row = tuple[str, float, float | None, str]


def main(count: int = COUNT) -> None:
    """Measure everything and print a table."""
    print(f"seconds for {count:,} dates, median of {RUNS} runs\n")
    print(f"{'':34}{'hodie':>8}{'beside':>9}{'ratio':>8}")
    for name, seconds, limit, beside in rows(count):
        ratio = "" if limit is None else f"{limit:9.2f}{seconds / limit:8.2g}  {beside}"
        print(f"{name:34}{seconds:8.2f}{ratio}")


def rows(count: int) -> list[Row]:
    """Give the table's rows: what is done, our seconds, those to compare with, and whose."""
    triples = some_triples(count)
    dates = [HistoricalDate(*triple) for triple in triples]
    texts = [day.edtf for day in dates]
    return [
        *making_and_comparing(triples, dates),
        *reading_and_writing(texts, dates),
        *converting(dates),
    ]


def some_triples(count: int) -> list[Triple]:
    """Choose days of the years 1 to 3000, the same in each run of the benchmark."""
    random = Random(1940)
    last = date(3000, 12, 31).toordinal()
    days = (date.fromordinal(random.randint(1, last)) for _ in range(count))
    return [(day.year, day.month, day.day) for day in days]


def making_and_comparing(triples: list[Triple], dates: list[HistoricalDate]) -> list[Row]:
    """Time what every dump does."""
    plain = [date(*triple) for triple in triples]
    by_span = attrgetter("span")
    beside = "datetime.date"
    return [
        row("make", lambda: make(HistoricalDate, triples), lambda: make(date, triples), beside),
        row("make and compare", lambda: both(HistoricalDate, triples), lambda: both(date, triples),
            beside),
        row("compare, a < b", lambda: compare(dates), lambda: compare(plain), beside),
        row("equal, a == b", lambda: equal(dates), lambda: equal(plain), beside),
        row("hash", lambda: list(map(hash, dates)), lambda: list(map(hash, plain)), beside),
        row("sort, key=span", lambda: sorted(dates, key=by_span), lambda: sorted(plain), beside),
    ]  # fmt: skip


def reading_and_writing(texts: list[str], dates: list[HistoricalDate]) -> list[Row]:
    """Time EDTF, on plain days and on the less plain."""
    mixed = [text[:7] if place % 3 else f"{text[:3]}X~" for place, text in enumerate(texts)]
    return [
        row("read EDTF, days", lambda: read(texts), lambda: list(map(date.fromisoformat, texts)),
            "date.fromisoformat"),
        (*row("read EDTF, months and decades", lambda: read(mixed))[:2],
         edtf_library(mixed), "the edtf library"),
        row("write EDTF", lambda: [day.edtf for day in dates],
            lambda: [day.isoformat() for day in plain_dates(dates)], "date.isoformat"),
    ]  # fmt: skip


def converting(dates: list[HistoricalDate]) -> list[Row]:
    """Time the way to a Julian day number, and through it to another calendar."""
    plain = plain_dates(dates)
    return [
        row("Julian day", lambda: [day.julian_day for day in dates],
            lambda: [day.toordinal() for day in plain], "date.toordinal"),
        row("Gregorian to Julian", lambda: [day.to(Calendar.JULIAN) for day in dates]),
        row("earliest and latest", lambda: [day.span for day in dates]),
    ]  # fmt: skip


def plain_dates(dates: list[HistoricalDate]) -> list[date]:
    """Give the same days as the standard library has them."""
    return [date(day.year, day.month or 1, day.day or 1) for day in dates]


def make(kind: Callable[[int, int, int], Any], triples: list[Triple]) -> list[Any]:
    """Make a value of each year, month and day."""
    return [kind(year, month, day) for year, month, day in triples]


def both(kind: Callable[[int, int, int], Any], triples: list[Triple]) -> list[bool]:
    """Make all values, then compare each with the next."""
    return compare(make(kind, triples))


def compare(dates: Sequence[Any]) -> list[bool]:
    """Compare each date with the next."""
    return [one < other for one, other in zip(dates, dates[1:], strict=False)]  # noqa: RUF007


def equal(dates: Sequence[Any]) -> list[bool]:
    """Ask of each date whether it is the next."""
    return [one == other for one, other in zip(dates, dates[1:], strict=False)]  # noqa: RUF007


def read(texts: list[str]) -> list[HistoricalDate]:
    """Read every text."""
    parse = HistoricalDate.parse
    return [parse(text) for text in texts]


def edtf_library(texts: list[str]) -> float | None:
    """Time its parser on a thousandth of the texts, and multiply; None if it is not installed."""
    try:
        from edtf import parse_edtf
    except ImportError:
        return None
    few = texts[: max(1, len(texts) // 1000)]
    return median(lambda: [parse_edtf(text) for text in few]) * len(texts) / len(few)


def row(
    name: str,
    ours: Callable[[], object],
    theirs: Callable[[], object] | None = None,
    beside: str = "",
) -> Row:
    """Time one thing, and the same done by another if there is one."""
    return name, median(ours), None if theirs is None else median(theirs), beside


def median(work: Callable[[], object]) -> float:
    """Time some runs and give the middle one, in seconds; garbage is collected between them."""
    return statistics.median(timed(work) for _ in range(RUNS))


def timed(work: Callable[[], object]) -> float:
    """Give the seconds that one run takes."""
    gc.collect()
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else COUNT)
