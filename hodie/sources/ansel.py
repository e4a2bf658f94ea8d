"""ANSEL (ANSI Z39.47), the letters of libraries and of old family trees, which Python lacks."""

import re
import unicodedata

_LETTERS = (
    dict(
        zip(
            range(0xA1, 0xAF),
            "ŁØĐÞÆŒʹ·♭®±ƠƯʼ",
            strict=True,
        )
    )
    | dict(zip(range(0xB0, 0xBB), "ʻłøđþæœʺı£ð", strict=True))
    | {
        0xBC: "ơ",
        0xBD: "ư",
        0xC0: "°",
        0xC1: "ℓ",
        0xC2: "℗",
        0xC3: "©",
        0xC4: "♯",
        0xC5: "¿",
        0xC6: "¡",
        0xC7: "ß",
        0xC8: "€",
        0xCF: "ß",
    }
)
# In ANSEL a mark stands before its letter, in Unicode behind it.
_MARKS = dict(
    zip(
        range(0xE0, 0xFC),
        "\u0309\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030c\u030a\ufe20\ufe21\u0315"
        "\u030b\u0310\u0327\u0328\u0323\u0324\u0325\u0333\u0332\u0326\u031c\u032e\ufe22\ufe23",
        strict=True,
    )
) | {0xFE: "\u0313"}
_MARKED = re.compile("([\xe0-\xfb\xfe]+)([^\xe0-\xfb\xfe]?)")


def decoded(line: str) -> str:
    """Return a line of ANSEL whose bytes were read as Latin-1.

    >>> decoded("M\xe8uller, \xe2Etienne, \xb1\xe2odz")
    'Müller, Étienne, łódz'
    """
    if line.isascii():
        return line
    return unicodedata.normalize("NFC", _MARKED.sub(_behind, line).translate(_LETTERS))


def _behind(match: re.Match[str]) -> str:
    marks = "".join(_MARKS[ord(mark)] for mark in match[1])
    letter = match[2].translate(_LETTERS)
    return letter + marks
