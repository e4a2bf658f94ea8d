"""Resolving expressions in the story's own flow: the narrative profile."""

from collections.abc import Callable, Iterator

from hodie.timex.answers import Answer, Found, dated_answer, open_value, timex_of
from hodie.timex.durations import duration_value
from hodie.timex.frames import Frame, Mention
from hodie.timex.model import Timex
from hodie.timex.whens import (
    SEASON_MONTHS,
    When,
    add_days,
    in_julian,
    month_of,
    shift,
    weekday_of,
    whole,
    year_value,
)
from hodie.timex.years import WEIGHTS, Dated, Step, Weights, years

#: Units that a month, or a day, is too coarse to count from.
_DAY_UNITS = ("S", "MIN", "H", "N", "D", "WE", "W", "FN")
_MONTH_UNITS = ("M", "SEASON", "Q", "HY")
_LONG_UNITS = ("DE", "CE", "ML")
_FOREIGN = ("hebrew", "islamic", "french-republican")
_NOWHERE = "nothing before it to reckon from"
_UNDATED = Dated(None)


def resolve(
    mentions: list[Mention], reference: When | None, weights: Weights = WEIGHTS
) -> Iterator[Timex]:
    """One Timex for each mention, in order."""
    known = years_of(mentions, reference, weights)
    flow = Flow(reference)
    waiting: Mention | None = None
    for mention, dated in zip(mentions, known, strict=True):
        if "ahead" in mention.cues and waiting is None:
            waiting = mention
            continue
        answer = flow.answer(mention, dated)
        if waiting is not None:
            yield timex_of(waiting, flow.time_alone(waiting, told=True))
            waiting = None
        yield timex_of(mention, answer)
    if waiting is not None:
        yield timex_of(waiting, flow.answer(waiting, _UNDATED))


# ------------------------------------------------------------------ years


def years_of(
    mentions: list[Mention], reference: When | None, weights: Weights = WEIGHTS
) -> list[Dated]:
    """For each mention the year that the path through the story gives it."""
    at, steps = steps_of(mentions)
    result = [_UNDATED] * len(mentions)
    found = years(steps, reference.year if reference else None, weights)
    for index, dated in zip(at, found, strict=True):
        result[index] = dated
    return result


def steps_of(mentions: list[Mention]) -> tuple[list[int], list[Step]]:
    """The mentions that the path goes through: their indices, and how the path sees them."""
    at = [index for index, mention in enumerate(mentions) if _on_the_path(mention.frame)]
    return at, [_step(mentions, index) for index in at]


def _on_the_path(frame: Frame) -> bool:
    if frame.kind != "date" or frame.value or frame.source == "flow":
        return False
    if frame.unit in (*_LONG_UNITS, "T") or frame.calendar in _FOREIGN:
        return False
    return frame.unit != "D" or frame.month is not None or bool(frame.holiday)


def _step(mentions: list[Mention], index: int) -> Step:
    mention = mentions[index]
    frame, year = mention.frame, mention.frame.year
    if frame.bare and year is not None and year < 100:
        year = None
    if year is None and "joined" in mention.cues and index + 1 < len(mentions):
        year = mentions[index + 1].frame.year
    return Step(
        year,
        month_named(frame),
        aside="aside" in mention.cues,
        heading="heading" in mention.cues,
        day=frame.day is not None,
    )


def month_named(frame: Frame) -> int | None:
    """The month that a frame names, by itself or by a season or feast."""
    if frame.holiday:
        return int(frame.holiday[:2]) if frame.holiday[:1].isdecimal() else 4
    return frame.month or SEASON_MONTHS.get(frame.season)


# ------------------------------------------------------------------ the flow


