"""A story's body: from Markdown to the parts that the editor shows, and back.

What rich text can hold becomes rich text, quotations, pictures and comments to the desk. All else
(a table, say) stays as the Markdown that it is. A part is only taken for rich text where writing it
again gives a page that is the same, so that nothing of a file written by hand is lost.

A note for readers stands in rich text where it belongs: `<span data-note="its Markdown">*</span>`.
In the file it is a mark there, `[^1]`, and the note at the end. Notes that the editor cannot hold
(of several paragraphs, or named twice) stay in Markdown, with what names them.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from html import escape
from typing import Any, Literal
from xml.sax.saxutils import quoteattr

import nh3
from bs4 import BeautifulSoup, NavigableString, Tag
from markdown_it import MarkdownIt
from markdown_it.token import Token
from msgspec import Struct

from hodie.press import markdown, notes

Kind = Literal["text", "quotation", "picture", "note", "markdown"]

_TAGS = {
    *("a", "b", "blockquote", "br", "code", "em", "h2", "h3", "h4", "hr", "i", "li", "ol", "p"),
    *("s", "span", "strong", "sub", "sup", "ul"),
}
_ATTRIBUTES = {"a": {"href", "linktype", "id"}, "span": {"data-note"}}
# Rich text has one name for each; files may have either.
_INLINE = {"strong": "b", "em": "i", "b": "b", "i": "i", "s": "s", "sup": "sup", "sub": "sub"}
_MARKS = {"b": "**", "i": "*", "s": "~~"}
_IN_FULL = {"b": "strong", "i": "em"}
_HEADINGS = {"h2": "##", "h3": "###", "h4": "####"}
_COMMENT = re.compile(r"<!--(.*?)-->\s*", re.DOTALL)
_INLINE_TAG = re.compile(r"<(/?)(\w+)>")
_SPECIAL = re.compile(r"[\\`*_\[\]<]|&(?=[#\w])|~~")
_LINE_START = re.compile(
    r"(?:#{1,6}(?=\s|$)|>|[+\-](?=\s|$)|~~~|-{3,}|={3,}|\d{1,9}(?=[.)](?:\s|$)))"
)
_BLANKS = re.compile(r"[ \t\r\n\f\v]+")
_APART = "<!-- -->"
# What a note's mark holds in the editor, which numbers the notes itself.
NOTE_MARK = "*"
_LABEL = re.compile(r"\[\^([^\s\]]+)\]")
_MOST_ROUNDS = 4


class Part(Struct, frozen=True):
    """A part of a body: the text of a note, Markdown, rich text as HTML, or a picture.

    `name` is the picture's file below `pictures/`, `text` then what is to be seen on it.
    """

    kind: Kind
    text: str
    name: str = ""
    caption: str = ""


PageAddress = Callable[[str], str | None]
"""The public address of a page of the newsroom, by its number."""


def _nowhere(number: str) -> str | None:
    return None


class _Notes:
    """The notes of a body while it is written: each gets a number that is no other's label."""

    def __init__(self, taken: Iterable[str]) -> None:
        self.texts: dict[str, str] = {}
        self._taken = set(taken)
        self._numbers = itertools.count(1)

    def add(self, text: str) -> str:
        label = next(str(n) for n in self._numbers if str(n) not in self._taken)
        self.texts[label] = text
        return label

    def block(self) -> str:
        return "\n\n".join(f"[^{label}]: {text}" for label, text in self.texts.items())


def write(parts: Sequence[Part], address: PageAddress = _nowhere) -> str:
    """Return a body as the Markdown of a story's file; reading that gives the same again."""
    text = _written(parts, address)
    for _ in range(_MOST_ROUNDS):
        again = _written(read(text), address)
        if again == text:
            return text
        text = again
    return text


def read(body: str, is_picture: Callable[[str], bool] = lambda name: True) -> list[Part]:
    """Take the body of a story's file apart."""
    tokens = _parser().parse(body, {})
    told = _simple_notes(tokens)
    while True:
        parts = _joined(_taken_apart(tokens, body.split("\n"), told, is_picture))
        # A part that stays Markdown keeps the notes that it names.
        kept = {label for part in parts if part.kind == "markdown" for label in _labels(part.text)}
        if not kept & told.keys():
            break
        told = {label: text for label, text in told.items() if label not in kept}
    if _looks(_written(parts, _nowhere)) == _looks(body):
        return parts
    return [Part("markdown", body.strip("\n"))]


