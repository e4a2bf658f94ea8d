"""The read-only public server: an edition's files, and live pages beside them."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from hodie.errors import HodieError

if TYPE_CHECKING:
    from starlette.applications import Starlette

    from hodie.server.desk import Clock

__all__ = ["app"]

if sys.platform == "win32":
    raise HodieError("the server runs on Linux and macOS: on Windows, install Hodie in WSL")


def app(folder: Path | str, clock: Clock | None = None, log: TextIO | None = None) -> Starlette:
    """Return the site of the publication in `folder`, an ASGI application.

    It opens nothing for writing, and follows the folder when its edition, almanac or settings are
    replaced. `clock` tells the time, aware of its zone; to `log` goes a line of JSON for each
    request. Raises HodieError where there is no publication that can be read.
    """
    # Imported here: the command line asks this package about days alone, and starts sooner so.
    from hodie.server.desk import now
    from hodie.server.site import site

    return site(Path(folder), clock or now, log)
