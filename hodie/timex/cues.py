"""What stands around an expression, as far as resolving it asks."""

import re

from hodie.timex.frames import Mention
from hodie.timex.grammar import Sequence

_ASIDE = 60
_HEADING = 100
_SENTENCE = 40
_MARKS = r"-–—/,"


def cues_of(
    text: str, sequence: Sequence, index: int, start: int, end: int, profile: str
) -> frozenset[str]:
    """The cues of the expression at element `index`."""
    cues = set()
    if _in_parentheses(sequence.code, index):
        cues.add("aside")
    if _begins_line(text, start) and _in_heading(text, start, end):
        cues.add("heading")
    word = _word_before(sequence, index)
    cue = sequence.language.value("CUE", word) if word else None
    if cue:
        cues.add(str(cue))
    if profile == "news" and (tense := _tense(sequence, index)):
        cues.add(tense)
    return frozenset(cues)


def _in_parentheses(code: str, at: int) -> bool:
    before = code[max(0, at - _ASIDE) : at]
    return before.rfind("(") > before.rfind(")")


def _begins_line(text: str, start: int) -> bool:
    return start == 0 or text[max(0, start - 3) : start].rstrip(" \t")[-1:] in ("", "\n", "\r")


def _in_heading(text: str, start: int, end: int) -> bool:
    """Whether the line of the expression is short and does not end as a sentence does."""
    line = text[start : end + _HEADING].split("\n", 1)[0].rstrip()
    return len(line) < _HEADING - 20 and not line.endswith((".", "!", "?", ";", ",", '"'))


def alone_on_line(text: str, start: int, end: int) -> bool:
    """Whether the line holds this expression and nothing else, as a dateline does."""
    rest = text[end : end + _HEADING].split("\n", 1)[0]
    return _begins_line(text, start) and not rest.strip(" \t\r.|")


def _word_before(sequence: Sequence, index: int) -> str:
    token, words = sequence.firsts[index], sequence.tokens.words
    near = [word for word in words[max(0, token - 2) : token] if not word.isspace()]
    return near[-1].lower() if near else ""


def _tense(sequence: Sequence, index: int) -> str:
    """The tense of the verb nearest to the expression, in its sentence."""
    code, classes = sequence.code, sequence.language.classes
    start = max(
        code.rfind(". ", max(0, index - _SENTENCE), index),
        code.rfind("\n", 0, index),
        index - _SENTENCE,
    )
    stop = code.find(".", index)
    stop = min(stop if stop >= 0 else len(code), index + _SENTENCE)
    will, was = classes["WILL"].first, classes["WAS"].first | classes["PAST"].first
    verbs = [
        (abs(at - index), "will" if code[at] in will else "was")
        for at in range(max(0, start), stop)
        if code[at] in will or code[at] in was
    ]
    return min(verbs)[1] if verbs else ""


def joining(words: "tuple[str, ...]") -> "re.Pattern[str]":
    """What stands between two dates that share a year: a mark, or one of the language's words."""
    return re.compile(rf"\s*(?:[{_MARKS}]|(?:,\s*)?(?:{'|'.join(map(re.escape, words))}))\s*", re.I)


def neighbours(
    text: str, left: Mention, right: Mention, joins: "re.Pattern[str]"
) -> tuple[str, str]:
    """The cues that two expressions next to each other give: to the left one, to the right one."""
    gap = right.start - left.end
    if gap > 24 or gap < 0:
        return "", ""
    between = text[left.end : right.start]
    if left.frame.unit == "T" and left.frame.kind == "date" and _names_day(right):
        ahead = between.endswith(" on ") or between.strip(" ,") == ""
        return ("ahead" if ahead and "." not in between else ""), ""
    apposed = "apposed" if between.strip() in (",", "-", "–", "—", "(") else ""
    return ("joined" if gap <= 12 and joins.fullmatch(between) else ""), apposed


def _names_day(mention: Mention) -> bool:
    return mention.frame.unit in ("D", "N") and not mention.frame.time
