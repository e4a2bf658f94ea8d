"""The edition's files, each read once and kept while its edition is shown."""

from __future__ import annotations

import contextlib
import datetime
from collections import OrderedDict
from pathlib import Path

from hodie.press.edition import Edition, StoredFile
from hodie.press.manifest import EditionError
from hodie.server.answers import Answer, Life, answer

# Their addresses hold the digest of their contents.
DIGESTED = "/static/"
# The edition's search page says that searching needs this server.
_NOT_FROM_FILES = frozenset({"/search/", "/404.html"})


class EditionFiles:
    """Answers made of an edition's files, those asked last kept in memory.

    The edition may be switched at any moment: an answer is made of one edition only. A file that
    was made for a day that is over is none of them.
    """

    def __init__(self, folder: Path, *, keep_bytes: int = 64 << 20) -> None:
        self._folder, self._keep_bytes = folder, keep_bytes
        self._edition: Edition | None = None
        self._kept: OrderedDict[str, Answer] = OrderedDict()
        self._kept_bytes = 0

    def answer(self, address: str, today: datetime.date) -> Answer | None:
        """Return the answer for an address, None where the edition has none for today."""
        edition = self._current()
        if edition is None or address in _NOT_FROM_FILES:
            return None
        record = edition.records.get(address)
        if record is None or not today.isoformat().startswith(record.period or ""):
            return None
        kept = self._kept.get(address)
        if kept is not None:
            self._kept.move_to_end(address)
            return kept
        stored = edition.lookup(address)
        return None if stored is None else self._read(stored)

    def _current(self) -> Edition | None:
        """Return the edition shown now; another one forgets what was kept of the last."""
        if self._edition is None or not self._edition.is_current():
            self._kept, self._kept_bytes, self._edition = OrderedDict(), 0, None
            with contextlib.suppress(EditionError):
                self._edition = Edition.open(self._folder)
        return self._edition

    def _read(self, stored: StoredFile) -> Answer | None:
        try:
            body = stored.path.read_bytes()
            packed = stored.gz_path.read_bytes() if stored.gz_path else None
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
        )
        self._keep(stored.address, made)
        return made

    def _keep(self, address: str, made: Answer) -> None:
        self._kept[address] = made
        self._kept_bytes += made.size
        while self._kept_bytes > self._keep_bytes:
            _, oldest = self._kept.popitem(last=False)
            self._kept_bytes -= oldest.size
