"""What `tag` returns."""

from typing import Literal

from msgspec import Struct

from hodie.errors import HodieError

Type = Literal["DATE", "TIME", "DURATION", "SET"]
Profile = Literal["narrative", "news"]


class TimexError(HodieError, ValueError):
    """A text cannot be tagged as asked: an unknown profile, language or reference."""


class Timex(Struct, frozen=True, gc=False):
    """A time expression: where it stands, what it means, and how that was found.

    `start` and `end` are offsets into the text as it was given, so `text[t.start:t.end] == t.text`.
    `value` is TIMEX3's: `1940-08-21`, `192` for the 1920s, `BC0044`, `P20Y`, `PAST_REF`; empty
    where the text leaves it open. `mod` is TIMEX3's modifier (START, MID, END, APPROX, ...).
    `how` says in words where the value comes from, `rule` names the rule that matched, and
    `anchor` gives the offsets of the other expression that it was reckoned from. `derived` is the
    date that a duration ends in ("after a year of exile"), which the text does not say outright.
    `calendar` is the calendar named, if not the usual one; the value is then in that calendar.
    """

    start: int
    end: int
    text: str
    type: Type
    value: str
    mod: str = ""
    how: str = "explicit"
    rule: str = ""
    anchor: tuple[int, int] | None = None
    derived: str = ""
    calendar: str = ""
