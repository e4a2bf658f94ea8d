"""What can go wrong with a dump."""

from hodie.sources import SourceError


class DumpError(SourceError):
    """A dump that cannot be read, or has more errors than were allowed; says where."""
