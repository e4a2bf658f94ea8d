"""Who stands behind the starter's facts, and under what terms what we carry may be used."""

from typing import NamedTuple

from hodie.almanac import Reference
from hodie.dates import MonthDay
from hodie.sources.starter.lines import MONTHS

FACTS_ONLY = "facts only"
"""No sentence of the source is carried: dates, names and roles, which nobody owns."""


class Witness(NamedTuple):
    """A data set that states facts; `revision` says which edition of it was read."""

    name: str
    licence: str
    url: str | None
    revision: str | None = None


_DAY_PAGE = "https://en.wikipedia.org/wiki/{day}"
_ITEM = "https://www.wikidata.org/wiki/{item}"

WITNESSES = {
    "a": Witness("English Wikipedia, page of the day", FACTS_ONLY, _DAY_PAGE, "2017-11"),
    "b": Witness("English Wikipedia, page of the day", FACTS_ONLY, _DAY_PAGE, "2019-10"),
    "c": Witness("Wikimedia, feed of the day", FACTS_ONLY, _DAY_PAGE, "2026-07"),
    "d": Witness("Wikidata", "CC0-1.0", _ITEM),
    "e": Witness("HeidelTime, dates of wars", FACTS_ONLY, None),
    "f": Witness("Nobel Prize Outreach", FACTS_ONLY, "https://www.nobelprize.org/"),
    "g": Witness(
        "NOAA, Significant Earthquake Database",
        "public domain",
        "https://doi.org/10.7289/V5TD9V7K",
    ),
    "h": Witness(
        "J. McDowell, General Catalog of Artificial Space Objects",
        "CC-BY-4.0",
        "https://planet4589.org/space/gcat/",
    ),
    "i": Witness("The Hodie developers", "Apache-2.0", None),
    "j": Witness(
        "holidays, the Python library", "MIT", "https://pypi.org/project/holidays/", "0.109"
    ),
}
LETTERS = {
    "wp2017": "a",
    "wp2019": "b",
    "wp2026": "c",
    "wikidata": "d",
    "heideltime": "e",
    "nobelprize": "f",
    "noaa": "g",
    "gcat": "h",
    "hand": "i",
    "holidays": "j",
}
"""The letter of each source by its name in the facts."""


def reference(letter: str, day: MonthDay, item: str | None) -> Reference:
    """Refer to a witness: its page of the day, or the item where it has items.

    >>> reference("b", MonthDay(8, 20), None).url
    'https://en.wikipedia.org/wiki/August_20'
    >>> reference("d", MonthDay(8, 20), "Q33391").licence
    'CC0-1.0'
    """
    witness = WITNESSES[letter]
    url = witness.url
    if url is not None:
        url = _url(url, day, item)
    return Reference(witness.name, url, witness.revision, witness.licence)


def _url(url: str, day: MonthDay, item: str | None) -> str:
    if url == _ITEM:
        return url.format(item=item) if item else "https://www.wikidata.org/"
    return url.format(day=f"{MONTHS[day.month - 1]}_{day.day}")
