"""What was written of entries in answers, kept.

An entry reads the same in every answer in a language. So most answers are put together from what
was written before.
"""

from collections import OrderedDict
from threading import Lock

ROOM = 32 << 20
"""How many bytes are kept at most: some thirty thousand entries."""


class Written:
    """What was written of entries, by number and language; what nobody asked for goes first."""

    def __init__(self, room: int = ROOM) -> None:
        self._left = room
        self._pieces: OrderedDict[tuple[int, str], bytes] = OrderedDict()
        # Threads share this: at worst two write the same.
        self._lock = Lock()

    def get(self, number: int, language: str) -> bytes | None:
        """Return what was written of an entry."""
        key = number, language
        piece = self._pieces.get(key)
        if piece is None:
            return None
        try:
            self._pieces.move_to_end(key)
        except KeyError:
            return piece  # another thread has dropped it by now
        return piece

    def keep(self, number: int, language: str, piece: bytes) -> None:
        """Keep what was written of an entry, which is not kept yet."""
        with self._lock:
            if self._pieces.setdefault((number, language), piece) is not piece:
                return
            self._left -= len(piece)
            # One by one: to free thousands at once would hold up who waits meanwhile.
            while self._left < 0:
                _, oldest = self._pieces.popitem(last=False)
                self._left += len(oldest)