def _taken_apart(
    tokens: Sequence[Token],
    lines: Sequence[str],
    told: Mapping[str, str],
    is_picture: Callable[[str], bool],
) -> list[Part]:
    top = min((int(t.tag[1]) for t in tokens if t.type == "heading_open"), default=2)
    reading = _Reading(top, told)
    groups = (group for group in _groups(tokens) if _defined(group) not in told)
    parts = (_part(group, reading, is_picture) or _as_it_is(group, lines) for group in groups)
    return [part for part in parts if part is not None]


def plain_text(text: str) -> str:
    """Return a text as Markdown that shows it as it is."""
    return _escaped(text)


def plain(parts: Sequence[Part]) -> str:
    """Return the words of a body, a paragraph to a line, as the fact check reads them."""
    lines: list[str] = []
    for part in parts:
        if part.kind in ("text", "quotation"):
            soup = BeautifulSoup(part.text, "html.parser")
            for mark in soup.find_all("span", attrs={"data-note": True}):
                mark.decompose()
            lines += [_words(each) for each in soup.find_all(["p", "h2", "h3", "h4", "li"])]
        elif part.kind == "markdown":
            soup = BeautifulSoup(markdown.render(part.text), "html.parser")
            for note in soup.select("sup:has([role=doc-noteref]), [role=doc-endnotes]"):
                note.decompose()
            lines += [line for line in soup.get_text("\n").split("\n") if line.strip()]
    return "\n\n".join(line for line in lines if line)


def _words(tag: Tag) -> str:
    own = "".join(each.get_text() for each in tag.children if not _is_list(each))
    return _BLANKS.sub(" ", own).strip()


def _is_list(node: Any) -> bool:
    return isinstance(node, Tag) and node.name in ("ul", "ol")


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    # As press reads it, but with marks of quotation as they are typed.
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return notes.add_to(parser, at_end=False)


def _looks(body: str) -> str:
    return _BLANKS.sub(" ", markdown.render(body)).replace("> <", "><")


# Reading


class _Reading(Struct, frozen=True):
    """What a block is read with: the level of the highest heading, and the notes by label."""

    top: int
    notes: Mapping[str, str]


def _labels(text: str) -> Iterator[str]:
    return (found[1] for found in _LABEL.finditer(text))


def _defined(group: Sequence[Token]) -> str | None:
    """Return the label of the note that a block is; None where it is none."""
    first = group[0]
    return str(first.meta["label"]) if first.type == "footnote_reference_open" else None


def _simple_notes(tokens: Sequence[Token]) -> dict[str, str]:
    """Return the Markdown of the notes that are one paragraph, and named once in the text."""
    said: dict[str, str] = {}
    named: list[str] = []
    for group in _groups(tokens):
        label = _defined(group)
        marks = list(_named(group))
        if label is None:
            named += marks
        elif len(group) == 5 and group[1].type == "paragraph_open" and not marks:
            said.setdefault(label, group[2].content)
        else:
            # A note that names others keeps them from being moved.
            named += [*marks, *marks, label, label]
    return {label: text for label, text in said.items() if named.count(label) == 1}


def _named(tokens: Sequence[Token]) -> Iterator[str]:
    """Yield the label of each note that is named, as often as it is."""
    for token in tokens:
        if token.type == "footnote_ref":
            yield str(token.meta["label"])
        yield from _named(token.children or [])


def _groups(tokens: Sequence[Token]) -> Iterator[list[Token]]:
    """Yield the tokens of each block that stands by itself."""
    group: list[Token] = []
    for token in tokens:
        group.append(token)
        if token.level == 0 and token.nesting <= 0:
            yield group
            group = []


def _as_it_is(group: Sequence[Token], lines: Sequence[str]) -> Part | None:
    place = group[0].map
    text = "" if place is None else "\n".join(lines[place[0] : place[1]]).strip("\n")
    return Part("markdown", text) if text.strip() else None


