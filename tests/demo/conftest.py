"""The demo publication, read once for every test of it."""

from __future__ import annotations

from pathlib import Path

import pytest

import hodie
from hodie.press.publication import Publication
from hodie.press.story import Story, read_story

FOLDER = Path(hodie.__file__).with_name("demo")
FILES = sorted((FOLDER / "stories").glob("*.md"))


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "story_file" in metafunc.fixturenames:
        metafunc.parametrize("story_file", FILES, ids=lambda file: file.stem, scope="session")


@pytest.fixture(scope="session")
def publication() -> Publication:
    return Publication.load(FOLDER)


@pytest.fixture(scope="session")
def stories(publication: Publication) -> list[Story]:
    return [read_story(file, publication) for file in FILES]


@pytest.fixture(scope="session")
def story(story_file: Path, publication: Publication) -> Story:
    """Each story of the demo in turn."""
    return read_story(story_file, publication)
