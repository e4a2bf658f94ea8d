"""Who may do what with a story, beyond what Wagtail's groups say."""

from __future__ import annotations

from typing import Any

from wagtail.models import PagePermissionTester

from hodie.newsroom.opened import publication


class StoryPermissionTester(PagePermissionTester):
    """Where the publication says so, nobody publishes their own story before another's approval."""

    def can_publish(self) -> bool:
        return bool(super().can_publish()) and self.has_second_pair_of_eyes()

    def can_correct(self) -> bool:
        """Tell whether the user may correct and withdraw the story."""
        allowed = bool(self.user.has_perm("newsroom.correct_story"))
        return allowed and bool(super().can_publish())

    def has_second_pair_of_eyes(self) -> bool:
        """Tell whether the text is another's, or was approved by another."""
        story: Any = self.page.specific
        if publication().newsroom.own_approval or not story.is_own(self.user):
            return True
        approver = story.approved_by
        return approver is not None and approver != self.user
