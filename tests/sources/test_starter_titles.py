"""How the build tool words and judges titles."""

import pytest
from starter_build.facts import Fact
from starter_build.people import People
from starter_build.templates import as_written, show_made
from starter_build.titles import Titles, phased, quake_title, text_title


def fact(date="1900-01-01", **fields):
    """Make a fact with what matters to a test."""
    usual = {
        "id": f"e:{date}:x",
        "calendar": "gregorian",
        "kind": "event",
        "sources": ("wp2019",),
        "weight": 0.5,
        "display": True,
        "agreement": 3,
    }
    return Fact(date=date, **(usual | fields))


def life(name, born, died):
    """Make the two facts of a life."""
    return (
        fact(f"{born:04}-03-03", kind="birth", wikipedia=name, other_year=died),
        fact(f"{died:04}-05-05", kind="death", wikipedia=name, other_year=born),
    )


def titled(one, *others):
    """Title one event among others."""
    facts = [one, *others]
    return Titles(facts, People(facts)).of(one)


@pytest.mark.parametrize(
    ("title", "phase", "worded"),
    [
        ("Battle of Kursk", "start", "Battle of Kursk begins"),
        ("Siege of Paris", "end", "Siege of Paris ends"),
        ("1936 Summer Olympics", "start", "1936 Summer Olympics begin"),
        ("Wars of the Roses", "end", "Wars of the Roses end"),
        ("Treaty of Westminster", "end", "Treaty of Westminster"),
        ("Cuban missile crisis begins", "start", "Cuban missile crisis begins"),
        ("Battle of Hastings", None, "Battle of Hastings"),
    ],
)
def test_what_lasts_begins_and_ends(title, phase, worded):
    """The phase of a battle reaches its title; a treaty has none."""
    assert phased(title, phase) == worded


@pytest.mark.parametrize(
    ("title", "cleaned"),
    [
        ("Earthquake in S, Japan", "Earthquake in Japan"),
        ("Earthquake in Ragusa, Balkans Nw", "Earthquake in Ragusa, Balkans"),
        ("Earthquake in Flores Region, Indonesia", "Earthquake in Flores, Indonesia"),
        ("Earthquake in Dvina, Turkey; Armenia", "Earthquake in Dvina, Turkey, Armenia"),
    ],
)
def test_earthquakes_lose_their_compass(title, cleaned):
    """Directions without a place and doubled names go."""
    assert quake_title(title) == cleaned


@pytest.mark.parametrize(
    ("title", "fields", "taken"),
    [
        ("Assassination of the Swedish", {"people": ("Engelbrekt Engelbrektsson",)}, None),
        ("Assassination of Alboin", {"people": ("Alboin",)}, "Assassination of Alboin"),
        ("Gunmen attack", {}, None),
        ("Race riots", {}, None),
        ("Jaffa riots", {}, "Jaffa riots"),
        ("Operation Looking", {"context": ("Operation Looking Glass",)}, "Operation Looking Glass"),
        ("Operation Restore", {}, None),
        ("Mw Great Hanshin earthquake", {}, None),
        ("Ms Karlıova earthquake", {}, "Karlıova earthquake"),
        ("The Black Dahlia murder", {}, None),
        ("American Airlines Flight 514", {}, "American Airlines Flight 514"),
        ("United States v. Microsoft Corp", {}, "United States v. Microsoft Corp."),
        ("Capture of the Caen", {"places": ("Caen",)}, None),
        ("The Flour Massacre took place in the Gaza Strip", {}, None),
        ("2021 Myanmar coup d'état", {}, "2021 Myanmar coup d'état"),
    ],
)
def test_titles_found_in_text_must_be_whole(title, fields, taken):
    """A fragment of a sentence is no title; one that was cut is completed from its link."""
    assert text_title(fact(**fields), title) == taken


def test_an_article_on_days_far_apart_is_the_first():
    """The Warsaw Pact was signed once; what the article is named for later is another matter."""
    signed = fact("1955-05-14", title="Warsaw Pact", wikipedia="Warsaw Pact")
    later = fact("1991-07-01", title="Warsaw Pact", wikipedia="Warsaw Pact")

    assert titled(signed, later).shown
    assert titled(later, signed).title is None


def test_an_umbrella_is_no_event_of_the_day():
    """What others happened in before has begun before."""
    within = [
        fact(f"17{year}-07-04", id=f"e:{year}", context=("American Revolution",))
        for year in (70, 72, 80)
    ]
    pamphlet = fact("1776-01-10", title="American Revolution", wikipedia="American Revolution")

    assert titled(pamphlet, *within).title is None


