"""The newsroom for a WSGI server of one's own: `HODIE_PUBLICATION` names the folder."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any


def application() -> Any:
    """Return the application; a server such as gunicorn is given `hodie.newsroom.wsgi:app()`."""
    from django.core.wsgi import get_wsgi_application

    return get_wsgi_application()


def app() -> Any:
    """Set up the publication that `HODIE_PUBLICATION` names, and return its application."""
    from hodie.newsroom.starting import setup

    setup(Path(os.environ["HODIE_PUBLICATION"]))
    return application()
