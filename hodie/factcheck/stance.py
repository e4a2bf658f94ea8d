"""How sure the prose is of what it says: asserted, hedged, attributed, denied or disputed."""

import re

from msgspec import Struct

from hodie.factcheck.lexicon import Lexicon
from hodie.factcheck.model import Certainty
from hodie.factcheck.prose import Sentence

_ACCORDING = re.compile(r"\baccording\sto\s([^,;.]{1,80})", re.IGNORECASE)
_SPEAKER = re.compile(r"(?:^|[,;]\s|\b(?:but|and|that|while)\s)([^,;]{1,60}?)\s$", re.IGNORECASE)
_HAVE = re.compile(r"\b(?:has|have|had|also|later|then|is|was|are|were)\s*$", re.IGNORECASE)


# How far before a claim what hedges it may stand.
_BEFORE = 160


class Stance(Struct, frozen=True):
    """A certainty, the word that shows it, and whose it is: who says so, or who denies it."""

    certainty: Certainty = "asserted"
    word: str = ""
    by: str = ""


def stance_of(text: str, start: int, end: int, sentence: Sentence, lexicon: Lexicon) -> Stance:
    """Say how sure a sentence is of the words between `start` and `end`.

    What hedges stands in the words themselves or in the clause before them.
    """
    opening = max(text.rfind(mark, sentence.start, start) for mark in ";:")
    return clause_stance(text, max(opening + 1, sentence.start, start - _BEFORE), end, lexicon)


def clause_stance(text: str, start: int, end: int, lexicon: Lexicon) -> Stance:
    """Say how sure the clause between `start` and `end` is.

    >>> from hodie.factcheck.lexicon import load
    >>> clause = "but the Soviets denied any involvement"
    >>> clause_stance(clause, 0, len(clause), load("en"))
    Stance(certainty='denied', word='denied', by='the Soviets')
    """
    clause = text[start:end]
    if match := lexicon.disputed.search(clause):
        return Stance("disputed", match[0])
    if match := lexicon.denied.search(clause) or lexicon.negated.search(clause):
        return Stance("denied", match[0], _speaker(clause[: match.start()]))
    if match := _ACCORDING.search(clause):
        return Stance("attributed", "according to", match[1].strip())
    if match := lexicon.hedged.search(clause):
        return Stance("hedged", match[0])
    if match := lexicon.attributing.search(clause):
        return _attributed(clause, match)
    return Stance()


def _attributed(clause: str, match: re.Match[str]) -> Stance:
    """Take "X said that ..." and "..., X said" for a report, "the war was reported" for none."""
    behind = clause[match.end() :].lstrip()
    tells = (
        behind.startswith(("that ", "the ", "he ", "she ", "they ", "it ", "to have "))
        or not behind
    )
    if not tells or _HAVE.search(clause[: match.start()]):
        return Stance()
    return Stance("attributed", match[0], _speaker(clause[: match.start()]))


def _speaker(before: str) -> str:
    """The words right before a verb of saying, as far as the last mark."""
    match = _SPEAKER.search(before)
    return re.sub(r"^(?:but|and|that|while)\s", "", match[1]).strip() if match else ""
