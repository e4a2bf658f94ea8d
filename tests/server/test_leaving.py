"""What other sites and programs take: feeds of a filter, and who may read and frame what."""

from __future__ import annotations

import datetime

import feedparser
import pytest

from hodie.press import Edition
from hodie.server.desk import open_press
from hodie.server.openness import security_of

NOON = datetime.datetime(2026, 8, 20, 12, tzinfo=datetime.UTC)
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


FILES = [
    "/feeds/today.atom",
    "/feeds/today.rss",
    "/feeds/stories.json",
    "/feeds/by/history-desk.atom",
    "/feeds/series/today-in-history.rss",
    "/calendar.ics",
    "/calendars/stories.ics",
    "/embed/",
    "/embed/today.js",
    "/embed/today/",
    "/embed/on/08-20/",
    "/embed/on/08-20.json",
    "/embed/on/08-20/oembed.json",
    "/embed/stories/trotsky-assassinated/",
    "/today.txt",
    "/today.md",
]


@pytest.mark.parametrize("address", FILES)
def test_a_file_is_what_would_be_rendered(client, demo, address):
    """Files and live answers are the same bytes, and every file is of the edition."""
    stored = Edition.open(demo).lookup(address)
    live = open_press(demo).page(address, NOON.date())

    assert stored.path.read_bytes() == live.body == client.get(address).content
    assert stored.media_type == live.media_type


def test_every_day_s_file_is_what_would_be_rendered(demo):
    """The 366 days of embeds, and the cards, are files that the press makes alike."""
    edition, press = Edition.open(demo), open_press(demo)
    days = [each for each in edition if each.startswith(("/embed/on/", "/cards/on/08"))]

    assert len(days) == 3 * 366 + 31
    assert [
        address
        for address in days
        if edition.lookup(address).path.read_bytes() != press.page(address, NOON.date()).body
    ] == []


def test_a_query_is_not_answered_from_the_file(client):
    """A frame that somebody chose is another page than the file of its address."""
    file, chosen = client.get("/embed/on/08-20/"), client.get("/embed/on/08-20/?kinds=birth")

    assert file.content != chosen.content
    assert "frame-ancestors *" in chosen.headers["content-security-policy"]
    assert client.get("/embed/on/08-20/?kinds=x").status_code == 400


def test_oembed_is_asked_by_address(client, demo):
    """The endpoint answers for the site's own pages, and for no others."""
    base = open_press(demo).publication.base_url
    told = client.get("/oembed", params={"url": f"{base}/on/08-20/", "maxwidth": "300"})

    assert told.json()["width"] == 300
    assert told.headers["content-type"] == "application/json"
    assert client.get("/oembed", params={"url": "https://x.example/"}).status_code == 404
    assert client.get("/oembed").status_code == 400
    assert client.get("/oembed", params={"url": base, "format": "xml"}).status_code == 501


def test_a_filter_s_calendar_is_made_live(client):
    """The calendar of a filter is one, and says what it is."""
    answer = client.get("/calendars/any.ics?kind=holiday")

    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert b"RRULE:FREQ=YEARLY" in answer.content
    assert client.get("/calendars/any.ics?kind=holidays").status_code == 400


def test_no_answer_sets_a_cookie(client):
    """Nothing that leaves the house marks whoever takes it."""
    assert [each for each in FILES if "set-cookie" in client.get(each).headers] == []


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
