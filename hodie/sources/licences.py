"""What a publication may not carry: entries and sentences by the licences of their references."""

from collections.abc import Iterable, Iterator

from msgspec.structs import replace

from hodie.almanac import Entry, Reference


class Excluded:
    """Leaves out what stands under licences that a publication excludes; counts what it left out.

    An entry goes when all its references are excluded. What is left of another one keeps the
    references that may stay; its line goes where an excluded one may have brought it.
    """

    def __init__(self, licences: Iterable[str]) -> None:
        self._licences = frozenset(map(_folded, licences))
        self.entries = 0
        self.lines = 0

    def sift(self, entries: Iterable[Entry], prose: str | None = None) -> Iterator[Entry]:
        """Yield what may stay; `prose` is the licence of a source's own sentences, if it says."""
        return self._sifted(entries, prose) if self._licences else iter(entries)

    def _sifted(self, entries: Iterable[Entry], prose: str | None) -> Iterator[Entry]:
        for entry in entries:
            kept = tuple(each for each in entry.references if not self._excludes(each.licence))
            if len(kept) == len(entry.references):
                yield entry
            elif not kept:
                self.entries += 1
            else:
                yield self._without(entry, kept, prose)

    def _without(self, entry: Entry, kept: tuple[Reference, ...], prose: str | None) -> Entry:
        """Leave out a line that may be under an excluded licence."""
        if entry.line is None or (prose is not None and not self._excludes(prose)):
            return replace(entry, references=kept)
        self.lines += 1
        return replace(entry, references=kept, line=None)

    def _excludes(self, licence: str | None) -> bool:
        return licence is not None and _folded(licence) in self._licences


def _folded(licence: str) -> str:
    """Fold a licence's name, since SPDX counts neither case nor kinds of spaces.

    >>> _folded("CC BY-SA 4.0") == _folded("cc-by-sa-4.0")
    True
    """
    return "-".join(licence.casefold().replace("_", " ").replace("-", " ").split())
