"""The year at the beginning of an item: "44 v. Chr.:", "c. 1500 –", "1425 (or 1426) –"."""

import re

from msgspec import Struct

from hodie.sources.wikipedia.grammar import Language, unseen

_UNSEEN = re.compile(f"[{''.join(map(chr, unseen()))}]")
# What nearly every item begins with; whatever is odd about one is for the language's own pattern.
_PLAINEST = re.compile(r"(\d{1,4}) ?[–:—] (?=[^\W\d])")
_LONGEST = 200
_LAST_YEAR = 2200
_ABRIDGED = 100
_FOUR_FIGURES = 1000
_BEFORE_CHRIST = ("minus", "bc_before", "bc_after", "bc_last", "bc_other")


class Lead(Struct, frozen=True, gc=False):
    """A year as an item begins with it, astronomical, and how it is written.

    `end` is where its text begins. `sure` says that the writing alone shows that this is the year
    of an item; else a link or bold letters must. `other` is the year that it may be instead.
    """

    year: int
    words: str
    end: int
    sure: bool
    approximate: bool = False
    other: int | None = None
    doubted: bool = False


def read_lead(text: str, language: Language) -> Lead | None:
    """Read the year that a text begins with, None where it begins with none.

    >>> from hodie.sources.wikipedia.grammar import language
    >>> lead = read_lead("um 44 v. Chr.: Etwas geschieht", language("de"))
    >>> lead.year, lead.words, lead.approximate
    (-43, 'um 44 v. Chr.', True)
    """
    if (match := _PLAINEST.match(text)) and 0 < int(match[1]) <= _LAST_YEAR:
        return Lead(int(match[1]), match[1], match.end(), sure=True)
    return _read(text[:_LONGEST], language)


def _read(shown: str, language: Language) -> Lead | None:
    seen = shown if _UNSEEN.search(shown) is None else shown.translate(unseen())
    match = language.lead.match(seen)
    if match is None:
        return None
    number, found = int(match["year"]), match.groupdict()
    before = any(found[key] for key in _BEFORE_CHRIST)
    if not number or (number > _LAST_YEAR and not before):
        return None
    stop = next((name for name in ("dash", "comma") if match[name]), None)
    words_end = match.start(stop) if stop else match.end()
    found_other = int(found["other"]) if found["other"] else None
    return Lead(
        year=1 - number if before else number,
        words=" ".join(seen[:words_end].split()),
        end=match.end() if seen is shown else _in_original(shown, match.end()),
        sure=bool(found["dash"] or found["sure"] or found.get("dot"))
        # "12, rue Royale" begins with a number, "1940, x" with a year.
        or bool(found["comma"] and (before or number >= _FOUR_FIGURES)),
        approximate=bool(found["about_before"] or found["about_after"]),
        other=_other(number, found_other, before),
        doubted=bool(found["doubt"] or found["doubt_last"]),
    )


def _other(number: int, other: int | None, before: bool) -> int | None:
    """Complete a second year that is written short: 25/26, 1425/26."""
    if other is None:
        return None
    if other < number and other < _ABRIDGED <= number and not before:
        other += number - number % _ABRIDGED
    return 1 - other if before else other


def _in_original(text: str, end: int) -> int:
    """Return the place in a text that is the place `end` once unseen marks are left out."""
    hidden = unseen()
    seen = place = 0
    while place < len(text) and (seen < end or ord(text[place]) in hidden):
        seen += ord(text[place]) not in hidden
        place += 1
    return place
