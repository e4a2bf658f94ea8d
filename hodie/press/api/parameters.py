"""The parameters of queries: how each is read, and what the OpenAPI description says of it.

One table is both, so that neither can say what the other does not do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from functools import cache
from typing import Any, Literal, get_args
from urllib.parse import parse_qsl
from zoneinfo import available_timezones

from babel.localedata import locale_identifiers
from msgspec import Struct

from hodie.almanac import Kind
from hodie.press.api import cursors
from hodie.press.api.problem import ProblemError, plain, refused
from hodie.press.filters import Sensitive
from hodie.press.publication import nearest

Sort = Literal["weight", "-weight", "year", "-year"]
Schema = dict[str, Any]
Pairs = list[tuple[str, str]]

MOST = 200
# A list of more names than this is no help to whoever mistyped one.
MOST_SHOWN = 24
# From before the oldest thing that is dated, in years, to after the last.
YEARS = (-20_000_000_000, 20_000_000_000)
ID = r"^[a-z0-9][A-Za-z0-9:.,_-]{0,119}$"
DAY = r"^[0-9]{2}-[0-9]{2}$"
DATE = r"^-?[0-9]{4}-[0-9]{2}(-[0-9]{2})?$"
YEAR = r"^-?[0-9]{4,5}$"
_SUBKIND = r"^[a-z][a-z0-9-]{0,39}$"
_BAD_ESCAPE = re.compile("%(?![0-9A-Fa-f]{2})")
_INTEGER = re.compile(r"-?\d{1,12}", re.ASCII)


class Query(Struct, frozen=True):
    """What a request's query asks for; None where nothing is said."""

    kind: tuple[Kind, ...] = ()
    subkind: tuple[str, ...] = ()
    first: int | None = None
    last: int | None = None
    country: str | None = None
    place: str | None = None
    lang: str | None = None
    sort: Sort | None = None
    fields: tuple[str, ...] = ()
    limit: int | None = None
    cursor: str | None = None
    tz: str | None = None
    sensitive: Sensitive = "shown"
    q: str = ""
    seed: int | None = None
    series: str | None = None
    author: str | None = None
    day: str | None = None


class Parameter(Struct, frozen=True):
    """One parameter of queries: `field` is where `Query` keeps what `read` makes of its text."""

    name: str
    field: str
    description: str
    schema: Schema
    read: Callable[[str, str], Any]
    is_list: bool = False


def read(pairs: Pairs, names: tuple[str, ...], fields: tuple[str, ...] = ()) -> Query:
    """Read a query in which the parameters `names` may stand; raises ProblemError.

    >>> read(pairs(b"kind=birth,death&from=-43"), ("kind", "from")).first
    -43
    """
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name not in names:
            raise _unknown(name, value, names)
        parameter = PARAMETERS[name]
        if parameter.field in found:
            raise refused(name, value, "it once; several values go into one, with commas between")
        found[parameter.field] = parameter.read(name, value)
    if "q" in names and "q" not in found:
        raise refused("q", "", "the words to look for, as ?q=trotsky")
    for field in found.get("fields", ()):
        if field not in fields:
            raise refused("fields", field, _one_of(field, fields), fields)
    return Query(**found)


def pairs(query: bytes) -> Pairs:
    """Take a query to pieces: names and what is said of each; raises ProblemError.

    >>> pairs(b"q=leon+trotsky&kind=")
    [('q', 'leon trotsky'), ('kind', '')]
    """
    if not query:
        return []
    try:
        text = query.decode("ascii")
        if _BAD_ESCAPE.search(text):
            raise ValueError
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=40)
    except ValueError as error:
        detail = "the query is no percent-encoding of UTF-8, or has too many parts"
        raise ProblemError(
            plain(400, "query", "The query is not written as queries are", detail)
        ) from error


def _unknown(name: str, value: str, names: tuple[str, ...]) -> ProblemError:
    way_out = nearest(name, names) if names else "there are none here"
    error: ProblemError = refused(name, value, f"another name, for this is none; {way_out}", names)
    return error


