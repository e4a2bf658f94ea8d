"""What is said of a request that cannot be answered: problem details, after RFC 9457."""

from __future__ import annotations

from typing import Any

import msgspec
from msgspec import Struct

from hodie.errors import HodieError

MEDIA_TYPE = "application/problem+json"
# Where each type of problem is explained: a place on the reference page.
TYPES = "/api/#problem-"


class Problem(Struct, frozen=True, kw_only=True, omit_defaults=True, rename={"kind": "type"}):
    """Why a request has no answer, and what would do."""

    kind: str
    title: str
    status: int
    detail: str
    parameter: str | None = None
    value: str | None = None
    expected: str | None = None
    allowed: tuple[str, ...] = ()

    @property
    def body(self) -> bytes:
        return msgspec.json.encode(self)


class ProblemError(HodieError, ValueError):
    """A request cannot be answered; holds the problem that its answer says."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.detail)
        self.problem = problem


def refused(parameter: str, value: str, expected: str, allowed: tuple[str, ...] = ()) -> Any:
    """Return the error of a parameter that does not mean anything.

    >>> refused("kind", "war", "one of event, birth").problem.detail
    "'war' will not do for kind: write one of event, birth"
    """
    return ProblemError(
        Problem(
            kind=f"{TYPES}parameter",
            title="A parameter is not understood",
            status=400,
            detail=f"{value!r} will not do for {parameter}: write {expected}",
            parameter=parameter,
            value=value,
            expected=expected,
            allowed=allowed,
        )
    )


def missing(parameter: str, value: str, expected: str) -> ProblemError:
    """Return the error of something that is not there."""
    return ProblemError(
        Problem(
            kind=f"{TYPES}missing",
            title="There is no such thing",
            status=404,
            detail=f"there is nothing for {parameter} {value!r}: {expected}",
            parameter=parameter,
            value=value,
            expected=expected,
        )
    )


def plain(status: int, name: str, title: str, detail: str) -> Problem:
    """Return a problem that no parameter has caused."""
    return Problem(kind=f"{TYPES}{name}", title=title, status=status, detail=detail)
