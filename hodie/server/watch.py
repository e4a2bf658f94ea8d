"""What the server tells of itself: counts for Prometheus, and a line a request for whoever asks.

Neither knows who asks: no address of a reader, no program's name, no words that were looked for.
"""

from __future__ import annotations

import resource
import sys
import time
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Literal, TextIO

import msgspec
from msgspec import Struct
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
WAYS: tuple[Way, ...] = ("file", "live")
_NO_BUCKETS = (0,) * (len(BOUNDS) + 1)
_AREAS = PAGES | {
    "api", "calendars", "cards", "date", "embed", "feed", "feeds", "oembed", "on-this-day",
    "pictures", "search", "static",
}  # fmt: skip
_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_encode = msgspec.json.Encoder().encode


Request = tuple[str, str, Way, int]
"""What requests are counted by: method, area, way and status."""


class Counts(Struct):
    """What one process has answered, or several together; `buckets` are those between BOUNDS."""

    started: float
    open: int = 0
    requests: dict[Request, int] = {}
    bytes: dict[Way, int] = {}
    seconds: dict[Way, float] = {}
    buckets: dict[Way, list[int]] = {}
    cpu: float = 0.0
    memory: float = 0.0

    def add(self, other: Counts) -> None:
        """Add what another process has answered."""
        self.started = min(self.started, other.started)
        self.open += other.open
        self.cpu += other.cpu
        self.memory += other.memory
        for request, count in other.requests.items():
            self.requests[request] = self.requests.get(request, 0) + count
        for way in WAYS:
            self.bytes[way] = self.bytes.get(way, 0) + other.bytes.get(way, 0)
            self.seconds[way] = self.seconds.get(way, 0.0) + other.seconds.get(way, 0.0)
            pairs = zip(
                self.buckets.get(way, _NO_BUCKETS), other.buckets.get(way, _NO_BUCKETS), strict=True
            )
            self.buckets[way] = [own + theirs for own, theirs in pairs]


class Watch:
    """Counts requests, and writes them to `log` where there is one."""

    def __init__(self, log: TextIO | None = None) -> None:
        self._log = log
        self._counts = Counts(time.time())
        self._counts.add(Counts(time.time()))
        self.others: Callable[[], Iterable[Counts]] = tuple
        """What the other processes have counted, which answer at the same port."""

    def note(
        self, method: str, path: str, status: int, size: int, seconds: float, way: Way
    ) -> None:
        """Count one request that was answered."""
        counts = self._counts
        request = (method if method in _METHODS else "other", _area(path), way, status)
        counts.requests[request] = counts.requests.get(request, 0) + 1
        counts.bytes[way] += size
        counts.seconds[way] += seconds
        counts.buckets[way][bisect_left(BOUNDS, seconds)] += 1
        if self._log is not None:
            self._write(self._log, method, path, status, size, seconds, way)

    def began(self) -> None:
        self._counts.open += 1

    def ended(self) -> None:
        self._counts.open -= 1

    def counts(self) -> Counts:
        """Return what this process has counted, and used, until now."""
        used = resource.getrusage(resource.RUSAGE_SELF)
        self._counts.cpu = used.ru_utime + used.ru_stime
        self._counts.memory = _memory(used.ru_maxrss)
        return self._counts

    def metrics(self, facts: dict[str, str], gauges: dict[str, float]) -> bytes:
        """Return what Prometheus reads: the counts of all processes, and what the caller knows."""
        counts = Counts(time.time())
        for each in (self.counts(), *self.others()):
            counts.add(each)
        lines = [
            *_metric("hodie_info", "gauge", "What is served.", [(_labels(**facts), 1)]),
            *(
                line
                for name, value in gauges.items()
                for line in _metric(f"hodie_{name}", "gauge", _HELP[name], [("", value)])
            ),
            *_metric("hodie_requests_open", "gauge", "Requests at work.", [("", counts.open)]),
            *_metric("hodie_requests_total", "counter", "Requests answered.", _counted(counts)),
            *_metric(
                "hodie_response_bytes_total",
                "counter",
                "Bytes of bodies sent.",
                [(_labels(way=way), count) for way, count in counts.bytes.items()],
            ),
            *_histogram(counts),
            *_process(counts),
        ]
        return ("\n".join(lines) + "\n").encode()

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

        watch.began()
        try:
            await self._app(scope, receive, counted)
        finally:
            watch.ended()
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


def _counted(counts: Counts) -> Iterator[tuple[str, float]]:
    for (method, area, way, status), count in counts.requests.items():
        yield _labels(method=method, area=area, way=way, status=str(status)), count


def _histogram(counts: Counts) -> Iterator[str]:
    name = "hodie_request_seconds"
    yield f"# HELP {name} From a request to the end of its answer."
    yield f"# TYPE {name} histogram"
    for way, buckets in counts.buckets.items():
        total = 0
        for bound, count in zip([*map(str, BOUNDS), "+Inf"], buckets, strict=True):
            total += count
            yield f"{name}_bucket{_labels(way=way, le=bound)} {total}"
        yield f"{name}_sum{_labels(way=way)} {counts.seconds[way]:.6f}"
        yield f"{name}_count{_labels(way=way)} {total}"


def _process(counts: Counts) -> Iterator[str]:
    for name, kind, text, value in (
        ("cpu_seconds_total", "counter", "Processor time.", counts.cpu),
        ("resident_memory_bytes", "gauge", "Memory.", counts.memory),
        ("start_time_seconds", "gauge", "When it began.", counts.started),
    ):
        yield from _metric(f"process_{name}", kind, text, [("", value)])


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
