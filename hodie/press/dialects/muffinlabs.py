"""The day as history.muffinlabs.com answers it: /date/8/20."""

from typing import Any

from hodie.almanac import Kind
from hodie.press.dialects.items import (
    Item,
    Told,
    english_day,
    linked_html,
    links,
    wikipedia_address,
    written_year,
)
from hodie.press.layout import Layout

KINDS = {"Events": Kind.EVENT, "Births": Kind.BIRTH, "Deaths": Kind.DEATH}


def day(layout: Layout, told: Told) -> dict[str, Any]:
    """Return a day's answer; its items begin with the oldest."""
    named = english_day(told.day)
    return {
        "date": named,
        "url": wikipedia_address(named),
        "data": {
            name: [_item(layout, item) for item in told.items[kind]] for name, kind in KINDS.items()
        },
    }


def _item(layout: Layout, item: Item) -> dict[str, Any]:
    found, year = list(links(layout, item)), written_year(item)
    html = linked_html(item.text, found)
    return {
        "year": year,
        "text": item.text,
        "html": f"{year} - {html}",
        "no_year_html": html,
        "links": [{"title": title, "link": address} for title, address in found],
    }
