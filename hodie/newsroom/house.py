"""The house's facts: its own entries, and its changes to what the almanac shows.

They live in `house.toml`, which a build applies last; the newsroom reads and writes that file and
keeps no copy. After a change the almanac is built anew in the background.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec.structs import replace

from hodie.newsroom.errors import NewsroomError
from hodie.newsroom.keeping import Room
from hodie.newsroom.opened import folder, publication
from hodie.sources.house import HOUSE_NAME, Change, House, OwnEntry, read_house, write_house

Builder = Callable[[Path], None]

_BUILT_NAME = "house-built"


def read() -> House:
    """Read the house's facts; raises HouseError where the file cannot be read."""
    return read_house(_path())


def put_entry(entry: OwnEntry, before: str | None = None) -> None:
    """Add an entry, or put it in the place of the one with the id `before`.

    Raises NewsroomError where another entry has its id.
    """
    with _writing() as house:
        others = [each for each in house.entries if each.id != before]
        if any(each.id == entry.id for each in others):
            raise NewsroomError(f"another fact has the id {entry.id!r}; choose another")
        places = [each.id for each in house.entries]
        at = places.index(before) if before in places else len(others)
        others.insert(at, entry)
        _write(replace(house, entries=tuple(others), lines=()))


def drop_entry(id: str) -> None:
    with _writing() as house:
        kept = tuple(each for each in house.entries if each.id != id)
        _write(replace(house, entries=kept, lines=()))


def put_change(change: Change) -> None:
    """Add a change, or put it in the place of the one of the same entry."""
    with _writing() as house:
        ids = [each.entry for each in house.changes]
        changes = list(house.changes)
        if change.entry in ids:
            changes[ids.index(change.entry)] = change
        else:
            changes.append(change)
        _write(replace(house, changes=tuple(changes), lines=()))


def drop_change(entry: str) -> None:
    with _writing() as house:
        kept = tuple(each for each in house.changes if each.entry != entry)
        _write(replace(house, changes=kept, lines=()))


# Building


def build_if_changed(builder: Builder | None = None) -> bool:
    """Build the almanac anew where it lacks the house's facts; tell whether it was built.

    A file that a build could not take is not tried again until it changes.
    """
    now = _digest()
    if now == _built()[0]:
        return False
    error = ""
    try:
        (builder or build_apart)(folder())
    except NewsroomError as raised:
        error = str(raised)
    _note(f"{now}\n{error}")
    return not error


def is_waiting() -> bool:
    """Tell whether something of the house is not in the almanac yet."""
    return _digest() != _built()[0]


def last_error() -> str:
    """Return what the last build said that failed; empty where it did not."""
    return _built()[1]


def build_apart(folder: Path) -> None:
    """Build as `hodie build` does, in a process of its own; raises NewsroomError."""
    code = "from hodie.cli import main; main()"
    command = [sys.executable, "-c", code, "build", "-C", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        said = done.stderr.strip().splitlines()
        raise NewsroomError(said[-1] if said else "the build was stopped")


def _path() -> Path:
    return publication().folder / HOUSE_NAME


def _digest() -> str:
    try:
        return hashlib.sha256(_path().read_bytes()).hexdigest()
    except FileNotFoundError:
        return ""


def _built() -> tuple[str, str]:
    """Return the digest of the file that was built last, and what was wrong with it."""
    try:
        digest, _, error = _record().read_text("utf-8").partition("\n")
    except FileNotFoundError:
        return _digest() if _is_older_than_almanac() else "", ""
    return digest, error.strip()


def _is_older_than_almanac() -> bool:
    """Tell, where nothing was noted, whether the almanac was built after the file was written."""
    try:
        return _path().stat().st_mtime <= publication().almanac_path.stat().st_mtime
    except FileNotFoundError:
        return not _path().exists()


def _record() -> Path:
    return Room(folder()).folder / _BUILT_NAME


def _note(text: str) -> None:
    fresh = _record().with_suffix(".writing")
    fresh.write_text(text, "utf-8")
    fresh.replace(_record())


def _write(house: House) -> None:
    if not _record().exists():
        # From now on the file is newer than the almanac, until the next build says otherwise.
        _note(f"{_built()[0]}\n")
    write_house(_path(), house)


@contextlib.contextmanager
def _writing() -> Iterator[House]:
    """Read the house's facts with nobody else writing them until the block ends."""
    lock = Room(folder()).folder / "house.lock"
    with os.fdopen(os.open(lock, os.O_RDWR | os.O_CREAT, 0o600), "r+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield read()
