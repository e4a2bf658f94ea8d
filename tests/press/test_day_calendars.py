"""Calendars: read back by two libraries without loss, each day once, and 29 February right."""

from __future__ import annotations

import datetime

import icalendar
import pytest
import vobject
from msgspec import structs
from paper import ATTACK, CAESAR

from hodie.dates import HistoricalDate, MonthDay
from hodie.press import Story, calendars
from hodie.server.desk import open_press

TODAY = datetime.date(2026, 8, 20)
LEAP = structs.replace(
    ATTACK,
    id="e:leap",
    day=MonthDay(2, 29),
    date=HistoricalDate(1940, 2, 29),
    title="A leap; day, 1",
)
ODD = structs.replace(
    ATTACK,
    id="e:odd",
    title="Commas, semicolons; and a \\ backslash",
    line="A line of “quotes”\nand a break, as long as lines must be folded: " + "ö" * 100,
)


@pytest.fixture(scope="module")
def press(demo):
    """The demo's press."""
    return open_press(demo)


def written(publication, entries) -> bytes:
    return b"".join(calendars.of_entries(publication, entries))


def read_icalendar(body: bytes) -> list[tuple]:
    """What the icalendar library finds in each event."""
    calendar = icalendar.Calendar.from_ical(body)
    return [
        (
            str(event["uid"]),
            str(event["summary"]),
            str(event.get("description", "")),
            str(event["url"]),
            event.decoded("dtstart"),
            event.decoded("dtend"),
            event["rrule"].to_ical().decode() if "rrule" in event else "",
        )
        for event in calendar.walk("VEVENT")
    ]


def read_vobject(body: bytes) -> list[tuple]:
    """What the vobject library finds in each event."""
    calendar = vobject.readOne(body.decode())
    return [
        (
            event.uid.value,
            event.summary.value,
            event.description.value if hasattr(event, "description") else "",
            event.url.value,
            event.dtstart.value,
            event.dtend.value,
            event.rrule.value if hasattr(event, "rrule") else "",
        )
        for event in getattr(calendar, "vevent_list", [])
    ]


@pytest.mark.parametrize("address", calendars.ADDRESSES)
def test_two_libraries_read_the_same(press, address):
    """Whatever is in a calendar, both find all of it."""
    body = press.page(address, TODAY).body
    events = read_icalendar(body)

    assert len(events) > 5
    assert read_vobject(body) == events
    assert len({uid for uid, *_ in events}) == len(events)


def test_nothing_is_lost_of_odd_texts(publication):
    """Commas, semicolons, backslashes, breaks and long lines come back as they were."""
    body = written(publication, [ODD, LEAP])
    [odd, leap] = read_icalendar(body)

    assert read_vobject(body) == [odd, leap]
    assert odd[1] == f"1940: {ODD.title}"
    assert odd[2] == f"{ODD.line}\n\nour own; wikidata (CC0-1.0)"
    assert leap[1] == "1940: A leap; day, 1"
    assert all(len(line) <= 75 for line in body.split(b"\r\n"))


def test_a_year_has_each_day_once(press):
    """The calendar of the year tells each day that has something to tell, on its date."""
    events = read_icalendar(press.page("/calendar.ics", TODAY).body)
    dates = [event[4] for event in events]

    assert dates == sorted(set(dates))
    assert {date.year for date in dates} == {2026}
    assert ("The visitor with the raincoat: Trotsky’s last afternoon", TODAY) in {
        (event[1], event[4]) for event in events
    }
    assert all(end - start == datetime.timedelta(days=1) for *_, start, end, _ in events)


def test_a_leap_year_has_its_day(press):
    """In a leap year 29 February is in the calendar."""
    events = read_icalendar(press.page("/calendar.ics", datetime.date(2028, 1, 1)).body)

    assert datetime.date(2028, 2, 29) in {event[4] for event in events}


def test_a_calendar_built_again_is_the_same(press):
    """Ids, dates and stamps do not change from one day to the next."""
    story = press.page("/calendars/stories.ics", TODAY).body
    tomorrow = press.page("/calendars/stories.ics", TODAY + datetime.timedelta(days=1)).body

    assert press.page("/calendars/stories.ics", TODAY).body == story
    assert set(read_icalendar(story)) <= set(read_icalendar(tomorrow))


