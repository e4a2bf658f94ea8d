"""What stands in an edition: one line of JSON an address, after one on the edition itself."""

import datetime
import os
from collections.abc import Iterable
from pathlib import Path

import msgspec
from msgspec import Struct

from hodie.errors import HodieError

MANIFEST_NAME = "manifest.jsonl"
INDEX_NAME = "index.html"
# Most file systems take names of 255 bytes; the suffix of an encoding must fit as well.
_NAME_LIMIT = 248
# Where an address is also the folder of others, its file stands in that.
_FOLDERS = {"/date": "/date/index.json"}


class EditionError(HodieError):
    """An edition could not be written or opened; the one before, if any, stands untouched."""


class Record(Struct, frozen=True, omit_defaults=True):
    """One address of an edition, and the file that answers it.

    `encodings` names those in which the file is stored a second time. `period` is the stretch of
    time over which the page stays as it is, None where nobody said. `location` is where an address
    of status 301 leads.
    """

    address: str
    media_type: str
    digest: str
    size: int
    status: int = 200
    encodings: tuple[str, ...] = ()
    period: str | None = None
    location: str | None = None

    @property
    def path(self) -> str:
        return file_path(self.address)


class Header(Struct, frozen=True, kw_only=True):
    """The first line of a manifest: what the edition was made from, and by what.

    `suffixes` gives the file suffix of each encoding by its name in Content-Encoding.
    """

    hodie: str
    as_of: datetime.date
    almanac: str
    key: str | None
    previous: str | None
    suffixes: dict[str, str]


class Manifest(Struct, frozen=True):
    header: Header
    records: dict[str, Record]


def file_path(address: str) -> str:
    """Return the path of an address's file inside the edition; raises EditionError.

    >>> file_path("/on/08-20/"), file_path("/feeds/today.atom"), file_path("/")
    ('on/08-20/index.html', 'feeds/today.atom', 'index.html')
    """
    address = _FOLDERS.get(address, address)
    parts = address.split("/")
    middle = parts[1:-1] if address.endswith("/") else parts[1:]
    if parts[0] or len(parts) < 2 or not all(map(_is_name, middle)):
        raise EditionError(
            f"{address!r} cannot be a file's address; it must begin with '/', and none of its "
            "parts be empty, begin with a dot, or hold '?', '#', '%', '\\' or control characters"
        )
    return address[1:] + INDEX_NAME if address.endswith("/") else address[1:]


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of one edition's folder; raises EditionError where it is not whole."""
    file = folder / MANIFEST_NAME
    try:
        first, *lines = file.read_bytes().splitlines()
        header = msgspec.json.decode(first, type=Header)
        decoder = msgspec.json.Decoder(Record)
        records = [decoder.decode(line) for line in lines]
    except (OSError, ValueError) as error:
        message = f"{file}: is no manifest of an edition ({error}); run `hodie press` again"
        raise EditionError(message) from error
    return Manifest(header, {record.address: record for record in records})


def write_manifest(folder: Path, header: Header, records: Iterable[Record]) -> None:
    """Write the manifest of an edition, and have it on the disk before returning."""
    lines = [msgspec.json.encode(header), *map(msgspec.json.encode, records)]
    with (folder / MANIFEST_NAME).open("wb") as file:
        file.write(b"\n".join(lines) + b"\n")
        file.flush()
        os.fsync(file.fileno())


def _is_name(part: str) -> bool:
    harmless = part.isprintable() and not set(part) & set("?#%\\")
    return harmless and 0 < len(part.encode()) <= _NAME_LIMIT and not part.startswith(".")
