"""Counts of years: how long ago, which anniversary."""

import re
from collections.abc import Iterator, Sequence

from hodie.almanac import Kind
from hodie.dates import HistoricalDate
from hodie.factcheck.comparing import compare
from hodie.factcheck.judging import Dated, Judge
from hodie.factcheck.model import Claim, Suggestion, Verdict
from hodie.factcheck.numbers import NUMBER, number_in
from hodie.factcheck.reading import Chunk, Reading
from hodie.factcheck.rewording import safely
from hodie.timex import Timex

_ORDINAL = re.compile(r"\b(\d{1,4})(?:st|nd|rd|th)\s(?:birth\s?)?anniversary\s+of\s", re.IGNORECASE)
_CENTENARY = re.compile(r"\b(bi|ter|quater|sesqui)?cent(?:enary|ennial)\s+of\s", re.IGNORECASE)
_CENTURIES = {"": 100, "sesqui": 150, "bi": 200, "ter": 300, "quater": 400}
_YEARS = re.compile(r"\b(\d{1,4})\s+years\b", re.IGNORECASE)
_VAGUE = re.compile(
    r"\b(?:some|about|around|nearly|almost|over|under|roughly|approximately|more|less|"
    r"than|least|close to)\s*$",
    re.IGNORECASE,
)


def years_in(words: str) -> int | None:
    """How many years "eighty years ago", "75 years ago", "a century ago" or "the 80th" counts.

    >>> [years_in(w) for w in ("80 years ago", "Seventy-five years ago", "a century ago")]
    [80, 75, 100]
    """
    lower = words.lower()
    if "century" in lower and not re.search(r"\d", words):
        return 100
    return number_in(words) if "year" in lower or re.search(r"\d", words) else None


def ago(timex: Timex, nows: Sequence[HistoricalDate]) -> list[Dated]:
    """The years that lie as long before the dateline, or today, as the words say."""
    years = years_in(timex.text)
    if years is None or years < 2 or "year" not in timex.text.lower():
        return []
    about = timex.mod == "APPROX"
    dates = (HistoricalDate(now.year - years, approximate=about) for now in nows)
    return [Dated(date, timex, True) for date in dates]


def years_since(year: int, nows: Sequence[HistoricalDate]) -> list[int]:
    """How many years ago `year` was, from the dateline and from today, where that is past.

    >>> years_since(1940, [HistoricalDate(1940, 8, 20), HistoricalDate(2026, 8, 20)])
    [86]
    """
    return [now.year - year for now in nows if now.year > year]


def is_vague(text: str, start: int) -> bool:
    """Whether a count is introduced by "some", "nearly", "more than" and the like."""
    return _VAGUE.search(text[max(0, start - 20) : start]) is not None


def counts(
    text: str, reading: Reading, judge: Judge, nows: Sequence[HistoricalDate]
) -> Iterator[Verdict]:
    """Judge "the 80th anniversary of the death of X", counted from its date or the dateline."""
    sentence = reading.sentence
    for match in _ORDINAL.finditer(text, sentence.start, sentence.end):
        yield from _anniversary(text, reading, judge, nows, match, int(match[1]))
    for match in _CENTENARY.finditer(text, sentence.start, sentence.end):
        yield from _anniversary(
            text, reading, judge, nows, match, _CENTURIES[(match[1] or "").lower()]
        )


