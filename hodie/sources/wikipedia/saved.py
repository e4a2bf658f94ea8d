"""Saved pages: a folder of HTML files, or one such folder a language."""

import re
from collections.abc import Iterator
from pathlib import Path

from hodie.sources import SourceError
from hodie.sources.reading import Tell, bytes_of
from hodie.sources.wikipedia.grammar import language as language_of
from hodie.sources.wikipedia.grammar import languages
from hodie.sources.wikipedia.pages import DayPage, read_page

_WIKI = re.compile(rb"//([a-z]{2})\.(?:m\.)?wikipedia\.org/wiki/")
ENDINGS = (".html", ".htm", ".html.gz", ".htm.gz")


def saved_files(folder: Path, languages: tuple[str, ...]) -> Iterator[tuple[str, Path]]:
    """Yield the files of each language in order of their names, with the language.

    They lie in `folder/{language}`; with a single language they may lie in `folder` itself.
    """
    for tag in languages:
        inner = folder / tag
        where = inner if inner.is_dir() or len(languages) > 1 else folder
        if not where.is_dir():
            raise SourceError(
                f"{where}: there is no such folder; saved pages of {tag!r} are looked for there"
            )
        files = sorted(file for file in where.iterdir() if _is_page(file))
        if not files:
            raise SourceError(f"{where}: no page of {tag!r} is saved there, as .html or .html.gz")
        yield from ((tag, file) for file in files)


def read_saved(tag: str, file: Path, tell: Tell) -> DayPage | None:
    """Read a saved page; one that cannot be read is told of, with the reason."""
    try:
        page = read_page(bytes_of(file), language_of(tag), title=title_of(file))
    except SourceError as error:
        tell(str(error) if str(file) in str(error) else f"{file}: {error}")
        return None
    if page.day is None:
        tell(f"{file}: the title {page.title!r} names no day of the year in {tag!r}")
        return None
    for each in page.left_out:
        tell(f"{file}:{each.line}: {each.reason}: {each.text!r}")
    return page


def title_of(file: Path) -> str:
    """Return the title that a file's name says.

    >>> title_of(Path("de/1._Dezember.html.gz"))
    '1. Dezember'
    """
    name = file.name
    for ending in sorted(ENDINGS, key=len, reverse=True):
        name = name.removesuffix(ending)
    return name.replace("_", " ")


def wiki_of(html: bytes) -> str | None:
    """Return the language of the wiki that a page says to be of.

    >>> wiki_of(b'<link rel="dc:isVersionOf" href="//de.wikipedia.org/wiki/1._Dezember"/>')
    'de'
    """
    found = _WIKI.search(html)
    return found[1].decode() if found and found[1].decode() in languages() else None


def _is_page(file: Path) -> bool:
    return file.name.endswith(ENDINGS) and file.is_file()
