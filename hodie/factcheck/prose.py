"""A text as sentences and tokens, all with offsets into the text as given."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

# A story's longest sentence is far shorter; what is longer is no prose and is cut.
LONGEST = 2_000

_END = re.compile(r"[.!?…][\"'”’»)\]]{0,3}(?=\s)|\n[ \t\r]*\n|\n(?=[ \t]*[-*#>|•])|[\u2029\v\f]")
_ABBREVIATED = re.compile(
    r"(?:^|[^\w])(?:[A-Za-z]|Mr|Mrs|Ms|Dr|St|Sr|Jr|Gen|Col|Capt|Lt|Sgt|Maj|Rev|Hon|Prof|Pres|Gov|"
    r"Sen|Rep|No|Nos|vs|ca|cf|fl|al|ed|eds|vol|Vol|Ft|Mt|Inc|Ltd|Co|Corp|Bros|Jan|Feb|Mar|Apr|Jun|"
    r"Jul|Aug|Sep|Sept|Oct|Nov|Dec|(?:[A-Za-z]\.)+[A-Za-z])\.$"
)
_STARTS = re.compile(r"\s{1,9}[\"'“‘«(\[]{0,2}([^\s])")
_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,8}|[^\W\d_]\.(?=\s{1,2}[^\W\d_])|[JS]r\.|\d+(?=-\d)"
    r"|[^\W_]+(?:[-’'ʻʼ][^\W_]+)*|[^\w\s]|_"
)
_POSSESSIVE = re.compile(r"['’]s?$", re.IGNORECASE)


class Token(NamedTuple):
    """A word, number or mark; `word` is it in lower case."""

    start: int
    end: int
    text: str
    word: str


class Sentence(NamedTuple):
    """Where a sentence begins and ends, and which paragraph it belongs to."""

    start: int
    end: int
    paragraph: int


def sentences(text: str) -> list[Sentence]:
    """Cut a text into sentences, without the blanks around them.

    >>> text = "J. F. Kennedy was shot on Nov. 22. He died."
    >>> [text[s.start : s.end] for s in sentences(text)]
    ['J. F. Kennedy was shot on Nov. 22.', 'He died.']
    """
    found: list[Sentence] = []
    start = paragraph = 0
    for match in _END.finditer(text):
        blank = text[match.start()].isspace()
        if not blank and _goes_on(text, start, match.end()):
            continue
        found += _trimmed(text, start, match.end(), paragraph)
        paragraph += blank
        start = match.end()
    return [*found, *_trimmed(text, start, len(text), paragraph)]


def _goes_on(text: str, start: int, end: int) -> bool:
    """Tell a full stop of an abbreviation, or one before a small letter, from a sentence's end."""
    behind = _STARTS.match(text, end)
    if behind and behind[1].islower():
        return True
    return text[end - 1] == "." and bool(_ABBREVIATED.search(text[max(start, end - 12) : end]))


def _trimmed(text: str, start: int, end: int, paragraph: int) -> Iterator[Sentence]:
    for at in range(start, end, LONGEST):
        piece = text[at : min(at + LONGEST, end)]
        if piece.strip():
            left = len(piece) - len(piece.lstrip())
            yield Sentence(at + left, at + len(piece.rstrip()), paragraph)


def tokens(text: str, start: int, end: int) -> list[Token]:
    """Cut a stretch of text into words, numbers and marks; a possessive ending stands alone.

    >>> [token.text for token in tokens("Lenin's heir, L. D. Trotsky", 0, 27)]
    ['Lenin', "'s", 'heir', ',', 'L.', 'D.', 'Trotsky']
    """
    found: list[Token] = []
    for match in _TOKEN.finditer(text, start, end):
        word = match[0]
        ending = _POSSESSIVE.search(word) if len(word) > 2 else None
        if ending:
            cut = match.start() + ending.start()
            found.append(_token(text, match.start(), cut))
            found.append(_token(text, cut, match.end()))
        else:
            found.append(_token(text, match.start(), match.end()))
    return found


def _token(text: str, start: int, end: int) -> Token:
    word = text[start:end]
    return Token(start, end, word, word.lower().replace("’", "'"))


def covered(found: Sequence[Token], spans: Sequence[tuple[int, int]]) -> list[bool]:
    """Tell of each token whether it begins in one of some spans, both in order.

    >>> covered(tokens("one two three", 0, 13), [(4, 7)])
    [False, True, False]
    """
    answers, at = [], 0
    for token in found:
        while at < len(spans) and spans[at][1] <= token.start:
            at += 1
        answers.append(at < len(spans) and spans[at][0] <= token.start)
    return answers


def within(starts: list[int], start: int, end: int) -> slice:
    """Which of some ordered offsets lie between two others."""
    return slice(bisect_left(starts, start), bisect_left(starts, end))
