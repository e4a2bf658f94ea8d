"""Text files of any encoding, line by line."""

import codecs
import gzip
import io
import re
import sys
import zlib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from hodie.sources import SourceError
from hodie.sources.reading import STANDARD_INPUT

_BLOCK = 1 << 20
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_LONG = re.compile(rb"[\xc2-\xf4][\x80-\xbf]{1,3}")
_GZIP = b"\x1f\x8b"
# Bytes that are no UTF-8 become these; a line that has one is damaged, and cannot be written.
DAMAGED = re.compile("[\ud800-\udfff]")


class Text(NamedTuple):
    """The lines of a file without their ends, and how it was decoded.

    `note` says what was guessed, "" where nothing had to be. A line with a byte that is none of the
    encoding holds a surrogate there.
    """

    lines: Iterator[str]
    encoding: str
    note: str = ""


def open_text(path: Path, encoding: str | None = None) -> Text:
    """Open a text file, plain or gzip, by its mark, as UTF-8, or else as Windows' Western one.

    A few bytes that are no UTF-8 in a file that else is do not make it another encoding. Raises
    SourceError where it cannot be read, or where the encoding asked for is none.
    """
    if encoding is not None:
        return Text(_lines(path, _known(encoding, path)), encoding)
    found, note = _guessed(path)
    return Text(_lines(path, found), found, note)


def _known(encoding: str, path: Path) -> str:
    try:
        return codecs.lookup(encoding).name
    except LookupError as error:
        raise SourceError(
            f"{path}: no encoding is named {encoding!r}; write 'utf-8', 'utf-16' or 'cp1252'"
        ) from error


def _guessed(path: Path) -> tuple[str, str]:
    head = next(_blocks(path), b"")
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name, ""
    if head[:2000].count(0) > len(head[:2000]) // 4:
        little = head[1:2000:2].count(0) > head[0:2000:2].count(0)
        name = "utf-16-le" if little else "utf-16-be"
        return name, f"{path}: read as {name.upper()}, guessed from its zero bytes"
    good, bad = _counted(path)
    if bad <= good:
        return "utf-8", ""
    return "cp1252", f"{path}: read as Windows-1252 (Latin-1), guessed since it is no UTF-8"


def _counted(path: Path) -> tuple[int, int]:
    """Count the letters of two bytes and more that are UTF-8, and the bytes that are none."""
    good = bad = 0
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    for block in _blocks(path):
        if not block.isascii():
            bad += len(DAMAGED.findall(decoder.decode(block)))
            good += len(_LONG.findall(block))
    return good, bad


def _lines(path: Path, encoding: str) -> Iterator[str]:
    errors = "surrogateescape" if encoding == "utf-8" else "replace"
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    rest, first = "", True
    for block in _blocks(path):
        text = rest + decoder.decode(block)
        if first and text:
            text, first = text.removeprefix("\ufeff"), False
        # The end of a line may be two characters, of which the block has the first alone.
        keep = len(text) - 1 if text.endswith("\r") else len(text)
        *whole, rest = re.split("\r\n|\r|\n", text[:keep])
        rest += text[keep:]
        yield from whole
    rest += decoder.decode(b"", final=True)
    if rest:
        yield rest.removesuffix("\r")


def _blocks(path: Path) -> Iterator[bytes]:
    try:
        with _opened(path) as file:
            while block := file.read(_BLOCK):
                yield block
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise SourceError(f"{path}: the packed file is damaged or cut short: {error}") from error
    except OSError as error:
        raise SourceError(f"{path}: cannot be read: {error.strerror or error}") from error


@lru_cache(maxsize=1)
def _standard_input() -> bytes:
    """Return all of it: it is looked at more than once."""
    return sys.stdin.buffer.read()


def _opened(path: Path) -> BinaryIO:
    if path == STANDARD_INPUT:
        data = _standard_input()
        return io.BytesIO(gzip.decompress(data) if data.startswith(_GZIP) else data)
    with path.open("rb") as file:
        packed = file.read(2) == _GZIP
    return cast(BinaryIO, gzip.open(path)) if packed else path.open("rb")
