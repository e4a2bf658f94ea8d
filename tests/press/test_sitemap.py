"""The map of the site and robots.txt."""

from __future__ import annotations

import pytest
from lxml import etree

from hodie.press import sitemap

LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def locations(page):
    root = etree.fromstring(page.body)
    return etree.QName(root).localname, [each.text for each in root.iter(LOC)]


def test_small_site_has_one_map(publication):
    """A few pages are listed in one file."""
    made = sitemap.page(publication, "/sitemap.xml", ["/", "/about/józef-&/"])

    assert sitemap.addresses(2) == ("/sitemap.xml",)
    assert made.media_type == "application/xml"
    assert locations(made) == (
        "urlset",
        ["https://almanac.example/", "https://almanac.example/about/j%C3%B3zef-&/"],
    )


def test_large_site_has_an_index_and_parts(publication, monkeypatch):
    """Many pages are listed in parts, each page once."""
    monkeypatch.setattr(sitemap, "MOST_URLS", 2)
    pages = [f"/{n}/" for n in range(5)]

    known = sitemap.addresses(5)

    assert known == ("/sitemap.xml", "/sitemap-1.xml", "/sitemap-2.xml", "/sitemap-3.xml")
    name, parts = locations(sitemap.page(publication, known[0], pages))
    assert name == "sitemapindex"
    assert parts == [publication.url(each) for each in known[1:]]
    listed = [
        each for part in known[1:] for each in locations(sitemap.page(publication, part, pages))[1]
    ]
    assert listed == [publication.url(each) for each in pages]


@pytest.mark.parametrize("count", [0, 1, 39_999, 40_000])
def test_parts_stay_below_the_protocols_limit(count):
    """No file lists more than 50,000 addresses."""
    assert sitemap.addresses(count) == ("/sitemap.xml",)
    assert sitemap.MOST_URLS <= 50_000
    assert len(sitemap.addresses(40_001)) == 3


@pytest.mark.parametrize("address", ["/sitemap-1.xml", "/sitemap-0.xml", "/sitemap-x.xml"])
def test_there_are_no_other_parts(publication, address):
    """A part that is not needed is none."""
    assert sitemap.page(publication, address, ["/"]) is None


def test_robots_are_shown_the_map(publication):
    """Robots may read all but searches, and learn where the map is."""
    lines = sitemap.robots(publication).decode().splitlines()

    assert lines[:2] == ["User-agent: *", "Disallow: /search?"]
    assert "Sitemap: https://almanac.example/sitemap.xml" in lines
