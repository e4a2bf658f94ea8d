"""What an entry is worth by itself, part by part."""

import re
from collections.abc import Iterator
from functools import lru_cache

from hodie.almanac import Entity, Entry, Kind, Reference
from hodie.dates import anniversary, anniversary_ordinal, is_round
from hodie.selection.cast import Cast, cast_of
from hodie.selection.household import household_names, names_in
from hodie.selection.lineup import Reason
from hodie.selection.policy import Policy
from hodie.selection.sorts import era_of, field_of, is_woman, region_of

# More sources, links or names than these add nothing: many names make no better story.
_MOST_SOURCES = 3
_MOST_LINKS = 4
_MOST_NAMES = 2
# Below this much fame it goes without saying.
_FAMOUS = 0.3
# "Action of 23 November 1650" names a day, and tells nothing of it.
_DULL = re.compile(
    r"^(?:Actions?|Affair|Skirmish|Raid) (?:of|at|on)\b|\b\d{1,2} [A-Z][a-z]+ \d{3,4}$"
)

PINNED = "pinned"
"""The flag of an entry that the house wants told."""

_FLAGS = {
    "title-made": ("title_made", "a title that a template made"),
    "calendar-doubtful": ("calendar_doubtful", "a date that may be of either calendar"),
    "date-disputed": ("date_disputed", "a date on which sources disagree"),
    PINNED: ("pinned", "being pinned by the house"),
}


def event_merits(
    entry: Entry, year: int, policy: Policy, cast: Cast, region: str | None
) -> tuple[Reason, ...]:
    """Return the reasons that speak for and against an event in a year."""
    return tuple([reason for reason in _merits(entry, year, policy, cast, region) if reason.value])


def merits_of(entry: Entry, year: int, policy: Policy) -> tuple[Reason, ...]:
    """Return the reasons for an entry of any kind that is seen alone, without a day around it."""
    if entry.kind is Kind.EVENT:
        cast = cast_of(entry)
        return event_merits(entry, year, policy, cast, region_of(entry, cast))
    if entry.kind is Kind.HOLIDAY:
        return holiday_merits(entry, policy)
    return person_merits(entry, year, policy)


def person_merits(entry: Entry, year: int, policy: Policy) -> tuple[Reason, ...]:
    """Return the reasons that speak for remembering a birth or death in a year."""
    weight = policy.people_weight * entry.weight
    reasons = [Reason("people_weight", weight, "how much is linked to the person")]
    person = entry.subject
    if person is not None:
        if person.born is not None and person.died is not None:
            words = "a birth and a death that are both known"
            reasons.append(Reason("remembered", policy.remembered, words))
        if names_in(person.name):
            reasons.append(Reason("people_household", policy.people_household, "a household name"))
        if is_woman(person):
            reasons.append(Reason("women", policy.women, ""))
        field = field_of(person)
        if field is not None and field in policy.fields:
            reasons.append(Reason(f"fields.{field}", policy.fields[field], f"a life in {field}"))
    reasons += _anniversary(entry, year, policy)
    if entry.flags:
        reasons += _flags(entry, policy)
    return tuple(reasons)


def person_score(entry: Entry, person: Entity | None, year: int, policy: Policy) -> float:
    """Return what `person_merits` add up to; most are looked at and never shown."""
    if entry.flags or entry.date is None or is_round(year - entry.date.year):
        return total(person_merits(entry, year, policy))
    score = policy.people_weight * entry.weight
    if person is not None:
        if person.born is not None and person.died is not None:
            score += policy.remembered
        if names_in(person.name):
            score += policy.people_household
        if is_woman(person):
            score += policy.women
        field = field_of(person)
        if field is not None:
            score += policy.fields.get(field, 0.0)
    return score


def holiday_merits(entry: Entry, policy: Policy) -> tuple[Reason, ...]:
    """Return how widely a holiday is kept, which its weight stands for."""
    number = len(entry.countries)
    countries = "one country" if number == 1 else f"{number} countries"
    words = f"being kept in {countries}" if number else "how much is linked to it"
    weight = Reason("weight", entry.weight, words)
    return (weight, *_flags(entry, policy)) if entry.flags else (weight,)


def total(reasons: tuple[Reason, ...]) -> float:
    """Sum reasons to a score."""
    return sum([reason.value for reason in reasons])


def years_since(entry: Entry, year: int) -> int | None:
    """Count the years from an entry to a year; None where it has no date."""
    return None if entry.date is None else anniversary(entry.date, year)


