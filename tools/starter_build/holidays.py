"""Public holidays as entries: names cleaned, one a day and name, days in lieu left out."""

import re
from collections import defaultdict
from collections.abc import Iterable

from starter_build.facts import Observance

_NOT_FIXED = re.compile(r"\b(?:observed|in lieu|substitute|additional)\b", re.IGNORECASE)
_NEIGHBOUR = re.compile(r"^(?:The )?Day (?:after|before|following)\b", re.IGNORECASE)

# One name for one feast: the library keeps each country's own.
_SAME = (
    (
        5,
        1,
        r".*\b(?:La?bou?r|Workers?'?s?'?)\b(?! Memorial).*(?:Day|Solidarity)|Workers' Day|May Day|"
        r"Agriculture and Labor Day|Holiday of Spring and Labor",
        "International Workers' Day",
    ),
    (3, 8, r"(?:International )?Women's(?: Rights)? Day", "International Women's Day"),
    (1, 1, r"New Year's Day|International New Year Day", "New Year's Day"),
    (1, 6, r"Epiphany(?: \(.*)?|Three Kings Day", "Epiphany"),
    (1, 7, r"(?:Orthodox |Coptic )?Christmas(?: Day)?", "Orthodox Christmas Day"),
    (4, 25, r"A(?:NZAC|nzac) Day", "Anzac Day"),
    (8, 15, r"(?:Feast of the )?Assumption(?: [Oo]f Mary)?(?: Day)?", "Assumption of Mary"),
    (12, 8, r"(?:Feast of the )?Immaculate Conception", "Immaculate Conception"),
    (12, 25, r"(?:Catholic )?Christmas(?: Day)?(?: \(.*)?", "Christmas Day"),
    (
        12,
        26,
        r"(?:Second Day of Christmas|Christmas Second Day|Day After Christmas)",
        "Second Day of Christmas",
    ),
)
# A holiday that every country kept would weigh 1.
_COUNTRIES = 200


def cleaned(observances: Iterable[Observance]) -> dict[tuple[int, int, str], tuple[str, ...]]:
    """Return the countries of each holiday by month, day and name, in that order."""
    kept = [one for one in observances if not _NOT_FIXED.search(one.name)]
    days = {(one.month, one.day, one.name, country) for one in kept for country in one.countries}
    holidays: dict[tuple[int, int, str], set[str]] = defaultdict(set)
    for month, day, name, country in days:
        if not _repeats(days, month, day, name, country):
            holidays[month, day, _name(month, day, name)].add(country)
    return {key: tuple(sorted(holidays[key])) for key in sorted(holidays)}


def weight(countries: tuple[str, ...]) -> float:
    """Weigh a holiday by how many countries keep it.

    >>> weight(("GB",)) < weight(("DE", "FR")) < weight(tuple(map(str, range(200)))) <= 1
    True
    """
    return min(1.0, 0.2 + 0.8 * (len(countries) / _COUNTRIES) ** 0.5)


def _repeats(
    days: set[tuple[int, int, str, str]], month: int, day: int, name: str, country: str
) -> bool:
    """Tell a second day of the holiday before, or a day that is only next to one."""
    stem = name.removesuffix(" Holiday")
    return bool(_NEIGHBOUR.search(name)) or (
        stem != name and (month, day - 1, stem, country) in days
    )


def _name(month: int, day: int, name: str) -> str:
    for same_month, same_day, pattern, shared in _SAME:
        if (month, day) == (same_month, same_day) and re.fullmatch(pattern, name):
            return shared
    name = re.sub(r"\s*\([^)]*\)$", "", name)
    return name.removesuffix(" Holiday") if name.endswith("Day Holiday") else name
