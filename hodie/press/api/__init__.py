"""The publication's own API: one code for the edition's files and for live answers.

`read` understands a request without looking anything up; `answer` looks it up. What depends on
nothing but the edition stands in it as files: see `addresses` and `page`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from hodie.dates import MonthDay
from hodie.press.api import asking, openapi
from hodie.press.api.answering import Given, answer
from hodie.press.api.asking import Question
from hodie.press.api.formats import Form, encode, negotiated
from hodie.press.api.operations import OPERATIONS
from hodie.press.api.problem import MEDIA_TYPE, Problem, ProblemError, plain
from hodie.press.api.reference import reference
from hodie.press.api.values import ROOT
from hodie.press.layout import Layout
from hodie.press.page import Page

__all__ = [
    "DOCUMENT",
    "MEDIA_TYPE",
    "ROOT",
    "Form",
    "Given",
    "Problem",
    "ProblemError",
    "Question",
    "addresses",
    "answer",
    "is_lasting",
    "is_of_api",
    "negotiated",
    "page",
    "plain",
    "read",
]

REFERENCE = "/api/"
DOCUMENT = f"{ROOT}/openapi.json"
_ROUTES = asking.routes(OPERATIONS)


def read(path: str, query: bytes = b"", accept: str = "") -> Question:
    """Read a request to an address of the API; raises ProblemError, which holds its answer.

    >>> read("/api/v1/days/08-20.csv", b"kind=birth").form
    <Form.CSV: 'text/csv'>
    """
    return asking.read(_ROUTES, path, query, accept)


def is_of_api(path: str) -> bool:
    """Tell whether an address is one of the API, whose answers any page may read."""
    return path == ROOT or path.startswith(f"{ROOT}/")


def is_lasting(address: str) -> bool:
    """Tell whether the file at an address of the edition does not change with the day."""
    return address.startswith(_LASTING) or address in (REFERENCE, DOCUMENT)


_LASTING = tuple(f"{ROOT}/{name}" for name in ("days/", "series", "authors", "almanac"))


def addresses(layout: Layout, today: datetime.date) -> Iterator[str]:
    """Yield the addresses of the API that the edition holds as files."""
    yield from (REFERENCE, DOCUMENT)
    publication = layout.publication
    for path in (
        *(f"days/{day}" for day in MonthDay.all()),
        *("almanac", "stories", "series", "authors"),
        *(f"stories/{story.id}" for story in layout.shown_stories(today)),
        *(f"series/{series.id}" for series in publication.series),
        *(f"authors/{author.id}" for author in publication.authors),
    ):
        yield from (f"{ROOT}/{path}.json", f"{ROOT}/{path}.jsonld")


def page(layout: Layout, address: str, today: datetime.date) -> Page | None:
    """Return the file at an address of the API; None where the edition has none."""
    if address == REFERENCE:
        return reference(layout, address, today, frozenset(addresses(layout, today)))
    if address == DOCUMENT:
        return Page(address, Form.JSON.content_type, encode(openapi.document(layout.publication)))
    try:
        given = answer(layout, read(address), today)
    except ProblemError:
        return None
    return Page(address, given.content_type, given.body)
