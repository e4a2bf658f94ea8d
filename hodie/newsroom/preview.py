"""A story as readers will see it: press's own page, before it is printed."""

from __future__ import annotations

import datetime
from typing import Any

from django.http import HttpResponse
from wagtail.admin.userbar import Userbar

from hodie.errors import HodieError
from hodie.newsroom.models import Story
from hodie.newsroom.opened import Opened, opened, today
from hodie.newsroom.values import to_value
from hodie.press import Press, Publication
from hodie.press import Story as Value


def preview(story: Story, request: Any) -> HttpResponse:
    """Answer with the page that press would print, as it will be on the first day that has it."""
    try:
        value = to_value(story)
    except HodieError as error:
        return HttpResponse(f"There is no page yet: {error}", content_type="text/plain")
    page = page_of(value, opened())
    if page is None:
        return HttpResponse("There is no almanac yet: run hodie build.", content_type="text/plain")
    body = page.body
    if getattr(request, "in_preview_panel", False):
        body = with_checker(body, request)
    return HttpResponse(body, content_type=page.media_type)


def with_checker(body: bytes, request: Any) -> bytes:
    """Add Wagtail's checker to a page that is shown beside the editor, which asks it for its finds.

    Its scripts are files of the newsroom, which the content security policy lets run as they are.
    """
    checker = Userbar().render_html({"request": request}).encode()
    head, end, rest = body.rpartition(b"</body>")
    return head + checker + end + rest


def page_of(value: Value, now: Opened) -> Any:
    """Return the page of a story among those that are printed; None without an almanac."""
    if now.almanac is None:
        return None
    others = (each for each in now.stories if each.id != value.id)
    press = Press(now.publication, now.almanac, (*others, value))
    return press.page(value.address, _shown_on(value, now.publication))


def _shown_on(value: Value, publication: Publication) -> datetime.date:
    """Return a day on which the story is out: today, or the later day on which it comes out."""
    days = [today(), value.run, value.published]
    return max(day for day in days if isinstance(day, datetime.date))
