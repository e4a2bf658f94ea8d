"""Texts that many rows share, each kept once and known by a number."""

import sqlite3
from array import array

CLASSES = ("role", "entity kind", "flags", "subkind", "references", "description")
"""In the order of their numbers: what is met most often gets the small ones."""


class Lexicon:
    """The texts of all classes, numbered as they come until `settle` numbers them for good."""

    def __init__(self) -> None:
        self.numbers: dict[str, dict[str, int]] = {name: {} for name in CLASSES}

    def number(self, name: str, text: str) -> int:
        """Return the number of `text` in the class `name` for now."""
        numbers = self.numbers[name]
        return numbers.setdefault(text, len(numbers))

    def settle(self, database: sqlite3.Connection) -> dict[str, "array[int]"]:
        """Write the table `word`; return for each class the final numbers by those so far.

        The final ones depend on nothing but the texts.
        """
        final: dict[str, array[int]] = {}
        above = 0
        for name, numbers in self.numbers.items():
            texts = sorted(numbers)
            final[name] = array("q", bytes(8 * len(texts)))
            for n, text in enumerate(texts, above + 1):
                final[name][numbers[text]] = n
            rows = ((n, name, text) for n, text in enumerate(texts, above + 1))
            database.executemany("INSERT INTO word VALUES (?, ?, ?)", rows)
            above += len(texts)
        return final
