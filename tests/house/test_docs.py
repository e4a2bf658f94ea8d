"""The documentation holds together: every link leads somewhere, every page can be found."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]
LINK = re.compile(r"\]\(([^)\s]+)\)")


def links(page: Path) -> list[str]:
    """List the links of a page to other files; what stands in code is none."""
    text = re.sub(r"```.*?```|`[^`\n]*`", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    return [link for link in LINK.findall(text) if not re.match(r"[a-z]+:|#", link)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page):
    """A link in the documentation leads to a file that is there."""
    broken = [link for link in links(page) if not (page.parent / link.split("#")[0]).exists()]

    assert broken == []


def test_every_page_is_listed():
    """The index lists every page."""
    listed = {(DOCS / link).resolve() for link in links(DOCS / "index.md")}

    assert [page for page in DOCS.rglob("*.md") if page not in listed | {DOCS / "index.md"}] == []
