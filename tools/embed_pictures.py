"""Take the pictures of docs/how-to/embed-the-day.md: embeds on pages of other sites, and a card.

./run serve &  then  .venv/bin/python -m tools.embed_pictures [http://127.0.0.1:8000]
"""

import contextlib
import re
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

TARGET = Path(__file__).parent.parent / "docs" / "pictures"
DAY = "08-20"
MUSEUM = """<style>:root { color-scheme: light } body { font: 17px/1.45 Georgia, serif;
background: #f4f1ea; color: #22303a; } h1 { font-weight: normal }</style>
<h1>Riverside Museum</h1><p>Open daily from ten to five.</p>"""
BLOG = """<style>:root { color-scheme: dark } body { font: 16px/1.5 Helvetica, Arial, sans-serif;
background: #15202b; color: #d7e3ee; }</style><h1>Notes from the archive</h1>"""
PLAIN = """<style>body { font: 16px/1.5 sans-serif; }</style><h1>A page without scripts</h1>"""


def main(site: str = "http://127.0.0.1:8000") -> None:
    component = (
        f'<script type="module" src="{site}/embed/today.js"></script><hodie-today date="{DAY}"'
    )
    frame = f'<iframe src="{site}/embed/on/{DAY}/?count=3" title="Today" width="100%" height="330"'
    hosts = {
        "embed-light": f"{MUSEUM}{component} count=4></hodie-today>",
        "embed-dark": f'{BLOG}{component} count=3 kinds="birth death"></hodie-today>',
        "embed-frame": f'{PLAIN}{frame} style="border:0"></iframe>',
    }
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        for name, html in hosts.items():
            host(browser, html).screenshot(path=TARGET / f"{name}.png")
        card(browser, site)
        browser.close()


def host(browser: Browser, html: str) -> Page:
    """Open somebody's page, and wait until all that it embeds is there."""
    page = browser.new_page(viewport={"width": 560, "height": 520})
    text = f'<html lang="en"><body style="margin: 24px">{html}</body></html>'
    with another_site(text) as address:
        page.goto(address, wait_until="networkidle")
    return page


@contextlib.contextmanager
def another_site(text: str) -> Iterator[str]:
    """Serve one page on an origin of its own: a page of none may frame nothing."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(text.encode())

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


def card(browser: Browser, site: str) -> None:
    """Save the share picture that the day's page names."""
    page = browser.new_page()
    page.goto(f"{site}/on/{DAY}/")
    whole = page.locator('meta[property="og:image"]').get_attribute("content") or ""
    address = re.sub(r"^\w+://[^/]+", "", whole)
    (TARGET / "card.png").write_bytes(page.request.get(site + address).body())


if __name__ == "__main__":
    main(*sys.argv[1:2])
