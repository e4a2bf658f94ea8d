"""Saved pages become entries of an almanac."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from hodie.almanac import Almanac, Entry, Kind, build
from hodie.cli import main
from hodie.dates import HistoricalDate, MonthDay
from hodie.sources import Source, SourceError, load_source
from hodie.sources.wikipedia import languages

PAGES = Path(__file__).with_name("pages")
HEAD = "<html><head><link rel='dc:isVersionOf' href='//{tag}.wikipedia.org/wiki/{title}'/></head>"


def saved(folder: Path, **pages: str) -> Path:
    """Save pages, by file name."""
    for name, html in pages.items():
        (folder / f"{name}.html").write_text(html, encoding="utf-8")
    return folder


def day_page(title: str, body: str, tag: str = "en") -> str:
    return HEAD.format(tag=tag, title=title) + f"<body>{body}</body></html>"


def entries(folder: Path, *tags: str) -> list[Entry]:
    source = load_source("wikipedia", pages=str(folder), languages=list(tags or ("en",)))
    return list(source.entries())


@pytest.fixture(scope="module")
def english(tmp_path_factory) -> list[Entry]:
    folder = tmp_path_factory.mktemp("pages")
    shutil.copy(PAGES / "en.html", folder)
    return entries(folder)


def test_it_is_installed():
    """The source comes in by the entry point that plug-ins use."""
    assert isinstance(load_source("wikipedia", pages="x"), Source)


def test_a_year_becomes_a_date(english):
    """The page's day and the item's year make a date, by the calendar of the time."""
    dates = {entry.line: entry.date for entry in english}

    assert dates["A wall of Rome is mended."] == HistoricalDate(-43, 8, 20, calendar="julian")
    assert dates["A market opens."] == HistoricalDate(1425, 8, 20, "julian", uncertain=True)
    assert {entry.day for entry in english} == {MonthDay(8, 20)}


def test_a_birth_is_of_its_person(english):
    """The topic of a birth or death is its subject, a person whose years the pages know."""
    [stone] = [entry for entry in english if entry.kind is Kind.DEATH]

    assert stone.subject
    assert (stone.subject.id, stone.subject.kind) == ("isaiah-ike-stone", "person")
    assert (stone.subject.died, stone.subject.born) == (1980, None)
    assert stone.line == 'Isaiah "Ike" Stone, mason (b. 1901)'


def test_pages_of_years_are_no_participants(tmp_path):
    """A link to another year or a day is a linked page, but nothing that took part."""
    body = (
        "<h2>Events</h2><ul><li>1940 – In <a href='./Rome'>Rome</a>, as in <a href='./1939'>1939"
        "</a> and on <a href='./May_1'>1 May</a>, it rains.</li></ul>"
    )

    [entry] = entries(saved(tmp_path, a=day_page("August_20", body)))

    assert [part.entity.name for part in entry.participants] == ["Rome"]


def test_what_an_item_is_part_of_is_its_context(english):
    """The links of the item above are the context of what stands below it."""
    [bernard] = [entry for entry in english if entry.label == "Christian feast day: Bernard"]

    assert [entity.name for entity in bernard.context] == ["Feast day"]


def test_a_holiday_names_its_countries(english):
    """A linked country, as its language calls it, is where the day is kept."""
    [boats] = [entry for entry in english if entry.label.startswith("Boat Day")]

    assert (boats.countries, boats.date, boats.kind) == (("EE",), None, Kind.HOLIDAY)
    # The countries stand beside the name, so they are not in it again.
    assert boats.title == "Boat Day"


def test_every_entry_says_whose_it_is(english):
    """The reference has the wiki, the page, its revision and the licence of its text."""
    [reference] = {reference for entry in english for reference in entry.references}

    assert reference.source == "English Wikipedia, page of the day"
    assert reference.url == "https://en.wikipedia.org/wiki/August_20"
    assert (reference.revision, reference.licence) == ("1001", "CC-BY-SA-4.0")


def test_all_languages_make_one_almanac(tmp_path):
    """Entities of other languages have ids of their own, and the names of theirs."""
    for tag in languages():
        (tmp_path / tag).mkdir()
        shutil.copy(PAGES / f"{tag}.html", tmp_path / tag)
    found = entries(tmp_path, *languages())

    build(tmp_path / "almanac.db", found)

    with Almanac.open(tmp_path / "almanac.db") as almanac:
        assert sum(almanac.info.entries.values()) == len(found)
        rome = almanac.entity("de-rom")
        assert rome
        assert [(label.language, label.wikipedia) for label in rome.labels] == [("de", "Rom")]


def test_ids_outlast_the_wording(tmp_path):
    """As long as an item links to the same pages, its id is the same; two items never share one."""
    item = "<li>1940 – <a href='./Rome'>Rome</a> {}</li>"
    body = f"<h2>Events</h2><ul>{item.format('is wet')}</ul>"
    first = entries(saved(tmp_path, a=day_page("August_20", body)))
    body = f"<h2>Events</h2><ul>{item.format('is soaked')}{item.format('dries')}</ul>"
    later = entries(saved(tmp_path, a=day_page("August_20", body)))

    assert later[0].id == first[0].id
    assert len({entry.id for entry in later}) == 2


def test_one_reading_is_as_another(tmp_path):
    """Entries come the same, in the same order, each time."""
    shutil.copy(PAGES / "en.html", tmp_path)

    assert entries(tmp_path) == entries(tmp_path)


def test_contradicting_lives_have_no_year(tmp_path):
    """Two pages with two years of birth: no page says which is right."""
    item = "<h2>Births</h2><ul><li>{} – <a href='./Ann'>Ann</a></li></ul>"
    found = entries(
        saved(
            tmp_path,
            a=day_page("August_20", item.format(1901)),
            b=day_page("August_21", item.format(1902)),
        )
    )

    assert {entry.subject and entry.subject.born for entry in found} == {None}


def test_the_29th_of_february_of_a_julian_year(tmp_path):
    """1700 had that day where the Julian calendar was kept; 1901 had it nowhere."""
    body = "<h2>Events</h2><ul><li>1700 – Snow.</li><li>1904 – Ice.</li></ul>"
    found = entries(saved(tmp_path, a=day_page("February_29", body)))

    assert [entry.date and entry.date.calendar.value for entry in found] == ["julian", "gregorian"]


def test_an_impossible_date_is_told(tmp_path):
    """29 February 1901 was no day: the item is left out, and named."""
    body = "<h2>Events</h2><ul><li>1901 – Snow.</li><li>1904 – Ice.</li></ul>"
    source = load_source("wikipedia", pages=str(saved(tmp_path, a=day_page("February_29", body))))

    assert len(list(source.entries())) == 1
    assert "the year 1901 has no day 02-29: '1901 – Snow.'" in source.left_out[0]


def test_what_cannot_be_read_is_told_and_the_rest_comes_in(tmp_path):
    """A page without headings, and one that is no day's, are left out with the reason."""
    saved(
        tmp_path,
        a=day_page("August_20", "<p>nothing</p>"),
        b=day_page("Rome", "<h2>Events</h2><ul><li>1940 – It rains.</li></ul>"),
        c=day_page("August_20", "<h2>Events</h2><ul><li>1940 – It rains.</li></ul>"),
    )
    source = load_source("wikipedia", pages=str(tmp_path))

    assert len(list(source.entries())) == 1
    assert "a.html: en.wikipedia page 'August 20': no heading" in source.left_out[0]
    assert source.left_out[1].endswith("b.html: the title 'Rome' names no day of the year in 'en'")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"pages": "nowhere"}, "nowhere: there is no such folder"),
        ({"pages": "x", "languages": "de"}, "languages: 'de' must be a list"),
        ({"pages": "x", "languages": ["xx"]}, "no Wikipedia in 'xx' can be read"),
        ({"pages": "x", "days": ["02-30"]}, "no day 30"),
        ({"pages": "x", "colour": 1}, "colour: is not one of its keys"),
    ],
)
def test_wrong_options_are_refused(options, said):
    """An option that cannot be meant is named, with what would do."""
    from hodie.errors import HodieError

    with pytest.raises(HodieError) as caught:
        list(load_source("wikipedia", **options).entries())

    assert said in str(caught.value)


