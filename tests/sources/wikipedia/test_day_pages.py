"""Pages of days in fourteen languages: what is in `pages/`, with what is to be found beside it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from hodie.almanac import Kind
from hodie.dates import MonthDay
from hodie.sources import SourceError
from hodie.sources.wikipedia import DayPage, read_page
from hodie.sources.wikipedia.grammar import language, languages

PAGES = Path(__file__).with_name("pages")
PARSOID = "<html><head><link rel='dc:isVersionOf' href='//en.wikipedia.org/wiki/August_20'/></head>"


def page_of(tag: str) -> DayPage:
    return read_page((PAGES / f"{tag}.html").read_bytes(), language(tag))


def page_with(events: str, tag: str = "en") -> DayPage:
    """Read a page with some events."""
    heading = language(tag).table.events[0]
    html = f"{PARSOID}<body><h2>{heading}</h2>{events}</body></html>"
    return read_page(html.encode(), language(tag))


@pytest.mark.parametrize("tag", languages())
def test_everything_on_a_page_is_found(tag):
    """Year, words and linked pages of each item, of each kind, and nothing else on the page."""
    expected = json.loads((PAGES / f"{tag}.json").read_text(encoding="utf-8"))
    page = page_of(tag)

    found = {
        kind.value: [[item.year, item.text, *item.pages] for item in page.of(kind)] for kind in Kind
    }

    assert found == expected


@pytest.mark.parametrize("tag", languages())
def test_a_page_says_where_it_comes_from(tag):
    """Every item has the day, the revision, the address and the licence of its page."""
    page = page_of(tag)

    assert page.month_day == MonthDay(8, 20)
    for kind in Kind:
        for item in page.of(kind):
            assert (item.language, item.licence) == (tag, "CC-BY-SA-4.0")
            assert item.url
            assert item.url.startswith(f"https://{tag}.wikipedia.org/wiki/")
            assert item.revision == page.revision
            assert page.revision
            assert page.revision.startswith("10")


def test_an_item_below_another_takes_its_words_and_keeps_its_pages_apart():
    """A heading of a nested list goes before the text, its links to the context."""
    bernard = page_of("en").holidays[0]

    assert bernard.text == "Christian feast day:\nBernard"
    assert (bernard.pages, bernard.context) == (("Bernard_Example",), ("Feast_day",))


def test_the_headings_above_an_item_are_told():
    """Subjects and centuries below the heading of the kind are the item's section."""
    assert page_of("de").births[1].section == ("20. Jahrhundert", "1901–1925")
    assert page_of("ru").holidays[0].section == ("Национальные",)


def test_a_doubtful_year_is_told_as_such():
    """A year that may be another has both, and the date says that it is uncertain."""
    [market] = [item for item in page_of("en").events if item.year == 1425]

    assert (market.year_words, market.other_year) == ("1425 (or 1426)", 1426)
    assert (market.date, market.uncertain) == ("1425-08-20?", True)


@pytest.mark.parametrize(
    ("year", "date", "calendar"),
    [
        ("44 BC", "-0043-08-20", "julian"),
        ("1582", "1582-08-20", "julian"),
        ("1583", "1583-08-20", "gregorian"),
    ],
)
def test_dates_are_of_the_calendar_of_their_time(year, date, calendar):
    """Before 15 October 1582 a page's date is Julian, by civil practice."""
    [item] = page_with(f"<ul><li>{year} – It rains.</li></ul>").events

    assert (item.date, item.calendar) == (date, calendar)


def test_what_could_not_be_read_is_told_with_its_line():
    """An item without a year, or with nothing after it, is no item, but is not lost silently."""
    assert [(each.reason, each.text[:10]) for each in page_of("en").left_out] == [
        ("nothing stands after the year 1969", "1969 –"),
        ("no year before it", "300 people"),
    ]
    assert all(each.line for each in page_of("en").left_out)


@pytest.mark.parametrize(
    ("href", "title"),
    [
        ("./Caner_B%C3%BCke", "Caner_Büke"),
        ("/wiki/Caner_B%C3%BCke", "Caner_Büke"),
        ("./AC/DC", "AC/DC"),
        ("./What%3F", "What?"),
        ("./Rome#History", "Rome"),
        ("./Star_Trek:_Voyager", "Star_Trek:_Voyager"),
        ("https://en.wikipedia.org/wiki/Rome", "Rome"),
        ("//en.wikipedia.org/wiki/Rome", "Rome"),
        ("https://en.m.wikipedia.org/wiki/Rome", "Rome"),
    ],
)
def test_titles_are_decoded(href, title):
    """A link's title is what the wiki calls the page, however the address writes it."""
    [item] = page_with(f'<ul><li>1940 – It <a href="{href}">rains</a>.</li></ul>').events

    assert item.pages == (title,)


