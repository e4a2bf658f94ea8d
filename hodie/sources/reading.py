"""What a source makes of one file, entry or page: the seam behind `hodie read`.

A source that can show this has a static method `read`, found through its entry point like the
source itself, so that a plug-in's files are read as the built-in ones are.
"""

import gzip
import sys
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Protocol

import msgspec

from hodie.sources import SourceError, factory_of, source_names

Tell = Callable[[str], None]
"""Hears of what was left out: where it stood, what it was, and why, in one line."""

STANDARD_INPUT = Path("-")

BROKEN = (msgspec.MsgspecError, UnicodeDecodeError)
"""What msgspec raises where bytes are no JSON, not of the shape asked for, or no UTF-8."""

_GZIP = b"\x1f\x8b"


class Read(Protocol):
    """Yields what one file gives, as values that msgspec can write: an Entry, or one's own Struct.

    `file` is STANDARD_INPUT where `-` was asked for; `language` is a tag such as "de", None where
    none was named. A value may have a method `lines()`, which words it for people.
    """

    def __call__(
        self, file: Path, *, language: str | None = None, tell: Tell = ...
    ) -> Iterator[object]: ...


def ignore(message: str) -> None:
    """Hear of what was left out, and do nothing about it."""


def load_read(name: str) -> Read:
    """Return the function that reads a file of the source `name`.

    Raises SourceError where there is no such source, or where it reads no files.
    """
    read: Read | None = getattr(factory_of(name), "read", None)
    if read is None:
        able = ", ".join(each for each in source_names() if _reads(each)) or "none does"
        raise SourceError(f"source {name!r} reads no single files; those that do: {able}")
    return read


def bytes_of(file: Path) -> bytes:
    """Return the whole of a file, unpacked where it is gzip; raises SourceError."""
    try:
        raw = sys.stdin.buffer.read() if file == STANDARD_INPUT else file.read_bytes()
        return gzip.decompress(raw) if raw.startswith(_GZIP) else raw
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise SourceError(f"{file}: the packed file is damaged or cut short: {error}") from error
    except OSError as error:
        raise SourceError(f"{file}: cannot be read: {error.strerror or error}") from error


def _reads(name: str) -> bool:
    try:
        return hasattr(factory_of(name), "read")
    except SourceError:
        return False
