"""The day's desk, the year, the panel of a story, and the house's facts."""

from __future__ import annotations

import datetime
import json

import pytest

pytest.importorskip("wagtail")

from hodie.dates import MonthDay

DAY = datetime.date(2026, 8, 20)
TROTSKY = "trotsky-assassinated"


def test_the_desk_shows_what_runs_and_what_is_missing(room):
    """Today has its story; tomorrow has none, and candidates with their reasons."""
    from hodie.newsroom import desk

    today, tomorrow, *_ = desk.days(DAY)

    assert [story.state for story in today.stories] == ["published"]
    assert not today.is_missing
    assert tomorrow.is_missing
    assert today.candidates[0].why.startswith("Picked for")


def test_a_candidate_that_is_told_leads_to_its_story(room):
    """An entry that a story tells is not offered to be written again."""
    from hodie.newsroom import desk

    found = {each.label: each for each in desk.candidates(DAY)}

    told = [each.told.headline for each in found.values() if each.told]
    assert any("Trotsky" in headline for headline in told)


def test_what_ran_on_the_day_before_is_told(room, make, people):
    """Stories of one date, and the leads of ran.csv, are remembered on their day."""
    from hodie.newsroom import actions, desk

    story = make(run="once", run_on=datetime.date(2025, 8, 20))
    actions.publish(story, people["publisher"], now=True)
    (room / "ran.csv").write_text("date,entry\n2024-08-20,e:none\n2024-08-21,e:other\n")

    assert list(desk.ran_before(DAY, desk.everything())) == ["2025: The visitor", "2024: e:none"]


def test_round_anniversaries_are_of_the_coming_year(room):
    """What comes round by centuries is listed by the day, a year ahead."""
    from hodie.newsroom import desk

    coming = desk.anniversaries(DAY)

    dates = [each.date for each in coming]
    assert dates == sorted(dates)
    assert all(DAY <= date < DAY + datetime.timedelta(days=365) for date in dates)


def test_one_click_makes_a_draft_of_a_candidate(room, client_of):
    """The draft has headline, dateline, day, the entry's facts as a note, and its references."""
    from hodie.newsroom import desk
    from hodie.newsroom.models import Story

    candidate = next(each for each in desk.candidates(DAY) if each.told is None)
    answer = client_of("writer").post("/take/", {"entry": candidate.id, "day": "08-20"})
    story = Story.objects.get(slug__isnull=False, owner__username="writer")

    assert answer.headers["Location"] == f"/pages/{story.pk}/edit/"
    assert story.state == "draft"
    assert candidate.id in story.entries
    assert story.date[5:10] == "08-20"
    assert [block.block_type for block in story.body] == ["note", "text"]
    assert "From:" in story.body[0].value
    assert len(story.sources) > 0


def test_a_draft_tells_readers_what_its_facts_rest_on(room, people):
    """The facts are notes to the first words, each with source, licence and address."""
    from hodie.newsroom import candidates, desk
    from hodie.newsroom.values import to_value
    from hodie.press import markdown

    id = desk.candidates(DAY)[0].id
    story = candidates.take(id, MonthDay(8, 20), people["writer"])
    body = to_value(story).body
    html = markdown.render(body)

    assert "\n[^1]: 20 August " in body
    assert 'role="doc-endnotes"' in html
    notes = html.partition('role="doc-endnotes"')[2]
    for source in story.sources:
        assert source.value["title"] in notes
        if source.value["url"]:
            assert f'<a href="{source.value["url"]}"' in notes


def test_notes_come_through_the_editor(room, client_of, people):
    """What the form of a draft sends back is the note that went into it."""
    from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

    from hodie.newsroom import candidates, desk
    from hodie.newsroom.blocks import NOTES, TEXT_FEATURES

    story = candidates.take(desk.candidates(DAY)[0].id, MonthDay(8, 20), people["writer"])
    html = story.body[1].value.source
    converter = ContentstateConverter(TEXT_FEATURES)
    state = json.loads(converter.from_database_format(html))

    assert NOTES in TEXT_FEATURES
    assert {entity["type"] for entity in state["entityMap"].values()} == {"HODIE_NOTE"}
    again = converter.to_database_format(json.dumps(state))
    assert again.count("data-note=") == html.count("data-note=") > 0


