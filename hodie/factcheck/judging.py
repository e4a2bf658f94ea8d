"""A claim, an almanac, a verdict.

A finding needs three things to be certain: who is meant, what the sentence says of them, and which
date. Where one of them is not, the claim can still be confirmed, but never contradicted: an editor
stops reading a tool that cries wolf.
"""

import math
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from msgspec import Struct

from hodie.almanac import Almanac, Entity, Entry, Kind
from hodie.almanac.folding import words
from hodie.dates import HistoricalDate, Interval, worded_year
from hodie.factcheck.comparing import Agreement, age, compare
from hodie.factcheck.model import Status, Suggestion
from hodie.factcheck.rewording import like, safely
from hodie.timex import Timex

# A man shot on one day may die weeks later; both dates are told.
LONGEST_AGONY = 90
LONGEST_LIFE = 250
# Sources count the year of a birth that they only know by age one too high or low.
YEAR_SLACK = 1
_DISPUTED = "date-disputed"
# By how many days an event may have begun before, or ended after, what the almanac has of it.
_LONGEST = {"battle": 100, "siege": 800, "war": 12_000, "revolution": 2_500, "expedition": 1_500}
_LONGEST_ELSE = 100
# What is over in a day, or so the almanac's date of it tells.
_BRIEF = frozenset(
    {"disaster", "attack", "massacre", "assassination", "execution", "treaty", "launch",
     "coronation", "marriage", "election", "law"}
)  # fmt: skip
# A battle took a day or three before armies were so large that none could see its end.
_OLD_BATTLE, _LONG_BATTLES_FROM = 3, 1850
_DRAWN_OUT = re.compile(
    r"\b(?:war|wars|siege|campaign|operation|offensive|revolt|rebellion|uprising|revolution|"
    r"occupation|invasion|congress|conference|council|olympics|games|crisis|riots?|strike|trials?|"
    r"expedition|purge|movement|mutiny|conclave|assembly|convention|blockade|conquest|crusade|"
    r"protests?|demonstrations|insurrection|coup|epidemic|famine|flood|hurricane|cyclone|typhoon|"
    r"storm|fires?|bushfires|wildfires|eruption|program|tour|cup|championship|festival)\b",
    re.IGNORECASE,
)
_FOR_YEARS = frozenset({"siege", "war", "revolution", "expedition"})
# What is drafted, signed, ratified and comes into force, each on its day.
_PAPERS = frozenset({"treaty", "law"})
_SLIP_OF_YEARS = 12
# Kilometres from which two places in two countries are not neighbours over a border.
_FAR = 500.0
# Days: what lasts longer may have had other places, too.
_SHORT = 3
_EXTENT = re.compile(r"\s(?:begins?|ends?|starts?)$")


class Ruling(Struct, frozen=True):
    """A verdict without its claim."""

    status: Status
    says: str
    about: Entity | None = None
    known: HistoricalDate | int | None = None
    entries: tuple[Entry, ...] = ()
    suggestion: Suggestion | None = None


class Dated(Struct, frozen=True):
    """The date of a claim, and whether it is certain that the words mean it."""

    date: HistoricalDate | Interval
    timex: Timex
    sure: bool

    @property
    def is_day(self) -> bool:
        return isinstance(self.date, HistoricalDate) and self.date.precision == "day"


def dated(timex: Timex) -> Dated | None:
    """The date of a time expression; a year that only the story's flow gives makes it unsure."""
    date = timex.date if timex.type != "DURATION" else timex.derived_date
    if date is None:
        return None
    explicit = timex.how.startswith(("explicit", "the day of the dateline", "in the year"))
    # From which day "the following day" counts is plain; from which year "later" does, seldom.
    by_days = re.match(r"P\d+D (?:after|before)", timex.how) is not None
    by_days = by_days and re.search(r"\b(?:after|before)\b", timex.text) is None
    reckoned = timex.anchor is not None and by_days
    return Dated(date, timex, (explicit or reckoned) and timex.mod in ("", "APPROX"))


