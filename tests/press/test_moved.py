"""A story that has another address now: its readers are led from the old one to it."""

from __future__ import annotations

import datetime
import functools
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from hodie.press import Edition, Publication, StoryError, parse_story, read_stories
from hodie.server.desk import open_press
from hodie.server.site import site

TODAY = datetime.date(2026, 8, 20)
NOON = datetime.datetime(2026, 8, 20, 12, tzinfo=datetime.UTC)
ID, OLD = "trotsky-assassinated", "the-visitor"
NEW_ADDRESS = f"/stories/{ID}/"


def add_to_front(file: Path, line: str) -> None:
    head, rest = file.read_text("utf-8").removeprefix("---\n").split("---\n", 1)
    file.write_text(f"---\n{head}{line}\n---\n{rest}", "utf-8")


@pytest.fixture
def renamed(own: Path) -> Path:
    """The demo, its story of the day having stood at another address before."""
    add_to_front(own / "stories" / f"{ID}.md", f"formerly:\n  - {OLD}")
    return own


@pytest.mark.parametrize("folder", ["/stories/", "/embed/stories/"])
def test_the_old_address_leads_to_the_new(renamed, folder):
    """The answer is 301 with the new address, for the story and for where it is embedded."""
    page = open_press(renamed).page(f"{folder}{OLD}/", TODAY)

    assert (page.status, page.location) == (301, f"{folder}{ID}/")


def test_its_page_leads_on_by_itself(renamed):
    """Where a host sends files alone, the page turns to the new address by itself."""
    text = open_press(renamed).page(f"/stories/{OLD}/", TODAY).body.decode()

    assert f'<meta http-equiv="refresh" content="0; url={NEW_ADDRESS}">' in text
    canonical = Publication.load(renamed).url(NEW_ADDRESS)
    assert f'<link rel="canonical" href="{canonical}">' in text
    assert f'<a href="{NEW_ADDRESS}">' in text


def test_an_edition_lists_what_moved(renamed):
    """The lists say old and new, as static hosts and nginx read them."""
    press = open_press(renamed)

    hosts = press.page("/_redirects", TODAY).body.decode().splitlines()
    nginx = press.page("/moved.map", TODAY).body.decode().splitlines()

    assert hosts[0] == f"/stories/{OLD}/ {NEW_ADDRESS} 301"
    assert nginx[0] == f"/stories/{OLD}/ {NEW_ADDRESS};"
    assert len(hosts) == len(nginx) == 2


def test_without_moves_the_lists_are_empty(own):
    """They are there all the same: nginx does not start without a file that it includes."""
    assert open_press(own).page("/moved.map", TODAY).body == b""


def test_the_server_answers_from_the_edition(renamed):
    """A file of the edition that leads elsewhere is answered with its status and place."""
    Edition.write(renamed, functools.partial(open_press, renamed), TODAY, workers=1)

    with TestClient(site(renamed, lambda: NOON), follow_redirects=False) as client:
        answer = client.get(f"/stories/{OLD}/")

    assert (answer.status_code, answer.headers["location"]) == (301, NEW_ADDRESS)
    assert Edition.open(renamed).lookup(f"/stories/{OLD}/").location == NEW_ADDRESS


def test_the_server_answers_without_an_edition(renamed):
    """What is rendered on asking leads on just so."""
    with TestClient(site(renamed, lambda: NOON), follow_redirects=False) as client:
        answer = client.get(f"/stories/{OLD}/")

    assert (answer.status_code, answer.headers["location"]) == (301, NEW_ADDRESS)


def test_the_api_names_the_new_id(renamed):
    """A program that asks for the old id is told the new one."""
    with TestClient(site(renamed, lambda: NOON)) as client:
        problem = client.get(f"/api/v1/stories/{OLD}").json()

    assert f"the id '{ID}' now" in str(problem)


def test_no_map_names_the_old_address(renamed):
    """Search engines are told of the new address alone."""
    assert f"/stories/{OLD}/" not in open_press(renamed).mapped(TODAY)


def test_one_who_moved_and_was_withdrawn_leads_to_what_is_left(renamed):
    """The old address of a withdrawn story leads to the page that says so."""
    add_to_front(
        renamed / "stories" / f"{ID}.md", "withdrawn:\n  date: 2026-08-19\n  note: A forgery."
    )

    press = open_press(renamed)

    assert press.page(f"/stories/{OLD}/", TODAY).location == NEW_ADDRESS
    assert press.page(NEW_ADDRESS, TODAY).status == 410


def test_a_story_to_come_leads_nowhere(renamed):
    """Before its date nobody learns of a story by an address that it had in draft."""
    add_to_front(renamed / "stories" / f"{ID}.md", "run: 2026-08-21")

    assert open_press(renamed).page(f"/stories/{OLD}/", TODAY) is None


def test_its_file_says_the_same_again(renamed):
    """Former ids are read from front matter and written as they were read."""
    publication = Publication.load(renamed)
    file = Path(f"{ID}.md")
    story = parse_story((renamed / "stories" / file).read_bytes(), publication, file)

    assert story.formerly == (OLD,)
    assert parse_story(story.to_markdown().encode(), publication, file) == story


@pytest.mark.parametrize(("said", "message"), [("Old Name", "no story's id"), ("x", "own id")])
def test_a_former_id_that_cannot_be_one_is_refused(demo, said, message):
    """What is no id, or the story's own, is refused with the line."""
    content = f"---\nheadline: x\ndate: 1940\nformerly: {said}\n---\n".encode()

    with pytest.raises(StoryError, match=rf"x\.md:4: formerly: .*{message}"):
        parse_story(content, Publication.load(demo), Path("x.md"))


def test_two_stories_cannot_have_one_address(renamed):
    """A former address at which another story stands is refused; both files are named."""
    (renamed / "stories" / f"{OLD}.md").write_text("---\nheadline: x\ndate: 1940\n---\n", "utf-8")

    with pytest.raises(StoryError, match=rf"{ID}\.md.*{OLD}\.md"):
        read_stories(renamed / "stories", Publication.load(renamed))


def test_two_stories_cannot_have_had_one_address(renamed):
    """Readers of an old address can be led to one story only."""
    (renamed / "stories" / "other.md").write_text(
        f"---\nheadline: x\ndate: 1940\nformerly: {OLD}\n---\n", "utf-8"
    )

    with pytest.raises(StoryError, match=r"a former address of other\.md too"):
        read_stories(renamed / "stories", Publication.load(renamed))
