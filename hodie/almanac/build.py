"""Building an almanac: beside the old one, checked, and put in its place in one step."""

import os
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from msgspec import Struct

from hodie.almanac import loss
from hodie.almanac.errors import AlmanacError, not_unicode
from hodie.almanac.heading import seal
from hodie.almanac.model import Entry
from hodie.almanac.phases import Phase, Phases
from hodie.almanac.workfolder import work_folder


class BuildReport(Struct, frozen=True):
    """What a build did. `merged` entries came more than once, the same each time.

    `reading` are the seconds until the last entry had come, `writing` those from then to the end;
    `phases` are what the writing consists of, some of them two at a time.
    """

    path: Path
    entries: int
    hidden: int
    entities: int
    merged: int
    digest: str
    size: int
    reading: float
    writing: float
    phases: tuple[Phase, ...] = ()


def build(
    target: Path,
    entries: Iterable[Entry],
    *,
    allow_loss: bool = False,
    progress: Callable[[int], None] | None = None,
) -> BuildReport:
    """Write `entries` to an almanac at `target`, or leave there what was there.

    The entries may come in any order: the same ones always make the same file. `progress` is told
    how many have come, and told so again while they are written.

    Raises LossError if the almanac that stands there knows days or many entries that the new one
    would not, unless `allow_loss`; AlmanacError if the entries contradict each other, or if the
    file can't be written.
    """
    # Only a build needs NumPy, which takes a command a tenth of a second to load.
    from hodie.almanac.checking import check
    from hodie.almanac.drafting import draft
    from hodie.almanac.intake import Intake

    # Where a link leads is where the almanac stands; the link is not to be replaced.
    target = Path(target).resolve()
    started = time.monotonic()
    tell = progress or (lambda count: None)
    phases = Phases()
    with work_folder(target) as folder:
        old = loss.counts_of(target, allow_loss=allow_loss)
        with closing(Intake(folder)) as intake:
            intake.take(entries, tell)
            read = time.monotonic()
            with _writing(target):
                new = draft(folder, intake, lambda: tell(intake.count), phases)
        with _writing(target):
            phases.timed("check", check, new)
            tell(intake.count)
            if old is not None and not allow_loss:
                loss.refuse(target, old, loss.counts_of(new.path) or Counter())
            digest = phases.timed("digest, disk and name", _publish, new.path, target)
    return BuildReport(
        path=target,
        entries=new.entries - new.hidden,
        hidden=new.hidden,
        entities=new.entities,
        merged=new.merged,
        digest=digest,
        size=target.stat().st_size,
        reading=read - started,
        writing=time.monotonic() - read,
        phases=tuple(phases.ended),
    )


@contextmanager
def _writing(target: Path) -> Iterator[None]:
    try:
        yield
    except UnicodeEncodeError as error:
        raise not_unicode(error) from error
    except (sqlite3.Error, OSError) as error:
        raise AlmanacError(
            f"can't write {str(target)!r}: {error}; what stood there stays"
        ) from error


def _publish(path: Path, target: Path) -> str:
    """Put the file in its place, so that it is there whole even if the power fails now."""
    digest = seal(path)
    with path.open("rb") as file:
        os.fsync(file.fileno())
    path.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
    return digest
