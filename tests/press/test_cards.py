"""Share pictures: drawn in the house's type, named by pages, drawn once."""

from __future__ import annotations

import datetime
import functools
import io
import re

import pytest
from msgspec import structs
from PIL import Image

from hodie.dates import MonthDay, parse_edtf
from hodie.press import Edition, Story, cards
from hodie.press.lettering import HEIGHT, WIDTH, Card, draw, settable
from hodie.press.lettering.faces import all_small_capitals, face, ligatured, lining
from hodie.press.telling import tell
from hodie.server.desk import open_press

TODAY = datetime.date(2026, 8, 20)
LONG = "William lands in England with seven thousand men and begins a conquest " * 6
CARD = Card(
    name="The Daily Almanac",
    over="August",
    numeral="20",
    kicker="1940 · 86 years ago",
    headline="Attack on Leon Trotsky",
    foot="Also: Voyager 2",
    host="almanac.example",
    accent="#a3271b",
)


@pytest.fixture(scope="module")
def press(demo):
    """The demo's press."""
    return open_press(demo)


def drawn(**changes) -> Image.Image:
    return Image.open(io.BytesIO(draw(structs.replace(CARD, **changes)))).convert("RGB")


def inked(image: Image.Image, box: tuple[int, int, int, int]) -> int:
    """Count the pixels in a box that are not paper."""
    part = image.crop(box)
    return sum(count for count, colour in part.getcolors(65536) if colour != (250, 247, 240))


@pytest.mark.parametrize("headline", ["Short", "Attack on Leon Trotsky", LONG, "x" * 400, ""])
def test_a_card_is_a_small_png_of_the_usual_size(headline):
    """Whatever it says, it is what services ask for, and light."""
    body = draw(structs.replace(CARD, headline=headline))
    image = Image.open(io.BytesIO(body))

    assert (image.format, image.size) == ("PNG", (WIDTH, HEIGHT) == (1200, 630) and (1200, 630))
    assert len(body) < 40_000


def test_a_card_is_the_same_each_time():
    """The same words give the same bytes, so that nothing is sent twice."""
    assert draw(CARD) == draw(CARD)


@pytest.mark.parametrize("headline", ["Attack", LONG, "x" * 400])
def test_words_stay_on_the_card(headline):
    """A long headline grows smaller and is cut at last; nothing runs over the edge or the rules."""
    image = drawn(headline=headline)

    assert inked(image, (1140, 0, 1200, 630)) == 0
    assert inked(image, (480, 526, 1136, 550)) == 0
    assert inked(image, (514, 150, 1136, 524)) > 2_000


def test_the_accent_is_the_publication_s():
    """The kicker has the one colour that the publication chose."""
    image = drawn(accent="#00ff00", headline="A")

    assert (0, 255, 0) in {colour for _, colour in image.getcolors(65536)}


def test_what_the_type_cannot_set_is_left_out():
    """A headline in another script leaves a card with its numeral alone, in the middle."""
    image = drawn(headline="トロツキー暗殺", kicker="1940年", name="今日", over="8月", foot="今日")

    assert inked(image, (480, 200, 760, 510)) > 10_000
    assert inked(image, (64, 130, 400, 510)) == 0
    assert inked(image, (64, 40, 1136, 100)) == 0


@pytest.mark.parametrize(
    ("text", "covered"),
    [("Čapek", True), ("Октябрь", True), ("Ἀθῆναι", False), ("Αθήνα", True), ("東京", False)],
)
def test_coverage_is_known(text, covered):
    """Latin, Greek and Cyrillic can be set."""
    assert settable(text) is covered


def test_pairs_are_kerned():
    """Letters that would stand apart are moved together."""
    display = face("display")

    assert display.width("AV", 100) < display.width("A", 100) + display.width("V", 100) - 10


def test_small_capitals_and_lining_figures_are_other_glyphs():
    """The cut faces have them where the code looks for them."""
    display = face("display")

    assert display.width(all_small_capitals("m"), 100) != display.width("m", 100)
    assert display.width(lining("0"), 100) != display.width("0", 100)
    assert display.covers(ligatured("office"))


