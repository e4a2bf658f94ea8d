"""The folder beside an almanac in which its next version is written."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from hodie.almanac.errors import AlmanacError


@contextmanager
def work_folder(target: Path) -> Iterator[Path]:
    """Hold an empty folder beside `target`, for one build at a time, and remove it at the end.

    What a killed build left in it is removed at the start: the lock dies with its process. Raises
    AlmanacError if another build holds it.
    """
    folder = target.with_name(f".{target.name}.building")
    with _locked(folder, target):
        for leftover in folder.iterdir():
            if leftover.name != "lock":
                leftover.unlink()
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _locked(folder: Path, target: Path) -> Iterator[None]:
    try:
        lock = _lock(folder)
    except BlockingIOError as error:
        raise AlmanacError(
            f"another build of {str(target)!r} is running: wait until it ends"
        ) from error
    except OSError as error:
        raise AlmanacError(
            f"can't build in {str(folder.parent)!r}: {error.strerror}; choose a folder that exists"
            " and that you may write to"
        ) from error
    with lock:
        yield


def _lock(folder: Path) -> IO[str]:
    while True:
        folder.mkdir(exist_ok=True)
        # The build that held the folder may remove it at any moment.
        with suppress(FileNotFoundError):
            lock = (folder / "lock").open("w")
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if (folder / "lock").stat().st_ino == os.fstat(lock.fileno()).st_ino:
                    return lock
            except OSError:
                lock.close()
                raise
            lock.close()
