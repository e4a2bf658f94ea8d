"""Stories between the newsroom and their files."""

from __future__ import annotations

import json

import pytest

pytest.importorskip("wagtail")

ID = "trotsky-assassinated"


def files_of(room):
    return {path.name: path.read_bytes() for path in (room / "stories").rglob("*.md")}


def published(story, people):
    from hodie.newsroom import actions

    actions.publish(story, people["publisher"], now=True)
    story.refresh_from_db()
    return story


def test_importing_changes_no_file(room, demo):
    """The demo's stories came in and their files stand as they were."""
    from hodie.newsroom.models import Story

    assert Story.objects.live().count() == len(files_of(demo))
    assert files_of(room) == files_of(demo)


def test_publishing_writes_the_file(room, make, people):
    """A published story is a file that press reads."""
    from hodie.press import Publication, read_story

    body = json.dumps([{"type": "text", "value": "<p>A man <b>came</b> to tea.</p>"}])
    published(make(body=body, standfirst="Tea."), people)

    story = read_story(room / "stories" / "the-visitor.md", Publication.load(room))
    assert (story.headline, story.summary, str(story.run)) == ("The visitor", "Tea.", "08-20")
    assert story.body == "A man **came** to tea."


def test_unpublishing_removes_the_file(room, make, people):
    """What is unpublished has no file any more."""
    story = published(make(), people)
    story.unpublish()

    assert not (room / "stories" / "the-visitor.md").exists()


def test_deleting_removes_the_file(room, make, people):
    """A deleted story leaves no file behind."""
    from hodie.newsroom import files

    published(make(), people).delete()
    files.settle()

    assert not (room / "stories" / "the-visitor.md").exists()


def test_another_address_moves_the_file(room, make, people):
    """A story that gets another address has its file there, and none at the old one."""
    story = published(make(), people)
    story.slug = "tea"
    published(story, people)

    names = files_of(room).keys()
    assert "tea.md" in names
    assert "the-visitor.md" not in names


def test_a_file_edited_by_hand_is_never_written_over(room, people):
    """Publishing leaves a file that somebody changed, and says so."""
    from hodie.newsroom import files
    from hodie.newsroom.models import Story, StoryFile

    path = room / "stories" / f"{ID}.md"
    edited = path.read_bytes() + b"\nBy hand.\n"
    path.write_bytes(edited)
    story = Story.objects.get(slug=ID)
    story.title = "Another headline"
    published(story, people)

    assert path.read_bytes() == edited
    assert files.settle().conflicts == (ID,)
    assert StoryFile.objects.get(story=story).conflict


def test_a_file_edited_by_hand_is_not_removed(room):
    """Unpublishing leaves a file that somebody changed."""
    from hodie.newsroom.models import Story

    path = room / "stories" / f"{ID}.md"
    path.write_bytes(path.read_bytes() + b"\nBy hand.\n")
    Story.objects.get(slug=ID).unpublish()

    assert path.exists()


def test_a_hand_edit_comes_in_as_a_new_version(room):
    """Import takes a file that only its writer changed, and shows what changed."""
    from hodie.newsroom.incoming import take_in
    from hodie.newsroom.models import Story

    path = room / "stories" / f"{ID}.md"
    path.write_bytes(path.read_bytes() + b"\nBy hand.\n")
    [changed] = [one for one in take_in() if one.fate != "same"]

    story = Story.objects.get(slug=ID)
    assert (changed.path, changed.fate) == (f"{ID}.md", "changed")
    assert "+By hand." in changed.said
    assert "By hand." in story.body.render_as_block()
    assert story.live
    assert [one.fate for one in take_in() if one.path == changed.path] == ["same"]


def test_where_both_changed_neither_is_touched(room, people):
    """A file and a draft that both changed are shown side by side, and stay as they are."""
    from hodie.newsroom.incoming import take_in
    from hodie.newsroom.models import Story

    path = room / "stories" / f"{ID}.md"
    edited = path.read_bytes() + b"\nBy hand.\n"
    path.write_bytes(edited)
    story = Story.objects.get(slug=ID)
    story.title = "Another headline"
    story.save_revision(user=people["writer"])
    [differs] = [one for one in take_in() if one.fate != "same"]

    assert differs.fate == "differs"
    assert "+By hand." in differs.said
    assert path.read_bytes() == edited
    latest = Story.objects.get(slug=ID).get_latest_revision_as_object()
    assert latest.title == "Another headline"


