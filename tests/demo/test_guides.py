"""The tutorial and the guide to one's own publication: every command, setting and file works."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import click
import pytest

from hodie.cli import main
from hodie.press import create
from hodie.press.frontmatter import read
from hodie.press.publication import Publication
from hodie.press.story import read_story
from hodie.sources.starter import StarterSource

DOCS = Path(__file__).parents[2] / "docs"
TUTORIAL = DOCS / "tutorial.md"
GUIDE = DOCS / "how-to" / "own-publication.md"
EXPORT = DOCS / "how-to" / "export.md"
ASSISTANT = DOCS / "how-to" / "ask-from-an-assistant.md"
# Pages that say where to go next.
LEADING = (DOCS / "index.md", DOCS / "glossary.md", DOCS / "explanation/design.md", TUTORIAL, GUIDE)
NEEDED = 'name = "A"\nbase_url = "https://a.example"\n'


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", page.read_text(encoding="utf-8"), re.M | re.S)


def commands(page: Path) -> list[list[str]]:
    """Every call of hodie in the page's shell listings, as arguments."""
    lines = "".join(blocks(page, "sh")).splitlines()
    return [shlex.split(line)[1:] for line in lines if line.startswith("hodie ")]


PAGES = (TUTORIAL, GUIDE, EXPORT, ASSISTANT)


@pytest.mark.parametrize("arguments", [each for p in PAGES for each in commands(p)], ids=" ".join)
def test_commands_exist(arguments: list[str]):
    """A command is one of Hodie's, with options that it takes."""
    command = main.commands[arguments[0]]

    # click keeps a command's help option as it is first made, and its names are the group's.
    group = click.Context(main, info_name="hodie", **main.context_settings)
    command.make_context(arguments[0], arguments[1:], parent=group)


def test_an_unknown_option_would_be_seen():
    """The check above does find a command that is mistyped."""
    with pytest.raises(click.UsageError):
        main.commands["press"].make_context("press", ["--hole"])


@pytest.mark.parametrize("settings", blocks(GUIDE, "toml"), ids=lambda text: text.split("\n")[0])
def test_settings_are_taken(settings: str, tmp_path: Path):
    """Every piece of hodie.toml in the guide is read without complaint."""
    whole = settings if "base_url" in tomllib.loads(settings) else NEEDED + settings
    (tmp_path / "hodie.toml").write_text(whole, encoding="utf-8")
    (tmp_path / "pictures").mkdir()
    (tmp_path / "pictures" / "your-name.jpg").touch()

    Publication.load(tmp_path)


@pytest.mark.parametrize("lines", blocks(GUIDE, "yaml"), ids=lambda text: text.split("\n")[0])
def test_front_matter_is_taken(lines: str, tmp_path: Path):
    """Every piece of front matter in the guide fits into a story."""
    file = tmp_path / "weir.md"
    file.write_text(f"---\nheadline: A\ndate: 1884-02-11\n{lines}---\n", encoding="utf-8")
    (tmp_path / "hodie.toml").write_text(NEEDED, encoding="utf-8")

    read_story(file, Publication.load(tmp_path))


@pytest.fixture
def tutorial_folder(tmp_path: Path) -> Path:
    """The publication as the reader of the tutorial has it after its fourth step."""
    folder = create(tmp_path / "history", "My Days")
    settings = folder / "hodie.toml"
    [author] = blocks(TUTORIAL, "toml")
    settings.write_text(f"{settings.read_text(encoding='utf-8')}\n{author}", encoding="utf-8")
    [story] = blocks(TUTORIAL, "markdown")
    (folder / "stories" / "once-round-the-earth.md").write_text(story, encoding="utf-8")
    return folder


def test_the_tutorial_s_story_is_taken(tutorial_folder: Path):
    """The first story that somebody writes is accepted, signed and dated."""
    publication = Publication.load(tutorial_folder)
    story = read_story(tutorial_folder / "stories" / "once-round-the-earth.md", publication)

    assert (story.dateline, story.bylines[0].name) == ("12 April 1961", "Your Name")
    assert str(story.run) == "04-12"


def test_the_tutorial_s_ids_exist(tutorial_folder: Path):
    """The entry and the entity of the tutorial's story are in the starter."""
    file = tutorial_folder / "stories" / "once-round-the-earth.md"
    story = read_story(file, Publication.load(tutorial_folder))
    [entry] = [entry for entry in StarterSource().entries() if entry.id in story.entries]

    assert set(story.entities) <= {part.entity.id for part in entry.participants}


def test_the_run_line_fits(tutorial_folder: Path):
    """The line that puts the story on another day is front matter that a story may have."""
    [line] = blocks(TUTORIAL, "yaml")
    content = f"---\nheadline: A\n{line}---\n".encode()

    assert read(content, tutorial_folder).front.text("run") == "11-24"


@pytest.mark.parametrize("page", LEADING, ids=lambda page: page.stem)
def test_links_lead_somewhere(page: Path):
    """A link to another page of the docs finds it."""
    targets = re.findall(r"\]\((?!https?:)([^)#]+)", page.read_text(encoding="utf-8"))

    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_the_map_is_whole():
    """The first page of the docs leads to every other: a new page needs a line in index.md."""
    listed = set(re.findall(r"\]\(([^)#]+\.md)", (DOCS / "index.md").read_text(encoding="utf-8")))
    pages = {page.relative_to(DOCS).as_posix() for page in DOCS.rglob("*.md")}

    assert pages - {"index.md"} == listed
