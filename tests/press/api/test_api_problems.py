"""Problems: which parameter, what its value was, and what would do."""

from __future__ import annotations

import json

import pytest

from hodie.press import api
from hodie.press.api.reference import PROBLEMS


@pytest.mark.parametrize(
    ("query", "parameter", "value", "expected"),
    [
        ("kind=war", "kind", "war", "one of event, birth, death, holiday"),
        ("kind=event,", "kind", "", "one of event"),
        ("kind=", "kind", "", "one of event"),
        ("knd=birth", "knd", "birth", "did you mean 'kind'?"),
        ("from=MCM", "from", "MCM", "a whole number"),
        ("from=1900.5", "from", "1900.5", "a whole number"),
        ("to=99999999999999", "to", "99999999999999", "a whole number"),
        ("from=١٩٤٠", "from", "١٩٤٠", "a whole number"),
        ("country=gb", "country", "gb", "two capital letters"),
        ("country=GBR", "country", "GBR", "two capital letters"),
        ("lang=klingon", "lang", "klingon", ""),
        ("sort=fame", "sort", "fame", "one of weight"),
        ("fields=name", "fields", "name", "one of id"),
        ("limit=0", "limit", "0", "from 1 to 200"),
        ("limit=201", "limit", "201", "from 1 to 200"),
        ("sensitive=no", "sensitive", "no", "one of shown, hidden, only"),
        ("subkind=Battle", "subkind", "Battle", "small letters"),
        ("cursor=x", "cursor", "x", "the cursor out of the address in next"),
        ("kind=birth&kind=death", "kind", "death", "once"),
        ("place=Mexico City", "place", "Mexico City", "the id of a place"),
    ],
)
def test_a_parameter_that_will_not_do(problem, query, parameter, value, expected):
    """The problem names the parameter and its value, and what would do."""
    from urllib.parse import quote

    said = problem("days/08-20", quote(query, safe="=&,+"))

    assert (said.status, said.parameter, said.value) == (400, parameter, value)
    assert expected in said.expected
    assert said.detail


def test_the_values_that_there_are(problem):
    """Where they are few, they are all named; where they are many, the nearest is."""
    assert problem("days/08-20", "kind=war").allowed == ("event", "birth", "death", "holiday")
    assert "Europe/London" in problem("today", "tz=Europe/Londn").expected
    assert len(problem("today", "tz=x").body) < 400


@pytest.mark.parametrize(
    ("address", "parameter", "expected"),
    [
        ("days/02-30", "day", "02-29 or 03-01"),
        ("days/13-05", "day", "05-13"),
        ("days/august", "day", "MM-DD"),
        ("days/8-20", "day", "08-20"),
        ("dates/1940-02-30", "date", "1940-08-20"),
        ("dates/1940", "date", ""),
        ("dates/1940-21", "date", ""),
        ("years/44", "year", "four digits"),
        ("years/-0000", "year", ""),
        ("entries/e:none", "id", "no entry"),
        ("entities/nobody-at-all", "id", "search"),
        ("entities/nobody-at-all/entries", "id", "search"),
        ("stories/none", "id", "/stories"),
        ("series/none", "id", "/series"),
        ("authors/none", "id", "/authors"),
    ],
)
@pytest.mark.parametrize("suffix", ["", ".csv"])
def test_what_is_not_there(problem, address, parameter, expected, suffix):
    """What does not exist is a 404 that says which part of the address it was."""
    said = problem(address + suffix)

    assert (said.status, said.parameter) == (404, parameter)
    assert expected in said.expected


@pytest.mark.parametrize(
    ("query", "parameter"),
    [("series=none", "series"), ("author=none", "author"), ("day=02-30", "day")],
)
def test_stories_of_nobody(problem, query, parameter):
    """A filter of stories that names nothing says so."""
    assert (problem("stories", query).status, problem("stories", query).parameter) == (
        404,
        parameter,
    )


def test_a_place_that_is_none(problem):
    """An unknown place is told, not answered by an empty list."""
    assert problem("days/08-20", "place=atlantis-2").parameter == "place"


@pytest.mark.parametrize(
    "address", ["nowhere", "days", "days/08-20/x", "entries", "entities//entries", "openapi"]
)
def test_an_address_without_anything(problem, address):
    """Where there is nothing, the way to the reference is shown."""
    said = problem(address)

    assert said.status == 404
    assert "/api/" in said.detail


@pytest.mark.parametrize("query", ["q=%zz", "q=%ff", "q=%", "&".join(["q=a"] * 50)])
def test_a_query_that_is_none(problem, query):
    """Bad percent-encoding, and parts without end, are refused in one line."""
    assert problem("search", query).status == 400


def test_a_form_that_there_is_not(problem):
    """A reader who takes no form that there is hears which there are."""
    said = problem("days/08-20", "", "image/png")

    assert said.status == 406
    assert "application/ld+json" in said.detail


def test_a_search_for_nothing(problem):
    """A search needs words."""
    assert problem("search").parameter == "q"
    assert problem("search", "q=").parameter == "q"


def test_problems_are_explained(problem, press):
    """The address of each problem's type is a place on the reference page."""
    page = press.page("/api/", __import__("datetime").date(2026, 8, 20)).body.decode()
    body = json.loads(problem("days/02-30").body)

    assert body["type"] == "/api/#problem-missing"
    assert all(f'id="problem-{name}"' in page for name, _, _ in PROBLEMS)


def test_a_problem_is_json(problem):
    """A problem has the members of RFC 9457."""
    body = json.loads(problem("days/08-20", "kind=war").body)

    assert {"type", "title", "status", "detail"} <= body.keys()
    assert api.MEDIA_TYPE == "application/problem+json"
