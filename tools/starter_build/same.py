"""One person or place under several titles, since the facts come from pages of different years.

Day pages of 2017 and 2019, and the Nobel Foundation, call many by different names: "Martin Luther
King, Jr." and "Martin Luther King Jr.", "Joseph Lister" and "Joseph Lister, 1st Baron Lister".
Left alone they would be born twice, or be two people of whom one is born and the other dies. Names
alone are never enough: the days or both years of the lives must agree.
"""

import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from msgspec.structs import replace

from starter_build.facts import Fact
from starter_build.people import Life, People

HAND = Path(__file__).with_name("same.tsv")

# Of titles that are as well known, the one of the later snapshot is the one that stands today.
_NEWEST = ("wp2026", "wp2019")
# Articles about two or more: whoever is listed under one keeps it.
_SEVERAL = re.compile(r" (?:and|&) |\b(?:brothers|sisters)\b")
_WORD = re.compile(r"[a-z0-9]+")
_ASIDE = re.compile(r" ?\([^)]*\)| ?\[\d+\]")
# How much of two roles together must stand in both.
_ALIKE = 0.6
_UNIMPORTANT = frozenset(
    ("of", "the", "de", "von", "van", "al", "ibn", "king", "pope", "saint", "duke", "emperor")
)


def merged(facts: list[Fact], titles: Mapping[str, str]) -> list[Fact]:
    """Call everything by one title throughout, of those that `canonical` found.

    Of two facts that then tell the same, the one under the title that is kept comes first, and has
    the sources of both.
    """
    kept = [fact for fact in facts if fact.kind == "event" or fact.person not in titles]
    others = [fact for fact in facts if fact.kind != "event" and fact.person in titles]
    return _joined([_renamed(fact, titles) for fact in (*kept, *others)])


def canonical(facts: list[Fact], weights: Mapping[str, float]) -> dict[str, str]:
    """Map each title that is not kept to the one that is."""
    lives = [fact for fact in facts if fact.kind != "event"]
    known = {fact.person for fact in lives}
    same, different = read_hand(HAND)
    by_hand = (pair for pair in same if known.issuperset(pair))
    groups = _Groups()
    for pair in (*by_hand, *_told_twice(lives), *_born_and_dead(lives), *_spelt_alike(facts)):
        if frozenset(pair) not in different:
            groups.join(*pair)
    newest = {fact.person for fact in lives if set(_NEWEST) & set(fact.sources)}

    def rank(title: str) -> tuple[bool, float, bool, int, str]:
        several = _SEVERAL.search(title) is not None
        return several, -weights.get(title, 0.0), title not in newest, len(title), title

    return {
        title: best
        for group in groups
        for best in [min(group, key=rank)]
        for title in group
        if title != best
    }


