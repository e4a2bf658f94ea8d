"""From a publication's folder to a running newsroom."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hodie.newsroom.errors import NewsroomError
from hodie.newsroom.keeping import Room

THREADS = 8


def setup(folder: Path) -> None:
    """Make Django's settings for a folder; once in a process. Raises HodieError."""
    try:
        import django
        import wagtail  # noqa: F401
        from django.conf import settings
    except ImportError as error:
        raise NewsroomError(
            f"the newsroom needs {error.name}; install it with `pip install 'hodie[newsroom]'`"
        ) from error
    from hodie.newsroom.settings import settings_for

    if not settings.configured:
        settings.configure(**settings_for(folder, os.environ))
        django.setup()


def prepare() -> None:
    """Bring the database to this version, and series and authors to hodie.toml."""
    from django.core.management import call_command
    from django.db.utils import OperationalError

    from hodie.newsroom import stating

    try:
        call_command("migrate", interactive=False, verbosity=0)
    except OperationalError as error:
        raise NewsroomError(f"the database cannot be used: {error}") from error
    stating.read_publication()


def is_new(folder: Path) -> bool:
    """Tell whether the newsroom was never opened here, so that its tables have to be made."""
    return not Room(folder).folder.exists()


def serve(folder: Path, host: str, port: int, opened: Callable[[str, str | None], None]) -> None:
    """Serve the newsroom of a folder, and do its scheduled work, until Ctrl-C.

    `opened` is told the address, and the one-time link to the owner's account where there is no
    account yet.
    """
    setup(folder)
    prepare()
    from hodie.newsroom import work
    from hodie.newsroom.owner import one_time_link

    server = _server(host, port)
    stop = threading.Event()
    worker = work.start_worker(stop)
    origin = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    opened(origin, one_time_link(origin))
    # A service manager ends it so; what is being done is then ended in order.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        server.run()
    finally:
        stop.set()
        work.wake()
        worker.join(timeout=5)
        server.close()


def _server(host: str, port: int) -> Any:
    from waitress import create_server

    from hodie.newsroom.wsgi import application

    try:
        return create_server(
            application(),
            host=host,
            port=port,
            threads=THREADS,
            ident=None,
            # A proxy on this machine says who asks, and whether by https.
            trusted_proxy="127.0.0.1" if os.environ.get("HODIE_NEWSROOM_URL") else None,
            **_proxy_headers(),
        )
    except OSError as error:
        raise NewsroomError(
            f"cannot listen on {host} port {port}: {(error.strerror or str(error)).lower()}; "
            "stop what is there, or take another: --port 8002"
        ) from error


def _proxy_headers() -> dict[str, Any]:
    if not os.environ.get("HODIE_NEWSROOM_URL"):
        return {}
    headers = {"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"}
    return {"trusted_proxy_headers": headers, "clear_untrusted_proxy_headers": True}
