"""The publication's own API, answered live: what it holds no file of, and every filter."""

from __future__ import annotations

import datetime
import gzip
import random
import re
from collections.abc import Callable

from starlette.types import ASGIApp, Receive, Scope, Send

from hodie.press import api
from hodie.press.api import Problem, ProblemError, Question
from hodie.server.answers import (
    COMPRESS_FROM,
    Answer,
    Fields,
    Form,
    Life,
    accepted_encodings,
    answer,
)
from hodie.server.desk import Desk, Opened
from hodie.server.openness import security_of
from hodie.server.pages import Key, Rendered

METHODS = "GET, HEAD, OPTIONS"
# Answers are some 20 KB, half of it compressed: those kept fill some 30 MB.
KEPT = 1_000
# The least of gzip's levels: a fifth more bytes than the usual one, in a quarter of its time.
QUICK = 1
_VARY: Fields = [("vary", "accept")]
_BAD_ENCODING = re.compile(rb"%(?![0-9A-Fa-f]{2})")
_PREFLIGHT: Fields = [
    ("access-control-allow-methods", METHODS),
    ("access-control-allow-headers", "*"),
    ("access-control-max-age", "86400"),
    ("allow", METHODS),
]


class Live:
    """The answers to questions, made when they are asked; the last are kept."""

    def __init__(self, desk: Desk, rendered: Rendered) -> None:
        self._desk, self._rendered = desk, rendered

    async def find(
        self, path: str, query: bytes, accept: str, encodings: str
    ) -> tuple[Answer, int]:
        """Return an answer, and the seconds left of its day. Raises ProblemError."""
        opened = await self._desk.opened()
        question = api.read(path, query, accept)
        day, left = self._desk.day(question.zone)
        if question.is_by_chance:
            seed = random.getrandbits(48)
            given = api.answer(opened.press, question, day.date, seed)
            return _answer(question, given), left
        key, render = _rendering(opened, question, day.date, encodings)
        return await self._rendered.answer(key, render, quick=question.is_quick), left

    def at_once(
        self, path: str, query: bytes, accept: str, encodings: str
    ) -> tuple[Answer, int] | None:
        """Return what `find` does if nothing has to be waited for, else None.

        Whatever goes wrong is left to `find`, which says so.
        """
        opened = self._desk.unchanged()
        if opened is None or not _is_asked(path):
            return None
        try:
            question = api.read(path, query, accept)
            if question.is_by_chance or not question.is_quick:
                return None
            day, left = self._desk.day(question.zone)
            made = self._rendered.at_once(*_rendering(opened, question, day.date, encodings))
        except ProblemError as error:
            return _refused(error), 0
        except Exception:  # the long way meets it again, answers it, and writes it to the log
            return None
        return None if made is None else (made, left)


def _rendering(
    opened: Opened, question: Question, today: datetime.date, encodings: str
) -> tuple[Key, Callable[[], Answer]]:
    """Return what tells an answer from others, and what makes it."""
    packs = "gzip" in accepted_encodings(encodings)

    def render() -> Answer:
        return _answer(question, api.answer(opened.press, question, today), packs=packs)

    return (opened.number, today, packs, question.key), render


class Api:
    """Answers the addresses of the API, and passes on all others."""

    def __init__(self, app: ASGIApp, live: Live) -> None:
        self._app, self._live = app, live

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not _is_asked(scope["path"]):
            await self._app(scope, receive, send)
            return
        try:
            asked = scope["path"], scope["query_string"], *_accepted(scope)
            found, left = await self._live.find(*asked)
        except ProblemError as error:
            found, left = _refused(error), 0
        await found.send(scope, send, left)


def _is_asked(path: str) -> bool:
    """Tell whether an address is a question; the description of the API is a page."""
    return api.is_of_api(path) and path != api.DOCUMENT


def _refused(error: ProblemError) -> Answer:
    return problem(error.problem, _VARY if error.problem.status == 406 else None)


def problem(problem: Problem, extra: Fields | None = None) -> Answer:
    """Return the answer that says a problem."""
    return answer(
        problem.body,
        api.MEDIA_TYPE,
        status=problem.status,
        life=Life.NONE,
        extra=extra,
        security=security_of(api.ROOT),
    )


def fault() -> Answer:
    """Return the answer in place of one that could not be made."""
    text = "what went wrong is in the server's log; it is not your fault"
    return problem(api.plain(500, "fault", "The answer could not be made", text))


def refusal(scope: Scope, longest_path: int, longest_query: int) -> Answer | None:
    """Return the answer to a request that is none the API takes, or only asks what it takes."""
    method, path = scope["method"], scope["path"]
    if method == "OPTIONS":
        return preflight(path)
    if method not in ("GET", "HEAD"):
        text = f"the API is only for reading: {METHODS}"
        refused = api.plain(405, "method", "There is no such method here", text)
        return problem(refused, [("allow", METHODS)])
    if len(path) > longest_path or len(scope["query_string"]) > longest_query:
        text = f"an address has {longest_path} characters at most, its query {longest_query}"
        return problem(api.plain(414, "length", "The address is too long", text))
    if not path.isprintable() or "\N{REPLACEMENT CHARACTER}" in path or _is_bad(scope):
        text = "the address is no percent-encoding of UTF-8"
        return problem(api.plain(400, "address", "The address is not one", text))
    return None


def preflight(path: str) -> Answer:
    """Return the answer to a browser that asks what pages of other sites may ask for."""
    return Answer(204, Life.DAY, Form(b"", "", [*security_of(path), *_PREFLIGHT]))


def _is_bad(scope: Scope) -> bool:
    raw = scope.get("raw_path") or scope["path"].encode()
    return _BAD_ENCODING.search(raw) is not None


def _answer(question: Question, given: api.Given, *, packs: bool = True) -> Answer:
    """Make the answer; it is compressed only for those who take that, for it costs the most."""
    negotiated = not question.path.endswith(_SUFFIXES)
    vary = ("vary", "accept, accept-encoding" if negotiated else "accept-encoding")
    link = [("link", f'<{given.following}>; rel="next"')] if given.following else []
    packed = {}
    if packs and len(given.body) >= COMPRESS_FROM:
        packed["gzip"] = gzip.compress(given.body, QUICK, mtime=0)
    return answer(
        given.body,
        given.content_type,
        packed=packed,
        life=Life.NONE if question.is_by_chance else Life.DAY,
        extra=[vary, *link],
        security=security_of(question.path),
    )


_SUFFIXES = tuple(form.suffix for form in api.Form)


def _accepted(scope: Scope) -> tuple[str, str]:
    """Return what the reader accepts: media types, and encodings."""
    found = {b"accept": "", b"accept-encoding": ""}
    for name, value in scope["headers"]:
        if name in found:
            found[name] += ("," if found[name] else "") + value.decode("latin-1")
    return found[b"accept"], found[b"accept-encoding"]
