"""Saved answers of Wikimedia's feed of the day."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from hodie.almanac import Kind
from hodie.sources import SourceError, load_source
from hodie.sources.feed import read_answer
from hodie.sources.wikipedia import DayPage, language

ROME = {
    "title": "Rome",
    "wikibase_item": "Q220",
    "description": "capital of Italy",
    "description_source": "central",
    "coordinates": {"lat": 41.9, "lon": 12.5},
    "extract": "Rome is a city.",
    "thumbnail": {"source": "https://example.org/rome.jpg"},
}
LIVIA = {"title": "Livia_Example", "description": "a wife", "description_source": "local"}
ANSWER = {
    "events": [
        {"text": "A wall is mended.", "year": -44, "pages": [ROME, {"title": "44_BC"}]},
        {"text": "It rains.", "year": 1940, "pages": []},
    ],
    "selected": [
        {"text": "They mend a wall.", "year": -44, "pages": [ROME]},
        {"text": "A bridge falls.", "year": 1950, "pages": []},
    ],
    "births": [{"text": "Livia Example, of Rome", "year": -58, "pages": [ROME, LIVIA]}],
    "deaths": [],
    "holidays": [{"text": "Feast day:\nBernard", "pages": [{"title": "Bernard"}]}],
}


def saved(folder: Path, answer: object, name: str = "08-20.json") -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(answer))
    return file


def read(folder: Path, answer: object, tell=lambda message: None) -> DayPage:
    return read_answer(saved(folder, answer), language("en"), tell)


def test_years_before_christ_become_astronomical(tmp_path):
    """The feed writes 44 BC as -44; it is -43."""
    wall = read(tmp_path, ANSWER).events[0]

    assert (wall.year, wall.year_words, wall.date) == (-43, "44 BC", "-0043-08-20")
    assert (wall.pages, wall.licence) == (("Rome",), "CC-BY-SA-4.0")


def test_what_is_selected_is_told_once(tmp_path):
    """An event of the front page that the day's page has as well is the same happening."""
    texts = [item.text for item in read(tmp_path, ANSWER).events]

    assert texts == ["A wall is mended.", "It rains.", "A bridge falls."]


def test_a_birth_is_of_the_page_that_the_text_begins_with(tmp_path):
    """The feed does not mark the topic: it is the page that the sentence names first."""
    [livia] = read(tmp_path, ANSWER).births

    assert (livia.topic, livia.pages) == ("Livia_Example", ("Livia_Example", "Rome"))


def test_entities_have_the_facts_of_their_pages(tmp_path):
    """Wikidata's item and description and the place come along; Wikipedia's own words do not."""
    entries = list(load_source("wikifeed", file=str(saved(tmp_path, ANSWER))).entries())

    entities = {part.entity.name: part.entity for entry in entries for part in entry.participants}
    rome, livia = entities["Rome"], entities["Livia Example"]
    assert (rome.wikidata, rome.description, rome.latitude) == ("Q220", "capital of Italy", 41.9)
    assert (livia.description, livia.kind, livia.born) == (None, "person", -57)
    assert [entry.label for entry in entries if entry.kind is Kind.HOLIDAY] == [
        "Feast day: Bernard"
    ]


@pytest.mark.parametrize(
    ("name", "day"),
    [("08-20.json", "08-20"), ("all/8/20.json", "08-20"), ("births_12_01.json.gz", "12-01")],
)
def test_the_day_is_in_the_name(tmp_path, name, day):
    """An answer does not say its day; its file does, or the folder."""
    assert read_answer(saved(tmp_path, ANSWER, name), language("en"), print).day == day


@pytest.mark.parametrize("name", ["today.json", "13-01.json", "02-30.json", "1940-08.json"])
def test_a_name_without_a_day_is_refused(tmp_path, name):
    """The error says how to name the file."""
    with pytest.raises(SourceError, match=r"so the file's name must, as '08-20\.json' does"):
        read_answer(saved(tmp_path, ANSWER, name), language("en"), print)


@pytest.mark.parametrize(
    ("item", "reason"),
    [
        ({"text": "A", "year": "1940"}, "events[0]: Expected `int | null`, got `str`"),
        ({"year": 1940}, "missing required field `text`"),
        ({"text": "A"}, "no text, or no year with such a day"),
        ({"text": " ", "year": 1940}, "no text"),
        ({"text": "A", "year": 0}, "no year"),
        (5, "Expected `object`, got `int`"),
    ],
)
def test_an_item_that_is_none_is_told(tmp_path, item, reason):
    """The others come in."""
    told: list[str] = []

    page = read(tmp_path, {"events": [item, {"text": "B", "year": 1940}]}, told.append)

    assert [event.text for event in page.events] == ["B"]
    assert reason in told[0]
    assert "08-20.json: " in told[0]


@pytest.mark.parametrize("answer", [{}, {"status": 404, "type": "not_found"}, [], 5, None])
def test_a_file_of_something_else_is_refused(tmp_path, answer):
    """An error of the service, saved by mistake, is no empty day."""
    with pytest.raises(SourceError, match=r"08-20\.json: no answer of Wikimedia's feed: "):
        read(tmp_path, answer)


def test_flipped_bits(tmp_path):
    """Damaged answers give items, told lines, or an error; never a crash."""
    whole, chance = json.dumps(ANSWER).encode(), random.Random(6)
    for _ in range(200):
        changed = bytearray(whole)
        for _ in range(chance.randint(1, 9)):
            changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
        (tmp_path / "08-20.json").write_bytes(bytes(changed))
        try:
            list(load_source("wikifeed", file=str(tmp_path / "08-20.json")).entries())
        except SourceError as error:
            assert "08-20.json" in str(error)  # noqa: PT017
