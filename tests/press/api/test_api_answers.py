"""What the API answers: days, dates, years, entries, entities, searches and stories."""

from __future__ import annotations

import csv
import datetime
import io
import json

import pytest

from hodie.almanac import Entry, Kind, build
from hodie.dates import Calendar, HistoricalDate, MonthDay
from hodie.press import api
from hodie.press.printing import open_press

TODAY = datetime.date(2026, 8, 20)
DAY = MonthDay(8, 20)
ENTRY = "e:1940-08-20:647e955d7e"


def ids(answer):
    return [entry["id"] for entry in answer["entries"]]


def test_an_entry_says_all_that_is_known(asked):
    """An entry has an address, its date as its source has it and in words, and its references."""
    entry = asked(f"entries/{ENTRY}")

    assert entry["id"] == ENTRY
    assert entry["url"].endswith(f"/api/v1/entries/{ENTRY}")
    assert entry["page"].endswith("/on/1940-08-20/#e-1940-08-20-647e955d7e")
    assert entry["date"] == {
        "edtf": "1940-08-20",
        "year": 1940,
        "month": 8,
        "day": 20,
        "precision": "day",
        "calendar": "gregorian",
        "words": "20 August 1940",
        "year_words": "1940",
    }
    assert {part["id"] for part in entry["participants"]} >= {"leon-trotsky", "ramon-mercader"}
    assert all(each["source"] and each["licence"] for each in entry["references"])


def test_a_julian_date_says_its_gregorian_day_too(asked):
    """A date keeps its calendar, and its year says its era in words."""
    [entry] = [
        each for each in asked("days/08-20", "limit=200")["entries"] if "e:0014" in each["id"]
    ]

    assert entry["date"]["calendar"] == "julian"
    assert entry["date"]["gregorian"] == "0014-08-18"
    assert entry["date"]["year_words"] == "14 AD"


def test_a_day_is_that_of_the_almanac(asked, press):
    """A day has the almanac's entries, the best known first, and their number."""
    answer = asked("days/08-20", "limit=200")
    entries = press.almanac.day(DAY, limit=200)

    assert ids(answer) == [entry.id for entry in entries]
    assert answer["total"] == press.almanac.count(DAY)
    assert answer["words"] == "20 August"


@pytest.mark.parametrize("address", ["days/08-20", "today", "stories", "years/1940", "search"])
@pytest.mark.parametrize("suffix", ["", ".jsonld", ".csv", ".ndjson"])
def test_answers_are_small_by_default(given, address, suffix):
    """Where nobody says how many items, an answer has 20 KB at most, and all the same some."""
    body = given(address + suffix, "q=a" if address == "search" else "").body

    assert 1_000 < len(body) <= 20_000


@pytest.mark.parametrize("sort", ["weight", "-weight", "year", "-year"])
@pytest.mark.parametrize("address", ["days/08-20", "years/1940", "entities/leon-trotsky/entries"])
def test_order(asked, sort, address):
    """Entries come by weight or in order of time, either way."""
    entries = asked(address, f"sort={sort}&limit=200")["entries"]
    values = [
        entry["weight"]
        if "weight" in sort
        else entry["date"]["year"]
        for entry in entries
        if "date" in entry or "weight" in sort
    ]  # fmt: skip

    assert len(values) > 3
    assert values == sorted(values, reverse=sort in ("weight", "-year"))


