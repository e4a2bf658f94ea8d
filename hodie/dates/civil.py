"""On which day of the year a date is remembered: the rule of civil practice."""

from typing import Literal

import msgspec

from hodie.dates.calendars import GREGORIAN_REFORM, SOLAR, Calendar
from hodie.dates.historical import HistoricalDate, MonthDay

LeapDay = Literal["february-28", "omit"]
"""What common years do with 29 February: show it with 28 February, or leave it out."""


class CivilDay(msgspec.Struct, frozen=True, gc=False):
    """The day on which a date is remembered, and the date that is remembered then.

    `old_style` is the Julian date beside a Gregorian `date`, where its country kept the Julian
    calendar. `doubtful` says that the source names a calendar which was not in use there and then:
    `date` stays as it was written.
    """

    day: MonthDay
    date: HistoricalDate
    old_style: HistoricalDate | None = None
    doubtful: bool = False


def civil_day(
    date: HistoricalDate, *, julian_until: HistoricalDate | None = None
) -> CivilDay | None:
    """Return the day on which `date` is remembered, None where it has no day.

    That is the Julian date before 15 October 1582 and the Gregorian one after. A later Julian date
    moves to its Gregorian day up to `julian_until`, the last day on which its country kept the
    Julian calendar. What contradicts its time is never moved, but doubtful: a later Julian date
    without such a country, and a Gregorian date before there was a Gregorian calendar.

    >>> october = HistoricalDate(1917, 10, 25, calendar="julian")
    >>> russia = HistoricalDate(1918, 1, 31, calendar="julian")
    >>> str(civil_day(october, julian_until=russia).day)
    '11-07'
    >>> civil_day(october).doubtful
    True
    """
    if date.day is None:
        return None
    reformed = date.julian_day >= GREGORIAN_REFORM
    if date.calendar not in SOLAR:
        return _literal(date.to(Calendar.GREGORIAN if reformed else Calendar.JULIAN))
    if not reformed:
        return _literal(date, doubtful=date.calendar is Calendar.GREGORIAN)
    if julian_until is not None and date.julian_day <= julian_until.latest:
        return _both(date)
    return _literal(date, doubtful=date.calendar is Calendar.JULIAN)


def _both(date: HistoricalDate) -> CivilDay:
    new_style, old_style = date.to(Calendar.GREGORIAN), date.to(Calendar.JULIAN)
    return msgspec.structs.replace(_literal(new_style), old_style=old_style)


def _literal(date: HistoricalDate, *, doubtful: bool = False) -> CivilDay:
    assert date.month is not None
    assert date.day is not None
    return CivilDay(MonthDay(date.month, date.day), date, doubtful=doubtful)


def days_shown(day: MonthDay, year: int, leap_day: LeapDay) -> tuple[MonthDay, ...]:
    """Return the days whose entries are shown on `day` of `year`.

    That is `day` itself; on 28 February of a common year also 29 February, if `leap_day` says so.

    >>> [str(day) for day in days_shown(MonthDay(2, 28), 2025, "february-28")]
    ['02-28', '02-29']
    """
    takes_leap_day = leap_day == "february-28" and day == MonthDay(2, 28)
    if takes_leap_day and MonthDay(2, 29).in_year(year) is None:
        return day, day.next()
    return (day,)
