"""Tables of one's own: what a row gives, what is left out and why, and what is guessed."""

import gzip
from pathlib import Path

import pytest
from records_samples import CSV, NDJSON, xlsx

from hodie.almanac import Entry, Kind, Reference
from hodie.dates import Calendar, HistoricalDate, MonthDay
from hodie.sources import SourceError
from hodie.sources.table import TableSource, guess, toml_of
from hodie.sources.table.rows import Form

COLUMNS = {"id": "Ref", "date": "Date", "title": "What", "people": "Who", "places": "Where"}


def table(tmp_path: Path, content: str | bytes, name: str = "parish.csv", **options: object):
    """Return a source that reads a file with this content."""
    data = content.encode() if isinstance(content, str) else content
    (tmp_path / name).write_bytes(data)
    return TableSource(file=name, folder=tmp_path, **options)


def read(source: TableSource) -> dict[str, Entry]:
    """Return the entries of a source by the ends of their ids."""
    return {entry.id.partition(":")[2]: entry for entry in source.entries()}


def test_a_row_becomes_an_entry(tmp_path):
    """Each column says what the mapping makes of it."""
    source = table(tmp_path, CSV, columns=COLUMNS, label="Parish register", licence="CC0-1.0")

    entry = read(source)["A1"]

    assert entry.id == "parish:A1"
    assert (entry.date, entry.day) == (HistoricalDate(1888, 8, 20), MonthDay(8, 20))
    assert entry.title == 'The "Old" Bridge opens'
    assert [person.name for person in entry.people] == ["Ada Reader", "John Smith"]
    assert [place.id for place in entry.places] == ["riverside"]
    assert entry.references == (Reference("Parish register", licence="CC0-1.0"),)


def test_dates_find_their_days(tmp_path):
    """Old Style moves to its Gregorian day, circa has none, and 44 BC is Julian."""
    entries = read(table(tmp_path, CSV, columns=COLUMNS))

    assert entries["A3"].day == MonthDay(11, 7)
    assert entries["A3"].date == HistoricalDate(1917, 10, 25, Calendar.JULIAN)
    assert entries["A3"].title == "A revolution, in two lines"
    assert (entries["A2"].day, entries["A2"].date.edtf) == (None, "1750~")
    assert entries["A4"].date == HistoricalDate(-43, calendar=Calendar.JULIAN)


def test_dates_of_other_calendars_find_their_days(tmp_path):
    """Each keeps its calendar, and is shown on the Gregorian day, before the reform the Julian."""
    rows = (
        "A,14 Nisan 5701,Seder\nB,10 Muharram 61 AH,Kerbala\nC,18 Brumaire an VIII,Coup\n"
        "D,Nisan 5701,Spring\nE,14 Adar 5700,Which?\nF,10 Muharram 61,Whose?\n"
        "G,31 Nisan 5701,None\n"
    )
    source = table(
        tmp_path, f"Ref,Date,What\n{rows}", columns={"id": "Ref", "date": "Date", "title": "What"}
    )
    entries = read(source)

    assert {key: entry.day and str(entry.day) for key, entry in entries.items()} == {
        "A": "04-11",
        "B": "10-10",
        "C": "11-09",
        "D": None,
    }
    assert entries["A"].date == HistoricalDate(5701, 1, 14, Calendar.HEBREW)
    assert [(each.line, each.column) for each in source.unread] == [
        (6, "Date"),
        (7, "Date"),
        (8, "Date"),
    ]
    assert "write Adar I or Adar II" in source.unread[0].reason


@pytest.mark.parametrize(
    ("row", "column", "line", "said"),
    [
        ("30 February 1900,X,,,B", "Date", 7, "no day 30"),
        (",X,,,B", "Date", 7, "the text is empty"),
        ("1900,,,,B", "What", 7, "nothing to show"),
        ("1900,X,,,A1", "id", 7, "the id stands twice: first in parish.csv:2"),
        ("1900,X,,,B,C,D", "", 7, "7 cells under 5 columns"),
        ('1900,"X,,,B', "", 7, "a quotation mark is not closed"),
    ],
)
def test_a_row_that_cannot_be_read_is_listed(tmp_path, row, column, line, said):
    """File, line, column and reason are kept, and every other row comes in."""
    source = table(tmp_path, f"{CSV}{row}\n1901,Last,,,Z\n", columns=COLUMNS)

    entries = read(source)

    assert list(entries) == ["A1", "A2", "A3", "A4", "Z"]
    [unread] = source.unread
    assert (unread.file, unread.line, unread.column) == ("parish.csv", line, column)
    assert said in unread.reason


