"""An edition: every page of a publication as a file, written whole and switched at once.

    edition -> .editions/2026-08-20.1/site     what a web server serves
    .editions/2026-08-20.1/manifest.jsonl      what stands in it, by address
    .editions/2026-08-19.1/                    the one before, which a server may still read

A new edition grows in a folder of its own, its unchanged files being hard links to those of the
edition before. Only when it is whole does the link `edition` turn to it, by a rename. Killed
before that, it leaves the old edition as it was, and the next run clears the rest away.
"""

import contextlib
import datetime
import fcntl
import functools
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator
from importlib import metadata
from pathlib import Path, PurePath

import msgspec
from msgspec import Struct

import hodie
from hodie.press.archive import Archive
from hodie.press.manifest import (
    EditionError,
    Header,
    Manifest,
    Record,
    file_path,
    read_manifest,
    write_manifest,
)
from hodie.press.publication import Publication
from hodie.press.workers import BROTLI, GZIP, Encoding, Job, Outcome, Pages, Task, outcomes

LINK_NAME = "edition"
STORE_NAME = ".editions"
SITE_NAME = "site"
_LOCK_NAME = ".lock"
_BUILDING = ".building-"
_MOST_WORKERS = 8
# What words the pages besides Hodie itself: a new release may say a date otherwise.
_WORDING = ("babel", "jinja2", "markdown-it-py", "nh3", "pillow")
_CODE = {".css", ".html", ".js", ".json", ".otf", ".py", ".svg", ".toml", ".woff2"}

Progress = Callable[[int, int], None]


class Report(Struct, frozen=True):
    """What writing an edition did, in addresses.

    `written` are new or changed, `linked` are as before, `removed` are gone; `rendered` are those
    that had to be rendered to know.
    """

    folder: Path
    written: int
    linked: int
    removed: int
    rendered: int

    @property
    def total(self) -> int:
        return self.written + self.linked


class StoredFile(Struct, frozen=True):
    """A file of an edition, ready to be served.

    `encoded` holds the path of each stored encoding by its name in Content-Encoding.
    """

    address: str
    path: Path
    media_type: str
    size: int
    status: int
    digest: str
    encoded: dict[str, Path]
    location: str | None = None

    @property
    def gz_path(self) -> Path | None:
        return self.encoded.get(GZIP.name)

    @property
    def etag(self) -> str:
        """The strong entity tag of the file as it is."""
        return self.etag_of(None)

    def etag_of(self, encoding: str | None) -> str:
        """Return the entity tag in an encoding: other bytes need another tag."""
        return f'"{self.digest}-{encoding}"' if encoding else f'"{self.digest}"'


