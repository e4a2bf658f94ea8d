"""Every story written anew: for a backup, and for those who go on without the newsroom."""

from __future__ import annotations

from collections.abc import Iterator

from hodie.errors import HodieError
from hodie.newsroom import files
from hodie.newsroom.models import Story
from hodie.newsroom.opened import publication


def export(*, drafts: bool = False) -> Iterator[str]:
    """Write the files of all published stories, and say what came of it, a line each.

    With `drafts` the unpublished ones are written too, marked as drafts.
    """
    for story in Story.objects.order_by("slug"):
        try:
            if story.live:
                yield f"{files.write(story).name}: written"
            elif drafts:
                yield f"{_write_draft(story)}: written as a draft"
        except HodieError as error:
            yield str(error)


def _write_draft(story: Story) -> str:
    latest = story.get_latest_revision_as_object()
    path = publication().stories_folder / f"{story.slug}.md"
    files.write_draft(latest, path)
    return path.name
