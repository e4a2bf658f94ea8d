"""Names in prose, and the entities of the almanac that they may mean."""

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

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

_INNER_MARKS = frozenset(",'’&-–")
_ADJECTIVES = ("an", "ish", "ese", "ic", "french", "greek", "dutch", "swiss", "czech", "thai")
_END = Token(0, 0, "", "")
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
_TITLES = frozenset(
    {"fils", "père", "pere", "earl", "count", "duke", "baron", "marquis", "viscount", "comte"}
)
_ROMAN = re.compile(r"x{0,2}(?:i{1,3}|i?[vx]|vi{1,3})")


class Mention(Struct, frozen=True):
    """A name at its place, and whom it may mean, the best known first.

    Nobody: a name that the almanac does not have. `sure` says that the name is a full one, that
    one entity bears it, and that no other is known to exist; `weak`, that one word is all that
    speaks for somebody whom the text has not introduced.
    """

    start: int
    end: int
    text: str
    candidates: tuple[Entity, ...] = ()
    sure: bool = False
    weak: bool = False

    @property
    def entity(self) -> Entity | None:
        """The only candidate, if there is just one."""
        return self.candidates[0] if len(self.candidates) == 1 else None

    @property
    def likely(self) -> Entity | None:
        """The only candidate, unless one word is all that speaks for somebody hardly known."""
        one = self.entity
        if one is None or self.sure or " " in self.text or one.weight >= FAMOUS:
            return one
        return None

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
        self._introduced: dict[str, tuple[dict[str, Entity], bool]] = {}

    def mentions(self, found: Sequence[Token]) -> list[Mention]:
        """Find the names among the tokens of a sentence, in order."""
        mentions: list[Mention] = []
        for first, last in self._spans(found):
            mentions += self._split(found[first:last], found[last : last + 2])
        return mentions

    def forget(self) -> None:
        """Begin a new text: nobody has been introduced."""
        self._introduced.clear()

    # Spans of capitalised words

    def _spans(self, found: Sequence[Token]) -> Iterator[tuple[int, int]]:
        """Yield where capitalised words stand together, joined by particles, commas and numbers."""
        at, size = 0, len(found)
        while at < size:
            if not _is_capital(found[at]):
                at += 1
                continue
            start = at - 1 if at and _is_year(found[at - 1]) else at
            end = at + 1
            while (step := self._step(found, end)) > 0:
                end += step
            end += self._nouns(found, end)
            yield start, end
            at = end

    def _step(self, found: Sequence[Token], at: int) -> int:
        """Return by how many tokens a name goes on at `at`: past particles to the next capital."""
        for ahead in range(4):
            if at + ahead >= len(found):
                return 0
            token = found[at + ahead]
            if _is_capital(token) or token.text[0].isdecimal():
                return ahead + 1
            if token.text in _INNER_MARKS or token.word == "'s":
                if ahead == 0 and at + 1 < len(found) and _is_capital(found[at + 1], ordinals=True):
                    return 2
                return 0
            if token.word not in self._lexicon.particles:
                return 0
        return 0

    def _nouns(self, found: Sequence[Token], at: int) -> int:
        """Count the small words that end the name of an event: "mortar attack", "siege"."""
        for ahead in range(2):
            if at + ahead < len(found) and found[at + ahead].word in self._lexicon.nouns:
                return ahead + 1
        return 0

    # Which of their parts are names

    def _split(self, span: Sequence[Token], behind: Sequence[Token]) -> list[Mention]:
        """Cut a span into names that the almanac knows, the longest first, and the rest."""
        mentions: list[Mention] = []
        at, rest = 0, 0
        while at < len(span):
            size, mention = self._longest(span, at, behind)
            if mention is None:
                at += 1
                continue
            if size == 1 and self._is_named_before(span[:at]) and mention.sign == "N":
                # "Bob Einstein" is no Einstein that is known.
                if mentions and at == rest and _is_one_person(mentions[-1]):
                    rest = at - 1
                    mentions.pop()
                at += 1
                continue
            mentions += self._unknown(span[rest:at])
            mentions.append(mention)
            at = rest = at + size
        return mentions + self._unknown(span[rest:])

    def _is_named_before(self, before: Sequence[Token]) -> bool:
        """Whether another name stands right before, which is no title."""
        return bool(before) and _is_capital(before[-1]) and not self._is_plain(before[-1])

    def _longest(
        self, span: Sequence[Token], at: int, behind: Sequence[Token]
    ) -> tuple[int, Mention | None]:
        if not (_is_capital(span[at]) or _is_year(span[at])):
            return 0, None
        for size in range(min(LONGEST, len(span) - at), 0, -1):
            part = span[at : at + size]
            last = part[-1]
            if last.word in self._lexicon.particles or not last.text[0].isalnum():
                continue
            if size == 1 and not _is_capital(last):
                continue
            candidates, sure = self._lookup(part)
            if candidates:
                sure = sure and not _is_titled([*span[at + size :], *behind])
                return size, self._known(part, candidates, sure)
        return 0, None

    def _known(self, part: Sequence[Token], candidates: tuple[Entity, ...], sure: bool) -> Mention:
        mention = _mention(part, candidates, sure)
        told = " ".join(words(mention.text)) in self._introduced
        weak = len(part) == 1 and len(candidates) > 1 and not told
        return replace(mention, weak=weak) if weak else mention

    def _unknown(self, rest: Sequence[Token]) -> list[Mention]:
        """What is left of a span: people whom the almanac does not know, unless plain words."""
        mentions: list[Mention] = []
        group: list[Token] = []
        for token in [*rest, _END]:
            if token.text and token.text not in _INNER_MARKS:
                group.append(token)
                continue
            names = [each for each in group if _is_capital(each)]
            if names and not all(self._is_plain(each) for each in names):
                mentions.append(_mention([names[0], names[-1]][: len(names)], (), False))
                self._hide(names)
            group = []
        return mentions

    def _is_plain(self, token: Token) -> bool:
        """Whether a capital is no sign of a name: "The", "American", "Danish-American"."""
        parts = token.word.rstrip(".").split("-")
        return all(part in self._lexicon.plain or part.endswith(_ADJECTIVES) for part in parts)

    def _hide(self, names: Sequence[Token]) -> None:
        """Let the surname of somebody unknown mean nobody else from here on."""
        if len(names) > 1:
            self._introduced.setdefault(" ".join(words(names[-1].text)), ({}, False))

    # Lookups

    def _lookup(self, part: Sequence[Token]) -> tuple[tuple[Entity, ...], bool]:
        phrase = " ".join(token.text for token in part)
        if len(part) == 1 and part[0].word in self._lexicon.plain:
            return (), False
        own = self._introduced.get(" ".join(words(phrase))) if len(part) == 1 else None
        if own is not None:
            return tuple(own[0].values()), own[1] and len(own[0]) == 1
        if phrase not in self._found:
            if len(self._found) >= MOST_LOOKUPS:
                return (), False
            self._found[phrase] = self._search(phrase)
        candidates, sure = self._found[phrase]
        if len(part) > 1:
            self._introduce(candidates, sure)
        return candidates, sure

    def _introduce(self, candidates: Sequence[Entity], sure: bool) -> None:
        """Let a person's surname mean that person from here on."""
        for entity in candidates:
            parts = words(entity.name)
            if entity.kind == "person" and len(parts) > 1:
                for last in _surnames(entity.name):
                    people, known = self._introduced.get(last, ({}, True))
                    people[entity.id] = entity
                    self._introduced[last] = (people, known and sure)

    def _search(self, phrase: str) -> tuple[tuple[Entity, ...], bool]:
        wanted = words(phrase)
        if not wanted or (len(wanted) == 1 and _is_no_name(wanted[0])):
            return (), False
        hits = self._almanac.search(_query(wanted), limit=CANDIDATES)
        entities = [hit.entity for hit in hits if hit.entity is not None]
        if len(wanted) == 1:
            return _by_one_word(entities, wanted[0])
        return _by_name(entities, wanted)


