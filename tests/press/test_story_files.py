"""Stories: read from their files, refused with file and line, and written back byte for byte."""

from __future__ import annotations

import contextlib
import datetime
import string
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hodie.dates import Calendar, HistoricalDate, Interval, MonthDay
from hodie.press import (
    Author,
    Correction,
    Image,
    Link,
    Publication,
    Series,
    Story,
    StoryError,
    StorySource,
    parse_story,
    read_story,
    write_story,
)
from hodie.press.frontmatter import SIZE_LIMIT

DESK = Author(id="history-desk", name="The history desk", kind="desk")
SERIES = Series("today-in-history", "Today in History")
PLAIN = Publication(
    folder=Path("/nowhere"),
    name="A",
    base_url="https://a.example",
    series=(SERIES,),
    authors=(DESK,),
)

FULL = """\
---
headline: Trotsky Assassinated
series: today-in-history
dates:
  - 1940-08-20
  - 1940-08-21
run: 2026-08-20
language: en-GB
by:
  - history-desk
  - name: A guest
    note: Writes elsewhere.
    links:
      - label: Site
        url: https://guest.example/
summary: 'An ice axe, in Coyoacán: the end of a long exile.'
image:
  file: ada.jpg
  alt: A walled house
  credit: The museum
  licence: CC-BY-4.0
  caption: The house
tags:
  - politics
  - 'no'
entries:
  - e:1940-08-20:0123456789
entities:
  - leon-trotsky
sensitive: true
draft: true
published: 2026-08-19
sources:
  - title: My Life
    author: Leon Trotsky
    publisher: Scribner, 1930
    url: https://books.example/my-life
corrections:
  - date: 2026-08-21
    note: It was an ice axe.
---

# Exile

He said "no".
"""


def story(text: str, publication: Publication = PLAIN, name: str = "a-story.md") -> Story:
    return parse_story(text.encode(), publication, Path(name))


def front(*lines: str) -> str:
    return "\n".join(["---", *lines, "---", "", "Text.", ""])


def dated(*lines: str) -> Story:
    return story(front("headline: A", *lines))


def test_every_field_is_read(publication):
    """A story has what its file says, its series and authors looked up."""
    read = story(FULL, publication, "trotsky-assassinated.md")

    assert read.id == "trotsky-assassinated"
    assert read.address == "/stories/trotsky-assassinated/"
    assert read.headline == "Trotsky Assassinated"
    assert read.series == publication.series_named("today-in-history")
    assert [str(date) for date in read.dates] == ["1940-08-20", "1940-08-21"]
    assert read.run == datetime.date(2026, 8, 20)
    assert read.bylines[0] == publication.author("history-desk")
    assert read.bylines[1] == Author(
        name="A guest", note="Writes elsewhere.", links=(Link("Site", "https://guest.example/"),)
    )
    assert read.image.address == "/pictures/ada.jpg"
    assert read.tags == ("politics", "no")
    assert read.sensitive
    assert read.draft
    assert read.corrections == (Correction(datetime.date(2026, 8, 21), "It was an ice axe."),)
    assert read.sources[0].publisher == "Scribner, 1930"
    assert read.body == '# Exile\n\nHe said "no".'


def test_full_story_is_written_as_it_was_read(publication):
    """The file of the canonical form comes back byte for byte."""
    assert story(FULL, publication).to_markdown() == FULL