def test_the_draft_runs_on_the_day_that_was_asked_for(room, people):
    """An entry taken for another day than its own runs on that day."""
    from hodie.newsroom import candidates, desk

    id = desk.candidates(DAY)[0].id

    assert candidates.take(id, MonthDay(8, 20), people["writer"]).run_day == ""
    assert candidates.take(id, MonthDay(8, 22), people["writer"]).run_day == "08-22"


def test_an_entry_that_is_gone_is_said(room, client_of):
    """An almanac that was built anew may lack what the desk had shown."""
    answer = client_of("writer").post("/take/", {"entry": "e:gone", "day": "08-20"}, follow=True)

    assert "has no entry" in answer.content.decode()


def test_the_year_counts_its_days(room, make, people):
    """Each of the 366 days is covered, scheduled, in draft or empty."""
    from hodie.newsroom import actions, calendar

    actions.publish(make(run_day="09-01"), people["publisher"])
    make(slug="another", date="1940-10-02")
    shown = calendar.year(2026)

    assert sum(shown["counts"].values()) == 366
    assert shown["counts"]["scheduled"] == 1
    assert shown["counts"]["draft"] == 1
    assert shown["counts"]["covered"] > 10


def test_the_year_is_filtered_by_series_and_author(room, make, people):
    """With a filter only the days of that series or writer count."""
    from hodie.newsroom import calendar

    make(slug="another", date="1940-10-02")

    assert calendar.year(2026, author="writer")["counts"]["draft"] == 1
    assert calendar.year(2026, author="writer")["counts"]["covered"] == 0
    series = calendar.year(2026, series="Small Beginnings")["counts"]["covered"]
    assert 0 < series < calendar.year(2026)["counts"]["covered"]


def test_the_balance_counts_centuries(room):
    """Every story that ran counts for its century."""
    from hodie.newsroom import calendar

    shares = {share.name: share.count for share in calendar.year(2026)["balance"]["Centuries"]}

    assert shares["20th century"] >= 3


def test_the_panel_points_at_a_wrong_weekday(room, make, client_of):
    """The check of a draft says what is wrong, where, as it is being typed."""
    wrong = "<p>It was Friday, 20 August 1940. He died a day later.</p>"
    story = make(body=json.dumps([{"type": "text", "value": wrong}]))

    answer = client_of("writer").post(f"/story/{story.pk}/check/", {}).content.decode()

    assert "20 August 1940 was a Tuesday" in answer
    assert "21 August 1940" in answer
    assert 'class="hodie-finding"' in answer


def test_the_panel_cannot_be_used_to_inject(room, make, client_of):
    """Words of a story are shown as words, whatever they look like."""
    body = json.dumps([{"type": "markdown", "value": "Friday, 20 August 1940 &lt;script&gt;"}])
    story = make(body=body)

    answer = client_of("writer").post(f"/story/{story.pk}/check/", {}).content.decode()

    assert "<script>" not in answer


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"text": "1940-08-20"}, "Tuesday, 20 August 1940"),
        ({"text": "1917-10-25", "calendar": "julian"}, "Gregorian: Wednesday, 7 November 1917"),
        ({"text": "-0043-03-15"}, "15 March 44 BC"),
        ({"text": "1914/1918"}, "1914\\u20131918"),
        ({"text": "31 August"}, "error"),
        ({"year": "44", "era": "bc", "month": "3", "day": "15"}, "-0043-03-15"),
        ({"year": "1900", "mark": "~"}, "1900~"),
        ({"year": "1917", "month": "10", "day": "25", "calendar": "julian"}, "7 November"),
        ({"year": "x"}, "error"),
    ],
)
def test_the_picker_knows_bc_and_old_style(room, client_of, query, said):
    """A date is said with its weekday and in the other calendar, or what is wrong with it."""
    assert said in client_of("writer").get("/date/", query).content.decode()


def test_entries_are_found_by_name(room, client_of):
    """The fields for entries and people search the almanac."""
    found = client_of("writer").get("/find/entities/", {"q": "trotsky"}).json()["found"]
    named = client_of("writer").get("/find/entities/", {"id": "leon-trotsky"}).json()["found"]

    assert "leon-trotsky" in [each["id"] for each in found]
    assert named[0]["words"] == "Leon Trotsky"


