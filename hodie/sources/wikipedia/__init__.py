"""Wikipedia's pages of days, in the fourteen languages of Wikimedia's own service."""

from collections.abc import Iterator
from pathlib import Path

from hodie.almanac import Entry
from hodie.sources import SourceError
from hodie.sources.reading import STANDARD_INPUT, Tell, bytes_of, ignore
from hodie.sources.wikipedia.grammar import language as language_of
from hodie.sources.wikipedia.items import DayItem
from hodie.sources.wikipedia.pages import DayPage, LeftOut, read_page

__all__ = ["DayItem", "DayPage", "LeftOut", "WikipediaSource", "read_page"]


class WikipediaSource:
    """Pages of days as entries."""

    name = "wikipedia"

    def entries(self) -> Iterator[Entry]:
        return iter(())

    @staticmethod
    def read(file: Path, *, language: str | None = None, tell: Tell = ignore) -> Iterator[DayPage]:
        """Read one page; its title is that of the file where the page itself has none."""
        title = None if file == STANDARD_INPUT else file.stem.replace("_", " ")
        try:
            page = read_page(bytes_of(file), language_of(language or "en"), title=title)
        except SourceError as error:
            raise SourceError(f"{file}: {error}") from error
        for each in page.left_out:
            tell(f"{file}:{each.line}: {each.reason}: {each.text!r}")
        yield page
