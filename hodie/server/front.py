"""The site's connections: files and quick questions are answered at once, all else by ASGI.

uvicorn reads HTTP and carries ASGI. Its connection is extended here by a short cut: most requests
are for a file, or ask the API what is quickly found, and arrive in one piece. Such a one is
answered on the spot; benchmarks/speed/api.py holds that against nginx. Whatever is in the least
unusual goes the long way, where the same answers come from the same place.
"""

from __future__ import annotations

import asyncio
import re
import sys
import time
from typing import Any, NamedTuple

import httptools
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from hodie.server.answers import Answer
from hodie.server.api import Live
from hodie.server.files import Files
from hodie.server.watch import Watch, Way

# A web server in front may keep its connections to this one open for a minute.
IDLE_SECONDS = 75
LONGEST_HEAD = 64 << 10
MOST_RECENT = 16 << 20
# Longer requests are rare, and would fill the memory that is for the usual ones.
_LONGEST_PLAIN = 2048

_PLAIN = re.compile(rb"(GET|HEAD) (/[\w./~-]*) HTTP/1\.1\r\n((?:[\w-]+:[^\r\n\0]*\r\n)+)\r\n")
_QUESTION = re.compile(
    rb"(GET|HEAD) (/api/v1/[\w./:,-]*)(?:\?([\w.~:,=&%+/*-]*))? HTTP/1\.1\r\n"
    rb"((?:[\w-]+:[^\r\n\0]*\r\n)+)\r\n"
)
# No file has an address with a query, or an entry's.
_ASKS = re.compile(rb"[A-Z]+ /api/v1/[^ ?:]*[?:]")
# With any of these there is more to be done than to send a file.
_UNUSUAL = frozenset(
    {b"connection", b"content-length", b"expect", b"range", b"transfer-encoding", b"upgrade"}
)


_TOO_LONG = STATUS_LINE[431] + b"connection: close\r\ncontent-length: 0\r\n\r\n"
# The methods that are known come through; this is only asked of those that don't.
_ODD_METHOD = re.compile(rb"[A-Z]{3,20} /[!-~]* HTTP/1\.[01]\r\n")


class Asked(NamedTuple):
    """What a plain request for a file says."""

    method: str
    path: str
    accept_encoding: str
    if_none_match: str


class AskedLive(NamedTuple):
    """What a plain question to the API says."""

    asked: Asked
    query: bytes
    accept: str


class Whole(NamedTuple):
    """A whole answer as it is sent, `data`, and what is counted of it; `size` is its body's."""

    asked: Asked
    status: int
    size: int
    data: bytes
    way: Way = "file"


class Recent:
    """The answers of this second, whole as they were sent, by the request that asked for them.

    uvicorn renews the date that goes with every answer once a second. With the date, or with what
    answers are made from, all that was kept is dropped.
    """

    def __init__(self) -> None:
        self._date: object = None
        self._source: object = None
        self._sent: dict[bytes, Whole] = {}
        self._room = MOST_RECENT

    def get(self, request: bytes, date: object, source: object) -> Whole | None:
        if date is not self._date or source != self._source:
            self._date, self._source, self._sent, self._room = date, source, {}, MOST_RECENT
        return self._sent.get(request)

    def keep(self, request: bytes, sent: Whole) -> None:
        self._room -= len(request) + len(sent.data)
        if self._room >= 0:
            self._sent[request] = sent


