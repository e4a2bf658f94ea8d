"""Dates in words."""

import pytest
from babel import Locale, localedata

from hodie.dates import DateError, HistoricalDate, MonthDay, parse_edtf, worded, worded_year
from hodie.dates.languages import language
from hodie.dates.phrases import PHRASES

# One line a form: the EDTF, then the words in nine languages. Julian where the year is below 1582.
WORDS = {
    "1940-08-20": (
        "20 August 1940", "August 20, 1940", "20. August 1940", "20 août 1940",
        "20 de agosto de 1940", "20 августа 1940 г.", "٢٠ أغسطس ١٩٤٠", "1940年8月20日",
        "1940年8月20日",
    ),
    "1940-08-01": (
        "1 August 1940", "August 1, 1940", "1. August 1940", "1er août 1940",
        "1 de agosto de 1940", "1 августа 1940 г.", "١ أغسطس ١٩٤٠", "1940年8月1日",
        "1940年8月1日",
    ),
    "-0043-03-15": (
        "15 March 44 BC", "March 15, 44 BC", "15. März 44 v. Chr.", "15 mars 44 av. J.-C.",
        "15 de marzo de 44 a. C.", "15 марта 44 г. до н. э.", "١٥ مارس ٤٤ ق.م",
        "公元前44年3月15日", "紀元前44年3月15日",
    ),
    "0014-08-19": (
        "19 August 14 AD", "August 19, 14 AD", "19. August 14 n. Chr.", "19 août 14 ap. J.-C.",
        "19 de agosto de 14 d. C.", "19 августа 14 г. н. э.", "١٩ أغسطس ١٤ م",
        "公元14年8月19日", "西暦14年8月19日",
    ),
    "1500-02-29": (
        "29 February 1500", "February 29, 1500", "29. Februar 1500", "29 février 1500",
        "29 de febrero de 1500", "29 февраля 1500 г.", "٢٩ فبراير ١٥٠٠", "1500年2月29日",
        "1500年2月29日",
    ),
    "1940-08": (
        "August 1940", "August 1940", "August 1940", "août 1940", "agosto de 1940",
        "август 1940 г.", "أغسطس ١٩٤٠", "1940年8月", "1940年8月",
    ),
    "-0043-03": (
        "March 44 BC", "March 44 BC", "März 44 v. Chr.", "mars 44 av. J.-C.",
        "marzo de 44 a. C.", "март 44 г. до н. э.", "مارس ٤٤ ق.م", "公元前44年3月",
        "紀元前44年3月",
    ),
    "1940": (
        "1940", "1940", "1940", "1940", "1940", "1940 г.", "١٩٤٠", "1940年", "1940年",
    ),
    "0000": (
        "1 BC", "1 BC", "1 v. Chr.", "1 av. J.-C.", "1 a. C.", "1 г. до н. э.", "١ ق.م",
        "公元前1年", "紀元前1年",
    ),
    "1940-21": (
        "spring 1940", "spring 1940", "Frühling 1940", "printemps 1940", "primavera de 1940",
        "весна 1940 г.", "ربيع ١٩٤٠", "1940年春", "1940年春",
    ),
    "169X": (
        "1690s", "1690s", "1690er Jahre", "années 1690", "década de 1690", "1690-е годы",
        "عقد ١٦٩٠", "1690年代", "1690年代",
    ),
    "18XX": (
        "19th century", "19th century", "19. Jahrhundert", "XIXe siècle", "siglo XIX", "XIX век",
        "القرن التاسع عشر", "19世纪", "19世紀",
    ),
    "00XX": (
        "1st century", "1st century", "1. Jahrhundert", "Ier siècle", "siglo I", "I век",
        "القرن الأول", "1世纪", "1世紀",
    ),
    "-00XX": (
        "1st century BC", "1st century BC", "1. Jahrhundert v. Chr.", "Ier siècle av. J.-C.",
        "siglo I a. C.", "I век до н. э.", "القرن الأول ق.م", "公元前1世纪", "紀元前1世紀",
    ),
    "-01XX": (
        "2nd century BC", "2nd century BC", "2. Jahrhundert v. Chr.", "IIe siècle av. J.-C.",
        "siglo II a. C.", "II век до н. э.", "القرن الثاني ق.م", "公元前2世纪",
        "紀元前2世紀",
    ),
    "-004X": (
        "50–41 BC", "50–41 BC", "50–41 v. Chr.", "50–41 av. J.-C.", "50–41 a. C.",
        "50–41 гг. до н. э.", "٥٠ – ٤١ ق.م", "公元前50年–41年", "紀元前50年～41年",
    ),
    "1500~": (
        "c. 1500", "c. 1500", "um 1500", "vers 1500", "hacia 1500", "около 1500 г.",
        "نحو ١٥٠٠", "约1500年", "1500年頃",
    ),
    "1940-08-20~": (
        "c. 20 August 1940", "c. August 20, 1940", "um den 20. August 1940",
        "vers le 20 août 1940", "hacia el 20 de agosto de 1940", "около 20 августа 1940 г.",
        "نحو ٢٠ أغسطس ١٩٤٠", "约1940年8月20日", "1940年8月20日頃",
    ),
    "1940-08~": (
        "c. August 1940", "c. August 1940", "um August 1940", "vers août 1940",
        "hacia agosto de 1940", "около августа 1940 г.", "نحو أغسطس ١٩٤٠", "约1940年8月",
        "1940年8月頃",
    ),
    "169X~": (
        "c. 1690s", "c. 1690s", "um die 1690er Jahre", "vers les années 1690",
        "hacia la década de 1690", "около 1690-х годов", "نحو عقد ١٦٩٠", "约1690年代",
        "1690年代頃",
    ),
    "1940-22~": (
        "c. summer 1940", "c. summer 1940", "um den Sommer 1940", "vers l’été 1940",
        "hacia el verano de 1940", "около лета 1940 г.", "نحو صيف ١٩٤٠", "约1940年夏",
        "1940年夏頃",
    ),
    "1500?": (
        "1500 (uncertain)", "1500 (uncertain)", "1500 (unsicher)", "1500 (date incertaine)",
        "1500 (fecha incierta)", "1500 г. (дата под вопросом)", "١٥٠٠ (تاريخ غير مؤكد)",
        "1500年（存疑）", "1500年（不確か）",
    ),
    "1500%": (
        "c. 1500 (uncertain)", "c. 1500 (uncertain)", "um 1500 (unsicher)",
        "vers 1500 (date incertaine)", "hacia 1500 (fecha incierta)",
        "около 1500 г. (дата под вопросом)", "نحو ١٥٠٠ (تاريخ غير مؤكد)",
        "约1500年（存疑）", "1500年頃（不確か）",
    ),
    "1914/1918": (
        "1914–1918", "1914–1918", "1914–1918", "1914–1918", "1914–1918", "1914–1918",
        "١٩١٤–١٩١٨", "1914–1918年", "1914年～1918年",
    ),
    "-0057/-0049": (
        "58–50 BC", "58–50 BC", "58–50 v. Chr.", "58–50 av. J.-C.", "58–50 a. C.",
        "58–50 гг. до н. э.", "٥٨ – ٥٠ ق.م", "公元前58年–50年", "紀元前58年～50年",
    ),
    "-0026/0014": (
        "27 BC to 14 AD", "27 BC to 14 AD", "27 v. Chr. bis 14 n. Chr.",
        "27 av. J.-C. – 14 ap. J.-C.", "27 a. C. – 14 d. C.", "27 г. до н. э. – 14 г. н. э.",
        "٢٧ ق.م – ١٤ م", "公元前27年至公元14年", "紀元前27年～西暦14年",
    ),
    "1940-05/1940-06": (
        "May to June 1940", "May to June 1940", "Mai bis Juni 1940", "mai – juin 1940",
        "mayo – junio de 1940", "май – июнь 1940 г.", "مايو – يونيو ١٩٤٠",
        "1940年5月至6月", "1940年5月～6月",
    ),
    "1940-12/1941-01": (
        "December 1940 to January 1941", "December 1940 to January 1941",
        "Dezember 1940 bis Januar 1941", "décembre 1940 – janvier 1941",
        "diciembre de 1940 – enero de 1941", "декабрь 1940 г. – январь 1941 г.",
        "ديسمبر ١٩٤٠ – يناير ١٩٤١", "1940年12月至1941年1月", "1940年12月～1941年1月",
    ),
    "1940-08-20/1940-08-21": (
        "20–21 August 1940", "August 20–21, 1940", "20.–21. August 1940", "20–21 août 1940",
        "20–21 de agosto de 1940", "20–21 августа 1940 г.", "٢٠–٢١ أغسطس ١٩٤٠",
        "1940年8月20日至21日", "1940年8月20日～21日",
    ),
    "1940-05-30/1940-06-04": (
        "30 May to 4 June 1940", "May 30 to June 4, 1940", "30. Mai bis 4. Juni 1940",
        "30 mai – 4 juin 1940", "30 de mayo – 4 de junio de 1940", "30 мая – 4 июня 1940 г.",
        "٣٠ مايو – ٤ يونيو ١٩٤٠", "1940年5月30日至6月4日", "1940年5月30日～6月4日",
    ),
    "1914-06-28/1918-11-11": (
        "28 June 1914 to 11 November 1918", "June 28, 1914 to November 11, 1918",
        "28. Juni 1914 bis 11. November 1918", "28 juin 1914 – 11 novembre 1918",
        "28 de junio de 1914 – 11 de noviembre de 1918",
        "28 июня 1914 г. – 11 ноября 1918 г.", "٢٨ يونيو ١٩١٤ – ١١ نوفمبر ١٩١٨",
        "1914年6月28日至1918年11月11日", "1914年6月28日～1918年11月11日",
    ),
    "1500~/1510": (
        "c. 1500 to 1510", "c. 1500 to 1510", "um 1500 bis 1510", "vers 1500 – 1510",
        "hacia 1500 – 1510", "около 1500 г. – 1510 г.", "نحو ١٥٠٠ – ١٥١٠",
        "约1500年至1510年", "1500年頃～1510年",
    ),
    "1914/..": (
        "from 1914", "from 1914", "ab 1914", "depuis 1914", "desde 1914", "с 1914 г.",
        "منذ ١٩١٤", "1914年起", "1914年以降",
    ),
    "../1918": (
        "until 1918", "until 1918", "bis 1918", "jusqu’en 1918", "hasta 1918", "до 1918 г.",
        "حتى ١٩١٨", "至1918年", "1918年まで",
    ),
    "1914/": (
        "from 1914, end unknown", "from 1914, end unknown", "ab 1914, Ende unbekannt",
        "depuis 1914, fin inconnue", "desde 1914, final desconocido",
        "с 1914 г., конец неизвестен", "منذ ١٩١٤، النهاية مجهولة",
        "1914年起，结束时间不详", "1914年以降、終わりは不明",
    ),
    "1940-05-03/..": (
        "from 3 May 1940", "from May 3, 1940", "ab dem 3. Mai 1940", "depuis le 3 mai 1940",
        "desde el 3 de mayo de 1940", "с 3 мая 1940 г.", "منذ ٣ مايو ١٩٤٠",
        "1940年5月3日起", "1940年5月3日以降",
    ),
    "1940-05/..": (
        "from May 1940", "from May 1940", "ab Mai 1940", "depuis mai 1940",
        "desde mayo de 1940", "с мая 1940 г.", "منذ مايو ١٩٤٠", "1940年5月起", "1940年5月以降",
    ),
    "../169X": (
        "until the 1690s", "until the 1690s", "bis in die 1690er Jahre",
        "jusqu’aux années 1690", "hasta la década de 1690", "до 1690-х годов",
        "حتى عقد ١٦٩٠", "至1690年代", "1690年代まで",
    ),
    "169X/..": (
        "from the 1690s", "from the 1690s", "ab den 1690er Jahren", "depuis les années 1690",
        "desde la década de 1690", "с 1690-х годов", "منذ عقد ١٦٩٠", "1690年代起",
        "1690年代以降",
    ),
    "../1500~": (
        "until c. 1500", "until c. 1500", "bis ca. 1500", "jusqu’à env. 1500",
        "hasta c. 1500", "до ок. 1500 г.", "حتى نحو ١٥٠٠", "至约1500年", "1500年頃まで",
    ),
    "1914?/..": (
        "from 1914 (uncertain)", "from 1914 (uncertain)", "ab 1914 (unsicher)",
        "depuis 1914 (date incertaine)", "desde 1914 (fecha incierta)",
        "с 1914 г. (дата под вопросом)", "منذ ١٩١٤ (تاريخ غير مؤكد)",
        "1914年起（存疑）", "1914年以降（不確か）",
    ),
}  # fmt: skip
SPACES = {0x202F: " ", 0xA0: " "}
LANGUAGES = ("en", "en-US", "de", "fr", "es", "ru", "ar-EG", "zh", "ja")


