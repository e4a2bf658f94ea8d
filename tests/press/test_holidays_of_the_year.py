"""A publication's countries have their feasts on the day of the year: page, feed, API, terminal."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from hodie.almanac import Almanac, Entry, Kind, Reference, build
from hodie.cli import main
from hodie.dates import HistoricalDate, MonthDay
from hodie.press import Publication, PublicationError, inputs_key, read_stories
from hodie.press.archive import Archive
from hodie.press.pages import Press
from hodie.selection import choose
from hodie.server import app

GOOD_FRIDAY = datetime.date(2026, 4, 3)
RAIN = Entry(
    "e:1940-04-03:rain",
    Kind.EVENT,
    date=HistoricalDate(1940, 4, 3),
    day=MonthDay(4, 3),
    title="It rains",
)
UNITY = Entry(
    "h:10-03:unity",
    Kind.HOLIDAY,
    day=MonthDay(10, 3),
    title="German unity day",
    weight=0.1,
    references=(Reference("a list"),),
    countries=("DE",),
)


@pytest.fixture
def town(folder: Path) -> Path:
    """A publication that tells the holidays of Germany and Greece."""
    with (folder / "hodie.toml").open("a") as file:
        file.write('\n[holidays]\ncountries = ["DE", "GR"]\n')
    build(folder / "almanac.db", [RAIN, UNITY])
    return folder


@pytest.fixture
def press(town: Path) -> Press:
    publication = Publication.load(town)
    stories = read_stories(publication.stories_folder, publication)
    return Press(publication, Almanac.open(publication.almanac_path), stories)


def page(press: Press, address: str, today: datetime.date = GOOD_FRIDAY) -> str:
    found = press.page(address, today)
    assert found
    return found.body.decode()


def test_the_page_of_the_day_has_the_feast_of_the_year(press):
    """Good Friday is on 3 April in 2026, and not in 2027; its country stands beside it."""
    assert "<li" in page(press, "/on/04-03/")
    assert 'Good Friday <span class="where">(Germany)</span>' in page(press, "/on/04-03/")
    assert "Good Friday" not in page(press, "/on/04-03/", datetime.date(2027, 4, 3))
    assert "Good Friday" in page(press, "/on/03-26/", datetime.date(2027, 4, 3))


def test_the_page_says_whose_its_lists_are(press):
    """Sources and licences of what stands in lists are named below them, each once."""
    html = page(press, "/on/04-03/")

    assert html.count("holidays, the Python library</a>, MIT") == 1


def test_the_feed_of_the_day_has_it(press):
    """Whoever reads the feed is told what is kept, and whose list says so."""
    feed = json.loads(page(press, "/feeds/today.json"))

    [today] = [item for item in feed["items"] if item["url"].endswith("/on/04-03/")]
    assert "Good Friday" in today["content_html"]
    assert "holidays, the Python library" in today["content_html"]


@pytest.fixture
def client(town: Path) -> TestClient:
    """A reader of the site on Good Friday of 2026."""
    noon = datetime.datetime(2026, 4, 3, 12, tzinfo=datetime.UTC)
    return TestClient(app(town, lambda: noon))


@pytest.mark.parametrize(
    "address", ["/api/v1/today", "/api/v1/days/04-03", "/api/v1/days/04-03?kind=holiday"]
)
def test_the_api_of_the_day_has_it(client, address):
    """The publication's own API lists it with its countries; its id leads to it."""
    answer = client.get(address).json()

    [friday] = [item for item in answer["entries"] if item["kind"] == "holiday"]
    assert friday["title"] == "Good Friday"
    assert client.get(f"/api/v1/entries/{friday['id']}").json()["title"] == "Good Friday"
    assert answer.get("total", 2) == 2 - ("kind" in address)


def test_the_api_of_events_has_none(client):
    """Whoever asks for events gets no holiday."""
    answer = client.get("/api/v1/days/04-03?kind=event").json()

    assert [item["kind"] for item in answer["entries"]] == ["event"]


def test_the_answer_that_wikimedia_would_give_has_it(client):
    """Clients of Wikimedia's feed find it among the holidays."""
    answer = client.get("/feed/v1/wikipedia/en/onthisday/holidays/04/03").json()

    assert [item["text"] for item in answer["holidays"]] == ["Good Friday (Germany)"]


@pytest.mark.parametrize("id", ["h:2027-04-03:756d304979", "h:2026-02-30:00", "h:2026-04-03:00"])
def test_an_id_of_no_holiday_leads_nowhere(client, id):
    """Another year, a day that is none, another name: there is no such entry."""
    assert client.get(f"/api/v1/entries/{id}").status_code == 404


def test_the_lineup_has_it_for_every_answer(press):
    """What answers in JSON is made of the lineup, which names library and licence."""
    [pick] = press.lineup(MonthDay(4, 3), 2026).holidays

    assert pick.entry.countries == ("DE",)
    assert pick.entry.references[0].licence == "MIT"


def test_orthodox_and_western_feasts_each_on_their_day(press):
    """Greece's Good Friday is a week later that year."""
    [pick] = press.lineup(MonthDay(4, 10), 2026).holidays

    assert (pick.entry.title, pick.entry.countries) == ("Good Friday", ("GR",))


def test_one_holiday_of_two_lists_is_told_once(press):
    """What the almanac has of every year and the library of this one is the same holiday."""
    [pick] = press.lineup(MonthDay(10, 3), 2026).holidays

    assert pick.entry.id == UNITY.id
    assert [reference.source for reference in pick.entry.references] == [
        "a list",
        "holidays, the Python library",
    ]


def test_the_policy_keeps_its_word(press):
    """A publication that leaves a holiday out by its words leaves it out wherever it is from."""
    from hodie.selection import Policy

    policy = Policy.from_table({"exclude": {"words": ["Good Friday"]}})
    own = press.publication.holidays.on(MonthDay(4, 3), 2026, "en")

    assert choose(press.almanac, MonthDay(4, 3), 2026, policy, holidays=own).holidays == ()


@pytest.mark.parametrize("arguments", [("--year", "2026"), ("--year", "2026", "--kind", "holiday")])
def test_the_terminal_has_it(town, arguments):
    """`hodie on` tells the feasts of the year asked for."""
    command = ["on", "3 April", *arguments, "-C", str(town)]

    assert "Good Friday" in CliRunner().invoke(main, command).stdout
    assert "Good Friday" in CliRunner().invoke(main, [*command, "--json"]).stdout
    other = [each.replace("2026", "2027") for each in command]
    assert "Good Friday" not in CliRunner().invoke(main, other).stdout


def test_other_countries_make_another_edition(town):
    """The setting is among what pages are made from, so a change is printed."""
    before = Publication.load(town)
    text = (town / "hodie.toml").read_text()
    (town / "hodie.toml").write_text(text.replace('"GR"', '"TR"'))

    keys = {inputs_key(each, "x", Archive(())) for each in (before, Publication.load(town))}

    assert len(keys) == 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('countries = ["XX"]', "holidays.countries: no holidays are known of 'XX'"),
        ('countries = "DE"', "holidays.countries: 'DE' must be a list of countries"),
        ('categories = ["x"]', "holidays.categories: no category of holidays is 'x'"),
        ('country = "DE"', "holidays.country: is no known key; did you mean 'countries'?"),
    ],
)
def test_wrong_settings_are_refused(folder, text, said):
    """An error has the key, the value and the way out."""
    with (folder / "hodie.toml").open("a") as file:
        file.write(f"\n[holidays]\n{text}\n")

    with pytest.raises(PublicationError) as caught:
        Publication.load(folder)

    assert said in str(caught.value)
