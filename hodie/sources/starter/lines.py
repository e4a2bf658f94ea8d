"""The starter almanac's own sentences: one Markdown file a month, read into `Line` values.

A file is made for people. A heading a month, a heading a day, a bullet a line:

    # January

    ## 1

    - 1801: [[Giuseppe Piazzi]] finds [[Ceres (dwarf planet)|Ceres]]. `e:1801-01-01:73b46db1de`

Double brackets link to an entity by its Wikipedia title, with other words after a bar; the id in
backticks ties the sentence to its entry; ` !sensitive` after it marks what some days should spare,
` !lead` what a day may well begin with.
"""

import calendar
import re
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from hodie.errors import HodieError

# Not calendar.month_name, which speaks the locale's language.
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
FOLDER = Path(__file__).with_name("lines")

BULLET = re.compile(
    r"- (?P<year>[1-9]\d*)(?P<bc> BC)?: (?P<text>\S.*?)"
    r" `(?P<id>[^`\s]+)`(?P<sensitive> !sensitive)?(?P<lead> !lead)?"
)
LINK = re.compile(r"\[\[(?P<title>[^\[\]|]+)(?:\|(?P<shown>[^\[\]|]+))?\]\]")


class LineError(HodieError, ValueError):
    """A file of lines that cannot be read; says which one, where, and what stood there."""

    def __init__(self, message: str, *, file: str, number: int) -> None:
        super().__init__(f"{file}:{number}: {message}")
        self.file, self.number = file, number


class Link(NamedTuple):
    """Words of a sentence that stand for an entity, by offsets into the plain text.

    >>> Link(0, 5, "Ceres (dwarf planet)").title
    'Ceres (dwarf planet)'
    """

    start: int
    end: int
    title: str


class Line(Struct, frozen=True):
    """One sentence of our own about one entry.

    `year` is astronomical (44 BC is -43), `text` is plain, `number` counts the file's lines from 1.
    """

    id: str
    month: int
    day: int
    year: int
    text: str
    links: tuple[Link, ...]
    sensitive: bool
    number: int
    lead: bool = False


def read_lines(month: int, folder: Path = FOLDER) -> list[Line]:
    """Read a month's lines in the order of its file; a month without a file has none."""
    path = folder / f"{month:02}.md"
    if not path.exists():
        return []
    return parse_lines(path.read_text(encoding="utf-8"), month, file=str(path))


def read_all_lines(folder: Path = FOLDER) -> list[Line]:
    """Read the lines of every month, January first."""
    return [line for month in range(1, 13) for line in read_lines(month, folder)]


def parse_lines(markdown: str, month: int, *, file: str = "lines") -> list[Line]:
    """Read a month's Markdown.

    >>> [line] = parse_lines("# March\\n## 15\\n- 44 BC: [[Caesar]] dies. `e:1`\\n", 3)
    >>> line.year, line.day, line.text, line.links
    (-43, 15, 'Caesar dies.', (Link(start=0, end=6, title='Caesar'),))
    """
    lines: list[Line] = []
    day = 0
    for number, row in enumerate(markdown.splitlines(), 1):
        try:
            if row.startswith("- "):
                lines.append(_bullet(row, month, day, number))
            elif row.startswith("## "):
                day = _day(row, month, day)
            elif row.strip():
                _title(row, month)
        except ValueError as error:
            raise LineError(str(error), file=file, number=number) from error
    return lines


def plain(marked: str) -> tuple[str, tuple[Link, ...]]:
    """Split a marked sentence into its plain text and its links.

    >>> plain("Oslo becomes [[Oslo|Christiania]].")
    ('Oslo becomes Christiania.', (Link(start=13, end=24, title='Oslo'),))
    """
    text, links, end = "", [], 0
    for match in LINK.finditer(marked):
        text += marked[end : match.start()]
        shown = match["shown"] or match["title"]
        links.append(Link(len(text), len(text) + len(shown), match["title"]))
        text, end = text + shown, match.end()
    text += marked[end:]
    if "[[" in text or "]]" in text:
        raise ValueError(f"a link is not closed, or empty, in {marked!r}: write [[Title|words]]")
    return text, tuple(links)


def _bullet(row: str, month: int, day: int, number: int) -> Line:
    match = BULLET.fullmatch(row.rstrip())
    if match is None:
        raise ValueError(
            f"{row!r} is not '- YEAR: sentence `entry-id`', perhaps with ' !sensitive' or ' !lead'"
        )
    if not day:
        raise ValueError(
            "a line stands before the first day: put a heading such as '## 1' above it"
        )
    text, links = plain(match["text"])
    year = 1 - int(match["year"]) if match["bc"] else int(match["year"])
    sensitive = match["sensitive"] is not None
    lead = match["lead"] is not None
    return Line(match["id"], month, day, year, text, links, sensitive, number, lead)


def _day(row: str, month: int, before: int) -> int:
    last = calendar.monthrange(2000, month)[1]
    words = row[3:].strip()
    if not words.isdecimal() or not 1 <= int(words) <= last:
        raise ValueError(f"{row!r} is not a day of month {month}: write '## 1' to '## {last}'")
    if int(words) <= before:
        raise ValueError(f"day {words} stands after day {before}: keep each day once, in order")
    return int(words)


def _title(row: str, month: int) -> None:
    title = f"# {MONTHS[month - 1]}"
    if row.rstrip() != title:
        raise ValueError(f"{row!r} is neither the title {title!r}, nor a day, nor a line")
