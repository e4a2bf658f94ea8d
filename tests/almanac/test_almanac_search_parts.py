"""Search in an almanac so large that not all is searched first: its top, and the rest."""

from __future__ import annotations

import random

import pytest
from almanac_samples import august, born, event

from hodie.almanac import Entity, Entry, Kind, finding, searching
from hodie.almanac.folding import words
from hodie.dates import MonthDay

TOP, POOL, CANDIDATES = 40, 9, 12
SIZE = 150

VOCABULARY = [
    "Ann", "Anna", "Annabel", "Lee", "Leeds", "Leo", "Mari", "Maria", "Martín", "Martinez", "O",
    "Oslo", "Łódź",
]  # fmt: skip
CROWD = [f"Maria {chr(65 + n % 26)}{chr(97 + n // 26)}" for n in range(2 * CANDIDATES)]


@pytest.fixture(scope="module")
def opened(make_for_all):
    """Return a function that builds an almanac with a small top, and opens it."""

    def made(names, titles=()):
        """Take pairs of text and weight."""
        people = [Entity(f"p{i}", name, weight=w) for i, (name, w) in enumerate(names)]
        entries = [born(f"b{i}", who, august(1900)) for i, who in enumerate(people)]
        entries += [
            event(f"e{i}", august(1900), title, weight=w)
            if i % 3
            else Entry(f"h{i}", Kind.HOLIDAY, day=MonthDay(8, 20), title=title, weight=w)
            for i, (title, w) in enumerate(titles)
        ]
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(finding, "TOP", TOP)
            return make_for_all(entries)

    return made


@pytest.fixture(scope="module")
def parted(opened):
    """Names and titles of few words, no two of the same weight, and an almanac of them."""
    choice = random.Random(1879)
    texts = [" ".join(choice.sample(VOCABULARY, choice.randint(1, 3))) for _ in range(2 * SIZE)]
    weights = [n / 10_000 for n in choice.sample(range(1, 10_000), 2 * SIZE)]
    pairs = list(zip(texts, weights, strict=True))
    names, titles = pairs[:SIZE], pairs[SIZE:]
    return names, titles, opened(names, titles)


def matches(pairs, *before, last):
    """Look at all names, or titles, as the documentation says; yield what is found."""
    pairs = sorted(pairs, key=lambda pair: -pair[1])
    some = [n for n in range(SIZE) if set(before) <= set(words(pairs[n][0]))]
    whole = [n for n in some if last in words(pairs[n][0])]
    begun = [n for n in some if any(word.startswith(last) for word in words(pairs[n][0]))]
    top = [n for n in begun if n < TOP]
    if (before and whole) or (len(top) >= POOL and (before or len(last) < 4)):
        begun = top
    pool = {*whole[:POOL], *begun[:POOL]}
    for n in {*whole, *begun}:
        text, weight = pairs[n]
        more = worth(words(text), [*before, last]) if n in pool else 0.0
        yield n not in pool, -weight - more, text


def worth(found, typed):
    """Return what a match of these words is worth beside its weight."""
    if found == typed:
        return 0.75
    size = len(typed) - 1
    begins = found[:size] == typed[:size] and found[size:] and found[size].startswith(typed[size])
    return 0.2 * (typed[-1] in found) + 0.25 * bool(begins)


@pytest.mark.parametrize(
    "text",
    ["a", "ann", "anna", "annab", "le", "lee", "m", "mari", "maria", "mart", "martinez", "o", "os",
     "lod", "x", "anna l", "anna lee", "maria a", "maria ann", "maria mar", "leo martin", "o o",
     "lodz mart", "lee anna m", "lee anna maria", "oslo x", "x oslo"],
)  # fmt: skip
def test_nothing_that_counts_is_left_out(parted, monkeypatch, text):
    """What a search finds, its order and its scores are what looking at all would give."""
    monkeypatch.setattr(searching, "POOL", POOL)
    names, titles, almanac = parted
    *before, last = text.split()
    expected = sorted([*matches(names, *before, last=last), *matches(titles, *before, last=last)])

    found = [(hit.label, hit.score) for hit in almanac.search(text, limit=2 * SIZE)]

    assert found == [(label, pytest.approx(-negative)) for _, negative, label in expected]


