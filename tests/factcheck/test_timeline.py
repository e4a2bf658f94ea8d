"""What a story says happened when."""

from __future__ import annotations

from pathlib import Path

import pytest

from hodie.factcheck import timeline

SEED = Path(__file__).parents[3] / "shared" / "seeds" / "trotsky-assassinated.txt"


@pytest.fixture(scope="module")
def model(almanac):
    """The timeline of the model page."""
    if not SEED.exists():
        pytest.skip("../shared/seeds is absent")
    return timeline(SEED.read_text(encoding="utf-8"), almanac)


@pytest.mark.parametrize(
    ("date", "words", "certainty", "derived"),
    [
        ("1922", "Lenin fell ill", "asserted", False),
        ("1924", "died in 1924", "asserted", False),
        ("1927", "expelled from the war commissariat", "asserted", False),
        ("1928", "exiled Trotsky to Alma-Ata", "asserted", False),
        ("1929", "exiled from the USSR", "asserted", True),
        ("1940-08-20", "murdered Leon Trotsky", "asserted", False),
        ("1940-08-20", "likely working on behalf of Stalin", "hedged", False),
        ("1940-08-21", "died the following day", "asserted", False),
        (None, "denied any involvement", "denied", False),
    ],
)
def test_the_model_page(model, date, words, certainty, derived):
    """The model page tells nine things, each with its date and how sure it is."""
    [moment] = [m for m in model if words in m.text and m.certainty == certainty]

    assert (moment.date and moment.date.edtf) == date
    assert moment.derived == derived


def test_the_model_page_in_order(model):
    """Moments come in the order of time, those without a date last."""
    dates = [m.date.edtf if m.date else "9" for m in model]

    assert dates == sorted(dates)
    assert len(model) == 9


def test_the_model_page_names(model):
    """A clause brings its people, and one that shares a subject brings that."""
    by_words = {m.text: m for m in model}
    death = next(m for text, m in by_words.items() if "died in 1924" in text)
    attack = next(m for text, m in by_words.items() if "murdered" in text)
    denial = next(m for m in model if m.certainty == "denied")

    assert (death.subject, [e.id for e in death.entities]) == ("Lenin", ["vladimir-lenin"])
    assert {"ramon-mercader", "leon-trotsky"} <= {e.id for e in attack.entities}
    assert denial.by == "the Soviets"


@pytest.mark.parametrize(
    ("text", "certainty", "word", "by"),
    [
        ("In 1940 he probably left.", "hedged", "probably", ""),
        ("He may have left in 1940.", "hedged", "may have", ""),
        ("According to Pravda, he left in 1940.", "attributed", "according to", "Pravda"),
        ("Pravda claimed that he left in 1940.", "attributed", "claimed", "Pravda"),
        ("Moscow denied in 1940 that he had left.", "denied", "denied", "Moscow"),
        ("He did not leave in 1940.", "denied", "did not", "He"),
        ("Historians disagree whether he left in 1940.", "disputed", "Historians disagree", ""),
        ("He left in 1940.", "asserted", "", ""),
    ],
)
def test_how_sure_the_prose_is(text, certainty, word, by):
    """The word that makes a clause less than certain is named, and whose word it is."""
    [moment] = timeline(text)

    assert (moment.certainty, moment.word, moment.by) == (certainty, word, by)


def test_ranges_are_one_moment():
    """A range is an interval, told once."""
    [moment] = timeline("The war lasted from 1914 to 1918.")

    assert (moment.date.edtf, moment.precision) == ("1914/1918", "interval")


def test_moments_lie_in_the_text():
    """Offsets are those of the text as given."""
    text = "At first nothing.\r\n\r\nThen, in 1940, it fell; in 1941 it rose."
    moments = timeline(text)

    assert [text[m.start : m.end] for m in moments] == [
        "Then, in 1940, it fell",
        "in 1941 it rose",
    ]
    assert all(m.sentence[0] <= m.start < m.end <= m.sentence[1] for m in moments)
