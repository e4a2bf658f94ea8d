"""A publication's folder to read, and the smallest files that fill one."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from hodie.press import Publication

# `paper` is a module of its own, since the processes that write an edition import it too.
sys.path.append(str(Path(__file__).parent))

CONFIG = """\
name = "The Daily Almanac"
tagline = "One day, told properly"
languages = ["en"]
time_zone = "Europe/London"
base_url = "https://almanac.example"

[[series]]
id = "today-in-history"
name = "Today in History"
note = "A single day."

[[authors]]
id = "history-desk"
name = "The history desk"
kind = "desk"
note = "It looks things up."
links = [{ label = "Write to us", url = "mailto:desk@almanac.example" }]

[[authors]]
id = "ada"
name = "Ada Reader"
picture = "ada.jpg"
"""

STORY = """\
---
headline: Trotsky Assassinated
date: 1940-08-20
---

Today in 1940.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A publication's folder with its settings, a picture and no stories."""
    made = tmp_path / "publication"
    (made / "pictures").mkdir(parents=True)
    (made / "stories").mkdir()
    (made / "pictures" / "ada.jpg").write_bytes(b"not really a picture")
    (made / "hodie.toml").write_text(CONFIG, "utf-8")
    return made


@pytest.fixture
def publication(folder: Path) -> Publication:
    return Publication.load(folder)


@pytest.fixture
def configured(folder: Path) -> Callable[..., Publication]:
    """Load the publication after replacing a line of its settings, or adding some at the top."""

    def load(added: str = "", **lines: str) -> Publication:
        top, *blocks = CONFIG.split("\n\n")
        kept = [line for line in top.splitlines() if line.partition(" =")[0] not in lines]
        tables = [block for block in blocks if block[2:].partition("]]")[0] not in lines]
        mine = [f"{key} = {value}" for key, value in lines.items()]
        text = "\n".join([added, *mine, *kept, *tables])
        (folder / "hodie.toml").write_text(text, "utf-8")
        return Publication.load(folder)

    return load


@pytest.fixture
def write(folder: Path) -> Callable[..., Path]:
    """Write a story's file of the given front matter and body."""

    def to_file(
        front: str = "headline: Trotsky Assassinated\ndate: 1940-08-20",
        body: str = "Today in 1940.",
        name: str = "trotsky-assassinated.md",
    ) -> Path:
        file = folder / "stories" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(f"---\n{front}\n---\n\n{body}\n".encode())
        return file

    return to_file
