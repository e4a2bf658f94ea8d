"""The files that pages need: style sheet, fonts, script, icon.

Each has the digest of its content in its name, so that a browser may keep it for ever and never
shows a page in yesterday's clothes.
"""

import hashlib
import re
from functools import cache
from importlib import resources

import msgspec

MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
_FOLDER = resources.files("hodie.press") / "static"
_NAMES = (
    "fonts/display.woff2",
    "fonts/italic.woff2",
    "fonts/text.woff2",
    "embed.css",
    "embed.js",
    "hodie.css",
    "icon.svg",
    "share.js",
)


class Asset(msgspec.Struct, frozen=True):
    """A file that pages link to, at an address that changes with its content."""

    address: str
    media_type: str
    body: bytes


def asset(name: str, body: bytes) -> Asset:
    """Give a file its address, such as `/static/hodie.1f0c2b7a.css`."""
    stem, dot, suffix = name.rpartition(".")
    digest = hashlib.blake2b(body, digest_size=6).hexdigest()
    return Asset(f"/static/{stem}.{digest}{dot}{suffix}", MEDIA_TYPES[dot + suffix], body)


@cache
def shipped() -> dict[str, Asset]:
    """Return the files that ship with Hodie, by name; the style sheet names the fonts' digests."""
    assets = {name: asset(name, (_FOLDER / name).read_bytes()) for name in _NAMES}
    sheet = assets["hodie.css"].body.decode()
    sheet = re.sub(r'url\("(fonts/[^"]+)"\)', lambda m: f'url("{assets[m[1]].address}")', sheet)
    assets["hodie.css"] = asset("hodie.css", _compact(sheet).encode())
    return assets


def accent(light: str, dark: str) -> Asset:
    """Return the style sheet of a publication's own colour, for the light and the dark page."""
    body = f":root{{--accent-light:{light};--accent-dark:{dark}}}\n"
    return asset("accent.css", body.encode())


def _compact(sheet: str) -> str:
    """Leave out comments and the white space at the ends of lines."""
    plain = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    return "".join(f"{line.strip()}\n" for line in plain.splitlines() if line.strip())
