"""What an almanac answers."""

from __future__ import annotations

import pytest
from almanac_samples import ENTRIES, MEXICO, TROTSKY, WAR, august, born, event, many

from hodie.almanac import AlmanacError, Entity, Entry, Kind, Participant
from hodie.dates import Calendar, HistoricalDate, MonthDay

AUGUST_20 = MonthDay(8, 20)
BY_ID = {entry.id: entry for entry in ENTRIES}
SHOWN = [entry for entry in ENTRIES if "hidden" not in entry.flags]


def ids(entries):
    """Return the ids of entries, in order."""
    return [entry.id for entry in entries]


def heaviest_first(entries):
    """Order entries as an almanac does by weight."""
    return sorted(entries, key=lambda entry: -entry.weight)


# Everything comes back as it went in


@pytest.mark.parametrize("id", BY_ID)
def test_an_entry_by_its_id(everything, id):
    """Every field of an entry comes back as it went in."""
    assert everything.entry(id) == BY_ID[id]


def test_entries_yields_all_that_are_not_hidden(everything):
    """All entries come, once."""
    found = list(everything.entries())

    assert len(found) == len(SHOWN)
    assert {entry.id: entry for entry in found} == {entry.id: entry for entry in SHOWN}


def test_entries_yields_the_hidden_ones_last(everything):
    """Hidden entries come if asked for."""
    assert ids(everything.entries(hidden=True))[-1] == "e:1940-08-20:ffffffffff"


@pytest.mark.parametrize(
    "id", ["", "nobody", "e:1940-08-20:0000000000", "e:1940-08-21:647e955d7e", "a\0b", "e" * 10_000,
           "e:9999-99-99:647e955d7e", "E:1940-08-20:647E955D7E", "b:1940-08-20:647e955d7e"],
)  # fmt: skip
def test_an_unknown_id_is_none(everything, id):
    """What is not there is None, however it is asked for."""
    assert everything.entry(id) is None
    assert everything.entity(id) is None
    assert everything.about(id) == []


def test_thousands_come_back(thousands):
    """Three thousand entries come back as they went in."""
    assert {entry.id: entry for entry in thousands.entries()} == {e.id: e for e in many(3000)}


def test_a_weight_is_kept_to_four_decimals(make):
    """Weights come back to four decimals."""
    almanac = make([event("1", august(1940), "One", weight=0.123456)])

    assert almanac.entry("1").weight == 0.1235


def test_an_empty_text_is_none(make):
    """A title of nothing is no title."""
    almanac = make([event("1", august(1940), "", line="")])

    assert almanac.entry("1").title is None
    assert almanac.entry("1").line is None


def test_a_title_that_is_a_number(make):
    """A title is text, whatever it looks like."""
    almanac = make([event("1", august(1940), "1"), event("2", august(1940), "1.0")])

    assert [almanac.entry(id).title for id in "12"] == ["1", "1.0"]


def test_a_subject_behind_another(make):
    """Participants keep their order, wherever the subject stands."""
    parts = (Participant(MEXICO, "place"), Participant(TROTSKY, "subject"))
    entry = Entry("1", Kind.BIRTH, title="Leon Trotsky", participants=parts)

    assert make([entry]).entry("1") == entry


def test_one_entity_in_two_roles(make):
    """An entity may take part twice, and its timeline has the entry once."""
    parts = (Participant(TROTSKY, "person"), Participant(TROTSKY, "topic"))
    entry = event("1", august(1940), "One", participants=parts)
    almanac = make([entry])

    assert almanac.entry("1") == entry
    assert almanac.about("leon-trotsky") == [entry]


def test_an_empty_almanac(make):
    """An almanac of nothing answers nothing."""
    almanac = make([])

    assert list(almanac.entries()) == list(almanac.entities()) == list(almanac.dates()) == []
    assert almanac.day(AUGUST_20) == almanac.year(1940) == almanac.search("a") == []
    assert almanac.info.entries == dict.fromkeys(Kind, 0)


# A day


