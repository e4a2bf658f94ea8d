"""Share pictures: what a link to a day or a story looks like where people share it.

A card is drawn from a few words, and its address holds a digest of them and of the drawing. So
the picture behind an address never changes, and is drawn once.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from functools import cache
from importlib import resources

import msgspec
from msgspec import Struct

from hodie.press.lettering import (
    Face,
    all_small_capitals,
    face,
    ligatured,
    lining,
    small_capitals,
)

WIDTH, HEIGHT = 1200, 630
MEDIA_TYPE = "image/png"

_PAPER, _INK, _SOFT, _HAIR = "#faf7f0", "#1e1a15", "#665d51", "#d3cabb"
_MARGIN = 64
# Between the numeral and the words.
_COLUMN = 470
_RIGHT = WIDTH - _MARGIN
_MEASURE = _RIGHT - _COLUMN - 44
# From the double rule under the name to the rule over the foot.
_TOP, _BOTTOM = 134, 548
_SIZES = (92, 84, 76, 68, 60, 54, 48, 42, 38, 34)
_LEADING = 1.08
_MOST_LINES = 7
_FOOT_SIZE = 30
# So many shades of a colour make an edge smooth, and the palette stays small.
_SHADES = 15


class Card(Struct, frozen=True, kw_only=True):
    """What a card says. `accent` is the colour of the kicker, as CSS writes it."""

    name: str
    month: str
    numeral: str
    kicker: str
    headline: str
    foot: str
    accent: str


def address(room: str, id: str, card: Card) -> str:
    """Return the address of a card, such as `/cards/on/08-20.4f1c0a52e6b7.png`."""
    said = msgspec.json.encode(card)
    digest = hashlib.blake2b(said + _drawing(), digest_size=6).hexdigest()
    return f"/cards/{room}/{id}.{digest}.png"


def settable(text: str) -> bool:
    """Tell whether the type of the cards has every letter of a text."""
    return face("display").covers(_spaced(text)) and face("italic").covers(_spaced(text))


def draw(card: Card) -> bytes:
    """Draw a card as PNG; what the type has no letters for is left out."""
    # Imported here: it takes a tenth of a second, and most commands draw nothing.
    from PIL import Image, ImageDraw

    layers = {colour: Image.new("L", (WIDTH, HEIGHT)) for colour in (_INK, card.accent, _SOFT)}
    sheet = _Sheet({colour: ImageDraw.Draw(layer) for colour, layer in layers.items()})
    sheet.masthead(card)
    sheet.numeral(card)
    sheet.words(card)
    picture = Image.new("P", (WIDTH, HEIGHT))
    for n, layer in enumerate(layers.values()):
        shades = [0, *(n * _SHADES + max(1, value * _SHADES // 255) for value in range(1, 256))]
        picture.paste(layer.point(shades), mask=layer.point([0] + [255] * 255))
    rules = ImageDraw.Draw(picture)
    for rule in _HAIRLINES:
        rules.rectangle(rule, fill=len(layers) * _SHADES + 1)
    picture.putpalette(_palette([*layers, _HAIR]))
    file = io.BytesIO()
    picture.save(file, "PNG", compress_level=6)
    return file.getvalue()


_HAIRLINES = (
    (_COLUMN, _TOP + 26, _COLUMN + 1, _BOTTOM),
    (_MARGIN, HEIGHT - 58, _RIGHT, HEIGHT - 57),
)


class _Sheet:
    """Draws a card's parts, each into the layer of its colour."""

    def __init__(self, layers: dict[str, object]) -> None:
        self._layers = layers
        self._display, self._italic = face("display"), face("italic")

    def masthead(self, card: Card) -> None:
        """Set the publication's name over a double rule, as its pages have it."""
        name = small_capitals(_kept(card.name))
        size = _fitting(self._display, name, 40, _RIGHT - _MARGIN, 0.05)
        self._set(_INK, self._display, (_MARGIN, 92), name, size, 0.05)
        for top, bottom in ((112, 113), (117, 118)):
            self._rule(_INK, (_MARGIN, top, _RIGHT, bottom))

    def numeral(self, card: Card) -> None:
        """Set the month in small capitals over the day, large, both centred in their column."""
        middle = (_MARGIN + _COLUMN) / 2 - 8
        room = _COLUMN - _MARGIN - 24
        month = small_capitals(_kept(card.month))
        size = _fitting(self._display, month, 54, room, 0.1)
        width = self._display.width(month, size, 0.1)
        self._set(_INK, self._display, (middle - width / 2, 214), month, size, 0.1)
        figures = lining(card.numeral)
        size = _fitting(self._display, figures, 400, room, -0.035)
        width = self._display.width(figures, size, -0.035)
        self._set(_INK, self._display, (middle - width / 2, 518), figures, size, -0.035)

    def words(self, card: Card) -> None:
        """Set the kicker, the headline as large as its lines allow, and the foot."""
        left = _COLUMN + 44
        kicker = all_small_capitals(_kept(card.kicker))
        kicker_size = _fitting(self._display, kicker, 40, _MEASURE, 0.08)
        foot = _cut(self._italic, _kept(card.foot), _FOOT_SIZE, _RIGHT - _MARGIN)
        size, lines = _headline(self._display, ligatured(_kept(card.headline)))
        height = 40 + len(lines) * size * _LEADING
        y = (_TOP + 26 + _BOTTOM) / 2 - height / 2 + 26
        self._set(card.accent, self._display, (left, y), kicker, kicker_size, 0.08)
        for line in lines:
            y += size * _LEADING
            self._set(_INK, self._display, (left, y), line, size)
        self._set(_SOFT, self._italic, (_MARGIN, HEIGHT - 22), foot, _FOOT_SIZE)

    def _set(
        self,
        colour: str,
        with_face: Face,
        place: tuple[float, float],
        text: str,
        size: int,
        tracking: float = 0.0,
    ) -> None:
        with_face.draw(self._layers[colour], place, text, size, tracking)  # type: ignore[arg-type]

    def _rule(self, colour: str, box: tuple[int, int, int, int]) -> None:
        self._layers[colour].rectangle(box, fill=255)  # type: ignore[attr-defined]


