"""Dates in words, in the reader's language.

Babel gives the patterns, month names and eras of CLDR. It formats only what `datetime.date` can
hold, so its patterns are filled here: that takes years BC and Julian leap days too.
"""

from collections.abc import Mapping
from datetime import timedelta
from functools import lru_cache
from typing import Any

import msgspec
from babel import Locale, UnknownLocaleError, localedata
from babel.dates import format_timedelta, tokenize_pattern

from hodie.dates.calendars import Calendar, DateError
from hodie.dates.civil import CivilDay
from hodie.dates.historical import HistoricalDate, MonthDay
from hodie.dates.interval import Interval
from hodie.dates.phrases import NEUTRAL, PHRASES, Phrases, roman

# Plain English is written day first, as most of the world writes it; en-US is asked for by name.
_PATTERNS_FROM = {"en": "en_GB"}

# Where the digits of a CLDR numbering system begin; Babel writes 0 to 9 in every language.
_ZERO = {"arab": "٠", "arabext": "۰", "beng": "০", "deva": "०", "mymr": "၀", "tibt": "༠"}

_SOLAR = (Calendar.GREGORIAN, Calendar.JULIAN)
_ERA_BELOW = 100  # "19 August 14" reads as a slip: years of one or two digits say their era


class _Language(msgspec.Struct, frozen=True):
    """All that wording needs to know of one language."""

    tag: str
    locale: Locale
    phrases: Phrases
    zero: str

    def digits(self, text: str) -> str:
        if self.zero == "0":
            return text
        return text.translate({48 + n: ord(self.zero) + n for n in range(10)})

    def skeleton(self, name: str, otherwise: str) -> str:
        found = self.locale.datetime_skeletons.get(name)
        return str(found.pattern) if found is not None else otherwise


def _month_names(locale: Locale, context: str) -> Any:
    """Return the month names to stand beside a day ("format") or without one ("stand-alone").

    In Russian that is августа and август.
    """
    # Babel keeps what an alias resolved to in the data that locales share: once Chinese was asked
    # for stand-alone names, Italian answers in Chinese. What is shared with the root is an alias.
    shared = localedata.load("root")["months"]["stand-alone"]
    if localedata.load(str(locale))["months"]["stand-alone"] is shared:
        context = "format"
    return locale.months[context]["wide"]


@lru_cache(maxsize=256)
def _language(tag: str) -> _Language:
    locale = _locale(tag)
    patterns = Locale.parse(_PATTERNS_FROM.get(str(locale), str(locale)))
    zero = _ZERO.get(patterns.default_numbering_system, "0")
    return _Language(tag, patterns, _phrases(patterns), zero)


def _locale(tag: str) -> Locale:
    """Return the locale that Babel has for a tag, or for the tag without its last parts."""
    parts = tag.replace("_", "-").split("-")
    while parts:
        try:
            return Locale.parse("-".join(parts), sep="-")
        except (UnknownLocaleError, ValueError):
            parts.pop()
    known = ", ".join(PHRASES)
    raise DateError(f"no language {tag!r}; dates are worded in {known}, and all that Babel knows")


def _phrases(locale: Locale) -> Phrases:
    if locale.script and f"{locale.language}_{locale.script}" in PHRASES:
        return PHRASES[f"{locale.language}_{locale.script}"]
    return PHRASES.get(locale.language, NEUTRAL)


def worded(
    date: HistoricalDate | Interval | MonthDay, language: str = "en", *, weekday: bool = False
) -> str:
    """Write a date in words, as it is stated: no calendar is changed.

    `language` is a tag such as `de`, `en-US` or `zh-Hant`. `weekday` names the day of the week
    where the date has a day.

    >>> worded(HistoricalDate(1940, 8, 20))
    '20 August 1940'
    >>> worded(HistoricalDate(1940, 8, 20), "en-US", weekday=True)
    'Tuesday, August 20, 1940'
    >>> worded(HistoricalDate(-43, 3, 15, calendar="julian"), "de")
    '15. März 44 v. Chr.'
    >>> worded(Interval.parse("1940-05/1940-06"))
    'May to June 1940'
    """
    spoken = _language(language)
    if isinstance(date, MonthDay):
        pattern = spoken.skeleton("MMMMd", "d MMMM")
        return _fill(pattern, spoken, month=date.month, day=date.day)
    if isinstance(date, Interval):
        return _interval(date, spoken, weekday)
    return _date(date, spoken, weekday)


