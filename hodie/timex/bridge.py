"""From the values of TIMEX to `hodie.dates`."""

import datetime
import re

from hodie.dates import Calendar, DateError, HistoricalDate, Interval

_VALUE = re.compile(
    r"(BC)?(\d{2,4})(?:-(\d\d|SP|SU|FA|WI|H\d|Q\d|W\d\d)(?:-(\d\d|WE))?)?(?:-X+)*(?:T.*)?"
)
_MONTHS = {"H1": (1, 6), "H2": (7, 12), "Q1": (1, 3), "Q2": (4, 6), "Q3": (7, 9), "Q4": (10, 12)}
_SEASONS = {"SP": 21, "SU": 22, "FA": 23}
_FIRST_GREGORIAN = (1582, 10, 15)


def date_of(
    value: str, *, calendar: str = "", approximate: bool = False
) -> HistoricalDate | Interval | None:
    """The date or interval that a TIMEX value of a date means; None for everything else.

    A day before 15 October 1582 is taken as Julian, as historians write it. A half, quarter or week
    is an interval, and so are decades and centuries before Christ, which do not begin where
    astronomical ones do. The winter of a year may be the one that it began with or ended with, so
    its interval holds both.

    >>> date_of("1940-08-20"), date_of("192").edtf, date_of("BC0044-03-15").edtf
    (HistoricalDate(1940, 8, 20), '192X', '-0043-03-15')
    >>> date_of("1943-SU").edtf, date_of("BC047").edtf, date_of("P3D")
    ('1943-22', '-0478/-0469', None)
    """
    match = _VALUE.fullmatch(value)
    if match is None:
        return None
    before, digits, part, day = match.groups()
    try:
        if len(digits) < 4:
            return _long_span(bool(before), digits, approximate)
        year = 1 - int(digits) if before else int(digits)
        if part and not part.isdecimal():
            return _part_of_year(year, part, day, approximate)
        return _plain_date(year, part, day, calendar, approximate)
    except (DateError, ValueError, OverflowError):
        return None


def between(first: HistoricalDate | Interval, last: HistoricalDate | Interval) -> Interval:
    """From the beginning of `first` to the end of `last`.

    >>> between(HistoricalDate(1914), HistoricalDate(1918)).edtf
    '1914/1918'
    """
    start = first.start if isinstance(first, Interval) else first
    end = last.end if isinstance(last, Interval) else last
    return Interval(start, end)


def _plain_date(
    year: int, month: str | None, day: str | None, name: str, approximate: bool
) -> HistoricalDate:
    if month is None:
        return HistoricalDate(year, approximate=approximate)
    if day is None:
        return HistoricalDate(year, int(month), approximate=approximate)
    kept = Calendar(name) if name else _usual_calendar(year, int(month), int(day))
    return HistoricalDate(year, int(month), int(day), calendar=kept, approximate=approximate)


def _usual_calendar(year: int, month: int, day: int) -> Calendar:
    early = (year, month, day) < _FIRST_GREGORIAN
    return Calendar.JULIAN if early else Calendar.GREGORIAN


def _long_span(before: bool, digits: str, approximate: bool) -> HistoricalDate | Interval:
    span = 10 if len(digits) == 3 else 100
    first = int(digits) * span
    if before:
        return Interval(HistoricalDate(1 - (first + span - 1)), HistoricalDate(1 - max(first, 1)))
    return HistoricalDate(
        first, precision="decade" if span == 10 else "century", approximate=approximate
    )


def _part_of_year(
    year: int, part: str, day: str | None, approximate: bool
) -> HistoricalDate | Interval | None:
    if part in _SEASONS:
        return HistoricalDate(year, _SEASONS[part], approximate=approximate)
    if part == "WI":
        return Interval(HistoricalDate(year - 1, 12), HistoricalDate(year + 1, 2))
    if part in _MONTHS:
        first, last = _MONTHS[part]
        return Interval(HistoricalDate(year, first), HistoricalDate(year, last))
    if part[0] != "W":
        return None
    start, end = (6, 7) if day == "WE" else (1, 7)
    return Interval(_week_day(year, part, start), _week_day(year, part, end))


def _week_day(year: int, week: str, weekday: int) -> HistoricalDate:
    day = datetime.date.fromisocalendar(year, int(week[1:]), weekday)
    return HistoricalDate(day.year, day.month, day.day)
