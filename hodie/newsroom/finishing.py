"""The end of a review. Wagtail imports this before there are models, so it imports them late."""

from __future__ import annotations

from typing import Any


def finish_review(workflow_state: Any, user: Any = None) -> None:
    """Go on after a review: whoever approved and may publish has it published on its day.

    For others the story stays approved, until a publisher takes it up.
    """
    from hodie.newsroom import actions

    story = workflow_state.content_object.specific
    if user is not None and story.permissions_for_user(user).can_publish():
        actions.publish(story.get_latest_revision_as_object(), user)
