"""Numbers as they are spoken and written: "two and a half", "twenty-five", "1,500", "XVIII"."""

from hodie.timex.language import Language

_CLASSES = ("ONES", "TEENS", "TENS", "ORDINALWORD", "VAGUE", "ROMAN")
_LONGEST = 9


def count(language: Language, text: str) -> float | None:
    """The number that `text` names; None where it is vague or no number at all."""
    digits = text.replace(",", "")
    if digits[:1].isdecimal():
        return _digits(digits)
    whole = language.value("VAGUE", text)
    if whole is not None:
        return None if isinstance(whole, str) else float(whole)
    return _spelled(language, text.lower().replace("-", " ").split())


def _digits(text: str) -> float | None:
    head = text.split()[0]
    tail = 0.5 if "half" in text else 0.0
    head = "".join(c for c in head if c.isdecimal() or c == ".")
    return float(head) + tail if len(head) <= _LONGEST else None


def _spelled(language: Language, words: list[str]) -> float | None:
    total, found = 0.0, False
    for word in words:
        if word in ("a", "an", "and"):
            continue
        if word == "half":
            total, found = total + 0.5, True
            continue
        times = language.value("HUNDRED", word)
        if isinstance(times, int):
            total, found = (total or 1.0) * times, True
            continue
        value = _one_word(language, word)
        if value is None:
            return None
        total, found = total + value, True
    if found:
        return total
    return 1.0 if words and words[0] in ("a", "an") else None


def _one_word(language: Language, word: str) -> float | None:
    for name in _CLASSES:
        value = language.value(name, word)
        if isinstance(value, int):
            return float(value)
    return None


def ordinal(language: Language, text: str) -> int | None:
    """The number of "18th", "eighteenth", "twenty-first" or "XVIII"."""
    digits = "".join(c for c in text if c.isdecimal())
    if digits:
        return int(digits) if len(digits) <= 4 else None
    roman = language.value("ROMAN", text) if text.isupper() else None
    if isinstance(roman, int):
        return roman
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
