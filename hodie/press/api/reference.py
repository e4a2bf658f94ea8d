"""The reference page of the API, made from the same tables as its OpenAPI document."""

from __future__ import annotations

import datetime

from hodie.press.layout import Layout
from hodie.press.page import Page


def reference(layout: Layout, address: str, today: datetime.date) -> Page | None:
    return None
