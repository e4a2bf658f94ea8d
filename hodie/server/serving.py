"""The site in an embedded granian: one process, until it is asked to stop."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
from collections.abc import Callable
from pathlib import Path

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.embed import Server
from starlette.applications import Starlette

from hodie.errors import HodieError
from hodie.server import app

# Faults belong on standard error, granian's and ours alike.
_LOGS = {
    "handlers": {
        name: {
            "class": "logging.StreamHandler",
            "formatter": "generic",
            "stream": "ext://sys.stderr",
        }
        for name in ("console", "access")
    },
    "loggers": {
        name: {"handlers": ["console"], "level": "ERROR", "propagate": False}
        for name in ("_granian", "hodie")
    },
}


class ServeError(HodieError):
    """The site cannot be served where it was asked for."""


def serve(folder: Path, host: str, port: int, opened: Callable[[str], None]) -> None:
    """Serve the publication in `folder` until Ctrl-C, or another signal to end.

    `opened` is told the site's address as soon as it may be asked. Raises ServeError.
    """
    site = app(folder)
    check_free(host, port)
    name = f"[{host}]" if ":" in host else host
    asyncio.run(_serve(site, host, port, lambda: opened(f"http://{name}:{port}")))


def check_free(host: str, port: int) -> None:
    """Raise ServeError where another program listens already.

    Granian would share the port with it, and readers would meet now one, now the other.
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


async def _serve(site: Starlette, host: str, port: int, opened: Callable[[], None]) -> None:
    server = Server(
        site,
        host,
        port,
        interface=Interfaces.ASGI,
        websockets=False,
        log_level=LogLevels.error,
        log_dictconfig=_LOGS,
    )
    loop = asyncio.get_running_loop()
    for signal_number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(signal_number, server.stop)
    async with asyncio.TaskGroup() as tasks:
        waiting = tasks.create_task(_tell_when_open(host, port, opened))
        await server.serve()
        waiting.cancel()


async def _tell_when_open(host: str, port: int, opened: Callable[[], None]) -> None:
    """Knock until somebody answers: granian does not say when it begins to listen."""
    while True:
        with contextlib.suppress(OSError):
            _, writer = await asyncio.open_connection(host, port)
            writer.close()
            return opened()
        await asyncio.sleep(0.01)
