"""What was chosen for a day, and why."""

from msgspec import Struct

from hodie.almanac import Entry
from hodie.dates import MonthDay

_MOST_MERITS = 3


class Reason(Struct, frozen=True, gc=False):
    """One part of a score: what spoke for an entry, or against it, how much, and in words.

    `feature` is the name of the policy's number behind it.

    >>> Reason("century", 0.2, "the 100th anniversary").words
    'the 100th anniversary'
    """

    feature: str
    value: float
    words: str


class Pick(Struct, frozen=True, gc=False):
    """An entry that was chosen; its score is the sum of its reasons."""

    entry: Entry
    score: float
    reasons: tuple[Reason, ...]

    @property
    def why(self) -> str:
        """The weightiest reasons as a sentence."""
        merits, unique = _said(self.reasons)
        company = f"as the only pick {_joined(unique)}" if unique else ""
        said = [f"for {_joined(merits)}" if merits else "", company]
        return f"Picked {', and '.join(filter(None, said)) or 'to fill the day'}."


class Lineup(Struct, frozen=True, gc=False):
    """A day as it is to be told in a year.

    `lead` is the story of the day, `selected` what stands beside it, best first; `events` is what
    else happened, and `births` and `deaths` whom to remember, each in order of year.
    """

    day: MonthDay
    year: int
    lead: Pick | None
    selected: tuple[Pick, ...]
    events: tuple[Pick, ...]
    births: tuple[Pick, ...]
    deaths: tuple[Pick, ...]
    holidays: tuple[Pick, ...]


def _said(reasons: tuple[Reason, ...]) -> tuple[list[str], list[str]]:
    """Split what speaks for an entry into its merits, the best few, and what it alone brings."""
    speaking = sorted(
        (reason for reason in reasons if reason.value > 0 and reason.words),
        key=lambda reason: -reason.value,
    )
    alone = "the only pick "
    merits = [reason.words for reason in speaking if not reason.words.startswith(alone)]
    unique = [
        reason.words.removeprefix(alone) for reason in speaking if reason.words.startswith(alone)
    ]
    return merits[:_MOST_MERITS], unique


def _joined(words: list[str]) -> str:
    """Join words as a list in a sentence.

    >>> _joined(["x"]), _joined(["x", "y"]), _joined(["x", "y", "z"])
    ('x', 'x and y', 'x, y and z')
    """
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last
