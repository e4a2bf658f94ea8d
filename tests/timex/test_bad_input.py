"""Any text at all: offsets hold, nothing is raised, and the work grows with the length alone."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hodie.timex import TimexError, tag

PIECES = """
the day after before 1940 May 5 th of in two years later next that same week night BC 10/21 until
and - 's " ( ) , . the end of early mid- 9:30 a.m. every الحرب 一九四〇 summer first century XVIII
1914-18 '99 last former now ago Monday c. 20s é 60-year-old
"""
WORDS = st.sampled_from([*PIECES.split(), "\n", "\r\n", "\ud800", "\x00", "e\u0301", " "])
TIMEY = st.lists(WORDS, max_size=40).map(" ".join) | st.lists(WORDS, max_size=20).map("".join)
ANYTHING = st.text(alphabet=st.characters(), max_size=200) | TIMEY


@settings(max_examples=300)
@given(ANYTHING, st.sampled_from(["narrative", "news"]), st.sampled_from([None, "1940-08-20"]))
def test_offsets_are_those_of_the_text_as_given(text, profile, reference):
    """Every expression stands where it says, in order, and none overlaps another."""
    last = 0
    for timex in tag(text, profile=profile, reference=reference):
        assert text[timex.start : timex.end] == timex.text
        assert last <= timex.start < timex.end
        last = timex.end
        assert timex.date is None or timex.date.edtf


@settings(max_examples=100)
@given(TIMEY, st.sampled_from(["\n", "\r\n"]))
def test_line_ends_change_no_value(text, end):
    """A text with other line ends says the same."""
    plain = [
        (t.value, t.type)
        for t in tag(text.replace("\n", " ").replace("\r", " ") + "\n\nIn 1922 he fell.")
    ]
    other = [
        (t.value, t.type)
        for t in tag(text.replace("\n", " ").replace("\r", " ") + end + end + "In 1922 he fell.")
    ]

    assert plain == other


def test_scripts_that_run_to_the_left_keep_their_offsets():
    """Offsets are those of the characters in memory, whatever their direction."""
    text = "נולד ב־1922 ומת (May 5, 1940) في عام 1948"

    assert [text[t.start : t.end] for t in tag(text)] == ["1922", "May 5, 1940", "1948"]


HUGE = {
    "digits": "1",
    "grouped digits": "1,000,",
    "day after": "the day after ",
    "two days after": "two days after the ",
    "nested ends": "the end of ",
    "parentheses": "(",
    "quotes": '"',
    "years": "1940 ",
    "months": "May ",
    "complements": "a year of war of ",
    "adjectives": "the first year of big big big big of big ",
    "numbers": "two-",
    "clauses": "a week after a b c d e f g h i j k l m n o p ",
    "blanks": " ",
    "lines": "\n",
    "surrogates": "\ud800",
    "nulls": "\x00",
}


@pytest.mark.parametrize("piece", HUGE.values(), ids=HUGE.keys())
def test_work_grows_no_faster_than_the_text(piece):
    """Eight times the text takes some eight times as long; quadratic work would take sixty-four."""
    assert _seconds(piece, 160_000) < 30 * max(_seconds(piece, 20_000), 0.002)


def _seconds(piece: str, length: int) -> float:
    text = piece * (length // len(piece))
    start = time.process_time()
    tag(text)
    return time.process_time() - start


def test_a_long_text_is_cut_between_expressions():
    """Where a text is too long for one piece, no expression is lost or broken at the cut."""
    text = "He came on 5 May 1940. " * 30_000

    found = tag(text)

    assert len(found) == 30_000
    assert {t.text for t in found} == {"5 May 1940"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"profile": "poetry"}, "no profile 'poetry'; there are narrative and news"),
        (
            {"reference": "yesterday"},
            "the reference 'yesterday' is no date; write it as 1940-08-20",
        ),
        (
            {"reference": 1940},
            "the reference 1940 is no date; pass one, or text such as 1940-08-20",
        ),
        ({"language": "xx"}, "no language 'xx'; there is no folder hodie/timex/languages/xx"),
    ],
)
def test_a_wrong_request_says_the_way_out(arguments, message):
    """Only what the caller asks for can be wrong, never the text."""
    with pytest.raises(ValueError) as caught:
        tag("1940", **arguments)

    assert str(caught.value) == message
    assert TimexError.__mro__[1].__name__ == "HodieError"
