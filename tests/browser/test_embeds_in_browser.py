"""The day on somebody else's page: a real browser, a host on another origin, all attributes."""

from __future__ import annotations

import functools
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}}
HOST = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A host</title>
<link rel="icon" href="data:,">
<style>:root {{ color-scheme: light dark; }} body {{ font: 20px "Courier New";
color: rgb(10, 60, 10); background: rgb(255, 250, 240); }}
@media (prefers-color-scheme: dark) {{
  body {{ color: rgb(200, 250, 200); background: rgb(0, 20, 0); }} }}</style>
<script type="module" src="{origin}/embed/today.js"></script></head>
<body><main><h1>Ours</h1>{body}</main></body></html>
"""


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def host(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """Another site, on an origin of its own: its folder and its address."""
    handler = functools.partial(Quiet, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield tmp_path, f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.fixture
def embed(open_page, served, host):
    """A function that opens a host's page with some HTML in it."""
    folder, origin = host

    def show(body: str, **settings: Any) -> Any:
        text = HOST.format(origin=served, body=body)
        (folder / "index.html").write_text(text, encoding="utf-8")
        return open_page(f"{origin}/index.html", **settings)

    return show


def test_the_day_is_shown_on_another_site(embed, served):
    """One script and one element put the day there, with its story, links and sources."""
    page, witness = embed('<hodie-today date="08-20"><a href="#">Today</a></hodie-today>')
    day = page.locator("hodie-today")

    expect(day.get_by_role("heading", level=2)).to_have_text("20 August")
    assert day.locator("li").count() == 6
    assert day.locator("li.story a").get_attribute("href").endswith("/trotsky-assassinated/")
    assert "English Wikipedia, page of the day (facts only)" in day.locator("p").inner_text()
    assert witness.complaints == []
    host = page.url.removesuffix("index.html")
    assert {url for url in witness.requests if not url.startswith(host)} == {
        f"{served}/embed/today.js",
        f"{served}/embed/on/08-20.json",
    }


def test_nothing_is_remembered(embed):
    """No cookie is set and nothing is stored."""
    page, _ = embed('<hodie-today date="08-20"></hodie-today>')
    expect(page.locator("hodie-today li").first).to_be_visible()

    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_attributes_choose(embed):
    """Kinds, count, date and level say what is shown, and may change later."""
    page, _ = embed(
        '<hodie-today date="1940-08-20" kinds="birth, death" count="2" level="4"></hodie-today>'
    )
    day = page.locator("hodie-today")
    kinds = "all => all.map(each => each.className)"

    expect(day.get_by_role("heading", level=4)).to_be_visible()
    assert day.locator("li").evaluate_all(kinds) == ["birth", "birth", "death", "death"]
    day.evaluate("each => each.setAttribute('kinds', 'holiday')")
    expect(day.locator("li.holiday").first).to_be_visible()
    day.evaluate("each => each.setAttribute('date', '08-21')")
    expect(day.get_by_role("heading")).to_have_text("21 August")


def test_today_is_the_publication_s(embed):
    """Without a date it is today, by the clock of the reader and the publication's zone."""
    page, witness = embed("<hodie-today></hodie-today>")
    expect(page.locator("hodie-today").get_by_role("heading")).to_be_visible()
    asked = next(url for url in witness.requests if url.endswith(".json"))

    zone = "new Intl.DateTimeFormat('sv', {timeZone: 'UTC'}).format().slice(5)"
    assert asked.endswith(f"/embed/on/{page.evaluate(zone)}.json")