@pytest.mark.parametrize(
    "link",
    [
        '<a href="./Nowhere" class="new">rains</a>',
        '<a href="./Nowhere?action=edit&amp;redlink=1">rains</a>',
        '<a href="/w/index.php?title=Nowhere&amp;action=edit&amp;redlink=1">rains</a>',
        '<a href="https://example.org/rain">rains</a>',
        '<a href="https://fr.wikipedia.org/wiki/Pluie" rel="mw:WikiLink/Interwiki">rains</a>',
        '<a href="https://en.wikipedia.org/wiki/Rain" class="external text">rains</a>',
        '<a href="./File:Rain.jpg">rains</a>',
        '<a href="./Category:Rain">rains</a>',
        '<a href="#cite_note-1">rains</a>',
        '<a href="./August_20#cite_note-3"></a>rains',
        '<a href="http://[broken">rains</a>',
        "<a>rains</a>",
    ],
)
def test_links_that_lead_to_no_article_go(link):
    """Red links, other sites, other wikis, files and marks of references are no linked pages."""
    [item] = page_with(f"<ul><li>1940 – It {link}.</li></ul>").events

    assert item.pages == ()
    assert item.text == "It rains."


@pytest.mark.parametrize(
    "mark",
    [
        '<sup class="reference"><a href="#cite_note-1">[1]</a></sup>',
        '<sup typeof="mw:Extension/ref"><a href="./X#cite_note-1">[1]</a></sup>',
        " [12]",
        '<sup class="noprint Inline-Template">[<i>citation needed</i>]</sup>',
        "<style>.x{}</style>",
        '<span style="display:none">0001</span>',
        "<!-- 1940 -->",
    ],
)
def test_marks_are_no_part_of_the_words(mark):
    """References, their marks, styles and what is hidden do not stand in the sentence."""
    [item] = page_with(f"<ul><li>1940 – It rains{mark}.</li></ul>").events

    assert item.text == "It rains."


def test_the_topic_comes_first():
    """The page in bold letters is what the item is about, wherever it stands."""
    [item] = page_with(
        "<ul><li>1946 – <a href='./Jockey'>Jockey</a> <b><a href='./Ann'>Ann</a></b> falls.</li>"
        "<ul>"
    ).events

    assert (item.topic, item.pages) == ("Ann", ("Ann", "Jockey"))


def test_the_topic_of_a_life_is_the_person():
    """A birth or a death is about the first page linked, unless a clause stands before it."""
    html = PARSOID + (
        "<body><h2>Births</h2><ul><li>1901 – Saint <a href='./Ann'>Ann</a>, of "
        "<a href='./Rome'>Rome</a></li><li>1902 – Bob, a man of <a href='./Rome'>Rome</a></li></ul>"
    )

    births = read_page(html.encode(), language("en")).births

    assert [item.topic for item in births] == ["Ann", None]


def test_a_page_of_the_own_year_is_none_of_the_item():
    """The year's own link goes, in the year or in the sentence; another year's stays."""
    [item] = page_with(
        "<ul><li><a href='./1940'>1940</a> – In <a href='./1940'>that year</a>, as in "
        "<a href='./1939'>1939</a>, it rains.</li></ul>"
    ).events

    assert item.pages == ("1939",)


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        ("<ul><li>1940<ul><li>A</li><li>B</li></ul></li></ul>", ["A", "B"]),
        ("<ul><li>1940:<ol><li>A</li></ol></li></ul>", ["A"]),
        ("<ul><li>1940 – A<ul><li>B</li></ul></li></ul>", ["A\nB"]),
        (
            "<ul><li>1940<ul><li>A<ul><li>B</li><li>C</li></ul></li></ul></li></ul>",
            ["A\nB", "A\nC"],
        ),
        ("<ul><li>War:<ul><li>1940 – A</li></ul></li></ul>", ["War:\nA"]),
        ("<dl><dt>1940</dt><dd>A</dd><dd>B</dd></dl>", ["A", "B"]),
        ("<ul><li><b>1940</b> A</li></ul>", ["A"]),
        ("<h3>1940</h3><ul><li>A</li></ul>", ["A"]),
        ("<p><b>1940</b> – A</p>", ["A"]),
        ("<table><tr><td><ul><li>1940 – A</li></ul></td></tr></table>", ["A"]),
        ("<div class='navbox'><ul><li>1940 – A</li></ul></div>", []),
        ("<p>In 1940 it rained.</p>", []),
        ("<h3>1901–1940</h3><ul><li>A</li></ul>", []),
        ("<ul><li>1940 was dry.</li></ul>", []),
        ("<ul><li><a href='./1940_Games'>1940 Games</a> begin</li></ul>", []),
    ],
)
def test_shapes_of_items(html, texts):
    """Years stand in an item, above it, as a term, in bold letters, or as a heading."""
    assert [item.text for item in page_with(html).events if item.year == 1940] == texts


