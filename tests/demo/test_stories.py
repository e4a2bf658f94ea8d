"""The demo publication's stories: whole, dated as the facts are, and in words of their own."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from hodie.almanac import Entry
from hodie.dates import HistoricalDate, MonthDay
from hodie.press.publication import Publication
from hodie.press.story import Story
from hodie.sources.starter import StarterSource

MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
RUN = 8  # so many words in a row are no longer chance
STATUS = re.compile(r"\b(TODO|FIXME|TBD|TBC|XXX|WIP|lorem ipsum|placeholder)\b", re.IGNORECASE)


def text(story: Story) -> str:
    return "\n".join((story.headline, story.summary, story.body))


def words(prose: str) -> list[str]:
    return re.findall(r"\w+", prose.casefold())


def runs(prose: str) -> set[tuple[str, ...]]:
    """Every run of RUN words."""
    each = words(prose)
    return set(zip(*(each[start:] for start in range(RUN)), strict=False))


def worded_in(date: HistoricalDate, prose: str) -> bool:
    """Tell whether a day-precise date stands in the prose, its year perhaps elsewhere in it."""
    assert date.month is not None
    year = str(date.year) if date.year > 0 else f"{1 - date.year} BC"
    return f"{date.day} {MONTHS[date.month - 1]}" in prose and year in prose


@pytest.fixture(scope="module")
def starter() -> dict[str, Entry]:
    """Every entry that ships with Hodie, by its id."""
    return {entry.id: entry for entry in StarterSource().entries()}


@pytest.fixture(scope="module")
def facts(starter: dict[str, Entry]) -> dict[str, HistoricalDate]:
    """The date of every entry that has one."""
    return {id: entry.date for id, entry in starter.items() if entry.date}


@pytest.fixture(scope="module")
def entities(starter: dict[str, Entry]) -> set[str]:
    return {part.entity.id for entry in starter.values() for part in entry.participants}


@pytest.fixture(scope="module")
def borrowed(shared: Path, stories: list[Story]) -> set[tuple[str, ...]]:
    """The stories' runs that stand in the model page or in the encyclopedia's day pages too."""
    ours = {run for story in stories for run in runs(text(story))}
    model = (shared / "seeds" / "trotsky-assassinated.txt").read_text(encoding="utf-8")
    pages = day_pages(shared / "data" / "wikipedia-days-2019.ndjson.gz")
    return {run for prose in (model, *pages) for run in runs(prose) if run in ours}


def day_pages(file: Path) -> Iterator[str]:
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            for items in json.loads(line)["data"].values():
                yield from (item["text"] or "" for item in items)


def test_a_story_is_complete(story: Story):
    """Each story has a series, a byline with a note, a summary, sources and entities."""
    assert story.series
    assert all(byline.note for byline in story.bylines)
    assert story.bylines
    assert story.summary
    assert story.sources
    assert story.tags
    assert not story.draft


def test_the_bylines_are_desks(publication: Publication):
    """Nobody who signs in the demo is an invented person."""
    assert {author.kind for author in publication.authors} == {"desk"}


def test_lines_keep_to_their_length(story: Story):
    """A headline fits a page's title, a summary a shared link, a story a newspaper column."""
    assert len(story.headline) < 80
    assert len(story.summary) < 220
    assert 350 <= len(words(story.body)) <= 750


def test_no_status_words(story: Story):
    """What is printed is finished."""
    assert not STATUS.search(text(story))


def test_headlines_differ(stories: list[Story]):
    """No two stories share a headline."""
    [(_, most)] = Counter(story.headline for story in stories).most_common(1)

    assert most == 1


def test_every_author_and_series_is_used(publication: Publication, stories: list[Story]):
    """No desk and no series of the demo has an empty archive."""
    assert {story.series for story in stories} == set(publication.series)
    assert {byline for story in stories for byline in story.bylines} == set(publication.authors)


def test_a_series_has_an_archive(stories: list[Story]):
    """Every series runs to more than one story."""
    assert min(Counter(story.series for story in stories).values()) >= 2


def test_entries_exist(story: Story, facts: dict[str, HistoricalDate]):
    """Every entry that a story names is in the starter, and is dated."""
    assert set(story.entries) <= facts.keys()


def test_entities_exist(story: Story, entities: set[str]):
    """Every entity that a story names has entries in the starter, so that its page has a life."""
    assert set(story.entities) <= entities


def test_an_entry_s_date_is_told(story: Story, facts: dict[str, HistoricalDate]):
    """The date of each entry named is one of the story's dates, or stands in its prose."""
    days = {date.earliest for date in story.dates}
    untold = [
        id
        for id in story.entries
        if facts[id].earliest not in days and not worded_in(facts[id], text(story))
    ]

    assert not untold


def test_the_dateline_is_a_fact(story: Story, facts: dict[str, HistoricalDate]):
    """The first date of a story is that of an entry it names; Christie's drive is in no source."""
    if story.id == "eleven-days-in-december":
        assert story.date == HistoricalDate(1926, 12, 3)
    else:
        assert story.date.earliest in {facts[id].earliest for id in story.entries}


def test_words_of_its_own(story: Story, borrowed: set[tuple[str, ...]]):
    """No run of eight words stands in the model page or in the day pages."""
    assert not runs(text(story)) & borrowed


def test_the_model_page_has_its_like(stories: list[Story]):
    """20 August 1940 is told with dates exact, partial and relative, and with its doubts."""
    [story] = [each for each in stories if each.id == "trotsky-assassinated"]

    assert story.dateline == "20 August 1940"
    for time in ("20 August 1940", "the following day", "in 1922", "After a year", "twenty years"):
        assert time in story.body
    for hedge in ("is still disputed", "claimed", "Moscow denied", "by his own account"):
        assert hedge in story.body


def test_an_old_style_date_says_both(stories: list[Story]):
    """The October Revolution is dated as the world dates it and as Petrograd did."""
    [story] = [each for each in stories if each.id == "an-october-that-fell-in-november"]

    assert story.dateline == "7 November 1917 (25 October, Old Style)"
    assert story.run == MonthDay(11, 7)


@pytest.mark.parametrize(
    ("id", "dateline", "day"),
    [
        ("cicero-turns-back", "7 December 43 BC", "12-07"),
        ("hattie-mcdaniel-oscar", "29 February 1940", "02-29"),
        ("ibn-battuta-leaves-home", "13 June 1325", "06-13"),
        ("ten-days-in-one-night", "15 October 1582", "10-15"),
    ],
)
def test_dates_off_the_beaten_track(stories: list[Story], id: str, dateline: str, day: str):
    """A year BC, a leap day, a medieval date and the first Gregorian day are shown as written."""
    [story] = [each for each in stories if each.id == id]

    assert story.dateline == dateline
    assert str(story.run) == day


def test_the_turn_of_the_year_has_stories(stories: list[Story]):
    """A visitor in late November or early December meets a story every few days."""
    days = [story.run for story in stories]

    assert sum(MonthDay(11, 20) <= day <= MonthDay(12, 10) for day in days) >= 7
