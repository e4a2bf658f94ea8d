"""How writers of each wiki have put years and headings over the years, and all is understood."""

from __future__ import annotations

import pytest

from hodie.sources.wikipedia import language, read_page
from hodie.sources.wikipedia.grammar import languages
from hodie.sources.wikipedia.leads import read_lead

YEARS = {
    "ar": {
        -43: (
            "\u200f44 ق.م - x",
            "44 ق م - x",
            "44 ق.م. – x",
            "44 ق.م : x",
            "44 ق. م: x",
            "44ق.م - x",
            "٤٤ ق.م - x",
            "سنة 44 ق.م - x",
            "حوالي سنة 44 ق.م - x",
            "44 قبل الميلاد - x",
            "44 ق.م.\u200f - x",
        ),
        1940: (
            "1940 - x",
            "1940 – x",
            "1940\u200f - x",
            "1940 ـ x",
            "١٩٤٠ - x",
            "1940: x",
            "عام 1940 - x",
            "1940 م - x",
            "1940م - x",
            "1940 - \u200fx",
            "1940 ‒ x",
            "1940 \u200e– x",
        ),
        1500: (
            "حوالي 1500 - x",
            "حوالي عام 1500 - x",
            "1500 أو 1501 - x",
            "1500 تقريبًا - x",
            "1500 (تقريبا) - x",
        ),
    },
    "bs": {
        -43: (
            "44. p. n. e. - x",
            "44. p.n.e. – x",
            "44. pne. – x",
            "44 p.n.e. - x",
            "44. pr.n.e. - x",
            "44. god. p. n. e. - x",
            "44. godine prije nove ere - x",
            "oko 44. p. n. e. – x",
            "44. pr.n.e x",
            "44. prije Hrista – x",
            "44. stare ere – x",
            "44. p.n.e – x",
        ),
        1945: (
            "1945. - x",
            "1945. – x",
            "1945. x",
            "1945 - x",
            "1945 – x",
            "1945: x",
            "1945.: x",
            "1945.- x",
            "1945.– x",
            "1945. godine - x",
            "1945. god. - x",
        ),
        1500: (
            "oko 1500. - x",
            "1500. (?) - x",
            "1500/1501. - x",
            "1500. ili 1501. - x",
            "1500. (oko) – x",
        ),
        -44: (
            "45. p. n. e. x",
            "45. p. n. e. x",
            "45. pne x",
        ),
        -283: ("284 p. n. e. – x",),
    },
    "cs": {
        -43: (
            "44 př. n. l. – x",
            "44 př. n. l. — x",
            "44 př.n.l. – x",
            "44\u00a0př.\u00a0n.\u00a0l. – x",
            "44 př. Kr. – x",
            "př. n. l. 44 – x",
            "44 před Kristem – x",
            "44 před n. l. – x",
        ),
        1945: (
            "1945 – x",
            "1945 - x",
            "1945: x",
            "1945– x",
        ),
        1500: (
            "asi 1500 – x",
            "1500 (asi) – x",
            "kol. 1500 – x",
            "kolem roku 1500 – x",
            "cca 1500 – x",
            "1500? – x",
            "1500 nebo 1501 – x",
            "1500/1501 – x",
        ),
        44: ("44 n. l. – x",),
    },
    "de": {
        -43: (
            "44 v. Chr.: x",
            "44\u00a0v.\u00a0Chr.: x",
            "44 v. Chr. – x",
            "0044 v. Chr.: x",
        ),
        1500: (
            "um 1500: x",
            "um 1500/1501: x",
            "1500 (?): x",
            "1500 oder 1501: x",
            "1500/01: x",
            "ca. 1500: x",
            "nach 1500: x",
            "zw. 1500 und 1510: x",
        ),
        1940: (
            "1940: x",
            "1940 – x",
        ),
    },
    "en": {
        -43: (
            "44 BC – x",
            "44\u00a0BC\u00a0– x",
            "BC 44 – x",
            "c. 44 BC – x",
        ),
        44: ("AD 44 – x",),
        1500: (
            "c.1500 – x",
            "ca. 1500 – x",
            "circa 1500 – x",
            "≈1500 – x",
            "~1500 – x",
        ),
        1425: (
            "1425 (or 1426) – x",
            "1425?–x",
        ),
        1940: (
            "1940 — x",
            "1940 - x",
            "1940: x",
        ),
        1582: ("1582 (O.S.) – x",),
    },
    "es": {
        -43: (
            "44 a. C.: x",
            "44\u00a0a.\u202fC.: x",
            "44 a.C. – x",
            "44 a. C. - x",
            "44 a. n. e.: x",
            "44 AC: x",
        ),
        1940: (
            "1940: x",
            "1940 – x",
            "en 1940: x",
        ),
        1500: (
            "hacia 1500: x",
            "h. 1500: x",
            "c. 1500: x",
            "circa 1500: x",
            "1500 (aprox.): x",
            "1500 o 1501: x",
            "1500?: x",
            "¿1500?: x",
            "ca. 1500: x",
        ),
        44: ("año 44: x",),
    },
    "fr": {
        -43: (
            "44 av. J.-C. : x",
            "44\u00a0av.\u00a0J.-C.\u00a0: x",
            "-44 : x",
            "−44 : x",
            "44 AEC : x",
            "44 avant notre ère : x",
        ),
        1940: (
            "1940 : x",
            "1940\u00a0: x",
            "1940\u202f: x",
            "1940 - x",
        ),
        1500: (
            "vers 1500 : x",
            "v. 1500 : x",
            "ca 1500 : x",
            "1500 (vers) : x",
            "1500 ou 1501 : x",
            "1500 ? : x",
            "1500 / 1501 : x",
            "entre 1500 et 1501 : x",
        ),
    },
    "it": {
        -43: (
            "44 a.C. - x",
            "44 a.C. – x",
            "44 a. C. - x",
            "44\u00a0a.C.\u00a0– x",
            "44 a.C - x",
            "44 aC - x",
            "44 avanti Cristo – x",
            "44 p.e.v. - x",
        ),
        1940: (
            "1940 - x",
            "1940 – x",
            "1940: x",
            "1940 -x",
        ),
        1500: (
            "ca. 1500 - x",
            "1500 ca. - x",
            "1500 circa - x",
            "circa 1500 - x",
            "1500 (circa) - x",
            "1500 o 1501 - x",
            "1500 oppure 1501 – x",
            "1500 (o 1501) – x",
            "1500? – x",
            "1500/1501 - x",
        ),
    },
    "pt": {
        -43: (
            "44 a.C. — x",
            "44\u00a0a.C. — x",
            "44 AC — x",
            "44 a.C. – x",
        ),
        1940: (
            "1940 — x",
            "1940 – x",
            "1940 - x",
            "1940: x",
        ),
        1500: (
            "c. 1500 — x",
            "ca. 1500 — x",
            "cerca de 1500 — x",
            "1500 ou 1501 — x",
            "1500? — x",
            "1500 (?) — x",
            "1500/1501 — x",
        ),
        44: ("44 EC — x",),
    },
    "ru": {
        -43: (
            "44 до н. э. — x",
            "44\u00a0до\u00a0н.\u00a0э. — x",
            "44 г. до н. э. — x",
            "ок. 44 до н. э. — x",
        ),
        1500: (
            "около 1500 — x",
            "1500 (?) — x",
            "1500 или 1501 — x",
            "1500/1501 — x",
            "1500 (предположительно) — x",
            "1500 (ок.) — x",
            "приб. 1500 — x",
            "≈1500 — x",
            "~1500 — x",
        ),
        1940: (
            "1940 – x",
            "1940 год — x",
            "1940 г. — x",
            "1940: x",
        ),
        -29: ("30 до н. э. - x",),
    },
    "sv": {
        -43: (
            "44 f.Kr. – x",
            "44 f.Kr – x",
            "44 f Kr – x",
            "44\u00a0f.Kr.\u00a0– x",
            "44 fvt – x",
            "ca. 44 f.Kr. – x",
            "44 före vår tideräkning – x",
            "44 f.v.t. – x",
        ),
        1500: (
            "ca 1500 – x",
            "c:a 1500 – x",
            "omkr. 1500 – x",
            "1500 (omkring) – x",
            "1500 eller 1501 – x",
            "1500? – x",
            "1500 - x",
            "1500  – x",
            "1500/1501 – x",
            "1500 (eller möjligen 1501) – x",
            "1500 –x",
        ),
        43: ("43 – x",),
        100: ("omkring år 100 – x",),
        -539: ("cirka 540 f.Kr. – x",),
    },
    "tr": {
        -43: (
            "MÖ 44 - x",
            "M.Ö. 44 - x",
            "M.Ö 44 - x",
            "MÖ. 44 - x",
            "44 MÖ - x",
            "İÖ 44 - x",
            "mö 44 - x",
            "milattan önce 44 - x",
            "Milattan Önce 44 - x",
            "MÖ 44 yılı - x",
            "yaklaşık MÖ 44 - x",
            "MÖ yaklaşık 44 - x",
        ),
        44: ("M.S. 44 - x",),
        1940: (
            "1940 - x",
            "1940 – x",
            "1940: x",
            "1940-x",
            "1940 -x",
        ),
        1500: (
            "yaklaşık 1500 - x",
            "y. 1500 - x",
            "yak. 1500 – x",
            "c. 1500 - x",
            "ca. 1500 - x",
            "1500 (?) - x",
            "1500 veya 1501 - x",
            "1500 ya da 1501 – x",
        ),
    },
    "uk": {
        -43: (
            "44 до н. е. — x",
            "44 до н.е. — x",
            "44 до н. е — x",
            "44 до Р.Х. — x",
            "44 р. до н. е. — x",
            "44 рік до н.е. — x",
            "прибл. 44 до н. е. — x",
        ),
        1940: (
            "1940 — x",
            "1940 – x",
            "1940 - x",
            "1940\u00a0— x",
            "1940: x",
            "1940 р. — x",
        ),
        1500: (
            "бл. 1500 — x",
            "близько 1500 — x",
            "біля 1500 року — x",
            "1500 або 1501 — x",
            "1500(?) — x",
            "1500 (або 1501) — x",
            "1500/1501 — x",
            "1500 (1501?) — x",
            "ок. 1500 — x",
        ),
    },
    "zh": {
        -43: (
            "前44年：x",
            "前44年 - x",
            "公元前44年：x",
            "西元前44年：x",
            "前44年，x",
            "紀元前44年：x",
            "前44年；x",
            "約前44年：x",
        ),
        1940: (
            "1940年：x",
            "1940年:x",
            "1940年 - x",
            "1940年 – x",
            "1940年，x",
            "1940年 x",
            "1940年—x",
            "1940年──x",
            "1940年﹕x",
            "1940年：\u00a0x",
            "1940: x",
            "1940年、x",
        ),
        1500: (
            "約1500年：x",
            "约1500年：x",
            "1500年（約）：x",
            "1500年左右：x",
            "1500年或1501年：x",
            "1500年（或1501年）：x",
            "1500年？：x",
        ),
        44: ("公元44年：x",),
        1912: ("1912年（民國元年）：x",),
    },
}
"""By language and astronomical year: beginnings of items, each with the words "x" behind it."""

