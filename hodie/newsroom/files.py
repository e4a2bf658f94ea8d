"""Stories as files: what is live in the newsroom stands in `stories/`, and nothing is lost.

Every step may be killed and done again: a file is written whole and then noted, and a file that
already says what it should is only noted. A file that somebody changed by hand is never written
over, nor removed: `hodie newsroom import` shows what differs.
"""

from __future__ import annotations

import contextlib
import datetime
import difflib
import hashlib
import logging
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from django.utils import timezone
from msgspec import Struct

from hodie.errors import HodieError
from hodie.newsroom import moves, pictures, values
from hodie.newsroom.errors import NewsroomError
from hodie.newsroom.models import Story, StoryFile
from hodie.newsroom.opened import publication

log = logging.getLogger("hodie.newsroom")


class HandEditedError(NewsroomError):
    """A story's file was changed by hand since the newsroom wrote or read it last."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path}: was changed by hand; `hodie newsroom import` shows what differs and takes it"
        )
        self.path = path


class Settled(Struct, frozen=True):
    """What settling did: the ids of stories written, removed, and left since somebody edited."""

    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()


def content(story: Story, *, draft: bool = False) -> bytes:
    """Return the bytes of a story's file; raises HodieError where it cannot be one."""
    record = StoryFile.objects.filter(story=story).first()
    out = record.out if record else None
    return values.to_value(story, draft=draft, out=out).to_markdown().encode()


def settle() -> Settled:
    """Make the files say what is live; what is settled already costs a look at the database."""
    written: list[str] = []
    removed: list[str] = []
    conflicts: list[str] = []
    for record in StoryFile.objects.exclude(story__live=True):
        id = Path(record.path).stem
        (removed if _tried(remove, record) else conflicts).append(id)
    for story in Story.objects.live().select_related("file_record", "series", "picture"):
        if not _is_settled(story):
            (written if _tried(write, story) else conflicts).append(story.slug)
    return Settled(tuple(written), tuple(removed), tuple(conflicts))


def write(story: Story) -> Path:
    """Write the file of a live story; raises HandEditedError where somebody changed the file."""
    record = _record(story)
    folder = publication().stories_folder
    path = folder / Path(record.path).parent / f"{story.slug}.md"
    if record.digest and Path(record.path).stem != story.slug:
        moves.note(story, Path(record.path).stem)
    new, now = content(story), _bytes(path)
    if now is not None and now != new and digest(now) != record.digest:
        StoryFile.objects.filter(pk=record.pk).update(conflict=True)
        raise HandEditedError(path)
    pictures.print_all(story)
    if now != new:
        _replace(path, new)
    _forget_old_path(folder / record.path, path, record.digest)
    StoryFile.objects.filter(pk=record.pk).update(
        path=path.relative_to(folder).as_posix(),
        digest=digest(new),
        revision=story.live_revision_id,
        conflict=False,
    )
    return path


def remove(record: StoryFile) -> None:
    """Remove the file of a story that is no longer live; raises HandEditedError."""
    path = publication().stories_folder / record.path
    now = _bytes(path)
    if now is not None and record.digest and digest(now) != record.digest:
        StoryFile.objects.filter(pk=record.pk).update(conflict=True)
        raise HandEditedError(path)
    if now is not None and record.digest:
        path.unlink()
    record.delete()


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def difference(before: bytes, after: bytes, name: str) -> str:
    """Return what differs, as a unified diff from the newsroom's text to the file's."""
    old, new = (each.decode("utf-8", "replace").splitlines() for each in (before, after))
    told = difflib.unified_diff(old, new, f"newsroom/{name}", f"stories/{name}", lineterm="")
    return "\n".join(told)


def _record(story: Story) -> StoryFile:
    record, _ = StoryFile.objects.get_or_create(
        story=story, defaults={"path": f"{story.slug}.md", "out": _out(story)}
    )
    return record


def _out(story: Story) -> datetime.date | None:
    """Return when a story came out that has no day of its own; None for the others."""
    if values.to_value(story).run is not None:
        return None
    return publication().today(story.first_published_at or timezone.now())


def _is_settled(story: Story) -> bool:
    with contextlib.suppress(StoryFile.DoesNotExist):
        record = story.file_record
        # What somebody edited waits for them; to try again each minute would help nobody.
        return record.revision == story.live_revision_id and bool(record.digest)
    return False


def _tried(work: Callable[[Any], object], what: Any) -> bool:
    """Do one thing; one that cannot be done is told, and does not stop the others."""
    try:
        work(what)
    except HodieError as error:
        log.error("%s", error)
        return False
    return True


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _replace(path: Path, content: bytes) -> None:
    """Put a file in its place whole, and on the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    # The end of the name keeps a file that a killed run left from being read as a story.
    fresh = path.with_name(f".{path.stem}.writing")
    with fresh.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def _forget_old_path(old: Path, new: Path, digest_then: str) -> None:
    """Remove the file of the address that a story had before."""
    if old == new or not digest_then:
        return
    now = _bytes(old)
    if now is not None and digest(now) == digest_then:
        old.unlink()


def files() -> Iterator[Path]:
    """Yield the files of `stories/` in order, without those that begin with a dot."""
    folder = publication().stories_folder
    for file in sorted(folder.rglob("*.md")) if folder.is_dir() else ():
        if not any(part.startswith(".") for part in file.relative_to(folder).parts):
            yield file


def write_draft(story: Story, path: Path) -> None:
    """Write a story that is not live as a draft; raises HandEditedError where a file differs."""
    new, now = content(story, draft=True), _bytes(path)
    record = StoryFile.objects.filter(story_id=story.pk).first()
    if now is not None and now != new and (record is None or digest(now) != record.digest):
        raise HandEditedError(path)
    pictures.print_all(story)
    if now != new:
        _replace(path, new)
    StoryFile.objects.update_or_create(
        story_id=story.pk,
        defaults={
            "path": path.relative_to(publication().stories_folder).as_posix(),
            "digest": digest(new),
        },
    )
