"""The site: files, live pages, one address for each page, and short words for odd requests."""

from __future__ import annotations

import asyncio
import datetime
import gzip
import re
import shutil
from pathlib import Path

import pytest

from hodie.press import Edition
from hodie.server import app

FILES = ["/on/08-20/", "/on/1940-08-20/", "/about/leon-trotsky/", "/stories/", "/robots.txt"]
HTML = "text/html; charset=utf-8"


def raw(site, path, *, method="GET", query=b"", headers=()):
    """Ask an application without a client that would tidy the address; return status and body."""
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": query,
        "headers": list(headers),
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 8000),
    }
    sent = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.append(message)

    asyncio.run(site(scope, receive, send))
    return sent[0]["status"], dict(sent[0]["headers"]), sent[1]["body"]


# Files


@pytest.mark.parametrize("address", FILES)
def test_files_are_those_of_the_edition(client, demo, address):
    """What the edition holds is sent byte for byte."""
    stored = Edition.open(demo).lookup(address)
    answer = client.get(address, headers={"accept-encoding": "identity"})

    assert answer.status_code == 200
    assert answer.content == stored.path.read_bytes()
    assert answer.headers["etag"] == stored.etag
    assert answer.headers["content-type"] == stored.media_type


def test_compressed_files_are_sent_as_stored(demo):
    """A reader who takes gzip gets the compressed file, under an entity tag of its own."""
    stored = Edition.open(demo).lookup("/on/08-20/")
    status, headers, body = raw(
        app(demo), "/on/08-20/", headers=[(b"accept-encoding", b"gzip, br;q=0.5")]
    )

    assert status == 200
    assert body == stored.gz_path.read_bytes()
    assert gzip.decompress(body) == stored.path.read_bytes()
    assert headers[b"content-encoding"] == b"gzip"
    assert headers[b"etag"].decode() == stored.etag_of("gzip")
    assert headers[b"vary"] == b"accept-encoding"


@pytest.mark.parametrize("accepted", ["identity", "zstd", "gzip;q=0, br;q=0", ""])
def test_readers_of_neither_form_get_the_plain_file(client, accepted):
    """Compression is for those who ask for it."""
    answer = client.get("/on/08-20/", headers={"accept-encoding": accepted})

    assert "content-encoding" not in answer.headers
    assert answer.headers["vary"] == "accept-encoding"


