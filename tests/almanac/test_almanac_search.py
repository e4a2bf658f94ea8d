"""Search: what is found, in which order, and what can't go wrong."""

from __future__ import annotations

import pytest
from almanac_samples import august, born, event
from hypothesis import given
from hypothesis import strategies as st

from hodie.almanac import (
    SUBJECT,
    Almanac,
    AlmanacError,
    Entity,
    Entry,
    Kind,
    Label,
    Participant,
    build,
)
from hodie.almanac.folding import fold, words
from hodie.dates import HistoricalDate

PEOPLE = [
    ("Leon Trotsky", 0.75), ("Trotsky Square", 0.1), ("Natalia Sedova Trotskaya", 0.3),
    ("Lech Wałęsa", 0.6), ("François Mitterrand", 0.5), ("Ångström", 0.4), ("Émile Zola", 0.5),
    ("Søren Kierkegaard", 0.4), ("Đặng Tiểu Bình", 0.4), ("Лев Троцкий", 0.2), ("Ёлкин", 0.2),
    ("Αριστοτέλης", 0.2), ("東京タワー", 0.2), ("महात्मा गांधी", 0.2), ("محمد", 0.2),
    ("O'Brien", 0.3), ("Martin Luther King, Jr.", 0.9), ("Martin Luther", 0.8), ("Maria", 0.2),
    ("Saint-Exupéry", 0.4), ("Maria Martinez", 0.3), ("Richard III", 0.5), ("Strauß", 0.3),
]  # fmt: skip
TITLES = [
    ("Assassination of Leon Trotsky", None, 0.9),
    ("Battle of Britain", "The Luftwaffe attacks airfields.", 0.8),
    ("Siege of Brno", None, 0.2),
    (None, "A line without any title tells of Zürich.", 0.3),
]


@pytest.fixture(scope="session")
def library(tmp_path_factory):
    """An almanac of names in many scripts, and of a few titles."""
    entries = [
        born(f"b{i}", Entity(f"p{i}", name, "person", weight=weight), august(1900 + i), weight=0.5)
        for i, (name, weight) in enumerate(PEOPLE)
    ]
    entries += [
        event(f"e{i}", august(1900 + i), title, line=line, weight=weight)
        for i, (title, line, weight) in enumerate(TITLES)
    ]
    war = Entity("great-war", "Great War", "event", weight=0.7)
    entries += [
        event("hidden", august(1999), "A hidden secret", flags=("hidden",)),
        born("h", Entity("agent", "Secret Agent"), august(1999), flags=("hidden",)),
        event("war", august(1914), "Great War", participants=(Participant(war, "subject"),)),
        event("front", august(1915), "Front", participants=(Participant(war, "context"),)),
        Entry("feast", Kind.HOLIDAY, day=august(1).month_day, title="Feast of Saint Stephen"),
    ]
    path = tmp_path_factory.mktemp("library") / "almanac.db"
    build(path, entries)
    with Almanac.open(path) as almanac:
        yield almanac