def read_hand(path: Path) -> tuple[list[tuple[str, str]], set[frozenset[str]]]:
    """Read pairs of titles that are one person's, and pairs that are not."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = list(csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    same = [(one, other) for word, one, other in rows if word == "same"]
    return same, {frozenset((one, other)) for word, one, other in rows if word == "different"}


class _Groups:
    """Titles that belong together, whichever of them were joined."""

    def __init__(self) -> None:
        self._of: dict[str, set[str]] = {}

    def join(self, one: str, other: str) -> None:
        group = self._of.get(one, {one}) | self._of.get(other, {other})
        self._of.update(dict.fromkeys(group, group))

    def __iter__(self) -> Iterator[set[str]]:
        return iter({min(group): group for group in self._of.values()}.values())


def _told_twice(lives: Iterable[Fact]) -> Iterator[tuple[str, str]]:
    """Yield titles with the same day of birth or death, each known to other sources."""
    by_day: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in lives:
        by_day[fact.kind, fact.date].append(fact)
    for told in by_day.values():
        for number, one in enumerate(told):
            for other in told[number + 1 :]:
                if not set(one.sources) & set(other.sources) and _alike(one, other):
                    yield one.person, other.person


def _alike(one: Fact, other: Fact) -> bool:
    """Tell whether two facts of one day are of one person: a name and another thing agree."""
    if one.person == other.person or not words_of(one.person) & words_of(other.person):
        return False
    years = {one.other_year, other.other_year} - {None}
    if len(years) != 1:
        return not years and bool(_roles(one) & _roles(other))
    return one.other_year == other.other_year or bool(_roles(one) & _roles(other))


def _roles(fact: Fact) -> set[str]:
    """Return the words of a role; one that is not known agrees with none."""
    return {word for word in _WORD.findall(folded(fact.descriptor or "")) if len(word) > 3}


def _born_and_dead(lives: list[Fact]) -> Iterator[tuple[str, str]]:
    """Yield titles of which one is only born and the other only dies, in the same two years.

    Their names must be the same but for spelling, or one the other with more to it; or in part the
    same, if they were known for the same.
    """
    people = People(lives)
    roles = _all_roles(lives)
    born: dict[tuple[int, int], list[str]] = defaultdict(list)
    dead: dict[tuple[int, int], list[str]] = defaultdict(list)
    for title in dict.fromkeys(fact.person for fact in lives):
        life = people.life(title) or Life()
        if life.born is None or life.died is None or _SEVERAL.search(title):
            continue
        if life.death is None:
            born[life.born, life.died].append(title)
        elif life.birth is None:
            dead[life.born, life.died].append(title)
    for years, titles in born.items():
        for one in titles:
            yield from (
                (one, other)
                for other in dead[years]
                if _same_name(one, other) or _same_role(one, other, roles)
            )


def _same_name(one: str, other: str) -> bool:
    if folded(one).replace(" ", "") == folded(other).replace(" ", ""):
        return True
    first, second = _all_words(one), _all_words(other)
    return bool(first and second) and (first <= second or second <= first)


def _spelt_alike(facts: Iterable[Fact]) -> Iterator[tuple[str, str]]:
    """Yield titles that differ in accents and marks alone, but not people of different years."""
    people = People(facts)
    spelt: dict[str, set[str]] = defaultdict(set)
    for fact in facts:
        titles = (*fact.people, *fact.links, *fact.context, *fact.places)
        for title in titles if fact.kind == "event" else (fact.person,):
            spelt[folded(title)].add(title)
    for group in spelt.values():
        first, *others = sorted(group)
        yield from ((first, other) for other in others if _one_life(first, other, people))


def _one_life(one: str, other: str, people: People) -> bool:
    first, second = people.life(one), people.life(other)
    if first is None or second is None:
        return True
    ends = ((first.born, second.born), (first.died, second.died))
    return all(None in years or years[0] == years[1] for years in ends)


def _same_role(one: str, other: str, roles: Mapping[str, set[str]]) -> bool:
    """Tell whether a name agrees in part, and what the two were known for nearly wholly."""
    first, second = roles[one], roles[other]
    alike = len(first & second) >= _ALIKE * len(first | second)
    return bool(first) and alike and bool(words_of(one) & words_of(other))


def _all_roles(lives: Iterable[Fact]) -> dict[str, set[str]]:
    roles: dict[str, set[str]] = defaultdict(set)
    for fact in lives:
        roles[fact.person] = roles[fact.person] or _roles(fact)
    return roles


@cache
def words_of(title: str) -> frozenset[str]:
    """Return the words of a name that tell people apart.

    >>> sorted(words_of("King Fuad I of Egypt"))
    ['egypt', 'fuad']
    """
    return frozenset(word for word in _all_words(title) if len(word) > 1) - _UNIMPORTANT


def _all_words(title: str) -> frozenset[str]:
    return frozenset(_WORD.findall(folded(_ASIDE.sub("", title))))


@cache
def folded(text: str) -> str:
    """Return a text in small letters without accents and marks.

    >>> folded("Leó Szilárd, Jr.")
    'leo szilard jr'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return " ".join(_WORD.findall(plain))


def _renamed(fact: Fact, titles: Mapping[str, str]) -> Fact:
    people = _each(fact.people, titles)
    if fact.kind == "event":
        return replace(
            fact,
            people=people,
            links=_each(fact.links, titles),
            context=_each(fact.context, titles),
            places=_each(fact.places, titles),
            wikipedia=titles.get(fact.wikipedia or "", fact.wikipedia),
        )
    title = titles.get(fact.person)
    # The name was that of the title that is not kept.
    return fact if title is None else replace(fact, wikipedia=title, title=None, people=people)


def _each(names: tuple[str, ...], titles: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(titles.get(name, name) for name in names))


def _joined(facts: list[Fact]) -> list[Fact]:
    """Give the first fact of each birth and death the sources and the weight of the others."""
    told: dict[tuple[str, str, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.kind != "event" and fact.display:
            told[fact.kind, fact.person, fact.date].append(fact)
    first = {
        group[0].id: replace(
            group[0],
            sources=tuple(sorted({source for fact in group for source in fact.sources})),
            weight=max(fact.weight for fact in group),
        )
        for group in told.values()
        if len(group) > 1
    }
    return [first.get(fact.id, fact) for fact in facts]