def _part(
    group: Sequence[Token], reading: _Reading, is_picture: Callable[[str], bool]
) -> Part | None:
    """Return what a block is in the editor; None where it stays Markdown."""
    first = group[0]
    if first.type == "html_block":
        return _note(first.content)
    if first.type == "paragraph_open" and (picture := _picture(group[1], is_picture)):
        return picture
    try:
        if first.type == "blockquote_open":
            return Part("quotation", _html(group[1:-1], reading, quoted=True))
        return Part("text", _html(group, reading))
    except _NoRichTextError:
        return None


def _note(content: str) -> Part | None:
    found = _COMMENT.fullmatch(content)
    if found is None:
        return None
    # An empty comment keeps two lists apart and says nothing.
    return Part("note", found[1].strip())


def _picture(inline: Token, is_picture: Callable[[str], bool]) -> Part | None:
    children = inline.children or []
    if len(children) != 1 or children[0].type != "image":
        return None
    image = children[0]
    name = markdown.picture_name(str(image.attrs.get("src", "")))
    if ":" in name or not is_picture(name):
        return None
    alt = "".join(t.content for t in image.children or [] if t.type in ("text", "code_inline"))
    if alt != image.content or not alt:
        return None
    return Part("picture", alt, name, str(image.attrs.get("title", "")))


class _NoRichTextError(Exception):
    """The editor's rich text cannot hold this."""


def _html(tokens: Sequence[Token], reading: _Reading, quoted: bool = False) -> str:
    if _is_loose(tokens):
        raise _NoRichTextError
    return "".join(_tag(token, reading, quoted) for token in tokens)


def _is_loose(tokens: Sequence[Token]) -> bool:
    """Tell whether there is a list with paragraphs in its items, or other blocks than lists."""
    depth = 0
    for token in tokens:
        depth += token.nesting if token.type.startswith("list_item") else 0
        if depth and token.type == "paragraph_open" and not token.hidden:
            return True
    return False


def _tag(token: Token, reading: _Reading, quoted: bool) -> str:
    kind = token.type.removesuffix("_open").removesuffix("_close")
    slash = "/" if token.nesting < 0 else ""
    if token.type == "inline":
        return _inline(token.children or [], reading.notes)
    if kind == "paragraph":
        # The paragraphs of a tight list are hidden.
        return "" if token.hidden else f"<{slash}p>"
    if kind in ("bullet_list", "ordered_list"):
        if token.attrs.get("start", 1) != 1:
            raise _NoRichTextError
        return f"<{slash}{token.tag}>"
    if kind == "list_item":
        return f"<{slash}li>"
    if kind == "heading" and not quoted:
        level = int(token.tag[1]) - reading.top + 2
        if f"h{level}" in _HEADINGS:
            return f"<{slash}h{level}>"
    if kind == "hr" and not quoted:
        return "<hr/>"
    raise _NoRichTextError


def _inline(tokens: Sequence[Token], told: Mapping[str, str]) -> str:
    pieces = [
        _note_mark(token, told) if token.type == "footnote_ref" else _inline_tag(token)
        for token in tokens
    ]
    html = "".join(pieces)
    # Tags typed as HTML may be left open, or cross each other.
    if str(BeautifulSoup(html, "html.parser")) != html:
        raise _NoRichTextError
    return html


def _note_mark(token: Token, told: Mapping[str, str]) -> str:
    text = told.get(token.meta["label"])
    if text is None:
        raise _NoRichTextError
    return f"<span data-note={quoteattr(_one_line(text))}>{NOTE_MARK}</span>"


def _inline_tag(token: Token) -> str:
    kind = token.type.removesuffix("_open").removesuffix("_close")
    match kind:
        case "text":
            return escape(token.content, quote=False)
        case "softbreak":
            return " "
        case "hardbreak":
            return "<br/>"
        case "code_inline":
            return f"<code>{escape(token.content, quote=False)}</code>"
        case "strong" | "em" | "s":
            return f"<{'/' if token.nesting < 0 else ''}{_INLINE[kind]}>"
        case "link":
            return _link(token)
        case "html_inline":
            return _typed_tag(token.content)
    raise _NoRichTextError


