"""Questions to a query service: politely, and each no more than once.

Wikimedia asks clients to name themselves and somebody to write to, to ask one thing at a time, and
to wait as long as `Retry-After` says. An answer that took too long ends in the middle, with status
200 and perhaps a Java error after it: so an answer counts only when it is whole.
"""

import gzip
import http.client
import time
import urllib.error
import urllib.parse
import urllib.request
import zlib
from collections.abc import Callable
from email.utils import parsedate_to_datetime
from hashlib import blake2b
from pathlib import Path

import msgspec
from msgspec import Struct

from hodie import __version__
from hodie.sources import SourceError

ENDPOINT = "https://query.wikidata.org/sparql"
TRIES = 5
# Seconds: between two questions, before the second try, at most for one wait, until a timeout.
PAUSE = 0.5
FIRST_WAIT = 2.0
LONGEST_WAIT = 300.0
TIMEOUT = 70.0
DAY = 86_400.0

_TRY_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})


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


class RefusedError(SourceError):
    """A service that refuses, does not answer, or wants to be left alone for long."""


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
        if not ("@" in contact or contact.startswith(("http://", "https://"))):
            raise SourceError(
                f"contact = {contact!r} must be an address of mail or web at which you can be "
                "reached: Wikimedia refuses those who give none"
            )
        self._folder, self._endpoint, self._newest = folder, endpoint, max_age * DAY
        self._sleep, self._clock = sleep, clock
        self._agent = f"Hodie/{__version__} ({contact}) python-urllib"
        self._asked = False

    def ask(self, query: str) -> list[Row]:
        """Return the rows of an answer; raises RefusedError where there is none to be had."""
        digest = blake2b(f"{self._endpoint}\n{query}".encode(), digest_size=16).hexdigest()
        file = self._folder / f"{digest}.json"
        kept = self._kept(file)
        if kept is not None:
            return kept
        body = self._ask(query)
        self._folder.mkdir(parents=True, exist_ok=True)
        part = file.with_name(f".{file.name}.part")
        part.write_bytes(body)
        part.replace(file)
        return _rows(body)

    def _kept(self, file: Path) -> list[Row] | None:
        try:
            if self._clock() - file.stat().st_mtime > self._newest:
                return None
            return _rows(file.read_bytes())
        except (OSError, msgspec.MsgspecError):
            return None

    def _ask(self, query: str) -> bytes:
        wait, trouble = FIRST_WAIT, ""
        for attempt in range(TRIES):
            if attempt or self._asked:
                self._sleep(wait if attempt else PAUSE)
            self._asked = True
            try:
                return self._once(query)
            except urllib.error.HTTPError as error:
                with error:
                    trouble = f"it answers {error.code}"
                    wait = self._wait(error, wait * 2)
            except (OSError, http.client.HTTPException, EOFError, zlib.error) as error:
                trouble = str(error) or type(error).__name__
                wait = min(wait * 2, LONGEST_WAIT)
            except msgspec.MsgspecError:
                trouble = "its answer ends in the middle, as it does when a question takes too long"
                wait = min(wait * 2, LONGEST_WAIT)
        raise RefusedError(
            f"{self._endpoint}: after {TRIES} tries: {trouble}; what was answered is kept, so "
            "build again later, or ask for less"
        )

    def _once(self, query: str) -> bytes:
        headers = {
            "User-Agent": self._agent,
            "Accept": "application/sparql-results+json",
            "Accept-Encoding": "gzip",
        }
        data = urllib.parse.urlencode({"query": query}).encode()
        request = urllib.request.Request(self._endpoint, data, headers)
        with urllib.request.urlopen(request, timeout=TIMEOUT) as response:
            raw = response.read()
            body = gzip.decompress(raw) if response.headers["Content-Encoding"] == "gzip" else raw
        _rows(body)
        return body

    def _wait(self, error: urllib.error.HTTPError, usual: float) -> float:
        if error.code == 403:
            raise RefusedError(
                f"{self._endpoint}: the service refuses (403); it wants a User-Agent with a true "
                "contact: check `contact` in hodie.toml"
            ) from error
        if error.code not in _TRY_AGAIN:
            raise RefusedError(
                f"{self._endpoint}: the service answers {error.code} to the question; "
                "check `where` in hodie.toml"
            ) from error
        said = error.headers["Retry-After"]
        seconds = usual if said is None else _seconds(said, self._clock(), usual)
        if seconds > LONGEST_WAIT:
            raise RefusedError(
                f"{self._endpoint}: the service asks to wait {seconds:.0f} seconds; what was "
                "answered is kept, so build again later and it goes on from there"
            ) from error
        return seconds


_decode = msgspec.json.Decoder(_Answer).decode


def _rows(body: bytes) -> list[Row]:
    return _decode(body).results.bindings


def _seconds(said: str, now: float, usual: float) -> float:
    """Read `Retry-After`, which is a number of seconds or a date.

    >>> _seconds("120", 0, 1.0), _seconds("Thu, 01 Jan 1970 00:01:00 GMT", 0, 1.0)
    (120.0, 60.0)
    """
    if said.strip().isdecimal():
        return float(said)
    try:
        return max(parsedate_to_datetime(said).timestamp() - now, 0.0)
    except ValueError:
        return usual