class Judge:
    """Judges claims by one almanac; what it has read it keeps for the next claim."""

    def __init__(self, almanac: Almanac) -> None:
        self._about = lru_cache(maxsize=2_000)(almanac.about)

    # Lives

    def life(
        self, kind: Kind, people: Sequence[Entity], when: Dated, *, certain: bool, killed: bool
    ) -> Ruling:
        """Judge that one of `people` was born, died or was killed at a time."""
        agreed = [(one, self._life(kind, one, when)) for one in people]
        for wanted in ("same", "calendar"):
            for one, (agreement, known, entries) in agreed:
                if agreement == wanted:
                    return self._confirmed(kind, one, when, known, entries, agreement)
        if killed and (ruling := self._attack(people, when)):
            return ruling
        close = [each for each in agreed if each[1][1] and _is_slip(when.date, each[1][1])]
        if len(people) != 1 and len(close) != 1:
            return Ruling("unknown", _several(people))
        one, (agreement, known, entries) = close[0] if len(people) != 1 else agreed[0]
        if known is None or agreement is None:
            return Ruling("unknown", f"the almanac has no {kind} of {one.name}", one)
        return self._refuted(kind, one, when, known, entries, certain, killed)

    def _life(
        self, kind: Kind, one: Entity, when: Dated
    ) -> tuple[Agreement | None, HistoricalDate | None, tuple[Entry, ...]]:
        """Compare a date to the best of what the almanac has of a person's birth or death."""
        best: tuple[Agreement | None, HistoricalDate | None, tuple[Entry, ...]] = (None, None, ())
        for entry in self.of_life(kind, one):
            assert entry.date is not None
            agreement = compare(when.date, entry.date)
            if best[0] is None or _RANK[agreement] < _RANK[best[0]]:
                best = (agreement, entry.date, (entry,))
        year = one.born if kind is Kind.BIRTH else one.died
        if best[0] is None and year is not None:
            return self._by_year(when, year, one)
        return best

    def _by_year(
        self, when: Dated, year: int, one: Entity
    ) -> tuple[Agreement | None, HistoricalDate | None, tuple[Entry, ...]]:
        known = HistoricalDate(year)
        agreement = compare(when.date, known)
        if agreement == "same" or not isinstance(when.date, HistoricalDate):
            return agreement, known, self._witnesses(one)
        if abs(when.date.year - year) <= YEAR_SLACK:
            return None, known, ()
        return agreement, known, self._witnesses(one)

    def _witnesses(self, one: Entity) -> tuple[Entry, ...]:
        """The entry that tells a person's other date: its sources have the year as well."""
        return tuple([*self.of_life(Kind.BIRTH, one), *self.of_life(Kind.DEATH, one)][:1])

    def of_life(self, kind: Kind, one: Entity) -> list[Entry]:
        """A person's birth, or death, as the almanac has it: once, if at all."""
        return [
            entry
            for entry in self._about(one.id)
            if entry.kind is kind and entry.date is not None and entry.subject == one
        ]

    def _confirmed(
        self,
        kind: Kind,
        one: Entity,
        when: Dated,
        known: HistoricalDate | None,
        entries: tuple[Entry, ...],
        agreement: Agreement,
    ) -> Ruling:
        assert known is not None
        says = f"{kind} of {one.name}: {safely(known)}"
        if agreement == "calendar":
            says += f"; {when.timex.text} is the same day in the other calendar"
        return Ruling("confirmed", says, one, known, entries)

    def _refuted(
        self,
        kind: Kind,
        one: Entity,
        when: Dated,
        known: HistoricalDate,
        entries: tuple[Entry, ...],
        certain: bool,
        killed: bool,
    ) -> Ruling:
        """Say that a person's date is another, as far as that is certain."""
        says = f"the almanac has the {kind} of {one.name} on {safely(known)}"
        if known.precision == "year":
            says = f"the almanac has the {kind} of {one.name} in {safely(known)}"
        agreement = compare(when.date, known)
        if any(_DISPUTED in entry.flags for entry in entries):
            return Ruling("unknown", f"{says}, but its sources disagree", one, known, entries)
        if killed and _is_shortly_before(when.date, known):
            return Ruling("unknown", f"{says}, some time after", one, known, entries)
        if not when.sure:
            unsure = f"{says}; which year {when.timex.text!r} means is not certain"
            return Ruling("unknown", unsure, one, known, entries)
        other = self._swapped(kind, one, when)
        near = agreement == "year" or _is_same_day(when.date, known) or bool(other and when.is_day)
        far = killed and not _is_within(when.date, known, _SLIP_OF_YEARS)
        if not near and (not certain or far or _is_other_age(when.date, known)):
            return Ruling("unknown", f"{says}, if {one.name} is meant", one, known, entries)
        reworded = like(when.timex.text, known)
        change = None
        if reworded != when.timex.text and not when.timex.how.startswith("P"):
            change = Suggestion(when.timex.start, when.timex.end, reworded)
        status: Status = "partly" if agreement == "year" else "contradicted"
        return Ruling(status, says + other, one, known, entries, change)

    def _swapped(self, kind: Kind, one: Entity, when: Dated) -> str:
        other = Kind.DEATH if kind is Kind.BIRTH else Kind.BIRTH
        agreement, _, _ = self._life(other, one, when)
        return f"; {when.timex.text} is that of the {other}" if agreement == "same" else ""

    def _attack(self, people: Iterable[Entity], when: Dated) -> Ruling | None:
        """Find an event of that day in which the person took part: the attack itself."""
        if not when.is_day:
            return None
        for one in people:
            for entry in self._about(one.id):
                if (
                    entry.kind is Kind.EVENT
                    and entry.date
                    and compare(when.date, entry.date) == "same"
                ):
                    says = f"{entry.label}: {safely(entry.date)}"
                    return Ruling("confirmed", says, one, entry.date, (entry,))
        return None

    # Ages

    def age(self, people: Sequence[Entity], years: int, *, certain: bool) -> Ruling:
        """Judge that one of `people` died at an age."""
        spans = [(one, self._age_at_death(one)) for one in people]
        known = [(one, span) for one, span in spans if span is not None]
        for one, (least, most, entries) in known:
            if least <= years <= most:
                return Ruling(
                    "confirmed", f"{one.name} died at {_span(least, most)}", one, least, entries
                )
        if len(people) != 1 or not known:
            return Ruling(
                "unknown", _several(people) if len(people) != 1 else "the age is not known"
            )
        one, (least, most, entries) = known[0]
        says = f"by the almanac {one.name} died at {_span(least, most)}"
        near = abs(years - least) <= 15 or years % 10 == least % 10
        if not (certain and near):
            return Ruling("unknown", f"{says}, if {one.name} is meant", one, least, entries)
        return Ruling("contradicted", says, one, least, entries)

    def _age_at_death(self, one: Entity) -> tuple[int, int, tuple[Entry, ...]] | None:
        births, deaths = self.of_life(Kind.BIRTH, one), self.of_life(Kind.DEATH, one)
        entries = (*births[:1], *deaths[:1])
        born = births[0].date if births else _year(one.born)
        died = deaths[0].date if deaths else _year(one.died)
        if born is None or died is None or any(_DISPUTED in each.flags for each in entries):
            return None
        least, most = age(born, died)
        # A death in Gregorian dates after a birth in Julian ones may miss a birthday by days.
        slack = int(born.calendar != died.calendar)
        return least - slack, most + slack, entries

    # Events

    def event(self, events: Sequence[Entity], when: Dated, verb: str, *, certain: bool) -> Ruling:
        """Judge that one of some events of a name happened at a time."""
        known = [(one, self.of_event(one, verb)) for one in events]
        for one, entries in known:
            for entry in entries:
                assert entry.date is not None
                if compare(when.date, entry.date) in ("same", "calendar"):
                    says = f"{entry.label}: {safely(entry.date)}"
                    return Ruling("confirmed", says, one, entry.date, (entry,))
        close = [each for each in known if any(_is_slip(when.date, e.date) for e in each[1])]
        if len(events) != 1 and len(close) != 1:
            return Ruling("unknown", _several(events))
        one, entries = close[0] if len(events) != 1 else known[0]
        if not entries:
            return Ruling("unknown", f"the almanac has no date of {one.name}", one)
        return self._event_refuted(one, entries, when, verb, certain)

    def of_event(self, one: Entity, verb: str = "") -> list[Entry]:
        """The entries whose subject an event is; of its beginning alone, where the verb says so."""
        entries = [
            entry
            for entry in self._about(one.id)
            if entry.kind is Kind.EVENT and entry.subject == one and entry.date is not None
        ]
        part = "begin" if verb.startswith(("beg", "start", "commenc", "open")) else ""
        part = "end" if verb.startswith(("end", "conclud")) else part
        named = [entry for entry in entries if part and f" {part}" in (entry.title or "")]
        return named or entries

    def _event_refuted(
        self, one: Entity, entries: list[Entry], when: Dated, verb: str, certain: bool
    ) -> Ruling:
        entry, known = entries[0], entries[0].date
        assert known is not None
        says = f"the almanac has {entry.label} on {safely(known)}"
        doubt = _event_doubt(one, entries, when, verb)
        agreement = compare(when.date, known)
        far = not _is_near(when.date, known, certain)
        loose = agreement == "year" and not certain and not _is_slip_of_month(when.date, known)
        if doubt or not when.sure or far or loose:
            doubt = doubt or f"if {one.name} is meant"
            return Ruling("unknown", f"{says}, {doubt}", one, known, tuple(entries))
        change = Suggestion(when.timex.start, when.timex.end, like(when.timex.text, known))
        status: Status = "partly" if agreement == "year" else "contradicted"
        return Ruling(status, says, one, known, tuple(entries), change)

    # Order

    def order(self, kind: Kind, one: Entity, other: Entity, word: str) -> Ruling | None:
        """Judge that one person died, or was born, before or after another."""
        first = self._when(kind, one)
        second = self._when(Kind.EVENT if other.kind == "event" else kind, other)
        if first is None or second is None:
            return None
        entries = (*self._evidence(kind, one)[:1], *self._evidence(kind, other)[:1])
        says = f"{one.name} {safely(first)}, {other.name} {safely(second)}"
        earlier, later = first.latest < second.earliest, second.latest < first.earliest
        if not (earlier or later):
            return Ruling("unknown", says, one, first, entries)
        if earlier if word == "before" else later:
            return Ruling("confirmed", says, one, first, entries)
        if Kind.EVENT in (kind, entries[-1].kind) and abs(first.year - second.year) <= 1:
            return Ruling("unknown", f"{says}, and it may have lasted", one, first, entries)
        says = f"by the almanac it was the other way: {says}"
        return Ruling("contradicted", says, one, first, entries)

    def _evidence(self, kind: Kind, one: Entity) -> list[Entry]:
        return self.of_event(one) if one.kind == "event" else self.of_life(kind, one)

    def _when(self, kind: Kind, one: Entity) -> HistoricalDate | None:
        entries = self._evidence(kind, one)
        if entries:
            return entries[0].date
        if kind is Kind.EVENT:
            return None
        return _year(one.born if kind is Kind.BIRTH else one.died)

    # Place

    def place(self, kind: Kind, one: Entity, place: Entity, *, certain: bool) -> Ruling | None:
        """Judge where an event was, or somebody was born or died."""
        entries = self._evidence(kind, one)
        places = [each for entry in entries for each in entry.places]
        if not places:
            return None
        says = f"{entries[0].label}: {', '.join(dict.fromkeys(each.name for each in places))}"
        if place in places:
            return Ruling("confirmed", says, one, None, tuple(entries))
        lasts = kind is Kind.EVENT and any(_length(entry) > _SHORT for entry in entries)
        elsewhere = all(_is_elsewhere(place, each) for each in places)
        status: Status = "contradicted" if certain and elsewhere and not lasts else "unknown"
        return Ruling(status, says, one, None, tuple(entries))

    # Anything else

    def witness(self, named: Sequence[Entity], when: Dated) -> Ruling | None:
        """Find an event of just that day in which two of those named took part, or the only one."""
        if not when.is_day or not isinstance(when.date, HistoricalDate):
            return None
        needed = min(2, len(named))
        counts: dict[str, tuple[int, Entry]] = {}
        for one in named:
            for entry in self._about(one.id):
                if (
                    entry.date
                    and entry.kind is Kind.EVENT
                    and compare(when.date, entry.date) == "same"
                ):
                    counts[entry.id] = (counts.get(entry.id, (0, entry))[0] + 1, entry)
        for count, entry in counts.values():
            if count >= needed:
                return Ruling(
                    "confirmed", f"{entry.label}: {safely(when.date)}", None, entry.date, (entry,)
                )
        return None


