"""Pages that are no file of the edition, rendered when they are asked for."""

from __future__ import annotations

import asyncio
import resource
import time
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from hodie.server.answers import Answer

Key = tuple[object, ...]

# Rendering is work for the processor alone: more threads would only share the same core.
THREADS = 2
# In seconds: what is quick takes a tenth of it from memory; and how many are rendered in threads
# after one that took longer. A thread alone with the processor would do no harm, but one beside the
# loop waits for it at every row that it reads.
LONG = 0.02
AFTER_LONG = 100


def _disk_reads() -> int:
    """Count how often this thread has waited for a disk; what it mapped was in memory else."""
    return resource.getrusage(_WHO).ru_majflt


# Only Linux counts by thread.
_WHO = getattr(resource, "RUSAGE_THREAD", resource.RUSAGE_SELF)


class Rendered:
    """Answers rendered in threads; the last asked are kept.

    Readers who ask for the same page at the same moment wait for one rendering of it.
    """

    def __init__(self, *, keep: int = 256) -> None:
        self._keep = keep
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="hodie-page")
        self._by_threads = 0
        self._kept: OrderedDict[Key, Answer | asyncio.Future[Answer]] = OrderedDict()

    async def answer(
        self, key: Key, render: Callable[[], Answer], *, quick: bool = False
    ) -> Answer:
        """Return the answer kept under `key`, or `render` it; an error is not kept.

        What is `quick` is rendered here and now: a thread takes longer to wake up.
        """
        if quick and (made := self.at_once(key, render)):
            return made
        kept = self._kept.get(key)
        if kept is None:
            in_thread = asyncio.get_running_loop().run_in_executor
            kept = in_thread(self._threads, render)
            self._keep_last(key, kept)
            self._by_threads = max(self._by_threads - 1, 0)
        self._kept.move_to_end(key)
        if isinstance(kept, Answer):
            return kept
        try:
            # One reader who leaves must not take the page from the others who wait for it.
            return await asyncio.shield(kept)
        except Exception:
            self._kept.pop(key, None)
            raise

    def at_once(self, key: Key, render: Callable[[], Answer]) -> Answer | None:
        """Return the answer kept under `key`, or `render` it here; None if that is no time for it.

        It is none while a thread renders the same, nor for a while after it took long since the
        almanac was read from a disk: all other readers would wait for that.
        """
        kept = self._kept.get(key)
        if kept is None:
            if self._by_threads:
                return None
            start, reads = time.perf_counter(), _disk_reads()
            kept = render()
            if time.perf_counter() - start > LONG and _disk_reads() > reads:
                self._by_threads = AFTER_LONG
            self._keep_last(key, kept)
        elif isinstance(kept, Answer):
            self._kept.move_to_end(key)
        return kept if isinstance(kept, Answer) else None

    def _keep_last(self, key: Key, kept: Answer | asyncio.Future[Answer]) -> None:
        self._kept[key] = kept
        while len(self._kept) > self._keep:
            self._kept.popitem(last=False)

    def close(self) -> None:
        self._threads.shutdown(cancel_futures=True)
