"""A place in time of some precision, steps from it, and how TIMEX writes it.

The day arithmetic is that of the proleptic Gregorian calendar, moved by whole cycles of 400 years
so that years before Christ work as well.
"""

from datetime import date, timedelta
from typing import NamedTuple

from hodie.dates import Calendar, DateError, HistoricalDate

#: A winter goes by the year in which most of it lies, so it begins a year.
SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 1}
_CYCLE = 400
_SPANS = {"DE": 10, "CE": 100, "ML": 1000}
_FARTHEST = 99_999


class When(NamedTuple):
    """A resolved time: `unit` is its precision, `part` a season, half, quarter or week."""

    unit: str
    year: int
    month: int | None = None
    day: int | None = None
    part: str = ""

    @property
    def value(self) -> str:
        """The TIMEX value.

        >>> When("D", 1940, 8, 20).value, When("Y", -43).value, When("DE", 1920).value
        ('1940-08-20', 'BC0044', '192')
        """
        year = year_value(self.year)
        if self.unit in ("DE", "CE", "ML"):
            return year[: {"DE": -1, "CE": -2, "ML": -3}[self.unit]]
        if self.part:
            return f"{year}-{self.part}"
        if self.day is not None:
            return f"{year}-{self.month:02d}-{self.day:02d}"
        return f"{year}-{self.month:02d}" if self.month is not None else year


def year_value(year: int) -> str:
    """The astronomical `year` as TIMEX writes it: 0 is BC0001."""
    return f"{year:04d}" if year > 0 else f"BC{1 - year:04d}"


