"""Cut the web fonts from EB Garamond as Debian ships it.

    apt-get install fonts-ebgaramond && pip install fonttools brotli && python -m tools.fonts

The cuts keep Latin, Greek and Cyrillic, small capitals and both sorts of figures, which the
usual web versions of this face leave out. Their output is committed, since it changes with the
face alone.
"""

from pathlib import Path

from fontTools.subset import Options, Subsetter, parse_unicodes
from fontTools.ttLib import TTFont

SOURCE = Path("/usr/share/fonts/opentype/ebgaramond")
TARGET = Path(__file__).parent.parent / "hodie" / "press" / "static" / "fonts"
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


def main() -> None:
    for name, face in FACES.items():
        cut(SOURCE / f"{face}.otf", TARGET / f"{name}.woff2")


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


if __name__ == "__main__":
    main()
