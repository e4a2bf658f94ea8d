"""The words of the pages: every language says what English says, with the same figures in it."""

import string
import tomllib
from pathlib import Path

import pytest

import hodie.press.words
from hodie.press.words import words

FOLDER = Path(hodie.press.words.__file__).parent
LANGUAGES = sorted(path.stem for path in FOLDER.glob("*.toml"))


def fields(text: str) -> set[str]:
    """Return the names that a text leaves open."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_fills_the_same_places_as_english(language: str) -> None:
    """A word of another language is known in English and takes the same values."""
    english = words("en")
    for key, text in tomllib.loads((FOLDER / f"{language}.toml").read_text("utf-8")).items():
        assert fields(text) == fields(english[key]), key


def test_a_language_without_words_speaks_english() -> None:
    """Pages are never left without words."""
    assert words("fi")["today"] == "Today"


def test_a_variant_of_a_language_has_its_words() -> None:
    """Austrian German is German."""
    assert words("de-AT")["today"] == "Heute"
