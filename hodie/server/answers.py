"""Answers: what is sent for an address, with its validators and its headers."""

from __future__ import annotations

import functools
import gzip
import hashlib
import re
from enum import Enum
from typing import NamedTuple
from urllib.parse import quote

from msgspec import Struct
from starlette.types import Scope, Send

Fields = list[tuple[str, str]]
"""Headers in the order in which they are sent, their names in lower case."""

# Those in which files are stored, the one that saves most first.
ENCODINGS = ("br", "gzip")
_WEIGHT = re.compile(r"q=([01](?:\.\d*)?)")
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
SECURITY: Fields = [
    ("content-security-policy", _CONTENT_SECURITY),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "strict-origin-when-cross-origin"),
    ("x-frame-options", "DENY"),
    ("cross-origin-opener-policy", "same-origin"),
]


# Answers are small, and come whole; who asks for a part is told so (RFC 9110, 14.3).
NO_RANGES = ("accept-ranges", "none")


class Life(Enum):
    """How long an answer may be kept by a browser or a cache on the way."""

    FOREVER = "its address changes with its contents"
    DAY = "it may change at the publication's midnight"
    NONE = "an error, which may be mended at any moment"


class Form(Struct, frozen=True):
    """One representation of an answer: the body as it is, or compressed."""

    body: bytes
    etag: str
    fields: Fields

    def is_known(self, if_none_match: str) -> bool:
        """Tell whether the reader has this form already (RFC 9110, 13.1.2: compared weakly)."""
        known = [tag.strip().removeprefix("W/") for tag in if_none_match.split(",")]
        return self.etag in known or "*" in known


class Reply(NamedTuple):
    """What goes over the wire for one request."""

    status: int
    fields: Fields
    body: bytes


class Answer(Struct, frozen=True):
    """A complete answer, made once and sent many times; `packed` holds its forms by encoding."""

    status: int
    life: Life
    plain: Form
    packed: dict[str, Form] = {}

    @property
    def size(self) -> int:
        """How many bytes it keeps."""
        return len(self.plain.body) + sum(len(form.body) for form in self.packed.values())

    def reply(
        self, method: str, accept_encoding: str, if_none_match: str, seconds_left: int
    ) -> Reply:
        """Answer one request; `seconds_left` are those of the publication's day."""
        form = self.plain
        if self.packed:
            names = accepted_encodings(accept_encoding)
            form = next((self.packed[name] for name in names if name in self.packed), form)
        fields = [*form.fields, ("cache-control", cache_control(self.life, seconds_left))]
        if if_none_match and self.status == 200 and form.is_known(if_none_match):
            return Reply(304, [field for field in fields if field[0] not in _OF_BODY], b"")
        return Reply(self.status, fields, b"" if method == "HEAD" else form.body)

    async def send(self, scope: Scope, send: Send, seconds_left: int) -> None:
        """Answer one request as ASGI has it."""
        status, fields, body = self.reply(scope["method"], *_asked(scope), seconds_left)
        headers = [(name.encode(), value.encode("latin-1")) for name, value in fields]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})


_OF_BODY = ("content-length", "content-type", "content-encoding")


def answer(
    body: bytes,
    media_type: str,
    *,
    status: int = 200,
    life: Life = Life.DAY,
    packed: dict[str, bytes] | None = None,
    digest: str | None = None,
    extra: Fields | None = None,
    security: Fields = SECURITY,
) -> Answer:
    """Make an answer; it is compressed here unless its compressed forms are given, by encoding.

    `digest` names the body's contents, for the entity tags.
    """
    if packed is None:
        worth = len(body) >= COMPRESS_FROM and _is_compressible(media_type)
        packed = {"gzip": gzip.compress(body, 6, mtime=0)} if worth else {}
    tag = (digest or hashlib.sha256(body).hexdigest())[:32]
    common: Fields = [("content-type", _with_charset(media_type)), *security, *(extra or [])]
    if packed and all(name != "vary" for name, _ in common):
        common.append(("vary", "accept-encoding"))
    return Answer(
        status=status,
        life=life,
        plain=_form(body, f'"{tag}"', common),
        packed={
            name: _form(data, f'"{tag}-{name}"', [*common, ("content-encoding", name)])
            for name, data in packed.items()
        },
    )


def leads_to(location: str | None) -> Fields:
    """Return the header that leads a browser on, where there is a place to go to."""
    return [("location", quote(location))] if location else []


def cache_control(life: Life, seconds_left: int) -> str:
    """Word how long an answer may be kept.

    Never past the publication's midnight, and never so long that a correction goes unseen.

    >>> cache_control(Life.DAY, 86_000), cache_control(Life.DAY, 12)
    ('public, max-age=3600', 'public, max-age=12')
    """
    if life is Life.FOREVER:
        return "public, max-age=31536000, immutable"
    if life is Life.NONE:
        return "no-store"
    return f"public, max-age={max(0, min(seconds_left, LONGEST_AGE))}"


@functools.lru_cache(maxsize=256)
def accepted_encodings(accept_encoding: str) -> tuple[str, ...]:
    """Return the encodings that the reader takes, the best first (RFC 9110, 12.5.3).

    >>> accepted_encodings("gzip, br"), accepted_encodings("br;q=0.5, gzip"), accepted_encodings("")
    (('br', 'gzip'), ('gzip', 'br'), ())
    >>> accepted_encodings("br, gzip;q=0"), accepted_encodings("*"), accepted_encodings("*;q=0")
    (('br',), ('br', 'gzip'), ())
    """
    asked: dict[str, float] = {}
    for part in accept_encoding.lower().split(","):
        name, _, weight = part.partition(";")
        asked[name.strip()] = _weight(weight)
    wanted = {name: asked.get(name, asked.get("*", 0.0)) for name in ENCODINGS}
    return tuple(sorted((name for name in ENCODINGS if wanted[name]), key=lambda n: -wanted[n]))


def _weight(text: str) -> float:
    """Read the weight of a choice; without one, or with one that is none, it counts in full.

    >>> _weight(" q=0.5"), _weight("q=0.000"), _weight(""), _weight("q=x")
    (0.5, 0.0, 1.0, 1.0)
    """
    found = _WEIGHT.fullmatch(text.replace(" ", ""))
    return float(found[1]) if found else 1.0


def _asked(scope: Scope) -> tuple[str, str]:
    """Return the two headers that decide on an answer's form: Accept-Encoding, If-None-Match."""
    accept = if_none_match = b""
    for name, value in scope["headers"]:
        if name == b"accept-encoding":
            accept = value
        elif name == b"if-none-match":
            if_none_match = value
    return accept.decode("latin-1"), if_none_match.decode("latin-1")


def _form(body: bytes, etag: str, fields: Fields) -> Form:
    own = [("etag", etag), ("content-length", str(len(body))), NO_RANGES]
    return Form(body, etag, [*fields, *own])


def _is_compressible(media_type: str) -> bool:
    kind = media_type.partition(";")[0]
    return kind.startswith(_COMPRESSIBLE) or kind.endswith(_COMPRESSIBLE_END)


def _with_charset(media_type: str) -> str:
    needs = media_type.startswith("text/") and "charset" not in media_type
    return f"{media_type}; charset=utf-8" if needs else media_type
