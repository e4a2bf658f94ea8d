"""Titles of events: which ones may be shown, and in what words.

A title comes from one of four places: the event's own article, the text of a day page (found there
by its form), a template filled with names ("Founding of ..."), or a person who wrote it. Each is
asked whether it names the happening of that day; what fails is hidden, never deleted.
"""

import csv
import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from starter_build.facts import Fact
from starter_build.people import People
from starter_build.templates import as_written, days_between, show_made
from starter_build.words import any_of, word_of

HAND = Path(__file__).with_name("titles.tsv")

# A title that speaks of one moment of something longer.
_MOMENT = re.compile(r" (?:begins?|ends?|mission)$")
_SAME_HAPPENING = 14

# What a day page filed under launches although it is not about a craft.
_EVENT = word_of("not_a_craft", ignore_case=True)
_SPACECRAFT = re.compile(rf"{any_of('spacecraft')}[ -]\w[\w-]*")

# What lasts, so that it begins on one day and ends on another.
_LASTING = re.compile(
    rf"\b(?:(?P<many>{any_of('lasting_many')})|{any_of('lasting')})\b", re.IGNORECASE
)
# What a title has only to tell its article from those on other wars.
_IN_THE_WAR = re.compile(r"(?<=\w) in World War II?$")
_DARK_DAY = re.compile(r"(?:Black|Bloody) (?:Sun|Mon|Tues|Wednes|Thurs|Fri|Satur)day")


class Titled(NamedTuple):
    """A title as it may be used: whether a page may show it, and whether a template made it."""

    title: str | None
    shown: bool
    made: bool = False


class Titles:
    """Decides on the title of every event, knowing all the others."""

    def __init__(self, facts: Iterable[Fact], people: People) -> None:
        self._people = people
        self._hand = read_hand_titles()
        self._dates: dict[str, list[str]] = defaultdict(list)
        self._launches: dict[str, list[str]] = defaultdict(list)
        self._umbrella: dict[str, set[str]] = defaultdict(set)
        for fact in facts:
            if fact.kind == "event":
                self._note(fact)

    def of(self, fact: Fact) -> Titled:
        """Title one event."""
        if fact.id in self._hand:
            title = self._hand[fact.id]
            return Titled(title, shown=title is not None)
        if fact.title is None:
            return self._from_template(fact)
        title = self._worded(fact, fact.title)
        if title is None or fact.has("title-dated-elsewhere") or self._too_broad(fact, title):
            return Titled(None, shown=False)
        made = fact.has("title-made")
        return Titled(title, shown=fact.display and self._right_launch(fact), made=made)

    def _note(self, fact: Fact) -> None:
        name = fact.wikipedia or fact.title
        if name and fact.display and not fact.phase:
            self._dates[name].append(fact.date)
        if name and "gcat" in fact.sources:
            self._launches[name].append(fact.date)
        for umbrella in fact.context:
            if umbrella != fact.wikipedia:
                self._umbrella[umbrella].add(fact.date)

    def _from_template(self, fact: Fact) -> Titled:
        if fact.made_title is None:
            return Titled(None, shown=False)
        shown = show_made(fact, fact.made_title, self._people)
        return Titled(as_written(fact.made_title, self._people), shown=shown, made=True)

    def _worded(self, fact: Fact, title: str) -> str | None:
        if fact.has("title-hand"):
            return title
        if fact.has("title-made"):
            return quake_title(title) if fact.sources == ("noaa",) else title
        if fact.wikipedia is None:
            found = text_title(fact, title)
            return found and phased(found, fact.phase)
        if not _EVENT.search(title) and fact.wikidata is None and fact.event_kind == "launch":
            return _flight(fact, title)
        return phased(_placed(fact, _IN_THE_WAR.sub("", title)), fact.phase)

    def _too_broad(self, fact: Fact, title: str) -> bool:
        """Tell whether the title names something larger, of which this is one day.

        One article on days far apart is the happening of the first; an article that several others
        happened in before this day had begun long before.
        """
        if fact.wikidata or fact.has("title-hand", "title-made") or _MOMENT.search(title):
            return False
        name = fact.wikipedia or fact.title or ""
        first = min((day for day in self._dates[name] if _same(fact, day)), default=fact.date)
        before = [day for day in self._umbrella[name] if _later(day, fact.date)]
        return _later(first, fact.date) or (len(before) > 1 and len(self._umbrella[name]) > 2)

    def _right_launch(self, fact: Fact) -> bool:
        """Tell a spacecraft's launch from that of its lost forerunners.

        The catalogue lists failed ones under the name of the type: the last is the one that flew.
        """
        return fact.sources != ("gcat",) or fact.date == max(self._launches[fact.wikipedia or ""])


def _same(fact: Fact, day: str) -> bool:
    """Tell whether a day of the same name is of the same happening: Paris saw many treaties."""
    return fact.wikipedia is not None or day[:-6] == fact.date[:-6]


def _later(first: str, day: str) -> bool:
    """Tell whether a day is so much later that it is not the same happening any more."""
    return days_between(first, day) > _SAME_HAPPENING