def test_an_empty_folder_is_refused(tmp_path):
    """A build from nothing is a mistake, and no empty almanac."""
    (tmp_path / "notes.txt").write_text("x")

    with pytest.raises(SourceError, match=r"no page of 'en' is saved there, as \.html or"):
        entries(tmp_path)


def test_packed_pages_are_read(tmp_path):
    """A page may be kept as gzip; half of one is told, and the others come in."""
    import gzip

    whole = gzip.compress((PAGES / "en.html").read_bytes())
    (tmp_path / "a.html.gz").write_bytes(whole)
    (tmp_path / "b.html.gz").write_bytes(whole[:-30])
    source = load_source("wikipedia", pages=str(tmp_path))

    assert len(list(source.entries())) == 13
    assert "b.html.gz: the packed file is damaged or cut short" in source.left_out[-1]


def test_a_build_finds_the_pages_beside_the_settings(tmp_path):
    """`hodie build` looks for the folder beside hodie.toml, and lists what it had to leave out."""
    (tmp_path / "hodie.toml").write_text(
        'name = "A"\nbase_url = "https://a.example"\n'
        '[[sources]]\nname = "wikipedia"\npages = "days"\n'
    )
    (tmp_path / "days").mkdir()
    shutil.copy(PAGES / "en.html", tmp_path / "days")

    result = CliRunner().invoke(main, ["build", "-C", str(tmp_path)])

    assert result.exit_code == 0, result.output
    assert "no year before it: '300 people" in (tmp_path / "unread.csv").read_text()
    with Almanac.open(tmp_path / "almanac.db") as almanac:
        assert almanac.count(MonthDay(8, 20)) == 13
        assert almanac.info.sources[0].licence == "CC-BY-SA-4.0"


def test_a_folder_of_languages_is_looked_for(tmp_path):
    """With several languages each has its folder."""
    with pytest.raises(SourceError, match=r"fr: there is no such folder; saved pages of 'fr'"):
        entries(tmp_path, "fr", "de")


@pytest.mark.parametrize("tag", languages())
def test_one_file_is_read_in_the_language_of_its_wiki(tag):
    """Without --lang a page is taken for what it says to be."""
    from hodie.sources.wikipedia import WikipediaSource

    [page] = WikipediaSource.read(PAGES / f"{tag}.html")

    assert page.language == tag
    assert page.events
