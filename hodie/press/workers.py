"""Pages rendered and stored as the files of an edition, in this process or in several.

A process talks with its parent through one pipe and ends when that closes, so none outlives a
parent that was killed. Processes are spawned, not forked: the parent may have threads, and an
open almanac, that a fork would copy half.
"""

import contextlib
import datetime
import gzip
import hashlib
import multiprocessing
import os
import pickle
import signal
import traceback
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Protocol

import brotli
from msgspec import Struct
from msgspec.structs import replace

from hodie.errors import HodieError
from hodie.press.manifest import EditionError, Record

# The start of the processes takes about as long as rendering this many pages in one.
FEWEST_TO_SHARE = 400
BATCH = 32
# Addresses with the same body follow each other closely: so many are remembered to find them.
TWINS = 64
# Below this a compressed file saves no packet.
SMALLEST_ENCODED = 512
# The period of a page whose address holds a digest of its contents: it can never be another.
NAMED = "named"
_ENCODABLE = ("text/", "image/svg")
_ENCODABLE_ENDS = ("json", "xml", "javascript")


class Page(Protocol):
    """One page as press renders it."""

    @property
    def media_type(self) -> str: ...
    @property
    def body(self) -> bytes: ...
    @property
    def status(self) -> int: ...
    @property
    def location(self) -> str | None: ...


class Pages(Protocol):
    """What an edition is made from.

    It may also have `period(address, today) -> str`, which names the stretch of time over which
    the page stays as it is while its inputs do ("2026", "2026-08-20", or "" for ever): such a
    page is not even rendered again. Without it every page counts as new each day.
    """

    def addresses(self, today: datetime.date) -> Iterator[str]: ...
    def page(self, address: str, today: datetime.date) -> Page | None: ...


class Encoding(Struct, frozen=True):
    """A way in which encodable files are stored a second time, by its Content-Encoding name.

    `encode` goes to other processes, so it is a function of a module.
    """

    name: str
    suffix: str
    encode: Callable[[bytes], bytes]


def gzipped(body: bytes) -> bytes:
    """Compress, giving the same bytes for the same body at any time."""
    # Level 6 takes half as long again for a hundredth less; 4 and below let pages grow.
    return gzip.compress(body, compresslevel=5, mtime=0)


def brotlied(body: bytes) -> bytes:
    """Compress with Brotli, at the last of its levels that is about as quick as gzip."""
    compressed: bytes = brotli.compress(body, quality=5)
    return compressed


GZIP = Encoding("gzip", ".gz", gzipped)
BROTLI = Encoding("br", ".br", brotlied)


class Job(Struct, frozen=True, kw_only=True):
    """What every page of one edition has in common.

    `before` is the site of the edition before. Its pages may be taken over unrendered where the
    inputs are the same, those whose address names their contents whatever changed, and its encoded
    files where the encodings are.
    """

    pages: Callable[[], Pages]
    today: datetime.date
    site: Path
    before: Path | None
    same_inputs: bool
    same_names: bool
    same_encodings: bool
    encodings: tuple[Encoding, ...]


class Task(Struct, frozen=True):
    """An address to be stored, and what stood there in the edition before."""

    address: str
    before: Record | None


class Outcome(Struct, frozen=True):
    record: Record
    linked: bool
    rendered: bool


class Failure(Struct, frozen=True):
    """What went wrong in a process, in words, since not every exception can be sent."""

    message: str
    trace: str