@pytest.mark.parametrize("kind", [None, Kind.EVENT, Kind.BIRTH, Kind.DEATH])
@pytest.mark.parametrize("text", ["a", "le", "m", "maria", "mart", "maria m", "anna le"])
def test_what_is_not_read_would_not_have_counted(parted, monkeypatch, text, kind):
    """A short answer, for which few texts are read, is the beginning of a long one."""
    monkeypatch.setattr(searching, "AT_ONCE", 2)
    *_, almanac = parted

    long = almanac.search(text, limit=searching.POOL, kind=kind)
    short = [almanac.search(text, limit=5, offset=n, kind=kind) for n in range(0, len(long), 5)]

    assert [hit for page in short for hit in page] == long
    assert bool(long) == (kind is not Kind.DEATH)


@pytest.mark.parametrize("kind", [Kind.EVENT, Kind.HOLIDAY])
@pytest.mark.parametrize("text", ["a", "m", "maria", "le"])
def test_all_of_a_kind(parted, monkeypatch, text, kind):
    """A search of one kind finds all that is of it among what any search finds."""
    monkeypatch.setattr(searching, "POOL", POOL)
    *_, almanac = parted
    hits = almanac.search(text, limit=2 * SIZE)
    expected = {hit.entry.id for hit in hits if hit.entry and hit.entry.kind is kind}

    found = {hit.entry.id for hit in almanac.search(text, limit=40, kind=kind)}

    assert found <= expected
    assert len(found) == min(40, len(expected))


@pytest.fixture
def search_behind(opened, monkeypatch):
    """Return a function that searches where many Marias come before those who are meant."""
    monkeypatch.setattr(searching, "POOL", POOL)
    monkeypatch.setattr(searching, "CANDIDATES", CANDIDATES)

    def found(text, heaviest, lightest):
        names = [(name, 0.9) for name in heaviest] + [(f"Otto {n}", 0.8) for n in range(TOP)]
        names += [*((name, 0.5) for name in CROWD), *((name, 0.1) for name in lightest)]
        return [hit.label for hit in opened(names).search(text)]

    return found


@pytest.mark.parametrize(
    "text", ["maria szymb", "maria szymborska", "szymborska mari", "szymborska m"]
)
def test_a_rare_word_is_found_behind_a_common_one(search_behind, text):
    """However many have the other word, and however light the one who is meant."""
    assert search_behind(text, [], ["Maria Szymborska"]) == ["Maria Szymborska"]


def test_what_begins_so_at_the_top_is_found_beside_the_whole(search_behind):
    """That somebody is called so hides no heavy one called alike, however many are between."""
    found = search_behind("maria szymb", [*CROWD, "Maria Szymborska"], ["Maria Szymb"])

    assert found == ["Maria Szymborska", "Maria Szymb"]


@pytest.mark.parametrize(
    ("heaviest", "lightest"),
    [
        ([], ["Maria Szymborska", "Maria Szymb"]),
        ([f"Szymborska {n}" for n in range(POOL)], ["Maria Szymborska", "Maria Szymb"]),
        (["Maria Szymb"], ["Maria Szymborska"]),
    ],
)
def test_what_begins_so_in_the_rest_makes_way_for_the_whole(search_behind, heaviest, lightest):
    """Where somebody is called so, nobody light is found who is called alike."""
    assert search_behind("maria szymb", heaviest, lightest) == ["Maria Szymb"]


@pytest.mark.parametrize(("text", "known"), [("maria szy", False), ("maria szymbo", True)])
def test_where_both_words_are_common(search_behind, text, known):
    """Only so many are looked through for a common word; for a long one all, if none had it."""
    common = [f"Szymborska {n}" for n in range(POOL)]

    assert search_behind(text, common, ["Maria Szymborska"]) == ["Maria Szymborska"] * known


def test_enough_at_the_top(search_behind):
    """Where the top has many, the rest is not looked through."""
    heaviest = [f"Maria A{n}" for n in range(POOL)]

    assert any(name.startswith("Maria A") for name in CROWD)
    assert sorted(search_behind("maria a", heaviest, [])) == heaviest
