"""Several processes at one port."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import runpy
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from ctypes import c_ulong
from pathlib import Path
from urllib.request import urlopen

import pytest

import hodie.server
from hodie.errors import HodieError
from hodie.server.crew import SLOT, Board, memory_for
from hodie.server.door import OWN_FILES, Door, Seat, listen
from hodie.server.serving import free_port
from hodie.server.watch import Counts, Watch

HODIE = (sys.executable, "-c", "from hodie.cli import main; main()")


def counts_of(requests):
    """Return what a process has counted that answered so many requests."""
    watch = Watch()
    for _ in range(requests):
        watch.note("GET", "/on/08-20/", 200, 100, 0.002, "file")
    return watch.counts()


def test_a_crew_counts_together():
    """Each process reads what the others have written, and not itself."""
    memory = memory_for(3)
    boards = [Board(memory, number) for number in range(3)]
    for number, board in enumerate(boards):
        board.write(counts_of(number + 1))
    whole = Counts(0.0)
    for each in boards[1].others():
        whole.add(each)

    assert whole.requests == {("GET", "on", "file", 200): 1 + 3}
    assert whole.bytes["file"] == 400
    assert sum(whole.buckets["file"]) == 4


def test_nothing_was_written_yet():
    """A process that has not counted yet is passed over."""
    assert list(Board(memory_for(3), 0).others()) == []


def test_half_a_slot_is_passed_over():
    """What was written only in part is never taken for counts."""
    memory = memory_for(2)
    Board(memory, 1).write(counts_of(5))
    memory[SLOT + 20] = b"\xff"

    assert list(Board(memory, 0).others()) == []


@contextlib.contextmanager
def crew_of(workers, folder, files=None):
    """Run `hodie serve` with so many processes; give it, and the port. It is ended after."""
    port = free_port()
    command = [*HODIE, "serve", "-C", str(folder), "--port", str(port)]
    limit = ["prlimit", f"--nofile={files}"] if files else []
    with subprocess.Popen(
        [*limit, *command, "--workers", str(workers)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        text=True,
    ) as process:
        try:
            assert f":{port}" in process.stdout.readline()
            yield process, port
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


@pytest.fixture(scope="module")
def crew(demo):
    """Two processes that answer at a port, for tests that leave them as they were."""
    with crew_of(2, demo) as running:
        yield running


def test_a_crew_serves(demo):
    """Two processes answer at one port, count as one, and end with one signal."""
    with crew_of(2, demo) as (process, port):
        with ThreadPoolExecutor(8) as threads:
            address = f"http://127.0.0.1:{port}/api/v1/days/08-20?limit=1"
            assert set(threads.map(lambda _: status(address), range(40))) == {200}
        assert counted(port, 40)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=20) == 0
        assert process.stderr.read() == ""


def test_sixteen_readers_are_eight_and_eight(crew):
    """Connections that stay are shared out evenly, and so are those that come when some have left.

    Those of one process leave, and as many come anew.
    """
    process, port = crew
    with contextlib.ExitStack() as stack:
        readers = [stack.enter_context(Reader(port)) for _ in range(16)]
        assert all(reader.ask() == 200 for reader in readers)
        assert shares(process.pid, port) == [8, 8]
        first = places(process.pid, port)[0]
        for reader in readers:
            if reader.name in first:
                reader.close()
        assert until(lambda: shares(process.pid, port) == [0, 8])
        later = [stack.enter_context(Reader(port)) for _ in range(8)]
        assert all(reader.ask() == 200 for reader in later)
        assert shares(process.pid, port) == [8, 8]


def test_a_stuck_process_keeps_only_its_own_waiting(crew):
    """While one process does nothing, half of those who are connected are answered."""
    process, port = crew
    with contextlib.ExitStack() as stack:
        readers = [stack.enter_context(Reader(port)) for _ in range(6)]
        assert all(reader.ask() == 200 for reader in readers)
        stuck = workers_of(process.pid)[0]
        theirs = places(process.pid, port)[0]
        os.kill(stuck, signal.SIGSTOP)
        try:
            answered = [reader.ask() for reader in readers if reader.name not in theirs]
        finally:
            os.kill(stuck, signal.SIGCONT)
        assert answered == [200, 200, 200]
        assert [reader.ask() for reader in readers if reader.name in theirs] == [200, 200, 200]


def test_a_thousand_readers_at_once(crew):
    """A thousand connections are let in and answered, five hundred by each process."""
    process, port = crew
    with contextlib.ExitStack() as stack:
        readers = [stack.enter_context(Reader(port)) for _ in range(1000)]
        for reader in readers:
            reader.send()
        assert {reader.receive() for reader in readers} == {200}
        assert shares(process.pid, port) == [500, 500]


def test_more_readers_than_files(demo):
    """Who finds no room waits for it, and whoever runs the server reads why."""
    room = 10
    with (
        crew_of(2, demo, files=OWN_FILES + room) as (process, port),
        contextlib.ExitStack() as stack,
    ):
        readers = [stack.enter_context(Reader(port)) for _ in range(2 * room + 5)]
        for reader in readers:
            reader.send()
        assert process.stderr.readline() == (
            "[ERROR] 20 readers are connected, and more wait: a process may have no more files "
            "open (ulimit -n; LimitNOFILE= of systemd)\n"
        )
        assert {reader.receive() for reader in readers[: 2 * room]} == {200}
        for reader in readers[:5]:
            reader.close()
        assert {reader.receive() for reader in readers[2 * room :]} == {200}


def test_one_process_says_in_words_that_it_is_full(demo):
    """Readers wait while it has no files for them, and are answered when others have left."""
    with crew_of(1, demo, files=100) as (process, port), contextlib.ExitStack() as stack:
        readers = [stack.enter_context(Reader(port)) for _ in range(100)]
        assert process.stderr.readline() == (
            "[ERROR] readers wait, for nobody can be let in: too many open files "
            "(ulimit -n; LimitNOFILE= of systemd)\n"
        )
        for reader in readers[:70]:
            reader.close()
        for reader in readers[70:]:
            reader.send()
        assert {reader.receive() for reader in readers[70:]} == {200}


def test_who_stands_at_the_door_is_answered(demo):
    """A signal to end finds readers who have come and asked: they get their answers."""
    with crew_of(2, demo) as (process, port), contextlib.ExitStack() as stack:
        process.send_signal(signal.SIGSTOP)
        readers = [stack.enter_context(Reader(port)) for _ in range(20)]
        for reader in readers:
            reader.send()
        os.killpg(process.pid, signal.SIGTERM)
        process.send_signal(signal.SIGCONT)
        assert {reader.receive() for reader in readers} == {200}
        assert process.wait(timeout=20) == 0
        assert process.stderr.read() == ""


def test_a_process_that_dies_ends_all(demo):
    """The others end too, and the error says how the one did."""
    with crew_of(2, demo) as (process, _):
        os.kill(workers_of(process.pid)[0], signal.SIGKILL)
        assert process.wait(timeout=20) == 1
        said = "hodie: a process of the server ended by itself, with exit code -9\n"
        assert process.stderr.read() == said


def test_nobody_is_left_when_the_first_dies(demo):
    """Where the process that lets readers in is killed, the others end by themselves."""
    with crew_of(2, demo) as (process, _):
        others = workers_of(process.pid)
        process.kill()
        assert until(lambda: not any(map(alive, others)))


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_server_that_is_told_twice_ends_quietly(demo, workers):
    """Signals that come while it ends leave nothing on standard error."""
    with crew_of(workers, demo) as (process, _):
        # As a terminal does at Ctrl-C: to all processes at once.
        while process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
            time.sleep(0.0005)
        assert process.returncode == 0
        assert process.stderr.read() == ""


def test_a_crew_that_is_stopped_before_it_is_open_ends_quietly(demo):
    """Ctrl-C while the processes start leaves none of them, and no words."""
    port = free_port()
    command = [*HODIE, "serve", "-C", str(demo), "--port", str(port), "--workers", "2"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True, text=True
    ) as process:
        assert until(lambda: len(workers_of(process.pid)) == 2)
        os.killpg(process.pid, signal.SIGINT)
        assert process.wait(timeout=20) == 0
        assert process.stdout.read() == process.stderr.read() == ""


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_answers_go_at_once(host):
    """A connection that is handed over holds no part of an answer back."""
    with listen(host, 0) as wire, contextlib.ExitStack() as stack:
        ours, theirs = (stack.enter_context(end) for end in socket.socketpair())
        seat = Seat(0, theirs, (c_ulong * 1)())

        async def delayed() -> bool:
            door = Door(wire, [ours], seat.left)
            stack.enter_context(socket.create_connection(wire.getsockname()[:2]))
            door.close()
            [connection] = seat.receive()
            loop = asyncio.get_running_loop()
            transport, _ = await loop.connect_accepted_socket(asyncio.Protocol, connection)
            joined = transport.get_extra_info("socket")
            delays = joined.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) == 0
            transport.abort()
            return delays

        assert not asyncio.run(delayed())


def test_windows_is_told_in_words(monkeypatch):
    """Where the server cannot run it says so, before it misses what the system has not."""
    monkeypatch.setattr(sys, "platform", "win32")

    with pytest.raises(HodieError, match="on Windows, install Hodie in WSL"):
        runpy.run_path(hodie.server.__file__)


class Reader:
    """A connection that stays open, on which one thing is asked after the other."""

    def __init__(self, port):
        self._wire = socket.create_connection(("127.0.0.1", port), timeout=20)
        self.name = self._wire.getsockname()[1]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self._wire.close()

    def send(self):
        self._wire.sendall(b"HEAD /api/v1/days/08-20?limit=1 HTTP/1.1\r\nHost: x\r\n\r\n")

    def receive(self):
        """Return the status of the answer."""
        return int(self._wire.recv(65536).split()[1])

    def ask(self):
        self.send()
        return self.receive()


def workers_of(pid):
    """Return the processes that answer, of a server whose first process is `pid`."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(child) for child in children if b"spawn_main" in _command(child)]