def test_a_file_may_be_taken_all_the_same(room, people):
    """With --take the file becomes the newest version, and the draft stays in the history."""
    from hodie.newsroom.incoming import take_in
    from hodie.newsroom.models import Story

    path = room / "stories" / f"{ID}.md"
    path.write_bytes(path.read_bytes() + b"\nBy hand.\n")
    story = Story.objects.get(slug=ID)
    story.title = "Another headline"
    draft = story.save_revision(user=people["writer"])
    fates = {one.path: one.fate for one in take_in(take=[ID])}

    assert fates[f"{ID}.md"] == "changed"
    assert Story.objects.get(slug=ID).title != "Another headline"
    assert draft.as_object().title == "Another headline"


def test_a_dry_run_does_nothing(room):
    """--dry-run shows what an import would do."""
    from hodie.newsroom.incoming import take_in
    from hodie.newsroom.models import Story

    before = Story.objects.get(slug=ID).latest_revision_id
    path = room / "stories" / f"{ID}.md"
    path.write_bytes(path.read_bytes() + b"\nBy hand.\n")
    (room / "stories" / "new.md").write_text("---\nheadline: New\ndate: 1940\n---\n")

    assert {one.fate for one in take_in(dry=True)} == {"same", "changed", "new"}
    assert Story.objects.get(slug=ID).latest_revision_id == before
    assert not Story.objects.filter(slug="new").exists()


def test_a_bad_file_does_not_stop_the_others(room):
    """A file that cannot be read is named with its line; the others come in."""
    from hodie.newsroom.incoming import take_in

    (room / "stories" / "a-bad-one.md").write_text("---\nheadlin: x\n---\n")
    found = {one.path: one for one in take_in()}

    assert found["a-bad-one.md"].fate == "unreadable"
    assert "a-bad-one.md:" in found["a-bad-one.md"].said
    assert found[f"{ID}.md"].fate == "same"


def test_a_missing_file_is_told(room):
    """A file that somebody deleted is not taken for an unpublishing."""
    from hodie.newsroom.incoming import take_in

    (room / "stories" / f"{ID}.md").unlink()

    assert [one.fate for one in take_in() if one.path == f"{ID}.md"] == ["missing"]


FULL = """\
---
headline: The weir
series: today-in-history
dates:
  - 1884-02-11
  - date: 1917-10-25
    calendar: julian
  - 1914/1918
run: 02-12
language: en
by:
  - history-desk
  - name: A. Reader
    note: Reads.
    links:
      - label: Site
        url: https://reader.example/
summary: It broke at noon.
image:
  file: weir.png
  alt: A river
  credit: The archive
  licence: CC-BY-4.0
  caption: The weir in March
tags:
  - river
  - mills, old
entries:
  - e:1884-02-11:0123456789
entities:
  - leon-trotsky
sensitive: true
sources:
  - title: Minutes
    author: J. Harrow
    publisher: Town archive
    url: https://archive.example/weir
corrections:
  - date: 2026-02-13
    note: 'The mill closed in 1886: not in 1885.'
withdrawn:
  date: 2026-03-01
  note: It was another weir.
---

## A wet winter

It had been mended *four* times.

<!-- ask the archive -->

> The water rose.

![A river](weir.png "In March")

| a | b |
|---|---|
| 1 | 2 |
"""


def with_picture(room):
    from io import BytesIO

    from PIL import Image

    buffer = BytesIO()
    Image.new("RGB", (40, 30), "#336").save(buffer, "PNG")
    (room / "pictures").mkdir(exist_ok=True)
    (room / "pictures" / "weir.png").write_bytes(buffer.getvalue())


def test_everything_that_a_file_may_say_goes_there_and_back(room):
    """A story with every field comes in and goes out as the same bytes."""
    from hodie.newsroom import files
    from hodie.newsroom.incoming import take_in
    from hodie.newsroom.models import Story

    with_picture(room)
    (room / "stories" / "the-weir.md").write_text(FULL, "utf-8")
    fates = {one.path: one for one in take_in()}

    assert fates["the-weir.md"].fate == "new"
    assert files.content(Story.objects.get(slug="the-weir")).decode() == FULL


def test_export_wipe_import_export_gives_the_same_bytes(room):
    """Whoever loses the database loses nothing that was published."""
    from hodie.newsroom.incoming import take_in
    from hodie.newsroom.models import Picture, Story, StoryFile
    from hodie.newsroom.outgoing import export

    with_picture(room)
    (room / "stories" / "sub").mkdir()
    (room / "stories" / "sub" / "the-weir.md").write_text(FULL, "utf-8")
    list(take_in())
    list(export())
    first = files_of(room) | {"picture": (room / "pictures" / "weir.png").read_bytes()}
    # Nobody unpublished anything: the database is gone.
    StoryFile.objects.all().delete()
    Story.objects.update(live=False)
    for story in Story.objects.all():
        story.delete()
    Picture.objects.all().delete()
    assert {one.fate for one in take_in()} == {"new"}
    list(export())

    assert files_of(room) | {"picture": (room / "pictures" / "weir.png").read_bytes()} == first
    assert (room / "stories" / "sub" / "the-weir.md").exists()


