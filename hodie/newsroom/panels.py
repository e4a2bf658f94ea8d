"""The panel beside a story: its dates on a timeline, and what is wrong with them."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from wagtail.admin.panels import Panel


class CheckPanel(Panel):
    """Reads the dates of the story as it is being typed."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "newsroom/panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            context = dict(super().get_context_data(parent_context))
            pk = self.instance.pk
            context["url"] = reverse("newsroom_check", args=[pk]) if pk else ""
            return context
