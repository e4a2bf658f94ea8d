"""What stands behind facts, named where there is room for a line and no more."""

from collections.abc import Iterable

from hodie.almanac import Entry


def sources_of(entries: Iterable[Entry]) -> tuple[str, ...]:
    """Name the sources of some entries with their licences, each once."""
    references = {reference for entry in entries for reference in entry.references}
    named = {
        f"{each.source} ({each.licence})" if each.licence else each.source for each in references
    }
    return tuple(sorted(named))
