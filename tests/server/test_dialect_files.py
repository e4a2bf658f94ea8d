"""The answers of others' APIs: as files, live, and over the wire."""

from __future__ import annotations

import asyncio
import datetime
import functools
import gzip
import json
import shutil
from pathlib import Path

import brotli
import pytest
from starlette.testclient import TestClient

from hodie.almanac import Entity, Entry, Kind, Participant, build
from hodie.dates import HistoricalDate, MonthDay
from hodie.press import Edition, Publication, create
from hodie.server import app
from hodie.server.desk import open_press

NOON = datetime.datetime(2026, 8, 20, 12, tzinfo=datetime.UTC)
TODAY = NOON.date()
FEED = "/feed/v1/wikipedia/en/onthisday"
ADDRESSES = [
    "/date",
    "/date/8/20",
    "/on-this-day/8/20/births.json",
    f"{FEED}/all/08/20",
    "/api/rest_v1/feed/onthisday/selected/08/20",
]


class DialectsAlone:
    """The APIs' answers without the pages beside them, which would take a test too long."""

    def __init__(self, folder: Path) -> None:
        self._press = open_press(folder)
        self.page, self.period = self._press.page, self._press.period

    def addresses(self, today):
        return self._press.dialects.addresses()


def entries():
    """Yield an event, a birth and a death of every day."""
    person = Entity("ann-example", "Ann Example", kind="person", wikipedia="Ann Example")
    part = (Participant(person, "subject"),)
    for day in MonthDay.all():
        date = HistoricalDate(1904, day.month, day.day)
        yield Entry(f"e:{day}", Kind.EVENT, date=date, day=day, title=f"What was on {day}")
        yield Entry(f"b:{day}", Kind.BIRTH, date=date, day=day, participants=part)
        yield Entry(f"d:{day}", Kind.DEATH, date=date, day=day, participants=part)


@pytest.fixture(scope="module")
def year(tmp_path_factory):
    """A publication with entries on every day, and an edition of the APIs' answers."""
    folder = create(tmp_path_factory.mktemp("year") / "publication", demo=False)
    build(Publication.load(folder).almanac_path, entries())
    Edition.write(folder, functools.partial(DialectsAlone, folder), TODAY, workers=1)
    return folder


@pytest.fixture(scope="module")
def client(year):
    return TestClient(app(year, lambda: NOON), follow_redirects=False)


def test_files_and_live_answers_are_the_same(year, tmp_path):
    """On all days, in all dialects, the file of an answer is what the server makes without it."""
    bare = shutil.copytree(year, tmp_path / "bare", ignore=shutil.ignore_patterns("*edition*"))
    edition, live = Edition.open(year), app(bare, lambda: NOON)

    async def compared():
        for address in edition:
            stored = edition.lookup(address)
            status, headers, body = await answered(live, address)
            assert (status, body) == (200, stored.path.read_bytes()), address
            assert headers[b"content-type"].decode() == stored.media_type
        return len(edition)

    # A day has one answer of muffinlabs', three of byabbe's, six of Wikimedia's twice.
    assert asyncio.run(compared()) == 1 + 366 * (1 + 3 + 2 * 6)


async def answered(site, address):
    """Ask an application for an address; return status, headers and body."""
    scope = {
        "type": "http",
        "method": "GET",
        "path": address,
        "query_string": b"",
        "headers": [],
        "scheme": "http",
        "server": ("x", 80),
        "root_path": "",
        "http_version": "1.1",
    }
    sent = []

    async def receive():
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message):
        sent.append(message)

    await site(scope, receive, send)
    return sent[0]["status"], dict(sent[0]["headers"]), sent[1]["body"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_answers_are_stored_compressed(year, client, address):
    """Each answer lies beside its compressed forms, which are sent as they lie."""
    stored = Edition.open(year).lookup(address)
    body, forms = stored.path.read_bytes(), stored.encoded

    assert set(forms) <= {"gzip", "br"}
    if forms:
        assert gzip.decompress(forms["gzip"].read_bytes()) == body
        assert brotli.decompress(forms["br"].read_bytes()) == body
    for name in forms:
        answer = client.get(address, headers={"accept-encoding": name})
        assert answer.headers["content-encoding"] == name
        assert answer.content == body


def test_both_addresses_of_the_feed_share_one_file(year):
    """The older address costs no room: its files are links to those of the other."""
    edition = Edition.open(year)
    one, other = (
        edition.lookup(f"{root}/all/08/20") for root in (FEED, "/api/rest_v1/feed/onthisday")
    )

    assert one.path.samefile(other.path)
    assert all(one.encoded[name].samefile(other.encoded[name]) for name in one.encoded)


@pytest.mark.parametrize(
    ("asked", "filed"),
    [
        ("/date/08/05", "/date/8/5"),
        ("/date/8/05", "/date/8/5"),
        ("/on-this-day/08/05/events.json", "/on-this-day/8/5/events.json"),
        (f"{FEED}/events/8/5", f"{FEED}/events/08/05"),
        ("/api/rest_v1/feed/onthisday/events/8/05", "/api/rest_v1/feed/onthisday/events/08/05"),
    ],
)
def test_zeros_do_not_matter(client, asked, filed):
    """A client that writes a day otherwise gets the same answer, without a detour."""
    assert client.get(asked).content == client.get(filed).content
    assert client.get(asked).headers["etag"] == client.get(filed).headers["etag"]


@pytest.mark.parametrize("address", [*ADDRESSES, "/date/2/30"])
def test_any_page_may_ask(client, address):
    """Pages of other sites may read the answers, and learn where the licences are."""
    headers = client.get(address).headers

    assert headers["access-control-allow-origin"] == "*"
    assert headers["link"] == '</sources/>; rel="license"'
    assert headers["content-type"].startswith("application/")


@pytest.mark.parametrize("address", ADDRESSES)
def test_pages_may_send_headers_of_their_own(client, address):
    """A browser that asks first, as for clients that name themselves in a header, is told yes."""
    answer = client.options(address, headers={"access-control-request-headers": "api-user-agent"})

    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["access-control-allow-headers"] == "*"


def test_a_script_of_a_day(client):
    """With a callback an answer is a script, and never the file."""
    plain, script = client.get("/date/8/20"), client.get("/date/8/20?callback=show")

    assert script.text == f"show({plain.text})"
    assert script.headers["content-type"] == "application/javascript; charset=utf-8"
    assert client.get("/date?callback=show").text == script.text
    assert client.get("/date/8/20?x=1").content == plain.content


def test_a_script_of_somebody_else(client):
    """What is no name of a function is refused with a problem object."""
    answer = client.get("/date/8/20", params={"callback": "alert(1)//"})

    assert (answer.status_code, answer.json()["status"]) == (400, 400)


@pytest.mark.parametrize(
    "address", ["/date/2/30", f"{FEED}/all/13/01", "/feed/v1/wikipedia/xx/onthisday/all/08/20"]
)
def test_problems(client, address):
    """What is not there is a problem object that nobody keeps."""
    answer = client.get(address)

    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["cache-control"] == "no-store"
    assert json.loads(answer.content)["uri"] == address


def test_today_turns_at_midnight(year):
    """The file of today is not taken for tomorrow's."""
    tomorrow = TestClient(app(year, lambda: NOON + datetime.timedelta(days=1)))

    assert tomorrow.get("/date").json()["date"] == "August 21"
    assert tomorrow.get("/date").content == tomorrow.get("/date/8/21").content
