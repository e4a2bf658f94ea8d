"""How fast pages render and a whole edition is written.

    python benchmarks/speed/press.py [--pages 400]

Makes the demo publication in a temporary folder from the starter almanac. Live pages: the time of
`Press.page` alone, in one thread, over days, dates, years and lives drawn by a fixed seed. The
edition: all of it, written twice (the second time nothing has changed), on all cores. The limit
beside them is what the same folder needs to be copied, file by file.
"""

import argparse
import datetime
import random
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from hodie.almanac import Almanac, build
from hodie.press import Edition, Press, Publication, create, inputs_key, read_stories
from hodie.sources.starter import StarterSource

TODAY = datetime.date(2026, 8, 20)
KINDS = {
    "day": "/on/??-??/",
    "date": "/on/????-*",
    "year": "/year/*",
    "life": "/about/*",
    "card": "/cards/on/*",
    "embed": "/embed/on/??-??/",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=int, default=400, help="of each kind, at most")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="hodie-bench-") as name:
        folder = Path(name) / "publication"
        create(folder, demo=True)
        took("almanac built", lambda: build(folder / "almanac.db", StarterSource().entries()))
        pages(open_press(folder), options.pages)
        edition(folder, Path(name))


def open_press(folder: Path) -> Press:
    """Open the press of a publication's folder."""
    publication = Publication.load(folder)
    stories = read_stories(publication.stories_folder, publication)
    return Press(publication, Almanac.open(publication.almanac_path), stories)


def pages(press: Press, count: int) -> None:
    """Print how long one page takes, by kind."""
    addresses = list(press.addresses(TODAY))
    print(f"{'page':12}{'median ms':>12}{'p99 ms':>10}{'KB':>8}")
    for kind, pattern in KINDS.items():
        chosen = sample(addresses, pattern, count)
        press.page(chosen[0], TODAY)
        times, sizes = zip(
            *(timed(partial(press.page, each, TODAY)) for each in chosen), strict=True
        )
        print(
            f"{kind:12}{statistics.median(times) * 1000:12.2f}"
            f"{statistics.quantiles(times, n=100)[98] * 1000:10.2f}"
            f"{statistics.median(sizes) / 1000:8.1f}"
        )


def sample(addresses: list[str], pattern: str, count: int) -> list[str]:
    """Draw addresses of a kind, the same ones each time."""
    fitting = [each for each in addresses if Path(each).match(pattern.rstrip("/"))]
    return random.Random(1940).sample(fitting, min(count, len(fitting)))


def timed(make: Callable[[], object]) -> tuple[float, int]:
    """Return the seconds that a page took, and its bytes."""
    start = time.perf_counter()
    page = make()
    return time.perf_counter() - start, len(getattr(page, "body", b""))


def edition(folder: Path, room: Path) -> None:
    """Print how long an edition takes, whole and again, beside copying its files."""
    with Almanac.open(folder / "almanac.db") as almanac:
        digest = almanac.info.digest
    publication = Publication.load(folder)
    key = inputs_key(publication, digest, read_stories(folder / "stories", publication))
    write = partial(
        Edition.write, folder, partial(open_press, folder), TODAY, almanac=digest, key=key
    )
    whole = took("edition, whole", write)
    took("edition, unchanged", write)
    later = TODAY + datetime.timedelta(days=1)
    took("edition, next day", lambda: write_on(write, later))
    site = folder / "edition"
    copied = took("copying its files", lambda: shutil.copytree(site, room / "copy"))
    print(f"whole edition to copying its files: {whole / copied:.1f}")


def write_on(write: "partial[object]", day: datetime.date) -> object:
    """Write the edition of another day."""
    return partial(write.func, *write.args[:2], day, **write.keywords)()


def took(what: str, work: Callable[[], object]) -> float:
    """Do the work, and print and return how many seconds it took."""
    start = time.perf_counter()
    result = work()
    seconds = time.perf_counter() - start
    print(f"{what:24}{seconds:8.2f} s   {result if not isinstance(result, Iterator) else ''}")
    return seconds


if __name__ == "__main__":
    main()
