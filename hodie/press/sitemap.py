"""The map of the site for search engines, in parts that they accept, and robots.txt."""

import xml.etree.ElementTree as ET
from collections.abc import Sequence

from hodie.press.page import Page
from hodie.press.publication import Publication

INDEX = "/sitemap.xml"
MEDIA_TYPE = "application/xml"
# The protocol allows 50,000 addresses and 50 MB a part.
MOST_URLS = 40_000
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def addresses(count: int) -> tuple[str, ...]:
    """Return the addresses of a map of `count` pages: one file, else an index and its parts.

    >>> addresses(100), addresses(90_000)[:2]
    (('/sitemap.xml',), ('/sitemap.xml', '/sitemap-1.xml'))
    """
    parts = -(-count // MOST_URLS)
    return (INDEX, *map(_part, range(1, parts + 1))) if parts > 1 else (INDEX,)


def page(publication: Publication, address: str, mapped: Sequence[str]) -> Page | None:
    """Return one file of the map of the addresses `mapped`; None where there is none such.

    No date of change is told: what can be known is when a file was written, not when the page
    last said something else, and engines stop trusting a site that mistakes the two.
    """
    known = addresses(len(mapped))
    if address not in known:
        return None
    if address == INDEX and len(known) > 1:
        return _file(publication, address, "sitemapindex", "sitemap", known[1:])
    start = 0 if address == INDEX else (known.index(address) - 1) * MOST_URLS
    return _file(publication, address, "urlset", "url", mapped[start : start + MOST_URLS])


def robots(publication: Publication) -> bytes:
    """Return robots.txt: everything is welcome but answers to searches, which never end."""
    lines = ("User-agent: *", "Disallow: /search?", "", f"Sitemap: {publication.url(INDEX)}", "")
    return "\n".join(lines).encode()


def _part(number: int) -> str:
    return f"/sitemap-{number}.xml"


def _file(
    publication: Publication, address: str, root: str, item: str, listed: Sequence[str]
) -> Page:
    tree = ET.Element(root, {"xmlns": _NAMESPACE})
    for each in listed:
        ET.SubElement(ET.SubElement(tree, item), "loc").text = publication.url(each)
    body = ET.tostring(tree, encoding="utf-8", xml_declaration=True)
    return Page(address, MEDIA_TYPE, body + b"\n")