@pytest.mark.parametrize("address", ["/on/08-20/", "/search?q=trotsky", "/?tz=Asia/Tokyo"])
@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_what_a_reader_has_is_not_sent_again(client, address, encoding):
    """A known entity tag is answered by 304, without a body, with the headers that renew it."""
    accept = {"accept-encoding": encoding}
    first = client.get(address, headers=accept)
    again = client.get(address, headers={**accept, "if-none-match": first.headers["etag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["etag"] == first.headers["etag"]
    assert again.headers["cache-control"] == first.headers["cache-control"]
    assert "content-length" not in again.headers


@pytest.mark.parametrize(
    ("known", "status"),
    [("*", 304), ('"other"', 200), ("W/{etag}", 304), ('"a", {etag}', 304), ("", 200)],
)
def test_entity_tags_are_compared_weakly(client, known, status):
    """Any of the listed tags will do, weak or strong, and so will a star."""
    etag = client.get("/on/08-20/").headers["etag"]
    answer = client.get("/on/08-20/", headers={"if-none-match": known.format(etag=etag)})

    assert answer.status_code == status


def test_the_tag_of_another_encoding_is_another(client):
    """The plain page is not taken for the compressed one."""
    plain = client.get("/on/08-20/", headers={"accept-encoding": "identity"}).headers["etag"]
    packed = client.get("/on/08-20/", headers={"accept-encoding": "gzip", "if-none-match": plain})

    assert packed.status_code == 200


@pytest.mark.parametrize("address", ["/on/08-20/", "/", "/search?q=x", "/nowhere", "/on/8-20"])
def test_head_is_get_without_a_body(client, address):
    """HEAD has the status and the headers of GET."""
    got, head = client.get(address), client.head(address)

    assert head.content == b""
    assert head.status_code == got.status_code
    assert head.headers == got.headers


# Live pages


def test_the_front_is_today(client):
    """The front page is the day of the publication's clock and zone."""
    answer = client.get("/")

    assert answer.status_code == 200
    assert answer.headers["content-type"] == HTML
    assert '<span class="numeral">20</span>' in answer.text


@pytest.mark.parametrize(
    ("time", "zone", "numeral"),
    [
        ("2026-08-20T12:00", "Asia/Tokyo", "20"),
        ("2026-08-20T15:30", "Asia/Tokyo", "21"),
        ("2026-08-20T03:00", "America/Los_Angeles", "19"),
        ("2026-08-20T23:59", "", "20"),
        ("2026-08-21T00:00", "", "21"),
    ],
)
def test_today_is_that_of_the_zone(clocked, clock, time, zone, numeral):
    """A reader may ask for the day of another time zone; the publication's is the default."""
    clock.time = datetime.datetime.fromisoformat(f"{time}+00:00")
    answer = clocked.get("/", params={"tz": zone} if zone else {})

    assert f'<span class="numeral">{numeral}</span>' in answer.text


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../../etc/passwd", "europe/london", "\0", "<b>"])
def test_a_zone_that_is_none(client, zone):
    """A zone that is not in the list is a short 400 that says so, and shows no path."""
    answer = client.get("/", params={"tz": zone})

    assert answer.status_code == 400
    assert "no time zone" in answer.text
    assert "hodie.toml" not in answer.text
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"


def test_search_is_live(client):
    """A search is answered with a page of hits."""
    answer = client.get("/search", params={"q": "trotsky"})

    assert answer.status_code == 200
    assert 'href="/about/leon-trotsky/"' in answer.text


@pytest.mark.parametrize(
    "query", ["", "q=", "q=%00", "q=%F0%9F", "q=a&q=b", "start=x&q=a", "q=%22*("]
)
def test_odd_searches_are_pages_too(client, query):
    """Nothing that a reader types breaks the search."""
    answer = client.get(f"/search?{query}")

    assert answer.status_code == 200
    assert answer.headers["content-type"] == HTML


def test_searched_words_are_escaped(client):
    """A query is text on the page, never markup."""
    answer = client.get("/search", params={"q": "<script>alert(1)</script>"})

    assert "<script>alert" not in answer.text


def test_pages_beside_the_edition_are_rendered(own_client, own):
    """Without an edition the same pages come from the press."""
    before = own_client.get("/on/08-20/")
    (own / "edition").unlink()
    after = own_client.get("/on/08-20/")

    assert after.status_code == 200
    assert after.text == before.text


def test_a_page_of_a_past_period_is_rendered_anew(clocked, demo, clock):
    """A day's page of last year's edition does not stay last year's."""
    stored = Edition.open(demo).lookup("/on/08-20/").path.read_text()

    assert clocked.get("/on/08-20/").text == stored
    clock.time = clock.time.replace(year=2027)
    assert clocked.get("/on/08-20/").text != stored


# Addresses


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("/on/8-20", "/on/08-20/"),
        ("/on/08-20", "/on/08-20/"),
        ("/On/08-20/", "/on/08-20/"),
        ("/on/1940-8-20?x=1", "/on/1940-08-20/?x=1"),
        ("/about/Leon-Trotsky", "/about/leon-trotsky/"),
        ("/search/?q=a+b", "/search?q=a+b"),
        ("/year/1940", "/year/1940/"),
        ("/on/08-20/index.html", "/on/08-20/"),
    ],
)
def test_every_page_has_one_address(client, typed, address):
    """Another way to write an address leads to the right one, for good."""
    answer = client.get(typed)

    assert (answer.status_code, answer.headers["location"]) == (301, address)


def test_a_redirect_never_leaves_the_site(demo):
    """Two slashes at the start would name another host."""
    _, headers, _ = raw(app(demo), "//evil.example/on/")

    assert headers.get(b"location", b"/evil.example/on/") == b"/evil.example/on/"


def test_a_redirect_cannot_carry_a_header(demo):
    """A line break in an address is no address."""
    status, headers, _ = raw(app(demo), "/about/X\r\nset-cookie: a=b")

    assert (status, b"set-cookie" in headers) == (400, False)


@pytest.mark.parametrize(
    ("address", "offers"),
    [
        ("/on/02-30/", ["/on/02-29/", "/on/03-01/"]),
        ("/on/13-05/", ["/on/05-13/", "/on/12-05/", "/on/01-05/"]),
        ("/on/04-31/", ["/on/04-30/", "/on/05-01/"]),
        ("/on/00-00/", ["/on/12-01/", "/on/01-01/"]),
        ("/on/1900-02-29/", ["/on/1900-02-28/", "/on/1900-03-01/"]),
        ("/on/1940-02-30/", ["/on/1940-02-29/", "/on/1940-03-01/"]),
    ],
)
def test_a_day_that_is_none_offers_the_nearest(client, address, offers):
    """A day that no calendar has is a 404 page with links to those beside it."""
    answer = client.get(address)
    links = re.findall(r'href="(/on/[^"]+/)"', answer.text.partition("<main")[2])

    assert answer.status_code == 404
    assert answer.headers["content-type"] == HTML
    assert links[: len(offers)] == offers


@pytest.mark.parametrize(
    "address",
    [
        "/nowhere",
        "/about/nobody-at-all/",
        "/on/easter/",
        "/year/99999/",
        "/static/x.css",
        "/on/1/2/3/4",
    ],
)
def test_what_is_nowhere_is_a_page(client, address):
    """An address without a page is answered by one that leads on."""
    answer = client.get(address)
    answer = client.get(answer.headers["location"]) if answer.is_redirect else answer

    assert answer.status_code == 404
    assert answer.headers["content-type"] == HTML
    assert answer.headers["cache-control"] == "no-store"


# What no browser asks


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/../hodie.toml", 404),
        ("/on/../../hodie.toml", 404),
        ("/static/../../hodie.toml", 404),
        ("/./", 404),
        ("/%zz", 400),
        ("/\N{REPLACEMENT CHARACTER}", 400),
        ("/a\0b", 400),
        ("/a\nb", 400),
        ("/\\..\\x", 404),
        ("/.editions/", 404),
        ("/hodie.toml", 404),
        ("/almanac.db", 404),
        ("/on/08-20/index.html.gz", 404),
        ("/" + "a" * 2000, 414),
    ],
)
def test_odd_paths(demo, path, status):
    """A path that is none, or that leads out of the edition, is answered in a few words."""
    assert raw(app(demo), path)[0] == status