def _command(pid):
    with contextlib.suppress(FileNotFoundError):
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""


def alive(pid):
    return b"spawn_main" in _command(pid)


def places(pid, port):
    """Return the readers' ports of the connections that each process has."""
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    ours = [row for row in rows if row[1].endswith(f":{port:04X}")]
    readers = {f"socket:[{row[9]}]": int(row[2].rpartition(":")[2], 16) for row in ours}
    return [
        {readers[file] for file in files_of(worker) if file in readers}
        for worker in workers_of(pid)
    ]


def files_of(pid):
    """Yield what a process has open."""
    for file in Path(f"/proc/{pid}/fd").iterdir():
        with contextlib.suppress(FileNotFoundError):
            yield str(file.readlink())


def shares(pid, port):
    """Return how many connections each process has, the fewest first."""
    return sorted(len(place) for place in places(pid, port))


def until(true, seconds=20):
    """Wait for something to be true, and tell whether it came to be."""
    deadline = time.monotonic() + seconds
    while not (met := true()) and time.monotonic() < deadline:
        time.sleep(0.005)
    return met


def status(address):
    with urlopen(address, timeout=20) as answer:
        json.load(answer)
        return answer.status


def counted(port, number):
    """Ask for the counts until they are as many, as the processes tell each other every second."""
    line = 'hodie_requests_total{method="GET",area="api",way="live",status="200"} '
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        with urlopen(f"http://127.0.0.1:{port}/metrics", timeout=20) as answer:
            lines = answer.read().decode().splitlines()
        if f"{line}{number}" in lines:
            return True
    return False
