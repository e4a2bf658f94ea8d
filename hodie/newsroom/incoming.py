"""Files edited by hand come in: what is new is taken, what differs is shown, nothing is lost."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Literal

from django.db import transaction
from msgspec import Struct

from hodie.errors import HodieError
from hodie.newsroom import files, moves, pictures, stating, values
from hodie.newsroom.models import Stories, Story, StoryFile
from hodie.newsroom.opened import publication
from hodie.press import Story as Value
from hodie.press import markdown, parse_story

Fate = Literal["new", "changed", "same", "differs", "unreadable", "missing"]
"""Differs: both the file and the newsroom's story were changed; neither was touched."""


class Incoming(Struct, frozen=True):
    """What became of one file: `said` is what differs, or what is wrong with it."""

    path: str
    fate: Fate
    said: str = ""


def take_in(*, take: Collection[str] = (), dry: bool = False) -> Iterator[Incoming]:
    """Take in every file of `stories/` that the newsroom does not know as it is.

    Where the newsroom's story was changed too, what differs is told and nothing done, unless the
    story's id is in `take`: then the file becomes its newest version, and the other one stays in
    the history. With `dry` nothing is done at all.
    """
    stating.read_publication()
    seen = set()
    for file in files.files():
        seen.add(file.stem)
        yield _taken(file, take, dry)
    for record in StoryFile.objects.filter(story__live=True).exclude(digest=""):
        if Path(record.path).stem not in seen:
            yield Incoming(record.path, "missing", "the newsroom still has the story")


def _taken(file: Path, take: Collection[str], dry: bool) -> Incoming:
    name = file.relative_to(publication().stories_folder).as_posix()
    try:
        content = file.read_bytes()
        value = parse_story(content, publication(), file)
        story = Story.objects.filter(slug=value.id).first()
        if story is None:
            return _new(name, value, content, dry)
        return _known(name, story, value, content, dry=dry, take=value.id in take)
    except (HodieError, OSError) as error:
        return Incoming(name, "unreadable", str(error))


def _new(name: str, value: Value, content: bytes, dry: bool) -> Incoming:
    if not dry:
        with transaction.atomic():
            _save(Story(owner=None), name, value, content)
    return Incoming(name, "new")


def _known(
    name: str, story: Story, value: Value, content: bytes, *, dry: bool, take: bool
) -> Incoming:
    record = StoryFile.objects.filter(story=story).first()
    if record is not None and files.digest(content) == record.digest:
        return Incoming(name, "same")
    ours = files.content(story, draft=not story.live)
    if ours == content:
        if not dry and record is not None:
            StoryFile.objects.filter(pk=record.pk).update(
                digest=files.digest(content), conflict=False
            )
        return Incoming(name, "same")
    said = files.difference(ours, content, name)
    if not take and _is_worked_on(story, record):
        return Incoming(name, "differs", said)
    if not dry:
        with transaction.atomic():
            _save(story, name, value, content)
    return Incoming(name, "changed", said)


def _is_worked_on(story: Story, record: StoryFile | None) -> bool:
    """Tell whether the newsroom has something newer than the file that it knows."""
    if record is None or record.revision != story.live_revision_id:
        return True
    return bool(story.has_unpublished_changes or story.workflow_in_progress)


def _save(story: Story, name: str, value: Value, content: bytes) -> None:
    for picture in _pictures(value):
        pictures.take_in(picture)
    values.fill(story, value)
    if story.pk is None:
        story.live = False
        Stories.objects.get().add_child(instance=story)
    moves.set_former_ids(story, value.formerly)
    revision = story.save_revision(log_action=True, clean=False)
    record, _ = StoryFile.objects.get_or_create(story=story, defaults={"path": name})
    # Known before it is published: publishing then finds the file as it should be.
    record.path, record.digest, record.conflict = name, files.digest(content), False
    record.revision = None if value.draft else revision.pk
    record.out = value.published
    record.save()
    if not value.draft:
        revision.publish(log_action=True, skip_permission_checks=True)


def _pictures(value: Value) -> Iterator[str]:
    if value.image is not None:
        yield value.image.file
    yield from (name for _, name in markdown.pictures(value.body))
