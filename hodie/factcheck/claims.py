"""What a sentence claims of lives and events: which words tie whom to which date."""

import re
from collections.abc import Iterator

from msgspec import Struct

from hodie.factcheck.names import Mention
from hodie.factcheck.reading import Chunk, Reading
from hodie.factcheck.subjects import (
    Place,
    date_after,
    date_before,
    is_passive,
    subject,
    victim,
)
from hodie.timex import Timex

# X (1879-1940), X (née Y; Warsaw, 7 November 1867 - Passy, 4 July 1934); (born 1 May 1879, died
# 1940) is found by its words.
_LIFE = re.compile(r"([NP])\(([wfoTNLM,;.]{0,14}?T)[,oLM]{0,4}-([wfoNLM,]{0,6}T)[,oLM]{0,4}\)")
# X, Russian theorist (b. 1879); X (born in Yanovka, 1879)
_IN_BRACKETS = re.compile(
    r"([NP])(?:,[^;:.(]{1,24}?)?\([^()]{0,12}?([bd])(?:\.|o)?[wNLMo,]{0,6}?(T)"
)
_NOUN = re.compile(r"([DB])f[wh]{0,3}(N)(?:\([^()]{0,20}\))?(?:o[wLMNV]{1,3},?)?,?[xev]?,?o?w?(T)")
_OWN_NOUN = re.compile(r"(?:(N)g|(G))w?([DB])(?:o[wLMNV]{1,3},?)?,?[xev]?,?o?w?(T)")
_BORN_FIRST = re.compile(r"(?:^|[,;:])([b])([wLMNVo,&]{0,12}?T[wLMVo]{0,6}),w{0,6}([NP])")
_BORN_LIST = re.compile(r"([bd])o?(T):w{0,4}(N)")
# The Battle of Hastings (14 October 1066); ... on 14 October 1066; ... was fought in Sussex on ...
_EVENT = re.compile(
    r"(V)(?:\([^()T]{0,12}\))?(?:"
    r"\(o?w?(?P<a>T)\)|,?o(?P<b>T)|,?(?:x|h)?l?(?P<verb>e)[wLMNo,]{0,10}?(?P<c>T))"
)
_FRONTED_EVENT = re.compile(
    r"(?:^|[;:]|s)l?o?(?P<a>T),?[wo,LMN:f]{0,12}?(?P<v>V)(?:,?(?:x|h)?l?(?P<verb>e)|[.]?$)"
)
_OPENING_EVENT = re.compile(r"^l?o?(?P<a>T)[,:](?:V:)?[ow]{0,3}(?P<v>V)(?!g)(?P<after>x?l?v?)")
# On 27 June 1760, warriors defeat a British force at the Battle of Echoee ...
_EVENT_WITHIN = re.compile(r"^l?o?(?P<a>T)[,:][^TU;:]{1,60}?o(?P<v>V)")
_ORDER = re.compile(r"(N)x?(?P<verb>[dbk])(?P<word>[a])w?([NV])")
_EVENT_ORDER = re.compile(r"(V)x?[evw]?[wv]{0,2}a?w?(V)")
_ORDERS = {"before": "before", "after": "after", "preceded": "before", "followed": "after"}
_LIVES = {
    "outlived": ("death", "after"), "survived": ("death", "after"),
    "predeceased": ("death", "before"), "older": ("birth", "before"),
    "younger": ("birth", "after"),
}  # fmt: skip
_EVENT_PLACE = re.compile(r"(V)x?(?P<verb>e)w?o?w?(L)")
_LIFE_PLACE = re.compile(r"(?P<verb>[bd])o(L)")
# "X was 60 when he died", "X was 60 at his death"
_AGE_FIRST = re.compile(r"([NP])x?(A)(?:sP?x?([dk])|[oa]?G?w{0,3}([D]))")
# "He was 60.", after a sentence that tells of his death
_AGE_ALONE = re.compile(r"^([NP])x?(A)[.]?$")
_TENURES = frozenset(
    {"active", "reign", "reigned", "ruled", "r", "fl", "flourished", "served", "term", "office",
     "president", "king", "queen", "pope", "emperor", "minister", "governor", "chairman", "from",
     "since", "played", "captain", "premier", "member"}
)  # fmt: skip
_SHOT = ("shot", "stabbed", "poisoned")
_AGE_REACH = 10


