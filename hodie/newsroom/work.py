"""Work that is due: what is scheduled comes out, files and edition follow, each thing once.

Nothing is remembered but what the database and the folder say, so whoever runs this next goes on
where another was killed. One process at a time works on a folder; a second one has nothing to do.
"""

from __future__ import annotations

import contextlib
import datetime
import fcntl
import logging
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from django.db import close_old_connections, transaction
from django.utils import timezone
from msgspec import Struct
from wagtail.models import Revision

from hodie.errors import HodieError
from hodie.newsroom import files, house
from hodie.newsroom.keeping import Room
from hodie.newsroom.models import Story
from hodie.newsroom.opened import folder, publication, today
from hodie.newsroom.printing import print_apart
from hodie.press.printing import is_printed

log = logging.getLogger("hodie.newsroom")
# The longest that a worker sleeps: a clock that was set, or a file that changed, is seen by then.
_TURN_SECONDS = 30.0
_awake = threading.Event()

Printer = Callable[[Path, datetime.date], None]


class Done(Struct, frozen=True):
    """What a turn did: `busy` that another process is at it already."""

    published: tuple[str, ...] = ()
    files: files.Settled = files.Settled()
    built: bool = False
    printed: bool = False
    busy: bool = False


def work(printer: Printer | None = None, builder: house.Builder | None = None) -> Done:
    """Do everything that is due by now, in this order: publish, write files, build, print."""
    with _alone() as alone:
        if not alone:
            return Done(busy=True)
        published = tuple(publish_due())
        settled = files.settle()
        built = house.build_if_changed(builder)
        printed = _print(printer or print_apart)
    return Done(published, settled, built, printed)


def publish_due() -> Iterator[str]:
    """Publish what was scheduled for a moment that is past; yield the ids of the stories."""
    due = Revision.objects.filter(approved_go_live_at__lte=timezone.now())
    for key in due.order_by("approved_go_live_at").values_list("pk", flat=True):
        with transaction.atomic():
            revision = Revision.objects.select_for_update().get(pk=key)
            if revision.approved_go_live_at is None:
                continue
            # Whole or not at all: half of it would leave the story neither scheduled nor out.
            revision.publish(log_action="wagtail.publish.scheduled")
            story = revision.content_object
        if isinstance(story.specific, Story):
            yield story.slug


def next_due() -> datetime.datetime | None:
    """Return when the next story comes out, None if none is scheduled."""
    waiting = Revision.objects.filter(approved_go_live_at__isnull=False)
    moment: datetime.datetime | None = (
        waiting.order_by("approved_go_live_at").values_list("approved_go_live_at", flat=True)
    ).first()
    return moment


def wake() -> None:
    """Let this process's worker look for work at once."""
    _awake.set()


def start_worker(stop: threading.Event) -> threading.Thread:
    """Start a thread that works until `stop`."""
    thread = threading.Thread(target=_turns, args=(stop,), name="worker", daemon=True)
    thread.start()
    return thread


def _print(printer: Printer) -> bool:
    if not publication().almanac_path.exists() or is_printed(folder(), today()):
        return False
    try:
        printer(folder(), today())
    except HodieError as error:
        log.error("%s", error)
        return False
    return True


def _turns(stop: threading.Event) -> None:
    while not stop.is_set():
        close_old_connections()
        try:
            work()
        except Exception:
            # Whatever went wrong, the next turn may do better, and the newsroom stays open.
            log.exception("this turn's work was not done")
        close_old_connections()
        _awake.wait(_seconds_to_sleep())
        _awake.clear()


def _seconds_to_sleep() -> float:
    with contextlib.suppress(Exception):
        moment = next_due()
        if moment is not None:
            left = (moment - timezone.now()).total_seconds()
            return max(0.05, min(_TURN_SECONDS, left))
    return _TURN_SECONDS


@contextlib.contextmanager
def _alone() -> Iterator[bool]:
    """Hold the lock of the folder; the system frees that of a process that dies."""
    room = Room(folder())
    room.prepare()
    with os.fdopen(os.open(room.lock, os.O_RDWR | os.O_CREAT, 0o600), "r+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
