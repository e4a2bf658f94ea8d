"""Inputs that Wagtail lacks: for historical dates, and for what the almanac knows."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse_lazy


class HistoricalDateInput(forms.TextInput):
    """A date of any year and calendar; the script beside it opens a picker and says the weekday."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        usual = {
            "data-hodie-date": reverse_lazy("newsroom_date"),
            "autocomplete": "off",
            "spellcheck": "false",
            "placeholder": "1940-08-20",
        }
        super().__init__({**usual, **(attrs or {})})


class AlmanacInput(forms.Textarea):
    """Ids of the almanac, one a line; the script beside it finds them by name."""

    def __init__(self, what: str) -> None:
        super().__init__(
            {
                "rows": 2,
                "data-hodie-find": reverse_lazy("newsroom_find", args=[what]),
                "spellcheck": "false",
            }
        )
