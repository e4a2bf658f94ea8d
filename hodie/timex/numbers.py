"""Numbers as they are spoken and written: "two and a half", "twenty-five", "1,500", "XVIII"."""

from hodie.timex.language import Language

_CLASSES = ("ONES", "TEENS", "TENS", "ORDINALWORD", "VAGUE", "HALF", "FILLER")
_LONGEST = 9


def count(language: Language, text: str) -> float | None:
    """The number that `text` names; None where it is vague or no number at all."""
    digits = text.replace(",", "")
    if digits[:1].isdecimal():
        return _digits(language, digits)
    whole = language.value("VAGUE", text)
    if whole is not None:
        return None if isinstance(whole, str) else float(whole)
    return _spelled(language, text.lower().replace("-", " ").split())


def _digits(language: Language, text: str) -> float | None:
    head, *rest = text.split()
    tail = sum(float(language.value("HALF", word) or 0) for word in rest)
    head = "".join(c for c in head if c.isdecimal() or c == ".")
    return float(head) + tail if len(head) <= _LONGEST else None


def _spelled(language: Language, words: list[str]) -> float | None:
    """Add the words up; one that multiplies, such as "hundred", takes what stands before it."""
    total, found = 0.0, False
    for word in words:
        times = language.value("HUNDRED", word)
        if isinstance(times, int):
            total, found = (total or 1.0) * times, True
            continue
        value = _one_word(language, word)
        if value is None:
            return None
        total, found = total + value, found or value > 0
    return total if found else 1.0


def _one_word(language: Language, word: str) -> float | None:
    for name in _CLASSES:
        value = language.value(name, word)
        if isinstance(value, int | float):
            return float(value)
    return None


def ordinal(language: Language, text: str) -> int | None:
    """The number of "18th", "eighteenth", "twenty-first" or "XVIII"."""
    digits = "".join(c for c in text if c.isdecimal())
    if digits:
        return int(digits) if len(digits) <= 4 else None
    named = language.value("ROMANORD", text)
    named = language.value("ROMAN", text) if named is None and text.isupper() else named
    if isinstance(named, int):
        return named
    value = count(language, text)
    return int(value) if value is not None else None


def roman(text: str) -> int | None:
    """The value of a Roman number; None if `text` is not one.

    >>> roman("VIII"), roman("MCMXL"), roman("moon")
    (8, 1940, None)
    """
    worth = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
    values = [worth.get(letter, 0) for letter in text]
    if not values or 0 in values or len(values) > 15:
        return None
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < after else value for value, after in pairs)
