"""Names in prose, and the entities of the almanac that they may mean."""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from hodie.almanac import Almanac, Entity
from hodie.almanac.folding import words
from hodie.factcheck.lexicon import Lexicon
from hodie.factcheck.prose import Token

LONGEST = 9
"""Words of a name. The almanac's search looks at eight; a ninth may be a particle."""

CANDIDATES = 60
"""How many that share a name are told apart. A name with more is nobody's in particular."""

MOST_LOOKUPS = 50_000
"""Names of one text that are looked up, so that no text takes hours."""

FAMOUS = 0.35
"""The weight from which a surname alone may mean its bearer, if there is no other such."""

_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_ROMAN = re.compile(r"x{0,2}(?:i{1,3}|i?[vx]|vi{1,3})")


class Mention(Struct, frozen=True):
    """A name at its place, and whom it may mean, the best known first.

    Nobody: a name that the almanac does not have. `sure` says that the name is a full one, that
    one entity bears it, and that no other is known to exist.
    """

    start: int
    end: int
    text: str
    candidates: tuple[Entity, ...] = ()
    sure: bool = False

    @property
    def entity(self) -> Entity | None:
        """The only candidate, if there is just one."""
        return self.candidates[0] if len(self.candidates) == 1 else None

    @property
    def sign(self) -> str:
        """N: of a person; V: of an event; L: of something else; M: of nobody known."""
        if not self.candidates:
            return "M"
        kinds = {each.kind for each in self.candidates}
        if "person" in kinds:
            return "N"
        return "V" if "event" in kinds else "L"


class Names:
    """Finds names, and remembers whom the text has introduced.

    Names are looked up by the almanac's search, so nothing is loaded however large it is.
    """

    def __init__(self, almanac: Almanac, lexicon: Lexicon) -> None:
        self._almanac, self._lexicon = almanac, lexicon
        self._found: dict[str, tuple[tuple[Entity, ...], bool]] = {}
        self._introduced: dict[str, dict[str, Entity]] = {}

    def mentions(self, found: Sequence[Token]) -> list[Mention]:
        """Find the names among the tokens of a sentence, in order."""
        mentions: list[Mention] = []
        for first, last in self._spans(found):
            mentions += self._split(found[first:last])
        return mentions

    def forget(self) -> None:
        """Begin a new text: nobody has been introduced."""
        self._introduced.clear()

    # Spans of capitalised words

    def _spans(self, found: Sequence[Token]) -> Iterator[tuple[int, int]]:
        """Yield where capitalised words stand together, joined by particles."""
        at, size = 0, len(found)
        while at < size:
            if not _is_capital(found[at]):
                at += 1
                continue
            end = at + 1
            while (step := self._step(found, end)) > 0:
                end += step
            if end < size and found[end].word in self._lexicon.nouns:
                end += 1
            yield at, end
            at = end

    def _step(self, found: Sequence[Token], at: int) -> int:
        """Return by how many tokens a name goes on at `at`: past particles to the next capital."""
        for ahead in range(4):
            if at + ahead >= len(found):
                return 0
            token = found[at + ahead]
            if _is_capital(token) or (ahead == 0 and token.word == "'s" and _is_near(found, at)):
                return ahead + 1
            if not (token.word in self._lexicon.particles or token.text in "'’&"):
                return 0
        return 0

    # Which of their parts are names

    def _split(self, span: Sequence[Token]) -> list[Mention]:
        """Cut a span into names that the almanac knows, the longest first, and the rest."""
        mentions: list[Mention] = []
        at, rest = 0, 0
        while at < len(span):
            size, mention = self._longest(span, at)
            if mention is None:
                at += 1
                continue
            mentions += self._unknown(span[rest:at])
            mentions.append(mention)
            at = rest = at + size
        return mentions + self._unknown(span[rest:])

    def _longest(self, span: Sequence[Token], at: int) -> tuple[int, Mention | None]:
        if not _is_capital(span[at]):
            return 0, None
        for size in range(min(LONGEST, len(span) - at), 0, -1):
            part = span[at : at + size]
            if part[-1].word in self._lexicon.particles or part[-1].word == "'s":
                continue
            candidates, sure = self._lookup(part)
            if candidates:
                return size, _mention(part, candidates, sure)
        return 0, None

    def _unknown(self, rest: Sequence[Token]) -> list[Mention]:
        """What is left of a span: somebody whom the almanac does not know, unless plain words."""
        names = [token for token in rest if _is_capital(token)]
        if not names or all(token.word.rstrip(".") in self._lexicon.plain for token in names):
            return []
        return [_mention([names[0], names[-1]], (), False)]

    # Lookups

    def _lookup(self, part: Sequence[Token]) -> tuple[tuple[Entity, ...], bool]:
        phrase = " ".join(token.text for token in part)
        if len(part) == 1 and part[0].word in self._lexicon.plain:
            return (), False
        own = self._introduced.get(" ".join(words(phrase)))
        if own:
            return tuple(own.values()), len(own) == 1
        if phrase not in self._found:
            if len(self._found) >= MOST_LOOKUPS:
                return (), False
            self._found[phrase] = self._search(phrase)
        candidates, sure = self._found[phrase]
        if sure and len(candidates) == 1:
            self._introduce(candidates[0])
        return candidates, sure

    def _introduce(self, entity: Entity) -> None:
        """Let a person's surname mean that person from here on."""
        parts = words(entity.name)
        if entity.kind == "person" and len(parts) > 1:
            last = parts[-2] if parts[-1] in _SUFFIXES else parts[-1]
            self._introduced.setdefault(last, {})[entity.id] = entity

    def _search(self, phrase: str) -> tuple[tuple[Entity, ...], bool]:
        wanted = words(phrase)
        if not wanted or (len(wanted) == 1 and len(wanted[0]) < 3):
            return (), False
        hits = self._almanac.search(phrase, limit=CANDIDATES)
        entities = [hit.entity for hit in hits if hit.entity is not None]
        if len(wanted) == 1:
            return _by_one_word(entities, wanted[0])
        return _by_name(entities, wanted)