def test_drafts_are_exported_on_request(room, make):
    """A backup may hold what is not published yet, marked so that nobody prints it."""
    from hodie.newsroom.outgoing import export
    from hodie.press import Publication, read_stories

    make()
    list(export())
    assert not (room / "stories" / "the-visitor.md").exists()

    list(export(drafts=True))
    publication = Publication.load(room)
    stories = read_stories(publication.stories_folder, publication, drafts=True)
    assert stories.get("the-visitor").draft


def renamed(story, slug, people):
    latest = story.get_latest_revision_as_object()
    latest.slug = slug
    return published(latest, people)


def test_a_new_address_leaves_the_old_one_leading_to_it(room, make, people):
    """The file takes the new name, and says which one it had before."""
    from hodie.press import Publication, read_story

    renamed(published(make(), people), "tea", people)

    story = read_story(room / "stories" / "tea.md", Publication.load(room))
    assert story.formerly == ("the-visitor",)
    assert not (room / "stories" / "the-visitor.md").exists()


def test_an_address_taken_up_again_leads_nowhere_else(room, make, people):
    """A story that has its first address again leads there from the second alone."""
    from hodie.press import Publication, read_story

    story = renamed(published(make(), people), "tea", people)
    renamed(story, "the-visitor", people)

    story = read_story(room / "stories" / "the-visitor.md", Publication.load(room))
    assert story.formerly == ("tea",)


def test_a_killed_rename_is_finished_with_its_redirect(room, make, people, monkeypatch):
    """Where the file could not be written, the next turn still knows the old address."""
    from hodie.newsroom import files
    from hodie.newsroom.models import Story

    story = published(make(), people)
    monkeypatch.setattr(files, "settle", lambda: None)
    renamed(story, "tea", people)
    monkeypatch.undo()
    files.settle()

    assert "formerly:\n  - the-visitor\n" in files.content(Story.objects.get(slug="tea")).decode()


def test_a_redirect_made_by_hand_reaches_the_file(room, make, people):
    """What a publisher adds under Redirects is written, and what they delete goes again."""
    from wagtail.contrib.redirects.models import Redirect

    story = published(make(), people)
    redirect = Redirect(old_path="/stories/tea-time/", redirect_page=story.page_ptr)
    redirect.full_clean()
    redirect.save()
    file = room / "stories" / "the-visitor.md"
    assert "formerly:\n  - tea-time\n" in file.read_text()

    redirect.delete()
    assert "formerly" not in file.read_text()


@pytest.mark.parametrize("old", ["/tea/", "/stories/", "/stories/Tea Time/", f"/stories/{ID}/"])
def test_a_redirect_that_nobody_would_follow_is_refused(room, make, people, old):
    """Only former addresses of stories lead anywhere in an edition."""
    from django.core.exceptions import ValidationError
    from wagtail.contrib.redirects.models import Redirect

    with pytest.raises(ValidationError, match="old_path"):
        Redirect(old_path=old, redirect_page=make().page_ptr).full_clean()


def test_a_former_address_is_not_given_to_another(room, make, people):
    """A story cannot be put where readers of another are led on; the error names that one."""
    from django.core.exceptions import ValidationError

    renamed(published(make(), people), "tea", people)
    other = make(title="Another", slug="another")
    other.slug = "the-visitor"

    with pytest.raises(ValidationError, match="led to “The visitor”"):
        other.full_clean()


def test_former_addresses_come_back_to_the_byte(room, make, people):
    """Exported, wiped and imported, a story leads from the same addresses in the same order."""
    from hodie.newsroom import incoming
    from hodie.newsroom.models import Story, StoryFile

    story = renamed(published(make(), people), "tea", people)
    renamed(story, "coffee", people)
    file = room / "stories" / "coffee.md"
    before = file.read_bytes()
    assert b"formerly:\n  - the-visitor\n  - tea\n" in before
    Story.objects.get(slug="coffee").delete()
    StoryFile.objects.filter(path="coffee.md").delete()
    file.write_bytes(before)

    assert {one.fate for one in incoming.take_in() if one.path == "coffee.md"} == {"new"}
    assert file.read_bytes() == before
