"""Stories and lineups to editions: pages, feeds and files of a publication."""

from hodie.press.archive import Archive, read_stories
from hodie.press.edition import Edition, Report, StoredFile, inputs_key
from hodie.press.frontmatter import StoryError
from hodie.press.manifest import EditionError
from hodie.press.new import create
from hodie.press.page import Page
from hodie.press.pages import Press
from hodie.press.publication import (
    Accent,
    Author,
    Link,
    Newsroom,
    Publication,
    PublicationError,
    Series,
    SourceChoice,
)
from hodie.press.story import (
    Correction,
    Image,
    Story,
    StorySource,
    Withdrawal,
    parse_story,
    read_story,
    write_story,
)

__all__ = [
    "Accent",
    "Archive",
    "Author",
    "Correction",
    "Edition",
    "EditionError",
    "Image",
    "Link",
    "Newsroom",
    "Page",
    "Press",
    "Publication",
    "PublicationError",
    "Report",
    "Series",
    "SourceChoice",
    "StoredFile",
    "Story",
    "StoryError",
    "StorySource",
    "Withdrawal",
    "create",
    "inputs_key",
    "parse_story",
    "read_stories",
    "read_story",
    "write_story",
]
