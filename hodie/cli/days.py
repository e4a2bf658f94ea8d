"""A day as people type it: "20 August", "August 20th", "08-20", "20.8.", "20 août 1940"."""

from __future__ import annotations

import datetime
import functools
import re
import unicodedata
from collections.abc import Iterator

from babel import Locale

from hodie.cli.group import MistypedError
from hodie.dates import DateError, MonthDay, worded
from hodie.press.nearest import AskedDay, nearest_days, real_day

_RELATIVE = {"yesterday": -1, "today": 0, "tomorrow": 1}
_ISO = re.compile(r"(?:(-?\d{1,4})-)?(\d{1,2})-(\d{1,2})")
_DOTTED = re.compile(r"(\d{1,2})\.\s*(\d{1,2})\.?\s*(\d{1,4})?")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{3,4}))?")
_EAST_ASIAN = re.compile(r"(?:(\d{1,4})[年년])?\s*(\d{1,2})[月월]\s*(\d{1,2})[日일]?")
_WORDS = re.compile(r"\d+|[^\W\d_]+")
_BEFORE_CHRIST = {"bc", "bce"}
_EXAMPLES = "such as '20 August', '08-20' or '1940-08-20'"


class DayError(MistypedError, ValueError):
    """What was typed is no day; says what would be."""


def read_day(text: str, today: datetime.date, language: str = "en") -> AskedDay:
    """Read a day of the year, or one date where the text has a year.

    Month names are those of `language` and English; "8/20" is read in the language's order of day
    and month where both make sense.

    >>> day = datetime.date(2026, 8, 20)
    >>> str(read_day("Aug 20", day)), str(read_day("20. August", day, "de"))
    ('08-20', '08-20')
    >>> str(read_day("15 March 44 BC", day)), str(read_day("tomorrow", day))
    ('-0043-03-15', '08-21')
    """
    typed = unicodedata.normalize("NFKC", text).strip()
    if (shift := _RELATIVE.get(typed.casefold())) is not None:
        return MonthDay.of(today + datetime.timedelta(days=shift))
    year, month, day = _parts(typed, language)
    return _real(year, month, day, language)


def _parts(typed: str, language: str) -> tuple[int | None, int, int]:
    """Return the year, month and day that the text names, whether or not there is such a day."""
    for pattern in (_ISO, _EAST_ASIAN):
        if found := pattern.fullmatch(typed):
            year, month, day = found.groups()
            return _number(year), int(month), int(day)
    if found := _DOTTED.fullmatch(typed):
        day, month, year = found.groups()
        return _number(year), int(month), int(day)
    if found := _SLASHED.fullmatch(typed):
        first, second, year = found.groups()
        return _number(year), *_in_order(int(first), int(second), language)
    return _in_words(typed, language)


def _number(text: str | None) -> int | None:
    return None if text is None else int(text)


def _in_order(first: int, second: int, language: str) -> tuple[int, int]:
    """Return month and day of "8/20" or "20/8", in the language's order where both make sense."""
    pattern = str(Locale.parse(language, sep="-").date_formats["short"].pattern)
    month_first = pattern.index("M") < pattern.index("d")
    if first > 12 or (second <= 12 and not month_first):
        return second, first
    return first, second


def _in_words(typed: str, language: str) -> tuple[int | None, int, int]:
    words = [_folded(word) for word in _WORDS.findall(typed)]
    numbers = [int(word) for word in words if word.isdecimal()]
    months = list(_months_among(words, language))
    if len(months) != 1 or not 1 <= len(numbers) <= 2:
        raise DayError(f"{typed!r} is no day; write one {_EXAMPLES}")
    year = None
    if len(numbers) == 2:
        # "1940 August 20" is the one order in which the year comes before the day.
        day, year = sorted(numbers) if numbers[0] > 31 else numbers
        year = 1 - year if _BEFORE_CHRIST & set(words) else year
    else:
        [day] = numbers
    return year, months[0], day


def _months_among(words: list[str], language: str) -> Iterator[int]:
    names = _month_names(language)
    for word in words:
        if word in names:
            yield names[word]
        elif len(word) >= 3 and not word.isdecimal():
            near = {month for name, month in names.items() if name.startswith(word)}
            if len(near) == 1:
                yield near.pop()


@functools.cache
def _month_names(language: str) -> dict[str, int]:
    names: dict[str, int] = {}
    for tag in ("en", language):
        months = Locale.parse(tag, sep="-").months
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in months[context][width].items():
                    words = _WORDS.findall(name)
                    if len(words) == 1 and not name[0].isdecimal():
                        names[_folded(words[0])] = number
    return names


def _folded(word: str) -> str:
    """Return the word without case and accents: what people leave out when they type."""
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _real(year: int | None, month: int, day: int, language: str) -> AskedDay:
    try:
        return real_day(year, month, day)
    except DateError as error:
        asked = f"{month:02}-{day:02}" if year is None else f"{year:04}-{month:02}-{day:02}"
        offers = [worded(near, language) for near in nearest_days(year, month, day)]
        way_out = f"; the nearest days are {' and '.join(offers)}" if offers else ""
        raise DayError(f"there is no day {asked}{way_out}") from error
