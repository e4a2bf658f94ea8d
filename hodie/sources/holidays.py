"""Holidays as a year has them: fixed ones, and those that move, such as Easter and Eid.

An almanac knows the holidays of every year by their day. Those that move can only be told for a
year, so they are reckoned when a day is chosen, with the Python library `holidays` (MIT), for the
countries that a publication names. Nothing is looked up anywhere.
"""

import difflib
import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from hashlib import blake2b
from importlib.metadata import version
from typing import TYPE_CHECKING

from msgspec import Struct

from hodie.almanac import Entry, Kind, Reference
from hodie.dates import HistoricalDate, MonthDay
from hodie.sources import SourceError

if TYPE_CHECKING:
    from holidays import HolidayBase

# Whoever names a country wants its holidays first.
WEIGHT = 0.8
USUAL = ("public",)

_COUNTRY = re.compile(r"[A-Z]{2}")


class Holidays(Struct, frozen=True):
    """The countries whose holidays a publication tells, and which sorts of them.

    A country is an ISO 3166 code, `DE`, or that of a part of one, `DE-BY`.

    >>> [kept.title for kept in Holidays(("DE",)).on(MonthDay(4, 3), 2026, "en")]
    ['Good Friday']
    >>> Holidays(("DE",)).on(MonthDay(4, 3), 2027, "en")
    ()
    """

    countries: tuple[str, ...] = ()
    categories: tuple[str, ...] = USUAL

    @classmethod
    def of(cls, countries: Sequence[str], categories: Sequence[str] = USUAL) -> "Holidays":
        """Check what somebody wrote; raises SourceError with the way out."""
        for code in countries:
            _check_country(code)
        for category in categories:
            _check_category(category)
        return cls(tuple(dict.fromkeys(countries)), tuple(dict.fromkeys(categories)))

    def on(self, day: MonthDay, year: int, language: str) -> tuple[Entry, ...]:
        """Return the holidays of a day in a year, each once, named in `language` where possible."""
        if not self.countries or (date := day.in_year(year)) is None:
            return ()
        kept: dict[str, set[str]] = {}
        for code in self.countries:
            names = _in_year(code, self.categories, year, language).get(day, ())
            for name in names:
                kept.setdefault(name, set()).add(code[:2])
        return tuple(_entry(name, date, day, countries) for name, countries in kept.items())


def _entry(name: str, date: HistoricalDate, day: MonthDay, countries: set[str]) -> Entry:
    """Make an entry of a holiday: it has a day, but as all holidays no date from which to count."""
    tail = blake2b(name.encode(), digest_size=5).hexdigest()
    return Entry(
        f"h:{date.edtf}:{tail}",
        Kind.HOLIDAY,
        day=day,
        title=name,
        weight=WEIGHT,
        references=(_reference(),),
        countries=tuple(sorted(countries)),
    )


@cache
def _reference() -> Reference:
    return Reference(
        "holidays, the Python library",
        "https://pypi.org/project/holidays/",
        version("holidays"),
        licence="MIT",
    )


@lru_cache(maxsize=512)
def _in_year(
    code: str, categories: tuple[str, ...], year: int, language: str
) -> dict[MonthDay, tuple[str, ...]]:
    """Return the names of a country's holidays in a year, by day."""
    import holidays

    country, _, part = code.partition("-")
    known = holidays.country_holidays(country)
    found = holidays.country_holidays(
        country,
        subdiv=part or None,
        years=year,
        # A day off in place of a holiday on a Sunday is not the holiday.
        observed=False,
        categories=tuple(each for each in categories if each in known.supported_categories),
        language=_language(known, language),
    )
    shifted = _shifted(found)
    days: dict[MonthDay, tuple[str, ...]] = {}
    for date in sorted(found):
        names = (name for name in found.get_list(date) if not (shifted and shifted in name))
        if told := tuple(dict.fromkeys(names)):
            days[MonthDay.of(date)] = told
    return days


def _shifted(found: "HolidayBase") -> str:
    """Return how the names of working days begin that were exchanged for days off."""
    label = getattr(found, "substituted_label", None)
    return str(found.tr(label)).partition("%s")[0] if label else ""


def _language(known: "HolidayBase", wanted: str) -> str | None:
    """Return the language of the names: the one wanted, else English, else the country's own."""
    supported = tuple(known.supported_languages)
    tag = wanted.replace("-", "_")
    for begin in (tag, tag.partition("_")[0], "en_US", "en"):
        if begin in supported:
            return begin
        if near := next((each for each in supported if each.startswith(f"{begin}_")), None):
            return near
    return known.default_language


def _check_country(code: object) -> None:
    import holidays

    supported = holidays.list_supported_countries(include_aliases=False)
    country, _, part = code.partition("-") if isinstance(code, str) else ("", "", "")
    if not _COUNTRY.fullmatch(country) or country not in supported:
        raise SourceError(
            f"no holidays are known of {code!r}; write ISO codes such as 'DE', or 'DE-BY' for a "
            f"part of a country; {_nearest(str(code), supported)}"
        )
    if part and part not in supported[country]:
        known = ", ".join(supported[country]) or "none"
        raise SourceError(
            f"{country!r} has no part {part!r} with holidays of its own, but: {known}"
        )


def _check_category(category: object) -> None:
    if category not in _categories():
        known = ", ".join(sorted(_categories()))
        raise SourceError(f"no category of holidays is {category!r}; there are: {known}")


@cache
def _categories() -> frozenset[str]:
    from holidays import constants

    names = (
        "ALBANIAN ARMED_FORCES ARMENIAN BANK BOSNIAN CATHOLIC CHRISTIAN DE_FACTO GOVERNMENT "
        "HALF_DAY HEBREW HINDU ISLAMIC MANDATORY OPTIONAL ORTHODOX PROTESTANT PUBLIC ROMA SABIAN "
        "SCHOOL SERBIAN TURKISH UNOFFICIAL VLACH WORKDAY YAZIDI"
    )
    return frozenset(str(value) for value in _constants(constants, names))


def _constants(module: object, names: str) -> Iterator[object]:
    return (getattr(module, name) for name in names.split() if hasattr(module, name))


def _nearest(code: str, known: dict[str, list[str]]) -> str:
    near = difflib.get_close_matches(code.upper()[:2], known, n=3, cutoff=0.5)
    return f"near it are {', '.join(near)}" if near else "such as 'FR', 'TR' or 'US'"
