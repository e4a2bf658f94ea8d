"""The site over a real connection, as uvicorn sends it."""

from __future__ import annotations

import contextlib
import gzip
import http.client
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from hodie.press import Edition
from hodie.server.serving import ServeError, check_free, free_port

HODIE = (sys.executable, "-c", "from hodie.cli import main; main()")


@pytest.fixture
def connection(served):
    """An open connection to the demo's server."""
    with contextlib.closing(http.client.HTTPConnection(urlsplit(served).netloc, timeout=20)) as c:
        yield c


def get(connection, address, method="GET", **headers):
    """Ask and read one answer."""
    connection.request(
        method, address, headers={k.replace("_", "-"): v for k, v in headers.items()}
    )
    answer = connection.getresponse()
    return answer, answer.read()


def test_a_file_over_the_wire(connection, demo):
    """The bytes of the edition arrive whole, compressed for those who ask."""
    stored = Edition.open(demo).lookup("/on/08-20/")
    plain, body = get(connection, "/on/08-20/")
    packed, packed_body = get(connection, "/on/08-20/", accept_encoding="gzip")

    assert plain.status == packed.status == 200
    assert plain.getheader("content-length") == str(len(body))
    assert packed.getheader("content-encoding") == "gzip"
    assert body == gzip.decompress(packed_body) == stored.path.read_bytes()


def test_one_connection_serves_many(connection):
    """A connection stays open through answers of every kind."""
    answers = [
        get(connection, "/on/08-20/", method="HEAD"),
        get(connection, "/on/08-20/", if_none_match="*"),
        get(connection, "/nowhere"),
        get(connection, "/on/8-20"),
        get(connection, "/on/08-20/", method="POST"),
        get(connection, "/on/08-20/"),
    ]

    assert [answer.status for answer, _ in answers] == [200, 304, 404, 301, 405, 200]
    assert [bool(body) for _, body in answers] == [False, False, True, True, True, True]


@pytest.mark.parametrize(
    ("line", "status"),
    [
        (b"GET /../../etc/passwd HTTP/1.1", 404),
        (b"GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1", 404),
        (b"GET /%00 HTTP/1.1", 400),
        (b"GET /%zz HTTP/1.1", 400),
        (b"GET /%ff HTTP/1.1", 400),
        (b"GET /?" + b"a" * 8192 + b" HTTP/1.1", 414),
        (b"BREW / HTTP/1.1", 405),
        (b"GET /a b HTTP/1.1", 400),
        (b"nonsense", 400),
    ],
)
def test_odd_requests(served, line, status):
    """What no browser sends is answered, shortly, and not with a fault."""
    place = urlsplit(served)
    with socket.create_connection((place.hostname, place.port), timeout=20) as wire:
        wire.sendall(line + b"\r\nHost: x\r\nConnection: close\r\n\r\n")
        first, _, rest = b"".join(iter(lambda: wire.recv(65536), b"")).partition(b"\r\n")

    assert first.split()[1] == str(status).encode()
    assert len(rest) < 2000


def test_many_readers_at_once(served):
    """Readers who come together all get their page."""

    def read(number):
        place = urlsplit(served).netloc
        with contextlib.closing(http.client.HTTPConnection(place, timeout=30)) as connection:
            address = ["/on/08-20/", "/", f"/search?q=b{number}", "/about/leon-trotsky/"][
                number % 4
            ]
            return get(connection, address)[0].status

    with ThreadPoolExecutor(16) as threads:
        assert set(threads.map(read, range(64))) == {200}


def test_a_port_that_is_taken():
    """A second server on a port is refused: the two would take turns at the readers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(ServeError, match=f"port {port}: address already in use"):
            check_free("127.0.0.1", port)


def test_a_port_that_is_free():
    """A free port is no trouble, and another can always be named."""
    check_free("127.0.0.1", free_port())


def test_what_goes_wrong_is_logged(own):
    """Whoever runs the server reads on standard error why it goes on with old settings."""
    command = [*HODIE, "serve", "-C", str(own), "--port", str(free_port())]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            origin = process.stdout.readline().split()[-3]
            (own / "hodie.toml").write_text("name = ")
            with urlopen(f"{origin}/search?q=x", timeout=20) as answer:
                assert answer.status == 200
            process.terminate()
            said = process.stderr.read()
        finally:
            process.kill()

    assert said.startswith("[ERROR] the publication as it was goes on being served")
    assert said.count("\n") == 1
