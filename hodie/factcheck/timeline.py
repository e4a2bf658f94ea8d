"""What a story says happened when: its clauses with their dates, in the order of time."""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress

from msgspec import Struct

from hodie.almanac import Almanac, Entity
from hodie.dates import DateError, HistoricalDate, Interval
from hodie.factcheck.checking import Day, day_of
from hodie.factcheck.lexicon import Lexicon, load
from hodie.factcheck.model import Moment
from hodie.factcheck.names import Names
from hodie.factcheck.prose import Sentence, Token, covered, sentences, tokens, within
from hodie.factcheck.stance import Stance, clause_stance
from hodie.timex import Timex, between, tag

_PARTICIPLE = re.compile(r"[^\W\d_]{3,}ing")
_ASIDE_LONGEST = 40
_SUBJECT_LONGEST = 6
# Topics and the like are too often just words with a capital.
_NAMED = frozenset({"person", "place", "event", "body"})


class Clause(Struct, frozen=True):
    """A clause by its tokens; `asides` were cut out of it, `subject` stands in another."""

    found: tuple[Token, ...]
    subject: str = ""
    asides: tuple[tuple[int, int], ...] = ()

    @property
    def start(self) -> int:
        return self.found[0].start

    @property
    def end(self) -> int:
        return self.found[-1].end


def timeline(
    text: str,
    almanac: Almanac | None = None,
    *,
    reference: Day | None = None,
    language: str = "en",
) -> list[Moment]:
    """Tell what a story says happened when, in the order of time.

    Clauses without a date are among them only where the prose denies, disputes or attributes what
    it says; they come last. The almanac is asked for the people and places that a clause names.

    >>> text = "Lenin fell ill in 1922 and then died in 1924. He was perhaps murdered in 1923."
    >>> for m in timeline(text):
    ...     print(m.date, m.certainty, m.word, "|", m.subject, "|", m.text)
    1922 asserted  |  | Lenin fell ill in 1922
    1923 hedged perhaps |  | He was perhaps murdered in 1923
    1924 asserted  | Lenin | then died in 1924
    """
    lexicon = load(language)
    told_from = None if reference is None else day_of(reference)
    timexes = tag(text, reference=told_from, language=language)
    names = None if almanac is None else Names(almanac, lexicon)
    teller = _Teller(text, lexicon, names, timexes)
    moments = [moment for sentence in sentences(text) for moment in teller.sentence(sentence)]
    return sorted(moments, key=_in_time)


def _in_time(moment: Moment) -> tuple[bool, int, int]:
    date = (
        moment.date.start or moment.date.end if isinstance(moment.date, Interval) else moment.date
    )
    return date is None, 0 if date is None else date.earliest, moment.start


class _Teller:
    """One text: its time expressions, and the names that it has introduced."""

    def __init__(
        self, text: str, lexicon: Lexicon, names: Names | None, timexes: Sequence[Timex]
    ) -> None:
        self.text, self.lexicon, self.names, self.timexes = text, lexicon, names, timexes
        self.starts = [timex.start for timex in timexes]

    def sentence(self, sentence: Sentence) -> Iterator[Moment]:
        found = tokens(self.text, sentence.start, sentence.end)
        inside = self.timexes[within(self.starts, sentence.start, sentence.end)]
        if self._is_heading(sentence, found, inside):
            return
        if self.names is not None:
            self.names.mentions(_without_dates(found, inside))  # whom it introduces
        outer: Timex | None = None
        for clause in clauses(self.text, found, inside, self.lexicon):
            dated = [t for t in inside if _is_in(clause, t) and _date(t, inside) is not None]
            stance = self._stance(clause)
            if dated:
                outer = dated[0]
                for timex in _distinct(dated, inside):
                    yield self._moment(clause, timex, inside, stance, sentence)
            elif self._is_denial(stance):
                yield self._moment(clause, None, inside, stance, sentence)
            elif stance.certainty == "hedged" and outer is not None and not clause.subject:
                yield self._moment(clause, outer, inside, stance, sentence)

    def _is_denial(self, stance: Stance) -> bool:
        """Whether a clause denies or disputes outright, which is told even without a date."""
        negated = self.lexicon.negated.fullmatch(stance.word) is not None
        return stance.certainty in ("denied", "disputed") and not negated

    def _is_heading(
        self, sentence: Sentence, found: Sequence[Token], inside: Sequence[Timex]
    ) -> bool:
        """Whether a line is a dateline or a heading, which tells nothing."""
        text = self.text[sentence.start : sentence.end]
        alone = any(text.strip(" *_#|.") == timex.text for timex in inside)
        verbs = any(self.lexicon.is_verb(token.word) for token in found)
        return alone or (not verbs and not text.rstrip().endswith((".", "!", "?")))

    def _stance(self, clause: Clause) -> Stance:
        stance = clause_stance(self.text, clause.start, clause.end, self.lexicon)
        for start, end in clause.asides:
            # What hedges an aside does not hedge the clause around it.
            if stance.word and stance.word in self.text[start:end]:
                return clause_stance(self.text, end, clause.end, self.lexicon)
        return stance

    def _moment(
        self,
        clause: Clause,
        timex: Timex | None,
        inside: Sequence[Timex],
        stance: Stance,
        sentence: Sentence,
    ) -> Moment:
        date = None if timex is None else _date(timex, inside)
        return Moment(
            clause.start,
            clause.end,
            _shown(self.text, clause),
            date,
            _precision(date),
            "" if timex is None else timex.how,
            timex is not None and timex.type == "DURATION",
            stance.certainty,
            stance.word,
            stance.by or (clause.subject if stance.certainty == "denied" else ""),
            clause.subject,
            self._entities(clause, inside),
            (sentence.start, sentence.end),
        )

    def _entities(self, clause: Clause, inside: Sequence[Timex]) -> tuple[Entity, ...]:
        """The entities that a clause names, each once, where it is certain which is meant."""
        if self.names is None:
            return ()
        subject = tokens(clause.subject, 0, len(clause.subject))
        bare = _without_dates(clause.found, inside)
        mentions = [*self.names.mentions(subject), *self.names.mentions(bare)]
        likely = (each.likely for each in mentions)
        found = {each.id: each for each in likely if each is not None}
        return tuple(each for each in found.values() if each.kind in _NAMED)


