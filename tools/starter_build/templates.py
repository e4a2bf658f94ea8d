"""Titles that a template made from linked names: which may be shown.

In a sample 7 in 100 were wrong, nearly always because the template took the wrong one of several
names. So a title is shown only where its name is of the kind that the template asks for: somebody
who is executed was alive, and died then; what is signed is a treaty or a law; what is founded is
neither a person nor a country. Templates that no such question mends (attacks on, departures of)
are not shown at all.
"""

import re
from collections.abc import Callable

from starter_build.facts import Fact
from starter_build.people import People
from starter_build.words import any_of, word_of

Check = Callable[[Fact, str, People], bool]

_VAGUE = re.compile(
    r"\b(?:Culture|Economy|Foreign relations|History|List|Member states|Outline|Timeline) of\b"
    r"|\bcabinet of\b|\blanguage$|\b[a-z]+:"
)
_LAW = word_of("law")
_CRAFT = word_of("craft")
_FORCE = word_of("force")
_PRIZE = re.compile(rf"\b{any_of('prize')}\b|\b500$", re.IGNORECASE)
_HAPPENING = word_of("happening", ignore_case=True)
_STATE = word_of("state")
_POWERS = frozenset(
    {
        *("Australia", "Belgium", "Denmark", "France", "Gran Colombia", "Indonesia", "Italy"),
        *("Netherlands", "New Zealand", "Ottoman Empire", "Portugal", "Russia", "Russian Empire"),
        *("Socialist Federal Republic of Yugoslavia", "South Africa", "Soviet Union", "Spain"),
        *("Spanish Empire", "Sweden", "United Kingdom", "Yugoslavia"),
    }
)
_HEAVENLY = re.compile(r"\b(?:Asteroid|Comet|Moon|Rings?|Supernova|Planet)\b|^\d+ [A-Z]")

_DAYS_TO_DIE = 31


def show_made(fact: Fact, title: str, people: People) -> bool:
    """Tell whether a made title is good enough to be shown."""
    if fact.agreement < 2 or fact.has("links-inferred", "same-title-as") or _VAGUE.search(title):
        return False
    for form, check in _TEMPLATES:
        if match := form.fullmatch(title):
            return check(fact, match["name"], people)
    return False


def _person(fact: Fact, name: str, people: People) -> bool:
    return people.is_person(name) and people.alive(name, fact.year)


def _dies(fact: Fact, name: str, people: People) -> bool:
    """Whoever is killed is known to have died then, unless nothing is known of the death."""
    life = people.life(name)
    if life is None or life.died is None:
        return fact.agreement > 2 and people.is_person(name)
    return life.died == fact.year and (
        life.death is None or 0 <= days_between(fact.date, life.death) <= _DAYS_TO_DIE
    )


def _lives_on(fact: Fact, name: str, people: People) -> bool:
    life = people.life(name)
    return _person(fact, name, people) and (
        life is None or life.death is None or life.death > fact.date
    )


def _couple(fact: Fact, names: str, people: People) -> bool:
    first, _, second = names.partition(" and ")
    return all(people.is_person(name) and people.alive(name, fact.year) for name in (first, second))


def _thing(fact: Fact, name: str, people: People) -> bool:
    if (
        people.is_person(name)
        or _HAPPENING.search(name)
        or name.endswith(("Basilica", "Cathedral"))
    ):
        return False
    return name not in fact.places or _STATE.search(name) is not None


def _built(fact: Fact, name: str, people: People) -> bool:
    """What opens or closes may be a place, if a smaller one than a country."""
    return not people.is_person(name) and not _HAPPENING.search(name) and len(name.split()) > 1


def _law(fact: Fact, name: str, people: People) -> bool:
    return _LAW.search(name) is not None and not people.is_person(name)


def _found(fact: Fact, name: str, people: People) -> bool:
    """What is discovered: in the sky, or by somebody; common nouns and places say too little."""
    thing, _, finder = name.partition(" by ")
    if thing in fact.places or thing in fact.context or people.is_person(thing):
        return False
    return _HEAVENLY.search(thing) is not None or bool(finder) or len(thing.split()) > 1


def _work(fact: Fact, name: str, people: People) -> bool:
    """What is published is a work, not the magazine that printed it; a person may be released."""
    thing = name.partition(" by ")[0]
    return thing not in fact.places and not people.is_person(thing) and not _HAPPENING.search(thing)


def _released(fact: Fact, name: str, people: People) -> bool:
    return _lives_on(fact, name, people) if people.is_person(name) else _work(fact, name, people)


def _launched(fact: Fact, name: str, people: People) -> bool:
    return _thing(fact, name, people) and not re.search(r"\b(?:Center|Company|program)\b", name)


def _sunk(fact: Fact, name: str, people: People) -> bool:
    """One ship only: of two, the template may take the one that did it."""
    ships = {ship for ship in (*fact.people, *fact.links, *fact.context) if _CRAFT.search(ship)}
    return _CRAFT.search(name) is not None and len(ships) < 2 and name not in fact.places


def _captured(fact: Fact, name: str, people: People) -> bool:
    place, _, by = name.partition(" by ")
    return place in fact.places and (people.is_person(by) or _FORCE.search(by) is not None)


def _state(fact: Fact, name: str, people: People) -> bool:
    """Who became free, told from whom: two countries, neither a former power, may be confused."""
    state, _, power = name.partition(" from ")
    others = set(fact.places) - {state, power} - _POWERS
    return state in (*fact.places, *fact.links) and not people.is_person(state) and not others


