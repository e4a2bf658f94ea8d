"""Months of the Hebrew, Islamic and French Republican calendars, which Babel does not have.

Hebrew months count from Nisan, and the thirteenth is Adar II, as in `hodie.dates.calendars`. The
thirteenth of the Republican calendar is its five or six days at the end of the year.
"""

import msgspec

from hodie.dates.calendars import Calendar


class Months(msgspec.Struct, frozen=True):
    """How one language writes the dates of one calendar.

    In `date` and `year`, `{day}`, `{month}`, `{year}` and `{roman}`, which is the year in Roman
    numerals, stand for the parts.
    """

    date: str
    year: str
    names: tuple[str, ...]
    leap_adar: str = ""  # month 12 of a year that has an Adar II
    standing: tuple[str, ...] = ()  # the names without a day, where they differ

    @property
    def month(self) -> str:
        """The pattern of a month: the date's without its day."""
        if self.date.index("{day}") < self.date.index("{month}"):
            return self.date[self.date.index("{month}") :]
        return self.date[: self.date.index("{day}")]


_ENGLISH = {
    Calendar.HEBREW: Months(
        "{day} {month} {year} AM",
        "{year} AM",
        (
            *("Nisan", "Iyar", "Sivan", "Tamuz", "Av", "Elul", "Tishri"),
            *("Heshvan", "Kislev", "Tevet", "Shevat", "Adar", "Adar II"),
        ),
        leap_adar="Adar I",
    ),
    Calendar.ISLAMIC: Months(
        "{day} {month} {year} AH",
        "{year} AH",
        (
            *("Muharram", "Safar", "Rabiʻ I", "Rabiʻ II", "Jumada I", "Jumada II", "Rajab"),
            *("Shaʻban", "Ramadan", "Shawwal", "Dhuʻl-Qiʻdah", "Dhuʻl-Hijjah"),
        ),
    ),
    Calendar.REPUBLICAN: Months(
        "{day} {month} {roman}",
        "Year {roman}",
        (
            *("Vendémiaire", "Brumaire", "Frimaire", "Nivôse", "Pluviôse", "Ventôse", "Germinal"),
            *("Floréal", "Prairial", "Messidor", "Thermidor", "Fructidor", "Sansculottides"),
        ),
    ),
}

_GERMAN = {
    Calendar.HEBREW: Months(
        "{day}. {month} {year} AM",
        "{year} AM",
        (
            *("Nisan", "Ijjar", "Siwan", "Tammus", "Aw", "Elul", "Tischri"),
            *("Cheschwan", "Kislew", "Tewet", "Schewat", "Adar", "Adar II"),
        ),
        leap_adar="Adar I",
    ),
    Calendar.ISLAMIC: Months(
        "{day}. {month} {year} AH",
        "{year} AH",
        (
            *("Muharram", "Safar", "Rabiʿ I", "Rabiʿ II", "Dschumada I", "Dschumada II"),
            *("Radschab", "Schaʿban", "Ramadan", "Schawwal", "Dhu l-qaʿda", "Dhu l-hiddscha"),
        ),
    ),
    Calendar.REPUBLICAN: Months(
        "{day}. {month} {roman}", "Jahr {roman}", _ENGLISH[Calendar.REPUBLICAN].names
    ),
}

_FRENCH = {
    Calendar.HEBREW: Months(
        "{day} {month} {year} AM",
        "{year} AM",
        (
            *("nissan", "iyar", "sivan", "tamouz", "av", "éloul", "tichri"),
            *("hèchvan", "kislev", "téveth", "chevat", "adar", "adar II"),
        ),
        leap_adar="adar I",
    ),
    Calendar.ISLAMIC: Months(
        "{day} {month} {year} AH",
        "{year} AH",
        (
            *("mouharram", "safar", "rabia al-awwal", "rabia ath-thani", "joumada al-oula"),
            *("joumada ath-thania", "rajab", "chaabane", "ramadan", "chawwal"),
            *("dhou al-qiʿda", "dhou al-hijja"),
        ),
    ),
    Calendar.REPUBLICAN: Months(
        "{day} {month} an {roman}",
        "an {roman}",
        (
            *("vendémiaire", "brumaire", "frimaire", "nivôse", "pluviôse", "ventôse", "germinal"),
            *("floréal", "prairial", "messidor", "thermidor", "fructidor", "sans-culottides"),
        ),
    ),
}

