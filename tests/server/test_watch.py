"""What the server tells of itself: its health, its counts, its log; and how it stops."""

from __future__ import annotations

import contextlib
import http.client
import json
import re
import signal
import socket
import subprocess
import sys
from collections import Counter
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient

from hodie.server import app
from hodie.server.serving import free_port

HODIE = (sys.executable, "-c", "from hodie.cli import main; main()")


def metrics(text):
    """Read what Prometheus reads: values by name and labels."""
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def counted(text):
    """Return the requests that were counted, by area, way and status."""
    found: Counter[tuple[str, ...]] = Counter()
    for (name, pairs), value in metrics(text).items():
        if name == "hodie_requests_total":
            labels = dict(pairs)
            found[labels["area"], labels["way"], labels["status"]] += value
    return found


def test_health(own_client, own):
    """A server that can read its facts is well, and says which they are."""
    answer = own_client.get("/healthz")

    assert (answer.status_code, answer.json()["status"]) == (200, "ok")
    assert answer.json()["edition"].startswith("2026-08-20.")
    assert answer.headers["cache-control"] == "no-store"


def test_health_after_a_slip(own_client, own):
    """Settings that cannot be read make the server stale, not ill."""
    (own / "hodie.toml").write_text("name = ")

    assert own_client.get("/healthz").json()["status"] == "stale"
    assert metrics(own_client.get("/metrics").text)["hodie_stale", ()] == 1


def test_health_without_facts(own_client, monkeypatch):
    """A server that cannot read its facts says so to whoever restarts it."""
    from hodie.almanac import Almanac, AlmanacError

    def broken(*_):
        raise AlmanacError("the disk is gone")

    monkeypatch.setattr(Almanac, "entity", broken)
    answer = own_client.get("/healthz")

    assert (answer.status_code, answer.json()["status"]) == (503, "failing")


def test_counts(demo):
    """Each request is counted once: where, how it came, and with which status."""
    client = TestClient(app(demo), follow_redirects=False)
    for address in ("/on/08-20/", "/on/08-20/", "/nowhere", "/api/v1/days/08-20?kind=x", "/x.php"):
        client.get(address)
    client.get("/on/8-20")
    found = counted(client.get("/metrics").text)

    assert found["on", "file", "200"] == 2
    assert found["on", "live", "301"] == 1
    assert found["api", "live", "400"] == 1
    assert found["other", "live", "404"] == 2


def test_counts_are_prometheus(client):
    """The text is read by Prometheus' own parser; its histogram adds up."""
    answer = client.get("/metrics")
    found = metrics(answer.text)
    total = sum(value for (name, _), value in found.items() if name == "hodie_requests_total")
    timed = sum(v for (name, _), v in found.items() if name == "hodie_request_seconds_count")

    assert answer.headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert total == timed
    assert found["process_resident_memory_bytes", ()] > 1_000_000


def test_counts_are_few(demo):
    """Whatever is asked, the names of the counts stay a handful."""
    client = TestClient(app(demo), follow_redirects=False)
    for number in range(30):
        client.get(f"/nowhere-{number}/")
        client.request(f"BREW{number}", "/")

    assert len(counted(client.get("/metrics").text)) < 6


class Log:
    """Somewhere to write to."""

    def __init__(self):
        self.text = ""

    def write(self, text):
        self.text += text

    def flush(self):
        pass


def test_the_log(demo):
    """Each request is a line of JSON, that knows nothing of who asked, or for which words."""
    log = Log()
    client = TestClient(app(demo, log=log), follow_redirects=False)
    headers = {"user-agent": "Netscape", "referer": "https://other.example/", "cookie": "a=b"}
    client.get("/on/08-20/", headers=headers)
    client.get("/search?q=my+own+name", headers=headers)
    client.get("/" + "a" * 900)
    lines = [json.loads(line) for line in log.text.splitlines()]

    assert [list(line) for line in lines] == [
        ["time", "method", "path", "status", "bytes", "ms", "way"]
    ] * 3
    assert [(line["path"], line["status"], line["way"]) for line in lines[:2]] == [
        ("/on/08-20/", 200, "file"),
        ("/search", 200, "live"),
    ]
    assert len(lines[2]["path"]) <= 200
    assert not re.search(r"Netscape|example|name|testclient|127\.0", log.text)


# A server of its own


@contextlib.contextmanager
def started(folder, *options):
    """Run `hodie serve`, and give the process and its port."""
    port = free_port()
    command = [*HODIE, "serve", "-C", str(folder), "--port", str(port), *options]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            said = process.stderr if "--access-log" in options else process.stdout
            assert f":{port}" in next(line for line in iter(said.readline, "") if "http" in line)
            yield process, port
        finally:
            process.kill()


def test_a_log_on_standard_output(demo):
    """`--access-log` writes lines to standard output, and nothing else goes there."""
    with started(demo, "--access-log") as (process, port):
        for address in ("/on/08-20/", "/api/v1/days/08-20?kind=birth"):
            with urlopen(f"http://127.0.0.1:{port}{address}", timeout=20):
                pass
        process.terminate()
        lines = [json.loads(line) for line in process.stdout.read().splitlines()]

    assert [line["path"] for line in lines] == ["/on/08-20/", "/api/v1/days/08-20"]
    assert [line["way"] for line in lines] == ["file", "live"]


def test_files_by_the_short_cut_are_counted(served):
    """A file that is sent without the application is counted too."""
    before = counted(read(served, "/metrics"))["on", "file", "200"]
    read(served, "/on/08-20/")

    assert counted(read(served, "/metrics"))["on", "file", "200"] == before + 1


def read(origin, address):
    with urlopen(f"{origin}{address}", timeout=20) as answer:
        return answer.read().decode()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_what_was_asked_is_answered(demo, number):
    """Whoever asked before the signal is answered; the server ends well, and takes no more."""
    with started(demo) as (process, port), contextlib.ExitStack() as stack:
        wires = [
            stack.enter_context(socket.create_connection(("127.0.0.1", port), timeout=30))
            for _ in range(8)
        ]
        for year, wire in enumerate(wires, 1930):
            wire.sendall(b"GET /api/v1/years/%d?limit=200 HTTP/1.1\r\nHost: x\r\n\r\n" % year)
        first = wires[0].recv(15)
        process.send_signal(number)
        answers = [first + wires[0].recv(100), *(wire.recv(100) for wire in wires[1:])]
        rest = [b"".join(iter(lambda wire=wire: wire.recv(65536), b"")) for wire in wires]

        assert process.wait(timeout=20) == 0
        assert process.stderr.read() == ""
    assert all(answer.startswith(b"HTTP/1.1 200") for answer in answers)
    assert all(part.endswith(b"]}") for part in rest)
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", port), timeout=5)


def test_open_connections_do_not_hold_it_up(demo):
    """A reader who keeps a connection open and asks nothing does not keep the server."""
    with started(demo) as (process, port):
        place = urlsplit(f"http://127.0.0.1:{port}").netloc
        with contextlib.closing(http.client.HTTPConnection(place, timeout=20)) as connection:
            connection.request("GET", "/on/08-20/")
            connection.getresponse().read()
            process.terminate()
            assert process.wait(timeout=5) == 0
