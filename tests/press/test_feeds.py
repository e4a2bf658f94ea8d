"""Feeds: Atom, RSS and JSON of the days and the stories, valid and the same each time."""

from __future__ import annotations

import datetime
import json
from email.utils import parsedate_to_datetime

import feedparser
import jsonschema
import pytest
from lxml import etree
from msgspec import structs
from paper import ATTACK, CAESAR, TODAY, TOMORROW, Desk

from hodie.almanac import Almanac, build
from hodie.dates import HistoricalDate, MonthDay
from hodie.press import Author, Correction, Image, Story, feeds
from hodie.press.feeds import (
    Feed,
    Item,
    atom,
    feed_of_days,
    feed_of_entries,
    feed_of_stories,
    json_feed,
    page,
    rss,
)
from hodie.press.filters import Filter

ATOM = {"a": "http://www.w3.org/2005/Atom"}
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"
MIDNIGHT = datetime.datetime(2026, 8, 20, tzinfo=datetime.timezone(datetime.timedelta(hours=1)))
STORY = Story(
    id="trotsky-assassinated",
    headline="Trotsky & the axe",
    dates=(HistoricalDate(1940, 8, 20),),
    run=MonthDay(8, 20),
    bylines=(Author(id="history-desk", name="The history desk"), Author(name="A guest")),
    summary="The end of an exile.",
    image=Image(file="ada.jpg", alt="A house", credit="The museum"),
    tags=("politics",),
    body="# Exile\n\nSee [the day](/on/08-20/) and [a site](https://x.example/).",
)
ONCE = Story(
    id="once",
    headline="Once",
    dates=(HistoricalDate(1866),),
    run=datetime.date(2026, 8, 18),
    corrections=(
        Correction(datetime.date(2026, 8, 19), "It was 1867."),
        Correction(datetime.date(2026, 8, 22), "Not yet known."),
    ),
)


def item(**changes):
    fields = {
        "id": "tag:a.example,2026-08-20:x",
        "title": "A <b> & c",
        "url": "https://a.example/",
        "html": "<p>A &amp; b</p>",
        "summary": "A",
        "published": MIDNIGHT,
        "updated": MIDNIGHT,
    }
    return Item(**{**fields, **changes})


def feed(*items):
    return Feed(
        id="tag:a.example,2026-01-01:feeds/today",
        title="The <Almanac>",
        subtitle="",
        home="https://a.example/",
        language="en",
        author="The Almanac",
        updated=MIDNIGHT,
        items=items,
    )


def assert_valid_atom(body: bytes) -> etree._Element:
    """Check what RFC 4287 asks of a feed, element by element."""
    root = etree.fromstring(body)
    assert root.tag == "{http://www.w3.org/2005/Atom}feed"
    for name in ("id", "title", "updated"):
        assert len(root.findall(f"a:{name}", ATOM)) == 1, name
    assert root.find("a:link[@rel='self']", ATOM).get("href").startswith("https://")
    assert root.findtext("a:author/a:name", namespaces=ATOM)
    moments = [root.findtext("a:updated", namespaces=ATOM)]
    ids = []
    for entry in root.findall("a:entry", ATOM):
        for name in ("id", "title", "updated", "published", "content", "summary"):
            assert len(entry.findall(f"a:{name}", ATOM)) == 1, name
        assert len(entry.findall("a:link[@rel='alternate']", ATOM)) == 1
        assert entry.find("a:content", ATOM).get("type") == "html"
        moments += [entry.findtext(f"a:{n}", namespaces=ATOM) for n in ("updated", "published")]
        ids.append(entry.findtext("a:id", namespaces=ATOM))
    assert len(ids) == len(set(ids))
    assert all(datetime.datetime.fromisoformat(each).tzinfo for each in moments)
    assert all(each.startswith("tag:") for each in ids)
    return root


def assert_valid_rss(body: bytes) -> etree._Element:
    """Check what RSS 2.0 and its profile ask of a feed, element by element."""
    root = etree.fromstring(body)
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    [channel] = root
    for name in ("title", "link", "description", "language", "lastBuildDate"):
        assert len(channel.findall(name)) == 1, name
    assert channel.find("a:link[@rel='self']", ATOM) is not None
    for each in channel.findall("item"):
        for name in ("title", "link", "guid", "pubDate", "description", CONTENT):
            assert len(each.findall(name)) == 1, name
        assert each.find("guid").get("isPermaLink") == "false"
        assert parsedate_to_datetime(each.findtext("pubDate")).tzinfo
    return channel


@pytest.mark.parametrize("count", [0, 1, 3])
def test_atom_is_valid(count):
    """An Atom feed has what the standard asks for, with items or without."""
    items = [item(id=f"tag:a.example,2026:{n}") for n in range(count)]

    assert_valid_atom(atom(feed(*items), "https://a.example/feeds/today.atom"))


