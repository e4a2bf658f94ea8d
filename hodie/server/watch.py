"""What the server tells of itself: counts for Prometheus, and a line a request for whoever asks.

Neither knows who asks: no address of a reader, no program's name, no words that were looked for.
"""

from __future__ import annotations

import resource
import sys
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Literal, TextIO

import msgspec
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from hodie.server.addresses import PAGES

Way = Literal["file", "live"]
"""How an answer came: as a file of the edition, or made when it was asked for."""

WAY = "hodie.way"
"""Where a scope says how its answer came; without it, it was made."""

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
# In seconds. A file takes less than the first, a page made anew some of the middle ones.
BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0)
LONGEST_PATH = 200
_AREAS = PAGES | {
    "api", "calendars", "cards", "date", "embed", "feed", "feeds", "oembed", "on-this-day",
    "pictures", "search", "static",
}  # fmt: skip
_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_encode = msgspec.json.Encoder().encode


class Watch:
    """Counts requests, and writes them to `log` where there is one."""

    def __init__(self, log: TextIO | None = None) -> None:
        self._log = log
        self._started = time.time()
        self.open = 0
        self._requests: Counter[tuple[str, str, Way, int]] = Counter()
        self._bytes: dict[Way, int] = {"file": 0, "live": 0}
        self._seconds: dict[Way, float] = {"file": 0.0, "live": 0.0}
        self._buckets: dict[Way, list[int]] = {
            "file": [0] * (len(BOUNDS) + 1),
            "live": [0] * (len(BOUNDS) + 1),
        }

    def note(
        self, method: str, path: str, status: int, size: int, seconds: float, way: Way
    ) -> None:
        """Count one request that was answered."""
        self._requests[method if method in _METHODS else "other", _area(path), way, status] += 1
        self._bytes[way] += size
        self._seconds[way] += seconds
        self._buckets[way][bisect_left(BOUNDS, seconds)] += 1
        if self._log is not None:
            self._write(self._log, method, path, status, size, seconds, way)

    def metrics(self, facts: dict[str, str], gauges: dict[str, float]) -> bytes:
        """Return what Prometheus reads: the counts, the process, and what the caller knows."""
        lines = [
            *_metric("hodie_info", "gauge", "What is served.", [(_labels(**facts), 1)]),
            *(
                line
                for name, value in gauges.items()
                for line in _metric(f"hodie_{name}", "gauge", _HELP[name], [("", value)])
            ),
            *_metric("hodie_requests_open", "gauge", "Requests at work.", [("", self.open)]),
            *_metric("hodie_requests_total", "counter", "Requests answered.", self._counted()),
            *_metric(
                "hodie_response_bytes_total",
                "counter",
                "Bytes of bodies sent.",
                [(_labels(way=way), count) for way, count in self._bytes.items()],
            ),
            *self._histogram(),
            *self._process(),
        ]
        return ("\n".join(lines) + "\n").encode()

    def _counted(self) -> Iterator[tuple[str, float]]:
        for (method, area, way, status), count in self._requests.items():
            yield _labels(method=method, area=area, way=way, status=str(status)), count

    def _histogram(self) -> Iterator[str]:
        name = "hodie_request_seconds"
        yield f"# HELP {name} From a request to the end of its answer."
        yield f"# TYPE {name} histogram"
        for way, buckets in self._buckets.items():
            total = 0
            for bound, count in zip([*map(str, BOUNDS), "+Inf"], buckets, strict=True):
                total += count
                yield f"{name}_bucket{_labels(way=way, le=bound)} {total}"
            yield f"{name}_sum{_labels(way=way)} {self._seconds[way]:.6f}"
            yield f"{name}_count{_labels(way=way)} {total}"

    def _process(self) -> Iterator[str]:
        used = resource.getrusage(resource.RUSAGE_SELF)
        for name, kind, text, value in (
            ("cpu_seconds_total", "counter", "Processor time.", used.ru_utime + used.ru_stime),
            ("resident_memory_bytes", "gauge", "Memory.", _memory(used.ru_maxrss)),
            ("start_time_seconds", "gauge", "When it began.", self._started),
        ):
            yield from _metric(f"process_{name}", kind, text, [("", value)])

    def _write(
        self,
        log: TextIO,
        method: str,
        path: str,
        status: int,
        size: int,
        seconds: float,
        way: Way,
    ) -> None:
        line = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "method": method,
            "path": path[:LONGEST_PATH],
            "status": status,
            "bytes": size,
            "ms": round(seconds * 1000, 2),
            "way": way,
        }
        log.write(_encode(line).decode() + "\n")
        log.flush()


class Watched:
    """Counts what the application behind it answers."""

    def __init__(self, app: ASGIApp, watch: Watch) -> None:
        self._app, self._watch = app, watch

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        watch, start = self._watch, time.perf_counter()
        status, size = 500, 0

        async def counted(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
            else:
                size += len(message.get("body", b""))
            await send(message)

        watch.open += 1
        try:
            await self._app(scope, receive, counted)
        finally:
            watch.open -= 1
            way: Way = scope.get(WAY, "live")
            seconds = time.perf_counter() - start
            watch.note(scope["method"], scope["path"], status, size, seconds, way)


_HELP = {
    "edition_time_seconds": "The day of the edition that is shown, at midnight UTC.",
    "openings_total": "How often the publication was opened anew.",
    "stale": "1 where the folder cannot be read as it is now, and what was read before is served.",
}


@lru_cache(maxsize=4096)
def _area(path: str) -> str:
    """Return the part of the site that a path is in; few, for each is kept by Prometheus.

    >>> _area("/on/08-20/"), _area("/"), _area("/wp-login.php")
    ('on', 'front', 'other')
    """
    first = path.split("/", 2)[1] if path.startswith("/") else path
    return first if first in _AREAS else "front" if path == "/" else "other"


def _metric(name: str, kind: str, text: str, values: Iterable[tuple[str, float]]) -> Iterator[str]:
    yield f"# HELP {name} {text}"
    yield f"# TYPE {name} {kind}"
    for labels, value in values:
        yield f"{name}{labels} {value}"


def _labels(**labels: str) -> str:
    """Write labels as Prometheus has them.

    >>> _labels(way="file", text='a "b"')
    '{way="file",text="a \\\\"b\\\\""}'
    """
    pairs = (f"{name}={_encode(value).decode()}" for name, value in labels.items())
    return "{" + ",".join(pairs) + "}" if labels else ""


def _memory(most_kilobytes: int) -> float:
    """Return the bytes of memory in use, or the most that there were where that is not told."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except (OSError, ValueError, IndexError):
        return float(most_kilobytes * (1 if sys.platform == "darwin" else 1024))
    return float(pages * resource.getpagesize())
