"""The check of a story: sentence by sentence, claim by claim."""

import datetime
import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from hodie.almanac import Almanac, Entity, Kind
from hodie.dates import DateError, HistoricalDate
from hodie.factcheck import counting, lint
from hodie.factcheck.claims import Tie, ties
from hodie.factcheck.judging import Dated, Judge, Ruling, dated
from hodie.factcheck.lexicon import FactcheckError, Lexicon, load
from hodie.factcheck.model import FINDINGS, Certainty, Claim, Verdict
from hodie.factcheck.model import Kind as ClaimKind
from hodie.factcheck.names import FAMOUS, Mention, Names
from hodie.factcheck.prose import Sentence, Token, covered, sentences, tokens, within
from hodie.factcheck.reading import ANNIVERSARY, Chunk, Reading, read
from hodie.factcheck.stance import stance_of
from hodie.timex import Timex, tag

_REIGNED = re.compile(
    r"\b(?:[IVX]{1,5}|of|king|queen|emperor|empress|pope|sultan|tsar|caliph|shogun|shah|khan|ruler"
    r"|duke|prince|archbishop|bishop)\b"
)
_KINDS = {"birth": Kind.BIRTH, "death": Kind.DEATH, "event": Kind.EVENT}
# "1940-08-21"
_DAY_LONG = 10
# How many sentences back a pronoun may point.
MEMORY = 2

Day = HistoricalDate | datetime.date | str


def check(
    text: str,
    almanac: Almanac | None = None,
    *,
    reference: Day | None = None,
    today: Day | None = None,
    language: str = "en",
) -> list[Verdict]:
    """Check what a story says of dates against an almanac, and against the calendar.

    `reference` is the story's dateline; without one, a date alone on one of the first lines is
    taken. `today` is the last day that can have happened: without it nothing is in the future. "80
    years ago" counts from the dateline, or from `today` where that is right, or where the dateline
    is the day that is told of. Without an almanac only the calendar is asked. In order of the text.

    >>> [verdict.says for verdict in check("It was Friday, 20 August 1940.")]
    ['20 August 1940 was a Tuesday']
    """
    lexicon = load(language)
    told_from = None if reference is None else day_of(reference)
    last = None if today is None else day_of(today)
    timexes = tag(text, reference=told_from, language=language)
    whole = sentences(text)
    line = told_from or lint.dateline(text, timexes)
    nows = _nows(line, last)
    verdicts = list(lint.lint(text, whole, timexes, line, nows, last, lexicon))
    if almanac is not None:
        checker = _Checker(text, almanac, lexicon, nows)
        told = list(checker.verdicts(whole, timexes))
        verdicts = [_by_the_almanac(verdict, told) for verdict in verdicts] + told
    return sorted(verdicts, key=lambda each: (each.claim.start, each.claim.end))


def _by_the_almanac(verdict: Verdict, told: Sequence[Verdict]) -> Verdict:
    """Refuse the Old Style's weekday to a date that the almanac has, as it stands, in the New."""
    claim, date = verdict.claim, verdict.claim.date
    doubtful = claim.kind == "weekday" and verdict.status == "unknown"
    if not doubtful or not isinstance(date, HistoricalDate):
        return verdict
    for other in told:
        covers = other.claim.start <= claim.start and claim.end <= other.claim.end
        if covers and other.status == "confirmed" and other.known == date:
            return lint.wrong_weekday(claim, date)
    return verdict


def day_of(day: Day) -> HistoricalDate:
    """A day as given, as one of ours; raises FactcheckError for what is none."""
    if isinstance(day, datetime.date):
        return HistoricalDate(day.year, day.month, day.day)
    try:
        return HistoricalDate.parse(day) if isinstance(day, str) else day
    except DateError as error:
        raise FactcheckError(f"{day!r} is no date; write it as 1940-08-20") from error


def _nows(*days: HistoricalDate | None) -> tuple[HistoricalDate, ...]:
    """From when "80 years ago" may count: the dateline, then today, as far as they are known."""
    return tuple(day for day in days if day is not None)


