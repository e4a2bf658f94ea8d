"""The newsroom in a real browser: from the first start to a withdrawn story."""

from __future__ import annotations

import contextlib
import datetime
import os
import re
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pytest

pytest.importorskip("wagtail")
pytest.importorskip("playwright")

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

pytestmark = pytest.mark.browser
CHROMIUM = shutil.which("chromium")
FLAGS = ["--disable-background-networking", "--disable-component-update", "--disable-gpu"]
PASSWORD = "correct horse battery"
# The machine may be busy: what takes a second takes a minute at worst.
PATIENCE = 60_000
NINE = datetime.datetime(2026, 8, 20, 9, tzinfo=datetime.UTC)

CLOCKED = """
import datetime, sys
from pathlib import Path
folder = Path(sys.argv[1])
from hodie.newsroom.starting import setup
setup(folder)
from django.utils import timezone
real, began = timezone.now, timezone.now()
timezone.now = lambda: (
    datetime.datetime.fromisoformat((folder / "clock").read_text()) + (real() - began)
)
"""
PREPARE = (
    CLOCKED
    + """
import json
from django.contrib.auth.models import User
from hodie.newsroom import actions
from hodie.newsroom.models import Stories, Story
for user in User.objects.all():
    # Those of the other tests were made by a hasher that a real newsroom does not know.
    user.set_password("correct horse battery")
    user.save()
publisher = User.objects.get(username="publisher")
for slug, day, out in (("to-come", "08-21", False), ("to-correct", "", True),
                       ("to-withdraw", "", True), ("to-note", "", True),
                       ("to-check", "", False)):
    story = Story(title=slug.replace("-", " ").title(), slug=slug, date="1940-08-20",
                  run_day=day, live=False)
    if slug == "to-note":
        story.body = json.dumps([{"type": "text", "value": "<p>He came</p>"}])
    if slug == "to-check":
        story.body = json.dumps([{"type": "markdown", "value": "## One\\n\\n#### Three"}])
    Stories.objects.get().add_child(instance=story)
    story.save_revision()
    actions.publish(story, publisher, now=out)
"""
)
SERVE = (
    CLOCKED
    + """
from hodie.newsroom import house, work
from hodie.newsroom.starting import serve

def small_build(folder):
    # As `hodie build` does, from the small almanac that is there.
    from hodie.almanac import Almanac, build
    from hodie.sources.house import HOUSE_NAME, apply, read_house
    path = folder / "almanac.db"
    with Almanac.open(path) as almanac:
        entries = list(almanac.entries(hidden=True))
    build(path, apply(entries, read_house(folder / HOUSE_NAME)), allow_loss=True)

house.build_apart = small_build
work._TURN_SECONDS = 0.5
serve(folder, "127.0.0.1", int(sys.argv[2]), lambda *said: print(*said, flush=True))
"""
)


@pytest.fixture(scope="module")
def browser():
    if CHROMIUM is None:
        pytest.skip("needs Chromium (apt-get install chromium)")
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, *root])
        yield browser
        browser.close()


def prepared(newsroom, copies, folder: Path) -> Path:
    copies.make(newsroom, folder)
    (folder / "clock").write_text(NINE.isoformat())
    return folder


@contextlib.contextmanager
def running(command, env=None):
    """Run a server until the block ends, and give the line with its address."""
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env) as process:
        try:
            assert process.stdout is not None
            yield next(line for line in iter(process.stdout.readline, "") if "http://" in line)
        finally:
            process.terminate()
            process.wait(timeout=30)


def port():
    from hodie.server.serving import free_port

    return str(free_port())


class Desk:
    """A running newsroom with its folder, its clock, and its public site."""

    def __init__(self, folder, copies, origin, public):
        self.folder, self.copies, self.origin, self.public = folder, copies, origin, public

    def set_clock(self, moment):
        fresh = self.folder / ".clock"
        fresh.write_text(moment.isoformat())
        fresh.replace(self.folder / "clock")

    def read(self, address):
        """Return status and text of a public page."""
        try:
            with urllib.request.urlopen(self.public + address, timeout=30) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def wait_for(self, page, address, status, text):
        """Wait until a public page says something; the browser's clock does the waiting."""
        for _ in range(240):
            found = self.read(address)
            if found[0] == status and text in found[1]:
                return
            page.wait_for_timeout(250)
        raise AssertionError(f"{address}: {found[0]}, and not {status} with {text!r}")


@pytest.fixture(scope="module")
def desk(newsroom, copies, tmp_path_factory):
    folder = prepared(newsroom, copies, tmp_path_factory.mktemp("browser") / "demo")
    env = copies.env(folder)
    subprocess.run([sys.executable, "-c", PREPARE, str(folder)], check=True, timeout=120, env=env)
    public = [sys.executable, "-c", "from hodie.cli import main; main()", "serve"]
    with (
        running([sys.executable, "-c", SERVE, str(folder), port()], env) as line,
        running([*public, "-C", str(folder), "--port", port()]) as readers,
    ):
        yield Desk(folder, copies, line.split()[0], readers[readers.index("http://") :].split()[0])