_RANK: dict[Agreement, int] = {"same": 0, "calendar": 1, "year": 2, "different": 3}


def _is_elsewhere(place: Entity, known: Entity) -> bool:
    """Whether two places lie in different countries and far apart, as far as both are known."""
    if place.country is None or known.country is None or place.country == known.country:
        return False
    return _distance(place, known) > _FAR


def _distance(one: Entity, other: Entity) -> float:
    """Kilometres between two places, as the crow flies; 0 where one is not known."""
    at = (one.latitude, one.longitude, other.latitude, other.longitude)
    if None in at:
        return 0.0
    lat, lon, lat_, lon_ = (math.radians(each or 0.0) for each in at)
    cosine = math.sin(lat) * math.sin(lat_) + math.cos(lat) * math.cos(lat_) * math.cos(lon - lon_)
    return 6371.0 * math.acos(max(-1.0, min(1.0, cosine)))


def _several(people: Sequence[Entity]) -> str:
    if not people:
        return "the almanac knows nobody of that name"
    return f"{people[0].name} may be one of {len(people)} in the almanac"


def _year(year: int | None) -> HistoricalDate | None:
    return None if year is None else HistoricalDate(year)


def _span(least: int, most: int) -> str:
    return str(least) if least == most else f"{least} or {most}"


