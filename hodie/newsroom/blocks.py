"""The parts of a story's body, and of its lists of dates, authors and sources."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.blocks import (
    CharBlock,
    ChoiceBlock,
    ListBlock,
    RichTextBlock,
    StreamBlock,
    StructBlock,
    TextBlock,
)
from wagtail.images.blocks import ImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock

from hodie.dates import Calendar, DateError, parse_edtf
from hodie.newsroom.widgets import HistoricalDateInput
from hodie.press import markdown, publication

CALENDARS = [(calendar.value, calendar.value.replace("-", " ")) for calendar in Calendar]
# What rich text calls the notes for readers, see `rich`.
NOTES = "hodie-note"
TEXT_FEATURES = [
    *("h2", "h3", "bold", "italic", "link", "ol", "ul", "hr"),
    *("superscript", "subscript", "strikethrough", "code", NOTES),
]
QUOTE_FEATURES = ["bold", "italic", "link", "ol", "ul", NOTES]


class HistoricalDateBlock(CharBlock):
    """A date as EDTF."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=60, **options)
        self.field.widget = HistoricalDateInput()

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if value:
            check_date(value)
        return value


class LinkBlock(CharBlock):
    """An address that a page may link to: https, http or mailto."""

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if value and not publication.web_address(value):
            raise ValidationError("Begin with https://, http:// or mailto:")
        return value


class NoteBlock(TextBlock):
    """A note for the desk: it stays in the story's file, and no reader sees it."""

    def clean(self, value: Any) -> Any:
        # It is kept as a comment, which two hyphens and a bracket would end.
        return super().clean(value).replace("-->", "-- >")

    class Meta:
        icon = "edit"
        label = "Note to the desk"
        help_text = "Stays in the story’s file; readers never see it."


class PictureBlock(StructBlock):
    image = ImageChooserBlock(label="Picture")
    alt = CharBlock(label="What is to be seen", help_text="For those who cannot see it.")
    caption = CharBlock(required=False)

    class Meta:
        icon = "image"
        label = "Picture"


class MarkdownBlock(TextBlock):
    """What rich text cannot hold, such as a table, as it stands in the file."""

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        markdown.render(value)
        return value

    class Meta:
        icon = "code"
        label = "Markdown"
        help_text = "For tables and the like, written as Markdown."


class BodyBlock(StreamBlock):
    text = RichTextBlock(features=TEXT_FEATURES, label="Text", icon="pilcrow")
    quotation = RichTextBlock(features=QUOTE_FEATURES, label="Quotation", icon="openquote")
    picture = PictureBlock()
    note = NoteBlock()
    markdown = MarkdownBlock()


class DateBlock(StructBlock):
    date = HistoricalDateBlock(label="Date")
    calendar = ChoiceBlock(choices=CALENDARS, required=False, label="Calendar")

    class Meta:
        icon = "date"
        label = "Another date"


class DatesBlock(StreamBlock):
    date = DateBlock()


class AuthorLinkBlock(StructBlock):
    label = CharBlock()
    url = LinkBlock(label="Address")


class GuestBlock(StructBlock):
    name = CharBlock()
    kind = ChoiceBlock(choices=[("person", "A person"), ("desk", "An office")], default="person")
    note = CharBlock(required=False, label="A line on the author")
    links = ListBlock(AuthorLinkBlock(), default=[], label="Links")

    class Meta:
        icon = "user"
        label = "Somebody who signs but once"


class BylinesBlock(StreamBlock):
    author = SnippetChooserBlock("newsroom.Author", icon="user", label="Author")
    guest = GuestBlock()


class SourceBlock(StructBlock):
    title = CharBlock()
    author = CharBlock(required=False)
    publisher = CharBlock(required=False, label="Publisher, place or box")
    url = LinkBlock(required=False, label="Address")

    class Meta:
        icon = "doc-full-inverse"
        label = "Source"


class SourcesBlock(StreamBlock):
    source = SourceBlock()


class LinksBlock(StreamBlock):
    link = AuthorLinkBlock()


def check_date(text: str) -> None:
    """Raise ValidationError where a text is no date in EDTF."""
    try:
        parse_edtf(text)
    except DateError as error:
        raise ValidationError(f"{text!r}: {error}.") from error


__all__ = ["BodyBlock", "BylinesBlock", "DatesBlock", "LinksBlock", "SourcesBlock"]