class Flow:
    """How far the story has come while its expressions are answered from first to last.

    `last` is the expression told last, `day` and `month` the last that were so precise, and `told`
    the last that was more than a glance aside ("since 1927", or in parentheses).
    """

    def __init__(self, reference: When | None) -> None:
        self.writing = (
            Found(Mention(0, 0, "", Frame(kind="ref", rule="reference")), reference)
            if reference
            else None
        )
        self.last = self.told = self.writing
        self.day = self.writing if reference and reference.day else None
        self.month = self.writing if reference and reference.month else None

    def answer(self, mention: Mention, dated: Dated) -> Answer:
        """Answer one expression, and go on from there."""
        answer = _ANSWERS[mention.frame.kind](self, mention, dated.year)
        if answer.when is not None:
            glance = dated.background and not mention.cues.isdisjoint(("aside", "glance"))
            self._go_on(Found(mention, answer.when), glance)
        return answer

    def _go_on(self, found: Found, glance: bool) -> None:
        self.last = found
        self.told = self.told if glance and self.told else found
        if found.when.month is not None:
            self.month = found
        if found.when.day is not None:
            self.day = found
        elif found.when.unit == "M" and self.day and self.day.when[1:3] != found.when[1:3]:
            self.day = None

    def _open_year(self) -> str:
        """The year of a time that stays open: nobody's, but of the right era."""
        return "BCXXXX" if self.last and self.last.when.year <= 0 else "XXXX"

    # ---------------------------------------------------------------- dates

    def date(self, mention: Mention, year: int | None) -> Answer:
        """A calendar date, whole or in part."""
        frame = mention.frame
        if frame.value:
            year_, month, day = map(int, frame.value.split("-"))
            return Answer(frame.value, "by its name", When("D", year_, month, day))
        if frame.calendar in _FOREIGN:
            return foreign_date(frame)
        if frame.unit == "T":
            return self.time_alone(mention)
        if frame.unit in _LONG_UNITS:
            return self._long(frame)
        if (
            frame.unit == "D"
            and frame.month is None
            and not frame.holiday
            and (frame.day or frame.weekday)
        ):
            return self.day_alone(mention) if frame.day else self.weekday(mention)
        if "style" in mention.cues and (answer := self._other_style(frame)):
            return answer
        return self._calendar_date(frame, year)

    def _other_style(self, frame: Frame) -> Answer | None:
        """The day told last in the other calendar: "26 October by the calendar of Russia"."""
        day = self.day
        if day is None or frame.month is None or frame.day is None:
            return None
        when = in_julian(day.when)
        if when is None or (when.month, when.day) != (frame.month, frame.day):
            return None
        how = f"{day.named} in the Julian calendar"
        return Answer(when.value, how, when, day, calendar="julian")

    def _calendar_date(self, frame: Frame, year: int | None) -> Answer:
        if frame.source == "flow":
            anchor = self.told or self.last
            return dated_answer(
                frame, anchor.when.year if anchor else None, "in the year told last", anchor
            )
        if frame.bare and frame.year is not None and frame.year < 100:
            year = self._century_of(frame.year)
            return dated_answer(frame, year, "in the century of the story", self.last)
        if frame.year is not None and frame.year == year:
            return dated_answer(frame, year, "explicit")
        how = (
            "no year is told"
            if year is None
            else f"the year {year_value(year)} from the flow of the story"
        )
        return dated_answer(frame, year, how, self.last)

    def _long(self, frame: Frame) -> Answer:
        if not frame.bare:
            when = When(frame.unit, frame.year or 0)
            return Answer(when.value, "explicit", when)
        century = (self.last.when.year if self.last else 1900) // 100 * 100
        when = When(frame.unit, (frame.year or 0) + century)
        return Answer(when.value, "in the century of the story", None, self.last)

    def _century_of(self, short: int) -> int:
        """The year that ends in these two figures and is nearest, rather before than after."""
        here = self.last.when.year if self.last else 2000
        century = here // 100 * 100
        return min(
            (century - 100 + short, century + short),
            key=lambda year: (year > here, abs(year - here)),
        )

    def time_alone(self, mention: Mention, *, told: bool = False) -> Answer:
        """A time without a day: on the day told last, or on none if it is only a part of a day."""
        frame, day = mention.frame, self.day
        if day and (told or frame.time[1:2].isdecimal() or frame.whole):
            how = f"on the day told last, {day.named}"
            return Answer(day.when.value + frame.time, how, day.when, day)
        return Answer(f"{self._open_year()}-XX-XX{frame.time}", "no day is told")

    def weekday(self, mention: Mention) -> Answer:
        """A day of the week: the first one from the day told last."""
        frame, day = mention.frame, self.day
        here = weekday_of(day.when) if day else None
        when = add_days(day.when, ((frame.weekday or 1) - here) % 7) if day and here else None
        if day is None or when is None:
            return Answer(f"{self._open_year()}-WXX-{frame.weekday}{frame.time}", "no week is told")
        return Answer(when.value + frame.time, f"the first one from {day.named}", when, day)

    def day_alone(self, mention: Mention) -> Answer:
        """A day of the month: of the month told last."""
        frame, month = mention.frame, self.month
        if month is None or month.when.month is None:
            return Answer(f"{self._open_year()}-XX-{frame.day:02d}{frame.time}", "no month is told")
        when = When("D", month.when.year, month.when.month, frame.day)
        return Answer(
            when.value + frame.time, f"in the month told last, {month.named}", when, month
        )

    # ---------------------------------------------------------------- the same, before and after

    def same(self, mention: Mention, year: int | None) -> Answer:
        """That day, this month, the year."""
        frame = mention.frame
        if frame.source == "writing":
            return self.today(frame)
        return self.same_as(frame, self.anchor(frame.unit))

    def same_as(self, frame: Frame, anchor: Found | None) -> Answer:
        if anchor is None:
            return Answer(open_value(frame.unit, self._open_year()) + frame.time, _NOWHERE)
        when = whole(anchor.when, frame.unit)
        value = when.value
        if frame.unit == "D" and when.day is None:
            value = year_value(when.year) + (f"-{when.month:02d}-XX" if when.month else "-XX-XX")
        return Answer(value + frame.time, f"the same as {anchor.named}", when, anchor)

    def today(self, frame: Frame) -> Answer:
        """The day of writing, or its day and month in a year that is named ("today in 1940")."""
        here = self.writing.when if self.writing else None
        if here is None or here.day is None:
            if frame.base and frame.base.year is not None:
                return Answer(When("Y", frame.base.year).value, "no day of writing is known")
            return Answer(
                "XXXX-XX-XX" + frame.time if frame.time else "PRESENT_REF", "the day of writing"
            )
        if frame.base and frame.base.year is not None:
            when = here._replace(year=frame.base.year)
            return Answer(when.value, "the day of the dateline, in that year", when)
        return Answer(here.value + frame.time, "the day of writing", here)

    def shift(self, mention: Mention, year: int | None) -> Answer:
        """So long before or after something."""
        frame = mention.frame
        if "for" in mention.cues and frame.source in ("flow", "event") and not frame.whole:
            return self.duration(mention, year)
        if frame.source == "event" and "apposed" in mention.cues and self.day:
            return Answer(
                self.day.when.value, f"another name for {self.day.named}", self.day.when, self.day
            )
        if frame.base is not None:
            return self._from_base(mention)
        if frame.count is None:
            return self._vague_shift(frame)
        return self.shifted(frame, self.shift_anchor(frame))

    def shift_anchor(self, frame: Frame) -> Found | None:
        """What a shift counts from."""
        return self.writing if frame.source == "writing" else self.anchor(frame.unit)

    def shifted(self, frame: Frame, anchor: Found | None) -> Answer:
        when = (
            shift(anchor.when, frame.unit, (frame.count or 1) * frame.direction) if anchor else None
        )
        if anchor is None or when is None:
            year = year_value(anchor.when.year) if anchor else self._open_year()
            return Answer(
                open_value(frame.unit, year) + frame.time, "too little is told to count from"
            )
        when = whole(when, frame.unit) if frame.whole else when
        mod = _SHIFTED_MODS.get((frame.mod, frame.direction), frame.mod)
        how = f"{_counted(frame)} {anchor.named}"
        return Answer(when.value + frame.time, how, when, anchor, mod)

    def _vague_shift(self, frame: Frame) -> Answer:
        """Days later, a few months before: how many is anybody's guess."""
        if frame.part == "soon":
            year = year_value(self.last.when.year) if self.last else "XXXX"
            return Answer(
                open_value(frame.unit, year), "soon after what was told last", None, self.last
            )
        if frame.unit == "H" and self.day:
            return Answer(
                self.day.when.value + "TXX",
                f"on the day told last, {self.day.named}",
                None,
                self.day,
            )
        if frame.direction < 0 or not frame.bare:
            return Answer(
                "PAST_REF" if frame.direction < 0 else "FUTURE_REF", "how much is not said"
            )
        return Answer(open_value(frame.unit, self._open_year()), "how many is not said")

    def _from_base(self, mention: Mention) -> Answer:
        """Counted from the date that the expression itself names."""
        frame, base = mention.frame, mention.frame.base
        assert base is not None
        if not frame.unit or frame.named:
            return self.next_named(frame, base)
        here = self.told or self.last
        year = base.year if base.year is not None or here is None else here.when.year
        inner = Mention(mention.start, mention.end, mention.text, base)
        start = _ANSWERS[base.kind](self, inner, year)
        if start.when is None or frame.count is None:
            value = "FUTURE_REF" if frame.direction > 0 else "PAST_REF"
            return Answer(
                value if frame.count is None else open_value(frame.unit, "XXXX"), start.how
            )
        when = shift(start.when, frame.unit, frame.count * frame.direction)
        value = when.value if when else open_value(frame.unit, year_value(start.when.year))
        return Answer(value + frame.time, f"{_counted(frame)} {start.when.value}", when)

    def next_named(self, frame: Frame, base: Frame) -> Answer:
        """The next summer, the previous April: the nearest on that side of the story."""
        if base.weekday and not base.day:
            return self.next_weekday(frame, base, self.day)
        anchor = self.last
        if anchor is None:
            return dated_answer(base, None, _NOWHERE)
        here, month, year = month_of(anchor.when), month_named(base) or 1, anchor.when.year
        if frame.named:
            year += frame.direction
        elif frame.direction > 0:
            year += here is None or month <= here
        else:
            year -= here is not None and month >= here
        side = "after" if frame.direction > 0 else "before"
        return dated_answer(base, year, f"the nearest {side} {anchor.named}", anchor)

    def next_weekday(self, frame: Frame, base: Frame, anchor: Found | None) -> Answer:
        """The following Monday, last Friday: strictly after or before."""
        here = weekday_of(anchor.when) if anchor else None
        if anchor is None or here is None:
            return Answer(f"{self._open_year()}-WXX-{base.weekday}{base.time}", _NOWHERE)
        ahead = ((base.weekday or 1) - here) % 7
        when = add_days(anchor.when, (ahead or 7) if frame.direction > 0 else ahead - 7)
        side = "after" if frame.direction > 0 else "before"
        value = when.value + base.time if when else ""
        return Answer(value, f"the nearest {side} {anchor.named}", when, anchor)

    def anchor(self, unit: str) -> Found | None:
        """The latest expression precise enough to count such units from."""
        if unit in _DAY_UNITS:
            return self.day or self._month_of_last_year() or self.last
        if unit in _MONTH_UNITS:
            coarse = self.last is not None and self.last.when.month is None
            return (self._month_of_last_year() if coarse else None) or self.last
        return self.told or self.last

    def _month_of_last_year(self) -> Found | None:
        month, last = self.month, self.last
        return month if month and last and month.when.year == last.when.year else None

    # ---------------------------------------------------------------- lengths and references

    def duration(self, mention: Mention, year: int | None) -> Answer:
        """A length of time; after "after" it also says when it was over."""
        frame = mention.frame
        value = frame.value or duration_value(frame.unit, frame.count)
        if "after" not in mention.cues or frame.count is None:
            return Answer(value)
        anchor = self.anchor(frame.unit)
        when = shift(anchor.when, frame.unit, frame.count) if anchor else None
        if anchor is None or when is None:
            return Answer(value)
        return Answer(
            value, f"explicit; it ends {value} after {anchor.named}", None, anchor, "", when.value
        )

    def set(self, mention: Mention, year: int | None) -> Answer:
        """Something that happens again and again."""
        return Answer(
            mention.frame.value or duration_value(mention.frame.unit, mention.frame.count)
        )

    def fixed(self, mention: Mention, year: int | None) -> Answer:
        """A reference whose value is in its words."""
        return Answer(mention.frame.value or "", "by its words alone")


def foreign_date(frame: Frame) -> Answer:
    """A date in the figures of the calendar that it names."""
    day = f"-{frame.day:02d}" if frame.day else ""
    return Answer(
        f"{frame.year:04d}-{frame.month:02d}{day}", f"explicit, in the {frame.calendar} calendar"
    )


def _counted(frame: Frame) -> str:
    length = duration_value(frame.unit, frame.count)
    return f"{length} {'after' if frame.direction > 0 else 'before'}"


_ANSWERS: dict[str, Callable[[Flow, Mention, int | None], Answer]] = {
    "date": lambda flow, mention, year: flow.date(mention, year),
    "same": lambda flow, mention, year: flow.same(mention, year),
    "shift": lambda flow, mention, year: flow.shift(mention, year),
    "duration": Flow.duration,
    "set": Flow.set,
    "ref": Flow.fixed,
    "vague": Flow.fixed,
}

#: "Less than a year later" is before that year is over, "more than a year earlier" before it too.
_SHIFTED_MODS = {
    ("LESS_THAN", 1): "BEFORE",
    ("MORE_THAN", 1): "AFTER",
    ("LESS_THAN", -1): "AFTER",
    ("MORE_THAN", -1): "BEFORE",
}
