"""A right date in the manner in which the prose wrote the wrong one."""

import re

from hodie.dates import DateError, HistoricalDate, worded, worded_year

_MONTH_FIRST = re.compile(r"^(?:[A-Za-z]+,\s+)?[A-Z][a-z]+\.?\s+\d{1,2}(?:st|nd|rd|th)?\b")
_ISO = re.compile(r"^\d{4}-\d\d-\d\d$")
_WEEKDAY = re.compile(r"^(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b", re.IGNORECASE)
_YEAR = re.compile(r"\b\d{3,4}\b|\bBC\b")


def like(text: str, date: HistoricalDate) -> str:
    """Word a date as closely, and in the same order of day and month, as `text` words another.

    >>> like("Friday, August 22, 1940", HistoricalDate(1940, 8, 21))
    'Wednesday, August 21, 1940'
    >>> like("1941", HistoricalDate(1940, 8, 21))
    '1940'
    """
    if _ISO.match(text):
        return date.edtf
    closeness = _closeness(text)
    if closeness == "year" or date.month is None:
        return worded_year(date.year)
    if closeness == "month" or date.day is None:
        return worded(HistoricalDate(date.year, date.month))
    language = "en-US" if _MONTH_FIRST.match(text) else "en"
    words = worded(date, language, weekday=bool(_WEEKDAY.match(text)))
    return words if _YEAR.search(text) else _without_year(words, date)


def _closeness(text: str) -> str:
    if re.search(r"(?<!\d)\d{1,2}(?:st|nd|rd|th)?(?!\d)", text):
        return "day"
    return "month" if re.search(r"[A-Za-z]{3}", _WEEKDAY.sub("", text)) else "year"


def _without_year(words: str, date: HistoricalDate) -> str:
    return re.sub(rf",?\s{worded_year(date.year)}$", "", words)


def safely(date: HistoricalDate, *, weekday: bool = False) -> str:
    """Word a date for a message, whatever it is."""
    try:
        return worded(date, weekday=weekday)
    except DateError:
        return date.edtf