def test_a_quotation_mark_within_a_cell_is_no_quotation(tmp_path):
    """A gun of 5" does not swallow the next rows."""
    source = table(tmp_path, 'date,title\n1900,A 5" gun\n1901,Next\n1902,A 6" gun\n')

    assert [entry.title for entry in source.entries()] == ['A 5" gun', "Next", 'A 6" gun']
    assert source.unread == []


def test_ids_stay(tmp_path):
    """Without a column of ids a digest of the facts stands for it, wherever the row stands."""
    rows = ["1900,First", "1901,Second", "1902,Third"]
    one = read(table(tmp_path, "date,title\n" + "\n".join(rows)))
    two = read(table(tmp_path, "date,title\n" + "\n".join([*rows[::-1], rows[0]])))

    assert one.keys() == two.keys()
    assert all(len(id) == 16 for id in one)


@pytest.mark.parametrize(
    ("content", "encoding", "noted"),
    [
        ("utf-8", None, False),
        ("utf-8-sig", None, False),
        ("utf-16", None, False),
        ("utf-16-le", None, True),
        ("cp1252", None, True),
        ("mac-roman", "mac-roman", False),
    ],
)
def test_encodings_are_told_apart(tmp_path, content, encoding, noted):
    """Marks are believed, UTF-8 is recognised, and a guess says so."""
    text = "date;title\n20 août 1940;Attentat à Coyoacán\n"
    source = table(tmp_path, text.encode(content), language="fr", encoding=encoding)

    [entry] = source.entries()

    assert entry.title == "Attentat à Coyoacán"
    assert bool(source.notes) is noted


def test_a_damaged_byte_spoils_its_row_only(tmp_path):
    """One wrong byte does not make a file of UTF-8 one of another encoding."""
    text = "date,title\n1940,Coyoacán\n1941,Łódź\n1942,X".encode() + b"\xe9\n"
    source = table(tmp_path, text)

    assert [entry.title for entry in source.entries()] == ["Coyoacán", "Łódź"]
    assert [each.reason for each in source.unread] == ["a byte that is no UTF-8"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters_are_found(tmp_path, delimiter):
    """What stands between the names of the columns stands between cells."""
    text = f"date{delimiter}title\n1940{delimiter}It happens\n"

    [entry] = table(tmp_path, text).entries()

    assert entry.title == "It happens"


def test_packed_tables_are_read(tmp_path):
    """A table may be packed with gzip."""
    data = gzip.compress(b"date,title\n1940,Packed\n")

    [entry] = table(tmp_path, data, "t.csv.gz").entries()

    assert entry.title == "Packed"


def test_json_lines_are_read(tmp_path):
    """Lists, numbers and null stand for what they mean."""
    source = table(tmp_path, NDJSON, "own.ndjson")

    one, two, three = source.entries()

    assert [person.name for person in one.people] == ["Ada Reader"]
    assert [place.name for place in two.places] == ["Riverside", "Kent"]
    assert (three.day, three.weight) == (MonthDay(8, 20), 0.75)


@pytest.mark.parametrize(
    ("line", "said"), [("{", "is no JSON"), ("[1]", "no JSON object"), ('"\\ud800"', "no JSON")]
)
def test_broken_json_is_listed(tmp_path, line, said):
    """A line that is no object is listed with its number, and the rest comes in."""
    source = table(tmp_path, f"{NDJSON}{line}\n", "own.ndjson")

    assert len(list(source.entries())) == 3
    [unread] = source.unread
    assert unread.line == 4
    assert said in unread.reason


def test_sheets_are_read(tmp_path):
    """The first sheet is the table; numbers are years without a point."""
    rows = [["date", "title"], [1888, "The Old Bridge opens"], ["20 Aug 1940", "Attack"]]

    entries = list(table(tmp_path, xlsx(rows), "t.xlsx").entries())

    assert [entry.date.edtf for entry in entries] == ["1888", "1940-08-20"]


def test_a_sheet_that_is_not_there_is_named(tmp_path):
    """The message lists the sheets that there are."""
    with pytest.raises(SourceError, match="no sheet is named 'Births'; there are: 'Register'"):
        list(table(tmp_path, xlsx([["date"]]), "t.xlsx", sheet="Births").entries())


def test_a_life_in_one_row_is_two_entries(tmp_path):
    """Columns of birth and death make both, about one person with both years."""
    text = "Name,Born,Died\nAda Reader,1 May 1811,2 June 1890\nJohn Smith,1980,\n"
    columns = {"subject": "Name", "birth": "Born", "death": "Died"}

    birth, death, other = table(tmp_path, text, columns=columns).entries()

    assert (birth.kind, death.kind, other.kind) == (Kind.BIRTH, Kind.DEATH, Kind.BIRTH)
    assert birth.subject == death.subject
    assert (birth.subject.born, birth.subject.died) == (1811, 1890)


def test_namesakes_are_told_apart(tmp_path):
    """Two lives of one name are two people; a name without a life is the first of them."""
    text = "subject,birth\nJohn Smith,1811\nJohn Smith,1850\n"

    one, two = table(tmp_path, text).entries()

    assert (one.subject.id, two.subject.id) == ("john-smith", "john-smith-person")
    assert one.id != two.id


def test_year_month_and_day_may_have_columns_of_their_own(tmp_path):
    """Three numbers, or a word for the month, are one date."""
    columns = {"date": "y", "month": "m", "day": "d", "title": "t"}
    text = "y,m,d,t\n1940,8,20,A\n1940,August,20,B\n-43,3,15,C\n1940,8,,D\n"

    dates = [entry.date.edtf for entry in table(tmp_path, text, columns=columns).entries()]

    assert dates == ["1940-08-20", "1940-08-20", "-0043-03-15", "1940-08"]


def test_holidays_have_a_day_of_every_year(tmp_path):
    """A holiday's day is written without a year."""
    text = "date,title\n05-01,Fair\n20 August,Fête\n"

    entries = list(table(tmp_path, text, kind="holiday").entries())

    assert [entry.day for entry in entries] == [MonthDay(5, 1), MonthDay(8, 20)]
    assert all(entry.date is None for entry in entries)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"columns": {"date": "Datum"}}, "columns: date = 'Datum': did you mean 'Date'?"),
        ({"columns": {"datum": "Date"}}, "'datum' is none of id, date"),
        ({"columns": {"title": "What"}}, "name the one with the date"),
        ({"kind": "party"}, "kind = 'party' must be one of 'event'"),
        ({"calendar": "mayan"}, "calendar = 'mayan' must be one of"),
        ({"language": "xx"}, "language = 'xx': no language"),
        ({"delimiter": "ab"}, "must be one sign"),
        ({"weight": 2}, "must be a number from 0 to 1"),
        ({"encoding": "ebcdic-x", "columns": COLUMNS}, "no encoding is named 'ebcdic-x'"),
    ],
)
def test_wrong_options_are_refused(tmp_path, options, said):
    """What hodie.toml says of a table is checked, and the message says what would do."""
    with pytest.raises(SourceError) as caught:
        list(table(tmp_path, CSV, **options).entries())

    assert said in str(caught.value)


