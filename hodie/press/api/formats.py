"""The forms of answers: JSON, JSON-LD, CSV and NDJSON, and which of them a request wants."""

from __future__ import annotations

import csv
import io
import re
import types
from collections.abc import Callable, Iterator
from enum import Enum
from functools import cache, lru_cache
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import msgspec
from msgspec import Struct

encode = msgspec.json.Encoder().encode
Block = dict[str, Any]


class Form(Enum):
    """A form of answers, by the suffix of its addresses; its value is the media type."""

    JSON = "application/json"
    JSONLD = "application/ld+json"
    CSV = "text/csv"
    NDJSON = "application/x-ndjson"

    @property
    def suffix(self) -> str:
        return f".{self.name.lower()}"

    @property
    def content_type(self) -> str:
        """The media type as the header has it; JSON is UTF-8 by itself, and has no parameter."""
        return f"{self.value}; charset=utf-8; header=present" if self is Form.CSV else self.value


_OTHER_NAMES = {"application/ndjson": Form.NDJSON, "application/jsonl": Form.NDJSON}
_EXACTLY = 2


@lru_cache(maxsize=512)
def negotiated(accept: str) -> Form | None:
    """Return the form that an Accept header likes best (RFC 9110, 12.5.1); None where none will do.

    Of those that it likes equally, one that it names comes first, and then JSON.

    >>> negotiated("text/csv;q=0.5, application/x-ndjson"), negotiated("image/png")
    (<Form.NDJSON: 'application/x-ndjson'>, None)
    >>> negotiated("text/html,application/xhtml+xml,*/*;q=0.8")
    <Form.JSON: 'application/json'>
    """
    if not accept.strip():
        return Form.JSON
    ranges = list(_ranges(accept))
    liked = {form: _liking(form, ranges) for form in Form}
    best = max(Form, key=lambda form: liked[form])
    return best if liked[best][0] > 0 else None


def _liking(form: Form, ranges: list[tuple[str, float]]) -> tuple[float, int]:
    """Return the weight of the range that names a form most closely, and how closely."""
    found = [(_closeness(name, form), weight) for name, weight in ranges]
    closest = max(found, key=lambda pair: pair[0])
    return (closest[1], closest[0]) if closest[0] >= 0 else (0.0, -1)


def _closeness(name: str, form: Form) -> int:
    if name == form.value or _OTHER_NAMES.get(name) is form:
        return _EXACTLY
    ranges = ("*/*", f"{form.value.partition('/')[0]}/*")
    return ranges.index(name) if name in ranges else -1


def _ranges(accept: str) -> Iterator[tuple[str, float]]:
    for part in accept.lower().split(","):
        name, *parameters = (each.strip() for each in part.split(";"))
        yield name, next((_weight(p[2:]) for p in parameters if p.startswith("q=")), 1.0)


def _weight(text: str) -> float:
    try:
        return min(max(float(text), 0.0), 1.0)
    except ValueError:
        return 0.0


class Thing(Struct, frozen=True):
    """What lists hold: the shape of its items, and the name of the field that they stand in."""

    shape: type[Struct]
    many: str

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of its fields, which `fields` may choose from."""
        return self.shape.__struct_fields__


Writer = Callable[[Any], bytes]


def writer(
    form: Form,
    thing: Thing,
    fields: tuple[str, ...],
    shaped: Callable[[Any], Struct],
    linked: Callable[[Any], Block],
) -> Writer:
    """Return what writes one item in a form: `shaped` and `linked` give its two descriptions."""
    if form is Form.JSONLD:
        return lambda item: encode(linked(item))
    if form is Form.CSV:
        columns = columns_of(thing.shape, fields)
        return lambda item: _table_row(shaped(item), columns)
    if not fields:
        return lambda item: encode(shaped(item))
    kept = ("id", *(field for field in thing.fields if field in fields and field != "id"))
    return lambda item: encode(_chosen(shaped(item), kept))


def _chosen(shape: Struct, kept: tuple[str, ...]) -> Block:
    known = msgspec.to_builtins(shape)
    return {name: known[name] for name in kept if name in known}


def joined(form: Form, thing: Thing, fields: tuple[str, ...], pieces: list[bytes]) -> bytes:
    """Join the items of a form that has nothing around them."""
    if form is Form.CSV:
        return _row([name for name, _ in columns_of(thing.shape, fields)]) + b"".join(pieces)
    return b"".join(piece + b"\n" for piece in pieces)


# Tables


Path = tuple[str, ...]


@cache
def columns_of(shape: type[Struct], fields: tuple[str, ...] = ()) -> tuple[tuple[str, Path], ...]:
    """Return the columns of a shape: their names, and the ways to their values.

    A shape in it has a column for each of its fields; of several, the values are joined.
    """
    wanted = {"id", *fields} if fields else None
    return tuple(
        (".".join(path), path) for path in _paths(shape) if wanted is None or path[0] in wanted
    )


def _paths(shape: type[Struct]) -> Iterator[Path]:
    hints = get_type_hints(shape)
    for name in shape.__struct_fields__:
        inner = _shape_in(hints[name])
        if inner is None:
            yield (name,)
        else:
            yield from ((name, *path) for path in _paths(inner))


def _shape_in(hint: Any) -> type[Struct] | None:
    """Return the shape that a type holds, one or many of it."""
    if isinstance(hint, type) and issubclass(hint, Struct):
        return hint
    if get_origin(hint) in (Union, types.UnionType, tuple, Annotated):
        found = (_shape_in(each) for each in get_args(hint))
        return next((each for each in found if each is not None), None)
    return None


def cell(value: Any, path: Path) -> str:
    """Write what a path leads to in a shape as the text of a table's cell."""
    for step, name in enumerate(path):
        if value is None:
            return ""
        if isinstance(value, tuple):
            return SEPARATOR.join(cell(each, path[step:]) for each in value)
        value = getattr(value, name)
    if isinstance(value, tuple):
        return SEPARATOR.join(map(str, value))
    if isinstance(value, dict):
        return SEPARATOR.join(f"{key}={each}" for key, each in value.items())
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(getattr(value, "value", value))


SEPARATOR = "|"
"""What stands between several values of one cell."""


# What spreadsheets take for the beginning of a formula, also in the wide forms of East Asia.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
# Negative numbers and years, in EDTF too: a spreadsheet can do no more with them than subtract.
_FIGURES = re.compile(r"-[\dX./~?%-]*", re.ASCII)


def harmless(text: str) -> str:
    """Keep a spreadsheet from running a text as a formula: with an apostrophe before it.

    >>> harmless("=1+1"), harmless("-0043-03-15"), harmless("-43")
    ("'=1+1", '-0043-03-15', '-43')
    """
    runs = text.startswith(_FORMULA) and not _FIGURES.fullmatch(text)
    return f"'{text}" if runs else text


def _table_row(shape: Struct, columns: tuple[tuple[str, Path], ...]) -> bytes:
    return _row([harmless(cell(shape, path)) for _, path in columns])


def _row(cells: list[str]) -> bytes:
    """Write a row as RFC 4180 has it."""
    text = io.StringIO(newline="")
    csv.writer(text).writerow(cells)
    return text.getvalue().encode()