HEADINGS = {
    "ar": {
        "event": (
            "أحداث",
            "الأحداث",
            "أحداث تاريخية",
            "أحـداث",
        ),
        "birth": (
            "مواليد",
            "المواليد",
            "مواليد مشاهير",
        ),
        "death": (
            "وفيات",
            "الوفيات",
        ),
        "holiday": (
            "أعياد ومناسبات",
            "أعياد",
            "عطل ومناسبات",
            "الأعياد والمناسبات",
            "مناسبات",
            "أعياد ومناسبات دولية",
        ),
        "none": (
            "وصلات خارجية",
            "مراجع",
            "المراجع",
        ),
    },
    "bs": {
        "event": (
            "Događaji",
            "Događaji i obljetnice",
        ),
        "birth": (
            "Rođeni",
            "Rođenja",
            "Rođendani",
        ),
        "death": (
            "Umrli",
            "Smrti",
            "Preminuli",
        ),
        "holiday": (
            "Praznici",
            "Praznici i dani sjećanja",
            "Praznici i posebni dani",
        ),
        "none": (
            "Također pogledajte",
            "Vanjski linkovi",
            "Reference",
        ),
    },
    "cs": {
        "event": ("Události",),
        "birth": ("Narození",),
        "death": ("Úmrtí",),
        "holiday": (
            "Svátky",
            "Svátky a významné dny",
        ),
        "none": (
            "Pranostiky",
            "Externí odkazy",
            "Reference",
        ),
    },
    "de": {
        "event": ("Ereignisse",),
        "birth": ("Geboren",),
        "death": ("Gestorben",),
        "holiday": (
            "Feier- und Gedenktage",
            "Feier- u. Gedenktage",
        ),
        "none": (
            "Weblinks",
            "Einzelnachweise",
        ),
    },
    "es": {
        "event": ("Acontecimientos",),
        "birth": ("Nacimientos",),
        "death": ("Fallecimientos",),
        "holiday": (
            "Celebraciones",
            "Fiestas",
        ),
        "none": (
            "Véase también",
            "Santoral católico",
        ),
    },
    "fr": {
        "event": (
            "Événements",
            "Évènements",
            "Arts, culture et religion",
        ),
        "birth": ("Naissances",),
        "death": ("Décès",),
        "holiday": (
            "Célébrations",
            "Célébrations internationales",
        ),
        "none": (
            "Prénoms du jour",
            "Notes et références",
            "Traditions et superstitions",
        ),
    },
    "it": {
        "event": ("Eventi",),
        "birth": ("Nati",),
        "death": ("Morti",),
        "holiday": (
            "Feste e ricorrenze",
            "Festività e ricorrenze",
        ),
        "none": (
            "Altri progetti",
            "Note",
            "Santi cattolici",
        ),
    },
    "pt": {
        "event": (
            "Eventos históricos",
            "Eventos históricos até 1900",
        ),
        "birth": ("Nascimentos",),
        "death": (
            "Mortes",
            "Falecimentos",
        ),
        "holiday": (
            "Feriados e eventos cíclicos",
            "Feriados e Eventos cíclicos",
            "Eventos cíclicos",
            "Feriados e celebrações",
        ),
        "none": (
            "Outros calendários",
            "Referências",
        ),
    },
    "ru": {
        "event": (
            "События",
            "События до XIX века",
        ),
        "birth": ("Родились",),
        "death": (
            "Скончались",
            "Умерли",
        ),
        "holiday": (
            "Праздники и памятные дни",
            "Праздники",
            "Праздники и памятные даты",
        ),
        "none": (
            "Приметы",
            "Примечания",
            "См. также",
            "Именины",
        ),
    },
    "sv": {
        "event": (
            "Händelser",
            "Händelser i Sverige",
            "Händelser under 1900-talet",
        ),
        "birth": (
            "Födda",
            "Födda före 1900",
        ),
        "death": (
            "Avlidna",
            "Döda",
            "Avlidna efter 1900",
        ),
        "holiday": (
            "Återkommande bemärkelsedagar",
            "Bemärkelsedagar",
            "Nationaldagar",
            "Helgdagar",
            "Flaggdagar",
            "Temadagar",
        ),
        "none": (
            "Källor",
            "Externa länkar",
            "Referenser",
            "Namnsdagar i Sverige",
        ),
    },
    "tr": {
        "event": ("Olaylar",),
        "birth": (
            "Doğumlar",
            "Doğanlar",
        ),
        "death": (
            "Ölümler",
            "Ölenler",
            "Vefatlar",
        ),
        "holiday": (
            "Tatiller ve özel günler",
            "Tatil ve özel günler",
            "Tatiller ve Önemli Günler",
            "Önemli günler",
            "Özel Günler",
        ),
        "none": (
            "Dış bağlantılar",
            "Kaynakça",
        ),
    },
    "uk": {
        "event": ("Події",),
        "birth": (
            "Народились",
            "Народилися",
            "Народилися цього дня",
            "Дні народження",
        ),
        "death": (
            "Померли",
            "Дні смерті",
            "Упокоїлись",
        ),
        "holiday": (
            "Свята і пам'ятні дні",
            "Свята і пам’ятні дні",
            "Свята та пам'ятні дні",
            "Свята",
        ),
        "none": (
            "Примітки",
            "Див. також",
            "Іменини",
        ),
    },
    "zh": {
        "event": (
            "大事记",
            "大事記",
            "历史事件",
        ),
        "birth": ("出生",),
        "death": ("逝世",),
        "holiday": (
            "节假日和习俗",
            "節假日和習俗",
            "节日、风俗习惯",
            "節日、風俗習慣",
            "纪念日",
            "節日",
            "习俗",
        ),
        "none": (
            "参考资料",
            "外部連結",
        ),
    },
}
"""By language and kind; "none" are those of other parts of a page."""

