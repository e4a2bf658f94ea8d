"""Items by hand: what a dump's statement becomes."""

import bz2
import gzip
import io

import pyarrow as pa
import pytest
from wikidata_items import (
    ARTICLE,
    ASTEROID,
    BOOK,
    GERMANY,
    RUSSIA,
    UNITED_STATES,
    battle,
    dump,
    entity,
    entries_of,
    item,
    line,
    person,
    place,
    statement,
    text,
    time,
    write_dump,
)

from hodie.almanac import Kind
from hodie.dates import HistoricalDate, MonthDay
from hodie.sources import SourceError, load_source
from hodie.sources.wikidata import WikidataSource


def born(when: str, precision: int = 11, rank: str = "normal", **more: object) -> dict:
    return statement("P569", time(when, precision, **more), rank)


EINSTEIN = person(937, "Albert Einstein", born("+1879-03-14"), links=["enwiki", "dewiki"])


def test_a_birth_is_an_entry_with_its_person(tmp_path):
    """Kind, date, day, subject, weight and a reference with its licence."""
    [entry] = entries_of(tmp_path, EINSTEIN)
    assert (entry.kind, entry.date, entry.day) == (
        Kind.BIRTH,
        HistoricalDate(1879, 3, 14),
        MonthDay(3, 14),
    )
    assert (entry.subject.id, entry.subject.kind) == ("albert-einstein", "person")
    assert entry.subject.wikipedia == "Albert Einstein"
    assert entry.subject.born == 1879
    assert 0 < entry.weight < 1
    [reference] = entry.references
    assert (reference.url, reference.licence) == ("https://www.wikidata.org/wiki/Q937", "CC0-1.0")


@pytest.mark.parametrize(
    ("when", "precision", "edtf", "day"),
    [
        ("+1879-03-14", 11, "1879-03-14", "03-14"),
        ("+1879-03-14", 10, "1879-03", None),
        ("+1952-01-01", 9, "1952", None),
        ("+1952-00-00", 9, "1952", None),
        ("-0044-03-15", 11, "-0043-03-15", "03-15"),
        ("-0001-03-15", 11, "0000-03-15", "03-15"),
        ("+00000001994-05-06", 11, "1994-05-06", "05-06"),
        ("+1879-03-00", 11, "1879-03", None),
    ],
)
def test_a_time_is_as_exact_as_its_precision(tmp_path, when, precision, edtf, day):
    """Digits below it are noise, and years before Christ are counted without a gap."""
    julian = when[0] == "-"
    [entry] = entries_of(tmp_path, person(1, "A", born(when, precision, julian=julian)))
    assert (entry.date.edtf, entry.day and str(entry.day)) == (edtf, day)


def test_precision_of_a_build_leaves_vaguer_dates_out(tmp_path):
    """With precision = "day" only days come."""
    items = person(1, "A", born("+1879-03-14")), person(2, "B", born("+1879-00-00", 9))
    assert [e.subject.name for e in entries_of(tmp_path, *items, precision="day")] == ["A"]


def test_the_preferred_date_is_the_one_that_counts(tmp_path):
    """Preferred comes before normal, deprecated never, whatever the order."""
    statements = [
        born("+1500-01-02"),
        born("+1500-01-03", rank="preferred"),
        born("+1500-01-04", rank="deprecated"),
    ]
    [entry] = entries_of(tmp_path, person(1, "A", *statements))
    assert entry.date.edtf == "1500-01-03"
    assert "date-disputed" not in entry.flags


@pytest.mark.parametrize("snak", ["somevalue", "novalue"])
def test_a_date_that_nobody_knows_is_no_entry(tmp_path, snak):
    """Neither an unknown date nor none, and a preferred unknown one hides a normal guess."""
    assert not entries_of(tmp_path, person(1, "A", statement("P570", snak)))
    statements = [statement("P570", snak, "preferred"), statement("P570", time("+1500-01-02"))]
    assert not entries_of(tmp_path, person(1, "A", *statements))


