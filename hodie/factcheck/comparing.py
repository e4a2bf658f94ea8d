"""A date of the prose against one of the almanac: by interval, and by calendar."""

from typing import Literal

from hodie.dates import Calendar, DateError, HistoricalDate, Interval

Agreement = Literal["same", "calendar", "year", "different"]
"""Same: one lies within the other. Calendar: so in the other calendar. Year: only the year."""

# The last country to give up the Julian calendar for civil use was Greece, in 1923.
LAST_JULIAN_YEAR = 1923
# Until 1752 the year began on 25 March in England, as elsewhere before.
FIRST_MARCH_YEAR, LAST_MARCH_YEAR = 800, 1752
CIRCA = 5
"""By how many years "about 1500" may be off."""


def compare(claimed: HistoricalDate | Interval, known: HistoricalDate) -> Agreement:
    """Say how a date that the prose gives stands to what is known.

    >>> compare(HistoricalDate(1940), HistoricalDate(1940, 8, 21))
    'same'
    >>> compare(HistoricalDate(1917, 10, 25), HistoricalDate(1917, 11, 7))
    'calendar'
    >>> compare(HistoricalDate(1940, 8, 20), HistoricalDate(1940, 8, 21))
    'year'
    """
    if isinstance(claimed, Interval):
        return "same" if claimed.overlaps(Interval(known, known)) else "different"
    if _is_as_written(claimed, known) or _is_about(claimed, known):
        return "same"
    if _is_other_calendar(claimed, known):
        return "calendar"
    return "year" if _is_same_year(claimed, known) else "different"


def _is_as_written(claimed: HistoricalDate, known: HistoricalDate) -> bool:
    """Whether one date is the other, or less precise; calendars that nobody names don't count."""
    if claimed.precision in ("century", "decade") or known.precision in ("century", "decade"):
        return claimed.earliest <= known.latest and known.earliest <= claimed.latest
    pairs = ((claimed.year, known.year), (claimed.month, known.month), (claimed.day, known.day))
    if claimed.month is not None and claimed.month > 12:
        return claimed.earliest <= known.latest and known.earliest <= claimed.latest
    return all(one is None or other is None or one == other for one, other in pairs)


def _is_about(claimed: HistoricalDate, known: HistoricalDate) -> bool:
    return claimed.approximate and abs(claimed.year - known.year) <= CIRCA


def _is_same_year(claimed: HistoricalDate, known: HistoricalDate) -> bool:
    return claimed.precision in ("month", "day") and claimed.year == known.year


def _is_other_calendar(claimed: HistoricalDate, known: HistoricalDate) -> bool:
    """Whether both are one day, one told in the Julian calendar and one in the Gregorian.

    A year that began in March counts as such: 10 February 1684 is that of 1685.
    """
    if known.day is None or min(claimed.year, known.year) > LAST_JULIAN_YEAR:
        return False
    if claimed.day is not None and _meets(claimed, known):
        return True
    if claimed.precision not in ("month", "day", "year"):
        return False
    march_year = FIRST_MARCH_YEAR <= known.year <= LAST_MARCH_YEAR
    if march_year and claimed.year + 1 == known.year and _before_lady_day(known):
        return claimed.month is not None and _is_later_by_a_year(claimed, known)
    return claimed.precision == "year" and _turns_year(claimed.year, known)


def _is_later_by_a_year(claimed: HistoricalDate, known: HistoricalDate) -> bool:
    """Whether a date that counts the year from March is the known one, in whatever calendar."""
    later = HistoricalDate(claimed.year + 1, claimed.month, claimed.day, Calendar.JULIAN)
    return _is_as_written(later, known) or (later.day is not None and _meets(later, known))


def _meets(claimed: HistoricalDate, known: HistoricalDate) -> bool:
    return any(
        _julian_day(claimed, one) == _julian_day(known, other) is not None
        for one, other in (
            (Calendar.JULIAN, Calendar.GREGORIAN),
            (Calendar.GREGORIAN, Calendar.JULIAN),
        )
    )


def _turns_year(year: int, known: HistoricalDate) -> bool:
    """Whether the other calendar has the day in `year`: 31 December there, 12 January here."""
    for calendar, other in (
        (Calendar.JULIAN, Calendar.GREGORIAN),
        (Calendar.GREGORIAN, Calendar.JULIAN),
    ):
        day = _julian_day(known, calendar)
        if day is not None and HistoricalDate.from_julian_day(day, other).year == year:
            return True
    return False


def _before_lady_day(date: HistoricalDate) -> bool:
    return ((date.month or 12), (date.day or 31)) < (3, 25)


def _julian_day(date: HistoricalDate, calendar: Calendar) -> int | None:
    try:
        return HistoricalDate(date.year, date.month, date.day, calendar=calendar).julian_day
    except DateError:
        return None


def age(born: HistoricalDate, at: HistoricalDate) -> tuple[int, int]:
    """Return the least and the greatest age at a date that is known as closely as it is.

    >>> age(HistoricalDate(1879, 11, 7), HistoricalDate(1940, 8, 21))
    (60, 60)
    >>> age(HistoricalDate(1879), HistoricalDate(1940, 8, 21))
    (60, 61)
    """
    years = at.year - born.year
    if born.month is None or at.month is None:
        return years - 1, years
    if born.month == at.month and (born.day is None or at.day is None):
        return years - 1, years
    had = (at.month, at.day or 0) >= (born.month, born.day or 0)
    return (years, years) if had else (years - 1, years - 1)
