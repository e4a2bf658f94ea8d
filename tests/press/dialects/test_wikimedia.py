"""The day as Wikimedia's feed answers it."""

from __future__ import annotations

import datetime

import pytest

FEED = "/feed/v1/wikipedia/en/onthisday"
REST = "/api/rest_v1/feed/onthisday"
TODAY = datetime.date(2026, 8, 20)


def test_everything_in_its_order(ask):
    """`all` has the five lists in the order that clients know."""
    assert list(ask(f"{FEED}/all/08/20")) == ["selected", "events", "births", "deaths", "holidays"]


@pytest.mark.parametrize("name", ["selected", "events", "births", "deaths", "holidays"])
def test_one_type(ask, name):
    """A type alone is the same list as in `all`, under its name."""
    assert ask(f"{FEED}/{name}/08/20") == {name: ask(f"{FEED}/all/08/20")[name]}


@pytest.mark.parametrize("name", ["all", "selected", "events", "births", "deaths", "holidays"])
def test_the_older_address(press, name):
    """Both addresses have the same bytes."""
    pages = [press.page(f"{root}/{name}/08/20", TODAY) for root in (FEED, REST)]

    assert pages[0].body == pages[1].body
    assert pages[0].media_type == pages[1].media_type == "application/json; charset=utf-8"


def test_the_newest_first_and_no_year_0(ask):
    """Items run from the newest to the oldest; years before Christ are the historian's."""
    years = [item["year"] for item in ask(f"{FEED}/events/08/20")["events"]]

    assert years == [1940, 1901, 1900, 1, -1, -44]


@pytest.mark.parametrize("name", ["events", "births", "deaths", "holidays", "selected"])
def test_no_item_is_without_words(ask, name):
    """Each item has a text and a list of pages, in this order."""
    items = ask(f"{FEED}/{name}/08/20")[name]

    assert items
    for item in items:
        assert list(item)[:2] == ["text", "pages"]
        assert item["text"].strip()


def test_a_line_is_the_text(ask):
    """An entry's own sentence is told as it stands, not escaped."""
    first = ask(f"{FEED}/events/08/20")["events"][0]

    assert first["text"].endswith("with an ice axe & dies the next day.")


def test_words_from_facts(ask):
    """Without a sentence, the text says what the facts say."""
    all_items = ask(f"{FEED}/all/08/20")
    texts = {name: [item["text"] for item in items] for name, items in all_items.items()}

    assert texts["births"] == ["Leon Trotsky, revolutionary & writer (d. 1940)"]
    assert texts["deaths"] == ["Leon Trotsky, revolutionary & writer (b. 1879)"]
    assert texts["holidays"] == ["Founding Day (Austria, Hungary)"]
    assert texts["events"][1:3] == ["Meeting (The House, The Shed, Leon Trotsky)", "Battle"]


def test_a_moved_day_has_the_year_of_its_day(ask):
    """A Julian death is told under its Gregorian day; a holiday has no year at all."""
    assert ask(f"{FEED}/deaths/08/20")["deaths"][0]["year"] == 1940
    assert "year" not in ask(f"{FEED}/holidays/08/20")["holidays"][0]


def test_a_page_of_an_article(ask):
    """The topic comes first, with all that is known of it, in the feed's order of keys."""
    page, place = ask(f"{FEED}/events/08/20")["events"][0]["pages"]

    assert list(page) == [
        *("type", "title", "normalizedtitle", "displaytitle", "titles", "namespace"),
        *("wikibase_item", "lang", "dir", "description", "description_source"),
        *("extract", "extract_html", "thumbnail", "originalimage", "content_urls"),
    ]
    assert (page["type"], page["title"]) == ("standard", "Leon_Trotsky")
    assert page["titles"] == {
        "canonical": "Leon_Trotsky",
        "normalized": "Leon Trotsky",
        "display": "Leon Trotsky",
    }
    assert page["namespace"] == {"id": 0, "text": ""}
    assert page["wikibase_item"] == "Q33391"
    assert page["extract"] == "Leon Trotsky (1879–1940), revolutionary & writer."
    assert page["extract_html"] == "<p>Leon Trotsky (1879–1940), revolutionary &amp; writer.</p>"
    assert page["thumbnail"]["source"].endswith("/Trotsky_Portrait.jpg?width=320")
    assert page["content_urls"]["desktop"] == {
        "page": "https://en.wikipedia.org/wiki/Leon_Trotsky",
        "revisions": "https://en.wikipedia.org/wiki/Leon_Trotsky?action=history",
        "edit": "https://en.wikipedia.org/wiki/Leon_Trotsky?action=edit",
        "talk": "https://en.wikipedia.org/wiki/Talk:Leon_Trotsky",
    }
    assert page["content_urls"]["mobile"]["page"].startswith("https://en.m.wikipedia.org/")
    assert place["coordinates"] == {"lat": 19.43, "lon": -99.13}


def test_what_is_not_known_is_absent(ask):
    """A page of an entity of which little is known says that little, and nothing is null."""
    ours, light, _ = ask(f"{FEED}/events/08/20")["events"][1]["pages"]

    assert ours["type"] == "no-extract"
    assert ours["content_urls"]["desktop"]["page"].endswith("/about/the-house/")
    assert "content_urls" not in light
    assert not {"wikibase_item", "description", "extract", "thumbnail"} & ours.keys()


def test_another_language(ask):
    """Names, articles and words are those of the language asked for, where it has them."""
    [birth] = ask("/feed/v1/wikipedia/de/onthisday/births/08/20")["births"]
    [page] = birth["pages"]

    assert birth["text"] == "Leo Trotzki, Revolutionär († 1940)"
    assert (page["title"], page["lang"]) == ("Leo_Trotzki", "de")
    assert page["content_urls"]["desktop"]["page"] == "https://de.wikipedia.org/wiki/Leo_Trotzki"


def test_picks_are_those_of_the_day(ask):
    """What the day's page tells first is selected; 28 February does not take from the 29th."""
    assert ask(f"{FEED}/selected/08/20")["selected"]
    assert ask(f"{FEED}/selected/02/29")["selected"][0]["text"] == "Leap"
    assert ask(f"{FEED}/all/02/28")["selected"] == []


@pytest.mark.parametrize("short", ["/8/20", "/08/20"])
def test_zeros_do_not_matter(press, short):
    """A day is found with and without its zeros, as the feed has it."""
    assert press.page(f"{FEED}/all{short}", TODAY).body


@pytest.mark.parametrize(
    ("address", "kind", "says"),
    [
        ("/feed/v1/wikipedia/xx/onthisday/all/08/20", "unsupported_language", "'xx'"),
        (f"{FEED}/all/02/30", "no_such_day", "30"),
        (f"{REST}/all/13/01", "no_such_day", "13"),
        (f"{REST}/all/00/00", "no_such_day", "00"),
        (f"{FEED}/weather/08/20", "not_found", "'weather'"),
        (f"{FEED}/all/august", "not_found", "nothing"),
        ("/feed/v1/wikipedia/en/featured/2026/08/20", "not_found", "nothing"),
    ],
)
def test_problems(press, ask, address, kind, says):
    """What is not there is a problem object that says what is to blame."""
    page, problem = press.page(address, TODAY), ask(address)

    assert (page.status, page.media_type) == (404, "application/problem+json")
    assert list(problem) == ["status", "type", "title", "detail", "method", "uri"]
    assert (problem["status"], problem["type"], problem["uri"]) == (404, kind, address)
    assert says in problem["detail"]
