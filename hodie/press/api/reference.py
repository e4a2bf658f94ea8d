"""The reference page of the API, made from the same document that programs read."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from typing import Any

from markupsafe import Markup, escape
from msgspec import Struct

from hodie.press.api import openapi
from hodie.press.api.asking import Operation
from hodie.press.api.operations import OPERATIONS
from hodie.press.api.parameters import MOST_SHOWN
from hodie.press.api.values import ROOT
from hodie.press.layout import Layout
from hodie.press.page import Page

Block = dict[str, Any]

PROBLEMS = (
    ("parameter", 400, "A parameter is not understood. `parameter` and `value` say which and what "
     "it was, `expected` what would do, `allowed` the values that there are."),
    ("query", 400, "The query is no percent-encoding of UTF-8, or has too many parts."),
    ("address", 400, "The address is not written as addresses are."),
    ("missing", 404, "There is no such thing, or no such part of a list: the almanac of which it "
     "was a part may have been replaced."),
    ("method", 405, "The API is only for reading: GET, HEAD and OPTIONS."),
    ("form", 406, "There is no answer in any of the forms that the header Accept names."),
    ("length", 414, "The address is too long."),
    ("fault", 500, "The answer could not be made. It is not your fault."),
)  # fmt: skip


class Row(Struct, frozen=True):
    """A parameter, or a field of a shape: its name, what it may be, and what it means."""

    name: str
    type: str
    text: Markup
    required: bool = False


def reference(layout: Layout, address: str, today: datetime.date, files: frozenset[str]) -> Page:
    """Lay out the reference; `files` are the addresses to which it may link, server or not."""
    document = openapi.document(layout.publication)
    words = layout.words
    return layout.html(
        "api.html",
        address,
        today,
        title=words["api_head"],
        description=words["api_note"],
        about=marked(document["info"]["description"]),
        operations=[
            (operation, _example(operation, files), parameters_of(document, operation))
            for operation in OPERATIONS
        ],
        shapes=[
            (name, marked(shape.get("description", "")), list(fields_of(shape)))
            for name, shape in document["components"]["schemas"].items()
            if "properties" in shape
        ],
        problems=[(name, status, marked(text)) for name, status, text in PROBLEMS],
        root=ROOT,
        marked=marked,
        shape_of=shape_named,
    )


def marked(text: str) -> Markup:
    """Set what stands between backticks as code.

    >>> marked("`<a>` & so on")
    Markup('<code>&lt;a&gt;</code> &amp; so on')
    """
    pieces = re.split(r"`([^`]*)`", text)
    code = Markup("<code>{}</code>")
    return Markup("").join(
        code.format(piece) if number % 2 else escape(piece) for number, piece in enumerate(pieces)
    )


def _example(operation: Operation, files: frozenset[str]) -> Markup:
    """Write the address of an example, as a link where a file stands behind it."""
    path = ROOT + operation.path
    if operation.id:
        path = path.replace(f"{{{operation.id.name}}}", operation.id.example)
    if f"{path}.json" in files:
        return Markup('<a href="{0}">{0}</a>').format(f"{path}.json")
    query = "?q=trotsky" if "q" in operation.parameters else ""
    return Markup("<code>{}</code>").format(path + query)


def parameters_of(document: Block, operation: Operation) -> list[Row]:
    """Return the parameters of an operation as the document describes them."""
    known = document["paths"][operation.path]["get"].get("parameters", [])
    return [
        Row(each["name"], _type(each["schema"]), marked(each["description"]), each["required"])
        for each in known
    ]


def fields_of(shape: Block) -> Iterator[Row]:
    """Yield the fields of a shape."""
    required = shape.get("required", [])
    for name, schema in shape["properties"].items():
        text = schema.get("description", "") or _inner(schema).get("description", "")
        yield Row(name, _type(schema), marked(text), name in required)


def _inner(schema: Block) -> Block:
    """Return the schema of a value that is there, of one that may be null."""
    either = [each for each in schema.get("anyOf", ()) if each.get("type") != "null"]
    return either[0] if either else schema


def _type(schema: Block) -> str:
    """Say in a few words what a value is."""
    schema = _inner(schema)
    if "$ref" in schema:
        return shape_named(str(schema["$ref"]).rpartition("/")[2])
    if "items" in schema and isinstance(schema["items"], dict):
        return f"list of {_type(schema['items'])}"
    if (values := schema.get("enum")) and len(values) <= MOST_SHOWN:
        return ", ".join(map(str, values))
    if "minimum" in schema and schema["maximum"] < 1_000_000:
        return f"{schema['minimum']} to {schema['maximum']}"
    return str(schema.get("type", "value"))


def shape_named(name: str) -> str:
    """Return what readers are told that a schema is called."""
    return {"TimeZone": "IANA name", "Language": "language tag"}.get(
        name, name.removesuffix("Shape")
    )
