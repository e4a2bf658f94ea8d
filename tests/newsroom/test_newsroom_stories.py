"""A story's way: draft, review, approval, its day, a correction, a withdrawal."""

from __future__ import annotations

import datetime
import json

import pytest

pytest.importorskip("wagtail")

from django.core.exceptions import PermissionDenied

UTC = datetime.UTC
RULES = '\n[newsroom]\nown_approval = false\npublish_at = "05:30"\n'


def again(story):
    from hodie.newsroom.models import Story

    return Story.objects.get(pk=story.pk)


def review(story, people, by="writer"):
    story.get_workflow().start(story, people[by])
    return again(story).current_workflow_task_state


def approve(story, people, who="editor"):
    state = again(story).current_workflow_task_state
    state.specific.task.specific.on_action(state, people[who], "approve")
    return again(story)


def strict(room):
    with (room / "hodie.toml").open("a", encoding="utf-8") as file:
        file.write(RULES)


def test_a_draft_goes_to_review_and_is_approved(make, people):
    """What an editor approved is approved, and not out until a publisher takes it up."""
    story = make()
    assert story.state == "draft"
    review(story, people)
    assert again(story).state == "in review"

    assert approve(story, people).state == "approved"


def test_a_publisher_who_approves_has_it_scheduled(make, people):
    """Approved by somebody who may publish, a story comes out on its day, at the usual hour."""
    from hodie.newsroom.work import next_due

    story = make(run_day="08-25")
    review(story, people)

    assert approve(story, people, "publisher").state == "scheduled"
    assert next_due() == datetime.datetime(2026, 8, 25, 6, tzinfo=UTC)


def test_an_approval_is_of_that_text_only(make, people):
    """A text that was changed after its approval is a draft again."""
    story = make()
    review(story, people)
    approve(story, people)
    latest = again(story)
    latest.title = "Another"
    latest.save_revision(user=people["writer"])

    assert again(story).state == "draft"


def test_editors_may_ask_for_changes(make, people):
    """A story that was sent back can be seen to be a draft, and can be sent again."""
    story = make()
    state = review(story, people)
    state.specific.task.specific.on_action(state, people["editor"], "reject")

    assert again(story).current_workflow_state.status == "needs_changes"


@pytest.mark.parametrize(
    ("fields", "due"),
    [
        ({"run": "yearly"}, None),
        ({"run": "yearly", "run_day": "08-21"}, (2026, 8, 21)),
        ({"run": "yearly", "run_day": "08-19"}, (2027, 8, 19)),
        ({"run": "yearly", "run_day": "02-29"}, (2028, 2, 29)),
        ({"run": "once", "run_on": datetime.date(2026, 9, 1)}, (2026, 9, 1)),
        ({"run": "once", "run_on": datetime.date(2026, 8, 1)}, None),
        ({"run": "never"}, None),
        ({"run": "yearly", "date": "1940"}, None),
    ],
)
def test_a_story_comes_out_on_its_day(make, fields, due):
    """The moment is the publication's hour on the next day that a story runs; else at once."""
    from hodie.newsroom.actions import comes_out

    assert comes_out(make(**fields)) == (due and datetime.datetime(*due, 6, tzinfo=UTC))


def test_the_hour_is_that_of_the_publications_time_zone(room, make):
    """Six o'clock is six o'clock where the publication is."""
    from hodie.newsroom.actions import comes_out

    file = room / "hodie.toml"
    text = file.read_text("utf-8").replace('time_zone = "UTC"', 'time_zone = "America/New_York"')
    file.write_text(text, "utf-8")

    due = comes_out(make(run_day="12-01"))
    assert due == datetime.datetime(2026, 12, 1, 11, tzinfo=UTC)


def test_scheduled_stories_come_out_at_their_time(room, make, people, clock):
    """Nothing is out a minute before its time; at its time there is the file, once."""
    from hodie.newsroom import actions, work

    story = make(run_day="08-25")
    actions.publish(story, people["publisher"])
    clock(datetime.datetime(2026, 8, 25, 5, 59, tzinfo=UTC))
    assert work.work(lambda folder, today: None).published == ()
    assert not (room / "stories" / "the-visitor.md").exists()

    clock(datetime.datetime(2026, 8, 25, 6, 0, tzinfo=UTC))
    assert work.work(lambda folder, today: None).published == ("the-visitor",)
    assert (room / "stories" / "the-visitor.md").exists()
    assert work.work(lambda folder, today: None).published == ()
    assert again(story).state == "published"


def test_published_now_it_is_out_now(room, make, people):
    """A publisher need not wait for the day."""
    from hodie.newsroom import actions

    story = make(run_day="08-25")
    actions.publish(story, people["publisher"], now=True)

    assert again(story).state == "published"
    assert (room / "stories" / "the-visitor.md").exists()


