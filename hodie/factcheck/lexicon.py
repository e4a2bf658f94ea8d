"""The words of a language, read once from `words/`."""

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from msgspec import Struct

from hodie.errors import HodieError

FOLDER = Path(__file__).with_name("words")

# One character a sign: claims are found by what stands beside what.
SIGNS = {
    "be": "x",
    "have": "h",
    "born": "b",
    "died": "d",
    "killed": "k",
    "birth": "B",
    "death": "D",
    "happened": "e",
    "of": "f",
    "on": "o",
    "beside": "a",
    "who": "P",
    "whose": "G",
    "and": "&",
    "joining": "s",
    "not": "!",
    "alongside": "l",
}


class FactcheckError(HodieError, ValueError):
    """A text cannot be checked as asked; says why, and the way out."""


class Lexicon(Struct, frozen=True):
    """What the words of a language mean to claims and timelines."""

    signs: dict[str, str]
    particles: frozenset[str]
    nouns: frozenset[str]
    plain: frozenset[str]
    hedged: re.Pattern[str]
    denied: re.Pattern[str]
    negated: re.Pattern[str]
    disputed: re.Pattern[str]
    attributing: re.Pattern[str]
    openers: frozenset[str]
    verbs: frozenset[str]
    later: frozenset[str]
    plans: frozenset[str]

    def is_verb(self, word: str) -> bool:
        """Tell a finite verb of a story, as far as its form shows it."""
        return word in self.verbs or (len(word) > 4 and word.endswith("ed"))


@cache
def load(language: str = "en") -> Lexicon:
    """Read the words of a language; raises FactcheckError if there are none.

    >>> load("en").signs["died"]
    'd'
    """
    path = FOLDER / f"{language}.toml"
    if not path.is_file():
        known = ", ".join(sorted(file.stem for file in FOLDER.glob("*.toml")))
        raise FactcheckError(f"no words for the language {language!r}; there are those of {known}")
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    signs = {word: SIGNS[sign] for sign, words in data["signs"].items() for word in words}
    names, doubt, clauses = data["names"], data["doubt"], data["clauses"]
    return Lexicon(
        signs,
        frozenset(names["particles"]),
        frozenset(names["nouns"]),
        frozenset(names["plain"]),
        hedged=_any(doubt["hedged"]),
        denied=_any(doubt["denied"]),
        negated=_any(doubt["negated"]),
        disputed=_any(doubt["disputed"]),
        attributing=_any(doubt["attributing"]),
        openers=frozenset(clauses["openers"]),
        verbs=frozenset(clauses["verbs"]),
        later=frozenset(clauses["later"]),
        plans=frozenset(clauses["plans"]),
    )


def _any(phrases: Iterable[str]) -> re.Pattern[str]:
    ordered = sorted(phrases, key=len, reverse=True)
    words = "|".join(re.escape(phrase).replace(r"\ ", r"\s{1,3}") for phrase in ordered)
    return re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
