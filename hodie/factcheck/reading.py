"""A sentence as chunks, one sign each: names, dates, ages, and the words that tie them together.

The signs, beside those of `lexicon.SIGNS`: N a person, V an event, L another entity, M a name that
nobody knows; T a date, U a date before or after which something was, A an age; g a possessive; v
any other verb; w any other word; marks are themselves, dashes one "-". What a sentence claims is
read off the string of signs, by rules that look at a bounded stretch of it.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from msgspec import Struct

from hodie.factcheck.lexicon import Lexicon
from hodie.factcheck.names import Mention
from hodie.factcheck.numbers import NUMBER, number_in
from hodie.factcheck.prose import Sentence, Token
from hodie.timex import Timex

_NUMBER = NUMBER.pattern.removeprefix(r"\b").removesuffix(r"\b")
# "Aged 60", "60 years old", "died at 60 in Paris", "was 60 when he died", "He was 60."
_AGE = re.compile(
    rf"\b(?:(?:at\s(?:the\s)?age(?:\sof)?|aged?)\s({_NUMBER})\b"
    rf"|({_NUMBER})[\s-]years?[\s-](?:old|of\sage)\b"
    rf"|(?:died|dies)\s(?:[^,;:.()]{{1,40}}\s)?at\s({_NUMBER})(?=[,.;]|\s(?:on|in|from|of)\b)"
    rf"|(?:was|be|been|were)\s(?:only\s|just\s)?({_NUMBER})"
    rf"(?=\s(?:when|at\s(?:his|her|the\stime))|[.;,]?\s*$))",
    re.IGNORECASE,
)
# "The 80th anniversary of the death of X" is a claim of its own: see counting.py.
ANNIVERSARY = "anniversary"
# "Died at 9 in Paris" is a time of the day.
_LEAST_BARE_AGE = 25
_DASHES = frozenset("-–—")
_OPENING, _CLOSING = frozenset("(["), frozenset(")]")


class Chunk(Struct, frozen=True):
    """A stretch of a sentence that counts as one, with what it is."""

    sign: str
    start: int
    end: int
    word: str = ""
    mention: Mention | None = None
    timex: Timex | None = None
    age: int = 0


class Reading:
    """A sentence, its chunks and the string of their signs."""

    def __init__(self, sentence: Sentence, chunks: list[Chunk]) -> None:
        self.sentence, self.chunks = sentence, chunks
        self.signs = "".join(chunk.sign for chunk in chunks)

    @cached_property
    def people(self) -> list[Mention]:
        """The persons that it names, in order."""
        return [c.mention for c in self.chunks if c.mention is not None and c.sign == "N"]

    def has(self, signs: str) -> bool:
        """Whether any of these signs is in it."""
        return not set(signs).isdisjoint(self.signs)

    def previous(self, at: int, signs: str) -> int | None:
        """The nearest place before `at` that has one of `signs`."""
        return next((i for i in range(at - 1, -1, -1) if self.signs[i] in signs), None)

    def opening(self, at: int) -> int | None:
        """The bracket that the one at `at` closes."""
        depth = 0
        for i in range(at, -1, -1):
            depth += (self.signs[i] == ")") - (self.signs[i] == "(")
            if depth == 0:
                return i
        return None


def read(
    text: str,
    sentence: Sentence,
    found: Sequence[Token],
    mentions: Sequence[Mention],
    timexes: Sequence[Timex],
    lexicon: Lexicon,
) -> Reading:
    """Make the chunks of a sentence out of what was found in it."""
    # "2017 Chiapas earthquake": the year belongs to the name.
    known = [each for each in mentions if each.candidates]
    free = [t for t in timexes if not any(_holds(each, t) for each in known)]
    larger = [*_dates(text, free), *_ages(text, sentence)]
    taken = sorted(larger, key=lambda chunk: (chunk.start, -chunk.end))
    whole = list(_apart(taken))
    named = [
        Chunk(each.sign, each.start, each.end, each.text, mention=each)
        for each in mentions
        if not any(c.start < each.end and each.start < c.end for c in whole)
    ]
    whole = sorted([*whole, *named], key=lambda chunk: chunk.start)
    return Reading(sentence, list(_filled(whole, found, lexicon)))


def _holds(mention: Mention, timex: Timex) -> bool:
    return mention.start <= timex.start and timex.end <= mention.end


def _apart(chunks: Sequence[Chunk]) -> Iterator[Chunk]:
    """Yield chunks that do not overlap; of two that do, the first."""
    end = -1
    for chunk in chunks:
        if chunk.start >= end:
            yield chunk
            end = chunk.end


def _dates(text: str, timexes: Sequence[Timex]) -> Iterator[Chunk]:
    for timex in timexes:
        if timex.rule == ANNIVERSARY:
            continue
        if timex.type in ("DATE", "TIME") and timex.value[:1] not in ("", "P", "F"):
            outside = timex.mod in ("BEFORE", "AFTER")
            yield Chunk("U" if outside else "T", timex.start, timex.end, timex=timex)
        elif timex.derived:
            yield Chunk("T", timex.start, timex.end, timex=timex)


def _ages(text: str, sentence: Sentence) -> Iterator[Chunk]:
    for match in _AGE.finditer(text, sentence.start, sentence.end):
        group = match.lastindex or 1
        years = number_in(match[group])
        if years is None or (group == 3 and years < _LEAST_BARE_AGE):
            continue
        # "was 60 when he died": the verb stays a word of its own.
        start = match.start() if group < 3 else match.start(group)
        yield Chunk("A", start, match.end(), text[start : match.end()].lower(), age=years)


def _filled(whole: Sequence[Chunk], found: Sequence[Token], lexicon: Lexicon) -> Iterator[Chunk]:
    """Yield the larger chunks, and each token between them."""
    at = 0
    for chunk in whole:
        while at < len(found) and found[at].start < chunk.start:
            if found[at].end <= chunk.start:
                yield _word(found[at], found[at + 1 : at + 2], lexicon)
            at += 1
        yield chunk
        while at < len(found) and found[at].start < chunk.end:
            at += 1
    for i in range(at, len(found)):
        yield _word(found[i], found[i + 1 : i + 2], lexicon)


def _word(token: Token, behind: Sequence[Token], lexicon: Lexicon) -> Chunk:
    return Chunk(_sign(token, behind, lexicon), token.start, token.end, token.word)


def _sign(token: Token, behind: Sequence[Token], lexicon: Lexicon) -> str:
    mark = token.text
    if not mark[0].isalnum():
        return _mark_sign(token)
    if token.word in ("b.", "d.") or (mark in "bd" and behind and behind[0].text == "."):
        return mark[0]
    if token.word == "passed":
        return "d" if behind and behind[0].word == "away" else "v"
    if sign := lexicon.signs.get(token.word):
        return sign
    return "v" if lexicon.is_verb(token.word) else "w"


def _mark_sign(token: Token) -> str:
    mark = token.text[0]
    if token.word in ("'s", "'"):
        return "g"
    if mark in _OPENING:
        return "("
    if mark in _CLOSING:
        return ")"
    if mark in _DASHES:
        return "-"
    return mark if mark in ",;:.&" else "w"
