"""Large numerals for the head of a day, drawn in half blocks."""

from __future__ import annotations

# Eight rows of six: a figure is four lines high, two rows of it to a line.
_FIGURES = {
    "0": ".####. ##..## ##..## ##..## ##..## ##..## ##..## .####.",
    "1": "..##.. ####.. ..##.. ..##.. ..##.. ..##.. ..##.. ######",
    "2": ".####. ##..## ....## ....## ...##. ..##.. .##... ######",
    "3": ".####. ##..## ....## ..###. ....## ....## ##..## .####.",
    "4": "....## ...### ..#### .##.## ##..## ###### ....## ....##",
    "5": "###### ##.... ##.... #####. ....## ....## ##..## .####.",
    "6": ".####. ##..## ##.... #####. ##..## ##..## ##..## .####.",
    "7": "###### ....## ....## ...##. ...##. ..##.. ..##.. ..##..",
    "8": ".####. ##..## ##..## .####. ##..## ##..## ##..## .####.",
    "9": ".####. ##..## ##..## ##..## .##### ....## ##..## .####.",
}
_HALVES = {"##": "█", "#.": "▀", ".#": "▄", "..": " "}


def numeral(number: int) -> list[str]:
    """Draw a number, four lines high.

    >>> print("\\n".join(numeral(7)))
    ▀▀▀▀██
       ▄█▀
      ▄█▀
      ██
    """
    return ["  ".join(lines).rstrip() for lines in zip(*map(_figure, str(number)), strict=True)]


def _figure(digit: str) -> list[str]:
    rows = _FIGURES[digit].split()
    pairs = zip(rows[::2], rows[1::2], strict=True)
    return ["".join(_HALVES[a + b] for a, b in zip(*pair, strict=True)) for pair in pairs]