def test_two_dates_of_one_birth_are_both_kept_and_disputed(tmp_path):
    """Of equal rank, neither is dropped."""
    entries = entries_of(tmp_path, person(1, "A", born("+1500-01-02"), born("+1500-02-02")))
    assert [entry.date.edtf for entry in entries] == ["1500-01-02", "1500-02-02"]
    assert all("date-disputed" in entry.flags for entry in entries)
    assert len({entry.id for entry in entries}) == 2


def test_a_year_beside_its_day_says_nothing_more(tmp_path):
    """1879 and 14 March 1879 are one date."""
    [entry] = entries_of(tmp_path, person(1, "A", born("+1879-00-00", 9), born("+1879-03-14")))
    assert entry.date.edtf == "1879-03-14"
    assert not entry.flags


def test_one_day_in_both_calendars_is_one_date(tmp_path):
    """25 October Old Style and 7 November are the same day."""
    dates = born("+1917-10-25", julian=True), born("+1917-11-07")
    [entry] = entries_of(tmp_path, person(1, "A", *dates))
    assert (str(entry.day), entry.flags) == ("11-07", ())


def test_circa_is_approximate(tmp_path):
    """The qualifier that says so comes along."""
    about = statement("P569", time("+1500-00-00", 9), P1480=item(5727902))
    assert entries_of(tmp_path, person(1, "A", about))[0].date.edtf == "1500~"


@pytest.mark.parametrize(
    ("of", "when", "day", "doubtful"),
    [
        (RUSSIA, "+1870-04-10", "04-22", False),
        (RUSSIA, "+1918-01-31", "02-13", False),
        (RUSSIA, "+1918-02-01", "02-01", True),
        (UNITED_STATES, "+1732-02-11", "02-22", False),
        (UNITED_STATES, "+1861-04-12", "04-12", True),
        (GERMANY, "+1685-03-21", "03-31", False),
        (GERMANY, "+1882-07-07", "07-07", True),
        (None, "+1882-07-07", "07-07", True),
        (None, "+1337-05-22", "05-22", False),
    ],
)
@pytest.mark.parametrize("by", ["place", "country"])
def test_julian_dates_move_only_where_the_calendar_was_kept(tmp_path, of, when, day, doubtful, by):
    """Its own country's table decides, found by the place or by the person; the date stays."""
    statements = [born(when, julian=True)]
    town = entity(9, "Town", *([statement("P17", item(of))] if of else []))
    if by == "place":
        statements.append(statement("P19", item(9)))
    elif of:
        statements.append(statement("P27", item(of)))
    [entry] = entries_of(tmp_path, person(1, "A", *statements), town)
    assert str(entry.day) == day
    assert ("calendar-doubtful" in entry.flags) is doubtful
    assert entry.date.calendar == "julian"
    assert entry.date.edtf == when.removeprefix("+")


def test_the_place_comes_before_the_passport(tmp_path):
    """A Russian subject born where the Gregorian calendar was kept has a doubtful date."""
    statements = (
        born("+1860-01-01", julian=True),
        statement("P19", item(9)),
        statement("P27", item(RUSSIA)),
    )
    helsinki = entity(9, "Helsinki", statement("P17", item(33)))
    [entry] = entries_of(tmp_path, person(1, "A", *statements), helsinki)
    assert (str(entry.day), entry.flags) == ("01-01", ("calendar-doubtful",))


def test_a_gregorian_date_before_there_was_one_is_doubtful(tmp_path):
    """It is left where it is, and flagged."""
    [entry] = entries_of(tmp_path, person(1, "A", born("+0069-04-16")))
    assert (str(entry.day), entry.flags) == ("04-16", ("calendar-doubtful",))


