"""What stands in the HTML of a page: its headings, and the items of its lists with their links.

Two kinds of HTML are read: what the REST service gives (Parsoid), and what a browser saves. Nothing
here knows what an item means.
"""

import re
from collections.abc import Iterator
from itertools import accumulate
from urllib.parse import unquote, urlsplit

import msgspec
from lxml import etree
from lxml.etree import _Element as Element
from msgspec import Struct

from hodie.sources.prose import plain
from hodie.sources.wikipedia.grammar import shared

# Python's stack would end before the parser's patience.
_DEEPEST = 120

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_LISTS = frozenset({"ul", "ol", "dl"})
_BOLD = frozenset({"b", "strong"})
_WITHIN_LISTS = _LISTS | {"div", "span", "section"}
_BLANK = re.compile(r"[ \t\r\n\f\v]+")
_ASCII_BLANKS = " \t\r\n\f\v"
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_PATH = re.compile(r"/(?:wiki|zh(?:-[a-z]+)?)/", re.IGNORECASE)

_PLAINEST = re.compile(r"\./((?!_)[^%#?:<>&\s\x00-\x1f\x7f]+)(?<!_)")

_PARSER = etree.HTMLParser(
    encoding="utf-8", remove_comments=True, remove_pis=True, collect_ids=False
)
_SHARED = shared()
# What is no part of a page's prose, by tag, class and Parsoid's type.
_NOT_PROSE = frozenset(_SHARED["not_prose_tags"])
_NOT_CONTENT = _NOT_PROSE - {"table"}
_CLASSES = frozenset(_SHARED["not_prose_classes"])
_TYPES = tuple(_SHARED["not_prose_types"])
_NAMESPACES = frozenset(_SHARED["namespaces"])
# The classes of links to pages that are not there, and to other sites.
_NOT_PAGES = frozenset({"new", "external", "extiw"})


class Link(Struct, frozen=True, gc=False):
    """A link to another page of the wiki: its title with underscores, and where it stands."""

    title: str
    start: int
    end: int
    bold: bool


class Words(Struct, frozen=True, gc=False):
    """A piece of prose: blanks are single, and `bold_to` is how far it begins in bold letters."""

    text: str
    links: tuple[Link, ...] = ()
    bold_to: int = 0


_NOTHING = Words("")


class Item(Struct, frozen=True):
    """An item of a list, or a paragraph, under the items that it is part of, the outermost first.

    `section` holds the headings above it, `line` is its line in the file.
    """

    words: Words
    above: tuple[Words, ...]
    section: tuple[str, ...]
    line: int
    is_list: bool = True


class Heading(Struct, frozen=True):
    """A heading: its level from 1 to 6, its text, and its id, which may say more."""

    level: int
    text: str
    id: str


