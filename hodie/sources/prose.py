"""Imported prose made plain: no markup survives, whatever a wiki or a file put into it."""

import html
import re

import nh3

_MARKS = re.compile(r"\s*\[(?:\d{1,4}|[a-z]|note \d+)\](?!\w)", re.IGNORECASE)
_SPACES = re.compile(r"[ \t\r\n\f\v]+")
_ODD = re.compile(r"[<&\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]|  ")
_UNSPEAKABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# Markup within escaped markup within escaped markup: nobody writes that in good faith.
_DEEPEST = 4


def plain(text: str) -> str:
    """Return the words of a text that may have markup in it, without tags, scripts or entities.

    >>> plain("<b>A</b> &amp; B <script>alert(1)</script>, 2 < 3")
    'A & B , 2 < 3'
    """
    if _ODD.search(text) is None:
        return text.strip(" ")
    text = _UNSPEAKABLE.sub("", text)
    for _ in range(_DEEPEST):
        if "<" not in text and "&" not in text:
            break
        cleaned = html.unescape(nh3.clean(text, tags=set()))
        if cleaned == text:
            break
        text = cleaned
    else:
        text = text.replace("<", " ")
    return _SPACES.sub(" ", text).strip(" ")


def without_marks(text: str) -> str:
    """Leave out the marks of references that stand in a text, such as [12] and [a].

    >>> without_marks("He died.[12] It rained. [3]")
    'He died. It rained.'
    """
    return _MARKS.sub("", text) if "[" in text else text
