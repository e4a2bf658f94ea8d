"""What resolving one expression gives, before it becomes a Timex."""

from typing import NamedTuple

from hodie.timex.durations import type_of
from hodie.timex.frames import Frame, Mention
from hodie.timex.model import Timex
from hodie.timex.whens import When, holiday, year_value


class Found(NamedTuple):
    """What one mention came to, kept for those that lean on it."""

    mention: Mention
    when: When

    @property
    def named(self) -> str:
        """How a later expression speaks of it: its value, and its words in the text."""
        text = f" ({self.mention.text!r})" if self.mention.text else ""
        return self.when.value + text


class Answer(NamedTuple):
    """A value and where it comes from; `when` is None where no time can be reckoned from it."""

    value: str
    how: str = "explicit"
    when: When | None = None
    anchor: Found | None = None
    mod: str = ""
    derived: str = ""
    calendar: str = ""


def timex_of(mention: Mention, answer: Answer) -> Timex:
    """The finished Timex."""
    frame = mention.frame
    anchor = answer.anchor.mention if answer.anchor and answer.anchor.mention.text else None
    return Timex(
        start=mention.start,
        end=mention.end,
        text=mention.text,
        type="SET" if frame.kind == "set" else type_of(answer.value),
        value=answer.value,
        mod=answer.mod or frame.mod,
        how=answer.how,
        rule=frame.rule,
        anchor=(anchor.start, anchor.end) if anchor else None,
        derived=answer.derived,
        calendar=answer.calendar or frame.calendar,
        weekday=frame.weekday,
    )


def dated_answer(frame: Frame, year: int | None, how: str, anchor: Found | None = None) -> Answer:
    """The answer for a calendar date of which the year is now known, or known to be open."""
    if year is None:
        return Answer(yearless_value(frame) + frame.time, how)
    when = when_of(frame, year)
    if when is None:
        return Answer(f"{year_value(year)}" if frame.year is not None else "", how)
    return Answer(when.value + frame.time, how, when, anchor)


def when_of(frame: Frame, year: int) -> When | None:
    """The time that a calendar frame means in `year`."""
    if frame.unit == "D" and frame.month is None and not frame.day:
        return holiday(frame.holiday, year)
    if frame.season:
        return When("SEASON", year, None, None, frame.season)
    if frame.part:
        return When(frame.unit, year, None, None, frame.part)
    return When(frame.unit, year, frame.month, frame.day)


def yearless_value(frame: Frame) -> str:
    """The value of a date whose year nobody can know."""
    if frame.season or frame.part:
        return f"XXXX-{frame.season or frame.part}"
    if frame.unit == "D" and frame.month is None and not frame.day:
        return f"XXXX-{frame.holiday}" if frame.holiday[:1].isdecimal() else ""
    if frame.unit in ("DE", "CE", "Y"):
        return f"XX{(frame.year or 0) // 10}" if frame.unit == "DE" else "XXXX"
    month = f"{frame.month:02d}" if frame.month else "XX"
    return f"XXXX-{month}-{frame.day:02d}" if frame.day else f"XXXX-{month}"


_OPEN = {"D": "-XX-XX", "N": "-XX-XX", "WE": "-WXX", "W": "-WXX", "FN": "-WXX", "M": "-XX",
         "H": "-XX-XXTXX", "MIN": "-XX-XXTXX"}  # fmt: skip


def open_value(unit: str, year: str) -> str:
    """The value of a unit of which only the year is known, or nothing.

    >>> open_value("D", "1940"), open_value("M", "XXXX"), open_value("S", "1940")
    ('1940-XX-XX', 'XXXX-XX', '')
    """
    return "" if unit == "S" else year + _OPEN.get(unit, "")
