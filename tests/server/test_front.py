"""The short cut for files: it may be told from the long way by its speed alone."""

from __future__ import annotations

import asyncio
import functools
import itertools
import socket
from collections import deque
from urllib.parse import urlsplit

import pytest
import uvicorn

from hodie.server import app, front
from hodie.server.front import Asked, Front, Recent, Whole, plain_question, plain_request

FILE = "/on/08-20/"
ANSWER = Whole(Asked("GET", "/", "", ""), 200, 900, b"x" * 1000)


@pytest.fixture
def wire(served):
    """An open connection to the demo's server, without a client that would tidy what is sent."""
    place = urlsplit(served)
    with socket.create_connection((place.hostname, place.port), timeout=20) as connection:
        yield connection


def request(address=FILE, method="GET", *lines, version="1.1"):
    """Write a request as most clients do."""
    return "\r\n".join([f"{method} {address} HTTP/{version}", "Host: x", *lines, "", ""]).encode()


def read(file, method="GET"):
    """Read one answer: its status, its headers without the date, and its body."""
    status = int(file.readline().split()[1])
    lines = iter(lambda: file.readline().strip().decode(), "")
    fields = dict(line.split(": ", 1) for line in lines)
    fields.pop("date", None)
    size = 0 if method == "HEAD" else int(fields.get("content-length", 0))
    return status, fields, file.read(size)


def ask(wire, *asked):
    """Send requests in one piece, and read as many answers."""
    wire.sendall(b"".join(asked))
    with wire.makefile("rb") as file:
        return [read(file) for _ in asked]


@pytest.mark.parametrize(
    "lines",
    [
        (),
        ("Accept-Encoding: gzip, br",),
        ("accept-encoding:gzip",),
        ("If-None-Match: *",),
        ('If-None-Match: "other"', "Accept-Encoding: identity"),
    ],
)
@pytest.mark.parametrize("address", [FILE, "/about/leon-trotsky/", "/", "/robots.txt"])
def test_both_ways_lead_to_the_same(wire, address, lines):
    """A query sends the request the long way; the answer is the same to the last byte."""
    [short] = ask(wire, request(address, "GET", *lines))
    [long] = ask(wire, request(f"{address}?x=1", "GET", *lines))

    assert plain_request(request(address, "GET", *lines))
    assert short == long