def test_smallest_story(publication):
    """A headline, a date and nothing else is a story."""
    read = story("---\nheadline: A\ndate: 1940-08-20\n---\n", publication)

    assert (read.body, read.summary, read.bylines, read.series) == ("", "", (), None)
    assert read.to_markdown() == "---\nheadline: A\ndate: 1940-08-20\nlanguage: en\n---\n"


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("1940-08-20", "1940-08-20"),
        ("'1940-08-20'", "1940-08-20"),
        ("1940-08", "1940-08"),
        ("1940", "1940"),
        ("0476", "0476"),
        ("-0043-03-15", "-0043-03-15"),
        ("194X", "194X"),
        ("1940?", "1940?"),
        ("1940~", "1940~"),
        ("1914/1918", "1914/1918"),
        ("1914/..", "1914/.."),
        ("../1918", "../1918"),
        ("1940-08-20/1940-08-21", "1940-08-20/1940-08-21"),
    ],
)
def test_dates_are_text_to_yaml(text, edtf):
    """YAML makes no date, number or null of an EDTF date."""
    read = dated(f"date: {text}")

    assert str(read.date) == edtf
    assert story(read.to_markdown()) == read


@pytest.mark.parametrize(
    ("lines", "calendar"),
    [
        (["date: -0043-03-15"], Calendar.JULIAN),
        (["date: 1066"], Calendar.JULIAN),
        (["date: 1582-10-04"], Calendar.JULIAN),
        (["date: 1582-10-15"], Calendar.GREGORIAN),
        (["date: 1752-09-14"], Calendar.GREGORIAN),
        (["date: 1066-10-14", "calendar: gregorian"], Calendar.GREGORIAN),
        (["date: 1917-10-25", "calendar: julian"], Calendar.JULIAN),
        (["date: 5701-05-16", "calendar: hebrew"], Calendar.HEBREW),
    ],
)
def test_calendar_is_the_usual_one_or_the_named_one(lines, calendar):
    """Dates before the reform are Julian; any other calendar has to be named, and is kept."""
    read = dated(*lines)

    assert read.date.calendar is calendar
    assert story(read.to_markdown()) == read


def test_dates_of_several_calendars():
    """One date among several may name its own calendar."""
    read = dated("dates:", "  - date: 1917-10-25", "    calendar: julian", "  - 1917-11-08")

    assert [date.calendar for date in read.dates] == [Calendar.JULIAN, Calendar.GREGORIAN]
    assert story(read.to_markdown()) == read


@pytest.mark.parametrize(
    ("lines", "run"),
    [
        (["date: 1940-08-20"], MonthDay(8, 20)),
        (["date: -0043-03-15"], MonthDay(3, 15)),
        (["date: 1917-10-25", "calendar: julian"], MonthDay(11, 7)),
        (["date: 1940-08-20/1940-08-21"], MonthDay(8, 20)),
        (["dates: [1940-08-20, 1879-11-07]"], MonthDay(8, 20)),
        (["date: 1940-08-20", "run: 08-21"], MonthDay(8, 21)),
        (["date: 1940-02-29"], MonthDay(2, 29)),
        (["date: 1940-08-20", "run: 2026-08-20"], datetime.date(2026, 8, 20)),
        (["date: 1940-08-20", "run: never"], None),
        (["date: 1940-08"], None),
        (["date: ../1940-08-20"], None),
    ],
)
def test_day_to_run_follows_from_the_date(lines, run):
    """Without `run` a story comes each year on the day of its first date."""
    read = dated(*lines)

    assert read.run == run
    assert story(read.to_markdown()) == read


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        (["date: 1940-08-20"], "20 August 1940"),
        (["date: 1940-08-20", "language: en-US"], "August 20, 1940"),
        (["date: 1940-08-20", "language: de"], "20. August 1940"),
        (["date: 1917-10-25", "calendar: julian"], "7 November 1917 (25 October, Old Style)"),
        (["date: 1940-08"], "August 1940"),
    ],
)
def test_dateline_words_the_first_date(lines, words):
    """A dateline is in the story's language, and says Old Style where it is."""
    assert dated(*lines).dateline == words


def test_summary_stands_in_for_the_description():
    """What previews say is the summary, else the first words of the text."""
    assert dated("date: 1940", "summary: In short.").description == "In short."
    assert dated("date: 1940").description == "Text."


def test_long_text_may_be_folded():
    """A summary over several lines is one line of text."""
    assert dated("date: 1940", "summary: >-", "  One", "  two").summary == "One two"


