"""The entries of the starter: facts as rows, with their flags, participants and witnesses."""

import csv
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from hodie.sources.slugs import slug
from hodie.sources.starter.rows import FLAGS, ROLES, WEIGHT_UNIT, EntryRow
from hodie.sources.starter.witnesses import LETTERS
from starter_build.entities import Entities
from starter_build.facts import Fact
from starter_build.holidays import weight
from starter_build.people import People
from starter_build.titles import Titled, Titles
from starter_build.words import any_of, word_of

KINDS = Path(__file__).with_name("kinds.tsv")
PLACES = Path(__file__).with_name("places.tsv")
NOT_PLACES = Path(__file__).with_name("not_places.txt")

_FLAG = {flag: letter for letter, flag in FLAGS.items()}
_ROLE = {role: letter for letter, role in ROLES.items()}

# The rule of what is sensitive: violence against people who could not fight back, and deaths in
# disasters, unless fewer than ten are known to have died.
_SENSITIVE_KINDS = frozenset({"assassination", "attack", "massacre"})
_SENSITIVE_BY_HAND = _SENSITIVE_KINDS | {"disaster", "execution"}
_SENSITIVE_WORDS = re.compile(rf"\b{any_of('sensitive')}s?\b|\bFlight \w*\d", re.IGNORECASE)
_HARMLESS = word_of("harmless", ignore_case=True)
_FEW_DEATHS = 10

_WAR = re.compile(r"\b(?:War|Wars|conflict|Intifada)\b(?! Act| Admiral)")
# What day pages' words for a war's beginning are taken for.
_PERHAPS_WAR = ("battle", "disaster", "revolution", "siege", "launch", "other", "independence")
_FIGHT = re.compile(
    r"^(?:Action|Battle|Battles|Raid|Operation|Skirmish)\b|\b(?:Battle|Offensive|Campaign|Blitz)\b"
)
# What day pages file under laws or murders, though editors would not.
_BY_TITLE = {
    "execution": re.compile(r"Execution of\b|Last executions\b"),
    "trial": re.compile(r"(?:Acquittal|Arrest|Conviction|Impeachment|Indictment|Sentencing) of\b"),
    "marriage": re.compile(r"(?:Marriage|Wedding) of\b"),
    "accession": re.compile(r".+ becomes\b|(?:Appointment|Inauguration) of\b"),
}
# The Julian calendar in what Wikidata states for later dates is as often wrong as right, but for
# the years before the protestant countries changed.
_LAST_JULIAN_YEAR = 1751
_REFORM_YEAR = 1582
_DOUBTFUL = ("calendar-ambiguous", "old-style-also", "old-style-date")


class Entries:
    """Turns facts into rows: first `uses`, which tells the entities, then `rows`."""

    def __init__(
        self, facts: list[Fact], people: People, titles: Titles, disputed: set[tuple[str, str, str]]
    ) -> None:
        self._facts = sorted(facts, key=_order)
        self._people = people
        self._kinds = read_hand_kinds()
        self._not_places = frozenset(NOT_PLACES.read_text(encoding="utf-8").splitlines())
        self._places = read_hand_places()
        self._disputed = disputed | _two_dates(self._facts)
        self._doubles = _doubles(facts)
        self._titled = {fact.id: titles.of(fact) for fact in facts if fact.kind == "event"}

    def tell(self, entities: Entities) -> None:
        for fact in self._facts:
            for title, role in self._participants(fact):
                entities.use(title, role)

    def rows(self, entities: Entities) -> Iterator[EntryRow]:
        for fact in self._facts:
            titled = self._titled.get(fact.id)
            yield EntryRow(
                id=fact.id,
                calendar="j" if _julian(fact) else "",
                subkind=self._subkind(fact, titled),
                title=(titled.title if titled else None) or "",
                weight=str(round(fact.weight * WEIGHT_UNIT)),
                flags="".join(_FLAG[flag] for flag in self._flags(fact, titled)),
                participants=" ".join(
                    f"{_ROLE[role]}{entities.line(title)}"
                    for title, role in self._participants(fact)
                ),
                witnesses="".join(sorted(LETTERS[source] for source in fact.sources)),
                countries="",
            )

    def _subkind(self, fact: Fact, titled: Titled | None) -> str:
        hand = self._kinds.get(fact.id)
        return subkind(fact, titled) if hand is None else hand

    def _flags(self, fact: Fact, titled: Titled | None) -> Iterator[str]:
        if titled is not None and self._sensitive(fact, titled):
            yield "sensitive"
        if _doubtful(fact):
            yield "calendar-doubtful"
        if titled is not None and titled.made:
            yield "title-made"
        shown = titled.shown if titled else fact.display and not fact.names_nobody
        if not shown or fact.id in self._doubles:
            yield "hidden"
        if fact.disputed or _key(fact) in self._disputed:
            yield "date-disputed"

    def _sensitive(self, fact: Fact, titled: Titled) -> bool:
        """Let a kind that was set right decide alone: some massacres kill no one."""
        hand = self._kinds.get(fact.id)
        return sensitive(fact, titled) if hand is None else hand in _SENSITIVE_BY_HAND

    def _participants(self, fact: Fact) -> Iterator[tuple[str, str]]:
        """Yield titles and roles, each title once: in the role that says most."""
        seen: set[str] = set()
        for title, role in self._parts(fact):
            if title not in seen:
                seen.add(title)
                yield title, role

    def _parts(self, fact: Fact) -> Iterator[tuple[str, str]]:
        if fact.kind != "event":
            yield fact.person, "subject"
            return
        if fact.wikipedia and fact.wikipedia not in self._people:
            titled = self._titled[fact.id]
            yield fact.wikipedia, "subject" if titled.title else "context"
        yield from ((title, "person") for title in fact.people if self._people.is_person(title))
        yield from self._where(fact)
        yield from ((title, "context") for title in fact.context)
        yield from ((title, "topic") for title in (*fact.people, *fact.links))

    def _where(self, fact: Fact) -> Iterator[tuple[str, str]]:
        """Yield places, and as what else a name took part that was taken for one."""
        for title in fact.places:
            person = self._places.get((fact.id, title))
            if person is not None:
                yield person, "person"
            else:
                yield title, "topic" if title in self._not_places else "place"


