"""What `tag` returns."""

from typing import Literal

from msgspec import Struct

from hodie.dates import HistoricalDate, Interval
from hodie.errors import HodieError
from hodie.timex.bridge import date_of

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
    `until` gives the offsets of the expression that ends the range which begins here ("1914-18").
    `weekday` is the day of the week that the text names beside the date (1: Monday), right or not.
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
    until: tuple[int, int] | None = None
    calendar: str = ""
    weekday: int | None = None

    @property
    def date(self) -> HistoricalDate | Interval | None:
        """The time meant, for all that `hodie.dates` can do; None if the value is no date.

        An impossible date (30 February) has none either, though it keeps its value.
        """
        return date_of(self.value, calendar=self.calendar, approximate=self.mod == "APPROX")

    @property
    def derived_date(self) -> HistoricalDate | Interval | None:
        """The time in which a duration ends, where the text lets it be reckoned."""
        return date_of(self.derived)
