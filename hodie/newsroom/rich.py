"""Notes for readers in rich text: how the editor keeps them, as Wagtail asks to be told."""

from __future__ import annotations

from typing import Any

from draftjs_exporter.dom import DOM
from wagtail.admin.rich_text.converters.html_to_contentstate import InlineEntityElementHandler
from wagtail.admin.rich_text.editors.draftail.features import EntityFeature

from hodie.newsroom.blocks import NOTES

_TYPE = "HODIE_NOTE"


def register(features: Any) -> None:
    """Give rich text a button for notes; `newsroom/notes.js` does the asking."""
    options = {
        "type": _TYPE,
        "label": "Note",
        "description": "Note for readers",
        "attributes": ["note"],
    }
    plugin = EntityFeature(options, js=["newsroom/notes.js"])
    features.register_editor_plugin("draftail", NOTES, plugin)
    rules = {
        "from_database_format": {"span[data-note]": _Reader(_TYPE)},
        "to_database_format": {"entity_decorators": {_TYPE: _written}},
    }
    features.register_converter_rule("contentstate", NOTES, rules)


class _Reader(InlineEntityElementHandler):
    # A note is taken away whole: nobody types in its mark.
    mutability = "IMMUTABLE"

    def get_attribute_data(self, attrs: dict[str, str]) -> dict[str, str]:
        return {"note": attrs["data-note"]}


def _written(props: dict[str, Any]) -> Any:
    return DOM.create_element("span", {"data-note": props.get("note", "")}, props["children"])
