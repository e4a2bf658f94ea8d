"""Stage three: from a match of a rule to a frame. One reading for each kind of rule.

A reading knows nothing of the language: it takes the named groups of the match, asks the lexicon
what their words stand for, and answers with a frame, or None where the words make no sense
together (a 35th of May), so that the next best match gets its turn.
"""

from collections.abc import Callable
from typing import cast

import msgspec

from hodie.timex.answers import yearless_value
from hodie.timex.frames import Frame
from hodie.timex.grammar import Match, Part
from hodie.timex.numbers import count, ordinal, roman

Span = tuple[int, int]
Reading = Callable[[Match], "Frame | list[Part] | None"]

_GREGORIAN = "gregorian"


def read(match: Match) -> list[Part]:
    """The frames of `match` with the elements that each covers; empty if it makes no sense."""
    found = READINGS[match.rule.kind](match)
    if found is None:
        return []
    return found if isinstance(found, list) else [(match.start, match.end, found)]


# ------------------------------------------------------------------ dates


def read_date(match: Match) -> Frame | None:
    """A calendar date, as far as it is given."""
    if "calmonth" in match.groups:
        return _named_calendar(match)
    for group, reading in _DATE_FORMS.items():
        if group in match.groups:
            return reading(match)
    return _calendar_date(match)


def _calendar_date(match: Match) -> Frame | None:
    month, day, year = _month(match), _day(match), _year(match)
    if not _possible(month, day):
        return None
    weekday = match.value("weekday", "WEEKDAY", "WEEKDAYSHORT") or _short_weekday(match)
    unit = "D" if day or (weekday and month is None) else "M" if month else "Y"
    return Frame(
        kind="date",
        rule=match.rule.name,
        unit=unit,
        year=year,
        month=month,
        day=day,
        weekday=weekday if isinstance(weekday, int) else None,
        direction=_direction(match),
        source="flow" if "rel" in match.groups else "",
        calendar=str(match.value("style", "STYLE") or ""),
        time=_clock_time(match) if "hour" in match.groups else "",
        bare="bare" in match.rule.options,
    )


def _short_weekday(match: Match) -> int | None:
    return cast(
        "int | None", match.language.value("WEEKDAYSHORT", match.text("weekday").rstrip(".s"))
    )


def _month(match: Match) -> int | None:
    text = match.text("month").rstrip(".")
    if text:
        found = match.language.value("MONTH", text) or match.language.value("MONTHSHORT", text)
        return cast("int | None", found)
    digits = match.text("monthnum")
    return int(digits) if digits else None


def _day(match: Match) -> int | None:
    return ordinal(match.language, match.text("day")) if match.text("day") else None


def _year(match: Match) -> int | None:
    """The astronomical year, None where none is given."""
    text = match.text("year")
    if not text:
        return None
    era = match.value("era", "ERA") or 1
    year = int(text)
    return 1 - year if era == -1 else year


def _possible(month: int | None, day: int | None) -> bool:
    """Whether it can be meant as a date; 30 February can, and is for a fact check to find."""
    if month is not None and not 1 <= month <= 12:
        return False
    return day is None or 1 <= day <= 31


def _direction(match: Match) -> int:
    found = match.value("rel", *_RELATIONS)
    return found if isinstance(found, int) else int(match.rule.options.get("direction", 0))


_RELATIONS = ("NEXT", "PREVIOUS", "LAST", "COMING", "LATERSURE", "BEYOND", "AGO")


def _season(match: Match) -> Frame | None:
    season = str(match.value("season", "SEASON", "FALL"))
    if "generic" in match.rule.options:
        return Frame(kind="ref", rule=match.rule.name, value=f"XXXX-{season}")
    short = match.text("short")
    year = int(short) if short else _year(match)
    return Frame(
        kind="date",
        rule=match.rule.name,
        unit="SEASON",
        season=season,
        year=year,
        bare=bool(short),
    )


def _holiday(match: Match) -> Frame | None:
    holiday = str(match.value("holiday", "HOLIDAY") or "")
    if len(holiday) == 10:
        return Frame(kind="date", rule=match.rule.name, unit="D", value=holiday)
    return Frame(kind="date", rule=match.rule.name, unit="D", holiday=holiday, year=_year(match))


