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
    *("[^1]", "[^a]", "\n\n[^1]: n\n\n", "\n[^a]: *m* [^1]", '<span data-note="- n">*</span>'),
    *("^[", "\n    p\n", '<span data-note="&quot;*x">*'),
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
        ("Said.[^1]\n\n[^1]: By whom.", ["text"]),
        ("> Said.[^x]\n\nMore.[^y]\n\n[^x]: By *whom*.\n[^y]: Where.", ["quotation", "text"]),
        ("Twice.[^1] And again.[^1]\n\n[^1]: One note.", ["markdown"]),
        ("Long.[^1]\n\n[^1]: One.\n\n    Two.", ["markdown"]),
        ("Text.\n\n| a[^1] |\n|---|\n\n[^1]: Of the table.", ["text", "markdown"]),
        ("Text.[^2]\n\n[^2]: Names another.[^1]\n[^1]: Named.", ["markdown"]),
        ("Nobody names it.\n\n[^1]: Lost.", ["text", "markdown"]),
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
    once = write(read(body)).strip("\n")

    assert write(read(once)).strip("\n") == once


@given(st.lists(st.tuples(kinds, bodies), max_size=4))
def test_whatever_is_typed_into_the_editor_stays(typed):
    """What an editor made is written such that it comes back as the same bytes."""
    once = write([Part(kind, text) for kind, text in typed]).strip("\n")

    assert write(read(once)).strip("\n") == once


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


@pytest.mark.parametrize(
    ("html", "body"),
    [
        ('<p>a<span data-note="One.">*</span></p>', "a[^1]\n\n[^1]: One."),
        (
            '<p>a<span data-note="One.">*</span> b<span data-note="Two.">*</span></p>',
            "a[^1] b[^2]\n\n[^1]: One.\n\n[^2]: Two.",
        ),
        ('<p>a<span data-note="- no list">*</span></p>', "a[^1]\n\n[^1]: \\- no list"),
        ('<p>a<span data-note=" ">*</span></p>', "a"),
        ('<p>a<span data-note="x &lt;script&gt;">*</span></p>', "a[^1]\n\n[^1]: x <script>"),
        ("<p>typed [^1]</p>", "typed \\[^1\\]"),
        ("<p>a <span>b</span></p>", "a b"),
    ],
)
def test_notes_are_numbered_and_stand_at_the_end(html, body):
    """A note of the editor becomes a mark and a note of Markdown, whatever it begins with."""
    assert write([Part("text", html)]) == body


def test_notes_keep_clear_of_those_in_markdown():
    """A number that a table's note has is no other's."""
    parts = [
        Part("text", '<p>a<span data-note="One.">*</span></p>'),
        Part("markdown", "| b[^1] |\n|---|\n\n[^1]: Of the table."),
    ]

    assert "a[^2]" in write(parts)
    assert "[^2]: One." in write(parts)


def test_notes_are_not_read_as_what_the_story_tells():
    """The fact check reads the words of the text alone."""
    body = "It fell in 1453.[^1]\n\n| a[^2] |\n|---|\n\n[^1]: Runciman, 1965.\n\n[^2]: 1999."

    assert plain(read(body)).split() == ["It", "fell", "in", "1453.", "a"]
