"""Chooses what a day tells: the best by their merits, each seen beside those chosen before."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple, Protocol

from hodie.almanac import Entity, Entry, Kind
from hodie.dates import LeapDay, MonthDay, days_shown
from hodie.selection.cast import Cast, cast_of
from hodie.selection.company import Company
from hodie.selection.doubles import same_happening
from hodie.selection.holidays import joined
from hodie.selection.household import names_in
from hodie.selection.leading import Leading
from hodie.selection.leaving import allowed
from hodie.selection.lineup import Lineup, Pick, Reason
from hodie.selection.merits import (
    event_merits,
    holiday_merits,
    person_merits,
    person_score,
    total,
)
from hodie.selection.policy import Policy
from hodie.selection.sorts import Sorts, century_of, field_of, sorts_of

# Variety is looked for among so many of the best; what stands below would be picked for being odd.
_SHORTLIST = 30
# So many people are looked at for one that is picked: among fewer there are too few women.
_PEOPLE_LOOKED_AT = 3.25
_FEWEST = 50


class Days(Protocol):
    """What a selection asks of an almanac."""

    def day(self, day: MonthDay, kind: Kind | None = None, *, limit: int = 50) -> list[Entry]: ...


class Candidate(NamedTuple):
    """An event that could be told: its merits, without those of the company it would be in."""

    entry: Entry
    merits: tuple[Reason, ...]
    score: float
    sorts: Sorts
    protagonists: tuple[str, ...]


def choose(
    almanac: Days,
    day: MonthDay,
    year: int,
    policy: Policy | None = None,
    *,
    leap_day: LeapDay = "february-28",
    holidays: Iterable[Entry] = (),
) -> Lineup:
    """Choose what to tell on a day of a year, the same for the same almanac and policy.

    `holidays` are those of that year alone, beside the almanac's, which are of every year. On 28
    February of a common year the entries of the 29th are among those to choose from, if
    `leap_day` says so.
    """
    policy = policy or Policy()
    days = days_shown(day, year, leap_day)

    def people(kind: Kind, number: int) -> tuple[Pick, ...]:
        if not number:
            return ()
        limit = max(_FEWEST, round(number * _PEOPLE_LOOKED_AT))
        return _people(_entries(almanac, days, kind, limit, policy), number, year, policy)

    ranked = ranked_events(
        _entries(almanac, days, Kind.EVENT, policy.candidates, policy), year, policy
    )
    front, events = _events(ranked, year, policy)
    known = _entries(almanac, days, Kind.HOLIDAY, policy.candidates, policy)
    kept = joined(known, allowed(holidays, policy))
    return Lineup(
        day=day,
        year=year,
        lead=front[0] if front else None,
        selected=front[1:],
        events=events,
        births=people(Kind.BIRTH, policy.births),
        deaths=people(Kind.DEATH, policy.deaths),
        holidays=_holidays(kept, policy),
    )


def candidates(
    almanac: Days,
    day: MonthDay,
    year: int,
    policy: Policy,
    *,
    leap_day: LeapDay = "february-28",
) -> list[Candidate]:
    """Return the events that a day could tell, best first by their own merits, none told twice."""
    days = days_shown(day, year, leap_day)
    entries = _entries(almanac, days, Kind.EVENT, policy.candidates, policy)
    return ranked_events(entries, year, policy)


def ranked_events(entries: Iterable[Entry], year: int, policy: Policy) -> list[Candidate]:
    """Rank events by score; equals by their ids, so that no run differs from another."""
    found = [_candidate(entry, year, policy) for entry in entries]
    found.sort(key=lambda one: (-one.score, one.entry.id))
    return _once(found)


def _entries(
    almanac: Days, days: Sequence[MonthDay], kind: Kind, limit: int, policy: Policy
) -> list[Entry]:
    found: list[Entry] = []
    for day in days:
        found += almanac.day(day, kind, limit=limit)
    return allowed(found, policy)


def _candidate(entry: Entry, year: int, policy: Policy) -> Candidate:
    cast = cast_of(entry)
    sorts = sorts_of(entry, cast)
    merits = event_merits(entry, year, policy, cast, sorts.region)
    return Candidate(entry, merits, total(merits), sorts, _protagonists(entry, cast))


def _protagonists(entry: Entry, cast: Cast) -> tuple[str, ...]:
    """Name those that a second entry about would repeat: its people, subject, war, known names."""
    told = [each.id for each in (*cast.people, *cast.context)]
    for part in entry.participants:
        if part.role == "topic":
            told += names_in(part.entity.name)
    return (cast.subject.id, *told) if cast.subject else tuple(told)


def _once(ranked: list[Candidate]) -> list[Candidate]:
    """Keep the best of entries that tell one happening."""
    kept: list[Candidate] = []
    of_year: dict[int, list[Entry]] = {}
    for one in ranked:
        date = one.entry.date
        told = of_year.setdefault(date.year, []) if date else []
        if not any(same_happening(one.entry, other) for other in told):
            told.append(one.entry)
            kept.append(one)
    return kept


def _events(
    ranked: list[Candidate], year: int, policy: Policy
) -> tuple[tuple[Pick, ...], tuple[Pick, ...]]:
    """Choose lead and selected, in this order, and what else is told of the day."""
    front = _front(ranked, year, policy)
    taken = {pick.entry.id for pick in front}
    rest = [one for one in ranked if one.entry.id not in taken][: policy.events]
    return front, _by_year(Pick(one.entry, one.score, one.merits) for one in rest)


def _front(ranked: Sequence[Candidate], year: int, policy: Policy) -> tuple[Pick, ...]:
    company, leading = Company(policy), Leading(policy, year)
    left = list(ranked[:_SHORTLIST])
    picks: list[tuple[Candidate, tuple[Reason, ...]]] = []
    lead = leading.best(ranked)
    while lead or (left and len(picks) <= policy.selected):
        best = lead or _best(left, company)
        if best is None:
            break
        if best in left:
            left.remove(best)
        extra = list(company.reasons(best.sorts, best.protagonists))
        if lead:
            extra += leading.reasons(best.entry)
        company.add(best.entry, best.sorts, best.protagonists)
        picks.append((best, tuple(extra)))
        lead = None
    return tuple(_pick(one, extra, company) for one, extra in picks)


def _best(left: list[Candidate], company: Company) -> Candidate | None:
    """Return the first of those that are worth most beside the chosen."""
    best, most = None, float("-inf")
    for one in left:
        # They come best first, and company adds no more than this.
        if one.score + company.most <= most:
            break
        if not company.admits(one.entry, one.sorts):
            continue
        worth = one.score + company.value(one.sorts, one.protagonists)
        if worth > most:
            best, most = one, worth
    return best


def _pick(one: Candidate, extra: tuple[Reason, ...], company: Company) -> Pick:
    """Make a pick, and say of a sort that it is the only one where that stayed true."""
    reasons = [*one.merits]
    for reason in extra:
        shared = reason.feature.startswith("variety_") and not company.alone(reason, one.sorts)
        reasons.append(Reason(reason.feature, reason.value, "") if shared else reason)
    return Pick(one.entry, total(tuple(reasons)), tuple(reasons))


class _Person(NamedTuple):
    score: float
    entry: Entry
    subject: Entity | None


def _people(entries: Iterable[Entry], number: int, year: int, policy: Policy) -> tuple[Pick, ...]:
    """Choose whom to remember: the weightiest, with some spread of centuries and fields."""
    groups = _grouped(entries, year, policy)
    seen: dict[tuple[str, object], int] = {}
    picks: list[Pick] = []
    # Within a group all gain the same from variety, so its first is its best.
    spreads = {sorts: _spread(sorts, seen, policy) for sorts in groups}
    while groups and len(picks) < number:
        sorts = max(groups, key=lambda each: groups[each][-1].score + spreads[each])
        one, spread = groups[sorts].pop(), spreads[sorts]
        if not groups[sorts]:
            del groups[sorts]
        century, _, field = sorts
        for sort in (("century", century), ("field", field)):
            seen[sort] = seen.get(sort, 0) + 1
        for each in groups:
            if each[0] == century or each[2] == field:
                spreads[each] = _spread(each, seen, policy)
        reasons = (*person_merits(one.entry, year, policy), Reason("people_century", spread, ""))
        picks.append(Pick(one.entry, one.score + spread, reasons))
    return _by_year(picks)


def _grouped(entries: Iterable[Entry], year: int, policy: Policy) -> dict[Sorts, list[_Person]]:
    """Group people by century and field, the best of each last."""
    groups: dict[Sorts, list[_Person]] = {}
    for entry in entries:
        person = entry.subject
        sorts = Sorts(century_of(entry), None, field_of(person) if person else None)
        one = _Person(person_score(entry, person, year, policy), entry, person)
        groups.setdefault(sorts, []).append(one)
    for group in groups.values():
        group.sort(key=lambda one: (-one.score, one.entry.id), reverse=True)
    # In the order of their best, so that of equals the first stays first.
    firsts = sorted(groups, key=lambda each: (-groups[each][-1].score, groups[each][-1].entry.id))
    return {sorts: groups[sorts] for sorts in firsts}


def _spread(sorts: Sorts, seen: dict[tuple[str, object], int], policy: Policy) -> float:
    century = policy.people_century / (1 + seen.get(("century", sorts.century), 0))
    if sorts.subject is None:
        return century
    return century + policy.people_field / (1 + seen.get(("field", sorts.subject), 0))


def _holidays(entries: Iterable[Entry], policy: Policy) -> tuple[Pick, ...]:
    kept = sorted(entries, key=lambda entry: (-entry.weight, entry.id))[: policy.holidays]
    merits = ((entry, holiday_merits(entry, policy)) for entry in kept)
    return tuple(Pick(entry, total(reasons), reasons) for entry, reasons in merits)


def _by_year(picks: Iterable[Pick]) -> tuple[Pick, ...]:
    return tuple(sorted(picks, key=_when))


def _when(pick: Pick) -> tuple[int, str]:
    # All stand on one day, or on two that follow each other: the year orders them well enough.
    return (pick.entry.date.year if pick.entry.date else 0), pick.entry.id
