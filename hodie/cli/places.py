"""Where a command finds its publication, and the almanac of those who have none yet."""

from __future__ import annotations

import datetime
import os
import zlib
from importlib import resources
from pathlib import Path

from msgspec import Struct

from hodie import __version__
from hodie.almanac import Almanac, Entry
from hodie.dates import LeapDay, MonthDay
from hodie.errors import HodieError
from hodie.press.publication import CONFIG_NAME, Publication
from hodie.selection import Policy

_STARTER = Path(str(resources.files("hodie.sources.starter")))
_FACTS = {".md", ".tsv", ".xz"}


class PlaceError(HodieError):
    """There is no publication where a command needs one; says how to make it."""


class Place(Struct, frozen=True):
    """What a question is answered from: an almanac and, where there is one, its publication."""

    almanac: Almanac
    publication: Publication | None

    @property
    def house(self) -> Publication:
        """The publication; where there is none, a nameless one, whose addresses have no host."""
        return self.publication or Publication(folder=Path(), name="Hodie", base_url="")

    @property
    def language(self) -> str:
        return self.publication.language if self.publication else "en"

    @property
    def name(self) -> str:
        return self.publication.name if self.publication else ""

    @property
    def policy(self) -> Policy:
        return self.publication.policy if self.publication else Policy()

    @property
    def leap_day(self) -> LeapDay:
        return self.publication.leap_day if self.publication else "february-28"

    def holidays(self, day: MonthDay, year: int) -> tuple[Entry, ...]:
        """Return the holidays that a day has in one year, by the publication's countries."""
        if self.publication is None:
            return ()
        return self.publication.holidays.on(day, year, self.language)

    def today(self) -> datetime.date:
        """Return the publication's day; without one, the day of this machine's clock."""
        now = datetime.datetime.now(datetime.UTC)
        return self.publication.today(now) if self.publication else now.astimezone().date()


def find_folder(asked: Path | None) -> Path | None:
    """Return the folder asked for, else the nearest one upwards that holds a publication."""
    if asked is not None:
        return asked
    here = Path.cwd()
    return next((each for each in (here, *here.parents) if (each / CONFIG_NAME).is_file()), None)


def publication_at(asked: Path | None) -> Publication:
    """Load the publication that a command is about; raises HodieError where there is none."""
    folder = find_folder(asked)
    if folder is None:
        raise PlaceError(
            f"no {CONFIG_NAME} in {Path.cwd()} or above it; go to a publication's folder, name "
            "it with -C, or make one with `hodie new DIR`"
        )
    return Publication.load(folder)


def need_almanac(publication: Publication) -> None:
    """Raise PlaceError where the publication's almanac was never built."""
    path = publication.almanac_path
    if not path.exists():
        raise PlaceError(f"{path}: there is no almanac yet; `hodie build` makes it")


def starter_path() -> Path:
    """Return where the almanac of this starter is kept for the user: other facts, another name."""
    cache = os.environ.get("XDG_CACHE_HOME")
    folder = Path(cache) if cache else Path.home() / ".cache"
    digest = 0
    for file in sorted(_STARTER.rglob("*.*")):
        digest = zlib.crc32(file.read_bytes() if file.suffix in _FACTS else b"", digest)
    return folder / "hodie" / f"starter-{__version__}-{digest:08x}.db"


def open_place(asked: Path | None) -> Place:
    """Open the almanac that a question is answered from.

    That is the publication's. Where there is none, it is the starter's, built once for the user.
    """
    folder = find_folder(asked)
    if folder is not None:
        publication = Publication.load(folder)
        need_almanac(publication)
        return Place(Almanac.open(publication.almanac_path), publication)
    path = starter_path()
    if not path.exists():
        _build_starter(path)
    return Place(Almanac.open(path), None)


def _build_starter(path: Path) -> None:
    from hodie.cli.building import build_file
    from hodie.sources.starter import StarterSource

    path.parent.mkdir(parents=True, exist_ok=True)
    what = f"No publication here: building the starter almanac, once, as {path}"
    build_file(path, StarterSource().entries(), what)
    for old in path.parent.glob("starter-*.db"):
        if old != path:
            old.unlink(missing_ok=True)