def test_a_day_by_weight(everything):
    """A day's entries of all kinds come heaviest first."""
    found = everything.day(AUGUST_20)

    assert {entry.id for entry in found} == {
        "e:1940-08-20:647e955d7e",
        "h:independence",
        "unsure",
        "e:bare",
    }
    assert found[0] == BY_ID["e:1940-08-20:647e955d7e"]
    assert found == heaviest_first(found)


@pytest.mark.parametrize("kind", list(Kind))
def test_a_day_of_one_kind(everything, kind):
    """A kind leaves out the others."""
    shown = {entry.id for entry in SHOWN if entry.day == AUGUST_20 and entry.kind is kind}

    assert set(ids(everything.day(AUGUST_20, kind))) == shown
    assert everything.count(AUGUST_20, kind) == len(shown)


def test_every_day_of_thousands(thousands):
    """On each of 366 days every entry is shown, the heaviest first."""
    entries = list(many(3000))
    for day in MonthDay.all():
        found = thousands.day(day, limit=None)
        assert [entry.weight for entry in found] == [e.weight for e in heaviest_first(found)]
        assert set(ids(found)) == {entry.id for entry in entries if entry.day == day}
        assert thousands.count(day) == len(found)


@pytest.mark.parametrize("order", ["weight", "year", "-year"])
@pytest.mark.parametrize("kind", [None, Kind.BIRTH])
@pytest.mark.parametrize("size", [1, 7, 700])
def test_pages_join_up(make, order, kind, size):
    """Page after page gives what one long page gives, also where the ready pages end."""
    day = MonthDay(1, 2)
    almanac = make(
        [
            event(
                f"e{i}", HistoricalDate(1000 + i % 50, 1, 2), f"Event {i}", weight=i * 7 % 90 / 90
            )
            for i in range(700)
        ]
        + [
            born(
                f"b{i}",
                Entity(f"p{i}", f"P {i}"),
                HistoricalDate(1000 + i % 50, 1, 2),
                weight=i / 700,
            )
            for i in range(700)
        ]
    )
    whole = almanac.day(day, kind, limit=None, order=order)
    pages = [
        almanac.day(day, kind, limit=size, offset=start, order=order)
        for start in range(0, 1500, size)
    ]

    assert [entry for page in pages for entry in page] == whole
    assert len(set(ids(whole))) == (700 if kind else 1400)


def test_a_ready_page_is_like_any_other(thousands):
    """The page that is kept ready holds what the rows say."""
    for day in MonthDay.all()[::30]:
        ready, rows = thousands.day(day, limit=3), thousands.day(day, limit=51)
        assert ready == rows[:3]


@pytest.mark.parametrize(
    "text",
    [
        "null",
        ',"line":null',
        "x,",
        ",",
        '",',
        '\\","title":null',
        ',"precision":"day"',
        "[]",
        "\n\t\0",
        '"',
    ],
)
def test_a_ready_page_keeps_texts_that_look_like_json(make, text):
    """No text is taken for what a page leaves out."""
    who = Entity("who", text, description=text)
    parts = (Participant(who, "person"),)
    entry = event("1", august(1940), text, line=text, participants=parts)

    assert make([entry]).day(AUGUST_20) == [entry]


def test_a_day_by_year(everything):
    """The earliest comes first; those of every year are at the end."""
    found = everything.day(AUGUST_20, order="year")

    assert [entry.date.year if entry.date else None for entry in found] == [636, 1940, 1940, None]


def test_a_day_by_year_backwards(everything):
    """The latest comes first, in a year the heaviest."""
    found = everything.day(AUGUST_20, Kind.EVENT, order="-year")

    assert ids(found) == ["e:1940-08-20:647e955d7e", "unsure", "e:bare"]


def test_hidden_entries_are_shown_only_if_asked_for(everything):
    """A hidden entry is on no default page, and in no count."""
    hidden = "e:1940-08-20:ffffffffff"

    assert hidden not in ids(everything.day(AUGUST_20, limit=None))
    assert hidden in ids(everything.day(AUGUST_20, hidden=True))
    assert hidden in ids(everything.day(AUGUST_20, Kind.EVENT, hidden=True, order="year"))
    assert everything.count(AUGUST_20) == 4


