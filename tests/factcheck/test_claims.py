"""Claims in prose, judged by a small almanac."""

from __future__ import annotations

import pytest

from hodie.factcheck import FactcheckError, check


def judged(text, almanac, kind=None, **more):
    """The statuses of the claims of a kind, in order."""
    verdicts = check(text, almanac, **more)
    return [each.status for each in verdicts if kind is None or each.claim.kind == kind]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Leon Trotsky was born on 7 November 1879.", "birth"),
        ("Leon Trotsky was born in 1879 in Yanovka.", "birth"),
        ("Born on 7 November 1879 in Yanovka, Leon Trotsky grew up on a farm.", "birth"),
        ("On 7 November 1879, Leon Trotsky was born.", "birth"),
        ("The birth of Leon Trotsky on 7 November 1879 was hardly noticed.", "birth"),
        ("Leon Trotsky died in August 1940.", "death"),
        ("Leon Trotsky died in the 1940s.", "death"),
        ("Leon Trotsky was a revolutionary. He died on 21 August 1940.", "death"),
        ("Leon Trotsky was a revolutionary. Trotsky died in 1940.", "death"),
        ("On 20 August 1940 an agent came. Leon Trotsky died the following day.", "death"),
        ("Leon Trotsky was born in 1879 and died in 1940.", "death"),
        ("Leon Trotsky, a writer, critic and general, died on 21 August 1940.", "death"),
        ("Leon Trotsky's death in August 1940 shocked them.", "death"),
        ("Ramon Mercader murdered Leon Trotsky on 20 August 1940.", "death"),
        ("Leon Trotsky was shot and killed on 21 August 1940.", "death"),
        ("Franklin Roosevelt died on 12 April 1945.", "death"),
        ("Henry VIII died on 28 January 1547.", "death"),
        ("Martin Luther King was killed on 4 April 1968.", "death"),
        ("John Smith died on 5 May 1960.", "death"),
        ("The Battle of Hastings was fought on 14 October 1066.", "event"),
        ("The Battle of Hastings (1066) decided it.", "event"),
        ("On 14 October 1066, the Battle of Hastings began.", "event"),
        ("Leon Trotsky died on 21 August 1940, aged 60.", "age"),
        ("Leon Trotsky died before Joseph Stalin.", "order"),
    ],
)  # fmt: skip
def test_what_is_right_is_confirmed(almanac, text, kind):
    """A right claim is confirmed, however it is worded."""
    assert "confirmed" in judged(text, almanac, kind)
    assert not {"contradicted", "partly"} & set(judged(text, almanac))


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Leon Trotsky was born on 7 November 1880.", "birth", "7 November 1879"),
        ("Leon Trotsky (1879–1941) was a revolutionary.", "death", "1940"),
        ("Leon Trotsky, Russian theorist (b. 1878), was there.", "birth", "1879"),
        ("On August 21, 1941, Leon Trotsky died in Mexico City.", "death", "August 21, 1940"),
        ("Leon Trotsky was a revolutionary. He died in 1942.", "death", "1940"),
        ("Leon Trotsky died on 7 November 1879.", "death", "21 August 1940"),
        ("Leon Trotsky died on 1940-08-22 at home, some say. Lenin died in 1925.", "death", "1924"),
        ("Leon Trotsky died on 21 August 1940, aged 62.", "age", "60"),
        ("The Halifax Explosion occurred on 6 December 1918.", "event", "6 December 1917"),
        ("Joseph Stalin died before Leon Trotsky.", "order", None),
        ("It was the 70th anniversary of the death of Leon Trotsky.", "count", "80th"),
        ("Leon Trotsky died 70 years ago.", "death", None),
    ],
)
def test_what_is_wrong_is_contradicted(almanac, text, kind, words):
    """A wrong claim is contradicted, with the right words in the manner of the wrong ones."""
    verdicts = check(text, almanac, reference="2020-08-21")
    found = [v for v in verdicts if v.claim.kind == kind and v.status == "contradicted"]

    assert len(found) == 1
    assert found[0].entries
    if words is not None:
        assert found[0].suggestion.words == words


