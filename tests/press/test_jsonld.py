"""Linked data: only types and properties that schema.org has, with values that it takes."""

from __future__ import annotations

import datetime
import json
import re

import pytest
from paper import ATTACK, CAESAR, MEXICO, TODAY, TROTSKY, Desk

from hodie.almanac import Entity, Entry, Kind, Participant
from hodie.dates import Calendar, HistoricalDate, Interval, MonthDay
from hodie.press import Author, Correction, Image, Link, Series, Story, StorySource, jsonld

STORY = Story(
    id="trotsky-assassinated",
    headline="Trotsky Assassinated",
    dates=(HistoricalDate(1940, 8, 20),),
    run=MonthDay(8, 20),
    series=Series("today-in-history", "Today in History"),
    bylines=(
        Author(
            id="history-desk",
            name="The history desk",
            kind="desk",
            note="It looks things up.",
            links=(Link("Site", "https://x.example/"), Link("Mail", "mailto:a@x.example")),
        ),
        Author(name="A guest"),
    ),
    summary="The end of an exile.",
    image=Image(file="a house.jpg", alt="A house", credit="The museum"),
    sources=(StorySource(title="My Life", author="Leon Trotsky", url="https://x.example/b"),),
    tags=("politics",),
    entities=("leon-trotsky",),
    corrections=(Correction(datetime.date(2026, 8, 21), "An ice axe."),),
)
BARE = Story(id="bare", headline="Bare", dates=(HistoricalDate(1940),))

# By https://schema.org/version/latest: what each type must have here, and what it may.
THING = {"@id", "name", "url", "description", "image", "sameAs", "mainEntityOfPage"}
WORK = THING | {"headline", "inLanguage", "isAccessibleForFree", "author", "publisher", "keywords"}
WORK |= {"about", "citation", "datePublished", "dateModified", "temporalCoverage"}
TABLES: dict[str, tuple[set[str], set[str]]] = {
    "NewsArticle": (
        {"headline", "url", "author", "publisher", "inLanguage", "mainEntityOfPage"},
        WORK | {"dateline", "articleSection", "articleBody"},
    ),
    "CreativeWork": ({"name"}, WORK),
    "WebSite": ({"name", "url", "publisher"}, WORK | {"potentialAction"}),
    "Organization": ({"name"}, THING),
    "Person": ({"name"}, THING | {"birthDate", "deathDate"}),
    "Place": ({"name"}, THING),
    "Thing": (set(), THING),
    "Event": ({"name"}, THING | {"startDate", "endDate", "location", "about"}),
    "ItemList": (
        {"numberOfItems", "itemListElement"},
        THING | {"numberOfItems", "itemListElement"},
    ),
    "BreadcrumbList": ({"itemListElement"}, THING | {"itemListElement"}),
    "ListItem": ({"position", "item"}, THING | {"position", "item"}),
    "SearchAction": ({"target", "query-input"}, THING | {"target", "query-input"}),
    "EntryPoint": ({"urlTemplate"}, THING | {"urlTemplate"}),
}
ISO = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d:\d\d([+-]\d\d:\d\d|Z))?)?)?")
DATES = ("datePublished", "dateModified", "startDate", "birthDate", "deathDate")
URLS = ("@id", "url", "image", "sameAs", "mainEntityOfPage")


def assert_valid(block: object) -> None:
    """Check a block and all in it against the tables above."""
    if isinstance(block, list):
        for each in block:
            assert_valid(each)
    if not isinstance(block, dict) or set(block) == {"@id"}:
        return
    required, allowed = TABLES[block["@type"]]
    keys = set(block) - {"@context", "@type"}
    assert required <= keys, block["@type"]
    assert keys <= allowed, (block["@type"], keys - allowed)
    for key, value in block.items():
        assert value not in (None, "", []), key
        if key in DATES:
            assert ISO.fullmatch(value), value
        if key in URLS:
            each = value if isinstance(value, list) else [value]
            assert all(re.fullmatch(r"https?://[!-~]+", url) for url in each), value
        assert_valid(value)