SEPARATORS = (
    *(" – ", " — ", " - ", ": ", " : ", ":", "\u00a0– ", "\u00a0— ", " ‒ ", " − ", "-", "–", " ـ "),
    *("：", "\u200f - ", " -- ", " – \u200f", "، ", ", ", "; ", "， "),
)


def leads() -> list[tuple[str, str, int]]:
    return [(tag, text, year) for tag, of in YEARS.items() for year in of for text in of[year]]


def headings() -> list[tuple[str, str, str]]:
    return [(tag, kind, text) for tag, of in HEADINGS.items() for kind in of for text in of[kind]]


@pytest.mark.parametrize(("tag", "text", "year"), leads())
def test_years_in_every_spelling(tag, text, year):
    """Eras with and without dots, spaces of every width, words for about, marks of direction."""
    lead = read_lead(text, language(tag))

    assert lead
    assert (lead.year, lead.sure, text[lead.end :].strip("\u200f")) == (year, True, "x")


@pytest.mark.parametrize(("tag", "kind", "text"), headings())
def test_headings_in_every_spelling(tag, kind, text):
    """Those of the pages' four parts are known, and those of other parts are not taken for them."""
    found = language(tag).kind(text)

    assert (found.value if found else "none") == kind


@pytest.mark.parametrize("linked", [True, False], ids=["linked", "plain"])
@pytest.mark.parametrize("tag", languages())
def test_whatever_stands_between_year_and_words_goes(tag, linked):
    """Dashes, colons and commas of every script, beside a year that is a link or is not."""
    year = "1940年" if tag == "zh" else "1940"
    shown = f"<a rel='mw:WikiLink' href='./{year}'>{year}</a>" if linked else year
    word = "<a rel='mw:WikiLink' href='./Xyz'>Xyz</a>"
    items = "".join(f"<li>{shown}{separator}{word} abc</li>" for separator in SEPARATORS)
    heading = language(tag).table.events[0]

    page = read_page(f"<html><body><h2>{heading}</h2><ul>{items}</ul>".encode(), language(tag))

    found = [(each.year, each.text, each.pages) for each in page.events]
    assert found == [(1940, "Xyz abc", ("Xyz",))] * len(SEPARATORS)


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("en", "1500s – x"),
        ("en", "1940's – x"),
        ("de", "1940er: x"),
        ("sv", "1530-talet – x"),
        ("ru", "1930-е — x"),
        ("uk", "1930-ті — x"),
        ("bs", "1940-te – x"),
        ("tr", "1940'lar - x"),
        ("zh", "1940年代：x"),
        ("ar", "61 هـ - x"),
    ],
)
def test_a_decade_is_no_year(tag, text):
    """Nor is a year of the Hijra: the item is listed as left out, and told of no wrong year."""
    lead = read_lead(text, language(tag))

    assert lead is None or not lead.sure


@pytest.mark.parametrize(
    ("tag", "text", "years"),
    [
        ("en", "44–43 BC – x", (-43, -42)),
        ("en", "1455–1487 – x", (1455, 1487)),
        ("de", "1914–1918: x", (1914, 1918)),
        ("zh", "1500年（或1501年）：x", (1500, 1501)),
    ],
)
def test_a_span_of_years_is_its_first_with_the_last_beside(tag, text, years):
    """The era after the second year is that of both."""
    lead = read_lead(text, language(tag))

    assert lead
    assert (lead.year, lead.other, text[lead.end :]) == (*years, "x")