class Markup:
    """Reads the pages of one wiki; `site` is its host, `variants` the spellings to prefer."""

    def __init__(self, host: str, variants: tuple[str, ...] = ()) -> None:
        self._host, self._variants = host, variants

    def blocks(self, body: Element) -> Iterator[Heading | Item]:
        """Yield headings and items in the order of the page; items without a word are none."""
        outline: list[Heading] = []
        for element in _blocks(body):
            if (level := _HEADINGS.get(str(element.tag))) is not None:
                text = self.words(element).text
                heading = Heading(level, text, _decoded_id(_id_of(element)))
                outline = [above for above in outline if above.level < level] + [heading]
                yield heading
                continue
            section = tuple(each.text for each in outline)
            if element.tag == "p":
                yield from self._paragraph(element, section)
            elif _is_subheading(element):
                level = outline[-1].level + 1 if outline else 7
                outline = [above for above in outline if above.level < 7]
                outline.append(Heading(max(level, 7), self.words(element).text, ""))
            else:
                found: list[Item] = []
                self._list(element, (), section, 0, found)
                yield from found

    def words(self, element: Element) -> Words:
        """Return the prose of an element, without the lists in it."""
        return self._own(element)[0]

    def _paragraph(self, element: Element, section: tuple[str, ...]) -> Iterator[Item]:
        words = self.words(element)
        if words.text:
            yield Item(words, (), section, _line(element), is_list=False)

    def _list(
        self,
        element: Element,
        above: tuple[Words, ...],
        section: tuple[str, ...],
        depth: int,
        found: list[Item],
    ) -> None:
        """Add to `found` the items of a list, and of those in it."""
        over = above
        for child in element:
            tag = child.tag
            if tag == "li":
                self._item(child, above, section, depth, found)
            elif tag == "dt":
                over = (*above, self.words(child))
            elif tag == "dd":
                self._item(child, over, section, depth, found)
            elif tag in _WITHIN_LISTS and depth < _DEEPEST and not _is_left_out(child):
                self._list(child, above, section, depth + 1, found)

    def _item(
        self,
        element: Element,
        above: tuple[Words, ...],
        section: tuple[str, ...],
        depth: int,
        found: list[Item],
    ) -> None:
        words, lists = self._own(element)
        if not lists or depth >= _DEEPEST:
            if words.text:
                found.append(Item(words, above, section, _line(element)))
            return
        over = (*above, words) if words.text else above
        for each in lists:
            self._list(each, over, section, depth + 1, found)

    def _own(self, element: Element) -> tuple[Words, list[Element]]:
        writer = _Writer(self)
        writer.inside(element, bold=False, depth=0)
        return writer.words(), writer.lists

    def link(self, anchor: Element) -> str | None:
        """Return the title that an anchor leads to, None where it leads to no page of this wiki."""
        href, classes = anchor.get("href"), anchor.get("class")
        # Nearly every link is plain.
        if href and classes is None and anchor.get("rel") == "mw:WikiLink" and not self._variants:
            plainest = _PLAINEST.fullmatch(href)
            if plainest is not None and "__" not in href:
                return plainest[1]
        return self._odd_link(anchor, href or "", classes or "")

    def _odd_link(self, anchor: Element, href: str, classes: str) -> str | None:
        rel = anchor.get("rel") or ""
        if not _NOT_PAGES.isdisjoint(classes.split()) or "ExtLink" in rel or "Interwiki" in rel:
            return None
        path = href[2:] if href.startswith("./") else self._path(href)
        if "redlink=1" in path:
            return None
        path = path.partition("#")[0].partition("?")[0]
        return _title(unquote(anchor.get("data-mw-variant-orig") or path))

    def _path(self, href: str) -> str:
        """Return what an address names, as it is written there, "" where it is another's."""
        try:
            parts = urlsplit(href)
            host = parts.hostname
            query = parts.query
        except ValueError:
            return ""
        if host and host != self._host and host != self._host.replace(".", ".m.", 1):
            return ""
        match = _PATH.match(parts.path)
        return f"{parts.path[match.end() :]}?{query}" if match else ""

    def variant(self, element: Element) -> str:
        """Return what an element says that offers one text in several spellings."""
        try:
            offered = msgspec.json.decode(element.get("data-mw-variant") or "{}")
            return self._chosen(offered)
        except (msgspec.DecodeError, AttributeError, KeyError, TypeError):
            return ""

    def _chosen(self, offered: dict[str, object]) -> str:
        single = offered.get("disabled") or offered.get("name")
        if isinstance(single, dict):
            return plain(str(single["t"]))
        found = offered.get("twoway") or offered.get("oneway")
        if not isinstance(found, list):
            return ""
        spelled = {each["l"]: plain(str(each["t"])) for each in found}
        wanted = (spelled[tag] for tag in self._variants if tag in spelled)
        return next(wanted, next(iter(spelled.values()), ""))


class _Writer:
    """Writes the prose of an element down, and notes links and lists on the way.

    A page spends most of its time here: pieces are only gathered, and put together at the end.
    """

    def __init__(self, markup: Markup) -> None:
        self._link, self._variant = markup.link, markup.variant
        self._pieces: list[str] = []
        # Titles, and between which pieces their links stand.
        self._links: list[tuple[str, int, int, bool]] = []
        self._first_plain = -1
        self.lists: list[Element] = []

    def words(self) -> Words:
        pieces = self._pieces
        _begin(pieces)
        text = "".join(pieces).rstrip(_ASCII_BLANKS)
        if not text:
            return _NOTHING
        if "  " in text or "\n" in text or "\t" in text:
            pieces = _single_blanks(pieces)
            text = "".join(pieces).rstrip(_ASCII_BLANKS)
        ends = [0, *accumulate(map(len, pieces))]
        links = [
            Link(title, ends[start], ends[end], bold)
            for title, start, end, bold in self._links
            if ends[start] < ends[end]
        ]
        bold_to = len(text) if self._first_plain < 0 else ends[self._first_plain]
        return Words(text, tuple(links), bold_to)

    def inside(self, element: Element, bold: bool, depth: int) -> None:
        """Write what an element holds."""
        pieces = self._pieces
        if text := element.text:
            if self._first_plain < 0 and not bold and not text.isspace():
                self._first_plain = len(pieces)
            pieces.append(text)
        for child in element:
            tag = child.tag
            if tag == "a":
                self._anchor(child, bold, depth)
            elif tag == "span" and child.get("typeof") == "mw:Entity":
                pieces.append(child.text or "")
            elif tag in _LISTS:
                self.lists.append(child)
            elif tag == "br":
                pieces.append(" ")
            elif tag not in _NOT_PROSE and depth < _DEEPEST and not _is_left_out(child):
                self._child(child, bold or tag in _BOLD, depth + 1)
            if text := child.tail:
                if self._first_plain < 0 and not bold and not text.isspace():
                    self._first_plain = len(pieces)
                pieces.append(text)

    def _child(self, child: Element, bold: bool, depth: int) -> None:
        kind = child.get("typeof")
        if kind and "mw:LanguageVariant" in kind and not _text(child):
            self._pieces.append(self._variant(child))
        else:
            self.inside(child, bold, depth)

    def _anchor(self, anchor: Element, bold: bool, depth: int) -> None:
        start = len(self._pieces)
        if len(anchor):
            if depth >= _DEEPEST or _is_left_out(anchor):
                return
            bold = bold or (len(anchor) == 1 and anchor[0].tag in _BOLD)
            self.inside(anchor, bold, depth + 1)
        elif text := anchor.text:
            if self._first_plain < 0 and not bold:
                self._first_plain = start
            self._pieces.append(text)
        if (title := self._link(anchor)) is not None:
            self._links.append((title, start, len(self._pieces), bold))