class Edition:
    """An edition on disk, as it was when opened: a newer one does not change this one's files."""

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.folder, self.header, self.records = folder, manifest.header, manifest.records
        self._link = os.fspath(folder.parent.parent / LINK_NAME)
        self._target = f"{STORE_NAME}/{folder.name}/{SITE_NAME}"

    @classmethod
    def open(cls, folder: Path | str) -> "Edition":
        """Open the present edition of a publication's folder; raises EditionError."""
        name = _current(Path(folder))
        if name is None:
            link = Path(folder) / LINK_NAME
            raise EditionError(f"{link}: there is no edition; `hodie press` makes one")
        return cls(_store(folder) / name, read_manifest(_store(folder) / name))

    @staticmethod
    def write(
        folder: Path | str,
        pages: Callable[[], Pages],
        today: datetime.date,
        *,
        almanac: str = "",
        key: str | None = None,
        workers: int | None = None,
        encodings: tuple[Encoding, ...] = (GZIP, BROTLI),
        progress: Progress | None = None,
    ) -> Report:
        """Write the edition of `today` into a publication's folder, and turn to it.

        `pages` makes the pages anew in each of the `workers` (processes: by default one a core),
        so it goes through pickle. `almanac` is the almanac's digest, for the manifest. `key`
        stands for everything but the day that pages come from, see `inputs_key`: where it is that
        of the edition before, pages whose period has not ended are taken over unrendered.
        `progress` is told how many addresses are done, and of how many. Raises EditionError.
        """
        store = _store(folder)
        with _locked(store), _building(store) as building:
            before = _before(Path(folder))
            header = Header(
                hodie=hodie.__version__,
                as_of=today,
                almanac=almanac,
                key=key,
                previous=None if before is None else before.name,
                suffixes={encoding.name: encoding.suffix for encoding in encodings},
            )
            if before is not None and key is not None and _same(header, before.header):
                count = len(before.records)
                return Report(before.folder, written=0, linked=count, removed=0, rendered=0)
            job = _job(pages, header, encodings, building, before)
            done = _stored(job, before, workers or _cores(), progress)
            return _finished(building, header, done, before)

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def site(self) -> Path:
        return self.folder / SITE_NAME

    @property
    def as_of(self) -> datetime.date:
        return self.header.as_of

    def is_current(self) -> bool:
        """Tell whether the publication still shows this edition; costs one look at a link."""
        # Servers ask at every request, so nothing is made of the answer but what is needed.
        try:
            return os.readlink(self._link) == self._target  # noqa: PTH115
        except OSError:
            return False

    def lookup(self, address: str) -> StoredFile | None:
        """Return the file that answers an address such as `/on/08-20/`."""
        record = self.records.get(address)
        if record is None:
            return None
        path = self.site / record.path
        suffixes = self.header.suffixes
        return StoredFile(
            address=address,
            path=path,
            media_type=record.media_type,
            size=record.size,
            status=record.status,
            digest=record.digest,
            encoded={name: Path(f"{path}{suffixes[name]}") for name in record.encodings},
            location=record.location,
        )

    def __len__(self) -> int:
        return len(self.records)

    def __iter__(self) -> Iterator[str]:
        return iter(self.records)


def inputs_key(publication: Publication, almanac: str, stories: Archive) -> str:
    """Return a digest of all that pages come from, but for the day: settings, facts, prose, code.

    `almanac` is the almanac's own digest. Pictures count by name, size and time of change.
    """
    pictures = [
        (name, file.stat().st_size, file.stat().st_mtime_ns)
        for name in publication.pictures()
        if (file := publication.picture(name)) is not None
    ]
    inputs = [publication, almanac, stories.digest, pictures, _code_digest()]
    return hashlib.sha256(msgspec.json.encode(inputs, enc_hook=str)).hexdigest()


@functools.cache
def _code_digest() -> str:
    digest = hashlib.sha256()
    for name in _WORDING:
        digest.update(f"{name} {metadata.version(name)}\n".encode())
    root = Path(hodie.__file__).parent
    for file in sorted(path for path in root.rglob("*") if path.suffix in _CODE):
        digest.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


def _cores() -> int:
    return min(os.cpu_count() or 1, _MOST_WORKERS)


def _store(folder: Path | str) -> Path:
    return Path(folder) / STORE_NAME


def _same(one: Header, other: Header) -> bool:
    return msgspec.structs.replace(one, previous=other.previous) == other


def _current(folder: Path) -> str | None:
    """Return the name of the edition that the link shows; None where there is no link."""
    link = folder / LINK_NAME
    try:
        parts = PurePath(os.readlink(link)).parts  # noqa: PTH115 (a Path would cost more)
    except FileNotFoundError:
        return None
    except OSError:
        parts = ()
    if len(parts) != 3 or (parts[0], parts[2]) != (STORE_NAME, SITE_NAME):
        message = f"{link}: is not the link that Hodie makes; move it away and run again"
        raise EditionError(message)
    return parts[1]


def _before(folder: Path) -> Edition | None:
    name = _current(folder)
    if name is None:
        return None
    # A folder that somebody damaged or deleted is no ground to build on: all is written anew.
    with contextlib.suppress(EditionError):
        return Edition(_store(folder) / name, read_manifest(_store(folder) / name))
    return None


