"""The API over HTTP: forms, headers, files, what other sites may do, and what is refused."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re

import pytest

from hodie.press import Edition, api

DAY = "/api/v1/days/08-20"
FORMS = {
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".csv": "text/csv",
    ".ndjson": "application/x-ndjson",
}
ADDRESSES = [
    "",
    "/",
    "/days/08-20",
    "/today",
    "/dates/1940-08-20",
    "/years/1940",
    "/entries/e:1940-08-20:647e955d7e",
    "/entities/leon-trotsky",
    "/entities/leon-trotsky/entries",
    "/search?q=trotsky",
    "/random",
    "/stories",
    "/stories/trotsky-assassinated",
    "/series",
    "/series/today-in-history",
    "/authors",
    "/almanac",
    "/openapi.json",
]


# Forms


@pytest.mark.parametrize("suffix", FORMS)
@pytest.mark.parametrize("address", ADDRESSES[2:-1])
def test_every_answer_has_four_forms(client, address, suffix):
    """The ending of an address names the form, for everything that is answered."""
    path, _, query = address.partition("?")
    answer = client.get(f"/api/v1{path}{suffix}?{query}")
    kind, _, _ = answer.headers["content-type"].partition(";")

    assert (answer.status_code, kind) == (200, FORMS[suffix])
    read(suffix, answer.text)


def read(suffix, text):
    """Read a text in its form; raises where it is not written so."""
    if suffix == ".csv":
        heads, *rows = csv.reader(io.StringIO(text, newline=""))
        assert all(len(row) == len(heads) for row in rows)
        return [dict(zip(heads, row, strict=True)) for row in rows]
    if suffix == ".ndjson":
        return [json.loads(line) for line in text.splitlines()]
    return json.loads(text)


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("*/*", "application/json"),
        ("", "application/json"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "application/json"),
        ("text/csv", "text/csv"),
        ("text/*", "text/csv"),
        ("application/ld+json;q=0.4, text/csv;q=0.5", "text/csv"),
        ("application/ld+json, application/json;q=0.9", "application/ld+json"),
        ("application/x-ndjson", "application/x-ndjson"),
        ("application/json;q=0, */*;q=0.1", "application/ld+json"),
        ("image/png", None),
        ("text/csv;q=0", None),
        ("nonsense", None),
    ],
)
def test_the_form_that_a_reader_likes_best(client, accept, media_type):
    """Without an ending the header Accept decides; what nobody can give is a 406."""
    answer = client.get(f"{DAY}?limit=1", headers={"accept": accept})

    assert "accept" in answer.headers["vary"].split(", ")
    if media_type is None:
        assert answer.status_code == 406
    else:
        assert answer.headers["content-type"].startswith(media_type)


def test_an_ending_is_stronger_than_the_header(client):
    """Whoever names the form in the address gets it."""
    answer = client.get(f"{DAY}.csv", headers={"accept": "application/json"})

    assert answer.headers["content-type"].startswith("text/csv")
    assert "accept" not in answer.headers["vary"].split(", ")


def test_the_forms_say_the_same(client):
    """The same entries come in every form, in the same order."""
    query = "?limit=30&kind=event"
    ids = [entry["id"] for entry in client.get(f"{DAY}.json{query}").json()["entries"]]
    lines = read(".ndjson", client.get(f"{DAY}.ndjson{query}").text)
    rows = read(".csv", client.get(f"{DAY}.csv{query}").text)
    linked = client.get(f"{DAY}.jsonld{query}").json()

    assert len(ids) == 30
    assert [line["id"] for line in lines] == ids
    assert [row["id"] for row in rows] == ids
    assert [item["identifier"] for item in linked["itemListElement"]] == ids


def test_a_row_has_the_facts(client):
    """A row of the table has the date, who took part, and references with their licences."""
    [row] = read(".csv", client.get("/api/v1/entries/e:1940-08-20:647e955d7e.csv").text)

    assert row["date.edtf"] == "1940-08-20"
    assert row["participants.id"].split("|")[0] == "leon-trotsky"
    assert row["references.licence"]


def test_a_list_goes_on_by_its_header(client):
    """The header Link says where a list goes on, in every form."""
    for suffix in ("", *FORMS):
        answer = client.get(f"{DAY}{suffix}?limit=3")
        found = re.fullmatch(r'<(/[^>]+)>; rel="next"', answer.headers["link"])
        assert found
        assert client.get(found[1]).status_code == 200


# Headers


@pytest.mark.parametrize("address", [*ADDRESSES, "/nowhere", "/days/02-30", "/days/08-20?kind=x"])
def test_any_site_may_read(client, address):
    """Every answer may be read by the pages of other sites, also a problem and a 304."""
    answer = client.get(f"/api/v1{address}")
    again = client.get(f"/api/v1{address}", headers={"if-none-match": answer.headers["etag"]})

    assert answer.headers["access-control-allow-origin"] == "*"
    assert again.headers["access-control-allow-origin"] == "*"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("address", ["/", "/on/08-20/", "/api/", "/search?q=x"])
def test_pages_stay_closed(client, address):
    """What is opened for the API is not opened for pages."""
    assert "access-control-allow-origin" not in client.get(address).headers


@pytest.mark.parametrize("address", ["", "/days/08-20", "/nowhere"])
def test_asking_first(client, address):
    """A browser that asks first hears what it may do."""
    answer = client.options(
        f"/api/v1{address}",
        headers={"origin": "https://other.example", "access-control-request-method": "GET"},
    )

    assert (answer.status_code, answer.content) == (204, b"")
    assert answer.headers["access-control-allow-methods"] == "GET, HEAD, OPTIONS"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"


@pytest.mark.parametrize("address", [each for each in ADDRESSES if each != "/random"])
@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_what_is_known_is_not_sent_again(client, address, encoding):
    """Each answer has an entity tag, and may be kept until midnight."""
    accept = {"accept-encoding": encoding}
    first = client.get(f"/api/v1{address}", headers=accept)
    again = client.get(
        f"/api/v1{address}", headers={**accept, "if-none-match": first.headers["etag"]}
    )

    assert first.headers["cache-control"] == "public, max-age=3600"
    assert (again.status_code, again.content) == (304, b"")


def test_chance_is_not_kept(client):
    """What comes by chance is another each time; by a number, it is the same."""
    first, second = client.get("/api/v1/random"), client.get("/api/v1/random")

    assert first.headers["cache-control"] == "no-store"
    assert first.content != second.content
    assert "max-age" in client.get("/api/v1/random?seed=7").headers["cache-control"]


def test_answers_are_compressed(client):
    """A reader who takes gzip gets a fifth of the bytes, under another tag."""
    plain = client.get(f"{DAY}?limit=30", headers={"accept-encoding": "identity"})
    packed = client.get(f"{DAY}?limit=30", headers={"accept-encoding": "gzip"})

    assert packed.headers["content-encoding"] == "gzip"
    assert packed.headers["etag"] != plain.headers["etag"]
    assert packed.content == plain.content
    assert int(packed.headers["content-length"]) * 4 < len(plain.content)


@pytest.mark.parametrize("address", ["/days/08-20", "/random?seed=1", "/nowhere", "/almanac.csv"])
def test_head(client, address):
    """HEAD has what GET has, but for the body."""
    got, head = client.get(f"/api/v1{address}"), client.head(f"/api/v1{address}")

    assert head.content == b""
    assert (head.status_code, head.headers) == (got.status_code, got.headers)


# Files


def test_files_are_what_is_answered_live(own_client, own, demo):
    """Every file of the API is what the server answers where there is no file, byte for byte."""
    edition = Edition.open(demo)
    (own / "edition").unlink()
    addresses = [address for address in edition if address.startswith("/api/v1/")]

    assert len(addresses) > 366 * 2
    for address in addresses:
        stored = edition.lookup(address)
        live = own_client.get(address, headers={"accept-encoding": "identity"})
        assert live.content == stored.path.read_bytes(), address
        assert live.headers["content-type"] == stored.media_type
        assert live.headers["access-control-allow-origin"] == "*"


def test_files_have_the_headers_of_live_answers(client, own_client, own):
    """A file is sent as the live answer is, but for its entity tag."""
    (own / "edition").unlink()
    gzip = {"accept-encoding": "gzip"}
    for address in ("/api/v1/days/08-20.json", "/api/v1/openapi.json", "/api/v1/stories.jsonld"):
        file, live = (each.get(address, headers=gzip).headers for each in (client, own_client))
        assert {**file, "etag": "", "content-length": "", "link": ""} == {
            **live, "etag": "", "content-length": "", "link": "",
        }  # fmt: skip


def test_files_are_compressed(demo):
    """The files of the API are stored compressed too."""
    stored = Edition.open(demo).lookup("/api/v1/days/08-20.json")

    assert gzip.decompress(stored.gz_path.read_bytes()) == stored.path.read_bytes()


def test_a_filter_is_never_answered_by_the_file(client):
    """A query asks for something else than the file has."""
    every = client.get(f"{DAY}.json").json()["entries"]
    births = client.get(f"{DAY}.json?kind=birth").json()["entries"]

    assert {entry["kind"] for entry in births} == {"birth"}
    assert {entry["kind"] for entry in every} != {"birth"}


def test_days_outlast_the_day(demo):
    """The files of days are not made anew each day; those of stories are."""
    records = Edition.open(demo).records

    assert records["/api/v1/days/08-20.json"].period == ""
    assert records["/api/v1/stories.json"].period == "2026-08-20"


def test_the_reference(client):
    """The reference is a page of the publication, with a link to what programs read."""
    answer = client.get("/api/")

    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert 'href="/api/v1/openapi.json"' in answer.text
    assert "<script" not in re.sub(r'<script src="/static/[^>]+></script>', "", answer.text)
    for path in client.get("/api/v1/openapi.json").json()["paths"]:
        assert f"/api/v1{path}" in answer.text
    assert client.get("/api").headers["location"] == "/api/"


# What is refused


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE", "BREW"])
def test_other_methods(client, method):
    """The API is for reading, and says so in its own form."""
    answer = client.request(method, DAY)

    assert answer.status_code == 405
    assert answer.headers["allow"] == "GET, HEAD, OPTIONS"
    assert answer.headers["content-type"] == api.MEDIA_TYPE


@pytest.mark.parametrize(
    ("address", "status"),
    [
        (f"/search?q={'a' * 8192}", 414),
        (f"/entities/{'a' * 2000}", 414),
        ("/search?q=%F0%9F", 400),
        ("/search?q=%zz", 400),
        ("/days/08-20?limit=0", 400),
        ("/days/%2e%2e/%2e%2e/hodie.toml", 404),
        ("/entities/%00", 400),
        ("/entities/a%2Fb", 404),
        ("/entities/%25", 404),
        ("/nowhere", 404),
        ("/almanac.db", 404),
    ],
)
def test_odd_requests(client, address, status):
    """What no client sends is told what is wrong, in a few words, and nothing is logged."""
    answer = client.get(f"/api/v1{address}")

    assert answer.status_code == status
    if answer.headers["content-type"] == api.MEDIA_TYPE:
        assert answer.json()["status"] == status
    assert len(answer.content) < 1_500
    assert answer.headers["cache-control"] == "no-store"


def test_odd_requests_are_no_faults(client, caplog):
    """Nothing that a client gets wrong is logged as an error."""
    for address in ("days/02-30", "days/08-20?kind=x", "search?q=%ff", "nowhere", "entities/%00"):
        client.get(f"/api/v1/{address}")

    assert caplog.records == []


@pytest.mark.parametrize("part", ["bytes=0-99", "bytes=-5", "bytes=999999-", "nonsense"])
@pytest.mark.parametrize("address", [DAY, f"{DAY}.json", "/on/08-20/"])
def test_parts_of_an_answer(client, address, part):
    """Whoever asks for a part gets the whole, and is told that there are no parts."""
    answer = client.get(address, headers={"range": part})

    assert answer.status_code == 200
    assert answer.headers["accept-ranges"] == "none"


def test_a_fault_is_a_problem(own_client, monkeypatch):
    """An answer that cannot be made is a short problem; what went wrong is for the log."""
    monkeypatch.setattr("hodie.press.api.answer", lambda *_: 1 / 0)
    client = own_client.__class__(own_client.app, raise_server_exceptions=False)
    answer = client.get(f"{DAY}?limit=1")

    assert answer.status_code == 500
    assert answer.headers["content-type"] == api.MEDIA_TYPE
    assert "Zero" not in answer.text