def _century(match: Match) -> Frame | None:
    number = ordinal(match.language, match.text("century"))
    if not number or number > 40:
        return None
    before = match.value("era", "ERA") == -1
    year = 2 - 100 * number if before else 100 * (number - 1)
    return Frame(kind="date", rule=match.rule.name, unit="CE", year=year)


def _decade_word(match: Match) -> Frame | None:
    word = match.value("decadeword", "DECADEWORD")
    year, mod = int(word or 0), _early_late(match)
    return Frame(kind="date", rule=match.rule.name, unit="DE", year=year, mod=mod, bare=True)


def _decade(match: Match) -> Frame | None:
    digits = match.text("decade")
    year = int(digits)
    if match.value("era", "ERA") == -1:
        return Frame(kind="date", rule=match.rule.name, unit="DE", year=1 - (year + 9))
    if len(digits) < 4 and (len(digits) == 3 or year % 10):
        return None
    bare = len(digits) == 2
    return Frame(kind="date", rule=match.rule.name, unit="DE", year=year, bare=bare)


def _half(match: Match) -> Frame | None:
    part = f"H{match.value('half', 'HALFNAME')}"
    return Frame(kind="date", rule=match.rule.name, unit="HY", part=part, year=_year(match))


def _quarter(match: Match) -> Frame | None:
    number = ordinal(match.language, match.text("quarter"))
    if number is None or not 1 <= number <= 4:
        return None
    part = f"Q{number}"
    return Frame(kind="date", rule=match.rule.name, unit="Q", part=part, year=_year(match))


def _short_year(match: Match) -> Frame | None:
    return Frame(
        kind="date", rule=match.rule.name, unit="Y", year=int(match.text("short")), bare=True
    )


def _slashed(match: Match) -> Frame | None:
    """Two readings, the American and the other; only a day over twelve tells them apart."""
    first, other, year = (int(match.text(name)) for name in ("first", "other", "year"))
    month, day = (first, other) if first <= 12 else (other, first)
    if not _possible(month, day):
        return None
    if year < 100:
        year += 1900 if year > 40 else 2000
    return Frame(kind="date", rule=match.rule.name, unit="D", year=year, month=month, day=day)


def _named_calendar(match: Match) -> Frame | None:
    calendar, _, month = str(match.value("calmonth", "CALMONTH")).rpartition("-")
    digits = match.text("calyear")
    year = int(digits) if digits.isdecimal() else roman(digits)
    day = _day(match)
    if year is None or year > 9999 or (day is not None and day > 30):
        return None
    return Frame(
        kind="date",
        rule=match.rule.name,
        unit="D" if day else "M",
        year=year,
        month=int(month),
        day=day,
        calendar=calendar,
    )


_DATE_FORMS: dict[str, Callable[[Match], Frame | None]] = {
    "season": _season,
    "holiday": _holiday,
    "century": _century,
    "decade": _decade,
    "decadeword": _decade_word,
    "half": _half,
    "quarter": _quarter,
    "short": _short_year,
    "other": _slashed,
}


# ------------------------------------------------------------------ several dates in one


def read_range(match: Match) -> list[Part] | None:
    """Two dates that share a month, a year or an era; each becomes a frame of its own."""
    first, last = match.groups["from"], match.groups["to"]
    return _RANGES[str(match.rule.options["how"])](match, first, last)


def _year_range(match: Match, first: Span, last: Span) -> list[Part] | None:
    one, tail = match.frame("from"), match.text("to")
    if one is None or one.year is None:
        return None
    end = one.year // 100 * 100 + int(tail)
    if end <= one.year:
        return None
    return [(*first, one), (*last, Frame(kind="date", rule=match.rule.name, unit="Y", year=end))]


def _era_range(match: Match, first: Span, last: Span) -> list[Part] | None:
    to = match.frame("to")
    if to is None or to.year is None:
        return None
    year = int(match.text("from"))
    year = 1 - year if to.year <= 0 else year
    if year > to.year:
        return None
    return [(*first, msgspec.structs.replace(to, year=year, mod="")), (*last, to)]


