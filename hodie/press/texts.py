"""Today as plain text and as Markdown: for terminals, paper-like screens and mail."""

import datetime
import textwrap
from collections.abc import Iterable, Iterator

from hodie.almanac import Entry, Kind
from hodie.dates import HistoricalDate, MonthDay, worded, worded_year
from hodie.press.backing import sources_of
from hodie.press.layout import Layout
from hodie.press.page import Page
from hodie.press.telling import Telling, tell
from hodie.press.view import typeset
from hodie.selection import Pick

ADDRESSES = ("/today.txt", "/today.md")
WIDTH = 72
# Lines of each list below the picks.
_MOST = 8
_INDENT = 9


def page(layout: Layout, address: str, today: datetime.date) -> Page:
    """Return today in the form that the address ends in."""
    telling = tell(layout, MonthDay.of(today), today)
    form, media_type = (_plain, "plain") if address.endswith(".txt") else (_markdown, "markdown")
    body = "\n".join(form(layout, telling, today)) + "\n"
    return Page(address, f"text/{media_type}; charset=utf-8", body.encode())


def _plain(layout: Layout, telling: Telling, today: datetime.date) -> Iterator[str]:
    publication = layout.publication
    yield publication.name.upper()
    yield _date(layout, today)
    yield "=" * min(WIDTH, max(len(publication.name), len(_date(layout, today))))
    story = telling.story
    if story is not None:
        yield from ("", *_wrapped(f"{layout.words['story_of_day']}: {typeset(story.headline)}"))
        yield from _wrapped(typeset(story.description))
        yield publication.url(story.address)
    for heading, entries in _lists(layout, telling):
        yield from ("", heading, "-" * len(heading))
        for entry in entries:
            year = _year(layout, entry).rjust(_INDENT - 2)
            yield from _wrapped(wording(entry), f"{year}  ", " " * _INDENT)
    yield from ("", *_wrapped(_sources(layout, telling)), "", publication.url("/"))


def _markdown(layout: Layout, telling: Telling, today: datetime.date) -> Iterator[str]:
    publication = layout.publication
    yield f"# {_escaped(publication.name)}: {_escaped(_date(layout, today))}"
    story = telling.story
    if story is not None:
        link = f"[{_escaped(typeset(story.headline))}]({publication.url(story.address)})"
        yield from ("", f"## {link}", "", _escaped(typeset(story.description)))
    for heading, entries in _lists(layout, telling):
        yield from ("", f"## {heading}", "")
        for entry in entries:
            year = _year(layout, entry)
            yield f"- {f'**{year}** ' if year else ''}{_escaped(wording(entry))}"
    home = f"[{_escaped(publication.name)}]({publication.url('/')})"
    yield from ("", f"{home} · {_escaped(_sources(layout, telling))}")


def _lists(layout: Layout, telling: Telling) -> Iterator[tuple[str, list[Entry]]]:
    lineup = telling.lineup
    named: dict[str, list[Entry]] = {
        "selected": telling.entries,
        **{
            name: [pick.entry for pick in _best(getattr(lineup, name))]
            for name in ("events", "births", "deaths", "holidays")
        },
    }
    for name, entries in named.items():
        if entries:
            yield layout.words["text_picks" if name == "selected" else name], entries


def _best(picks: tuple[Pick, ...]) -> Iterator[Pick]:
    """Yield the best picks, in the order in which they came: that of time."""
    kept = {pick.entry.id for pick in sorted(picks, key=lambda pick: -pick.score)[:_MOST]}
    return (pick for pick in picks if pick.entry.id in kept)


def _date(layout: Layout, today: datetime.date) -> str:
    date = HistoricalDate(today.year, today.month, today.day)
    return worded(date, layout.publication.language, weekday=True)


def _year(layout: Layout, entry: Entry) -> str:
    return worded_year(entry.date.year, layout.publication.language) if entry.date else ""


def wording(entry: Entry) -> str:
    person = entry.subject if entry.kind in (Kind.BIRTH, Kind.DEATH) else None
    if person is not None:
        return typeset(", ".join(filter(None, (person.name, person.description))))
    return typeset(entry.line or entry.label)


def _sources(layout: Layout, telling: Telling) -> str:
    """Name the sources of all that is told, with their licences, each once."""
    entries = (entry for _, listed in _lists(layout, telling) for entry in listed)
    named = sources_of(entries)
    return f"{layout.words['sources']}: {'; '.join(named)}" if named else ""


def _wrapped(text: str, first: str = "", rest: str = "") -> Iterable[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


def _escaped(text: str) -> str:
    """Keep a text from being read as Markdown's own marks."""
    for mark in "\\`*_[]<>#|":
        text = text.replace(mark, f"\\{mark}")
    return text
