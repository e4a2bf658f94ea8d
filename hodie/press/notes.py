"""Notes of a text: `[^1]` in it, and `[^1]: what the note says` anywhere after.

They are numbered in the order in which the text names them, stand behind it, and lead back.
"""

from collections.abc import Mapping, MutableMapping, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin

from hodie.press.words import words

TAGS = {"section"}
ATTRIBUTES = {
    "a": {"aria-label", "id", "role"},
    "h2": {"id"},
    "li": {"id"},
    "section": {"aria-labelledby", "role"},
    "sup": {"role"},
}

Env = MutableMapping[str, Any]


def add_to(parser: MarkdownIt, *, at_end: bool = True) -> MarkdownIt:
    """Let a parser read notes, and render them; unless `at_end` they stay where they are written.

    Only notes by reference: `^[` is as ordinary in a text as it was.
    """
    parser.use(footnote_plugin, inline=False, move_to_end=at_end)
    for name, rule in (
        ("ref", _ref),
        ("block_open", _block_open),
        ("block_close", _block_close),
        ("open", _open),
        ("close", _close),
        ("anchor", _anchor),
    ):
        parser.add_render_rule(f"footnote_{name}", rule)
    return parser


def _ref(_: RendererHTML, tokens: Sequence[Token], at: int, options: Any, env: Env) -> str:
    number = tokens[at].meta["id"] + 1
    label = escapeHtml(_words(env)["note"].format(n=number))
    return (
        f'<sup><a href="#note-{number}" id="{_place(tokens[at])}" role="doc-noteref" '
        f'aria-label="{label}">{number}</a></sup>'
    )


def _block_open(_: RendererHTML, tokens: Sequence[Token], at: int, options: Any, env: Env) -> str:
    heading = escapeHtml(_words(env)["notes"])
    return (
        '<section role="doc-endnotes" aria-labelledby="notes">'
        f'<h2 id="notes">{heading}</h2>\n<ol>\n'
    )


def _block_close(_: RendererHTML, tokens: Sequence[Token], at: int, options: Any, env: Env) -> str:
    return "</ol>\n</section>\n"


def _open(_: RendererHTML, tokens: Sequence[Token], at: int, options: Any, env: Env) -> str:
    return f'<li id="note-{tokens[at].meta["id"] + 1}">'


def _close(_: RendererHTML, tokens: Sequence[Token], at: int, options: Any, env: Env) -> str:
    return "</li>\n"


def _anchor(_: RendererHTML, tokens: Sequence[Token], at: int, options: Any, env: Env) -> str:
    label = escapeHtml(_words(env)["note_back"].format(n=tokens[at].meta["id"] + 1))
    # The variation selector keeps telephones from drawing the arrow as a picture.
    arrow = "\N{LEFTWARDS ARROW WITH HOOK}\N{VARIATION SELECTOR-15}"
    return f' <a href="#{_place(tokens[at])}" role="doc-backlink" aria-label="{label}">{arrow}</a>'


def _place(token: Token) -> str:
    """Return the id of a place in the text that names a note: one that is named twice has two."""
    again = token.meta["subId"]
    return f"ref-{token.meta['id'] + 1}{f'-{again + 1}' if again else ''}"


def _words(env: Env) -> Mapping[str, str]:
    return words(env.get("language", "en"))
