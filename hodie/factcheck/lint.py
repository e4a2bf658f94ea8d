"""What the calendar alone can say of a story's dates: no almanac is asked."""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress

from hodie.dates import Calendar, DateError, HistoricalDate
from hodie.factcheck.counting import is_vague, years_in, years_since
from hodie.factcheck.lexicon import Lexicon
from hodie.factcheck.model import Claim, Kind, Status, Suggestion, Verdict
from hodie.factcheck.prose import Sentence, within
from hodie.factcheck.rewording import safely
from hodie.timex import Timex

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_WEEKDAY = re.compile("|".join(f"{name}s?" for name in WEEKDAYS), re.IGNORECASE)
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_NO_DAY = re.compile(
    rf"\b(3[2-9]|[4-9]\d)(?:st|nd|rd|th)?\s(?:of\s)?(?:{_MONTHS})\b(?!\s+\d{{1,2}}\b)"
    rf"|\b(?:{_MONTHS})\s(3[2-9]|[4-9]\d|0)(?:st|nd|rd|th)?(?=,\s\d{{4}}\b)"
)
_DAY = re.compile(r"(XXXX|\d{4})-(\d\d)-(\d\d)")
_OLD_STYLE = re.compile(r"\b(?:old style|julian|o\.\s?s\.|n\.\s?s\.|new style)", re.IGNORECASE)
_GREGORIAN_1582 = re.compile(
    r"\b(?:Rome|Roman|Ital\w+|Spain|Spanish|Portug\w+|Poland|Polish|Madrid|Lisbon|Pope|Papal|"
    r"Venice|Florence|Naples)\b"
)
_TODAY_BEFORE = re.compile(
    r"\b(?:today|on\s+this\s+(?:very\s+)?day)\s*[,:–—-]?\s*(?:on\s+)?$", re.IGNORECASE
)
_TODAY = re.compile(r"\btoday\b|\bthis\s+(?:very\s+)?day\b", re.IGNORECASE)
_NEXT_DATE = re.compile(
    r"^\s*(?:today|this\s+(?:week|month|year|day))?\s*,?\s*(?:on|in)?\s*$", re.IGNORECASE
)
_DATELINE_WITHIN = 1_000
# Until Britain, Sweden and others had followed, an unnamed calendar may be either.
_BOTH_CALENDARS_UNTIL, _JULIAN_SOMEWHERE_UNTIL = 1753, 1923
# "Today in 2019" under a dateline of 2020 is more likely a slip than a story of a year ago.
_SLIP = 2


def lint(
    text: str,
    whole: Sequence[Sentence],
    timexes: Sequence[Timex],
    line: HistoricalDate | None,
    nows: Sequence[HistoricalDate],
    today: HistoricalDate | None,
    lexicon: Lexicon,
) -> Iterator[Verdict]:
    """Check each date by itself, against the dateline, and against the day that years count to."""
    starts = [sentence.start for sentence in whole]
    for at, timex in enumerate(timexes):
        place = max(within(starts, 0, timex.start + 1).stop - 1, 0)
        around = text[whole[place].start : whole[place].end] if whole else ""
        behind = timexes[at + 1 : at + 3]
        yield from _weekday(text, timex, around)
        yield from _impossible(timex, around)
        yield from _at_odds(text, timex, line)
        yield from _miscounted(text, timex, behind, nows)
        yield from _future(timex, around, today, lexicon)
    yield from _no_days(text)


def dateline(text: str, timexes: Sequence[Timex]) -> HistoricalDate | None:
    """A full date that stands alone on one of the first lines."""
    for timex in timexes:
        if timex.start > _DATELINE_WITHIN:
            return None
        begin = text.rfind("\n", 0, timex.start) + 1
        end = text.find("\n", timex.end)
        line = text[begin : len(text) if end < 0 else end]
        date = timex.date
        if line.strip(" \t\r*_#.") == timex.text and isinstance(date, HistoricalDate) and date.day:
            return date
    return None


