"""One's own records: what the readers of tables, calendars and family trees have in common."""

from hodie.sources.records.facts import Fact, Name, Terms, dated, entries_of
from hodie.sources.records.reading import Files, RecordSource
from hodie.sources.records.texts import Text, open_text
from hodie.sources.records.unread import Tell, Unread, write_unread

__all__ = [
    "Fact",
    "Files",
    "Name",
    "RecordSource",
    "Tell",
    "Terms",
    "Text",
    "Unread",
    "dated",
    "entries_of",
    "open_text",
    "write_unread",
]
