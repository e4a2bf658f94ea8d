"""One line of the dump, which is JSON, read into an `Item`.

Claims are first taken as they stand, property by property, and only those read that the rules ask
for: so the references, which are most of a line, are skipped at the speed of the decoder, and a
datatype that nobody knows spoils one statement, not the line.
"""

from collections.abc import Callable, Iterable
from typing import Any

import msgspec
from msgspec import Raw, Struct

from hodie.sources.wikidata.items import Item, Place, Statement, Term, Time, Value
from hodie.sources.wikidata.rules import Rules, number

JULIAN = "Q1985786"
GREGORIAN = "Q1985727"
WORLDWIDE = "mul"
FALLBACKS = (WORLDWIDE, "en")
"""The languages whose label serves where none of those asked for has one."""

# No string of JSON can hold this, since its quotation marks would be escaped: where it stands, the
# first main class of an item follows. It may be written in other ways, and is then not found; so a
# line that has it can be left out by it, and none is left out for want of it.
FIRST_CLASS = (
    b'"mainsnak":{"snaktype":"value","property":"P31","datavalue":{"value":'
    b'{"entity-type":"item","numeric-id":'
)

Complain = Callable[[str, str], None]
"""Hears of a statement that cannot be read: a reason, and where in the item."""


class _Text(Struct, gc=False):
    value: str


class _Link(Struct, gc=False):
    title: str


class _Snak(Struct, gc=False):
    snaktype: str
    datavalue: Raw = Raw()


class _Statement(Struct, gc=False):
    mainsnak: _Snak
    rank: str = "normal"
    qualifiers: dict[str, list[_Snak]] | list[None] | None = None


class _Typed(Struct, gc=False):
    type: str
    value: Raw


class _TimeValue(Struct, gc=False):
    time: str
    precision: int
    calendarmodel: str


class _ItemValue(Struct, gc=False):
    numeric: int | None = msgspec.field(default=None, name="numeric-id")
    id: str | None = None


class _PlaceValue(Struct, gc=False):
    latitude: float
    longitude: float
    globe: str | None = None


class LineError(ValueError):
    """A line that is no entity."""


_statements = msgspec.json.Decoder(list[_Statement]).decode
_typed = msgspec.json.Decoder(_Typed).decode
_time = msgspec.json.Decoder(_TimeValue).decode
_item = msgspec.json.Decoder(_ItemValue).decode
_place = msgspec.json.Decoder(_PlaceValue).decode
_string = msgspec.json.Decoder(str).decode
_link = msgspec.json.Decoder(_Link).decode


class Reader:
    """Reads lines, with the rules and the languages of one build."""

    def __init__(self, rules: Rules, languages: tuple[str, ...]) -> None:
        self.languages = languages
        self.spoken = tuple(dict.fromkeys((*languages, *FALLBACKS)))
        self.out = rules.out_classes
        self.dated = frozenset(rules.dated)
        self.named = naming_properties(rules)
        self.wanted = wanted_properties(rules)
        self.classes = rules.entity.classes
        self.qualifiers = {"P585", "P580", rules.entity.circumstances}
        self._decode = msgspec.json.Decoder(_line_type(self.spoken)).decode
        self._sites = [(language, site_of(language)) for language in languages]

    def read(self, line: bytes | memoryview, complain: Complain) -> Item | None:
        """Read one line, without the comma at its end; None where it is no item, or stays out.

        Raises LineError where it is no entity at all.
        """
        try:
            entity = self._decode(line)
            if entity.id[:1] != "Q":
                return None
            raw = entity.claims if isinstance(entity.claims, dict) else {}
            classes = self._classes(raw, entity.id, complain)
            if classes & self.out:
                return None
            claims = self._claims(raw, entity.id, complain)
            return Item(
                int(entity.id[1:]),
                self._terms(entity),
                classes,
                len(entity.sitelinks),
                claims,
            )
        except (msgspec.DecodeError, ValueError, RecursionError) as error:
            raise LineError(str(error)) from error

    def _classes(self, raw: dict[str, Raw], id: str, complain: Complain) -> frozenset[int]:
        """Return the classes of every rank."""
        group = raw.get(self.classes)
        if group is None:
            return frozenset()
        try:
            statements = _statements(group)
            values = [_value(s.mainsnak) for s in statements if s.mainsnak.snaktype == "value"]
        except (msgspec.DecodeError, ValueError) as error:
            complain(str(error), f"{id} {self.classes}")
            return frozenset()
        return frozenset(value for value in values if type(value) is int)

    def _claims(
        self, raw: dict[str, Raw], id: str, complain: Complain
    ) -> dict[str, tuple[Statement, ...]]:
        claims = {}
        wanted = self.named if self.dated.isdisjoint(raw) else self.wanted
        for property in raw.keys() & wanted:
            try:
                best = _best(_statements(raw[property]))
            except (msgspec.DecodeError, ValueError) as error:
                complain(str(error), f"{id} {property}")
                continue
            found = []
            for statement in best:
                try:
                    found.append(self._statement(statement))
                except (msgspec.DecodeError, ValueError) as error:
                    complain(str(error), f"{id} {property}")
            if found:
                claims[property] = tuple(found)
        return claims

    def _statement(self, statement: _Statement) -> Statement:
        value = _value(statement.mainsnak)
        given = statement.qualifiers
        if not isinstance(given, dict):
            return Statement(value)
        kept = {
            property: tuple(_value(snak) for snak in given[property] if snak.snaktype == "value")
            for property in given.keys() & self.qualifiers
        }
        return Statement(value, kept) if kept else Statement(value)

    def _terms(self, entity: Any) -> tuple[Term, ...]:
        labels, descriptions, aliases = entity.labels, entity.descriptions, entity.aliases
        titles = {}
        if entity.sitelinks:
            for language, site in self._sites:
                link = entity.sitelinks.get(site)
                if link is not None:
                    titles[language] = _link(link).title
        terms = []
        for place, language in enumerate(self.spoken):
            field = f"l{place}"
            label, description = getattr(labels, field, None), getattr(descriptions, field, None)
            others = getattr(aliases, field, None)
            title = titles.get(language)
            if label or description or others or title:
                terms.append(
                    Term(
                        language,
                        label.value if label else None,
                        description.value if description else None,
                        title,
                        tuple(other.value for other in others) if others else (),
                    )
                )
        return tuple(terms)