def test_a_query_without_end(demo):
    """Eight kilobytes of query are too many."""
    status, _, body = raw(app(demo), "/search", query=b"q=" + b"a" * 8192)

    assert (status, len(body) < 100) == (414, True)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"])
@pytest.mark.parametrize("path", ["/", "/on/08-20/", "/search", "/nowhere"])
def test_other_methods(demo, method, path):
    """The site is for reading."""
    status, headers, _ = raw(app(demo), path, method=method)

    assert (status, headers[b"allow"]) == (405, b"GET, HEAD")


# Headers


@pytest.mark.parametrize("address", ["/", "/on/08-20/", "/search?q=x", "/nowhere", "/on/8-20"])
def test_security_headers(client, address):
    """Every answer says what a browser may do with it."""
    headers = client.get(address).headers

    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"


@pytest.mark.parametrize(
    ("time", "age"), [("12:00:00", 3600), ("23:30:00", 1800), ("23:59:59", 1), ("00:00:00", 3600)]
)
@pytest.mark.parametrize("address", ["/", "/on/08-20/", "/search?q=x", "/feeds/today.atom"])
def test_nothing_is_kept_past_midnight(clocked, clock, address, time, age):
    """What changes with the day may be kept until the publication's midnight, an hour at most."""
    clock.time = datetime.datetime.fromisoformat(f"2026-08-20T{time}+00:00")

    assert clocked.get(address).headers["cache-control"] == f"public, max-age={age}"


def test_midnight_is_that_of_the_readers_zone(clocked, clock):
    """A page for another zone may be kept until midnight there."""
    clock.time = datetime.datetime.fromisoformat("2026-08-20T14:50+00:00")

    answer = clocked.get("/", params={"tz": "Asia/Tokyo"})
    assert answer.headers["cache-control"] == "public, max-age=600"


def test_digested_files_are_kept_for_good(client, demo):
    """A name that holds the digest of its file never means another."""
    [sheet] = [a for a in Edition.open(demo) if re.fullmatch(r"/static/hodie\..*\.css", a)]

    assert "immutable" in client.get(sheet).headers["cache-control"]


# Changes while the server runs


def test_a_new_edition_is_followed(own_client, own):
    """The switch of the link is seen at the next request."""
    store = own / ".editions"
    [old] = [path for path in store.iterdir() if path.name.startswith("2026")]
    address = "/on/08-20/"
    before = own_client.get(address).text
    new = Path(shutil.copytree(old, store / "2026-08-20.9"))
    page = new / "site" / "on" / "08-20" / "index.html"
    page.unlink()
    page.write_text(before.replace("20", "twenty"))
    fresh = store / ".link"
    fresh.symlink_to(".editions/2026-08-20.9/site")
    fresh.replace(own / "edition")

    assert own_client.get(address, headers={"accept-encoding": "identity"}).text != before


def test_a_slip_in_the_settings_takes_nothing_down(own_client, own, caplog):
    """What was opened last goes on, and the log says why."""
    (own / "hodie.toml").write_text("name = ")
    answer = own_client.get("/search?q=trotsky")

    assert answer.status_code == 200
    assert "hodie.toml" in caplog.text


def test_new_settings_are_followed(own_client, own):
    """A changed name shows on the next page that is rendered."""
    settings = (own / "hodie.toml").read_text()
    (own / "hodie.toml").write_text(settings.replace('"Today in History"', '"Heute"', 1))

    assert "Heute" in own_client.get("/search?q=x").text


def test_a_fault_is_not_shown(own_client, own, monkeypatch):
    """A page that cannot be made is a short 500; what went wrong is for the log."""
    monkeypatch.setattr("hodie.press.Press.page", lambda *_: 1 / 0)
    client = own_client.__class__(own_client.app, raise_server_exceptions=False)
    answer = client.get("/about/leon-trotsky/nowhere/")

    assert answer.status_code == 500
    assert "Zero" not in answer.text
