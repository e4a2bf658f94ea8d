"""Slugs: permanent addresses from names."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hodie.sources.slugs import MAX_LENGTH, slug, unique_slugs


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Leon Trotsky", "leon-trotsky"),
        ("Ramón Mercader", "ramon-mercader"),
        ("Bolesław III Wrymouth", "boleslaw-iii-wrymouth"),
        ("Þórr & Æsir", "thorr-and-aesir"),
        ("Bishops' Wars", "bishops-wars"),
        ("Treaty of Paris (1783)", "treaty-of-paris-1783"),
        ("İstanbul", "istanbul"),
        ("  --  ", ""),
        ("東京", ""),
    ],
)
def test_names_fold_to_plain_letters(name, address):
    """Accents go, letters without a plain form are spelled out, the rest is hyphens."""
    assert slug(name) == address


@given(st.text())
def test_a_slug_is_always_an_address(name):
    """Whatever the name, the slug is empty or plain, short, and a slug of itself."""
    address = slug(name)

    assert re.fullmatch(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*)?", address)
    assert len(address) <= MAX_LENGTH
    assert slug(address) == address


def test_long_names_end_at_a_word():
    """A long title is cut between words."""
    assert slug("convention " * 20) == "-".join(["convention"] * 5)


def test_one_long_word_is_cut():
    """Where there is no word to end at, the slug is cut all the same."""
    assert slug("a" * 100) == "a" * MAX_LENGTH


@given(st.lists(st.text(max_size=5)))
def test_unique_slugs_are_unique(names):
    """No two names share an address."""
    slugs = unique_slugs(names)

    assert set(slugs) == set(names)
    assert len(set(slugs.values())) == len(slugs)


def test_the_first_name_has_the_plain_slug():
    """An address stays with the better known, whoever comes later."""
    assert unique_slugs(["Lodz", "Łódź", "lodz-2"]) == {
        "Lodz": "lodz",
        "Łódź": "lodz-2",
        "lodz-2": "lodz-2-2",
    }
