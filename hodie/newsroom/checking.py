"""What a story's prose says of dates: one call to `timex` and one to `factcheck`, for the panel."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from django.utils.safestring import SafeString, mark_safe
from msgspec import Struct

from hodie.dates import DateError, HistoricalDate, Interval, worded
from hodie.errors import HodieError
from hodie.factcheck import Moment, Verdict, check, timeline
from hodie.newsroom.models import Story
from hodie.newsroom.opened import opened, publication, today
from hodie.newsroom.values import text, to_value
from hodie.press.story import civil_of
from hodie.timex import Timex, tag

Mark = tuple[int, int, str, str]


class Checked(Struct, frozen=True):
    """A text with its marks, its findings, and what it says happened when."""

    html: SafeString
    findings: tuple[Verdict, ...]
    moments: tuple[tuple[str, Moment], ...]
    dates: int
    error: str = ""


def checked(story: Story) -> Checked:
    """Read and check a story's prose as it stands."""
    prose = text(story)
    language = story.language or publication().language
    reference = _reference(story)
    try:
        timexes = read_dates(prose, reference, language)
        findings = find(prose, reference, language)
        moments = timeline(prose, opened().almanac, reference=reference, language=language)
    except HodieError as error:
        # Another language than those that can be read is no fault of the writer.
        return Checked(mark_safe(""), (), (), 0, str(error))
    return Checked(
        html=_marked(prose, timexes, findings),
        findings=tuple(findings),
        moments=tuple((_when(moment), moment) for moment in moments),
        dates=len(timexes),
    )


def read_dates(prose: str, reference: HistoricalDate | None, language: str) -> list[Timex]:
    """Return the time expressions of a text that mean a time."""
    return [each for each in tag(prose, reference=reference, language=language) if each.value]


def find(prose: str, reference: HistoricalDate | None, language: str) -> list[Verdict]:
    """Return what the fact check finds fault with in a text."""
    verdicts = check(
        prose,
        opened().almanac,
        reference=reference,
        today=today(),
        language=language,
    )
    return [verdict for verdict in verdicts if verdict.is_finding]


def _reference(story: Story) -> HistoricalDate | None:
    """Return the dateline, where it has a day."""
    try:
        civil = civil_of(to_value(story).date)
    except (DateError, HodieError):
        return None
    return civil.date if civil else None


def _when(moment: Moment) -> str:
    date: HistoricalDate | Interval | None = moment.date
    if date is None:
        return "no date"
    try:
        return worded(date)
    except DateError:
        return str(date)


def _marked(prose: str, timexes: list[Timex], findings: list[Verdict]) -> SafeString:
    """Return the text as paragraphs, its dates marked and its findings numbered."""
    marks: list[Mark] = [
        (v.claim.start, v.claim.end, "finding", f"{n}. {v.says}") for n, v in enumerate(findings, 1)
    ]
    taken = [(start, end) for start, end, _, _ in marks]
    marks += [
        (t.start, t.end, "date", f"{t.value}: {t.how}")
        for t in timexes
        if not any(start < t.end and t.start < end for start, end in taken)
    ]
    html = "".join(_pieces(prose, sorted(marks)))
    return mark_safe("".join(f"<p>{each}</p>" for each in html.split("\n\n") if each))


def _pieces(prose: str, marks: list[Mark]) -> Iterator[str]:
    at = 0
    for start, end, kind, title in marks:
        if start < at:
            continue
        yield escape(prose[at:start])
        words = f'<mark class="hodie-{kind}" title="{escape(title)}">{escape(prose[start:end])}'
        number = title.partition(".")[0] if kind == "finding" else ""
        yield f"{words}{f'<sup>{number}</sup>' if number else ''}</mark>"
        at = end
    yield escape(prose[at:])
