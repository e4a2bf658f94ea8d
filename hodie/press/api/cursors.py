"""Cursors: where a list goes on, as a text that says so to nobody else.

A cursor holds how far each stream of the list was read, and a digest of the query and the almanac
that it belongs to: it never leads into another list.
"""

from __future__ import annotations

import binascii
import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode

import msgspec

from hodie.press.api.problem import ProblemError, missing

PATTERN = r"^[A-Za-z0-9_-]{14,200}$"
_SIGN = 9
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(list[int]).decode


def cursor(places: list[int], scope: str) -> str:
    """Write a cursor; `scope` names the list, down to the facts that it is made of.

    >>> places(cursor([20, 0], "list"), "list", 2)
    [20, 0]
    """
    body = _encode(places)
    return urlsafe_b64encode(_sign(body, scope) + body).decode().rstrip("=")


def places(text: str, scope: str, streams: int) -> list[int]:
    """Read a cursor of the list `scope`; raises ProblemError where it is none of it."""
    try:
        data = urlsafe_b64decode(text + "=" * (-len(text) % 4))
        body = data[_SIGN:]
        if data[:_SIGN] != _sign(body, scope):
            raise _stale(text)
        found = _decode(body)
    except (binascii.Error, msgspec.DecodeError) as error:
        raise _stale(text) from error
    if len(found) != streams or min(found) < 0:
        raise _stale(text)
    return found


def _sign(body: bytes, scope: str) -> bytes:
    return hashlib.blake2b(body + scope.encode(), digest_size=_SIGN).digest()


def _stale(text: str) -> ProblemError:
    return missing(
        "cursor",
        text,
        "a cursor belongs to one query and one almanac, which may have been replaced since; "
        "ask again without it",
    )
