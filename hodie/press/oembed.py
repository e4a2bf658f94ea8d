"""oEmbed 1.0: what a site shows in place of a link to a day or a story."""

import datetime
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

import msgspec
from markupsafe import Markup

from hodie.dates import MonthDay, worded
from hodie.press import cards
from hodie.press.embeds import FRAME_HEIGHT, JSON, ROOM, day_at, number, shown_story
from hodie.press.filters import FilterError
from hodie.press.layout import Layout
from hodie.press.page import Page
from hodie.press.story import Story
from hodie.press.telling import tell

WIDTH, STORY_HEIGHT = 480, 220
_LEAST_WIDTH, _LEAST_HEIGHT = 200, 120


def today_page(layout: Layout, address: str, today: datetime.date) -> Page | None:
    """Describe today's frame for sites that turn a link into an embed."""
    return _page(address, _of_day(layout, MonthDay.of(today), today, front=True))


def day_page(layout: Layout, address: str, today: datetime.date, text: str) -> Page | None:
    """Describe a day's frame."""
    day = day_at(text)
    return None if day is None else _page(address, _of_day(layout, day, today))


def story_page(layout: Layout, address: str, today: datetime.date, id: str) -> Page | None:
    """Describe a story's frame."""
    story = shown_story(layout, id, today)
    return None if story is None else _page(address, _of_story(layout, story))


def asked(
    layout: Layout, address: str, query: Sequence[tuple[str, str]], today: datetime.date
) -> Page | None:
    """Answer oEmbed 1.0 for the `url` of a day or a story; raises FilterError.

    None where there is nothing to embed at that URL. XML is not spoken: status 501.
    """
    given = dict(query)
    if given.get("format", "json") != "json":
        return Page(address, "text/plain; charset=utf-8", b"Only format=json is spoken.\n", 501)
    if not given.get("url"):
        message = f"is missing; name a page, such as {layout.publication.url('/')!r}"
        raise FilterError(message, parameter="url", value="")
    told = _at(layout, given["url"], today)
    if told is None:
        return None
    for name, side, least in (
        ("maxwidth", "width", _LEAST_WIDTH),
        ("maxheight", "height", _LEAST_HEIGHT),
    ):
        if most := given.get(name):
            told[side] = max(least, min(told[side], number(most, name, 100_000)))
    told["html"] = _iframe(told.pop("src"), told["title"], told["width"], told["height"])
    return Page(address, JSON, msgspec.json.encode(told))


def _at(layout: Layout, url: str, today: datetime.date) -> dict[str, Any] | None:
    ours = urlsplit(layout.publication.base_url)
    try:
        asked = urlsplit(url)
    except ValueError:
        return None
    if asked.netloc != ours.netloc or not asked.path.startswith(ours.path):
        return None
    parts = asked.path.removeprefix(ours.path).strip("/").split("/")
    if parts == [""]:
        return _of_day(layout, MonthDay.of(today), today, front=True)
    if len(parts) != 2:
        return None
    if parts[0] == "on" and (day := day_at(parts[1])):
        return _of_day(layout, day, today)
    story = shown_story(layout, parts[1], today) if parts[0] == "stories" else None
    return None if story is None else _of_story(layout, story)


def _of_day(
    layout: Layout, day: MonthDay, today: datetime.date, front: bool = False
) -> dict[str, Any]:
    publication = layout.publication
    picture = cards.of_day(layout, tell(layout, day, today), today)
    src = publication.url(f"{ROOM}today/" if front else f"{ROOM}on/{day}/")
    title = (
        publication.name if front else f"{publication.name}: {worded(day, publication.language)}"
    )
    return _described(layout, title, src, FRAME_HEIGHT, picture)


def _of_story(layout: Layout, story: Story) -> dict[str, Any]:
    src = layout.publication.url(f"/embed{story.address}")
    told = _described(layout, story.headline, src, STORY_HEIGHT, cards.of_story(layout, story))
    author = story.bylines[0] if story.bylines else None
    if author is not None:
        told["author_name"] = author.name
        if author.id:
            told["author_url"] = layout.publication.url(f"/by/{author.id}/")
    return told


def _described(
    layout: Layout, title: str, src: str, height: int, picture: cards.Picture
) -> dict[str, Any]:
    publication = layout.publication
    return {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": publication.name,
        "provider_url": publication.url("/"),
        "cache_age": 3600,
        "thumbnail_url": publication.url(picture.address),
        "thumbnail_width": picture.width,
        "thumbnail_height": picture.height,
        "width": WIDTH,
        "height": height,
        "src": src,
    }


def _page(address: str, told: dict[str, Any]) -> Page:
    told["html"] = _iframe(told.pop("src"), told["title"], told["width"], told["height"])
    return Page(address, JSON, msgspec.json.encode(told))


def _iframe(src: str, title: str, width: int, height: int) -> str:
    frame = '<iframe src="{}" title="{}" width="{}" height="{}" style="border:0;max-width:100%"'
    return str(Markup(frame + ' loading="lazy"></iframe>').format(src, title, width, height))