def _is_same_day(claimed: HistoricalDate | Interval, known: HistoricalDate) -> bool:
    """Whether only the year is another."""
    if isinstance(claimed, Interval) or claimed.day is None:
        return False
    return (claimed.month, claimed.day) == (known.month, known.day)


def _is_slip_of_month(claimed: HistoricalDate | Interval, known: HistoricalDate) -> bool:
    return (
        _is_slip(claimed, known)
        and isinstance(claimed, HistoricalDate)
        and (claimed.day == known.day)
    )


def _is_slip(claimed: HistoricalDate | Interval, known: HistoricalDate | None) -> bool:
    """Whether just one of day, month and year is another: that tells namesakes apart."""
    if known is None or isinstance(claimed, Interval) or None in (claimed.day, known.day):
        return False
    pairs = ((claimed.year, known.year), (claimed.month, known.month), (claimed.day, known.day))
    return sum(one != other for one, other in pairs) == 1


def _is_other_age(claimed: HistoricalDate | Interval, known: HistoricalDate) -> bool:
    """Whether dates are so far apart that a namesake is more likely than a mistake."""
    year = claimed.year if isinstance(claimed, HistoricalDate) else None
    return year is None or abs(year - known.year) > LONGEST_LIFE


def _is_within(claimed: HistoricalDate | Interval, known: HistoricalDate, years: int) -> bool:
    return isinstance(claimed, HistoricalDate) and abs(claimed.year - known.year) <= years