def worded_year(year: int, language: str = "en") -> str:
    """Write an astronomical year in words.

    >>> worded_year(-43), worded_year(1940), worded_year(0)
    ('44 BC', '1940', '1 BC')
    """
    return _year(year, _language(language))


def worded_both(civil: CivilDay, language: str = "en", *, weekday: bool = False) -> str:
    """Write the remembered date and, where there is one, its Old Style; or that it is doubtful.

    The Old Style date repeats the year only where it is another one.

    >>> october = HistoricalDate(1917, 11, 7)
    >>> worded_both(CivilDay(MonthDay(11, 7), october, october.to("julian")))
    '7 November 1917 (25 October, Old Style)'
    """
    spoken = _language(language)
    new = worded(civil.date, language, weekday=weekday)
    if civil.doubtful:
        return spoken.phrases.doubtful.format(new)
    old = civil.old_style
    if old is None:
        return new
    short = old.month_day if old.year == civil.date.year else None
    return spoken.phrases.old_style.format(new=new, old=worded(short or old, language))


def anniversary_words(years: int, language: str = "en") -> str:
    """Say how long ago, or how far off, something is that many years away.

    >>> anniversary_words(80), anniversary_words(0), anniversary_words(-1)
    ('80 years ago', 'this year', 'next year')
    """
    spoken = _language(language)
    said = {0: spoken.phrases.this_year, -1: spoken.phrases.next_year}.get(years)
    if said is not None:
        return said
    span = timedelta(days=-365 * years)
    text = format_timedelta(span, granularity="year", add_direction=True, locale=spoken.locale)
    return spoken.digits(text)


def anniversary_ordinal(years: int, language: str = "en") -> str:
    """Name an anniversary; where the language's ordinals are not known here, its years alone.

    >>> anniversary_ordinal(250), anniversary_ordinal(250, "it")
    ('the 250th anniversary', '250 anni')
    """
    if years < 1:
        raise DateError(f"no anniversary after {years!r} years: it needs 1 at least")
    spoken = _language(language)
    if spoken.phrases.anniversary is not None:
        ordinal = spoken.phrases.ordinal(years)
        return spoken.digits(spoken.phrases.anniversary.format(ordinal))
    span = timedelta(days=365 * years)
    return spoken.digits(format_timedelta(span, granularity="year", locale=spoken.locale))


def _date(date: HistoricalDate, spoken: _Language, weekday: bool = False) -> str:
    text = _exact(date, spoken, weekday)
    phrases = spoken.phrases
    if date.approximate:
        text = _by_precision(phrases.circa, date).format(text)
    return phrases.uncertain.format(text) if date.uncertain else text


def _by_precision(forms: Mapping[str, str], date: HistoricalDate) -> str:
    return forms.get(date.precision, forms[""])


def _exact(date: HistoricalDate, spoken: _Language, weekday: bool = False) -> str:
    """Word a date without regard to whether it is approximate or uncertain."""
    if date.calendar not in _SOLAR:
        return _foreign(date, spoken)
    match date.precision:
        case "day":
            name = "full" if weekday else "long"
            pattern = str(spoken.locale.date_formats[name].pattern)
            return _fill_date(pattern, date, spoken)
        case "month":
            return _fill_date(spoken.skeleton("yMMMM", "MMMM y"), date, spoken)
        case "season":
            return _season(date, spoken)
        case "year":
            return _year(date.year, spoken)
        case "decade":
            return _decade(date.year, spoken)
        case _:
            return _century(date.year, spoken)


def _year(year: int, spoken: _Language, *, era: bool = False) -> str:
    with_era = era or year < _ERA_BELOW
    pattern = spoken.skeleton("Gy", "y G") if with_era else spoken.skeleton("y", "y")
    return _fill(pattern, spoken, year=year)


def _decade(first: int, spoken: _Language) -> str:
    # A decade of EDTF is not one of the years BC: -004X is 50 to 41 BC, not "the 40s".
    if spoken.phrases.decade is None or first <= 0:
        return _years(first, first + 9, spoken)
    return spoken.phrases.decade.format(spoken.digits(str(first)))


