"""Pages from the live wikis, each asked for only when it may have changed."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

import msgspec
from msgspec import Struct

from hodie.sources import SourceError, politely
from hodie.sources.politely import Answer, UnansweredError

ADDRESS = "https://{language}.wikipedia.org/w/rest.php/v1/page/{title}/html"
# Seconds: between two pages, and until a timeout.
PAUSE = 0.2
TIMEOUT = 60.0

_GONE = frozenset({404, 410})


class Kept(Struct):
    """What is known of a page that was fetched, beside its HTML."""

    url: str
    etag: str | None = None
    modified: str | None = None
    checked: float = 0.0
    """When it was last known to be the newest, in seconds since 1970."""


class Fetched(NamedTuple):
    """The file of a page, and what is to be said of how it was got."""

    file: Path | None
    note: str = ""


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
        self._folder, self._address, self._newest = folder, address, newest
        self._clock = clock
        self._client = politely.Client(
            contact, pause=PAUSE, timeout=TIMEOUT, fault=_cut, sleep=sleep, clock=clock
        )
        self._checked: set[Path] = set()
        self._given_up = False

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
            politely.keep(file, answer.body)
            kept = Kept(url, answer.headers["ETag"], answer.headers["Last-Modified"])
        self._keep(file, kept or Kept(url))
        return Fetched(file)

    def _is_new(self, file: Path, kept: Kept) -> bool:
        age = self._clock() - kept.checked
        return self._given_up or file in self._checked or age < self._newest

    def _keep(self, file: Path, kept: Kept) -> None:
        kept.checked = self._clock()
        politely.keep(_beside(file), msgspec.json.encode(kept))
        self._checked.add(file)

    def _kept(self, file: Path) -> Kept | None:
        try:
            kept = msgspec.json.decode(_beside(file).read_bytes(), type=Kept)
        except (OSError, msgspec.MsgspecError):
            return None
        return kept if file.is_file() else None

    def _ask(self, url: str, kept: Kept | None) -> Answer:
        headers = {"Accept": "text/html"}
        if kept and kept.etag:
            headers["If-None-Match"] = kept.etag
        elif kept and kept.modified:
            headers["If-Modified-Since"] = kept.modified
        answer = self._client.ask(url, headers)
        if answer.status in (200, 304) or answer.status in _GONE:
            return answer
        raise SourceError(f"{url}: the wiki answers {answer.status}, which is no page")


def _beside(file: Path) -> Path:
    return file.with_suffix(".json")


def _cut(html: bytes) -> str | None:
    return None if b"</html>" in html[-200:].lower() else "the page ends before its end"
