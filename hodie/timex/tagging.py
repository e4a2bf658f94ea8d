"""The stages put together: scan, grammar, readings, resolving."""

import datetime
from collections.abc import Iterator

import msgspec

from hodie.dates import DateError, HistoricalDate
from hodie.timex import narrative, news
from hodie.timex.cues import alone_on_line, cues_of, joins_of, neighbours
from hodie.timex.frames import Mention
from hodie.timex.grammar import Sequence, run
from hodie.timex.language import PROFILES, Language, load
from hodie.timex.model import Profile, Timex, TimexError
from hodie.timex.readings import read
from hodie.timex.scan import chunks
from hodie.timex.whens import When, is_day

_DATELINE_WITHIN = 1000

Reference = HistoricalDate | datetime.date | str


def tag(
    text: str,
    *,
    reference: Reference | None = None,
    profile: Profile = "narrative",
    language: str = "en",
) -> list[Timex]:
    """Find the time expressions of `text` and say what each means, in order and without overlap.

    `reference` is the day of writing: a date, or EDTF text. Where none is given, a full date that
    stands alone on one of the first lines is taken for the dateline. Any text will do; `TimexError`
    is raised only for a profile, language or reference that does not exist.

    >>> [(t.text, t.value) for t in tag("He fell ill in 1922 and died the following year.")]
    [('1922', '1922'), ('the following year', '1923')]
    >>> [t.value for t in tag("It opens next week.", reference="2024-01-03", profile="news")]
    ['2024-W02']
    """
    if profile not in PROFILES:
        raise TimexError(f"no profile {profile!r}; there are {' and '.join(PROFILES)}")
    mentions = mentions_of(text, profile, language)
    writing = _dateline(text, mentions) if reference is None else _day_of(reference)
    resolve = news.resolve if profile == "news" else narrative.resolve
    return _with_ranges(list(resolve(mentions, writing)), mentions)


def mentions_of(text: str, profile: Profile = "narrative", language: str = "en") -> list[Mention]:
    """The expressions of `text` with their cues, before any of them is resolved."""
    known = load(language)
    mentions: list[Mention] = []
    for offset, piece in chunks(text):
        mentions += _mentions(known, text, piece, offset, profile)
    _notice_neighbours(known, text, mentions)
    return mentions


def _mentions(
    language: Language, text: str, piece: str, offset: int, profile: Profile
) -> Iterator[Mention]:
    sequence = Sequence(language, language.tokens(piece, offset))
    run(sequence, profile, read)
    for index, frame in sequence.frames.items():
        start, end = sequence.offsets(index, index + 1)
        yield Mention(
            start, end, text[start:end], frame, cues_of(text, sequence, index, start, end, profile)
        )


def _notice_neighbours(language: Language, text: str, mentions: list[Mention]) -> None:
    joins = joins_of(language.words.get("JOINING", {}), language.words.get("ON", {}))
    for at in range(len(mentions) - 1):
        left, right = neighbours(text, mentions[at], mentions[at + 1], joins)
        for index, cues in ((at, left), (at + 1, right)):
            if cues:
                known = mentions[index].cues | cues
                mentions[index] = msgspec.structs.replace(mentions[index], cues=known)


def _with_ranges(found: list[Timex], mentions: list[Mention]) -> list[Timex]:
    """Tell each expression that begins a range where the range ends."""
    for at, mention in enumerate(mentions[:-1]):
        one, other = found[at], found[at + 1]
        if "ranged" in mention.cues and one.type == other.type == "DATE":
            found[at] = msgspec.structs.replace(one, until=(other.start, other.end))
    return found


def _dateline(text: str, mentions: list[Mention]) -> When | None:
    for mention in mentions:
        if mention.start > _DATELINE_WITHIN:
            return None
        frame = mention.frame
        if (
            frame.year
            and frame.month
            and frame.day
            and alone_on_line(text, mention.start, mention.end)
        ):
            return When("D", frame.year, frame.month, frame.day)
    return None


def _day_of(reference: Reference) -> When:
    if isinstance(reference, datetime.date):
        return When("D", reference.year, reference.month, reference.day)
    try:
        date = HistoricalDate.parse(reference) if isinstance(reference, str) else reference
    except DateError as error:
        raise TimexError(
            f"the reference {reference!r} is no date; write it as 1940-08-20"
        ) from error
    if not isinstance(date, HistoricalDate):
        raise TimexError(
            f"the reference {reference!r} is no date; pass one, or text such as 1940-08-20"
        )
    if date.month and date.day and is_day(date.year, date.month, date.day):
        return When("D", date.year, date.month, date.day)
    return When("M", date.year, date.month) if date.month else When("Y", date.year)