@pytest.mark.parametrize(
    "line", ["tags:", "by:", "series:", "summary:", "image:", "run:", "sensitive:", "sources: []"]
)
def test_keys_with_nothing_after_them_are_absent(line):
    """A form that was not filled in is as good as none."""
    assert dated("date: 1940-08-20", line) == dated("date: 1940-08-20")


@pytest.mark.parametrize("line", ["by: history-desk", "by: [history-desk]"])
def test_one_author_needs_no_list(line):
    """A single author may stand alone."""
    assert dated("date: 1940", line).bylines == (DESK,)


def test_source_may_be_a_title_alone():
    """A source without more to say is its title."""
    assert dated("date: 1940", "sources:", "  - My Life").sources == (StorySource(title="My Life"),)


REFUSED = [
    (["date: 1940"], 2, "headline: is missing; write for example"),
    (["headline: A"], 2, "date: is missing"),
    (["headline: A", "date: 1940-13-01"], 3, "1940-13-01"),
    (["headline: A", "date: 1941-02-29"], 3, "1941-02-29"),
    (["headline: A", "date: 20 August 1940"], 3, "dates are EDTF, such as 1940-08-20"),
    (["headline: A", "date: 1918/1914"], 3, "ends before it begins"),
    (["headline: A", "date: 1582-10-14/1582-10-15"], 3, "ends before it begins"),
    (["headline: A", "date: 1940", "dates: [1941]"], 3, "stands beside `dates`"),
    (["headline: A", "dates: []"], 2, "date: is missing"),
    (["headline: A", "date: 1940", "calendar: julien"], 4, "did you mean 'julian'?"),
    (["headline: A", "date: [[1940]]"], 3, "must be text, not a list"),
    (["headline: A", "date: {day: 1}"], 3, "date.date: is missing"),
    (["headline: [A]", "date: 1940"], 2, "headline: must be text"),
    (["headline: ' '", "date: 1940"], 2, "headline: is empty"),
    (["headlin: A", "date: 1940"], 2, "headline: is missing"),
    (["headline: A", "date: 1940", "tag: x"], 4, "tag: is no known key; did you mean 'tags'?"),
    (["headline: A", "date: 1940", "status: draft"], 4, "status: is no known key"),
    (["headline: A", "date: 1940", "headline: B"], 4, "headline: stands twice"),
    (["headline: A", "date: 1940", "by: matt"], 4, "'matt' is no author of hodie.toml"),
    (["headline: A", "date: 1940", "by: history-dsk"], 4, "did you mean 'history-desk'?"),
    (["headline: A", "date: 1940", "by:", "  - history-desk", "  - x"], 6, "'x' is no author"),
    (["headline: A", "date: 1940", "by:", "  - note: x"], 5, "by.name: is missing"),
    (["headline: A", "date: 1940", "by:", "  - name: x", "    url: y"], 6, "by.url: is no known"),
    (["headline: A", "date: 1940", "series: other"], 4, "'other' is no series of hodie.toml"),
    (["headline: A", "date: 1940", "language: xx"], 4, "'xx' is no language tag"),
    (["headline: A", "date: 1940", "run: 02-30"], 4, "'02-30' must be a day such as 08-20"),
    (["headline: A", "date: 1940", "run: 20 August"], 4, "must be a day such as 08-20"),
    (["headline: A", "date: 1940", "run: 20260820"], 4, "must be a day such as 08-20"),
    (["headline: A", "date: 1940", "run: 2026-02-29"], 4, "must be a day such as 08-20"),
    (["headline: A", "date: 1940", "sensitive: yes"], 4, "'yes' must be true or false"),
    (["headline: A", "date: 1940", "draft: 1"], 4, "'1' must be true or false"),
    (["headline: A", "date: 1940", "published: soon"], 4, "must be a date such as 2026-08-20"),
    (["headline: A", "date: 1940", "image: x.jpg"], 4, "image: must be lines of 'key: value'"),
    (
        ["headline: A", "date: 1940", "image:", "  alt: x", "  file: b.jpg", "  credit: x"],
        6,
        "image.file: there is no picture 'b.jpg' in",
    ),
    (
        ["headline: A", "date: 1940", "image:", "  file: ../hodie.toml"],
        5,
        "there is no picture '../hodie.toml'",
    ),
    (["headline: A", "date: 1940", "sources:", "  - url: x"], 5, "sources.title: is missing"),
    (
        ["headline: A", "date: 1940", "sources:", "  - title: x", "    url: javascript:alert(1)"],
        6,
        "must begin with https://",
    ),
    (["headline: A", "date: 1940", "corrections: wrong"], 4, "corrections: must be lines"),
    (["headline: A", "date: 1940", "corrections:", "  - note: x"], 5, "corrections.date: is miss"),
    (["headline: A: B", "date: 1940"], 2, "text with a colon needs quotation marks"),
    (["headline: A", "date: 1940", "\tby: x"], 4, "is not YAML"),
    (["headline: A", "date: &x 1940"], 3, "anchors and aliases are not for stories"),
    (["headline: A", "date: 1940", "tags: *x"], 4, "anchors and aliases are not for stories"),
    (["headline: !!python/object:os.system A"], 2, "tags are not for stories"),
    (["headline: A", "date: 1940", "summary: \x07"], 4, "is not YAML"),
    (["headline: A\u2028date: 1940"], 2, "replace it by a space"),
    (["headline: A", "date: 1940", "? [a]", ": b"], 4, "a key must be a plain word"),
    (["headline: A", "date: 1940", "tags: " + "[" * 5000], 2, "front matter"),
    (["- headline"], 2, "must be lines of 'key: value'"),
    (["just words"], 2, "must be lines of 'key: value'"),
    (["# nothing"], 1, "the front matter is empty"),
]


