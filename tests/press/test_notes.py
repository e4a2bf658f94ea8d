"""Notes of a story: numbered in the order of the text, behind it, and leading back."""

from __future__ import annotations

import pytest

from hodie.factcheck.documents import document
from hodie.press import markdown

BODY = """\
He came in 1936.[^zweig] She stayed.[^b] He wrote.[^zweig]

[^b]: Her *letters*, <https://letters.example/12>.
[^zweig]: His diary.
"""


def test_a_mark_leads_to_its_note():
    """The mark is a link that says which note it names."""
    html = markdown.render(BODY)

    assert '1936.<sup><a href="#note-1" id="ref-1" role="doc-noteref" aria-label="Note 1"' in html
    assert '<li id="note-1"><p>His diary.' in html


def test_a_note_leads_back():
    """Each place that names a note has its own link back."""
    html = markdown.render(BODY)

    assert 'href="#ref-2" role="doc-backlink" aria-label="Back to the text of note 2"' in html
    assert 'id="ref-1-2"' in html
    assert 'href="#ref-1-2"' in html


def test_notes_are_numbered_as_the_text_names_them():
    """Neither the label nor the place of a note in the file counts."""
    html = markdown.render(BODY)

    assert html.index("His diary.") < html.index("letters")


def test_notes_stand_in_a_section_of_their_own():
    """They have a heading, in the story's language."""
    section = '<section role="doc-endnotes" aria-labelledby="notes"><h2 id="notes">'

    assert f"{section}Notes</h2>" in markdown.render(BODY)
    assert f"{section}Anmerkungen</h2>" in markdown.render(BODY, "de-AT")


@pytest.mark.parametrize("body", ["A price^[1] of [^1] old.", "x [^] y", "[^a b]: c"])
def test_what_names_no_note_stays_as_typed(body):
    """Without a note of that name, a mark is the signs that were typed."""
    assert "<sup>" not in markdown.render(body)
    assert "<section" not in markdown.render(body)


@pytest.mark.parametrize(
    "note", ["<script>alert(1)</script>", "[x](javascript:alert(1))", '<a id="top" role="x">y</a>']
)
def test_a_note_is_as_safe_as_the_text(note):
    """Markup in a note is cleaned like that of the text."""
    html = markdown.render(f"a[^1]\n\n[^1]: {note}")

    assert "<script" not in html
    assert 'href="javascript' not in html
    assert '<a id="top"' not in html


def test_the_opening_has_no_marks():
    """Previews and feeds begin with the words alone."""
    assert markdown.opening(BODY, 200) == "He came in 1936. She stayed. He wrote."


def test_the_fact_check_reads_past_notes():
    """What a note says of its source is no part of what happened when."""
    text = document(
        b"In 1940 he died.[^1] So it was.\n\n[^1]: Volkov, 1977.\n    The 1980 edition.\n\n"
        b"    Page 1990.\n\nIn 1941 it rained.\n",
        "x.md",
    ).text

    assert "1940" in text
    assert "1941" in text
    assert not any(year in text for year in ("1977", "1980", "1990"))
    assert "[" not in text