def test_a_story_without_a_day_says_when_it_came_out(room, make, people):
    """A story that runs on no day has the date of its publication in its file."""
    from hodie.newsroom import actions

    actions.publish(make(run="never"), people["publisher"])

    assert "published: 2026-08-20" in (room / "stories" / "the-visitor.md").read_text()


@pytest.mark.parametrize("who", ["writer", "editor"])
def test_only_publishers_publish(make, people, who):
    """Writers and editors cannot put a story before readers."""
    from hodie.newsroom import actions

    with pytest.raises(PermissionDenied):
        actions.publish(make(), people[who], now=True)


@pytest.mark.parametrize("who", ["publisher", "owner"])
def test_nobody_publishes_their_own_where_the_rules_say_so(room, make, people, who):
    """With own_approval = false not even the owner publishes what nobody else approved."""
    from hodie.newsroom import actions

    strict(room)

    with pytest.raises(PermissionDenied):
        actions.publish(make(by=who), people[who], now=True)


def test_nobody_approves_their_own_where_the_rules_say_so(room, make, people):
    """The writer of a story has no button to approve it, and cannot do without one."""
    from django.core.exceptions import ValidationError

    strict(room)
    story = make(by="editor")
    state = review(story, people, "editor")
    task = state.specific.task.specific

    names = [name for name, _, _ in task.get_actions(again(story), people["editor"])]
    assert "approve" not in names
    with pytest.raises(ValidationError):
        task.on_action(state, people["editor"], "approve")
    assert "approve" in [n for n, _, _ in task.get_actions(again(story), people["publisher"])]


def test_after_anothers_approval_one_may_publish_ones_own(room, make, people):
    """Two pairs of eyes are enough."""
    from hodie.newsroom import actions

    strict(room)
    story = make(by="publisher")
    review(story, people, "publisher")
    approve(story, people, "editor")
    actions.publish(again(story), people["publisher"], now=True)

    assert again(story).state == "published"


def test_a_correction_is_dated_and_shown(room, make, people):
    """A correction publishes the text as it is now, with its note, and keeps the earlier ones."""
    from hodie.newsroom import actions
    from hodie.newsroom.opened import opened
    from hodie.newsroom.preview import page_of
    from hodie.newsroom.values import to_value

    story = make()
    actions.publish(story, people["publisher"], now=True)
    draft = again(story)
    draft.title = "The visitors"
    draft.save_revision(user=people["writer"])
    actions.correct(again(story), "There were  two.", people["publisher"])
    actions.correct(again(story), "And a dog.", people["publisher"])

    text = (room / "stories" / "the-visitor.md").read_text()
    assert "headline: The visitors" in text
    assert "  - date: 2026-08-20\n    note: There were two.\n" in text
    assert "note: And a dog." in text
    assert again(story).state == "corrected"
    assert b"There were two." in page_of(to_value(again(story)), opened()).body


def test_a_withdrawal_keeps_drafts_out(room, make, people):
    """What is withdrawn is what stands; a draft that waits is not published by it."""
    from hodie.newsroom import actions

    story = make()
    actions.publish(story, people["publisher"], now=True)
    draft = again(story)
    draft.title = "Not ready"
    draft.save_revision(user=people["writer"])
    actions.withdraw(again(story), "A forgery.", people["publisher"])

    text = (room / "stories" / "the-visitor.md").read_text()
    assert "headline: The visitor\n" in text
    assert "withdrawn:\n  date: 2026-08-20\n  note: A forgery.\n" in text
    assert again(story).state == "withdrawn"


def test_a_withdrawn_story_may_stand_again(room, make, people):
    """A withdrawal can be taken back."""
    from hodie.newsroom import actions

    story = make()
    actions.publish(story, people["publisher"], now=True)
    actions.withdraw(again(story), "A forgery.", people["publisher"])
    actions.reinstate(again(story), people["publisher"])

    assert "withdrawn" not in (room / "stories" / "the-visitor.md").read_text()


@pytest.mark.parametrize("who", ["writer", "editor"])
@pytest.mark.parametrize("what", ["correct", "withdraw"])
def test_correcting_is_for_publishers(make, people, client_of, who, what):
    """Others find no page to correct or withdraw with, and cannot do it without one."""
    from hodie.newsroom import actions

    story = make()
    actions.publish(story, people["publisher"], now=True)

    answer = client_of(who).post(f"/story/{story.pk}/{what}/", {"note": "x"})
    assert answer.status_code in (302, 404)
    assert again(story).state == "published"
    with pytest.raises(PermissionDenied):
        getattr(actions, what)(again(story), "x", people[who])