@pytest.mark.parametrize(
    ("text", "tag", "words"),
    [
        (text, tag, words)
        for text, row in WORDS.items()
        for tag, words in zip(LANGUAGES, row, strict=True)
    ],
)
def test_a_date_is_worded(text, tag, words):
    """Every form in nine languages; spaces that do not break are read as spaces."""
    calendar = "julian" if text == "1500-02-29" else "gregorian"

    assert worded(parse_edtf(text, calendar), tag).translate(SPACES) == words


@pytest.mark.parametrize(
    ("tag", "words", "first"),
    [
        ("en", "20 August", "1 January"),
        ("en-US", "August 20", "January 1"),
        ("de", "20. August", "1. Januar"),
        ("fr", "20 août", "1er janvier"),
        ("es", "20 de agosto", "1 de enero"),
        ("ru", "20 августа", "1 января"),
        ("ar", "20 أغسطس", "1 يناير"),
        ("zh", "8月20日", "1月1日"),
        ("ja", "8月20日", "1月1日"),
    ],
)
def test_a_day_of_any_year_is_worded(tag, words, first):
    """Without a year, 29 February too."""
    assert worded(MonthDay(8, 20), tag) == words
    assert worded(MonthDay(1, 1), tag) == first
    assert "29" in worded(MonthDay(2, 29), tag)


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("en", "Tuesday, 20 August 1940"),
        ("en-US", "Tuesday, August 20, 1940"),
        ("de", "Dienstag, 20. August 1940"),
        ("fr", "mardi 20 août 1940"),
        ("es", "martes, 20 de agosto de 1940"),
        ("ru", "вторник, 20 августа 1940\u202fг."),
        ("ar", "الثلاثاء، 20 أغسطس 1940"),
        ("zh", "1940年8月20日星期二"),
        ("ja", "1940年8月20日火曜日"),
        ("fi", "tiistaina 20. elokuuta 1940"),
    ],
)
def test_the_weekday_is_worded(tag, words):
    """Where the language puts it."""
    assert worded(HistoricalDate(1940, 8, 20), tag, weekday=True) == words