@contextlib.contextmanager
def _locked(store: Path) -> Iterator[None]:
    """Keep a second writer out; the system frees the lock of a process that dies."""
    if not store.parent.is_dir():
        raise EditionError(f"{store.parent}: there is no such folder; `hodie new` makes one")
    store.mkdir(exist_ok=True)
    with (store / _LOCK_NAME).open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            message = f"{store}: another process writes an edition here; wait until it is done"
            raise EditionError(message) from error
        yield


@contextlib.contextmanager
def _building(store: Path) -> Iterator[Path]:
    """Clear what killed runs left, and lend a folder that is gone afterwards unless renamed."""
    _prune(store)
    # A name of its own: a worker of a killed run may still be writing into that run's folder.
    building = Path(tempfile.mkdtemp(prefix=_BUILDING, dir=store))
    building.chmod(0o755)
    try:
        yield building
    finally:
        shutil.rmtree(building, ignore_errors=True)


def _prune(store: Path) -> None:
    """Remove all but the present edition, the one before it, and the lock."""
    before = _before(store.parent)
    kept = {_LOCK_NAME, _current(store.parent)}
    if before is not None:
        kept.add(before.header.previous)
    for path in store.iterdir():
        if path.name in kept:
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)


def _job(
    pages: Callable[[], Pages],
    header: Header,
    encodings: tuple[Encoding, ...],
    building: Path,
    before: Edition | None,
) -> Job:
    old = None if before is None else before.header
    return Job(
        pages=pages,
        today=header.as_of,
        site=building / SITE_NAME,
        before=None if before is None else before.site,
        same_inputs=old is not None and header.key is not None and header.key == old.key,
        same_names=header.key is not None,
        same_encodings=old is not None and header.suffixes == old.suffixes,
        encodings=encodings,
    )


def _stored(
    job: Job, before: Edition | None, workers: int, progress: Progress | None
) -> list[Outcome]:
    addresses = _unique(job.pages().addresses(job.today))
    old = {} if before is None else before.records
    tasks = [Task(address, old.get(address)) for address in addresses]
    done: dict[str, Outcome] = {}
    if progress:
        progress(0, len(tasks))
    for outcome in outcomes(job, tasks, workers):
        done[outcome.record.address] = outcome
        if progress:
            progress(len(done), len(tasks))
    return [done[address] for address in addresses]


def _unique(addresses: Iterable[str]) -> list[str]:
    seen: dict[str, str] = {}
    for address in addresses:
        path = file_path(address)
        if path in seen:
            raise EditionError(f"{address!r} and {seen[path]!r} would be the same file {path!r}")
        seen[path] = address
    return list(seen.values())


def _finished(
    building: Path, header: Header, done: list[Outcome], before: Edition | None
) -> Report:
    records = [outcome.record for outcome in done]
    removed = 0 if before is None else len(before.records.keys() - {r.address for r in records})
    linked = sum(outcome.linked for outcome in done)
    rendered = sum(outcome.rendered for outcome in done)
    if before is not None and _nothing_new(header, records, before):
        folder = before.folder
    else:
        (building / SITE_NAME).mkdir(exist_ok=True)
        write_manifest(building, header, records)
        folder = _named(building, header.as_of)
        _turn(folder)
        _prune(folder.parent)
    return Report(folder, len(done) - linked, linked, removed, rendered)


def _nothing_new(header: Header, records: list[Record], before: Edition) -> bool:
    return _same(header, before.header) and records == list(before.records.values())


def _named(building: Path, as_of: datetime.date) -> Path:
    """Give an edition its name: the date, and a number above those that stand.

    A name never comes back, so that a server may tell by the name whether to forget what it keeps.
    """
    day = f"{as_of.isoformat()}."
    taken = [path.name.removeprefix(day) for path in building.parent.glob(f"{day}*")]
    number = 1 + max((int(text) for text in taken if text.isdecimal()), default=0)
    return building.rename(building.parent / f"{day}{number}")


def _turn(folder: Path) -> None:
    """Point the link at an edition: a visitor sees the old one or the new one, never neither."""
    store = folder.parent
    fresh = store / ".link"
    fresh.symlink_to(Path(STORE_NAME) / folder.name / SITE_NAME)
    fresh.replace(store.parent / LINK_NAME)
