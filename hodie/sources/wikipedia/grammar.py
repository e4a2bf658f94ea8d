"""The languages' tables: `languages/*.toml`, a file each, read into what a reader asks.

page            the title of a day's page, of {day} and {month}
first_day       how the first of a month is written there, where it is not 1
months          the twelve as titles have them; other_months are further spellings, by twelves
events, ...     the headings of each kind, in every spelling that pages had over the years; a
                heading that goes on after one of them counts as well
before_christ   the eras' names; dots, hyphens and spaces in them may be missing
about, or       words of a year that is not sure, and between two that it may be
year            words that may stand beside the number
dashes          what may stand between year and text, beside the dashes of all languages
sure_years      such of them that need no dash after them; sure_dot: nor does an ordinal's dot
variants        which spellings to take where a page offers several, the first that there is
[pages]         births and deaths where they have pages of their own
"""

import re
import tomllib
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

from msgspec import Struct, convert

from hodie.almanac import Kind
from hodie.dates import DateError, MonthDay
from hodie.sources import SourceError

FOLDER = Path(__file__).with_name("languages")
KINDS = {
    "events": Kind.EVENT,
    "births": Kind.BIRTH,
    "deaths": Kind.DEATH,
    "holidays": Kind.HOLIDAY,
}

_TATWEEL = "\u0640"  # only makes an Arabic word wider
_CJK = re.compile(r"[\u3000-\u9fff]")
_NUMBER = re.compile(r"\d+")
_APOSTROPHES = str.maketrans({"’": "'", "ʼ": "'", "‘": "'", "`": "'"})


class OwnPages(Struct, frozen=True):
    """Titles of the pages of births and deaths, with another spelling on the elided days."""

    births: str
    deaths: str
    births_elided: str = ""
    deaths_elided: str = ""
    elided_days: tuple[int, ...] = ()


class Table(Struct, frozen=True, forbid_unknown_fields=True):
    """One language's file as it stands; see the head of this module."""

    page: str
    months: tuple[str, ...]
    events: tuple[str, ...]
    births: tuple[str, ...]
    deaths: tuple[str, ...]
    holidays: tuple[str, ...]
    before_christ: tuple[str, ...]
    after_christ: tuple[str, ...]
    about: tuple[str, ...]
    year: tuple[str, ...]
    or_: tuple[str, ...]
    first_day: str = ""
    other_months: tuple[str, ...] = ()
    sure_years: tuple[str, ...] = ()
    sure_dot: bool = False
    dashes: str = ""
    variants: tuple[str, ...] = ()
    pages: OwnPages | None = None


class Language:
    """A language's table, ready to read with."""

    def __init__(self, tag: str, table: Table) -> None:
        self.tag, self.table = tag, table
        self.lead = _lead_pattern(table)
        self._kinds = {
            folded(heading): kind for key, kind in KINDS.items() for heading in getattr(table, key)
        }
        self._months = {
            folded(name): number % 12 + 1
            for number, name in enumerate((*table.months, *table.other_months))
        }

    @property
    def site(self) -> str:
        """The wiki's address."""
        return f"https://{self.host}"

    @property
    def host(self) -> str:
        return f"{self.tag}.wikipedia.org"

    def kind(self, heading: str) -> Kind | None:
        """Return the kind that a heading announces.

        >>> language("de").kind("Feier- und Gedenktage"), language("de").kind("Weblinks")
        (<Kind.HOLIDAY: 'holiday'>, None)
        """
        text = folded(heading)
        if text in self._kinds:
            return self._kinds[text]
        begun = (name for name in self._kinds if text.startswith(name))
        return next((self._kinds[name] for name in begun if _ends(name, text)), None)

    def day(self, title: str) -> MonthDay | None:
        """Return the day that the title of a page names.

        >>> language("fr").day("1er janvier"), language("zh").day("12月1日")
        (MonthDay(1, 1), MonthDay(12, 1))
        """
        text = folded(title)
        for name in sorted(self._months, key=len, reverse=True):
            before, found, after = text.partition(name)
            numbers = _NUMBER.findall(f"{before} {after}")
            if found and len(numbers) == 1 and _stands_alone(before, after):
                return _month_day(self._months[name], int(numbers[0]))
        return None

    def own_page(self, title: str) -> Kind | None:
        """Return the kind of a page that has births or deaths alone, as Italian ones do."""
        pages = self.table.pages
        if pages is None:
            return None
        for kind, patterns in (
            (Kind.BIRTH, (pages.births, pages.births_elided)),
            (Kind.DEATH, (pages.deaths, pages.deaths_elided)),
        ):
            if any(_begins(title, pattern) for pattern in patterns):
                return kind
        return None

    def titles(self, day: MonthDay) -> tuple[str, ...]:
        """Return the titles of the pages of a day, its own first.

        >>> language("it").titles(MonthDay(7, 8))
        ('8 luglio', "Nati l'8 luglio", "Morti l'8 luglio")
        """
        table = self.table
        number = table.first_day if day.day == 1 and table.first_day else str(day.day)
        patterns = [table.page]
        if pages := table.pages:
            elided = day.day in pages.elided_days
            patterns.append(pages.births_elided if elided else pages.births)
            patterns.append(pages.deaths_elided if elided else pages.deaths)
        month = table.months[day.month - 1]
        return tuple(pattern.format(day=number, month=month) for pattern in patterns)


