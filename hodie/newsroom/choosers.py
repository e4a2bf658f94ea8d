"""Wagtail's choosers without the inline script that a strict content security policy forbids.

Its other inputs do without one already; for dates the newsroom has templates of its own.
"""

from __future__ import annotations

import json
from typing import Any

from django.utils.html import format_html
from wagtail.admin.widgets import BaseChooser


def install() -> None:
    """Let every chooser say in data, not in script, how it is started."""
    BaseChooser.render = _render


def _render(self: Any, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> str:
    data = self.get_value_data(value)
    options = self.get_js_init_options(attrs["id"], name, data)
    return format_html(
        '{}<template data-hodie-chooser="{}" data-for="{}">{}</template>',
        self.render_html(name, data, attrs),
        self.js_constructor,
        attrs["id"],
        json.dumps(options),
    )
