"""Dates as people write them: "20 août 1940", "Aug. 20, 1940", "ca. 1750", "25 Oct 1917 O.S.".

Strict, because a record that is misread is worse than one that is listed as unread: a word that no
table here knows, or a year of two digits without its era, is an error that says so.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

import msgspec

from hodie.dates.calendars import GREGORIAN_REFORM, Calendar, DateError
from hodie.dates.edtf import SEASONS
from hodie.dates.historical import HistoricalDate
from hodie.dates.languages import language as language_of
from hodie.dates.phrases import PHRASES
from hodie.dates.reckoned import OTHERS, read_reckoned

_ISO = re.compile(r"-?\d{4,}(?:-\d\d(?:-\d\d)?)?[?~%]?|-?\d{3}X[?~%]?|-?\d\dXX[?~%]?|Y-?\d+")
_MOMENT = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d.*", re.DOTALL)
_SPAN = re.compile(r"\d{4}-\d{4}|\d{3,4}\??\s*(?:/|–|—|\bto\b|\bbis\b)\s*(?:\d{3,4}|\.\.)")
_YEAR_FIRST = re.compile(r"(\d{3,4})[-/.]\s?(\d{1,2})(?:[-/.]\s?(\d{1,2}))?")
_MONTH_LAST = re.compile(r"(\d{1,2})[./]\s?(\d{4})")
_ERA_INSIDE = re.compile(r"(?<=[^\W\d_] )(?:AD|A\.D\.|(BC|B\.C\.)) ?(?=\d+$)")
_YEAR_LAST = re.compile(r"(\d{1,2})([-/.])\s?(\d{1,2})\2\s?(\d+)")
_EAST_ASIAN = re.compile(r"(\d{1,4})[年년]\s*(?:(\d{1,2})[月월]\s*(?:(\d{1,2})[日일]?)?)?")
_DECADE = re.compile(
    r"(?:the |années |década de |los )?(\d{1,3}0)(?:'?s|er(?: jahre)?|-[ех]\w*.*)?"
)
_DECADE_MARK = re.compile(r"\d0(?:'?s|er\b|-[ех])|années|década")
_CENTURY = re.compile(
    r"(?:the |le |el |das )?(?:siglo )?(?P<number>\d{1,2}|[ivx]+)"
    r"(?:\.|st|nd|rd|th|e|er|ème)? ?(?:century|cent\.?|c\.|jahrhundert|jh\.?|siècle|s\.|век)?"
)
_CENTURY_MARK = re.compile(
    r"\bcent(?:ury|\.)|\bjahrhundert|\bjh\b|siècle|siglo|\bвек", re.IGNORECASE
)
_DOUBLE_YEAR = re.compile(r"\b(\d{4})/(\d{1,2}|\d{4})$")
_WORD = re.compile(r"\d+|[^\W\d_]+")

_CIRCA = (
    *("circa", "ca.", "ca", "c.", "c", "cca.", "cca", "about", "abt.", "abt", "around", "approx.",
      "approximately", "um", "etwa", "gegen", "ungefähr", "vers", "environ", "env.", "hacia",
      "alrededor de", "verso", "около", "ок.", "прибл.", "約", "约", "حوالي", "omkring", "rond"),
)  # fmt: skip
_PERHAPS = ("probably", "prob.", "perhaps", "possibly", "vermutlich", "wahrscheinlich", "peut-être",
            "probablement", "quizá", "вероятно")  # fmt: skip
_OLD_STYLE = (
    *("o.s.", "o. s.", "(o.s.)", "os", "(os)", "old style", "(old style)", "julian", "(julian)"),
    *("a.st.", "a. st.", "alten stils", "ancien style", "ст. ст.", "ст.ст.", "старого стиля"),
    *("по старому стилю", "[o.s.]", "[os]", "jul.", "(jul.)"),
)
_NEW_STYLE = (
    *("n.s.", "n. s.", "(n.s.)", "ns", "(ns)", "new style", "(new style)", "gregorian"),
    *("(gregorian)", "n.st.", "n. st.", "neuen stils", "nouveau style", "н. ст.", "нового стиля"),
    *("по новому стилю", "[n.s.]", "greg.", "(greg.)"),
)
_BEFORE = (
    *("b.c.e.", "b.c.", "bce", "bc", "v. chr.", "v.chr.", "v. chr", "v. u. z.", "v.u.z."),
    *("avant j.-c.", "av. j.-c.", "av. j.c.", "av. jc", "a. c.", "a.c.", "a. de c.", "ac"),
    *("antes de cristo", "до н. э.", "до н.э.", "ق.م", "ق م", "公元前", "紀元前", "西元前", "前"),
    *(
        "p. n. e.",
        "p.n.e.",
        "pr. n. e.",
        "př. n. l.",
        "př. kr.",
        "f.kr.",
        "f. kr.",
        "mö",
        "до н. е.",
    ),
)
_AFTER = (
    *("a.d.", "ad", "a. d.", "c.e.", "ce", "n. chr.", "n.chr.", "u. z.", "après j.-c."),
    *("apr. j.-c.", "ap. j.-c.", "d. c.", "d.c.", "d. de c.", "н. э.", "н.э.", "公元", "西元"),
    *("n. e.", "n.e.", "e.kr.", "ms"),
)
_FILLERS = (
    *("the", "of", "on", "in", "day", "year", "st", "nd", "rd", "th"),
    *("der", "den", "dem", "am", "im", "jahr", "den", "om"),
    *("le", "la", "l", "du", "de", "d", "en", "er", "ère", "nd", "re", "et", "année"),
    *("del", "el", "los", "año", "do", "da", "dos", "em", "ano", "il", "di", "nel", "º", "ª"),
    *("г", "года", "год", "году", "й", "го"),
)


class _Read(NamedTuple):
    """What was found before the date itself, and what is left to read."""

    text: str
    approximate: bool = False
    uncertain: bool = False
    calendar: Calendar | None = None
    before_christ: bool = False
    after_christ: bool = False


def read_written(
    text: str, language: str = "en", calendar: Calendar | None = None
) -> HistoricalDate:
    """Read a date in EDTF, ISO 8601, numbers or the words of `language` or English.

    Hebrew, Islamic and French Republican dates are known by their months or their era.
    "8/9/1940" is read in the language's order of day and month; "en" has none: it is en-GB's or
    en-US's. Without a word on its calendar a
    date is of `calendar`, else of the one in use: Julian before 15 October 1582, Gregorian after.
    Raises DateError.

    >>> read_written("Aug. 20, 1940"), read_written("20 août 1940", "fr")
    (HistoricalDate(1940, 8, 20), HistoricalDate(1940, 8, 20))
    >>> read_written("ca. 1750"), read_written("25 Oct 1917 O.S.")
    (HistoricalDate(1750, approximate=True), HistoricalDate(1917, 10, 25, calendar='julian'))
    >>> read_written("15 March 44 BC").edtf
    '-0043-03-15'
    >>> read_written("10 Muharram 61 AH")
    HistoricalDate(61, 1, 10, calendar='islamic')
    """
    plain = " ".join(_digits(unicodedata.normalize("NFKC", text)).split())
    if not plain:
        raise DateError("no date: the text is empty")
    moment = _MOMENT.fullmatch(plain)
    if moment or _ISO.fullmatch(plain):
        iso = moment[1] if moment else plain
        return (
            HistoricalDate.parse(iso, calendar) if calendar else in_use(HistoricalDate.parse(iso))
        )
    found = _qualified(plain)
    date = _date(found, language, plain)
    date = msgspec.structs.replace(
        date, approximate=found.approximate, uncertain=found.uncertain, precision=date.precision
    )
    named = found.calendar or calendar
    if date.calendar in OTHERS:
        return date
    if named in OTHERS and _month_words(found.text, language):
        raise DateError(f"{text!r} names a month that the {named} calendar does not have")
    return in_use(date) if named is None else _in(date, named)


def in_use(date: HistoricalDate) -> HistoricalDate:
    """Put a Gregorian date into the calendar that was in use: before the reform the Julian one.

    >>> in_use(HistoricalDate(1066, 10, 14))
    HistoricalDate(1066, 10, 14, calendar='julian')
    """
    if date.calendar is not Calendar.GREGORIAN or _is_far(date):
        return date
    return _in(date, Calendar.JULIAN) if date.latest < GREGORIAN_REFORM else date


def _is_far(date: HistoricalDate) -> bool:
    return abs(date.year) > 9999


def _in(date: HistoricalDate, calendar: Calendar) -> HistoricalDate:
    return msgspec.structs.replace(date, calendar=calendar, precision=date.precision)


def _digits(text: str) -> str:
    """Write the decimal digits of any script as ASCII."""
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)


def _qualified(text: str) -> _Read:
    """Take away, from both ends, what qualifies a date, until nothing more is found."""
    found = _Read(text)
    while True:
        after = _unqualified(found)
        if after == found:
            return found
        found = after


def _unqualified(found: _Read) -> _Read:
    text = found.text.strip(" ,;")
    if match := _ERA_INSIDE.search(text):
        rest = text[: match.start()] + text[match.end() :]
        return found._replace(text=rest, before_christ=bool(match[1]), after_christ=not match[1])
    if text.endswith(("?", "(?)")):
        return found._replace(text=text.removesuffix("(?)").removesuffix("?"), uncertain=True)
    if text.startswith("~"):
        return found._replace(text=text[1:], approximate=True)
    for words, said in _QUALIFIERS:
        left = _without(text, words)
        if left is not None:
            return said(found._replace(text=left))
    return found._replace(text=text)


_QUALIFIERS: tuple[tuple[tuple[str, ...], Callable[[_Read], _Read]], ...] = (
    (_PERHAPS, lambda found: found._replace(uncertain=True)),
    (_OLD_STYLE, lambda found: found._replace(calendar=Calendar.JULIAN)),
    (_NEW_STYLE, lambda found: found._replace(calendar=Calendar.GREGORIAN)),
    (_BEFORE, lambda found: found._replace(before_christ=True)),
    (_AFTER, lambda found: found._replace(after_christ=True)),
    (_CIRCA, lambda found: found._replace(approximate=True)),
)


@lru_cache(maxsize=16)
def _ends(words: tuple[str, ...]) -> re.Pattern[str]:
    """Match one of some words at either end of a text, and what else there is."""
    any_of = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(
        rf"(?:(?P<first>{any_of})(?![^\W\d_])[ .]*(?P<after>.*\d.*)"
        rf"|(?P<before>.*\d.*?)(?:\s+|(?<=[\d)年]))(?P<last>{any_of}))",
        re.IGNORECASE,
    )


def _without(text: str, words: tuple[str, ...]) -> str | None:
    found = _ends(words).fullmatch(text)
    if found is None:
        return None
    return found["after"] if found["first"] else found["before"]


def _date(found: _Read, language: str, whole: str) -> HistoricalDate:
    text = found.text
    if _SPAN.search(text) and not _month_words(text, language):
        raise DateError(f"{whole!r} is a span of time, and an entry has one date: give its first")
    reckoned = read_reckoned(text, language, _names(language))
    if reckoned is not None:
        if found.calendar or found.before_christ or found.after_christ:
            raise DateError(f"{whole!r} is of two calendars: leave one of them out")
        return reckoned
    for read in (_decade, _century, _numbers, _year_alone):
        if (date := read(text, language, found)) is not None:
            return date
    return _worded(found, language, whole)


def _decade(text: str, language: str, found: _Read) -> HistoricalDate | None:
    match = _DECADE.fullmatch(text.casefold())
    if match is None or not _DECADE_MARK.search(text.casefold()):
        return None
    year = int(match[1])
    if found.before_christ:
        # EDTF masks digits: the 40s BC are 49 to 40 BC, the years -48 to -39, and no decade of it.
        raise DateError(f"{text!r} before Christ has no EDTF form: give a year with ca.")
    return HistoricalDate(_year(year, len(match[1]), found), precision="decade")


def _century(text: str, language: str, found: _Read) -> HistoricalDate | None:
    match = _CENTURY.fullmatch(text.casefold())
    if match is None or not _CENTURY_MARK.search(text):
        return None
    digits = match["number"]
    number = int(digits) if digits.isdecimal() else _from_roman(digits)
    if not 1 <= number <= 30 or found.before_christ:
        raise DateError(f"{text!r} is a century that EDTF cannot say: give a year with ca.")
    return HistoricalDate((number - 1) * 100, precision="century")


def _from_roman(numeral: str) -> int:
    values = [{"i": 1, "v": 5, "x": 10}[letter] for letter in numeral]
    following = [*values[1:], 0]
    return sum(-a if a < b else a for a, b in zip(values, following, strict=True))


def _numbers(text: str, language: str, found: _Read) -> HistoricalDate | None:
    """Read a date of numbers alone: 20.8.1940, 8/20/1940, 1940/08/20, 1940年8月20日."""
    for pattern in (_EAST_ASIAN, _YEAR_FIRST):
        if match := pattern.fullmatch(text):
            year, month, day = (int(part) if part else None for part in match.groups())
            assert year is not None
            return HistoricalDate(_year(year, len(match[1]), found, pattern), month, day)
    if match := _MONTH_LAST.fullmatch(text):
        return HistoricalDate(_year(int(match[2]), 4, found), int(match[1]))
    if match := _YEAR_LAST.fullmatch(text):
        first, second, digits = int(match[1]), int(match[3]), match[4]
        year = _year(int(digits), len(digits), found)
        month, day = _in_order(first, second, match[2], language)
        return HistoricalDate(year, month, day)
    return None


def _year_alone(text: str, language: str, found: _Read) -> HistoricalDate | None:
    """Read "988", or "79" where an era stands with it."""
    text = text.removesuffix(".")
    if not text.isdecimal() or len(text) > 5:
        return None
    return HistoricalDate(_year(int(text), len(text), found))


def _year(year: int, digits: int, found: _Read, pattern: re.Pattern[str] | None = None) -> int:
    """Return the astronomical year; without an era one of two digits may be of any century."""
    if found.before_christ:
        if not year:
            raise DateError("there is no year 0 BC: 1 BC is the year before AD 1")
        return 1 - year
    if digits < 3 and not found.after_christ and pattern is not _EAST_ASIAN:
        raise DateError(f"year {year:02} may be of any century: write all its digits, or AD {year}")
    return year


def _in_order(first: int, second: int, sign: str, language: str) -> tuple[int, int]:
    """Return month and day of "8/20" or "20/8"; a full stop is of those who put the day first."""
    if first > 12 or (second <= 12 and sign == "."):
        return second, first
    if second <= 12 and first != second and language == "en":
        raise DateError(
            f"{first}{sign}{second} may be day and month or month and day: say which by the"
            " language en-GB or en-US"
        )
    if second <= 12 and not _month_first(language):
        return second, first
    return first, second


@lru_cache(maxsize=64)
def _month_first(language: str) -> bool:
    pattern = str(language_of(language).locale.date_formats["short"].pattern)
    return pattern.index("M") < pattern.index("d")


def _worded(found: _Read, language: str, whole: str) -> HistoricalDate:
    text, double = _single_year(found.text)
    words = list(_known(text, language, whole))
    months = [month for month in words if month.month]
    numbers = [word for word in words if not word.month]
    if not months and len(numbers) == 1:
        return HistoricalDate(_year(numbers[0].number, numbers[0].digits, found))
    if len(months) != 1 or not 1 <= len(numbers) <= 2:
        raise DateError(f"{whole!r} is no date that can be read: write it as 1940-08-20")
    month = months[0].month
    if len(numbers) == 1:
        year = _year(numbers[0].number, numbers[0].digits, found)
        return HistoricalDate(year, month, None)
    if month in SEASONS:
        raise DateError(f"{whole!r} has a day in a season: write it as 1940-08-20")
    day, year_word = numbers
    # "1940 August 20" is the one order in which the year comes before the day.
    if day.digits > 2:
        day, year_word = year_word, day
    year = _year(year_word.number, year_word.digits, found)
    date = HistoricalDate(year, month, day.number)
    return _in(date, Calendar.JULIAN) if double else date


def _single_year(text: str) -> tuple[str, bool]:
    """Take the second of a double year, 11 February 1731/32: such a date is Old Style."""
    match = _DOUBLE_YEAR.search(text)
    if match is None:
        return text, False
    first, ending = match[1], match[2]
    second = first[: 4 - len(ending)] + ending
    if int(second) != int(first) + 1:
        raise DateError(f"{match[0]!r} is no double year: the second must follow the first")
    return text[: match.start()] + second, True


class _Word(NamedTuple):
    """A word of a date: a month or season, or a number and how many digits it has."""

    month: int = 0
    number: int = 0
    digits: int = 0


def _known(text: str, language: str, whole: str) -> Iterator[_Word]:
    names, fillers = _names(language), _fillers(language)
    for word in _WORD.findall(text):
        folded = _folded(word)
        if word.isdecimal():
            yield _Word(number=int(word[:9]), digits=len(word))
        elif month := _month(folded, names):
            yield _Word(month=month)
        elif folded not in fillers:
            raise DateError(f"{word!r} in {whole!r} is no word of a date: write it as 1940-08-20")


def _month(word: str, names: Mapping[str, int]) -> int:
    """Return the month or season of a word, which may be its beginning; 0 for none."""
    if word in names:
        return names[word]
    if len(word) < 3:
        return 0
    near = {month for name, month in names.items() if name.startswith(word)}
    return near.pop() if len(near) == 1 else 0


def _month_words(text: str, language: str) -> bool:
    names = _names(language)
    return any(_month(_folded(word), names) for word in _WORD.findall(text))


@lru_cache(maxsize=64)
def _names(tag: str) -> dict[str, int]:
    """Return the months and seasons of a language and of English, folded, by name."""
    names: dict[str, int] = {}
    for each in ("en", tag):
        spoken = language_of(each)
        short = spoken.locale.months["format"]["abbreviated"]
        for number in range(1, 13):
            for name in (spoken.months[number], spoken.standing_months[number], str(short[number])):
                words = _WORD.findall(name)
                if len(words) == 1 and not words[0].isdecimal():
                    names[_folded(words[0])] = number
        phrases = PHRASES.get(str(spoken.locale.language))
        for number, season in zip(SEASONS, phrases.seasons or () if phrases else (), strict=False):
            names[_folded(season)] = number
    return names


@lru_cache(maxsize=64)
def _fillers(tag: str) -> frozenset[str]:
    """Return what may stand in a date and says nothing: articles, "of", the day of the week."""
    known = set(map(_folded, _FILLERS))
    for each in ("en", tag):
        spoken = language_of(each)
        days = [spoken.locale.days["format"][width] for width in ("wide", "abbreviated")]
        texts = [str(name) for names in days for name in names.values()]
        # What the language itself puts between the parts: "de", "г.", "року".
        texts += [
            text for tokens in spoken.patterns.values() for text, width in tokens if not width
        ]
        known.update(_folded(word) for text in texts for word in _WORD.findall(text))
    return frozenset(known)


def _folded(word: str) -> str:
    """Return the word without case and accents: what people leave out when they type."""
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))
