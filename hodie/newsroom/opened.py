"""The publication as its folder is now: its settings, facts and printed stories."""

from __future__ import annotations

import datetime
import logging
import threading
from pathlib import Path

from django.conf import settings
from django.utils import timezone
from msgspec import Struct

from hodie.almanac import Almanac
from hodie.errors import HodieError
from hodie.press import Archive, Press, Publication, read_stories
from hodie.press.publication import CONFIG_NAME

log = logging.getLogger("hodie.newsroom")
_lock = threading.Lock()
_NAMES = (CONFIG_NAME, "almanac.db", "stories", "edition")


class Opened(Struct, frozen=True):
    """A publication and what it is made of, as they were at one moment."""

    publication: Publication
    almanac: Almanac | None
    stories: Archive
    signs: tuple[object, ...]

    @property
    def press(self) -> Press | None:
        """The press; None while there is no almanac."""
        return None if self.almanac is None else Press(self.publication, self.almanac, self.stories)


_shown: Opened | None = None


def folder() -> Path:
    return Path(settings.HODIE_FOLDER)


def opened() -> Opened:
    """Return the publication, opened anew if one of its files was replaced."""
    global _shown
    signs = tuple(_sign(folder() / name) for name in _NAMES)
    shown = _shown
    if shown is None or shown.signs != signs:
        with _lock:
            shown = _shown = _open(signs, _shown)
    return shown


def publication() -> Publication:
    return opened().publication


def almanac() -> Almanac | None:
    """Return the facts; None where `hodie build` has not been run yet."""
    return opened().almanac


def today() -> datetime.date:
    """Return the publication's day. Every clock of the newsroom is `timezone.now`."""
    return publication().today(timezone.now())


def _open(signs: tuple[object, ...], before: Opened | None) -> Opened:
    try:
        made = Publication.load(folder())
    except HodieError as error:
        if before is None:
            raise
        # A slip in hodie.toml must not shut the newsroom down in the middle of a day.
        log.error("the settings as they were go on: %s", error)
        return Opened(before.publication, before.almanac, before.stories, signs)
    return Opened(made, _almanac(made, before, signs), _stories(made), signs)


def _almanac(
    publication: Publication, before: Opened | None, signs: tuple[object, ...]
) -> Almanac | None:
    if before is not None and before.signs[1] == signs[1]:
        return before.almanac
    try:
        return Almanac.open(publication.almanac_path)
    except HodieError as error:
        log.error("there is no almanac: %s", error)
        return None


def _stories(publication: Publication) -> Archive:
    try:
        return read_stories(publication.stories_folder, publication)
    except HodieError as error:
        log.error("the printed stories cannot be read: %s", error)
        return Archive()


def _sign(path: Path) -> tuple[int, int] | None:
    try:
        stat = path.lstat()
    except OSError:
        return None
    return stat.st_ino, stat.st_mtime_ns
