"""The word lists of `words.toml` as parts of patterns."""

import re
import tomllib
from pathlib import Path

_LISTS: dict[str, str] = tomllib.loads(
    Path(__file__).with_suffix(".toml").read_text(encoding="utf-8")
)


def any_of(name: str) -> str:
    """Return a pattern for any word of a list; a word may be a pattern, with spaces escaped.

    >>> any_of("harmless")[:16]
    '(?:blackout|come'
    """
    words = re.split(r"(?<!\\)\s+", _LISTS[name].strip())
    return f"(?:{'|'.join(word.replace(chr(92) + ' ', ' ') for word in words)})"


def word_of(name: str, *, ignore_case: bool = False) -> re.Pattern[str]:
    """Return a pattern that finds a whole word of a list."""
    return re.compile(rf"\b{any_of(name)}\b", re.IGNORECASE if ignore_case else 0)