@pytest.mark.parametrize("count", [0, 1, 3])
def test_rss_is_valid(count):
    """An RSS feed has what the standard asks for, with items or without."""
    assert_valid_rss(rss(feed(*[item() for _ in range(count)]), "https://a.example/feeds/x.rss"))


def test_text_is_escaped_once():
    """Titles are text and contents are markup, both whole after reading."""
    root = assert_valid_atom(atom(feed(item()), "https://a.example/f"))
    channel = assert_valid_rss(rss(feed(item()), "https://a.example/f"))

    assert root.findtext("a:title", namespaces=ATOM) == "The <Almanac>"
    assert root.findtext("a:entry/a:title", namespaces=ATOM) == "A <b> & c"
    assert root.findtext("a:entry/a:content", namespaces=ATOM) == "<p>A &amp; b</p>"
    assert channel.findtext(f"item/{CONTENT}") == "<p>A &amp; b</p>"


@pytest.mark.parametrize("write", [atom, rss])
def test_characters_that_xml_cannot_hold_are_replaced(write):
    """A stray control character in a story does not break the feed for everyone."""
    odd = item(title="a\x0bb", html="\x00\ufffe", tags=("\x1b",), authors=("\x07",))

    assert "a\ufffdb".encode() in write(feed(odd), "https://a.example/f")
    etree.fromstring(write(feed(odd), "https://a.example/f"))


def test_days_are_items_dated_by_their_beginning(publication):
    """Each of the last days is an item, from its midnight in the publication's time zone."""
    made = feed_of_days(Desk(publication), TODAY, days=3)

    assert [each.published.isoformat() for each in made.items] == [
        "2026-08-20T00:00:00+01:00",
        "2026-08-19T00:00:00+01:00",
        "2026-08-18T00:00:00+01:00",
    ]
    assert made.items[0].id == "tag:almanac.example,2026-08-20:today"
    assert made.items[0].url == "https://almanac.example/on/08-20/"
    assert made.items[0].title == "20 August 2026: Attack on Leon Trotsky"
    assert made.items[0].summary == "Attack on Leon Trotsky; Caesar <killed>"


def test_day_tells_lead_and_selected_with_their_sources(publication):
    """An item holds what the day tells, and where it is from."""
    [made] = feed_of_days(Desk(publication), TODAY, days=1).items

    assert "<strong>1940</strong> Attack on Leon Trotsky: He was struck" in made.html
    assert "ice axe &amp; died" in made.html
    assert "<strong>44 BC</strong> Caesar &lt;killed&gt;" in made.html
    assert "Sources: our own, wikidata (CC0-1.0)" in made.html


def test_day_with_a_story_begins_with_it(publication):
    """A story that runs that day comes before the almanac."""
    [made] = feed_of_days(Desk(publication, [STORY, ONCE]), TODAY, days=1).items

    assert made.title == "20 August 2026: Trotsky & the axe"
    assert made.authors == ("The history desk", "A guest")
    address = "https://almanac.example/stories/trotsky-assassinated/"
    assert f'<h2><a href="{address}">Trotsky &amp; the axe</a></h2>' in made.html
    # The whole of it, not only its beginning.
    assert "<h2>Exile</h2>" in made.html


def test_empty_days_are_left_out(publication):
    """A day that tells nothing is no item."""
    made = feed_of_days(Desk(publication, entries=()), TODAY)

    assert made.items == ()
    assert made.last_updated == publication.day_start(TODAY)
    assert_valid_atom(atom(made, "https://a.example/f"))


def test_stories_are_items_of_the_day_they_ran(publication):
    """The newest run is first; a correction that is out makes the item newer."""
    made = feed_of_stories(Desk(publication, [ONCE, STORY]), TODAY)

    assert [each.title for each in made.items] == ["Trotsky & the axe", "Once"]
    assert made.items[0].id == "tag:almanac.example,2026-08-20:stories/trotsky-assassinated"
    assert made.items[1].published.date() == datetime.date(2026, 8, 18)
    assert made.items[1].updated.date() == datetime.date(2026, 8, 19)
    assert made.title == "The Daily Almanac: Stories"


def test_story_of_each_year_is_a_new_item_each_year(publication):
    """What comes back next year is news again."""
    ids = {
        feed_of_stories(Desk(publication, [STORY]), day).items[0].id
        for day in (TODAY, TOMORROW, TODAY.replace(year=2027))
    }

    assert len(ids) == 2


def test_story_that_never_ran_is_in_no_feed(publication):
    """Only what came out on some day has a date in a feed."""
    undated = Story(id="a", headline="A", dates=(HistoricalDate(1866),))
    published = Story(
        id="b", headline="B", dates=undated.dates, published=datetime.date(2026, 1, 1)
    )

    made = feed_of_stories(Desk(publication, [undated, published]), TODAY)

    assert [each.title for each in made.items] == ["B"]


