"""iCalendar and BSD calendar files: what comes in, what is skipped, and why."""

from pathlib import Path

import pytest
from records_samples import BSD, ICS

from hodie.almanac import Kind
from hodie.dates import HistoricalDate, MonthDay
from hodie.sources.bsd import BSDSource
from hodie.sources.ical import ICalSource


def ical(tmp_path: Path, text: str) -> ICalSource:
    """Return a source that reads this calendar."""
    (tmp_path / "own.ics").write_bytes(text.encode())
    return ICalSource(file="own.ics", folder=tmp_path)


def event(tmp_path: Path, *properties: str) -> ICalSource:
    """Return a source that reads a calendar of one event."""
    lines = ("BEGIN:VCALENDAR", "BEGIN:VEVENT", *properties, "END:VEVENT", "END:VCALENDAR")
    return ical(tmp_path, "\r\n".join(lines))


def bsd(tmp_path: Path, text: str | bytes, **options: object) -> BSDSource:
    """Return a source that reads this calendar file."""
    (tmp_path / "calendar.own").write_bytes(text.encode() if isinstance(text, str) else text)
    return BSDSource(file="calendar.own", folder=tmp_path, **options)


def test_events_become_entries(tmp_path):
    """Title, text, place, address and id come along."""
    attack, _, _ = ical(tmp_path, ICS).entries()

    assert attack.id == "own:1@example.org"
    assert attack.date == HistoricalDate(1940, 8, 20)
    assert (attack.title, attack.line) == (
        "Attack on Trotsky",
        "He is struck, and dies the next day.",
    )
    assert [place.name for place in attack.places] == ["Mexico City"]
    assert attack.references[0].url == "https://example.org/1"


def test_categories_say_the_kind(tmp_path):
    """A death has its subject, a holiday a day of every year."""
    _, death, holiday = ical(tmp_path, ICS).entries()

    assert (death.kind, death.subject.name) == (Kind.DEATH, "Leon Trotsky")
    assert (holiday.kind, holiday.date, holiday.day) == (Kind.HOLIDAY, None, MonthDay(1, 1))


def test_a_moment_falls_on_the_calendars_day(tmp_path):
    """01:00 in UTC on 22 August is still the 21st in Mexico City."""
    _, death, _ = ical(tmp_path, ICS).entries()

    assert death.day == MonthDay(8, 21)


def test_a_time_in_a_zone_stays_on_its_day(tmp_path):
    """What is said in a place's own time is on that place's day."""
    [entry] = event(
        tmp_path, "DTSTART;TZID=Europe/Moscow:19171107T010000", "SUMMARY:Night"
    ).entries()

    assert entry.day == MonthDay(11, 7)


@pytest.mark.parametrize(
    ("properties", "column", "reason", "skipped"),
    [
        (["SUMMARY:X"], "DTSTART", "is missing", False),
        (["DTSTART;VALUE=DATE:1940082", "SUMMARY:X"], "DTSTART", "is no date", False),
        (["DTSTART;VALUE=DATE:19400820"], "SUMMARY", "nothing to show", False),
        (
            ["DTSTART;VALUE=DATE:20200510", "SUMMARY:X", "RRULE:FREQ=YEARLY;BYDAY=2SU;BYMONTH=5"],
            "RRULE",
            "moves from year to year",
            True,
        ),
        (
            ["DTSTART;VALUE=DATE:20200510", "SUMMARY:X", "RRULE:FREQ=WEEKLY"],
            "RRULE",
            "comes weekly",
            True,
        ),
        (
            ["DTSTART;VALUE=DATE:20200510", "SUMMARY:X", "STATUS:CANCELLED"],
            "STATUS",
            "is cancelled",
            True,
        ),
    ],
)
def test_what_gives_no_entry_is_listed(tmp_path, properties, column, reason, skipped):
    """A mistake and what is not for an almanac are both listed, and told apart."""
    source = event(tmp_path, *properties)

    assert list(source.entries()) == []
    [unread] = source.unread
    assert (unread.line, unread.column, unread.skipped) == (2, column, skipped)
    assert reason in unread.reason


def test_an_event_without_end_spoils_no_other(tmp_path):
    """The next event begins anew."""
    source = ical(
        tmp_path,
        "BEGIN:VEVENT\nSUMMARY:Lost\nBEGIN:VEVENT\nDTSTART:19400820\nSUMMARY:Kept\nEND:VEVENT\n",
    )

    assert [entry.title for entry in source.entries()] == ["Kept"]
    assert [each.reason for each in source.unread] == ["the VEVENT has no end"]


