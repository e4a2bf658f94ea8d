"""One line of the dump, which is JSON, read into an `Item`.

A line is decoded into a type made for the rules and languages at hand: what they do not ask for,
above all the references, is skipped at the speed of the decoder. Where that fails, the line is read
again statement by statement, so that a datatype that nobody knows spoils one statement and no more.
"""

from collections.abc import Callable, Iterator
from itertools import compress
from operator import attrgetter
from typing import Any

import msgspec
from msgspec import Raw, Struct

from hodie.sources.wikidata.items import Item, Place, Qualifiers, Statement, Term, Time, Value
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

_NONE: frozenset[int] = frozenset()
_NOTHING: Qualifiers = {}
_NOTHING_DATED: dict[str, tuple[Statement, ...]] = {}

Complain = Callable[[str, str], None]
"""Hears of a statement that cannot be read: a reason, and where in the item."""


class _Text(Struct, gc=False):
    value: str


class _Link(Struct, gc=False):
    title: str


class _ItemValue(Struct, gc=False):
    numeric: int | None = msgspec.field(default=None, name="numeric-id")
    id: str | None = None


class _ItemData(Struct, gc=False, tag_field="type", tag="wikibase-entityid"):
    value: _ItemValue


class _TimeValue(Struct, gc=False):
    time: str
    precision: int
    calendarmodel: str


class _TimeData(Struct, gc=False, tag_field="type", tag="time"):
    value: _TimeValue


class _StringData(Struct, gc=False, tag_field="type", tag="string"):
    value: str


class _PlaceValue(Struct, gc=False):
    latitude: float
    longitude: float


class _PlaceData(Struct, gc=False, tag_field="type", tag="globecoordinate"):
    value: _PlaceValue


_Data = _ItemData | _TimeData | _StringData | _PlaceData


class _Snak(Struct, gc=False):
    snaktype: str
    datavalue: _Data | None = None


class _Bare(Struct, gc=False):
    """A statement without what is said about it."""

    mainsnak: _Snak
    rank: str = "normal"


class _Whole(Struct, gc=False):
    """A statement with its qualifiers as they stand."""

    mainsnak: _Snak
    rank: str = "normal"
    qualifiers: dict[str, Raw] | list[None] = []


class LineError(ValueError):
    """A line that is no entity."""


_statement = msgspec.json.Decoder(_Whole).decode
_each = msgspec.json.Decoder(list[Raw]).decode
_snaks = msgspec.json.Decoder(list[_Snak]).decode
_link = msgspec.json.Decoder(_Link).decode