def _merits(
    entry: Entry, year: int, policy: Policy, cast: Cast, region: str | None
) -> Iterator[Reason]:
    yield Reason("weight", policy.weight * entry.weight, "how much is linked to it")
    yield from _renown(entry, policy, cast)
    yield from _household(entry, policy)
    yield from _fame(policy, cast)
    yield from _sources(entry.references, policy)
    if entry.line:
        yield Reason("line", policy.line, "")
    elif _DULL.search(entry.title or ""):
        yield Reason("dull", policy.dull, "a title that says little")
    yield from _sort(entry, policy, region)
    yield from _anniversary(entry, year, policy)
    yield from _age(entry, year, policy)
    if entry.flags:
        yield from _flags(entry, policy)


def _renown(entry: Entry, policy: Policy, cast: Cast) -> Iterator[Reason]:
    """Credit an event that others lead to by its name: its own article, or what it is a day of."""
    title = entry.title or ""
    weight = cast.subject.weight if cast.subject else 0.0
    for around in cast.context:
        if around.weight > weight and around.name in title:
            weight = around.weight
    words = "the renown of its name" if weight >= _FAMOUS else ""
    yield Reason("renown", policy.renown * weight, words)


def _household(entry: Entry, policy: Policy) -> Iterator[Reason]:
    """Credit names that a reader knows without being told."""
    names = household_names(entry)[:_MOST_NAMES]
    if names:
        what = "a household name" if len(names) == 1 else "household names"
        yield Reason("household", policy.household * len(names), f"{what} ({', '.join(names)})")


def _fame(policy: Policy, cast: Cast) -> Iterator[Reason]:
    """Credit the best known person and place, and how many are named."""
    if cast.people:
        known = max(cast.people, key=_weight)
        words = f"the fame of {known.name}" if known.weight >= _FAMOUS else ""
        yield Reason("fame", policy.fame * known.weight, words)
    if cast.places:
        known = max(cast.places, key=_weight)
        words = f"the fame of {known.name}" if known.weight >= _FAMOUS else ""
        yield Reason("place_fame", policy.place_fame * known.weight, words)
    links = min(len(cast.people) + len(cast.places) + len(cast.context), _MOST_LINKS)
    yield Reason("links", policy.links * links, "")


def _weight(entity: Entity) -> float:
    return entity.weight


def _sources(references: tuple[Reference, ...], policy: Policy) -> Iterator[Reason]:
    """Credit each further source; and the best of them, where the policy tells them apart."""
    number = len(references)
    if number > 1:
        value = policy.agreement * (min(number, _MOST_SOURCES) - 1)
        yield Reason("agreement", value, f"{number} sources that agree")
    if policy.sources and references:
        worth = [policy.sources.get(reference.source, 0.0) for reference in references]
        best = max(worth)
        if best:
            name = references[worth.index(best)].source
            yield Reason(f"sources.{name}", best, f"standing in {name}")


def _sort(entry: Entry, policy: Policy, region: str | None) -> Iterator[Reason]:
    """Credit its kind, era and region, each by the policy's table."""
    if entry.subkind and (value := policy.kinds.get(entry.subkind)):
        yield Reason(f"kinds.{entry.subkind}", value, f"its kind ({entry.subkind})")
    era = era_of(entry)
    if era and (value := policy.eras.get(era)):
        yield Reason(f"eras.{era}", value, "")
    if region and (value := policy.regions.get(region)):
        yield Reason(f"regions.{region}", value, "")


def _anniversary(entry: Entry, year: int, policy: Policy) -> Iterator[Reason]:
    """Credit a round anniversary: the editors' rule, centuries above halves above the rest."""
    years = years_since(entry, year)
    if years is None or not is_round(years):
        return
    feature = (
        "century"
        if years % 100 == 0
        else "half_century"
        if years % 50 == 0
        else "round_anniversary"
    )
    yield Reason(feature, getattr(policy, feature), _ordinal(years))


@lru_cache(maxsize=1024)
def _ordinal(years: int) -> str:
    return anniversary_ordinal(years)


def _age(entry: Entry, year: int, policy: Policy) -> Iterator[Reason]:
    years = years_since(entry, year)
    if years is not None and years < policy.recent_years:
        words = f"less than {policy.recent_years} years ago"
        yield Reason("recent", policy.recent * (1 - max(years, 0) / policy.recent_years), words)


def _flags(entry: Entry, policy: Policy) -> Iterator[Reason]:
    for flag in entry.flags:
        if flag in _FLAGS:
            feature, words = _FLAGS[flag]
            yield Reason(feature, getattr(policy, feature), words)
