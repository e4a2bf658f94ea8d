"""Several processes at one port."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.request import urlopen

import pytest

from hodie.server.crew import SLOT, Board, can_share_a_port, listen, memory_for
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


@pytest.mark.skipif(not can_share_a_port(), reason="only Linux shares readers out among processes")
def test_a_crew_serves(demo):
    """Two processes answer at one port, count as one, and end with one signal."""
    port = free_port()
    command = [*HODIE, "serve", "-C", str(demo), "--port", str(port), "--workers", "2"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert f":{port}" in process.stdout.readline()
            with ThreadPoolExecutor(8) as threads:
                address = f"http://127.0.0.1:{port}/api/v1/days/08-20?limit=1"
                assert set(threads.map(lambda _: status(address), range(40))) == {200}
            assert counted(port, 40)
            process.send_signal(signal.SIGTERM)
            assert process.wait(timeout=20) == 0
            assert process.stderr.read() == ""
        finally:
            process.kill()


@pytest.mark.skipif(not can_share_a_port(), reason="only Linux shares readers out among processes")
@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_server_that_is_told_twice_ends_quietly(demo, workers):
    """Signals that come while it ends leave nothing on standard error."""
    port = free_port()
    command = [*HODIE, "serve", "-C", str(demo), "--port", str(port), "--workers", workers]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True, text=True
    ) as process:
        try:
            assert f":{port}" in process.stdout.readline()
            # As a terminal does at Ctrl-C: to all processes at once.
            while process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
                time.sleep(0.0005)
            assert process.returncode == 0
            assert process.stderr.read() == ""
        finally:
            process.kill()


def test_answers_go_at_once():
    """A connection holds no part of an answer back until the one before was acknowledged."""

    async def delayed() -> bool:
        held: asyncio.Queue[int] = asyncio.Queue()

        def joined(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            wire = writer.get_extra_info("socket")
            held.put_nowait(wire.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            writer.close()

        with listen("127.0.0.1", 0) as wire:
            async with await asyncio.start_server(joined, sock=wire):
                _, writer = await asyncio.open_connection(*wire.getsockname())
                writer.close()
                return await held.get() == 0

    assert not asyncio.run(delayed())


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
