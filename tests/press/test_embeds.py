"""Embeds and oEmbed: small, self-contained, and what they say when asked oddly."""

from __future__ import annotations

import datetime
import json
from xml.etree import ElementTree as ET

import pytest
from msgspec import structs

from hodie.almanac import Entity, Entry, Kind, Label, Participant
from hodie.dates import MonthDay
from hodie.press import Publication, embeds
from hodie.press.filters import FilterError
from hodie.server.desk import open_press

TODAY = datetime.date(2026, 8, 20)
LIMIT = 8 * 1024


@pytest.fixture(scope="module")
def press(demo):
    """The demo's press."""
    return open_press(demo)


@pytest.fixture
def bilingual(own):
    """A press of a publication in two languages."""
    file = own / "hodie.toml"
    text = file.read_text("utf-8").replace('languages = ["en"]', 'languages = ["en", "de"]')
    file.write_text(text, "utf-8")
    return open_press(own)


def read(press, address):
    return json.loads(press.page(address, TODAY).body)


def test_the_component_is_small_and_alone(press):
    """It weighs less than 8 KB, brings nothing in, and knows the publication's zone."""
    script = press.page("/embed/today.js", TODAY)

    assert script.media_type.startswith("text/javascript")
    assert len(script.body) < LIMIT
    assert b'"ZONE"' not in script.body
    assert f'ZONE = "{press.publication.time_zone}"'.encode() in script.body
    assert b"cookie" not in script.body
    assert b"import " not in script.body


@pytest.mark.parametrize("day", ["08-20", "02-29", "01-01"])
def test_a_frame_is_small(press, day):
    """A frame's page with its style sheet weighs less than 8 KB."""
    frame = press.page(f"/embed/on/{day}/", TODAY).body
    style = press.assets["embed.css"].body

    assert len(frame) + len(style) < LIMIT
    assert b"<script" not in frame
    assert b'lang="en"' in frame


@pytest.mark.parametrize("day", ["08-20", "01-01"])
def test_a_day_s_file_is_small_and_backed(press, day):
    """It has at most ten of a kind, each with an address of the site, and names its sources."""
    told = read(press, f"/embed/on/{day}.json")
    kinds = [item["kind"] for item in told["items"]]

    assert told["day"] == day
    assert all(kinds.count(kind) <= embeds.MOST for kind in kinds)
    assert all(item["url"].startswith(press.publication.base_url) for item in told["items"])
    assert told["sources"]
    assert len(press.page(f"/embed/on/{day}.json", TODAY).body) < LIMIT


def test_another_language_has_its_own_words(bilingual):
    """A publication's other languages are files of their own; the names of days are theirs."""
    told = read(bilingual, "/embed/on/08-20.de.json")

    assert (told["language"], told["worded"]) == ("de", "20. August")
    assert told["words"]["sources"] == "Quellen"
    assert "/embed/on/08-20.de.json" in set(bilingual.addresses(TODAY))
    assert b'LANGUAGES = ["en","de"]' in bilingual.page("/embed/today.js", TODAY).body
    assert bilingual.page("/embed/on/08-20.fr.json", TODAY) is None
    assert bilingual.page("/embed/on/08-20.en.json", TODAY) is None


@pytest.mark.parametrize(
    "address",
    ["/embed/on/02-30/", "/embed/on/13-01.json", "/embed/stories/nothing/", "/embed/on/8-20/"],
)
def test_what_is_no_day_is_no_embed(press, address):
    """There is nothing at the address of a day that no year has."""
    assert press.page(address, TODAY) is None


def test_a_frame_s_query_chooses(press):
    """Kinds, count and language are read from the address."""
    query = [("kinds", "death birth"), ("count", "2")]
    page = press.asked("/embed/on/08-20/", query, TODAY).body.decode()

    assert page.count('<li class="death">') == page.count('<li class="birth">') == 2
    assert page.index('class="death"') < page.index('class="birth"')
    assert 'class="event"' not in page


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ([("kinds", "births")], "did you mean 'birth'?"),
        ([("count", "0")], "from 1 to 10"),
        ([("count", "1e3")], "from 1 to 10"),
        ([("language", "fr")], "known are 'en'"),
        ([("kind", "birth")], "did you mean 'kinds'?"),
    ],
)
def test_odd_queries_are_refused(press, query, words):
    """The error names the parameter and what would do."""
    with pytest.raises(FilterError) as caught:
        press.asked("/embed/on/08-20/", query, TODAY)

    assert caught.value.parameter == query[0][0]
    assert words in str(caught.value)


# oEmbed


def asked(press, **query):
    page = press.asked("/oembed", list(query.items()), TODAY)
    return None if page is None else json.loads(page.body)


