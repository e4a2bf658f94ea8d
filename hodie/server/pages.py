"""Pages that are no file of the edition, rendered when they are asked for."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from hodie.server.answers import Answer

Key = tuple[object, ...]

# Rendering is work for the processor alone: more threads would only share the same core.
THREADS = 2


class Rendered:
    """Answers rendered in threads; the last asked are kept.

    Readers who ask for the same page at the same moment wait for one rendering of it.
    """

    def __init__(self, *, keep: int = 256) -> None:
        self._keep = keep
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="hodie-page")
        self._kept: OrderedDict[Key, Answer | asyncio.Future[Answer]] = OrderedDict()

    async def answer(
        self, key: Key, render: Callable[[], Answer], *, quick: bool = False
    ) -> Answer:
        """Return the answer kept under `key`, or `render` it; an error is not kept.

        What is `quick` is rendered here and now: a thread takes longer to wake up.
        """
        kept = self._kept.get(key)
        if kept is None:
            in_thread = asyncio.get_running_loop().run_in_executor
            kept = render() if quick else in_thread(self._threads, render)
            self._kept[key] = kept
            while len(self._kept) > self._keep:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        if isinstance(kept, Answer):
            return kept
        try:
            # One reader who leaves must not take the page from the others who wait for it.
            return await asyncio.shield(kept)
        except Exception:
            self._kept.pop(key, None)
            raise

    def close(self) -> None:
        self._threads.shutdown(cancel_futures=True)