def test_references_are_named_whether_they_come_before_or_after(tmp_path):
    """Place, people and context are entities, with coordinates and country."""
    fight = battle(
        1,
        "Battle of A",
        statement("P585", time("+1863-07-01")),
        statement("P276", item(2)),
        statement("P710", item(3)),
        statement("P361", item(4)),
    )
    town = entity(2, "A", statement("P625", place(39.8, -77.2)), statement("P17", item(30)))
    states = entity(30, "United States", statement("P297", text("US")))
    items = town, fight, person(3, "General"), entity(4, "War"), states
    [entry] = entries_of(tmp_path, *items)
    assert (entry.title, entry.subkind, entry.countries) == ("Battle of A", "battle", ("US",))
    assert [(p.entity.name, p.role) for p in entry.participants] == [
        ("Battle of A", "subject"),
        ("General", "person"),
        ("A", "place"),
        ("War", "context"),
    ]
    [where] = entry.places
    assert (where.latitude, where.longitude, where.country) == (39.8, -77.2, "US")


def test_articles_and_asteroids_stay_out(tmp_path):
    """Forty million dated articles are no history, nor is every discovery of a rock."""
    article = entity(
        1, "On A", statement("P31", item(ARTICLE)), statement("P577", time("+2001-02-03"))
    )
    rock = entity(
        2, "Rock", statement("P31", item(ASTEROID)), statement("P575", time("+2001-02-03"))
    )
    book = entity(3, "Book", statement("P31", item(BOOK)), statement("P577", time("+2001-02-03")))
    assert [e.title for e in entries_of(tmp_path, article, rock, book)] == ["Book comes out"]


def test_of_many_publications_the_first_is_told(tmp_path):
    """A book comes out once."""
    dates = [statement("P577", time(when)) for when in ("+1925-05-01", "+1922-02-02")]
    [entry] = entries_of(tmp_path, entity(3, "Book", statement("P31", item(BOOK)), *dates))
    assert (entry.date.edtf, entry.flags) == ("1922-02-02", ("title-made",))


def test_a_battle_of_one_day_is_told_once(tmp_path):
    """Start and end on one day are that day."""
    span = statement("P580", time("+1863-07-01")), statement("P582", time("+1863-07-01"))
    [entry] = entries_of(tmp_path, battle(1, "battle of A", *span))
    assert entry.title == "Battle of A"


def test_a_coronation_is_dated_by_its_qualifier(tmp_path):
    """A significant event has its date beside it."""
    crowned = statement("P793", item(209715), P585=time("+1804-12-02"))
    [entry] = entries_of(tmp_path, person(517, "Napoleon", crowned))
    assert (entry.subkind, entry.title, str(entry.day)) == (
        "coronation",
        "Coronation of Napoleon",
        "12-02",
    )


def test_offices_are_dated_by_their_qualifiers(tmp_path):
    """Each term that has its day; an office that no rule names gives nothing."""
    terms = (
        statement("P39", item(192711), P580=time("+1966-01-24"), P582=time("+1977-03-24")),
        statement("P39", item(192711), P580=time("+1980-01-14")),
        statement("P39", item(16556694), P580=time("+1964-08-26")),
    )
    entries = entries_of(tmp_path, person(1149, "Indira Gandhi", *terms))
    assert [(entry.subkind, entry.title, entry.date.edtf) for entry in entries] == [
        ("office", "Indira Gandhi becomes Prime Minister of India", "1966-01-24"),
        ("office", "Indira Gandhi becomes Prime Minister of India", "1980-01-14"),
    ]


def test_languages_asked_for_come_along(tmp_path):
    """The first names the entity; each but English is a label of its own."""
    bach = person(
        1, "Bach", born("+1700-01-01"), labels={"ru": "Бах", "de": "Bach (de)"}, aliases=["JSB"]
    )
    [entry] = entries_of(tmp_path, bach, languages=["en", "ru"])
    assert (entry.subject.name, entry.subject.aliases) == ("Bach", ("JSB",))
    assert [(label.language, label.name) for label in entry.subject.labels] == [("ru", "Бах")]
    [entry] = entries_of(tmp_path, bach, languages=["de"])
    assert (entry.subject.name, entry.subject.id) == ("Bach (de)", "bach-de")


def test_namesakes_have_addresses_of_their_own(tmp_path):
    """The best known keeps the bare one."""
    items = [
        person(7, "Jane Roe", born("+1900-01-01")),
        person(8, "Jane Roe", born("+1901-01-01"), links=["enwiki"]),
        person(9, "東京", born("+1902-01-01")),
    ]
    assert [e.subject.id for e in entries_of(tmp_path, *items)] == ["jane-roe-q7", "jane-roe", "q9"]


