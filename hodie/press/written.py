"""What was written of entries in answers, kept.

An entry reads the same in every answer in a language. So most answers are put together from what
was written before.
"""

ROOM = 32 << 20
"""How many bytes are kept at most: some thirty thousand entries."""


class Written:
    """What was written of entries, by their number and a language; the oldest go first."""

    def __init__(self, room: int = ROOM) -> None:
        self._room = room // 2
        self._left = self._room
        # Two halves, of which the older one is dropped when the newer is full: what is asked for
        # moves to the newer. Threads may share this without a lock: at worst they write twice.
        self._new: dict[tuple[int, str], bytes] = {}
        self._old: dict[tuple[int, str], bytes] = {}

    def get(self, number: int, language: str) -> bytes | None:
        """Return what was written of an entry."""
        key = number, language
        piece = self._new.get(key)
        if piece is None and (piece := self._old.get(key)) is not None:
            self.keep(number, language, piece)
        return piece

    def keep(self, number: int, language: str, piece: bytes) -> None:
        """Keep what was written of an entry."""
        self._left -= len(piece)
        if self._left < 0:
            self._old, self._new, self._left = self._new, {}, self._room
        self._new[number, language] = piece
