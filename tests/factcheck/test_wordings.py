"""One claim in many wordings: seen where it is right, its error found where it is not."""

from __future__ import annotations

import pytest

from hodie.factcheck import check

# What stands between braces is the claim as it should be, and as it is not.
WORDINGS = [
    ("Leon Trotsky (1879-{1940|1941}) was a revolutionary.", "death"),
    (
        "Leon Trotsky (Yanovka, 7 November 1879 – Mexico City, 21 August {1940|1941}) wrote.",
        "death",
    ),
    ("Leon Trotsky (né Bronstein; {1879|1878} – 1940) wrote.", "birth"),
    ("Leon Trotsky (b. {1879|1878}, d. 1940) wrote.", "birth"),
    ("Leon Trotsky, born on 7 November {1879|1880}, wrote.", "birth"),
    ("Leon Trotsky, who was born on 7 November {1879|1880}, wrote.", "birth"),
    ("Leon Trotsky, who died in {1940|1941}, wrote.", "death"),
    ("It was on 21 August {1940|1941} that Leon Trotsky died.", "death"),
    ("{1940|1941} – Leon Trotsky dies in exile.", "death"),
    ("August 21, {1940|1941}: Leon Trotsky dies in exile.", "death"),
    ("When Leon Trotsky died in {1940|1942}, few came.", "death"),
    ("Leon Trotsky was murdered by Ramon Mercader on 20 August {1940|1941}.", "death"),
    ("Leon Trotsky was assassinated in Mexico City in August {1940|1941}.", "death"),
    ("The assassination of Leon Trotsky in {1940|1941} shocked the left.", "death"),
    ("Leon Trotsky's death came on 21 August {1940|1941}.", "death"),
    ("Leon Trotsky's birthday is 7 November {1879|1880}.", "birth"),
    ("John F. Kennedy was shot in Dallas on 22 November {1963|1964}.", "death"),
    ("JFK was killed on 22 November {1963|1964}.", "death"),
    ("J. F. Kennedy was killed on 22 November {1963|1964}.", "death"),
    ("President Kennedy was killed on 22 November {1963|1964}.", "death"),
    ("Henri Cartier-Bresson took pictures. Cartier-Bresson died in {2004|2006}.", "death"),
    ("Leon Trotsky died at the age of {sixty|sixty-two}.", "age"),
    ("Leon Trotsky was {60|62} when he died.", "age"),
    ("Leon Trotsky died at {60|62} in Mexico City.", "age"),
    ("Leon Trotsky died in 1940. He was {60|62}.", "age"),
    ("Leon Trotsky was {60|62} years old when he was murdered.", "age"),
    ("{Joseph Stalin|Vladimir Lenin} outlived Leon Trotsky.", "order"),
    ("Leon Trotsky was {younger|older} than Vladimir Lenin.", "order"),
    ("The Tunguska event came {after|before} the Battle of Hastings.", "order"),
    ("The Battle of Hastings {preceded|followed} the Tunguska event.", "order"),
    ("Leon Trotsky died {after|before} the Halifax Explosion.", "order"),
    ("The Halifax Explosion happened in {Halifax|Paris}.", "place"),
    ("The 50th anniversary of the death of Leon Trotsky was kept in {1990|1995}.", "count"),
    ("Leon Trotsky lived abroad. His death in {1940|1942} shocked them.", "death"),
    ("Robert Lamm was born on {Friday|Wednesday}, 20 August 1847.", "weekday"),
]


@pytest.mark.parametrize(("text", "kind"), WORDINGS)
def test_a_claim_is_seen_in_any_wording(almanac, text, kind):
    """Where it is right, it is confirmed, and nothing else in the sentence is flagged."""
    verdicts = check(chosen(text, 0), almanac)

    assert any(v.status == "confirmed" and v.claim.kind == kind for v in verdicts)
    assert not any(v.is_finding for v in verdicts)


@pytest.mark.parametrize(("text", "kind"), WORDINGS)
def test_an_error_is_found_in_any_wording(almanac, text, kind):
    """Where it is wrong, it is contradicted."""
    verdicts = check(chosen(text, 1), almanac)

    assert [v.claim.kind for v in verdicts if v.status == "contradicted"] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "Bob Trotsky died in 1941.",
        "Nina Trotsky died in 1942. Trotsky was 40.",
        "D. D. Kennedy died in 1941.",
        "Franklin D. Roosevelt was shot at in Miami on 15 February 1933.",
        "Joseph Stalin was wounded and poisoned in 1951.",
        "Joseph Stalin (active 1901–1953) robbed banks.",
        "Joseph Stalin (president 1922–1953) robbed banks.",
        "Henry VIII, king of Nowhere (d. 1560), was born in 1500.",
        "Leon Trotsky, fils, died in 1938.",
        "Leon Trotsky was 40. Vladimir Lenin died in 1924.",
        "Leon Trotsky was 28 when his father died in 1907.",
        "The Battle of Hastings took place near Paris.",
        "In 1962, long before the death of Leon Trotsky was explained, John F. Kennedy was 45.",
        "Leon Trotsky died at 5.25 in the evening.",
    ],
)
def test_like_words_are_no_claims(almanac, text):
    """Somebody else's name, an office, a wound, a time of the day: nothing is flagged."""
    assert not [v for v in check(text, almanac) if v.is_finding]


def test_another_right_date_tells_who_is_meant(almanac):
    """A surname alone is somebody for certain once one of the two dates is right."""
    [birth, death] = check("Roosevelt (1882–1946) was president.", almanac)

    assert (birth.status, death.status) == ("confirmed", "contradicted")
    assert death.suggestion.words == "1945"


def chosen(text: str, which: int) -> str:
    """The text with the right words, or with the wrong ones."""
    before, _, rest = text.partition("{")
    inside, _, after = rest.partition("}")
    return before + inside.split("|")[which] + after
