"""How well a colour reads on the page's grounds, as WCAG 2 measures it."""

# The grounds of the two themes; the style sheet is drawn on these very colours.
LIGHT_GROUND = "#faf7f0"
DARK_GROUND = "#171512"
# Success criterion 1.4.3 for text of body size.
AA = 4.5


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours written `#rrggbb`, from 1 to 21.

    >>> contrast("#000000", "#ffffff")
    21.0
    """
    low, high = sorted((luminance(one), luminance(other)))
    return round((high + 0.05) / (low + 0.05), 4)


def luminance(colour: str) -> float:
    """Return the relative luminance of `#rrggbb`, from 0 (black) to 1 (white)."""
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def darkened(colour: str) -> str:
    """Return `colour`, or the nearest to it towards black that reads on the light ground."""
    return _mixed(colour, "#000000", LIGHT_GROUND)


def lightened(colour: str) -> str:
    """Return `colour`, or the nearest to it towards white that reads on the dark ground."""
    return _mixed(colour, "#ffffff", DARK_GROUND)


def _linear(share: float) -> float:
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)


def _mixed(colour: str, towards: str, ground: str) -> str:
    for percent in range(100):
        mixed = "#" + "".join(
            f"{_between(colour[at : at + 2], towards[at : at + 2], percent):02x}"
            for at in (1, 3, 5)
        )
        if contrast(mixed, ground) >= AA:
            return mixed
    return towards


def _between(start: str, end: str, percent: int) -> int:
    return round((int(start, 16) * (100 - percent) + int(end, 16) * percent) / 100)