def _query(wanted: list[str]) -> str:
    """What to search for: initials are no words to a search, so the rest of the name is."""
    whole = [word for word in wanted if len(word) > 1]
    return " ".join(whole or wanted)


def _surnames(name: str) -> set[str]:
    """By what a person is called once introduced: the last name, whole where it has a hyphen."""
    written = [part for part in name.replace(",", " ").split() if words(part)]
    while len(written) > 1 and words(written[-1])[0] in _SUFFIXES:
        written.pop()
    last = words(written[-1])
    return {" ".join(last), last[-1]}


def _mention(part: Sequence[Token], candidates: tuple[Entity, ...], sure: bool) -> Mention:
    text = " ".join(token.text for token in part)
    return Mention(part[0].start, part[-1].end, text, candidates, sure)


def _is_capital(token: Token, *, ordinals: bool = False) -> bool:
    first = token.text[0]
    return first.isupper() or (ordinals and first.isdecimal() and not token.text.isdecimal())


def _is_no_name(word: str) -> bool:
    return len(word) < 3 or word.isdecimal() or _ROMAN.fullmatch(word) is not None


def _is_titled(behind: Sequence[Token]) -> bool:
    """Whether ", 3rd Earl of Kent" or ", fils" follows: then the bare name is not all of it."""
    if len(behind) < 2 or behind[0].text != ",":
        return False
    return behind[1].text[0].isdecimal() or behind[1].word in _TITLES


