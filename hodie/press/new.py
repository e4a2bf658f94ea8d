"""A new publication's folder: settings with their explanations, and a first story."""

import shutil
from importlib import resources
from pathlib import Path

from hodie.press.publication import CONFIG_NAME, Publication, PublicationError

_DEMO = "demo"
_CONFIG = """\
# A publication of Hodie. Only `name` and `base_url` must be here; what stands behind a "#" is a
# suggestion. Each key is explained in docs/reference/hodie-toml.md.

name = {name}
# tagline = "One day, told properly"

# The first is the language of the pages.
languages = ["en"]

# "Today" begins at midnight in this time zone.
time_zone = "UTC"

# Where readers will find it: feeds, the site map and shared links are made with this address.
base_url = "http://127.0.0.1:8000"

# The one colour beside ink and paper. The dark theme gets a lighter shade of it, or one of yours:
# accent = {{ light = "#a3271b", dark = "#f0907c" }}
# accent = "#a3271b"

# In common years the entries of 29 February are shown on the 28th, or not at all: "omit".
# leap_day = "february-28"

# Entities of at least this weight, from 0 to 1, have a page of their own in the edition.
# entity_weight = 0.5

# The countries whose holidays stand on their days, those that move with the year too.
# holidays = {{ countries = ["GB", "US"] }}

# How many entries a day tells, and which count for more: see the reference.
# [selection]

# A standing title, with an archive at /series/today-in-history/.
[[series]]
id = "today-in-history"
name = "Today in History"
note = "A single day and what came of it."

# Who signs. A desk is an office; leave `kind` out for a person.
[[authors]]
id = "history-desk"
name = "The history desk"
kind = "desk"
note = "The history desk looks things up."
# links = [{{ label = "Write to us", url = "mailto:desk@example.org" }}]
# picture = "desk.jpg"

# Where the facts come from. "starter" ships with Hodie. For a file of your own,
# `hodie build --preview FILE` prints the lines to put here; what you correct goes into house.toml.
[[sources]]
name = "starter"
"""
_STORY_NAME = "footprints-on-the-moon.md"
_STORY = """\
---
headline: Footprints on the Moon
series: today-in-history
date: 1969-07-20
by: history-desk
summary: >-
  On 20 July 1969 two people walked on the Moon for two and a half hours while a third, alone,
  flew round it.
tags: [space, exploration]
sources:
  - title: Apollo 11 Mission Report
    publisher: NASA, 1969
---

This is a story. It is told again every 20 July, because that is the day of its date; to tell it
on another day, or once only, add a line such as `run: 07-21` or `run: 2029-07-20` above.

Neil Armstrong and Buzz Aldrin landed in the Sea of Tranquillity on 20 July 1969, while Michael
Collins stayed in orbit. Four days later all three were back on Earth. The last people to walk on
the Moon left it in December 1972.

Write your own beside it: a file in this folder, its name the story's address.
"""


def create(folder: Path | str, name: str = "Today in History", *, demo: bool = False) -> Path:
    """Make a publication's folder, with one sample story or as a copy of the demo publication.

    `name` is for a new one; the demo keeps its own. Raises PublicationError where something
    stands in the folder already. Returns the folder.
    """
    target = Path(folder)
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        message = "is not empty; name a new folder, or one with nothing in it"
        raise PublicationError(message, file=target)
    _copy_demo(target) if demo else _write(target, name)
    # A publication that its own program refuses would be a poor welcome.
    Publication.load(target)
    return target


def _write(target: Path, name: str) -> None:
    stories = target / "stories"
    stories.mkdir(parents=True, exist_ok=True)
    (target / CONFIG_NAME).write_text(_CONFIG.format(name=_toml_text(name)), "utf-8")
    (stories / _STORY_NAME).write_text(_STORY, "utf-8")


def _copy_demo(target: Path) -> None:
    with resources.as_file(resources.files("hodie") / _DEMO) as demo:
        if not (demo / CONFIG_NAME).is_file():
            message = "this installation of Hodie has no demo publication; leave `demo` out"
            raise PublicationError(message, file=demo)
        ignored = shutil.ignore_patterns("__pycache__", "*.py", ".*")
        shutil.copytree(demo, target, dirs_exist_ok=True, ignore=ignored)


def _toml_text(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else " " for c in escaped) + '"'