@pytest.mark.parametrize(
    ("query", "test"),
    [
        ("kind=birth", lambda e: e["kind"] == "birth"),
        ("kind=birth,death", lambda e: e["kind"] in ("birth", "death")),
        ("kind=event&subkind=battle", lambda e: e["subkind"] == "battle"),
        ("from=1900&to=1950", lambda e: 1900 <= e["date"]["year"] <= 1950),
        ("to=-1", lambda e: e["date"]["year"] < 0),
        ("place=mexico-city", lambda e: "mexico-city" in {p["id"] for p in e["participants"]}),
        ("country=HU", lambda e: "HU" in e.get("countries", ())),
        ("sensitive=only", lambda e: e["sensitive"]),
        ("sensitive=hidden", lambda e: "sensitive" not in e),
    ],
)
@pytest.mark.parametrize("address", ["days/08-20", "today", "entities/leon-trotsky/entries"])
def test_filters(asked, address, query, test):
    """A filter keeps what it names, all of it, and nothing else."""
    every = asked(address, "limit=200&sort=year")["entries"]
    every += asked(address, "limit=200&sort=-year")["entries"]
    kept = asked(address, f"{query}&limit=200")
    expected = {
        entry["id"]
        for entry in every
        if "date" in entry or "country" in query
        if holds(test, entry)
    }

    assert all(holds(test, entry) for entry in kept["entries"])
    assert set(ids(kept)) >= expected or "next" in kept


def holds(test, entry):
    """Tell whether a test holds, also where an entry lacks what it looks at."""
    try:
        return bool(test(entry))
    except KeyError:
        return False


def test_filters_find_something(asked):
    """The filters that the tests above use are not empty on the day."""
    for query in ("kind=birth", "subkind=massacre", "country=HU", "sensitive=only", "to=100"):
        assert asked("days/08-20", query)["entries"], query


def test_fields(asked):
    """Of an entry whose fields are chosen come these and its id, in their usual order."""
    answer = asked("days/08-20", "fields=title,date&limit=3")

    assert [list(entry) for entry in answer["entries"]] == [["id", "title", "date"]] * 3
    assert list(asked(f"entries/{ENTRY}", "fields=weight")) == ["id", "weight"]


def test_dates_in_another_language(asked):
    """Dates are worded in the language asked for."""
    assert asked(f"entries/{ENTRY}", "lang=de")["date"]["words"] == "20. August 1940"
    assert asked("days/08-20", "lang=ja&limit=1")["words"] == "8月20日"


def test_names_in_another_language(press):
    """A name comes in the language asked for, with that language's article; else in English."""
    from hodie.almanac import Entity, Label
    from hodie.press.api.values import Speaker

    munich = Entity(
        "munich", "Munich", wikipedia="Munich", labels=(Label("de", "München", None, "München"),)
    )
    german = Speaker(press.publication, "de").entity(munich)
    french = Speaker(press.publication, "fr").entity(munich)

    assert (german.name, german.wikipedia) == ("München", "München")
    assert (french.name, french.wikipedia) == ("Munich", "Munich")


def test_a_date(asked):
    """A date has what happened on it, and a page for readers."""
    answer = asked("dates/1940-08-20")

    assert ENTRY in ids(answer)
    assert answer["page"].endswith("/on/1940-08-20/")
    assert all(entry["date"]["edtf"] == "1940-08-20" for entry in answer["entries"])


def test_a_year(asked, press):
    """A year has the entries of its days."""
    answer = asked("years/1940", "limit=200&sort=year")
    entries = press.almanac.year(1940, limit=200, order="date")

    assert ids(answer) == [entry.id for entry in entries]


def test_an_entity(asked):
    """An entity says who it is, and where its entries are."""
    entity = asked("entities/leon-trotsky")

    assert (entity["name"], entity["born"], entity["died"]) == ("Leon Trotsky", 1879, 1940)
    assert entity["entries"].endswith("/entities/leon-trotsky/entries")


def test_a_search(asked):
    """A search finds entities and entries; of a kind, entries alone."""
    every = asked("search", "q=trotsky")["hits"]
    deaths = asked("search", "q=trotsky&kind=death")["hits"]

    assert "leon-trotsky" in [hit["entity"]["id"] for hit in every if "entity" in hit]
    assert {hit["entry"]["kind"] for hit in deaths} == {"death"}


def test_today(asked, press):
    """Today says its date, what was chosen and why, and the stories that run."""
    answer = asked("today")
    lineup = press.lineup(DAY, 2026)

    assert (answer["date"], answer["day"]) == ("2026-08-20", "08-20")
    assert [pick["entry"]["id"] for pick in answer["selected"]] == [
        pick.entry.id for pick in (lineup.lead, *lineup.selected)
    ]
    assert answer["selected"][0]["why"].startswith("Picked")
    assert "trotsky-assassinated" in {story["id"] for story in answer["stories"]}