def _century(first: int, spoken: _Language) -> str:
    phrases = spoken.phrases
    if phrases.century is None:
        return _years(first, first + 99, spoken)
    number = first // 100 + 1 if first >= 0 else -(first - 1) // 100
    text = phrases.century.format(spoken.digits(phrases.century_number(number)))
    if first >= 0:
        return text
    era = spoken.locale.eras["abbreviated"][0]
    return f"{era}{text}" if spoken.skeleton("Gy", "y G").startswith("Gy") else f"{text} {era}"


def _season(date: HistoricalDate, spoken: _Language) -> str:
    phrases = spoken.phrases
    if phrases.seasons is None or date.month is None:
        return date.edtf
    season = phrases.seasons[date.month - 21]
    return phrases.season.format(season=season, year=_year(date.year, spoken))


def _foreign(date: HistoricalDate, spoken: _Language) -> str:
    names = _MONTHS[date.calendar]
    year = roman(date.year) if date.calendar is Calendar.REPUBLICAN else str(date.year)
    if date.calendar is Calendar.ISLAMIC:
        year += " AH"
    month = names[date.month - 1] if date.month else None
    parts = [str(date.day) if date.day else None, month, year]
    return spoken.digits(" ".join(part for part in parts if part))


_MONTHS: dict[Calendar, tuple[str, ...]] = {
    Calendar.HEBREW: ("Nisan", "Iyar", "Sivan", "Tamuz", "Av", "Elul", "Tishri", "Heshvan",
                      "Kislev", "Tevet", "Shevat", "Adar", "Adar II"),
    Calendar.ISLAMIC: ("Muharram", "Safar", "Rabiʻ I", "Rabiʻ II", "Jumada I", "Jumada II",
                       "Rajab", "Shaʻban", "Ramadan", "Shawwal", "Dhuʻl-Qiʻdah", "Dhuʻl-Hijjah"),
    Calendar.REPUBLICAN: ("Vendémiaire", "Brumaire", "Frimaire", "Nivôse", "Pluviôse", "Ventôse",
                          "Germinal", "Floréal", "Prairial", "Messidor", "Thermidor",
                          "Fructidor", "Sansculottides"),
}  # fmt: skip


def _interval(interval: Interval, spoken: _Language, weekday: bool) -> str:
    start, end, phrases = interval.start, interval.end, spoken.phrases
    if start is None:
        assert end is not None
        form = (
            phrases.until_unknown if interval.start_unknown else _by_precision(phrases.until, end)
        )
        return form.format(_date(end, spoken, weekday))
    if end is None:
        form = (
            phrases.since_unknown if interval.end_unknown else _by_precision(phrases.since, start)
        )
        return form.format(_date(start, spoken, weekday))
    if weekday or not _alike(start, end):
        return _joined(_date(start, spoken, weekday), _date(end, spoken, weekday), spoken)
    if start.precision == "year":
        return _years(start.year, end.year, spoken)
    if start.year != end.year:
        return _joined(_date(start, spoken), _date(end, spoken), spoken)
    return _within_year(start, end, spoken)


def _alike(start: HistoricalDate, end: HistoricalDate) -> bool:
    """Tell whether two dates may share the words for their year or month."""
    plain = not (start.approximate or start.uncertain or end.approximate or end.uncertain)
    same = start.calendar is end.calendar and start.precision == end.precision
    return (
        plain and same and start.calendar in _SOLAR and start.precision in ("year", "month", "day")
    )


def _joined(start: str, end: str, spoken: _Language) -> str:
    return f"{start}{spoken.phrases.to}{end}"


def _years(first: int, last: int, spoken: _Language) -> str:
    if first <= 0 < last:
        both = (_year(first, spoken, era=True), _year(last, spoken, era=True))
        return _joined(*both, spoken)
    era = "Gy" if last < _ERA_BELOW else "y"
    formats = spoken.locale.interval_formats.get(era, {}).get("y")
    if not formats or len(formats) != 2:
        return _joined(_year(first, spoken), _year(last, spoken), spoken)
    halves = (_fill(p, spoken, year=y) for p, y in zip(formats, (first, last), strict=True))
    return "".join(halves).replace("\u2009", "")


