"""The grammar of EDTF (ISO 8601-2), levels 0 and 1, for dates: text to fields and back.

Our own, for speed and for errors that say the way out; the `edtf` library is its test. It knows
no types of this package, so that they may use it.
"""

import re
from functools import lru_cache
from typing import Final

from hodie.dates.calendars import DateError

Fields = tuple[int, int | None, int | None, str, bool, bool]
"""Year, month, day, precision, approximate, uncertain."""

_DATE = re.compile(
    r"""(?:
        (?P<year>-?[0-9]{4})
          (?:-(?P<month>[0-9]{2}|XX)(?:-(?P<day>[0-9]{2}|XX))?)?
      | (?P<decade>-?[0-9]{3})X
      | (?P<century>-?[0-9]{2})XX
      | Y(?P<long>-?[0-9]{5,16})
    )(?P<qualifier>[?~%]?)""",
    re.VERBOSE,
)
_QUALIFIERS: Final = {"": (False, False), "?": (False, True), "~": (True, False), "%": (True, True)}
_SUFFIX: Final = {(False, False): "", (False, True): "?", (True, False): "~", (True, True): "%"}
_NUMBER: Final = {f"{number:02}": number for number in range(100)}


def read(text: str) -> Fields:
    """Read an EDTF date; whether its month and day exist is the caller's to check.

    >>> read("194X~")
    (1940, None, None, 'decade', True, False)
    """
    match = _DATE.fullmatch(text)
    if match is None:
        raise DateError(_trouble(text))
    year, month, day, decade, century, long, qualifier = match.groups()
    approximate, uncertain = _QUALIFIERS[qualifier]
    if year is not None:
        return _read_plain(text, year, month, day, approximate, uncertain)
    if long is not None:
        return _read_long(text, long, approximate, uncertain)
    digits, size, precision = (decade, 10, "decade") if decade else (century, 100, "century")
    return _first_year(digits, size), None, None, precision, approximate, uncertain


def _read_plain(
    text: str, year: str, month: str | None, day: str | None, approximate: bool, uncertain: bool
) -> Fields:
    if year == "-0000":
        raise DateError(f"there is no year -0000 in {text!r}: 1 BC is 0000, 2 BC is -0001")
    if month is None or month == "XX":
        if day is not None and day != "XX":
            raise DateError(f"a day without a month in {text!r} is EDTF level 2: leave the day out")
        return int(year), None, None, "year", approximate, uncertain
    if day is None or day == "XX":
        precision = "season" if 21 <= _NUMBER[month] <= 24 else "month"
        return int(year), _NUMBER[month], None, precision, approximate, uncertain
    return int(year), _NUMBER[month], _NUMBER[day], "day", approximate, uncertain


def _read_long(text: str, digits: str, approximate: bool, uncertain: bool) -> Fields:
    year = int(digits)
    if -9999 <= year <= 9999:
        raise DateError(f"the Y in {text!r} is for years of more than four digits: leave it out")
    return year, None, None, "year", approximate, uncertain


def _first_year(digits: str, size: int) -> int:
    """Return the first year that the masked digits may stand for: -004X is -49 to -40."""
    if digits.startswith("-"):
        return int(digits) * size - size + 1
    return int(digits) * size


def _trouble(text: str) -> str:
    if "T" in text:
        return f"a time of day in {text!r}: a historical date has none, keep only the date"
    if "/" in text:
        return f"{text!r} is an interval: read it with Interval.parse or parse_edtf"
    if re.search(r"[?~%].", text):
        return f"{text!r} qualifies a part of the date (EDTF level 2): put ?, ~ or % at its end"
    return f"not an EDTF date: {text!r}; write it as 1940-08-20, 1940-08, 1940, 194X or -0043"


def write(
    year: int,
    month: int | None,
    day: int | None,
    precision: str,
    approximate: bool,
    uncertain: bool,
) -> str:
    """Write the fields of a date as EDTF."""
    suffix = _SUFFIX[approximate, uncertain] if approximate or uncertain else ""
    if day is not None:
        return f"{_year_text(year)}-{month:02}-{day:02}{suffix}"
    if month is not None:
        return f"{_year_text(year)}-{month:02}{suffix}"
    if precision == "decade":
        return _masked(year, 10, suffix)
    if precision == "century":
        return _masked(year, 100, suffix)
    if -9999 <= year <= 9999:
        return _year_text(year) + suffix
    return f"Y{year}{suffix}"


@lru_cache(maxsize=8192)
def _year_text(year: int) -> str:
    if -9999 <= year <= 9999:
        return f"{year:04}" if year >= 0 else f"-{-year:04}"
    raise DateError(
        f"EDTF cannot write a month in the year {year}: only years of four digits can have one"
    )


def _masked(year: int, size: int, suffix: str) -> str:
    mask = "X" if size == 10 else "XX"
    digits = 4 - len(mask)
    if not -10000 < year < 10000:
        raise DateError(f"EDTF level 1 cannot write a {size}-year span from the year {year}")
    sign, number = ("-", -year // size) if year < 0 else ("", year // size)
    return f"{sign}{number:0{digits}}{mask}{suffix}"
