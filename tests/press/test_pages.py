"""Pages as readers get them: what stands on each, where it links, and what is none."""

from __future__ import annotations

import datetime
import itertools
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from lxml import etree, html

from hodie.almanac import Almanac, Entity, Entry, Kind, Participant, Reference, build
from hodie.dates import Calendar, HistoricalDate, MonthDay
from hodie.press import Press, Publication, read_stories

TODAY = datetime.date(2026, 8, 20)
WIKIDATA = Reference("wikidata", "https://www.wikidata.org/wiki/Q1", licence="CC0-1.0")

CONFIG = """\
name = "The Daily Almanac"
languages = ["en"]
time_zone = "Europe/London"
base_url = "https://almanac.example"
entity_weight = 0.5

[[series]]
id = "days"
name = "Days"

[[authors]]
id = "desk"
name = "The desk"
kind = "desk"
note = "It looks things up."
"""
STORY = """\
---
series: days
headline: The visitor
date: 1940-08-20
by: [desk]
summary: A man came to tea.
entries: ["e:1940-08-20:attack"]
entities: [leon-trotsky, ramon-mercader]
sources: [{title: A Book, author: Somebody}]
corrections: [{date: 2026-01-02, note: The year was wrong.}]
---
He came *twice*. The second time he stayed.
"""

TROTSKY = Entity(
    "leon-trotsky",
    "Leon Trotsky",
    kind="person",
    wikidata="Q33391",
    wikipedia="Leon Trotsky",
    description="Russian revolutionary",
    weight=0.9,
    born=1879,
    died=1940,
)
MERCADER = Entity("ramon-mercader", "Ramón Mercader", kind="person", weight=0.2)
LIGHT = Entity("light", "Some Body", kind="person", weight=0.01)
MEXICO = Entity("mexico-city", "Mexico City", kind="place", weight=0.8)


def entry(id: str, kind: Kind, date: HistoricalDate, **more: object) -> Entry:
    """Make an entry of a day, with a reference."""
    day = more.pop("day", date.month_day)
    return Entry(id, kind, date=date, day=day, references=(WIKIDATA,), **more)  # type: ignore[arg-type]


def entries() -> Iterator[Entry]:
    """Yield a small almanac: one day in full, and the odd cases."""
    day = HistoricalDate(1940, 8, 20)
    yield entry(
        "e:1940-08-20:attack",
        Kind.EVENT,
        day,
        title="Assassination of Leon Trotsky",
        weight=0.9,
        participants=(
            Participant(TROTSKY, "person"),
            Participant(MERCADER, "person"),
            Participant(MEXICO, "place"),
        ),
    )
    for number, year in enumerate((636, 1191, 1776, 1866, 1926, 1968), 1):
        calendar = Calendar.JULIAN if year < 1583 else Calendar.GREGORIAN
        date = HistoricalDate(year, 8, 20, calendar=calendar)
        yield entry(f"e:{year}:x", Kind.EVENT, date, title=f"Event <{year}>", weight=number / 20)
    yield entry(
        "b:1900:light",
        Kind.BIRTH,
        HistoricalDate(1900, 8, 20),
        weight=0.01,
        participants=(Participant(LIGHT, "subject"),),
    )
    yield entry(
        "b:1879-11-07:trotsky",
        Kind.BIRTH,
        HistoricalDate(1879, 11, 7),
        weight=0.9,
        participants=(Participant(TROTSKY, "subject"),),
    )
    yield entry(
        "d:1940-08-21:trotsky",
        Kind.DEATH,
        HistoricalDate(1940, 8, 21),
        weight=0.9,
        participants=(Participant(TROTSKY, "subject"),),
    )
    yield entry(
        "e:-0043-03-15:caesar",
        Kind.EVENT,
        HistoricalDate(-43, 3, 15, calendar=Calendar.JULIAN),
        title="Ides of March",
        weight=0.8,
    )
    yield entry(
        "e:1917-10-25:rising",
        Kind.EVENT,
        HistoricalDate(1917, 10, 25, calendar=Calendar.JULIAN),
        day=MonthDay(11, 7),
        title="October Revolution",
        weight=0.9,
    )
    yield Entry(
        "h:08-20:day", Kind.HOLIDAY, day=MonthDay(8, 20), title="A Holiday", countries=("HU", "MA")
    )


@pytest.fixture(scope="module")
def press(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Press]:
    """The press of a small publication with a story."""
    folder = tmp_path_factory.mktemp("publication")
    (folder / "hodie.toml").write_text(CONFIG)
    (folder / "stories").mkdir()
    (folder / "stories" / "visitor.md").write_text(STORY)
    build(folder / "almanac.db", entries())
    publication = Publication.load(folder)
    with Almanac.open(folder / "almanac.db") as almanac:
        yield Press(publication, almanac, read_stories(folder / "stories", publication))