def test_a_birthday_without_a_year_is_of_every_year(tmp_path):
    """Calendars of contacts write 1604 where they know no year."""
    [entry] = event(
        tmp_path,
        "DTSTART;VALUE=DATE:16040501",
        "RRULE:FREQ=YEARLY",
        "CATEGORIES:Birthday",
        "SUMMARY:Ada's birthday",
    ).entries()

    assert (entry.date, entry.day) == (None, MonthDay(5, 1))


def test_lines_of_a_calendar_file_become_entries(tmp_path):
    """The year stands at the end; without one the day is a holiday."""
    source = bsd(tmp_path, BSD)

    attack, death, holiday, caesar = source.entries()

    assert (attack.title, attack.date.edtf) == ("Trotsky attacked in Mexico City", "1940-08-20")
    assert (death.kind, death.subject.name) == (Kind.DEATH, "Leon Trotsky")
    assert (holiday.kind, holiday.title, holiday.date) == (Kind.HOLIDAY, "New Year's Day", None)
    assert (caesar.title, caesar.date.edtf) == ("Julius Caesar is killed in Rome", "-0043-03-15")
    assert [each.skipped for each in source.unread] == [True]


@pytest.mark.parametrize(
    ("line", "reason", "skipped"),
    [
        ("#include <calendar.world>", "an included file is not read", False),
        ("#define X", "is an instruction", True),
        ("Sun+2\tx", "moves", True),
        ("May SunSecond\tMother's Day", "moves", True),
        ("Easter-2\tGood Friday", "moves", True),
        ("13/45\tx", "no month 13", False),
        ("02/30\tx, 1940", "no day", False),
        ("02/29\tx, 1941", "no day 29", False),
        ("08/20 no tab", "has no tab", False),
    ],
)
def test_lines_that_give_no_entry_are_listed(tmp_path, line, reason, skipped):
    """Days that move are skipped and counted; an included file is refused."""
    source = bsd(tmp_path, f"08/20\tFirst, 1940\n{line}\n08/21\tLast, 1940\n")

    assert [entry.title for entry in source.entries()] == ["First", "Last"]
    [unread] = source.unread
    assert (unread.line, unread.skipped) == (2, skipped)
    assert reason in unread.reason


def test_a_day_may_stand_behind_a_space(tmp_path):
    """Only a tab makes a line go on: the Russian files put days under each other."""
    text = "LANG=ru_RU.UTF-8\nPaskha=Пасха\n 1 янв.\tНовый год\n12 янв.\tДень\n\tработника\n"

    found = list(bsd(tmp_path, text).entries())

    assert [(entry.day, entry.title) for entry in found] == [
        (MonthDay(1, 1), "Новый год"),
        (MonthDay(1, 12), "День работника"),
    ]


@pytest.mark.parametrize(
    ("text", "kind", "title", "date"),
    [
        ("The bridge (of stone) opens, 1888", Kind.EVENT, "The bridge (of stone) opens", "1888"),
        ("The bridge opens (1888)", Kind.EVENT, "The bridge opens", "1888"),
        ("The bridge (the old one, 1888)", Kind.EVENT, "The bridge (the old one)", "1888"),
        ("Ada Reader born in Kent, 1811", Kind.BIRTH, "Ada Reader born in Kent", "1811"),
        ("Ada Reader died, 1890, in Kent", Kind.DEATH, "Ada Reader died, in Kent", "1890"),
        ("Ada, the 2nd, born Kent 1811.", Kind.BIRTH, "Ada, the 2nd, born Kent", "1811"),
        (
            "A shop is founded, 1974 (so it goes)",
            Kind.EVENT,
            "A shop is founded (so it goes)",
            "1974",
        ),
        ("Ada Reader dies (323BC)", Kind.DEATH, "Ada Reader dies", "-0322"),
        ("Осада снята (1944 год)", Kind.EVENT, "Осада снята", "1944"),
        ("Rome is founded, 753 B.C.", Kind.EVENT, "Rome is founded", "-0752"),
    ],
)
def test_the_year_is_found_in_the_text(tmp_path, text, kind, title, date):
    """It stands at the end, in brackets or not, or behind "born" and "died"."""
    [entry] = bsd(tmp_path, f"08/20\t{text}\n").entries()

    assert (entry.kind, entry.title, entry.date.edtf) == (kind, title, f"{date}-08-20")


def test_the_files_own_encoding_is_believed(tmp_path):
    """LANG names the encoding and the language of the days."""
    text = "LANG=de_DE.ISO8859-1\n20. März\tFrühlingsanfang, 1940\n".encode("latin-1")

    [entry] = bsd(tmp_path, text).entries()

    assert (entry.title, entry.day) == ("Frühlingsanfang", MonthDay(3, 20))
