"""The facts as they lie in `../shared/data`, read into values."""

import csv
import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

FATAL = ("article-shared", "lifespan", "same-title-as")
DISPUTED = (
    "heideltime-says",
    "nobelprize-says",
    "old-style-also",
    "other-date-in-source",
    "other-year-disagrees",
    "other-year-in-older-snapshot",
    "source-says-other-year",
)


_ONE_OF_MANY = re.compile(
    r"(?:.*(?:: | [-–] )"
    r"|.*\b(?:[Vv]ictims|crew)\b.*?(?=[A-Z]\S+ (?:[A-Z]\. )?[A-Z]\S+$))(?P<name>.+)"
)


# Articles that a day page links beside a birth or death and that are no person's: a calendar, a
# list, a band, sisters. Found by comparing each person's name with the article's.
_NOT_ONE_PERSON = re.compile(
    r"(?:Julian|Gregorian) calendar|List of .*|[a-z]{2}:.*"
    r"|BTS \(band\)|The Kendalls|Death & Destruction|The Day the Music Died"
    # Articles about several, or about how somebody died.
    r"|.+ (?:[Bb]rothers|[Ss]isters|[Tt]wins)|(?:The )?Brothers \w+|.+ & .+|\w+ and \w+ \w+"
    r"|(?:Assassination|Death|Disappearance|Killing|Murder|Shooting) of .+"
)
# What stood before a list of people, and was taken for one.
_NO_PERSON = re.compile(r"Casualties in .*")


class Fact(msgspec.Struct, frozen=True):
    """One dated fact; the fields are those of the data's README."""

    id: str
    date: str
    calendar: str
    kind: str
    sources: tuple[str, ...]
    weight: float
    display: bool
    event_kind: str | None = None
    title: str | None = None
    title_confidence: str | None = None
    made_title: str | None = None
    wikipedia: str | None = None
    wikidata: str | None = None
    people: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    descriptor: str | None = None
    other_year: int | None = None
    other_year_approx: bool = False
    agreement: int = 1
    phase: str | None = None
    deaths: int | None = None
    nobel: bool = False
    issues: tuple[str, ...] = ()

    @property
    def year(self) -> int:
        return int(self.date[:-6])

    def has(self, *issues: str) -> bool:
        """Tell whether any of these issues was raised; an issue may carry detail after a colon."""
        return any(issue.partition(":")[0] in issues for issue in self.issues)

    @property
    def person(self) -> str:
        """The Wikipedia title of whose birth or death it is, else the name.

        Day pages list those who died together under their event, whose article is not theirs.
        """
        one_of_many = self.kind == "death" and _ONE_OF_MANY.fullmatch(self.title or "")
        if one_of_many:
            return one_of_many["name"]
        if self.title and _NOT_ONE_PERSON.fullmatch(self.wikipedia or ""):
            return self.title
        return self.wikipedia or self.people[0]

    @property
    def fatal(self) -> bool:
        """Whether it is not a fact of its own: two people taken for one, or a double."""
        return self.has(*FATAL)

    @property
    def names_nobody(self) -> bool:
        """Whether what stands for a person's name is something else."""
        return _NO_PERSON.fullmatch(self.title or "") is not None

    @property
    def disputed(self) -> bool:
        return self.has(*DISPUTED)


class Observance(msgspec.Struct, frozen=True):
    """A public holiday as the holidays library names it."""

    month: int
    day: int
    name: str
    countries: tuple[str, ...]


def read_facts(folder: Path) -> list[Fact]:
    """Read every fact that is one, in the order of the file."""
    decode = msgspec.json.Decoder(Fact).decode
    with gzip.open(folder / "facts.ndjson.gz") as lines:
        facts = [decode(line) for line in lines]
    return [fact for fact in facts if not fact.fatal]


def read_observances(folder: Path) -> list[Observance]:
    decode = msgspec.json.Decoder(Observance).decode
    with gzip.open(folder / "observances.ndjson.gz") as lines:
        return [decode(line) for line in lines]


def read_notability(folder: Path) -> dict[str, float]:
    """Read the weight of each Wikipedia title, and none of the other columns."""
    with gzip.open(folder / "notability.tsv.gz", "rt", encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        next(rows)
        return {row[0]: float(row[1]) for row in rows}


def read_conflicts(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Yield kind, Wikipedia title and date of the facts that another date was named against.

    Those of events name no title: there `other-year-in-older-snapshot` stands on the fact itself.
    """
    with gzip.open(folder / "conflicts.ndjson.gz") as lines:
        for row in map(json.loads, lines):
            if "wikipedia" in row:
                yield row["kind"], row["wikipedia"], row["kept_date"]
