"""The site in an embedded uvicorn: one process, until it is asked to stop."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import gc
import logging
import os
import resource
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from ctypes import Array, c_char
from functools import partial
from logging.config import dictConfig
from pathlib import Path
from typing import Any, TextIO, cast

import uvicorn
from starlette.applications import Starlette

from hodie.errors import HodieError
from hodie.server import app, crew
from hodie.server.desk import open_folder
from hodie.server.door import BACKLOG, Seat
from hodie.server.front import IDLE_SECONDS, Front, Recent
from hodie.server.rarely import Rarely
from hodie.server.watch import Watch

# What is being answered when the server is stopped gets this long to end.
LAST_SECONDS = 10
_NO_ROOM = (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM)
# Faults belong on standard error, uvicorn's and ours alike.
_LOGS: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "[%(levelname)s] %(message)s"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "plain",
            "stream": "ext://sys.stderr",
        }
    },
    "loggers": {
        name: {"handlers": ["console"], "level": "ERROR", "propagate": False}
        for name in ("uvicorn", "hodie")
    },
}


_log = logging.getLogger(__name__)


class ServeError(HodieError):
    """The site cannot be served where it was asked for."""


def serve(
    folder: Path,
    host: str,
    port: int,
    opened: Callable[[str], None],
    log: TextIO | None = None,
    workers: int = 1,
) -> None:
    """Serve the publication in `folder` until Ctrl-C, or another signal to end.

    To `log` goes a line of JSON for each request; more than one of the `workers`, which are
    processes, write to standard output. `opened` is told the site's address as soon as it may be
    asked. Raises ServeError.
    """
    check_free(host, port)
    _open_many()
    name = f"[{host}]" if ":" in host else host
    if workers > 1:
        open_folder(folder)
        dictConfig(_LOGS)
        crew.run(
            _work, folder, host, port, bool(log), workers, lambda: opened(f"http://{name}:{port}")
        )
        return
    site = app(folder, log=log)
    _be_fair()
    config = _config(site, Front, host, port)
    asyncio.run(_Server(config, lambda: opened(f"http://{name}:{port}")).serve())


def _work(folder: Path, log: bool, memory: Array[c_char], seat: Seat) -> None:
    """Serve as one of several processes."""
    site, board = app(folder, log=sys.stdout if log else None), crew.Board(memory, seat.number)
    watch: Watch = site.state.watch
    watch.others = board.others
    _be_fair()

    async def go() -> None:
        keeping = asyncio.create_task(board.keep(watch.counts))
        await _SeatedServer(_config(site, partial(_Seated, seat)), seat).serve()
        keeping.cancel()

    asyncio.run(go())
    sys.stdout.flush()
    os._exit(0)


def _open_many() -> None:
    """Have as many files open as the system lets us: each reader is one."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(OSError, ValueError):  # some systems call more unlimited than they let
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


def _be_fair() -> None:
    """Let nobody wait long for what others asked for, nor for the garbage.

    A thread that renders a page gives way more often than usual. What was opened is there to stay,
    and so is nearly all that lives on: the collector looks through the youngest alone most times.
    """
    sys.setswitchinterval(0.001)
    gc.collect()
    gc.freeze()
    gc.set_threshold(1_000, 100, 100)


def check_free(host: str, port: int) -> None:
    """Raise ServeError where another program listens already.

    What is wrong is said here, in words, before anything is opened.
    """
    try:
        [(family, kind, protocol, _, address), *_] = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM
        )
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except socket.gaierror as error:
        raise ServeError(f"no machine is named {host!r}; try --host 127.0.0.1") from error
    except PermissionError as error:
        raise ServeError(f"port {port} is for the system's services; try --port 8000") from error
    except OSError as error:
        raise ServeError(
            f"cannot listen on {host} port {port}: {(error.strerror or str(error)).lower()}; "
            f"stop what is there, or take another: --port {free_port()}"
        ) from error