def _kept(text: str) -> str:
    """Return a text if the type can set it, else nothing: gaps would be worse than silence."""
    spaced = _spaced(text)
    return spaced if settable(spaced) else ""


def _spaced(text: str) -> str:
    """Write every white space as a plain one, and hyphens that must not break as plain ones."""
    return " ".join(text.replace("\N{NON-BREAKING HYPHEN}", "-").split())


def _fitting(with_face: Face, text: str, size: int, room: float, tracking: float) -> int:
    """Return the size, or the largest below it at which a text fits into a line."""
    width = with_face.width(text, size, tracking)
    return size if width <= room else int(size * room / width)


def _headline(with_face: Face, text: str) -> tuple[int, list[str]]:
    """Break a headline into lines at the largest size that leaves it its room."""
    for size in _SIZES:
        lines = _broken(with_face, text, size)
        if len(lines) * size * _LEADING <= _BOTTOM - _TOP - 76 and len(lines) <= _MOST_LINES:
            if all(with_face.width(line, size) <= _MEASURE for line in lines):
                return size, _balanced(with_face, text, size, len(lines))
    kept = [_cut(with_face, line, size, _MEASURE) for line in lines[:_MOST_LINES]]
    if len(lines) > _MOST_LINES:
        kept[-1] = _cut(with_face, f"{kept[-1]} {lines[_MOST_LINES]}", size, _MEASURE)
    return size, kept


def _balanced(with_face: Face, text: str, size: int, count: int) -> list[str]:
    """Break a text into so many lines of about one length: the narrowest that still holds it."""
    low, high = _MEASURE / 3, float(_MEASURE)
    while high - low > 8:
        middle = (low + high) / 2
        lines = _broken(with_face, text, size, middle)
        fits = len(lines) <= count and all(with_face.width(line, size) <= middle for line in lines)
        low, high = (low, middle) if fits else (middle, high)
    return _broken(with_face, text, size, high)


def _broken(with_face: Face, text: str, size: int, measure: float = _MEASURE) -> list[str]:
    """Fill line after line with words."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and with_face.width(longer, size) <= measure:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _cut(with_face: Face, text: str, size: int, measure: float) -> str:
    """Shorten a text that is too long for a line, and say so by an ellipsis."""
    if with_face.width(text, size) <= measure:
        return text
    while text and with_face.width(f"{text}…", size) > measure:
        text = text[:-1].rstrip(" ,;:")
    return f"{text}…"


def _palette(colours: list[str]) -> list[int]:
    """Return paper, then the shades of each colour on it from faint to full, as a flat list."""
    paper = _rgb(_PAPER)
    mixed = [paper]
    for colour in colours[:-1]:
        mixed += [
            tuple(
                round(p + (c - p) * shade / _SHADES)
                for p, c in zip(paper, _rgb(colour), strict=True)
            )
            for shade in range(1, _SHADES + 1)
        ]
    mixed.append(_rgb(colours[-1]))
    return [value for colour in mixed for value in colour]


def _rgb(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour.removeprefix("#")))


@cache
def _drawing() -> bytes:
    """Return a digest of how cards are drawn: this code, and the type."""
    digest = hashlib.blake2b(digest_size=16)
    for file in _sources():
        digest.update(file)
    return digest.digest()


def _sources() -> Iterator[bytes]:
    press = resources.files("hodie.press")
    for name in ("cards.py", "lettering/__init__.py", "lettering/metrics.json"):
        yield (press / name).read_bytes()
