"""How long each part of a build takes."""

import time
from collections.abc import Callable
from typing import ParamSpec, TypeVar

from msgspec import Struct

P = ParamSpec("P")
T = TypeVar("T")


class Phase(Struct, frozen=True):
    """A part of a build: seconds by the clock, and of the processor in its thread."""

    name: str
    seconds: float
    processor: float


class Phases:
    """The parts of one build in the order in which they ended; two threads have some at once."""

    def __init__(self) -> None:
        self.ended: list[Phase] = []

    def timed(self, name: str, do: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do something; note how long it took.

        >>> phases = Phases()
        >>> phases.timed("adding", sum, [1, 2])
        3
        >>> [phase.name for phase in phases.ended]
        ['adding']
        """
        started, busy = time.perf_counter(), time.thread_time()
        found = do(*args, **kwargs)
        processor = time.thread_time() - busy
        self.ended.append(Phase(name, time.perf_counter() - started, processor))
        return found
