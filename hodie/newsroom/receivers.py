"""What happens besides when Wagtail saves something."""

from __future__ import annotations

import logging
from pathlib import PurePosixPath
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_save
from wagtail.signals import page_published, page_unpublished

from hodie.errors import HodieError

log = logging.getLogger("hodie.newsroom")


def connect() -> None:
    from wagtail.contrib.redirects.models import Redirect

    from hodie.newsroom.models import Picture, Story

    page_published.connect(_settle, sender=Story)
    page_unpublished.connect(_settle, sender=Story)
    pre_save.connect(_name, sender=Picture)
    post_save.connect(_write_anew, sender=Redirect)
    post_delete.connect(_write_anew, sender=Redirect)


def _settle(**_: Any) -> None:
    """Write or remove files as soon as the database has what they say."""
    transaction.on_commit(_settle_now)


def _settle_now() -> None:
    from hodie.newsroom import files, work

    # The work that waits is found again at the next turn, so that nothing depends on this one.
    try:
        files.settle()
    except (HodieError, OSError) as error:
        log.error("the files wait: %s", error)
    work.wake()


def _write_anew(instance: Any, **_: Any) -> None:
    """Have the file written anew where somebody changed the addresses that a story had before."""
    from hodie.newsroom.models import StoryFile

    if getattr(instance, "is_noted", False):
        return
    StoryFile.objects.filter(story_id=instance.redirect_page_id).update(revision=None)
    transaction.on_commit(_settle_now)


def _name(instance: Any, **_: Any) -> None:
    """Give a new picture the name that its file will have below `pictures/`."""
    from hodie.newsroom.pictures import fresh_name

    if not instance.name:
        suffix = PurePosixPath(instance.file.name or "").suffix.lower()
        instance.name = fresh_name(instance.title, suffix)