def _verdict(
    timex: Timex,
    kind: Kind,
    status: Status,
    says: str,
    known: HistoricalDate | int | None = None,
    suggestion: Suggestion | None = None,
) -> Verdict:
    claim = Claim(timex.start, timex.end, timex.text, kind, None, timex.date)
    return Verdict(claim, status, says, known, (), suggestion)


# Weekdays


def _weekday(text: str, timex: Timex, around: str) -> Iterator[Verdict]:
    date, named = timex.date, timex.weekday
    if named is None or not isinstance(date, HistoricalDate) or date.precision != "day":
        return
    if timex.how != "explicit":
        return
    fits = _weekdays(date)
    shown = safely(date)
    if named == fits[0]:
        yield _verdict(timex, "weekday", "confirmed", f"{shown} was a {WEEKDAYS[named - 1]}")
        return
    if named in fits[1:]:
        old = date.year > _BOTH_CALENDARS_UNTIL and not _OLD_STYLE.search(around)
        words = f"{shown} was a {WEEKDAYS[named - 1]} in the other calendar"
        yield _verdict(timex, "weekday", "unknown" if old else "confirmed", words)
        return
    yield wrong_weekday(Claim(timex.start, timex.end, timex.text, "weekday", None, date), date)


def wrong_weekday(claim: Claim, date: HistoricalDate) -> Verdict:
    """Say which weekday a date was."""
    number = date.weekday
    right = WEEKDAYS[number - 1]
    match = _WEEKDAY.search(claim.text)
    change = None
    if match is not None:
        change = Suggestion(claim.start + match.start(), claim.start + match.end(), right)
    return Verdict(claim, "contradicted", f"{safely(date)} was a {right}", number, (), change)


def _weekdays(date: HistoricalDate) -> list[int]:
    """The weekday of a date in its own calendar, then in the other one where that was in use."""
    fits = [date.weekday]
    if date.year <= _JULIAN_SOMEWHERE_UNTIL and date.calendar in (
        Calendar.JULIAN, Calendar.GREGORIAN,
    ):  # fmt: skip
        julian = date.calendar is Calendar.JULIAN
        other = Calendar.GREGORIAN if julian else Calendar.JULIAN
        with suppress(DateError):
            fits.append(HistoricalDate(date.year, date.month, date.day, calendar=other).weekday)
    return fits


# Days that never were


def _impossible(timex: Timex, around: str) -> Iterator[Verdict]:
    match = _DAY.fullmatch(timex.value) if timex.type == "DATE" else None
    if match is None:
        return
    # A year that only the flow of the story gives is no reason to call a day impossible.
    known = match[1] != "XXXX" and timex.how == "explicit"
    year = int(match[1]) if known else None
    month, day = int(match[2]), int(match[3])
    if year == 1582 and month == 10 and 5 <= day <= 14 and not timex.calendar:
        yield from _lost_day(timex, around)
    elif (month, day) == (2, 30) and "Swed" in around:
        return  # in 1712 Sweden had one
    elif not timex.calendar and not _is_possible(year, month, day):
        yield _never(timex, year, month, day, around)


def _lost_day(timex: Timex, around: str) -> Iterator[Verdict]:
    says = "Rome, Spain, Portugal and Poland went from 4 to 15 October 1582"
    status: Status = "unknown"
    if _GREGORIAN_1582.search(around) and not _OLD_STYLE.search(around):
        status = "contradicted"
    yield _verdict(
        timex, "impossible", status, f"{says}; elsewhere the day is one of the Old Style"
    )


def _never(timex: Timex, year: int | None, month: int, day: int, around: str) -> Verdict:
    if (month, day) != (2, 29) or year is None:
        return _verdict(timex, "impossible", "contradicted", f"there is no {timex.text}")
    says = f"{year} was no leap year"
    if year % 100 == 0 and 1582 < year <= _JULIAN_SOMEWHERE_UNTIL:
        if _OLD_STYLE.search(around):
            return _verdict(timex, "impossible", "confirmed", "a leap day of the Old Style")
        says += " but in the Julian calendar; say so if the date is Old Style"
    return _verdict(timex, "impossible", "contradicted", says)


