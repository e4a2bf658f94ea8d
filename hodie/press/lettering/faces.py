"""Text drawn into pictures in the publication's type, the same on every machine.

Pillow shapes text only where the system has a library for it. So the faces here are cut to need
none: small capitals and lining figures have code points of their own, and widths and kerning
stand in a file (see tools/fonts.py).
"""

from __future__ import annotations

import io
from functools import cache, lru_cache
from importlib import resources
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

SMALL_CAPS = 0xF0000
"""Added to a character's code point, it gives the small capital."""

LINING = 0x100000
"""Added to a figure's code point, it gives the lining figure."""

_FOLDER = resources.files("hodie.press.lettering")
_LIGATURES = {"ffi": "\ufb03", "ffl": "\ufb04", "ff": "\ufb00", "fi": "\ufb01", "fl": "\ufb02"}


class Metrics(Struct, frozen=True, eq=False):
    """A face's widths by character and kerning by either, in units of which an em has `em`."""

    em: int
    advances: dict[str, int]
    kerning: dict[str, dict[str, int]]


class Face:
    """A face to draw and measure with; sizes and widths are in pixels."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._metrics = msgspec.json.decode((_FOLDER / f"{name}.json").read_bytes(), type=Metrics)

    def covers(self, text: str) -> bool:
        """Tell whether the face has every character of a text."""
        return all(char in self._metrics.advances for char in text)

    def width(self, text: str, size: float, tracking: float = 0.0) -> float:
        """Measure a text; `tracking` is space added after each character, in ems."""
        return sum(self._steps(text, tracking)) * size / self._metrics.em - tracking * size

    def draw(
        self,
        draw: ImageDraw,
        place: tuple[float, float],
        text: str,
        size: int,
        tracking: float = 0.0,
    ) -> None:
        """Draw a text at full strength, from the left end of its baseline."""
        x, y = place
        font = _font(self.name, size)
        for char, step in zip(text, self._steps(text, tracking), strict=True):
            if not char.isspace():
                draw.text((x, y), char, fill=255, font=font, anchor="ls")
            x += step * size / self._metrics.em

    def _steps(self, text: str, tracking: float) -> list[float]:
        """Return how far each character takes the pen, kerned with the next, in font units."""
        added = tracking * self._metrics.em
        return [step + added for step in _plain_steps(self._metrics, text)]


def small_capitals(text: str) -> str:
    """Set a text in small capitals, its own capitals staying large.

    >>> small_capitals("Ab") == "A" + chr(SMALL_CAPS + ord("b"))
    True
    """
    return "".join(char if char.isupper() else _small(char) for char in text)


def all_small_capitals(text: str) -> str:
    """Set a text in small capitals throughout."""
    return "".join(map(_small, text.lower()))


def lining(figures: str) -> str:
    """Set figures at the height of capitals."""
    return "".join(chr(LINING + ord(char)) for char in figures)


def ligatured(text: str) -> str:
    """Join the letters that would run into each other.

    >>> len(ligatured("office"))
    4
    """
    for letters, joined in _LIGATURES.items():
        text = text.replace(letters, joined)
    return text


def _small(char: str) -> str:
    return chr(SMALL_CAPS + ord(char)) if ord(char) < 0xFFFF else char


@lru_cache(maxsize=4096)
def _plain_steps(metrics: Metrics, text: str) -> tuple[int, ...]:
    """Return each character's width, kerned with the next."""
    none: dict[str, int] = {}
    return tuple(
        metrics.advances[char] + metrics.kerning.get(char, none).get(following, 0)
        for char, following in zip(text, f"{text[1:]} ", strict=bool(text))
    )


@cache
def face(name: str) -> Face:
    """Return a face by its name: `display` or `italic`."""
    return Face(name)


@cache
def _font(name: str, size: int) -> FreeTypeFont:
    # Imported here: only who draws pays for it.
    from PIL import ImageFont

    file = io.BytesIO((_FOLDER / f"{name}.otf").read_bytes())
    return ImageFont.truetype(file, size, layout_engine=ImageFont.Layout.BASIC)