def _is_year(token: Token) -> bool:
    return len(token.text) == 4 and token.text.isdecimal()


def _by_name(entities: list[Entity], wanted: list[str]) -> tuple[tuple[Entity, ...], bool]:
    """Take those of just this name; else those who bear more names, or a number, beside it."""
    exact = _once([each for each in entities if words(each.name) == wanted])
    exact = exact or _once([each for each in entities if _is_called(each, wanted)])
    if exact:
        alone = len(exact) == 1 and not _is_told_apart(exact[0])
        return tuple(exact), alone and not _is_regnal(wanted)
    close = _once([e for e in entities if _is_fuller(words(e.name), wanted, e.kind)])
    alone = len(close) == 1 and not _is_told_apart(close[0])
    return tuple(close), alone and not _is_regnal(wanted)


def _is_called(entity: Entity, wanted: list[str]) -> bool:
    """Whether an alias, or a name in another language, is just this."""
    return any(words(name) == wanted for name in entity.names[1:])


def _is_one_person(mention: Mention) -> bool:
    """Whether a name of one word may be the given name of a longer one."""
    kinds = {each.kind for each in mention.candidates}
    return " " not in mention.text and not kinds & {"place", "body"}


def _is_regnal(wanted: list[str]) -> bool:
    """Whether a name is that of a ruler and no more: there is a John I in many countries."""
    return len(wanted) == 2 and _ROMAN.fullmatch(wanted[1]) is not None


def _once(entities: list[Entity]) -> list[Entity]:
    """Leave out who is there twice, "Martin Luther King Jr." and "Martin Luther King, Jr."."""
    kept: list[Entity] = []
    for each in entities:
        if not any(_is_same_person(each, other) for other in kept):
            kept.append(each)
    return kept


def _is_same_person(one: Entity, other: Entity) -> bool:
    pairs = ((one.born, other.born), (one.died, other.died))
    known = [pair for pair in pairs if None not in pair]
    same_name = words(one.name) == words(other.name)
    return same_name and bool(known) and all(first == second for first, second in known)


def _is_fuller(name: list[str], wanted: list[str], kind: str | None) -> bool:
    """Tell whether a name is `wanted` and more: middle names, Jr., "of England"."""
    if kind != "person":
        return False
    rest = name[len(wanted) :]
    if name[: len(wanted)] == wanted:
        regnal = _ROMAN.fullmatch(wanted[-1]) is not None and rest[:1] == ["of"]
        return set(rest) <= _SUFFIXES or regnal
    if name[-1] in _SUFFIXES and wanted[-1] not in _SUFFIXES:
        name = name[:-1]
    if name[-1] != wanted[-1] or not name[0].startswith(wanted[0] if len(wanted[0]) == 1 else ""):
        return False
    if len(wanted[0]) > 1:
        return name[0] == wanted[0] and set(wanted) <= set(name)
    return _has_initials(name[:-1], wanted[:-1])


def _has_initials(names: list[str], wanted: list[str]) -> bool:
    """Whether given names may be written so: "J. F." or "F. Scott" for "Francis Scott"."""
    if len(wanted) > len(names):
        return False
    return all(
        name.startswith(each) if len(each) == 1 else name == each
        for name, each in zip(names, wanted, strict=False)
    )


def _is_told_apart(entity: Entity) -> bool:
    """Whether the title of its article tells an entity from others of its name."""
    return "(" in (entity.wikipedia or "")


def _by_one_word(entities: list[Entity], wanted: str) -> tuple[tuple[Entity, ...], bool]:
    """Take what is called just so; else the persons of that surname, one if one alone is famous."""
    exact = [
        each for each in entities if _is_called(each, [wanted]) or words(each.name) == [wanted]
    ]
    people = [each for each in entities if each.kind == "person" and words(each.name)[-1] == wanted]
    alone = len({each.id for each in (*exact, *people)}) == 1
    if exact and not any(each.weight > exact[0].weight for each in people):
        return tuple(exact), alone and not _is_told_apart(exact[0])
    famous = [each for each in people if each.weight >= FAMOUS]
    if len(famous) == 1:
        return tuple(famous), alone
    return tuple(people), False