def _day_range(match: Match, first: Span, last: Span) -> list[Part] | None:
    to, one = match.frame("to"), match.frame("from")
    if to is None or to.day is None or (one is not None and (one.month or one.year or one.weekday)):
        return None
    day = one.day if one else ordinal(match.language, match.text("from"))
    if day is None or not _possible(to.month, day) or day >= to.day:
        return None
    return [(match.start, first[1], msgspec.structs.replace(to, day=day)), (*last, to)]


def _month_days(match: Match, first: Span, last: Span) -> list[Part] | None:
    one, end, year = (
        match.frame("from"),
        ordinal(match.language, match.text("to")),
        match.frame("year"),
    )
    if (
        one is None
        or one.day is None
        or end is None
        or end <= one.day
        or not _possible(one.month, end)
    ):
        return None
    if year is None:
        return [(*first, one), (*last, msgspec.structs.replace(one, day=end))]
    one = msgspec.structs.replace(one, year=year.year)
    two = msgspec.structs.replace(one, day=end)
    return [(*first, one), (last[0], match.groups["year"][1], two)]


def _dual(match: Match, first: Span, last: Span) -> list[Part] | None:
    """An Old Style and a New Style date of one day: ten to thirteen days lie between them."""
    new, old = match.frame("to"), match.frame("from")
    day = old.day if old else ordinal(match.language, match.text("from"))
    if new is None or new.day is None or day is None:
        return None
    if not _calendars_apart(day, new.day):
        return None
    dual = msgspec.structs.replace(new, rule=match.rule.name, calendar=_GREGORIAN)
    return [(match.start, match.end, dual)]


def _calendars_apart(old: int, new: int) -> bool:
    """Whether the two days can be one: nine to thirteen days apart, over a month's end too."""
    return any(9 <= new - old + length <= 13 for length in (0, 28, 29, 30, 31))


def _dual_month_day(match: Match, first: Span, last: Span) -> list[Part] | None:
    old, day, year = (
        match.frame("from"),
        ordinal(match.language, match.text("to")),
        match.frame("year"),
    )
    if old is None or old.day is None or day is None or not _calendars_apart(old.day, day):
        return None
    named = old.year if year is None else year.year
    dual = msgspec.structs.replace(old, day=day, year=named, calendar=_GREGORIAN)
    return [(match.start, match.end, dual)]


def _dual_bracketed(match: Match, first: Span, last: Span) -> list[Part] | None:
    """25 October (7 November) 1917, 7 November [O.S. 26 October] 1879: the later is New Style."""
    one, other, year = match.frame("from"), match.frame("to"), match.frame("year")
    if one is None or other is None or not (one.month and one.day and other.month and other.day):
        return None
    new, old = (one, other) if _is_days_after(other, one) else (other, one)
    if not _is_days_after(old, new):
        return None
    named = new.year if year is None else year.year
    if named is None and old.year is not None:
        named = old.year + ((new.month or 1) < (old.month or 1))  # 27 December 1905 (9 January)
    dual = msgspec.structs.replace(
        new, year=named, rule=match.rule.name, calendar=_GREGORIAN, mod="", weekday=new.weekday
    )
    return [(match.start, match.end, dual)]


def _dual_day(match: Match, first: Span, last: Span) -> list[Part] | None:
    """9 (22) January 1905: the New Style is in brackets."""
    month = match.frame("month")
    old, new = (ordinal(match.language, match.text(name)) for name in ("from", "to"))
    if month is None or month.month is None or old is None or new is None:
        return None
    if not 9 <= new - old <= 13 or not _possible(month.month, new):
        return None
    dual = msgspec.structs.replace(
        month, unit="D", day=new, rule=match.rule.name, calendar=_GREGORIAN
    )
    return [(match.start, match.end, dual)]


def _is_days_after(old: Frame, new: Frame) -> bool:
    """Whether a day can be the Gregorian of a Julian one: nine to thirteen days after it."""
    months = ((new.month or 1) - (old.month or 1)) % 12
    days = (new.day or 1) - (old.day or 1)
    # Over a month's end it is so many days less as the month is short.
    return 9 <= days <= 13 if months == 0 else months == 1 and 9 <= days + 31 <= 16


