"""All entries of a publication: its sources' made one, their licences minded, and the house's."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace

from hodie.almanac import Entry
from hodie.sources import Source
from hodie.sources.house import Change, House, apply
from hodie.sources.licences import Excluded
from hodie.sources.merging import MergeReport, merge
from hodie.sources.prose import plain
from hodie.sources.records.unread import Unread

Progress = Callable[[int], None]

STEP = 4096
"""After how many entries the progress is told."""


class Gathering:
    """The entries of some sources on their way into one almanac.

    What was noticed on the way stands here when all of them have come.
    """

    def __init__(
        self,
        sources: Sequence[Source],
        house: House | None = None,
        exclude_licences: Iterable[str] = (),
        folder: Path | None = None,
    ) -> None:
        self.sources = sources
        self.house = house or House()
        self.excluded = Excluded(exclude_licences)
        self.folder = folder
        self.progress: Progress = lambda read: None
        """Is told how many entries were read, while several sources are waiting to be merged."""
        self.merged = MergeReport()
        self.unmet: list[Change] = []
        """Changes of the house whose entry did not come."""

    def entries(self) -> Iterator[Entry]:
        """Yield every entry once, in no order that means anything."""
        if not (self.house.entries or self.house.changes):
            return self._merged({})
        other_ids: dict[str, str] = {}
        entries = self._merged(other_ids)
        return apply(entries, self.house, unmet=self.unmet.append, other_ids=other_ids)

    def _merged(self, other_ids: dict[str, str]) -> Iterator[Entry]:
        """Yield the entries of all sources, each happening once; those of one pass straight on."""
        split = {each.name for each in self.sources if getattr(each, "several_witnesses", False)}
        if len(self.sources) == 1 and not split:
            return self._entries(self.sources[0])
        return merge(
            [(source.name, self._counted(source)) for source in self.sources],
            folder=self.folder,
            wanted=[change.entry for change in self.house.changes],
            other_ids=other_ids,
            report=self.merged,
            split=split,
        )

    def _counted(self, source: Source) -> Iterator[Entry]:
        for entry in self._entries(source):
            if not self.merged.read % STEP:
                self.progress(self.merged.read)
            yield entry

    def _entries(self, source: Source) -> Iterator[Entry]:
        return self.excluded.sift(clean(source.entries()), getattr(source, "prose_licence", None))

    def unread(self) -> list[Unread]:
        """Return what the sources could not read."""
        return [each for source in self.sources for each in unread_of(source)]

    def notes(self) -> list[str]:
        """Return what the sources guessed."""
        return [note for source in self.sources for note in getattr(source, "notes", ())]


def clean(entries: Iterable[Entry]) -> Iterator[Entry]:
    """Yield entries whose prose is plain text: no source's markup comes on a page.

    >>> from hodie.almanac import Kind
    >>> [entry.line for entry in clean([Entry("e:1", Kind.EVENT, line="<b>Bold</b> &amp; loud")])]
    ['Bold & loud']
    """
    for entry in entries:
        line, title = entry.line, entry.title
        if line is not None and (said := plain(line)) != line:
            entry = replace(entry, line=said or None)
        if title is not None and (said := plain(title)) != title:
            entry = replace(entry, title=said or None)
        yield entry


_PLACE = re.compile(r"(?P<file>[^:]+):(?P<line>\d+): (?P<reason>.*)", re.DOTALL)


def unread_of(source: Source) -> list[Unread]:
    """Return what a source could not read, in whichever way it says so."""
    listed: list[Unread] = list(getattr(source, "unread", ()))
    listed += [_placed(said) for said in getattr(source, "left_out", ())]
    report = getattr(source, "report", None)
    listed += [Unread(each.place, 0, "", each.reason) for each in getattr(report, "complaints", ())]
    return listed


def _placed(said: str) -> Unread:
    """Take the place out of a line such as "page.html:12: no year: 'Caesar'"."""
    found = _PLACE.fullmatch(said)
    if found is None:
        return Unread("", 0, "", said)
    return Unread(found["file"], int(found["line"]), "", found["reason"])
