"""How fast a client gets a day as muffinlabs' API answers it, beside nginx; and how fast the year
of all others' APIs is written.

    python benchmarks/speed/api.py [FOLDER]

FOLDER is a publication with an almanac and an edition; without it, one is made for the run. Hodie
serves with one process, nginx with one worker and gzip_static; wrk asks each in turn, so that both
meet the same noise: 16 connections, gzip accepted (apt-get install nginx-light wrk).
"""

from __future__ import annotations

import argparse
import contextlib
import datetime
import functools
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct
from server import hodie_server, made_publication, running

from hodie.press import Edition, Page
from hodie.server.desk import open_press
from hodie.server.serving import free_port

DAY = "/date/8/20"
ROUNDS, SECONDS = 5, 4
LEAST_RATIO, MOST_P99_RATIO = 0.6, 3.0
MOST_SECONDS_FOR_YEAR = 30

NGINX = """\
daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/log;
events {{ }}
http {{
  access_log off; gzip_static on; keepalive_requests 1000000; default_type application/json;
  client_body_temp_path {folder}; proxy_temp_path {folder}; fastcgi_temp_path {folder};
  uwsgi_temp_path {folder}; scgi_temp_path {folder};
  server {{ listen 127.0.0.1:{port}; root {folder}; }}
}}
"""


class Load(Struct):
    """What wrk saw in one round; times are milliseconds, `cpu` microseconds per request."""

    rate: float
    p50: float
    p99: float
    cpu: float


class DialectsAlone:
    """The answers of others' APIs, without the pages beside them."""

    def __init__(self, folder: Path) -> None:
        self._press = open_press(folder)

    def addresses(self, today: datetime.date) -> Iterator[str]:
        return self._press.dialects.addresses()

    def page(self, address: str, today: datetime.date) -> Page | None:
        return self._press.page(address, today)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, metavar="FOLDER")
    with contextlib.ExitStack() as stack:
        folder = parser.parse_args().folder or stack.enter_context(made_publication())
        measure_year(folder)
        if not (shutil.which("wrk") and nginx_program()):
            print("no wrk or no nginx here: requests are not measured")
            return
        hodie = stack.enter_context(hodie_server(folder))
        nginx = stack.enter_context(nginx_server(folder))
        measure_load({"hodie": hodie, "nginx": nginx})


def measure_year(folder: Path) -> None:
    """Write the answers for 366 days in all dialects, compressed in both ways, on all cores."""
    with tempfile.TemporaryDirectory(prefix="hodie-bench-", dir=folder) as room:
        start, used = time.perf_counter(), os.times()
        report = Edition.write(
            room, functools.partial(DialectsAlone, folder), datetime.date.today()
        )
        seconds, now = time.perf_counter() - start, os.times()
        cpu = sum(now[:4]) - sum(used[:4])
        print(f"the year's answers in all dialects: {report.total} addresses")
        print(f"  {seconds:.1f} s, of processors {cpu:.1f} s, on {os.cpu_count()} cores")
        kept = "kept" if seconds <= MOST_SECONDS_FOR_YEAR else "BROKEN"
        print(f"  limit {MOST_SECONDS_FOR_YEAR} s: {kept}")


@contextlib.contextmanager
def nginx_server(folder: Path) -> Iterator[tuple[int, int]]:
    """Run nginx on the file of the day; give its port and the process that answers."""
    file = Edition.open(folder).lookup(DAY)
    assert file is not None, f"the edition has no {DAY}; press it again"
    with tempfile.TemporaryDirectory(prefix="hodie-nginx-") as temporary:
        place = Path(temporary) / DAY.strip("/")
        place.parent.mkdir(parents=True)
        shutil.copy(file.path, place)
        shutil.copy(file.encoded["gzip"], f"{place}.gz")
        # nginx gives its work to a user of less right, who has to reach the files.
        subprocess.run(["chmod", "-R", "a+rX", temporary], check=True)
        port, config = free_port(), Path(temporary) / "nginx.conf"
        config.write_text(NGINX.format(folder=temporary, port=port))
        with running([str(nginx_program()), "-p", temporary, "-c", str(config)], port):
            yield port


def nginx_program() -> str | None:
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


def measure_load(ports: dict[str, int]) -> None:
    """Let wrk ask the servers in turn, and hold one against the other."""
    loads: dict[str, list[Load]] = {name: [] for name in ports}
    for port in ports.values():
        asked(port, 1)
    for _ in range(ROUNDS):
        for name, port in ports.items():
            loads[name].append(asked(port, SECONDS))
    print(f"{DAY}, 16 connections, gzip, {ROUNDS} rounds of {SECONDS} s in turn, medians:")
    for name, rounds in loads.items():
        rate, p50, p99, cpu = (middle(rounds, key) for key in ("rate", "p50", "p99", "cpu"))
        print(f"  {name}: {rate:,.0f}/s, p50 {p50:.2f} ms, p99 {p99:.2f} ms, {cpu:.0f} µs/request")
    pairs = list(zip(loads["hodie"], loads["nginx"], strict=True))
    rate = statistics.median(ours.rate / theirs.rate for ours, theirs in pairs)
    p99 = statistics.median(ours.p99 / theirs.p99 for ours, theirs in pairs)
    print("hodie / nginx, median of the rounds:")
    print(f"  requests {rate:.2f}, limit {LEAST_RATIO}: {told(rate >= LEAST_RATIO)}")
    print(f"  p99 {p99:.2f}, limit {MOST_P99_RATIO}: {told(p99 <= MOST_P99_RATIO)}")


def middle(rounds: list[Load], key: str) -> float:
    return statistics.median(getattr(each, key) for each in rounds)


def told(kept: bool) -> str:
    return "kept" if kept else "BROKEN"


def asked(port: int, seconds: int) -> Load:
    """Ask as wrk does for some seconds."""
    command = ["wrk", "-t1", "-c16", f"-d{seconds}", "--latency", "-H", "Accept-Encoding: gzip"]
    before = processor_seconds(port)
    done = subprocess.run(
        [*command, f"http://127.0.0.1:{port}{DAY}"], check=True, capture_output=True, text=True
    )
    assert "Non-2xx" not in done.stdout, done.stdout
    requests = int(re.search(r"(\d+) requests in", done.stdout)[1])  # type: ignore[index]
    return Load(
        rate=float(re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)[1]),  # type: ignore[index]
        p50=milliseconds(done.stdout, "50%"),
        p99=milliseconds(done.stdout, "99%"),
        cpu=(processor_seconds(port) - before) / requests * 1e6,
    )


def milliseconds(said: str, quantile: str) -> float:
    found = re.search(rf"{quantile}\s+([\d.]+)(us|ms|s)\b", said)
    assert found is not None, said
    return float(found[1]) * {"us": 0.001, "ms": 1.0, "s": 1000.0}[found[2]]


def processor_seconds(port: int) -> float:
    """Return what the processes that listen on a port have used of processors."""
    listed = subprocess.run(["ss", "-Hltnp", f"sport = :{port}"], capture_output=True, text=True)
    ticks = 0
    for process in set(re.findall(r"pid=(\d+)", listed.stdout)):
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    print(f"{datetime.date.today()}, Python {sys.version.split()[0]}")
    main()