def _decades(match: Match, first: Span, last: Span) -> list[Part] | None:
    to, one = match.frame("to"), match.frame("from")
    if to is None or to.unit != "DE" or one is None:
        return None
    return [(*first, msgspec.structs.replace(to, year=one.year)), (*last, to)]


_RANGES = {
    "year": _year_range,
    "era": _era_range,
    "day": _day_range,
    "monthday": _month_days,
    "dual": _dual,
    "dualmonth": _dual_month_day,
    "bracketed": _dual_bracketed,
    "dualday": _dual_day,
    "decade": _decades,
}


# ------------------------------------------------------------------ parts of dates and days


def read_part(match: Match) -> Frame | None:
    """A date with a modifier: its beginning, middle, end, or about then."""
    fixed = match.rule.options.get("value")
    if fixed:
        return Frame(kind="ref", rule=match.rule.name, value=str(fixed))
    mod = str(match.rule.options.get("mod", "") or match.value("mod", "PART", "CIRCA") or "")
    if "same" in match.groups:
        unit = str(match.value("same", "UNIT") or "Y")
        return Frame(kind="same", rule=match.rule.name, unit=unit, mod=mod, bare=True)
    base = match.frame("of")
    if base is None:
        return None
    return msgspec.structs.replace(base, mod=mod or base.mod, rule=match.rule.name)


def read_time(match: Match) -> Frame | None:
    """A clock time or a part of the day, of a date if one is named."""
    time = _time(match)
    if not time:
        return None
    mod = _early_late(match)
    base = match.frame("on") or match.frame("of")
    if "rel" in match.groups or "direction" in match.rule.options:
        direction = _direction(match)
        return Frame(
            kind="shift",
            rule=match.rule.name,
            unit="D",
            count=1,
            direction=direction,
            time=time,
            mod=mod,
            source=str(match.rule.options.get("from", "flow")),
        )
    if match.rule.options.get("reads") == "same":
        this = match.value("same", "SAME") == 1
        return Frame(kind="same", rule=match.rule.name, unit="D", time=time, mod=mod, bare=this)
    if base is not None:
        return msgspec.structs.replace(base, time=time, mod=mod or base.mod)
    definite = "definite" in match.rule.options
    return Frame(kind="date", rule=match.rule.name, unit="T", time=time, mod=mod, whole=definite)


def _early_late(match: Match) -> str:
    return str(match.value("edge", "EARLYLATE") or "")


def _time(match: Match) -> str:
    if "clock" in match.groups:
        digits = match.text("clock")
        return f"T{digits[:2]}:{digits[2:]}"
    if "hour" in match.groups:
        return _clock_time(match)
    fixed = match.rule.options.get("time")
    return str(fixed or match.value("daypart", "DAYPART") or "")


def _clock_time(match: Match) -> str:
    hour = count(match.language, match.text("hour"))
    if hour is None:
        return ""
    part = match.value("daypart", "DAYPART")
    noon = match.value("ampm", "AMPM")
    if noon is None and part in ("TAF", "TEV", "TNI"):
        noon = 12
    clock = int(hour) % 12 + int(noon) if noon is not None else int(hour)
    return f"T{clock:02d}:{match.text('minute') or '00'}"


# ------------------------------------------------------------------ durations, shifts, sets


def read_span(match: Match) -> Frame | None:
    """So much time."""
    number, unit = _measure(match)
    if not unit:
        return None
    mod = str(match.value("mod", "DEGREE") or _length_mod(match))
    base = match.frame("of")
    return Frame(
        kind="duration",
        rule=match.rule.name,
        unit=unit,
        count=number,
        mod=mod,
        base=base,
        bare=_is_attribute(match, number),
    )


def _is_attribute(match: Match, number: float | None) -> bool:
    """Whether it only stands before a noun ("a three-year siege"), or has no number at all."""
    if "count" not in match.groups:
        return number is None
    if "half" in match.groups:
        return False
    return number not in (None, 1.0, 0.5) and match.value("unit", "UNIT") is not None


def _measure(match: Match) -> tuple[float | None, str]:
    length = match.frame("length")
    if length is not None:
        number = _amount(match) if "count" in match.groups else length.count
        return number, length.unit
    unit = str(match.value("unit", "UNIT", "UNITS") or match.rule.options.get("unit", ""))
    if not unit:
        words = match.words().split()
        values = (match.language.value(c, w) for w in words for c in ("UNIT", "UNITS"))
        unit = str(next((v for v in values if v), ""))
    return _amount(match), unit