def text(press: Press, address: str, today: datetime.date = TODAY) -> str:
    """Return a page's text as a reader has it, white space folded."""
    return " ".join(document(press, address, today).text_content().split())


def document(press: Press, address: str, today: datetime.date = TODAY) -> html.HtmlElement:
    """Return a page's tree, its scripts taken out."""
    page = press.page(address, today)
    assert page is not None, address
    tree = html.document_fromstring(page.body.decode())
    etree.strip_elements(tree, "script", "style", with_tail=False)
    return tree


def links(tree: html.HtmlElement) -> set[str]:
    """Return the addresses of this site that a page links to, without fragments."""
    found = {str(each) for each in tree.xpath("//@href | //@src")}
    return {each.partition("#")[0] for each in found if each.startswith("/")}


def test_the_front_page_says_todays_date_with_its_weekday(press: Press) -> None:
    """A reader sees at once which day it is."""
    assert "Thursday, 20 August 2026, day 232 of the year, 133 to come" in text(press, "/")


def test_the_lead_of_the_day_is_its_best_entry(press: Press) -> None:
    """Where no story runs, the weightiest event leads."""
    [lead, *_] = document(press, "/on/03-15/").xpath("//article[@id]/h2")

    assert lead.text_content() == "Ides of March"


def test_what_the_story_tells_is_not_told_again_below_it(press: Press) -> None:
    """The entry that the day's story is about is left to the story."""
    leads = [each.text_content() for each in document(press, "/on/08-20/").xpath("//article/h2")]

    assert leads[0] == "The visitor"
    assert "Assassination of Leon Trotsky" not in leads


def test_whoever_a_story_names_has_a_page(press: Press) -> None:
    """An entity that a story names is in the edition, however light it is."""
    assert "/about/ramon-mercader/" in press.addresses(TODAY)


def test_a_story_runs_on_its_day_every_year(press: Press) -> None:
    """The story told of a day stands on the page of that day."""
    assert "The visitor" in text(press, "/on/08-20/", datetime.date(2031, 3, 1))
    assert "The visitor" not in text(press, "/on/08-21/")


def test_a_round_anniversary_is_marked(press: Press) -> None:
    """A hundred years are told apart from 86 by the accent."""
    tree = document(press, "/on/08-20/")

    marked = {each.text_content() for each in tree.find_class("ago round")}

    assert marked == {"250 years ago", "100 years ago"}


def test_markup_in_a_title_is_shown_as_it_is(press: Press) -> None:
    """Facts are text: nothing of them becomes markup."""
    page = press.page("/on/08-20/", TODAY)

    assert page is not None
    assert b"Event &lt;1776&gt;" in page.body
    assert b"<1776>" not in page.body


def test_a_day_without_entries_has_a_page_that_says_so(press: Press) -> None:
    """Each of the 366 days has a page."""
    assert "Nothing is known of this day yet." in text(press, "/on/01-02/")
    assert all(press.page(f"/on/{day}/", TODAY) for day in MonthDay.all())


@pytest.mark.parametrize(
    "address",
    [
        "/on/02-30/",
        "/on/13-01/",
        "/on/8-20/",
        "/on/08-20",
        "/on/1940-02-30/",
        "/on/1900-02-29/",
        "/year/40/",
        "/year/1941/",
        "/about/nobody/",
        "/stories/none/",
        "/by/nobody/",
        "/series/none/",
        "/feeds/none.atom",
        "/static/hodie.css",
        "/pictures/../hodie.toml",
        "/nothing/",
        "",
    ],
)
def test_an_address_of_nothing_has_no_page(press: Press, address: str) -> None:
    """What does not exist is None, so that the server can say 404."""
    assert press.page(address, TODAY) is None


def test_29_february_1900_is_a_julian_day_only(press: Press) -> None:
    """Address and calendar agree: 1900 is no Gregorian leap year, 1500 was a Julian one."""
    assert press.page("/on/1500-02-29/", TODAY) is not None


def test_a_date_says_its_weekday_and_other_calendars(press: Press) -> None:
    """A date's page words it in the calendars that could hold it."""
    words = text(press, "/on/1940-08-20/")

    assert "Tuesday" in words
    assert "7 August 1940" in words
    assert "2429862" in words


def test_the_day_before_15_october_1582_is_the_4th(press: Press) -> None:
    """Turning pages follows civil practice across the reform of the calendar."""
    assert "/on/1582-10-04/" in links(document(press, "/on/1582-10-15/"))
    assert "/on/1582-10-15/" in links(document(press, "/on/1582-10-04/"))