def read_hand_titles(path: Path = HAND) -> dict[str, str | None]:
    """Read the titles written here by entry id; a hyphen hides one that is not the event."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return {row[0]: None if row[1] == "-" else row[1] for row in rows if row}


def phased(title: str, phase: str | None) -> str:
    """Say that something lasting begins or ends on the day.

    >>> phased("Battle of Kursk", "start"), phased("1936 Summer Olympics", "start")
    ('Battle of Kursk begins', '1936 Summer Olympics begin')
    >>> phased("Treaty of Ripon", "end")
    'Treaty of Ripon'
    """
    lasting = _LASTING.search(title)
    if phase is None or lasting is None or re.search(r"\b(?:begins?|ends?)$", title):
        return title
    verb = "begin" if phase == "start" else "end"
    return f"{title} {verb}" if lasting["many"] else f"{title} {verb}s"


def _placed(fact: Fact, title: str) -> str:
    """Tell one Bloody Sunday from the others by its place."""
    if _DARK_DAY.fullmatch(title) and fact.places:
        return f"{title} in {fact.places[0].partition(',')[0]}"
    return title


def _flight(fact: Fact, title: str) -> str | None:
    """Word the name of a spacecraft as what it did, where that is known."""
    if "gcat" in fact.sources:
        return f"Launch of {title}"
    return f"{title} mission" if _SPACECRAFT.fullmatch(title) else None


_COMPASS = re.compile(
    r"\b(?:(?:[NS]?[EW]|[NS])\b\.?|Central|Near(?: East)? Coast(?: Of)?|Region\b)", re.IGNORECASE
)


def quake_title(title: str) -> str:
    """Clean the place of an earthquake: no compass letters, no doubled names.

    >>> quake_title("Earthquake in S, Japan"), quake_title("Earthquake in Ragusa, Balkans Nw")
    ('Earthquake in Japan', 'Earthquake in Ragusa, Balkans')
    """
    place = title.removeprefix("Earthquake in ")
    parts = [" ".join(_COMPASS.sub(" ", part).split()) for part in re.split("[,;]", place)]
    return f"Earthquake in {', '.join(dict.fromkeys(part for part in parts if part))}"


# Titles that were found in running text, by their form. Words that tell a fragment from a name:
_FRAGMENT = re.compile(
    r" - |\b(?:took place|initiated|the evening|Mw)\b|^The end of\b| and Battle of\b|^Former\b"
)
_GENERIC = re.compile(rf"{any_of('generic')}(?:-\w+)?\b")
_SCALE = re.compile(r"^(?:Mww?|Ms|Mb|ML) ")
_PROPER = r"(?:(?:\d{4} )?(?:[A-ZÀ-ÞĀ-Ž][\w’'.–-]*|of|de|the|and|\d+) )+"
_SURE_FORMS = tuple(
    re.compile(form)
    for form in (
        r"[A-Z].* Flight \w+",
        r".+ v\.? .+",
        r"(?:Typhoon|Hurricane|Cyclone|Tropical Storm) (?!Research)[A-Z]\w+",
        r"\d{4} .+ (?:election|referendum)",
        r".+ (?:begins?|ends?)",
    )
)
_TEXT_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"(?:(?:First|Second|Third|Fourth|Fifth|Great|Last|Naval) )*{any_of('text_of')} of .+",
        rf"{_PROPER}(?:[a-z]+ ){{0,3}}{any_of('text_end')}",
        rf"{_PROPER}{any_of('text_end_name')}(?: of \d{{4}})?",
    )
)
_OF_PEOPLE = re.compile(
    r"(?:Assassination|Coronation|Execution|Killing|Murder|Death) of (?P<who>.+)"
)
_OF_PLACES = re.compile(r"(?:Capture|Fall|Bombing|Invasion) of (?P<where>.+)")


def text_title(fact: Fact, title: str) -> str | None:
    """Take a title that was found in a sentence, if it is whole and names something.

    "Assassination of the Swedish" and "Gunmen attack" are not; a name that was cut short is
    completed from the article that the sentence links to.
    """
    title = _SCALE.sub("", re.sub(r"^(?:In )?[Tt]he ", "", title)).strip('"“” ')
    title = re.sub(r"\b(Co|Corp|Inc)$", r"\1.", title)
    longer = _completed(fact, title)
    if longer:
        return longer
    if _FRAGMENT.search(title):
        return None
    if any(form.fullmatch(title) for form in _SURE_FORMS) or _names_its_people(fact, title):
        return title
    if _GENERIC.match(title):
        return None
    return title if any(form.fullmatch(title) for form in _TEXT_FORMS) else None


def _completed(fact: Fact, title: str) -> str | None:
    for name in fact.context:
        plain = re.sub(r" \([^)]*\)$", "", name)
        if plain.startswith(f"{title} ") or (plain == title and title.startswith("Operation ")):
            return plain
    return None


def _names_its_people(fact: Fact, title: str) -> bool:
    """Tell whether the person or place in the title is one that the event is about."""
    if match := _OF_PEOPLE.fullmatch(title):
        return _shares_a_word(match["who"], fact.people)
    if match := _OF_PLACES.fullmatch(title):
        return match["where"] in fact.places
    return False


def _shares_a_word(name: str, others: Iterable[str]) -> bool:
    words = {word for word in re.findall(r"\w+", name) if len(word) > 3}
    return any(words & set(re.findall(r"\w+", other)) for other in others)
