"""Dates in words, in the reader's language.

Babel gives the patterns, month names and eras of CLDR. It fills them only with what a
`datetime.date` can hold; here they are filled with years BC and Julian leap days too.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import lru_cache

from babel.dates import format_timedelta

from hodie.dates.calendars import SOLAR, DateError, month_length
from hodie.dates.civil import CivilDay
from hodie.dates.historical import HistoricalDate, MonthDay
from hodie.dates.interval import Interval
from hodie.dates.languages import Language, Tokens
from hodie.dates.languages import language as language_of
from hodie.dates.phrases import Forms, roman

# "19 August 14" reads like a slip: years of one or two digits say their era.
_FIRST_PLAIN_YEAR = 100
_LEAP_YEAR = 2000


def worded(
    date: HistoricalDate | Interval | MonthDay, language: str = "en", *, weekday: bool = False
) -> str:
    """Write a date in words, as it is stated: it is never moved to another calendar.

    `language` is a tag such as `de`, `en-US` or `zh-Hant`; one that nobody knows raises DateError.
    `weekday` names the day of the week, where a date has a day.

    >>> worded(HistoricalDate(1940, 8, 20))
    '20 August 1940'
    >>> worded(HistoricalDate(1940, 8, 20), "en-US", weekday=True)
    'Tuesday, August 20, 1940'
    >>> worded(HistoricalDate(-43, 3, 15, calendar="julian"), "de")
    '15. März 44 v. Chr.'
    >>> worded(Interval.parse("1940-05/1940-06"))
    'May to June 1940'
    """
    spoken = language_of(language)
    if isinstance(date, HistoricalDate):
        return _date(date, spoken, weekday)
    if isinstance(date, Interval):
        return _interval(date, spoken, weekday)
    return _template("month-day", date.month, date.day, True, spoken)


@lru_cache(maxsize=8192)
def worded_year(year: int, language: str = "en") -> str:
    """Write an astronomical year in words.

    >>> worded_year(-43), worded_year(1940), worded_year(0)
    ('44 BC', '1940', '1 BC')
    """
    return _year(year, language_of(language))


def worded_both(civil: CivilDay, language: str = "en", *, weekday: bool = False) -> str:
    """Write the remembered date with its Old Style one, or say that its calendar is doubtful.

    The Old Style date repeats the year only where it is another.

    >>> november = HistoricalDate(1917, 11, 7)
    >>> worded_both(CivilDay(MonthDay(11, 7), november, november.to("julian")))
    '7 November 1917 (25 October, Old Style)'
    """
    phrases = language_of(language).phrases
    new, old = worded(civil.date, language, weekday=weekday), civil.old_style
    if civil.doubtful:
        return phrases.doubtful.format(new)
    if old is None:
        return new
    short = old.month_day if old.year == civil.date.year else None
    return phrases.old_style.format(new=new, old=worded(short or old, language))


def anniversary_words(years: int, language: str = "en") -> str:
    """Say how long ago something was, or how far off it is.

    >>> anniversary_words(80), anniversary_words(0), anniversary_words(-1)
    ('80 years ago', 'this year', 'next year')
    """
    phrases = language_of(language).phrases
    if years == 0:
        return phrases.this_year or _years_long(0, language)
    if years == -1 and phrases.next_year:
        return phrases.next_year
    return _years_long(-years, language, add_direction=True)


def anniversary_ordinal(years: int, language: str = "en") -> str:
    """Name an anniversary; where the language's ordinals are not known here, its years alone.

    Raises DateError below one year.

    >>> anniversary_ordinal(250), anniversary_ordinal(250, "it")
    ('the 250th anniversary', '250 anni')
    """
    if years < 1:
        raise DateError(f"no anniversary after {years!r} years: it takes 1 at least")
    spoken = language_of(language)
    if spoken.phrases.anniversary is None:
        return _years_long(years, language)
    return spoken.digits(spoken.phrases.anniversary.format(spoken.phrases.ordinal(years)))


def _years_long(years: int, language: str, *, add_direction: bool = False) -> str:
    spoken = language_of(language)
    try:
        span = timedelta(days=365 * years)
    except OverflowError as error:
        raise DateError(f"{years} years are too many to word") from error
    text = format_timedelta(
        span, granularity="year", add_direction=add_direction, locale=spoken.locale
    )
    return spoken.digits(text)


# Dates, by precision


def _date(date: HistoricalDate, spoken: Language, weekday: bool = False) -> str:
    if date.approximate:
        text = _governed(spoken.phrases.circa, date, spoken, weekday)
    else:
        text = _exact(date, spoken, weekday)
    return _hedged(date, text, spoken)


def _hedged(date: HistoricalDate, text: str, spoken: Language) -> str:
    return spoken.phrases.uncertain.format(text) if date.uncertain else text


def _exact(date: HistoricalDate, spoken: Language, weekday: bool = False) -> str:
    """Word a date without its being approximate or uncertain."""
    if date.calendar not in SOLAR:
        return _of_other_months(date, spoken)
    match date.precision:
        case "day" if weekday:
            return _fill(_pattern("weekday", date, spoken), _texts(date, spoken))
        case "day":
            return _filled("day", date, spoken)
        case "month":
            return _filled("month", date, spoken)
        case "season":
            return _season(date, spoken.phrases.seasons, spoken)
        case "year":
            return _year(date.year, spoken)
        case "decade":
            return _decade(date.year, spoken.phrases.decade, spoken)
        case "century":
            return _century(date.year, spoken.phrases.century, spoken)


def _governed(forms: Forms, date: HistoricalDate, spoken: Language, weekday: bool = False) -> str:
    """Word a date after a word, such as "until", that may change its case or want an article."""
    form, phrases = forms.get(date.precision), spoken.phrases
    if date.calendar not in SOLAR:
        return forms[""].format(_exact(date, spoken))
    match date.precision:
        case "decade" if form and date.year > 0:
            return _decade(date.year, form, spoken)
        case "century" if form:
            return _century(date.year, form, spoken)
        case "season":
            form = forms.get(f"season-{date.month}", form)
            text = _season(date, phrases.governed_seasons or phrases.seasons, spoken)
        case "month" if phrases.governed_months:
            text = _filled("month", date, spoken, standing=False)
        case _:
            text = _exact(date, spoken, weekday)
    return (form or forms[""]).format(text)


def _year(year: int, spoken: Language, *, era: bool = False) -> str:
    name = "year-era" if era or year < _FIRST_PLAIN_YEAR else "year"
    return _template(name, None, None, year > 0, spoken).format(_number(year, spoken))


def _decade(first: int, form: str | None, spoken: Language) -> str:
    # EDTF's decades are not those of the years BC: -004X is 50 to 41 BC, not "the 40s". And 000X
    # begins with 1 BC.
    if form is None or first <= 0:
        return _years(first, first + 9, spoken)
    return form.format(spoken.digits(str(first)))


def _century(first: int, form: str | None, spoken: Language) -> str:
    if form is None:
        return _years(first, first + 99, spoken)
    number = first // 100 + 1 if first >= 0 else -first // 100 + 1
    text = form.format(spoken.digits(spoken.phrases.century_number(number)))
    if first >= 0:
        return text
    return f"{spoken.eras[0]}{text}" if spoken.era_first else f"{text} {spoken.eras[0]}"


def _season(date: HistoricalDate, names: tuple[str, ...] | None, spoken: Language) -> str:
    if names is None or date.month is None:
        return date.edtf
    year = _year(date.year, spoken)
    return spoken.phrases.season.format(season=names[date.month - 21], year=year)


def _of_other_months(date: HistoricalDate, spoken: Language) -> str:
    months = spoken.names[date.calendar]
    if date.month is None:
        form, names = months.year, months.names
    elif date.day is None:
        form, names = months.month, months.standing or months.names
    else:
        form, names = months.date, months.names
    name = names[date.month - 1] if date.month else ""
    if date.month == 12 and months.leap_adar and month_length(date.calendar, date.year, 13):
        name = months.leap_adar
    year, day = spoken.digits(str(date.year)), _day(date.day or 0, spoken)
    return form.format(day=day, month=name, year=year, roman=roman(date.year))


# Intervals


def _interval(interval: Interval, spoken: Language, weekday: bool) -> str:
    start, end, phrases = interval.start, interval.end, spoken.phrases
    if start is None:
        assert end is not None
        text = _bounded(phrases.until, end, spoken, weekday)
        return phrases.start_unknown.format(text) if interval.start_unknown else text
    if end is None:
        text = _bounded(phrases.since, start, spoken, weekday)
        return phrases.end_unknown.format(text) if interval.end_unknown else text
    if weekday or not _alike(start, end):
        return _joined(_date(start, spoken, weekday), _date(end, spoken, weekday), spoken)
    return _closed(start, end, spoken)


def _bounded(forms: Forms, date: HistoricalDate, spoken: Language, weekday: bool) -> str:
    """Word the only date of an interval."""
    if not date.approximate:
        return _hedged(date, _governed(forms, date, spoken, weekday), spoken)
    about = spoken.phrases.brief_circa.format(_exact(date, spoken, weekday))
    return _hedged(date, forms.get("circa", forms[""]).format(about), spoken)


def _alike(start: HistoricalDate, end: HistoricalDate) -> bool:
    """Tell whether two dates may share the words for their year or month."""
    plain = not (start.approximate or start.uncertain or end.approximate or end.uncertain)
    same = start.calendar is end.calendar and start.precision == end.precision
    return plain and same and start.calendar in SOLAR


def _closed(start: HistoricalDate, end: HistoricalDate, spoken: Language) -> str:
    if start == end:
        return _exact(start, spoken)
    if start.precision == "year":
        return _years(start.year, end.year, spoken)
    if start.year == end.year and start.precision == "month":
        return _filled_range("month", "ML", start, end, spoken)
    if start.year == end.year and start.precision == "day":
        return _days_of_year(start, end, spoken)
    return _joined(_exact(start, spoken), _exact(end, spoken), spoken)


def _joined(start: str, end: str, spoken: Language) -> str:
    return f"{start}{spoken.phrases.to}{end}"


def _years(first: int, last: int, spoken: Language) -> str:
    across_eras = first <= 0 < last
    name = "year-era" if last < _FIRST_PLAIN_YEAR else "year"
    halves = spoken.year_ranges.get(name)
    if across_eras or halves is None or first < _FIRST_PLAIN_YEAR <= last:
        years = (_year(year, spoken, era=across_eras) for year in (first, last))
        return _joined(next(years), next(years), spoken)
    texts = (
        _fill(half, _texts(HistoricalDate(year), spoken))
        for half, year in zip(halves, (first, last), strict=True)
    )
    return "".join(texts).replace("\u2009", "")  # CLDR has thin spaces in some, ours has none


def _days_of_year(start: HistoricalDate, end: HistoricalDate, spoken: Language) -> str:
    if start.month == end.month:
        return _filled_range("day", "d", start, end, spoken)
    names = ("day", "month-day") if spoken.year_first else ("month-day", "day")
    return _joined(_filled(names[0], start, spoken), _filled(names[1], end, spoken), spoken)


# Patterns

Texts = Callable[[str, int], str]
"""Gives the text of a pattern's field: its letter and its width."""

