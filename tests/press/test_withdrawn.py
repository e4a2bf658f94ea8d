"""A withdrawn story: its page says so, and nothing else names it."""

from __future__ import annotations

import datetime
import functools
from pathlib import Path

import pytest

from hodie.press import Edition, StoryError, Withdrawal, parse_story
from hodie.press.publication import Publication
from hodie.server.desk import open_press

TODAY = datetime.date(2026, 8, 20)
ID = "trotsky-assassinated"
FRONT = "withdrawn:\n  date: 2026-08-19\n  note: It rested on a forged letter.\n---\n"


@pytest.fixture
def without(own: Path) -> Path:
    """The demo, with its story of the day withdrawn."""
    file = own / "stories" / f"{ID}.md"
    head, fence, rest = file.read_text("utf-8").removeprefix("---\n").partition("---\n")
    file.write_text(f"---\n{head}{FRONT}{rest}", "utf-8")
    assert fence
    return own


def test_its_page_is_gone_and_says_why(without):
    """The page has the headline and the note, none of the text, and status 410."""
    page = open_press(without).page(f"/stories/{ID}/", TODAY)

    text = page.body.decode()
    assert page.status == 410
    assert "This story was withdrawn." in text
    assert "It rested on a forged letter." in text
    assert "Mercader" not in text


def test_nothing_else_names_it(without):
    """No page, feed or map of the edition leads to a withdrawn story."""
    press = open_press(without)
    pages = {address: press.page(address, TODAY) for address in press.addresses(TODAY)}

    told = [address for address, page in pages.items() if ID in page.body.decode("utf-8", "ignore")]
    # The API's reference has an id of this form as its example, of whichever publication.
    assert [each for each in told if not each.startswith("/api/")] == [f"/stories/{ID}/"]


def test_the_edition_keeps_its_status(without):
    """A server that answers from the edition's files finds the status in its manifest."""
    Edition.write(without, functools.partial(open_press, without), TODAY, workers=1)

    assert Edition.open(without).lookup(f"/stories/{ID}/").status == 410


def test_a_file_beside_its_page_tells_web_servers(without):
    """By it a server of files alone knows to answer the page with 410."""
    press = open_press(without)

    assert press.page(f"/stories/{ID}/410.txt", TODAY).body == b"410\n"
    assert f"/stories/{ID}/410.txt" in set(press.addresses(TODAY))


def test_its_file_says_the_same_again(without):
    """A withdrawal is read from front matter and written as it was read."""
    publication = Publication.load(without)
    file = Path(f"{ID}.md")
    story = parse_story((without / "stories" / file).read_bytes(), publication, file)

    assert story.withdrawn == Withdrawal(
        datetime.date(2026, 8, 19), "It rested on a forged letter."
    )
    assert parse_story(story.to_markdown().encode(), publication, file) == story


@pytest.mark.parametrize("front", ["withdrawn: true", "withdrawn: {date: 2026-08-19}"])
def test_a_withdrawal_says_when_and_why(demo, front):
    """A withdrawal without its date or note is refused."""
    content = f"---\nheadline: x\ndate: 1940\n{front}\n---\n".encode()

    with pytest.raises(StoryError, match=r"withdrawn"):
        parse_story(content, Publication.load(demo), Path("x.md"))
