"""Facts: what the rules take from an item, before anything is known of what it refers to."""

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from hodie.dates import Calendar, DateError, HistoricalDate
from hodie.sources.wikidata.items import Item, Statement, Time
from hodie.sources.wikidata.rules import Rule, Rules, number

DATES = ("P585", "P580")
"""The qualifiers that date a significant event, the better first."""

SPAN = ("P585", "P580", "P582")
"""When something happened, or began and ended."""

PRECISIONS = {"day": 11, "month": 10, "year": 9, "decade": 8, "century": 7}


class Fact(Struct, frozen=True, gc=False, omit_defaults=True):
    """A dated statement of an item, by the key of its rule, with the items that it refers to.

    `disputed` says that the item gives other dates for the same, none better backed.
    """

    rule: str
    time: Time
    places: tuple[int, ...] = ()
    people: tuple[int, ...] = ()
    context: tuple[int, ...] = ()
    disputed: bool = False


class Finder:
    """Finds the facts of items by the rules."""

    def __init__(self, rules: Rules, *, precision: int = 9, least_links: int = 0) -> None:
        self.rules = rules
        self.precision = precision
        self.least_links = least_links
        self._approximate = frozenset(map(number, rules.entity.approximate))
        self._uncertain = frozenset(map(number, rules.entity.uncertain))

    def facts(self, item: Item) -> tuple[Fact, ...]:
        """Return the facts of an item in the order of the rules."""
        if not item.dated or item.links < self.least_links:
            return ()
        kind, dated = self.rules.kind(item.classes), item.dated
        facts: list[Fact] = []
        for rule in self.rules.of_kind(kind):
            if rule.property in dated and item.links >= rule.least:
                facts.extend(self._of(rule, item))
        return one_day(tuple(facts))

    def _of(self, rule: Rule, item: Item) -> Iterator[Fact]:
        times = chosen(list(self._times(rule, item)), rule.values)
        if not times:
            return
        places = next((found for p in rule.place if (found := item.items(p))), ())
        people, context = _all(item, rule.people), _all(item, rule.context)
        disputed = rule.values == "one" and len(times) > 1
        for time in times:
            yield Fact(rule.key(), time, places, people, context, disputed)

    def _times(self, rule: Rule, item: Item) -> Iterator[Time]:
        """Yield the dates of a rule that are exact enough, each as doubtful as it is said to be."""
        for statement in item.dated[rule.property]:
            time = _time(statement, rule)
            if time is not None and time.precision >= self.precision:
                yield self._qualified(time, statement)

    def _qualified(self, time: Time, statement: Statement) -> Time:
        said = statement.qualifiers.get(self.rules.entity.circumstances)
        if not said:
            return time
        return replace(
            time,
            approximate=not self._approximate.isdisjoint(said),
            uncertain=not self._uncertain.isdisjoint(said),
        )


def _all(item: Item, properties: tuple[str, ...]) -> tuple[int, ...]:
    """Return the items that some properties name, each once."""
    found = [number for property in properties for number in item.items(property)]
    return tuple(dict.fromkeys(found)) if found else ()


def _time(statement: Statement, rule: Rule) -> Time | None:
    """Return the date of a statement, or that of the event which it names."""
    if rule.about is None:
        return statement.value if isinstance(statement.value, Time) else None
    if statement.value != number(rule.about):
        return None
    times = (value for date in DATES for value in statement.qualifiers.get(date, ()))
    return next((time for time in times if isinstance(time, Time)), None)


def one_day(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """Tell what began and ended on one day once, as what happened then.

    >>> start, end = Fact("P580", Time(1415, 10, 25)), Fact("P582", Time(1415, 10, 25))
    >>> [fact.rule for fact in one_day((start, end))]
    ['P585']
    """
    if len(facts) < 2 or facts[0].rule not in SPAN:
        return facts
    times = {rule: {fact.time for fact in facts if fact.rule == rule} for rule in SPAN}
    point, start, end = (times[rule] for rule in SPAN)
    if len(start) == 1 and start == end and not point:
        happened = (replace(f, rule=SPAN[0]) if f.rule == SPAN[1] else f for f in facts)
        return tuple(fact for fact in happened if fact.rule != SPAN[2])
    return tuple(fact for fact in facts if fact.rule not in SPAN[1:] or fact.time not in point)


def chosen(times: list[Time], values: str) -> list[Time]:
    """Choose among the dates of one property, each once and in order.

    A date that another one only makes more exact goes: 1879 beside 14 March 1879.

    >>> chosen([Time(1879, precision=9), Time(1879, 3, 14)], "one") == [Time(1879, 3, 14)]
    True
    """
    if len(times) < 2:
        return times
    each = _each_day(sorted(set(times)))
    kept = [time for time in each if not any(_refines(other, time) for other in each)]
    return kept[:1] if values == "first" else kept


def _each_day(times: list[Time]) -> list[Time]:
    """Leave out a Julian day that another date says in the Gregorian calendar."""
    if len({time.julian for time in times}) < 2:
        return times
    said = {_number(time) for time in times if not time.julian}
    return [time for time in times if not time.julian or _number(time) not in said]


def _number(time: Time) -> int | None:
    """Return the number of a day that there was, None for less or no such day."""
    if not time.day:
        return None
    calendar = Calendar.JULIAN if time.julian else Calendar.GREGORIAN
    try:
        return HistoricalDate(time.year, time.month, time.day, calendar).julian_day
    except DateError:
        return None


def _refines(exact: Time, time: Time) -> bool:
    if exact.precision <= time.precision:
        return False
    if time.precision == 10:
        return (exact.year, exact.month) == (time.year, time.month)
    size = {9: 1, 8: 10, 7: 100}[time.precision]
    return exact.year // size == time.year // size