@pytest.mark.parametrize(
    ("leap_day", "rule"),
    [
        ("february-28", "FREQ=YEARLY;BYMONTHDAY=-1;BYMONTH=2"),
        ("omit", "FREQ=YEARLY;BYMONTHDAY=29;BYMONTH=2"),
    ],
)
def test_29_february_follows_the_publication(publication, leap_day, rule):
    """It comes on the last day of each February, or in leap years only, as days' pages do."""
    body = written(structs.replace(publication, leap_day=leap_day), [LEAP])
    [(*_, start, end, found)] = read_icalendar(body)

    assert start == datetime.date(2024, 2, 29)
    assert set(found.split(";")) == set(rule.split(";"))
    assert (end - start).days == 1


@pytest.mark.parametrize(
    ("leap_day", "dates"),
    [
        ("february-28", ["2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"]),
        ("omit", ["2024-02-29", "2028-02-29", "2032-02-29", "2036-02-29", "2040-02-29"]),
    ],
)
def test_29_february_falls_where_it_should(publication, leap_day, dates):
    """The rule as programs reckon it gives the right dates."""
    body = written(structs.replace(publication, leap_day=leap_day), [LEAP])
    event = vobject.readOne(body.decode()).vevent
    rules = event.getrruleset(addRDate=True)
    found = [f"{date:%Y-%m-%d}" for date, _ in zip(rules, dates, strict=False)]

    assert found == dates


@pytest.mark.parametrize("day", [MonthDay(2, 28), MonthDay(3, 1), MonthDay(12, 31)])
def test_other_days_come_back_each_year(publication, day):
    """A plain yearly rule is enough for the other days."""
    body = written(publication, [structs.replace(ATTACK, day=day)])
    [(*_, start, _, rule)] = read_icalendar(body)

    assert (start.month, start.day, rule) == (day.month, day.day, "FREQ=YEARLY")


def test_what_has_no_day_is_left_out(publication):
    """An entry known to the year alone has no place in a calendar."""
    body = written(publication, [structs.replace(ATTACK, day=None), CAESAR])

    assert [event[1] for event in read_icalendar(body)] == ["44 BC: Caesar <killed>"]


def test_stories_come_once_or_yearly(publication):
    """A story for one date is one event; a story of a day comes each year; others are none."""
    yearly = Story(id="a", headline="A", dates=(HistoricalDate(1940, 8, 20),), run=MonthDay(8, 20))
    once = structs.replace(yearly, id="b", run=datetime.date(2026, 8, 1))
    never = structs.replace(yearly, id="c", run=None, published=datetime.date(2020, 1, 1))

    class Desk:
        def __init__(self):
            self.publication, self.words = publication, {"stories": "Stories"}

        def shown_stories(self, today):
            return [yearly, once, never]

    events = read_icalendar(calendars.page(Desk(), "/calendars/stories.ics", TODAY).body)

    assert [(event[4].isoformat(), event[-1]) for event in events] == [
        ("2024-08-20", "FREQ=YEARLY"),
        ("2026-08-01", ""),
    ]


def test_a_filter_is_a_calendar(press):
    """What somebody wants comes back each year, the heaviest few of each day."""
    page = press.asked("/calendars/any.ics", [("kind", "birth"), ("from", "1900")], TODAY)
    events = read_icalendar(page.body)
    days = [event[4] for event in events]

    assert page.media_type == "text/calendar; charset=utf-8"
    assert read_vobject(page.body) == events
    assert len(events) > 20
    assert all(rule.startswith("FREQ=YEARLY") for *_, rule in events)
    assert max(days.count(day) for day in days) == calendars.ENTRIES
    assert b"X-WR-CALNAME:Today in History: births\\, from 1900" in page.body


def test_a_life_is_a_calendar(press):
    """All dated entries of a person with a day, however many fall on one."""
    page = press.asked("/calendars/any.ics", [("about", "leon-trotsky")], TODAY)
    summaries = [event[1] for event in read_icalendar(page.body)]

    assert any("1879" in each for each in summaries)
    assert any("1940" in each for each in summaries)


def test_other_addresses_are_no_calendars(press):
    """What is none is none."""
    assert press.page("/calendars/none.ics", TODAY) is None
    assert press.page("/calendars/any.ics", TODAY) is None
