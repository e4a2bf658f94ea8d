"""What whoever runs the server is told once a minute at most, though it happens all the time."""

from __future__ import annotations

import logging
import time

SECONDS = 60.0


class Rarely:
    """Writes errors to a log, none for a minute after one."""

    def __init__(self, log: logging.Logger) -> None:
        self._log, self._told_at = log, -SECONDS

    def tell(self, text: str) -> None:
        now = time.monotonic()
        if now - self._told_at >= SECONDS:
            self._told_at = now
            self._log.error("%s", text)