def test_29_february(everything):
    """The leap day is a day like others."""
    assert ids(everything.day(MonthDay(2, 29))) == ["leap"]


def test_a_bc_year(everything):
    """Years before the first are negative, 44 BC is -43."""
    assert ids(everything.day(MonthDay(3, 15))) == ["d:-0043-03-15:bbbbbbbbbb"]
    assert ids(everything.year(-43)) == ["d:-0043-03-15:bbbbbbbbbb"]
    assert ids(everything.date(HistoricalDate(-43, 3, 15))) == ["d:-0043-03-15:bbbbbbbbbb"]


@pytest.mark.parametrize(("limit", "offset"), [(-1, 0), (1, -1), (None, -5)])
def test_a_page_can_not_be_negative(everything, limit, offset):
    """Negative limits and offsets are an error, not a surprise."""
    with pytest.raises(AlmanacError, match="negative"):
        everything.day(AUGUST_20, limit=limit, offset=offset)
    with pytest.raises(AlmanacError, match="negative"):
        everything.year(1940, limit=limit, offset=offset)


def test_a_page_of_nothing(everything):
    """A limit of nothing gives nothing, and so does a page behind the end."""
    assert everything.day(AUGUST_20, limit=0) == []
    assert everything.day(AUGUST_20, offset=99) == []
    assert everything.day(MonthDay(2, 28)) == []


# A date, a year


def test_a_date(everything):
    """A date has what is shown on it, by weight, and nothing of its other years."""
    assert ids(everything.date(august(1940))) == ["e:1940-08-20:647e955d7e", "unsure"]


def test_a_date_as_it_was_celebrated(everything):
    """A Julian date that moved is found on the day that shows it, in the year of that."""
    assert ids(everything.date(HistoricalDate(1917, 11, 7))) == ["october"]
    assert ids(everything.date(HistoricalDate(1917, 1, 7))) == ["new year in russia"]


@pytest.mark.parametrize(
    ("date", "found"),
    [
        ("1940-08", ["e:month"]),
        ("1940", ["e:year", "e:about"]),
        ("194X", ["e:decade"]),
        ("19XX", ["e:century"]),
        ("1940-22", ["e:season"]),
        ("1941", []),
    ],
)
def test_a_date_without_a_day(everything, date, found):
    """A month or year has what is dated so and no closer."""
    assert ids(everything.date(HistoricalDate.parse(date))) == found


def test_a_year(everything):
    """A year has all of its entries, those without a day too, heaviest first."""
    found = everything.year(1940)

    assert ids(found)[:3] == ["e:1940-08-20:647e955d7e", "d:1940-08-21:aaaaaaaaaa", "e:year"]
    assert set(ids(found)) == {
        entry.id for entry in SHOWN if entry.date and entry.date.year == 1940
    } | {"e:decade"}


def test_a_year_of_one_kind(everything):
    """A kind leaves out the others."""
    assert ids(everything.year(1940, kind=Kind.DEATH)) == ["d:1940-08-21:aaaaaaaaaa"]


def test_a_year_by_date(everything):
    """By date, what has no month comes first, what has no day before its month's days."""
    found = everything.year(1940, order="date")

    assert [entry.date.month for entry in found] == [*[None] * 3, 22, 8, 8, 8, 8]
    assert found[-1].id == "d:1940-08-21:aaaaaaaaaa"
    assert found[4].id == "e:month"


@pytest.mark.parametrize("order", ["weight", "date"])
def test_pages_of_a_year_join_up(thousands, order):
    """Page after page gives what one long page gives."""
    whole = thousands.year(1604, limit=None, order=order)
    pages = [thousands.year(1604, limit=4, offset=n, order=order) for n in range(0, 200, 4)]

    assert [entry for page in pages for entry in page] == whole
    assert set(ids(whole)) == {entry.id for entry in many(3000) if entry.date.year == 1604}
    if order == "weight":
        assert [e.weight for e in whole] == [e.weight for e in heaviest_first(whole)]