def test_a_page_that_a_browser_saved():
    """The usual view of the wiki is read as well: its headings, its links, its revision."""
    html = b"""<html><head><title>August 20 - Wikipedia</title>
    <link rel="canonical" href="https://en.wikipedia.org/wiki/August_20"/>
    <script>RLCONF={"wgPageName":"August_20","wgRevisionId":77}</script></head><body>
    <nav><ul><li>1 - Main page</li></ul></nav><div id="mw-content-text">
    <div class="mw-heading mw-heading2"><h2 id="Events">Events</h2><span class="mw-editsection">
    [<a href="/w/index.php?title=August_20&amp;action=edit">edit</a>]</span></div>
    <ul><li><a href="/wiki/1940" title="1940">1940</a> &#8211; It <a href="/wiki/Rain">rains</a>.
    </li></ul>
    <h2><span class="mw-headline" id="Births">Births</span><span class="mw-editsection">[edit]
    </span></h2><ul><li>1901 - <a href="/wiki/Ann">Ann</a></li></ul></div></body></html>"""

    page = read_page(html, language("en"))

    assert (page.day, page.revision) == ("08-20", "77")
    assert [(item.year, item.text, item.pages) for item in page.events] == [
        (1940, "It rains.", ("Rain",))
    ]
    assert page.births[0].topic == "Ann"


def test_italian_births_have_a_page_of_their_own():
    """A page that is all births needs no heading that says so."""
    html = (
        '<html><head><link rel="dc:isVersionOf" href="//it.wikipedia.org/wiki/Nati_il_25_luglio"/>'
        "</head><body><ul><li>1778 - <a href='./Rosa'>Rosa</a></li></ul></body></html>"
    )

    page = read_page(html.encode(), language("it"))

    assert (page.day, [item.topic for item in page.births]) == ("07-25", ["Rosa"])


def test_headings_of_older_pages():
    """Ids of 2015 write letters as dots and numbers; the words of a heading may go on."""
    html = PARSOID + "<body><h2 id='D.C3.A9c.C3.A8s'></h2><ul><li>1940 : A</li></ul>"

    assert len(read_page(html.encode(), language("fr")).deaths) == 1
    assert language("ru").kind("Праздники и памятные дни России") is Kind.HOLIDAY
    assert language("en").kind("Eventscape") is None


def test_a_page_in_another_language_is_refused():
    """Nothing found because of a wrong language is an error, not an empty day."""
    with pytest.raises(SourceError, match=r"no heading of a day's page in 'tr'.*another language"):
        read_page((PAGES / "de.html").read_bytes(), language("tr"))


@pytest.mark.parametrize("html", [b"", b"   ", b"\0\0", b"<!-- -->", b"\xff\xfe"])
def test_no_page_at_all_is_refused(html):
    """An empty file is an error with the name of the page."""
    with pytest.raises(SourceError, match=r"en\.wikipedia page 'August 20': "):
        read_page(html, language("en"), title="August 20")


def test_markup_in_words_is_made_plain():
    """What an item writes as text stays text, and scripts in it go."""
    [item] = page_with(
        "<ul><li>1940 – AT&amp;T, 2 &lt; 3 &lt;script&gt;alert(1)&lt;/script&gt;</li></ul>"
    ).events

    assert item.text == "AT&T, 2 < 3"


def test_an_unknown_language_is_refused():
    """The languages that there are are named."""
    with pytest.raises(SourceError, match="no Wikipedia in 'xx' can be read; there are: ar, bs"):
        language("xx")


@pytest.mark.parametrize("tag", languages())
def test_every_day_has_a_page(tag):
    """The title of each day's page names that day, and no two days share one."""
    tongue = language(tag)
    titles = {title: day for day in MonthDay.all() for title in tongue.titles(day)}

    assert len(titles) % 366 == 0
    assert all(tongue.day(title) == day for title, day in titles.items())


@pytest.mark.parametrize(
    ("offered", "text"),
    [
        ('{"twoway":[{"l":"zh-hant","t":"市場"},{"l":"zh-hans","t":"市场"}]}', "市场开业"),
        ('{"twoway":[{"l":"sr-el","t":"Trg"}]}', "Trg开业"),
        ('{"disabled":{"t":"市<b>场</b>"}}', "市场开业"),
        ('{"oneway":[{"f":"市場","l":"zh-cn","t":"市场"}]}', "市场开业"),
        ('{"filter":{"l":["zh"]}}', "开业"),
        ("[1]", "开业"),
        ('{"twoway":[5]}', "开业"),
        ("{", "开业"),
    ],
)
def test_spellings_that_a_page_offers(offered, text):
    """Where a page leaves it to the reader's spelling, the first of the wiki's own is taken."""
    span = f"<span typeof='mw:LanguageVariant mw:Transclusion' data-mw-variant='{offered}'></span>"
    [item] = page_with(f"<ul><li>1940年：{span}开业</li></ul>", "zh").events

    assert item.text == text
