"""Take the README's picture: the page of a day at desktop and phone width, side by side.

./run serve &  then  .venv/bin/python -m tools.pictures [http://127.0.0.1:8000]
"""

import base64
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

TARGET = Path(__file__).parent.parent / "docs" / "pictures" / "day.png"
DAY = "/on/08-20/"
HEIGHT = 980
FRAME = """<style>body { margin: 0; background: #d9d2c3; display: flex; gap: 32px; padding: 32px;
width: max-content }</style>
<img src="DESKTOP"><img src="PHONE">"""


def main(site: str = "http://127.0.0.1:8000") -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        desktop = shot(browser, site + DAY, 1280, "light")
        phone = shot(browser, site + DAY, 390, "dark")
        page = browser.new_page(viewport={"width": 1800, "height": HEIGHT + 64})
        page.set_content(FRAME.replace("DESKTOP", desktop).replace("PHONE", phone))
        TARGET.parent.mkdir(exist_ok=True)
        page.locator("body").screenshot(path=TARGET)
        browser.close()


def shot(browser: Browser, url: str, width: int, scheme: str) -> str:
    """Return a picture of the top of a page as a data address."""
    dark = scheme == "dark"
    page = browser.new_page(
        viewport={"width": width, "height": HEIGHT},
        color_scheme="dark" if dark else "light",
    )
    page.goto(url, wait_until="networkidle")
    data = base64.b64encode(page.screenshot()).decode()
    return f"data:image/png;base64,{data}"


if __name__ == "__main__":
    main(*sys.argv[1:2])
