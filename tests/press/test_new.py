"""A new publication's folder: complete, explained, and never written over another."""

from __future__ import annotations

import pytest

from hodie.dates import MonthDay
from hodie.press import Publication, PublicationError, create, read_stories


def test_new_folder_is_a_publication(tmp_path):
    """What is made can be loaded, and has a story to begin with."""
    folder = create(tmp_path / "new" / "almanac", "The Daily Almanac")

    publication = Publication.load(folder)
    [story] = read_stories(publication.stories_folder, publication)
    assert publication.name == "The Daily Almanac"
    assert story.run == MonthDay(7, 20)
    assert story.bylines == (publication.author("history-desk"),)


@pytest.mark.parametrize("name", ['The "Daily" \\ Almanac', "日本の歴史", "{braces}", "a\nb"])
def test_any_name_will_do(tmp_path, name):
    """A name is quoted as TOML needs it."""
    folder = create(tmp_path / "new", name)

    assert Publication.load(folder).name == name.replace("\n", " ")


def test_empty_folder_is_taken(tmp_path):
    """A folder with nothing in it may be filled."""
    assert create(tmp_path) == tmp_path


@pytest.mark.parametrize("demo", [True, False])
def test_other_folders_are_left_alone(tmp_path, demo):
    """What stands there already is not touched."""
    (tmp_path / "mine.txt").write_text("mine")

    with pytest.raises(PublicationError, match="is not empty; name a new folder"):
        create(tmp_path, demo=demo)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_file_is_no_folder(tmp_path):
    """A file of that name is left alone too."""
    (tmp_path / "mine").write_text("mine")

    with pytest.raises(PublicationError, match="is not empty"):
        create(tmp_path / "mine")


def test_demo_comes_with_its_stories(tmp_path):
    """The demo publication is copied whole."""
    publication = Publication.load(create(tmp_path / "demo", demo=True))

    stories = read_stories(publication.stories_folder, publication)

    assert publication.name == "Today in History"
    assert len(stories) >= 5
    assert stories.get("trotsky-assassinated").day == MonthDay(8, 20)
    assert not list((tmp_path / "demo").rglob("*.py"))


def test_every_suggestion_in_the_settings_is_valid(tmp_path):
    """Taking the comment marks away gives settings that load."""
    folder = create(tmp_path / "new")
    file = folder / "hodie.toml"
    (folder / "pictures").mkdir()
    (folder / "pictures" / "desk.jpg").write_bytes(b"x")
    suggested = ("# tagline", "# accent = \"", "# leap_day", "# entity_weight", "# [selection]",
                 "# links", "# picture")  # fmt: skip
    lines = [
        line.removeprefix("# ") if line.startswith(suggested) else line
        for line in file.read_text().splitlines()
    ]
    file.write_text("\n".join(lines))

    publication = Publication.load(folder)

    assert publication.tagline
    assert publication.authors[0].picture == "desk.jpg"
