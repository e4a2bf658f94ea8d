"""Stories and lineups to editions: pages, feeds and files of a publication."""

from hodie.press.archive import Archive, read_stories
from hodie.press.publication import (
    Accent,
    Author,
    Link,
    Publication,
    PublicationError,
    Series,
    SourceChoice,
)
from hodie.press.story import Correction, Image, Story, StoryError, StorySource, read_story

__all__ = [
    "Accent",
    "Archive",
    "Author",
    "Correction",
    "Image",
    "Link",
    "Publication",
    "PublicationError",
    "Series",
    "SourceChoice",
    "Story",
    "StoryError",
    "StorySource",
    "read_stories",
    "read_story",
]