# What is said again with the second number of a range: 20.–21. August, 20日至21日.
_REPEATED = (".", "日", "月", "일", "월")


def _filled(name: str, date: HistoricalDate, spoken: Language, *, standing: bool = True) -> str:
    year = date.year
    name = _with_era(name, year, spoken)
    template = _template(name, date.month, date.day, year > 0, spoken, standing)
    return template.format(_number(year, spoken))


@lru_cache(maxsize=8192)
def _template(
    name: str,
    month: int | None,
    day: int | None,
    christian: bool,
    spoken: Language,
    standing: bool = True,
) -> str:
    """Fill a pattern but for its year, in whose place stands {}.

    So most of a date is worded already: there are many dates, but few days of a year.
    """
    date = HistoricalDate(_LEAP_YEAR if christian else -_LEAP_YEAR, month, day)
    texts = _texts(date, spoken, standing=standing)
    return _fill(
        spoken.patterns[name],
        lambda letter, width: "{}" if letter == "y" else texts(letter, width),
    )


@lru_cache(maxsize=8192)
def _number(year: int, spoken: Language) -> str:
    return spoken.digits(str(year if year > 0 else 1 - year))


def _with_era(name: str, year: int, spoken: Language) -> str:
    """Return the name of the pattern for dates of a year."""
    if year >= _FIRST_PLAIN_YEAR or f"{name}-era" not in spoken.patterns:
        return name
    return f"{name}-era"


