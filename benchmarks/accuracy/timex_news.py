"""How well time expressions of news are found and resolved, on short texts written for it.

    python benchmarks/accuracy/timex_news.py [--errors]

The texts are in tests/timex/news: each begins with its day of writing, and {words|value} marks what
TimeML would. There is no corpus of news here: the texts are our own, so the figures say that a rule
still works, and little of what it does elsewhere. The errors in `seen.txt` were looked at while
the rules grew; those in `unseen.txt`, which was written with it, were not. The first figures were:

    seen.txt     strict 89.1, relaxed 95.8, value 79.8
    unseen.txt   strict 91.3, relaxed 96.2, value 89.4
"""

import argparse
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from hodie.timex import tag

TEXTS = Path(__file__).parents[2] / "tests" / "timex" / "news"
_HEAD = re.compile(r"^== (\d{4}-\d\d-\d\d) (.+)$", re.MULTILINE)
_MARK = re.compile(r"\{([^|{}]+)\|([^|{}]*)\}")
_LONG = {"DE": 10, "CE": 100}

Span = tuple[int, int, str]


class Story(NamedTuple):
    """A text, its day of writing, and where its time expressions stand, with their values."""

    name: str
    written: str
    text: str
    right: list[Span]


def stories(path: Path) -> Iterator[Story]:
    """The texts of a file."""
    pieces = _HEAD.split(path.read_text(encoding="utf-8"))
    for written, name, marked in zip(pieces[1::3], pieces[2::3], pieces[3::3], strict=True):
        text, right, at = "", [], 0
        for match in _MARK.finditer(marked):
            text += marked[at : match.start()]
            right.append((len(text), len(text) + len(match[1]), match[2]))
            text += match[1]
            at = match.end()
        yield Story(name, written, text + marked[at:], right)


def found_in(story: Story) -> list[Span]:
    """What the tagger finds."""
    timexes = tag(story.text, reference=story.written, profile="news")
    return [(timex.start, timex.end, timex.value) for timex in timexes]


def figures(path: Path) -> dict[str, float]:
    """F1 of spans, of overlapping spans, and of the latter with their values, in per cent."""
    hits, right, found = [0, 0, 0], 0, 0
    for story in stories(path):
        came = found_in(story)
        right, found = right + len(story.right), found + len(came)
        for one, other in pairs(story.right, came):
            hits[0] += one[:2] == other[:2]
            hits[1] += 1
            hits[2] += plain(one[2]) == plain(other[2])
    names = ("strict", "relaxed", "relaxed_value")
    return {name: 200 * hit / (right + found) for name, hit in zip(names, hits, strict=True)}


def pairs(right: list[Span], came: list[Span]) -> Iterator[tuple[Span, Span]]:
    """The expressions that overlap, each once."""
    left = list(came)
    for one in right:
        other = next((o for o in left if o[0] < one[1] and one[0] < o[1]), None)
        if other is not None:
            left.remove(other)
            yield one, other


def plain(value: str) -> str:
    """A value as the scorer of TempEval compares it: decades as years, daily as a day.

    >>> plain("P1DE"), plain("PT0.5H"), plain("XXXX-XX-XX")
    ('P10Y', 'PT30M', 'P1D')
    """
    match = re.fullmatch(r"P([\d.]+)(DE|CE)", value)
    if match:
        return f"P{float(match[1]) * _LONG[match[2]]:.6g}Y"
    match = re.fullmatch(r"PT(\d*\.\d+)H", value)
    if match:
        return f"PT{float(match[1]) * 60:.6g}M"
    sets = {"XXXX-XX-XX": "P1D", "XXXX-WXX": "P1W", "XXXX-XX": "P1M", "XXXX": "P1Y"}
    return sets.get(value, value)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--errors", action="store_true", help="print each error")
    options = parser.parse_args()
    for path in sorted(TEXTS.glob("*.txt")):
        count = sum(len(story.right) for story in stories(path))
        measured = ", ".join(f"{name} {figure:.1f}" for name, figure in figures(path).items())
        print(f"{path.name}: {count} expressions: {measured}")
        if options.errors:
            print_errors(path)


def print_errors(path: Path) -> None:
    """Each expression that is missed, too many, cut wrongly or resolved wrongly."""
    for story in stories(path):
        came = found_in(story)
        met = list(pairs(story.right, came))
        for one in story.right:
            if one not in [right for right, _ in met]:
                print(f"    {story.name}: missed {shown(story, one)}")
        for other in came:
            if other not in [found for _, found in met]:
                print(f"    {story.name}: too many {shown(story, other)}")
        for one, other in met:
            if one[:2] != other[:2] or plain(one[2]) != plain(other[2]):
                print(f"    {story.name}: {shown(story, one)} came {shown(story, other)}")


def shown(story: Story, span: Span) -> str:
    return f"{story.text[span[0] : span[1]]!r} {span[2]}"


if __name__ == "__main__":
    main()
