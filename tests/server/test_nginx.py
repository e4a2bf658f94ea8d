"""The guide's listings for nginx, as a real nginx reads them."""

from __future__ import annotations

import contextlib
import datetime
import functools
import http.client
import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hodie.press import Edition
from hodie.press.printing import open_press
from hodie.server.serving import free_port

GUIDE = Path(__file__).parents[2] / "docs" / "how-to" / "deploy.md"
STATIC, BESIDE, WHOLE = re.findall(
    r"^```nginx\n(.*?)^```$", GUIDE.read_text("utf-8"), re.DOTALL | re.MULTILINE
)
ID, GONE, OLD = "trotsky-assassinated", "the-comet", "the-visitor"
# The listings stand in a file that Debian's nginx includes in such a frame.
FRAME = """\
daemon off;
pid {folder}/pid;
error_log {folder}/error.log;
{user}
events {{}}
http {{
    include /etc/nginx/mime.types;
    access_log off;
    client_body_temp_path {folder};
    proxy_temp_path {folder};
    fastcgi_temp_path {folder};
    uwsgi_temp_path {folder};
    scgi_temp_path {folder};
{listing}
}}
"""

Asked = Callable[[str], tuple[int, dict[str, str], str]]


@pytest.fixture(scope="module")
def changed(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo with a story that moved and one that was withdrawn, pressed."""
    folder = tmp_path_factory.mktemp("nginx") / "site"
    shutil.copytree(demo, folder, symlinks=True)
    stories = folder / "stories"
    text = (stories / f"{ID}.md").read_text("utf-8")
    (stories / f"{ID}.md").write_text(text.replace("---\n", f"---\nformerly: {OLD}\n", 1), "utf-8")
    (stories / f"{GONE}.md").write_text(
        "---\nheadline: The Comet\ndate: 1910-05-19\n"
        "withdrawn:\n  date: 2026-08-19\n  note: It never came.\n---\n",
        "utf-8",
    )
    today = datetime.date(2026, 8, 20)
    Edition.write(folder, functools.partial(open_press, folder), today, workers=1)
    return folder


def program() -> str:
    found = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    if found is None:
        pytest.skip("needs nginx (apt-get install nginx-light)")
    return found


@contextlib.contextmanager
def nginx(listing: str, site: Path, behind: int, folder: Path) -> Iterator[Asked]:
    """Run nginx with a listing, its paths and ports being those of the test, and ask it things."""
    port = free_port()
    for old, new in (
        ("listen 80;", f"listen 127.0.0.1:{port};"),
        ("/var/www/history", str(site)),
        ("/srv/history/site/edition", str(site)),
        ("127.0.0.1:8000", f"127.0.0.1:{behind}"),
    ):
        listing = listing.replace(old, new)
    user = "user root;" if os.geteuid() == 0 else ""
    config = folder / "nginx.conf"
    config.write_text(FRAME.format(folder=folder, user=user, listing=listing), "utf-8")
    with subprocess.Popen([program(), "-p", str(folder), "-c", str(config)]) as process:
        try:
            yield functools.partial(ask, port, process)
        finally:
            process.terminate()


def ask(port: int, process: subprocess.Popen[bytes], path: str) -> tuple[int, dict[str, str], str]:
    deadline = time.monotonic() + 20
    while True:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        with contextlib.closing(line), contextlib.suppress(ConnectionRefusedError):
            line.request("GET", path, headers={"Host": "history.example.org"})
            with line.getresponse() as answer:
                headers = {name.lower(): value for name, value in answer.getheaders()}
                return answer.status, headers, answer.read().decode()
        assert process.poll() is None
        assert time.monotonic() < deadline


@pytest.fixture
def static(changed: Path, tmp_path: Path) -> Iterator[Asked]:
    """The answers of nginx that has nothing but the edition's files."""
    with nginx(STATIC, changed / "edition", free_port(), tmp_path) as asked:
        yield asked


@pytest.fixture(params=[BESIDE, WHOLE], ids=["files from nginx", "all from Hodie"])
def beside(
    request: pytest.FixtureRequest,
    changed: Path,
    tmp_path: Path,
    serve: Callable[..., contextlib.AbstractContextManager[str]],
) -> Iterator[Asked]:
    """The answers of nginx before Hodie's server."""
    with serve(changed) as address:
        behind = int(address.rstrip("/").rpartition(":")[2])
        with nginx(request.param, changed / "edition", behind, tmp_path) as asked:
            yield asked


def test_files_alone(static: Asked) -> None:
    """Pages are found by their folders, and what is not there is answered with the page for it."""
    status, headers, text = static(f"/stories/{ID}/")
    assert (status, headers["content-type"]) == (200, "text/html")
    assert "Trotsky" in text
    assert static("/nowhere/")[0] == 404
    assert "</html>" in static("/nowhere/")[2]
    assert static("/date/8/20")[1]["content-type"] == "application/json; charset=utf-8"


def test_files_alone_lead_on_where_a_story_moved(static: Asked) -> None:
    """The old address is answered with 301 and the new one."""
    status, headers, _ = static(f"/stories/{OLD}/")

    assert status == 301
    assert headers["location"].endswith(f"/stories/{ID}/")


def test_files_alone_say_that_a_story_is_gone(static: Asked) -> None:
    """A withdrawn story's page is answered with 410, and says why."""
    status, _, text = static(f"/stories/{GONE}/")

    assert status == 410
    assert "It never came." in text


def test_before_hodie(beside: Asked) -> None:
    """Both together answer as Hodie alone: pages, moves, what is gone, what is not."""
    moved, gone = beside(f"/stories/{OLD}/"), beside(f"/stories/{GONE}/")

    assert beside(f"/stories/{ID}/")[0] == 200
    assert (moved[0], moved[1]["location"]) == (301, f"/stories/{ID}/")
    assert gone[0] == 410
    assert "It never came." in gone[2]
    assert beside("/nowhere/")[0] == 404
    assert beside("/")[0] == 200
    assert beside("/search?q=trotsky")[0] == 200
    assert beside(f"/stories/{ID}")[0] == 301