@pytest.mark.parametrize(("lines", "line", "message"), REFUSED)
def test_bad_front_matter_names_file_line_and_way_out(lines, line, message):
    """What is wrong is said with the line of the file where it stands."""
    with pytest.raises(StoryError) as caught:
        story(front(*lines))

    assert str(caught.value).startswith("a-story.md:")
    assert message in str(caught.value)
    if "[[[[" not in lines[-1]:
        assert caught.value.line == line


def test_wrong_picture_needs_alt_and_credit(publication):
    """A picture without the words for those who cannot see it is refused."""
    with pytest.raises(StoryError, match=r"image\.alt: is missing"):
        story(front("headline: A", "date: 1940", "image:", "  file: ada.jpg"), publication)


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        (b"", 1, "must begin with a line '---'"),
        (b"Just text.\n", 1, "must begin with a line '---'"),
        (b"\n---\nheadline: A\n---\n", 1, "must begin with a line '---'"),
        (b"---\nheadline: A\n", 1, "has no end"),
        (b"---\n---\n", 1, "the front matter is empty"),
        (b"---\nheadline: A\ndate: 1940\n---\n\nCaf\xe9\n", 6, "is not UTF-8"),
        ("---\nheadline: A\n---\n".encode("utf-16"), 1, "is not UTF-8"),
        (b"---\nheadline: A\ndate: 1940\n---\n\0\n", 5, "NUL"),
        (b"x" * (SIZE_LIMIT + 1), 1, "bytes, and a story at most"),
    ],
)
def test_bad_files_are_refused(content, line, message):
    """Files that are no stories at all are refused as plainly."""
    with pytest.raises(StoryError, match=message) as caught:
        parse_story(content, PLAIN, Path("a.md"))

    assert caught.value.line == line


@pytest.mark.parametrize("name", ["Trotsky.md", "a b.md", "-a.md", "é.md", "a--b.md", "x" * 101])
def test_file_names_are_addresses(name):
    """A story's file is named as its address will be, or a name is offered."""
    with pytest.raises(StoryError, match=r"must be lower-case .*; call it"):
        story(FULL, name=name)