_SPANISH = {
    Calendar.HEBREW: Months(
        "{day} de {month} de {year} AM",
        "{year} AM",
        (
            *("nisán", "iyar", "siván", "tamuz", "av", "elul", "tishrei"),
            *("jeshván", "kislev", "tevet", "shevat", "adar", "adar II"),
        ),
        leap_adar="adar I",
    ),
    Calendar.ISLAMIC: Months(
        "{day} de {month} de {year} AH",
        "{year} AH",
        (
            *("muharram", "safar", "rabiʿ I", "rabiʿ II", "yumada I", "yumada II", "rayab"),
            *("shaʿban", "ramadán", "shawwal", "du l-qaʿda", "du l-hiyya"),
        ),
    ),
    Calendar.REPUBLICAN: Months(
        "{day} de {month} del año {roman}",
        "año {roman}",
        (
            *("vendimiario", "brumario", "frimario", "nivoso", "pluvioso", "ventoso", "germinal"),
            *("floreal", "pradial", "mesidor", "termidor", "fructidor", "sansculótidas"),
        ),
    ),
}

_RUSSIAN = {
    Calendar.HEBREW: Months(
        "{day} {month} {year}\u202fг. еврейского календаря",
        "{year}\u202fг. еврейского календаря",
        (
            *("нисана", "ияра", "сивана", "таммуза", "ава", "элула", "тишрея"),
            *("хешвана", "кислева", "тевета", "швата", "адара", "адара II"),
        ),
        leap_adar="адара I",
        standing=(
            *("нисан", "ияр", "сиван", "таммуз", "ав", "элул", "тишрей"),
            *("хешван", "кислев", "тевет", "шват", "адар", "адар II"),
        ),
    ),
    Calendar.ISLAMIC: Months(
        "{day} {month} {year}\u202fг. хиджры",
        "{year}\u202fг. хиджры",
        (
            *("мухаррама", "сафара", "раби-уль-авваля", "раби-уль-ахира", "джумад-уль-авваля"),
            *("джумад-уль-ахира", "раджаба", "шаабана", "рамадана", "шавваля"),
            *("зуль-каады", "зуль-хиджжи"),
        ),
        standing=(
            *("мухаррам", "сафар", "раби-уль-авваль", "раби-уль-ахир", "джумад-уль-авваль"),
            *("джумад-уль-ахир", "раджаб", "шаабан", "рамадан", "шавваль"),
            *("зуль-каада", "зуль-хиджжа"),
        ),
    ),
    Calendar.REPUBLICAN: Months(
        "{day} {month} {roman} года Республики",
        "{roman} год Республики",
        (
            *("вандемьера", "брюмера", "фримера", "нивоза", "плювиоза", "вантоза", "жерминаля"),
            *("флореаля", "прериаля", "мессидора", "термидора", "фрюктидора", "санкюлотид"),
        ),
        standing=(
            *("вандемьер", "брюмер", "фример", "нивоз", "плювиоз", "вантоз", "жерминаль"),
            *("флореаль", "прериаль", "мессидор", "термидор", "фрюктидор", "санкюлотиды"),
        ),
    ),
}

_ARABIC = {
    Calendar.HEBREW: Months(
        "{day} {month} {year} (التقويم العبري)",
        "{year} (التقويم العبري)",
        (
            *("نيسان", "أيار", "سيفان", "تموز", "آب", "أيلول", "تشري"),
            *("مرحشوان", "كيسلو", "طيفت", "شباط", "آذار", "آذار الثاني"),
        ),
        leap_adar="آذار الأول",
    ),
    Calendar.ISLAMIC: Months(
        "{day} {month} {year} هـ",
        "{year} هـ",
        (
            *("محرم", "صفر", "ربيع الأول", "ربيع الآخر", "جمادى الأولى", "جمادى الآخرة"),
            *("رجب", "شعبان", "رمضان", "شوال", "ذو القعدة", "ذو الحجة"),
        ),
    ),
    Calendar.REPUBLICAN: Months(
        "{day} {month} {year} (التقويم الجمهوري الفرنسي)",
        "{year} (التقويم الجمهوري الفرنسي)",
        (
            *("فنديميير", "برومير", "فريمير", "نيفوز", "بلوفيوز", "فنتوز", "جرمينال"),
            *("فلوريال", "بريريال", "ميسيدور", "ترميدور", "فروكتيدور", "سانكيلوتيد"),
        ),
    ),
}

