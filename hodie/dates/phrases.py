"""Phrases that Babel does not have, by language: decades, centuries, circa, Old Style and such.

Each language is one value: what a phrase demands of the date's grammar (a case, an article) is
written here, where the languages differ, and nowhere in code.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import msgspec

Forms = Mapping[str, str]
"""Templates by precision, or by season as season-21; "" is for those that are not named.

`{}` takes the worded date, but in those of a decade its first year and in those of a century its
number: in German a decade is *um die 1690er Jahre* but *ab den 1690er Jahren*.
"""


def _forms(otherwise: str, **by_precision: str) -> Forms:
    return MappingProxyType({"": otherwise, **by_precision})


def english_ordinal(number: int) -> str:
    """Return the ordinal in digits.

    >>> [english_ordinal(number) for number in (1, 2, 3, 11, 112, 250)]
    ['1st', '2nd', '3rd', '11th', '112th', '250th']
    """
    teens = number % 100 in (11, 12, 13)
    ending = "th" if teens else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


_ROMAN = (
    *((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L")),
    *((40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")),
)


def roman(number: int) -> str:
    """Return a number from 1 on in Roman numerals.

    >>> roman(19)
    'XIX'
    """
    numeral = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        numeral += letters * count
    return numeral


def _french_century(number: int) -> str:
    return f"{roman(number)}{'er' if number == 1 else 'e'}"


def _french_ordinal(number: int) -> str:
    return "1er" if number == 1 else f"{number}e"


def _spanish_ordinal(number: int) -> str:
    """Return the ordinal before a masculine noun: 1.er and 3.er, but 11.º and 20.º."""
    return f"{number}.er" if number % 10 in (1, 3) and number != 11 else f"{number}.º"


def _russian_ordinal(number: int) -> str:
    return f"{number}-я"


_ARABIC_CENTURIES = (
    *("الأول", "الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الثامن", "التاسع"),
    *("العاشر", "الحادي عشر", "الثاني عشر", "الثالث عشر", "الرابع عشر", "الخامس عشر"),
    *("السادس عشر", "السابع عشر", "الثامن عشر", "التاسع عشر", "العشرون", "الحادي والعشرون"),
)
_ARABIC_ORDINALS = (
    *("الأولى", "الثانية", "الثالثة", "الرابعة", "الخامسة"),
    *("السادسة", "السابعة", "الثامنة", "التاسعة", "العاشرة"),
)


def _arabic_century(number: int) -> str:
    return _ARABIC_CENTURIES[number - 1] if number <= len(_ARABIC_CENTURIES) else str(number)


def _arabic_ordinal(number: int) -> str:
    return _ARABIC_ORDINALS[number - 1] if number <= len(_ARABIC_ORDINALS) else f"الـ{number}"


class Phrases(msgspec.Struct, frozen=True, kw_only=True):
    """The phrases of one language; what is None is worded without words, as `NEUTRAL` shows."""

    year: str | None = None  # a CLDR pattern, where the language wants more than the number
    decade: str | None = None
    century: str | None = None
    century_number: Callable[[int], str] = str
    seasons: tuple[str, str, str, str] | None = None
    season: str = "{season} {year}"

    circa: Forms = _forms("~{}")
    brief_circa: str = "~{}"  # within `since` and `until`, whose key "circa" takes it
    uncertain: str = "{} (?)"

    since: Forms = _forms("{}–")
    until: Forms = _forms("–{}")
    end_unknown: str = "{}?"  # of what `since` gave
    start_unknown: str = "?{}"  # of what `until` gave
    governed_months: bool = False  # whether the three above put a month into another case
    governed_seasons: tuple[str, str, str, str] | None = None

    to: str = " – "  # between dates
    dash: str = "–"  # between numbers
    first_day: str | None = None

    old_style: str = "{new} ({old}, O.S.)"
    doubtful: str = "{} (?)"

    this_year: str | None = None
    next_year: str | None = None
    anniversary: str | None = None
    ordinal: Callable[[int], str] = str


NEUTRAL = Phrases()
"""For languages without a table: signs instead of words."""

_ENGLISH = Phrases(
    decade="{}s",
    century="{} century",
    century_number=english_ordinal,
    seasons=("spring", "summer", "autumn", "winter"),
    circa=_forms("c. {}", decade="c. {}s", century="c. {} century"),
    brief_circa="c. {}",
    uncertain="{} (uncertain)",
    since=_forms("from {}", decade="from the {}s", century="from the {} century"),
    until=_forms("until {}", decade="until the {}s", century="until the {} century"),
    end_unknown="{}, end unknown",
    start_unknown="{}, beginning unknown",
    to=" to ",
    old_style="{new} ({old}, Old Style)",
    doubtful="{} (calendar doubtful)",
    this_year="this year",
    next_year="next year",
    anniversary="the {} anniversary",
    ordinal=english_ordinal,
)

_GERMAN = Phrases(
    decade="{}er Jahre",
    century="{}. Jahrhundert",
    seasons=("Frühling", "Sommer", "Herbst", "Winter"),
    circa=_forms(
        "um {}",
        day="um den {}",
        season="um den {}",
        decade="um die {}er Jahre",
        century="um das {}. Jahrhundert",
    ),
    brief_circa="ca. {}",
    uncertain="{} (unsicher)",
    since=_forms(
        "ab {}",
        day="ab dem {}",
        decade="ab den {}er Jahren",
        century="ab dem {}. Jahrhundert",
    ),
    until=_forms(
        "bis {}",
        day="bis zum {}",
        decade="bis in die {}er Jahre",
        century="bis ins {}. Jahrhundert",
    ),
    end_unknown="{}, Ende unbekannt",
    start_unknown="{}, Beginn unbekannt",
    to=" bis ",
    old_style="{new} ({old} alten Stils)",
    doubtful="{} (Kalender zweifelhaft)",
    this_year="dieses Jahr",
    next_year="nächstes Jahr",
    anniversary="der {}. Jahrestag",
)

_FRENCH = Phrases(
    decade="années {}",
    century="{} siècle",
    century_number=_french_century,
    seasons=("printemps", "été", "automne", "hiver"),
    circa=_forms(
        "vers {}",
        **{"day": "vers le {}", "season": "vers {}", "season-21": "vers le {}"},
        decade="vers les années {}",
        century="vers le {} siècle",
    ),
    brief_circa="env. {}",
    uncertain="{} (date incertaine)",
    since=_forms(
        "depuis {}",
        **{"day": "depuis le {}", "season": "depuis {}", "season-21": "depuis le {}"},
        decade="depuis les années {}",
        century="depuis le {} siècle",
    ),
    until=_forms(
        "jusqu’en {}",
        **{"day": "jusqu’au {}", "season": "jusqu’à {}", "season-21": "jusqu’au {}"},
        decade="jusqu’aux années {}",
        century="jusqu’au {} siècle",
        circa="jusqu’à {}",
    ),
    end_unknown="{}, fin inconnue",
    start_unknown="{}, début inconnu",
    governed_seasons=("printemps", "l’été", "l’automne", "l’hiver"),
    first_day="1er",
    old_style="{new} ({old} ancien style)",
    doubtful="{} (calendrier douteux)",
    this_year="cette année",
    next_year="l’année prochaine",
    anniversary="le {} anniversaire",
    ordinal=_french_ordinal,
)

_SPANISH = Phrases(
    decade="década de {}",
    century="siglo {}",
    century_number=roman,
    seasons=("primavera", "verano", "otoño", "invierno"),
    season="{season} de {year}",
    circa=_forms(
        "hacia {}",
        **{"day": "hacia el {}", "season": "hacia el {}", "season-21": "hacia la {}"},
        decade="hacia la década de {}",
        century="hacia el siglo {}",
    ),
    brief_circa="c. {}",
    uncertain="{} (fecha incierta)",
    since=_forms(
        "desde {}",
        **{"day": "desde el {}", "season": "desde el {}", "season-21": "desde la {}"},
        decade="desde la década de {}",
        century="desde el siglo {}",
    ),
    until=_forms(
        "hasta {}",
        **{"day": "hasta el {}", "season": "hasta el {}", "season-21": "hasta la {}"},
        decade="hasta la década de {}",
        century="hasta el siglo {}",
    ),
    end_unknown="{}, final desconocido",
    start_unknown="{}, comienzo desconocido",
    old_style="{new} ({old} según el calendario juliano)",
    doubtful="{} (calendario dudoso)",
    this_year="este año",
    next_year="el año que viene",
    anniversary="el {} aniversario",
    ordinal=_spanish_ordinal,
)

_RUSSIAN = Phrases(
    year="y\u202f'г'.",
    decade="{}-е годы",
    century="{} век",
    century_number=roman,
    seasons=("весна", "лето", "осень", "зима"),
    circa=_forms("около {}", decade="около {}-х годов", century="около {} века"),
    brief_circa="ок. {}",
    uncertain="{} (дата под вопросом)",
    since=_forms("с {}", decade="с {}-х годов", century="с {} века"),
    until=_forms("до {}", decade="до {}-х годов", century="до {} века"),
    end_unknown="{}, конец неизвестен",
    start_unknown="{}, начало неизвестно",
    governed_months=True,
    governed_seasons=("весны", "лета", "осени", "зимы"),
    old_style="{new} ({old} по старому стилю)",
    doubtful="{} (календарь под вопросом)",
    this_year="в этом году",
    next_year="в следующем году",
    anniversary="{} годовщина",
    ordinal=_russian_ordinal,
)

_ARABIC = Phrases(
    decade="عقد {}",
    century="القرن {}",
    century_number=_arabic_century,
    seasons=("ربيع", "صيف", "خريف", "شتاء"),
    circa=_forms("نحو {}", decade="نحو عقد {}", century="نحو القرن {}"),
    brief_circa="نحو {}",
    uncertain="{} (تاريخ غير مؤكد)",
    since=_forms("منذ {}"),
    until=_forms("حتى {}"),
    end_unknown="{}، النهاية مجهولة",
    start_unknown="{}، البداية مجهولة",
    old_style="{new} ({old} وفق التقويم اليولياني)",
    doubtful="{} (التقويم مشكوك فيه)",
    this_year="هذا العام",
    next_year="العام القادم",
    anniversary="الذكرى السنوية {}",
    ordinal=_arabic_ordinal,
)

_CHINESE = Phrases(
    decade="{}年代",
    century="{}世纪",
    seasons=("春", "夏", "秋", "冬"),
    season="{year}{season}",
    circa=_forms("约{}"),
    brief_circa="约{}",
    uncertain="{}（存疑）",
    since=_forms("{}起"),
    until=_forms("至{}"),
    end_unknown="{}，结束时间不详",
    start_unknown="{}，开始时间不详",
    to="至",
    dash="至",
    old_style="{new}（儒略历{old}）",
    doubtful="{}（历法存疑）",
    this_year="今年",
    next_year="明年",
    anniversary="{}周年",
)

_TRADITIONAL_CHINESE = Phrases(
    decade="{}年代",
    century="{}世紀",
    seasons=("春", "夏", "秋", "冬"),
    season="{year}{season}",
    circa=_forms("約{}"),
    brief_circa="約{}",
    uncertain="{}（存疑）",
    since=_forms("{}起"),
    until=_forms("至{}"),
    end_unknown="{}，結束時間不詳",
    start_unknown="{}，開始時間不詳",
    to="至",
    dash="至",
    old_style="{new}（儒略曆{old}）",
    doubtful="{}（曆法存疑）",
    this_year="今年",
    next_year="明年",
    anniversary="{}週年",
)

_JAPANESE = Phrases(
    decade="{}年代",
    century="{}世紀",
    seasons=("春", "夏", "秋", "冬"),
    season="{year}{season}",
    circa=_forms("{}頃"),
    brief_circa="{}頃",
    uncertain="{}（不確か）",
    since=_forms("{}以降"),
    until=_forms("{}まで"),
    end_unknown="{}、終わりは不明",
    start_unknown="{}、始まりは不明",
    to="～",
    dash="～",
    old_style="{new}（ユリウス暦{old}）",
    doubtful="{}（暦は疑わしい）",
    this_year="今年",
    next_year="来年",
    anniversary="{}周年",
)

PHRASES = {
    "en": _ENGLISH,
    "de": _GERMAN,
    "fr": _FRENCH,
    "es": _SPANISH,
    "ru": _RUSSIAN,
    "ar": _ARABIC,
    "zh": _CHINESE,
    "zh_Hant": _TRADITIONAL_CHINESE,
    "ja": _JAPANESE,
}
"""The languages whose dates are worded in full; the others of Babel with the signs of `NEUTRAL`."""
