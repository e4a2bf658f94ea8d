"""Pages from the live wikis: politely, each asked for only when it may have changed.

Wikimedia asks clients to name themselves and somebody to write to, to ask one thing at a time, to
wait as long as `Retry-After` says, and to keep what they got.
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
from urllib.parse import quote

import msgspec
from msgspec import Struct

from hodie import __version__
from hodie.sources import SourceError

ADDRESS = "https://{language}.wikipedia.org/w/rest.php/v1/page/{title}/html"
TRIES = 5
# Seconds: between two pages, before the second try, at most for one wait, and until a timeout.
PAUSE = 0.2
FIRST_WAIT = 2.0
LONGEST_WAIT = 300.0
TIMEOUT = 60.0

_TRY_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
_GONE = frozenset({404, 410})


class Kept(Struct):
    """What is known of a page that was fetched, beside its HTML."""

    url: str
    etag: str | None = None
    modified: str | None = None
    checked: float = 0.0
    """When it was last known to be the newest, in seconds since 1970."""


class Answer(NamedTuple):
    """What a wiki answered: its status, its headers, and the page, unpacked."""

    status: int
    headers: Message
    body: bytes


class Fetched(NamedTuple):
    """The file of a page, and what is to be said of how it was got."""

    file: Path | None
    note: str = ""


class UnansweredError(SourceError):
    """A wiki that does not answer, or asks to be left alone for long."""


class Fetcher:
    """Keeps pages in `folder/{language}/{title}.html`, and what is known of them beside it.

    `contact` is where the wiki's people can reach whoever runs this: an address of mail or web.
    `newest` is for how many seconds a page is taken as it was kept, without asking.
    """

    def __init__(
        self,
        folder: Path,
        contact: str,
        *,
        address: str = ADDRESS,
        newest: float = 86_400.0,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.time,
    ) -> None:
        if not ("@" in contact or contact.startswith(("http://", "https://"))):
            raise SourceError(
                f"contact = {contact!r} must be an address of mail or web at which you can be "
                "reached: Wikimedia refuses those who give none"
            )
        self._folder, self._address, self._newest = folder, address, newest
        self._sleep, self._clock = sleep, clock
        self._agent = f"Hodie/{__version__} ({contact}) python-urllib"
        self._checked: set[Path] = set()
        self._asked = self._given_up = False

    def fetch(self, language: str, title: str, fault: Callable[[bytes], str | None]) -> Fetched:
        """Return the file of a page as it is now, None where there is none to be had.

        `fault` says what is wrong with a page that cannot be what it should be: then the one that
        was kept stays, as it does where the wiki no longer answers. Raises SourceError where the
        wiki refuses, or does not answer and nothing was kept.
        """
        file = self._folder / language / f"{title.replace(' ', '_').replace('/', '%2F')}.html"
        kept = self._kept(file)
        if kept and self._is_new(file, kept):
            return Fetched(file)
        url = self._address.format(language=language, title=quote(title.replace(" ", "_"), safe=""))
        try:
            answer = self._ask(url, kept)
        except UnansweredError as error:
            if kept is None:
                raise
            self._given_up = True
            return Fetched(file, f"{error}; pages are taken as they were kept")
        if answer.status in _GONE:
            return Fetched(None, f"{url}: there is no such page")
        if answer.status != 304:
            if trouble := fault(answer.body):
                return Fetched(file if kept else None, f"{url}: {trouble}")
            self._write(file, answer.body)
            kept = Kept(url, answer.headers["ETag"], answer.headers["Last-Modified"])
        self._keep(file, kept or Kept(url))
        return Fetched(file)

    def _is_new(self, file: Path, kept: Kept) -> bool:
        age = self._clock() - kept.checked
        return self._given_up or file in self._checked or age < self._newest

    def _keep(self, file: Path, kept: Kept) -> None:
        kept.checked = self._clock()
        self._write(_beside(file), msgspec.json.encode(kept))
        self._checked.add(file)

    def _kept(self, file: Path) -> Kept | None:
        try:
            kept = msgspec.json.decode(_beside(file).read_bytes(), type=Kept)
        except (OSError, msgspec.MsgspecError):
            return None
        return kept if file.is_file() else None

    def _ask(self, url: str, kept: Kept | None) -> Answer:
        wait, trouble = FIRST_WAIT, ""
        for attempt in range(TRIES):
            if attempt or self._asked:
                self._sleep(wait if attempt else PAUSE)
            self._asked = True
            try:
                answer = self._once(url, kept)
            except (OSError, http.client.HTTPException, EOFError, zlib.error) as error:
                trouble = str(error) or type(error).__name__
                wait = min(wait * 2, LONGEST_WAIT)
                continue
            if answer.status not in _TRY_AGAIN:
                return _answered(answer, url)
            trouble = f"it answers {answer.status}"
            wait = self._wait(answer.headers["Retry-After"], wait * 2, url)
        raise UnansweredError(f"{url}: after {TRIES} tries: {trouble}; try again later")

    def _once(self, url: str, kept: Kept | None) -> Answer:
        headers = {"User-Agent": self._agent, "Accept-Encoding": "gzip", "Accept": "text/html"}
        if kept and kept.etag:
            headers["If-None-Match"] = kept.etag
        elif kept and kept.modified:
            headers["If-Modified-Since"] = kept.modified
        request = urllib.request.Request(url, headers=headers)
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT) as response:
                return Answer(response.status, response.headers, _body(response))
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, error.headers, b"")

    def _wait(self, said: str | None, usual: float, url: str) -> float:
        """Return how long to wait: what the wiki says, else twice as long as the last time."""
        seconds = usual if said is None else _seconds(said, self._clock(), usual)
        if seconds > LONGEST_WAIT:
            raise UnansweredError(
                f"{url}: the wiki asks to wait {seconds:.0f} seconds; what was fetched is kept, "
                "so build again later and it goes on from there"
            )
        return seconds

    def _write(self, file: Path, content: bytes) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        half = file.with_name(f".{file.name}.part")
        half.write_bytes(content)
        half.replace(file)


def _beside(file: Path) -> Path:
    return file.with_suffix(".json")


def _body(response: http.client.HTTPResponse) -> bytes:
    raw = response.read()
    body = gzip.decompress(raw) if response.headers["Content-Encoding"] == "gzip" else raw
    # A length is not always sent, and then nothing else tells that a page was cut short.
    if b"</html>" not in body[-200:].lower():
        raise EOFError("the page ends before its end")
    return body


def _answered(answer: Answer, url: str) -> Answer:
    if answer.status in (200, 304) or answer.status in _GONE:
        return answer
    if answer.status == 403:
        raise SourceError(
            f"{url}: the wiki refuses (403); it wants a User-Agent with a true contact: check "
            "`contact` in hodie.toml, and https://meta.wikimedia.org/wiki/User-Agent_policy"
        )
    raise SourceError(f"{url}: the wiki answers {answer.status}, which is no page")


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
