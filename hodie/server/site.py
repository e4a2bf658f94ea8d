"""The public site: the edition's files first, then what the same press renders on asking."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TextIO
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from hodie.press import PublicationError
from hodie.press.api import is_of_api
from hodie.press.dialects import is_dialect
from hodie.press.filters import FilterError
from hodie.press.nearest import nearest_days
from hodie.press.page import Page
from hodie.server import api
from hodie.server.addresses import canonical, day_asked
from hodie.server.answers import Answer, Fields, Life, answer, leads_to
from hodie.server.desk import Clock, Day, Desk, Opened, now
from hodie.server.files import Files
from hodie.server.health import Health
from hodie.server.openness import security_of
from hodie.server.pages import Rendered
from hodie.server.watch import WAY, Watch, Watched

METHODS = ("GET", "HEAD")
LONGEST_PATH = 1024
LONGEST_QUERY = 6144
LONGEST_SEARCH = 200
FURTHEST_HIT = 10_000


def site(folder: Path, clock: Clock = now, log: TextIO | None = None) -> Starlette:
    """Return the site of the publication in `folder`; raises HodieError where it can't be read.

    To `log` it writes a line of JSON for each request.
    """
    desk, watch = Desk(folder, clock), Watch(log)
    files, pages, answers = Files(desk, folder), Pages(desk), Rendered(keep=api.KEPT)
    live = api.Live(desk, answers)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        pages.close()
        answers.close()

    made = Starlette(
        routes=[
            Route("/", pages.front),
            *Health(desk, files, watch).routes,
            Route("/search", pages.search),
            Route("/feeds/any.{form}", pages.asked),
            Route("/oembed", pages.asked),
            Route("/calendars/any.ics", pages.asked),
            Route("/{path:path}", pages.page),
        ],
        middleware=[
            Middleware(Watched, watch=watch),
            Middleware(Gate),
            Middleware(FromFiles, files=files, asked=pages.takes_query),
            Middleware(api.Api, live=live),
        ],
        exception_handlers={500: pages.failed},
        lifespan=lifespan,
    )
    made.state.files, made.state.watch, made.state.live = files, watch, live
    return made


class Gate:
    """Turns away, in a few words, what no browser would ask for."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = _refusal(scope) if scope["type"] == "http" else None
        if refusal is None:
            await self._app(scope, receive, send)
        else:
            await refusal.send(scope, send, 0)


def _refusal(scope: Scope) -> Answer | None:
    if is_of_api(scope["path"]):
        return api.refusal(scope, LONGEST_PATH, LONGEST_QUERY)
    if scope["method"] == "OPTIONS" and is_dialect(scope["path"]):
        return api.preflight(scope["path"])
    if scope["method"] not in METHODS:
        return _words(405, "This site is only for reading: GET or HEAD.", [("allow", "GET, HEAD")])
    path = scope["path"]
    if len(path) > LONGEST_PATH or len(scope["query_string"]) > LONGEST_QUERY:
        return _words(414, "This address is too long.")
    # A "%" that is left, and U+FFFD in place of a byte, were no percent-encoding of UTF-8.
    if "%" in path or "\N{REPLACEMENT CHARACTER}" in path or not path.isprintable():
        return _words(400, "This address is not written as addresses are.")
    if any(part in (".", "..") for part in path.split("/")):
        return _words(404, "There is nothing at this address.")
    return None


class FromFiles:
    """Answers from the edition's files, and passes on what is none of them."""

    def __init__(self, app: ASGIApp, files: Files, asked: Callable[[str], bool]) -> None:
        self._app, self._files, self._asked = app, files, asked

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = None
        if scope["type"] == "http" and not self._takes_query(scope):
            found = self._files.find(scope["path"])
        if found is None:
            await self._app(scope, receive, send)
        else:
            answer, seconds_left = found
            scope[WAY] = "file"
            await answer.send(scope, send, seconds_left)

    def _takes_query(self, scope: Scope) -> bool:
        path, query = scope["path"], scope["query_string"]
        return bool(query) and ((path == "/" and b"tz=" in query) or self._asked(path))