class Front(HttpToolsProtocol):
    """One connection; `files`, `watch`, `recent` and `live` are those of the server."""

    def __init__(
        self,
        files: Files,
        watch: Watch,
        recent: Recent,
        live: Live | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self._files, self._watch, self._recent, self._live = files, watch, recent, live
        self._head_bytes: int | None = 0
        self._asked_at = self.loop.time()

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._look_again()

    def data_received(self, data: bytes) -> None:
        start = time.perf_counter()
        if self._is_free() and (answer := self._at_once(data)):
            self._asked_at = self.loop.time()
            self._unset_keepalive_if_required()
            self.transport.write(answer.data)
            self.server_state.total_requests += 1
            method, path, _, _ = answer.asked
            seconds = time.perf_counter() - start
            self._watch.note(method, path, answer.status, answer.size, seconds, answer.way)
        else:
            self._take(data)

    def _take(self, data: bytes) -> None:
        """Let uvicorn read what is no plain request, in so far as it ends."""
        self._latest = data
        super().data_received(data)
        if self._head_bytes is not None:
            self._head_bytes += len(data)
            if self._head_bytes > LONGEST_HEAD:
                self.transport.write(_TOO_LONG)
                self.transport.close()

    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP: a method that the reader of HTTP does not know may be one yet."""
        unknown = isinstance(sys.exception(), httptools.HttpParserInvalidMethodError)
        if not unknown or not _ODD_METHOD.match(self._latest):
            super().send_400_response(msg)
            return
        # Its readers get what those of other methods get, by way of a method that is known.
        self.parser = httptools.HttpRequestParser(self)
        self.parser.feed_data(b"TRACE" + self._latest[self._latest.index(b" ") :])

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._head_bytes = 0

    def on_headers_complete(self) -> None:
        self._head_bytes = None
        self._asked_at = self.loop.time()
        super().on_headers_complete()

    def _is_free(self) -> bool:
        """Tell whether nothing is being read, made or waiting to be taken on this connection."""
        between = not self._head_bytes and (self.cycle is None or self.cycle.response_complete)
        return between and not self.flow.write_paused and not self.transport.is_closing()

    def _at_once(self, data: bytes) -> Whole | None:
        """Return the whole answer to a plain request; None for any other."""
        if len(data) > _LONGEST_PLAIN:
            return None
        if _ASKS.match(data):
            return self._from_almanac(data)
        answer = self._recent.get(data, self.server_state.default_headers, self._files.source())
        if answer is None and (asked := plain_request(data)):
            answer = self._from_file(asked)
            if answer is not None:
                self._recent.keep(data, answer)
        return answer or self._from_almanac(data)

    def _from_file(self, asked: Asked) -> Whole | None:
        found = self._files.find(asked.path)
        return None if found is None else self._whole(asked, *found, "file")

    def _from_almanac(self, data: bytes) -> Whole | None:
        if self._live is None or (question := plain_question(data)) is None:
            return None
        asked, query, accept = question
        found = self._live.at_once(asked.path, query, accept, asked.accept_encoding)
        return None if found is None else self._whole(asked, *found, "live")

    def _whole(self, asked: Asked, answer: Answer, seconds_left: int, way: Way) -> Whole:
        status, fields, body = answer.reply(
            asked.method, asked.accept_encoding, asked.if_none_match, seconds_left
        )
        lines = "".join([f"{name}: {value}\r\n" for name, value in fields]).encode("latin-1")
        usual = [b"%b: %b\r\n" % field for field in self.server_state.default_headers]
        data = b"".join([STATUS_LINE[status], *usual, lines, b"\r\n", body])
        return Whole(asked, status, len(body), data, way)

    def _look_again(self) -> None:
        """Close the connection if nobody has asked for anything in a while, else look again."""
        if self.transport.is_closing():
            return
        waited = self.loop.time() - self._asked_at
        busy = self.cycle is not None and not self.cycle.response_complete
        if waited >= IDLE_SECONDS and not busy:
            self.transport.close()
        else:
            self.loop.call_later(max(IDLE_SECONDS - waited, 0.1), self._look_again)


def plain_request(data: bytes) -> Asked | None:
    r"""Read a request that is whole, alone, and asks for nothing but a file; else None.

    >>> plain_request(b"GET /on/ HTTP/1.1\r\nHost: x\r\nAccept-Encoding: br\r\n\r\n")
    Asked(method='GET', path='/on/', accept_encoding='br', if_none_match='')
    >>> plain_request(b"GET /?q=x HTTP/1.1\r\nHost: x\r\n\r\n") is None
    True
    """
    found = _PLAIN.fullmatch(data)
    if found is None or len(data) > _LONGEST_PLAIN:
        return None
    method, path, lines = found.groups()
    fields = _fields(lines)
    return None if fields is None else _asked(method, path, fields)


def plain_question(data: bytes) -> AskedLive | None:
    r"""Read a question to the API that is whole, alone, and asks for no more than its answer.

    >>> plain_question(b"GET /api/v1/days/08-20?kind=birth HTTP/1.1\r\nHost: x\r\n\r\n").query
    b'kind=birth'
    """
    found = _QUESTION.fullmatch(data)
    if found is None:
        return None
    method, path, query, lines = found.groups()
    fields = _fields(lines)
    # What is said in several lines counts together, and the long way puts it together.
    if fields is None or len(fields) < lines.count(b"\r\n"):
        return None
    accept = fields.get(b"accept", b"").decode("latin-1")
    return AskedLive(_asked(method, path, fields), query or b"", accept)


def _fields(lines: bytes) -> dict[bytes, bytes] | None:
    """Return a request's headers; None where one asks for more than an answer, or no host is."""
    fields = {}
    for line in lines.splitlines():
        name, _, value = line.partition(b":")
        fields[name.lower()] = value.strip()
    unusual = _UNUSUAL.intersection(fields)
    if unusual == {b"connection"} and fields[b"connection"].lower() == b"keep-alive":
        unusual = frozenset()  # so many say, though HTTP/1.1 keeps it without being told
    return None if unusual or b"host" not in fields else fields


def _asked(method: bytes, path: bytes, fields: dict[bytes, bytes]) -> Asked:
    accept, known = fields.get(b"accept-encoding", b""), fields.get(b"if-none-match", b"")
    return Asked(method.decode(), path.decode(), accept.decode("latin-1"), known.decode("latin-1"))
