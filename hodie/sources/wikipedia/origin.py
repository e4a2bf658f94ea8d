"""Where a page comes from: its title, its revision, its address, and the day that it is of."""

import re
from urllib.parse import quote, unquote

from lxml.etree import _Element as Element
from msgspec import Struct

from hodie.dates import MonthDay
from hodie.sources.prose import plain
from hodie.sources.wikipedia.grammar import Language

_REVISION = re.compile(r"[Rr]evision/(\d+)")
_SAVED_REVISION = re.compile(rb'"wgRevisionId":\s*([1-9]\d*)')
_SITE_NAME = re.compile(r"\s[-–—−]\s")
_UNQUOTED = "/:@!$*(),;'~._-"


class Origin(Struct, frozen=True):
    """A page's title, with spaces, and its revision, so far as they are known."""

    language: Language
    title: str | None
    revision: str | None
    day: MonthDay | None
    """The day that the page is of, None where its title names none."""
    url: str | None

    @classmethod
    def of(
        cls,
        root: Element | None,
        html: bytes,
        language: Language,
        title: str | None = None,
        revision: str | None = None,
    ) -> "Origin":
        """Find out from the page itself; `title` and `revision` are what is known otherwise."""
        if root is not None:
            title = _title(root) or title
            revision = _revision(root, html) or revision
        if title is None:
            return cls(language, None, revision, None, None)
        return cls(language, title, revision, language.day(title), _url(language, title))

    @property
    def named(self) -> str:
        """What an error calls the page."""
        wiki = f"{self.language.tag}.wikipedia"
        return f"{wiki} page {self.title!r}" if self.title else f"{wiki} page without a title"


def _url(language: Language, title: str) -> str:
    return f"{language.site}/wiki/{quote(title.replace(' ', '_'), safe=_UNQUOTED)}"


def _title(root: Element) -> str | None:
    """Return what the page says that it is a version of, its canonical address, or its head."""
    links = {str(link.get("rel")): link.get("href") or "" for link in root.iter("link")}
    for rel in ("dc:isVersionOf", "canonical"):
        _, wiki, name = links.get(rel, "").partition("/wiki/")
        if wiki and name:
            return _spaced(unquote(name))
    return _spaced(_SITE_NAME.split(root.findtext(".//title") or "")[0])


def _spaced(title: str) -> str | None:
    return " ".join(plain(title).replace("_", " ").split()) or None


def _revision(root: Element, html: bytes) -> str | None:
    found = _REVISION.search(root.get("about") or "")
    if found is not None:
        return found[1]
    saved = _SAVED_REVISION.search(html)
    return saved[1].decode() if saved else None