def test_the_end_of_february(asked):
    """In a common year 28 February has the entries of the 29th as well."""
    day = datetime.date(2027, 2, 28)
    every = asked("today", "limit=200", today=day)["entries"]
    leap = asked("today", "limit=200", today=datetime.date(2028, 2, 28))["entries"]

    assert "02-29" in {entry["day"] for entry in every}
    assert "02-29" not in {entry["day"] for entry in leap}


def test_by_chance(asked):
    """The same seed draws the same entries; a filter holds for them too."""
    first = asked("random", "seed=1&limit=5")

    assert len(first["entries"]) == 5
    assert first == asked("random", "seed=1&limit=5")
    assert ids(first) != ids(asked("random", "seed=2&limit=5"))
    births = asked("random", "seed=1&limit=5&kind=birth")["entries"]
    assert {entry["kind"] for entry in births} == {Kind.BIRTH}
    assert ids(asked("random", seed=1)) != ids(asked("random", seed=2))


def test_stories(asked):
    """Stories come without their text, one alone with it."""
    short = asked("stories", "day=08-20")["stories"]
    whole = asked("stories/trotsky-assassinated")

    assert "trotsky-assassinated" in {story["id"] for story in short}
    assert not any("html" in story for story in short)
    assert "<p>" in whole["html"]
    assert whole["series"]["id"] == "today-in-history"


def test_stories_of_a_series_and_an_author(asked):
    """Stories are chosen by their series and by who wrote them."""
    one = asked("stories", "series=today-in-history&limit=200")["stories"]
    every = asked("stories", "limit=200")["stories"]
    author = every[0]["authors"][0]["id"]
    by = asked("stories", f"author={author}&limit=200")["stories"]

    assert [story["id"] for story in one] == [
        story["id"] for story in every if story.get("series", {}).get("id") == "today-in-history"
    ]
    assert 0 < len(by) <= len(every)


def test_a_story_that_has_not_run_is_not_there(problem, press):
    """What is to run on a later date stays in the house."""
    to_come = [
        s.id for s in press.stories if s not in press.shown_stories(datetime.date(2026, 8, 20))
    ]

    for id in to_come:
        assert problem(f"stories/{id}").status == 404


def test_series_and_authors(asked, press):
    """All series and authors are listed, and each is found."""
    for name, known in (
        ("series", press.publication.series),
        ("authors", press.publication.authors),
    ):
        listed = asked(name)[name]
        assert [each["id"] for each in listed] == [each.id for each in known]
        assert asked(f"{name}/{known[0].id}") == listed[0]


def test_the_almanacs_state(asked, press):
    """The almanac says its version, its counts, and its sources with their licences."""
    answer, info = asked("almanac"), press.almanac.info

    assert answer["version"] == info.digest
    assert answer["entries"] == info.entries
    assert len(answer["sources"]) == len(info.sources)
    assert "path" not in answer


def test_the_index_leads_everywhere(asked):
    """The API's own address says where everything is."""
    assert "{day}" in asked("")["addresses"]["day"]


def test_a_table_runs_no_formula(own):
    """A title that a spreadsheet would run is harmless in CSV, and whole in JSON."""
    title = '=HYPERLINK("http://evil.example","x")'
    day, date = MonthDay(3, 15), HistoricalDate(-43, 3, 15, Calendar.JULIAN)
    (own / "almanac.db").unlink()
    build(own / "almanac.db", [Entry("e:1", Kind.EVENT, date=date, day=day, title=title)])
    press = open_press(own)

    def body(address: str) -> str:
        return api.answer(press, api.read(f"{api.ROOT}/{address}"), TODAY).body.decode()

    [row] = csv.DictReader(io.StringIO(body("days/03-15.csv"), newline=""))
    assert row["title"] == f"'{title}"
    assert (row["date.edtf"], row["date.year"]) == ("-0043-03-15", "-43")
    assert json.loads(body("days/03-15"))["entries"][0]["title"] == title