def found(library, text, **options):
    """Return the labels of what is found, in order."""
    return [hit.label for hit in library.search(text, **options)]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("trotsky", "Leon Trotsky"),
        ("TROTSKY", "Leon Trotsky"),
        ("trotsky leon", "Leon Trotsky"),
        ("leon trot", "Leon Trotsky"),
        ("  leon,trotsky!  ", "Leon Trotsky"),
        ("walesa", "Lech Wałęsa"),
        ("wałęsa", "Lech Wałęsa"),
        ("WAŁĘ", "Lech Wałęsa"),
        ("francois", "François Mitterrand"),
        ("franc\u0327ois", "François Mitterrand"),
        ("angstrom", "Ångström"),
        ("soren", "Søren Kierkegaard"),
        ("emile zola", "Émile Zola"),
        ("dang tieu", "Đặng Tiểu Bình"),
        ("троцкий", "Лев Троцкий"),
        ("елкин", "Ёлкин"),
        ("αριστοτελησ", None),
        ("αριστοτελης", "Αριστοτέλης"),
        ("東京", "東京タワー"),
        ("京", "東京タワー"),
        ("タワー", "東京タワー"),
        ("गांधी", "महात्मा गांधी"),
        ("مُحَمَّد", "محمد"),
        ("o'brien", "O'Brien"),
        ("brien", "O'Brien"),
        ("saint exupery", "Saint-Exupéry"),
        ("strauss", "Strauß"),
        ("luftwaffe", "Battle of Britain"),
        ("airfields", "Battle of Britain"),
        ("zurich", "A line without any title tells of Zürich."),
        ("stephen", "Feast of Saint Stephen"),
    ],
)
def test_words_find(library, text, label):
    """Words find names, titles and lines, whatever their case, accents and script."""
    assert (found(library, text) or [None])[0] == label or label in found(library, text)


def test_all_words_must_be_there(library):
    """A word that is nowhere finds nothing, whatever stands beside it."""
    assert found(library, "leon zzzz") == []


def test_only_the_last_word_may_be_cut_short(library):
    """A beginning in front of another word is no match."""
    assert "Leon Trotsky" in found(library, "leon trots")
    assert found(library, "le trotsky") == []


def test_entities_and_entries_together(library):
    """A search gives both, each hit saying which."""
    hits = library.search("trotsky")

    assert {(hit.label, hit.entity is None) for hit in hits} >= {
        ("Leon Trotsky", False),
        ("Assassination of Leon Trotsky", True),
    }
    assert all((hit.entity is None) != (hit.entry is None) for hit in hits)


def test_weight_and_match_decide(library):
    """What is all of a name comes before heavier names that only have the words."""
    assert found(library, "martin luther")[:2] == ["Martin Luther", "Martin Luther King, Jr."]
    assert found(library, "maria")[:2] == ["Maria", "Maria Martinez"]


def test_scores_fall(library):
    """Hits come by their score."""
    scores = [hit.score for hit in library.search("tro")]

    assert scores == sorted(scores, reverse=True)
    assert len(scores) >= 3


def test_pages_of_a_search_join_up(library):
    """Page after page gives what one long page gives."""
    whole = found(library, "m", limit=100)
    pages = [label for start in range(20) for label in found(library, "m", limit=1, offset=start)]

    assert pages == whole
    assert len(whole) == len(set(whole)) > 3


def test_hidden_entries_are_not_found(library):
    """Neither a hidden entry is found, nor whom only hidden entries know."""
    assert found(library, "secret") == []


@pytest.mark.parametrize(
    ("text", "kind", "label"),
    [
        ("trotsky", Kind.BIRTH, "Leon Trotsky"),
        ("trotsky", Kind.EVENT, "Assassination of Leon Trotsky"),
        ("great war", Kind.EVENT, "Great War"),
        ("saint", Kind.HOLIDAY, "Feast of Saint Stephen"),
    ],
)
def test_a_search_of_one_kind(library, text, kind, label):
    """With a kind only its entries are found: by title and line, or by their subject."""
    hits = library.search(text, kind=kind)

    assert hits[0].label == label
    assert {hit.entry.kind for hit in hits} == {kind}


def test_an_entry_is_not_found_by_its_context(library):
    """An entry's own words count, and its subject's; not those of what it belongs to."""
    assert found(library, "great war", kind=Kind.EVENT) == ["Great War"]