def test_a_year_before_christ_is_worded_and_addressed_rightly(press: Press) -> None:
    """44 BC is the astronomical year -43, and neighbours skip no year."""
    assert "15 March 44 BC" in text(press, "/on/-0043-03-15/")
    assert "44 BC" in text(press, "/year/-0043/")
    assert "44 BC" in text(press, "/on/03-15/")


def test_an_old_style_date_says_both_days(press: Press) -> None:
    """A Julian date told under its Gregorian day names the Julian one."""
    words = text(press, "/on/11-07/")

    assert "October Revolution" in words
    assert "25 October 1917 by the Julian calendar" in words


def test_a_year_lists_its_entries_by_day(press: Press) -> None:
    """The year's page has events and deaths, in order, with their counts."""
    words = text(press, "/year/1940/")

    assert "Of known day: events 1, births 0, deaths 1" in words
    assert words.index("20 Aug") < words.index("21 Aug")


def test_an_entity_has_its_life_drawn_and_listed(press: Press) -> None:
    """A life is a numbered chart, and a list with ages counted to the day."""
    tree = document(press, "/about/leon-trotsky/")
    [chart] = tree.xpath("//svg[@role='img']")

    assert "3 dated entries from 1879 to 1940" in chart.get("aria-label")
    assert "aged 60" in tree.text_content()
    assert "aged 61" not in tree.text_content()


def test_an_entity_links_its_stories_and_identifiers(press: Press) -> None:
    """The stories that tell of an entity, and its Wikidata item, are on its page."""
    tree = document(press, "/about/leon-trotsky/")

    assert "/stories/visitor/" in links(tree)
    assert "https://www.wikidata.org/wiki/Q33391" in tree.xpath("//@href")


def test_a_name_is_linked_only_where_its_page_is_in_the_edition(press: Press) -> None:
    """Light entities are named without a link, so no link of the edition breaks."""
    assert "/about/mexico-city/" in links(document(press, "/on/1940-08-20/"))
    assert "/about/light/" not in links(document(press, "/on/08-20/"))


def test_a_story_has_all_its_parts(press: Press) -> None:
    """Series, dateline, headline, byline, correction, sources, author's note and facts."""
    words = text(press, "/stories/visitor/")

    for part in (
        "Days · 20 August 1940",
        "The visitor",
        "By The desk",
        "Correction, 2 January 2026. The year was wrong.",
        "He came twice.",
        "Somebody, A Book",
        "It looks things up.",
        "Assassination of Leon Trotsky",
    ):
        assert part in words


def test_share_links_ask_nobody_until_used(press: Press) -> None:
    """Sharing is plain links: a page loads nothing from another host."""
    tree = document(press, "/stories/visitor/")
    loaded = tree.xpath("//img/@src | //link[@rel='stylesheet' or @rel='preload']/@href")

    assert any("bsky.app" in each for each in tree.xpath("//a/@href"))
    assert all(each.startswith("/") for each in loaded)


def test_every_entry_shows_its_reference_and_licence(press: Press) -> None:
    """The facts' sources travel with them to the page."""
    tree = document(press, "/on/1940-08-20/")

    assert "https://www.wikidata.org/wiki/Q1" in tree.xpath("//details//a/@href")
    assert "CC0-1.0" in tree.text_content()


def test_holidays_name_their_countries(press: Press) -> None:
    """Country codes are words to a reader."""
    assert "A Holiday (Hungary, Morocco)" in text(press, "/on/08-20/")


def test_search_finds_entries_stories_and_names(press: Press) -> None:
    """One search answers with stories first, then entries and entities."""
    page = press.search("visitor", TODAY)
    assert "/stories/visitor/" in links(html.document_fromstring(page.body.decode()))

    page = press.search("  TROTSKY  ", TODAY)
    assert b"Assassination of" in page.body


@pytest.mark.parametrize("query", ["", '"', "<script>", "zzzz", "💥", "a" * 300, "AND OR", "08-20"])
def test_any_search_has_an_answer(press: Press, query: str) -> None:
    """No query breaks the page, and none comes back as markup."""
    page = press.search(query, TODAY)

    assert page.status == 200
    assert b"<script>" not in page.body.replace(b"<script type", b"").replace(b"<script src", b"")


def test_a_search_for_a_day_offers_the_day(press: Press) -> None:
    """Somebody who types a day wants its page."""
    tree = html.document_fromstring(press.search("08-20", TODAY).body.decode())

    assert "/on/08-20/" in links(tree)


def test_the_missing_page_offers_the_nearest_days(press: Press) -> None:
    """A bad date leads on to good ones."""
    page = press.missing("/on/02-30/", TODAY, (MonthDay(2, 29), MonthDay(3, 1)), "30 February")

    assert page.status == 404
    assert b"30 February is no day of the calendar" in page.body
    assert b'href="/on/02-29/"' in page.body


