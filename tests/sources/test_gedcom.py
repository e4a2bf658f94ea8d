"""Family trees: dates in every calendar of GEDCOM, and the living left out."""

import datetime
from pathlib import Path

import pytest
from records_samples import GEDCOM

from hodie.almanac import Kind
from hodie.dates import Calendar, DateError, HistoricalDate, MonthDay
from hodie.sources import SourceError
from hodie.sources.gedcom import GedcomSource, read_gedcom_date

TODAY = datetime.date(2026, 8, 20)


def tree(tmp_path: Path, content: str | bytes, **options: object) -> GedcomSource:
    """Return a source that reads this family tree."""
    data = content.encode() if isinstance(content, str) else content
    (tmp_path / "family.ged").write_bytes(data)
    return GedcomSource(file="family.ged", folder=tmp_path, today=TODAY, **options)


def person(*lines: str, id: str = "I1") -> str:
    """Return the lines of an individual."""
    return "\n".join((f"0 @{id}@ INDI", "1 NAME Ada /Reader/", *lines, ""))


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("1 MAY 1811", HistoricalDate(1811, 5, 1)),
        ("MAY 1811", HistoricalDate(1811, 5)),
        ("1811", HistoricalDate(1811)),
        ("abt 1811", HistoricalDate(1811, approximate=True)),
        ("CAL 1 MAY 1811", HistoricalDate(1811, 5, 1, approximate=True)),
        ("INT 1811 (about then)", HistoricalDate(1811)),
        ("44 B.C.", HistoricalDate(-43, calendar=Calendar.JULIAN)),
        ("15 MAR 44 BCE", HistoricalDate(-43, 3, 15, Calendar.JULIAN)),
        ("14 OCT 1066", HistoricalDate(1066, 10, 14, Calendar.JULIAN)),
        ("@#DGREGORIAN@ 14 OCT 1066", HistoricalDate(1066, 10, 14)),
        ("@#DJULIAN@ 25 OCT 1917", HistoricalDate(1917, 10, 25, Calendar.JULIAN)),
        ("JULIAN 25 OCT 1917", HistoricalDate(1917, 10, 25, Calendar.JULIAN)),
        ("11 FEB 1731/32", HistoricalDate(1732, 2, 11, Calendar.JULIAN)),
        ("@#DFRENCH R@ 18 BRUM 8", HistoricalDate(8, 2, 18, Calendar.REPUBLICAN)),
        ("FRENCH_R 18 BRUM 8", HistoricalDate(8, 2, 18, Calendar.REPUBLICAN)),
        ("@#DHEBREW@ 5 IYR 5708", HistoricalDate(5708, 2, 5, Calendar.HEBREW)),
        ("HEBREW 14 ADS 5784", HistoricalDate(5784, 13, 14, Calendar.HEBREW)),
    ],
)
def test_dates_are_read(text, date):
    """Each form and calendar of GEDCOM 5.5.1 and 7 gives its date."""
    assert read_gedcom_date(text) == date


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("32 MAY 1811", "no day 32"),
        ("1 MAI 1811", "no month"),
        ("(long ago)", "no date of GEDCOM"),
        ("@#DROMAN@ 1 MAY 1811", "calendar 'ROMAN'"),
        ("1 MAY 1811/15", "no double year"),
        ("5 XYZ 5708", "no month of the gregorian calendar"),
    ],
)
def test_wrong_dates_are_refused(text, said):
    """The reason names what is wrong."""
    with pytest.raises(DateError) as caught:
        read_gedcom_date(text)

    assert said in str(caught.value)


def test_a_tree_gives_births_deaths_and_marriages(tmp_path):
    """Each has its people, by the ids of the file, and its place."""
    source = tree(tmp_path, GEDCOM)

    birth, death, other, marriage = source.entries()

    assert (birth.id, birth.kind, birth.day) == ("family:I1:birth", Kind.BIRTH, MonthDay(5, 1))
    assert (birth.subject.id, birth.subject.born, birth.subject.died) == (
        "ada-reader-i1",
        1811,
        1917,
    )
    assert [place.name for place in birth.places] == ["Riverside, Kent"]
    assert death.day == MonthDay(11, 7)
    assert other.date == HistoricalDate(1732, 2, 11, Calendar.JULIAN)
    assert (marriage.subkind, marriage.title) == (
        "marriage",
        "Marriage of John Smith and Ada Reader",
    )
    assert [each.reason for each in source.unread] == ["may be alive: left out"]


