"""Which addresses other sites may read from their pages, and which they may frame."""

from __future__ import annotations

import re

from hodie.press.dialects import is_dialect
from hodie.server.answers import SECURITY, Fields

# What other sites' pages read: feeds, calendars, the day as text, and what embeds are made of.
_OPEN = re.compile(
    r"/feeds/.+|/calendar\.ics|/calendars/.+|/today\.(txt|md)|/embed/.+|/oembed|/cards/.+"
)
# What is only data: a browser that shows it shall do nothing else with it.
_DATA = re.compile(r"/api/v1(/.*)?")
_BARE: Fields = [
    ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
    ("x-content-type-options", "nosniff"),
]
# What other sites show in a frame: the day and a story, made to be put there. Nothing else.
_FRAMED = re.compile(r"/embed/(today/|on/.+/|stories/.+/)")
# Those APIs have no place for a licence; it goes along outside.
_LICENCE = ("link", '</sources/>; rel="license"')
_CORS: Fields = [
    ("access-control-allow-origin", "*"),
    ("access-control-expose-headers", "etag, link"),
    ("cross-origin-resource-policy", "cross-origin"),
]


def security_of(address: str) -> Fields:
    """Return the headers that say what a browser may do with the answer at an address."""
    if _DATA.fullmatch(address):
        return [*_BARE, *_CORS]
    if is_dialect(address):
        return [*_BARE, *_CORS, _LICENCE]
    headers = SECURITY
    if _FRAMED.fullmatch(address):
        headers = [_framed(name, value) for name, value in SECURITY if name != "x-frame-options"]
    return [*headers, *_CORS] if _OPEN.fullmatch(address) else headers


def _framed(name: str, value: str) -> tuple[str, str]:
    """Let any site frame the page; its links leave the frame, whatever the frame forbids."""
    if name != "content-security-policy":
        return name, value
    return name, value.replace("frame-ancestors 'none'", "frame-ancestors *")
