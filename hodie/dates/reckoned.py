"""Hebrew, Islamic and French Republican dates as people write them: "14 Nisan 5701".

A month's name tells the calendar, whichever way it is spelled in Latin letters; without one an era
does: "AH 61", "an VIII". As strict as `hodie.dates.written`: what may mean two days is refused.
"""

import re
import unicodedata
from collections.abc import Container, Iterator
from functools import lru_cache
from typing import NamedTuple

from hodie.dates.calendars import Calendar, DateError, month_length
from hodie.dates.historical import HistoricalDate
from hodie.dates.months import MONTHS

OTHERS = (Calendar.HEBREW, Calendar.ISLAMIC, Calendar.REPUBLICAN)
"""The calendars whose months have names of their own."""

_SPELLED = {
    Calendar.HEBREW: (
        *("nisan nissan", "iyar iyyar ijar", "sivan siwan", "tammuz tamuz tamouz"),
        *("av ab menachemav", "elul eloul", "tishri tishrei tishrey tischri tichri",
          "heshvan cheshvan marheshvan marcheshvan hesvan chechvan", "kislev kislew",
          "tevet teveth tebeth tewet",
          "shevat shvat shebat schewat chevat", "adar",
          "adarii adarbet adarbeth adarsheni veadar adar2",
          "adari adaraleph adaralef adarrishon adar1"),
    ),
    Calendar.ISLAMIC: (
        *("muharram moharram muharem", "safar sefer", "rabii rabialawwal rabialawal rabiulawwal"
          " rabiaalawwal rabiealawwal rabialula rebiulevvel", "rabiii rabialthani rabiatthani"
          " rabialakhir rabialakhira rabiulakhir rabiuthani rabiulthani rebiulahir",
          "jumadai jumadaalula jumadaalawwal jumadialawwal jumadalula jumadiulawal cemaziyelevvel",
          "jumadaii jumadaalthania jumadaalthani jumadaalakhira jumadaalakhirah jumadialthani"
          " jumadathania jumadiulakhir jumadaaththania cemaziyelahir"),
        *("rajab rejeb redjeb recep", "shaban shaaban chaban", "ramadan ramadhan ramazan", "shawwal"
          " shawal chawwal sevval", "dhualqada dhulqada dhualqadah dhulqadah dhualqida dhulqida"
          " zilqad zulqada zulkade zilkade", "dhualhijja dhulhijja dhualhijjah dhulhijjah zilhijja"
          " zulhijja zulhijjah zilhicce"),
    ),
    Calendar.REPUBLICAN: (
        *("vendemiaire", "brumaire", "frimaire", "nivose", "pluviose", "ventose", "germinal"),
        *("floreal", "prairial", "messidor", "thermidor", "fructidor",
          "sansculottides sansculottide complementaire complementaires complementary"
          " jourcomplementaire jourscomplementaires complementaryday complementarydays"),
    ),
}  # fmt: skip
"""Spellings of the months in Latin letters, each without accents, signs and spaces.

The fourteenth of the Hebrew ones is Adar I, the twelfth month of a year that has two.
"""
_ADAR, _ADAR_2, _ADAR_1 = 12, 13, 14

_ERAS = {
    Calendar.HEBREW: ("am", "евреиского", "календаря"),
    Calendar.ISLAMIC: ("ah", "h", "hijri", "hijriyya", "hegira", "hijra", "hegire", "hicri",
                       "хиджры", "хиджре", "هـ", "ه", "هجري", "هجرية"),
    Calendar.REPUBLICAN: ("an", "year", "jahr", "jahres", "ano", "anno", "republique", "republic",
                          "republicain", "republik", "republica", "республики"),
}  # fmt: skip
_EMPTY_WORDS = frozenset((
    *("the", "of", "on", "in", "day", "year", "st", "nd", "rd", "th"),
    *("der", "des", "den", "dem", "am", "im"),
    *("le", "la", "l", "du", "de", "d", "en", "er", "e", "eme", "jour", "jours"),
    *("primidi", "duodi", "tridi", "quartidi", "quintidi", "sextidi", "septidi", "octidi"),
    *("nonidi", "decadi"),
    *("del", "el", "ano", "do", "da", "anno"),
    *("г", "года", "год", "по"),
))  # fmt: skip
_NUMERAL = re.compile(
    r"M{0,3}(?:C?D|D?C{0,3})?(?:X?[LC]|L?X{0,3})(?:I[XV]|V?I{0,3})", re.IGNORECASE
)
_TOKEN = re.compile(r"\d+|[^\W\d_]+")
_LONGEST = 4
"""The most words of a month's name: "Jumada al-ula" is three, "Dhu l-Hijja" too."""


class _Named(NamedTuple):
    """A month that was found, and what stands beside it: numbers, and other words, folded."""

    calendar: Calendar
    month: int
    numbers: tuple[str, ...]
    words: tuple[str, ...]


def read_reckoned(text: str, language: str, solar: Container[str] = ()) -> HistoricalDate | None:
    """Read a Hebrew, Islamic or Republican date; None where the text names none.

    `solar` has the names, folded, of the months that the language has for January to December:
    Turkish Nisan is April. Raises DateError.

    >>> read_reckoned("14 Nisan 5701", "en")
    HistoricalDate(5701, 1, 14, calendar='hebrew')
    >>> read_reckoned("18 brumaire an VIII", "fr")
    HistoricalDate(8, 2, 18, calendar='french-republican')
    """
    tokens = _TOKEN.findall(_joined(text))
    named = _named(tokens, language, solar)
    if named is not None:
        return _dated(named, text)
    return _year_alone(tokens)


