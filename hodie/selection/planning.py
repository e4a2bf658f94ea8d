"""A year laid out: a lead for each day, nobody leading twice, and the centenaries that come."""

import datetime
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from typing import Protocol

from msgspec import Struct

from hodie.almanac import Entry, Kind
from hodie.dates import LeapDay, MonthDay, is_round
from hodie.selection.choosing import Candidate, Days, candidates
from hodie.selection.leading import Leading
from hodie.selection.leaving import allowed
from hodie.selection.lineup import Pick, Reason
from hodie.selection.merits import merits_of, total, years_since
from hodie.selection.policy import Policy

# For each person, article, war or household name that leads on another day of the year.
_AGAIN = -0.6
# For each of three days before and after whose lead has the same subject, region, century.
_AROUND = 3
_ALIKE = {"subject": -0.12, "region": -0.06, "century": -0.06}
_OF_A_YEAR = 40
_FIRST_YEAR = -3000


class Facts(Days, Protocol):
    """What planning asks of an almanac."""

    def year(self, year: int, *, limit: int | None = 50) -> list[Entry]: ...


class Planned(Struct, frozen=True):
    """What leads on a date."""

    date: datetime.date
    pick: Pick
    years: int
    """How long ago it happened."""

    @property
    def is_round(self) -> bool:
        return is_round(self.years)


def plan_year(
    almanac: Days, year: int, policy: Policy, *, leap_day: LeapDay = "february-28"
) -> Iterator[Planned]:
    """Yield a lead for each day of a year that has one, in order of the days.

    The strongest stories are placed first, so that who leads stands on the day of their best. Who
    leads gives way to others on all other days, and so does one more of a sort that the days
    around have: what `choose` would pick by itself for single days may differ.
    """
    leading, balance = Leading(policy, year), _Balance()
    ranked = {
        day: candidates(almanac, MonthDay.of(day), year, policy, leap_day=leap_day)
        for day in _days(year)
    }
    found: dict[datetime.date, Planned] = {}
    for day in sorted(ranked, key=lambda day: _turn(ranked[day], leading)):
        lead = _lead(ranked[day], leading, balance, day)
        if lead is not None:
            pick = _pick(lead, leading, balance, day)
            found[day] = Planned(day, pick, years_since(lead.entry, year) or 0)
            balance.add(lead, day)
    for day in sorted(found):
        yield found[day]


def centenaries(
    almanac: Facts, year: int, policy: Policy, *, limit: int = 40
) -> list[tuple[Entry, int]]:
    """Return what comes round by whole centuries in a year, with the years: weightiest first.

    Births and deaths are among them; what is sensitive is left out unless the policy shows it.
    """
    found: list[tuple[float, Entry]] = []
    for past in range(year - 100, _FIRST_YEAR, -100):
        for entry in allowed(almanac.year(past, limit=_OF_A_YEAR), policy):
            if entry.day is None or _too_sad(entry, policy):
                continue
            found.append((total(merits_of(entry, year, policy)), entry))
    found.sort(key=lambda one: (-one[0], one[1].id))
    best = _shared_out(entry for _, entry in found)
    kept = [entry for _, entry in zip(range(limit), best, strict=False)]
    kept.sort(key=lambda entry: (str(entry.day), entry.id))
    return [(entry, years_since(entry, year) or 0) for entry in kept]


def _too_sad(entry: Entry, policy: Policy) -> bool:
    return "sensitive" in entry.flags and policy.sensitivity != "shown"


def _shared_out(entries: Iterator[Entry]) -> Iterator[Entry]:
    """Take events, births and deaths in turn, so that lives do not crowd out what was done."""
    waiting: dict[Kind, deque[Entry]] = {
        kind: deque() for kind in (Kind.EVENT, Kind.BIRTH, Kind.DEATH)
    }
    for entry in entries:
        if entry.kind in waiting:
            waiting[entry.kind].append(entry)
    while any(waiting.values()):
        for queue in waiting.values():
            if queue:
                yield queue.popleft()


class _Balance:
    """What leads so far: who in the year, and what sorts on which day."""

    def __init__(self) -> None:
        self._told: set[str] = set()
        self._leads: dict[datetime.date, Candidate] = {}

    def add(self, lead: Candidate, day: datetime.date) -> None:
        self._told.update(lead.protagonists)
        self._leads[day] = lead

    def reasons(self, one: Candidate, day: datetime.date) -> Iterator[Reason]:
        """Yield what speaks against a lead for having its like on other days."""
        again = len(self._told.intersection(one.protagonists))
        if again:
            yield Reason("repetition", _AGAIN * again, "what leads on another day of the year")
        alike = Counter(
            name
            for led in self._around(day)
            for name in _ALIKE
            if (sort := getattr(one.sorts, name)) is not None and sort == getattr(led.sorts, name)
        )
        for name, number in alike.items():
            yield Reason(f"variety_{name}", _ALIKE[name] * number, "the like on the days around")

    def _around(self, day: datetime.date) -> Iterator[Candidate]:
        for number in (day.toordinal() + away for away in range(-_AROUND, _AROUND + 1)):
            if 0 < number <= datetime.date.max.toordinal():
                led = self._leads.get(datetime.date.fromordinal(number))
                if led is not None:
                    yield led


def _turn(ranked: Sequence[Candidate], leading: Leading) -> tuple[bool, float]:
    """Order the days: what is planned first, then by their best lead.

    The renown of its own name counts twice, so that the deed goes before what led to it.
    """
    fit = [one for one in ranked if leading.may_lead(one.entry)] or ranked
    best = max((leading.score(one) + _renown(one) for one in fit), default=0.0)
    return not any(leading.is_planned(one.entry) for one in ranked), -best


def _renown(one: Candidate) -> float:
    return sum(reason.value for reason in one.merits if reason.feature == "renown")


def _lead(
    ranked: Sequence[Candidate], leading: Leading, balance: _Balance, day: datetime.date
) -> Candidate | None:
    planned = [one for one in ranked if leading.is_planned(one.entry)]
    fit = planned or [one for one in ranked if leading.may_lead(one.entry)] or ranked
    return max(
        fit,
        key=lambda one: leading.score(one) + total(tuple(balance.reasons(one, day))),
        default=None,
    )


def _pick(lead: Candidate, leading: Leading, balance: _Balance, day: datetime.date) -> Pick:
    reasons = (*lead.merits, *leading.reasons(lead.entry), *balance.reasons(lead, day))
    return Pick(lead.entry, total(reasons), reasons)


def _days(year: int) -> Iterator[datetime.date]:
    day = datetime.date(year, 1, 1)
    while day.year == year:
        yield day
        if day == datetime.date.max:
            return
        day += datetime.timedelta(days=1)
