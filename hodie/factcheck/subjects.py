"""Who is born, dies or is killed in a sentence: the subject of a verb, the object of another.

Bounded looks to the left and right; where the structure is not plain, nobody is found.
"""

import re

from msgspec import Struct

from hodie.factcheck.reading import Chunk, Reading

_STEPS = 40
_BEHIND_SUBJECT = "xhl"
_PEOPLE = "NPM"


class Place(Struct, frozen=True):
    """Where the subject stands in the string of signs; `plain` if no other could be meant."""

    at: int
    plain: bool


def subject(reading: Reading, verb: int) -> Place | None:
    """Find the subject of the verb at `verb`, across what is put between commas or brackets."""
    at = verb - 1
    for _ in range(_STEPS):
        if at < 0:
            return None
        sign = reading.signs[at]
        if sign in _BEHIND_SUBJECT or (sign == "w" and _is_manner(reading.chunks[at])):
            at -= 1
        elif sign in "NP":
            return _headed(reading, at)
        elif sign == ")":
            opening = reading.opening(at)
            if opening is None:
                return None
            at = opening - 1
        elif sign == "," and at == verb - 1 and _is_named(reading, at - 1):
            return _headed(reading, at - 1)  # "X, born in 1879, ..."
        elif sign == ",":
            return _before_aside(reading, at)
        elif sign == "s" and reading.chunks[at].word == "who":
            return _before_who(reading, at)
        elif sign == "&":
            return _of_verb_before(reading, at)
        else:
            return None
    return None


def _is_named(reading: Reading, at: int) -> bool:
    return at >= 0 and reading.signs[at] == "N" and not _is_fronted(reading, at)


def _before_who(reading: Reading, who: int) -> Place | None:
    """The name that "who" stands for: the one right before it."""
    at = who - 1 - (reading.signs[who - 1 : who] == ",")
    return _headed(reading, at) if _is_named(reading, at) else None


def _is_manner(chunk: Chunk) -> bool:
    return chunk.word.endswith("ly") and len(chunk.word) > 4


def _headed(reading: Reading, at: int) -> Place | None:
    """A name is the subject unless it depends on a word before it: "the wife of X"."""
    before = at - 1
    while before >= 0 and reading.signs[before] in "w":
        before -= 1
    sign = reading.signs[before] if before >= 0 else "."
    if sign == "f" and before == at - 1:
        return None
    if sign == "g" and before == at - 1:
        return None
    joined = sign in "&" or (sign == "," and before > 0 and reading.signs[before - 1] in "NML")
    return Place(at, not joined)


def _before_aside(reading: Reading, comma: int) -> Place | None:
    """Find the name before an aside that ends at `comma`: "X, a writer and critic, died"."""
    closed = -1
    for i in range(comma - 1, max(-1, comma - _STEPS), -1):
        sign = reading.signs[i]
        if sign == ")":
            closed = reading.opening(i) or 0
        if 0 <= closed <= i:
            continue
        if sign in ";:.":
            return None
        if sign != ",":
            continue
        before = i - 1
        if before >= 0 and reading.signs[before] == ")":
            opening = reading.opening(before)
            before = -1 if opening is None else opening - 1
        if before >= 0 and reading.signs[before] in _PEOPLE:
            aside = reading.signs[i + 1 : comma]
            if _is_fronted(reading, before) and aside[:1] in _PEOPLE:
                return None
            if reading.signs[before] == "M":
                return None
            headed = _headed(reading, before)
            return headed and Place(before, headed.plain and not _is_clause(aside))
    # "On 21 August, X died": no aside at all.
    return None


def _is_fronted(reading: Reading, at: int) -> bool:
    """Whether nothing but "In" or "At" stands before a name, so that it may be a place."""
    return at > 0 and reading.signs[at - 1] == "o"