def test_the_weekday_of_an_old_date_is_that_of_its_calendar():
    """The Ides of March of 44 BC were a Wednesday."""
    ides = HistoricalDate(-43, 3, 15, calendar="julian")

    assert worded(ides, weekday=True) == "Wednesday, 15 March 44 BC"


@pytest.mark.parametrize(
    ("date", "words"),
    [
        (HistoricalDate(1900, 2, 29, calendar="julian"), "29 February 1900"),
        (HistoricalDate(-100, 2, 29, calendar="julian"), "29 February 101 BC"),
        (HistoricalDate(2024, 2, 29), "29 February 2024"),
        (HistoricalDate(99, 2, 28), "28 February 99 AD"),
        (HistoricalDate(100, 2, 28), "28 February 100"),
    ],
)
def test_a_day_is_worded_in_any_year(date, words):
    """Years have the same days, but 29 February, and those before 100 say their era."""
    assert worded(date) == words


def test_a_date_without_a_day_has_no_weekday():
    """Asking for it changes nothing."""
    assert worded(HistoricalDate(1940, 8), weekday=True) == "August 1940"


@pytest.mark.parametrize(
    ("date", "tag", "words"),
    [
        (HistoricalDate(8, 2, 18, "french-republican"), "en", "18 Brumaire VIII"),
        (HistoricalDate(8, 2, 18, "french-republican"), "fr", "18 brumaire an VIII"),
        (HistoricalDate(8, 2, 18, "french-republican"), "de", "18. Brumaire VIII"),
        (HistoricalDate(8, 2, 18, "french-republican"), "es", "18 de brumario del año VIII"),
        (HistoricalDate(8, 2, 18, "french-republican"), "ru", "18 брюмера VIII года Республики"),
        (HistoricalDate(8, 2, 18, "french-republican"), "zh", "法国共和历8年雾月18日"),
        (HistoricalDate(8, 2, 1, "french-republican"), "fr", "1er brumaire an VIII"),
        (HistoricalDate(8, 2, calendar="french-republican"), "ru", "брюмер VIII года Республики"),
        (HistoricalDate(8, 2, calendar="french-republican"), "ja", "フランス革命暦8年霧月"),
        (HistoricalDate(8, calendar="french-republican"), "fr", "an VIII"),
        (HistoricalDate(1446, 1, 1, "islamic"), "en", "1 Muharram 1446 AH"),
        (HistoricalDate(1446, 1, 1, "islamic"), "ar-EG", "١ محرم ١٤٤٦ هـ"),
        (HistoricalDate(5784, 1, 15, "hebrew"), "en", "15 Nisan 5784 AM"),
        (HistoricalDate(5784, 12, 3, "hebrew"), "en", "3 Adar I 5784 AM"),
        (HistoricalDate(5784, 13, 3, "hebrew"), "en", "3 Adar II 5784 AM"),
        (HistoricalDate(5783, 12, 3, "hebrew"), "en", "3 Adar 5783 AM"),
        (HistoricalDate(5784, 1, 15, "hebrew"), "it", "15 Nisan 5784 AM"),
        (HistoricalDate(1446, 1, 1, "islamic", approximate=True), "en", "c. 1 Muharram 1446 AH"),
    ],
)
def test_a_date_of_another_calendar_names_its_own_months(date, tag, words):
    """It is worded as it is stated."""
    assert worded(date, tag) == words