def _is_possible(year: int | None, month: int, day: int) -> bool:
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return False
    if year is None or year == 0:
        return day <= (29 if month == 2 else 30 if month in (4, 6, 9, 11) else 31)
    early = (year, month, day) < (1582, 10, 15)
    try:
        HistoricalDate(year, month, day, calendar=Calendar.JULIAN if early else Calendar.GREGORIAN)
    except DateError:
        return False
    return True


def _no_days(text: str) -> Iterator[Verdict]:
    """Days such as 32 May, which are no time expression to anybody else."""
    for match in _NO_DAY.finditer(text):
        claim = Claim(match.start(), match.end(), match[0], "impossible")
        yield Verdict(claim, "contradicted", f"there is no {match[0]}")


# The dateline


def _at_odds(text: str, timex: Timex, line: HistoricalDate | None) -> Iterator[Verdict]:
    """Compare "Today in 1940" and "today, August 20" to the dateline."""
    date = timex.date
    if line is None or not isinstance(date, HistoricalDate) or timex.type != "DATE":
        return
    if timex.rule == "today-dated":
        yield from _year_at_odds(timex, date, line)
    elif (
        line.day and date.day and _TODAY_BEFORE.search(text[max(0, timex.start - 24) : timex.start])
    ):
        if (date.month, date.day) != (line.month, line.day) and date.calendar == line.calendar:
            says = f"the dateline is {safely(line)}"
            yield _verdict(timex, "dateline", "contradicted", says, line)
        else:
            yield from _year_at_odds(timex, date, line)


def _year_at_odds(timex: Timex, date: HistoricalDate, line: HistoricalDate) -> Iterator[Verdict]:
    says = f"the dateline is {safely(line)}"
    if date.year > line.year:
        yield _verdict(timex, "dateline", "contradicted", f"{says}: before that", line)
    elif 0 < line.year - date.year <= _SLIP:
        yield _verdict(timex, "dateline", "partly", f"{says}: a slip in the year?", line)


def _miscounted(
    text: str, timex: Timex, behind: Sequence[Timex], nows: Sequence[HistoricalDate]
) -> Iterator[Verdict]:
    """Count again: "80 years ago, on August 20, 1940", from the dateline."""
    if timex.rule != "ago":
        return
    years = years_in(timex.text)
    beside = next((t for t in behind if not _TODAY.fullmatch(t.text)), None)
    if years is None or years < 2 or beside is None or not _is_beside(text, timex, beside):
        return
    date = beside.date
    if not isinstance(date, HistoricalDate) or date.precision not in ("day", "month", "year"):
        return
    if beside.how != "explicit" or "year" not in timex.text:
        return
    counts = years_since(date.year, nows)
    right = years if years in counts else next(iter(counts), 0)
    last = date.year + right
    if right == years:
        yield _verdict(timex, "count", "confirmed", f"{date.year} to {last}: {right} years", right)
    elif timex.mod != "APPROX" and not is_vague(text, timex.start) and right > 0:
        number = re.match(r"\d+", timex.text)
        change = None
        if number is not None:
            change = Suggestion(timex.start, timex.start + number.end(), str(right))
        says = f"from {date.year} to {last} it is {right} years"
        yield _verdict(timex, "count", "contradicted", says, right, change)


def _is_beside(text: str, timex: Timex, other: Timex) -> bool:
    between = text[timex.end : other.start]
    return len(between) < 40 and _NEXT_DATE.match(between) is not None


# The future


def _future(
    timex: Timex, around: str, today: HistoricalDate | None, lexicon: Lexicon
) -> Iterator[Verdict]:
    """Point at what is told as done and is still to come."""
    date = timex.date
    if today is None or timex.how != "explicit" or not isinstance(date, HistoricalDate):
        return
    if date.precision not in ("day", "month", "year") or date.earliest <= today.latest:
        return
    words = re.findall(r"[a-z']+", around.lower())
    if lexicon.plans.isdisjoint(words) and any(lexicon.is_verb(word) for word in words):
        yield _verdict(timex, "future", "contradicted", f"that is after {safely(today)}", today)


__all__ = ["WEEKDAYS", "dateline", "lint"]