class Tie(Struct, frozen=True):
    """A claim as found: what ties a mention to a date or an age, and how plainly.

    `who` is the place of a name or pronoun, `dates` the places of the dates: one, or for a life
    the birth and the death.
    """

    kind: str
    who: int
    plain: bool
    date: int | None = None
    age: int | None = None
    verb: int | None = None
    other: int | None = None
    order: str = ""


def ties(reading: Reading) -> list[Tie]:
    """Find all claims of a sentence, each date once for a kind."""
    found: dict[tuple[str, int | None, int | None], Tie] = {}
    if reading.has("TA"):
        for tie in (
            *_lives(reading),
            *_in_brackets(reading),
            *_by_verbs(reading),
            *_ages_first(reading),
            *_by_nouns(reading),
            *_events(reading),
        ):
            found.setdefault((tie.kind, tie.date, tie.age), tie)
    for tie in (*_orders(reading), *_places(reading)):
        found.setdefault((tie.kind, tie.who, tie.other), tie)
    return list(found.values())


def _lives(reading: Reading) -> Iterator[Tie]:
    for match in _LIFE.finditer(reading.signs):
        for kind, group in (("birth", 2), ("death", 3)):
            place = reading.signs.index("T", match.start(group), match.end(group))
            if _is_tenure(reading, match.start(1), match.end()):
                continue
            yield Tie(f"life-{kind}", match.start(1), True, date=place)


def _is_tenure(reading: Reading, start: int, end: int) -> bool:
    """Whether two years in brackets are those of an office or of work, by a word beside them."""
    return any(chunk.word in _TENURES for chunk in reading.chunks[start:end])


def _in_brackets(reading: Reading) -> Iterator[Tie]:
    for match in _IN_BRACKETS.finditer(reading.signs):
        kind = "birth" if match[2] == "b" else "death"
        aside = reading.signs[match.start(1) + 1 : match.start(2)]
        plain = "N" not in aside and not aside.split("(")[0].endswith("M")
        headed = match.start(1) == 0 or reading.signs[match.start(1) - 1] not in "fg&"
        yield Tie(kind, match.start(1), plain and headed, date=match.start(3))


def _by_verbs(reading: Reading) -> Iterator[Tie]:
    signs = reading.signs
    for at, sign in enumerate(signs):
        if sign not in "bdk" or _is_denied(reading, at) or _in_bracket(reading, at):
            continue
        if sign == "k":
            yield from _at_verb(reading, _killing(reading, at), victim(reading, at), at)
        else:
            kind = "birth" if sign == "b" else "death"
            yield from _at_verb(reading, kind, subject(reading, at), at)
    for pattern in (_BORN_FIRST, _BORN_LIST):
        for match in pattern.finditer(signs):
            kind = "birth" if match[1] == "b" else "death"
            place = signs.index("T", match.start(2), match.end(2))
            yield Tie(kind, match.start(3), True, date=place, verb=match.start(1))


def _killing(reading: Reading, at: int) -> str:
    """A killing, or an attack that may not have been deadly."""
    behind = reading.signs[at + 1 : at + 3]
    deadly = "k" in behind or reading.chunks[min(at + 1, len(reading.chunks) - 1)].word == "dead"
    return "attack" if reading.chunks[at].word in _SHOT and not deadly else "killing"


