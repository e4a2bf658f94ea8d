"""How fast a reader gets a page: files of the edition beside nginx, and live pages.

    python benchmarks/speed/server.py [FOLDER]

FOLDER is a publication with an almanac and an edition; without it, one is made for the run, which
takes a minute or two. Everything is measured over loopback, on a connection that stays open, from
one process: the two servers take turns, so that both meet the same noise. nginx (apt-get install
nginx-light) sends the same file; without it there is no ratio.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime
import http.client
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from hodie.almanac import Almanac
from hodie.press import Edition, Publication
from hodie.server.serving import free_port

HODIE = (sys.executable, "-c", "from hodie.cli import main; main()")
PAGE = "/on/08-20/"
ROUNDS, PER_ROUND = 20, 100
LIVE_PAGES = 300
LIMIT_MS = 5.0

NGINX = """\
daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/log;
events {{ }}
http {{
  access_log off; gzip_static on; keepalive_requests 1000000; types {{ text/html html; }}
  client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
  uwsgi_temp_path {folder}; scgi_temp_path {folder};
  server {{ listen 127.0.0.1:{port}; root {root}; }}
}}
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, metavar="FOLDER")
    with contextlib.ExitStack() as stack:
        folder = parser.parse_args().folder or stack.enter_context(made_publication())
        hodie = stack.enter_context(hodie_server(folder))
        nginx = stack.enter_context(nginx_server(folder / "edition"))
        measure_files(hodie, nginx)
        measure_throughput(hodie, nginx)
        measure_live(folder, hodie)


@contextlib.contextmanager
def made_publication() -> Iterator[Path]:
    """Make the demo publication with all of the starter, its almanac and its edition."""
    with tempfile.TemporaryDirectory(prefix="hodie-bench-") as temporary:
        folder = Path(temporary) / "demo"
        for command in (
            ["new", "--demo", folder],
            ["build", "-C", folder],
            ["press", "-C", folder],
        ):
            subprocess.run([*HODIE, *map(str, command)], check=True)
        yield folder


@contextlib.contextmanager
def hodie_server(folder: Path) -> Iterator[int]:
    """Run `hodie serve`, and give its port."""
    port = free_port()
    with running([*HODIE, "serve", "-C", str(folder), "--port", str(port)], port):
        yield port


@contextlib.contextmanager
def nginx_server(root: Path) -> Iterator[int | None]:
    """Run nginx on the edition's files, and give its port; None where there is no nginx."""
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    if program is None:
        print("no nginx here, so there is nothing to compare with (apt-get install nginx-light)")
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="hodie-nginx-") as temporary:
        # nginx gives its work to a user of less right, who has to reach the files.
        copy = shutil.copytree(root.resolve() / PAGE.strip("/"), Path(temporary) / PAGE.strip("/"))
        for path in (Path(temporary), *copy.parents, *copy.rglob("*")):
            if path.is_relative_to(temporary):
                path.chmod(0o755)
        port = free_port()
        config = Path(temporary) / "nginx.conf"
        config.write_text(NGINX.format(folder=temporary, port=port, root=temporary))
        with running([program, "-p", temporary, "-c", str(config)], port):
            yield port


