"""Write docs/reference/api.md from the API's own OpenAPI document.

    python tools/api_reference.py

A test fails while the page says anything else. What the document does not say stands in this file.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from markupsafe import Markup

from hodie.press import Publication
from hodie.press.api import openapi
from hodie.press.api.operations import OPERATIONS
from hodie.press.api.parameters import PARAMETERS
from hodie.press.api.reference import PROBLEMS, Row, fields_of, parameters_of, shape_named

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "api.md"

INTRODUCTION = """\
# The API

<!-- Made by `./run docs` from the OpenAPI document: change that, or tools/api_reference.py. -->

Every Hodie answers at `/api/v1`. A server of your own has its OpenAPI 3.1 document at
`/api/v1/openapi.json`, and a page to read at `/api/`. [Use the API](../how-to/use-the-api.md) shows
it at work. It is only for reading, needs no key, and any site's pages may ask it (CORS).

## Forms

| ending | media type | what it is |
|---|---|---|
| `.json`, or none | `application/json` | the answer, with all that is around its items |
| `.jsonld` | `application/ld+json` | schema.org, and Hodie's own terms for what it cannot say |
| `.csv` | `text/csv` | a row an item, with a head; several values of a cell are split by `\\|` |
| `.ndjson` | `application/x-ndjson` | an item a line |

Without an ending the `Accept` header decides; an ending is stronger. A field that is not known is
left out; in CSV its cell is empty. Years are astronomical everywhere: 1 BC is 0, 44 BC is -43, and
`year_words` says it in words.

A text that a spreadsheet would run as a formula (it begins with `=`, `+`, `-`, `@`, a tab or the
end of a line) has an apostrophe before it in CSV, and only there. Numbers and dates are as they
are: `-43`, `-0043-03-15`.

## Lists

A list holds 20 items at most, and 20 KB; with `limit`, as many as that says. It goes on at the
address in `next`, and in the header `Link` with `rel="next"`, in any form. It ends where there is
neither: a part may hold few items, or none, and still go on, since a filter looks at five
hundred entries for each part. A `cursor` belongs to one query and one almanac. After a new build
it is a 404, and the list begins again without it.

## Caches

Answers have an `ETag`, and are answered by 304 to whoever has them. They may be kept for an hour,
never past midnight in the publication's time zone, or the one in `tz`. Chance (`/random` without
`seed`) and problems are never kept. Answers come whole: `Accept-Ranges` is `none`, and a `Range` is
passed over.

## Files

The days, the stories, the series, the authors, the almanac's state and the OpenAPI document are
files of the edition, as `.json` and `.jsonld`, so that any web server has them:
`/api/v1/days/08-20.json`. Without an ending, and for everything else, there is Hodie's server,
whose answers to these addresses are the same byte for byte.

"""


def main() -> None:
    PAGE.write_text(page(), encoding="utf-8")
    print(f"Wrote {PAGE.relative_to(Path.cwd())}")


def page() -> str:
    """Return the page as it should stand."""
    return INTRODUCTION + "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    document = openapi.document(Publication(folder=Path(), name="Hodie", base_url="https://x"))
    yield from ("## Addresses", "")
    for operation in OPERATIONS:
        yield from (f"### `GET /api/v1{operation.path}`", "")
        text = operation.description or operation.summary
        yield from (f"{text.rstrip('.')}. Answers with {_link(operation.envelope.__name__)}.", "")
        if operation.id:
            given, example = operation.id.description, operation.id.example
            yield from (f"`{operation.id.name}`: {given} For example `{example}`.", "")
        if operation.parameters:
            names = ", ".join(f"`{name}`" for name in operation.parameters)
            yield from (f"[Parameters](#parameters): {names}.", "")
    yield from ("## Parameters", "", "| name | value | meaning |", "|---|---|---|")
    rows = {row.name: row for each in OPERATIONS for row in parameters_of(document, each)}
    yield from (_row(rows[name]) for name in PARAMETERS)
    yield from ("", "One that is not known, or stands twice, is refused.", "", "## Shapes", "")
    for name, shape in document["components"]["schemas"].items():
        if "properties" in shape:
            yield from (f"### {shape_named(name)}", "")
            yield from ((shape["description"], "") if "description" in shape else ())
            yield from ("| field | value | meaning |", "|---|---|---|")
            yield from map(_row, fields_of(shape))
            yield ""
    yield from ("## Problems", "", "Errors are `application/problem+json` (RFC 9457).", "")
    yield from ("| status | type | meaning |", "|---|---|---|")
    yield from (
        f"| {status} | `/api/#problem-{name}` | {text} |" for name, status, text in PROBLEMS
    )


def _row(row: Row) -> str:
    return f"| `{row.name}` | {row.type} | {_plain(row.text)} |"


def _plain(text: Markup) -> str:
    return Markup(text.replace("<code>", "`").replace("</code>", "`")).unescape()


def _link(name: str) -> str:
    shape = shape_named(name)
    return f"[{shape}](#{shape.lower()})"


if __name__ == "__main__":
    main()
