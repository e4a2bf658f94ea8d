"""Which addresses other sites may read from their pages, and which they may frame."""

from __future__ import annotations

import re

from hodie.server.answers import SECURITY, RawHeaders

# What other sites' pages read: feeds, calendars, the day as text, and what embeds are made of.
_OPEN = re.compile(
    r"/feeds/.+|/calendar\.ics|/calendars/.+|/today\.(txt|md)|/embed/.+|/oembed|/cards/.+"
)
# What other sites show in a frame: the day and a story, made to be put there. Nothing else.
_FRAMED = re.compile(r"/embed/(today/|on/.+/|stories/.+/)")
_CORS: RawHeaders = [
    (b"access-control-allow-origin", b"*"),
    (b"cross-origin-resource-policy", b"cross-origin"),
]


def security_of(address: str) -> RawHeaders:
    """Return the headers that say what a browser may do with the answer at an address."""
    headers = SECURITY
    if _FRAMED.fullmatch(address):
        headers = [_framed(name, value) for name, value in SECURITY if name != b"x-frame-options"]
    return [*headers, *_CORS] if _OPEN.fullmatch(address) else headers


def _framed(name: bytes, value: bytes) -> tuple[bytes, bytes]:
    """Let any site frame the page; its links leave the frame, whatever the frame forbids."""
    if name != b"content-security-policy":
        return name, value
    return name, value.replace(b"frame-ancestors 'none'", b"frame-ancestors *")
