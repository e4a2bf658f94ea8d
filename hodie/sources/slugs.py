"""Permanent, readable ids for entities, made from their names."""

import re
import unicodedata
from collections.abc import Iterable

MAX_LENGTH = 64

# What Unicode decomposition leaves alone, though any reader writes it in plain letters.
_LETTERS = str.maketrans(
    {
        "Æ": "Ae", "æ": "ae", "Ð": "D", "ð": "d", "Đ": "D", "đ": "d", "Ħ": "H", "ħ": "h",
        "ı": "i", "Ł": "L", "ł": "l", "Ŋ": "N", "ŋ": "n", "Ø": "O", "ø": "o", "Œ": "Oe",
        "œ": "oe", "ß": "ss", "ẞ": "SS", "Þ": "Th", "þ": "th", "Ə": "E", "ə": "e", "&": " and ",
        "'": "", "’": "", "‘": "", "ʻ": "", "ʼ": "", "ʾ": "", "ʿ": "", "`": "", "½": " half",
        "°": "", "²": "2", "³": "3",
    }
)  # fmt: skip


def slug(name: str) -> str:
    """Fold a name to an address: ASCII, lower case, words joined by hyphens.

    A name without a single Latin letter or digit gives an empty string.

    >>> slug("Leon Trotsky"), slug("Ramón Mercader"), slug("Jun'yō Maru"), slug("Łódź")
    ('leon-trotsky', 'ramon-mercader', 'junyo-maru', 'lodz')
    >>> slug("Hulk (comics)")
    'hulk-comics'
    """
    folded = unicodedata.normalize("NFKD", name.translate(_LETTERS))
    plain = folded.encode("ascii", "ignore").decode().lower()
    return _shorten("-".join(re.findall(r"[a-z0-9]+", plain)))


def unique_slugs(names: Iterable[str]) -> dict[str, str]:
    """Give each name its own slug: the first that folds to one has it, later ones are numbered.

    Pass the names in a fixed order, best known first, so that an address stays where it was.

    >>> unique_slugs(["Łódź", "Lodz", "東京"])
    {'Łódź': 'lodz', 'Lodz': 'lodz-2', '東京': 'unnamed'}
    """
    slugs: dict[str, str] = {}
    taken: set[str] = set()
    for name in names:
        if name not in slugs:
            slugs[name] = _free(slug(name) or "unnamed", taken)
            taken.add(slugs[name])
    return slugs


def _free(wanted: str, taken: set[str]) -> str:
    candidate, number = wanted, 1
    while candidate in taken:
        number += 1
        candidate = f"{wanted}-{number}"
    return candidate


def _shorten(text: str) -> str:
    if len(text) <= MAX_LENGTH:
        return text
    return text[: MAX_LENGTH + 1].rpartition("-")[0] or text[:MAX_LENGTH]