def holiday_rows(holidays: dict[tuple[int, int, str], tuple[str, ...]]) -> Iterator[EntryRow]:
    """Lay out holidays; their id is made of day and name."""
    for (month, day, name), countries in holidays.items():
        sad = _SENSITIVE_WORDS.search(name) is not None
        yield EntryRow(
            id=f"h:{month:02}-{day:02}:{slug(name)}",
            calendar="",
            subkind="",
            title=name,
            weight=str(round(weight(countries) * WEIGHT_UNIT)),
            flags="s" if sad else "",
            participants="",
            witnesses=LETTERS["holidays"],
            countries=" ".join(countries),
        )


def sensitive(fact: Fact, titled: Titled) -> bool:
    """Tell whether an event asks for tact."""
    title = titled.title or ""
    few = fact.deaths is not None and fact.deaths < _FEW_DEATHS
    if fact.event_kind in _SENSITIVE_KINDS or _SENSITIVE_WORDS.search(title):
        return not few
    disaster = subkind(fact, titled) == "disaster"
    return disaster and not few and not _HARMLESS.search(title)


def subkind(fact: Fact, titled: Titled | None) -> str:
    """Return the finer kind of an event; a war is told from a battle by its name."""
    if fact.event_kind is None:
        return ""
    name = (titled.title if titled else None) or ""
    for kind, words in _BY_TITLE.items():
        if words.match(name):
            return kind
    if fact.event_kind in _PERHAPS_WAR:
        if _WAR.search(name) and not _FIGHT.search(name):
            return "war"
        if fact.event_kind in ("launch", "other") and _FIGHT.search(name):
            return "battle"
    return "" if fact.event_kind == "other" else fact.event_kind


def read_hand_places(path: Path = PLACES) -> dict[tuple[str, str], str]:
    """Read who was meant, by entry id and the place that was taken: a duke, not his town."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {(id_, place): person for id_, place, person in rows}


def read_hand_kinds(path: Path = KINDS) -> dict[str, str]:
    """Read the kinds set right here by entry id; a hyphen stands for none of them."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {row[0]: "" if row[1] == "-" else row[1] for row in rows if row}


def _key(fact: Fact) -> tuple[str, str, str]:
    """Tell a birth or death by its person and date; events have keys of their own."""
    return fact.kind, fact.id if fact.kind == "event" else fact.person, fact.date


def _doubles(facts: list[Fact]) -> set[str]:
    """Find births and deaths told twice, under two names for one person: all but the first."""
    first: dict[tuple[str, str, str], str] = {}
    told = [fact for fact in facts if fact.kind != "event" and fact.display]
    return {fact.id for fact in told if first.setdefault(_key(fact), fact.id) != fact.id}


def _two_dates(facts: list[Fact]) -> set[tuple[str, str, str]]:
    """Find births and deaths of one person on two dates, each of which the other disputes.

    An article of two people, such as "Saints Cyril and Methodius", has two of each.
    """
    dates: dict[tuple[str, str], set[tuple[str, str, str]]] = defaultdict(set)
    for fact in facts:
        if fact.kind != "event" and " and " not in fact.person:
            dates[fact.kind, fact.person].add(_key(fact))
    return {key for keys in dates.values() if len(keys) > 1 for key in keys}


def _julian(fact: Fact) -> bool:
    if fact.has("old-style-date") and fact.year > _LAST_JULIAN_YEAR:
        return False
    return fact.calendar == "julian"


def _doubtful(fact: Fact) -> bool:
    """Tell whether a date may be of the other calendar; its day is then left as written."""
    late = fact.calendar == "julian" and fact.year > _REFORM_YEAR
    return fact.calendar == "unknown" or late or fact.has(*_DOUBTFUL)


def _order(fact: Fact) -> tuple[str, int, str]:
    """Order by kind and time; EDTF text alone would put BC years backwards."""
    return fact.kind, fact.year, fact.id
