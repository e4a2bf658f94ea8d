"""What somebody may have meant who asked for a day that no calendar has."""

from __future__ import annotations

from hodie.dates import Calendar, DateError, HistoricalDate, MonthDay

AskedDay = MonthDay | HistoricalDate

_FIRST_GREGORIAN = (1582, 10, 15)


def real_day(year: int | None, month: int, day: int) -> AskedDay:
    """Return a day of every year or, with a `year`, a date of civil practice: Julian before 1582.

    Raises DateError if there is no such day.

    >>> str(real_day(None, 8, 20)), real_day(1066, 10, 14).calendar.value
    ('08-20', 'julian')
    """
    if year is None:
        return MonthDay(month, day)
    julian = (year, month, day) < _FIRST_GREGORIAN
    calendar = Calendar.JULIAN if julian else Calendar.GREGORIAN
    return HistoricalDate(year, month, day, calendar=calendar)


def nearest_days(year: int | None, month: int, day: int) -> tuple[AskedDay, ...]:
    """Offer the days nearest to one that does not exist; month and day swapped come first.

    >>> list(map(str, nearest_days(None, 2, 30))), list(map(str, nearest_days(1900, 2, 29)))
    (['02-29', '03-01'], ['1900-02-28', '1900-03-01'])
    >>> list(map(str, nearest_days(None, 13, 5)))
    ['05-13', '12-05', '01-05']
    """
    offers = [_maybe(year, day, month)]
    if 1 <= month <= 12:
        edge = _held(year, month, day)
        offers += [_beside(edge, -1), edge] if day < 1 else [edge, _beside(edge, 1)]
    else:
        offers += [_held(year, 12, day), _held(year, 1, day)]
    return tuple(dict.fromkeys(offer for offer in offers if offer is not None))


def _maybe(year: int | None, month: int, day: int) -> AskedDay | None:
    try:
        return real_day(year, month, day)
    except DateError:
        return None


def _held(year: int | None, month: int, day: int) -> AskedDay | None:
    """Return the month's day, or the one at the end that it is nearest to."""
    days = range(max(1, min(day, 31)), 0, -1)
    return next((found for each in days if (found := _maybe(year, month, each))), None)


def _beside(day: AskedDay | None, step: int) -> AskedDay | None:
    if isinstance(day, MonthDay):
        return day.next() if step > 0 else day.previous()
    if day is None:
        return None
    try:
        return HistoricalDate.from_julian_day(day.julian_day + step, day.calendar)
    except DateError:
        return None
