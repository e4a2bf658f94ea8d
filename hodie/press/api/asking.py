"""Requests: what a path, a query and an Accept header ask for, before anything is looked up."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from urllib.parse import urlencode

from msgspec import Struct

from hodie.press.api import parameters
from hodie.press.api.formats import Form, Thing, negotiated
from hodie.press.api.parameters import Query, Schema
from hodie.press.api.problem import ProblemError, plain, refused
from hodie.press.api.values import ROOT

_QUICK_LIMIT = 50
_FORMS = {form.suffix: form for form in Form}


class PathParameter(Struct, frozen=True):
    """A parameter in an address: how it is written, and an example of it."""

    name: str
    description: str
    pattern: str
    example: str

    @property
    def described(self) -> Schema:
        schema = {"type": "string", "pattern": self.pattern}
        return {
            "name": self.name,
            "in": "path",
            "required": True,
            "description": self.description,
            "schema": schema,
            "example": self.example,
        }


class Operation(Struct, frozen=True, kw_only=True):
    """One question that the API answers: where it is asked, with which parameters, and by what.

    `envelope` is the shape of the whole answer in JSON; for a single thing, that thing's own.
    `make` answers it. `lasting` says that the answer does not change with the day, `quick` that
    it is found in a few milliseconds where nothing has to be sorted.
    """

    name: str
    path: str
    summary: str
    description: str = ""
    parameters: tuple[str, ...] = ()
    id: PathParameter | None = None
    thing: Thing
    envelope: type[Struct]
    make: Callable[..., object]
    lasting: bool = True
    quick: bool = False

    @property
    def fields(self) -> tuple[str, ...]:
        return self.thing.fields if "fields" in self.parameters else ()


class Question(Struct, frozen=True):
    """One request, understood: which operation, of what, with which query, in which form.

    `said` is the query as it was written but for the cursor; `path` the address as it was asked,
    and `address` both together.
    """

    operation: Operation
    path: str
    id: str
    query: Query
    said: tuple[tuple[str, str], ...]
    address: str
    form: Form

    @property
    def key(self) -> tuple[object, ...]:
        """What tells this question from others."""
        return self.path, self.said, self.query.cursor, self.form

    @property
    def zone(self) -> str | None:
        """The time zone in which it asks for today; None for the publication's."""
        return self.query.tz

    @property
    def is_quick(self) -> bool:
        """Whether its answer is found in a few milliseconds, and so not worth a thread.

        What is not: a filter that looks at whole entries, an order for which many are sorted, and
        a part far behind, for which a day is.
        """
        query = self.query
        whole = query.country or query.place or (query.limit or 0) > _QUICK_LIMIT
        ordered = query.sort in (None, "weight") and query.cursor is None
        return self.operation.quick and ordered and not whole

    @property
    def is_by_chance(self) -> bool:
        """Whether each asking has another answer."""
        return self.operation.name == "random" and self.query.seed is None

    def following(self, cursor: str) -> str:
        """Return the address of its list from a cursor on."""
        return f"{self.address}{'&' if self.said else '?'}cursor={cursor}"

    @property
    def list(self) -> str:
        """Name the list whose parts it asks for, however they are cut and told."""
        kept = [pair for pair in self.said if pair[0] not in ("limit", "fields", "lang")]
        return _encoded([("", self.operation.name), ("", self.id), *sorted(kept)])


Routes = dict[tuple[str | None, ...], Operation]
"""Operations by the parts of their addresses, None in the place of a parameter."""


def read(routes: Routes, path: str, query: bytes, accept: str) -> Question:
    """Read a request to an address of the API; raises ProblemError where none is meant."""
    bare, form = _form_of(path)
    operation, id = _operation_at(routes, bare)
    if form is None and (form := negotiated(accept)) is None:
        raise _not_acceptable(accept)
    pairs = parameters.pairs(query)
    found = parameters.read(pairs, operation.parameters, operation.fields)
    if found.fields and form is Form.JSONLD:
        names = ("application/json", "text/csv", "application/x-ndjson")
        expected = "it in another form, for JSON-LD is told whole"
        raise refused("fields", ",".join(found.fields), expected, names)
    said = tuple([pair for pair in pairs if pair[0] != "cursor"])
    address = f"{path}?{_encoded(said, ',:/')}" if said else path
    return Question(operation, path, id, found, said, address, form)


def _encoded(pairs: Iterable[tuple[str, str]], safe: str = "") -> str:
    return "&".join([_encoded_pair(name, value, safe) for name, value in pairs])


# What is asked differs in a word or an id; the rest of it is the same again and again.
@lru_cache(maxsize=4096)
def _encoded_pair(name: str, value: str, safe: str) -> str:
    return urlencode([(name, value)], safe=safe)


def _form_of(path: str) -> tuple[str, Form | None]:
    bare, point, suffix = path.rpartition(".")
    form = _FORMS.get(point + suffix)
    return (path, None) if form is None else (bare, form)


def routes(operations: Iterable[Operation]) -> Routes:
    """Return where operations are asked, to find them by."""
    return {
        tuple([None if part.startswith("{") else part for part in each.path.split("/")]): each
        for each in operations
    }


def _operation_at(routes: Routes, path: str) -> tuple[Operation, str]:
    """Return the operation at an address, and what stands in the place of its parameter."""
    parts = (path.removeprefix(ROOT).rstrip("/") or "/").split("/")
    if operation := routes.get(tuple(parts)):
        return operation, ""
    id = parts[2] if len(parts) > 2 else ""
    if id and (operation := routes.get((*parts[:2], None, *parts[3:]))):
        return operation, id
    detail = f"there is nothing at {path!r}; /api/ lists what there is"
    raise ProblemError(plain(404, "missing", "There is nothing at this address", detail))


def _not_acceptable(accept: str) -> ProblemError:
    forms = ", ".join(form.value for form in Form)
    detail = f"there is no answer in {accept[:100]!r}; there are {forms}"
    return ProblemError(plain(406, "form", "There is no such form of the answer", detail))
