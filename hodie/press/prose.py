"""The pages of what people wrote: a story, and the archives of stories."""

import datetime
from collections.abc import Iterable, Sequence

from hodie.almanac import Entry
from hodie.press import cards, feeds, jsonld, moved
from hodie.press.drawings import story_times
from hodie.press.layout import Layout
from hodie.press.page import Page
from hodie.press.publication import Link
from hodie.press.share import share_links
from hodie.press.story import Story
from hodie.press.view import View

MOST_SIBLINGS = 5
# Beside the page's own file: by it a web server tells what is left of a story from the others.
GONE_MARK = "410.txt"


def story(layout: Layout, address: str, today: datetime.date, id: str) -> Page | None:
    """Lay out a story that is shown."""
    shown = layout.shown_stories(today)
    story = next((story for story in shown if story.id == id), None)
    if story is None:
        return _withdrawn(layout, address, today, id) or moved.story(layout, address, today, id)
    publication = layout.publication
    found = (layout.almanac.entry(entry) for entry in story.entries)
    entries = [entry for entry in found if entry is not None]
    siblings = [each for each in shown if _is_sibling(each, story)]
    return layout.html(
        "story.html",
        address,
        today,
        title=story.headline,
        description=story.description,
        story=story,
        series=story.series,
        entries=sorted(entries, key=_in_time),
        told=_told(layout, layout.view(today.year), story),
        times=story_times(layout.view(today.year), story),
        siblings=siblings[:MOST_SIBLINGS],
        og_type="article",
        share_links=share_links(publication.url(address), story.headline, story.description),
        script=True,
        picture=cards.of_story(layout, story),
        oembed=f"/embed{story.address}oembed.json",
        linked_data=[jsonld.script(jsonld.story(publication, story, today))],
    )


def _withdrawn(layout: Layout, address: str, today: datetime.date, id: str) -> Page | None:
    """Lay out what is left of a story that was withdrawn: its headline, and the reason."""
    story = layout.withdrawn.get(id)
    if story is None:
        return None
    return layout.html(
        "withdrawn.html",
        address,
        today,
        status=410,
        title=story.headline,
        description=layout.words["withdrawn"],
        story=story,
        indexed=False,
    )


def gone(layout: Layout, address: str, today: datetime.date, id: str) -> Page | None:
    """Return the file that says of a story's address that the story was withdrawn."""
    found = layout.withdrawn.get(id)
    return None if found is None else Page(address, "text/plain; charset=utf-8", b"410\n")


def _in_time(entry: Entry) -> tuple[bool, int]:
    """Order entries by their dates, those without one last."""
    return entry.date is None, entry.date.earliest if entry.date else 0


def _is_sibling(one: Story, other: Story) -> bool:
    return one != other and one.series is not None and one.series == other.series


def _told(layout: Layout, view: View, story: Story) -> list[tuple[str, str]]:
    """Return what a story tells of beside its entries, with addresses: its day and entities."""
    told = []
    if story.day is not None:
        words = f"{layout.words['all_years']}: {view.worded(story.day)}"
        told.append((words, f"/on/{story.day}/"))
    entities = [layout.almanac.entity(id) for id in story.entities]
    return told + [
        (entity.name, f"/about/{entity.id}/" if view.linked_entity(entity) else "")
        for entity in entities
        if entity
    ]


def stories(layout: Layout, address: str, today: datetime.date) -> Page:
    """Lay out the archive of all stories."""
    return _archive(
        layout, address, today, layout.words["all_stories"], "", layout.shown_stories(today)
    )


def series(layout: Layout, address: str, today: datetime.date, id: str) -> Page | None:
    """Lay out a series with its archive."""
    series = layout.publication.series_named(id)
    if series is None:
        return None
    told = (story for story in layout.shown_stories(today) if story.series == series)
    return _archive(
        layout,
        address,
        today,
        series.name,
        series.note,
        told,
        over=layout.words["series"],
        feed_links=feeds.links(f"series/{id}", series.name),
    )


def author(layout: Layout, address: str, today: datetime.date, id: str) -> Page | None:
    """Lay out an author with what they wrote."""
    author = layout.publication.author(id)
    if author is None:
        return None
    told = (story for story in layout.shown_stories(today) if author in story.bylines)
    return _archive(
        layout,
        address,
        today,
        author.name,
        author.note,
        told,
        links=author.links,
        feed_links=feeds.links(f"by/{id}", author.name),
    )


def _archive(
    layout: Layout,
    address: str,
    today: datetime.date,
    heading: str,
    under: str,
    told: Iterable[Story],
    over: str = "",
    links: tuple[Link, ...] = (),
    feed_links: Sequence[feeds.Link] = (),
) -> Page:
    return layout.html(
        "stories.html",
        address,
        today,
        title=heading,
        description=under or heading,
        heading=heading,
        under=under,
        over=over,
        stories=list(told),
        links=links,
        feed_links=feed_links,
    )
