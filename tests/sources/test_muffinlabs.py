"""Files of history.muffinlabs.com: what they got wrong is put right, or told."""

from __future__ import annotations

import gzip
import json
import random
from pathlib import Path

import pytest

from hodie.almanac import Kind
from hodie.sources import SourceError, load_source
from hodie.sources.muffinlabs import DayPage, Repairs, read_days

SHARED = Path(__file__).parents[3] / "shared" / "data" / "wikipedia-days-2019.ndjson.gz"
WIKI = "https://wikipedia.org/wiki/"


def item(year: str, text: str | None, html: str | None = None) -> dict[str, object]:
    html = html if html is not None else text or year
    return {"year": year, "text": text, "html": f"{year} - {html}", "no_year_html": html}


def answer(day: str = "August 20", **lists: list[object]) -> str:
    data = {"Events": [], "Births": [], "Deaths": [], **lists}
    return json.dumps({"date": day, "url": f"{WIKI}August_20", "data": data})


def read(folder: Path, *answers: str) -> tuple[list[DayPage], Repairs, list[str]]:
    file, repairs, told = folder / "days.ndjson", Repairs(), []
    file.write_text("\n".join(answers), encoding="utf-8")
    return list(read_days(file, repairs, told.append)), repairs, told


def test_an_item_has_its_year_words_and_pages(tmp_path):
    """Links come from the item's HTML, their titles decoded."""
    html = f'<a href="{WIKI}Caner_B%C3%BCke" title="Caner Büke">Caner Büke</a>, engineer'

    [page], _, told = read(tmp_path, answer(Births=[item("1901", "Caner Büke, engineer", html)]))

    [born] = page.births
    assert (born.year, born.text, born.pages, born.topic) == (
        1901,
        "Caner Büke, engineer",
        ("Caner_Büke",),
        "Caner_Büke",
    )
    assert (page.day, born.licence, told) == ("08-20", "CC-BY-SA-3.0", [])


@pytest.mark.parametrize(
    ("year", "astronomical"), [("44 BC", -43), ("387 BC[2]", -386), ("285 (or 286)", 285)]
)
def test_years_are_read(tmp_path, year, astronomical):
    """Eras, marks of references and second years do not stand in the way."""
    [page], _, _ = read(tmp_path, answer(Events=[item(year, "It rains.")]))

    assert page.events[0].year == astronomical


def test_marks_of_references_go(tmp_path):
    """[7] is no part of a sentence; how many had one is counted."""
    [page], repairs, _ = read(tmp_path, answer(Events=[item("1940", "It rains.[7][8]")]))

    assert (page.events[0].text, repairs.marks) == ("It rains.", 1)


def test_a_doubled_year_stands_once(tmp_path):
    """The year that the service left before the sentence goes."""
    told = item("14", "Augustus dies.", "AD 14 – Augustus dies.")

    [page], repairs, _ = read(tmp_path, answer(Deaths=[told]))

    assert (page.deaths[0].text, repairs.doubled_years) == ("Augustus dies.", 1)


def test_items_below_another_take_its_year_and_words(tmp_path):
    """What the service told as a year is a sentence below the item before, which says its year."""
    deaths = [
        item("1967", "crew of Apollo 1\nAnn, pilot\nBob, cook", "crew of Apollo 1\n<ul><li>x</ul>"),
        item("Ann, pilot", None, f'<a href="{WIKI}Ann">Ann</a>, pilot'),
        item("Bob, cook", None),
        item("1968", "Cid"),
    ]

    [page], repairs, told = read(tmp_path, answer(Deaths=deaths))

    assert [(death.year, death.text) for death in page.deaths] == [
        (1967, "crew of Apollo 1\nAnn, pilot"),
        (1967, "crew of Apollo 1\nBob, cook"),
        (1968, "Cid"),
    ]
    assert page.deaths[0].pages == ("Ann",)
    assert (repairs.in_year, repairs.from_heading, repairs.headings) == (2, 2, 1)
    assert told == []


def test_items_below_items_below_a_year(tmp_path):
    """Headings within headings are followed up to the year."""
    deaths = [
        item("2001\nVictims:\nAnn\nBob", None, "2001<ul><li>x</ul>"),
        item("Victims:\nAnn\nBob", None, "Victims:<ul><li>x</ul>"),
        item("Ann", None),
        item("Bob", None),
    ]

    [page], repairs, _ = read(tmp_path, answer(Deaths=deaths))

    assert [(death.year, death.text) for death in page.deaths] == [
        (2001, "Victims:\nAnn"),
        (2001, "Victims:\nBob"),
    ]
    assert (repairs.in_year, repairs.headings_in_year, repairs.from_heading) == (4, 2, 2)


