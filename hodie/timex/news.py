"""Resolving expressions against the day of writing: the news profile."""

from collections.abc import Iterator

from hodie.timex.answers import Answer, Found, dated_answer, timex_of
from hodie.timex.frames import Frame, Mention
from hodie.timex.model import Timex
from hodie.timex.narrative import Flow, month_named
from hodie.timex.whens import When, add_days, month_of, weekday_of, year_value
from hodie.timex.years import Dated


def resolve(mentions: list[Mention], reference: When | None) -> Iterator[Timex]:
    """One Timex for each mention, in order."""
    desk = Desk(reference)
    for mention in mentions:
        yield timex_of(mention, desk.answer(mention, Dated(mention.frame.year)))


def tense(mention: Mention) -> int:
    """Whether the sentence looks back (-1), ahead (1), or does not say (0)."""
    return ("will" in mention.cues) - ("was" in mention.cues)


class Desk(Flow):
    """The writer's desk: most things are told from today, a few from what was told last."""

    def date(self, mention: Mention, year: int | None) -> Answer:
        """A date without a year goes to the nearest year on the side that the tense looks to."""
        frame = mention.frame
        if (
            year is None
            and self.writing
            and (frame.month or frame.season or frame.part or frame.holiday)
        ):
            return self._nearest(mention, self.writing)
        return super().date(mention, year)

    def _nearest(self, mention: Mention, writing: Found) -> Answer:
        frame, here = mention.frame, writing.when
        if frame.source == "flow" and self.last:
            return dated_answer(frame, self.last.when.year, "in the year told last", self.last)
        place = (_month_in(frame), frame.day or 0)
        now = (here.month or 1, (here.day or 0) if frame.day else 0)
        year = here.year + _year_step(place, now, tense(mention))
        return dated_answer(
            frame, year, f"the year {year_value(year)} by the day of writing", writing
        )

    def weekday(self, mention: Mention) -> Answer:
        """A day of the week: the last one, today included, or the next where the future is told."""
        frame, writing = mention.frame, self.writing
        here = weekday_of(writing.when) if writing else None
        if writing is None or here is None:
            return super().weekday(mention)
        ahead = ((frame.weekday or 1) - here) % 7
        days = ahead if tense(mention) > 0 else (ahead - 7 if ahead else 0)
        when = add_days(writing.when, days)
        side = "ahead of" if days > 0 else "up to"
        value = when.value if when else ""
        return Answer(value + frame.time, f"the nearest {side} the day of writing", when, writing)

    def time_alone(self, mention: Mention, *, told: bool = False) -> Answer:
        """A time without a day: on the day told last, or today."""
        day = self.day or self.writing
        if day is None or day.when.day is None:
            return super().time_alone(mention, told=told)
        value = day.when.value + mention.frame.time
        return Answer(value, f"on {day.named}", day.when, day)

    def same(self, mention: Mention, year: int | None) -> Answer:
        """This week is the week of writing, that week the one told last."""
        frame = mention.frame
        if frame.source != "writing" and frame.bare and self.writing:
            return self.same_as(frame, self.writing)
        return super().same(mention, year)

    def shift_anchor(self, frame: Frame) -> Found | None:
        """Ago and last week count from today, later and the following week from the text."""
        if frame.source in ("now", "writing") and self.writing:
            return self.writing
        return self.anchor(frame.unit) or self.writing

    def shifted(self, frame: Frame, anchor: Found | None) -> Answer:
        """A year after or before a quarter is a quarter: "a year earlier", in a report of one."""
        last = self.last
        quarter = last is not None and last.when.unit in ("Q", "HY") and frame.source == "flow"
        if not quarter or last is None or frame.unit != "Y" or frame.count != 1:
            return super().shifted(frame, anchor)
        when = last.when._replace(year=last.when.year + frame.direction)
        return Answer(when.value, f"the same part of another year, from {last.named}", when, last)

    def next_named(self, frame: Frame, base: Frame) -> Answer:
        """Last Tuesday, next summer: from the day of writing."""
        if base.weekday and not base.day and self.writing:
            return self.next_weekday(frame, base, self.writing)
        last, self.last = self.last, self.writing or self.last
        answer = super().next_named(frame, base)
        self.last = last
        return answer


def _month_in(frame: Frame) -> int:
    quarter = When(frame.unit, 1, None, None, frame.part)
    return month_named(frame) or month_of(quarter) or 1


def _year_step(place: tuple[int, int], now: tuple[int, int], tense: int) -> int:
    """How many years from this one: by the tense, or else to the nearest of the three."""
    if tense < 0:
        return -1 if place > now else 0
    if tense > 0:
        return 1 if place < now else 0
    months = place[0] - now[0]
    return 1 if months < -6 else -1 if months > 6 else 0
