"""What stands around an expression, as far as resolving it asks."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from hodie.timex.frames import Mention
from hodie.timex.grammar import Sequence
from hodie.timex.language import Value

_ASIDE = 60
_HEADING = 100
_SENTENCE = 40
# Elements, blanks among them, between an auxiliary and its participle.
_PLANNED = 6
_CLAUSE_ENDS = (". ", ";", "\n")
_NEAR = 24
# Tokens, blanks among them.
_BESIDE = 20
_APPOSED = (",", "-", "–", "—", "(")


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
    frame = sequence.frames[index]
    if frame.day and frame.month and frame.year is None and _names_calendar(sequence, index):
        cues.add("style")
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


def _names_calendar(sequence: Sequence, index: int) -> bool:
    """Whether a word beside a day says that it is told in some calendar."""
    token, words = sequence.firsts[index], sequence.tokens.words
    known = sequence.language.words.get("STYLEWORD", {})
    return any(word.lower() in known for word in words[max(0, token - _BESIDE) : token + _BESIDE])


def _word_before(sequence: Sequence, index: int) -> str:
    token, words = sequence.firsts[index], sequence.tokens.words
    near = [word for word in words[max(0, token - 2) : token] if not word.isspace()]
    return near[-1].lower() if near else ""


def _tense(sequence: Sequence, index: int) -> str:
    """The tense of the verb nearest to the expression, in its sentence."""
    code = sequence.code
    low, high = max(0, index - _SENTENCE), index + _SENTENCE
    start = max(low, *(code.rfind(mark, low, index) for mark in _CLAUSE_ENDS))
    stops = [at for mark in _CLAUSE_ENDS if (at := code.find(mark, index, high)) >= 0]
    verbs = list(_verbs(sequence, start, min([high, len(code), *stops])))
    nearest = min(((abs(at - index), tense) for at, tense in verbs), default=(0, ""))[1]
    word = _word_before(sequence, index)
    ahead = sequence.language.value("AHEAD", word) if word else None
    if ahead is None:
        return nearest
    if ahead:
        return "will" if ahead == 1 else "was"
    # "Stays shut until Friday", "would be filed by Monday"; but "300 had died by Monday".
    return "will" if not nearest or "will" in {tense for _, tense in verbs} else nearest


def _verbs(sequence: Sequence, start: int, stop: int) -> Iterator[tuple[int, str]]:
    """Each verb between two elements, and whether it looks ahead or back."""
    code, classes = sequence.code, sequence.language.classes
    will, goes = (classes[name].first if name in classes else "" for name in ("WILL", "GOES"))
    now = classes["IS"].first if "IS" in classes else ""
    was = classes["WAS"].first | classes["PAST"].first
    planned = -_PLANNED
    for at in range(max(start, 0), stop):
        if code[at] in will:
            planned = at
            yield at, "will"
        elif code[at] in was and code[at - 2 : at - 1] in now and at > 1:
            continue  # "is closed"
        elif code[at] in was:
            # "will be held": the participle looks where its auxiliary does.
            yield at, "will" if at - planned <= _PLANNED else "was"
        elif code[at] in goes:
            yield at, "will"


class Joins(NamedTuple):
    """What stands between two dates that share a year: a mark, or one of the language's words."""

    any: re.Pattern[str]
    range: re.Pattern[str]
    day: re.Pattern[str]


def joins_of(words: dict[str, Value], on: dict[str, Value]) -> Joins:
    """The joins of a language: a word has 1 if it leads from a range's start to its end."""
    ranging = [re.escape(word) for word, value in words.items() if value]
    both = [re.escape(word) for word in words]
    days = [re.escape(word) for word in on]
    return Joins(
        re.compile(rf"\s*(?:[-–—/,(]|,?\s*(?:{'|'.join(both)}))\s*", re.IGNORECASE),
        re.compile(rf"\s*(?:[-–—]|(?:{'|'.join(ranging)}))\s*", re.IGNORECASE),
        re.compile(rf"(?:[^.]*\s(?:{'|'.join(days)}))?[\s,]*", re.IGNORECASE),
    )


def neighbours(text: str, left: Mention, right: Mention, joins: Joins) -> tuple[set[str], set[str]]:
    """The cues that two expressions next to each other give: to the left one, to the right one."""
    gap = right.start - left.end
    if not 0 <= gap <= _NEAR:
        return set(), set()
    between = text[left.end : right.start]
    if left.frame.unit == "T" and left.frame.kind == "date" and _names_day(right):
        return ({"ahead"} if joins.day.fullmatch(between) else set()), set()
    tests = {"joined": joins.any, "ranged": joins.range}
    found = {cue for cue, test in tests.items() if test.fullmatch(between)}
    return found, {"apposed"} if between.strip() in _APPOSED else set()


def _names_day(mention: Mention) -> bool:
    return mention.frame.unit in ("D", "N") and not mention.frame.time
