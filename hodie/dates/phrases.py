"""Phrases that Babel does not have, by language: decades, centuries, circa, Old Style and such.

Each language is one value. `{}` takes the worded date; what a phrase demands of the date's grammar
(a case, an article) is written here, where the languages differ, and nowhere in code.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

import msgspec


def _plain(number: int) -> str:
    return str(number)


def english_ordinal(number: int) -> str:
    """Return the ordinal in digits: 1st, 2nd, 3rd, 11th, 112th."""
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
          (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))  # fmt: skip


def roman(number: int) -> str:
    """Return a number from 1 on in Roman numerals."""
    numeral = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        numeral += letters * count
    return numeral


def _french_century(number: int) -> str:
    return f"{roman(number)}{'er' if number == 1 else 'e'}"


_ARABIC_ORDINALS = (
    "الأول", "الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الثامن", "التاسع",
    "العاشر", "الحادي عشر", "الثاني عشر", "الثالث عشر", "الرابع عشر", "الخامس عشر", "السادس عشر",
    "السابع عشر", "الثامن عشر", "التاسع عشر", "العشرون", "الحادي والعشرون",
)  # fmt: skip


def _arabic_century(number: int) -> str:
    return _ARABIC_ORDINALS[number - 1] if number <= len(_ARABIC_ORDINALS) else str(number)


class Phrases(msgspec.Struct, frozen=True, kw_only=True):
    """The phrases of one language.

    `circa` and the like are by precision, "" for those that are not named. Where a language has
    no season names here, the others of its phrases still hold.
    """

    decade: str | None = None
    century: str | None = None
    century_number: Callable[[int], str] = _plain
    circa: Mapping[str, str] = MappingProxyType({"": "~{}"})
    uncertain: str = "{} (?)"
    since: Mapping[str, str] = MappingProxyType({"": "{}–"})
    until: Mapping[str, str] = MappingProxyType({"": "–{}"})
    since_unknown: str = "{}–?"
    until_unknown: str = "?–{}"
    to: str = " – "
    dash: str = "–"
    old_style: str = "{new} ({old}, O.S.)"
    doubtful: str = "{} (?)"
    seasons: tuple[str, str, str, str] | None = None
    season: str = "{season} {year}"
    first_day: str | None = None
    this_year: str | None = None
    next_year: str | None = None
    ordinal: Callable[[int], str] = _plain
    anniversary: str | None = None
    genitive_months: tuple[str, ...] = ()


NEUTRAL = Phrases()
"""For languages without a table: signs instead of words."""

PHRASES: dict[str, Phrases] = {
    "en": Phrases(
        decade="{}s",
        century="{} century",
        century_number=english_ordinal,
        circa={"": "c. {}"},
        uncertain="{} (uncertain)",
        since={"": "from {}"},
        until={"": "until {}"},
        since_unknown="from {}, end unknown",
        until_unknown="until {}, beginning unknown",
        to=" to ",
        old_style="{new} ({old}, Old Style)",
        doubtful="{} (calendar doubtful)",
        seasons=("spring", "summer", "autumn", "winter"),
        this_year="this year",
        next_year="next year",
        ordinal=english_ordinal,
        anniversary="the {} anniversary",
    ),
    "de": Phrases(
        decade="{}er Jahre",
        century="{}. Jahrhundert",
        circa={"": "um {}", "day": "um den {}", "decade": "um die {}", "century": "um das {}"},
        uncertain="{} (unsicher)",
        since={"": "ab {}", "decade": "ab den {}n", "century": "ab dem {}"},
        until={"": "bis {}", "decade": "bis in die {}", "century": "bis ins {}"},
        since_unknown="{}, Ende unbekannt",
        until_unknown="{}, Beginn unbekannt",
        to=" bis ",
        old_style="{new} ({old} alten Stils)",
        doubtful="{} (Kalender zweifelhaft)",
        seasons=("Frühling", "Sommer", "Herbst", "Winter"),
        this_year="dieses Jahr",
        next_year="nächstes Jahr",
        anniversary="der {}. Jahrestag",
    ),
    "fr": Phrases(
        decade="années {}",
        century="{} siècle",
        century_number=_french_century,
        circa={
            "": "vers {}",
            "day": "vers le {}",
            "decade": "vers les {}",
            "century": "vers le {}",
            "season": "vers {}",
        },
        uncertain="{} (incertain)",
        since={
            "": "à partir de {}",
            "day": "à partir du {}",
            "decade": "à partir des {}",
            "century": "à partir du {}",
        },
        until={
            "": "jusqu’en {}",
            "day": "jusqu’au {}",
            "decade": "jusqu’aux {}",
            "century": "jusqu’au {}",
        },
        since_unknown="{}, fin inconnue",
        until_unknown="{}, début inconnu",
        old_style="{new} ({old} ancien style)",
        doubtful="{} (calendrier douteux)",
        seasons=("printemps", "été", "automne", "hiver"),
        first_day="1er",
        this_year="cette année",
        next_year="l’année prochaine",
        ordinal=lambda number: "1er" if number == 1 else f"{number}e",
        anniversary="le {} anniversaire",
    ),
    "es": Phrases(
        decade="década de {}",
        century="siglo {}",
        century_number=roman,
        circa={
            "": "hacia {}",
            "day": "hacia el {}",
            "decade": "hacia la {}",
            "century": "hacia el {}",
            "season": "hacia la {}",
        },
        uncertain="{} (fecha incierta)",
        since={
            "": "desde {}",
            "day": "desde el {}",
            "decade": "desde la {}",
            "century": "desde el {}",
        },
        until={
            "": "hasta {}",
            "day": "hasta el {}",
            "decade": "hasta la {}",
            "century": "hasta el {}",
        },
        since_unknown="{}, final desconocido",
        until_unknown="{}, inicio desconocido",
        old_style="{new} ({old} según el calendario juliano)",
        doubtful="{} (calendario dudoso)",
        seasons=("primavera", "verano", "otoño", "invierno"),
        season="{season} de {year}",
        this_year="este año",
        next_year="el año que viene",
        anniversary="el {}.º aniversario",
    ),
    "ru": Phrases(
        decade="{}-е годы",
        century="{} век",
        century_number=roman,
        circa={"": "около {}"},
        uncertain="{} (дата не точна)",
        since={"": "с {}"},
        until={"": "до {}"},
        since_unknown="{}, конец неизвестен",
        until_unknown="{}, начало неизвестно",
        old_style="{new} ({old} по старому стилю)",
        doubtful="{} (календарь под вопросом)",
        seasons=("весна", "лето", "осень", "зима"),
        season="{season} {year}\u202fг.",
        this_year="в этом году",
        next_year="в следующем году",
        ordinal=lambda number: f"{number}-я",
        anniversary="{} годовщина",
    ),
    "ar": Phrases(
        decade="عقد {}",
        century="القرن {}",
        century_number=_arabic_century,
        circa={"": "نحو {}"},
        uncertain="{} (غير مؤكد)",
        since={"": "منذ {}"},
        until={"": "حتى {}"},
        since_unknown="{}، النهاية مجهولة",
        until_unknown="{}، البداية مجهولة",
        old_style="{new} ({old} وفق التقويم اليولياني)",
        doubtful="{} (التقويم مشكوك فيه)",
        seasons=("ربيع", "صيف", "خريف", "شتاء"),
        this_year="هذا العام",
        next_year="العام القادم",
        anniversary="الذكرى السنوية الـ{}",
    ),
    "zh": Phrases(
        decade="{}年代",
        century="{}世纪",
        circa={"": "约{}"},
        uncertain="{}（存疑）",
        since={"": "{}起"},
        until={"": "至{}"},
        since_unknown="{}起，结束时间不详",
        until_unknown="至{}，开始时间不详",
        to="至",
        dash="至",
        old_style="{new}（旧历{old}）",
        doubtful="{}（历法存疑）",
        seasons=("春", "夏", "秋", "冬"),
        season="{year}{season}",
        this_year="今年",
        next_year="明年",
        anniversary="{}周年",
    ),
    "zh_Hant": Phrases(
        decade="{}年代",
        century="{}世紀",
        circa={"": "約{}"},
        uncertain="{}（存疑）",
        since={"": "{}起"},
        until={"": "至{}"},
        since_unknown="{}起，結束時間不詳",
        until_unknown="至{}，開始時間不詳",
        to="至",
        dash="至",
        old_style="{new}（舊曆{old}）",
        doubtful="{}（曆法存疑）",
        seasons=("春", "夏", "秋", "冬"),
        season="{year}{season}",
        this_year="今年",
        next_year="明年",
        anniversary="{}週年",
    ),
    "ja": Phrases(
        decade="{}年代",
        century="{}世紀",
        circa={"": "{}頃"},
        uncertain="{}（不確か）",
        since={"": "{}以降"},
        until={"": "{}まで"},
        since_unknown="{}以降、終わりは不明",
        until_unknown="{}まで、始まりは不明",
        to="～",
        dash="～",
        old_style="{new}（ユリウス暦{old}）",
        doubtful="{}（暦は疑わしい）",
        seasons=("春", "夏", "秋", "冬"),
        season="{year}{season}",
        this_year="今年",
        next_year="来年",
        anniversary="{}周年",
    ),
}
