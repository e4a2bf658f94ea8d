"""Holidays of a year: fixed and moving, of the countries that a publication names."""

from __future__ import annotations

import pytest

from hodie.almanac import Kind
from hodie.dates import MonthDay
from hodie.sources import SourceError
from hodie.sources.holidays import Holidays


def names(country: str, year: int, day: str, language: str = "en") -> list[str | None]:
    kept = Holidays((country,)).on(MonthDay.parse(day), year, language)
    return [entry.title for entry in kept]


@pytest.mark.parametrize(
    ("country", "year", "day", "name"),
    [
        # Easter after the western computus: 5 April 2026, 28 March 2027.
        ("DE", 2026, "04-03", "Good Friday"),
        ("DE", 2027, "03-26", "Good Friday"),
        ("FR", 2026, "04-06", "Easter Monday"),
        # Easter of the Orthodox: 12 April 2026, 2 May 2027.
        ("GR", 2026, "04-13", "Easter Monday"),
        ("GR", 2027, "05-03", "Easter Monday"),
        # The end of Ramadan: 20 March 2026, 9 March 2027, by Turkey's calendar.
        ("TR", 2026, "03-20", "Eid al-Fitr"),
        ("TR", 2027, "03-09", "Eid al-Fitr"),
        # The first day of the first moon: 17 February 2026, 6 February 2027.
        ("SG", 2026, "02-17", "Chinese New Year"),
        ("SG", 2027, "02-06", "Chinese New Year"),
        # The fourth Thursday of November.
        ("US", 2026, "11-26", "Thanksgiving Day"),
        ("US", 2027, "11-25", "Thanksgiving Day"),
        ("US", 2026, "07-04", "Independence Day"),
    ],
)
def test_feasts_fall_where_they_fall_that_year(country, year, day, name):
    """A moving feast is on its day of the year asked for, a fixed one on its own."""
    assert names(country, year, day) == [name]
    assert names(country, year + 7, day) != [name] or day in ("07-04",)


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("de", "Karfreitag"),
        ("de-AT", "Karfreitag"),
        ("en-GB", "Good Friday"),
        ("ja", "Good Friday"),
    ],
)
def test_names_are_in_the_language_of_the_pages(language, name):
    """Where the library has no translation, the name is English."""
    assert names("DE", 2026, "04-03", language) == [name]


def test_without_any_translation_the_name_is_the_country_s_own(monkeypatch):
    """The machine's own language has no say in it."""
    monkeypatch.setenv("LANGUAGE", "uk")

    assert names("DE", 2026, "10-03", "de") == ["Tag der Deutschen Einheit"]


def test_one_feast_of_several_countries_is_told_once():
    """Its countries stand together."""
    kept = Holidays(("DE", "AT", "FR")).on(MonthDay(5, 14), 2026, "en")

    assert [(entry.title, entry.countries) for entry in kept] == [
        ("Ascension Day", ("AT", "DE", "FR"))
    ]


def test_a_part_of_a_country_has_its_own():
    """Epiphany is kept in Bavaria."""
    assert names("DE", 2026, "01-06") == []
    assert names("DE-BY", 2026, "01-06") == ["Epiphany"]


def test_other_categories_on_demand():
    """Easter Sunday is no public holiday in the United States, but a category of its own."""
    easter = MonthDay(4, 5)

    assert Holidays(("US",)).on(easter, 2026, "en") == ()
    [entry] = Holidays(("US", "DE"), ("public", "unofficial")).on(easter, 2026, "en")
    assert entry.title == "Easter Sunday"


def test_days_off_that_make_up_for_others_are_no_holidays():
    """Neither the Friday before a Saturday's holiday, nor a working day that was exchanged."""
    assert names("US", 2026, "07-03") == []
    assert names("CN", 2026, "01-02") == []


def test_an_entry_says_where_it_is_from():
    """It is a holiday without a date to count from, with reference and licence."""
    [entry] = Holidays(("DE",)).on(MonthDay(4, 3), 2026, "en")

    assert (entry.kind, entry.date, entry.day) == (Kind.HOLIDAY, None, MonthDay(4, 3))
    assert entry.id.startswith("h:2026-04-03:")
    [reference] = entry.references
    assert (reference.source, reference.licence) == ("holidays, the Python library", "MIT")


@pytest.mark.parametrize("year", [1, 1500, 1800, 9999])
def test_years_without_knowledge_have_none(year):
    """The library knows the laws of some decades; beyond these, nothing is made up."""
    assert names("DE", year, "10-03") == []


def test_the_29th_of_february_of_a_common_year():
    """A day that is not has no holidays."""
    assert Holidays(("DE",)).on(MonthDay(2, 29), 2026, "en") == ()


@pytest.mark.parametrize(
    ("countries", "categories", "said"),
    [
        (["XX"], ["public"], "no holidays are known of 'XX'; write ISO codes such as 'DE'"),
        (["Germany"], ["public"], "no holidays are known of 'Germany'"),
        (["de"], ["public"], "near it are DE"),
        ([5], ["public"], "no holidays are known of 5"),
        (["DE-QQ"], ["public"], "'DE' has no part 'QQ' with holidays of its own, but: BB, BE"),
        (["DE"], ["secret"], "no category of holidays is 'secret'; there are: "),
    ],
)
def test_what_cannot_be_meant_is_refused(countries, categories, said):
    """A country, a part or a category that there is none of is named, with those that there are."""
    with pytest.raises(SourceError) as caught:
        Holidays.of(countries, categories)

    assert said in str(caught.value)