def test_story_item_holds_the_whole_story(publication):
    """A reader of the feed gets dateline, picture, corrections and text, with whole addresses."""
    [made] = feed_of_stories(Desk(publication, [STORY]), TODAY).items
    [corrected] = feed_of_stories(Desk(publication, [ONCE]), TODAY).items

    assert "<em>20 August 1940</em>" in made.html
    assert '<img src="https://almanac.example/pictures/ada.jpg" alt="A house">' in made.html
    assert '<a href="https://almanac.example/on/08-20/" rel="noopener">' in made.html
    assert '<a href="https://x.example/" rel="noopener">' in made.html
    assert made.tags == ("politics",)
    assert "2026-08-19: It was 1867." in corrected.html


def test_authors_and_tags_are_told(publication):
    """Bylines and tags are the feed's own elements."""
    made = feed_of_stories(Desk(publication, [STORY]), TODAY)

    root = assert_valid_atom(atom(made, "https://a.example/f"))
    channel = assert_valid_rss(rss(made, "https://a.example/f"))

    names = root.findall("a:entry/a:author/a:name", ATOM)
    assert [name.text for name in names] == ["The history desk", "A guest"]
    assert root.find("a:entry/a:category", ATOM).get("term") == "politics"
    assert [each.text for each in channel.findall(f"item/{CREATOR}")] == [
        "The history desk",
        "A guest",
    ]


def test_json_feed_has_the_same_items(publication):
    """JSON Feed says what the others say."""
    made = feed_of_stories(Desk(publication, [STORY]), TODAY)

    read = json.loads(json_feed(made, "https://a.example/feeds/stories.json"))

    assert read["version"] == "https://jsonfeed.org/version/1.1"
    assert read["feed_url"] == "https://a.example/feeds/stories.json"
    [each] = read["items"]
    assert each["id"] == made.items[0].id
    assert each["content_html"] == made.items[0].html
    assert datetime.datetime.fromisoformat(each["date_published"]).tzinfo


NAMES = ("today", "stories", "series/today-in-history", "by/history-desk", "by/ada")
ADDRESSES = [f"/feeds/{name}.{form}" for name in NAMES for form in ("atom", "rss", "json")]


def test_every_feed_is_listed(publication):
    """An edition holds the feeds of the day, the stories, and each series and author."""
    assert list(feeds.addresses(publication)) == ADDRESSES


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_address_gives_its_feed(publication, address):
    """Each feed stands at its address, with its type, the same bytes each time."""
    desk = Desk(publication, [STORY, ONCE])

    made = page(desk, address, TODAY)

    assert made.address == address
    assert made == page(desk, address, TODAY)
    assert f"https://almanac.example{address}".encode() in made.body
    if address.endswith(".atom"):
        assert made.media_type == "application/atom+xml"
        assert_valid_atom(made.body)
    elif address.endswith(".rss"):
        assert made.media_type == "application/rss+xml"
        assert_valid_rss(made.body)
    else:
        assert made.media_type == "application/feed+json"


@pytest.mark.parametrize(
    "address",
    ["/feeds/", "/feeds/today", "/feeds/today.xml", "/feeds/x.atom", "/feeds/by/nobody.atom"],
)
def test_other_addresses_are_no_feeds(publication, address):
    """What is no feed is none."""
    assert page(Desk(publication), address, TODAY) is None


def test_series_and_authors_have_feeds_of_their_own(publication):
    """The feed of a series or an author has those stories alone, under their name."""
    [series] = publication.series
    one = structs.replace(STORY, series=series)
    desk = Desk(publication, [one, ONCE])

    of_series = feed_of_stories(desk, TODAY, of=series)
    of_author = feed_of_stories(desk, TODAY, of=publication.author("ada"))

    assert [each.title for each in of_series.items] == ["Trotsky & the axe"]
    assert of_series.title == "The Daily Almanac: Today in History"
    assert of_series.home == "https://almanac.example/series/today-in-history/"
    assert of_author.items == ()
    assert of_author.id == "tag:almanac.example,2026-01-01:feeds/by/ada"


def test_a_story_of_29_february_is_told_on_the_28th(publication):
    """Where the publication shows the leap day's things on the day before, its feed does too."""
    leap = structs.replace(STORY, run=MonthDay(2, 29))
    [made] = feed_of_days(Desk(publication, [leap]), datetime.date(2026, 2, 28), days=1).items

    assert made.title == "28 February 2026: Trotsky & the axe"


