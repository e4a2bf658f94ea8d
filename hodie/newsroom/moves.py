"""The addresses that stories had before, kept as Wagtail's redirects.

Press makes pages of them that lead to the story (`formerly` in its file). The newsroom itself
shows no public page, so that a redirect from any other address would never be followed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from wagtail.contrib.redirects.models import Redirect

from hodie.press.publication import is_slug

_FOLDER = "/stories/"
_checked = Redirect.clean


def install() -> None:
    """Let nobody make a redirect that no reader would follow."""
    Redirect.clean = _clean


def former_ids(story: Any) -> tuple[str, ...]:
    """Return the ids that a story had before, in the order in which they were noted."""
    if story.pk is None:
        return ()
    led = Redirect.objects.filter(redirect_page_id=story.pk, old_path__startswith=_FOLDER)
    paths = led.order_by("pk").values_list("old_path", flat=True)
    return tuple(path.removeprefix(_FOLDER) for path in paths)


def note(story: Any, old: str) -> None:
    """Note that a story had another id; its present one is none of the past any more."""
    set_former_ids(story, [*(id for id in former_ids(story) if id != old), old])


@transaction.atomic
def set_former_ids(story: Any, ids: Sequence[str]) -> None:
    """Let these ids lead to a story, and no others; its file is the caller's to write."""
    wanted = [id for id in dict.fromkeys(ids) if id != story.slug]
    if list(former_ids(story)) == wanted:
        return
    for redirect in Redirect.objects.filter(redirect_page_id=story.pk):
        redirect.is_noted = True
        redirect.delete()
    for id in wanted:
        redirect = Redirect(
            old_path=f"{_FOLDER}{id}", redirect_page_id=story.pk, automatically_created=True
        )
        redirect.is_noted = True
        redirect.save()


def whose(id: str) -> Any:
    """Return the page to which a former id leads; None where it is free."""
    found = Redirect.objects.filter(old_path=f"{_FOLDER}{id}").select_related("redirect_page")
    led = found.first()
    return led.redirect_page if led else None


def _clean(self: Redirect) -> None:
    from hodie.newsroom.models import Story

    _checked(self)
    page = self.redirect_page
    if page is None or not isinstance(page.specific, Story):
        raise ValidationError({"redirect_page": "Choose the story to which it leads."})
    id = self.old_path.removeprefix(_FOLDER)
    if not self.old_path.startswith(_FOLDER) or not is_slug(id):
        raise ValidationError({"old_path": "Only a story’s address leads on: /stories/old-name/"})
    if Story.objects.filter(slug=id).exists():
        raise ValidationError({"old_path": "A story stands at this address."})
