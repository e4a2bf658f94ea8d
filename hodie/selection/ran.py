"""What led before, and what is planned: rows of a date and the id of an entry, as CSV.

One file serves both ways of time. A row of an earlier year says what ran, and keeps it from leading
again too soon; a row of the year that is asked for says what leads.
"""

import csv
import datetime
from pathlib import Path

from hodie.errors import HodieError

RAN_NAME = "ran.csv"
"""The name of the file in a publication's folder."""


class RanError(HodieError, ValueError):
    """A file of what ran that cannot be read; says which one, where, and what stood there."""


def read_ran(file: Path) -> dict[str, tuple[int, ...]]:
    """Read the years in which entries led, by their ids; none where there is no file.

    The columns `date` (2026-08-20) and `entry` (an id) are read, others may stand beside them.
    Raises RanError.
    """
    if not file.exists():
        return {}
    years: dict[str, tuple[int, ...]] = {}
    with file.open(encoding="utf-8-sig", newline="") as text:
        rows = csv.DictReader(text)
        if missing := {"date", "entry"}.difference(rows.fieldnames or ()):
            raise RanError(
                f"{file}:1: no column {min(missing)!r}; begin with the line 'date,entry'"
            )
        for row in rows:
            year, entry = _row(row, f"{file}:{rows.line_num}")
            years[entry] = (*years.get(entry, ()), year)
    return years


def _row(row: dict[str, str | None], where: str) -> tuple[int, str]:
    date, entry = (row["date"] or "").strip(), (row["entry"] or "").strip()
    try:
        year = datetime.date.fromisoformat(date).year
    except ValueError as error:
        raise RanError(f"{where}: {date!r} is no date; write one such as 2026-08-20") from error
    if not entry:
        raise RanError(f"{where}: no entry stands beside {date}; `hodie why` shows their ids")
    return year, entry
