"""Which entries somebody wants: read from a query, tested, worded, and found on a day.

Feeds, calendars, embeds and exports all choose with the same filter.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Literal, get_args
from urllib.parse import urlencode

from babel import Locale
from msgspec import Struct

from hodie.almanac import PAGE, Almanac, Entry, Kind, Outline
from hodie.dates import MonthDay, worded_year
from hodie.errors import HodieError
from hodie.press.publication import is_slug, nearest
from hodie.press.view import civil_date
from hodie.press.words import words

Sensitive = Literal["shown", "hidden", "only"]

# Where a filter keeps next to nothing, a day is not read to its end: the heaviest come first, and
# somebody waits for the answer. A tenth of a second for a day.
MOST_READ = 5_000
_CHUNK = 500
_YEAR = re.compile(r"-?\d{1,6}")
_SENSITIVE = "sensitive"
_EVERYWHERE = frozenset(Locale("en").territories)


class FilterError(HodieError, ValueError):
    """What was asked for cannot be meant; says which parameter, its value, and what would do."""

    def __init__(self, message: str, *, parameter: str, value: str) -> None:
        super().__init__(f"{parameter}: {message}")
        self.parameter, self.value = parameter, value


class Filter(Struct, frozen=True, kw_only=True):
    """Which entries are wanted: those that meet every condition; an empty one keeps all.

    `first` and `last` are astronomical years, both among those wanted. `countries` are ISO codes
    (two letters), `about` the ids of entities that must take part, `text` words that the entry
    must have, in any order.

    >>> Filter(kinds=(Kind.BIRTH,), countries=("PL",)).query
    'kind=birth&country=PL'
    """

    kinds: tuple[Kind, ...] = ()
    subkinds: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    first: int | None = None
    last: int | None = None
    about: tuple[str, ...] = ()
    text: str = ""
    sensitive: Sensitive = "shown"

    @classmethod
    def read(cls, query: Iterable[tuple[str, str]]) -> "Filter":
        """Read a filter from the parameters of a query; raises FilterError.

        A parameter may stand several times, or hold several values with commas between.

        >>> Filter.read([("kind", "birth,death"), ("from", "-43")])
        Filter(kinds=(<Kind.BIRTH: 'birth'>, <Kind.DEATH: 'death'>), ..., first=-43, ...)
        """
        given: dict[str, list[str]] = {}
        for name, value in query:
            if name not in PARAMETERS:
                message = f"is no known parameter; {nearest(name, PARAMETERS)}"
                raise FilterError(message, parameter=name, value=value)
            given.setdefault(name, []).extend(_values(name, value))
        first, last = (_year(name, given.get(name, [])) for name in ("from", "to"))
        if first is not None and last is not None and last < first:
            message = f"{last} comes before the year in 'from', {first}; swap the two"
            raise FilterError(message, parameter="to", value=str(last))
        return cls(
            kinds=tuple(Kind(_one_of("kind", each, Kind)) for each in given.get("kind", [])),
            subkinds=tuple(_name("subkind", each) for each in given.get("subkind", [])),
            countries=tuple(_country(each) for each in given.get("country", [])),
            first=first,
            last=last,
            about=tuple(_name("about", each) for each in given.get("about", [])),
            text=" ".join(" ".join(given.get("q", [])).split()),
            sensitive=_sensitive(given.get(_SENSITIVE, [])),
        )

    @property
    def query(self) -> str:
        """The filter as the one query that names it: equal filters have equal queries."""
        pairs = {
            "kind": ",".join(sorted(set(self.kinds))),
            "subkind": ",".join(sorted(set(self.subkinds))),
            "country": ",".join(sorted(set(self.countries))),
            "from": "" if self.first is None else str(self.first),
            "to": "" if self.last is None else str(self.last),
            "about": ",".join(sorted(set(self.about))),
            "q": self.text,
            _SENSITIVE: "" if self.sensitive == "shown" else self.sensitive,
        }
        return urlencode({name: value for name, value in pairs.items() if value}, safe=",")

    def keeps(self, entry: Entry) -> bool:
        """Tell whether an entry is among those wanted."""
        return (
            self._keeps_sort(entry)
            and (not self._has_years or self._keeps_year(_told_year(entry)))
            and (not self.countries or not countries_of(entry).isdisjoint(self.countries))
            and (not self.about or any(p.entity.id in self.about for p in entry.participants))
            and (not self.text or self._keeps_text(entry))
        )

    def keeps_outline(self, outline: Outline) -> bool:
        """Tell whether the entry of an outline is wanted, as far as an outline says."""
        return self._keeps_year(outline.year) and self._keeps_sort(outline)

    @property
    def needs_entries(self) -> bool:
        """Whether an outline does not say if its entry is wanted."""
        return bool(self.countries or self.about or self.text)

    def worded(self, language: str) -> str:
        """Say in a few words what is wanted, for a title; empty where everything is.

        >>> Filter(kinds=(Kind.BIRTH,), countries=("PL",), first=1800).worded("en")
        'births, Poland, from 1800'
        """
        said, territories = words(language), Locale.parse(language, sep="-").territories
        parts = [said[f"kinds_{kind}"] for kind in dict.fromkeys(self.kinds)]
        parts += [subkind.replace("-", " ") for subkind in self.subkinds]
        parts += [str(territories.get(code, code)) for code in self.countries]
        if self.first is not None:
            parts.append(said["from_year"].format(year=worded_year(self.first, language)))
        if self.last is not None:
            parts.append(said["to_year"].format(year=worded_year(self.last, language)))
        parts += [*self.about, *([f"“{self.text}”"] if self.text else [])]
        return ", ".join(parts)

    def on(self, almanac: Almanac, day: MonthDay, most: int | None = MOST_READ) -> Iterator[Entry]:
        """Yield the entries of a day that are wanted, heaviest first within each kind.

        At most so many of a kind are looked at; None is all. Those of an entity are all found.
        """
        if self.about:
            found = (entry for entry in self.of_entities(almanac) if entry.day == day)
            yield from sorted(found, key=lambda entry: -entry.weight)
            return
        for kind in dict.fromkeys(self.kinds) or (None,):
            yield from self._on(almanac, day, kind, most)

    def of_entities(self, almanac: Almanac) -> list[Entry]:
        """Return all that is wanted of the entities in `about`, each entry once."""
        found = (entry for id in dict.fromkeys(self.about) for entry in almanac.about(id))
        return [*{entry.id: entry for entry in found if self.keeps(entry)}.values()]

    def _on(
        self, almanac: Almanac, day: MonthDay, kind: Kind | None, most: int | None
    ) -> Iterator[Entry]:
        """Yield the entries of a day and kind that are wanted: of the first `most`, None for all.

        Those of the first page lie ready, and few readers want more. Behind it only those that an
        outline does not rule out are read.
        """
        offset, size = 0, PAGE
        while most is None or offset < most:
            size = size if most is None else min(size, most - offset)
            if offset < PAGE or self.needs_entries:
                found = almanac.day(day, kind, limit=size, offset=offset)
                count = len(found)
            else:
                outlines = almanac.lists.day(day, kind, limit=size, offset=offset)
                count = len(outlines)
                found = almanac.lists.entries(filter(self.keeps_outline, outlines))
            yield from filter(self.keeps, found)
            if count < size:
                return
            offset, size = offset + count, _CHUNK

    @property
    def _has_years(self) -> bool:
        return self.first is not None or self.last is not None

    def _keeps_year(self, year: int | None) -> bool:
        first, last = self.first, self.last
        if year is None:
            return first is last is None
        return (first is None or first <= year) and (last is None or year <= last)

    def _keeps_sort(self, entry: Entry | Outline) -> bool:
        return (
            (not self.kinds or entry.kind in self.kinds)
            and (not self.subkinds or entry.subkind in self.subkinds)
            and (
                self.sensitive == "shown"
                or (_SENSITIVE in entry.flags) is (self.sensitive == "only")
            )
        )

    def _keeps_text(self, entry: Entry) -> bool:
        names = (name for part in entry.participants for name in part.entity.names)
        said = " ".join((entry.label, entry.line or "", *names)).casefold()
        return all(word in said for word in self.text.casefold().split())


PARAMETERS = ("kind", "subkind", "country", "from", "to", "about", "q", _SENSITIVE)


def _told_year(entry: Entry) -> int | None:
    date = civil_date(entry)
    return None if date is None else date.year


def countries_of(entry: Entry) -> frozenset[str]:
    """Return the ISO codes of the countries that an entry is of: its own, and of who is in it."""
    of_entities = (part.entity.country for part in entry.participants)
    return frozenset((*entry.countries, *filter(None, of_entities)))


def _values(name: str, value: str) -> list[str]:
    """Split a parameter at its commas; words to look for may have some."""
    return [value] if name == "q" else [each.strip() for each in value.split(",") if each.strip()]


def _one_of(parameter: str, value: str, known: Iterable[str]) -> str:
    names = [str(each) for each in known]
    if value not in names:
        message = f"{value!r} is none; {nearest(value, names)}"
        raise FilterError(message, parameter=parameter, value=value)
    return value


def _name(parameter: str, value: str) -> str:
    if not is_slug(value):
        message = f"{value!r} must be lower-case letters, digits and hyphens"
        raise FilterError(message, parameter=parameter, value=value)
    return value


def _country(value: str) -> str:
    code = value.upper()
    if len(code) != 2 or code not in _EVERYWHERE:
        message = f"{value!r} is no country; write its two letters of ISO 3166-1, such as 'PL'"
        raise FilterError(message, parameter="country", value=value)
    return code


def _year(parameter: str, values: list[str]) -> int | None:
    if not values:
        return None
    if not _YEAR.fullmatch(values[-1]):
        message = f"{values[-1]!r} is no year; write one such as '1800', or '-43' for 44 BC"
        raise FilterError(message, parameter=parameter, value=values[-1])
    return int(values[-1])


def _sensitive(values: list[str]) -> Sensitive:
    value = values[-1] if values else "shown"
    _one_of(_SENSITIVE, value, get_args(Sensitive))
    return "hidden" if value == "hidden" else "only" if value == "only" else "shown"
