"""Connections to an almanac: as many as there are threads that read at once."""

import sqlite3
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from hodie.almanac.errors import AlmanacError

MAPPED = 2**31 - 65536
"""How much of the file is mapped into memory: all that SQLite can, which is 2 GB."""


class Pool:
    """Lends each query a connection of its own, and keeps it for the next.

    One connection would make threads wait for each other; one a thread would leave them behind
    with every thread that ends.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._idle: deque[sqlite3.Connection] = deque()
        self._closed = False

    @contextmanager
    def connection(self) -> Iterator[sqlite3.Connection]:
        """Lend a connection. What SQLite can't read is said in the words of an almanac."""
        if self._closed:
            raise AlmanacError(f"the almanac {str(self.path)!r} is closed: open it again")
        try:
            connection = self._idle.pop()
        except IndexError:
            connection = self._connect()
        try:
            yield connection
        except sqlite3.DatabaseError as error:
            raise damaged(self.path, str(error)) from error
        finally:
            self._idle.append(connection)
            if self._closed:
                self.close()

    def _connect(self) -> sqlite3.Connection:
        # Immutable: no locks, no journal, so a read-only disk will do. A build never writes to
        # this file but puts another in its place.
        uri = f"file:{quote(str(self.path.absolute()))}?mode=ro&immutable=1"
        connection = sqlite3.connect(
            uri, uri=True, isolation_level=None, check_same_thread=False, cached_statements=256
        )
        connection.execute(f"PRAGMA mmap_size = {MAPPED}")
        connection.execute("PRAGMA query_only = 1")
        return connection

    def close(self) -> None:
        """Close what is idle now, and each of the others when its query ends."""
        self._closed = True
        while self._idle:
            self._idle.pop().close()


def damaged(path: Path, reason: str) -> AlmanacError:
    """Return the error for a file that can't be read as it should."""
    return AlmanacError(
        f"the almanac {str(path)!r} is damaged ({reason}): build it again, or restore a copy"
    )
