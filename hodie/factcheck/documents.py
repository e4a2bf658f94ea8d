"""Stories as files: Markdown, HTML, DOCX and plain text, with offsets that lead back to the file.

What is no prose (front matter, markup, code, addresses) is blanked or left out; each stretch of the
text knows where in the file it stands.
"""

import html
import io
import re
import zipfile
from bisect import bisect_right
from html.parser import HTMLParser
from pathlib import Path

import yaml
from msgspec import Struct

from hodie.dates import DateError, HistoricalDate, Interval, parse_edtf
from hodie.errors import HodieError

_FRONT = re.compile(
    r"\A(?:\ufeff)?---[ \t]*\r?\n(.*?\r?\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL
)
_FRONT_LONGEST = 100_000
_CODE = re.compile(r"^(```|~~~)[^\n]*\n.*?(?:^\1[^\n]*$|\Z)", re.MULTILINE | re.DOTALL)
# What stands in a note is no part of what the story tells: its mark goes, and the note with it.
_NOTE = re.compile(
    r"^[ ]{0,3}\[\^[^\s\]]{1,100}\]:[^\n]*"
    r"(?:\n(?!\s*$|[ ]{0,3}\[\^)[^\n]+|\n(?:[ \t]*\n)+[ ]{4}[^\n]+)*"
    r"|\[\^[^\s\]]{1,100}\]",
    re.MULTILINE,
)
_MARKUP = re.compile(
    r"<[/!]?[A-Za-z][^<>\n]{0,500}>|(?<=\])\([^()\s]{0,2000}(?:\s\"[^\"\n]{0,500}\")?\)"
    r"|(?<=\])\[[^\[\]\n]{0,200}\]|`[^`\n]{1,500}`|https?://[^\s)>\]]{1,2000}|!?\[|\]"
    r"|^[ \t]{0,3}(?:\#{1,6}|>+)(?=\s)",
    re.MULTILINE | re.DOTALL,
)
_EMPHASIS = re.compile(r"\*{1,3}|~~|(?<![^\W_])_{1,3}|_{1,3}(?![^\W_])")
_BLANK = re.compile(r"[^\r\n]")
_SKIPPED = frozenset({"script", "style", "template", "code", "pre", "head", "svg", "textarea"})
_BLOCKS = re.compile(
    r"address|article|aside|blockquote|br|d[dlt]|div|fig(?:caption|ure)|footer|h[1-6]|header|hr|li"
    r"|main|nav|[ou]l|p|section|table|t[dhr]"
)
_WORD_TEXT = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DOCX_LARGEST = 100_000_000


class DocumentError(HodieError, ValueError):
    """A file cannot be read as a story; says which, and why."""


class Place(Struct, frozen=True):
    """A place in a file: the line and column that an editor shows, counted from 1.

    In a DOCX file the line is the paragraph. `offset` counts characters of the file from 0.
    """

    line: int
    column: int
    offset: int


class Document(Struct, frozen=True):
    """A file's prose, and the way back: `text[starts[i]:]` stands at `offsets[i]` of `source`."""

    name: str
    kind: str
    text: str
    source: str
    starts: tuple[int, ...]
    offsets: tuple[int, ...]
    lines: tuple[int, ...]
    date: HistoricalDate | None = None

    def offset(self, at: int, *, end: bool = False) -> int:
        """Where in the file a character of the text stands; with `end`, where one before ends."""
        if end and at > 0:
            return self.offset(at - 1) + 1
        i = bisect_right(self.starts, at) - 1
        return self.offsets[i] + at - self.starts[i]

    def place(self, at: int, *, end: bool = False) -> Place:
        """The line and column of a character of the text."""
        offset = self.offset(at, end=end)
        line = bisect_right(self.lines, offset)
        return Place(line, offset - self.lines[line - 1] + 1, offset)

    def line(self, number: int) -> str:
        """A line of the file, without its end."""
        end = self.lines[number] if number < len(self.lines) else len(self.source)
        return self.source[self.lines[number - 1] : end].rstrip("\r\n")


def read_document(path: Path) -> Document:
    """Read a story by the kind that its name ends in; raises DocumentError where it is none."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DocumentError(f"{path}: {(error.strerror or str(error)).lower()}") from error
    return document(data, str(path))


def document(data: bytes, name: str) -> Document:
    """Read the bytes of a file; `name` tells the kind.

    >>> story = document(b"---\\ndate: 1940-08-20\\n---\\nHe *died* then.\\n", "x.md")
    >>> story.date, story.place(story.text.index("died"))
    (HistoricalDate(1940, 8, 20), Place(line=4, column=5, offset=29))
    """
    ending = name.rpartition(".")[2].lower()
    if ending == "docx":
        return _docx(data, name)
    source = _decoded(data, name)
    if ending in ("html", "htm", "xhtml"):
        return _html(source, name)
    if ending in ("md", "markdown", "mdown"):
        return _markdown(source, name)
    return _same_length(name, "text", source, source, None)


def _decoded(data: bytes, name: str) -> str:
    """Decode a file; what is no text in any common encoding is refused."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    if b"\0" in data[:8192]:
        raise DocumentError(f"{name}: is binary; give Markdown, HTML, DOCX or plain text")
    return data.decode("utf-8", errors="replace")


def _lines(source: str) -> tuple[int, ...]:
    return (0, *(match.end() for match in re.finditer(r"\r\n|\r|\n", source)))


def _same_length(
    name: str, kind: str, text: str, source: str, date: HistoricalDate | None
) -> Document:
    return Document(name, kind, text, source, (0,), (0,), _lines(source), date)


# ------------------------------------------------------------------ Markdown


