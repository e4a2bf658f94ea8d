"""Numbers of years as prose writes them: 60, "sixty-two", "a hundred"."""

import re

_UNDER_TWENTY = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
    " fifteen sixteen seventeen eighteen nineteen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
NUMBERS = {
    **{word: number for number, word in enumerate(_UNDER_TWENTY.split())},
    **{word: number * 10 for number, word in enumerate(_TENS.split(), 2)},
    "hundred": 100,
}
"""The words that numbers are made of."""

_WORDS = "|".join(NUMBERS)
NUMBER = re.compile(rf"\b(?:\d{{1,3}}|(?:{_WORDS})(?:[\s-](?:{_WORDS}))?)\b", re.IGNORECASE)
"""A number of one or two words, or of up to three figures."""


def number_in(words: str) -> int | None:
    """The number in a few words; None where there is none that is plain.

    >>> [number_in(words) for words in ("60 years", "sixty-two", "two hundred", "a while")]
    [60, 62, 200, None]
    """
    if match := re.search(r"\d+", words):
        return int(match[0])
    found = [NUMBERS[word] for word in re.findall(r"[a-z]+", words.lower()) if word in NUMBERS]
    if not found:
        return None
    if found[-1] == 100 and len(found) < 3:
        return 100 * (found[0] if len(found) == 2 else 1)
    return sum(found) if 100 not in found else None
