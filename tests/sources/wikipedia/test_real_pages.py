"""Two real pages, held against what Wikimedia's own service takes from them."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import unquote

import pytest

from hodie.almanac import Kind
from hodie.sources.wikipedia import DayItem, DayPage, read_page
from hodie.sources.wikipedia.grammar import language

FOLDER = Path(__file__).parents[4] / "shared" / "data" / "day-pages"
PAGES = {"en": "en.December_1", "de": "de.1._Dezember"}
CASES = [(tag, kind) for tag in PAGES for kind in Kind]

pytestmark = pytest.mark.skipif(
    not FOLDER.is_dir(), reason="the real pages are not here (../shared/data/day-pages)"
)


@pytest.fixture(scope="module")
def pages() -> dict[str, DayPage]:
    return {
        tag: read_page((FOLDER / f"{name}.html").read_bytes(), language(tag))
        for tag, name in PAGES.items()
    }


def expected(tag: str, kind: Kind) -> dict[tuple[int | None, str], set[str]]:
    """What the service takes: the linked pages by year, made astronomical, and words."""
    items = json.loads((FOLDER / f"{PAGES[tag]}.{kind.value}s.json").read_text(encoding="utf-8"))
    own = PAGES[tag].partition(".")[2]
    return {
        (_astronomical(item.get("year")), _words(item["text"])): {
            unquote(page) for page in item["pages"] if page != own
        }
        for item in items
    }


def _astronomical(year: int | None) -> int | None:
    return year + 1 if year is not None and year < 0 else year


def _words(text: str) -> str:
    return " ".join(text.split())


def found(items: tuple[DayItem, ...]) -> dict[tuple[int | None, str], set[str]]:
    return {(item.year, _words(item.text)): set(item.pages) for item in items}


@pytest.mark.parametrize(("tag", "kind"), CASES)
def test_all_that_the_service_takes_is_found(pages, tag, kind):
    """Each item with its year, words and pages; titles decoded, marks of references left out.

    The service keeps a link to the page itself that is a reference's mark, and writes quotation
    marks in titles as %22.
    """
    told = found(pages[tag].of(kind))

    assert {key: told.get(key) for key in expected(tag, kind)} == expected(tag, kind)


@pytest.mark.parametrize(("tag", "kind"), CASES)
def test_nothing_else_is_found(pages, tag, kind):
    """On these two pages the service loses nothing, so there is nothing more."""
    assert len(pages[tag].of(kind)) == len(expected(tag, kind))
    assert pages[tag].left_out == ()


def test_the_pages_say_where_they_come_from(pages):
    """Title, day and revision are those of the pages."""
    assert [(page.title, page.day, page.revision) for page in pages.values()] == [
        ("December 1", "12-01", "800721253"),
        ("1. Dezember", "12-01", "169681689"),
    ]
