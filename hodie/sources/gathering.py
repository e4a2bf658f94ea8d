"""All entries of a publication: its sources' made one, their licences minded, and the house's."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec.structs import replace

from hodie.almanac import Entry
from hodie.sources import Source
from hodie.sources.house import Change, House, apply
from hodie.sources.licences import Excluded
from hodie.sources.prose import plain
from hodie.sources.records.unread import Unread

Progress = Callable[[str, int, int | None], None]
"""Is told what goes on, how much of it is done, and of how much."""


class Gathering:
    """The entries of some sources on their way into one almanac.

    What was noticed on the way stands here when all of them have come.
    """

    def __init__(
        self,
        sources: Sequence[Source],
        house: House | None = None,
        exclude_licences: Iterable[str] = (),
    ) -> None:
        self.sources = sources
        self.house = house or House()
        self.excluded = Excluded(exclude_licences)
        self.unmet: list[Change] = []
        """Changes of the house whose entry did not come."""

    def entries(self) -> Iterator[Entry]:
        """Yield every entry once, in no order that means anything."""
        entries = (entry for source in self.sources for entry in self._entries(source))
        if self.house.entries or self.house.changes:
            return apply(entries, self.house, unmet=self.unmet.append)
        return entries

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


def unread_of(source: Source) -> list[Unread]:
    """Return what a source could not read, as far as it says."""
    listed: list[Unread] = list(getattr(source, "unread", ()))
    report = getattr(source, "report", None)
    for each in getattr(report, "complaints", ()):
        listed.append(Unread(each.place, 0, "", each.reason))
    return listed