class Pages:
    """Renders what is no file: today, a search, and any page that the edition does not hold."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._rendered = Rendered()

    async def front(self, request: Request) -> Response:
        """Answer with the page of today: the publication's, or that of the zone `tz`."""
        opened = await self._desk.opened()
        try:
            day, left = self._desk.day(request.query_params.get("tz") or None)
        except PublicationError as error:
            return Reply(_words(400, _without_place(error)), 0)
        return Reply(await self._page(opened, "/", day), left)

    async def search(self, request: Request) -> Response:
        """Answer a search, `q`, from hit number `start` on."""
        opened = await self._desk.opened()
        day, left = self._desk.day()
        query = request.query_params.get("q", "")[:LONGEST_SEARCH]
        start = _number(request.query_params.get("start", ""))
        found = await self._rendered.answer(
            (opened.number, day.date, "search", query, start),
            lambda: _answer(opened.press.search(query, day.date, start)),
        )
        return Reply(found, left)

    def takes_query(self, path: str) -> bool:
        """Tell whether a query changes what stands at a path."""
        return is_of_api(path) or self._desk.press.takes_query(path)

    async def asked(self, request: Request) -> Response:
        """Answer what its query makes: the feed or calendar of a filter, an embed."""
        opened = await self._desk.opened()
        day, left = self._desk.day()
        path, query = request.scope["path"], request.query_params.multi_items()

        def render() -> Answer:
            page = opened.press.asked(path, query, day.date)
            return _answer(page or _missing(opened, path, day))

        try:
            found = await self._rendered.answer((opened.number, day.date, path, *query), render)
        except FilterError as error:
            found = _words(400, str(error))
        return Reply(found, left)

    async def page(self, request: Request) -> Response:
        """Answer with any other page, or lead to the one way in which its address is written."""
        path = request.scope["path"]
        opened = await self._desk.opened()
        day, left = self._desk.day()
        if (address := canonical(path)) != path:
            return Reply(_redirect(address, request.url.query), left)
        if request.url.query and self.takes_query(path):
            return await self.asked(request)
        return Reply(await self._page(opened, address, day), left)

    async def failed(self, request: Request, error: Exception) -> Response:
        """Answer in place of a page that could not be rendered; the error goes to the log."""
        if is_of_api(request.scope["path"]):
            return Reply(api.fault(), 0)
        return Reply(_words(500, "This page could not be made. It is not your fault."), 0)

    def close(self) -> None:
        self._rendered.close()

    async def _page(self, opened: Opened, address: str, day: Day) -> Answer:
        def render() -> Answer:
            page = opened.press.page(address, day.date)
            return _answer(page or _missing(opened, address, day))

        return await self._rendered.answer((opened.number, day.date, address), render)


class Reply(Response):
    """An answer, as Starlette takes one from an endpoint."""

    def __init__(self, answer: Answer, seconds_left: int) -> None:
        self._answer, self._seconds_left = answer, seconds_left

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._answer.send(scope, send, self._seconds_left)


def _answer(page: Page) -> Answer:
    return answer(
        page.body,
        page.media_type,
        status=page.status,
        life=Life.DAY if page.status in (200, 301) else Life.NONE,
        extra=leads_to(page.location),
        security=security_of(page.address),
    )


def _missing(opened: Opened, address: str, day: Day) -> Page:
    asked = day_asked(address)
    if asked is None:
        return opened.press.missing(address, day.date)
    what = address.removeprefix("/on/").rstrip("/")
    return opened.press.missing(address, day.date, nearest_days(*asked), what)


def _words(status: int, text: str, extra: Fields | None = None, life: Life = Life.NONE) -> Answer:
    return answer(f"{text}\n".encode(), "text/plain", status=status, life=life, extra=extra)


def _redirect(address: str, query: str) -> Answer:
    target = quote(address) + (f"?{query}" if query else "")
    return _words(301, f"This page is at {target}", [("location", target)], Life.DAY)


def _without_place(error: PublicationError) -> str:
    """Return an error's words without the file that they name, which is not a reader's business."""
    return str(error).removeprefix(f"{error.file}: {error.key}: ")


def _number(text: str) -> int:
    """Read the number of a hit; anything odd is the first.

    >>> _number("30"), _number("-1"), _number("x"), _number("9" * 5000)
    (30, 0, 0, 0)
    """
    return min(int(text), FURTHEST_HIT) if text.isdecimal() and len(text) < 9 else 0