def _at_verb(reading: Reading, kind: str, place: Place | None, verb: int) -> Iterator[Tie]:
    if place is None:
        return
    date = date_after(reading, max(verb, place.at))
    plain = place.plain
    if date is None or _is_beside(reading, date):
        fronted = date_before(reading, _first(reading, place, verb))
        date = fronted if date is None else None
    if date is not None:
        yield Tie(kind, place.at, plain, date=date, verb=verb)
    if kind != "birth":
        yield from _ages(reading, place, verb)


def _ages_first(reading: Reading) -> Iterator[Tie]:
    for match in _AGE_FIRST.finditer(reading.signs):
        verb = match.start(3) if match[3] else match.start(4)
        who = _headed_name(reading, match.start(1))
        if who is not None and reading.chunks[verb].word != "birth":
            yield Tie("age", who.at, who.plain, age=match.start(2), verb=verb)
    alone = _AGE_ALONE.match(reading.signs)
    if alone is not None:
        yield Tie("age-alone", alone.start(1), True, age=alone.start(2))


def _headed_name(reading: Reading, at: int) -> Place | None:
    """The subject of "was" behind a name."""
    return subject(reading, at + 1)


def _first(reading: Reading, place: Place, verb: int) -> int:
    """Where a clause begins whose date may stand before it: at the subject of the verb."""
    if place.at < verb:
        return place.at
    killer = subject(reading, verb)
    return place.at if killer is None else killer.at


def _ages(reading: Reading, place: Place, verb: int) -> Iterator[Tie]:
    first, last = min(place.at, verb), max(place.at, verb) + _AGE_REACH
    for at in range(first, min(last, len(reading.signs))):
        sign = reading.signs[at]
        if sign == "A":
            yield Tie("age", place.at, place.plain, age=at, verb=verb)
            return
        if at > max(place.at, verb) and sign in "vxbdk;:s&":
            return


def _is_denied(reading: Reading, verb: int) -> bool:
    """Whether "not", "nearly", "may" and the like stand before a verb in its clause."""
    for at in range(verb - 1, max(-1, verb - 6), -1):
        if reading.signs[at] == "!":
            return True
        if reading.signs[at] in ";:.,":
            return False
    return False


def _is_beside(reading: Reading, date: int) -> bool:
    return date > 0 and reading.signs[date - 1] == "a"


def _in_bracket(reading: Reading, at: int) -> bool:
    depth = reading.signs[:at].count("(") - reading.signs[:at].count(")")
    return depth > 0


def _by_nouns(reading: Reading) -> Iterator[Tie]:
    signs = reading.signs
    for match in _NOUN.finditer(signs):
        yield Tie(_noun_kind(reading, match.start(1)), match.start(2), True, date=match.start(3))
    for match in _OWN_NOUN.finditer(signs):
        who = match.start(1) if match[1] else match.start(2)
        yield Tie(_noun_kind(reading, match.start(3)), who, True, date=match.start(4))


def _noun_kind(reading: Reading, at: int) -> str:
    if reading.signs[at] == "B":
        return "birth"
    return "death" if reading.chunks[at].word == "death" else "killing"


def _events(reading: Reading) -> Iterator[Tie]:
    for match in _EVENT.finditer(reading.signs):
        date = max(match.start("a"), match.start("b"), match.start("c"))
        verb = match.start("verb") if match["verb"] else None
        plain = match["b"] is None or _is_bare(reading, match.start(1))
        plain = plain and _takes_place(reading, verb)
        yield Tie("event", match.start(1), plain, date=date, verb=verb)
    for match in _FRONTED_EVENT.finditer(reading.signs):
        verb = match.start("verb") if match["verb"] else None
        plain = _is_bare(reading, match.start("v")) and _takes_place(reading, verb)
        yield Tie("event", match.start("v"), plain, date=match.start("a"), verb=verb)
    opening = _OPENING_EVENT.match(reading.signs)
    if opening and not _is_memory(reading, opening.start("after"), opening.end("after")):
        yield Tie("event", opening.start("v"), False, date=opening.start("a"))
    for match in _EVENT_WITHIN.finditer(reading.signs):
        if not _is_memory(reading, 0, len(reading.chunks)):
            yield Tie("event", match.start("v"), False, date=match.start("a"))


