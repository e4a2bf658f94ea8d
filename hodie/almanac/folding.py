"""Text as search sees it: words without case, accents and punctuation."""

import unicodedata
from unicodedata import normalize

_PLAIN = {
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "ı": "i",
    "ħ": "h", "ŧ": "t", "ŋ": "n", "ə": "e", "ƒ": "f",
    # Signs of transliteration, which hardly anyone types.
    "ʻ": "", "ʼ": "", "ʽ": "", "ʾ": "", "ʿ": "", "ˈ": "", "ʹ": "", "ʺ": "", "ـ": "",
}  # fmt: skip


class _Folding(dict[int, str]):
    """A table for str.translate that works out each character when it first meets it."""

    def __missing__(self, code: int) -> str:
        # Small letters only after taking apart: the capitals of formulas become those of text.
        parts = normalize("NFKD", normalize("NFKD", chr(code)).lower())
        whole = normalize("NFC", "".join(part for part in parts if not _is_accent(ord(part))))
        self[code] = folded = "".join(map(_folded, whole))
        return folded


def _folded(char: str) -> str:
    """Fold a character without accents: to itself, to nothing, or to a space between words."""
    if char in _PLAIN:
        return _PLAIN[char]
    if _is_ideograph(ord(char)):
        return f" {char} "  # written without spaces: each is a word, or nobody would find them
    # Marks are the vowel signs of Indic scripts: without them a word would fall apart.
    return char if unicodedata.category(char)[0] in "LNM" else " "


def _is_accent(code: int) -> bool:
    """Tell the accents of Latin, Greek and Cyrillic, Hebrew points and Arabic vowel signs."""
    return 0x300 <= code <= 0x36F or 0x591 <= code <= 0x5C7 or 0x64B <= code <= 0x65F


def _is_ideograph(code: int) -> bool:
    return 0x3041 <= code <= 0x30FF or 0x3400 <= code <= 0x9FFF or 0x20000 <= code <= 0x3FFFF


_FOLDING = _Folding()
_ASCII = bytes(map(ord, map(_folded, map(str.lower, map(chr, range(128)))))) + bytes(128)


def fold(text: str) -> str:
    """Return `text` in lower case, its accents gone, with spaces for all that is not a word.

    >>> fold("Lech Wałęsa, O'Brien & Çelik")
    'lech walesa  o brien   celik'
    """
    if text.isascii():
        return text.encode().translate(_ASCII).decode()  # four times as fast
    return text.translate(_FOLDING)


def words(text: str) -> list[str]:
    """Return the words of `text` as search compares them.

    >>> words("Trotsky's “Été” 東京")
    ['trotsky', 's', 'ete', '東', '京']
    """
    return fold(text).split()
