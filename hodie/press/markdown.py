"""A story's body: Markdown (CommonMark, tables, notes) to HTML that is safe to put in a page.

Markup that a writer types as HTML is shown as text, but for comments, which vanish, and a few
inline tags without attributes. What is left passes a sanitiser all the same.
"""

import functools
import itertools
import re
from collections.abc import Iterator, MutableMapping, Sequence
from typing import Any
from urllib.parse import quote, unquote

import nh3
from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from hodie.press import notes

PICTURES = "/pictures/"

# Outer and inner quotation marks; other languages get the English ones.
_QUOTES: dict[str, list[str]] = {
    "cs": ["„", "“", "‚", "‘"],
    "da": ["»", "«", "›", "‹"],
    "de": ["„", "“", "‚", "‘"],
    "en": ["“", "”", "‘", "’"],
    "es": ["«", "»", "“", "”"],
    "fi": ["”", "”", "’", "’"],
    "fr": ["«\u202f", "\u202f»", "“", "”"],
    "it": ["«", "»", "“", "”"],
    "ja": ["「", "」", "『", "』"],
    "pl": ["„", "”", "«", "»"],
    "pt": ["“", "”", "‘", "’"],
    "ru": ["«", "»", "„", "“"],
    "sv": ["”", "”", "’", "’"],
    "uk": ["«", "»", "„", "“"],
}
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_PLAIN_TAG = re.compile(r"</?(?:abbr|b|cite|em|i|q|s|small|strong|sub|sup|u)>|<br ?/?>")
_TAGS = {
    *("a", "abbr", "b", "blockquote", "br", "cite", "code", "em", "h2", "h3", "h4", "h5", "h6"),
    *("hr", "i", "img", "li", "ol", "p", "pre", "q", "s", "small", "strong", "sub", "sup"),
    *("table", "tbody", "td", "th", "thead", "tr", "u", "ul"),
    *notes.TAGS,
}
_ATTRIBUTES = {
    **notes.ATTRIBUTES,
    "a": {"href", "title", *notes.ATTRIBUTES["a"]},
    "img": {"alt", "loading", "src", "title"},
    "ol": {"start"},
}
_ALIGNED = {"center", "left", "right"}
_TOP_HEADING, _LAST_HEADING = 2, 6


@functools.lru_cache(maxsize=512)
def render(body: str, language: str = "en") -> str:
    """Return a story's body as HTML, its highest heading an h2.

    >>> render("# A *life*")
    '<h2>A <em>life</em></h2>'
    >>> render("<script>alert(1)</script>")
    '<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>'
    """
    parser = _parser(language.partition("-")[0])
    env: dict[str, Any] = {"language": language}
    tokens = parser.parse(body, env)
    _shift_headings(tokens)
    html = parser.renderer.render(tokens, parser.options, env)
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        allowed_classes={"td": _ALIGNED, "th": _ALIGNED},
        attribute_filter=_local_picture,
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener",
    ).strip()


def opening(body: str, length: int) -> str:
    """Return the first paragraph as plain words, cut at a space to at most `length` characters.

    >>> opening("# Title\\n\\nToday in *1940*.\\n\\nMore.", 50)
    'Today in 1940.'
    """
    text = next((text for text in _paragraphs(body) if text), "")
    if len(text) <= length:
        return text
    return text[: length - 1].rsplit(" ", 1)[0].rstrip(" ,;:–—") + "…"


def pictures(body: str) -> list[tuple[int, str]]:
    """Return the pictures that a body shows: the line of each, from 0, and its name."""
    # Most stories show none, and parsing takes as long as all the rest of their reading.
    if "![" not in body:
        return []
    return [
        (token.map[0], picture_name(str(child.attrs.get("src", ""))))
        for token in _parser("en").parse(body)
        if token.type == "inline" and token.map is not None
        for child in _walk(token.children or [])
        if child.type == "image"
    ]


def picture_name(source: str) -> str:
    """Return the name below `pictures/` that an image's source means.

    >>> picture_name("/pictures/a%20b.jpg"), picture_name("a.jpg")
    ('a b.jpg', 'a.jpg')
    """
    return unquote(source).removeprefix("/").removeprefix("pictures/")


def _walk(tokens: Sequence[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _walk(token.children or [])


def _paragraphs(body: str) -> Iterator[str]:
    tokens = _parser("en").parse(body)
    for opener, token in itertools.pairwise(tokens):
        if opener.type == "paragraph_open" and opener.level == 0:
            yield " ".join("".join(_words(token.children or [])).split())


def _words(tokens: Sequence[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in ("text", "code_inline"):
            yield token.content
        elif token.type in ("softbreak", "hardbreak"):
            yield " "


@functools.cache
def _parser(language: str) -> MarkdownIt:
    quotes = _QUOTES.get(language, _QUOTES["en"])
    options = {"html": True, "typographer": True, "quotes": quotes}
    parser = notes.add_to(MarkdownIt("commonmark", options))
    parser.enable(["table", "strikethrough", "smartquotes", "replacements"])
    parser.add_render_rule("html_inline", _html_inline)
    parser.add_render_rule("html_block", _html_block)
    parser.add_render_rule("image", _image)
    for cell in ("td_open", "th_open"):
        parser.add_render_rule(cell, _cell)
    return parser


def _shift_headings(tokens: Sequence[Token]) -> None:
    headings = [token for token in tokens if token.type in ("heading_open", "heading_close")]
    top = min((int(token.tag[1]) for token in headings), default=_TOP_HEADING)
    for token in headings:
        token.tag = f"h{min(int(token.tag[1]) - top + _TOP_HEADING, _LAST_HEADING)}"


Options = Any
Env = MutableMapping[str, Any]


def _html_inline(
    _: RendererHTML, tokens: Sequence[Token], at: int, options: Options, env: Env
) -> str:
    content = tokens[at].content
    return content if _PLAIN_TAG.fullmatch(content) else escapeHtml(_COMMENT.sub("", content))


def _html_block(
    _: RendererHTML, tokens: Sequence[Token], at: int, options: Options, env: Env
) -> str:
    content = _COMMENT.sub("", tokens[at].content).strip()
    return f"<p>{escapeHtml(content)}</p>\n" if content else ""


def _image(
    renderer: RendererHTML, tokens: Sequence[Token], at: int, options: Options, env: Env
) -> str:
    token = tokens[at]
    source = str(token.attrs.get("src", ""))
    alt = renderer.renderInlineAsText(token.children, options, env)
    # Another host's picture would tell that host who reads.
    if ":" in source or source.startswith("//"):
        return escapeHtml(alt)
    title = escapeHtml(str(token.attrs.get("title", "")))
    address = escapeHtml(PICTURES + quote(picture_name(source)))
    titled = f' title="{title}"' if title else ""
    return f'<img src="{address}" alt="{escapeHtml(alt)}"{titled} loading="lazy">'


def _cell(
    renderer: RendererHTML, tokens: Sequence[Token], at: int, options: Options, env: Env
) -> str:
    # A style attribute would need a hole in the site's content security policy.
    style = str(tokens[at].attrs.get("style", ""))
    align = style.removeprefix("text-align:")
    return f'<{tokens[at].tag} class="{align}">' if align in _ALIGNED else f"<{tokens[at].tag}>"


def _local_picture(tag: str, attribute: str, value: str) -> str | None:
    if tag == "img" and attribute == "src" and not value.startswith(PICTURES):
        return None
    return value