def test_fewest_site_links_leave_the_rest_out_but_name_it(tmp_path):
    """Nothing is told of an item without links, but it is named where it is referred to."""
    a = person(1, "A", born("+1900-01-01"), statement("P19", item(2)), links=["enwiki"])
    town = entity(2, "Town", statement("P571", time("+1200-01-01")))
    [entry] = entries_of(tmp_path, a, town, least_sitelinks=1)
    assert [place.name for place in entry.places] == ["Town"]


@pytest.mark.parametrize(
    "form", ["json", "json.gz", "json.bz2", "json.zst", "members", "folder", "ndjson"]
)
def test_every_packing_gives_the_same(tmp_path, form):
    """One member or many, bzip2, Zstandard, plain, or a folder of parts."""
    items = [person(n, f"P{n}", born(f"+19{n:02}-01-01")) for n in range(1, 40)]
    raw = dump(items)
    file = tmp_path / f"dump.{form}"
    match form:
        case "json.gz":
            file.write_bytes(gzip.compress(raw))
        case "json.bz2":
            file.write_bytes(bz2.compress(raw))
        case "json.zst":
            file.write_bytes(pa.compress(raw, codec="zstd", asbytes=True))
        case "members":
            file = write_dump(tmp_path / "dump.json.gz", items)
        case "folder":
            file.mkdir()
            (file / "1.json").write_bytes(dump(items[:20]))
            (file / "2.json.gz").write_bytes(gzip.compress(dump(items[20:])))
        case "ndjson":
            file.write_bytes(b"\r\n".join(map(line, items)))
        case _:
            file.write_bytes(raw)
    entries = WikidataSource(path=str(file), processes=1).entries()
    assert [e.subject.wikidata for e in entries] == [f"Q{n}" for n in range(1, 40)]


def test_standard_input_is_read(monkeypatch):
    """The path "-" is what flows in."""
    stdin = io.TextIOWrapper(io.BytesIO(dump([EINSTEIN])))
    monkeypatch.setattr("sys.stdin", stdin)
    assert len(list(WikidataSource(path="-").entries())) == 1


def test_old_empty_maps_and_unknown_types_do_no_harm(tmp_path):
    """An empty list stands for an empty map; what cannot be read is counted with its place."""
    odd = EINSTEIN | {"descriptions": [], "aliases": [], "sitelinks": []}
    odd["claims"] = odd["claims"] | {"P570": [statement("P570", {"value": 1, "type": "moment"})]}
    (tmp_path / "dump.json").write_bytes(dump([odd]))
    source = WikidataSource(path=str(tmp_path / "dump.json"), processes=1)
    [entry] = source.entries()
    assert entry.kind == Kind.BIRTH
    assert source.report.broken_statements == 1
    assert source.report.complaints[0].place == "Q937 P570"
    assert "'moment'" in source.report.complaints[0].reason


def test_a_day_that_never_was_is_counted(tmp_path):
    """30 February is no date, and nothing else is lost for it."""
    (tmp_path / "dump.json").write_bytes(dump([person(1, "A", born("+1900-02-30")), EINSTEIN]))
    source = WikidataSource(path=str(tmp_path / "dump.json"), processes=1)
    assert len(list(source.entries())) == 1
    assert source.report.broken_statements == 1


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"path": "/no/such/dump.json.gz"}, "no dump at '/no/such/dump.json.gz'"),
        ({"path": "x", "precision": "hour"}, "precision = 'hour'"),
        ({"path": "x", "languages": []}, "names no language"),
        ({"path": "x", "engine": "abacus"}, "engine = 'abacus'"),
        ({"path": "x", "pages": 1}, "pages: is not one of its keys"),
        ({"path": "x", "languages": "en"}, "languages: .en. must be a list, not text"),
    ],
)
def test_wrong_settings_are_refused_in_words(options, said):
    """What is wrong, and what would do."""
    with pytest.raises(SourceError, match=said):
        list(load_source("wikidata", **options).entries())