# ------------------------------------------------------------------ clauses


def clauses(
    text: str, found: Sequence[Token], inside: Sequence[Timex], lexicon: Lexicon
) -> list[Clause]:
    """Cut a sentence into clauses: at marks, at words that open one, at "and" with a verb behind.

    >>> text = "He won when Lenin fell ill and then died."
    >>> [c.subject + "|" + text[c.start : c.end] for c in
    ...     clauses(text, tokens(text, 0, len(text)), [], load("en"))]
    ['|He won', '|when Lenin fell ill', 'Lenin|then died']
    """
    whole, asides = _without_asides(text, found, inside, lexicon)
    parts: list[Clause] = []
    first = 0
    for at in range(1, len(whole) + 1):
        if at < len(whole) and not _begins(whole, at, inside, lexicon):
            continue
        subject = _subject(whole[:first], lexicon) if _is_shared(whole, first, lexicon) else ""
        part = _trimmed(whole[first:at])
        if part:
            held = tuple((s, e) for s, e in asides if part[0].start <= s and e <= part[-1].end)
            parts.append(Clause(tuple(part), subject, held))
        first = at
    aside_clauses = [
        Clause(tuple(part))
        for start, end in asides
        if (part := _trimmed([token for token in found if start <= token.start < end]))
    ]
    return [*parts, *aside_clauses]


def _without_asides(
    text: str, found: Sequence[Token], inside: Sequence[Timex], lexicon: Lexicon
) -> tuple[list[Token], list[tuple[int, int]]]:
    """Take out what stands between two commas and hedges or tells something of its own."""
    asides: list[tuple[int, int]] = []
    kept: list[Token] = []
    at = 0
    while at < len(found):
        end = _aside_end(found, at, lexicon) if found[at].text == "," else 0
        if end and kept:
            asides.append((found[at + 1].start, found[end].start))
            at = end + 1
            continue
        kept.append(found[at])
        at += 1
    return kept, asides


def _aside_end(found: Sequence[Token], comma: int, lexicon: Lexicon) -> int:
    """The comma that closes an aside such as ", likely working for X,"; 0 if there is none."""
    if comma + 1 >= len(found):
        return 0
    ahead = [token.word for token in found[comma + 1 : comma + 4]]
    hedged = lexicon.hedged.fullmatch(ahead[0]) is not None
    begins = any(_PARTICIPLE.fullmatch(word) for word in ahead[:2]) or hedged
    if not begins and ahead[0] not in ("who", "which", "whose", "whom"):
        return 0
    for at in range(comma + 2, min(comma + _ASIDE_LONGEST, len(found))):
        if found[at].text == ",":
            return at
        if found[at].text in ";:":
            return 0
    return 0


def _begins(found: Sequence[Token], at: int, inside: Sequence[Timex], lexicon: Lexicon) -> bool:
    """Whether a new clause begins at a token."""
    token, before = found[at], found[at - 1]
    if any(t.start < token.start < t.end for t in inside):
        return False
    if before.text == "," and _is_list_of_dates(found, at, inside, lexicon):
        return True
    if before.text in ";:" or token.word in lexicon.openers:
        return True
    if before.word in _TAILS:
        return _has_verb_next(found, at, lexicon)
    return False