def test_columns_without_a_mapping_are_asked_for(tmp_path):
    """What the names of columns do not say is not guessed at in a build."""
    with pytest.raises(SourceError, match="which column says what"):
        list(table(tmp_path, "Datum,Was\n1940,X\n").entries())


def test_a_missing_file_is_named(tmp_path):
    """The message says where it was looked for."""
    with pytest.raises(SourceError, match=r"gone\.csv: there is no such file"):
        TableSource(file="gone.csv", folder=tmp_path)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (CSV, {"id": "Ref", "date": "Date", "title": "What", "people": "Who", "places": "Where"}),
        ("Datum;Ereignis\n20. August 1940;Anschlag\n", {"date": "Datum", "title": "Ereignis"}),
        ("a,b\n1940-08-20,It happens\n1941-01-01,Again\n", {"date": "a", "title": "b"}),
        ("Name,Born,Died\nAda,1811,1890\n", {"birth": "Born", "death": "Died", "subject": "Name"}),
        ("Year,Month,Day,Event\n1940,8,20,X\n",
         {"date": "Year", "month": "Month", "day": "Day", "title": "Event"}),
    ],
)  # fmt: skip
def test_columns_are_guessed(tmp_path, text, found):
    """Names of columns are known in some languages, and cells tell of the rest."""
    (tmp_path / "t.csv").write_text(text)

    assert guess(tmp_path / "t.csv", Form()).columns == found


@pytest.mark.parametrize(
    ("cell", "language"),
    [
        ("20 août 1940", "fr"),
        ("20. Dezember 1940", "de"),
        ("13/8/1940", "en"),
        ("8/9/1940", "en-GB"),
    ],
)
def test_the_language_is_guessed_from_the_dates(tmp_path, cell, language):
    """The first language in which most dates can be read is the one."""
    (tmp_path / "t.csv").write_text(f"date,title\n{cell},X\n")

    assert guess(tmp_path / "t.csv", Form()).language == language


def test_a_guess_is_printed_as_toml(tmp_path):
    """What is printed can be pasted, and reads the same."""
    import tomllib

    (tmp_path / "t.csv").write_text(CSV)
    text = toml_of(guess(tmp_path / "t.csv", Form()), file="t.csv")

    [options] = tomllib.loads(text)["sources"]
    assert options.pop("name") == "table"
    assert len(read(TableSource(folder=tmp_path, **options))) == 4