class Bench:
    """Renders and stores one address after the other."""

    def __init__(self, job: Job) -> None:
        self.job, self.pages = job, job.pages()
        self.folders: set[str] = set()
        self.written: dict[tuple[str, str], Record] = {}

    def store(self, task: Task) -> Outcome:
        """Store the file of an address, as a link where it is as before; raises EditionError."""
        try:
            return self._untouched(task) or self._rendered(task)
        except EditionError:
            raise
        except HodieError as error:
            raise EditionError(f"{task.address}: {error}") from error
        except Exception as error:
            raise EditionError(f"{task.address}: {type(error).__name__}: {error}") from error

    def _period(self, address: str) -> str:
        period = getattr(self.pages, "period", None)
        today = self.job.today
        return today.isoformat() if period is None else str(period(address, today))

    def _untouched(self, task: Task) -> Outcome | None:
        old = task.before
        if old is None or old.period != self._period(task.address):
            return None
        trusted = self.job.same_names if old.period == NAMED else self.job.same_inputs
        if not trusted:
            return None
        return Outcome(old, linked=True, rendered=False) if self._link(old) else None

    def _rendered(self, task: Task) -> Outcome:
        page = self.pages.page(task.address, self.job.today)
        if page is None:
            raise EditionError(f"{task.address}: is listed, but there is no such page")
        digest = hashlib.blake2b(page.body, digest_size=16).hexdigest()
        record = Record(
            address=task.address,
            media_type=page.media_type,
            digest=digest,
            size=len(page.body),
            status=page.status,
            period=self._period(task.address),
            location=page.location,
        )
        old = task.before
        if old is not None and (old.digest, old.media_type) == (digest, record.media_type):
            same = replace(record, encodings=old.encodings)
            if self._link(same):
                return Outcome(same, linked=record.status == old.status, rendered=True)
        return Outcome(self._write(record, page.body), linked=False, rendered=True)

    def _link(self, record: Record) -> bool:
        """Link a file and its encoded ones to those of the edition before, where they are whole."""
        if self.job.before is None or not self.job.same_encodings:
            return False
        return self._link_to(self.job.before / record.path, record)

    def _link_to(self, source: Path, record: Record) -> bool:
        suffixes = [each.suffix for each in self.job.encodings if each.name in record.encodings]
        target, made = self._target(record), []
        try:
            # A power failure may have cut a file short after its manifest was on the disk.
            if source.stat().st_size != record.size:
                return False
            for suffix in ("", *suffixes):
                os.link(f"{source}{suffix}", f"{target}{suffix}")
                made.append(f"{target}{suffix}")
        except OSError:
            # Another file system, a full table of links, a file that is gone: write it anew.
            for path in made:
                Path(path).unlink()
            return False
        return True

    def _write(self, record: Record, body: bytes) -> Record:
        key = (record.digest, record.media_type)
        if (twin := self.written.get(key)) is not None:
            same = replace(record, encodings=twin.encodings)
            if self._link_to(self.job.site / twin.path, same):
                return same
        target = self._target(record)
        encoded = {each: each.encode(body) for each in self._encodings(record)}
        stored = {each: data for each, data in encoded.items() if len(data) < len(body)}
        _create(target, body)
        for encoding, data in stored.items():
            _create(f"{target}{encoding.suffix}", data)
        written = replace(record, encodings=tuple(encoding.name for encoding in stored))
        self.written[key] = written
        if len(self.written) > TWINS:
            del self.written[next(iter(self.written))]
        return written

    def _encodings(self, record: Record) -> tuple[Encoding, ...]:
        kind = record.media_type.partition(";")[0].strip()
        encodable = kind.startswith(_ENCODABLE) or kind.endswith(_ENCODABLE_ENDS)
        return self.job.encodings if encodable and record.size >= SMALLEST_ENCODED else ()

    def _target(self, record: Record) -> str:
        target = self.job.site / record.path
        folder = str(target.parent)
        if folder not in self.folders:
            target.parent.mkdir(parents=True, exist_ok=True)
            self.folders.add(folder)
        return str(target)


def outcomes(job: Job, tasks: Sequence[Task], workers: int) -> Iterator[Outcome]:
    """Store every task, in no order; raises EditionError at the first that fails."""
    if workers < 2 or len(tasks) < FEWEST_TO_SHARE:
        bench = Bench(job)
        return (bench.store(task) for task in tasks)
    return _shared(job, tasks, workers)


def _create(path: str, data: bytes) -> None:
    # "x": two addresses that would share a file are a mistake, and must not pass unseen.
    with open(path, "xb") as file:  # noqa: PTH123 (a Path costs more than the writing)
        file.write(data)


def _shared(job: Job, tasks: Sequence[Task], workers: int) -> Iterator[Outcome]:
    batches = (tasks[at : at + BATCH] for at in range(0, len(tasks), BATCH))
    with contextlib.ExitStack() as stack:
        started = [stack.enter_context(_process(job)) for _ in range(workers)]
        busy = [connection for connection in started if _hand(connection, batches)]
        while busy:
            for connection in wait(busy):
                assert isinstance(connection, Connection)
                yield from _answer(connection)
                if not _hand(connection, batches):
                    busy.remove(connection)


def _hand(connection: Connection, batches: Iterator[Sequence[Task]]) -> bool:
    batch = next(batches, None)
    if batch is None:
        return False
    # One that has ended said why first: that is read where answers are read.
    with contextlib.suppress(OSError):
        connection.send(batch)
    return True


def _answer(connection: Connection) -> list[Outcome]:
    try:
        answer: list[Outcome] | Failure = connection.recv()
    except (EOFError, OSError) as error:
        message = "a process that renders pages was ended from outside; is there enough memory?"
        raise EditionError(message) from error
    if isinstance(answer, Failure):
        failed = EditionError(answer.message)
        failed.add_note(answer.trace)
        raise failed
    return answer


@contextlib.contextmanager
def _process(job: Job) -> Iterator[Connection]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(theirs,), daemon=True)
    process.start()
    theirs.close()
    try:
        _send_job(ours, job)
        yield ours
    finally:
        ours.close()
        process.join(timeout=5)
        if process.is_alive():
            process.kill()
            process.join()


def _send_job(connection: Connection, job: Job) -> None:
    try:
        connection.send(job)
    except (pickle.PicklingError, AttributeError, TypeError) as error:
        message = f"the pages cannot be made in another process ({error}); use one process"
        raise EditionError(message) from error


def _work(connection: Connection) -> None:
    # Ctrl-C reaches every process of the terminal; the parent alone answers it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # The parent went away: nobody is left to tell.
    with contextlib.suppress(EOFError, OSError):
        try:
            bench = Bench(connection.recv())
            while True:
                connection.send([bench.store(task) for task in connection.recv()])
        except (EOFError, BrokenPipeError):
            return
        except Exception as error:
            words = str(error) if isinstance(error, EditionError) else repr(error)
            connection.send(Failure(words, traceback.format_exc()))