def test_who_did_what_is_written_down(make, people):
    """The log names who published, corrected and withdrew a story."""
    from wagtail.models import PageLogEntry

    from hodie.newsroom import actions

    story = make()
    actions.publish(story, people["publisher"], now=True)
    actions.correct(again(story), "One.", people["publisher"])
    actions.withdraw(again(story), "Two.", people["owner"])

    kept = PageLogEntry.objects.filter(page=story.pk).order_by("timestamp", "pk")
    done = {(entry.action, entry.user.username) for entry in kept if entry.user}
    assert ("wagtail.publish", "publisher") in done
    assert ("newsroom.correct", "publisher") in done
    assert ("newsroom.withdraw", "owner") in done


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"date": "20 August 1940"}, "date"),
        ({"date": "1940-02-31"}, "date"),
        ({"run": "once"}, "run_on"),
        ({"run_day": "13-01"}, "run_day"),
        ({"slug": "The_Visitor"}, "slug"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_the_form(room, fields, field):
    """A mistake is said at its field before anything is kept."""
    from django.core.exceptions import ValidationError

    from hodie.newsroom.models import Story

    usual = {"title": "x", "slug": "x", "date": "1940", "path": "0001000299", "depth": 3}
    with pytest.raises(ValidationError) as raised:
        Story(**{**usual, **fields}).clean()

    assert field in raised.value.message_dict


def test_a_preview_is_the_page_that_press_prints(room, make, people, client_of):
    """The preview of a draft is the public page, of the text as it is being typed."""
    from hodie.newsroom import actions
    from hodie.press.printing import open_press

    body = json.dumps([{"type": "text", "value": "<p>A man came to tea.</p>"}])
    story = make(body=body)
    seen = client_of("writer").get(f"/pages/{story.pk}/view_draft/")
    actions.publish(story, people["publisher"], now=True)

    printed = open_press(room).page("/stories/the-visitor/", datetime.date(2026, 8, 20))
    assert seen.content == printed.body


def test_pictures_come_from_the_newsroom_wherever_they_lie(room, monkeypatch):
    """A bucket's own addresses are none that a page of the newsroom may show."""
    from django.core.files.storage import FileSystemStorage

    from hodie.newsroom.models import Rendition

    monkeypatch.setattr(FileSystemStorage, "url", lambda _, name: f"https://bucket.example/{name}")
    shown = Rendition()
    shown.file.name = "images/a mill.jpg"

    assert shown.file.url.startswith("https://bucket.example/")
    assert shown.url == "/media/images/a%20mill.jpg"


def test_the_panels_preview_has_wagtails_checker(room, make, client_of):
    """Beside the editor the same page comes with the checker, its scripts files of the newsroom."""
    story = make()
    client = client_of("writer")
    plain = client.get(f"/pages/{story.pk}/view_draft/").content.decode()
    form = {"title": "The visitor", "slug": "the-visitor", "date": "1940-08-20", "run": "yearly"}
    form |= {f"{name}-count": "0" for name in ("dates", "bylines", "body", "sources")}
    form |= {f"comments-{each}_FORMS": "0" for each in ("TOTAL", "INITIAL", "MAX_NUM", "MIN_NUM")}
    client.post(f"/pages/{story.pk}/edit/preview/", form)
    panel = client.get(f"/pages/{story.pk}/edit/preview/", {"in_preview_panel": "true"})

    assert "userbar.js" not in plain
    assert "userbar.js" in panel.content.decode()
    assert "script-src 'self';" in f"{panel.headers['Content-Security-Policy']};"


def test_series_and_authors_are_written_to_the_settings(room, people, client_of):
    """An author made in the newsroom stands in hodie.toml, whose comments and order stay."""
    from hodie.press import Publication

    before = (room / "hodie.toml").read_text("utf-8")
    answer = client_of("publisher").post(
        "/snippets/newsroom/author/add/",
        {
            "name": "Ada Reader",
            "id": "ada-reader",
            "kind": "person",
            "note": "Reads.",
            "picture": "",
            "links-count": "1",
            "links-0-type": "link",
            "links-0-order": "0",
            "links-0-deleted": "",
            "links-0-value-label": "Site",
            "links-0-value-url": "https://ada.example/",
        },
    )
    assert answer.status_code == 302

    author = Publication.load(room).author("ada-reader")
    assert (author.name, author.note, author.links[0].url) == (
        "Ada Reader",
        "Reads.",
        "https://ada.example/",
    )
    assert (room / "hodie.toml").read_text("utf-8").startswith(before.rstrip("\n"))