@pytest.mark.parametrize("tag", PHRASES)
@pytest.mark.parametrize("calendar", ["hebrew", "islamic", "french-republican"])
def test_every_month_of_another_calendar_has_a_name_of_its_own(tag, calendar):
    """Twelve, or thirteen with the leap month or the days at the year's end."""
    year = {"hebrew": 5784, "islamic": 1446, "french-republican": 3}[calendar]
    count = 12 if calendar == "islamic" else 13
    months = [
        worded(HistoricalDate(year, month, 1, calendar), tag) for month in range(1, 1 + count)
    ]

    assert len(set(months)) == count


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("1690-05-01", "1 maggio 1690"),
        ("169X", "1690–1699"),
        ("18XX", "1800–1899"),
        ("1500~", "~1500"),
        ("1500?", "1500 (?)"),
        ("1914/..", "1914–"),
        ("../1918", "–1918"),
        ("1914/", "1914–?"),
        ("/1918", "?–1918"),
        ("1940-05/1940-06", "maggio – giugno 1940"),
        ("1940-21", "1940-21"),
    ],
)
def test_a_language_without_phrases_has_signs(text, words):
    """Dates by Babel, the rest in a form that needs no word."""
    assert worded(parse_edtf(text), "it") == words


@pytest.mark.parametrize(
    ("year", "tag", "words"),
    [
        (1940, "en", "1940"),
        (-43, "en", "44 BC"),
        (0, "en", "1 BC"),
        (1, "en", "1 AD"),
        (99, "en", "99 AD"),
        (100, "en", "100"),
        (-9999, "en", "10000 BC"),
        (12000, "en", "12000"),
        (-43, "zh-TW", "西元前44年"),
        (-43, "ja", "紀元前44年"),
        (-43, "tr", "MÖ 44"),
    ],
)
def test_a_year_is_worded(year, tag, words):
    """Astronomical in, historical out; a small one says its era."""
    assert worded_year(year, tag) == words


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("en-GB", "20 August 1940"),
        ("en_US", "August 20, 1940"),
        ("EN-us", "August 20, 1940"),
        ("en-XX", "20 August 1940"),
        ("de-AT", "20. August 1940"),
        ("pt-BR", "20 de agosto de 1940"),
        ("zh-Hant-TW", "1940年8月20日"),
        ("hu", "1940. augusztus 20."),
        ("eu", "1940(e)ko abuztuaren 20(a)"),
    ],
)
def test_a_tag_may_have_a_region_or_a_script(tag, words):
    """What is not known as a whole is taken without its last part."""
    assert worded(HistoricalDate(1940, 8, 20), tag) == words