def _link(token: Token) -> str:
    if token.nesting < 0:
        return "</a>"
    if "title" in token.attrs:
        raise _NoRichTextError
    return f'<a href="{escape(str(token.attrs["href"]), quote=False)}">'


def _typed_tag(content: str) -> str:
    found = _INLINE_TAG.fullmatch(content)
    if found is None or found[2] not in _INLINE:
        raise _NoRichTextError
    return f"<{found[1]}{_INLINE[found[2]]}>"


def _joined(parts: Sequence[Part]) -> list[Part]:
    """Join what stands together in one field of the editor; drop notes that say nothing."""
    joined: list[Part] = []
    for part in parts:
        before = joined[-1] if joined else None
        if part.kind == "note" and not part.text:
            continue
        if before is not None and part.kind == before.kind == "text":
            joined[-1] = Part("text", before.text + part.text)
        elif before is not None and part.kind == before.kind == "markdown":
            joined[-1] = Part("markdown", f"{before.text}\n\n{part.text}")
        else:
            joined.append(part)
    return joined


# Writing


def _written(parts: Sequence[Part], address: PageAddress) -> str:
    blocks: list[str] = []
    told = _Notes(
        label for part in parts if part.kind == "markdown" for label in _labels(part.text)
    )
    for part in parts:
        for block in _blocks(part, address, told):
            if not block.strip():
                continue
            if blocks and _would_join(blocks[-1], block):
                blocks.append(_APART)
            blocks.append(block)
    return "\n\n".join([*blocks, told.block()] if told.texts else blocks)


def _would_join(before: str, block: str) -> bool:
    """Tell whether two blocks would be one in Markdown: lists of a kind, or quotations."""
    return any(
        re.match(kind, before) is not None and re.match(kind, block) is not None
        for kind in (r"- ", r"\d+\. ", r">")
    )


def _blocks(part: Part, address: PageAddress, told: _Notes) -> Iterator[str]:
    match part.kind:
        case "note":
            yield f"<!-- {part.text.strip().replace('-->', '-- >')} -->"
        case "picture":
            yield _picture_line(part)
        case "markdown":
            yield part.text.replace("\r\n", "\n").strip("\n")
        case "quotation":
            inner = "\n\n".join(_rich(part.text, address, told))
            yield "\n".join(f"> {line}".rstrip() for line in inner.split("\n")) if inner else ""
        case "text":
            yield from _rich(part.text, address, told)


def _picture_line(part: Part) -> str:
    target = f"<{part.name}>" if re.search(r"[\s()]", part.name) else part.name
    title = part.caption.replace("\\", "\\\\").replace('"', '\\"')
    return f"![{_escaped(part.text)}]({target}{f' {chr(34)}{title}{chr(34)}' if title else ''})"


def _rich(html: str, address: PageAddress, told: _Notes) -> Iterator[str]:
    """Write rich text, sanitised once more, block by block."""
    clean = nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, link_rel=None)
    soup = BeautifulSoup(clean, "html.parser")
    for mark in soup.find_all("span", attrs={"data-note": True}):
        text = _note_text(str(mark["data-note"]))
        # Two notes of one mark, or a mark without a note, are nothing to write.
        if text and mark.find_parent("span", attrs={"data-label": True}) is None:
            mark["data-label"] = told.add(text)
    loose: list[Any] = []
    before = ""
    for node in [*soup.children, None]:
        if node is not None and not (isinstance(node, Tag) and _is_block(node)):
            loose.append(node)
            continue
        if (text := _paragraph(loose, address)) != "":
            yield text
            before = text
        loose = []
        if node is None:
            return
        block = _block(node, address)
        if block:
            if before and _would_join(before, block):
                yield _APART
            yield block
            before = block


def _is_block(tag: Tag) -> bool:
    return tag.name in ("p", "ul", "ol", "hr", "blockquote", *_HEADINGS)