def test_story_is_a_news_article(publication):
    """A story says who wrote what about when, and when it came out."""
    block = jsonld.story(publication, STORY, TODAY)

    assert_valid(block)
    assert block["@context"] == "https://schema.org"
    assert block["@type"] == "NewsArticle"
    assert block["dateline"] == "20 August 1940"
    assert block["temporalCoverage"] == "1940-08-20"
    assert block["articleSection"] == "Today in History"
    assert block["datePublished"] == "2026-08-20T00:00:00+01:00"
    assert block["dateModified"] == "2026-08-21T00:00:00+01:00"
    assert block["image"] == "https://almanac.example/pictures/a%20house.jpg"
    assert block["about"] == [{"@id": "https://almanac.example/about/leon-trotsky/"}]


def test_desks_are_organisations_and_people_are_people(publication):
    """A byline is what it is; a mail address is no page of the same thing."""
    desk, guest = jsonld.story(publication, STORY)["author"]

    assert (desk["@type"], guest["@type"]) == ("Organization", "Person")
    assert desk["url"] == "https://almanac.example/by/history-desk/"
    assert desk["sameAs"] == ["https://x.example/"]
    assert "url" not in guest


def test_story_without_byline_is_the_publications(publication):
    """What nobody signs, the publication does; a date that is unknown is left out."""
    block = jsonld.story(publication, BARE, TODAY)

    assert_valid(block)
    assert block["author"]["name"] == "The Daily Almanac"
    assert "datePublished" not in block
    assert block["temporalCoverage"] == "1940"


def test_long_headlines_are_cut(publication):
    """A headline is at most as long as search engines read."""
    long = Story(id="a", headline="x" * 200, dates=BARE.dates)

    assert len(jsonld.story(publication, long)["headline"]) == 110


@pytest.mark.parametrize(
    ("date", "coverage"),
    [
        (Interval.parse("1914/1918"), "1914/1918"),
        (Interval.parse("1914/.."), None),
        (HistoricalDate(1940, approximate=True), None),
        (HistoricalDate(1900, precision="century"), None),
    ],
)
def test_coverage_says_only_what_can_be_said(publication, date, coverage):
    """A span is a span; what is open or vague is left out."""
    block = jsonld.story(publication, Story(id="a", headline="A", dates=(date,)))

    assert block.get("temporalCoverage") == coverage


def test_entry_is_an_event(publication):
    """An entry says what happened, when, where and to whom."""
    block = jsonld.entry(publication, ATTACK)

    assert_valid(block)
    assert block["@type"] == "Event"
    assert block["startDate"] == "1940-08-20"
    assert block["location"][0]["@type"] == "Place"
    assert block["about"][0]["url"] == "https://almanac.example/about/leon-trotsky/"


def test_event_before_christ_has_no_date(publication):
    """What ISO 8601 readers would misread is not said."""
    block = jsonld.entry(publication, CAESAR)

    assert_valid(block)
    assert "startDate" not in block


@pytest.mark.parametrize(("kind", "key"), [(Kind.BIRTH, "birthDate"), (Kind.DEATH, "deathDate")])
def test_births_and_deaths_are_of_people(publication, kind, key):
    """A birth is the person with the day of it."""
    entry = Entry(
        "b:1",
        kind,
        date=HistoricalDate(1879, 11, 7),
        participants=(Participant(TROTSKY, "subject"),),
    )

    block = jsonld.entry(publication, entry)

    assert_valid(block)
    assert block["@type"] == "Person"
    assert block[key] == "1879-11-07"


def test_person_has_years_and_identifiers(publication):
    """An entity is told with what identifies it elsewhere."""
    block = jsonld.entity(publication, TROTSKY)

    assert_valid(block)
    assert (block["birthDate"], block["deathDate"]) == ("1879", "1940")
    assert block["sameAs"] == [
        "http://www.wikidata.org/entity/Q33391",
        "https://en.wikipedia.org/wiki/Leon_Trotsky",
    ]