@contextlib.contextmanager
def running(command: list[str], port: int) -> Iterator[None]:
    """Run a server from when it answers to the end of the block."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        try:
            deadline = time.monotonic() + 30
            while not answers(port):
                if process.poll() is not None or time.monotonic() > deadline:
                    raise SystemExit(f"{command[0]} does not answer on port {port}")
                time.sleep(0.05)
            yield
        finally:
            process.terminate()


def answers(port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
        return True
    return False


def first_bytes(wire: socket.socket, address: str, count: int) -> list[float]:
    """Ask for a page `count` times, and return the milliseconds to the first byte of each."""
    request = f"GET {address} HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n".encode()
    times = []
    for _ in range(count):
        start = time.perf_counter()
        wire.sendall(request)
        data = received(wire)
        times.append((time.perf_counter() - start) * 1000)
        read_rest(wire, data)
    return times


def read_rest(wire: socket.socket, data: bytes) -> None:
    """Read an answer to its end, so that the next one starts clean."""
    while b"\r\n\r\n" not in data:
        data += received(wire)
    head, _, body = data.partition(b"\r\n\r\n")
    found = re.search(rb"\r\ncontent-length: (\d+)", head, re.IGNORECASE)
    assert head.startswith(b"HTTP/1.1 200"), head
    assert found is not None, head
    left = int(found[1]) - len(body)
    while left > 0:
        left -= len(received(wire))


def received(wire: socket.socket) -> bytes:
    data = wire.recv(65536)
    if not data:
        raise SystemExit("a server closed its connection before the measurement was over")
    return data


def measure_files(hodie: int, nginx: int | None) -> None:
    """Measure the first byte of a day's page from the edition, taking turns with nginx."""
    times: dict[int, list[float]] = {port: [] for port in (hodie, nginx) if port is not None}
    with contextlib.ExitStack() as stack:
        wires = {
            port: stack.enter_context(socket.create_connection(("127.0.0.1", port)))
            for port in times
        }
        for wire in wires.values():
            wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            first_bytes(wire, PAGE, PER_ROUND)
        for _ in range(ROUNDS):
            for port, wire in wires.items():
                times[port] += first_bytes(wire, PAGE, PER_ROUND)
    print(f"{PAGE} from the edition, first byte of {ROUNDS * PER_ROUND} answers, gzip:")
    ours = told("hodie", times[hodie])
    print(f"  limit {LIMIT_MS} ms at p50: {'kept' if ours[0] < LIMIT_MS else 'BROKEN'}")
    if nginx is not None:
        theirs = told("nginx", times[nginx])
        print(f"  hodie / nginx: p50 {ours[0] / theirs[0]:.1f}, p99 {ours[1] / theirs[1]:.1f}")


def measure_throughput(hodie: int, nginx: int | None) -> None:
    """Measure the requests that each answers in a second, where wrk is there to ask."""
    wrk = shutil.which("wrk")
    if wrk is None:
        print("no wrk here, so requests per second are not measured (apt-get install wrk)")
        return
    rates = {}
    for name, port in (("hodie", hodie), ("nginx", nginx)):
        if port is not None:
            command = [wrk, "-t1", "-c16", "-d4", "-H", "Accept-Encoding: gzip"]
            done = subprocess.run(
                [*command, f"http://127.0.0.1:{port}{PAGE}"],
                check=True,
                capture_output=True,
                text=True,
            )
            rates[name] = float(done.stdout.split("Requests/sec:")[1].split()[0])
    print("the same page, 16 connections, requests per second:")
    print("".join(f"  {name} {rate:,.0f}\n" for name, rate in rates.items()), end="")


def measure_live(folder: Path, hodie: int) -> None:
    """Measure pages that the edition does not hold, each asked for once."""
    addresses = unwritten(folder)
    searches = [f"/search?q={quote(name)}" for name in names(folder)]
    print("live, rendered on asking, whole answer:")
    for what, asked in (("pages", addresses), ("searches", searches)):
        if asked:
            times = [whole_answer(hodie, address) for address in asked]
            told(f"{len(asked)} {what}", times)


def unwritten(folder: Path) -> list[str]:
    """Return addresses of entities that are too light for a page in the edition."""
    publication, edition = Publication.load(folder), Edition.open(folder)
    with Almanac.open(publication.almanac_path) as almanac:
        light = (f"/about/{entity.id}/" for entity in almanac.entities())
        found = [address for address in light if address not in edition.records]
    return found[:: max(1, len(found) // LIVE_PAGES)][:LIVE_PAGES]


def names(folder: Path) -> list[str]:
    publication = Publication.load(folder)
    with Almanac.open(publication.almanac_path) as almanac:
        all_names = [entity.name for entity in almanac.entities(0.3)]
    return all_names[:: max(1, len(all_names) // LIVE_PAGES)][:LIVE_PAGES]


def whole_answer(port: int, address: str) -> float:
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as asking:
        start = time.perf_counter()
        asking.request("GET", address)
        answer = asking.getresponse()
        answer.read()
        assert answer.status == 200, address
        return (time.perf_counter() - start) * 1000


def told(name: str, times: list[float]) -> tuple[float, float]:
    """Print and return the median and the 99th percentile of some milliseconds."""
    p50, p99 = statistics.median(times), statistics.quantiles(times, n=100)[98]
    print(f"  {name}: p50 {p50:.2f} ms, p99 {p99:.2f} ms")
    return p50, p99


if __name__ == "__main__":
    print(f"{datetime.date.today()}, Python {sys.version.split()[0]}")
    main()
