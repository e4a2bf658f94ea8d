"""The local engine: ranges spread over processes, each range's rows in a file of its own.

A range is finished when its report stands beside its rows; both are put there whole, by a rename.
So a build that was killed leaves finished ranges and nothing half done, and the next one does the
others. Which process did a range, and when, leaves no trace in the files.
"""

import fcntl
import os
import shutil
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from hashlib import blake2b
from itertools import islice
from multiprocessing import connection, get_context, parent_process
from pathlib import Path

import msgspec
import pyarrow.parquet as pq

from hodie.sources.wikidata.columns import SCHEMA, rows_of
from hodie.sources.wikidata.errors import DumpError
from hodie.sources.wikidata.extraction import Range, Report, Settings, extract
from hodie.sources.wikidata.members import STDIN
from hodie.sources.wikidata.rows import Row
from hodie.sources.wikidata.rules import FILE as RULES

Progress = Callable[[int, int], None]
"""Hears how many ranges are done, and of how many."""

FORMAT = 1
"""Raised whenever rows of the same dump come out differently."""


class Work:
    """The folder in which the rows of one dump grow, range by range."""

    def __init__(self, folder: Path, ranges: list[Range], settings: Settings) -> None:
        self.folder = folder
        self.ranges = ranges
        self.settings = settings

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep the folder for this process alone, and clear out what is not of this work."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise DumpError(
                    f"{str(self.folder)!r} is in use by another build: wait for it, or stop it"
                ) from error
            self._clear()
            yield

    def _clear(self) -> None:
        key = self.folder / "key"
        same = key.exists() and key.read_text() == self._key()
        for file in self.folder.iterdir():
            if file.name.startswith(".") or (not same and file.suffix in (".parquet", ".json")):
                file.unlink()
        if not same:
            shutil.rmtree(self.spark_folder, ignore_errors=True)
            _put(key, self._key().encode())

    def _key(self) -> str:
        """Return a digest of all that decides what the rows are."""
        parts = [
            FORMAT,
            self.settings,
            RULES.read_bytes(),
            [_state(range) for range in self.ranges],
        ]
        return blake2b(msgspec.msgpack.encode(parts), digest_size=16).hexdigest()

    def missing(self) -> list[Range]:
        """Return the ranges that are not finished."""
        return [range for range in self.ranges if not self.report_of(range).exists()]

    def rows_file(self, range: Range) -> Path:
        return self.folder / f"{range.number:05}.parquet"

    def report_of(self, range: Range) -> Path:
        return self.folder / f"{range.number:05}.json"

    def do(self, range: Range) -> Report:
        """Extract one range, and put its rows and its report in their places."""
        report = Report()
        rows = self.rows_file(range)
        part = rows.with_name(f".{rows.name}.{os.getpid()}")
        with pq.ParquetWriter(part, SCHEMA, compression="zstd") as writer:
            for batch in extract(range, self.settings, report):
                writer.write_batch(batch)
        _settle(part, rows)
        _put(self.report_of(range), msgspec.json.encode(report))
        return report

    def report(self) -> Report:
        """Return what became of all ranges that are finished."""
        whole = Report()
        for range in self.ranges:
            file = self.report_of(range)
            if file.exists():
                whole.add(msgspec.json.decode(file.read_bytes(), type=Report))
        return whole

    def rows(self) -> Iterator[Row]:
        """Yield all rows, in the order of the dump."""
        files = [self.rows_file(range) for range in self.ranges]
        if self.missing():
            files = self.spark_files()
        for file in files:
            yield from read_rows(file)

    @property
    def spark_folder(self) -> Path:
        """Where Spark writes the rows, in parts of its own."""
        return self.folder / "spark"

    def spark_is_done(self) -> bool:
        return (self.spark_folder / "_SUCCESS").exists()

    def spark_files(self) -> list[Path]:
        """Return the files that Spark wrote, in the order of the ranges."""
        return sorted(self.spark_folder.glob("part-*.parquet")) if self.spark_is_done() else []


def read_rows(file: Path) -> Iterator[Row]:
    """Yield the rows of one Parquet file."""
    with pq.ParquetFile(file) as parquet:
        for batch in parquet.iter_batches(columns=SCHEMA.names):
            # The number 0 marks what a range reports among its rows.
            yield from (row for row in rows_of(batch) if row.number)


def work(
    task: Work, *, processes: int = 1, limit: int = 1000, progress: Progress | None = None
) -> Report:
    """Do the ranges that are missing; returns the report of all.

    Raises DumpError when more than `limit` things could not be read: what is finished stays.
    """
    missing = task.missing()
    total = len(task.ranges)
    tell = progress or (lambda done, total: None)
    tell(total - len(missing), total)
    whole = task.report()
    refuse(whole, limit)
    for done, report in enumerate(_reports(task, missing, processes), total - len(missing) + 1):
        whole.add(report)
        tell(done, total)
        refuse(whole, limit)
    return task.report()


def _reports(task: Work, missing: list[Range], processes: int) -> Iterator[Report]:
    if processes <= 1 or len(missing) <= 1 or missing[0].path == STDIN:
        return map(task.do, missing)
    return _spread(task, missing, min(processes, len(missing)))


def _spread(task: Work, missing: list[Range], processes: int) -> Iterator[Report]:
    pool = ProcessPoolExecutor(processes, get_context("spawn"), _die_with_parent)
    ranges = iter(missing)
    running: set[Future[Report]] = set()
    try:
        while True:
            for range in islice(ranges, 2 * processes - len(running)):
                running.add(pool.submit(task.do, range))
            if not running:
                return
            finished, running = wait(running, return_when=FIRST_COMPLETED)
            for future in finished:
                yield future.result()
    except BrokenProcessPool as error:
        raise DumpError(
            "a process of the build was killed, perhaps for want of memory: what is finished "
            "stays; build again to go on"
        ) from error
    finally:
        pool.shutdown(cancel_futures=True)


def _die_with_parent() -> None:
    """Let a worker end when the build is killed: nobody would take its work."""
    parent = parent_process()
    assert parent is not None

    def watch() -> None:
        connection.wait([parent.sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def refuse(report: Report, limit: int) -> None:
    """Raise DumpError when more could not be read than is allowed."""
    if report.errors <= limit:
        return
    first = "; ".join(f"{each.place}: {each.reason}" for each in report.complaints[:3])
    raise DumpError(
        f"{report.errors} things could not be read, and errors = {limit} are allowed. "
        f"The first: {first}"
    )


def _state(range: Range) -> object:
    if range.path == STDIN:
        return os.getpid()
    stat = Path(range.path).stat()
    return range.path, range.start, range.stop, stat.st_size, stat.st_mtime_ns


def _put(file: Path, data: bytes) -> None:
    part = file.with_name(f".{file.name}.{os.getpid()}")
    part.write_bytes(data)
    _settle(part, file)


def _settle(part: Path, file: Path) -> None:
    """Give a file its name when all of it is on the disk."""
    with part.open("rb") as written:
        os.fsync(written.fileno())
    part.replace(file)