def _markdown(source: str, name: str) -> Document:
    """Blank what is no prose, and take emphasis out from between the words that it ties."""
    date, text = None, source
    front = _FRONT.match(source) if source[:4].lstrip("\ufeff").startswith("---") else None
    if front and front.end() < _FRONT_LONGEST:
        date = _front_date(front[1])
        text = _blanked(front) + source[front.end() :]
    text = _CODE.sub(_blanked, text)
    text = _MARKUP.sub(_blanked, _NOTE.sub(_blanked, _without_comments(text)))
    pieces, starts, offsets, at, length = [], [0], [0], 0, 0
    for match in _EMPHASIS.finditer(text):
        pieces.append(text[at : match.start()])
        length += match.start() - at
        at = match.end()
        starts.append(length)
        offsets.append(at)
    pieces.append(text[at:])
    return Document(
        name,
        "markdown",
        "".join(pieces),
        source,
        tuple(starts),
        tuple(offsets),
        _lines(source),
        date,
    )


def _without_comments(text: str) -> str:
    """Blank HTML comments, each looked for once however many are never closed."""
    pieces, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start)) >= 0:
        pieces += [text[at:start], _BLANK.sub(" ", text[start : end + 3])]
        at = end + 3
    return "".join(pieces) + text[at:]


def _blanked(match: re.Match[str]) -> str:
    return _BLANK.sub(" ", match[0])


def _front_date(front: str) -> HistoricalDate | None:
    """The day that a story's front matter dates it to."""
    try:
        loaded = yaml.load(front, Loader=yaml.BaseLoader)
        written = loaded.get("date") if isinstance(loaded, dict) else None
        date = parse_edtf(written) if isinstance(written, str) else None
    except (yaml.YAMLError, DateError, RecursionError, ValueError):
        return None
    if isinstance(date, Interval):
        date = date.start
    return date if date is not None and date.precision == "day" else None


# ------------------------------------------------------------------ HTML


class _Reader(HTMLParser):
    """Collects the text of a page, and where in the source each stretch of it stands."""

    def __init__(self, lines: tuple[int, ...]) -> None:
        super().__init__(convert_charrefs=False)
        self.source_lines = lines
        self.pieces: list[str] = []
        self.starts: list[int] = []
        self.offsets: list[int] = []
        self.length = 0
        self.skipped: list[str] = []

    def _at(self) -> int:
        line, column = self.getpos()
        return self.source_lines[min(line, len(self.source_lines)) - 1] + column

    def _add(self, text: str) -> None:
        if text and not self.skipped:
            self.pieces.append(text)
            self.starts.append(self.length)
            self.offsets.append(self._at())
            self.length += len(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if _BLOCKS.fullmatch(tag):
            self._add("\n\n" if tag != "br" else "\n")
        if tag in _SKIPPED:
            self.skipped.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.skipped:
            while self.skipped.pop() != tag:
                pass
        if _BLOCKS.fullmatch(tag):
            self._add("\n\n")

    def handle_data(self, data: str) -> None:
        self._add(data)

    def handle_entityref(self, name: str) -> None:
        self._add(html.unescape(f"&{name};"))

    def handle_charref(self, name: str) -> None:
        self._add(html.unescape(f"&#{name};"))


def _html(source: str, name: str) -> Document:
    # The parser counts lines by \n alone.
    newlines = (0, *(match.end() for match in re.finditer("\n", source)))
    reader = _Reader(newlines)
    # A "<" that nothing closes begins no tag; left in, each would be looked for to the end.
    last = source.rfind(">") + 1
    reader.feed(source[:last] + source[last:].replace("<", " "))
    reader.close()
    starts, offsets = tuple(reader.starts) or (0,), tuple(reader.offsets) or (0,)
    return Document(name, "html", "".join(reader.pieces), source, starts, offsets, _lines(source))


# ------------------------------------------------------------------ DOCX


def _docx(data: bytes, name: str) -> Document:
    """Read the paragraphs of a Word file; its lines are its paragraphs."""
    paragraphs = _paragraphs(data, name)
    source = "\n".join(paragraphs)
    text = "\n\n".join(paragraphs)
    starts, offsets, at, place = [0], [0], 0, 0
    for paragraph in paragraphs:
        starts.append(at)
        offsets.append(place)
        at += len(paragraph) + 2
        place += len(paragraph) + 1
    return Document(name, "docx", text, source, tuple(starts), tuple(offsets), _lines(source))


def _paragraphs(data: bytes, name: str) -> list[str]:
    try:
        import docx
    except ModuleNotFoundError as error:
        raise DocumentError(f"{name}: DOCX needs python-docx; pip install 'hodie[docx]'") from error
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(info.file_size for info in archive.infolist()) > _DOCX_LARGEST:
                raise DocumentError(f"{name}: unpacks to more than a story can be")
        opened = docx.Document(io.BytesIO(data))
        found = opened.element.body.iter(f"{_WORD_TEXT}p")
        return [_one_line(paragraph) for paragraph in found]
    except DocumentError:
        raise
    except Exception as error:  # what a broken archive raises is no one's to list
        raise DocumentError(f"{name}: is no Word file that can be read: {error}") from error


def _one_line(paragraph: object) -> str:
    """The text of a paragraph: its runs, tabs and breaks, without what was deleted."""
    pieces = []
    for part in paragraph.iter(f"{_WORD_TEXT}t", f"{_WORD_TEXT}tab", f"{_WORD_TEXT}br"):  # type: ignore[attr-defined]
        pieces.append(part.text or "" if part.tag.endswith("}t") else " ")
    return "".join(pieces).replace("\n", " ").replace("\r", " ")