def free_port() -> int:
    """Return a port on which nobody listens at this moment."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


class _Server(uvicorn.Server):
    """uvicorn, which says when it may be asked, and ends at a signal without raising it again."""

    def __init__(self, config: uvicorn.Config, opened: Callable[[], None]) -> None:
        super().__init__(config)
        self._opened = opened
        self._rarely = Rarely(_log)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        asyncio.get_running_loop().set_exception_handler(self._tell)
        await super().startup(sockets)
        self._opened()

    def _tell(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """Say in words, and not every second, that there is no room for more readers."""
        error = context.get("exception")
        if not isinstance(error, OSError) or error.errno not in _NO_ROOM:
            loop.default_exception_handler(context)
            return
        reason = (error.strerror or str(error)).lower()
        self._rarely.tell(
            f"readers wait, for nobody can be let in: {reason} (ulimit -n; LimitNOFILE= of systemd)"
        )

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        loop = asyncio.get_running_loop()
        for number in crew.STOPPING:
            loop.add_signal_handler(number, self.handle_exit, number, None)
        try:
            yield
        finally:
            # What comes now finds the loop half closed: it would be written to a pipe that is
            # gone, and Python would say so on standard error.
            for number in crew.STOPPING:
                loop.remove_signal_handler(number)
                signal.signal(number, signal.SIG_IGN)


def serve_app(
    app: Starlette, host: str, port: int, opened: Callable[[str], None], path: str = "/"
) -> None:
    """Serve any application as the site is served; `opened` is told the address of `path`."""
    check_free(host, port)
    name = f"[{host}]" if ":" in host else host
    config = uvicorn.Config(
        app, host, port, ws="none", server_header=False, log_config=_LOGS, access_log=False
    )
    asyncio.run(_Server(config, lambda: opened(f"http://{name}:{port}{path}")).serve())


class _Seated(Front):
    """A connection that was handed over, to be counted when it ends."""

    def __init__(self, seat: Seat, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._seat = seat

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._seat.leave()


class _SeatedServer(_Server):
    """uvicorn, which is handed its connections, and ends when there will be no more."""

    def __init__(self, config: uvicorn.Config, seat: Seat) -> None:
        super().__init__(config, seat.ready)
        self._seat = seat

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup([])
        asyncio.get_running_loop().add_reader(self._seat.channel, self._take)

    def _take(self) -> None:
        """Take all who have been sent; when there will be no more, end."""
        with contextlib.suppress(BlockingIOError):
            while connections := self._seat.receive():
                for wire in connections:
                    joining = asyncio.create_task(self._join(wire))
                    self.server_state.tasks.add(joining)
                    joining.add_done_callback(self.server_state.tasks.discard)
            loop = asyncio.get_running_loop()
            loop.remove_reader(self._seat.channel)
            # Whoever was let in last shall still be heard.
            loop.call_later(0.1, self.handle_exit, signal.SIGTERM, None)

    async def _join(self, wire: socket.socket) -> None:
        make = cast(Callable[..., Front], self.config.http_protocol_class)
        given = {"config": self.config, "server_state": self.server_state}
        connection = partial(make, **given, app_state=self.lifespan.state)
        try:
            await asyncio.get_running_loop().connect_accepted_socket(connection, wire)
        except OSError:
            # Gone before they were heard: some systems tell when the connection is set up.
            wire.close()
            self._seat.leave()


def _config(
    site: Starlette, kind: Callable[..., Front], host: str = "", port: int = 0
) -> uvicorn.Config:
    state = site.state
    front = partial(kind, state.files, state.watch, Recent(), live=state.live)
    return uvicorn.Config(
        site,
        host,
        port,
        # Anything that makes a connection will do, whatever the type says.
        http=cast(type[asyncio.Protocol], front),
        ws="none",
        backlog=BACKLOG,
        server_header=False,
        timeout_keep_alive=IDLE_SECONDS,
        timeout_graceful_shutdown=LAST_SECONDS,
        log_config=_LOGS,
        access_log=False,
    )
