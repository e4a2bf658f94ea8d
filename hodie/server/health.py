"""Whether the server is well, for whoever restarts it, and its counts, for whoever watches it."""

from __future__ import annotations

import datetime

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

import hodie
from hodie.almanac import AlmanacError
from hodie.server.desk import Desk
from hodie.server.files import Files
from hodie.server.watch import MEDIA_TYPE, Watch

_HEADERS = {"cache-control": "no-store", "x-content-type-options": "nosniff"}


class Health:
    """Answers `/healthz` and `/metrics`."""

    def __init__(self, desk: Desk, files: Files, watch: Watch) -> None:
        self._desk, self._files, self._watch = desk, files, watch

    @property
    def routes(self) -> list[Route]:
        return [Route("/healthz", self.healthz), Route("/metrics", self.metrics)]

    async def healthz(self, request: Request) -> Response:
        """Say whether the facts can be read; 503 where they cannot."""
        press = (await self._desk.opened()).press
        try:
            press.almanac.entity("")
        except AlmanacError as error:
            return _json({"status": "failing", "reason": str(error.__cause__ or error)}, 503)
        return _json(
            {
                "status": "stale" if self._desk.stale else "ok",
                "hodie": hodie.__version__,
                "edition": self._files.edition.name if self._files.edition else None,
                "almanac": press.almanac.info.digest,
            }
        )

    async def metrics(self, request: Request) -> Response:
        """Say how much was asked, and how long it took."""
        opened, edition = await self._desk.opened(), self._files.edition
        facts = {
            "version": hodie.__version__,
            "edition": edition.name if edition else "",
            "almanac": opened.press.almanac.info.digest[:16],
        }
        gauges = {
            "edition_time_seconds": _midnight(edition.as_of) if edition else 0.0,
            "openings_total": float(opened.number + 1),
            "stale": float(self._desk.stale),
        }
        return Response(
            self._watch.metrics(facts, gauges), headers={"content-type": MEDIA_TYPE, **_HEADERS}
        )


def _midnight(day: datetime.date) -> float:
    return datetime.datetime.combine(day, datetime.time(), datetime.UTC).timestamp()


def _json(values: dict[str, str | None], status: int = 200) -> Response:
    body = msgspec.json.encode(values)
    return Response(body, status, {"content-type": "application/json", **_HEADERS})