@pytest.fixture
def open_as(browser, desk):
    """A function that logs somebody in, in a window of their own that hears complaints."""
    contexts = []

    def opened(name):
        context = browser.new_context(base_url=desk.origin)
        contexts.append(context)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.complaints = []
        page.on("pageerror", lambda error: page.complaints.append(str(error)))
        page.on("console", lambda m: m.type == "error" and page.complaints.append(m.text))
        page.goto("/login/")
        page.fill("input[name=username]", name)
        page.fill("input[name=password]", PASSWORD)
        page.click("button[type=submit]")
        page.wait_for_selector(".hodie-desk")
        return page

    yield opened
    for context in contexts:
        context.close()


def edit(desk, page, slug):
    query = f"SELECT id FROM wagtailcore_page WHERE slug = '{slug}'"
    [[pk]] = desk.copies.ask(desk.folder, query)
    page.goto(f"/pages/{pk}/edit/")
    return pk


def test_first_start(browser, newsroom, copies, tmp_path):
    """The link that the first start prints makes the owner's account, and opens the desk."""
    folder = prepared(newsroom, copies, tmp_path / "demo")
    copies.ask(folder, "UPDATE auth_user SET is_superuser = false")
    env = copies.env(folder)
    with running([sys.executable, "-c", SERVE, str(folder), port()], env) as line:
        page = browser.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(line.split()[1])
        page.fill("input[name=username]", "ada")
        page.fill("input[name=password]", "a long enough one")
        page.fill("input[name=again]", "a long enough one")
        page.click("text=Make the account")
        expect(page.locator(".hodie-today h2")).to_contain_text("20 August", timeout=PATIENCE)
        page.close()


def test_a_candidate_becomes_a_page(desk, open_as):
    """One click takes a candidate into a draft; published, readers find it on its page."""
    page = open_as("publisher")
    page.locator(".hodie-today summary").click()
    page.locator(".hodie-today .hodie-candidates button").first.click()
    expect(page.locator("input[name=title]")).not_to_have_value("", timeout=PATIENCE)
    assert page.locator(".hodie-said").first.text_content() is not None
    page.fill("input[name=title]", "A story of the day")
    text = page.locator("[contenteditable=true]").last
    text.click()
    page.keyboard.type("It was Friday, 20 August 1940.")
    expect(page.locator(".hodie-findings")).to_contain_text("was a Tuesday", timeout=PATIENCE)
    slug = page.locator("input[name=slug]").input_value()
    page.get_by_role("button", name="More actions").last.click()
    page.click("button[name=action-publish]")
    page.wait_for_selector(".messages .success")

    desk.wait_for(page, f"/stories/{slug}/", 200, "It was Friday, 20 August 1940.")
    assert "A story of the day" in desk.read("/stories/")[1]
    # The entry's facts went along as notes.
    assert 'role="doc-endnotes"' in desk.read(f"/stories/{slug}/")[1]
    assert page.complaints == []


def test_a_note_is_written_changed_and_taken_away(desk, open_as):
    """A writer gives words a note; readers get it with a number, and a way back."""
    page = open_as("publisher")
    pk = edit(desk, page, "to-note")
    page.locator("[contenteditable=true]").last.click()
    page.keyboard.press("Control+End")
    page.keyboard.type(" at five")
    for _ in range(4):
        page.keyboard.press("Shift+ArrowLeft")
    page.get_by_role("button", name="Note for readers").last.click()
    page.locator(".hodie-ask textarea").fill("A *note* of <https://a.example/1>.")
    page.click("text=Keep the note")
    expect(page.locator(".hodie-note")).to_have_count(1)
    page.locator(".hodie-note").click()
    page.locator("button:visible", has_text="Edit").last.click()
    page.locator(".hodie-ask textarea").fill("Another *note*.")
    page.click("text=Keep the note")
    # The editor hands its text to the form a moment later.
    kept = page.locator("input[name^=body][name$=value]").last
    expect(kept).to_have_value(re.compile("Another"), timeout=PATIENCE)
    page.get_by_role("button", name="Save draft").last.click()
    page.wait_for_selector(".messages .success")
    expect(page.locator(".hodie-note")).to_have_count(1, timeout=PATIENCE)
    page.goto(f"/pages/{pk}/view_draft/")
    expect(page.locator("[role=doc-noteref]")).to_have_text("1")
    expect(page.locator("[role=doc-endnotes] li")).to_contain_text("Another note.")

    edit(desk, page, "to-note")
    page.locator(".hodie-note").click()
    page.locator("button:visible", has_text="Remove").last.click()
    expect(page.locator(".hodie-note")).to_have_count(0)
    expect(page.locator("[contenteditable=true]").last).to_have_text("He came at five")
    assert page.complaints == []