@pytest.mark.parametrize("tag", ["xx", "", "klingon", "x-y", "-", "../etc"])
def test_a_language_that_nobody_knows_is_refused_with_those_known(tag):
    """The message names them."""
    with pytest.raises(DateError, match="en, de, fr, es, ru, ar, zh, zh_Hant, ja"):
        worded(HistoricalDate(1940, 8, 20), tag)


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("bs", "august 1940."),
        ("fur", "Avost dal 1940"),
        ("it", "agosto 1940"),
        ("pl", "sierpień 1940"),
        ("cs", "srpen 1940"),
        ("en", "August 1940"),
    ],
)
def test_one_language_does_not_leak_into_another(tag, words):
    """Babel shares what it resolved: once Chinese was asked, Bosnian months can be Chinese."""
    _ = Locale.parse("zh").months["stand-alone"]["wide"][8]
    language.cache_clear()

    assert worded(HistoricalDate(1940, 8), tag) == words


def test_every_language_of_babel_words_every_form():
    """A thousand locales, none of which may fail."""
    dates = [parse_edtf(text) for text in ("-0043-03-15", "1940-08", "18XX~", "194X?", "1940-21")]
    dates += [parse_edtf(text) for text in ("1940-05-01/1940-05-06", "-0057/-0049", "1914/")]
    for tag in localedata.locale_identifiers():
        for date in [*dates, MonthDay(2, 29), HistoricalDate(5784, 12, 3, "hebrew")]:
            assert worded(date, tag, weekday=True)


def test_every_table_of_phrases_is_whole():
    """A language that has words has all of them."""
    for tag, phrases in PHRASES.items():
        for name in ("decade", "century", "seasons", "this_year", "next_year", "anniversary"):
            assert getattr(phrases, name), (tag, name)