_CHINESE = {
    Calendar.HEBREW: Months(
        "希伯来历{year}年{month}{day}日",
        "希伯来历{year}年",
        (
            *("尼散月", "以珥月", "西弯月", "搭模斯月", "埃波月", "以禄月", "提斯利月"),
            *("玛西班月", "基斯流月", "提别月", "细罢特月", "亚达月", "亚达月II"),
        ),
        leap_adar="亚达月I",
    ),
    Calendar.ISLAMIC: Months(
        "伊斯兰历{year}年{month}{day}日",
        "伊斯兰历{year}年",
        (
            *("穆哈兰姆月", "色法尔月", "赖比尔·敖外鲁月", "赖比尔·阿色尼月", "主马达·敖外鲁月"),
            *("主马达·阿色尼月", "赖哲卜月", "舍尔邦月", "赖买丹月", "闪瓦鲁月"),
            *("都尔喀尔德月", "都尔黑哲月"),
        ),
    ),
    Calendar.REPUBLICAN: Months(
        "法国共和历{year}年{month}{day}日",
        "法国共和历{year}年",
        (
            *("葡月", "雾月", "霜月", "雪月", "雨月", "风月", "芽月"),
            *("花月", "牧月", "获月", "热月", "果月", "无套裤汉日"),
        ),
    ),
}

_TRADITIONAL_CHINESE = {
    Calendar.HEBREW: Months(
        "希伯來曆{year}年{month}{day}日",
        "希伯來曆{year}年",
        (
            *("尼散月", "以珥月", "西彎月", "搭模斯月", "埃波月", "以祿月", "提斯利月"),
            *("瑪西班月", "基斯流月", "提別月", "細罷特月", "亞達月", "亞達月II"),
        ),
        leap_adar="亞達月I",
    ),
    Calendar.ISLAMIC: Months(
        "伊斯蘭曆{year}年{month}{day}日",
        "伊斯蘭曆{year}年",
        (
            *("穆哈蘭姆月", "色法爾月", "賴比月I", "賴比月II", "主馬達月I", "主馬達月II"),
            *("賴哲卜月", "舍爾邦月", "賴買丹月", "閃瓦魯月", "都爾喀爾德月", "都爾黑哲月"),
        ),
    ),
    Calendar.REPUBLICAN: Months(
        "法國共和曆{year}年{month}{day}日",
        "法國共和曆{year}年",
        (
            *("葡月", "霧月", "霜月", "雪月", "雨月", "風月", "芽月"),
            *("花月", "牧月", "穫月", "熱月", "果月", "無套褲漢日"),
        ),
    ),
}

_JAPANESE = {
    Calendar.HEBREW: Months(
        "ユダヤ暦{year}年{month}{day}日",
        "ユダヤ暦{year}年",
        (
            *("ニサン", "イヤル", "シバン", "タムズ", "アヴ", "エルル", "ティシュリ"),
            *("ヘシュバン", "キスレブ", "テベット", "シェバト", "アダル", "アダル・シェニ"),
        ),
        leap_adar="アダル・リション",
    ),
    Calendar.ISLAMIC: Months(
        "ヒジュラ暦{year}年{month}{day}日",
        "ヒジュラ暦{year}年",
        (
            *("ムハッラム", "サファル", "ラビー・アル＝アウワル", "ラビー・アッ＝サーニー"),
            *("ジュマーダー・アル＝ウーラー", "ジュマーダー・アッ＝サーニヤ", "ラジャブ"),
            *("シャアバーン", "ラマダーン", "シャウワール", "ズー・アル＝カアダ"),
            "ズー・アル＝ヒッジャ",
        ),
    ),
    Calendar.REPUBLICAN: Months(
        "フランス革命暦{year}年{month}{day}日",
        "フランス革命暦{year}年",
        (
            *("葡萄月", "霧月", "霜月", "雪月", "雨月", "風月", "芽月"),
            *("花月", "草月", "収穫月", "熱月", "実月", "サン・キュロットの休日"),
        ),
    ),
}

MONTHS = {
    "en": _ENGLISH,
    "de": _GERMAN,
    "fr": _FRENCH,
    "es": _SPANISH,
    "ru": _RUSSIAN,
    "ar": _ARABIC,
    "zh": _CHINESE,
    "zh_Hant": _TRADITIONAL_CHINESE,
    "ja": _JAPANESE,
}
"""By language, then by calendar."""
