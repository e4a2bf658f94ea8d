"""Words drawn into pictures in the publication's type."""

from hodie.press.lettering.sheet import HEIGHT, WIDTH, Card, draw, settable

__all__ = ["HEIGHT", "WIDTH", "Card", "draw", "settable"]
