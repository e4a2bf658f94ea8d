"""What an expression says by itself, before anything around it is asked."""

from typing import Literal

from msgspec import Struct

Kind = Literal["date", "shift", "same", "duration", "set", "ref", "vague"]


class Frame(Struct, frozen=True, kw_only=True, gc=False):
    """An expression taken apart. Years are astronomical; what is not said is None or empty.

    `unit` is the precision of a date, or what a shift or duration counts. `count` is None where
    the number is vague ("a few"). `base` is the expression inside this one, and `source` what a
    relative one leans on: the flow of the story, the day of writing, now (either, by profile), or
    an event that the text does not date. `bare` marks the form that says less (a year without a
    century, days without a number, "this" for "the same"); `whole` a shift to a whole unit ("the
    next decade"), `named` one that keeps the name ("May of the next year").
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
    bare: bool = False
    whole: bool = False
    named: bool = False


class Mention(Struct, frozen=True, gc=False):
    """A frame and the characters of the text that it was read from, with the cues around it."""

    start: int
    end: int
    text: str
    frame: Frame
    cues: frozenset[str] = frozenset()
