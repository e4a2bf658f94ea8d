"""What could not be read: where it stands, and why."""

import csv
from collections.abc import Callable, Iterable
from pathlib import Path

from msgspec import Struct

from hodie.sources import SourceError

MOST_TEXT = 200
"""So much of what stood there is kept."""


class Unread(Struct, frozen=True):
    """A record, or a part of one, that did not come in.

    `line` counts from 1, 0 where it is not known; `column` is the name or number of a column, or
    a property. `skipped` says that it is no mistake: there was nothing here for an almanac.

    >>> str(Unread("parish.csv", 7, "Born", "no month 13", "1811-13-01"))
    "parish.csv:7: Born: no month 13: '1811-13-01'"
    """

    file: str
    line: int
    column: str
    reason: str
    text: str = ""
    skipped: bool = False

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        said = (
            f"{place}: {self.column}: {self.reason}" if self.column else f"{place}: {self.reason}"
        )
        return f"{said}: {self.text!r}" if self.text else said


Tell = Callable[[Unread], None]


def ignore(unread: Unread) -> None:
    """Hear of what was not read, and do nothing about it."""


def write_unread(path: Path, unread: Iterable[Unread]) -> None:
    """Write the report of a build, a CSV with a line for each; without any, remove an old one."""
    rows = list(unread)
    try:
        if not rows:
            path.unlink(missing_ok=True)
            return
        with path.open("w", encoding="utf-8", errors="backslashreplace", newline="") as file:
            table = csv.writer(file, lineterminator="\n")
            table.writerow(("file", "line", "column", "reason", "text", "skipped"))
            table.writerows(_row(each) for each in rows)
    except OSError as error:
        raise SourceError(f"{path}: the report cannot be written: {error.strerror}") from error


def _row(each: Unread) -> tuple[object, ...]:
    skipped = "yes" if each.skipped else ""
    return each.file, each.line or "", each.column, each.reason, each.text[:MOST_TEXT], skipped
