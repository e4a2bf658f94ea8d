"""Resolving expressions in the story's own flow (the narrative profile)."""

from collections.abc import Iterator

from hodie.timex.durations import duration_value, type_of
from hodie.timex.frames import Frame, Mention
from hodie.timex.model import Timex
from hodie.timex.whens import (
    SEASON_MONTHS, When, add_days, holiday, is_day, month_of, shift, weekday_of, year_value,
)
from hodie.timex.years import Dated, Step, years

_FINE = {"S": 0, "MIN": 0, "H": 0, "N": 1, "D": 1, "WE": 2, "W": 2, "FN": 2, "M": 3, "SEASON": 3, "Q": 3,
         "HY": 3, "Y": 4, "DE": 5, "CE": 6, "ML": 7}  # fmt: skip
_UNKNOWN = {"D": "XXXX-XX-XX", "N": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX", "Y": "XXXX", "H": "XXXX-XX-XXTXX"}


class Found:
    """What one mention came to, kept for those that lean on it."""

    __slots__ = ("mention", "time", "when")

    def __init__(self, mention: Mention, when: When, time: str = "") -> None:
        self.mention, self.when, self.time = mention, when, time


class Answer:
    """A value and where it comes from."""

    __slots__ = ("anchor", "derived", "how", "mod", "time", "value", "when")

    def __init__(self, value: str, how: str = "explicit", *, when: When | None = None,
                 anchor: Found | None = None, mod: str = "", derived: str = "", time: str = "") -> None:
        self.value, self.how, self.when, self.anchor = value, how, when, anchor
        self.mod, self.derived, self.time = mod, derived, time


def resolve(mentions: list[Mention], reference: When | None) -> Iterator[Timex]:
    """One Timex for each mention, in order."""
    known = _years(mentions, reference)
    flow = Flow(reference)
    waiting: Mention | None = None
    for mention, dated in zip(mentions, known, strict=True):
        if "ahead" in mention.cues and waiting is None:
            waiting = mention
            continue
        answer = flow.answer(mention, dated)
        if waiting is not None:
            yield _timex(waiting, flow.answer(waiting, Dated(None)))
            waiting = None
        yield _timex(mention, answer)
    if waiting is not None:
        yield _timex(waiting, flow.answer(waiting, Dated(None)))


def _timex(mention: Mention, answer: Answer) -> Timex:
    frame = mention.frame
    anchor = answer.anchor.mention if answer.anchor else None
    kind = "SET" if frame.kind == "set" else type_of(answer.value)
    return Timex(
        mention.start, mention.end, mention.text, kind, answer.value, answer.mod or frame.mod, answer.how,
        frame.rule, (anchor.start, anchor.end) if anchor else None, answer.derived, frame.calendar,
    )


def _dated(frame: Frame) -> bool:
    return frame.kind == "date" and frame.source != "flow" and not frame.value and frame.unit not in ("T",) and not (
        frame.unit == "D" and frame.month is None and not frame.holiday
    ) and not frame.calendar.startswith(("heb", "isl", "fre"))


def _years(mentions: list[Mention], reference: When | None) -> list[Dated]:
    """For each mention the year that the path through the story gives it."""
    at = [i for i, m in enumerate(mentions) if _dated(m.frame) and m.frame.unit not in ("DE", "CE", "ML")]
    steps = [_step(mentions, i) for i in at]
    found = years(steps, reference.year if reference else None)
    result = [Dated(None)] * len(mentions)
    for index, dated in zip(at, found, strict=True):
        result[index] = dated
    return result


def _step(mentions: list[Mention], index: int) -> Step:
    mention = mentions[index]
    frame = mention.frame
    year = frame.year
    month = frame.month or SEASON_MONTHS.get(frame.season)
    if frame.holiday[:2].isdecimal():
        month = int(frame.holiday[:2])
    elif frame.holiday.startswith("easter"):
        month = 4
    if year is not None and frame.bare and year < 100:
        year = None
        return Step(year, month)
    if year is None and "joined" in mention.cues and index + 1 < len(mentions):
        year = mentions[index + 1].frame.year
    day = frame.day is not None
    return Step(year, month, "aside" in mention.cues, "heading" in mention.cues, day)


class Flow:
    """How far the story has come while its expressions are answered from first to last."""

    def __init__(self, reference: When | None) -> None:
        self.reference = reference
        self.last: Found | None = None
        self.last_day: Found | None = None
        self.last_month: Found | None = None
        self.told: Found | None = None

    def answer(self, mention: Mention, dated: Dated) -> Answer:
        answer = _ANSWERS[mention.frame.kind](self, mention, dated.year)
        if answer.when is not None:
            self._note(Found(mention, answer.when, answer.time))
            if not dated.background:
                self.told = self.last
        return answer

    def _note(self, found: Found) -> None:
        self.last = found
        if found.when.day is not None:
            self.last_day = found
        if found.when.month is not None:
            self.last_month = found
        if self.last_day and self.last_day.when[1:3] != found.when[1:3]:
            self.last_day = None if found.when.unit in ("M",) else self.last_day

    def before_christ(self) -> str:
        """The prefix of unresolved values where the story is in years before Christ."""
        return "BC" if self.last and self.last.when.year <= 0 else ""

    # ---------------------------------------------------------------- dates

    def date(self, mention: Mention, year: int | None) -> Answer:
        frame = mention.frame
        if frame.value is not None:
            y, m, d = map(int, frame.value.split("-"))
            return Answer(frame.value, when=When("D", y, m, d))
        if frame.calendar in ("hebrew", "islamic", "french-republican"):
            return _foreign(frame)
        if frame.unit == "T":
            return self._time_alone(mention)
        if frame.unit in ("DE", "CE", "ML"):
            return self._long(frame)
        if frame.unit == "D" and frame.month is None and not frame.holiday:
            return self._weekday(mention) if frame.weekday and not frame.day else self._day_alone(mention)
        if frame.source == "flow":
            year = self.last.when.year if self.last else None
        if frame.bare and frame.year is not None and frame.year < 100:
            year = self._near_year(frame.year)
        how = "explicit" if frame.year is not None and frame.year == year else (
            f"the year {year_value(year)} from the flow of the story" if year is not None else "no year is told")
        return _dated_answer(frame, year, how, self.last)

    def _long(self, frame: Frame) -> Answer:
        year = frame.year or 0
        if frame.bare:
            year += self.last.when.year // 100 * 100 if self.last else 1900
        when = When(frame.unit, year)
        return Answer(when.value, when=when if not frame.bare else None)

    def _near_year(self, short: int) -> int:
        here = self.last.when.year if self.last else 2000
        century = here // 100 * 100
        return min((century - 100 + short, century + short), key=lambda y: (y > here, abs(y - here)))

    def _time_alone(self, mention: Mention) -> Answer:
        frame = mention.frame
        day = self.last_day
        clock = frame.time[1:2].isdecimal()
        if day and (clock or mention.frame.rule in ("the-daypart",) ):
            when = day.when
            return Answer(when.value + frame.time, f"on the day told last ({day.mention.text!r})",
                          anchor=day, when=when, time=frame.time)
        return Answer(self.before_christ() + "XXXX-XX-XX" + frame.time, "no day is told")

    def _weekday(self, mention: Mention) -> Answer:
        weekday = mention.frame.weekday or 1
        day = self.last_day
        here = weekday_of(day.when) if day else None
        if day is None or here is None:
            return Answer(f"{self.before_christ()}XXXX-WXX-{weekday}", "no week is told")
        when = add_days(day.when, (weekday - here) % 7)
        assert when is not None
        return Answer(when.value + mention.frame.time, f"the first one from {day.mention.text!r}", when=when, anchor=day)

    def _day_alone(self, mention: Mention) -> Answer:
        frame, month = mention.frame, self.last_month
        if month is None or month.when.month is None or frame.day is None:
            return Answer(f"{self.before_christ()}XXXX-XX-{frame.day or 0:02d}", "no month is told")
        when = When("D", month.when.year, month.when.month, frame.day)
        return Answer(when.value + frame.time, f"in the month told last ({month.mention.text!r})", when=when, anchor=month, time=frame.time)

    # ---------------------------------------------------------------- relative

    def same(self, mention: Mention, year: int | None) -> Answer:
        frame = mention.frame
        if frame.source == "reference":
            return self._today(frame)
        anchor = self._anchor(frame.unit)
        if frame.rule == "anniversary":
            anchor = self.last_day
        if anchor is None:
            return Answer(self.before_christ() + _UNKNOWN.get(frame.unit, "") + frame.time, "nothing to lean on")
        when = _truncate(anchor.when, frame.unit)
        value = when.value if when else ""
        if frame.unit == "D" and when is not None and when.day is None:
            value = year_value(when.year) + (f"-{when.month:02d}-XX" if when.month else "-XX-XX")
        time = frame.time
        return Answer(value + time, f"the same as {anchor.mention.text!r}", when=when, anchor=anchor, time=time)

    def _today(self, frame: Frame) -> Answer:
        if frame.base is not None and frame.base.year is not None:
            day = self.reference
            if day and day.month and day.day:
                when = When("D", frame.base.year, day.month, day.day)
                return Answer(when.value, "the day of the dateline in that year", when=when)
        if self.reference and frame.unit == "D" and self.reference.day:
            return Answer(self.reference.value + frame.time, "the day of writing")
        return Answer("XXXX-XX-XX" + frame.time if frame.time else "PRESENT_REF", "the day of writing")

    def shift(self, mention: Mention, year: int | None) -> Answer:
        frame = mention.frame
        if "for" in mention.cues and frame.source == "flow" and frame.rule in _LENGTHS:
            return self.duration(mention, year)
        if frame.base is not None:
            return self._from_base(mention)
        if frame.count is None:
            return self._vague_shift(mention)
        if frame.source == "reference" and frame.rule in ("yesterday", "tomorrow") and self.reference:
            when = shift(self.reference, "D", frame.direction)
            return Answer(when.value if when else "", "reckoned from the day of writing", when=when)
        return self._shifted(frame, self._anchor(frame.unit), mention)

    def _shifted(self, frame: Frame, anchor: Found | None, mention: Mention) -> Answer:
        when = shift(anchor.when, frame.unit, (frame.count or 1) * frame.direction) if anchor else None
        if anchor is None or when is None:
            return Answer(self._unknown(frame, anchor) + frame.time, "nothing to lean on")
        when = _named_unit(frame, when)
        side = "after" if frame.direction > 0 else "before"
        how = f"{frame.count:g} {frame.unit} {side} {anchor.when.value} ({anchor.mention.text!r})"
        return Answer(when.value + frame.time, how, when=when, anchor=anchor, time=frame.time,
                      mod=_SHIFT_MODS.get((frame.mod, frame.direction), frame.mod))

    def _unknown(self, frame: Frame, anchor: Found | None) -> str:
        year = year_value(anchor.when.year) if anchor else self.before_christ() + "XXXX"
        return year + {"D": "-XX-XX", "N": "-XX-XX", "W": "-WXX", "M": "-XX", "H": "-XX-XXTXX"}.get(frame.unit, "")

    def _vague_shift(self, mention: Mention) -> Answer:
        frame = mention.frame
        if frame.rule == "shortly-after" or frame.rule == "time-after":
            year = year_value(self.last.when.year) if self.last else "XXXX"
            return Answer(f"{year}-XX" if frame.rule == "shortly-after" else f"{year}-XX-XX", "soon after what was told last")
        if frame.unit == "H" and self.last_day:
            day = self.last_day
            return Answer(day.when.value + "TXX", f"on the day told last ({day.mention.text!r})", anchor=day)
        if frame.direction < 0:
            return Answer("PAST_REF", "some time before")
        if any(w in mention.text.lower() for w in ("few", "several", "some", "many")):
            return Answer("FUTURE_REF", "some time after")
        return Answer(self.before_christ() + _UNKNOWN.get(frame.unit, ""), "some time after")

    def _from_base(self, mention: Mention) -> Answer:
        frame, base = mention.frame, mention.frame.base
        assert base is not None
        if frame.rule in ("next-named", "part-next-named", "named-next-year"):
            return self._next_named(frame, base)
        inner = Mention(mention.start, mention.end, mention.text, base)
        guess = base.year if base.year is not None else (self.last.when.year if self.last else None)
        answer = _ANSWERS[base.kind](self, inner, guess)
        if answer.when is None:
            return Answer(self._unknown(frame, None), answer.how)
        if frame.count is None:
            return Answer("FUTURE_REF" if frame.direction > 0 else "PAST_REF", "some time from it")
        when = shift(answer.when, frame.unit, frame.count * frame.direction)
        side = "after" if frame.direction > 0 else "before"
        how = f"{frame.count:g} {frame.unit} {side} {answer.when.value}"
        return Answer((when.value if when else self._unknown(frame, None)) + frame.time, how, when=when)

    def _next_named(self, frame: Frame, base: Frame) -> Answer:
        """The next summer, the previous April: the nearest one on that side."""
        anchor = self.last
        if anchor is None:
            return _dated_answer(base, None, "nothing to lean on", None)
        year = anchor.when.year
        month = base.month or SEASON_MONTHS.get(base.season) or int(base.holiday[:2] or 1) if base.holiday[:2].isdecimal() or not base.holiday else 4
        here = month_of(anchor.when)
        if frame.rule == "named-next-year":
            year += frame.direction
        elif frame.direction > 0:
            year += 1 if here is None or month <= here else 0
        else:
            year -= 1 if here is not None and month >= here else 0
        return _dated_answer(base, year, f"{'after' if frame.direction > 0 else 'before'} {anchor.mention.text!r}", anchor)

    def _month_of_year(self) -> Found | None:
        month, last = self.last_month, self.last
        return month if month and last and month.when.year == last.when.year else None

    def _anchor(self, unit: str) -> Found | None:
        """The latest expression fine enough to count such units from."""
        fine = _FINE.get(unit, 4)
        if fine <= 2:
            return self.last_day or self._month_of_year() or self.last
        if fine == 3:
            return self.last_month if self.last_month and self.last and self.last.when.month is None and (
                self.last_month.when.year == self.last.when.year) else self.last
        return self.told or self.last

    # ---------------------------------------------------------------- lengths and references

    def duration(self, mention: Mention, year: int | None) -> Answer:
        frame = mention.frame
        value = frame.value or duration_value(frame.unit, frame.count)
        return Answer(value, "explicit", derived=self._derived(mention))

    def _derived(self, mention: Mention) -> str:
        frame = mention.frame
        if "after" not in mention.cues or frame.count is None:
            return ""
        anchor = self._anchor(frame.unit)
        when = shift(anchor.when, frame.unit, frame.count) if anchor else None
        return when.value if when else ""

    def set(self, mention: Mention, year: int | None) -> Answer:
        frame = mention.frame
        return Answer(frame.value or duration_value(frame.unit, frame.count))

    def fixed(self, mention: Mention, year: int | None) -> Answer:
        return Answer(mention.frame.value or "", "by its words alone")


_ANSWERS = {
    "date": Flow.date, "same": Flow.same, "shift": Flow.shift, "duration": Flow.duration,
    "set": Flow.set, "ref": Flow.fixed, "vague": Flow.fixed,
}  # fmt: skip

#: "For a year after the landing" is a length, whatever follows it.
_LENGTHS = ("after-event", "after-flow", "before-that", "after-date")
_SHIFT_MODS = {("LESS_THAN", 1): "BEFORE", ("MORE_THAN", 1): "AFTER", ("MORE_THAN", -1): "BEFORE", ("LESS_THAN", -1): "AFTER"}


def _named_unit(frame: Frame, when: When) -> When:
    """"The next decade" is a decade, "two decades later" a year."""
    if frame.rule in ("next", "next-bare", "part-next") and frame.unit in ("DE", "CE"):
        span = 10 if frame.unit == "DE" else 100
        year = when.year
        if year <= 0:
            number = 1 - year
            return When(frame.unit, 1 - (number // span * span + span - 1))
        return When(frame.unit, year // span * span)
    return when


def _dated_answer(frame: Frame, year: int | None, how: str, anchor: Found | None) -> Answer:
    if year is None:
        return Answer(_yearless(frame) + frame.time, how)
    when = _when(frame, year)
    if when is None:
        return Answer(year_value(year), how)
    return Answer(when.value + frame.time, how, when=when, time=frame.time, anchor=None if how == "explicit" else anchor)


def _when(frame: Frame, year: int) -> When | None:
    if frame.holiday or frame.rule.startswith("holiday"):
        return holiday(frame.holiday, year)
    if frame.season:
        return When("SEASON", year, None, None, frame.season)
    if frame.part:
        return When(frame.unit, year, None, None, frame.part)
    return When(frame.unit, year, frame.month, frame.day)


def _yearless(frame: Frame) -> str:
    if frame.season:
        return f"XXXX-{frame.season}"
    if frame.holiday[:2].isdecimal():
        return f"XXXX-{frame.holiday}"
    if frame.part:
        return f"XXXX-{frame.part}"
    month = f"{frame.month:02d}" if frame.month else "XX"
    return f"XXXX-{month}-{frame.day:02d}" if frame.day else f"XXXX-{month}"


def _foreign(frame: Frame) -> Answer:
    value = f"{frame.year:04d}-{frame.month:02d}" + (f"-{frame.day:02d}" if frame.day else "")
    return Answer(value, f"in the calendar named: {frame.calendar}")


def _truncate(when: When, unit: str) -> When | None:
    """The unit of time that holds `when`."""
    if unit in ("D", "N"):
        return when
    if unit in ("M",):
        month = month_of(when)
        return When("M", when.year, month) if month else when
    if unit == "SEASON":
        return when
    if unit == "Y":
        return When("Y", when.year)
    if unit in ("DE", "CE"):
        return _named_unit(Frame(kind="shift", rule="next", unit=unit), when)
    return when
