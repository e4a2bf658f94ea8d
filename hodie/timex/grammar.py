"""Stage two: the grammar over the encoded text, level by level.

On each level the longest match at the leftmost place wins. What it read becomes one character, a
node, and the rules of the next level see that node: "the night of" finds a date already made. So a
rule never contains another rule's pattern, nothing recurses, and each level is one pass.
"""

from array import array
from collections.abc import Callable, Iterator
from typing import NamedTuple

from hodie.timex.frames import Frame
from hodie.timex.language import NODES, Language, Level, Rule, Value
from hodie.timex.scan import Tokens

Part = tuple[int, int, Frame]


class Sequence:
    """Tokens and nodes in the order of the text: `firsts[i]` is the first token of element `i`."""

    __slots__ = ("code", "firsts", "frames", "language", "tokens")

    def __init__(self, language: Language, tokens: Tokens) -> None:
        self.language = language
        self.tokens = tokens
        self.code = tokens.code
        self.firsts = array("l", range(len(tokens.words) + 1))
        self.frames: dict[int, Frame] = {}

    def text(self, start: int, end: int) -> str:
        """The text of elements `start` to `end`."""
        return self.tokens.text(self.firsts[start], self.firsts[end])

    def offsets(self, start: int, end: int) -> tuple[int, int]:
        """Where elements `start` to `end` stand in the text."""
        tokens = self.tokens
        return tokens.starts[self.firsts[start]], tokens.starts[self.firsts[end]]

    def reduce(self, parts: list[Part]) -> None:
        """Put a node in place of the elements of each part; parts are in order and disjoint."""
        codes: list[str] = []
        firsts = array("l")
        frames: dict[int, Frame] = {}
        last = 0
        kept = sorted(self.frames)
        position, shift = 0, 0
        for start, end, frame in parts:
            while position < len(kept) and kept[position] < start:
                frames[kept[position] - shift] = self.frames[kept[position]]
                position += 1
            while position < len(kept) and kept[position] < end:
                position += 1
            codes += (self.code[last:start], NODES[node_name(frame)])
            firsts += self.firsts[last : start + 1]
            frames[start - shift] = frame
            shift += end - start - 1
            last = end
        for index in kept[position:]:
            frames[index - shift] = self.frames[index]
        self.code = "".join(codes) + self.code[last:]
        self.firsts = firsts + self.firsts[last:]
        self.frames = frames


def node_name(frame: Frame) -> str:
    """The sort of node that a frame is to the rules of the next level."""
    if frame.kind == "duration":
        return "ATTRIBUTE" if frame.bare and frame.count is not None else "SPAN"
    if frame.time:
        return "TIME"
    if frame.mod or frame.kind != "date":
        return "PART"
    if frame.unit == "D":
        return _day_node(frame)
    if frame.unit == "M":
        return "BAREMONTH" if frame.year is None else "FULLMONTH"
    if frame.unit == "SEASON":
        return "BARESEASON" if frame.year is None else "SEASON"
    if frame.unit == "Y":
        return "ERAYEAR" if frame.year is not None and frame.year <= 0 else "YEAR"
    return "LONG"


def _day_node(frame: Frame) -> str:
    if frame.holiday or frame.value:
        return "HOLIDAY"
    if frame.weekday and not frame.day:
        return "WEEKDAY"
    return "MONTHDAY" if frame.year is None and frame.month else "DAY"


class Match(NamedTuple):
    """One rule that matched, with what its groups kept as pairs of element numbers."""

    rule: Rule
    sequence: Sequence
    start: int
    end: int
    groups: dict[str, tuple[int, int]]

    @property
    def language(self) -> Language:
        return self.sequence.language

    def text(self, group: str) -> str:
        """What `group` kept, or an empty text."""
        span = self.groups.get(group)
        return self.sequence.text(*span) if span else ""

    def words(self) -> str:
        """All that the rule matched, in lower case and with blanks for hyphens."""
        return self.sequence.text(self.start, self.end).lower().replace("-", " ")

    def value(self, group: str, *classes: str) -> Value | None:
        """What the first of `classes` that knows it says of the words in `group`."""
        text = self.text(group)
        for name in classes:
            value = self.language.value(name, text) if text else None
            if value is not None:
                return value
        return None

    def frame(self, group: str) -> Frame | None:
        """The frame of the node that `group` kept."""
        span = self.groups.get(group)
        return self.sequence.frames.get(span[0]) if span else None


Reader = Callable[[Match], list[Part]]


def run(sequence: Sequence, profile: str, read: Reader) -> None:
    """Run the grammar of `profile` over `sequence`; the nodes left are the expressions found."""
    for level in sequence.language.grammars[profile]:
        sequence.reduce(list(_parts(sequence, level, read)))


def _parts(sequence: Sequence, level: Level, read: Reader) -> Iterator[Part]:
    start, code = level.start, sequence.code
    found = start.search(code)
    while found:
        at = found.start()
        parts = next(filter(None, map(read, matches_at(sequence, level, at))), [])
        yield from parts
        found = start.search(code, parts[-1][1] if parts else at + 1)


def matches_at(sequence: Sequence, level: Level, at: int) -> list[Match]:
    """Every rule's match that begins at element `at`, longest first; of equals the earlier rule."""
    code = sequence.code
    found = [
        (match.end(), rule, match.regs)
        for rule in level.by_first[code[at]]
        if (match := rule.regex.match(code, at))
    ]
    found.sort(key=lambda item: -item[0])
    return [_match(sequence, rule, regs) for _, rule, regs in found]


def _match(sequence: Sequence, rule: Rule, regs: tuple[tuple[int, int], ...]) -> Match:
    named = zip(rule.pattern.groups, regs[1:], strict=True)
    groups = {name: span for name, span in named if span[0] >= 0}
    return Match(rule, sequence, *groups.get("span", regs[0]), groups)
