"""The years that items begin with, in every language and era."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hodie.sources.wikipedia.grammar import language, languages
from hodie.sources.wikipedia.leads import read_lead

BEFORE_CHRIST = {
    "ar": ("44 ق.م - x", "44 ق م – x", "٤٤ ق.م. - x", "44 قبل الميلاد ـ x"),
    "bs": ("44. p. n. e. – x", "44. p.n.e. - x", "44. pr. n. e. – x", "44. prije nove ere: x"),
    "cs": ("44 př. n. l. – x", "př.n.l. 44 – x", "44 před naším letopočtem – x", "44 př. Kr. – x"),
    "de": ("44 v. Chr.: x", "44 v.Chr. – x", "44 vor Christus: x", "44 v. u. Z.: x"),
    "en": ("44 BC – x", "44 BCE – x", "44BC - x", "44 B.C. — x", "44 bc – x"),
    "es": ("44 a. C.: x", "44 a.C.: x", "44 a. n. e.: x", "44 antes de Cristo: x"),
    "fr": ("44 av. J.-C. : x", "-44 : x", "−44 : x", "44 avant J.-C. : x", "44 av. J.‑C. : x"),
    "it": ("44 a.C. - x", "44 a. C. – x", "44 avanti Cristo - x"),
    "pt": ("44 a.C. — x", "44 a. C. – x", "44 antes de Cristo - x"),
    "ru": ("44 год до н. э. — x", "44 до н. э. — x", "44 г. до н.э. – x", "44 до нашей эры — x"),
    "sv": ("44 f.Kr. – x", "44 f. Kr. - x", "44 före Kristus – x"),
    "tr": ("MÖ 44 - x", "M.Ö. 44 – x", "44 MÖ - x", "milattan önce 44 - x", "İÖ 44 – x"),
    "uk": ("44 рік до н. е. — x", "44 до н.е. – x", "44 до нашої ери — x"),
    "zh": ("前44年：x", "公元前44年 – x", "西元前44年：x", "前44年：x", "前 44 年：x"),
}
AFTER_CHRIST = {
    "ar": ("44 م - x",),
    "bs": ("44. n. e. – x", "44. - x"),
    "cs": ("44 n. l. – x", "44 n.l. – x", "44 – x"),
    "de": ("44 n. Chr.: x", "44: x"),
    "en": ("AD 44 – x", "44 AD – x", "44 CE – x", "A.D. 44 – x"),
    "es": ("44 d. C.: x", "año 44: x"),
    "fr": ("44 apr. J.-C. : x", "44 : x", "an 44 : x"),
    "it": ("44 d.C. - x",),
    "pt": ("44 d.C. — x",),
    "ru": ("44 год — x", "44 н. э. — x"),
    "sv": ("44 e.Kr. – x", "år 44 – x"),
    "tr": ("MS 44 - x", "44 yılı - x"),
    "uk": ("44 рік — x", "44 н. е. — x"),
    "zh": ("公元44年：x", "44年：x"),
}
ABOUT = {
    "ar": "حوالي 1500 - x",
    "bs": "oko 1500. – x",
    "cs": "kolem 1500 – x",
    "de": "um 1500: x",
    "en": "c. 1500 – x",
    "es": "hacia 1500: x",
    "fr": "vers 1500 : x",
    "it": "1500 circa - x",
    "pt": "c. 1500 — x",
    "ru": "около 1500 — x",
    "sv": "cirka 1500 – x",
    "tr": "1500 civarı - x",
    "uk": "близько 1500 — x",
    "zh": "约1500年：x",
}


def cases(by_language: dict[str, tuple[str, ...]]) -> list[tuple[str, str]]:
    return [(tag, text) for tag, texts in by_language.items() for text in texts]


def test_no_language_is_forgotten():
    """Each has its years before and after Christ, and its years that are not sure."""
    assert (*sorted(BEFORE_CHRIST),) == (*sorted(AFTER_CHRIST),) == (*sorted(ABOUT),) == languages()


@pytest.mark.parametrize(("tag", "text"), cases(BEFORE_CHRIST))
def test_years_before_christ_are_astronomical(tag, text):
    """44 BC is -43, however a language writes it."""
    lead = read_lead(text, language(tag))

    assert lead
    assert (lead.year, lead.sure, text[lead.end :]) == (-43, True, "x")


@pytest.mark.parametrize(("tag", "text"), cases(AFTER_CHRIST))
def test_years_after_christ_stay(tag, text):
    """An era after Christ changes nothing, and is no part of the words."""
    lead = read_lead(text, language(tag))

    assert lead
    assert (lead.year, lead.sure, text[lead.end :]) == (44, True, "x")


@pytest.mark.parametrize(("tag", "text"), ABOUT.items())
def test_years_that_are_not_sure(tag, text):
    """A word before or after the number says that it is about that year."""
    lead = read_lead(text, language(tag))

    assert lead
    assert (lead.year, lead.approximate, text[lead.end :]) == (1500, True, "x")


@pytest.mark.parametrize(
    ("tag", "text", "year", "other"),
    [
        ("en", "1425 (or 1426) – x", 1425, 1426),
        ("en", "1425 or 1426 – x", 1425, 1426),
        ("en", "1425/26 – x", 1425, 1426),
        ("de", "um 25/26: x", 25, 26),
        ("de", "zwischen 1470 und 1480: x", 1470, 1480),
        ("fr", "1425 ou 1426 : x", 1425, 1426),
        ("sv", "1530 eller 1531 – x", 1530, 1531),
        ("de", "45/44 v. Chr.: x", -44, -43),
        ("ru", "1425 или 1426 — x", 1425, 1426),
        ("zh", "1425年或1426年：x", 1425, 1426),
    ],
)
def test_years_that_may_be_two(tag, text, year, other):
    """Both years are told, the second whole where it is written short."""
    lead = read_lead(text, language(tag))

    assert lead
    assert (lead.year, lead.other, text[lead.end :]) == (year, other, "x")


@pytest.mark.parametrize("text", ["2001 – 24: a series", "1990 – 7 people", "1914 – 1918 – x"])
def test_a_number_after_the_dash_is_part_of_the_words(text):
    """A sentence may begin with a number; only "or" and a slash make it another year."""
    lead = read_lead(text, language("en"))

    assert lead
    assert (lead.other, text[lead.end :]) == (None, text.split(" – ", 1)[1])


@pytest.mark.parametrize("dash", [*"-‐‑‒–—―−ـ:：", "--", " –", ": "])
@pytest.mark.parametrize("tag", languages())
def test_any_dash_parts_year_and_words(tag, dash):
    """Writers of every wiki use what their keyboards have, the Arabic tatweel too."""
    lead = read_lead(f"1945 {dash} x", language(tag))

    assert lead
    assert (lead.year, lead.sure) == (1945, True)


@pytest.mark.parametrize(
    "text",
    ["Bla bla", "XX – x", "23 BCX – x", "23 BCBC – x", "23 BC BC BC – x", "12:30 – x", "19405 – x",
     "0 – x", "9999 – x", "300 people", "", "–", "\u200f"],
)  # fmt: skip
def test_what_is_no_year(text):
    """A number that is none, or that nothing shows to be a year, does not begin an item."""
    lead = read_lead(text, language("en"))

    assert lead is None or not lead.sure


def test_marks_that_are_not_seen_do_not_count():
    """Marks of direction stand where they like, in Arabic above all."""
    text = "\u200f\u200e1801\u200f –\u200f x"
    lead = read_lead(text, language("ar"))

    assert lead
    assert (lead.year, lead.words, text[lead.end :]) == (1801, "1801", "x")


@given(st.integers(1, 2200), st.sampled_from("–:—"), st.sampled_from(languages()))
def test_the_short_way_agrees_with_the_pattern(year, dash, tag):
    """Nearly every item is read by a shorter pattern; it finds what the language's own finds."""
    from hodie.sources.wikipedia.leads import _read

    text = f"{year} {dash} Xaver"

    assert read_lead(text, language(tag)) == _read(text, language(tag))


@given(st.text(max_size=60), st.sampled_from(languages()))
def test_any_text_can_be_asked(text, tag):
    """Whatever stands there, it begins with a year or does not."""
    lead = read_lead(text, language(tag))

    assert lead is None or 0 < lead.end <= len(text)
