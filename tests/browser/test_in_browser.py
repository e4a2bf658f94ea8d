"""The pages as readers meet them: phone and desktop, light and dark, with a keyboard alone."""

from __future__ import annotations

from itertools import product

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser

SIZES = {
    "phone": {"width": 390, "height": 844},
    "desktop": {"width": 1280, "height": 900},
}
MAIN = {
    "today": "/",
    "day": "/on/08-20/",
    "entity": "/about/leon-trotsky/",
    "search": "/search?q=trotsky",
    "story": "/stories/trotsky-assassinated/",
}
MORE = {
    "date": "/on/1940-08-20/",
    "year": "/year/1940/",
    "calendar": "/on/",
    "stories": "/stories/",
    "sources": "/sources/",
    "missing": "/on/02-30/",
}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RULES = {"runOnly": {"type": "tag", "values": WCAG}}

pages = pytest.mark.parametrize("address", [*MAIN.values(), *MORE.values()], ids=[*MAIN, *MORE])
# The pages that everybody meets are looked at in every light, the others in two.
EVERY = list(product(SIZES, ("light", "dark")))
SOME = [("phone", "dark"), ("desktop", "light")]
LOOKS = [*product(MAIN.values(), EVERY), *product(MORE.values(), SOME)]


@pytest.mark.parametrize(("address", "look"), LOOKS)
def test_nothing_bars_a_reader(open_page, address, look):
    """No page breaks a rule of WCAG 2 A or AA that axe can check."""
    size, theme = look
    page, _ = open_page(address, viewport=SIZES[size], color_scheme=theme)
    results = Axe().run(page, options=RULES)

    assert results.violations_count == 0, results.generate_report()


def test_axe_sees(open_page):
    """The check that no page fails is one that can fail."""
    page, _ = open_page("/")
    page.evaluate("document.querySelector('main').style.color = '#eee'")

    assert Axe().run(page, options=RULES).violations_count > 0


@pages
def test_pages_keep_to_themselves(open_page, served, address):
    """A page asks its own origin for everything, and the console stays silent."""
    page, witness = open_page(address)
    page.wait_for_load_state("networkidle")
    missing = "Failed to load resource: the server responded with a status of 404 (Not Found)"

    assert [url for url in witness.requests if not url.startswith(f"{served}/")] == []
    # The page of a missing day is one, and Chromium says so.
    assert set(witness.complaints) <= ({missing} if address == MORE["missing"] else set())


@pages
def test_pages_fit_a_phone(open_page, address):
    """Nothing makes a phone scroll sideways."""
    page, _ = open_page(address, viewport=SIZES["phone"])
    width = page.evaluate("document.documentElement.scrollWidth")

    assert width <= SIZES["phone"]["width"]


@pages
def test_pages_read_without_javascript(open_page, address):
    """A page without JavaScript has its heading and its text."""
    page, _ = open_page(address, java_script_enabled=False)

    assert page.locator("h1").first.inner_text().strip()
    assert len(page.locator("main").inner_text()) > 80


@pages
def test_the_keyboard_skips_to_the_day(open_page, address):
    """The first press of Tab offers the skip link, and Enter follows it past the menu."""
    page, _ = open_page(address)
    page.keyboard.press("Tab")
    skip = page.locator("a:focus")

    assert skip.get_attribute("href") == "#content"
    assert skip.is_visible()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('main, footer')")


def test_search_by_hand(open_page):
    """Words typed into the search lead to what they name."""
    page, _ = open_page("/search")
    page.get_by_role("searchbox").fill("trotsky")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="Leon Trotsky").first.click()

    assert page.url.endswith("/about/leon-trotsky/")


def test_a_missing_day_offers_the_nearest(open_page):
    """A reader who asks for 30 February can go on to the days beside it."""
    page, _ = open_page("/on/02-30/")
    page.get_by_role("link", name="29 February").click()

    assert page.url.endswith("/on/02-29/")


def test_the_turn_to_the_next_day(open_page):
    """A day leads on to the next."""
    page, _ = open_page("/on/08-20/")
    page.get_by_role("link", name="21 August").click()

    assert page.url.endswith("/on/08-21/")