def _is_clause(aside: str) -> bool:
    """Whether an aside tells more than what somebody is; then a verb in it may be the main one."""
    bare = re.sub(r"\([^()]*\)", "", aside)
    return bare[:1] != "s" and not set(bare).isdisjoint("xvdkbh")


def _of_verb_before(reading: Reading, joint: int) -> Place | None:
    """Find the subject that "... was born in X and died" shares with the verb before."""
    verb = reading.previous(joint, "bdkvxsh;:.")
    if verb is None or reading.signs[verb] in "s;:.":
        return None
    shared = subject(reading, verb)
    if shared is None or (reading.signs[verb] == "k" and not _is_of_subject(reading, verb)):
        return None
    between = reading.signs[verb + 1 : joint]
    return Place(shared.at, shared.plain and "(" not in between)


def _is_of_subject(reading: Reading, verb: int) -> bool:
    """Whether a killing is done to its subject: "was shot", "shot himself"."""
    behind = reading.chunks[verb + 1].word if verb + 1 < len(reading.chunks) else ""
    return behind in ("himself", "herself") or is_passive(reading, verb)


def victim(reading: Reading, verb: int) -> Place | None:
    """Find who is killed by the verb at `verb`: its subject in the passive, else its object."""
    if is_passive(reading, verb):
        return subject(reading, verb)
    for i in range(verb + 1, min(verb + 9, len(reading.signs))):
        sign = reading.signs[i]
        if sign == "N":
            behind = reading.signs[i + 1 : i + 2]
            # "killed Trotsky's guard", "killed Trotsky and his guard"
            return None if behind in ("g",) else Place(i, behind != "&")
        if sign not in "w,":
            return None
    return None


def is_passive(reading: Reading, verb: int) -> bool:
    """Whether a form of "be" stands before a verb, or it begins the sentence or an aside."""
    at = verb - 1
    while at >= 0 and (reading.signs[at] in "l" or _is_manner(reading.chunks[at])):
        at -= 1
    if reading.signs[max(at - 1, 0) : at + 1] in ("v&", "w&", "k&"):
        return is_passive(reading, at - 1)  # "was shot and killed"
    return at >= 0 and reading.signs[at] == "x"


def date_after(reading: Reading, verb: int, *, reach: int = 18) -> int | None:
    """Find the date that a verb takes behind it: "was born in Yanovka, Ukraine, on ..."."""
    for i in range(verb + 1, min(verb + reach, len(reading.signs))):
        sign = reading.signs[i]
        if sign == "T":
            return i
        if sign == "a" and reading.chunks[i].word == "by":
            continue  # "was killed by X on ..."
        if sign not in "wNLMV,ofAPGgl().&":
            return None
        if sign == "." and i > verb + 1:
            return None
        if sign == "&" and _goes_on(reading, i):
            return None
    return None


def _goes_on(reading: Reading, joint: int) -> bool:
    """Whether another clause follows "and"."""
    ahead = reading.signs[joint + 1 : joint + 4].lstrip("lhw")
    return ahead[:1] in tuple("vdkbxP")


def date_before(reading: Reading, subject: int) -> int | None:
    """Find the date that opens the clause of a subject: "On 7 November 1879, in Yanovka, X"."""
    at = subject - 1
    for _ in range(_STEPS):
        if at < 0:
            return None
        sign = reading.signs[at]
        if (
            sign == "s"
            and reading.chunks[at].word == "that"
            and at
            and reading.signs[at - 1] == "T"
        ):
            return at - 1  # "It was on 4 July 1934 that X died"
        if sign == "T":
            return at if _opens(reading, at) else None
        if sign not in "wo,Ll:-A":
            return None
        at -= 1
    return None


def _opens(reading: Reading, date: int) -> bool:
    at = date - 1
    for _ in range(4):
        if at < 0 or reading.signs[at] in ";:s":
            return True
        if reading.signs[at] not in "ow,&l":
            return False
        at -= 1
    return at < 0
