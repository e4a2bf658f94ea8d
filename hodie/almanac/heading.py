"""The first bytes of an almanac's file, and the digest over all of it."""

import hashlib
from pathlib import Path

from hodie.almanac.errors import AlmanacError
from hodie.almanac.pool import damaged
from hodie.almanac.schema import APPLICATION_ID, SCHEMA

NO_DIGEST = b"0" * 64
"""Stands in the file for its own digest while that is reckoned."""

_MARK = b"digest"
_HEADING = 100
_BLOCK = 1 << 20


class ForeignFileError(AlmanacError):
    """The file is no almanac: whose it is nobody knows, so no build replaces it."""


def check_heading(path: Path, *, older: bool = False) -> None:
    """Raise AlmanacError unless `path` is a whole almanac of this schema, by its first bytes.

    With `older`, those of older schemas will do.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            heading = file.read(_HEADING)
    except FileNotFoundError as error:
        raise AlmanacError(f"no almanac at {str(path)!r}: build one first") from error
    except OSError as error:
        raise AlmanacError(f"can't read {str(path)!r}: {error.strerror}") from error
    _check_kind(path, heading)
    _check_schema(path, int.from_bytes(heading[60:64]), older=older)
    page_size, pages = int.from_bytes(heading[16:18]), int.from_bytes(heading[28:32])
    if size != page_size * pages:
        raise damaged(path, f"it has {size:,} bytes instead of {page_size * pages:,}")


def _check_kind(path: Path, heading: bytes) -> None:
    if not heading.startswith(b"SQLite format 3\0") or len(heading) < _HEADING:
        raise ForeignFileError(
            f"{str(path)!r} is no almanac: it begins with {heading[:16]!r}; name the right file,"
            " or move this one away and build an almanac"
        )
    if int.from_bytes(heading[68:72]) != APPLICATION_ID:
        raise ForeignFileError(
            f"{str(path)!r} is an SQLite database, but no almanac: name the right file, or move"
            " this one away and build an almanac"
        )


def _check_schema(path: Path, schema: int, *, older: bool) -> None:
    if schema > SCHEMA:
        raise AlmanacError(
            f"the almanac {str(path)!r} has schema {schema}, and this Hodie reads {SCHEMA}:"
            " update Hodie, or build the almanac again"
        )
    if schema < SCHEMA and not older:
        raise AlmanacError(
            f"the almanac {str(path)!r} has the old schema {schema}, and this Hodie reads"
            f" {SCHEMA}: build it again"
        )


def seal(path: Path) -> str:
    """Write the digest of an almanac into it; return it."""
    place, digest = _digest(path)
    with path.open("r+b") as file:
        file.seek(place)
        file.write(digest.encode())
    return digest


def digest_of(path: Path) -> str:
    """Reckon the digest of an almanac anew: SHA-256 of the file, zeros where the digest stands."""
    return _digest(path)[1]


def _digest(path: Path) -> tuple[int, str]:
    """Return where in the file the digest stands, and what it must be."""
    sha = hashlib.sha256()
    with path.open("rb") as file:
        # The table that holds it is the first one made, so it lies near the beginning.
        head = file.read(_BLOCK)
        place = head.find(_MARK) + len(_MARK)
        sha.update(head[:place] + NO_DIGEST + head[place + len(NO_DIGEST) :])
        while block := file.read(_BLOCK):
            sha.update(block)
    return place, sha.hexdigest()