@pytest.mark.parametrize(
    ("lines", "shown"),
    [
        (["1 BIRT", "2 DATE 1 MAY 1980"], 0),
        (["1 BIRT", "2 DATE 1 MAY 1917"], 0),
        (["1 BIRT", "2 DATE 1 MAY 1916"], 1),
        (["1 BIRT", "2 DATE 1 MAY 1980", "1 DEAT Y"], 1),
        (["1 BIRT", "2 DATE 1 MAY 1980", "1 DEAT N"], 0),
        (["1 BIRT", "2 DATE 1 MAY 1980", "1 BURI"], 1),
        (["1 BIRT", "2 DATE 1 MAY 1880", "1 RESN privacy"], 0),
        (["1 BIRT", "2 DATE 1 MAY 1880", "1 RESN locked"], 1),
        (["1 BIRT", "2 DATE 1 MAY 1880", "2 RESN CONFIDENTIAL, LOCKED"], 0),
        (["1 BIRT", "2 DATE BET 1890 AND 1900", "1 DEAT", "2 DATE 1 MAY 1950"], 1),
    ],
)
def test_the_living_are_left_out(tmp_path, lines, shown):
    """Who has no death and is younger than 110 years does not come in."""
    assert len(list(tree(tmp_path, person(*lines)).entries())) == shown


def test_the_limit_of_the_living_is_a_setting(tmp_path):
    """A publication may be more careful, or less."""
    lines = ("1 BIRT", "2 DATE 1 MAY 1920")

    assert len(list(tree(tmp_path, person(*lines), living_years=100).entries())) == 1
    with pytest.raises(SourceError, match="living_years = -1 must be"):
        tree(tmp_path, person(*lines), living_years=-1)


def test_a_marriage_of_the_living_is_left_out(tmp_path):
    """Somebody without dates who married lately may be alive; long ago, not."""
    family = "0 @F1@ FAM\n1 HUSB @I1@\n1 MARR\n2 DATE 1 MAY {}\n"

    assert list(tree(tmp_path, person() + family.format(1990)).entries()) == []
    assert len(list(tree(tmp_path, person() + family.format(1890)).entries())) == 1


def test_a_line_that_is_none_is_listed(tmp_path):
    """The rest of the tree comes in."""
    source = tree(tmp_path, GEDCOM.replace("0 TRLR", "rubbish\n0 TRLR"))

    assert len(list(source.entries())) == 4
    assert [each.line for each in source.unread if not each.skipped] == [GEDCOM.count("\n")]


def test_limits_and_spans_are_skipped(tmp_path):
    """ "Before 1850" is no date; it is counted, not guessed at."""
    source = tree(tmp_path, person("1 DEAT", "2 DATE BEF 1850"))

    assert list(source.entries()) == []
    assert source.unread[0].skipped
    assert "limit or a span: BEF 1850" in source.unread[0].reason


def test_old_files_are_in_ansel(tmp_path):
    """In ANSEL a mark stands before its letter."""
    head = b"0 HEAD\n1 CHAR ANSEL\n0 @I1@ INDI\n"
    source = tree(
        tmp_path, head + b"1 NAME \xe2Etienne /M\xe8uller/\n1 BIRT\n2 DATE 1 MAY 1811\n1 DEAT Y"
    )

    [birth] = source.entries()

    assert birth.subject.name == "Étienne Müller"


def test_what_is_no_tree_says_so(tmp_path):
    """A file without people is listed."""
    source = tree(tmp_path, "hello\n")

    assert list(source.entries()) == []
    assert any("is it GEDCOM?" in each.reason for each in source.unread)