def few_cards(addresses: Iterable[str]) -> list[str]:
    """Leave out most cards of days: they are drawn alike, and take a while."""
    return [each for each in addresses if not re.match(r"/cards/on/\d\d-(?!20)", each)]


def test_every_address_has_a_page_and_every_link_leads_to_one(press: Press) -> None:
    """An edition is closed: no link of it leads to nothing."""
    addresses = list(press.addresses(TODAY))
    assert len(addresses) == len(set(addresses))
    # The search form's address is the server's; the edition holds its page in a folder.
    known = {*addresses, "/search"}
    for address in few_cards(addresses):
        page = press.page(address, TODAY)
        assert page is not None, address
        if page.media_type.startswith("text/html") and "/on/0" not in address[:5]:
            broken = {
                each
                for each in links(html.document_fromstring(page.body.decode()))
                if each not in known and not re.fullmatch(r"/on/-?\d{4}-\d\d-\d\d/", each)
            }
            assert not broken, address


def test_pages_are_well_made(press: Press) -> None:
    """One title, one h1, a language, a description; ids once; no heading skips a level."""
    for address in (
        "/",
        "/on/",
        "/on/08-20/",
        "/on/1940-08-20/",
        "/year/1940/",
        "/about/leon-trotsky/",
        "/stories/",
        "/stories/visitor/",
        "/search/",
    ):
        tree = document(press, address)
        ids = tree.xpath("//@id")
        levels = [int(each.tag[1]) for each in tree.xpath("//h1 | //h2 | //h3")]

        assert tree.get("lang") == "en"
        assert len(tree.xpath("//head/title")) == len(tree.xpath("//h1")) == 1, address
        assert tree.xpath("//meta[@name='description']/@content")[0].strip(), address
        assert len(ids) == len(set(ids)), address
        assert all(b - a <= 1 for a, b in itertools.pairwise(levels)), address


def test_linked_data_is_json_and_names_its_type(press: Press) -> None:
    """Search engines get a NewsArticle, an Event and a Person."""
    types = {}
    for address in ("/stories/visitor/", "/on/1940-08-20/", "/about/leon-trotsky/"):
        page = press.page(address, TODAY)
        assert page is not None
        tree = html.document_fromstring(page.body.decode())
        blocks = tree.xpath("//script[@type='application/ld+json']/text()")
        types[address] = {json.loads(block)["@type"] for block in blocks}

    assert "NewsArticle" in types["/stories/visitor/"]
    assert "Event" in types["/on/1940-08-20/"]
    assert "Person" in types["/about/leon-trotsky/"]


def test_the_same_page_has_the_same_bytes(press: Press) -> None:
    """Rendering asks for no clock and no chance."""
    for address in few_cards(press.addresses(TODAY)):
        first, second = press.page(address, TODAY), press.page(address, TODAY)
        assert first == second


def test_styles_are_named_by_their_content(press: Press) -> None:
    """A style sheet may be kept for ever: its address changes with it, and so do its fonts'."""
    sheet = next(each for each in press.addresses(TODAY) if "/hodie." in each and "css" in each)
    page = press.page(sheet, TODAY)

    assert page is not None
    fonts = re.findall(r'url\("([^"]+)"\)', page.body.decode())
    assert fonts
    assert all(press.page(font, TODAY) for font in fonts)


def test_a_page_keeps_its_period(press: Press) -> None:
    """A day's page lasts a year, the front a day, a style sheet for ever."""
    later = datetime.date(2026, 9, 1)

    assert press.period("/on/08-20/", TODAY) == press.period("/on/08-20/", later)
    assert press.period("/", TODAY) != press.period("/", later)
    assert press.period("/on/08-20/", TODAY) != press.period("/on/08-20/", TODAY.replace(year=2027))
    assert press.period("/static/x.css", TODAY) == ""


def test_a_german_publication_speaks_german(press: Press, tmp_path: Path) -> None:
    """Words and dates follow the publication's language."""
    (tmp_path / "hodie.toml").write_text(CONFIG.replace('["en"]', '["de"]'))
    german = Press(Publication.load(tmp_path), press.almanac, ())

    words = text(german, "/on/08-20/")
    assert "20. August" in words
    assert "Auch des Erzählens wert" in words


def test_an_edition_holds_the_dates_of_events_only(press: Press) -> None:
    """A date on which somebody was only born has a page by the server alone."""
    addresses = set(press.addresses(TODAY))

    assert "/on/1940-08-20/" in addresses
    assert "/on/1900-08-20/" not in addresses
    assert press.page("/on/1900-08-20/", TODAY) is not None
