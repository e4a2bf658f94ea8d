"""All stories of a publication: found by day, series, author, and changed when one is."""

from __future__ import annotations

import datetime

import pytest

from hodie.dates import MonthDay
from hodie.press import Archive, StoryError, read_stories

AUGUST_20 = MonthDay(8, 20)


@pytest.fixture
def stories(folder, publication, write):
    """Four stories: two of one day, one for a single date, one of the leap day."""
    write(
        "headline: One\ndate: 1940-08-20\nseries: today-in-history\nby: ada\n"
        "entities: [leon-trotsky]\nentries: ['e:1']",
        name="one.md",
    )
    write("headline: Two\ndate: 1866-08-20\nby: [ada, history-desk]", name="two.md")
    write("headline: Three\ndate: 1999-01-01\nrun: 2026-08-20", name="three.md")
    write("headline: Leap\ndate: 1940-02-29", name="leap.md")
    return read_stories(folder / "stories", publication)


def ids(found):
    return [story.id for story in found]


def test_stories_stand_in_order_of_their_ids(stories):
    """The order does not depend on the file system's."""
    assert ids(stories) == ["leap", "one", "three", "two"]
    assert len(stories) == 4
    assert stories.get("one").headline == "One"
    assert stories.get("none") is None
    assert ids(stories[1:3]) == ["one", "three"]


@pytest.mark.parametrize(
    ("day", "year", "found"),
    [
        ("08-20", 2026, ["three", "two", "one"]),
        ("08-20", 2027, ["two", "one"]),
        ("08-21", 2026, []),
        ("02-29", 2028, ["leap"]),
        ("02-28", 2027, ["leap"]),
        ("02-28", 2028, []),
    ],
)
def test_stories_of_a_day(stories, day, year, found):
    """What is for that one date comes first, then what comes each year, the oldest first."""
    assert ids(stories.on(MonthDay.parse(day), year)) == found


def test_leap_day_may_be_left_out(stories):
    """A publication may leave 29 February out of common years."""
    assert stories.on(MonthDay(2, 28), 2027, "omit") == []


def test_stories_by_what_they_are_of(stories):
    """Series, authors, entities and entries lead to their stories."""
    assert ids(stories.of_series("today-in-history")) == ["one"]
    assert ids(stories.by("ada")) == ["two", "one"]
    assert ids(stories.by("history-desk")) == ["two"]
    assert ids(stories.about("leon-trotsky")) == ["one"]
    assert ids(stories.telling("e:1")) == ["one"]
    assert ids(stories.of_day(AUGUST_20)) == ["two", "one"]
    assert stories.by("nobody") == []


def test_drafts_stay_in_the_drawer(folder, publication, write):
    """A draft is read only where it is asked for."""
    write("headline: A\ndate: 1940\ndraft: true", name="a.md")

    assert len(read_stories(folder / "stories", publication)) == 0
    assert ids(read_stories(folder / "stories", publication, drafts=True)) == ["a"]


def test_folders_may_sort_the_files(folder, publication, write):
    """A story in a folder keeps its plain address."""
    write(name="2026/august/one.md")

    [story] = read_stories(folder / "stories", publication)
    assert story.address == "/stories/one/"


def test_one_id_for_two_stories_is_refused(folder, publication, write):
    """Two files of one name in two folders would be one page."""
    write(name="a/one.md")
    write(name="b/one.md")

    with pytest.raises(StoryError, match=r"b/one\.md:1: 'one' is also the id of .*a/one\.md"):
        read_stories(folder / "stories", publication)


def test_other_files_are_left_alone(folder, publication, write):
    """Hidden files, other types and half-written ones are no stories."""
    for name in (".one.md", ".git/two.md", "notes.txt", ".one.writing"):
        write("nonsense", name=name)

    assert len(read_stories(folder / "stories", publication)) == 0


def test_no_folder_holds_no_stories(tmp_path, publication):
    """A publication may live by its almanac alone."""
    assert len(read_stories(tmp_path / "none", publication)) == 0


def test_first_bad_story_is_named(folder, publication, write):
    """One bad file stops the reading, and is named."""
    write("headline: A\ndate: x", name="bad.md")
    write(name="good.md")

    with pytest.raises(StoryError, match=r"bad\.md:3"):
        read_stories(folder / "stories", publication)


def test_digest_follows_every_change(folder, publication, write):
    """The digest is the same for the same stories, and another after any change."""
    write(name="a.md")
    first = read_stories(folder / "stories", publication).digest
    again = read_stories(folder / "stories", publication).digest
    write(body="Today in 1940!", name="a.md")
    changed = read_stories(folder / "stories", publication).digest

    assert first == again
    assert changed not in (first, Archive().digest)


def test_open_dates_can_be_sorted(folder, publication, write):
    """A date without a beginning still has its place."""
    write("headline: A\ndate: ../1918\nby: ada", name="a.md")
    write("headline: B\ndate: 1066\nby: ada", name="b.md")

    found = read_stories(folder / "stories", publication).by("ada")

    assert ids(found) == ["b", "a"]
    assert found[1].last_run(datetime.date(2026, 1, 1)) is None
