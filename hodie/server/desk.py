"""What answers are made from, opened anew when a file of it is replaced."""

from __future__ import annotations

import asyncio
import datetime
import logging
import os
import threading
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from hodie.errors import HodieError
from hodie.press import Press, Publication
from hodie.press.printing import open_press as open_press
from hodie.selection import RAN_NAME

log = logging.getLogger("hodie.server")

Clock = Callable[[], datetime.datetime]


def now() -> datetime.datetime:
    """Tell the time, aware of its zone."""
    return datetime.datetime.now(datetime.UTC)


class Opened(Struct, frozen=True):
    """A publication as it stood at one moment, and its press; `number` counts the openings."""

    publication: Publication
    press: Press
    number: int


class Day(Struct, frozen=True):
    """A day in one time zone, and the moments between which it is that day."""

    date: datetime.date
    start: datetime.datetime
    end: datetime.datetime

    def seconds_left(self, moment: datetime.datetime) -> int:
        return int((self.end - moment).total_seconds())


def day_at(moment: datetime.datetime, zone: datetime.tzinfo) -> Day:
    """Return the day that it is at `moment` in a zone.

    >>> day_at(datetime.datetime(2026, 8, 20, 23, tzinfo=datetime.UTC), datetime.UTC).date
    datetime.date(2026, 8, 20)
    """
    date = moment.astimezone(zone).date()
    start, end = (
        datetime.datetime.combine(day, datetime.time(), zone).astimezone(datetime.UTC)
        for day in (date, date + datetime.timedelta(days=1))
    )
    return Day(date, start, end)


def open_folder(folder: Path, number: int = 0) -> Opened:
    """Open a publication's folder for reading; raises HodieError."""
    press = open_press(folder)
    return Opened(press.publication, press, number)


class Desk:
    """Keeps a publication open, and follows it when its files are replaced.

    A folder that turns bad while the server runs (a slip in `hodie.toml`) does not take the site
    down: what was opened last goes on, and the log says why.
    """

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder, self._clock = folder, clock
        # Texts, not paths: these are looked at on every request.
        self._watched = [str(folder / name) for name in _WATCHED]
        self._signs = self._read_signs()
        self._opened = open_folder(folder)
        self._opening = threading.Lock()
        self._looked: Opened | None = None
        self.stale = False
        """Whether the folder cannot be read as it is now, so that what was read before goes on."""
        self._day = day_at(clock(), self._opened.publication.zone())

    async def opened(self) -> Opened:
        """Return the publication as its files are now.

        The reader who is the first to ask after a change waits until it is read, in a thread; all
        others meanwhile get what was read before.
        """
        signs = self._read_signs()
        if signs != self._signs:
            self._signs = signs
            await asyncio.to_thread(self._open_anew)
        return self._opened

    def unchanged(self) -> Opened | None:
        """Return the publication if its files are as they were, None if it is to be read anew.

        They are looked at once for all requests that had come when the loop turned to them.
        """
        if self._looked is None:
            self._looked = self._opened if self._read_signs() == self._signs else None
            asyncio.get_running_loop().call_soon(self._look_again)
        return self._looked

    def _look_again(self) -> None:
        self._looked = None

    def _open_anew(self) -> None:
        with self._opening:
            try:
                opened = open_folder(self._folder, self._opened.number + 1)
            except HodieError as error:
                self.stale = True
                log.error("the publication as it was goes on being served: %s", error)
                return
            self._opened, self.stale = opened, False
            self._day = day_at(self._clock(), opened.publication.zone())

    @property
    def press(self) -> Press:
        """The press as it was opened last, without a look at the files."""
        return self._opened.press

    def day(self, zone: str | None = None) -> tuple[Day, int]:
        """Return the publication's day, or the one in a named zone, and the seconds left of it.

        Raises PublicationError if there is no such zone.
        """
        moment = self._clock()
        if zone is not None:
            day = day_at(moment, self._opened.publication.zone(zone))
        elif self._day.start <= moment < self._day.end:
            day = self._day
        else:
            day = self._day = day_at(moment, self._opened.publication.zone())
        return day, day.seconds_left(moment)

    def _read_signs(self) -> tuple[object, ...]:
        """Return what changes whenever something that answers are made from is replaced.

        The edition's link stands for the stories: `hodie press` switches it after their change.
        """
        return tuple(map(_sign, self._watched))


_WATCHED = ("hodie.toml", "almanac.db", "stories", "edition", RAN_NAME)


def _sign(path: str) -> tuple[int, int] | None:
    try:
        stat = os.lstat(path)
    except OSError:
        return None
    return stat.st_ino, stat.st_mtime_ns