def _joined(text: str) -> str:
    """Write "A.H." as one word, and leave out the signs that stand for letters between letters."""
    text = re.sub(r"\b([A-Za-z])\.\s?([A-Za-z])\.(?!\w)", r"\1\2", text)
    text = re.sub(r"\b([ld])['’]", r"\1 ", text, flags=re.IGNORECASE)
    return re.sub("[ʻʿʾʼ’‘'`´]", "", text)


def _named(tokens: list[str], language: str, solar: Container[str]) -> _Named | None:
    names = _names(language.partition("-")[0])
    folded = [_letters(token) for token in tokens]
    for count in range(_LONGEST, 0, -1):
        for start in range(len(tokens) - count + 1):
            part = folded[start : start + count]
            spelling = "".join(part)
            if spelling in names and spelling not in solar and not any(map(str.isdigit, part)):
                calendar, month = names[spelling]
                rest = [*folded[:start], *folded[start + count :]]
                numbers = tuple(word for word in rest if word.isdigit())
                words = tuple(word for word in rest if not word.isdigit())
                return _Named(calendar, month, numbers, words)
    return None


def _dated(named: _Named, text: str) -> HistoricalDate:
    numbers, era = list(named.numbers), False
    for word in named.words:
        if word in _ERAS[named.calendar]:
            era = True
        elif word in _EMPTY_WORDS:
            continue
        elif named.calendar is Calendar.REPUBLICAN and (year := _roman(word)):
            numbers.append(str(year))
            era = True
        else:
            raise DateError(f"{word!r} in {text!r} is no word of a {named.calendar} date")
    if not 1 <= len(numbers) <= 2:
        raise DateError(f"{text!r} needs a year, and one: write it as {_EXAMPLE[named.calendar]}")
    *days, year_text = numbers
    if days and len(days[0]) > 2:
        days, year_text = [year_text], days[0]
    year = int(year_text)
    first, last = _LIKELY[named.calendar]
    if not era and not first <= year <= last:
        raise DateError(
            f"{text!r}: year {year_text} is doubtful in the {named.calendar} calendar: write it as "
            f"{_EXAMPLE[named.calendar]}, with the era"
        )
    month = _adar(named, year, text) if named.calendar is Calendar.HEBREW else named.month
    return HistoricalDate(year, month, int(days[0]) if days else None, calendar=named.calendar)


# In which years a month without an era is believed: "ab 1940" is German for since then, and in
# "Ramadan 2014" the year is of another calendar.
_LIKELY = {
    Calendar.HEBREW: (3000, 6999),
    Calendar.ISLAMIC: (100, 1599),
    Calendar.REPUBLICAN: (100, 100),
}
_EXAMPLE = {
    Calendar.HEBREW: "14 Nisan 5701 AM",
    Calendar.ISLAMIC: "10 Muharram 61 AH",
    Calendar.REPUBLICAN: "18 Brumaire an VIII",
}


def _adar(named: _Named, year: int, text: str) -> int:
    """Return the month, an Adar that of a year which has it."""
    if named.month < _ADAR:
        return named.month
    leap = month_length(Calendar.HEBREW, year, _ADAR_2) > 0
    if leap and named.month == _ADAR:
        raise DateError(f"{text!r}: {year} is a leap year: write Adar I or Adar II")
    if not leap and named.month != _ADAR:
        raise DateError(f"{text!r}: {year} is no leap year, and has one Adar: write Adar")
    return _ADAR if named.month == _ADAR_1 else named.month


def _year_alone(tokens: list[str]) -> HistoricalDate | None:
    """Read "AH 61", "5701 AM" and "an VIII", which no other calendar writes so."""
    if len(tokens) != 2:
        return None
    for word, year in (tokens, tokens[::-1]):
        era = _letters(word)
        if year.isdigit() and era in _ERAS[Calendar.ISLAMIC] and era != "h":
            return HistoricalDate(int(year), calendar=Calendar.ISLAMIC)
        if year.isdigit() and len(year) == 4 and era in _ERAS[Calendar.HEBREW]:
            return HistoricalDate(int(year), calendar=Calendar.HEBREW)
        if era in ("an", "year") and year.isupper() and (number := _roman(year.casefold())):
            return HistoricalDate(number, calendar=Calendar.REPUBLICAN)
    return None


def _roman(word: str) -> int:
    """Return what a Roman numeral means, 0 where the word is none."""
    if not word or not word.isascii() or not _NUMERAL.fullmatch(word):
        return 0
    values = [{"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}[x] for x in word]
    following = [*values[1:], 0]
    return sum(-a if a < b else a for a, b in zip(values, following, strict=True))


@lru_cache(maxsize=64)
def _names(language: str) -> dict[str, tuple[Calendar, int]]:
    """Return calendar and month by the letters of a name, in the language and in Latin letters."""
    names = {
        _letters(spelling): (calendar, number)
        for calendar, months in _SPELLED.items()
        for number, spellings in enumerate(months, 1)
        for spelling in spellings.split()
    }
    names.update(_of_language(language))
    return names


def _of_language(language: str) -> Iterator[tuple[str, tuple[Calendar, int]]]:
    for calendar, months in MONTHS.get(language, {}).items():
        # Arabic calls April to September by the names of the Hebrew months.
        if (language, calendar) == ("ar", Calendar.HEBREW):
            continue
        for names in (months.names, months.standing):
            for number, name in enumerate(names, 1):
                yield _letters(name), (calendar, number)
        if months.leap_adar:
            yield _letters(months.leap_adar), (calendar, _ADAR_1)


def _letters(text: str) -> str:
    """Return the letters and digits of a name, without case, accents and what joins words.

    >>> _letters("Dhuʻl-Qiʻdah"), _letters("Nivôse")
    ('dhulqidah', 'nivose')
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(
        char for char in decomposed if char.isalnum() and unicodedata.category(char) != "Lm"
    )
