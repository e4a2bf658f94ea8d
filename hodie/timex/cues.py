"""What stands around an expression, as far as resolving it asks."""

import re

from hodie.timex.grammar import Sequence

_LOOK_BACK = 60
_HEADING = 100


def in_parentheses(code: str, at: int) -> bool:
    """Whether an unclosed parenthesis stands shortly before element `at`."""
    before = code[max(0, at - _LOOK_BACK) : at]
    return before.rfind("(") > before.rfind(")")


def begins_line(text: str, start: int) -> bool:
    """Whether nothing stands between the line's beginning and `start`."""
    return start == 0 or text[max(0, start - 3) : start].rstrip(" \t").endswith("\n")


def in_heading(text: str, start: int, end: int) -> bool:
    """Whether the line of the expression is short and ends without a full stop."""
    line_start = max(text.rfind("\n", max(0, start - _HEADING), start) + 1, start - _HEADING)
    line_end = text.find("\n", end, end + _HEADING)
    if line_end < 0:
        line_end = end + _HEADING if len(text) > end + _HEADING else len(text)
    line = text[line_start:line_end].rstrip()
    return len(line) < _HEADING - 20 and not line.endswith((".", "!", "?", ";", ",", '"'))


def words_before(sequence: Sequence, at: int, count: int = 3) -> list[str]:
    """Up to `count` words right before element `at`, nearest first, in lower case."""
    token = sequence.firsts[at]
    words = sequence.tokens.words[max(0, token - 2 * count - 2) : token]
    return [w.lower() for w in reversed(words) if not w.isspace()][:count]


_JOINED = re.compile(r"\s*(?:-|–|—|/|,|(?:,\s*)?(?:and|or|to|until|till|through|und|bis|et|à))\s*")


def joined(text: str, end: int, start: int) -> bool:
    """Whether only a conjunction or dash stands between two expressions."""
    return start - end <= 12 and _JOINED.fullmatch(text, end, start) is not None
