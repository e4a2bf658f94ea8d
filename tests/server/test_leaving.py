"""What other sites and programs take: feeds of a filter, and who may read and frame what."""

from __future__ import annotations

import feedparser
import pytest

from hodie.server.openness import security_of

CLOSED = ["/", "/on/08-20/", "/search", "/stories/", "/embed/", "/oembedded", "/feed"]
OPEN = ["/feeds/today.atom", "/feeds/by/ada.json", "/calendar.ics", "/today.txt", "/oembed"]
FRAMED = ["/embed/on/08-20/", "/embed/today/", "/embed/stories/trotsky-assassinated/"]


def test_a_filter_s_feed_is_made_live(client):
    """Births of the last days are a feed, an item a day, that a reader's program takes."""
    answer = client.get("/feeds/any.atom?kind=birth&from=1900")
    read = feedparser.parse(answer.content, response_headers=dict(answer.headers))

    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/atom+xml"
    assert not read.bozo
    assert read.entries[0].id == f"tag:{_host(read)},2026-08-20:any?kind=birth&from=1900"


def _host(read):
    return read.feed.id.removeprefix("tag:").partition(",")[0]


@pytest.mark.parametrize("form", ["atom", "rss", "json"])
def test_a_filter_s_feed_has_every_form(client, form):
    """The forms are those of the other feeds."""
    assert client.get(f"/feeds/any.{form}?country=pl").status_code == 200


def test_a_slip_in_a_filter_is_named(client):
    """The answer says which parameter, and what would do; nothing of it is kept."""
    answer = client.get("/feeds/any.atom?kind=births")

    assert answer.status_code == 400
    assert answer.text == "kind: 'births' is none; did you mean 'birth'?\n"
    assert answer.headers["cache-control"] == "no-store"


def test_other_forms_are_nothing(client):
    """A form that no feed has is a page that is not there."""
    assert client.get("/feeds/any.xml?kind=birth").status_code == 404


def test_other_sites_may_read_feeds_and_nothing_else(client):
    """CORS is for what is made to be read elsewhere."""
    assert client.get("/feeds/today.json").headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-origin" not in client.get("/on/08-20/").headers


@pytest.mark.parametrize("address", [*OPEN, *FRAMED])
def test_what_is_open(address):
    """What other sites read says that they may."""
    assert dict(security_of(address))["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("address", CLOSED)
def test_what_is_closed(address):
    """The site's own pages stay its own."""
    headers = dict(security_of(address))

    assert "access-control-allow-origin" not in headers
    assert headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize("address", FRAMED)
def test_what_may_be_framed(address):
    """Only what is made for frames may be put into one."""
    headers = dict(security_of(address))

    assert "x-frame-options" not in headers
    assert "frame-ancestors *" in headers["content-security-policy"]
    assert "script-src 'self'" in headers["content-security-policy"]


@pytest.mark.parametrize("address", OPEN)
def test_what_is_read_is_not_framed(address):
    """To be read elsewhere is not to be framed there."""
    assert "frame-ancestors 'none'" in dict(security_of(address))["content-security-policy"]