def test_a_day_s_card_tells_its_story(press):
    """The headline of the day is that of its story, else of its lead."""
    today = cards.of_day(press, tell(press, MonthDay(8, 20), TODAY), TODAY)
    plain = cards.of_day(press, tell(press, MonthDay(8, 21), TODAY), TODAY)

    assert (today.card.over, today.card.numeral) == ("August", "20")
    assert today.card.headline == "The visitor with the raincoat: Trotsky’s last afternoon"
    assert today.card.foot.startswith("Also: ")
    assert today.alt == f"Today in History. 20 August: {today.card.headline}"
    assert re.fullmatch(r".* · \d+ years ago", plain.card.kicker)


def test_a_story_s_card_is_signed(press):
    """A story is shown with its date, its headline and who wrote it."""
    story = press.stories.get("trotsky-assassinated")
    card = cards.of_story(press, story).card

    assert card.kicker.endswith("20 August 1940")
    assert card.foot.startswith("By ")


@pytest.mark.parametrize(
    ("date", "over", "numeral"),
    [("1866", "", "1866"), ("-0043", "BC", "44"), ("1914/1918", "", "1914")],
)
def test_a_story_of_a_year_shows_the_year(press, date, over, numeral):
    """Where there is no day, the year is the numeral."""
    story = Story(id="a", headline="A", dates=(parse_edtf(date),))
    card = cards.of_story(press, story).card

    assert (card.over, card.numeral) == (over, numeral)
    assert draw(card)


def test_an_address_names_what_is_drawn(press):
    """Other words, another address; the old one is no page any more."""
    story = press.stories.get("trotsky-assassinated")
    one = cards.of_story(press, story)
    other = cards.of_story(press, structs.replace(story, headline="Another"))

    assert one.address != other.address
    assert press.page(one.address, TODAY).body == draw(one.card)
    assert press.page(other.address, TODAY) is None
    assert press.page("/cards/on/08-20.0.png", TODAY) is None
    assert press.page("/cards/on/02-30.0.png", TODAY) is None


@pytest.mark.parametrize("address", ["/", "/on/08-20/", "/stories/trotsky-assassinated/"])
def test_pages_name_their_card(press, demo, address):
    """A page says where its picture is, how large, and what it shows; the edition holds it."""
    html = press.page(address, TODAY).body.decode()
    told = dict(re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]*)">', html))
    path = told["og:image"].removeprefix(press.publication.base_url)
    file = Edition.open(demo).lookup(path)

    assert (told["og:image:width"], told["og:image:height"]) == ("1200", "630")
    assert told["og:image:type"] == file.media_type == "image/png"
    assert told["og:image:alt"].startswith("Today in History. 20 August")
    assert told["twitter:card"] == "summary_large_image"
    assert Image.open(io.BytesIO(file.path.read_bytes())).size == (1200, 630)


def test_pages_without_a_card_name_none(press):
    """Other pages promise no picture."""
    assert b"og:image" not in press.page("/sources/", TODAY).body


def test_cards_are_drawn_once(own):
    """Whatever else changed, a card whose words stayed is taken over as it lies."""
    (own / "stories" / "new.md").write_text(
        "---\nheadline: New\ndate: 1850-01-05\npublished: 2026-01-01\n---\n\nText.\n", "utf-8"
    )
    pages = functools.partial(Recorded, own)
    before = Edition.open(own)

    RENDERED.clear()
    report = Edition.write(own, pages, TODAY, key="other", workers=1)
    after = Edition.open(own)
    drawn = [address.partition(".")[0] for address in RENDERED if address.startswith("/cards/")]

    assert report.rendered > 500
    # The new story's, and that of the day on which it runs.
    assert drawn == ["/cards/on/01-05", "/cards/stories/new"]
    gone = set(before) - set(after)
    assert [address.partition(".")[0] for address in gone] == ["/cards/on/01-05"]


RENDERED: list[str] = []


class Recorded:
    """A publication's pages, which says what was rendered."""

    def __init__(self, folder):
        self.press = open_press(folder)
        self.addresses, self.period = self.press.addresses, self.press.period

    def page(self, address, today):
        RENDERED.append(address)
        return self.press.page(address, today)
