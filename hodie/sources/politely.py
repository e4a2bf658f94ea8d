"""Requests to others' servers, with the manners that Wikimedia asks of its clients.

Name yourself and somebody to write to; ask one thing at a time; wait as long as `Retry-After` says;
keep what you got. An answer that ends in the middle is none, and is asked for again.
"""

import gzip
import http.client
import time
import urllib.error
import urllib.request
import zlib
from collections.abc import Callable
from email.message import Message
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import NamedTuple

from hodie import __version__
from hodie.sources import SourceError

TRIES = 5
# Seconds: the second try waits this long, each later one twice as long as the one before it.
FIRST_WAIT = 4.0
LONGEST_WAIT = 300.0

_TRY_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})


class Answer(NamedTuple):
    """What a server answered: its status, its headers, and its body, unpacked."""

    status: int
    headers: Message
    body: bytes


class UnansweredError(SourceError):
    """A server that does not answer, or asks to be left alone for long."""


class Client:
    """Asks one server at a time, in the name of whoever can be reached at `contact`.

    `contact` is an address of mail or web. `pause` and `timeout` are in seconds. `fault` says what
    is missing from a body that came in part, None where it is whole.
    """

    def __init__(
        self,
        contact: str,
        *,
        pause: float,
        timeout: float,
        fault: Callable[[bytes], str | None],
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.time,
    ) -> None:
        if not ("@" in contact or contact.startswith(("http://", "https://"))):
            raise SourceError(
                f"contact = {contact!r} must be an address of mail or web at which you can be "
                "reached: Wikimedia refuses those who give none"
            )
        self._agent = f"Hodie/{__version__} ({contact}) python-urllib"
        self._pause, self._timeout, self._fault = pause, timeout, fault
        self._sleep, self._clock = sleep, clock
        self._asked = False

    def ask(
        self, url: str, headers: dict[str, str] | None = None, data: bytes | None = None
    ) -> Answer:
        """Return the answer, of whatever status that trying again would not change.

        `data` is sent by POST. Raises UnansweredError where there is no answer after `TRIES` tries,
        SourceError where the server refuses.
        """
        headers = {"User-Agent": self._agent, "Accept-Encoding": "gzip"} | (headers or {})
        request = urllib.request.Request(url, data, headers)
        wait, trouble = self._pause if self._asked else 0.0, ""
        self._asked = True
        for attempt in range(TRIES):
            if wait:
                self._sleep(wait)
            wait = FIRST_WAIT * 2**attempt
            try:
                answer = self._once(request)
            except (OSError, http.client.HTTPException, EOFError, zlib.error) as error:
                trouble = str(error) or type(error).__name__
                continue
            if answer.status not in _TRY_AGAIN:
                return _allowed(answer, url)
            trouble = f"it answers {answer.status}"
            wait = self._wait(answer.headers["Retry-After"], wait, url)
        raise UnansweredError(
            f"{url}: after {TRIES} tries: {trouble}; what was answered before is kept, so build "
            "again later and it goes on from there"
        )

    def _once(self, request: urllib.request.Request) -> Answer:
        try:
            with urllib.request.urlopen(request, timeout=self._timeout) as response:
                raw = response.read()
                packed = response.headers["Content-Encoding"] == "gzip"
                answer = Answer(
                    response.status, response.headers, gzip.decompress(raw) if packed else raw
                )
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, error.headers, b"")
        # A length is not always sent, and then nothing else tells that an answer was cut short.
        if trouble := self._fault(answer.body):
            raise EOFError(trouble)
        return answer

    def _wait(self, said: str | None, usual: float, url: str) -> float:
        """Return how long to wait: what the server says, else twice as long as the last time."""
        seconds = usual if said is None else retry_after(said, self._clock(), usual)
        if seconds > LONGEST_WAIT:
            raise UnansweredError(
                f"{url}: the server asks to wait {seconds:.0f} seconds; what was answered before "
                "is kept, so build again later and it goes on from there"
            )
        return seconds


def _allowed(answer: Answer, url: str) -> Answer:
    if answer.status != 403:
        return answer
    raise SourceError(
        f"{url}: the server refuses (403); it wants a User-Agent with a true contact: check "
        "`contact` in hodie.toml, and https://meta.wikimedia.org/wiki/User-Agent_policy"
    )


def retry_after(said: str, now: float, usual: float) -> float:
    """Read `Retry-After`, a number of seconds or a date, as seconds from `now`.

    >>> retry_after("120", 0, 1.0), retry_after("Thu, 01 Jan 1970 00:01:00 GMT", 0, 1.0)
    (120.0, 60.0)
    >>> retry_after("soon", 0, 1.0)
    1.0
    """
    if said.strip().isdecimal():
        return float(said)
    try:
        return max(parsedate_to_datetime(said).timestamp() - now, 0.0)
    except ValueError:
        return usual


def keep(file: Path, content: bytes) -> None:
    """Write an answer beside `file` and rename it, so that no half of one is ever found there."""
    file.parent.mkdir(parents=True, exist_ok=True)
    half = file.with_name(f".{file.name}.part")
    half.write_bytes(content)
    half.replace(file)