def test_without_the_file_the_link_stays(embed):
    """Where the day cannot be read, what stands between the tags is shown."""
    link = '<a href="#x">Today in History</a>'
    page, witness = embed(f'<hodie-today date="13-45">{link}</hodie-today>')
    page.wait_for_load_state("networkidle")

    expect(page.get_by_role("link", name="Today in History")).to_be_visible()
    assert any("13-45 could not be read" in each for each in witness.complaints)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_looks_like_its_host(embed, scheme):
    """Font and colour are the host's, in the light and in the dark, and all of it can be read."""
    page, _ = embed('<hodie-today date="08-20"></hodie-today>', color_scheme=scheme)
    link = page.locator("hodie-today li a").first
    expect(link).to_be_visible()
    style = "each => { const s = getComputedStyle(each); return [s.color, s.fontFamily] }"
    colour = "rgb(10, 60, 10)" if scheme == "light" else "rgb(200, 250, 200)"

    assert link.evaluate(style) == [colour, '"Courier New"']
    results = Axe().run(page, options=WCAG)
    assert results.response["violations"] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/embed/on/08-20/", "/embed/stories/trotsky-assassinated/"])
def test_a_frame_shows_the_day(embed, served, path, scheme):
    """A frame on another site shows the page made for it, readable in the light and in the dark."""
    page, witness = embed(
        f'<iframe src="{served}{path}" title="Today" width="400" height="420"></iframe>',
        color_scheme=scheme,
    )
    frame = page.frame_locator("iframe")

    expect(frame.get_by_role("heading", level=1)).to_be_visible()
    assert witness.complaints == []
    results = Axe().run(page, options=WCAG)
    assert results.response["violations"] == []


def test_a_frame_takes_a_choice(embed, served):
    """The address of a frame chooses as the attributes of the element do."""
    page, _ = embed(
        f'<iframe src="{served}/embed/on/08-20/?kinds=birth&count=3" title="Today"></iframe>'
    )

    expect(page.frame_locator("iframe").locator("li.birth")).to_have_count(3)


def test_other_pages_are_not_framed(embed, served):
    """The site's own pages stay out of other sites' frames."""
    page, witness = embed(f'<iframe src="{served}/on/08-20/" title="Today"></iframe>')
    page.wait_for_load_state("networkidle")

    assert any("frame" in each.lower() for each in witness.complaints)
    assert page.frame_locator("iframe").get_by_role("heading").count() == 0


def test_the_code_is_chosen_and_tried(open_page):
    """On the page of embeds, what one chooses is in the code and in the preview."""
    page, witness = open_page("/embed/", viewport={"width": 1280, "height": 900})
    page.get_by_label("births").check()
    page.get_by_label("story").uncheck()
    page.get_by_label("How many of each").fill("3")
    page.get_by_label("Always the day").fill("08-20")
    component = page.locator("textarea[name=component]").input_value()
    frame = page.locator("textarea[name=frame]").input_value()

    assert '<hodie-today kinds="event birth" count="3" date="08-20">' in component
    assert "/embed/on/08-20/?kinds=event+birth&amp;count=3" in frame
    expect(page.locator(".preview hodie-today li.birth")).to_have_count(3)
    assert witness.complaints == []


def test_the_code_is_copied(open_page):
    """A button copies the code as it was chosen."""
    page, _ = open_page("/embed/", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_label("How many of each").fill("2")
    page.get_by_role("button", name="Copy the code").first.click()

    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert 'count="2"' in page.evaluate("navigator.clipboard.readText()")


@pytest.mark.parametrize(("width", "scheme"), [(390, "dark"), (1280, "light")])
def test_the_page_of_embeds_bars_nobody(open_page, width, scheme):
    """It fits a phone, and breaks no rule that axe can check."""
    page, _ = open_page("/embed/", viewport={"width": width, "height": 900}, color_scheme=scheme)
    expect(page.locator(".preview hodie-today li").first).to_be_visible()
    results = Axe().run(page, options=WCAG)

    assert results.response["violations"] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_without_scripts_the_code_is_there(open_page):
    """The usual code can be read where no script runs."""
    page, _ = open_page("/embed/", java_script_enabled=False)

    assert "<hodie-today>" in page.locator("textarea[name=component]").input_value()
    assert page.locator("form[data-embed]").is_hidden()