def _anniversary(
    text: str,
    reading: Reading,
    judge: Judge,
    nows: Sequence[HistoricalDate],
    match: re.Match[str],
    years: int,
) -> Iterator[Verdict]:
    kept = _kept_in(reading, match.start(), match.end(), nows)
    told = _told(reading, match.end())
    if not kept or told is None:
        return
    kind, chunk = told
    mention = chunk.mention
    if mention is None or mention.entity is None:
        return
    one = mention.entity
    known = judge.of_life(kind, one) if kind is not Kind.EVENT else judge.of_event(one)
    dates = [entry.date for entry in known if entry.date is not None]
    if not dates:
        return
    claimed = [HistoricalDate(year - years) for year in kept]
    right = [year for year, date in zip(kept, claimed, strict=True) if _is_any(date, dates)]
    year = right[0] if right else _year_after(dates[0], kept)
    claim = Claim(
        match.start(), chunk.end, text[match.start() : chunk.end], "count", one, claimed[0]
    )
    says = f"{safely(dates[0])} to {year}: {year - dates[0].year} years"
    count = year - dates[0].year
    if right:
        yield Verdict(claim, "confirmed", says, count, tuple(known[:1]))
    elif mention.sure and count > 0 and not is_vague(text, match.start()):
        change = None
        if match[0][:1].isdigit():
            change = Suggestion(
                match.start(1), match.start(1) + _ordinal_length(match), ordinal(count)
            )
        yield Verdict(claim, "contradicted", says, count, tuple(known[:1]), change)


def _ordinal_length(match: re.Match[str]) -> int:
    return len(match[1]) + 2


def _is_any(claimed: HistoricalDate, dates: Sequence[HistoricalDate]) -> bool:
    return any(compare(claimed, each) in ("same", "calendar") for each in dates)


def _year_after(date: HistoricalDate, years: Sequence[int]) -> int:
    """The first of some years that is past a date, or the last of them."""
    return next((year for year in years if year > date.year), years[-1])


def _kept_in(reading: Reading, start: int, end: int, nows: Sequence[HistoricalDate]) -> list[int]:
    """The year of the celebration: of another date in the sentence, else the dateline or today."""
    others = [
        chunk.timex
        for at, chunk in enumerate(reading.chunks)
        if chunk.timex is not None
        and (chunk.end <= start or (chunk.start >= end and _is_of_the_feast(reading, end, at)))
    ]
    explicit = [t.date for t in others if t.how == "explicit" and t.date is not None]
    if others and not explicit:
        return []
    if explicit:
        date = explicit[0]
        precise = isinstance(date, HistoricalDate) and date.precision in ("day", "month", "year")
        return [date.year] if precise and isinstance(date, HistoricalDate) else []
    return [now.year for now in nows]


def _is_of_the_feast(reading: Reading, start: int, at: int) -> bool:
    """Whether a verb stands between what is celebrated and a date: "was marked on ..."."""
    between = (c.sign for c in reading.chunks[:at] if c.start >= start)
    return any(sign in "xvhe" for sign in between)


def _told(reading: Reading, start: int) -> tuple[Kind, Chunk] | None:
    """What is celebrated: somebody's birth or death, or an event."""
    # The time expression may hold the whole phrase; what it holds is looked at by its words.
    behind = [chunk for chunk in reading.chunks if chunk.start >= start]
    signs = "".join(chunk.sign for chunk in behind[:8])
    if match := re.match(r"w{0,2}([DB])f[wh]{0,2}(N)|(?:w{0,2})(N)g?w?([DB])", signs):
        noun, name = (1, 2) if match[1] else (4, 3)
        if behind[match.start(noun)].word in ("death", "birth"):
            kind = Kind.DEATH if match[noun] == "D" else Kind.BIRTH
            return kind, behind[match.start(name)]
        return None
    if match := re.match(r"w{0,2}(V)(?![fg])", signs):
        return Kind.EVENT, behind[match.start(1)]
    return None


def ordinal(number: int) -> str:
    """A number as 1st, 2nd, 3rd, 11th.

    >>> [ordinal(n) for n in (1, 2, 13, 80, 101)]
    ['1st', '2nd', '13th', '80th', '101st']
    """
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def age_change(chunk: Chunk, years: object) -> Suggestion | None:
    """Put the right number into "aged 60"."""
    match = NUMBER.search(chunk.word)
    if match is None or not isinstance(years, int):
        return None
    return Suggestion(chunk.start + match.start(), chunk.start + match.end(), str(years))
