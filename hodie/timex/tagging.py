"""The stages put together: scan, grammar, readings, anchoring."""

from hodie.timex.cues import begins_line, in_heading, in_parentheses, joined, words_before
from hodie.timex.frames import Mention
from hodie.timex.grammar import Sequence, run
from hodie.timex.language import Language, load
from hodie.timex.model import Profile, Timex
from hodie.timex.narrative import resolve
from hodie.timex.readings import read
from hodie.timex.scan import chunks
from hodie.timex.whens import When


def tag(text, *, reference=None, profile="narrative", language="en"):
    lang = load(language)
    mentions = [m for offset, piece in chunks(text) for m in _mentions(lang, text, piece, offset, profile)]
    _join(text, mentions)
    return list(resolve(mentions, None))


def _mentions(language, text, piece, offset, profile):
    sequence = Sequence(language, language.tokens(piece, offset))
    run(sequence, profile, read)
    for index in sorted(sequence.frames):
        start, end = sequence.offsets(index, index + 1)
        yield Mention(start, end, text[start:end], sequence.frames[index], _cues(text, sequence, index, start, end))


def _cues(text, sequence, index, start, end):
    cues = set()
    if in_parentheses(sequence.code, index):
        cues.add("aside")
    if begins_line(text, start) and in_heading(text, start, end):
        cues.add("heading")
    before = words_before(sequence, index, 1)
    cues.update(word for word in before if word in ("after", "for"))
    return frozenset(cues)


def _join(text, mentions):
    for i in range(len(mentions) - 1):
        a, b = mentions[i], mentions[i + 1]
        if joined(text, a.end, b.start):
            mentions[i] = Mention(a.start, a.end, a.text, a.frame, a.cues | {"joined"})
        if a.frame.unit == "T" and a.frame.kind == "date" and _on_that_day(text, a, b):
            mentions[i] = Mention(a.start, a.end, a.text, a.frame, a.cues | {"ahead"})


def _on_that_day(text, clock, other):
    frame = other.frame
    between = text[clock.end : other.start]
    precise = frame.unit == "D" and not frame.time
    return precise and len(between) < 24 and between.strip(" ,").lower() in ("", "on", "of") or (
        len(between) < 24 and between.endswith(" on ") and "." not in between and precise)