@pytest.mark.parametrize(
    ("kind", "type"),
    [("place", "Place"), ("work", "CreativeWork"), ("body", "Organization"), (None, "Thing"),
     ("event", "Thing"), ("topic", "Thing")],
)  # fmt: skip
def test_entities_have_the_type_that_fits(publication, kind, type):
    """An entity is of the nearest type that schema.org has."""
    block = jsonld.entity(
        publication, Entity("x", "Émile: 1\u20442", kind=kind, wikipedia="Émile ?")
    )

    assert_valid(block)
    assert block["@type"] == type
    assert "url" not in block


def test_ancient_person_has_no_years(publication):
    """Years before Christ are left out."""
    caesar = Entity("julius-caesar", "Julius Caesar", kind="person", born=-99, died=-43, weight=1)

    block = jsonld.entity(publication, caesar)

    assert_valid(block)
    assert "birthDate" not in block


@pytest.mark.parametrize("front", [True, False])
def test_day_is_a_list_of_what_it_tells(publication, front):
    """A day's page lists lead and selected in order; the front page is the site's too."""
    lineup = Desk(publication).lineup(MonthDay(8, 20), 2026)

    blocks = jsonld.day(publication, MonthDay(8, 20), lineup, front)

    assert_valid(blocks)
    assert [each["@type"] for each in blocks] == [*["WebSite"] * front, "ItemList"]
    items = blocks[-1]["itemListElement"]
    assert [each["position"] for each in items] == [1, 2]
    assert items[0]["item"]["name"] == "Attack on Leon Trotsky"


def test_empty_day_says_nothing(publication):
    """A day without entries makes no list."""
    lineup = Desk(publication, entries=()).lineup(MonthDay(8, 20), 2026)

    assert jsonld.day(publication, MonthDay(8, 20), lineup, False) == []


def test_site_can_be_searched(publication):
    """The site says how its search is asked."""
    block = jsonld.website(publication)

    assert_valid(block)
    template = block["potentialAction"]["target"]["urlTemplate"]
    assert template == "https://almanac.example/search?q={search_term_string}"


def test_breadcrumbs_count_from_the_top(publication):
    """The way to a page is a numbered list."""
    block = jsonld.breadcrumbs(publication, [("Today", "/"), ("20 August", "/on/08-20/")])

    assert_valid(block)
    assert [each["position"] for each in block["itemListElement"]] == [1, 2]


@pytest.mark.parametrize(
    ("date", "text"),
    [
        (HistoricalDate(1940, 8, 20), "1940-08-20"),
        (HistoricalDate(1940, 8), "1940-08"),
        (HistoricalDate(476), "0476"),
        (HistoricalDate(1582, 10, 4, calendar=Calendar.JULIAN), "1582-10-14"),
        (HistoricalDate(1066, calendar=Calendar.JULIAN), None),
        (HistoricalDate(0, 1, 1), None),
        (HistoricalDate(1940, uncertain=True), None),
        (HistoricalDate(1940, 8, 20, approximate=True), None),
        (HistoricalDate(1940, precision="decade"), None),
        (HistoricalDate(5700, 5, 16, calendar=Calendar.HEBREW), "1940-08-20"),
        (None, None),
    ],
)
def test_dates_are_gregorian_or_not_said(date, text):
    """A date is given as ISO 8601 means it, or not at all."""
    assert jsonld.iso(date) == text


@pytest.mark.parametrize("name", ["</script><script>alert(1)</script>", "<!--", "a & b", "\u2028"])
def test_script_cannot_be_left(name):
    """No text ends the script element or opens a comment, and it reads back as it was."""
    written = jsonld.script({"name": name})

    assert not set(written) & set("<>&\u2028")
    assert json.loads(str(written)) == {"name": name}


def test_place_links_only_where_there_is_a_page(publication):
    """An entity below the threshold has no page to link to."""
    below = Entity("b", "B", weight=0.1)

    assert "url" in jsonld.entity(publication, MEXICO)
    assert "url" not in jsonld.entity(publication, below)