def _is_shortly_before(claimed: HistoricalDate | Interval, known: HistoricalDate) -> bool:
    if isinstance(claimed, Interval):
        return False
    return 0 < known.earliest - claimed.latest <= LONGEST_AGONY


def _event_doubt(one: Entity, entries: Sequence[Entry], when: Dated, verb: str) -> str:
    """Say why a date may belong to another part of an event's story; nothing if it cannot."""
    if any(_DISPUTED in each.flags for each in entries):
        return "but its sources disagree"
    if not any(_is_whole(entry, one, verb) for entry in entries):
        return "which may be another part of it"
    kinds = {entry.subkind for entry in entries}
    if kinds & _PAPERS and verb and not verb.startswith(("sign", "took", "happen")):
        return "and it was not made in a day"
    if kinds & _PAPERS and not any(_is_slip(when.date, entry.date) for entry in entries):
        return "and it was not made in a day"
    return "and it may have lasted" if _may_last(entries, when.date) else ""


def _is_whole(entry: Entry, one: Entity, verb: str) -> bool:
    """Whether an entry tells the event itself, not something that happened in it or to it."""
    label = _EXTENT.sub("", entry.label)
    if entry.subkind == "launch":
        return verb.startswith("launch")
    return words(label) == words(one.name)


def _is_near(claimed: HistoricalDate | Interval, known: HistoricalDate, certain: bool) -> bool:
    """Whether a date is one that a slip would make of the known one: else it is another event's."""
    if isinstance(claimed, Interval):
        return False
    off = abs(claimed.year - known.year)
    if certain:
        return off <= _SLIP_OF_YEARS or (off == 100 and _is_same_day(claimed, known))
    # An anniversary may be on the day, five or ten years later.
    return off < _SLIP_OF_YEARS and off % 5 != 0 and _is_same_day(claimed, known)


def _may_last(entries: Sequence[Entry], claimed: HistoricalDate | Interval) -> bool:
    """Whether an event may have gone on at a time, as far as the almanac's entries tell.

    Many entries of battles give the day of their decision, or of their end.
    """
    if isinstance(claimed, Interval):
        return True
    dates = [entry.date for entry in entries if entry.date is not None]
    first, last = min(date.earliest for date in dates), max(date.latest for date in dates)
    if any(_is_same_day(claimed, date) for date in dates):
        return any(entry.subkind in _FOR_YEARS for entry in entries)
    slack = max(map(_length, entries))
    return first - slack <= claimed.latest and claimed.earliest <= last + slack


def _length(entry: Entry) -> int:
    """For how many days an event may have gone on before or after the day that is known."""
    if entry.subkind in _BRIEF:
        return 0
    year = 0 if entry.date is None else entry.date.year
    if entry.subkind == "battle" and year < _LONG_BATTLES_FROM:
        return _OLD_BATTLE
    drawn_out = _EXTENT.search(entry.label) or _DRAWN_OUT.search(entry.label)
    usual = _LONGEST.get(entry.subkind or "", _LONGEST_ELSE)
    return usual if drawn_out or entry.subkind in _LONGEST else 2


__all__ = ["Dated", "Judge", "Ruling", "dated", "worded_year"]