def _pattern(name: str, date: HistoricalDate, spoken: Language) -> Tokens:
    return spoken.patterns[_with_era(name, date.year, spoken)]


def _filled_range(
    name: str, letters: str, start: HistoricalDate, end: HistoricalDate, spoken: Language
) -> str:
    """Fill a pattern with a range in place of one field: 20–21 August 1940."""
    pattern = _pattern(name, start, spoken)
    [place] = [at for at, (letter, width) in enumerate(pattern) if width and letter in letters]
    following = pattern[place + 1][0] if place + 1 < len(pattern) else ""
    repeated = following[0] if following.startswith(_REPEATED) else ""
    first, last = _texts(start, spoken), _texts(end, spoken)
    in_words = pattern[place][1] > 2
    between = f"{repeated}{spoken.phrases.to if in_words else spoken.phrases.dash}"
    return _fill(
        pattern,
        lambda letter, width: (
            first(letter, width) + between + last(letter, width)
            if letter in letters
            else first(letter, width)
        ),
    )


def _fill(pattern: Tokens, texts: Texts) -> str:
    return "".join(texts(piece, width) if width else piece for piece, width in pattern)


def _texts(date: HistoricalDate, spoken: Language, *, standing: bool = True) -> Texts:
    def text(letter: str, width: int) -> str:
        match letter:
            case "y":
                return _number(date.year, spoken)
            case "M" | "L":
                names = spoken.standing_months if letter == "L" and standing else spoken.months
                return names[date.month or 0] if width > 2 else spoken.digits(str(date.month))
            case "d":
                return _day(date.day or 0, spoken)
            case "G":
                return spoken.eras[date.year > 0]
            case "E" | "c":
                return spoken.weekdays[date.weekday - 1]
        raise AssertionError(f"CLDR's pattern has a field {letter!r} that dates do not have")

    return text


def _day(day: int, spoken: Language) -> str:
    if day == 1 and spoken.phrases.first_day is not None:
        return spoken.phrases.first_day
    return spoken.digits(str(day))
