"""Which countries kept the Julian calendar until when."""

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct

from hodie.dates import Calendar, HistoricalDate
from hodie.sources.wikidata.rules import number

FILE = Path(__file__).with_name("adoption.toml")


class Country(Struct, frozen=True, forbid_unknown_fields=True):
    """Countries that changed on one day: the day after `until`, which is Julian."""

    name: str
    items: tuple[str, ...]
    until: str
    source: str
    parts: str | None = None


@cache
def countries(file: Path = FILE) -> tuple[Country, ...]:
    """Read the table."""
    table = tomllib.loads(file.read_text(encoding="utf-8"))
    return msgspec.convert(table["countries"], tuple[Country, ...])


def julian_until(places: Iterable[int], persons: Iterable[int]) -> HistoricalDate | None:
    """Return the last Julian day of a fact's country; None where no country of it is known.

    The country of the place decides, of several the last to change; only where the table has none
    of them do the countries of the person.

    >>> julian_until([159], []).edtf  # Russia
    '1918-01-31'
    >>> julian_until([183], [34266]).edtf  # born in Germany, a Russian subject
    '1700-02-18'
    """
    return _last(places) or _last(persons)


def _last(items: Iterable[int]) -> HistoricalDate | None:
    table = _by_item()
    return max((table[item] for item in items if item in table), default=None)


@cache
def _by_item() -> dict[int, HistoricalDate]:
    return {
        number(item): HistoricalDate.parse(country.until, Calendar.JULIAN)
        for country in countries()
        for item in country.items
    }