def test_picture_in_the_text_must_be_there(publication):
    """A picture that the text shows is looked for, and missed on its own line."""
    text = "---\nheadline: A\ndate: 1940\n---\n\nText.\n\n![x](ada.jpg) ![y](no.jpg)\n"

    with pytest.raises(StoryError, match=r"a-story.md:8: there is no picture 'no\.jpg'"):
        story(text, publication)


def test_pictures_of_other_hosts_are_refused(publication):
    """A picture elsewhere would tell its host who reads."""
    with pytest.raises(StoryError, match=r":6: there is no picture 'https://x\.example/a\.jpg'"):
        story("---\nheadline: A\ndate: 1940\n---\n\n![x](https://x.example/a.jpg)", publication)


@pytest.mark.parametrize("ends", ["\r\n", "\r", "\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_byte_order_marks_do_not_matter(publication, ends, mark):
    """A file from any editor is the same story."""
    text = mark + FULL.replace("\n", ends)

    assert story(text, publication).to_markdown() == FULL


def test_errors_count_windows_lines(publication):
    """A line is the same line with other line ends."""
    with pytest.raises(StoryError, match=r"a-story\.md:3: "):
        story(front("headline: A", "date: never").replace("\n", "\r\n"))


def test_unreadable_file_is_a_story_error(tmp_path, publication):
    """A file that went away is reported like any other fault."""
    with pytest.raises(StoryError, match="cannot be read"):
        read_story(tmp_path / "gone.md", publication)


def test_written_story_is_read_back(tmp_path):
    """A story that the newsroom writes is the story that press reads."""
    made = Story(
        id="a-life",
        headline="A life",
        dates=(HistoricalDate(1879, 11, 7),),
        run=MonthDay(11, 7),
        body="Born.",
    )

    file = write_story(made, tmp_path / "stories")

    assert file.name == "a-life.md"
    assert read_story(file, PLAIN) == made
    assert [path.name for path in file.parent.iterdir()] == ["a-life.md"]


def test_written_story_replaces_the_old_one(tmp_path):
    """Writing again leaves one file, the new one."""
    for headline in ("One", "Two"):
        write_story(Story(id="a", headline=headline, dates=(HistoricalDate(1940),)), tmp_path)

    assert read_story(tmp_path / "a.md", PLAIN).headline == "Two"


def test_story_without_a_proper_id_is_not_written(tmp_path):
    """An id never leads out of the folder."""
    with pytest.raises(StoryError, match="cannot be a story's id"):
        write_story(Story(id="../a", headline="A", dates=(HistoricalDate(1940),)), tmp_path)


@pytest.mark.parametrize(
    ("run", "day", "year", "runs"),
    [
        ("08-20", "08-20", 1999, True),
        ("08-20", "08-21", 1999, False),
        ("2026-08-20", "08-20", 2026, True),
        ("2026-08-20", "08-20", 2027, False),
        ("never", "08-20", 2026, False),
    ],
)
def test_running_on_a_day(run, day, year, runs):
    """A story runs each year, once or never."""
    read = dated("date: 1940-08-20", f"run: {run}")

    assert read.runs_on(MonthDay.parse(day), year) is runs


@pytest.mark.parametrize(
    ("run", "today", "last"),
    [
        ("08-20", "2026-08-20", "2026-08-20"),
        ("08-20", "2026-08-19", "2025-08-20"),
        ("02-29", "2026-03-01", "2024-02-29"),
        ("02-29", "1903-03-01", "1896-02-29"),
        ("2026-08-20", "2026-08-19", "None"),
        ("2026-08-20", "2030-01-01", "2026-08-20"),
        ("never", "2030-01-01", "None"),
    ],
)
def test_last_run(run, today, last):
    """The last run is counted back from the day that is asked about."""
    read = dated("date: 1940-08-20", f"run: {run}")

    assert str(read.last_run(datetime.date.fromisoformat(today))) == last


# Texts that have broken YAML writers: indicators, other types' spellings, quotes, odd spaces.
# fmt: off
AWKWARD = st.sampled_from(
    ["no", "null", "~", "1e3", "0x1F", "1940-08-20", "1:30", "# not", "- a", "a: b", "a #b", "'",
     '"', "{", "[a]", "&a", "*a", "!a", "%a", "@a", "`a", "|", ">", "?", "---", "...", "=", "<<",
     "\\n", "é", "日本", "😀", "a\xa0b", "\ufeffa", "\x7f", "a\u200bb", "Ω: μ"]
)
# fmt: on
WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn"], exclude_characters="\u2028\u2029"),
    min_size=1,
    max_size=20,
)
LINE = (
    st.one_of(AWKWARD, WORDS)
    .map(lambda text: " ".join(text.split()))
    .filter(lambda text: text != "")
)
MAYBE = st.none() | LINE
SLUG = st.text(string.ascii_lowercase, min_size=1, max_size=8)
DAY = st.dates(datetime.date(1583, 1, 1), datetime.date(2100, 1, 1))
DATE = st.builds(lambda day: HistoricalDate(day.year, day.month, day.day), DAY)
YEAR = st.builds(
    lambda year: HistoricalDate(year, calendar=Calendar.JULIAN if year < 1583 else "gregorian"),
    st.integers(-3000, 3000).filter(lambda year: year != 1582),
)
URL = SLUG.map(lambda name: f"https://{name}.example/?a=1&b=2#c")
BODY = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)
STORIES = st.builds(
    Story,
    id=SLUG,
    headline=LINE,
    dates=st.lists(DATE | YEAR, min_size=1, max_size=3).map(tuple),
    language=st.sampled_from(["en", "pt-BR", "no"]),
    series=st.none() | st.just(SERIES),
    run=st.none() | DAY | st.builds(MonthDay.of, DAY),
    bylines=st.lists(
        st.just(DESK)
        | st.builds(
            Author,
            name=LINE,
            note=LINE | st.just(""),
            kind=st.sampled_from(["desk", "person"]),
            links=st.lists(st.builds(Link, LINE, URL), max_size=2).map(tuple),
        ),
        max_size=3,
    ).map(tuple),
    summary=LINE | st.just(""),
    sources=st.lists(
        st.builds(StorySource, title=LINE, author=MAYBE, publisher=MAYBE, url=st.none() | URL),
        max_size=2,
    ).map(tuple),
    tags=st.lists(LINE, unique=True, max_size=3).map(tuple),
    entries=st.lists(LINE, unique=True, max_size=2).map(tuple),
    sensitive=st.booleans(),
    published=st.none() | DAY,
    corrections=st.lists(st.builds(Correction, DAY, LINE), max_size=2).map(tuple),
    body=BODY.filter(lambda text: "![" not in text),
)


@settings(max_examples=200)
@given(STORIES)
def test_any_story_survives_its_file(made):
    """Reading what was written gives the story back, and writing that gives the same bytes."""
    text = made.to_markdown()

    read = parse_story(text.encode(), PLAIN, Path(f"{made.id}.md"))

    assert read == made
    assert read.to_markdown() == text


@settings(max_examples=200)
@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_bytes_crash_the_reader(content):
    """Whatever stands in a file, the answer is a story or a StoryError."""
    for whole in (content, b"---\nheadline: A\ndate: 1940\n" + content + b"\n---\n" + content):
        with contextlib.suppress(StoryError):
            parse_story(whole, PLAIN, Path("a.md"))


def test_image_survives_its_file(publication):
    """A picture's words are written and read like the rest."""
    made = Story(
        id="a",
        headline="A",
        dates=(Interval.parse("1914/1918"),),
        image=Image(file="ada.jpg", alt="A: b", credit="#c", licence="CC0"),
    )

    assert story(made.to_markdown(), publication, "a.md") == made
