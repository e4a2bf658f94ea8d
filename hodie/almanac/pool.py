"""Connections to an almanac: as many as there are threads that read at once."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Condition
from urllib.parse import quote

from hodie.almanac.errors import AlmanacError

MAPPED = 2**31 - 65536
"""How much of the file is mapped into memory: all that SQLite can, which is 2 GB."""

Identity = tuple[int, int]


class Pool:
    """Lends each query a connection of its own, and keeps it for the next.

    One connection would make threads wait for each other; one a thread would leave them behind
    with every thread that ends. All are to the file that stood there first: once a build has put
    another in its place, there are no new ones, and threads share those that there are.
    """

    def __init__(self, path: Path) -> None:
        self.path = path.absolute()
        self._returned = Condition()
        self._closed = False
        self._identity = self._file()
        while (first := self._connect()) is None:
            self._identity = self._file()
        self._idle = [first]

    @contextmanager
    def connection(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection. What SQLite can't read is said in the words of an almanac.

        Never ask for a second one while holding one: there may be no other.
        """
        connection = self._taken()
        try:
            yield connection
        except sqlite3.DatabaseError as error:
            raise damaged(self.path, str(error)) from error
        finally:
            self._give_back(connection)

    def close(self) -> None:
        """Close what is idle now, and each of the others when its query ends."""
        with self._returned:
            self._closed = True
            while self._idle:
                self._idle.pop().close()
            self._returned.notify_all()

    def __del__(self) -> None:
        # Whoever forgets to close gets no warning of each connection.
        for connection in getattr(self, "_idle", ()):
            connection.close()

    def _taken(self) -> sqlite3.Connection:
        with self._returned:
            if self._idle:
                return self._idle.pop()
            if not self._closed and (connection := self._connect()):
                return connection
            self._returned.wait_for(lambda: self._idle or self._closed)
            if self._closed:
                raise AlmanacError(f"the almanac {str(self.path)!r} is closed: open it again")
            return self._idle.pop()

    def _give_back(self, connection: sqlite3.Connection) -> None:
        with self._returned:
            if self._closed:
                connection.close()
                return
            self._idle.append(connection)
            self._returned.notify()

    def _connect(self) -> sqlite3.Connection | None:
        """Open a connection; None if by now another file stands there."""
        # Immutable: no locks, no journal, so a read-only disk will do. A build never writes to
        # this file but puts another in its place.
        uri = f"file:{quote(str(self.path))}?mode=ro&immutable=1"
        try:
            connection = sqlite3.connect(
                uri, uri=True, isolation_level=None, check_same_thread=False, cached_statements=256
            )
            connection.execute(f"PRAGMA mmap_size = {MAPPED}")
            connection.execute("PRAGMA query_only = 1")
        except sqlite3.Error:
            if self._file() == self._identity:
                raise
            return None
        if self._file() == self._identity:
            return connection
        connection.close()
        return None

    def _file(self) -> Identity | None:
        try:
            status = self.path.stat()
        except OSError:
            return None
        return status.st_dev, status.st_ino


def damaged(path: Path, reason: str) -> AlmanacError:
    """Return the error for a file that can't be read as it should."""
    return AlmanacError(
        f"the almanac {str(path)!r} is damaged ({reason}): build it again, or restore a copy"
    )