def _block(tag: Tag, address: PageAddress) -> str:
    if tag.name == "hr":
        return "---"
    if tag.name in ("ul", "ol"):
        return "\n".join(_list(tag, address))
    if tag.name == "blockquote":
        return "> " + _paragraph(list(tag.children), address)
    text = _paragraph(list(tag.children), address)
    return f"{_HEADINGS[tag.name]} {text}" if text and tag.name in _HEADINGS else text


def _list(tag: Tag, address: PageAddress) -> Iterator[str]:
    for number, item in enumerate(tag.find_all("li", recursive=False), 1):
        mark = "- " if tag.name == "ul" else f"{number}. "
        own = [node for node in item.children if not _is_list(node)]
        yield mark + _paragraph(own, address)
        for inner in item.children:
            if _is_list(inner):
                yield from (" " * len(mark) + line for line in _list(inner, address))


def _paragraph(nodes: Sequence[Any], address: PageAddress) -> str:
    """Write one line; with HTML's tags where Markdown's marks would not be read as meant."""
    text = _tidy("".join(_marked(node, address, in_full=False) for node in nodes))
    if not text:
        return ""
    full = _tidy("".join(_marked(node, address, in_full=True) for node in nodes))
    if text != full and _letters(text) != _letters(full):
        text = full
    return _LINE_START.sub(_escaped_start, text, count=1) if _LINE_START.match(text) else text


def _escaped_start(found: re.Match[str]) -> str:
    # The number of a list keeps its digits: the mark behind them is what counts.
    return f"{found[0]}\\" if found[0].isdecimal() else f"\\{found[0]}"


def _letters(text: str) -> str:
    return re.sub(r"[^\w<>/]", "", markdown.render(f"x {text}"))


def _tidy(text: str) -> str:
    lines = [_BLANKS.sub(" ", line).strip() for line in text.split("\\\n")]
    while lines and not lines[-1]:
        lines.pop()
    return "\\\n".join(lines)


def _marked(node: Any, address: PageAddress, in_full: bool) -> str:
    if isinstance(node, NavigableString):
        return _escaped(_BLANKS.sub(" ", str(node)))
    if node.name == "br":
        return "\\\n"
    if node.name == "code":
        return _code(node.get_text())
    if node.name == "span" and node.has_attr("data-note"):
        return f"[^{node['data-label']}]" if node.has_attr("data-label") else ""
    inner = "".join(_marked(child, address, in_full) for child in node.children)
    if not inner.strip():
        return inner
    # A mark before or behind a blank is none.
    lead = inner[: len(inner) - len(inner.lstrip())]
    trail = inner[len(inner.rstrip()) :]
    core = inner.strip()
    if node.name == "a":
        target = _target(node, address)
        return f"{lead}[{core}]({target}){trail}" if target else inner
    name = _INLINE.get(node.name)
    if name is None:
        return inner
    mark = _MARKS.get(name)
    if mark and not (in_full and name in _IN_FULL):
        return f"{lead}{mark}{core}{mark}{trail}"
    tag = _IN_FULL.get(name, name)
    return f"{lead}<{tag}>{core}</{tag}>{trail}"


def _note_text(text: str) -> str:
    """Return a note's Markdown such that it is one paragraph, whatever it begins with."""
    line = _one_line(text)
    if not line:
        return ""
    for form in (line, f"\\{line}", _escaped(line)):
        tokens = _parser().parse(f"[^1]: {form}\n\n[^1]", {})
        group = next((g for g in _groups(tokens) if _defined(g) == "1"), [])
        if len(group) == 5 and group[2].content == form and not list(_named(group)):
            return form
    return ""


def _one_line(text: str) -> str:
    return _BLANKS.sub(" ", text).strip()


def _code(text: str) -> str:
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", text)), default=0))
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{_BLANKS.sub(' ', text)}{pad}{fence}"


def _target(tag: Tag, address: PageAddress) -> str:
    if tag.get("linktype") == "page":
        return address(str(tag.get("id"))) or ""
    href = str(tag.get("href") or "").strip()
    if re.search(r"[\s()<>]", href):
        href = href.replace("<", "%3C").replace(">", "%3E")
        return f"<{_BLANKS.sub('%20', href)}>"
    return href


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text.replace("\0", ""))
