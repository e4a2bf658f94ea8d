"""From a publication's folder to its press, and to the edition of a day."""

import datetime
import functools
from pathlib import Path

from hodie.almanac import Almanac
from hodie.press.archive import read_stories
from hodie.press.edition import Edition, Progress, Report, inputs_key
from hodie.press.manifest import EditionError
from hodie.press.pages import Press
from hodie.press.publication import Publication


def open_press(folder: Path) -> Press:
    """Open the press of a publication's folder; raises HodieError."""
    publication = Publication.load(folder)
    almanac = Almanac.open(publication.almanac_path)
    stories = read_stories(publication.stories_folder, publication)
    return Press(publication, almanac, tuple(stories))


def is_printed(folder: Path, today: datetime.date) -> bool:
    """Tell whether the edition is that of `today`, made of the folder as it is."""
    try:
        header = Edition.open(folder).header
    except EditionError:
        return False
    return header.as_of == today and header.key == _key(folder)


def print_edition(
    folder: Path,
    today: datetime.date,
    *,
    whole: bool = False,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Report:
    """Write the edition of `today`; with `whole` every page is rendered. Raises HodieError."""
    publication = Publication.load(folder)
    with Almanac.open(publication.almanac_path) as almanac:
        digest = almanac.info.digest
    return Edition.write(
        folder,
        functools.partial(open_press, folder),
        today,
        almanac=digest,
        key=None if whole else _key(folder),
        workers=workers,
        progress=progress,
    )


def _key(folder: Path) -> str:
    publication = Publication.load(folder)
    stories = read_stories(publication.stories_folder, publication)
    with Almanac.open(publication.almanac_path) as almanac:
        return inputs_key(publication, almanac.info.digest, stories)