# The house's facts

FACT = {
    "title": "The Old Bridge opens",
    "kind": "event",
    "date": "1888-08-20",
    "calendar": "",
    "places": "Riverside",
    "source": "Riverside Gazette",
    "url": "https://gazette.example/",
    "pin": "on",
}


def small_build(folder):
    """Build as `hodie build` does, from the small almanac that is there."""
    from hodie.almanac import Almanac, build
    from hodie.sources.house import HOUSE_NAME, apply, read_house

    path = folder / "almanac.db"
    with Almanac.open(path) as almanac:
        entries = list(almanac.entries(hidden=True))
    build(path, apply(entries, read_house(folder / HOUSE_NAME)), allow_loss=True)


def test_a_house_fact_reaches_the_days_page(room, client_of):
    """A fact kept in the newsroom is in the almanac after the next turn, and on its day's page."""
    from hodie.newsroom import work
    from hodie.press.printing import open_press

    answer = client_of("editor").post("/house/new/", FACT)
    done = work.work(lambda folder, today: None, small_build)

    assert answer.status_code == 302
    assert done.built
    page = open_press(room).page("/on/08-20/", DAY).body.decode()
    assert "The Old Bridge opens" in page
    assert not work.work(lambda folder, today: None, small_build).built


def test_an_entry_is_hidden(room, client_of):
    """An entry that the house hides is on no day any more."""
    from hodie.newsroom import desk, work
    from hodie.newsroom.opened import opened

    id = desk.candidates(DAY)[0].id
    client_of("editor").post(f"/house/change/{id}/", {"hide": "on"})
    work.work(lambda folder, today: None, small_build)

    assert id not in [entry.id for entry in opened().almanac.day(MonthDay(8, 20), limit=None)]


def test_a_correction_of_the_almanac_needs_a_reference(room, client_of):
    """Another date without what it rests on is refused."""
    from hodie.newsroom import desk, house

    id = desk.candidates(DAY)[0].id
    answer = client_of("editor").post(f"/house/change/{id}/", {"date": "1940-08-21"})

    assert "needs a reference" in answer.content.decode()
    assert house.read().changes == ()


def test_a_house_fact_can_be_changed_and_taken_away(room, client_of):
    """A fact keeps its id when its words change, and goes when it is dropped."""
    from hodie.newsroom import house

    editor = client_of("editor")
    editor.post("/house/new/", FACT)
    [made] = house.read().entries
    editor.post(f"/house/entry/{made.id}/", {**FACT, "title": "The Old Bridge"})
    [changed] = house.read().entries
    assert (changed.id, changed.title) == (made.id, "The Old Bridge")

    editor.post(f"/house/entry/{made.id}/drop/")
    assert house.read().entries == ()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"date": "Easter"}, "cannot be read"),
        ({"date": ""}, "needs a date"),
        ({"title": ""}, "needs a title"),
        ({"url": "javascript:x"}, "Begin with https"),
        ({"kind": "birth"}, "needs a subject"),
    ],
)
def test_a_fact_that_cannot_be_kept_is_refused(room, client_of, fields, said):
    """A mistake is said on the form, and the file stays as it was."""
    from hodie.newsroom import house

    answer = client_of("editor").post("/house/new/", {**FACT, **fields})

    assert said in answer.content.decode() or answer.status_code == 200
    assert house.read().entries == ()


def test_a_build_that_failed_is_said_and_not_repeated(room, client_of):
    """What the build said stands on the page, and it waits for a change."""
    from hodie.newsroom import house
    from hodie.newsroom.errors import NewsroomError

    tries = []

    def failing(folder):
        tries.append(folder)
        raise NewsroomError("a day would be lost")

    client_of("editor").post("/house/new/", FACT)
    house.build_if_changed(failing)
    house.build_if_changed(failing)

    assert len(tries) == 1
    assert "a day would be lost" in client_of("editor").get("/house/").content.decode()


def test_writers_do_not_change_facts(room, client_of):
    """House facts are for editors and publishers."""
    from hodie.newsroom import house

    client_of("writer").post("/house/new/", FACT)

    assert house.read().entries == ()