def test_a_bare_spacecraft_is_launched_or_on_its_mission():
    """The catalogue knows launches; else only that it was its mission is known."""
    launch = fact(
        title="Luna 9", wikipedia="Luna 9", event_kind="launch", sources=("gcat", "wp2019")
    )
    landing = fact(title="Luna 9", wikipedia="Luna 9", event_kind="launch")
    rocket = fact(title="Delta II", wikipedia="Delta II", event_kind="launch")

    assert titled(launch).title == "Launch of Luna 9"
    assert titled(landing).title == "Luna 9 mission"
    assert titled(rocket).title is None


def test_lost_forerunners_are_not_the_launch():
    """Of several launches under one name the last is the one that flew."""
    lost, flown = (
        fact(
            day,
            title="Launch of Mars 2",
            wikipedia="Mars 2",
            sources=("gcat",),
            issues=("title-made",),
        )
        for day in ("1969-03-27", "1971-05-19")
    )

    assert not titled(lost, flown).shown
    assert titled(flown, lost).shown


def test_a_bombing_is_not_the_war():
    """What tells an article from others is no part of what happened."""
    lubeck = fact("1942-03-29", title="Bombing of Lübeck in World War II", wikipedia="x")

    assert titled(lubeck).title == "Bombing of Lübeck"


def test_a_dark_day_has_a_place():
    """There were many Bloody Sundays."""
    derry = fact(title="Bloody Sunday", wikipedia="Bloody Sunday (1972)", places=("Derry",))

    assert titled(derry).title == "Bloody Sunday in Derry"


@pytest.mark.parametrize(
    ("title", "fields", "good"),
    [
        ("Execution of Anne Boleyn", {"date": "1536-05-05"}, True),
        ("Execution of Anne Boleyn", {"date": "1540-05-05"}, False),
        ("Attempted assassination of Anne Boleyn", {"date": "1535-05-05"}, True),
        ("Coronation of Anne Boleyn", {"date": "1533-06-01"}, True),
        ("Coronation of Anne Boleyn", {"date": "1633-06-01"}, False),
        ("Founding of Anne Boleyn", {"date": "1530-06-01"}, False),
        ("Founding of Guam", {"places": ("Guam",)}, False),
        ("Founding of General Electric", {}, True),
        ("Founding of General Electric", {"agreement": 1}, False),
        ("Founding of General Electric", {"issues": ("links-inferred",)}, False),
        ("Opening of History of Ghana", {}, False),
        ("Signing of Tongji University", {}, False),
        ("Signing of Geneva Convention", {}, True),
        ("Attack on Nancy Kerrigan", {}, False),
        ("Francis Drake wins New Albion", {}, False),
        ("Lee Petty wins Daytona 500", {}, True),
        ("Capture of Kabul by Taliban", {"places": ("Kabul",)}, True),
        ("Capture of San Francisco by Tram", {"places": ("San Francisco",)}, False),
        (
            "Sinking of HMS Conqueror",
            {"links": ("ARA Belgrano",), "people": ("HMS Conqueror",)},
            False,
        ),
        ("Sinking of RMS Titanic", {"links": ("RMS Titanic",)}, True),
    ],
)
def test_made_titles_answer_their_question(title, fields, good):
    """A template's name must be of the kind that the template asks for."""
    facts = life("Anne Boleyn", 1501, 1536)

    assert show_made(fact(**fields), title, People(facts)) is good


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("Founding of Royal Air Force", "Founding of the Royal Air Force"),
        ("Founding of Apple Inc.", "Founding of Apple Inc."),
        ("Publication of The Lottery", "Publication of The Lottery"),
        ("Signing of Endangered Species Act", "Signing of the Endangered Species Act"),
        ("Pope Linus becomes Pope", "Pope Linus becomes pope"),
        ("Pierre Laval becomes Prime minister", "Pierre Laval becomes prime minister"),
        ("Abolition of Slavery", "Abolition of slavery"),
        ("Abolition of Slavery in the United States", "Abolition of Slavery in the United States"),
        ("Discovery of Antikythera mechanism", "Discovery of Antikythera mechanism"),
        ("Discovery of Uranus by William Herschel", "Discovery of Uranus by William Herschel"),
    ],
)
def test_made_titles_are_written_as_english(title, written):
    """Articles are put in, and common nouns are small."""
    assert as_written(title, People([])) == written
