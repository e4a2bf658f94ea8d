"""The grammar of EDTF (ISO 8601-2), levels 0 and 1, for dates: text to fields and back.

Our own, for speed and for errors that say the way out; the `edtf` library is its test. It knows
no types of this package, so that they may use it.
"""

import re
from functools import lru_cache
from typing import Final, Literal

from hodie.dates.calendars import DateError

Precision = Literal["century", "decade", "year", "season", "month", "day"]
"""How far a date is known. A season is EDTF's 21 (spring) to 24 (winter) in the month's place."""

Fields = tuple[int, int | None, int | None, Precision, bool, bool]
"""Year, month, day, precision, approximate, uncertain."""

SEASONS: Final = range(21, 25)
SPANS: Final[dict[str, int]] = {"century": 100, "decade": 10}
"""The years in a precision that masks digits of the year."""

_DATE = re.compile(
    r"""(?:
        (-?[0-9]{4}) (?: -([0-9]{2}|XX) (?: -([0-9]{2}|XX) )? )?
      | (-?[0-9]{3})X
      | (-?[0-9]{2})XX
      | Y(-?[0-9]{5,16})
    )([?~%]?)""",
    re.VERBOSE,
)
_QUALIFIERS: Final = {"": (False, False), "?": (False, True), "~": (True, False), "%": (True, True)}
_SUFFIXES: Final = {qualities: sign for sign, qualities in _QUALIFIERS.items()}
_TWO_DIGITS: Final = tuple(f"{number:02}" for number in range(100))
_NUMBERS: Final = {digits: number for number, digits in enumerate(_TWO_DIGITS)}


def read(text: str) -> Fields:
    """Read an EDTF date; whether its month and day exist is the caller's to check.

    >>> read("194X~")
    (1940, None, None, 'decade', True, False)
    """
    if len(text) == 10 and text[4] == "-" == text[7]:
        # Nearly every date of a dump is written so; the pattern would take three times as long.
        year, month, day = text[:4], _NUMBERS.get(text[5:7]), _NUMBERS.get(text[8:])
        if month is not None and day is not None and year.isascii() and year.isdecimal():
            return int(year), month, day, "day", False, False
    match = _DATE.fullmatch(text)
    if match is None:
        raise DateError(_trouble(text))
    year, month_text, day_text, decade, century, long, qualifier = match.groups()
    approximate, uncertain = _QUALIFIERS[qualifier]
    if year is not None:
        return _read_plain(text, year, month_text, day_text, approximate, uncertain)
    if long is not None:
        return _read_long(text, long), None, None, "year", approximate, uncertain
    if decade is not None:
        return _first_year(decade, 10), None, None, "decade", approximate, uncertain
    return _first_year(century, 100), None, None, "century", approximate, uncertain


def _read_plain(
    text: str, year: str, month: str | None, day: str | None, approximate: bool, uncertain: bool
) -> Fields:
    if year == "-0000":
        raise DateError(f"there is no year -0000 in {text!r}: 1 BC is 0000, 2 BC is -0001")
    if month is None or month == "XX":
        if day is not None and day != "XX":
            raise DateError(f"a day without a month in {text!r} is EDTF level 2: leave the day out")
        return int(year), None, None, "year", approximate, uncertain
    number = _NUMBERS[month]
    if day is None or day == "XX":
        precision: Precision = "season" if number in SEASONS else "month"
        return int(year), number, None, precision, approximate, uncertain
    return int(year), number, _NUMBERS[day], "day", approximate, uncertain


def _read_long(text: str, digits: str) -> int:
    year = int(digits)
    if -9999 <= year <= 9999:
        raise DateError(f"the Y in {text!r} is for years of more than four digits: leave it out")
    return year


def _first_year(digits: str, size: int) -> int:
    """Return the first year that the masked digits may stand for: -004X is -49 to -40."""
    first = int(digits) * size
    return first - size + 1 if digits.startswith("-") else first


def _trouble(text: str) -> str:
    if "/" in text:
        return f"{text!r} is an interval: read it with Interval.parse or parse_edtf"
    if "T" in text:
        return f"a time of day in {text!r}: a historical date has none, keep only the date"
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
    """Write the fields of a date as EDTF; only a year alone may have more than four digits.

    >>> write(-49, None, None, "decade", False, True)
    '-004X?'
    """
    suffix = _SUFFIXES[approximate, uncertain]
    if day is not None and month is not None:
        return f"{_year(year)}-{_TWO_DIGITS[month]}-{_TWO_DIGITS[day]}{suffix}"
    if month is not None:
        return f"{_year(year)}-{_TWO_DIGITS[month]}{suffix}"
    if precision in SPANS:
        return f"{_masked(year, precision)}{suffix}"
    return f"{_year(year)}{suffix}" if -9999 <= year <= 9999 else f"Y{year}{suffix}"


@lru_cache(maxsize=8192)
def _year(year: int) -> str:
    return f"{year:04}" if year >= 0 else f"-{-year:04}"


def _masked(year: int, precision: str) -> str:
    size = SPANS[precision]
    sign, number = ("-", -year // size) if year < 0 else ("", year // size)
    return f"{sign}{number:03}X" if size == 10 else f"{sign}{number:02}XX"
