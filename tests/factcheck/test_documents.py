"""Stories as files: what is read, and that every place leads back."""

from __future__ import annotations

import contextlib
import io

import pytest

from hodie.factcheck import check
from hodie.factcheck.documents import DocumentError, document, read_document

CLAIM = "Friday, 20 August 1940"
FILES = {
    "plain.txt": f"One.\r\nIt was {CLAIM}.\r\n",
    "front.md": f"---\ndate: 1940-08-20\ntitle: Friday, 21 August 1940\n---\nIt was {CLAIM}.\n",
    "crlf.md": f"---\r\ndate: 1940-08-20\r\n---\r\nIt was {CLAIM}.\r\n",
    "link.md": f"[It](https://example.org/2020-01-01) was {CLAIM}.\n",
    "code.md": f"```\nFriday, 21 August 1940\n```\nIt was {CLAIM} <!-- Friday, 2 May 1940 -->.\n",
    "page.html": f"<html><head><title>x</title></head>\n<p>R&eacute;al &amp; <b>it</b> was {CLAIM}."
    "<script>Friday, 21 August 1940</script></p></html>",
}


@pytest.mark.parametrize("name", FILES)
def test_places_are_true_to_the_file(name):
    """The claim's place in the file holds the claim's words; nothing else is found."""
    source = FILES[name]
    story = document(source.encode(), name)
    [verdict] = [v for v in check(story.text, reference=story.date) if v.is_finding]
    start, end = story.place(verdict.claim.start), story.place(verdict.claim.end, end=True)

    assert source[start.offset : end.offset] == CLAIM
    assert story.line(start.line)[start.column - 1 : end.column - 1] == CLAIM


def test_emphasis_does_not_part_a_date():
    """Marks of emphasis between the words of a date are looked through."""
    source = "It was *Friday*, **20 August 1940**."
    story = document(source.encode(), "x.md")
    [verdict] = check(story.text)
    change = verdict.suggestion

    assert source[story.offset(change.start) : story.offset(change.end, end=True)] == "Friday"


def test_front_matter_gives_the_dateline():
    """The date of a story's front matter is its dateline; an interval's start counts."""
    assert document(b"---\ndate: 1940-08-20\n---\n", "x.md").date.edtf == "1940-08-20"
    assert document(b"---\ndate: 1940-08-20/1940-08-21\n---\n", "x.md").date.edtf == "1940-08-20"
    assert document(b"---\ndate: 1940\n---\n", "x.md").date is None
    assert document(b"---\n: [\n---\n", "x.md").date is None


def test_word_files():
    """The paragraphs of a Word file are its lines."""
    docx = pytest.importorskip("docx")
    written = docx.Document()
    written.add_paragraph("One.")
    paragraph = written.add_paragraph("It was ")
    paragraph.add_run("Friday").bold = True
    paragraph.add_run(", 20 August 1940.")
    buffer = io.BytesIO()
    written.save(buffer)
    story = document(buffer.getvalue(), "x.docx")
    [verdict] = check(story.text)
    place = story.place(verdict.claim.start)

    assert (place.line, place.column) == (2, 8)


@pytest.mark.parametrize("name", ["x.docx", "x.md", "x.txt", "x.html"])
@pytest.mark.parametrize("data", [b"", b"\0\1\2", b"PK\3\4rubbish", b"\xff\xfe\0", b"\xed\xa0\x80"])
def test_any_bytes_end_in_text_or_a_plain_error(name, data):
    """Whatever is in a file, it is read or refused by name."""
    with contextlib.suppress(DocumentError):
        check(document(data, name).text)


def test_a_missing_file_is_named(tmp_path):
    """What is not there is said so, with its path."""
    with pytest.raises(DocumentError, match=r"nothing\.md: no such file"):
        read_document(tmp_path / "nothing.md")


def test_unclosed_markup_is_no_trap():
    """HTML that never closes what it skips, or Markdown that never ends its code, is read."""
    assert document(b"<script>x" + b"<p>" * 1000, "x.html").text == ""
    assert document(b"```\n" + b"x" * 1000, "x.md").text.strip() == ""
