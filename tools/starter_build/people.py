"""Who is a person, and when they lived, as far as the facts tell."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from starter_build.facts import Fact
from starter_build.words import any_of

# "Pope John I", "Henry IV of England", "Francis, Duke of Guise": names that only a person bears,
# though "King of Hungary" is an office.
_RULER = re.compile(
    rf"{any_of('ruler')} (?!of\b)[A-Z].*"
    r"|[A-Z][\w'’.-]*(?: [A-Z][\w'’.-]*)* [IVX]+(?: of [A-Z].*|, .+)"
    rf"|[A-Z].*, (?:\d+(?:st|nd|rd|th) )?{any_of('peer')}\b.*"
    # They did together what they are known for.
    r"|[A-Z][\w'’-]+ (?:brothers|sisters)"
)


class Life(NamedTuple):
    """The dates of a person, in EDTF, where a fact gives the day; else the years."""

    birth: str | None = None
    death: str | None = None
    born: int | None = None
    died: int | None = None


class People:
    """Every person of the facts, by Wikipedia title."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self._lives: dict[str, Life] = {}
        for fact in facts:
            if fact.kind != "event":
                self._lives[fact.person] = _with(self._lives.get(fact.person, Life()), fact)

    def __contains__(self, name: str) -> bool:
        return name in self._lives

    def life(self, name: str) -> Life | None:
        return self._lives.get(name)

    def is_person(self, name: str) -> bool:
        """Tell whether a title is a person: by a birth or death, or by the form of the name."""
        return name in self._lives or _RULER.fullmatch(name) is not None

    def alive(self, name: str, year: int) -> bool:
        """Tell whether a person may have lived in a year; true where nothing is known."""
        life = self._lives.get(name, Life())
        return (life.born is None or life.born <= year) and (life.died is None or year <= life.died)


def _with(life: Life, fact: Fact) -> Life:
    """Add a fact to a life: its own date, and the other year unless a fact gave that."""
    other = None if fact.other_year_approx else fact.other_year
    if fact.kind == "birth":
        died = life.died if life.death or life.died is not None else other
        return life._replace(birth=fact.date, born=fact.year, died=died)
    born = life.born if life.birth or life.born is not None else other
    return life._replace(death=fact.date, died=fact.year, born=born)
