"""Stage one: text to tokens, and tokens to one character each.

Grammar rules never see the text. They see a string with one character a token: a word known to
the lexicon is a character of its own kind, an unknown word is `w` (or `W` with a capital), white
space is one blank, a paragraph's end is a line feed. A rule is then an ordinary regular expression
over that string, and the work in Python is a few calls per text, not a few per word.
"""

import re
import unicodedata
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_TOKEN = re.compile(r"[^\W\d_]+|\d+|\s+|.", re.DOTALL)
_PARAGRAPH = re.compile(r"\n[^\S\n]*(?:\n|\Z)")

#: Tokens of one chunk live in lists; cutting long texts keeps memory flat whatever the length.
CHUNK = 1 << 18
_CUT_WINDOW = 1 << 14
_LONGEST_WORD = 40

UNKNOWN, CAPITALISED, PAST, SUPERLATIVE, OTHER, SPACE, BREAK = "w", "W", "v", "e", "x", " ", "\n"

_SAME_MARK = str.maketrans("‐‑‒–—−’‘´`“”„«»\u00a0", '------\'\'\'\'""""" ')


class Codes(dict[str, str]):
    """The character of each token; unknown tokens are classified once and remembered a while."""

    def __init__(
        self,
        known: dict[str, str],
        number: "Callable[[str], str]",
        suffixes: tuple[tuple[str, str], ...] = (),
    ) -> None:
        super().__init__(known)
        self._number = number
        self._suffixes = suffixes

    def __missing__(self, token: str) -> str:
        code = self._classify(token)
        if len(token) <= _LONGEST_WORD:
            self[token] = code
        return code

    def _classify(self, token: str) -> str:
        head = token[0]
        if head.isspace():
            return BREAK if _PARAGRAPH.search(token) else SPACE
        if head.isdecimal():
            return self._number(token)
        if head.isalpha() or len(token) > 1:
            return self._word(token)
        if unicodedata.category(token) == "Sc":
            return "$"
        mark = token.translate(_SAME_MARK)
        return mark if mark.isascii() and mark.isprintable() else OTHER

    def _word(self, word: str) -> str:
        if len(word) > _LONGEST_WORD:
            return UNKNOWN
        if not word.islower():
            return self.get("^" + word.lower(), CAPITALISED)
        return next((code for end, code in self._suffixes if word.endswith(end)), UNKNOWN)


class Tokens:
    """The tokens of one chunk: their texts, where each starts, and the encoded string.

    >>> tokens = Tokens("In 1922, he", 0, Codes({}, lambda digits: "9"))
    >>> tokens.words, tokens.code
    (['In', ' ', '1922', ',', ' ', 'he'], 'W 9, w')
    """

    __slots__ = ("code", "offset", "starts", "words")

    def __init__(self, text: str, offset: int, codes: Codes) -> None:
        self.offset = offset
        self.words: list[str] = _TOKEN.findall(text)
        self.code = "".join(map(codes.__getitem__, self.words))
        self.starts: list[int] = list(accumulate(map(len, self.words), initial=offset))

    def text(self, start: int, end: int) -> str:
        """The text of tokens `start` to `end`."""
        return "".join(self.words[start:end])


def chunks(text: str) -> "Iterator[tuple[int, str]]":
    """Cut `text` into pieces of bounded size, each at a line's or sentence's end where one is near.

    >>> [offset for offset, piece in chunks("short")]
    [0]
    """
    start = 0
    while len(text) - start > CHUNK:
        end = _cut(text, start + CHUNK)
        yield start, text[start:end]
        start = end
    if start < len(text):
        yield start, text[start:] if start else text


def _cut(text: str, at: int) -> int:
    window = text[at : at + _CUT_WINDOW]
    for mark in ("\n", ". ", " "):
        found = window.find(mark)
        if found >= 0:
            return at + found + len(mark)
    return at
