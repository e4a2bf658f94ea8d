"""Addresses that stories had before: each leads to where its story stands now.

A server answers them with 301. A host of files alone sends the page, which leads on by itself, or
reads one of two lists: `_redirects`, as Netlify, Cloudflare Pages and GitLab Pages have it, and
`moved.map`, lines for a `map` of nginx.
"""

import datetime
from collections.abc import Iterator

from msgspec.structs import replace

from hodie.press.layout import Layout
from hodie.press.page import Page
from hodie.press.story import Story

LISTS = ("/_redirects", "/moved.map")
# Beside the page's own file: by it a web server tells such an address from a story's.
MARK = "301.txt"
_FOLDERS = ("/stories/", "/embed/stories/")


def moves(layout: Layout, today: datetime.date) -> Iterator[tuple[str, str]]:
    """Yield the addresses at which stories stood before, each with the one it has now."""
    for story in _standing(layout, today):
        for id in story.formerly:
            for folder in _FOLDERS:
                yield f"{folder}{id}/", f"{folder}{story.id}/"


def addresses(layout: Layout, today: datetime.date) -> Iterator[str]:
    """Yield what the edition holds for stories that moved, and the two lists of them."""
    yield from LISTS
    for old, _ in moves(layout, today):
        yield old
        if not old.startswith("/embed/"):
            yield f"{old}{MARK}"


def now(layout: Layout, today: datetime.date, id: str) -> Story | None:
    """Return the story that had an id before; None where none had it."""
    return next((each for each in _standing(layout, today) if id in each.formerly), None)


def story(layout: Layout, address: str, today: datetime.date, id: str) -> Page | None:
    """Lay out what stands at an address that a story had before; None where none had it."""
    found = now(layout, today, id)
    if found is None:
        return None
    folder = next(each for each in _FOLDERS if address.startswith(each))
    location = f"{folder}{found.id}/"
    # The page itself is that of the new address: search engines are told of no other.
    page = layout.html(
        "moved.html",
        found.address,
        today,
        status=301,
        title=found.headline,
        description=layout.words["moved"],
        to=location,
    )
    return replace(page, address=address, location=location)


def mark(layout: Layout, address: str, today: datetime.date, id: str) -> Page | None:
    """Return the file that says of a former address that it is one."""
    found = now(layout, today, id)
    return None if found is None else Page(address, "text/plain; charset=utf-8", b"301\n")


def listed(layout: Layout, address: str, today: datetime.date) -> Page:
    """List all moves, in the form that the address names."""
    form = "{} {} 301\n" if address == "/_redirects" else "{} {};\n"
    lines = [form.format(old, new) for old, new in moves(layout, today)]
    return Page(address, "text/plain; charset=utf-8", "".join(lines).encode())


def _standing(layout: Layout, today: datetime.date) -> Iterator[Story]:
    """Yield the stories that have a page on `today`, also those of which only a page is left."""
    yield from layout.shown_stories(today)
    yield from layout.withdrawn