@pytest.mark.parametrize(
    "lines",
    [
        (),
        ("Accept-Encoding: gzip, br", "Connection: keep-alive"),
        ("If-None-Match: *",),
        ("Accept: text/csv",),
        ("accept:application/ld+json;q=0.5, text/csv;q=0.4",),
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize(
    "address",
    [
        "/api/v1/days/08-20?kind=birth,death&from=-43",
        "/api/v1/days/08-20.csv?limit=2",
        "/api/v1/search?q=L%C3%A9on+trotsk",
        "/api/v1/entities/leon-trotsky/entries?limit=3",
        "/api/v1/dates/1940-08-20",
    ],
)
def test_both_ways_answer_alike(wire, address, method, lines):
    """A question that is answered at once has the answer of the long way, to the last byte."""
    plain, long = (request(address, method, *lines, *each) for each in ((), ("X: y", "x: z")))
    wire.sendall(plain + long)
    with wire.makefile("rb") as file:
        first, second = (read(file, method) for _ in range(2))

    assert plain_question(plain)
    assert plain_question(long) is None
    assert first == second


def test_a_bad_question_is_answered(wire):
    """What cannot be answered at once is answered the long way, with its problem."""
    [(status, fields, body)] = ask(wire, request("/api/v1/days/08-20?kind=war"))

    assert (status, fields["content-type"]) == (400, "application/problem+json")
    assert b"'war' will not do" in body


def test_requests_in_one_piece(wire):
    """Requests that come together are answered in their order."""
    answers = ask(wire, request("/"), request("/robots.txt"), request("/search?q=x"), request())

    assert [status for status, _, _ in answers] == [200] * 4
    assert answers[1][1]["content-type"].startswith("text/plain")


def test_a_request_in_many_pieces(wire):
    """A request that arrives byte by byte is answered once it is whole."""
    for byte in request(FILE, "GET", "Accept-Encoding: gzip"):
        wire.sendall(bytes([byte]))
    with wire.makefile("rb") as file:
        status, fields, _ = read(file)

    assert (status, fields["content-encoding"]) == (200, "gzip")
    assert ask(wire, request("/robots.txt"))[0][0] == 200


def test_a_plain_request_after_half_of_one(wire):
    """What arrives is never taken for a request while another is being read."""
    wire.sendall(b"GET /search HTTP/1.1\r\nX: y\r\n")
    wire.sendall(request())
    with wire.makefile("rb") as file:
        assert read(file)[0] == 400


@pytest.mark.parametrize(
    "asked", [request(FILE, "GET", "Connection: close"), request(version="1.0")]
)
def test_a_reader_who_wants_no_more(wire, asked):
    """The connection is closed after the answer where that was asked for."""
    wire.sendall(asked)
    data = b"".join(iter(lambda: wire.recv(65536), b""))

    assert data.startswith(b"HTTP/1.1 200")
    assert b"\r\nconnection: close\r\n" in data


def test_head_by_the_short_cut(wire):
    """HEAD has the headers of GET, and the next answer follows at once."""
    wire.sendall(request(FILE, "HEAD") + request("/robots.txt"))
    with wire.makefile("rb") as file:
        assert file.readline().startswith(b"HTTP/1.1 200")
        assert int(dict(_fields(file))["content-length"]) > 1000
        assert read(file)[0] == 200


def _fields(file):
    return [line.split(": ") for line in iter(lambda: file.readline().strip().decode(), "")]


def test_headers_without_end(wire):
    """Somebody who never stops sending headers is told, and shown out."""
    wire.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n")
    line = b"X: " + b"y" * 1000 + b"\r\n"
    with pytest.raises(OSError):
        deque(map(wire.sendall, itertools.repeat(line, 100_000)), maxlen=0)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"GET / HTTP/1.1\r\n\r\n",
        request("/?q=x"),
        request("/a%20b"),
        request("http://x/"),
        request("/", "POST"),
        request("/", version="1.0"),
        request("/", "GET", "Content-Length: 1") + b"x",
        request("/", "GET", "Content-Length: 0"),
        request("/", "GET", "Transfer-Encoding: chunked"),
        request("/", "GET", "Expect: 100-continue"),
        request("/", "GET", "Connection: keep-alive, Upgrade", "Upgrade: websocket"),
        request("/", "GET", "Range: bytes=0-1"),
        request("/", "GET", "X: y\r\n folded"),
        request("/", "GET", "X: y\nInjected: z"),
        request("/", "GET", "X : y"),
        request("/", "GET", "Cookie: " + "x" * 4000),
        request("/") * 2,
        request("/")[:-2],
    ],
)
def test_what_is_not_plain(data):
    """Anything unusual is left to the long way."""
    assert plain_request(data) is None


def test_an_idle_connection_is_closed(demo, monkeypatch):
    """A reader who connects and stays silent is not kept for ever."""
    monkeypatch.setattr(front, "IDLE_SECONDS", 0.01)

    async def silent():
        site = app(demo)
        config = uvicorn.Config(site, ws="none", log_config=None)
        config.load()
        state = uvicorn.Server(config).server_state
        front = functools.partial(Front, site.state.files, site.state.watch, Recent())
        made = functools.partial(front, config=config, server_state=state, app_state={})
        server = await asyncio.get_running_loop().create_server(made, "127.0.0.1", 0)
        reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
        try:
            return await asyncio.wait_for(reader.read(), 10)
        finally:
            writer.close()
            server.close()

    assert asyncio.run(silent()) == b""


def test_recent_answers_go_with_their_second():
    """What was sent is kept until the date, the edition or the publication is another."""
    recent, date, later = Recent(), [b"12:00:00"], [b"12:00:01"]
    assert recent.get(b"ask", date, "edition 1") is None
    recent.keep(b"ask", ANSWER)

    assert recent.get(b"ask", date, "edition 1") is ANSWER
    assert recent.get(b"ask", date, "edition 2") is None
    recent.keep(b"ask", ANSWER)
    assert recent.get(b"ask", later, "edition 2") is None


def test_recent_answers_have_a_bound(monkeypatch):
    """However much is asked for in a second, only so much of it is kept."""
    monkeypatch.setattr(front, "MOST_RECENT", 10_000)
    recent = Recent()
    for number in range(100):
        recent.get(b"%d" % number, recent, recent)
        recent.keep(b"%d" % number, ANSWER)

    assert sum(recent.get(b"%d" % n, recent, recent) is not None for n in range(100)) == 9


def test_a_new_edition_is_sent_at_once(own, serve):
    """An answer that was kept is not sent once there is another edition."""
    with serve(own) as origin:
        place = urlsplit(origin)
        with socket.create_connection((place.hostname, place.port), timeout=20) as connection:
            [before] = ask(connection, request())
            (own / "edition").rename(own / "gone")
            [after] = ask(connection, request())

    assert (before[0], after[0]) == (200, 200)
    assert before[1]["etag"] != after[1]["etag"]
