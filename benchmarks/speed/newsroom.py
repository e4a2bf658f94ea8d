"""Twenty editors who save and review at once, on SQLite, for two minutes.

Prints how many requests were answered, how long they took, and how many failed or lost an edit:
both have to be none. `python benchmarks/speed/newsroom.py [SECONDS [EDITORS]]`.
"""

from __future__ import annotations

import collections
import http.cookiejar
import json
import os
import random
import re
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any

PASSWORD = "correct horse battery"
PREPARE = """
import sys
from pathlib import Path
from hodie.newsroom.starting import prepare, setup
setup(Path(sys.argv[1]))
prepare()
from django.contrib.auth.models import Group, User
from hodie.newsroom.models import Stories, Story
folder = Stories.objects.get()
group = Group.objects.get(name="Editors")
for n in range(int(sys.argv[2])):
    user = User.objects.create_user(f"editor{n}", password="correct horse battery")
    user.groups.add(group)
    story = Story(title=f"Story {n}", slug=f"new-{n}", date="1940-08-20", live=False, owner=user)
    folder.add_child(instance=story)
    story.slug = f"story-{story.pk}"
    story.save()
    story.save_revision(user=user)
    print(story.pk)
"""
STREAMS = ("dates", "bylines", "body", "sources")


class Editor:
    """Somebody at a browser of their own."""

    def __init__(self, origin: str, name: str) -> None:
        self.origin, self.name = origin, name
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(cookies)
        self.seconds: list[float] = []
        page = self.ask("/login/")[1]
        self.ask("/login/", {"username": name, "password": PASSWORD, **token(page)})

    def ask(self, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        data = None if form is None else urllib.parse.urlencode(form).encode()
        begun = time.perf_counter()
        try:
            with self.opener.open(self.origin + path, data, timeout=60) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()
        finally:
            self.seconds.append(time.perf_counter() - begun)

    def edit(self, pk: int, title: str) -> tuple[int, str]:
        """Open a story and save it under another title; return the answer to the save."""
        _, page = self.ask(f"/pages/{pk}/edit/")
        return self.ask(f"/pages/{pk}/edit/", {**form_of(page, pk), "title": title})


def token(page: str) -> dict[str, str]:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    return {"csrfmiddlewaretoken": found[1]} if found else {}


def form_of(page: str, pk: int) -> dict[str, str]:
    """Return what the form of a story would send."""
    loaded = re.search(r'name="loaded_revision_id"[^>]*value="(\d+)"', page) or re.search(
        r'value="(\d+)"[^>]*name="loaded_revision_id"', page
    )
    return {
        **token(page),
        "slug": f"story-{pk}",
        "date": "1940-08-20",
        "run": "yearly",
        **{f"{name}-count": "0" for name in STREAMS},
        **{f"comments-{each}_FORMS": "0" for each in ("TOTAL", "INITIAL", "MAX_NUM", "MIN_NUM")},
        **({"loaded_revision_id": loaded[1]} if loaded else {}),
    }


def work(
    editor: Editor, own: int, shared: int, until: float, told: collections.Counter[str]
) -> None:
    """Save, look and review until the time is over; count what came of it."""
    number = 0
    chance = random.Random(editor.name)
    while time.monotonic() < until:
        number += 1
        theirs = chance.random() < 0.2
        pk = shared if theirs else own
        title = f"{editor.name} {number}"
        status, page = editor.edit(pk, title)
        if status == 409:
            told["warned"] += 1
        elif status == 200 and "could not be" not in page:
            told["saved"] += 1
            told[f"saved {pk} {title}"] += 1
        else:
            told[f"failed {status}"] += 1
        for path in ("/", f"/pages/{own}/history/", f"/pages/{own}/edit/"):
            status, _ = editor.ask(path)
            if status != 200:
                told[f"failed {status} {path}"] += 1


def measure(folder: Path, seconds: float, editors: int) -> dict[str, object]:
    """Run the newsroom of a folder under so many editors, and return what came of it."""
    prepare = [sys.executable, "-c", PREPARE, str(folder), str(editors)]
    done = subprocess.run(prepare, check=True, capture_output=True, text=True)
    stories = [int(line) for line in done.stdout.split()]
    command = [sys.executable, "-c", "from hodie.cli import main; main()", "newsroom"]
    command += ["-C", str(folder), "--port", str(free_port())]
    told: collections.Counter[str] = collections.Counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        origin = next(line for line in server.stdout if "http://" in line).split("http://")[1]
        origin = "http://" + origin.split()[0]
        people = [Editor(origin, f"editor{n}") for n in range(editors)]
        until = time.monotonic() + seconds
        threads = [
            threading.Thread(target=work, args=(each, own, stories[0], until, told))
            for each, own in zip(people, stories, strict=True)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        server.terminate()
    taken = sorted(second for each in people for second in each.seconds)
    return {
        "editors": editors,
        "seconds": seconds,
        "requests": len(taken),
        "saved": told["saved"],
        "warned": told["warned"],
        "lost": len(lost(folder, told)),
        "failed": {key: count for key, count in told.items() if key.startswith("failed")},
        "median": round(taken[len(taken) // 2], 3),
        "95th": round(taken[int(len(taken) * 0.95)], 3),
    }


def lost(folder: Path, told: collections.Counter[str]) -> list[str]:
    """Return the saves that were answered with success and are in no version of their story."""
    kept = {f"saved {pk} {content.get('title')}" for pk, content in versions(folder)}
    return [key for key in told if key.startswith("saved ") and key not in kept]


def versions(folder: Path) -> list[tuple[str, dict[str, Any]]]:
    """Return all versions of all stories: the number of each story, and what it says."""
    query = "SELECT object_id, content FROM wagtailcore_revision"
    if url := os.environ.get("DATABASE_URL"):
        import psycopg

        with psycopg.connect(url) as line:
            return [(pk, content) for pk, content in line.execute(query)]
    with sqlite3.connect(folder / "newsroom" / "newsroom.db") as database:
        return [(pk, json.loads(content)) for pk, content in database.execute(query)]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 120
    editors = int(sys.argv[2]) if len(sys.argv) > 2 else 20
    from hodie.press import create

    with tempfile.TemporaryDirectory() as place:
        folder = create(Path(place) / "demo", demo=True)
        # Stories enough: an almanac would only be printed again and again beside the measurement.
        for key, value in measure(folder, seconds, editors).items():
            print(f"{key:10} {value}")


if __name__ == "__main__":
    main()
