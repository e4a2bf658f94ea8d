"""Several processes at one port, which count together.

Each listens by itself, and the system shares the readers out among them. What each has counted
stands in memory that all can read, written anew every second: whichever of them is asked for the
metrics adds up what all have.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import signal
import socket
import sys
import zlib
from collections.abc import Callable, Iterator
from ctypes import Array, c_char
from multiprocessing.connection import wait
from multiprocessing.context import SpawnProcess
from multiprocessing.synchronize import Semaphore
from pathlib import Path

import msgspec

from hodie.errors import HodieError
from hodie.server.watch import Counts

# A process counts a few hundred sorts of requests, at some thirty bytes each.
SLOT = 64 << 10
SECONDS = 1.0
BACKLOG = 2048
_HEAD = 8
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
    return multiprocessing.get_context("spawn").RawArray(c_char, workers * SLOT)


def listen(host: str, port: int) -> socket.socket:
    """Listen at a port beside others who do."""
    [(family, kind, protocol, _, address), *_] = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM
    )
    # Made here, for asyncio lets small packets go at once (TCP_NODELAY) where a socket says that
    # it is TCP; one of socket.create_server does not, and each answer would wait 40 ms.
    wire = socket.socket(family, kind, protocol)
    try:
        if family == socket.AF_INET6:
            wire.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        wire.bind(address)
        wire.listen(BACKLOG)
    except OSError:
        wire.close()
        raise
    return wire


Work = Callable[[Path, str, int, bool, Array[c_char], int, Semaphore], None]


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
    context = multiprocessing.get_context("spawn")
    memory, ready = memory_for(workers), context.Semaphore(0)
    crew = [
        context.Process(target=work, args=(folder, host, port, log, memory, number, ready))
        for number in range(workers)
    ]
    stopping: list[int] = []

    def stop(number: int, _: object) -> None:
        stopping.append(number)
        _end(crew)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, stop)
    for process in crew:
        process.start()
    if all(_is_ready(ready, process) for process in crew) and not stopping:
        opened()
    wait([process.sentinel for process in crew])
    ended = [process.exitcode for process in crew if process.exitcode is not None]
    _end(crew)
    for process in crew:
        process.join()
    for number in (signal.SIGINT, signal.SIGTERM):
        # All has ended: a signal more shall not make that look like a fault.
        signal.signal(number, signal.SIG_IGN)
    if not stopping:
        raise HodieError(f"a process of the server ended by itself, with exit code {ended[0]}")


def _is_ready(ready: Semaphore, process: SpawnProcess) -> bool:
    while process.is_alive():
        if ready.acquire(timeout=0.1):
            return True
    return False


def _end(crew: list[SpawnProcess]) -> None:
    for process in crew:
        if process.is_alive():
            process.terminate()


def can_share_a_port() -> bool:
    """Tell whether the system shares readers out among processes at one port."""
    return sys.platform == "linux"
