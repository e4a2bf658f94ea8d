"""How readers come to the processes of a crew: each to the one that has the fewest.

One process listens, and hands each connection on. The kernel can share them out by itself where
all listen (SO_REUSEPORT), but tosses a coin for each: of sixteen that stay eleven may be in one
process, and wait there while the other is idle.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import resource
import socket
from collections.abc import Iterator
from ctypes import Array, c_ulong
from select import POLLOUT, poll
from typing import NamedTuple

from hodie.server.rarely import Rarely

BACKLOG = 2048
# Of the files that a process may have open, these are for the almanac and what is read meanwhile.
OWN_FILES = 100
# Each is sent with a byte that counts them; a system has a limit too, Linux 253.
MOST_AT_ONCE = 64
# In seconds: a process that has taken nobody for so long is stuck.
PATIENCE = 10.0
_log = logging.getLogger(__name__)


def listen(host: str, port: int) -> socket.socket:
    """Listen at a port."""
    [(family, kind, protocol, _, address), *_] = socket.getaddrinfo(
        host, port, type=socket.SOCK_STREAM
    )
    wire = socket.socket(family, kind, protocol)
    try:
        if family == socket.AF_INET6:
            wire.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        wire.setblocking(False)
        wire.bind(address)
        wire.listen(BACKLOG)
    except OSError:
        wire.close()
        raise
    return wire


class Seat(NamedTuple):
    """A process's place in a crew: its number, where readers come from, and how many have left.

    Those of all processes are counted in memory that they share.
    """

    number: int
    channel: socket.socket
    left: Array[c_ulong]

    def ready(self) -> None:
        """Say that readers may come."""
        self.channel.setblocking(False)
        self.channel.send(b"+")

    def receive(self) -> list[socket.socket]:
        """Return the connections of the readers who came next; none if there will be no more.

        Raises BlockingIOError if nobody has come.
        """
        count, files, _, _ = socket.recv_fds(self.channel, 1, MOST_AT_ONCE)
        for _ in range(sum(count) - len(files)):
            _log.error("a reader was turned away: no more files may be open (ulimit -n)")
            self.leave()
        return [_connection(file) for file in files] if files or not count else self.receive()

    def leave(self) -> None:
        """Say that a reader has left."""
        self.left[self.number] += 1


def _connection(file: int) -> socket.socket:
    # asyncio lets small packets go at once (TCP_NODELAY) where a socket says that it is TCP:
    # without that each answer would wait 40 ms. Not every system lets that be found out.
    connection = socket.socket(proto=socket.IPPROTO_TCP, fileno=file)
    connection.setblocking(False)
    return connection


class Door:
    """Lets readers in, each to the process that has the fewest."""

    def __init__(
        self, wire: socket.socket, channels: list[socket.socket], left: Array[c_ulong]
    ) -> None:
        self._wire, self._channels, self._left = wire, channels, left
        self._given = [0] * len(channels)
        self._able_at, self._now = [0.0] * len(channels), 0.0
        self._most = _most_readers()
        self._loop = asyncio.get_running_loop()
        self._closed, self._rarely = False, Rarely(_log)
        self._able = poll()
        for channel in channels:
            self._able.register(channel, POLLOUT)

    def open(self) -> None:
        if not self._closed:
            self._loop.add_reader(self._wire, self._let_in)

    def close(self) -> None:
        """Let in who has come already, and nobody after."""
        if self._closed:
            return
        for _ in range(BACKLOG):
            if not self._let_in():
                break
        self._closed = True
        self._loop.remove_reader(self._wire)
        self._wire.close()
        for channel in self._channels:
            # A process that has ended has closed its end.
            with contextlib.suppress(OSError):
                channel.shutdown(socket.SHUT_WR)

    def _let_in(self) -> bool:
        """Let in who has come; tell whether somebody had."""
        self._look()
        if self._emptiest() is None:
            self._rest()
            return False
        files: list[list[int]] = [[] for _ in self._channels]
        with contextlib.ExitStack() as ours:
            for number, reader in self._coming():
                files[number].append(ours.enter_context(reader).fileno())
            for number, theirs in enumerate(files):
                self._send(number, theirs)
        return any(files)

    def _coming(self) -> Iterator[tuple[int, socket.socket]]:
        """Accept readers, each with the number of the process that shall have them."""
        for _ in range(MOST_AT_ONCE):
            if (number := self._emptiest()) is None or (reader := self._accept()) is None:
                return
            self._given[number] += 1
            yield number, reader

    def _look(self) -> None:
        """See which processes can be sent somebody."""
        able = {file for file, state in self._able.poll(0) if state == POLLOUT}
        self._now = self._loop.time()
        for number, channel in enumerate(self._channels):
            if channel.fileno() in able:
                self._able_at[number] = self._now

    def _emptiest(self) -> int | None:
        """Return the process with the fewest readers; None if it cannot take one more yet.

        Of several it is the one that was given the fewest until now. One that has not taken whom
        it was sent in a while is left out.
        """
        places = [
            (readers, self._given[number], number)
            for number, able_at in enumerate(self._able_at)
            if (readers := self._readers(number)) < self._most and self._now - able_at < PATIENCE
        ]
        _, _, number = min(places, default=(0, 0, None))
        return number if number is not None and self._able_at[number] == self._now else None

    def _accept(self) -> socket.socket | None:
        try:
            return self._wire.accept()[0]
        except (BlockingIOError, ConnectionAbortedError):
            return None
        except OSError as error:
            self._rarely.tell(f"nobody can be let in: {error.strerror}")
            self._rest()
            return None

    def _send(self, number: int, files: list[int]) -> None:
        if not files:
            return
        try:
            socket.send_fds(self._channels[number], [bytes([len(files)])], files)
        except OSError as error:
            self._given[number] -= len(files)
            self._rarely.tell(f"{len(files)} readers were turned away: {error.strerror}")

    def _readers(self, number: int) -> int:
        return self._given[number] - self._left[number]

    def _rest(self) -> None:
        """Let nobody in for a moment: they wait at the door."""
        if all(self._readers(number) >= self._most for number in range(len(self._channels))):
            self._rarely.tell(
                f"{self._most * len(self._channels)} readers are connected, and more wait: a "
                f"process may have no more files open (ulimit -n; LimitNOFILE= of systemd)"
            )
        self._loop.remove_reader(self._wire)
        self._loop.call_later(0.01, self.open)


def _most_readers() -> int:
    """Return how many connections a process may have."""
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return 1 << 30 if soft == resource.RLIM_INFINITY else max(soft - OWN_FILES, 1)
