"""What people do with stories, one function each; views and hooks call these."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from hodie.newsroom.models import ONCE, YEARLY, Story, next_run
from hodie.newsroom.opened import publication, today
from hodie.newsroom.values import to_value


@transaction.atomic
def publish(story: Story, user: Any, *, now: bool = False) -> datetime.datetime | None:
    """Publish a story, or schedule it for its day; return the moment if that is to come.

    With `now` it comes out at once, whatever its day.
    """
    if not story.permissions_for_user(user).can_publish():
        raise PermissionDenied("somebody else has to publish this story")
    if story.go_live_at is None or now:
        story.go_live_at = None if now else comes_out(story)
    revision = story.save_revision(user=user, clean=False)
    revision.publish(user=user, skip_permission_checks=True)
    return story.go_live_at


def comes_out(story: Story) -> datetime.datetime | None:
    """Return when a story is to come out, None for at once.

    That is the publication's hour on the next of its days. What is out already stays out.
    """
    if story.live or story.run not in (ONCE, YEARLY):
        return None
    run = to_value(story).run
    if run is None:
        return None
    day = run if isinstance(run, datetime.date) else next_run(run, today())
    hour = publication().newsroom.publish_at
    moment = datetime.datetime.combine(day, hour, publication().zone())
    return moment if moment > timezone.now() else None


@transaction.atomic
def correct(story: Story, note: str, user: Any) -> None:
    """Publish the text as it is now, with a dated note of what was put right."""
    latest = _latest(story, user)
    note = " ".join(note.split())
    latest.corrections = [*latest.corrections, {"date": today().isoformat(), "note": note}]
    _publish_change(latest, user, "newsroom.correct", note)


@transaction.atomic
def withdraw(story: Story, note: str, user: Any) -> None:
    """Take a published story back: its page says so from now on, and nothing else names it."""
    _may_correct(story, user)
    standing = Story.objects.get(pk=story.pk)
    note = " ".join(note.split())
    standing.withdrawn_on, standing.withdrawn_note = today(), note
    _publish_change(standing, user, "newsroom.withdraw", note)


@transaction.atomic
def reinstate(story: Story, user: Any) -> None:
    """Let a withdrawn story stand again."""
    _may_correct(story, user)
    standing = Story.objects.get(pk=story.pk)
    standing.withdrawn_on, standing.withdrawn_note = None, ""
    _publish_change(standing, user, "newsroom.reinstate", "")


def _latest(story: Story, user: Any) -> Story:
    _may_correct(story, user)
    latest: Story = story.get_latest_revision_as_object()
    return latest


def _may_correct(story: Story, user: Any) -> None:
    if not story.live:
        raise PermissionDenied("only what is published can be corrected or withdrawn")
    if not story.permissions_for_user(user).can_correct():
        raise PermissionDenied("correcting and withdrawing is for publishers")


def _publish_change(story: Story, user: Any, action: str, note: str) -> None:
    story.go_live_at = None
    revision = story.save_revision(user=user, clean=False, log_action=False)
    revision.publish(user=user, skip_permission_checks=True)
    log(instance=story, action=action, user=user, revision=revision, data={"note": note})