def is_out(line: bytes, start: int, end: int, out: frozenset[int]) -> bool:
    """Tell whether the first class of an item shows that it stays out; False decides nothing."""
    found = line.find(FIRST_CLASS, start, end)
    if found < 0:
        return False
    found += len(FIRST_CLASS)
    digits = line[found : line.find(b",", found, found + 12)]
    return digits.isdigit() and int(digits) in out


def naming_properties(rules: Rules) -> frozenset[str]:
    """Return the properties that tell of an item to which entries may refer."""
    other = rules.entity
    return frozenset((other.image, other.coordinates, other.country, other.citizenship, other.iso))


def wanted_properties(rules: Rules) -> frozenset[str]:
    """Return the properties that are read of an item with a date, but for the classes."""
    properties = {*naming_properties(rules), rules.entity.born, rules.entity.died}
    for rule in rules.rules:
        properties.update((rule.property, *rule.place, *rule.people, *rule.context))
    return frozenset(properties)


def site_of(language: str) -> str:
    """Return the name of the Wikipedia in a language.

    >>> site_of("zh-yue")
    'zh_yuewiki'
    """
    return language.replace("-", "_").lower() + "wiki"


def parse_time(time: str, precision: int, julian: bool) -> Time:
    """Read a time as the dump writes it, without the digits below its precision.

    Its years are historical: there is no year 0, and -0044 is 44 BC.

    >>> parse_time("-0044-03-15T00:00:00Z", 11, True)
    Time(year=-43, month=3, day=15, precision=11, julian=True, approximate=False, uncertain=False)
    >>> parse_time("+1952-01-01T00:00:00Z", 9, False).day
    0
    """
    year_text, month, day = time[1:].split("T", 1)[0].split("-")
    year = int(year_text)
    if time[0] not in "+-" or year == 0:
        raise ValueError(f"time {time!r} names no year")
    if time[0] == "-":
        year = 1 - year
    return cut_time(year, int(month), int(day), precision, julian)


def cut_time(year: int, month: int, day: int, precision: int, julian: bool) -> Time:
    """Make a time of an astronomical year, as exact as its precision and no more."""
    if not 0 <= precision <= 14:
        raise ValueError(f"precision {precision!r} is none of Wikidata's")
    if precision < 10 or not month:
        return Time(_first_year(year, precision), precision=min(precision, 9), julian=julian)
    if precision < 11 or not day:
        return Time(year, month, precision=10, julian=julian)
    return Time(year, month, day, julian=julian)


def _first_year(year: int, precision: int) -> int:
    """Return the year as which a decade or century is kept: 1690 of 1693, 1800 of 1801 to 1900."""
    if year <= 0 or precision > 8:
        return year
    return year // 10 * 10 if precision == 8 else (year - 1) // 100 * 100


def is_julian(model: str) -> bool:
    """Tell which calendar a model names; ValueError where it is neither of the two."""
    if model.endswith(GREGORIAN):
        return False
    if model.endswith(JULIAN):
        return True
    raise ValueError(f"calendar {model!r} is neither Gregorian nor Julian")


def _best(statements: Iterable[_Statement]) -> list[_Statement]:
    """Return the preferred statements, else the normal ones, as far as they have a value."""
    normal, preferred = [], []
    for statement in statements:
        if statement.rank == "normal":
            normal.append(statement)
        elif statement.rank == "preferred":
            preferred.append(statement)
    return [s for s in preferred or normal if s.mainsnak.snaktype == "value"]


def _value(snak: _Snak) -> Value:
    if not snak.datavalue:
        raise ValueError("a value is missing")
    data = _typed(snak.datavalue)
    match data.type:
        case "wikibase-entityid":
            entity = _item(data.value)
            if entity.id is not None:
                return number(entity.id) if entity.id[:1] == "Q" else entity.id
            if entity.numeric is None:
                raise ValueError("an entity without a number")
            return entity.numeric
        case "time":
            time = _time(data.value)
            return parse_time(time.time, time.precision, is_julian(time.calendarmodel))
        case "string":
            return _string(data.value)
        case "globecoordinate":
            place = _place(data.value)
            return Place(place.latitude, place.longitude)
        case other:
            raise ValueError(f"datatype {other!r} is not known here")


def _line_type(languages: tuple[str, ...]) -> type[Any]:
    """Make the type of a line that has these languages and skips all others."""
    rename = {f"l{place}": language for place, language in enumerate(languages)}

    def by_language(name: str, kind: Any) -> Any:
        fields = [(field, kind | None, None) for field in rename]
        return msgspec.defstruct(name, fields, rename=rename, gc=False) | list[None]

    texts = by_language("Texts", _Text)
    return msgspec.defstruct(
        "Line",
        [
            ("id", str),
            ("labels", texts, []),
            ("descriptions", texts, []),
            ("aliases", by_language("Aliases", list[_Text]), []),
            ("claims", dict[str, Raw] | list[None], []),
            ("sitelinks", dict[str, Raw] | list[None], []),
        ],
        gc=False,
    )
