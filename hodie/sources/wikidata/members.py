"""Text of a dump by byte ranges, whichever way it is packed.

A .gz dump of Wikimedia is some two thousand gzip members one after the other, so a range of its
bytes can be unpacked alone: from the first member that begins in the range to the last. Lines
are dealt out as usual for text cut at any byte: a range owns the lines that begin in its text,
reads the last of them to its end beyond the range, and leaves out what comes before its first line
break, since the range before has read that.
"""

import bz2
import os
import sys
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import IO, NamedTuple, cast

from isal import igzip_lib

PIECE = 1 << 20
"""How many bytes are read at once; some ten times that is what they unpack to."""

TEXT = 1 << 20
"""The most bytes that are unpacked at once."""

SIGHT = 1 << 22
"""How far a member is searched for at once."""

PROOF = 1 << 12
"""After how many unpacked bytes of text a member is taken for one."""

MAGIC = b"\x1f\x8b\x08"
STDIN = "-"

Complain = Callable[[str, str], None]


# The types that the package brings call its error a value.
_BROKEN: tuple[type[Exception], ...] = (igzip_lib.error, EOFError)  # type: ignore[assignment]


class Piece(NamedTuple):
    """Some text, the byte of the file at which its member or block begins, and its own place in it.

    `joined` says that it goes on where the piece before it ended.
    """

    text: bytes
    start: int
    offset: int = 0
    joined: bool = True


def pieces(path: str, start: int, stop: int | None, complain: Complain) -> Iterator[Piece]:
    """Yield the text of `path` from byte `start` and on beyond byte `stop`: take what you need.

    No piece has text from both sides of `stop`. Where a member is broken, `complain` hears of it
    and the text goes on with the next one before `stop`.
    """
    match suffix(path):
        case ".gz":
            return _members(path, start, stop, complain)
        case ".bz2":
            return _stream(path, lambda: _bz2(path), complain)
        case ".zst":
            return _stream(path, lambda: _zstd(path), complain)
        case _:
            return _plain(path, start, stop)


def suffix(path: str) -> str:
    """Return how a file is packed, by its name: ".gz", ".bz2", ".zst" or ""."""
    end = Path(path).suffix.lower()
    return end if end in (".gz", ".bz2", ".zst") else ""


def next_member(file: IO[bytes], start: int, limit: int | None = None) -> int | None:
    """Return where the next gzip member begins at `start` or after, None where there is none.

    Three bytes open a member and come up by chance every 16 MB, so each find is unpacked until it
    shows text, or ends with the check sum that it should have.
    """
    while limit is None or start < limit:
        file.seek(start)
        block = file.read(SIGHT)
        found = block.find(MAGIC)
        while found >= 0:
            if limit is not None and start + found >= limit:
                return None
            if _is_member(file, start + found):
                return start + found
            found = block.find(MAGIC, found + 1)
        if len(block) < SIGHT:
            return None
        start += len(block) - len(MAGIC) + 1
    return None


def is_single(path: str) -> bool:
    """Tell whether a .gz holds but one member, as far as its first 256 MB show."""
    with Path(path).open("rb") as file:
        file.seek(0, os.SEEK_END)
        end = min(file.tell(), 1 << 28)
        return next_member(file, 1, end) is None


def _is_member(file: IO[bytes], start: int) -> bool:
    file.seek(start)
    unpack = igzip_lib.IgzipDecompressor(flag=igzip_lib.DECOMP_GZIP)
    text = b""
    try:
        while len(text) < PROOF and not unpack.eof:
            data = file.read(1 << 14)
            if not data:
                return False
            text += unpack.decompress(data, PROOF)
    except _BROKEN:
        return False
    return not text.translate(None, _TEXT)


# Every byte that may stand in a line of a dump, and the line's end.
_TEXT = bytes([9, 10, 13, *range(32, 256)])


def _members(path: str, start: int, stop: int | None, complain: Complain) -> Iterator[Piece]:
    with Path(path).open("rb", buffering=0) as file:
        at = next_member(file, start, stop)
        joined = True
        while at is not None:
            end = yield from _run(file, path, at, joined, complain)
            at = None if end is None else next_member(file, end, stop)
            joined = False


def _run(
    file: IO[bytes], path: str, start: int, joined: bool, complain: Complain
) -> Generator[Piece, None, int | None]:
    """Yield the text of members that follow each other.

    Returns where to search on behind a broken one, None at the end of the file.
    """
    file.seek(start)
    read, offset, unpack = start, 0, _unpacker()
    while data := file.read(PIECE):
        read += len(data)
        while data or not unpack.needs_input:
            try:
                text = unpack.decompress(data, TEXT)
            except _BROKEN as error:
                complain(f"a gzip member is broken: {error}", f"{path}: byte {start}")
                return start + 1
            if text:
                yield Piece(text, start, offset, joined)
                offset, joined = offset + len(text), True
            data = b""
            if unpack.eof:
                data = unpack.unused_data
                start, offset, unpack = read - len(data), 0, _unpacker()
    if offset or read > start:
        complain("the file ends inside a gzip member", f"{path}: byte {start}")
    return None


def _unpacker() -> igzip_lib.IgzipDecompressor:
    return igzip_lib.IgzipDecompressor(flag=igzip_lib.DECOMP_GZIP)


def _stream(path: str, opened: Callable[[], IO[bytes]], complain: Complain) -> Iterator[Piece]:
    offset = 0
    try:
        with opened() as file:
            while text := file.read(TEXT >> 2):
                yield Piece(text, 0, offset)
                offset += len(text)
    except (OSError, EOFError) as error:
        complain(f"unpacking stopped: {error}", f"{path}: unpacked byte {offset}")


def _bz2(path: str) -> IO[bytes]:
    # A BZ2File is one, though its type does not say so.
    return cast(IO[bytes], bz2.open(path, "rb"))


def _zstd(path: str) -> IO[bytes]:
    import pyarrow as pa

    stream: IO[bytes] = pa.input_stream(path, compression="zstd")
    return stream


def _plain(path: str, start: int, stop: int | None) -> Iterator[Piece]:
    with sys.stdin.buffer if path == STDIN else Path(path).open("rb") as file:
        if start:
            file.seek(start)
        while text := file.read(_step(start, stop)):
            yield Piece(text, start)
            start += len(text)


def _step(start: int, stop: int | None) -> int:
    return TEXT >> 2 if stop is None or start >= stop else min(TEXT >> 2, stop - start)
