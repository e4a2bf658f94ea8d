"""Answers: what is sent for an address, with its validators and its headers."""

from __future__ import annotations

import functools
import gzip
import hashlib
from enum import Enum

from msgspec import Struct
from starlette.types import Scope, Send

RawHeaders = list[tuple[bytes, bytes]]

# Below this a compressed body saves no packet.
COMPRESS_FROM = 512
LONGEST_AGE = 3600
_COMPRESSIBLE = ("text/", "application/json", "application/xml", "image/svg+xml")
_COMPRESSIBLE_END = ("+xml", "+json", "javascript")
_CONTENT_SECURITY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
SECURITY: RawHeaders = [
    (b"content-security-policy", _CONTENT_SECURITY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"strict-origin-when-cross-origin"),
    (b"x-frame-options", b"DENY"),
    (b"cross-origin-opener-policy", b"same-origin"),
]


class Life(Enum):
    """How long an answer may be kept by a browser or a cache on the way."""

    FOREVER = "its address changes with its contents"
    DAY = "it may change at the publication's midnight"
    NONE = "an error, which may be mended at any moment"


class Form(Struct, frozen=True):
    """One representation of an answer: the body as it is, or compressed."""

    body: bytes
    etag: bytes
    headers: RawHeaders

    def is_known(self, if_none_match: bytes) -> bool:
        """Tell whether the reader has this form already (RFC 9110, 13.1.2: compared weakly)."""
        known = [tag.strip().removeprefix(b"W/") for tag in if_none_match.split(b",")]
        return self.etag in known or b"*" in known


class Answer(Struct, frozen=True):
    """A complete answer, made once and sent many times."""

    status: int
    life: Life
    plain: Form
    packed: Form | None = None

    @property
    def size(self) -> int:
        """How many bytes it keeps."""
        return len(self.plain.body) + (len(self.packed.body) if self.packed else 0)

    async def send(self, scope: Scope, send: Send, seconds_left: int) -> None:
        """Answer one request; `seconds_left` are those of the publication's day."""
        accept, if_none_match = _asked(scope)
        form = self.packed if self.packed is not None and accepts_gzip(accept) else self.plain
        headers = [*form.headers, (b"cache-control", cache_control(self.life, seconds_left))]
        if if_none_match and self.status == 200 and form.is_known(if_none_match):
            kept = [header for header in headers if header[0] not in _OF_BODY]
            await _send(send, 304, kept, b"")
        else:
            body = b"" if scope["method"] == "HEAD" else form.body
            await _send(send, self.status, headers, body)


_OF_BODY = (b"content-length", b"content-type", b"content-encoding")


def answer(
    body: bytes,
    media_type: str,
    *,
    status: int = 200,
    life: Life = Life.DAY,
    packed: bytes | None = None,
    digest: str | None = None,
    extra: RawHeaders | None = None,
    security: RawHeaders = SECURITY,
) -> Answer:
    """Make an answer; it is compressed here unless its compressed form is given.

    `digest` names the body's contents, for the entity tags.
    """
    if packed is None and len(body) >= COMPRESS_FROM and _is_compressible(media_type):
        packed = gzip.compress(body, 6, mtime=0)
    digest = digest or hashlib.sha256(body).hexdigest()
    common: RawHeaders = [(b"content-type", _with_charset(media_type)), *security, *(extra or [])]
    if packed is not None:
        common.append((b"vary", b"accept-encoding"))
    return Answer(
        status=status,
        life=life,
        plain=_form(body, f'"{digest[:32]}"', common),
        packed=None
        if packed is None
        else _form(packed, f'"{digest[:32]}-gzip"', [*common, (b"content-encoding", b"gzip")]),
    )


def cache_control(life: Life, seconds_left: int) -> bytes:
    """Word how long an answer may be kept.

    Never past the publication's midnight, and never so long that a correction goes unseen.

    >>> cache_control(Life.DAY, 86_000), cache_control(Life.DAY, 12)
    (b'public, max-age=3600', b'public, max-age=12')
    """
    if life is Life.FOREVER:
        return b"public, max-age=31536000, immutable"
    if life is Life.NONE:
        return b"no-store"
    return b"public, max-age=%d" % max(0, min(seconds_left, LONGEST_AGE))


@functools.lru_cache(maxsize=256)
def accepts_gzip(accept_encoding: bytes) -> bool:
    """Tell whether the reader takes gzip (RFC 9110, 12.5.3).

    >>> accepts_gzip(b"gzip, br"), accepts_gzip(b"br, gzip;q=0"), accepts_gzip(b"*")
    (True, False, True)
    """
    wanted: dict[bytes, bool] = {}
    for part in accept_encoding.lower().split(b","):
        name, _, weight = part.partition(b";")
        wanted[name.strip()] = weight.replace(b" ", b"").rstrip(b"0.") != b"q="
    return wanted.get(b"gzip", wanted.get(b"*", False))


def _asked(scope: Scope) -> tuple[bytes, bytes]:
    """Return the two headers that decide on an answer's form: Accept-Encoding, If-None-Match."""
    accept = if_none_match = b""
    for name, value in scope["headers"]:
        if name == b"accept-encoding":
            accept = value
        elif name == b"if-none-match":
            if_none_match = value
    return accept, if_none_match


async def _send(send: Send, status: int, headers: RawHeaders, body: bytes) -> None:
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _form(body: bytes, etag: str, headers: RawHeaders) -> Form:
    own = [(b"etag", etag.encode()), (b"content-length", b"%d" % len(body))]
    return Form(body, etag.encode(), [*headers, *own])


def _is_compressible(media_type: str) -> bool:
    kind = media_type.partition(";")[0]
    return kind.startswith(_COMPRESSIBLE) or kind.endswith(_COMPRESSIBLE_END)


def _with_charset(media_type: str) -> bytes:
    needs = media_type.startswith("text/") and "charset" not in media_type
    return f"{media_type}; charset=utf-8".encode() if needs else media_type.encode()
