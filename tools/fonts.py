"""Cut the web fonts, and those of share pictures, from EB Garamond as Debian ships it.

    apt-get install fonts-ebgaramond && pip install fonttools brotli && python -m tools.fonts

The cuts keep Latin, Greek and Cyrillic, small capitals and both sorts of figures, which the
usual web versions of this face leave out. Their output is committed, since it changes with the
face alone.
"""

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from fontTools.subset import Options, Subsetter, parse_unicodes
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables import otTables
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

from hodie.press.lettering.faces import LINING, SMALL_CAPS

SOURCE = Path("/usr/share/fonts/opentype/ebgaramond")
PRESS = Path(__file__).parent.parent / "hodie" / "press"
TARGET = PRESS / "static" / "fonts"
LETTERING = PRESS / "lettering"
FACES = {
    "text": "EBGaramond08-Regular",
    "italic": "EBGaramond08-Italic",
    "display": "EBGaramond12-Regular",
}
CHARACTERS = (
    "20-7E,A0-24F,259,2B0-2BF,300-30C,323-328,386-3CE,400-45F,490-491,1E00-1EFF,2010-2022,2026,"
    "2030,2032-2033,2039-203A,20AC,2116,2190-2193,2212"
)
FEATURES = "c2sc,smcp,onum,lnum,pnum,tnum,liga,calt,ccmp,locl,kern,mark,mkmk,ordn,case,cpsp,sups"
# In the 8 pt face two small capitals made from capitals have the width of another letter.
TOO_NARROW = {"U.sc": "u.sc", "W.sc": "w.sc"}
# Share pictures are drawn without a shaping engine, a character at a time. So their cuts have small
# capitals and lining figures at code points of their own; widths and kerning stand beside them.
DRAWN = {"display": "EBGaramond12-Regular", "italic": "EBGaramond12-Italic"}
LIGATURES = "FB00-FB04"
KERNED = "20-7E,C0-17F,2018-201D,FB00-FB04"


def main() -> None:
    for name, face in FACES.items():
        cut(SOURCE / f"{face}.otf", TARGET / f"{name}.woff2")
    for name, face in DRAWN.items():
        metrics = draw(SOURCE / f"{face}.otf", LETTERING / f"{name}.otf")
        (LETTERING / f"{name}.json").write_text(on_lines(metrics), encoding="utf-8")


def cut(source: Path, target: Path) -> None:
    """Write the part of a face that pages use, as WOFF2."""
    font = TTFont(source)
    options = Options(hinting=False, desubroutinize=True, layout_features=FEATURES.split(","))
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=parse_unicodes(CHARACTERS))
    subsetter.subset(font)
    widen(font)
    font.flavor = "woff2"
    font.save(target)


def widen(font: TTFont) -> None:
    """Give the small capitals that are too narrow the width of their twins."""
    widths = font["hmtx"]
    for wrong, right in TOO_NARROW.items():
        if wrong in widths.metrics and widths[wrong][0] < widths[right][0]:
            widths[wrong] = widths[right]


def draw(source: Path, target: Path) -> dict[str, Any]:
    """Write the part of a face that share pictures use; return its widths and its kerning."""
    font = TTFont(source)
    wanted = set(parse_unicodes(f"{CHARACTERS},{LIGATURES}")) & font.getBestCmap().keys()
    letters = {code: font.getBestCmap()[code] for code in wanted}
    small, lining = substitutes(font, "smcp"), substitutes(font, "lnum")
    letters |= {code + SMALL_CAPS: small.get(name, name) for code, name in letters.items()} | {
        code + LINING: lining[name] for code, name in letters.items() if name in lining
    }
    kerned = {code for code in parse_unicodes(KERNED) if code in letters}
    pairs = kerning(font, {letters[plane + code] for code in kerned for plane in (0, SMALL_CAPS)})
    metrics = {
        "em": font["head"].unitsPerEm,
        "advances": {chr(code): font["hmtx"][letters[code]][0] for code in sorted(letters)},
        "kerning": {
            chr(first): {
                chr(second): pairs[letters[first], letters[second]]
                for second in sorted(letters)
                if (letters[first], letters[second]) in pairs
            }
            for first in sorted(letters)
        },
    }
    font["cmap"].tables = [full_cmap(letters)]
    options = Options(hinting=False, desubroutinize=True, layout_features=[])
    options.drop_tables += ["FFTM", "GPOS", "GSUB", "GDEF"]
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=letters)
    subsetter.subset(font)
    font.save(target)
    return metrics


def on_lines(metrics: dict[str, Any]) -> str:
    """Write metrics as JSON, a line for what each character has beside it."""
    write = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))
    rows = [f"{write(char)}:{write(row)}" for char, row in metrics["kerning"].items() if row]
    head = f'{{"em":{metrics["em"]},\n"advances":{write(metrics["advances"])},\n"kerning":{{\n'
    return head + ",\n".join(rows) + "\n}}\n"


def full_cmap(letters: dict[int, str]) -> CmapSubtable:
    """Write which glyph each code point has, for those beyond the first plane too."""
    table = CmapSubtable.newSubtable(12)
    table.platformID, table.platEncID, table.language = 3, 10, 0
    table.cmap = letters
    return table


def substitutes(font: TTFont, feature: str) -> dict[str, str]:
    """Return what a feature puts for each glyph, one for one."""
    table = font["GSUB"].table
    records = [r.Feature for r in table.FeatureList.FeatureRecord if r.FeatureTag == feature]
    found: dict[str, str] = {}
    for index in sorted({each for record in records for each in record.LookupListIndex}):
        for subtable in subtables(table.LookupList.Lookup[index]):
            found = {**getattr(subtable, "mapping", {}), **found}
    return found


def subtables(lookup: Any) -> Iterator[Any]:
    for subtable in lookup.SubTable:
        yield getattr(subtable, "ExtSubTable", subtable)


def kerning(font: TTFont, glyphs: set[str]) -> dict[tuple[str, str], int]:
    """Return by how much each pair of some glyphs is moved together or apart, in font units."""
    table = font["GPOS"].table
    records = [r.Feature for r in table.FeatureList.FeatureRecord if r.FeatureTag == "kern"]
    pairs: dict[tuple[str, str], int] = {}
    for index in sorted({each for record in records for each in record.LookupListIndex}):
        for subtable in subtables(table.LookupList.Lookup[index]):
            # Among them are moves of single glyphs, which are none of kerning's business here.
            found = moves(subtable, glyphs) if isinstance(subtable, otTables.PairPos) else ()
            for pair, value in found:
                pairs.setdefault(pair, value)
    return {pair: value for pair, value in pairs.items() if value}


def moves(subtable: Any, glyphs: set[str]) -> Iterator[tuple[tuple[str, str], int]]:
    """Yield what one subtable of pairs says, of single glyphs or of classes."""
    covered = subtable.Coverage.glyphs
    if subtable.Format == 1:
        for first, pairs in zip(covered, subtable.PairSet, strict=True):
            for record in pairs.PairValueRecord if first in glyphs else ():
                if record.SecondGlyph in glyphs:
                    yield (first, record.SecondGlyph), advance(record.Value1)
        return
    for first in glyphs.intersection(covered):
        row = subtable.Class1Record[subtable.ClassDef1.classDefs.get(first, 0)].Class2Record
        for second in glyphs:
            value = row[subtable.ClassDef2.classDefs.get(second, 0)].Value1
            yield (first, second), advance(value)


def advance(value: Any) -> int:
    return getattr(value, "XAdvance", 0) or 0


if __name__ == "__main__":
    main()
