"""Pages in a real browser: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = shutil.which("chromium")
# Chromium's own errands (updates, lookups) must not reach out from a test.
FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)


# Not for the session: Playwright holds an event loop, in whose way other tests would come.
@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One Chromium for the tests of a file."""
    if CHROMIUM is None:
        pytest.skip("needs Chromium (apt-get install chromium)")
    # The sandbox refuses to work for root, as which containers run.
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, *root])
        yield browser
        browser.close()


class Witness:
    """Writes down what a page asks for and complains of."""

    def __init__(self, page: Page) -> None:
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("requestfailed", lambda request: self.complaints.append(f"failed: {request.url}"))

    def _hear(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)


@pytest.fixture
def open_page(browser: Browser, served: str) -> Iterator[Any]:
    """A function that opens an address of the demo in a window of its own."""
    contexts = []

    def open_at(address: str, **settings: Any) -> tuple[Page, Witness]:
        context = browser.new_context(base_url=served, **settings)
        contexts.append(context)
        page = context.new_page()
        witness = Witness(page)
        page.goto(address)
        return page, witness

    yield open_at
    for context in contexts:
        context.close()
