"""What a date is, for the picker: in words, its weekday, and in the other calendar."""

from __future__ import annotations

from typing import Any

from hodie.dates import (
    Calendar,
    DateError,
    HistoricalDate,
    Interval,
    worded,
)
from hodie.press.story import civil_of, story_date


def told(text: str, calendar: str = "") -> dict[str, Any]:
    """Return what the picker says of a date as typed; `error` is all, where it is none.

    >>> told("1917-10-25", "julian")["words"]
    'Wednesday, 25 October 1917'
    >>> told("1917-10-25", "julian")["other"]
    'Gregorian: Wednesday, 7 November 1917'
    """
    try:
        date = story_date(text.strip(), Calendar(calendar) if calendar else None)
        first = date.start if isinstance(date, Interval) else date
        return {
            "edtf": date.edtf,
            "words": worded(date, weekday=isinstance(date, HistoricalDate)),
            "calendar": "" if first is None else str(first.calendar),
            "other": _other(date),
            "runs": _runs(date),
        }
    except (DateError, ValueError) as error:
        return {"error": str(error)}


def built(year: str, era: str, month: str, day: str, calendar: str, mark: str) -> dict[str, Any]:
    """Return what the picker's fields make, as `told`; a year BC is given as people count.

    >>> built("44", "bc", "3", "15", "", "")["edtf"]
    '-0043-03-15'
    """
    try:
        number = 1 - int(year) if era == "bc" else int(year)
        edtf = HistoricalDate(
            number,
            int(month) if month else None,
            int(day) if day else None,
            Calendar(calendar) if calendar else _usual(number, month, day),
            approximate=mark in ("~", "%"),
            uncertain=mark in ("?", "%"),
        ).edtf
    except (DateError, ValueError) as error:
        return {"error": str(error)}
    return told(edtf, calendar)


def _usual(year: int, month: str, day: str) -> Calendar:
    """Return the calendar that a date of this age is written in."""
    parts = (year, int(month or 1), int(day or 1))
    return Calendar.JULIAN if parts < (1582, 10, 15) else Calendar.GREGORIAN


def _other(date: HistoricalDate | Interval) -> str:
    """Say a day in the other of the two calendars that people confuse."""
    if isinstance(date, Interval) or date.day is None:
        return ""
    other = Calendar.GREGORIAN if date.calendar is not Calendar.GREGORIAN else Calendar.JULIAN
    return f"{other.title()}: {worded(date.to(other), weekday=True)}"


def _runs(date: HistoricalDate | Interval) -> str:
    civil = civil_of(date)
    return worded(civil.day) if civil else ""
