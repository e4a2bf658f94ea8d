"""What a check and a timeline return."""

from typing import Literal

from msgspec import Struct

from hodie.almanac import Entity, Entry
from hodie.dates import HistoricalDate, Interval

Status = Literal["confirmed", "contradicted", "partly", "unknown"]
"""Partly: the year is right, the day or month is not; or the words are doubtful, not wrong."""

Kind = Literal[
    "birth",
    "death",
    "event",
    "age",
    "count",
    "order",
    "place",
    "weekday",
    "impossible",
    "dateline",
    "future",
]
"""What a claim is about. The last four need no almanac."""

Certainty = Literal["asserted", "hedged", "attributed", "denied", "disputed"]
"""How sure the prose itself is."""

FINDINGS: frozenset[Status] = frozenset({"contradicted", "partly"})
"""The statuses that an editor has to look at."""


class Suggestion(Struct, frozen=True):
    """Words to put in the place of others."""

    start: int
    end: int
    words: str


class Claim(Struct, frozen=True):
    """What the prose says, where: `text` stands at `start` in the text as given.

    `date` is what the words come to; `about` is the entity, where it is certain which one is meant.
    """

    start: int
    end: int
    text: str
    kind: Kind
    about: Entity | None = None
    date: HistoricalDate | Interval | None = None
    certainty: Certainty = "asserted"


class Verdict(Struct, frozen=True):
    """A claim, judged: `says` is the reason in words, `entries` the evidence of the almanac.

    `known` is the date, age or count that is right, as far as the almanac or the calendar knows it.
    """

    claim: Claim
    status: Status
    says: str
    known: HistoricalDate | int | None = None
    entries: tuple[Entry, ...] = ()
    suggestion: Suggestion | None = None

    @property
    def is_finding(self) -> bool:
        """Whether an editor has to look at it."""
        return self.status in FINDINGS


class Moment(Struct, frozen=True):
    """One thing that a story says happened: when, in which words, and how surely.

    `text` is the clause, which lies between `start` and `end`; what interrupts it is left out.
    `subject` is who does it where the clause leaves that to the one before. `date` is None where
    the story gives none, and `derived` says that it was reckoned from a length of time. `how` tells
    where the date comes from. `word` is what makes the clause uncertain ("likely", "denied"), `by`
    whom it is attributed to, or who denies it. `entities` are those of the almanac that it names.
    """

    start: int
    end: int
    text: str
    date: HistoricalDate | Interval | None
    precision: str = ""
    how: str = ""
    derived: bool = False
    certainty: Certainty = "asserted"
    word: str = ""
    by: str = ""
    subject: str = ""
    entities: tuple[Entity, ...] = ()
    sentence: tuple[int, int] = (0, 0)
