"""What `serve` runs: the site in an embedded granian, until it is asked to stop."""

from __future__ import annotations

import asyncio
import signal
import socket

import click
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server.embed import Server
from starlette.applications import Starlette

from hodie.errors import HodieError
from hodie.press import Publication
from hodie.server import app


class ServeError(HodieError):
    """The site cannot be served where it was asked for."""


def serve_publication(publication: Publication, host: str, port: int) -> None:
    """Serve a publication until Ctrl-C or a signal to end."""
    site = app(publication.folder)
    check_free(host, port)
    if not publication.edition_path.exists():
        click.echo("No edition yet: every page is rendered on asking. `hodie press` writes it.")
    shown = f"[{host}]" if ":" in host else host
    asyncio.run(_serve(site, host, port, f"{publication.name}: http://{shown}:{port}"))


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
            f"cannot listen on {host} port {port} ({(error.strerror or '').lower()}); "
            f"stop what is there, or take another: --port {free_port(host)}"
        ) from error


def free_port(host: str = "127.0.0.1") -> int:
    """Return a port on which nobody listens at this moment."""
    try:
        with socket.create_server((host, 0)) as server:
            return int(server.getsockname()[1])
    except OSError:
        return 8001


async def _serve(site: Starlette, host: str, port: int, name: str) -> None:
    server = Server(
        site,
        host,
        port,
        interface=Interfaces.ASGI,
        websockets=False,
        log_level=LogLevels.error,
    )
    loop = asyncio.get_running_loop()
    for signal_number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(signal_number, server.stop)
    # Said when the port is open: whoever reads the line may ask at once.
    server.on_startup(lambda: click.echo(f"{name} (Ctrl-C stops)"))
    await server.serve()