def _one_of(value: str, known: tuple[str, ...], example: str = "") -> str:
    if len(known) <= MOST_SHOWN:
        return f"one of {', '.join(known)}"
    close = get_close_matches(value, known, n=1)
    return f"{close[0]}, if that is meant" if close else example


# Readers: each takes the parameter's name and its text, and gives the value or ProblemError.


def _text(pattern: str, expected: str) -> Callable[[str, str], str]:
    form = re.compile(pattern)

    def read_text(name: str, text: str) -> str:
        if not form.fullmatch(text):
            raise refused(name, text, expected)
        return text

    return read_text


def _choice(known: Callable[[], tuple[str, ...]], example: str = "") -> Callable[[str, str], str]:
    def read_choice(name: str, text: str) -> str:
        if text not in _set(known):
            names = known()
            listed = names if len(names) <= MOST_SHOWN else ()
            raise refused(name, text, _one_of(text, names, example), listed)
        return text

    return read_choice


@cache
def _set(known: Callable[[], tuple[str, ...]]) -> frozenset[str]:
    return frozenset(known())


def _list(read_one: Callable[[str, str], Any]) -> Callable[[str, str], tuple[Any, ...]]:
    def read_list(name: str, text: str) -> tuple[Any, ...]:
        parts = text.split(",")
        if len(parts) > MOST_LISTED:
            raise refused(name, text, f"{MOST_LISTED} of them at most")
        return tuple(dict.fromkeys(read_one(name, part) for part in parts))

    return read_list


def _integer(least: int, most: int) -> Callable[[str, str], int]:
    def read_integer(name: str, text: str) -> int:
        number = int(text) if _INTEGER.fullmatch(text) else None
        if number is None or not least <= number <= most:
            raise refused(name, text, f"a whole number from {least} to {most}")
        return number

    return read_integer


def _words(name: str, text: str) -> str:
    if not 0 < len(text) <= LONGEST_WORDS:
        raise refused(name, text[:LONGEST_WORDS], f"1 to {LONGEST_WORDS} characters")
    return text


def _kind(name: str, text: str) -> Kind:
    try:
        return Kind(text)
    except ValueError:
        kinds = tuple(kind.value for kind in Kind)
        raise refused(name, text, _one_of(text, kinds), kinds) from None


MOST_LISTED = 30
LONGEST_WORDS = 200


@cache
def languages() -> tuple[str, ...]:
    """Return the languages in which dates can be worded, without their countries' variants."""
    tags = (name.replace("_", "-") for name in locale_identifiers())
    return tuple(sorted(tag for tag in tags if re.fullmatch(r"[a-z]{2,3}(-[A-Z][a-z]{3})?", tag)))


@cache
def time_zones() -> tuple[str, ...]:
    """Return the names of the time zones that there are."""
    return tuple(sorted(available_timezones() - {"Factory", "localtime"}))


def _sorts() -> tuple[str, ...]:
    return get_args(Sort)


def _sensitivities() -> tuple[str, ...]:
    return get_args(Sensitive)


def _enum(values: Iterable[str]) -> Schema:
    return {"type": "string", "enum": list(values)}


def _array(items: Schema) -> Schema:
    return {"type": "array", "items": items, "minItems": 1, "maxItems": MOST_LISTED}


def _year_schema() -> Schema:
    return {"type": "integer", "minimum": YEARS[0], "maximum": YEARS[1]}