def _within_year(start: HistoricalDate, end: HistoricalDate, spoken: _Language) -> str:
    assert start.month is not None
    assert end.month is not None
    if start.precision == "month":
        pattern = spoken.skeleton("yMMMM", "MMMM y")
        return _fill_date(pattern, start, spoken, until_month=end.month)
    pattern = str(spoken.locale.date_formats["long"].pattern)
    if start.month == end.month:
        return _fill_date(pattern, start, spoken, until_day=end.day)
    short = spoken.skeleton("MMMMd", "d MMMM")
    year_first = pattern.index("y") < pattern.index("d")
    patterns = (pattern, short) if year_first else (short, pattern)
    halves = (_fill_date(patterns[0], start, spoken), _fill_date(patterns[1], end, spoken))
    return _joined(*halves, spoken)


def _fill_date(
    pattern: str,
    date: HistoricalDate,
    spoken: _Language,
    *,
    until_month: int | None = None,
    until_day: int | None = None,
) -> str:
    if date.year < _ERA_BELOW and "y" in pattern:
        pattern = _with_era(pattern, spoken)
    weekday = date.weekday if "E" in pattern else None
    return _fill(
        pattern,
        spoken,
        year=date.year,
        month=date.month,
        day=date.day,
        weekday=weekday,
        until_month=until_month,
        until_day=until_day,
    )


def _with_era(pattern: str, spoken: _Language) -> str:
    """Put the era where the language's pattern for a year with its era has it."""
    if "G" in pattern:
        return pattern
    if spoken.skeleton("Gy", "y G").startswith("G"):
        return pattern.replace("y", "Gy", 1)
    year_last = pattern.index("y") > max(pattern.find("d"), pattern.find("M"), pattern.find("L"))
    return f"{pattern} G" if year_last else pattern.replace("y", "y G", 1)


# What belongs to a number and is repeated in a range: 20.–21. August, 20日至21日.
_TIED = (".", "日", "月", "일", "월")


def _fill(
    pattern: str,
    spoken: _Language,
    *,
    year: int = 1,
    month: int | None = None,
    day: int | None = None,
    weekday: int | None = None,
    until_month: int | None = None,
    until_day: int | None = None,
) -> str:
    tokens = _tokens(pattern)
    until = {"M": until_month, "L": until_month, "d": until_day}
    text = ""
    for place, (letter, width) in enumerate(tokens):
        if not width:
            text += letter
            continue
        value = {"M": month, "L": month, "d": day, "E": weekday}.get(letter, year)
        text += _field(letter, width, value or 0, spoken)
        last = until.get(letter)
        if last is not None:
            following = tokens[place + 1][0] if place + 1 < len(tokens) else ""
            tied = following[0] if following.startswith(_TIED) else ""
            separator = spoken.phrases.dash if letter == "d" or width < 3 else spoken.phrases.to
            text += tied + separator + _field(letter, width, last, spoken)
    return text


@lru_cache(maxsize=512)
def _tokens(pattern: str) -> tuple[tuple[str, int], ...]:
    """Split a CLDR pattern into fields (a letter and its width) and plain text (width 0)."""
    tokens: list[tuple[str, int]] = []
    for _, value in tokenize_pattern(pattern):
        if isinstance(value, tuple):
            tokens.append(value)
        elif tokens and not tokens[-1][1]:
            tokens[-1] = (tokens[-1][0] + value, 0)
        else:
            tokens.append((value, 0))
    return tuple(tokens)


def _field(letter: str, width: int, value: int, spoken: _Language) -> str:
    match letter:
        case "y":
            return spoken.digits(str(value if value > 0 else 1 - value))
        case "G":
            return str(spoken.locale.eras["abbreviated"][1 if value > 0 else 0])
        case "d":
            return _day(value, spoken)
        case "E" | "c":
            return str(spoken.locale.days["format"]["wide"][value - 1])
        case _:
            return _month(letter, width, value, spoken)


def _day(day: int, spoken: _Language) -> str:
    if day == 1 and spoken.phrases.first_day is not None:
        return spoken.phrases.first_day
    return spoken.digits(str(day))


def _month(letter: str, width: int, month: int, spoken: _Language) -> str:
    if width < 3:
        return spoken.digits(str(month))
    context = "stand-alone" if letter == "L" else "format"
    return str(_month_names(spoken.locale, context)[month])
