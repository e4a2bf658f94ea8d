"""A story's body: Markdown to HTML that is safe in a page, whatever stands in it."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html

from hodie.press.markdown import opening, pictures, render


@pytest.mark.parametrize(
    ("body", "result"),
    [
        ("One *two* **three**", "<p>One <em>two</em> <strong>three</strong></p>"),
        ("a\\\nb", "<p>a<br>\nb</p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("3. a", '<ol start="3">\n<li>a</li>\n</ol>'),
        ("> a", "<blockquote>\n<p>a</p>\n</blockquote>"),
        ("---", "<hr>"),
        ("~~a~~", "<p><s>a</s></p>"),
        ("`a < b`", "<p><code>a &lt; b</code></p>"),
        ("```\na < b\n```", "<pre><code>a &lt; b\n</code></pre>"),
        ('"Yes," it\'s said -- 1914--1918...', "<p>“Yes,” it’s said – 1914–1918…</p>"),
        ("H<sub>2</sub>O, 19<sup>th</sup>", "<p>H<sub>2</sub>O, 19<sup>th</sup></p>"),
        ("a<br>b", "<p>a<br>b</p>"),
        ("a <!-- to do --> b", "<p>a  b</p>"),
        ("<!-- to do\n\nlater -->\n\nText.", "<p>Text.</p>"),
        ("", ""),
    ],
)
def test_markdown_is_commonmark(body, result):
    """The usual marks give the usual elements."""
    assert render(body) == result


def test_table_aligns_by_class():
    """A table's columns are aligned without a style attribute, which the site's policy forbids."""
    made = render("|a|b|c|\n|:-|-:|-|\n|1|2|3|")

    assert '<td class="left">1</td>\n<td class="right">2</td>\n<td>3</td>' in made
    assert "style" not in made


@pytest.mark.parametrize(
    ("body", "tags"),
    [
        ("# a\n## b", ["h2", "h3"]),
        ("## a\n### b", ["h2", "h3"]),
        ("### a\n# b", ["h4", "h2"]),
        ("# a\n###### b", ["h2", "h6"]),
        ("###### a", ["h2"]),
        ("a\n=\nb\n-", ["h2", "h3"]),
    ],
)
def test_headings_begin_at_the_second_level(body, tags):
    """The page's own title is the only h1; the order of the others is kept."""
    assert re.findall(r"<(h\d)>", render(body)) == tags


@pytest.mark.parametrize(
    ("language", "result"),
    [
        ("en", "“a ‘b’”"),
        ("en-GB", "“a ‘b’”"),
        ("de", "„a ‚b‘“"),
        ("fr", "«\u202fa “b”\u202f»"),
        ("ru", "«a „b“»"),
        ("ja", "「a 『b』」"),
        ("xx", "“a ‘b’”"),
    ],
)
def test_quotation_marks_are_the_languages(language, result):
    """Straight quotes become those of the story's language."""
    assert render("\"a 'b'\"", language) == f"<p>{result}</p>"


HOSTILE = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//x.example/a.js></SCRIPT>",
    "text <script>alert(1)</script> text",
    '<img src="x.jpg" onerror="alert(1)">',
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    '<b onclick="alert(1)">a</b>',
    '<a href="javascript:alert(1)">a</a>',
    '<iframe src="https://x.example"></iframe>',
    "<style>body{display:none}</style>",
    '<div style="position:fixed">a</div>',
    '<form action="https://x.example"><input name=a></form>',
    "<base href=https://x.example>",
    "<meta http-equiv=refresh content=0>",
    "<object data=x></object><embed src=x>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](&#106;avascript:alert(1))",
    "[a](java\tscript:alert(1))",
    "[a](vbscript:x)",
    "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "[a](file:///etc/passwd)",
    "<javascript:alert(1)>",
    "![a](javascript:alert(1))",
    "![a](data:image/svg+xml;base64,PHN2Zz4=)",
    "![a](https://x.example/pixel.gif)",
    "![a](//x.example/pixel.gif)",
    '![a](/pictures/x.jpg "t\\" onerror=\\"alert(1)")',
    '![a" onerror="alert(1)](/pictures/x.jpg)',
    '[a](/x "t\\" onmouseover=\\"alert(1)")',
    "```html\n<script>alert(1)</script>\n```",
    '```"><script>alert(1)</script>\n```',
    "|a|\n|-|\n|<script>alert(1)</script>|",
    "<!-- --><script>alert(1)</script><!-- -->",
    "<!--><script>alert(1)</script>-->",
    "<!-- a --!><script>alert(1)</script>",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php echo 1 ?>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "[a]: javascript:alert(1)\n\n[a]",
    "</section></article><h1>a</h1>",
]
PIECES = ["> ", "\n\n", "- ", "[", "](", ")", "`", "*", '"', "<", ">", "<!--", "-->", "    ", "\0"]
DANGEROUS = {"script", "style", "iframe", "svg", "math", "form", "object", "embed", "base", "meta"}
DANGEROUS |= {"link", "input", "h1", "div"}
SAFE_ATTRIBUTES = {"href", "title", "src", "alt", "loading", "start", "class", "rel"}


