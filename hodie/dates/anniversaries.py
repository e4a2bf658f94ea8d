"""How many years ago, and whether that is a number to celebrate."""

from hodie.dates.calendars import SOLAR, DateError
from hodie.dates.historical import HistoricalDate


def anniversary(date: HistoricalDate, year: int) -> int:
    """Count the years from `date` to `year`, both astronomical: below 0 if it is still to come.

    A date of another calendar counts from the Gregorian year in which it fell.

    >>> anniversary(HistoricalDate(-43, 3, 15, calendar="julian"), 2026)
    2069
    """
    if date.precision in ("century", "decade"):
        raise DateError(f"a {date.precision} ({date.edtf}) has no anniversary: give its year")
    if date.calendar in SOLAR:
        return year - date.year
    return year - HistoricalDate.from_julian_day(date.earliest).year


def is_round(years: int) -> bool:
    """Tell whether to celebrate: multiples of 25 from a century on, of 10 or 25 below, never 0.

    >>> [years for years in range(1, 130) if is_round(years)]
    [10, 20, 25, 30, 40, 50, 60, 70, 75, 80, 90, 100, 125]
    """
    if years < 100:
        return years > 0 and (years % 10 == 0 or years % 25 == 0)
    return years % 25 == 0