def _begin(pieces: list[str]) -> None:
    """Leave out the blanks at the beginning."""
    for place, piece in enumerate(pieces):
        pieces[place] = piece.lstrip(_ASCII_BLANKS)
        if pieces[place]:
            return


def _single_blanks(pieces: list[str]) -> list[str]:
    """Make all blanks single, between pieces too, and leave them out at the beginning."""
    found, blank = [], True
    for piece in pieces:
        piece = _BLANK.sub(" ", piece)
        if blank:
            piece = piece.lstrip(" ")
        blank = piece.endswith(" ") if piece else blank
        found.append(piece)
    return found


def parse(html: bytes) -> Element | None:
    """Return the body of a page, None where there is nothing that could be one."""
    try:
        return etree.fromstring(_clean(html), _PARSER)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _clean(html: bytes) -> bytes:
    """Mend what is no UTF-8: libxml2 would read all that follows it as Latin-1."""
    try:
        html.decode()
    except UnicodeDecodeError:
        html = html.decode("utf-8", "replace").encode()
    return html.replace(b"\0", b"") if b"\0" in html else html


def _blocks(body: Element) -> Iterator[Element]:
    """Yield headings, lists and paragraphs, each not inside another, in order."""
    left = [body]
    while left:
        element = left.pop()
        tag = element.tag
        if tag in _NOT_CONTENT or _is_left_out(element):
            continue
        if tag in _HEADINGS or tag in _LISTS or tag == "p":
            yield element
        else:
            left.extend(child for child in reversed(element) if isinstance(child.tag, str))


def _is_left_out(element: Element) -> bool:
    kind = element.get("typeof")
    if kind == "mw:Entity":
        return False
    classes = element.get("class")
    if classes and not _CLASSES.isdisjoint(classes.split()):
        return True
    if kind and any(each.startswith(_TYPES) for each in kind.split()):
        return True
    style = element.get("style")
    return bool(style and _HIDDEN.search(style))


def _line(element: Element) -> int:
    return element.sourceline or 0  # type: ignore[return-value]  # the stubs say `...`


def _text(element: Element) -> str:
    return "".join(map(str, element.itertext()))


def _is_subheading(element: Element) -> bool:
    """Tell whether a list is but a term, which wikis write as a heading."""
    return element.tag == "dl" and all(child.tag == "dt" for child in element)


def _id_of(heading: Element) -> str:
    own = heading.get("id")
    if own:
        return own
    inner = heading.find(".//span[@id]")
    return (inner.get("id") or "") if inner is not None else ""


def _decoded_id(id: str) -> str:
    """Read an id, whose letters the older ones write as dots and numbers.

    >>> _decoded_id("D.C3.A9c.C3.A8s"), _decoded_id("Feier-_und_Gedenktage")
    ('Décès', 'Feier- und Gedenktage')
    """
    if re.search(r"\.[0-9A-F]{2}", id):
        id = unquote(re.sub(r"\.([0-9A-F]{2})", r"%\1", id))
    return id.replace("_", " ")


def _title(text: str) -> str | None:
    """Write a title as the wiki's addresses have it, None where it names no article.

    >>> _title("Leon Trotsky"), _title("File:Trotsky.jpg"), _title("Category:1940")
    ('Leon_Trotsky', None, None)
    """
    title = "_".join(plain(text).replace("_", " ").split())
    space, colon, _ = title.partition(":")
    return None if colon and space.casefold() in _NAMESPACES else title or None
