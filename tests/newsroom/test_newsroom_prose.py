"""Bodies of stories between Markdown and the editor: nothing is lost, and nothing drifts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("wagtail")

from hodie.newsroom.prose import Part, plain, read, write
from hodie.press import markdown

PIECES = [
    *("a", "b c", "*", "**", "_", "`", "[x](y)", "![p](q.jpg)", "<sup>", "</sup>", "<b>", "</b>"),
    *("~~", "- ", "1. ", "2) ", "> ", "# ", "### ", "\n", "\n\n", "    ", "\\", "&amp;", "&", "<"),
    *("|", "---", "<!-- n -->", "***", "\t", "+ ", '"', "'", "  \n", "=", "[r]", "\n[r]: u\n"),
    *("é", "*a*", "**b**", "| a |\n|---|\n", "<div>", "```\n"),
]
bodies = st.lists(st.sampled_from(PIECES), max_size=14).map(lambda p: "".join(p).strip())
kinds = st.sampled_from(["text", "quotation", "note", "markdown"])


def looks(body: str) -> str:
    return " ".join(markdown.render(body).split()).replace("> <", "><")


@pytest.mark.parametrize(
    ("body", "kinds"),
    [
        ("Plain words.", ["text"]),
        ("# Big\n\nSome _em_ and **b**.\n\n- a\n- b", ["text"]),
        ("Before.\n\n> Said *so*.\n\nAfter.", ["text", "quotation", "text"]),
        ("<!-- check\nthis -->\n\nText.", ["note", "text"]),
        ('![A mill](mill.jpg "In 1884")', ["picture"]),
        ("| a | b |\n|---|---|\n| 1 | 2 |", ["markdown"]),
        ("- loose\n\n- list", ["markdown"]),
        ("```\ncode\n```", ["markdown"]),
        ("Text with ![inline](a.jpg).", ["markdown"]),
        ("See [x][r].\n\n[r]: https://a.example", ["text"]),
        ("", []),
    ],
)
def test_a_body_comes_apart_into_what_the_editor_has(body, kinds):
    """Rich text, quotations, pictures and notes are known as such; the rest stays Markdown."""
    assert [part.kind for part in read(body)] == kinds


@given(bodies)
def test_no_body_loses_anything_on_the_way(body):
    """Whatever a file says, the page looks the same after the editor had it."""
    assert looks(write(read(body))) == looks(body)


@given(bodies)
def test_what_was_written_once_stays(body):
    """Reading what the newsroom wrote and writing it again gives the same bytes."""
    once = write(read(body)).strip()

    assert write(read(once)).strip() == once


@given(st.lists(st.tuples(kinds, bodies), max_size=4))
def test_whatever_is_typed_into_the_editor_stays(typed):
    """What an editor made is written such that it comes back as the same bytes."""
    once = write([Part(kind, text) for kind, text in typed]).strip()

    assert write(read(once)).strip() == once


@pytest.mark.parametrize(
    ("html", "body"),
    [
        ("<p>a <b> b </b>c</p>", "a **b** c"),
        ('<p>x<b>"y"</b>z</p>', 'x<strong>"y"</strong>z'),
        ("<p>1. not a list</p>", "1\\. not a list"),
        ("<p># not a heading</p>", "\\# not a heading"),
        ("<p>a*b_c[d]</p>", "a\\*b\\_c\\[d\\]"),
        ("<p>x<br/>y</p>", "x\\\ny"),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>", "- a\n  - b"),
        ("<ul><li>a</li></ul><ul><li>b</li></ul>", "- a\n\n<!-- -->\n\n- b"),
        ('<p><a href="https://a.example/x (y)">l</a></p>', "[l](<https://a.example/x%20(y)>)"),
        ("<p></p><p>a</p>", "a"),
    ],
)
def test_rich_text_becomes_plain_markdown(html, body):
    """The file reads as somebody would write it, and escapes only what would be misread."""
    assert write([Part("text", html)]) == body


@pytest.mark.parametrize(
    "html",
    [
        "<p onclick='x()'>a<script>alert(1)</script></p>",
        '<p><a href="javascript:alert(1)">a</a></p>',
        "<p>a<img src=x onerror=alert(1)></p>",
    ],
)
def test_rich_text_is_sanitised_on_the_way_to_press(html):
    """What no editor can make is taken out, even if somebody sent it."""
    written = write([Part("text", html)])

    assert markdown.render(written) == "<p>a</p>"


def test_a_note_cannot_end_early():
    """A note for the desk stays one, whatever is typed into it."""
    written = write([Part("note", "a --> <b>b</b>"), Part("text", "<p>c</p>")])

    assert markdown.render(written) == "<p>c</p>"


def test_a_link_to_a_story_has_its_public_address():
    """A link that was made to a page of the newsroom leads readers to the story."""
    link = Part("text", '<p><a linktype="page" id="7">there</a></p>')

    assert write([link], {"7": "/stories/there/"}.get) == "[there](/stories/there/)"


def test_the_fact_check_reads_the_words_alone():
    """Notes and captions are not checked, headings and lists are."""
    parts = read("# In 1940\n\nHe *died*.\n\n<!-- 1941? -->\n\n- in 1942\n\n| in 1943 |\n|---|\n")

    assert plain(parts) == "In 1940\n\nHe died.\n\nin 1942\n\nin 1943"
