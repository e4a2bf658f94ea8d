"""Lists in parts: every item once, whatever the order, the filter and the size of a part."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

import pytest

from hodie.press.api.cursors import cursor, places
from hodie.press.api.gathering import backwards, gather, listed
from hodie.press.api.problem import ProblemError


def all_parts(given, address, query):
    """Follow a list to its end; return its parts."""
    parts = []
    while True:
        answer = json.loads(given(address, query).body)
        parts.append(answer)
        if "next" not in answer:
            return parts
        query = urlsplit(answer["next"]).query


@pytest.mark.parametrize(
    ("query", "written"),
    [
        ("limit=2", "limit=2"),
        ("kind=birth%2Cdeath&limit=2", "kind=birth,death&limit=2"),
        ("&l%69mit=2&&sort=year", "limit=2&sort=year"),
    ],
)
def test_the_next_address_says_the_query_again(asked, query, written):
    """However a query is escaped, the addresses of its parts are written alike."""
    part = asked("days/08-20", query)
    following, _, cursor = part["next"].rpartition("&cursor=")
    next_part = asked("days/08-20", f"{query}&cursor={cursor}")

    assert part["url"].endswith(f"/api/v1/days/08-20?{written}")
    assert following == f"/api/v1/days/08-20?{written}"
    assert next_part["url"] == part["url"]


@pytest.mark.parametrize("address", ["days/08-20", "years/1940", "entities/leon-trotsky/entries"])
@pytest.mark.parametrize("sort", ["weight", "-weight", "year", "-year"])
@pytest.mark.parametrize("query", ["limit=7", "", "kind=event,birth&limit=13", "from=1900"])
def test_the_parts_are_the_whole(given, address, sort, query):
    """The parts of a list hold each of its entries once, in the order of the whole."""
    whole = all_parts(
        given,
        address,
        f"{query.replace('limit=7', '')}&limit=200&sort={sort}".strip("&").replace("&limit=13", ""),
    )
    parts = all_parts(given, address, f"{query}&sort={sort}".strip("&"))
    found = [entry["id"] for part in parts for entry in part["entries"]]

    assert found == [entry["id"] for part in whole for entry in part["entries"]]
    assert len(set(found)) == len(found) > 3


def test_a_search_in_parts(given):
    """The parts of a search hold each hit once."""
    parts = all_parts(given, "search", "q=battle&limit=5&kind=event")
    found = [hit["entry"]["id"] for part in parts for hit in part["hits"]]

    assert len(parts) > 2
    assert len(set(found)) == len(found)


def test_another_form_goes_on_at_another_address(given):
    """A list in CSV names its next part beside its body, in the same form."""
    first = given("days/08-20.csv", "limit=3")
    second = given("days/08-20.csv", urlsplit(first.following).query)

    assert urlsplit(first.following).path == "/api/v1/days/08-20.csv"
    assert set(first.body.splitlines()[1:]).isdisjoint(second.body.splitlines()[1:])


@pytest.mark.parametrize(
    ("address", "query"),
    [
        ("days/08-21", "limit=3&cursor={}"),
        ("days/08-20", "limit=3&kind=birth&cursor={}"),
        ("days/08-20", "limit=3&sort=year&cursor={}"),
    ],
)
def test_a_cursor_is_of_one_list(given, problem, address, query):
    """A cursor of one list is none of another."""
    text = urlsplit(given("days/08-20", "limit=3").following).query.partition("cursor=")[2]
    said = problem(address, query.format(text))

    assert (said.status, said.parameter, said.value) == (404, "cursor", text)


def test_a_cursor_takes_another_size_and_other_fields(given, asked):
    """How large a part is, and what it tells, may change on the way."""
    text = urlsplit(given("days/08-20", "limit=3").following).query.partition("cursor=")[2]
    every = asked("days/08-20", "limit=10")["entries"]
    rest = asked("days/08-20", f"limit=7&fields=title&cursor={text}")["entries"]

    assert [entry["id"] for entry in rest] == [entry["id"] for entry in every[3:]]


@pytest.mark.parametrize("text", ["A" * 20, "A" * 21, "_-_-" * 10, cursor([5], "other")])
def test_what_is_no_cursor(text):
    """A text that nobody gave out leads nowhere."""
    with pytest.raises(ProblemError):
        places(text, "list", 1)


@pytest.mark.parametrize("given_places", [[-1], [1, 2], []])
def test_a_cursor_of_other_streams(given_places):
    """A cursor whose places cannot be is none, though its sign is right."""
    with pytest.raises(ProblemError):
        places(cursor(given_places, "list"), "list", 1)


def test_a_rare_filter_ends_early_and_goes_on():
    """After many items that do not fit the list says where to go on, and finds the rest."""
    read, found, at = listed(range(2_500)), [], [0]
    while at is not None:
        part = gather(
            [read],
            at,
            key=lambda n: n,
            keep=lambda n: n == 2_400,
            write=lambda n: b"%d" % n,
            limit=5,
        )
        found += part.pieces
        at = part.places

    assert found == [b"2400"]


def test_streams_are_merged():
    """Several streams come as one, in order, and each goes on where it was left."""
    streams = [listed([1, 4, 5, 9]), listed([2, 3, 8])]
    ask = {"key": lambda n: n, "keep": None, "write": lambda n: b"%d" % n, "limit": 4}
    first = gather(streams, [0, 0], **ask)
    rest = gather(streams, first.places, **ask)

    assert first.pieces + rest.pieces == [b"1", b"2", b"3", b"4", b"5", b"8", b"9"]
    assert rest.places is None


def test_large_items_make_small_parts():
    """Without a limit a part ends where its room does, but holds one item at the least."""
    ask = {"key": lambda n: n, "keep": None, "write": lambda n: b"x" * 600}
    part = gather([listed(range(9))], [0], limit=None, room=1_500, **ask)
    tight = gather([listed(range(9))], [0], limit=None, room=10, **ask)

    assert (len(part.pieces), part.places) == (2, [2])
    assert (len(tight.pieces), tight.places) == (1, [1])


@pytest.mark.parametrize(("place", "count", "found"), [(0, 2, [4, 3]), (3, 5, [1, 0]), (9, 2, [])])
def test_backwards(place, count, found):
    """A stream read from its end."""
    assert list(backwards(listed(range(5)), lambda: 5)(place, count)) == found
