"""Damaged pages are read so far as they can be, or refused; they never crash a reader."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hodie.sources import SourceError
from hodie.sources.wikipedia import DayPage, read_page
from hodie.sources.wikipedia.grammar import language, languages

PAGES = Path(__file__).with_name("pages")
REAL = Path(__file__).parents[4] / "shared" / "data" / "day-pages"


def inputs() -> Iterator[tuple[str, Path]]:
    """The pages here and, where they are, the two real ones."""
    yield from ((tag, PAGES / f"{tag}.html") for tag in languages())
    yield from ((file.name[:2], file) for file in sorted(REAL.glob("*.html")))


def damaged(html: bytes, random: random.Random) -> bytes:
    """Flip some bits, cut a piece out, or cut the end off."""
    changed = bytearray(html)
    for _ in range(random.randint(1, 200)):
        changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    if random.random() < 0.3:
        start = random.randrange(len(changed))
        del changed[start : start + random.randrange(2000)]
    return bytes(changed[: random.randrange(len(changed))] if random.random() < 0.2 else changed)


def read_or_refused(html: bytes, tag: str) -> DayPage | None:
    try:
        return read_page(html, language(tag))
    except SourceError:
        return None


@pytest.mark.parametrize(("tag", "file"), list(inputs()), ids=lambda value: str(value)[-12:])
def test_flipped_bits(tag, file):
    """A page whose bytes were changed gives items or an error, and its words stay words."""
    html, chance = file.read_bytes(), random.Random(f"{tag} {file.name}")
    for _ in range(12):
        page = read_or_refused(damaged(html, chance), tag)
        for item in (*page.events, *page.births, *page.deaths, *page.holidays) if page else ():
            assert item.text.strip()
            assert "\0" not in item.text
            item.text.encode()


def test_one_broken_item_does_not_take_the_others_along():
    """A byte that is no UTF-8 shows as such, and what follows it is read as it was written."""
    html = (PAGES / "de.html").read_bytes().replace(b"Rom<", b"R\xffm<")

    page = read_page(html, language("de"))

    assert page.events[0].text == "In R\ufffdm wird eine Mauer geflickt."
    assert page.events[2].pages == ("Brücke_(Bauwerk)",)


@settings(max_examples=50)
@given(st.recursive(st.sampled_from(["1940 – A", "<b>", "<li>", "</ul>", "<dd>", "<a href='./%'>",
    "<span data-mw-variant='[' typeof='mw:LanguageVariant'>", "&#0;", "<h3>", "<table>"]),
    lambda parts: st.lists(parts, max_size=8).map("<ul><li>".join), max_leaves=60))  # fmt: skip
def test_any_markup_can_be_read(markup):
    """Lists that are never closed, stray tags and broken attributes are markup as well."""
    html = f"<body><h2>Events</h2>{markup}</body>"

    assert read_page(html.encode(), language("en"))


@pytest.mark.parametrize("inner", ["<ul><li>1940", "<div>", "<b>", "<dl><dd>1940", "<ul>"])
def test_a_page_nested_without_end(inner):
    """A page that nests thousands deep ends neither the stack nor the patience."""
    html = f"<body><h2>Events</h2>{inner * 5000}1940 – A</body>"

    assert read_page(html.encode(), language("en"))
