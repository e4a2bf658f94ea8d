"""The edition's files, each read once and kept while its edition is shown."""

from __future__ import annotations

import datetime
import os
from collections import OrderedDict
from pathlib import Path

from hodie.press import Press
from hodie.press.dialects import filed
from hodie.press.edition import LINK_NAME, Edition, StoredFile
from hodie.press.manifest import EditionError
from hodie.server.answers import Answer, Life, answer, leads_to
from hodie.server.desk import Desk
from hodie.server.openness import security_of

# Their addresses hold the digest of their contents.
DIGESTED = ("/static/", "/cards/")
# The edition's search page says that searching needs this server.
_NOT_FROM_FILES = frozenset({"/search/", "/404.html"})


class Files:
    """The edition's files as they answer at this moment."""

    def __init__(self, desk: Desk, folder: Path) -> None:
        self._desk, self._files = desk, EditionFiles(folder)
        # To read what an edition holds takes a while, for which no reader should have to wait.
        self.find("/")

    def source(self) -> tuple[object, ...]:
        """Return what is another as soon as answers come from another edition or publication."""
        return self._files.link(), self._desk.press

    def find(self, path: str) -> tuple[Answer, int] | None:
        """Return the answer that a file is, and the seconds left of its day; None without one."""
        day, seconds_left = self._desk.day()
        press = self._desk.press
        found = self._files.answer(path, press, day.date)
        if found is None and (address := filed(path)) != path:
            found = self._files.answer(address, press, day.date)
        return None if found is None else (found, seconds_left)

    @property
    def edition(self) -> Edition | None:
        """The edition that is shown, as it was at the last request."""
        return self._files.edition


class EditionFiles:
    """Answers made of an edition's files, those asked last kept in memory.

    The edition may be switched at any moment: an answer is made of one edition only. A file whose
    period is over is no answer: the page that stood in it has to be rendered anew.
    """

    def __init__(self, folder: Path, *, keep_bytes: int = 64 << 20) -> None:
        self._folder, self._keep_bytes = folder, keep_bytes
        self._link = os.fspath(folder / LINK_NAME)
        self._shown: tuple[Edition, Press, datetime.date] | None = None
        self._forget()

    @property
    def edition(self) -> Edition | None:
        return self._shown[0] if self._shown else None

    def answer(self, address: str, press: Press, today: datetime.date) -> Answer | None:
        """Return the answer for an address, None where the edition has none for today."""
        edition = self._current(press, today)
        if (kept := self._kept.get(address)) is not None:
            self._kept.move_to_end(address)
            return kept
        record = edition.records.get(address) if edition else None
        if edition is None or record is None or address in self._over:
            return None
        if address in _NOT_FROM_FILES or record.period != press.period(address, today):
            self._over.add(address)
            return None
        stored = edition.lookup(address)
        return None if stored is None else self._read(stored)

    def link(self) -> str | None:
        """Return where the edition is, as its link says it at this moment."""
        try:
            return os.readlink(self._link)  # noqa: PTH115 (a Path would cost more)
        except OSError:
            return None

    def _current(self, press: Press, today: datetime.date) -> Edition | None:
        """Return the edition shown now; what was kept of another, or of another day, is gone."""
        shown = self._shown
        if shown and shown[1] is press and shown[2] == today and shown[0].is_current():
            return shown[0]
        self._forget()
        try:
            edition = shown[0] if shown and shown[0].is_current() else Edition.open(self._folder)
        except EditionError:
            self._shown = None
            return None
        self._shown = (edition, press, today)
        return edition

    def _forget(self) -> None:
        self._kept: OrderedDict[str, Answer] = OrderedDict()
        self._kept_bytes = 0
        self._over: set[str] = set()

    def _read(self, stored: StoredFile) -> Answer | None:
        try:
            body = stored.path.read_bytes()
            packed = {name: path.read_bytes() for name, path in stored.encoded.items()}
        except FileNotFoundError:
            # Somebody removed files by hand; the page can still be rendered.
            return None
        made = answer(
            body,
            stored.media_type,
            status=stored.status,
            life=Life.FOREVER if stored.address.startswith(DIGESTED) else Life.DAY,
            packed=packed,
            digest=stored.digest,
            extra=leads_to(stored.location),
            security=security_of(stored.address),
        )
        self._keep(stored.address, made)
        return made

    def _keep(self, address: str, made: Answer) -> None:
        self._kept[address] = made
        self._kept_bytes += made.size
        while self._kept_bytes > self._keep_bytes:
            _, oldest = self._kept.popitem(last=False)
            self._kept_bytes -= oldest.size
