"""What an entry is worth by itself, part by part."""

from collections.abc import Iterator

from hodie.almanac import Entry, Kind
from hodie.dates import anniversary, anniversary_ordinal, is_round
from hodie.selection.lineup import Reason
from hodie.selection.policy import Policy
from hodie.selection.sorts import field_of

# More sources or links than these add nothing: what four name is as well known as what ten do.
_MOST_SOURCES = 3
_MOST_LINKS = 3
# Below this much fame it goes without saying.
_FAMOUS = 0.3

_FLAGS = {
    "title-made": ("title_made", "a title that a template made"),
    "calendar-doubtful": ("calendar_doubtful", "a date that may be of either calendar"),
    "date-disputed": ("date_disputed", "a date on which sources disagree"),
}


def event_merits(entry: Entry, year: int, policy: Policy) -> tuple[Reason, ...]:
    """Return the reasons that speak for and against an event in a year."""
    return tuple(reason for reason in _merits(entry, year, policy) if reason.value)


def person_merits(entry: Entry, year: int, policy: Policy) -> tuple[Reason, ...]:
    """Return the reasons that speak for remembering a birth or death in a year."""
    reasons = [Reason("weight", policy.weight * entry.weight, "the person's weight in the corpus")]
    person = entry.subject
    if person is not None:
        if person.born is not None and person.died is not None:
            words = "a life whose both ends are remembered"
            reasons.append(Reason("remembered", policy.remembered, words))
        field = field_of(person)
        if field is not None and field in policy.fields:
            reasons.append(Reason("fields", policy.fields[field], f"a life in {field}"))
    reasons += _anniversary(entry, year, policy)
    if entry.flags:
        reasons += _flags(entry, policy)
    return tuple(reasons)


def holiday_merits(entry: Entry, policy: Policy) -> tuple[Reason, ...]:
    """Return how widely a holiday is kept, which its weight stands for."""
    number = len(entry.countries)
    countries = "one country" if number == 1 else f"{number} countries"
    words = f"being kept in {countries}" if number else "its weight in the corpus"
    return (Reason("weight", policy.weight * entry.weight, words),)


def total(reasons: tuple[Reason, ...]) -> float:
    """Sum reasons to a score."""
    return sum([reason.value for reason in reasons])


def years_since(entry: Entry, year: int) -> int | None:
    """Count the years from an entry to a year; None where it has no date."""
    return None if entry.date is None else anniversary(entry.date, year)


def _merits(entry: Entry, year: int, policy: Policy) -> Iterator[Reason]:
    yield Reason("weight", policy.weight * entry.weight, "its weight in the corpus")
    yield from _fame(entry, policy)
    yield from _renown(entry, policy)
    yield from _sources(entry, policy)
    links = sum(1 for part in entry.participants if part.role in ("person", "topic"))
    yield Reason("links", policy.links * min(links, _MOST_LINKS), "")
    if entry.line:
        yield Reason("line", policy.line, "a line of its own")
    if kind := policy.kinds.get(entry.subkind or ""):
        yield Reason("kinds", kind, f"its kind ({entry.subkind})")
    yield from _anniversary(entry, year, policy)
    yield from _age(entry, year, policy)
    yield from _flags(entry, policy)


def _fame(entry: Entry, policy: Policy) -> Iterator[Reason]:
    """Credit the best known of those who took part; an article of its own lends no fame."""
    known = max(entry.people, key=lambda person: person.weight, default=None)
    if known is not None:
        words = f"the fame of {known.name}" if known.weight >= _FAMOUS else ""
        yield Reason("fame", policy.fame * known.weight, words)


def _renown(entry: Entry, policy: Policy) -> Iterator[Reason]:
    """Credit an event that others lead to by its name: its own article, or what it is a day of."""
    title = entry.title or ""
    named = [around.weight for around in entry.context if around.name in title]
    weight = max([entry.subject.weight if entry.subject else 0.0, *named])
    words = "the renown of its name" if weight >= _FAMOUS else ""
    yield Reason("renown", policy.renown * weight, words)


def _sources(entry: Entry, policy: Policy) -> Iterator[Reason]:
    number = len(entry.references)
    if number > 1:
        value = policy.agreement * (min(number, _MOST_SOURCES) - 1)
        yield Reason("agreement", value, f"{number} sources that agree")


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
    yield Reason(feature, getattr(policy, feature), anniversary_ordinal(years))


def _age(entry: Entry, year: int, policy: Policy) -> Iterator[Reason]:
    years = years_since(entry, year)
    if years is not None and years < policy.recent_years and entry.kind is Kind.EVENT:
        words = f"less than {policy.recent_years} years ago"
        yield Reason("recent", policy.recent * (1 - max(years, 0) / policy.recent_years), words)


def _flags(entry: Entry, policy: Policy) -> Iterator[Reason]:
    for flag in entry.flags:
        if flag in _FLAGS:
            feature, words = _FLAGS[flag]
            yield Reason(feature, getattr(policy, feature), words)
