"""No text makes the check fall over, and offsets are always those of the text as given."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hodie.factcheck import check, timeline

WORDS = (
    "Leon Trotsky|he|was born|died|on 30 February 1940|in 1940|(|)|,|and|aged 60|\r\n|\n\n|\ud800"
    "|\u200fשלום|東京|. |80 years ago|the|Battle of Hastings|'s|—|killed|of|\0|Friday|1940-08-20"
    "|anniversary of"
)
PIECES = st.lists(st.sampled_from(WORDS.split("|")), max_size=40)


@settings(max_examples=60)
@given(PIECES.map(" ".join) | st.text(max_size=200))
def test_any_text_is_checked(almanac, text):
    """Text of any kind gives verdicts and moments whose words stand where they say."""
    for verdict in check(text, almanac, reference="2020-08-20", today="2026-01-01"):
        assert text[verdict.claim.start : verdict.claim.end] == verdict.claim.text
    for moment in timeline(text, almanac):
        assert 0 <= moment.start < moment.end <= len(text)


@pytest.mark.parametrize(
    "piece",
    ["a", "1 ", "A ", "(", ",", "Leon Trotsky died ", "and he ", "Aa Bb ", "\n", ".", "born (b. ",
     "*_", "<a", "\ud800", "in 1940 "],
)  # fmt: skip
def test_long_monotonous_text_takes_no_time(almanac, piece):
    """A long line of anything is read in a time that grows with its length alone."""
    text = piece * (200_000 // len(piece))
    begin = time.perf_counter()
    check(text, almanac)
    timeline(text)

    assert time.perf_counter() - begin < 30