def month_of(when: When) -> int | None:
    """The month in which `when` begins, as far as it is known."""
    if when.month is not None:
        return when.month
    if when.part in SEASON_MONTHS:
        return SEASON_MONTHS[when.part]
    if when.part.startswith("W") and when.part[1:].isdecimal():
        return min(12, 1 + (int(when.part[1:]) - 1) * 7 // 30)
    return {"H1": 1, "H2": 7, "Q1": 1, "Q2": 4, "Q3": 7, "Q4": 10}.get(when.part)


def is_day(year: int, month: int, day: int) -> bool:
    """Whether the month has that day, 29 February in Julian leap years too."""
    if (month, day) == (2, 29):
        return year % 4 == 0
    return 1 <= day <= (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)[month - 1]


def add_days(when: When, days: int) -> When | None:
    """`days` later; None if `when` has no day or the result leaves all calendars."""
    if when.day is None or when.month is None or abs(days) > 4_000_000:
        return None
    cycles = (when.year - 2000) // _CYCLE
    day = min(when.day, 28) if when.month == 2 else when.day
    try:
        found = date(when.year - cycles * _CYCLE, when.month, day)
        found += timedelta(days=days + when.day - day)
    except (ValueError, OverflowError):
        return None
    return When("D", found.year + cycles * _CYCLE, found.month, found.day)


def in_julian(when: When) -> When | None:
    """The Julian date of a Gregorian day; None where there is no day.

    >>> in_julian(When("D", 1917, 11, 7)).value
    '1917-10-25'
    """
    if when.unit != "D" or when.month is None or when.day is None:
        return None
    try:
        date_ = HistoricalDate(when.year, when.month, when.day)
        julian = HistoricalDate.from_julian_day(date_.julian_day, Calendar.JULIAN)
    except DateError:
        return None
    return When("D", julian.year, julian.month, julian.day)


def shift(when: When, unit: str, count: float) -> When | None:
    """`count` units after `when` (before, if negative), as precise as the unit allows.

    >>> shift(When("D", 1940, 8, 20), "D", 1).value, shift(When("D", 1940, 8, 20), "M", 6).value
    ('1940-08-21', '1941-02')
    """
    if unit in ("D", "N"):
        return add_days(when, round(count))
    if unit in ("W", "FN", "WE"):
        days = round(count * (14 if unit == "FN" else 7))
        later = add_days(when, days)
        return whole(later, unit) if later else None
    if unit in ("M", "Q"):
        return _add_months(when, round(count * (3 if unit == "Q" else 1)))
    if unit in ("Y", "DE", "CE", "ML") and abs(count) < _FARTHEST:
        return _add_years(when, count * _SPANS.get(unit, 1))
    return None


def _add_months(when: When, months: int) -> When | None:
    month = month_of(when)
    if month is None or abs(months) > 12 * _FARTHEST:
        return None
    total = when.year * 12 + month - 1 + months
    return When("M", total // 12, total % 12 + 1)


def _add_years(when: When, years: float) -> When:
    if years == int(years):
        return When("Y", when.year + int(years))
    found = _add_months(when._replace(month=month_of(when) or 6, part=""), round(years * 12))
    return When("Y", found.year if found else when.year + int(years))


def whole(when: When, unit: str) -> When:
    """The unit of time that holds `when`, as far as `when` is precise enough.

    >>> whole(When("D", 1917, 11, 7), "M").value, whole(When("Y", -489), "DE").value
    ('1917-11', 'BC049')
    """
    if unit == "Y":
        return When("Y", when.year)
    if unit == "M":
        month = month_of(when)
        return When("M", when.year, month) if month else when
    if unit in ("W", "FN", "WE") and when.day is not None:
        week = week_of(when)
        return week if unit != "WE" else week._replace(unit="WE", part=week.part + "-WE")
    if unit == "Q" and month_of(when):
        return When("Q", when.year, None, None, f"Q{((month_of(when) or 1) + 2) // 3}")
    if unit in _SPANS:
        return When(unit, _first_year(when.year, _SPANS[unit]))
    return when


def _first_year(year: int, span: int) -> int:
    """The year by which a decade or century is written: before Christ the one farthest back."""
    if year > 0:
        return year // span * span
    return 1 - ((1 - year) // span * span + span - 1)


def week_of(when: When) -> When:
    """The ISO week of a day."""
    assert when.month is not None
    assert when.day is not None
    cycles = (when.year - 2000) // _CYCLE
    year, week, _ = date(when.year - cycles * _CYCLE, when.month, when.day).isocalendar()
    return When("W", year + cycles * _CYCLE, when.month, None, f"W{week:02d}")


def weekday_of(when: When) -> int | None:
    """ISO weekday of a day, 1 to 7."""
    if when.day is None or when.month is None or not is_day(when.year, when.month, when.day):
        return None
    cycles = (when.year - 2000) // _CYCLE
    try:
        return date(when.year - cycles * _CYCLE, when.month, when.day).isoweekday()
    except ValueError:
        return None


def easter(year: int) -> tuple[int, int]:
    """Month and day of Easter: Gregorian from 1583, Julian before. After Meeus, chapter 8.

    >>> easter(1916), easter(2000)
    ((4, 23), (4, 23))
    """
    if year < 1583:
        d = (19 * (year % 19) + 15) % 30
        e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
        return divmod(d + e + 114, 31)[0], (d + e + 114) % 31 + 1
    a, (b, c) = year % 19, divmod(year, 100)
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    return (h + k - 7 * m + 114) // 31, (h + k - 7 * m + 114) % 31 + 1


def holiday(name: str, year: int) -> When | None:
    """The day of a feast in `year`: "12-25", "easter-2", or a named rule."""
    if not name:
        return None
    if name.startswith("easter"):
        month, day = easter(year)
        return add_days(When("D", year, month, day), int(name[6:]))
    if name in _NTH_WEEKDAYS:
        return _nth_weekday(year, *_NTH_WEEKDAYS[name])
    return When("D", year, int(name[:2]), int(name[3:]))


_NTH_WEEKDAYS = {"thanksgiving": (11, 4, 4), "labor-day": (9, 1, 1), "memorial-day": (5, 1, 5)}


def _nth_weekday(year: int, month: int, weekday: int, nth: int) -> When | None:
    first = When("D", year, month, 1)
    start = weekday_of(first) or 1
    day = 1 + (weekday - start) % 7 + 7 * (nth - 1)
    return When("D", year, month, day if day <= 31 else day - 7)
