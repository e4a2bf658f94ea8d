"""What an expression says by itself, before anything around it is asked."""

from typing import Literal

from msgspec import Struct

Kind = Literal["date", "shift", "same", "duration", "set", "ref", "vague"]

#: Units of time from small to large; the letters are those of ISO durations where it has one.
UNITS = ("S", "MIN", "H", "N", "D", "WE", "W", "FN", "SEASON", "M", "Q", "HY", "Y", "DE", "CE", "ML")


class Frame(Struct, frozen=True, kw_only=True, gc=False):
    """An expression taken apart. Years are astronomical; what is not said is None or empty.

    `unit` is the precision of a date, or what a shift or duration counts. `count` is None where
    the number is vague ("a few"). `base` is the expression inside this one.
    """

    kind: Kind
    rule: str
    unit: str = ""
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    season: str = ""
    part: str = ""
    holiday: str = ""
    calendar: str = ""
    time: str = ""
    zone: str = ""
    count: float | None = None
    direction: int = 0
    mod: str = ""
    value: str | None = None
    source: str = ""
    base: "Frame | None" = None
    until: "Frame | None" = None
    bare: bool = False


class Mention(Struct, frozen=True, gc=False):
    """A frame and the characters of the text that it was read from, with the cues around it."""

    start: int
    end: int
    text: str
    frame: Frame
    cues: frozenset[str] = frozenset()
