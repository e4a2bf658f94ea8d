"""What CLDR, through Babel, and our own tables know of a language."""

from collections.abc import Mapping
from functools import lru_cache

import msgspec
from babel import Locale, UnknownLocaleError
from babel.dates import tokenize_pattern

from hodie.dates.calendars import Calendar, DateError
from hodie.dates.months import MONTHS, Months
from hodie.dates.phrases import NEUTRAL, PHRASES, Phrases

# Plain English is written day first, as most of the world writes it; en-US is asked for by name.
_LOCALES = {"en": "en_GB"}

# Where the digits of CLDR's numbering systems begin; Babel itself writes 0 to 9 everywhere.
_ZEROS = {"arab": "٠", "arabext": "۰", "beng": "০", "deva": "०", "mymr": "၀", "tibt": "༠"}

Tokens = tuple[tuple[str, int], ...]
"""A pattern in pieces: a field's letter and its width, or plain text and 0."""


class Language(msgspec.Struct, frozen=True, eq=False):
    """One language, as far as dates need it.

    `patterns` are CLDR's, by name: day, weekday, month, month-day, year, and with the era too:
    day-era, weekday-era, month-era, year-era. `year_ranges` may lack one.
    """

    locale: Locale
    phrases: Phrases
    names: Mapping[Calendar, Months]
    months: tuple[str, ...]
    standing_months: tuple[str, ...]
    weekdays: tuple[str, ...]
    eras: tuple[str, str]
    patterns: Mapping[str, Tokens]
    year_ranges: Mapping[str, tuple[Tokens, Tokens]]
    zero: str

    @property
    def era_first(self) -> bool:
        """Whether the era stands before its year, as in 公元前44年."""
        return self.patterns["year-era"][0][0] == "G"

    @property
    def year_first(self) -> bool:
        """Whether the year stands before the day, as in 1940年8月20日."""
        letters = [letter for letter, width in self.patterns["day"] if width]
        return letters.index("y") < letters.index("d")

    def digits(self, text: str) -> str:
        """Write the digits of `text` as the language does."""
        if self.zero == "0":
            return text
        return text.translate({ord("0") + n: ord(self.zero) + n for n in range(10)})


@lru_cache(maxsize=256)
def language(tag: str) -> Language:
    """Return the language of a tag such as `de`, `en-US` or `zh-Hant`.

    A tag that Babel does not know as a whole is tried without its last parts: `en-XX` is `en`.
    Raises DateError where nothing is left.
    """
    locale = _locale(tag)
    locale = Locale.parse(_LOCALES.get(str(locale), str(locale)))
    tables = _table_name(locale)
    patterns, months = _patterns(locale, tables), _month_names(locale)
    standing = _standing_months(locale, months) if "L" in patterns["month"] else months
    return Language(
        locale=locale,
        phrases=PHRASES.get(tables, NEUTRAL),
        names=MONTHS.get(tables, MONTHS["en"]),
        months=months,
        standing_months=standing,
        weekdays=tuple(str(locale.days["format"]["wide"][day]) for day in range(7)),
        eras=(locale.eras["abbreviated"][0], locale.eras["abbreviated"][1]),
        patterns={name: tokens(pattern) for name, pattern in patterns.items()},
        year_ranges=_year_ranges(locale),
        zero=_ZEROS.get(locale.default_numbering_system, "0"),
    )


def _locale(tag: str) -> Locale:
    parts = tag.replace("_", "-").split("-")
    while parts:
        try:
            return Locale.parse("-".join(parts), sep="-")
        except (UnknownLocaleError, ValueError):
            parts.pop()
    known = ", ".join(PHRASES)
    raise DateError(f"no language {tag!r}; there are {known}, and with fewer words all of Babel's")


def _table_name(locale: Locale) -> str:
    with_script = f"{locale.language}_{locale.script}"
    return with_script if with_script in PHRASES else str(locale.language)


def _month_names(locale: Locale) -> tuple[str, ...]:
    names = locale.months["format"]["wide"]
    return ("", *(str(names[month]) for month in range(1, 13)))


def _standing_months(locale: Locale, months: tuple[str, ...]) -> tuple[str, ...]:
    """Return the names of months without a day: in Russian август, not августа."""
    names = locale.months["stand-alone"]["wide"]
    # Babel writes what an alias resolved to into the data that locales share (its issue 1234): once
    # Chinese was asked for these names, Bosnian answers in Chinese. Names that are nothing but the
    # other names of the locale that resolved them are such an alias.
    if dict(names) == dict(names.base["months"]["format"]["wide"]):
        return months
    return ("", *(str(names[month]) for month in range(1, 13)))


def _patterns(locale: Locale, tables: str) -> dict[str, str]:
    year = PHRASES.get(tables, NEUTRAL).year
    plain = {
        "day": str(locale.date_formats["long"].pattern),
        "weekday": str(locale.date_formats["full"].pattern),
        "month": _skeleton(locale, "yMMMM", "MMMM y"),
        "month-day": _skeleton(locale, "MMMMd", "d MMMM"),
        "year": year or _skeleton(locale, "y", "y"),
    }
    year_era = _skeleton(locale, "Gy", "y G")
    dated = ("day", "weekday", "month")
    with_era = {f"{name}-era": _with_era(plain[name], year_era) for name in dated}
    return {**plain, **with_era, "year-era": year_era}


def _skeleton(locale: Locale, name: str, otherwise: str) -> str:
    found = locale.datetime_skeletons.get(name)
    return str(found.pattern) if found is not None else otherwise


def _with_era(pattern: str, year_era: str) -> str:
    """Put the era where the language's pattern for a year with its era has it.

    CLDR has patterns with an era for short months only; in Spanish they lack the "de".
    """
    if "G" in pattern:
        return pattern
    if year_era.startswith("G"):
        return pattern.replace("y", year_era[: year_era.index("y") + 1], 1)
    letters = [letter for letter, width in tokens(pattern) if width]
    return f"{pattern} G" if letters[-1] == "y" else pattern.replace("y", "y G", 1)


def _year_ranges(locale: Locale) -> dict[str, tuple[Tokens, Tokens]]:
    """Return the halves of CLDR's patterns for years: "year" and "year-era"."""
    formats = locale.interval_formats
    found = {"year": formats.get("y", {}).get("y"), "year-era": formats.get("Gy", {}).get("y")}
    halves = {name: tuple(pair) for name, pair in found.items() if pair and len(pair) == 2}
    return {name: (tokens(first), tokens(last)) for name, (first, last) in halves.items()}


@lru_cache(maxsize=512)
def tokens(pattern: str) -> Tokens:
    """Take a CLDR pattern to pieces.

    >>> tokens("d. MMMM y")
    (('d', 1), ('. ', 0), ('M', 4), (' ', 0), ('y', 1))
    """
    pieces: list[tuple[str, int]] = []
    for _, value in tokenize_pattern(pattern):
        if isinstance(value, tuple):
            pieces.append(value)
        elif pieces and not pieces[-1][1]:
            pieces[-1] = (pieces[-1][0] + value, 0)
        else:
            pieces.append((value, 0))
    return tuple(pieces)