@pytest.mark.parametrize(
    "text",
    [
        "Leon Trotsky died on 22 August 1940.",
        "Leon Trotsky was born on 7 December 1879.",
        "The Tunguska event took place on 30 July 1908.",
        "On 21 August 1940 it rained. Leon Trotsky died the following day.",
    ],
)
def test_a_right_year_with_a_wrong_day_is_partly_right(almanac, text):
    """Year right, day wrong."""
    assert "partly" in judged(text, almanac)


@pytest.mark.parametrize(
    "text",
    [
        "John Smith died on 1 March 1975.",
        "Wang Mang died in 25.",
        "The wife of Leon Trotsky died in 1962.",
        "Leon Trotsky's wife died in 1962.",
        "Jane Doe, friend of Leon Trotsky, died in 1950.",
        "Leon Trotsky never died in 1939.",
        "Leon Trotsky nearly died in 1918.",
        "Leon Trotsky may have died in 1939.",
        "Allegedly Leon Trotsky died in 1939.",
        "According to Pravda, Leon Trotsky died in 1939.",
        "Leon Trotsky had died by 1941.",
        "Leon Trotsky met Joseph Stalin. He died in 1960.",
        "Veterans of the Battle of Hastings met in 1090.",
        "On 10 January 1920, the Treaty of Versailles took effect.",
        "On 14 October 1966, the Battle of Hastings was remembered.",
        "The Senate rejected the Treaty of Versailles on 19 November 1919.",
        "Ramon Mercader stabbed Leon Trotsky on 20 August 1940.",
        "Ramon Mercader murdered Leon Trotsky on 19 August 1940.",
        "Henry VIII (1509–1547) was a king.",
        "John Smith, 3rd Earl of Kent, died in 1524.",
        "Paul Smith was a baker. Smith died in 1524.",
        "Leon Trotsky's guard was killed on 24 May 1941.",
        "Two years after Leon Trotsky died, in 1942, it was over.",
    ],
)
def test_no_wolf_is_cried(almanac, text):
    """Where the person, the claim or the date is not certain, nothing is contradicted."""
    assert not {"contradicted", "partly"} & set(judged(text, almanac))


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Leon Trotsky was born on 26 October 1879.", "confirmed"),
        ("Leon Trotsky was born on 26 October 1879 (Old Style).", "confirmed"),
        ("George Washington was born on 11 February 1731.", "confirmed"),
        ("George Washington was born on 11 February 1732.", "confirmed"),
        ("Isaac Newton was born on 4 January 1643.", "confirmed"),
        ("Leon Trotsky was born on 27 October 1879.", "partly"),
    ],
)
def test_calendars_are_explained(almanac, text, status):
    """A date in the other calendar is no error, and the verdict says so."""
    [verdict] = check(text, almanac)

    assert verdict.status == status
    assert (status == "confirmed") == ("other calendar" in verdict.says)


def test_a_contradiction_has_its_evidence(almanac):
    """The verdict names the entry, and the entry its reference."""
    [verdict] = check("Leon Trotsky died in 1941.", almanac)

    assert verdict.claim.about.id == "leon-trotsky"
    assert verdict.known.edtf == "1940-08-21"
    assert verdict.entries[0].references[0].source == "Tests"
    assert verdict.claim.text == "Leon Trotsky died in 1941"


def test_other_days_are_witnessed(almanac):
    """What else is told of a day is confirmed where the almanac has it."""
    text = "Ramon Mercader called on Leon Trotsky on 20 August 1940."

    assert judged(text, almanac) == ["confirmed"]


def test_a_language_must_be_known(almanac):
    """A language without words is refused by name."""
    with pytest.raises(FactcheckError, match="'xx'"):
        check("", almanac, language="xx")


def test_a_reference_must_be_a_date(almanac):
    """A dateline that is no date is refused with the way out."""
    with pytest.raises(FactcheckError, match="1940-08-20"):
        check("", almanac, reference="yesterday")
