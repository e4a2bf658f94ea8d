"""A card drawn: a picture in the publication's type and colours, from a few words.

The look is that of a day's page: the name over a double rule, the month in small capitals over a
large numeral, hairlines, one accent.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from msgspec import Struct

from hodie.press.lettering.faces import (
    Face,
    all_small_capitals,
    face,
    ligatured,
    lining,
    small_capitals,
)

if TYPE_CHECKING:
    from PIL import ImageDraw

WIDTH, HEIGHT = 1200, 630

_PAPER, _INK, _SOFT, _HAIR = "#faf7f0", "#1e1a15", "#665d51", "#d3cabb"
_MARGIN = 64
# Between the numeral and the words.
_COLUMN = 470
_RIGHT = WIDTH - _MARGIN
_COLUMN_MIDDLE = (_MARGIN + _COLUMN) / 2 - 8
_GUTTER = 44
_MEASURE = _RIGHT - _COLUMN - _GUTTER
# From the kicker's baseline to the top of the headline.
_KICKER = 50
# The words stand between these heights; the foot's rule and line stand below.
_TOP, _BOTTOM = 150, 524
_RULE, _FOOT = 552, 594
_SIZES = (92, 84, 76, 68, 60, 54, 48, 42, 38, 34)
_LEADING = 1.08
_MOST_LINES = 7
_FOOT_SIZE = 30
# So many shades of a colour make an edge smooth, and the palette stays small.
_SHADES = 15
_DRAWN = [0] + [255] * 255


class Card(Struct, frozen=True, kw_only=True):
    """What a card says. `accent` is the colour of the kicker, as CSS writes it."""

    name: str
    over: str
    numeral: str
    kicker: str
    headline: str
    foot: str
    host: str
    accent: str


def settable(text: str) -> bool:
    """Tell whether the type of the cards has every letter of a text."""
    return face("display").covers(_spaced(text)) and face("italic").covers(_spaced(text))


def draw(card: Card) -> bytes:
    """Draw a card as PNG; what the type has no letters for is left out."""
    # Imported here: it takes a tenth of a second, and most commands draw nothing.
    from PIL import Image
    from PIL.ImageDraw import Draw

    layers = {colour: Image.new("L", (WIDTH, HEIGHT)) for colour in (_INK, card.accent, _SOFT)}
    sheet = _Sheet({colour: Draw(layer) for colour, layer in layers.items()})
    sheet.masthead(card)
    sheet.numeral(card)
    sheet.words(card)
    sheet.foot(card)
    picture = Image.new("P", (WIDTH, HEIGHT))
    for n, layer in enumerate(layers.values()):
        if (box := layer.getbbox()) is not None:
            part = layer.crop(box)
            picture.paste(part.point(_shades(n)), box, mask=part.point(_DRAWN))
    rules = Draw(picture)
    for rule in _hairlines(card):
        rules.rectangle(rule, fill=len(layers) * _SHADES + 1)
    picture.putpalette(_palette([*layers, _HAIR]))
    file = io.BytesIO()
    picture.save(file, "PNG", compress_level=6)
    return file.getvalue()


class _Sheet:
    """Draws a card's parts, each into the layer of its colour."""

    def __init__(self, layers: dict[str, ImageDraw.ImageDraw]) -> None:
        self._layers = layers
        self._display, self._italic = face("display"), face("italic")

    def masthead(self, card: Card) -> None:
        """Set the publication's name over a double rule, as its pages have it."""
        name = small_capitals(_kept(card.name))
        size = _fitting(self._display, name, 40, _RIGHT - _MARGIN, 0.05)
        self._set(_INK, self._display, (_MARGIN, 84), name, size, 0.05)
        for top in (102, 107):
            self._layers[_INK].rectangle((_MARGIN, top, _RIGHT, top + 1), fill=255)

    def numeral(self, card: Card) -> None:
        """Set the month in small capitals over the day, large, centred in their column.

        Where no words can stand beside them, that is the whole card.
        """
        middle = _COLUMN_MIDDLE if _kept(card.headline) else WIDTH / 2
        room = _COLUMN - _MARGIN - 24
        for text, most, baseline, tracking in (
            (small_capitals(_kept(card.over)), 54, 198, 0.1),
            (lining(card.numeral), 400, 504, -0.035),
        ):
            size = _fitting(self._display, text, most, room, tracking)
            left = middle - self._display.width(text, size, tracking) / 2
            self._set(_INK, self._display, (left, baseline), text, size, tracking)

    def words(self, card: Card) -> None:
        """Set the kicker, and under it the headline, as large as its lines allow."""
        headline = ligatured(_kept(card.headline))
        if not headline:
            return
        left = _COLUMN + _GUTTER
        kicker = all_small_capitals(_kept(card.kicker))
        kicker_size = _fitting(self._display, kicker, 38, _MEASURE, 0.08)
        size, lines = _headline(self._display, headline)
        height = _KICKER + len(lines) * size * _LEADING
        # Capitals reach up by two thirds of a line, so the block's eye lies a little higher.
        y = (_TOP + _BOTTOM - height) / 2 + 24
        self._set(card.accent, self._display, (left, y), kicker, kicker_size, 0.08)
        y += _KICKER - 38
        for line in lines:
            y += size * _LEADING
            self._set(_INK, self._display, (left, y), line, size)

    def foot(self, card: Card) -> None:
        """Set what else there is at the left, and the address at the right."""
        host = _kept(card.host)
        width = self._italic.width(host, _FOOT_SIZE)
        self._set(_SOFT, self._italic, (_RIGHT - width, _FOOT), host, _FOOT_SIZE)
        room = _RIGHT - _MARGIN - width - 40
        foot = ligatured(_kept(card.foot))
        while ";" in foot and self._italic.width(foot, _FOOT_SIZE) > room:
            foot = foot.rpartition(";")[0]
        foot = _cut(self._italic, foot, _FOOT_SIZE, room)
        self._set(_SOFT, self._italic, (_MARGIN, _FOOT), foot, _FOOT_SIZE)

    def _set(
        self,
        colour: str,
        with_face: Face,
        place: tuple[float, float],
        text: str,
        size: int,
        tracking: float = 0.0,
    ) -> None:
        with_face.draw(self._layers[colour], place, text, size, tracking)


def _shades(n: int) -> list[int]:
    """Return which colour of the palette each strength of layer `n` is."""
    return [0, *(n * _SHADES + max(1, value * _SHADES // 255) for value in range(1, 256))]


def _hairlines(card: Card) -> list[tuple[int, int, int, int]]:
    beside = [(_COLUMN, _TOP, _COLUMN + 1, _BOTTOM)] if _kept(card.headline) else []
    return [*beside, (_MARGIN, _RULE, _RIGHT, _RULE + 1)]


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
        low = len(lines) * size * _LEADING <= _BOTTOM - _TOP - _KICKER
        narrow = all(with_face.width(line, size) <= _MEASURE for line in lines)
        if low and narrow and len(lines) <= _MOST_LINES:
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