def _admitted(fact: Fact, name: str, people: People) -> bool:
    return "U.S. state" in fact.links or "United States" in fact.places


def _member(fact: Fact, name: str, people: People) -> bool:
    return len(fact.places) < 3


def _office(fact: Fact, name: str, people: People) -> bool:
    person = re.split(r" (?:as|becomes) ", name)[0]
    return _person(fact, person, people) and not person[0].isdigit()


def _between(fact: Fact, name: str, people: People) -> bool:
    return fact.agreement > 2 and len(fact.places) < 4


def _agreed(fact: Fact, name: str, people: People) -> bool:
    return fact.agreement > 2


def _arrived(fact: Fact, name: str, people: People) -> bool:
    return " in " in name and fact.agreement > 2


def _prize(fact: Fact, name: str, people: People) -> bool:
    return _PRIZE.search(name.partition(" wins ")[2]) is not None


def days_between(start: str, end: str) -> int:
    """Count days roughly, which is enough to tell a fortnight from a year."""
    return sum(
        unit * (int(late) - int(early))
        for unit, early, late in zip(
            (1, 31, 372), start.rsplit("-", 2)[::-1], end.rsplit("-", 2)[::-1], strict=True
        )
    )


# The words of each template, and the question that its name must answer.
_QUESTIONS: tuple[tuple[str, Check], ...] = (
    ("Assassination|Execution|Killing|Murder", _dies),
    ("Abduction|Acquittal|Attempted assassination|Banishment|Exile|Kidnapping|Rescue", _lives_on),
    ("Abdication|Arrest|Baptism|Conviction|Coronation|Excommunication|Extradition", _person),
    ("Impeachment|Imprisonment|Indictment|Overthrow|Pardon|Resignation|Sentencing", _person),
    ("Beatification|Burial|Canonization|Surrender", _agreed),
    ("Founding|First flight", _thing),
    ("First (?:conference|edition|game|issue|meeting|running|session)", _thing),
    ("Closing|Dedication|Opening", _built),
    ("Adoption|Entry into force|Ratification|Signing", _law),
    ("Discovery|Introduction|Patent", _found),
    ("Premiere|Publication", _work),
    ("Release", _released),
    ("Launch", _launched),
    ("Loss|Sinking", _sunk),
    ("Independence|Secession", _state),
    ("Accession", _member),
    ("Admission", _admitted),
    ("Abolition|Award|Dissolution|Eruption|Handover|Issue", _agreed),
    ("Arrival", _arrived),
)
_TEMPLATES: tuple[tuple[re.Pattern[str], Check], ...] = (
    (re.compile(r"(?:Appointment|Election|Inauguration) of (?P<name>.+ as .+)"), _office),
    (re.compile(r"(?P<name>.+ becomes .+)"), _office),
    (re.compile(r"(?P<name>.+ wins .+)"), _prize),
    (re.compile(r"Marriage of (?P<name>.+ and .+)"), _couple),
    (re.compile(r"Capture of (?P<name>.+ by .+)"), _captured),
    (re.compile(r"(?:Annexation|Defeat|Invasion) of (?P<name>.+ by .+)"), _between),
    (re.compile(r"Declaration of war by (?P<name>.+ on .+)"), _between),
    *((re.compile(f"(?:{words}) of (?P<name>.+)"), check) for words, check in _QUESTIONS),
)

# Names that English gives an article: a common noun at their end, or "of" inside.
_ARTICLE = re.compile(
    rf"(?:.* )?{any_of('article_end')}|{any_of('article_start')}\b .*|Order of .*"
    r"|United (?:States|Kingdom|Nations).*"
)
_AFTER = re.compile(
    r"(?P<lead>^(?:Abolition|Adoption|Discovery|Introduction|Patent) of | becomes | as )"
    r"(?P<name>(?:(?! by ).)+)"
)
_OBJECT = re.compile(
    r"(?P<verb>(?:Abolition|Adoption|Closing|Dedication|Dissolution|Entry into force|First \w+|"
    r"Founding|Introduction|Issue|Launch|Opening|Publication|Ratification|Signing) of )"
    r"(?P<name>.+?)(?P<rest> by .+)?"
)


def as_written(title: str, people: People) -> str:
    """Write a made title as English does: articles put in, common nouns small.

    >>> as_written("Founding of United States Marine Corps", People([]))
    'Founding of the United States Marine Corps'
    >>> as_written("Discovery of Radioactive decay by Henri Becquerel", People([]))
    'Discovery of radioactive decay by Henri Becquerel'
    >>> as_written("Pope Linus becomes Pope", People([]))
    'Pope Linus becomes pope'
    """
    title = _AFTER.sub(lambda match: match["lead"] + _small(match["name"]), title)
    match = _OBJECT.fullmatch(title)
    if match is None or " " not in match["name"] or people.is_person(match["name"]):
        return title
    if " in " in match["name"]:
        return title
    if match["name"].startswith(("The ", "the ")) or not _ARTICLE.fullmatch(match["name"]):
        return title
    return f"{match['verb']}the {match['name']}{match['rest'] or ''}"


def _small(name: str) -> str:
    """Write a common noun small: article titles begin with a capital, whatever they name."""
    first, *others = name.split()
    known = re.fullmatch(any_of("small_first" if others else "small"), first)
    return name[0].lower() + name[1:] if known and all(map(str.islower, others)) else name