@pytest.mark.parametrize(
    "text",
    ["", " ", '"', '""', "'", "*", "^", "-", "+", "(", ")", "{x}", "AND", "OR", "NOT", "NEAR(a b)",
     "a AND", "text:leon", 'leon"', '"leon', "leon*", "leon^2", "\0", "leon\0trotsky", "😀",
     "日本" * 5000, "a" * 10_000, "a " * 10_000, '"' * 10_000, "\ud800", "%", "_", "\\", "ﷺ", "़",
     "👩‍👩‍👧", ";DROP TABLE entry", "\u202e", "٣", "½", "Ⅷ", "\U00031350", "\U0001e030"],
)  # fmt: skip
def test_odd_input_is_no_error(library, text):
    """Operators, quotes, emoji and the very long find what they find, and never fail."""
    for kind in (None, Kind.EVENT):
        assert isinstance(library.search(text, kind=kind), list)


@given(st.text(max_size=40))
def test_any_text_is_no_error(library, text):
    """Whatever is typed finds something or nothing."""
    assert isinstance(library.search(text, limit=3), list)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30))
def test_whatever_has_a_word_is_found_by_itself(text):
    """Words of a text are words again when folded once more."""
    assert words(fold(text)) == words(text)


def test_any_name_is_found_by_its_own_words(make):
    """A name of any script is found by itself, in whatever Unicode has."""
    codes = [*range(0xA1, 0x250), *range(0x250, 0x3000, 11)]
    names = [f"x{chr(code)}y" for code in codes if chr(code).isprintable()]
    almanac = make(
        born(f"b{i}", Entity(f"p{i}", name), august(1900)) for i, name in enumerate(names)
    )

    lost = [
        name
        for name in names
        if name not in {hit.label for hit in almanac.search(name, limit=len(names))}
    ]
    assert lost == []


@pytest.fixture(scope="module")
def many_names(tmp_path_factory):
    """An almanac of people with other names, and of one whose name is such."""
    people = [
        Entity(
            "mark-twain",
            "Mark Twain",
            weight=0.5,
            aliases=("Samuel Langhorne Clemens", "Twain"),
            labels=(Label("ru", "Марк Твен"), Label("el", "Μαρκ Τουαίην")),
        ),
        Entity("clemens", "Samuel Clemens Ferry", weight=0.6),
    ]
    path = tmp_path_factory.mktemp("names") / "almanac.db"
    build(path, [born(f"b:{who.id}", who, august(1835)) for who in people])
    with Almanac.open(path) as almanac:
        yield almanac


@pytest.mark.parametrize(
    "text", ["samuel langhorne clemens", "langhorne", "twain", "марк тв", "τουαιην", "mark clemens"]
)
def test_other_names_find(many_names, text):
    """Aliases, and names in other languages, find an entity as its own name does."""
    assert many_names.search(text)[0].entity.name == "Mark Twain"


@pytest.mark.parametrize(
    ("text", "label"), [("twain", "Mark Twain"), ("samuel clemens", "Samuel Clemens Ferry")]
)
def test_a_whole_alias_counts_as_a_name(many_names, text, label):
    """Who is called exactly so comes first; who has the words somewhere comes by weight."""
    assert many_names.search(text)[0].label == label


@pytest.mark.parametrize("alias", ["", "two\nlines"])
def test_a_name_that_is_no_name(tmp_path, alias):
    """An empty alias, or one of two lines, is refused, and says of whom."""
    who = Entity("mark-twain", "Mark Twain", aliases=(alias,))

    with pytest.raises(AlmanacError, match=r"'mark-twain'.*no name can be empty or have a line"):
        build(tmp_path / "almanac.db", [born("b:1", who, august(1835))])


def test_an_entry_is_found_once(make):
    """An entry that matches by its title and by its subject's name is one hit, not two."""
    battle = Entity("battle", "Battle of Tours", weight=0.5)
    date = HistoricalDate(732, 10, 10, calendar="julian")
    parts = (Participant(battle, SUBJECT),)
    entry = Entry(
        "e:1", Kind.EVENT, date=date, day=date.month_day, title="The Battle of Tours, 732",
        weight=0.5, participants=parts,
    )  # fmt: skip

    assert [hit.entry for hit in make([entry]).search("tours", kind=Kind.EVENT)] == [entry]