def _is_bare(reading: Reading, event: int) -> bool:
    """Whether an event is no object: "the Battle of X", "at the X", not "ratified the X"."""
    before = reading.signs[:event]
    return re.search(r"(?:^|[,;:.soa&T(])w?$", before) is not None


def _takes_place(reading: Reading, verb: int | None) -> bool:
    """Whether a verb says that an event happened; one may also "take effect" or "pass into"."""
    if verb is None or not reading.chunks[verb].word.startswith(("took", "take", "pass", "broke")):
        return True
    behind = reading.chunks[verb + 1].word if verb + 1 < len(reading.chunks) else ""
    return behind in ("place", "out")


def _is_memory(reading: Reading, start: int, end: int) -> bool:
    """Whether an event is only remembered: "was commemorated", "is celebrated"."""
    words = (chunk.word for chunk in reading.chunks[start:end])
    return any(
        word.startswith(("commemor", "rememb", "celebrat", "mark", "hono")) for word in words
    )


def _orders(reading: Reading) -> Iterator[Tie]:
    """What came first: "X died before Y", "X outlived Y", "X was older than Y", "V preceded W"."""
    for match in _ORDER.finditer(reading.signs):
        word = reading.chunks[match.start("word")].word
        kind = "birth" if match["verb"] == "b" else "death"
        if word in ("before", "after"):
            yield _order(kind, match.start(1), match.start("verb"), match.end() - 1, word)
    for match in _EVENT_ORDER.finditer(reading.signs):
        words = [chunk.word for chunk in reading.chunks[match.end(1) : match.start(2)]]
        order = next((_ORDERS[word] for word in reversed(words) if word in _ORDERS), "")
        if order:
            yield _order("event", match.start(1), match.end(1), match.start(2), order)
    for at, chunk in enumerate(reading.chunks):
        if chunk.word in _LIVES and reading.signs[at - 1 : at] in ("N", "x"):
            yield from _order_of_lives(reading, at, *_LIVES[chunk.word])


def _order_of_lives(reading: Reading, at: int, kind: str, order: str) -> Iterator[Tie]:
    who = at - 1 if reading.signs[at - 1] == "N" else at - 2
    other = at + 1 + (reading.chunks[min(at + 1, len(reading.chunks) - 1)].word == "than")
    if who >= 0 and reading.signs[who] == "N" and reading.signs[other : other + 1] == "N":
        yield _order(kind, who, at, other, order)


def _order(kind: str, who: int, verb: int, other: int, word: str) -> Tie:
    return Tie(f"order-{kind}", who, True, verb=verb, other=other, order=word)


def _places(reading: Reading) -> Iterator[Tie]:
    """Where: "the Battle of X was fought in Y", "X was born in Y"."""
    for match in _EVENT_PLACE.finditer(reading.signs):
        if _takes_place(reading, match.start("verb")):
            yield Tie(
                "place-event", match.start(1), True, verb=match.start("verb"), other=match.end() - 1
            )
    for match in _LIFE_PLACE.finditer(reading.signs):
        verb = match.start("verb")
        who = subject(reading, verb)
        if who is not None and not _is_denied(reading, verb):
            kind = "place-birth" if match["verb"] == "b" else "place-death"
            yield Tie(kind, who.at, who.plain, verb=verb, other=match.end() - 1)


def timex_of(reading: Reading, tie: Tie) -> Timex | None:
    """The time expression that a claim stands on."""
    return None if tie.date is None else reading.chunks[tie.date].timex


def mention_of(chunk: Chunk) -> Mention | None:
    """The name that a claim stands on; None for a pronoun."""
    return chunk.mention


__all__ = ["Tie", "is_passive", "mention_of", "ties", "timex_of"]
