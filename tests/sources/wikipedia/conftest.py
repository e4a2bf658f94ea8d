"""A wiki on this machine that answers as Wikimedia's do, as long as one behaves."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple
from urllib.parse import unquote

import pytest


class Asked(NamedTuple):
    """One request: its title and its headers."""

    title: str
    headers: dict[str, str]


class Wiki:
    """Pages by title; `troubles` are taken one a request, from the first, before any page is.

    A trouble is a status with headers, or a word: "cut" (the body ends early), "cut gzip",
    "hang up" (no answer at all).
    """

    def __init__(self) -> None:
        self.pages: dict[str, str] = {}
        self.troubles: list[tuple[int, dict[str, str]] | str] = []
        self.asked: list[Asked] = []
        self.address = ""

    @property
    def template(self) -> str:
        return self.address + "/{language}/w/rest.php/v1/page/{title}/html"

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        title = unquote(handler.path.split("/")[-2])
        headers = {name.lower(): value for name, value in handler.headers.items()}
        self.asked.append(Asked(title, headers))
        agent = headers.get("user-agent", "")
        if "@" not in agent and "http" not in agent:
            self._send(handler, 403, {}, b"Please set a user-agent")
        elif self.troubles:
            self._trouble(handler, self.troubles.pop(0), title)
        else:
            self._page(handler, title, headers)

    def _page(self, handler: BaseHTTPRequestHandler, title: str, headers: dict[str, str]) -> None:
        if title not in self.pages:
            self._send(handler, 404, {}, b'{"httpCode":404}')
            return
        etag = f'"{abs(hash(self.pages[title])) % 10**9}/a"'
        if headers.get("if-none-match") == etag:
            self._send(handler, 304, {"ETag": etag}, b"")
            return
        body = gzip.compress(self.pages[title].encode())
        self._send(handler, 200, {"ETag": etag, "Content-Encoding": "gzip"}, body)

    def _trouble(
        self, handler: BaseHTTPRequestHandler, trouble: tuple[int, dict[str, str]] | str, title: str
    ) -> None:
        if isinstance(trouble, tuple):
            self._send(handler, trouble[0], trouble[1], b"")
        elif trouble == "cut":
            whole = self.pages[title].encode()
            self._send(handler, 200, {}, whole[: len(whole) // 2], length=len(whole))
        elif trouble == "cut without length":
            self._send(handler, 200, {}, self.pages[title].encode()[:-30], length=None)
        elif trouble == "cut gzip":
            body = gzip.compress(self.pages[title].encode())[:-20]
            self._send(handler, 200, {"Content-Encoding": "gzip"}, body)
        handler.close_connection = True

    def _send(
        self,
        handler: BaseHTTPRequestHandler,
        status: int,
        headers: dict[str, str],
        body: bytes,
        length: int | None = -1,
    ) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name, value)
        if length is not None:
            handler.send_header("Content-Length", str(len(body) if length == -1 else length))
        handler.end_headers()
        handler.wfile.write(body)


@contextmanager
def serving(wiki: Wiki) -> Iterator[None]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            wiki.answer(self)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    wiki.address = f"http://127.0.0.1:{server.server_port}"
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def wiki() -> Iterator[Wiki]:
    """A wiki that is being served."""
    wiki = Wiki()
    with serving(wiki):
        yield wiki