def unsafe(rendered: str) -> list[str]:
    """List what stands in a rendered body that could run, or ask another host for something."""
    tree = html.fragment_fromstring(rendered, create_parent="div")
    found = []
    for element in tree.iterdescendants(etree.Element):
        if element.tag in DANGEROUS:
            found.append(element.tag)
        found += [name for name in element.attrib if name not in SAFE_ATTRIBUTES]
        scheme = element.get("href", "").partition(":")
        if scheme[1] and scheme[0] not in ("http", "https", "mailto"):
            found.append(element.get("href"))
        if element.tag == "img" and not element.get("src", "").startswith("/pictures/"):
            found.append("img")
    return found


@pytest.mark.parametrize("text", ["<svg></svg>", "<b onclick=x></b>", "<a href=javascript:x>a</a>"])
def test_what_is_unsafe_is_seen(text):
    """The check of the tests below sees what it is for."""
    assert unsafe(text) != []


@pytest.mark.parametrize("body", HOSTILE)
def test_hostile_text_comes_out_harmless(body):
    """Nothing in a story runs, changes the page around it or asks another host."""
    assert unsafe(render(body)) == []


@settings(max_examples=300)
@given(st.lists(st.sampled_from(HOSTILE) | st.sampled_from(PIECES), max_size=6).map("".join))
def test_mixed_hostile_text_comes_out_harmless(body):
    """Pieces of attacks do not add up to one."""
    assert unsafe(render(body)) == []


@pytest.mark.parametrize(
    "body",
    [
        "> " * 20_000 + "x",
        "".join("  " * depth + "- x\n" for depth in range(300)),
        "[" * 20_000,
        "[" * 20_000 + "]" * 20_000,
        "![x](" * 5_000,
        "*a **b " * 5_000,
        "<div>" * 20_000,
        "<b>" * 20_000,
        "<sup>" * 5_000,
        "<!--" * 20_000,
        "`" * 20_000,
        "|" * 5_000 + "\n" + "|-" * 5_000,
        '"a ' * 10_000,
    ],
    ids=lambda body: body[:6].strip(),
)
def test_deep_and_repeated_marks_are_done_soon(body):
    """No short text keeps the press busy for long, or ends it."""
    begun = time.process_time()

    render(body)

    assert time.process_time() - begun < 10


@pytest.mark.parametrize(
    "source", ["a b.jpg", "a%20b.jpg", "/pictures/a%20b.jpg", "pictures/a b.jpg"]
)
def test_pictures_have_one_address(source):
    """A picture is shown from the folder of pictures, however its source was written."""
    made = render(f"![A house](<{source}>)")

    assert made == '<p><img src="/pictures/a%20b.jpg" alt="A house" loading="lazy"></p>'


def test_pictures_are_found_with_their_lines():
    """Every picture of a text is listed, in links and lists too."""
    body = "![a](a.jpg)\n\n- x\n- [![b](/pictures/b.png)](/on/08-20/)\n\n`![c](c.jpg)`"

    assert pictures(body) == [(0, "a.jpg"), (3, "b.png")]


def test_picture_title_and_words_are_kept():
    """What is said of a picture arrives."""
    assert render('![A *b*](x.jpg "c")') == (
        '<p><img src="/pictures/x.jpg" alt="A b" title="c" loading="lazy"></p>'
    )


def test_links_out_keep_their_address():
    """Links stay links."""
    assert render("[a](https://x.example/?a=1&b=2)") == (
        '<p><a href="https://x.example/?a=1&amp;b=2" rel="noopener">a</a></p>'
    )


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("# T\n\nOne *two* `three`\nfour.\n\nFive.", "One two three four."),
        ("![a](a.jpg)\n\nText.", "Text."),
        ("> Quote.\n\nText.", "Text."),
        ("", ""),
        ("one two three four five", "one two three four…"),
        ("one two three, fourteen five", "one two three…"),
    ],
)
def test_opening_is_the_first_paragraph(body, text):
    """The first words stand without marks, cut between words."""
    assert opening(body, 20) == text
