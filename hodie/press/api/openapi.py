"""The description of the API in OpenAPI 3.1, made from the table of operations and the shapes."""

from __future__ import annotations

from typing import Any

import msgspec

import hodie
from hodie.press.api.asking import Operation
from hodie.press.api.formats import Form
from hodie.press.api.operations import OPERATIONS
from hodie.press.api.parameters import described, named_schemas
from hodie.press.api.problem import MEDIA_TYPE, Problem
from hodie.press.api.values import ROOT
from hodie.press.publication import Publication

Block = dict[str, Any]

_ABOUT = (
    "What happened on any day, with references and licences. Only for reading, without a key. "
    "A list goes on at the address in `next`; it ends where there is none, whatever its length. "
    "Answers are JSON; JSON-LD, CSV and NDJSON by the Accept header, or by the ending of the "
    "address: `.json`, `.jsonld`, `.csv`, `.ndjson`. Lists in CSV and NDJSON go on at the address "
    'in the header `Link`, with `rel="next"`. Errors are problem details (RFC 9457).'
)


def document(publication: Publication) -> Block:
    """Return the OpenAPI document of a publication."""
    shapes = [*dict.fromkeys(operation.envelope for operation in OPERATIONS), Problem]
    schemas, components = msgspec.json.schema_components(
        shapes, ref_template="#/components/schemas/{name}"
    )
    names = {shape: schema["$ref"] for shape, schema in zip(shapes, schemas, strict=True)}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": publication.name,
            "version": hodie.__version__,
            "summary": publication.tagline or "On this day",
            "description": _ABOUT,
        },
        "servers": [{"url": ROOT}],
        "paths": {
            operation.path: {"get": _operation(operation, names[operation.envelope])}
            for operation in OPERATIONS
        },
        "components": {
            "schemas": {
                **{name: _readable(name, schema) for name, schema in components.items()},
                **named_schemas(),
            },
            "responses": {name: _problem(text, names[Problem]) for name, text in _PROBLEMS.items()},
        },
    }


_PROBLEMS = {
    "BadRequest": "A parameter is not understood: which, and what would do.",
    "NotFound": "There is no such thing, or no such part of the list.",
    "NotAcceptable": "There is no such form of the answer.",
    "TooLong": "The address is too long.",
}


def _operation(operation: Operation, schema: str) -> Block:
    parameters = [operation.id.described] if operation.id else []
    parameters += [described(name, operation.fields) for name in operation.parameters]
    is_list = operation.envelope is not operation.thing.shape
    other: Block = {"type": "string"}
    return {
        "operationId": operation.name,
        "summary": operation.summary,
        **({"description": operation.description} if operation.description else {}),
        **({"parameters": parameters} if parameters else {}),
        "responses": {
            "200": {
                "description": "The list, or the part of it." if is_list else "The answer.",
                "headers": _HEADERS,
                "content": {
                    Form.JSON.value: {"schema": {"$ref": schema}},
                    Form.JSONLD.value: {"schema": {"type": "object"}},
                    Form.CSV.value: {"schema": other},
                    Form.NDJSON.value: {"schema": other},
                },
            },
            "304": {"description": "What the reader has, by If-None-Match, is still so."},
            "400": {"$ref": "#/components/responses/BadRequest"},
            "404": {"$ref": "#/components/responses/NotFound"},
            "406": {"$ref": "#/components/responses/NotAcceptable"},
            "414": {"$ref": "#/components/responses/TooLong"},
        },
    }


_HEADERS = {
    "ETag": {"description": "Names the answer as it is.", "schema": {"type": "string"}},
    "Cache-Control": {"description": "How long it may be kept.", "schema": {"type": "string"}},
}


def _problem(text: str, schema: str) -> Block:
    return {"description": text, "content": {MEDIA_TYPE: {"schema": {"$ref": schema}}}}


def _readable(name: str, schema: Block) -> Block:
    """Return a schema as an answer meets it: where `fields` are chosen, only the id is sure."""
    kept = {key: value for key, value in schema.items() if key != "required"}
    if name in _CHOSEN:
        return {**kept, "required": ["id"]}
    return dict(schema)


_CHOSEN = frozenset(operation.thing.shape.__name__ for operation in OPERATIONS if operation.fields)