_ALL = (
    Parameter(
        "kind",
        "kind",
        "Only entries of these kinds; several with commas between.",
        _array(_enum(Kind)),
        _list(_kind),
        True,
    ),
    Parameter(
        "subkind",
        "subkind",
        "Only entries of these finer kinds, such as `battle` or `treaty`.",
        _array({"type": "string", "pattern": _SUBKIND}),
        _list(_text(_SUBKIND, "small letters, digits and hyphens, such as battle")),
        True,
    ),
    Parameter(
        "from",
        "first",
        "Only entries of this year or later. Years are astronomical: 44 BC is -43.",
        _year_schema(),
        _integer(*YEARS),
    ),
    Parameter(
        "to",
        "last",
        "Only entries of this year or earlier.",
        _year_schema(),
        _integer(*YEARS),
    ),
    Parameter(
        "country",
        "country",
        "Only entries of this country, by its ISO 3166-1 code, as far as countries are known.",
        {"type": "string", "pattern": "^[A-Z]{2}$"},
        _text("[A-Z]{2}", "two capital letters of ISO 3166-1, such as GB"),
    ),
    Parameter(
        "place",
        "place",
        "Only entries that happened at this place: the id of an entity.",
        {"type": "string", "pattern": ID},
        _text(ID, "the id of a place, such as mexico-city; search finds it"),
    ),
    Parameter(
        "sensitive",
        "sensitive",
        "Whether sensitive entries are shown, hidden, or the only ones.",
        {**_enum(_sensitivities()), "default": "shown"},
        _choice(_sensitivities),
    ),
    Parameter(
        "sort",
        "sort",
        "The order: `weight` has the best known first, `year` the earliest; a minus turns it.",
        _enum(_sorts()),
        _choice(_sorts),
    ),
    Parameter(
        "lang",
        "lang",
        "The language of names and of dates in words. A name that is not known in it is English.",
        {"$ref": "#/components/schemas/Language"},
        _choice(languages, "the tag of a language, such as en or de"),
    ),
    Parameter(
        "fields",
        "fields",
        "Only these fields of each item, and its id.",
        {"type": "array"},
        _list(_text(r"[a-z_]{1,40}", "the name of a field")),
        True,
    ),
    Parameter(
        "limit",
        "limit",
        "How many items at most. Without it an answer holds 20 at most, and 20 KB.",
        {"type": "integer", "minimum": 1, "maximum": MOST},
        _integer(1, MOST),
    ),
    Parameter(
        "cursor",
        "cursor",
        "Where the list goes on: out of the address in `next`, for the same query.",
        {"type": "string", "pattern": cursors.PATTERN},
        _text(cursors.PATTERN, "the cursor out of the address in next, as it stands there"),
    ),
    Parameter(
        "tz",
        "tz",
        "The time zone in which it is today, by its IANA name. Without it, the publication's.",
        {"$ref": "#/components/schemas/TimeZone"},
        _choice(time_zones, "the IANA name of a time zone, such as Europe/London"),
    ),
    Parameter(
        "q",
        "q",
        "The words to look for; the last may be the beginning of one.",
        {"type": "string", "minLength": 1, "maxLength": LONGEST_WORDS},
        _words,
    ),
    Parameter(
        "seed",
        "seed",
        "Any number: the same one draws the same entries from the same almanac.",
        {"type": "integer", "minimum": 0, "maximum": 2**31 - 1},
        _integer(0, 2**31 - 1),
    ),
    Parameter(
        "series",
        "series",
        "Only stories of this series.",
        {"type": "string", "pattern": ID},
        _text(ID, "the id of a series; /api/v1/series lists them"),
    ),
    Parameter(
        "author",
        "author",
        "Only stories by this author.",
        {"type": "string", "pattern": ID},
        _text(ID, "the id of an author; /api/v1/authors lists them"),
    ),
    Parameter(
        "day",
        "day",
        "Only stories that run on this day of the year or tell of it, as MM-DD.",
        {"type": "string", "pattern": DAY},
        _text(DAY, "a day as MM-DD, such as 08-20"),
    ),
)

PARAMETERS = {parameter.name: parameter for parameter in _ALL}


def named_schemas() -> dict[str, Schema]:
    """Return the schemas that parameters name, being too long to stand in each."""
    return {
        "Language": {**_enum(languages()), "description": "A language tag."},
        "TimeZone": {**_enum(time_zones()), "description": "The IANA name of a time zone."},
    }


def described(name: str, fields: tuple[str, ...]) -> Schema:
    """Return what OpenAPI says of a parameter, of an operation with these fields."""
    parameter = PARAMETERS[name]
    schema = parameter.schema
    if name == "fields":
        schema = _array(_enum(fields))
    described: Schema = {
        "name": name,
        "in": "query",
        "description": parameter.description,
        "required": name == "q",
        "schema": schema,
    }
    if parameter.is_list:
        described |= {"style": "form", "explode": False}
    return described
