"""The day as byabbe.se answers it: /on-this-day/8/20/events.json."""

from typing import Any

from hodie.almanac import Kind
from hodie.press.dialects.items import (
    Item,
    Told,
    english_day,
    links,
    wikipedia_address,
    written_year,
)
from hodie.press.layout import Layout

KINDS = {"events": Kind.EVENT, "births": Kind.BIRTH, "deaths": Kind.DEATH}


def day(layout: Layout, told: Told, name: str) -> dict[str, Any]:
    """Return the answer for one kind of a day's items, which begin with the oldest."""
    named = english_day(told.day)
    return {
        "wikipedia": wikipedia_address(named),
        "date": named,
        name: [_item(layout, item) for item in told.items[KINDS[name]]],
    }


def _item(layout: Layout, item: Item) -> dict[str, Any]:
    return {
        "year": written_year(item),
        "description": item.text,
        "wikipedia": [
            {"title": title, "wikipedia": address} for title, address in links(layout, item)
        ],
    }
