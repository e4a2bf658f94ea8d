"""The words that pages use of themselves, one TOML file a language.

A language that has no file of its own speaks English; Babel words the dates in any language.
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources


@cache
def words(language: str) -> Mapping[str, str]:
    """Return the words of a language by key, what it lacks in English.

    >>> words("en")["today"]
    'Today'
    """
    return {**_read("en"), **_read(language.split("-")[0])}


def _read(language: str) -> dict[str, str]:
    file = resources.files(__name__) / f"{language}.toml"
    return tomllib.loads(file.read_text("utf-8")) if file.is_file() else {}
