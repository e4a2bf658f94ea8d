"""Questions to a query service, each asked no more than once.

An answer that took too long ends in the middle, with status 200 and perhaps a Java error after it:
so an answer counts only when it is whole.
"""

import time
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path
from urllib.parse import urlencode

import msgspec
from msgspec import Struct

from hodie.sources import SourceError, politely

ENDPOINT = "https://query.wikidata.org/sparql"
# Seconds: between two questions, and until a timeout.
PAUSE = 0.5
TIMEOUT = 70.0
DAY = 86_400.0


class Term(Struct, frozen=True):
    """One term of an answer: a literal, or the address of something."""

    type: str
    value: str
    language: str | None = msgspec.field(default=None, name="xml:lang")


Row = dict[str, Term]


class _Results(Struct):
    bindings: list[Row]


class _Answer(Struct):
    results: _Results


class Asker:
    """Asks `endpoint`, and keeps what it answered in `folder` for `max_age` days.

    `contact` is where the service's people can reach whoever runs this: an address of mail or web.
    """

    def __init__(
        self,
        folder: Path,
        contact: str,
        *,
        endpoint: str = ENDPOINT,
        max_age: float = 7.0,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._folder, self._endpoint, self._newest = folder, endpoint, max_age * DAY
        self._clock = clock
        self._client = politely.Client(
            contact, pause=PAUSE, timeout=TIMEOUT, fault=_fault, sleep=sleep, clock=clock
        )

    def ask(self, query: str) -> list[Row]:
        """Return the rows of an answer; raises SourceError where there is none to be had."""
        digest = blake2b(f"{self._endpoint}\n{query}".encode(), digest_size=16).hexdigest()
        file = self._folder / f"{digest}.json"
        kept = self._kept(file)
        if kept is not None:
            return kept
        body = self._ask(query)
        politely.keep(file, body)
        return _rows(body)

    def _kept(self, file: Path) -> list[Row] | None:
        try:
            if self._clock() - file.stat().st_mtime > self._newest:
                return None
            return _rows(file.read_bytes())
        except (OSError, msgspec.MsgspecError):
            return None

    def _ask(self, query: str) -> bytes:
        headers = {"Accept": "application/sparql-results+json"}
        data = urlencode({"query": query}).encode()
        answer = self._client.ask(self._endpoint, headers, data)
        if answer.status != 200:
            raise SourceError(
                f"{self._endpoint}: the service answers {answer.status} to the question; check "
                "`where` in hodie.toml"
            )
        return answer.body


_decode = msgspec.json.Decoder(_Answer).decode


def _rows(body: bytes) -> list[Row]:
    return _decode(body).results.bindings


def _fault(body: bytes) -> str | None:
    try:
        _rows(body)
    except msgspec.MsgspecError:
        return "its answer ends in the middle, as it does when a question takes too long"
    return None