def test_a_year_that_sticks_to_its_sentence(tmp_path):
    """A sentence in place of the year may have the year in itself."""
    [page], repairs, _ = read(tmp_path, answer(Deaths=[item("2018 –Ann, pilot", None)]))

    assert (page.deaths[0].year, page.deaths[0].text) == (2018, "Ann, pilot")
    assert repairs.from_sentence == 1


def test_a_sentence_without_any_year_is_told(tmp_path):
    """Nothing in the file says when: it is left out by name."""
    [page], repairs, told = read(tmp_path, answer(Deaths=[item("Ann, pilot", None)]))

    assert (page.deaths, repairs.without_year) == ((), 1)
    assert told[0].endswith("days.ndjson:1: the sentence stands where its year should be: "
                            "'Ann, pilot'")  # fmt: skip


def test_what_is_missing_or_twice_is_counted(tmp_path):
    """A list without items, as that of 1 January, is named; the same item twice counts once."""
    rain = item("1940", "It rains.")

    [page], repairs, _ = read(tmp_path, answer(Births=[rain, rain], Deaths=[rain]))

    assert (repairs.empty, repairs.twice, len(page.births)) == (("August 20, events",), 1, 1)
    assert "August 20, events: nothing in the file" in repairs.lines()


def test_markup_that_was_cut_is_read_alone(tmp_path):
    """An item whose HTML ends within a tag does not swallow those after it."""
    births = [item("1901", "Ann", "</ol><b>Ann"), item("1902", "Bob", "Bob<a href='")]

    [page], _, _ = read(tmp_path, answer(Births=births))

    assert [born.text for born in page.births] == ["Ann", "Bob"]


@pytest.mark.parametrize(
    "line",
    ["{", "[]", '{"date": 5}', '{"date": "Smarch 5", "data": {}}', '{"date": "May 1", "data": 3}'],
)
def test_a_line_that_is_no_answer_is_told(tmp_path, line):
    """The other lines come in."""
    pages, _, told = read(tmp_path, answer(), line)

    assert len(pages) == 1
    assert "days.ndjson:2: no answer of muffinlabs: " in told[0]


@pytest.mark.parametrize("text", ["", "\n", "{}", "\0", "[1, 2]"])
def test_a_file_of_something_else_is_refused(tmp_path, text):
    """Where no line is an answer, the file is named."""
    with pytest.raises(SourceError, match=r"no answer of history\.muffinlabs\.com is in it"):
        read(tmp_path, text)


def test_one_answer_over_many_lines_and_folders_of_them(tmp_path):
    """What the service sends may be saved as it is, a file a day."""
    for number in (20, 21):
        text = answer(f"August {number}", Events=[item("1940", "It rains.")])
        (tmp_path / f"08-{number}.json").write_text(json.dumps(json.loads(text), indent=2))

    source = load_source("muffinlabs", file=str(tmp_path), revision="2019-10")

    assert [str(entry.day) for entry in source.entries()] == ["08-20", "08-21"]
    [entry, _] = source.entries()
    assert entry.references[0].revision == "2019-10"
    assert source.repairs.items == 2


def test_flipped_bits(tmp_path):
    """Damaged files give items, told lines, or an error; never a crash."""
    lists = {"Events": [item("1940", "It rains.")], "Births": [item("44 BC\nAnn", None)]}
    whole, chance = answer(**lists).encode() * 3, random.Random(5)
    for _ in range(150):
        changed = bytearray(whole)
        for _ in range(chance.randint(1, 9)):
            changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
        (tmp_path / "days.ndjson").write_bytes(bytes(changed))
        try:
            list(read_days(tmp_path / "days.ndjson", Repairs(), lambda message: None))
        except SourceError as error:
            assert "days.ndjson" in str(error)  # noqa: PT017


@pytest.mark.skipif(not SHARED.exists(), reason="../shared/data/wikipedia-days-2019 is absent")
def test_the_days_of_2019(tmp_path):
    """On a sample of the real files: every item is read, a heading, a double, or told."""
    with gzip.open(SHARED) as lines:
        (tmp_path / "some.ndjson").write_bytes(b"".join(list(lines)[:270:18]))
    repairs, told = Repairs(), []

    pages = list(read_days(tmp_path / "some.ndjson", repairs, told.append))

    read = [each for page in pages for kind in Kind for each in page.of(kind)]
    stood_above = repairs.headings + repairs.headings_in_year
    assert len(read) + stood_above + repairs.twice + len(told) == repairs.items > 4_000
    assert repairs.marks > 50
    assert not any("[" in each.text and "]" in each.text[-4:] for each in read)
    assert repairs.empty == ("January 1, events",)