def test_a_year_of_converted_dates(everything):
    """A date in another calendar belongs to the year in which it is shown."""
    assert ids(everything.year(1948)) == ["hebrew"]
    assert ids(everything.year(1799)) == ["brumaire"]


# Entities


def test_an_entity(everything):
    """Every field of an entity comes back."""
    assert everything.entity("leon-trotsky") == TROTSKY
    assert everything.entity("world-war-ii") == WAR


@pytest.mark.parametrize(
    "entity",
    [
        Entity("plain-name", "Plain Name"),
        Entity("plain-name", "Plain name"),
        Entity("other", "Plain Name"),
        Entity("ecole", "École"),
        Entity("école", "École"),
        Entity("1", "1", wikidata="1", wikipedia="1"),
        Entity("a", "A", wikidata="Q007"),
        Entity("a", "A", wikidata="Q7", wikipedia="A"),
        Entity("a", "A", wikidata="P7", wikipedia="A (letter)"),
        Entity("a", "A", wikidata="Q99999999999999999999"),
        Entity("a", "A", born=0, died=0, weight=1.0),
        Entity("a", "A", born=-13_800_000_000),
        Entity("a" * 500, "A" * 3000, description="D" * 3000, image="I" * 3000),
        Entity("日本", "日本"),
    ],
    ids=repr,
)
def test_entities_come_back(make, entity):
    """An entity comes back whatever its fields look like."""
    entry = event("1", august(1940), "One", participants=(Participant(entity, "topic"),))
    almanac = make([entry])

    assert almanac.entity(entity.id) == entity
    assert almanac.entry("1") == entry


def test_all_about_an_entity(everything):
    """An entity's entries come by time, without the hidden ones."""
    assert ids(everything.about("leon-trotsky")) == [
        "b:1879-11-07:0123456789",
        "e:1940-08-20:647e955d7e",
        "d:1940-08-21:aaaaaaaaaa",
    ]


def test_the_first_about_an_entity(everything):
    """A limit keeps the earliest."""
    assert ids(everything.about("leon-trotsky", limit=1)) == ["b:1879-11-07:0123456789"]


def test_all_about_an_entity_with_what_is_hidden(everything):
    """Hidden entries come last, if asked for."""
    assert ids(everything.about("leon-trotsky", hidden=True))[-1] == "e:1940-08-20:ffffffffff"


def test_time_goes_across_the_years(make):
    """Time is ordered by year, month and day, and through the year 0."""
    dates = [
        "-0010-05-05",
        "-0010",
        "0000-01-01",
        "1940-09-01",
        "1940-08",
        "1940-08-20",
        "1940-07-31",
    ]
    entries = [
        Entry(
            text,
            Kind.EVENT,
            date=HistoricalDate.parse(text),
            day=HistoricalDate.parse(text).month_day,
            title=text,
            participants=(Participant(TROTSKY, "person"),),
        )
        for text in dates
    ]

    assert ids(make(entries).about("leon-trotsky")) == [
        "-0010", "-0010-05-05", "0000-01-01", "1940-07-31", "1940-08", "1940-08-20", "1940-09-01",
    ]  # fmt: skip


def test_entities_by_weight(everything):
    """All entities come heaviest first, but those that only hidden entries know."""
    assert [entity.id for entity in everything.entities()] == [
        "world-war-ii", "julius-caesar", "leon-trotsky", "mexico-city", "ramon-mercader",
    ]  # fmt: skip
    assert [entity.id for entity in everything.entities(hidden=True)][-1] == "spy"


def test_entities_of_some_weight(thousands):
    """A least weight leaves out the lighter ones."""
    known = {p.entity for entry in many(3000) for p in entry.participants}

    assert set(thousands.entities(0.5)) == {entity for entity in known if entity.weight >= 0.5}


# Enumerations


def test_dates_in_order(everything):
    """Each date with entries comes once, in order, in the calendar of its time."""
    dates = list(everything.dates())

    assert dates[0] == (HistoricalDate(-43, 3, 15, Calendar.JULIAN), 1)
    assert (august(1940), 2) in dates
    assert [date for date, _ in dates] == sorted(date for date, _ in dates)