class _Checker:
    """One text, its people as they come up, and the verdicts on what it says of them."""

    def __init__(
        self, text: str, almanac: Almanac, lexicon: Lexicon, nows: tuple[HistoricalDate, ...]
    ) -> None:
        self.text, self.lexicon, self.nows = text, lexicon, nows
        self.names, self.judge = Names(almanac, lexicon), Judge(almanac)
        self.recent: list[list[Mention]] = []
        # Whom what is told of them has proved to be meant, and who died in the sentence before.
        self.proved: set[str] = set()
        self.dead: set[str] = set()

    def verdicts(self, whole: Sequence[Sentence], timexes: Sequence[Timex]) -> Iterator[Verdict]:
        starts = [timex.start for timex in timexes]
        paragraph = -1
        for sentence in whole:
            found = tokens(self.text, sentence.start, sentence.end)
            inside = timexes[within(starts, sentence.start, sentence.end)]
            mentions = self.names.mentions(_without_dates(found, inside))
            reading = read(self.text, sentence, found, mentions, inside, self.lexicon)
            if sentence.paragraph > paragraph + 1:
                self.recent.clear()
            paragraph = sentence.paragraph
            yield from self._sentence(reading)
            self.recent = [*self.recent, reading.people][-MEMORY:]

    def _sentence(self, reading: Reading) -> Iterator[Verdict]:
        judged: set[int] = set()
        found = ties(reading)
        dead: set[str] = set()
        self._prove(reading, found)
        for tie in found:
            verdict = self._tie(reading, tie)
            if verdict is not None:
                judged.update(() if tie.date is None else (tie.date,))
                if verdict.claim.kind == "death" and verdict.claim.about is not None:
                    dead.add(verdict.claim.about.id)
                yield verdict
        self.dead = dead
        yield from counting.counts(self.text, reading, self.judge, self.nows)
        for at, chunk in enumerate(reading.chunks):
            if chunk.sign == "T" and at not in judged:
                yield from self._witnessed(reading, chunk)

    def _prove(self, reading: Reading, found: Sequence[Tie]) -> None:
        """Note who is meant beyond doubt, since another date or age of theirs is right."""
        for tie in found:
            if tie.kind in ("event", "attack", "age-alone") or tie.kind.startswith(
                ("order", "place")
            ):
                continue
            people, _ = self._people(reading, reading.chunks[tie.who])
            ruling = self._ruling(reading, tie, people, False) if people else None
            if ruling is not None and ruling.status == "confirmed" and ruling.about is not None:
                timex = None if tie.date is None else reading.chunks[tie.date].timex
                if len(people) == 1 or (timex is not None and len(timex.value) == _DAY_LONG):
                    self.proved.add(ruling.about.id)

    # One claim

    def _tie(self, reading: Reading, tie: Tie) -> Verdict | None:
        people, certain = self._people(reading, reading.chunks[tie.who])
        certain = certain and tie.plain
        if tie.kind == "age-alone" and not self.dead.intersection(one.id for one in people):
            return None
        if tie.kind.startswith("place"):
            return self._place(reading, tie, people, certain)
        if tie.kind.startswith("order"):
            return self._order(reading, tie, people, certain)
        if not people:
            return None
        ruling = self._ruling(reading, tie, people, certain)
        if ruling is None:
            return None
        mention = reading.chunks[tie.who].mention
        about = ruling.about
        weak = mention is not None and mention.weak and about is not None and about.weight < FAMOUS
        if weak and ruling.status in FINDINGS:
            ruling = replace(ruling, status="unknown", suggestion=None)
        return self._verdict(reading, tie, ruling)

    def _ruling(
        self, reading: Reading, tie: Tie, people: Sequence[Entity], certain: bool
    ) -> Ruling | None:
        if tie.kind.startswith("age"):
            assert tie.age is not None
            return self.judge.age(people, reading.chunks[tie.age].age, certain=certain)
        assert tie.date is not None
        dates = self._dates(reading.chunks[tie.date])
        rulings = [self._ruled(reading, tie, people, when, certain) for when in dates]
        right = (ruling for ruling in rulings if ruling.status == "confirmed")
        return next(right, rulings[0] if rulings else None)

    def _ruled(
        self, reading: Reading, tie: Tie, people: Sequence[Entity], when: Dated, certain: bool
    ) -> Ruling:
        if tie.kind == "event":
            verb = "" if tie.verb is None else reading.chunks[tie.verb].word
            return self.judge.event(people, when, verb, certain=certain)
        kind = Kind.BIRTH if tie.kind.endswith("birth") else Kind.DEATH
        killed = tie.kind in ("killing", "attack")
        sure = certain and tie.kind != "attack"
        ruling = self.judge.life(kind, people, when, certain=sure, killed=killed)
        if ruling.status not in FINDINGS:
            return ruling
        return self._doubted(reading, tie, ruling, when, kind)

    def _doubted(
        self, reading: Reading, tie: Tie, ruling: Ruling, when: Dated, kind: Kind
    ) -> Ruling:
        """Take a finding back where the sentence may mean somebody or something else."""
        others = [
            one
            for chunk in reading.chunks
            if chunk.mention is not None and chunk.sign == "N"
            for one in chunk.mention.candidates
        ]
        if tie.kind == "life-birth" and ruling.about is not None and _reigned(ruling.about):
            return replace(ruling, status="unknown", suggestion=None)
        if tie.kind.startswith("life") and not self._is_life(reading, tie, ruling):
            return replace(ruling, status="unknown", suggestion=None)
        for other in others:
            if other != ruling.about:
                again = self.judge.life(kind, [other], when, certain=False, killed=True)
                if again.status == "confirmed" and when.is_day:
                    return again
                if again.status == "confirmed" and not tie.plain:
                    return replace(ruling, status="unknown", suggestion=None)
        return ruling

    def _is_life(self, reading: Reading, tie: Tie, ruling: Ruling) -> bool:
        """Whether one of the two years in brackets is right: else they may be those of a reign."""
        assert tie.date is not None
        assert ruling.about is not None
        places = [
            at
            for at in range(max(0, tie.date - 6), min(tie.date + 7, len(reading.chunks)))
            if reading.signs[at] == "T"
        ]
        for at in places:
            when = self._dated(reading.chunks[at])
            for kind in (Kind.BIRTH, Kind.DEATH):
                if when is None or at == tie.date:
                    continue
                ruled = self.judge.life(kind, [ruling.about], when, certain=False, killed=False)
                if ruled.status == "confirmed":
                    return True
        return False

    def _order(
        self, reading: Reading, tie: Tie, people: Sequence[Entity], certain: bool
    ) -> Verdict | None:
        assert tie.other is not None
        assert tie.verb is not None
        others, sure = self._people(reading, reading.chunks[tie.other])
        if not (certain and sure and len(people) == len(others) == 1):
            return None
        ruling = self.judge.order(
            _KINDS[tie.kind.partition("-")[2]], people[0], others[0], tie.order
        )
        return None if ruling is None else self._verdict(reading, tie, ruling)

    def _place(
        self, reading: Reading, tie: Tie, people: Sequence[Entity], certain: bool
    ) -> Verdict | None:
        assert tie.other is not None
        mention = reading.chunks[tie.other].mention
        place = None if mention is None else mention.likely
        if place is None or len(people) != 1:
            return None
        kind = _KINDS[tie.kind.partition("-")[2]]
        ruling = self.judge.place(kind, people[0], place, certain=certain)
        return None if ruling is None else self._verdict(reading, tie, ruling)

    def _verdict(self, reading: Reading, tie: Tie, ruling: Ruling) -> Verdict:
        places = [tie.who, tie.verb, tie.date, tie.age, tie.other]
        chunks = [reading.chunks[at] for at in places if at is not None]
        start, end = min(c.start for c in chunks), max(c.end for c in chunks)
        stance = stance_of(self.text, start, end, reading.sentence, self.lexicon)
        if stance.certainty != "asserted" and ruling.status in FINDINGS:
            says = f"{ruling.says}; the story only reports it ({stance.word!r})"
            ruling = replace(ruling, status="unknown", says=says, suggestion=None)
        timex = None if tie.date is None else reading.chunks[tie.date].timex
        date = None if timex is None else timex.date or timex.derived_date
        claim = Claim(
            start, end, self.text[start:end], _kind(tie), ruling.about, date, stance.certainty
        )
        if tie.age is not None and ruling.status == "contradicted":
            ruling = replace(
                ruling, suggestion=counting.age_change(reading.chunks[tie.age], ruling.known)
            )
        return Verdict(
            claim, ruling.status, ruling.says, ruling.known, ruling.entries, ruling.suggestion
        )

    # Who and when

    def _people(self, reading: Reading, chunk: Chunk) -> tuple[tuple[Entity, ...], bool]:
        """Whom a name or a pronoun may mean, and whether that is certain."""
        people, certain = self._meant(reading, chunk)
        proved = tuple(one for one in people if one.id in self.proved)
        return (proved, True) if len(proved) == 1 else (people, certain)

    def _meant(self, reading: Reading, chunk: Chunk) -> tuple[tuple[Entity, ...], bool]:
        mention = chunk.mention
        if mention is not None:
            return mention.candidates, mention.sure
        before = [each for each in reading.people if each.end <= chunk.start]
        named = before or [each for group in reversed(self.recent) for each in group]
        found = {one.id: one for each in named for one in each.candidates}
        single = len(found) == 1 and all(each.sure for each in named)
        unknown = any(each.sign == "M" and each.end <= chunk.start for each in reading.chunks)
        return tuple(found.values()), single and not unknown

    def _dates(self, chunk: Chunk) -> list[Dated]:
        """What a date may mean: more than one only where it counts from the dateline or today."""
        timex = chunk.timex
        if timex is None:
            return []
        if timex.rule == "ago":
            return counting.ago(timex, self.nows)
        when = dated(timex)
        return [] if when is None else [when]

    def _dated(self, chunk: Chunk) -> Dated | None:
        return next(iter(self._dates(chunk)), None)

    def _witnessed(self, reading: Reading, chunk: Chunk) -> Iterator[Verdict]:
        """Confirm what else is said of a day, where the almanac tells the same."""
        when = self._dated(chunk)
        named = [
            c.mention.likely
            for c in reading.chunks
            if c.mention is not None and c.mention.likely is not None and c.sign in "NV"
        ]
        if when is None or not named:
            return
        ruling = self.judge.witness(named, when)
        if ruling is not None:
            claim = Claim(
                chunk.start, chunk.end, self.text[chunk.start : chunk.end], "event", None, when.date
            )
            yield Verdict(claim, "confirmed", ruling.says, ruling.known, ruling.entries)


