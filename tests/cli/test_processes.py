"""The command in processes of its own: pipes, signals, colours, and no publication at all."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import re
import signal
import subprocess
import sys
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

HODIE = (sys.executable, "-c", "from hodie.cli import main; main()")


def environment(**changes: str) -> dict[str, str]:
    """This environment without what would change an answer's form."""
    kept = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    return {**kept, "TERM": "xterm-256color", "COLUMNS": "80", **changes}


def in_a_terminal(*arguments: str, **changes: str) -> str:
    """Run a command whose output is a terminal, and return what the terminal was sent."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*HODIE, *arguments],
        stdout=theirs,
        stderr=subprocess.DEVNULL,
        env=environment(**changes),
    ):
        os.close(theirs)
        text = b""
        # Linux ends the reading of a terminal that nobody writes to with an error.
        try:
            while piece := os.read(ours, 65536):
                text += piece
        except OSError:
            pass
    os.close(ours)
    return text.decode()


def test_a_terminal_gets_a_numeral_and_colours(demo):
    """In a terminal the day is set with its number drawn large."""
    text = in_a_terminal("on", "20 August", "-C", str(demo))

    assert "▄█▀▀█▄  ▄█▀▀█▄" in text
    assert "\x1b[31m" in text


def test_no_color_is_respected(demo):
    """NO_COLOR leaves the colours out."""
    assert "\x1b[31m" not in in_a_terminal("on", "20 August", "-C", str(demo), NO_COLOR="1")


@pytest.mark.parametrize("width", [40, 80, 120])
def test_a_terminal_is_not_overrun(demo, width):
    """No line is longer than the terminal is wide."""
    text = in_a_terminal("on", "20 August", "-C", str(demo), COLUMNS=str(width))
    lines = re.sub(r"\x1b\[[\d;]*m", "", text).splitlines()

    assert width / 2 < max(map(len, lines)) <= width


def test_a_reader_that_has_read_enough(demo):
    """`hodie … | head -1` ends in silence."""
    command = [*HODIE, "on", "08-20", "--json", "-C", str(demo)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment()
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(1)
        process.stdout.close()
        said = process.stderr.read()
        code = process.wait(timeout=60)

    assert (code, said) == (0, b"")


def test_without_a_publication_the_starter_answers(tmp_path):
    """Right after `pip install` a question is answered: the starter is built once, and said so."""
    env = environment(XDG_CACHE_HOME=str(tmp_path / "cache"))
    command = [*HODIE, "on", "20", "August", "--json"]
    runs = [
        subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, check=True, timeout=120)
        for _ in range(2)
    ]

    assert b"starter almanac" in runs[0].stderr
    assert runs[1].stderr == b""
    assert runs[0].stdout == runs[1].stdout
    assert json.loads(runs[0].stdout)["day"] == "08-20"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_serve_stops_when_asked(demo, number):
    """Ctrl-C and the system's signal end the server cleanly, though a reader is still connected."""
    from hodie.server.serving import free_port

    command = [*HODIE, "serve", "-C", str(demo), "--port", str(free_port())]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment()
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        try:
            origin = process.stdout.readline().split()[-3]
            with contextlib.closing(HTTPConnection(urlsplit(origin).netloc, timeout=20)) as reader:
                reader.request("GET", "/on/08-20/")
                assert reader.getresponse().read()
                process.send_signal(number)
                code, said = process.wait(timeout=20), process.stderr.read()
        finally:
            process.kill()

    assert (code, said) == (0, "")