@pytest.mark.parametrize("write", [atom, rss, json_feed])
def test_a_feed_built_again_is_the_same(publication, write):
    """The days after, an item that did not change has its id and its dates still."""
    first = feed_of_days(Desk(publication, [STORY]), TODAY)
    second = feed_of_days(Desk(publication, [STORY]), TOMORROW)
    ids = {each.id: each for each in first.items}

    assert write(first, "https://a.example/f") == write(first, "https://a.example/f")
    assert [ids[each.id] for each in second.items[1:]] == list(second.items[1:])


@pytest.mark.parametrize("address", [each for each in ADDRESSES if not each.endswith(".json")])
def test_a_reader_in_use_finds_nothing_amiss(publication, address):
    """Feedparser reads every feed without complaint, and finds ids, dates, links and texts."""
    made = page(Desk(publication, [STORY, ONCE]), address, TODAY)
    read = feedparser.parse(made.body, response_headers={"content-type": made.media_type})

    assert not read.bozo, read.get("bozo_exception")
    assert read.feed.title.startswith("The Daily Almanac")
    assert read.feed.language == "en"
    for entry in read.entries:
        assert entry.id.startswith("tag:almanac.example,2026-")
        assert entry.link.startswith("https://almanac.example/")
        assert entry.published_parsed
        assert entry.content[0].value


def json_feed_schema():
    """What the text of JSON Feed 1.1 says of each key, as a JSON schema."""
    text, moment = {"type": "string"}, {"type": "string", "format": "date-time"}
    url = {"type": "string", "pattern": "^https?://"}
    authors = {
        "type": "array",
        "items": {"type": "object", "properties": {"name": text, "url": url}, "minProperties": 1},
    }
    item = {
        "type": "object",
        "required": ["id"],
        "anyOf": [{"required": ["content_html"]}, {"required": ["content_text"]}],
        "properties": {
            "id": text,
            "url": url,
            "external_url": url,
            "title": text,
            "content_html": text,
            "summary": text,
            "image": url,
            "date_published": moment,
            "date_modified": moment,
            "authors": authors,
            "tags": {"type": "array", "items": text},
            "language": text,
        },
        "additionalProperties": False,
    }
    return {
        "type": "object",
        "required": ["version", "title", "items"],
        "properties": {
            "version": {"const": "https://jsonfeed.org/version/1.1"},
            "title": {"type": "string", "minLength": 1},
            "home_page_url": url,
            "feed_url": url,
            "description": text,
            "language": text,
            "authors": authors,
            "items": {"type": "array", "items": item},
        },
        "additionalProperties": False,
    }


@pytest.mark.parametrize("address", [each for each in ADDRESSES if each.endswith(".json")])
def test_json_feeds_keep_to_the_text_of_1_1(publication, address):
    """Every key of a JSON feed is one that version 1.1 knows, with a value of its kind."""
    made = page(Desk(publication, [STORY, ONCE]), address, TODAY)

    jsonschema.validate(json.loads(made.body), json_feed_schema())


class Library(Desk):
    """A desk with an almanac beside it."""

    def __init__(self, publication, almanac):
        super().__init__(publication)
        self.almanac = almanac


@pytest.fixture
def library(publication, tmp_path):
    """The publication's desk, and an almanac of two entries."""
    build(tmp_path / "almanac.db", [ATTACK, CAESAR])
    with Almanac.open(tmp_path / "almanac.db") as almanac:
        yield Library(publication, almanac)


def test_any_filter_is_a_feed(library):
    """Whoever wants some entries only gets an item for each day that has such."""
    wanted = Filter.read([("kind", "event"), ("q", "trotsky")])
    made = feed_of_entries(library, wanted, TOMORROW)

    assert [each.title for each in made.items] == ["20 August 2026: Attack on Leon Trotsky"]
    assert made.items[0].id == "tag:almanac.example,2026-08-20:any?kind=event&q=trotsky"
    assert made.title == "The Daily Almanac: events, “trotsky”"
    assert "Sources: our own, wikidata (CC0-1.0)" in made.items[0].html


def test_a_filter_s_feed_names_itself(library):
    """The feed's own address has the filter in the one form that it is written in."""
    wanted = Filter.read([("to", "1950"), ("kind", "event")])
    made = feeds.asked(library, "/feeds/any.atom", wanted, TODAY)
    root = assert_valid_atom(made.body)

    link = root.find("a:link[@rel='self']", ATOM)
    assert link.get("href") == "https://almanac.example/feeds/any.atom?kind=event&to=1950"
    assert feeds.asked(library, "/feeds/any.xml", wanted, TODAY) is None


def test_a_day_whose_story_was_corrected_is_newer(publication):
    """A reader is shown the item again, under its id, from the day of the correction."""
    made = feed_of_days(Desk(publication, [ONCE]), TODAY, days=3).items[2]

    assert made.published.date() == datetime.date(2026, 8, 18)
    assert made.updated.date() == datetime.date(2026, 8, 19)