class Reader:
    """Reads lines, with the rules and the languages of one build."""

    def __init__(self, rules: Rules, languages: tuple[str, ...]) -> None:
        self.languages = languages
        self.spoken = tuple(dict.fromkeys((*languages, *FALLBACKS)))
        self._out = rules.out_classes
        self._classes = rules.entity.classes
        self._qualifiers = {"P585", "P580", rules.entity.circumstances}
        self._dated = tuple(sorted(rules.dated))
        named = sorted(naming_properties(rules))
        rest = sorted(wanted_properties(rules).difference(self._dated, named))
        self._named, self._others = tuple(named), (*named, *rest)
        types: list[tuple[str, Any]] = [(self._classes, list[_Bare])]
        types += [(property, list[_Whole]) for property in self._dated]
        types += [(property, list[_Bare]) for property in self._others]
        self._claims_type = _claims_type(types)
        self._line_type = _line_type(self.spoken, self._claims_type)
        self._decode = msgspec.json.Decoder(self._line_type).decode
        # Nearly all that is asked of most lines is whether they have a date: one call says so.
        self._get_classes = attrgetter(self._classes)
        self._get_dated = attrgetter(*self._dated)
        self._get_named = attrgetter(*self._named)
        self._get_others = attrgetter(*self._others)
        # Very old dumps have an empty list where there is nothing.
        raw = _line_type(self.spoken, dict[str, Raw], list[None])
        self._decode_raw = msgspec.json.Decoder(raw).decode
        self._texts = [
            (language, site_of(language) if language in languages else None, _texts_getter(place))
            for place, language in enumerate(self.spoken)
        ]

    def read(self, line: bytes | memoryview, complain: Complain) -> Item | None:
        """Read one line, without the comma at its end; None where it is no item, or stays out.

        Raises LineError where it is no entity at all.
        """
        try:
            entity = self._entity(line, complain)
            id, groups = entity.id, entity.claims
            if id[:1] != "Q":
                return None
            classes, dated = _NONE, _NOTHING_DATED
            if classed := self._get_classes(groups):
                classes = self._class_numbers(classed, id, complain)
                if not classes.isdisjoint(self._out):
                    return None
            dates = self._get_dated(groups)
            if any(dates):
                dated = self._statements_of(dates, id, complain)
            claims = self._claims(groups, id, complain, dated=bool(dated))
            terms = self._terms(entity)
            return Item(int(id[1:]), terms, classes, len(entity.sitelinks), claims, dated)
        except (msgspec.DecodeError, ValueError, RecursionError) as error:
            raise LineError(str(error)) from error

    def _entity(self, line: bytes | memoryview, complain: Complain) -> Any:
        try:
            return self._decode(line)
        except msgspec.ValidationError:
            return self._made_of(self._decode_raw(line), complain)

    def _made_of(self, raw: Any, complain: Complain) -> Any:
        """Make an entity of what can be read of one, statement by statement."""
        given = raw.claims or {}
        claims = {
            property: _readable(given[property], f"{raw.id} {property}", complain)
            for property in self._claims_type.__struct_fields__
            if property in given
        }
        parts = {name: getattr(raw, name) for name in ("labels", "descriptions", "aliases")}
        said = {name: part for name, part in parts.items() if part != []}
        links = raw.sitelinks or {}
        return self._line_type(raw.id, claims=self._claims_type(**claims), sitelinks=links, **said)

    def _class_numbers(self, group: Any, id: str, complain: Complain) -> frozenset[int]:
        """Return the classes of every rank."""
        values = _values(group, id, self._classes, complain)
        return frozenset([value for value in values if type(value) is int])

    def _statements_of(
        self, groups: tuple[Any, ...], id: str, complain: Complain
    ) -> dict[str, tuple[Statement, ...]]:
        """Return the best statements of the properties with a date."""
        dated = {}
        for property, group in compress(zip(self._dated, groups, strict=True), groups):
            found = self._statements(_best(group), f"{id} {property}", complain)
            if found:
                dated[property] = found
        return dated

    def _claims(
        self, groups: Any, id: str, complain: Complain, *, dated: bool
    ) -> dict[str, tuple[Value, ...]]:
        """Return the best values of the properties without a date."""
        if dated:
            names, found = self._others, self._get_others(groups)
        else:
            names, found = self._named, self._get_named(groups)
        claims = {}
        for property, group in compress(zip(names, found, strict=True), found):
            values = _values(_best(group), id, property, complain)
            if values:
                claims[property] = values
        return claims

    def _statements(self, group: Any, place: str, complain: Complain) -> tuple[Statement, ...]:
        found = []
        for statement in group:
            try:
                value = _value(statement.mainsnak)
                if value is not None:
                    found.append(Statement(value, self._qualified(statement.qualifiers)))
            except (msgspec.DecodeError, ValueError) as error:
                complain(str(error), place)
        return tuple(found)

    def _qualified(self, given: dict[str, Raw] | list[None]) -> Qualifiers:
        if not given or not isinstance(given, dict) or self._qualifiers.isdisjoint(given):
            return _NOTHING
        kept = {}
        for property in given.keys() & self._qualifiers:
            values = [_value(snak) for snak in _snaks(given[property])]
            kept[property] = tuple([value for value in values if value is not None])
        return kept

    def _terms(self, entity: Any) -> tuple[Term, ...]:
        links, terms = entity.sitelinks, []
        for language, site, texts in self._texts:
            label, description, aliases = texts(entity)
            link = links.get(site) if links else None
            if label or description or aliases or link:
                terms.append(
                    Term(
                        language,
                        label.value if label else None,
                        description.value if description else None,
                        _link(link).title if link else None,
                        tuple([alias.value for alias in aliases]) if aliases else (),
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


def _readable(group: Raw, place: str, complain: Complain) -> list[_Whole]:
    """Return those statements of a property that can be read."""
    statements: list[_Whole] = []
    try:
        raw = _each(group)
    except msgspec.DecodeError as error:
        complain(str(error), place)
        return statements
    for each in raw:
        try:
            statements.append(_statement(each))
        except msgspec.DecodeError as error:
            complain(str(error), place)
    return statements


def _best(statements: Any) -> Any:
    """Return the preferred statements, else the normal ones."""
    if len(statements) == 1 and statements[0].rank == "normal":
        return statements
    best = [each for each in statements if each.rank == "preferred"]
    return best or [each for each in statements if each.rank == "normal"]


def _values(statements: Any, id: str, property: str, complain: Complain) -> tuple[Value, ...]:
    try:
        if len(statements) == 1:
            value = _value(statements[0].mainsnak)
            return () if value is None else (value,)
        values = [_value(statement.mainsnak) for statement in statements]
    except ValueError:
        values = list(_one_by_one(statements, f"{id} {property}", complain))
    return tuple([value for value in values if value is not None])


def _one_by_one(statements: Any, place: str, complain: Complain) -> Iterator[Value | None]:
    for statement in statements:
        try:
            yield _value(statement.mainsnak)
        except ValueError as error:
            complain(str(error), place)


def _value(snak: _Snak) -> Value | None:
    """Return what a snak says; None where that is that it is unknown, or that there is none."""
    data = snak.datavalue
    if snak.snaktype != "value":
        return None
    if type(data) is _ItemData:
        entity = data.value
        if entity.numeric is not None and (entity.id is None or entity.id[:1] == "Q"):
            return entity.numeric
        if entity.id is None:
            raise ValueError("an entity without a number")
        return number(entity.id) if entity.id[:1] == "Q" else entity.id
    if type(data) is _TimeData:
        time = data.value
        return parse_time(time.time, time.precision, is_julian(time.calendarmodel))
    if type(data) is _StringData:
        return data.value
    if type(data) is _PlaceData:
        return Place(data.value.latitude, data.value.longitude)
    raise ValueError("a value is missing")


def _claims_type(types: list[tuple[str, Any]]) -> type[Any]:
    """Make the type of claims that has these properties and skips all others."""
    fields = [(property, kind | None, None) for property, kind in types]
    return msgspec.defstruct("Claims", fields, gc=False, frozen=True)


def _texts_getter(place: int) -> Callable[[Any], tuple[Any, ...]]:
    """Make what takes label, description and aliases in one language from a line."""
    return attrgetter(*(f"{part}.l{place}" for part in ("labels", "descriptions", "aliases")))


def _line_type(languages: tuple[str, ...], claims: Any, empty: Any = None) -> type[Any]:
    """Make the type of a line that has these languages and skips all others.

    `empty` is the type of what may stand for nothing, where it should be an object.
    """
    rename = {f"l{place}": language for place, language in enumerate(languages)}

    def by_language(name: str, kind: Any) -> Any:
        fields = [(field, kind | None, None) for field in rename]
        return msgspec.defstruct(name, fields, rename=rename, gc=False, frozen=True)

    texts, aliases = by_language("Texts", _Text), by_language("Aliases", list[_Text])
    fields = [
        ("labels", texts, texts()),
        ("descriptions", texts, texts()),
        ("aliases", aliases, aliases()),
        ("claims", claims, claims()),
        ("sitelinks", dict[str, Raw], {}),
    ]
    return msgspec.defstruct(
        "Line",
        [("id", str), *((name, kind | empty, default) for name, kind, default in fields)],
        gc=False,
    )