def _is_list_of_dates(
    found: Sequence[Token], at: int, inside: Sequence[Timex], lexicon: Lexicon
) -> bool:
    """Whether a comma parts "X went in 1925, Y in 1926": a date right before, another behind."""
    ends = any(t.end == found[at - 2].end for t in inside) if at > 1 else False
    if not ends or not any(lexicon.is_verb(token.word) for token in found[:at]):
        return False
    stop = next((i for i in range(at, len(found)) if found[i].text in ",;"), len(found))
    return any(t.start > found[at].start and t.end <= found[stop - 1].end for t in inside)


def _has_verb_next(found: Sequence[Token], at: int, lexicon: Lexicon) -> bool:
    """Whether a verb follows, at once, after adverbs, or after a short subject."""
    for ahead in range(at, min(at + 4, len(found))):
        word = found[ahead].word
        if lexicon.is_verb(word):
            return ahead == at or all(
                each.word in lexicon.later or each.text[0].isupper() or each.word in ("he", "she")
                for each in found[at:ahead]
            )
    return False


def _is_shared(found: Sequence[Token], at: int, lexicon: Lexicon) -> bool:
    """Whether a clause begins with its verb, so that its subject is the one before."""
    for token in found[at : at + 3]:
        if lexicon.is_verb(token.word):
            return at > 0 and found[at - 1].word in _TAILS
        if token.word not in lexicon.later:
            return False
    return False


def _subject(before: Sequence[Token], lexicon: Lexicon) -> str:
    """The words before the last clause's verb that name who does it."""
    first = 0
    for at in range(len(before) - 1, 0, -1):
        if before[at].word in lexicon.openers or before[at].text in ";:":
            first = at + 1
            break
    named: list[Token] = []
    for token in before[first:]:
        if lexicon.is_verb(token.word):
            break
        named.append(token)
    if not named or len(named) > _SUBJECT_LONGEST:
        named = [token for token in named if token.text[0].isupper()][-3:]
    return " ".join(token.text for token in named if token.text[0].isalnum())


def _trimmed(part: Sequence[Token]) -> Sequence[Token]:
    """A clause without the marks and joining words around it."""
    first, last = 0, len(part)
    while first < last and (
        not part[first].text[0].isalnum() or part[first].word in ("and", "but")
    ):
        if part[first].text in '(["“‘«':
            break
        first += 1
    while last > first and (part[last - 1].text in ",;:.!?-–—" or part[last - 1].word in _TAILS):
        last -= 1
    return part[first:last]


_TAILS = frozenset({"and", "or", "but"})


def _shown(text: str, clause: Clause) -> str:
    """The words of a clause without its asides, on one line."""
    pieces, at = [], clause.start
    for start, end in clause.asides:
        pieces.append(text[at:start].rstrip(" ,\n\t"))
        at = end
    pieces.append(text[at : clause.end].lstrip(", ") if clause.asides else text[at : clause.end])
    return " ".join(" ".join(pieces).split())


# ------------------------------------------------------------------ dates


def _is_in(clause: Clause, timex: Timex) -> bool:
    if any(start <= timex.start < end for start, end in clause.asides):
        return False
    return clause.start <= timex.start < clause.end


def _date(timex: Timex, inside: Sequence[Timex]) -> HistoricalDate | Interval | None:
    if timex.type == "DURATION":
        return timex.derived_date
    if timex.type not in ("DATE", "TIME"):
        return None
    date = timex.date
    last = next((t for t in inside if timex.until == (t.start, t.end)), None)
    if date is not None and last is not None and last.date is not None:
        with suppress(DateError):  # October 1945 to March, said of another year
            return between(date, last.date)
    return date


def _distinct(dated: Sequence[Timex], inside: Sequence[Timex]) -> Iterator[Timex]:
    """Yield the time expressions of a clause that begin a range or stand alone, a date once."""
    told: set[str] = set()
    for timex in dated:
        date = _date(timex, inside)
        if date is not None and date.edtf not in told and not _ends_range(timex, inside):
            told.add(date.edtf)
            yield timex


def _without_dates(found: Sequence[Token], inside: Sequence[Timex]) -> list[Token]:
    spans = [(t.start, t.end) for t in inside]
    return [t for t, inside in zip(found, covered(found, spans), strict=True) if not inside]


def _ends_range(timex: Timex, inside: Sequence[Timex]) -> bool:
    return any(each.until == (timex.start, timex.end) for each in inside)


def _precision(date: HistoricalDate | Interval | None) -> str:
    if date is None:
        return ""
    return "interval" if isinstance(date, Interval) else date.precision