def _without_dates(found: Sequence[Token], timexes: Sequence[Timex]) -> list[Token]:
    """Blank the words of dates, so that August is nobody's name; a year may belong to one."""
    spans = [(t.start, t.end) for t in timexes if not t.text.isdecimal() and t.rule != ANNIVERSARY]
    return [
        token._replace(text="_", word="_") if inside else token
        for token, inside in zip(found, covered(found, spans), strict=True)
    ]


def _reigned(one: Entity) -> bool:
    """Whether the first of two years behind a name may be that of an accession."""
    return _REIGNED.search(f"{one.name}, {one.description or ''}") is not None


def _kind(tie: Tie) -> ClaimKind:
    kinds: dict[str, ClaimKind] = {
        "birth": "birth", "life-birth": "birth", "death": "death", "life-death": "death",
        "killing": "death", "attack": "death", "event": "event", "age": "age", "age-alone": "age",
        "order-birth": "order", "order-death": "order", "order-event": "order",
        "place-birth": "place", "place-death": "place", "place-event": "place",
    }  # fmt: skip
    return kinds[tie.kind]


def findings(verdicts: Iterable[Verdict]) -> list[Verdict]:
    """Only those that an editor has to look at."""
    return [verdict for verdict in verdicts if verdict.is_finding]


__all__ = ["Certainty", "check", "day_of", "findings"]
