"""The entries of one answer: chosen in outline, and made when they are shown."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from hodie.almanac import PAGE, Almanac, Entry, Kind, Outline, outline_of
from hodie.dates import MonthDay
from hodie.press.api.gathering import Read
from hodie.press.written import Written

# A page of the almanac is read whole, at the cost of so many single entries.
_PAGE_COSTS = 6

Page = tuple[MonthDay, Kind | None]


class Telling:
    """Outlines for one answer, the entries behind them, and what is `written` of them.

    `written` is None for answers in a form that is not kept.
    """

    def __init__(self, almanac: Almanac, written: Written | None, language: str) -> None:
        self._almanac, self._written, self._language = almanac, written, language
        self._entries: dict[int, Entry] = {}
        self._pieces: dict[int, bytes] = {}
        self._pages: list[tuple[Page, set[int]]] = []

    def entry(self, outline: Outline) -> Entry:
        """Return the entry of an outline."""
        if outline.number not in self._entries:
            self._read([outline])
        return self._entries[outline.number]

    def ready(self, outlines: Sequence[Outline]) -> None:
        """Look up what was written of entries, and read together those of which nothing was."""
        written = self._written
        if written is not None:
            found = {each.number: written.get(each.number, self._language) for each in outlines}
            self._pieces = {number: piece for number, piece in found.items() if piece is not None}
        self._read([each for each in outlines if each.number not in self._pieces])

    def write(self, outline: Outline, make: Callable[[Entry], bytes]) -> bytes:
        """Return what is written of an entry; `make` writes it where nothing was kept."""
        number = outline.number
        piece = self._pieces.get(number)
        if piece is None:
            piece = make(self.entry(outline))
            if self._written is not None and number > 0:
                self._written.keep(number, self._language, piece)
        return piece

    def listed(self, entries: Iterable[Entry]) -> list[Outline]:
        """Return the outlines of entries that are there already, in no almanac or read from one."""
        return [self._outline(entry) for entry in entries]

    def on_page(self, page: Page, place: int, outlines: Sequence[Outline]) -> Sequence[Outline]:
        """Say that outlines are those of a day and kind from a place on; return them."""
        if place < PAGE:
            self._pages.append((page, {each.number for each in outlines[: PAGE - place]}))
        return outlines

    def in_full(self, read: Read[Outline]) -> Read[Outline]:
        """Read a stream with the entries, for a filter that looks at them."""

        def read_in_full(place: int, count: int) -> Sequence[Outline]:
            outlines = read(place, count)
            self._read(outlines)
            return outlines

        return read_in_full

    def _outline(self, entry: Entry) -> Outline:
        # No row has a number below 1.
        outline = outline_of(-len(self._entries) - 1, entry)
        self._entries[outline.number] = entry
        return outline

    def _read(self, outlines: Sequence[Outline]) -> None:
        missing = [each for each in outlines if each.number not in self._entries]
        for page, numbers in self._pages:
            together = [each for each in missing if each.number in numbers]
            if len(together) >= _PAGE_COSTS:
                self._keep(together, self._almanac.lists.of_page(*page, together))
        missing = [each for each in missing if each.number not in self._entries]
        if missing:
            self._keep(missing, self._almanac.lists.entries(missing))

    def _keep(self, outlines: Sequence[Outline], entries: Iterable[Entry]) -> None:
        for outline, entry in zip(outlines, entries, strict=True):
            self._entries[outline.number] = entry
