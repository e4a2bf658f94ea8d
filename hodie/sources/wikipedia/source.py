"""The source: saved pages, or those of the live wikis, as entries."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from hodie.almanac import Entry
from hodie.dates import MonthDay
from hodie.sources import SourceError
from hodie.sources.reading import STANDARD_INPUT, Tell, bytes_of, ignore
from hodie.sources.wikipedia.entries import entries_of
from hodie.sources.wikipedia.fetching import ADDRESS, Fetcher
from hodie.sources.wikipedia.grammar import language as language_of
from hodie.sources.wikipedia.pages import DayPage, read_page
from hodie.sources.wikipedia.saved import read_saved, saved_files, title_of, wiki_of

_DAY = 86_400.0


class WikipediaSource:
    """Pages of days in `languages`, from the folder `pages`, which lies in `folder`.

    With `contact` the pages are fetched from the live wikis first, those of `days` or all 366, and
    kept in `pages`; without, what lies there is read. `max_age` is how many days a page is taken
    as it was kept, without asking the wiki. `left_out` is what the last reading had to leave out;
    `progress` is told how many pages are fetched, of how many.
    """

    name = "wikipedia"
    unit = "pages"
    several_witnesses = True

    def __init__(
        self,
        *,
        pages: str,
        languages: Sequence[str] = ("en",),
        contact: str | None = None,
        days: Sequence[str] | None = None,
        max_age: float = 1.0,
        address: str = ADDRESS,
        folder: Path | str = ".",
    ) -> None:
        if isinstance(languages, str) or not languages:
            raise SourceError(f"languages = {languages!r} must be a list such as ['en', 'de']")
        self._languages = tuple(language_of(tag).tag for tag in languages)
        self._folder = Path(folder) / pages
        self._days = MonthDay.all() if days is None else tuple(map(MonthDay.parse, days))
        self._fetcher = (
            Fetcher(self._folder, contact, address=address, newest=max_age * _DAY)
            if contact
            else None
        )
        self.left_out: list[str] = []
        self.progress: Callable[[int, int], None] | None = None

    def entries(self) -> Iterator[Entry]:
        """Yield every entry of every page."""
        self.left_out.clear()
        fetched = list(self._fetched()) if self._fetcher else None

        def pages(tell: Tell = ignore) -> Iterator[DayPage]:
            files = saved_files(self._folder, self._languages) if fetched is None else fetched
            for tag, file in files:
                page = read_saved(tag, file, tell)
                if page is not None:
                    yield page

        told = iter((self.left_out.append, ignore))
        return entries_of(lambda: pages(next(told, ignore)), self.name)

    def _fetched(self) -> Iterator[tuple[str, Path]]:
        """Yield the files of all pages asked for, as the wikis have them now."""
        assert self._fetcher is not None
        wanted = list(self._titles())
        tell = self.progress or (lambda done, total: None)
        tell(0, len(wanted))
        for number, (tag, title) in enumerate(wanted, 1):
            fetched = self._fetcher.fetch(tag, title, partial(_fault, tag))
            tell(number, len(wanted))
            if fetched.note:
                self.left_out.append(fetched.note)
            if fetched.file is not None:
                yield tag, fetched.file

    def _titles(self) -> Iterator[tuple[str, str]]:
        """Yield language and title of every page asked for."""
        for tag in self._languages:
            for day in self._days:
                for title in language_of(tag).titles(day):
                    yield tag, title

    @staticmethod
    def read(file: Path, *, language: str | None = None, tell: Tell = ignore) -> Iterator[DayPage]:
        """Yield one page; its title is that of the file where the page itself has none.

        Without a language, it is that of the wiki whose page it says to be.
        """
        title, html = None if file == STANDARD_INPUT else title_of(file), bytes_of(file)
        try:
            page = read_page(html, language_of(language or wiki_of(html) or "en"), title=title)
        except SourceError as error:
            raise error if str(file) in str(error) else SourceError(f"{file}: {error}") from error
        for each in page.left_out:
            tell(f"{file}:{each.line}: {each.reason}: {each.text!r}")
        yield page


def _fault(tag: str, html: bytes) -> str | None:
    """Say why HTML is no page of a day, None where it is one."""
    try:
        read_page(html, language_of(tag))
    except SourceError as error:
        return str(error)
    return None