def languages() -> tuple[str, ...]:
    """Return the languages whose pages can be read.

    >>> len(languages())
    14
    """
    return tuple(sorted(file.stem for file in FOLDER.glob("??.toml")))


@cache
def language(tag: str) -> Language:
    """Return a language by its tag, such as "de" or "zh-Hans"; raises SourceError."""
    short = re.split(r"[-_]", tag.lower())[0]
    if short not in languages():
        known = ", ".join(languages())
        raise SourceError(f"no Wikipedia in {tag!r} can be read; there are: {known}")
    values = _read(FOLDER / f"{short}.toml")
    values["or_"] = values.pop("or")
    values["dashes"] = shared()["dashes"] + values.get("dashes", "")
    return Language(short, convert(values, Table))


@cache
def shared() -> dict[str, Any]:
    """Return what the pages have in common in all languages: `languages/shared.toml`."""
    return _read(FOLDER / "shared.toml")


@cache
def unseen() -> dict[int, None]:
    """Return what `str.translate` takes to leave out marks that are not seen."""
    return dict.fromkeys(map(ord, shared()["unseen"]))


def folded(text: str) -> str:
    """Fold a heading or title for comparing.

    >>> folded("Feier-_und  Gedenktage ")
    'feier- und gedenktage'
    """
    plain = unicodedata.normalize("NFC", text.translate(_APOSTROPHES)).translate(unseen())
    plain = plain.replace(_TATWEEL, "")
    return " ".join(plain.replace("_", " ").casefold().split())


def _read(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _ends(name: str, text: str) -> bool:
    """Tell whether a word ends where `name` does, at the beginning of `text`."""
    after = text[len(name) : len(name) + 1]
    return not after.isalpha() or bool(_CJK.match(after))


def _stands_alone(before: str, after: str) -> bool:
    """Tell whether what stands between two texts is a whole word."""
    return not before[-1:].isalnum() and not after[:1].isalpha()


def _begins(title: str, pattern: str) -> bool:
    return bool(pattern) and folded(title).startswith(folded(pattern.partition("{")[0]))


def _month_day(month: int, day: int) -> MonthDay | None:
    try:
        return MonthDay(month, day)
    except DateError:
        return None


# The beginning of an item: its year, with all that may stand around it.


def _lead_pattern(table: Table) -> re.Pattern[str]:
    before, after = _any(table.before_christ), _any(table.after_christ)
    about, year, or_ = _any(table.about), _any(table.year), _any(table.or_)
    sure = _any(table.sure_years) if table.sure_years else r"(?!)"
    dot = r"(?P<dot>\.)?" if table.sure_dot else r"\.?"
    dashes = re.escape(table.dashes.replace(":", ""))
    number = rf"\d{{1,4}}(?!\d|{_decades()})"
    about = rf"(?:{about}|[{shared()['about']}])"
    pattern = rf"""
        \s* [(\[¿]? \s*
        (?: (?: (?P<bc_before> {before} ) | {after} | (?P<about_before> {about} ) | {year} ) \s* )*
        (?P<minus> [-−–](?=\d) )? (?P<year> {number} )
        (?P<sure> {sure} )? {dot}
        (?: \s* (?: {year} | (?P<doubt> [?？] ) ) )*
        (?: \s* (?: (?P<bc_after> {before} ) | {after} ) )?
        (?: (?: \s* (?: (?P<about_after> {about} ) | {year} | (?P<doubt_last> [?？] ) ) )+
            (?: \s* (?: (?P<bc_last> {before} ) | {after} ) )? )?
        (?: (?: \s* [(（]? \s* (?: {or_} | / ) | (?<=\d) [-–] (?=\d) ) \s* (?: {about} \s* )?
            (?P<other> {number} ) \.?
            (?: \s* (?: (?P<bc_other> {before} ) | {after} | {year} ) )* \s* [)）]?
            (?= \s* (?: [{dashes}:] | $ ) ) )?
        (?: \s* [(（] (?P<note> [^()（）]{{0,60}} ) [)）] )?
        (?: \s* (?P<dash> (?: [{dashes}] | : (?!\d\d\b) )+ ) | (?P<comma> [,;،，；] ) (?=\s) )?
        [)\]]? \s*
    """
    return re.compile(pattern, re.VERBOSE | re.IGNORECASE)


def _decades() -> str:
    """Match what follows the number of a decade."""
    return "|".join(rf"{re.escape(end)}(?![^\W\d_])" for end in shared()["decades"])


def _any(words: tuple[str, ...]) -> str:
    """Match any of some words, the longest first, whole, with or without dots and spaces."""
    ordered = sorted(words, key=len, reverse=True)
    return f"(?:{'|'.join(map(_loose, ordered))})"


def _loose(word: str) -> str:
    parts = [re.escape(part) for part in re.split(r"[\s.\-]+", word) if part]
    whole = r"[\s.\-\u2010\u2011]*".join(parts)
    return whole if _CJK.match(word[-1]) else rf"{whole}(?![^\W\d_])\.?"