def test_every_date_has_what_it_counts(thousands):
    """What `dates` counts, `date` gives."""
    for date, count in thousands.dates():
        assert len(thousands.date(date)) == count


def test_dates_of_one_kind(everything):
    """A kind leaves out the dates of others."""
    assert list(everything.dates(Kind.DEATH)) == [
        (HistoricalDate(-43, 3, 15, Calendar.JULIAN), 1),
        (HistoricalDate(1940, 8, 21), 1),
    ]


def test_a_leap_day_that_its_calendar_has_not(make):
    """A date that is left as its source has it is listed, though the Gregorian year has no such."""
    date = HistoricalDate(1700, 2, 29, Calendar.JULIAN)
    almanac = make([event("1", date, "A leap day", flags=("calendar-doubtful",))])

    assert list(almanac.dates()) == [(date, 1)]
    assert ids(almanac.date(date)) == ["1"]


def test_years_in_order(everything):
    """Each year with entries comes once, in order."""
    years = everything.years()

    assert years[:2] == [(-43, 1), (636, 1)]
    assert dict(years)[1940] == len(everything.year(1940, limit=None))


def test_counts(everything):
    """What each day has of each kind is counted without the hidden ones."""
    counts = everything.counts()

    assert counts["08-20", Kind.EVENT] == 3
    assert counts["08", Kind.EVENT] == 1
    assert sum(counts.values()) == len(SHOWN)


def test_info(everything):
    """The info says what there is, and whence."""
    info = everything.info

    assert info.schema == 3
    assert len(info.digest) == 64
    assert info.hidden == 1
    assert sum(info.entries.values()) == len(SHOWN)
    assert info.entities == 6
    assert [(s.source, s.licence, s.entries) for s in info.sources] == [
        ("wikidata", "CC0-1.0", 2),
        ("wikipedia", None, 1),
        ("wp2019", "CC-BY-SA-3.0", 1),
    ]
    assert info.size == info.path.stat().st_size


@pytest.mark.parametrize("order", ["year", "-year"])
def test_pages_of_uneven_years_join_up(make, order):
    """A year with one entry after a year with several is not passed over, or told twice."""
    years = [1000, 1000, 1000, 1001, 1002, 1002, 1003, 1004]
    almanac = make(
        [
            event(f"e{i}", HistoricalDate(year, 1, 2), f"Event {i}", weight=i / 10)
            for i, year in enumerate(years)
        ]
    )
    day = MonthDay(1, 2)
    whole = ids(almanac.day(day, order=order))

    for size in (1, 2, 3):
        pages = [
            almanac.day(day, order=order, limit=size, offset=at)
            for at in range(0, len(years), size)
        ]
        assert [id for page in pages for id in ids(page)] == whole


@pytest.mark.parametrize(
    "date",
    [
        HistoricalDate(1917, 10, 25),
        HistoricalDate(1917, 10, 25, Calendar.JULIAN),
        HistoricalDate(1917, 11, 7),
    ],
)
def test_both_days_find_what_is_dated_old_style(make, date):
    """An entry of the Julian calendar is found by its own date and by the one that shows it."""
    revolution = Entry(
        "e:os",
        Kind.EVENT,
        date=HistoricalDate(1917, 10, 25, Calendar.JULIAN),
        day=MonthDay(11, 7),
        title="The Winter Palace is stormed",
    )
    bystander = event("e:ns", HistoricalDate(1917, 11, 7), "Something else of that day")
    almanac = make([revolution, bystander])

    assert revolution in almanac.date(date)
    assert (bystander in almanac.date(date)) is (date.month == 11)


def test_a_doubtful_date_stands_where_it_is(make):
    """A Julian date that was left on its day is not found by another."""
    day = HistoricalDate(1704, 10, 28, Calendar.JULIAN)
    locke = Entry("d:locke", Kind.DEATH, date=day, day=MonthDay(10, 28), title="John Locke")
    almanac = make([locke])

    assert almanac.date(day) == [locke]
    assert almanac.date(HistoricalDate(1704, 11, 8)) == []
