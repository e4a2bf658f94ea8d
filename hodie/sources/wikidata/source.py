"""The source `wikidata`: a dump of Wikidata as entries."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from hodie.almanac import Entry
from hodie.sources.wikidata.errors import DumpError
from hodie.sources.wikidata.facts import PRECISIONS
from hodie.sources.wikidata.rules import read_rules
from hodie.sources.wikidata.telling import Teller

if TYPE_CHECKING:
    from hodie.sources.wikidata.extraction import Report
    from hodie.sources.wikidata.working import Work

ERRORS = 1000
"""How much of a dump may be unreadable before it is refused."""

_DATE = re.compile(r"(?<!\d)20\d{6}(?!\d)")


class WikidataSource:
    """The dump at `path`: .json, .json.gz, .json.bz2, .json.zst, a folder of such, or "-".

    `work` is the folder in which a build that was stopped finds its finished ranges; without it
    they are kept while the entries are read, and no longer. The engine "spark" needs it, where
    every machine of `master` sees it by the same path. `report` tells afterwards what became of
    the dump's lines and `notes` sums it up; `progress` is told how many ranges are done, of how
    many.
    """

    name = "wikidata"
    unit = "ranges of the dump"

    def __init__(
        self,
        *,
        path: str,
        languages: Sequence[str] = ("en",),
        least_sitelinks: int = 0,
        precision: str = "year",
        errors: int = ERRORS,
        processes: int | None = None,
        revision: str | None = None,
        engine: str = "local",
        master: str = "local[*]",
        work: str | Path | None = None,
    ) -> None:
        _check(
            precision in PRECISIONS, f"precision = {precision!r} is none of {', '.join(PRECISIONS)}"
        )
        _check(engine in ("local", "spark"), f"engine = {engine!r} is neither 'local' nor 'spark'")
        _check(bool(languages), "languages = [] names no language: write one such as ['en']")
        self.path = str(path)
        self.languages = tuple(dict.fromkeys(languages))
        self.least_sitelinks, self.precision, self.errors = least_sitelinks, precision, errors
        self.processes = processes or os.cpu_count() or 1
        self.revision = revision or _date_in(self.path)
        self.engine, self.master = engine, master
        self.work = Path(work) if work is not None else None
        self.progress: Callable[[int, int], None] | None = None
        self.report: Report | None = None
        self.notes: list[str] = []

    def entries(self) -> Iterator[Entry]:
        """Yield every entry, extracting first those ranges of the dump that are not in `work`."""
        if self.work is not None:
            yield from self._entries(self.work)
            return
        with TemporaryDirectory(prefix="hodie-wikidata-") as folder:
            yield from self._entries(Path(folder))

    def _entries(self, folder: Path) -> Iterator[Entry]:
        with _parts_installed():
            from hodie.sources.wikidata.extraction import Settings
            from hodie.sources.wikidata.ranges import plan
            from hodie.sources.wikidata.working import Work
        settings = Settings(self.languages, self.least_sitelinks, self.precision)
        task = Work(folder, plan(self.path), settings)
        with task.held():
            self.report = self._extract(task)
            self.notes = [self._said(self.report)]
            yield from self._tell(task)

    def _extract(self, task: Work) -> Report:
        if self.engine == "spark":
            from hodie.sources.wikidata.spark import work_on_spark

            return work_on_spark(task, self.master, limit=self.errors, progress=self.progress)
        from hodie.sources.wikidata.working import work

        return work(task, processes=self.processes, limit=self.errors, progress=self.progress)

    def _tell(self, task: Work) -> Iterator[Entry]:
        names = task.folder / ".names.db"
        names.unlink(missing_ok=True)
        teller = Teller(
            task.rows,
            read_rules(),
            file=names,
            revision=self.revision,
            complain=self._complain,
        )
        try:
            yield from teller.entries()
        finally:
            names.unlink(missing_ok=True)

    def _said(self, report: Report) -> str:
        unnamed = f"{report.unnamed:,} without a name in {', '.join(self.languages)} left out"
        return f"{self.path}: {report.facts:,} dates of {report.items:,} items; {unnamed}"

    def _complain(self, reason: str, place: str) -> None:
        if self.report is not None:
            self.report.broken_statements += 1
            self.report.complain(reason, place)

    @staticmethod
    def read(
        file: Path, *, language: str | None = None, tell: Callable[[str], None] = lambda _: None
    ) -> Iterator[Entry]:
        """Yield the entries of a dump, or of some lines of one, for `hodie read`."""
        languages = (language,) if language else ("en",)
        source = WikidataSource(path=str(file), languages=languages, processes=1)
        yield from source.entries()
        if source.report is not None:
            for each in source.report.complaints:
                tell(f"{each.place}: {each.reason}")


def _check(condition: bool, message: str) -> None:
    if not condition:
        raise DumpError(message)


@contextmanager
def _parts_installed() -> Iterator[None]:
    try:
        yield
    except ImportError as error:
        raise DumpError(
            f"a dump is read with {error.name}: pip install 'hodie[wikidata]'"
        ) from error


def _date_in(path: str) -> str | None:
    """Return the day of a dump where its name says it.

    >>> _date_in("wikidata-20260105-all.json.gz"), _date_in("latest-all.json.gz")
    ('2026-01-05', None)
    """
    found = _DATE.search(Path(path).name)
    return f"{found[0][:4]}-{found[0][4:6]}-{found[0][6:]}" if found else None