def test_wagtails_checker_looks_at_the_preview(desk, open_as):
    """Beside the editor stand the words of the page and what is wrong with its headings."""
    page = open_as("editor")
    edit(desk, page, "to-check")
    page.get_by_role("button", name="Toggle preview").click()
    page.get_by_role("button", name="Toggle checks").click()

    expect(page.locator("[data-content-word-count]")).to_have_text(
        re.compile(r"\d"), timeout=PATIENCE
    )
    found = page.locator("[data-content-checker-row] h3").filter(has_text="heading hierarchy")
    expect(found).to_have_count(1, timeout=PATIENCE)
    # What it finds it tells the console too, as an error.
    assert [said for said in page.complaints if not said.startswith("axe.run results")] == []


def test_a_scheduled_story_appears_at_its_time(desk, open_as):
    """The day after at six the story is there, and not before."""
    page = open_as("editor")
    edit(desk, page, "to-come")
    assert not (desk.folder / "stories" / "to-come.md").exists()
    assert desk.read("/stories/to-come/")[0] == 404

    desk.set_clock(datetime.datetime(2026, 8, 21, 6, tzinfo=datetime.UTC))
    try:
        desk.wait_for(page, "/stories/to-come/", 200, "To Come")
    finally:
        desk.set_clock(NINE)


def test_a_correction_is_shown_with_its_date(desk, open_as):
    """A publisher's note stands on the public page."""
    page = open_as("publisher")
    pk = edit(desk, page, "to-correct")
    page.goto(f"/story/{pk}/correct/")
    page.fill("textarea[name=note]", "There were two of them.")
    page.click("button:has-text('Publish a correction')")
    page.wait_for_selector(".messages .success")

    desk.wait_for(page, "/stories/to-correct/", 200, "There were two of them.")


def test_a_withdrawn_story_is_gone_and_says_so(desk, open_as):
    """Readers get status 410 with the reason, and no list names the story."""
    page = open_as("publisher")
    desk.wait_for(page, "/stories/", 200, "To Withdraw")
    pk = edit(desk, page, "to-withdraw")
    page.goto(f"/story/{pk}/withdraw/")
    page.fill("textarea[name=note]", "It was a forgery.")
    page.click("button:has-text('Withdraw the story')")
    page.wait_for_selector(".messages .success")

    desk.wait_for(page, "/stories/to-withdraw/", 410, "It was a forgery.")
    assert "To Withdraw" not in desk.read("/stories/")[1]


def test_a_house_fact_reaches_the_days_page(desk, open_as):
    """A fact of the house is told on its day, as the house's own."""
    page = open_as("editor")
    page.goto("/house/new/")
    page.fill("input[name=title]", "The Old Bridge opens")
    page.fill("input[name=date]", "1888-08-20")
    expect(page.locator(".hodie-said")).to_contain_text("Monday", timeout=PATIENCE)
    page.fill("input[name=source]", "Riverside Gazette")
    page.check("input[name=pin]")
    page.click("button:has-text('Keep')")
    page.wait_for_selector(".hodie-facts")

    desk.wait_for(page, "/on/08-20/", 200, "The Old Bridge opens")


def test_the_picker_takes_old_style_dates(desk, open_as):
    """Picked as 25 October 1917, Julian, the date says its weekday and its Gregorian day."""
    page = open_as("writer")
    page.goto("/stories/")
    page.goto(page.url.replace("/pages/", "/pages/add/newsroom/story/"))
    page.locator("button.hodie-open").first.click()
    parts = page.locator(".hodie-parts").first
    parts.locator("[data-part=day]").fill("25")
    parts.locator("[data-part=month]").select_option("10")
    parts.locator("[data-part=calendar]").select_option("julian")
    parts.locator("[data-part=year]").fill("1917")
    parts.locator("[data-part=year]").blur()

    expect(page.locator("input[name=date]")).to_have_value("1917-10-25", timeout=PATIENCE)
    expect(page.locator("select[name=calendar]")).to_have_value("julian")
    expect(page.locator(".hodie-said").first).to_contain_text("7 November 1917")


def test_the_newsrooms_own_screens_are_accessible(desk, open_as):
    """Axe finds nothing wrong with the screens that are ours."""
    page = open_as("publisher")
    pk = edit(desk, page, "to-correct")
    found = {}
    for path, part in (
        ("/", ".hodie-desk"),
        ("/year/", ".hodie-year"),
        ("/house/", ".hodie-house"),
        ("/house/new/", ".hodie-house"),
        (f"/story/{pk}/correct/", ".hodie-narrow"),
        ("/second/set-up/", ".hodie-narrow"),
        (f"/pages/{pk}/edit/", ".hodie-panel"),
    ):
        page.goto(path)
        page.wait_for_selector(part)
        if path.endswith("/edit/"):
            page.wait_for_selector(".hodie-result h3")
        results = Axe().run(page, context=part).response["violations"]
        found[path] = [(each["id"], each["nodes"][0]["html"][:200]) for each in results]

    assert {path: each for path, each in found.items() if each} == {}
    assert page.complaints == []
