"""Chooses what a day tells: the best by their merits, each seen beside those chosen before."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, Protocol

from hodie.almanac import Entry, Kind
from hodie.dates import LeapDay, MonthDay, days_shown
from hodie.selection.company import Company
from hodie.selection.lineup import Lineup, Pick, Reason
from hodie.selection.merits import (
    event_merits,
    holiday_merits,
    person_merits,
    total,
    years_since,
)
from hodie.selection.policy import Policy
from hodie.selection.sorts import Sorts, century_of, field_of, sorts_of

# Variety is looked for among so many of the best; what stands below would be picked for being odd.
_SHORTLIST = 40
_PEOPLE_LOOKED_AT = 5

Merits = Callable[[Entry], tuple[Reason, ...]]


class Days(Protocol):
    """What a selection asks of an almanac."""

    def day(self, day: MonthDay, kind: Kind | None = None, *, limit: int = 50) -> list[Entry]: ...


def choose(
    almanac: Days,
    day: MonthDay,
    year: int,
    policy: Policy | None = None,
    *,
    leap_day: LeapDay = "february-28",
) -> Lineup:
    """Choose what to tell on a day of a year, the same for the same almanac and policy.

    On 28 February of a common year the entries of the 29th are among those to choose from, if
    `leap_day` says so.
    """
    policy = policy or Policy()
    days = days_shown(day, year, leap_day)

    def entries(kind: Kind, limit: int) -> list[Entry]:
        return [entry for each in days for entry in almanac.day(each, kind, limit=limit)]

    def people(kind: Kind, number: int) -> tuple[Pick, ...]:
        remembered = entries(kind, number * _PEOPLE_LOOKED_AT)
        return _people(remembered, number, year, policy) if number else ()

    front, events = _events(entries(Kind.EVENT, policy.candidates), year, policy)
    return Lineup(
        day=day,
        year=year,
        lead=front[0] if front else None,
        selected=front[1:],
        events=events,
        births=people(Kind.BIRTH, policy.births),
        deaths=people(Kind.DEATH, policy.deaths),
        holidays=_holidays(entries(Kind.HOLIDAY, policy.candidates), policy),
    )


class _Candidate(NamedTuple):
    entry: Entry
    merits: tuple[Reason, ...]
    score: float
    sorts: Sorts


def _events(
    entries: Iterable[Entry], year: int, policy: Policy
) -> tuple[tuple[Pick, ...], tuple[Pick, ...]]:
    """Choose lead and selected, in this order, and what else is told of the day."""
    ranked = _ranked(entries, lambda entry: event_merits(entry, year, policy))
    front = _front(ranked, year, policy)
    taken = {pick.entry.id for pick in front}
    rest = [one for one in ranked if one.entry.id not in taken][: policy.events]
    return front, _by_year(Pick(one.entry, one.score, one.merits) for one in rest)


def _front(ranked: Sequence[_Candidate], year: int, policy: Policy) -> tuple[Pick, ...]:
    company = Company(policy)
    left = list(ranked[:_SHORTLIST])
    picks: list[tuple[_Candidate, tuple[Reason, ...]]] = []
    while left and len(picks) <= policy.selected:
        best = _best(left, company, year, policy, lead=not picks)
        if best is None:
            break
        left.remove(best)
        extra = list(company.reasons(best.entry, best.sorts))
        if not picks:
            extra += _lead_reasons(best, year, policy)
        company.add(best.entry, best.sorts)
        picks.append((best, tuple(extra)))
    return tuple(_pick(one, extra, company) for one, extra in picks)


def _best(
    left: list[_Candidate], company: Company, year: int, policy: Policy, *, lead: bool
) -> _Candidate | None:
    admitted = [one for one in left if company.admits(one.entry, one.sorts)]

    def score(one: _Candidate) -> float:
        handicap = total(_lead_reasons(one, year, policy)) if lead else 0.0
        return one.score + company.value(one.entry, one.sorts) + handicap

    # Candidates come in a fixed order and max takes the first of equals: no choice is by chance.
    return max(admitted, key=score, default=None)


def _lead_reasons(one: _Candidate, year: int, policy: Policy) -> tuple[Reason, ...]:
    """Return what speaks against an entry as the first that a reader sees at breakfast."""
    reasons = []
    years = years_since(one.entry, year)
    fresh = years is not None and years < policy.sensitive_years
    if "sensitive" in one.entry.flags and fresh:
        reasons.append(Reason("lead_sensitive", policy.lead_sensitive, "asking for tact"))
    if one.sorts.subject == "war":
        reasons.append(Reason("lead_war", policy.lead_war, "one more battle"))
    return tuple(reasons)


def _pick(one: _Candidate, extra: tuple[Reason, ...], company: Company) -> Pick:
    """Make a pick, and say of a sort that it is the only one where that stayed true."""
    reasons = [*one.merits]
    for reason in extra:
        shared = reason.feature.startswith("variety_") and not company.alone(reason, one.sorts)
        reasons.append(Reason(reason.feature, reason.value, "") if shared else reason)
    return Pick(one.entry, total(tuple(reasons)), tuple(reasons))


def _people(entries: Iterable[Entry], number: int, year: int, policy: Policy) -> tuple[Pick, ...]:
    """Choose whom to remember: the weightiest, with some spread of centuries and fields."""
    groups: dict[Sorts, list[_Candidate]] = {}
    for one in _ranked(entries, lambda entry: person_merits(entry, year, policy)):
        groups.setdefault(one.sorts, []).append(one)
    seen: dict[tuple[str, object], int] = {}
    picks: list[Pick] = []
    while groups and len(picks) < number:
        # Within a group all gain the same from variety, so its first is its best.
        worth = {
            sorts: group[0].score + _spread(sorts, seen, policy) for sorts, group in groups.items()
        }
        sorts = max(worth, key=worth.__getitem__)
        one, spread = groups[sorts].pop(0), _spread(sorts, seen, policy)
        if not groups[sorts]:
            del groups[sorts]
        for sort in (("century", sorts.century), ("field", sorts.subject)):
            seen[sort] = seen.get(sort, 0) + 1
        reasons = (*one.merits, Reason("people_century", spread, ""))
        picks.append(Pick(one.entry, one.score + spread, reasons))
    return _by_year(picks)


def _spread(sorts: Sorts, seen: dict[tuple[str, object], int], policy: Policy) -> float:
    century = policy.people_century / (1 + seen.get(("century", sorts.century), 0))
    if sorts.subject is None:
        return century
    return century + policy.people_field / (1 + seen.get(("field", sorts.subject), 0))


def _holidays(entries: Iterable[Entry], policy: Policy) -> tuple[Pick, ...]:
    ranked = _ranked(entries, lambda entry: holiday_merits(entry, policy))[: policy.holidays]
    return tuple(Pick(one.entry, one.score, one.merits) for one in ranked)


def _ranked(entries: Iterable[Entry], merits: Merits) -> list[_Candidate]:
    """Rank entries by score; equals by their ids, so that no run differs from another."""
    candidates = []
    for entry in entries:
        reasons = merits(entry)
        candidates.append(_Candidate(entry, reasons, total(reasons), _sorts(entry)))
    candidates.sort(key=lambda one: (-one.score, one.entry.id))
    return candidates


def _sorts(entry: Entry) -> Sorts:
    if entry.kind is Kind.EVENT:
        return sorts_of(entry)
    return Sorts(century_of(entry), None, field_of(entry.subject) if entry.subject else None)


def _by_year(picks: Iterable[Pick]) -> tuple[Pick, ...]:
    return tuple(sorted(picks, key=_when))


def _when(pick: Pick) -> tuple[int, str]:
    return (pick.entry.date.earliest if pick.entry.date else 0), pick.entry.id