def _mention(part: Sequence[Token], candidates: tuple[Entity, ...], sure: bool) -> Mention:
    text = " ".join(token.text for token in part)
    return Mention(part[0].start, part[-1].end, text, candidates, sure)


def _is_capital(token: Token) -> bool:
    return token.text[0].isupper()


def _is_near(found: Sequence[Token], at: int) -> bool:
    """Tell the "'s" within a name, as in Queen Anne's War, from one behind it."""
    return at + 1 < len(found) and _is_capital(found[at + 1])


def _by_name(entities: list[Entity], wanted: list[str]) -> tuple[tuple[Entity, ...], bool]:
    """Take those of just this name; else those who bear more names, or a number, beside it."""
    exact = [each for each in entities if words(each.name) == wanted]
    if exact:
        return tuple(exact), len(exact) == 1 and not _is_told_apart(exact[0])
    close = [each for each in entities if _is_fuller(words(each.name), wanted, each.kind)]
    return tuple(close), len(close) == 1 and not _is_told_apart(close[0])


def _is_fuller(name: list[str], wanted: list[str], kind: str | None) -> bool:
    """Tell whether a name is `wanted` and more: middle names, Jr., "of England"."""
    if kind != "person":
        return False
    rest = name[len(wanted) :]
    if name[: len(wanted)] == wanted:
        regnal = _ROMAN.fullmatch(wanted[-1]) is not None and rest[:1] == ["of"]
        return set(rest) <= _SUFFIXES or regnal
    ends = [name[0], name[-2] if name[-1] in _SUFFIXES else name[-1]]
    return ends == [wanted[0], wanted[-1]] and set(wanted) <= set(name)


def _is_told_apart(entity: Entity) -> bool:
    """Whether the title of its article tells an entity from others of its name."""
    return "(" in (entity.wikipedia or "")


def _by_one_word(entities: list[Entity], wanted: str) -> tuple[tuple[Entity, ...], bool]:
    """Take what is called just so; else the persons of that surname, one if one alone is famous."""
    exact = [each for each in entities if words(each.name) == [wanted]]
    people = [each for each in entities if each.kind == "person" and words(each.name)[-1] == wanted]
    if exact and not any(each.weight > exact[0].weight for each in people):
        return tuple(exact), False
    famous = [each for each in people if each.weight >= FAMOUS]
    if len(famous) == 1:
        return tuple(famous), False
    return tuple(people), False
