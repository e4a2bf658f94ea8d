"""Several processes at one port, which count together.

The first lets readers in (`hodie.server.door`), the others answer. What each has counted stands in
memory that all can read, written anew every second: whichever of them is asked for the metrics
adds up what all have.
"""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import signal
import socket
import zlib
from collections.abc import Callable, Iterator
from ctypes import Array, c_char, c_ulong
from multiprocessing import resource_tracker
from multiprocessing.context import SpawnProcess
from pathlib import Path

import msgspec

from hodie.errors import HodieError
from hodie.server.door import Door, Seat, listen
from hodie.server.watch import Counts

# A process counts a few hundred sorts of requests, at some thirty bytes each.
SLOT = 64 << 10
SECONDS = 1.0
STOPPING = (signal.SIGINT, signal.SIGTERM)
_HEAD = 8
_spawn = multiprocessing.get_context("spawn")
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Counts).decode


class Board:
    """What each process of a crew has counted, in memory that all of them share."""

    def __init__(self, memory: Array[c_char], own: int) -> None:
        self._memory, self._own = memoryview(memory).cast("B"), own

    def write(self, counts: Counts) -> None:
        """Write what this process has counted; more than there is room for is left as it was."""
        data = _encode(counts)
        if len(data) > SLOT - _HEAD:
            return
        head = len(data).to_bytes(4, "big") + zlib.crc32(data).to_bytes(4, "big")
        start = self._own * SLOT
        self._memory[start : start + _HEAD + len(data)] = head + data

    def others(self) -> Iterator[Counts]:
        """Yield what the other processes have counted."""
        for number in range(len(self._memory) // SLOT):
            found = None if number == self._own else self._read(number)
            if found is not None:
                yield found

    def _read(self, number: int) -> Counts | None:
        """Read a slot; None where nothing was written yet.

        One that is being written meanwhile is read again: its checksum tells.
        """
        start = number * SLOT
        for _ in range(100):
            head = bytes(self._memory[start : start + _HEAD])
            size = int.from_bytes(head[:4], "big")
            data = bytes(self._memory[start + _HEAD : start + _HEAD + size])
            if size and zlib.crc32(data) == int.from_bytes(head[4:], "big"):
                return _decode(data)
            if not size:
                return None
        return None

    async def keep(self, counts: Callable[[], Counts]) -> None:
        """Write what this process has counted every second, until cancelled."""
        while True:
            self.write(counts())
            await asyncio.sleep(SECONDS)


def memory_for(workers: int) -> Array[c_char]:
    """Return memory for the counts of so many processes."""
    return _spawn.RawArray(c_char, workers * SLOT)


Work = Callable[[Path, bool, Array[c_char], Seat], None]


def run(
    work: Work,
    folder: Path,
    host: str,
    port: int,
    log: bool,
    workers: int,
    opened: Callable[[], None],
) -> None:
    """Let so many processes do `work` until a signal ends them.

    `opened` is called when all of them can be asked. Raises HodieError if one ends by itself.
    """
    with listen(host, port) as wire, _signals() as told, contextlib.ExitStack() as open_files:
        lead = _Lead(wire, told, open_files)
        code = asyncio.run(lead.run(work, (folder, log, memory_for(workers)), workers, opened))
    if code is not None:
        raise HodieError(f"a process of the server ended by itself, with exit code {code}")


class _Lead:
    """The first process: it starts the others, lets readers in, and ends when they have."""

    def __init__(
        self, wire: socket.socket, told: socket.socket, open_files: contextlib.ExitStack
    ) -> None:
        self._wire, self._told, self._open_files = wire, told, open_files
        self._crew: list[SpawnProcess] = []
        self._door: Door | None = None
        self._stopping = False

    async def run(
        self,
        work: Work,
        given: tuple[Path, bool, Array[c_char]],
        workers: int,
        opened: Callable[[], None],
    ) -> int | None:
        """Return the exit code of a process that ended by itself; None if all were told to."""
        loop = asyncio.get_running_loop()
        loop.add_reader(self._told, self._stop)
        left = _spawn.RawArray(c_ulong, workers)
        try:
            with _without_signals():
                channels = [self._start(work, given, number, left) for number in range(workers)]
        except OSError as error:
            raise HodieError(f"cannot start {workers} processes: {error.strerror}") from error
        ends = [asyncio.create_task(_ended(process)) for process in self._crew]
        if all([await loop.sock_recv(channel, 1) for channel in channels]) and not self._stopping:
            opened()
            self._door = Door(self._wire, channels, left)
            self._door.open()
        first, _ = await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
        self._close()
        await asyncio.wait(ends)
        return None if self._stopping else first.pop().result()

    def _start(
        self,
        work: Work,
        given: tuple[Path, bool, Array[c_char]],
        number: int,
        left: Array[c_ulong],
    ) -> socket.socket:
        """Start a process, and return the channel to it."""
        ours, theirs = socket.socketpair()
        self._open_files.enter_context(ours).setblocking(False)
        with theirs:
            process = _spawn.Process(target=work, args=(*given, Seat(number, theirs, left)))
            process.start()
        self._crew.append(process)
        return ours

    def _stop(self) -> None:
        """End at a signal: what is being answered is finished, unless Ctrl-C comes again."""
        for number in self._told.recv(1):
            if self._stopping and number == signal.SIGINT:
                self._door = None
            self._stopping = True
            self._close()

    def _close(self) -> None:
        if self._door is not None:
            self._door.close()
            return
        for process in self._crew:
            process.kill()


async def _ended(process: SpawnProcess) -> int | None:
    """Wait for the end of a process, and return its exit code."""
    loop, end = asyncio.get_running_loop(), asyncio.Event()
    loop.add_reader(process.sentinel, end.set)
    await end.wait()
    loop.remove_reader(process.sentinel)
    process.join()
    return process.exitcode


@contextlib.contextmanager
def _signals() -> Iterator[socket.socket]:
    """Give a socket from which the numbers of the signals to end are read."""
    told, tell = socket.socketpair()
    with told, tell:
        tell.setblocking(False)
        signal.set_wakeup_fd(tell.fileno(), warn_on_full_buffer=False)
        for number in STOPPING:
            signal.signal(number, lambda *_: None)
        try:
            yield told
        finally:
            # All has ended: a signal more shall not make that look like a fault. An event loop's
            # own handlers would leave it a moment in which it does.
            for number in STOPPING:
                signal.signal(number, signal.SIG_IGN)
            signal.set_wakeup_fd(-1)


@contextlib.contextmanager
def _without_signals() -> Iterator[None]:
    """Keep signals from processes that are started meanwhile.

    Ctrl-C and systemd tell all processes to end. It is the first that sees to it: the others have
    to answer whom it let in, until it hands them nobody more.
    """
    # Python starts it with the first process, and would let signals through again.
    resource_tracker.ensure_running()
    signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, STOPPING)
