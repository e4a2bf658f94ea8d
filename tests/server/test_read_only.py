"""The server only reads: Python itself reports whatever would be written."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

ADDRESSES = ["/", "/on/08-20/", "/on/02-30/", "/search?q=trotsky", "/nowhere", "/?tz=Asia/Tokyo"]
WATCHED = """
import asyncio, os, sys

CHANGES = {"mkdir", "rename", "remove", "rmdir", "link", "symlink", "truncate", "chmod", "utime"}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
changes = []

def watch(event, arguments):
    if event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITING:
        changes.append((event, arguments[0]))
    elif event.startswith("os.") and event[3:] in CHANGES:
        changes.append((event, arguments))
    elif event == "sqlite3.connect" and "mode=ro" not in str(arguments[0]):
        changes.append((event, arguments[0]))

sys.addaudithook(watch)

from hodie.server import app

site = app(sys.argv[1])

async def ask(address):
    path, _, query = address.partition("?")
    scope = {
        "type": "http", "method": "GET", "path": path, "query_string": query.encode(),
        "headers": [], "scheme": "http", "server": ("x", 80), "root_path": "",
    }
    sent = []
    async def receive():
        return {"type": "http.request"}
    async def send(message):
        sent.append(message)
    await site(scope, receive, send)
    return sent[0]["status"]

print([asyncio.run(ask(address)) for address in sys.argv[2:]], changes)
"""


def test_the_server_opens_nothing_for_writing(demo):
    """Files, live pages, a search and misses are answered without a single write."""
    done = subprocess.run(
        [sys.executable, "-B", "-c", WATCHED, str(demo), *ADDRESSES],
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
    )

    assert done.stdout == "[200, 200, 404, 200, 404, 200] []\n"


def test_a_folder_that_cannot_be_written_is_served(served, demo):
    """The server works on files that nobody may change, and leaves the folder as it was."""
    before = _files(demo)
    for address in ("/", "/on/08-20/", "/search?q=trotsky"):
        with urlopen(f"{served}{address}", timeout=20) as answer:
            assert answer.status == 200
    assert _files(demo) == before


def _files(folder: Path) -> list[tuple[Path, int]]:
    return sorted((path, path.lstat().st_mtime_ns) for path in folder.rglob("*"))
