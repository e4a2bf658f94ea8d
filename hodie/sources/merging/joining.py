"""One entry made of several that tell the same, with all their references."""

from collections.abc import Iterable, Sequence

import msgspec
from msgspec.structs import replace

from hodie.almanac import HIDDEN, Entry, Kind, Participant, Reference
from hodie.almanac.model import SUBJECT
from hodie.dates import HistoricalDate, MonthDay

_encode = msgspec.msgpack.Encoder().encode

DISPUTED = "date-disputed"

_PRECISIONS = ("day", "month", "season", "year", "decade", "century")
_DOUBTFUL, _TITLE_MADE = "calendar-doubtful", "title-made"
_VAGUE = "topic"


def joined(entries: Sequence[Entry]) -> Entry:
    """Return one entry for several; the first are those whose words and id count.

    The date is the one that most sources give; what another says instead stays with its reference.

    >>> from hodie.almanac import Reference
    >>> one, two = (Entry(f"e:{n}", Kind.EVENT, references=(Reference(f"s{n}"),)) for n in "12")
    >>> [each.source for each in joined([one, two]).references]
    ['s1', 's2']
    """
    date, day = _date(entries)
    titled = next((each for each in entries if each.title and _TITLE_MADE not in each.flags), None)
    titled = titled or next((each for each in entries if each.title), None)
    first = entries[0]
    return replace(
        first,
        subkind=next((each.subkind for each in entries if each.subkind), None),
        date=date,
        day=day,
        title=titled.title if titled else None,
        line=next((each.line for each in entries if each.line), None),
        weight=max(each.weight for each in entries),
        flags=_flags(entries, date, titled),
        participants=_participants(entries),
        references=_references(entries, date),
        countries=tuple(dict.fromkeys(code for each in entries for code in each.countries)),
    )


def in_order(entries: Iterable[tuple[bool, Entry]]) -> list[Entry]:
    """Return entries by whose words count: the starter's, then the better backed, then by id."""
    return [entry for _, entry in sorted(entries, key=_rank)]


def _rank(each: tuple[bool, Entry]) -> tuple[object, ...]:
    starter, entry = each
    return not starter, -len(entry.references), -entry.weight, entry.id, _encode(entry)


# Dates


def _date(entries: Sequence[Entry]) -> tuple[HistoricalDate | None, MonthDay | None]:
    dated = [each for each in entries if each.date is not None]
    if not dated:
        return None, next((each.day for each in entries if each.day), None)
    best = max(enumerate(dated), key=lambda each: (*_backing(each[1], dated), -each[0]))[1]
    return best.date, best.day


def _backing(entry: Entry, entries: Sequence[Entry]) -> tuple[int, int, int]:
    """Count the sources that agree with an entry's date; of equals the more precise is better."""
    date = entry.date
    assert date is not None
    agreeing = [each for each in entries if each.date and not contradict(date, each.date)]
    sources = {reference.source for each in agreeing for reference in _agreeing(each)}
    number = sum(len(_agreeing(each)) for each in agreeing)
    return len(sources), -_PRECISIONS.index(date.precision), number


def _agreeing(entry: Entry) -> list[Reference]:
    return [each for each in entry.references if each.date is None]


def contradict(one: HistoricalDate, two: HistoricalDate) -> bool:
    """Tell whether two dates cannot both be right. A doubt about the calendar is none of the date.

    >>> contradict(HistoricalDate(1879), HistoricalDate(1879, 11, 7))
    False
    >>> contradict(HistoricalDate(1879, 11, 8), HistoricalDate(1879, 11, 7))
    True
    """
    if (one.year, one.month, one.day) == (two.year, two.month, two.day):
        return False
    if one.approximate or two.approximate:
        return False
    return one.latest < two.earliest or two.latest < one.earliest


def _references(entries: Sequence[Entry], date: HistoricalDate | None) -> tuple[Reference, ...]:
    found = []
    for entry in entries:
        other = entry.date is not None and date is not None and contradict(entry.date, date)
        for each in entry.references:
            said = each.date or (entry.date.edtf if other and entry.date else None)
            found.append(replace(each, date=said) if said != each.date else each)
    return tuple(dict.fromkeys(found))


# The rest


def _flags(
    entries: Sequence[Entry], date: HistoricalDate | None, titled: Entry | None
) -> tuple[str, ...]:
    flags = list(dict.fromkeys(flag for each in entries for flag in each.flags))
    of_date = [each for each in entries if each.date == date]
    shown = [each for each in entries if not each.hidden]
    if shown and HIDDEN in flags:
        flags.remove(HIDDEN)
    if _DOUBTFUL in flags and not all(_DOUBTFUL in each.flags for each in of_date):
        flags.remove(_DOUBTFUL)
    if _TITLE_MADE in flags and (titled is None or _TITLE_MADE not in titled.flags):
        flags.remove(_TITLE_MADE)
    disputed = any(each.date and date and contradict(each.date, date) for each in entries)
    if disputed and DISPUTED not in flags:
        flags.append(DISPUTED)
    return tuple(flags)


def _participants(entries: Sequence[Entry]) -> tuple[Participant, ...]:
    """Return everybody once, in the first role that says more than "topic", a subject first."""
    roles: dict[str, Participant] = {}
    for entry in entries:
        for part in entry.participants:
            known = roles.get(part.entity.id)
            if known is None or (known.role == _VAGUE and part.role != _VAGUE):
                roles[part.entity.id] = part
    subjects = [part for part in roles.values() if part.role == SUBJECT]
    # An entry has one subject: of two that would not be joined, the first is meant.
    others = [part for part in roles.values() if part.role != SUBJECT]
    kept = (*subjects[:1], *others)
    return (*kept, *(Participant(part.entity, _VAGUE) for part in _rest(subjects, entries)))


def _rest(subjects: Sequence[Participant], entries: Sequence[Entry]) -> Sequence[Participant]:
    """Return the other subjects; of a birth or death they are the same person by another name."""
    return subjects[1:] if entries[0].kind is Kind.EVENT else ()