def _length_mod(match: Match) -> str:
    length = match.frame("length")
    return length.mod if length else ""


def _amount(match: Match) -> float | None:
    if "half" in match.rule.options:
        return 0.5
    if "count" not in match.groups:
        number = 1.0 if match.value("unit", "UNIT") or "count" in match.rule.options else None
    else:
        number = count(match.language, match.text("count"))
    return (number or 1.0) + 0.5 if "half" in match.groups else number


def read_shift(match: Match) -> Frame | None:
    """So long before or after something."""
    number, unit = _measure(match)
    options, length = match.rule.options, match.frame("length")
    loose = length is not None and length.count is None and length.bare
    daypart, base = str(match.value("unit", "DAYPART") or ""), match.frame("of")
    if base is not None and base.unit == "T":
        return None
    return Frame(
        kind="shift",
        rule=match.rule.name,
        unit="D" if daypart else unit,
        count=number if unit or daypart else 1.0,
        direction=_direction(match) or 1,
        mod=str(match.value("mod", "DEGREE", "PART") or _length_mod(match)),
        base=base,
        source=str(options.get("from", "flow")),
        time=daypart,
        part="soon" if "soon" in options else "",
        bare=loose,
        whole="whole" in options,
        named="named" in options,
    )


def read_same(match: Match) -> Frame | None:
    """The same unit as that of which the story speaks."""
    fixed = match.rule.options.get("value")
    if fixed:
        return Frame(kind="ref", rule=match.rule.name, value=str(fixed))
    unit = str(match.value("unit", "UNIT") or match.rule.options.get("unit", "") or "D")
    daypart = match.value("unit", "DAYPART") if "unit" in match.groups else None
    time = "TNI" if unit == "N" else str(daypart or "")
    source = str(match.rule.options.get("from", "flow"))
    unit = "D" if unit == "N" or time else unit
    return Frame(
        kind="same",
        rule=match.rule.name,
        unit=unit,
        time=time,
        source=source,
        base=match.frame("of"),
        bare=match.value("same", "SAME") == 1 or "this" in match.rule.options,
    )


def read_set(match: Match) -> Frame | None:
    """Again and again."""
    unit = match.value("unit", "UNIT", "UNITS") or match.value("every", "UNITADJ")
    unit = unit or match.rule.options.get("unit")
    if "days" in match.groups:
        value = f"XXXX-WXX-{match.value('days', 'WEEKDAYS')}"
        return Frame(kind="set", rule=match.rule.name, value=value)
    if unit is None:
        return _set_of_named(match)
    number = count(match.language, match.text("count")) if "count" in match.groups else 1.0
    return Frame(kind="set", rule=match.rule.name, unit=str(unit), count=number)


def _set_of_named(match: Match) -> Frame | None:
    """Every Tuesday, each spring: what the named time leaves open is written with X."""
    base = match.frame("of")
    if base is None:
        return None
    if base.weekday and not base.day:
        value = f"XXXX-WXX-{base.weekday}"
    elif base.time:
        value = f"XXXX-XX-XX{base.time}"
    else:
        value = yearless_value(base)
    return Frame(kind="set", rule=match.rule.name, value=value)


def read_ref(match: Match) -> Frame | None:
    """The past, the present, the future."""
    fixed = match.rule.options.get("value")
    value = fixed or match.value("ref", "NOW", "PASTWORD", "FUTUREWORD")
    return Frame(kind="ref", rule=match.rule.name, value=str(value))


def read_vague(match: Match) -> Frame | None:
    """A time that is named and not measured."""
    return Frame(kind="vague", rule=match.rule.name, value=str(match.rule.options.get("value", "")))


READINGS: dict[str, Reading] = {
    "DATE": read_date,
    "RANGE": read_range,
    "PART": read_part,
    "TIME": read_time,
    "SPAN": read_span,
    "SHIFT": read_shift,
    "SAME": read_same,
    "SET": read_set,
    "REF": read_ref,
    "VAGUE": read_vague,
}
