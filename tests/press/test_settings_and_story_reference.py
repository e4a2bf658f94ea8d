"""The reference of settings and stories: its examples load, and no key is left out."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from msgspec.structs import fields

from hodie.press import Publication, Story, StoryError, parse_story
from hodie.press.story import NEVER
from hodie.selection import Policy

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"
SETTINGS = (REFERENCE / "hodie-toml.md").read_text("utf-8")
STORIES = (REFERENCE / "story.md").read_text("utf-8")
# What a file cannot say: it has these from its name, its folder or its text.
NOT_KEYS = {"id", "folder", "policy", "body", "bylines"}


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)


def keys(text: str) -> set[str]:
    """Return the keys in the first column of a page's tables."""
    cells = re.findall(r"^\| (`[^|]*) \|", text, re.MULTILINE)
    return {name.strip("[]") for cell in cells for name in re.findall(r"`([^`]+)`", cell)}


@pytest.fixture
def town(tmp_path):
    """The pictures that the examples name, and the settings of the first example."""
    for name in ("reading-room.jpg", "people/ada.jpg", "weir.jpg", "mill.jpg"):
        file = tmp_path / "pictures" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"x")
    (tmp_path / "hodie.toml").write_text(blocks(SETTINGS, "toml")[0], "utf-8")
    return tmp_path


@pytest.mark.parametrize("text", blocks(SETTINGS, "toml"))
def test_settings_of_the_reference_load(town, text):
    """Each example of the page is a whole file that loads."""
    (town / "hodie.toml").write_text(text, "utf-8")

    assert Publication.load(town).name


@pytest.mark.parametrize("text", blocks(STORIES, "markdown"))
def test_stories_of_the_reference_are_read(town, text):
    """Each example of the page is a story, of which every key is told back."""
    publication = Publication.load(town)

    story = parse_story(text.encode(), publication, Path("the-weir.md"))

    assert parse_story(story.to_markdown().encode(), publication, Path("the-weir.md")) == story


def test_every_number_of_the_selection_has_an_example():
    """Each key of [selection] is set in one of the examples."""
    tables = [tomllib.loads(text).get("selection", {}) for text in blocks(SETTINGS, "toml")]
    shown = {key for table in tables for key in table}

    assert shown == {one.name for one in fields(Policy)} - {"ran"}


def test_every_setting_is_explained():
    """No key of the settings is missing from the page."""
    fields = set(Publication.__struct_fields__) - NOT_KEYS | {"selection"}

    assert fields <= keys(SETTINGS)


def test_every_key_of_a_story_is_explained():
    """No key of the front matter is missing from the page, and none stands there in vain."""
    fields = set(Story.__struct_fields__) - NOT_KEYS | {"by", "date", "calendar"}
    dates = {key for key in keys(STORIES) if re.match(r"[-.\d]", key)}

    assert keys(STORIES) - dates == fields


def test_nearest_keys_are_those_of_the_reference(town):
    """The keys that an error lists are the keys that the page has."""
    text = "---\nheadline: A\ndate: 1940\nqqqqqqqq: 1\n---\n"

    with pytest.raises(StoryError) as caught:
        parse_story(text.encode(), Publication.load(town), Path("a.md"))

    listed = set(re.findall(r"'([^']+)'", str(caught.value)))
    assert listed == set(Story.__struct_fields__) - NOT_KEYS | {"by", "date", "calendar"}


def test_never_is_spelt_as_the_page_says():
    """The word that keeps a story off the days is the page's."""
    assert f"`{NEVER}`" in STORIES
