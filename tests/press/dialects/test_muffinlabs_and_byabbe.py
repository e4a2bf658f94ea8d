"""The day as history.muffinlabs.com and byabbe.se answer it."""

from __future__ import annotations

import datetime

import pytest

from hodie.press.dialects import jsonp
from hodie.press.page import Page

TODAY = datetime.date(2026, 8, 20)


def test_the_day_of_muffinlabs(ask):
    """The answer has the day, its article, and three lists."""
    answer = ask("/date/8/20")

    assert list(answer) == ["date", "url", "data"]
    assert answer["date"] == "August 20"
    assert answer["url"] == "https://wikipedia.org/wiki/August_20"
    assert list(answer["data"]) == ["Events", "Births", "Deaths"]


def test_an_item_of_muffinlabs(ask):
    """An item is told as text and as HTML, with its links."""
    item = ask("/date/8/20")["data"]["Events"][-1]
    trotsky = "https://wikipedia.org/wiki/Leon_Trotsky"
    linked = (
        'In <a href="https://wikipedia.org/wiki/Mexico_City" title="Mexico City">Mexico City</a> '
        f'<a href="{trotsky}" title="Leon Trotsky">Leon Trotsky</a> is struck with an ice axe '
        "&amp; dies the next day."
    )

    assert item == {
        "year": "1940",
        "text": "In Mexico City Leon Trotsky is struck with an ice axe & dies the next day.",
        "html": f"1940 - {linked}",
        "no_year_html": linked,
        "links": [
            {"title": "Leon Trotsky", "link": trotsky},
            {"title": "Mexico City", "link": "https://wikipedia.org/wiki/Mexico_City"},
        ],
    }


@pytest.mark.parametrize(
    ("address", "way"),
    [("/date/8/20", ["data", "Events"]), ("/on-this-day/8/20/events.json", ["events"])],
)
def test_years_are_words_and_the_oldest_comes_first(ask, address, way):
    """Years are text, as English prose writes them."""
    items = ask(address)
    for key in way:
        items = items[key]

    assert [item["year"] for item in items] == ["44 BC", "1 BC", "1", "1900", "1901", "1940"]


def test_nothing_is_markup_that_should_be_text(ask):
    """What an entry says cannot become a tag."""
    item = ask("/date/8/20")["data"]["Events"][0]

    assert (item["text"], item["no_year_html"]) == ("Caesar <speaks>", "Caesar &lt;speaks&gt;")


def test_links_lead_somewhere(ask):
    """An entity without an article is linked to its page here, and not at all without one."""
    item = ask("/date/8/20")["data"]["Events"][4]

    assert [link["title"] for link in item["links"]] == ["The House", "Leon Trotsky"]
    assert item["links"][0]["link"].endswith("/about/the-house/")


def test_today(press):
    """Without a day it is today's, wherever the reader's clock stands."""
    for day in (TODAY, datetime.date(2024, 2, 29)):
        assert press.page("/date", day).body == press.page(f"/date/{day.month}/{day.day}", day).body


@pytest.mark.parametrize("name", ["events", "births", "deaths"])
def test_the_day_of_byabbe(ask, name):
    """Each list is an answer of its own."""
    answer = ask(f"/on-this-day/8/20/{name}.json")

    assert list(answer) == ["wikipedia", "date", name]
    assert answer["wikipedia"] == "https://wikipedia.org/wiki/August_20"
    assert all(list(item) == ["year", "description", "wikipedia"] for item in answer[name])


def test_an_item_of_byabbe(ask):
    """An item has its words and its articles."""
    [item] = ask("/on-this-day/8/20/deaths.json")["deaths"]

    assert item == {
        "year": "1940",
        "description": "Leon Trotsky, revolutionary & writer (b. 1879)",
        "wikipedia": [
            {"title": "Leon Trotsky", "wikipedia": "https://wikipedia.org/wiki/Leon_Trotsky"}
        ],
    }


@pytest.mark.parametrize(
    "address",
    ["/date/2/30", "/date/13/1", "/date/0/0", "/date/x", "/date/8", "/on-this-day/2/30/events.json",
     "/on-this-day/8/20/holidays.json", "/on-this-day/8/20"],
)  # fmt: skip
def test_what_is_not_there(press, ask, address):
    """A day that is none is a problem object, not an empty answer."""
    assert press.page(address, TODAY).status == 404
    assert ask(address)["uri"] == address


@pytest.mark.parametrize("name", ["f", "app.days.show", "jQuery3410_16", "$", "_"])
def test_a_callback(name):
    """An answer may be wrapped in a call of its reader's function."""
    page = jsonp(Page("/date", "application/json", b'{"a":1}'), name)

    assert page.body.decode() == f'{name}({{"a":1}})'
    assert page.media_type == "application/javascript; charset=utf-8"


@pytest.mark.parametrize(
    "name", ["", "alert(1)//", "a b", "f;g", "1f", "a..b", ".a", "a.", "<b>", "a\n", "ü", "f" * 200]
)
def test_a_callback_that_is_none(name):
    """Nothing but a name comes back as code."""
    page = jsonp(Page("/date", "application/json", b"{}"), name)

    assert (page.status, page.media_type) == (400, "application/problem+json")
    assert b"callback" in page.body


def test_lines_of_older_scripts():
    """The two characters that JSON allows and older JavaScript does not are escaped."""
    page = jsonp(Page("/date", "application/json", '{"a":"\u2028\u2029"}'.encode()), "f")

    assert page.body == rb'f({"a":"\u2028\u2029"})'
