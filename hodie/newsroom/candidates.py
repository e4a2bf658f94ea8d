"""From an entry of the almanac to the draft of a story."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any
from xml.sax.saxutils import quoteattr

from django.core.exceptions import PermissionDenied
from django.db import transaction

from hodie.almanac import Entry, Reference
from hodie.dates import MonthDay, worded
from hodie.newsroom import moves, prose
from hodie.newsroom.errors import NewsroomError
from hodie.newsroom.models import YEARLY, Stories, Story
from hodie.newsroom.opened import opened, publication
from hodie.newsroom.values import stream
from hodie.press.publication import slug
from hodie.press.story import named_calendar, usual_run
from hodie.press.view import typeset

_LONGEST_TITLE = 200


@transaction.atomic
def take(id: str, day: MonthDay, user: Any) -> Story:
    """Make a draft of an entry, to run on a day each year; raises NewsroomError.

    Its text begins with what the almanac says, and the entry's facts are notes to that, with their
    references; the references are its sources too. A comment keeps all of it for the desk.
    """
    folder = Stories.objects.get()
    if not folder.permissions_for_user(user).can_add_subpage():
        raise PermissionDenied("you may not write stories")
    entry = _entry(id)
    story = _story(entry, day)
    story.owner = user
    folder.add_child(instance=story)
    story.save_revision(user=user, log_action=True, clean=False)
    return story


def fresh_slug(headline: str) -> str:
    """Return an address for a headline that no story has."""
    stem = slug(headline)[:80].strip("-") or "story"
    name, number = stem, 1
    while Story.objects.filter(slug=name).exists() or moves.whose(name):
        number += 1
        name = f"{stem}-{number}"
    return name


def _entry(id: str) -> Entry:
    almanac = opened().almanac
    entry = almanac.entry(id) if almanac else None
    if entry is None:
        raise NewsroomError(f"the almanac has no entry {id!r}; was it built anew meanwhile?")
    return entry


def _story(entry: Entry, day: MonthDay) -> Story:
    headline = typeset(entry.label)[:_LONGEST_TITLE]
    story = Story(
        title=headline,
        slug=fresh_slug(headline),
        live=False,
        run=YEARLY,
        entries=entry.id,
        entities="\n".join(dict.fromkeys(part.entity.id for part in entry.participants)),
        sensitive="sensitive" in entry.flags,
        sources=stream("sources", (("source", _source(each)) for each in _references(entry))),
        body=stream("body", [("note", "\n".join(_facts(entry))), ("text", _opening(entry))]),
        bylines=stream("bylines", _usual_bylines()),
    )
    if entry.date is not None:
        story.date, story.calendar = entry.date.edtf, named_calendar(entry.date) or ""
    usual = None if entry.date is None else usual_run((entry.date,))
    story.run_day = "" if usual == day else str(day)
    return story


def _opening(entry: Entry) -> str:
    """Return the first paragraph as rich text: the almanac's words, its facts as notes to them."""
    marks = "".join(
        f"<span data-note={quoteattr(note)}>{prose.NOTE_MARK}</span>" for note in _notes(entry)
    )
    words = typeset(entry.line or entry.label).rstrip(".")
    return f"<p>{escape(words)}.{marks}</p>"


def _notes(entry: Entry) -> Iterator[str]:
    """Yield the facts of an entry as notes in Markdown, each with what it rests on."""
    places = [part.entity for part in entry.participants if part.role == "place"]
    told = [worded(entry.date)] if entry.date else []
    told += [prose.plain_text(entry.label), *(prose.plain_text(each.name) for each in places)]
    backed = "; ".join(_backing(each) for each in _references(entry))
    yield f"{', '.join(told)}. {backed}." if backed else f"{', '.join(told)}."
    for part in entry.participants:
        known = _described(part.entity)
        if part.role in ("subject", "person") and known != part.entity.name:
            yield f"{prose.plain_text(known)}.{f' {backed}.' if backed else ''}"


def _backing(reference: Reference) -> str:
    """Name a reference for readers: the source, its licence, and its address."""
    licence = f" ({reference.licence})" if reference.licence else ""
    address = f", <{reference.url}>" if reference.url else ""
    return f"{prose.plain_text(reference.source)}{licence}{address}"


def _usual_bylines() -> Iterator[tuple[str, str]]:
    """Sign with the only author, where a publication has but one."""
    authors = publication().authors
    if len(authors) == 1:
        yield "author", authors[0].id


def _facts(entry: Entry) -> Iterator[str]:
    """Word what the almanac knows of an entry, a fact a line, the references at the end."""
    if entry.date is not None:
        yield f"When: {worded(entry.date)}"
    if entry.line:
        yield f"What: {entry.line}"
    for role, name in (("subject", "Who"), ("person", "With"), ("place", "Where")):
        named = [_described(part.entity) for part in entry.participants if part.role == role]
        if named:
            yield f"{name}: {'; '.join(named)}"
    context = [part.entity.name for part in entry.participants if part.role == "context"]
    if context:
        yield f"Part of: {', '.join(context)}"
    for each in _references(entry):
        backing = (each.source, each.revision, each.licence, each.url)
        yield f"From: {', '.join(filter(None, backing))}"


def _described(entity: Any) -> str:
    years = [str(year) for year in (entity.born, entity.died) if year is not None]
    rest = ", ".join(filter(None, (entity.description, "–".join(years))))
    return f"{entity.name} ({rest})" if rest else str(entity.name)


def _references(entry: Entry) -> tuple[Reference, ...]:
    return tuple(dict.fromkeys(entry.references))


def _source(reference: Reference) -> dict[str, str]:
    return {
        "title": reference.source,
        "author": "",
        "publisher": ", ".join(filter(None, (reference.revision, reference.licence))),
        "url": reference.url or "",
    }