@pytest.mark.parametrize(
    ("path", "src"),
    [
        ("/", "/embed/today/"),
        ("/on/08-20/", "/embed/on/08-20/"),
        ("/on/08-20", "/embed/on/08-20/"),
        ("/stories/trotsky-assassinated/", "/embed/stories/trotsky-assassinated/"),
    ],
)
def test_oembed_describes_days_and_stories(press, path, src):
    """The answer has what oEmbed 1.0 asks of a rich type, and a frame that is well formed."""
    url = press.publication.base_url + path
    told = asked(press, url=url, format="json")
    frame = ET.fromstring(told["html"].replace("loading", "data-loading"))

    assert (told["version"], told["type"]) == ("1.0", "rich")
    assert frame.get("src") == press.publication.url(src)
    assert frame.get("title")
    assert (told["width"], told["height"]) == (int(frame.get("width")), int(frame.get("height")))
    assert told["thumbnail_url"].endswith(".png")
    assert told["provider_name"] == press.publication.name


def test_oembed_keeps_to_the_room_there_is(press):
    """A site that has less room gets a smaller frame, never one that shows nothing."""
    url = press.publication.base_url + "/on/08-20/"

    assert asked(press, url=url, maxwidth="300")["width"] == 300
    assert asked(press, url=url, maxwidth="9999")["width"] == 480
    assert asked(press, url=url, maxheight="1")["height"] == 120


@pytest.mark.parametrize(
    "url",
    [
        "https://elsewhere.example/on/08-20/",
        "{}/about/leon-trotsky/",
        "{}/on/02-30/",
        "{}/stories/nothing/",
        "nonsense",
        "http://[",
    ],
)
def test_oembed_knows_nothing_else(press, url):
    """Other pages, and those of other sites, are not embedded."""
    assert asked(press, url=url.format(press.publication.base_url)) is None


def test_oembed_refuses_what_it_does_not_speak(press):
    """XML is answered 501, as the text of oEmbed says; an address is needed."""
    assert press.asked("/oembed", [("url", "x"), ("format", "xml")], TODAY).status == 501
    with pytest.raises(FilterError, match="is missing"):
        asked(press)


def test_pages_lead_to_their_oembed(press):
    """A day and a story name the file that describes their embed; it is the live answer."""
    for path in ("/", "/on/08-20/", "/stories/trotsky-assassinated/"):
        html = press.page(path, TODAY).body.decode()
        [line] = [line for line in html.splitlines() if "json+oembed" in line]
        address = line.partition('href="')[2].partition('"')[0]
        file = press.page(address.removeprefix(press.publication.base_url), TODAY)

        assert json.loads(file.body) == asked(press, url=press.publication.base_url + path)


# Text


@pytest.mark.parametrize("day", [TODAY, datetime.date(2028, 8, 20)])
def test_today_as_text_fits_a_terminal(press, day):
    """No line but an address is longer than 72 characters, and the sources are named."""
    page = press.page("/today.txt", day)
    lines = page.body.decode().splitlines()

    assert page.media_type == "text/plain; charset=utf-8"
    assert all(len(line) <= 72 for line in lines if "://" not in line)
    assert any(line.startswith("Sources: ") for line in lines)
    assert lines[-1] == press.publication.url("/")


def test_today_as_markdown_keeps_its_marks(press):
    """What looks like Markdown in a title is text, and links lead to the site."""
    from markdown_it import MarkdownIt

    page = press.page("/today.md", TODAY)
    html = MarkdownIt().render(page.body.decode())

    assert page.media_type == "text/markdown; charset=utf-8"
    assert "<h1>Today in History: Thursday, 20 August 2026</h1>" in html
    assert f'href="{press.publication.url("/stories/trotsky-assassinated/")}"' in html
    assert "<li><strong>" in html


def test_the_publication_is_not_touched(press):
    """A day's file is the same however often it is made."""
    assert isinstance(press.publication, Publication)
    address = f"/embed/on/{MonthDay(8, 20)}.json"
    assert press.page(address, TODAY) == press.page(address, TODAY)


def test_names_are_those_of_the_language(press):
    """Who is known by another name in a language stands under that name, if the almanac has it."""
    trotsky = Entity(
        "leon-trotsky",
        "Leon Trotsky",
        description="revolutionary",
        labels=(Label("de", "Leo Trotzki", "Revolutionär"),),
    )
    birth = Entry("b:1", Kind.BIRTH, participants=(Participant(trotsky, "subject"),))
    unnamed = structs.replace(birth, participants=(Participant(Entity("x", "X"), "subject"),))

    assert embeds.text_of(Kind.BIRTH, birth, "de-AT") == "Leo Trotzki, Revolutionär"
    assert embeds.text_of(Kind.BIRTH, birth, "en") == "Leon Trotsky, revolutionary"
    assert embeds.text_of(Kind.BIRTH, unnamed, "de") == "X"
