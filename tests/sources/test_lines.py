"""The starter's own sentences: the reader, the checks, and every line against them."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import msgspec
import pytest

from hodie.sources.starter.lines import (
    FOLDER,
    LineError,
    Link,
    parse_lines,
    plain,
    read_all_lines,
    read_lines,
)


def load_tool() -> ModuleType:
    """Load `tools/lines.py`, which is no part of the package."""
    path = Path(__file__).parents[2] / "tools" / "lines.py"
    spec = importlib.util.spec_from_file_location("hodie_tools_lines", path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


tool = load_tool()

needs_facts = pytest.mark.skipif(not tool.has_facts(), reason="../shared/data is absent")

MONTH = """# January

## 1

- 1801: [[Giuseppe Piazzi]] finds [[Ceres (dwarf planet)|Ceres]]. `e:1801-01-01:73b46db1de`

## 2

- 44 BC: Somebody is murdered in Rome. `e:-0043-01-02:0123456789` !sensitive
"""


def fact(**values):
    """Give a fact with a few values of its own."""
    plainest = {"id": "e:1801-01-01:73b46db1de", "date": "1801-01-01", "kind": "event"}
    return msgspec.convert(plainest | values, tool.Fact)


def one(text, *, year="1801", id="e:1801-01-01:73b46db1de"):
    """Give one line of New Year's Day."""
    [line] = parse_lines(f"# January\n## 1\n- {year}: {text} `{id}`\n", 1)
    return line


NAMES = tool.Names(regions={"europe": "France, French, New Forest"}, words={"months": "January"})


class TestReader:
    def test_a_bullet_is_a_line(self):
        """A line has its entry, day, year, plain text and place in the file."""
        first, _ = parse_lines(MONTH, 1)

        assert (first.id, first.month, first.day) == ("e:1801-01-01:73b46db1de", 1, 1)
        assert (first.year, first.number) == (1801, 5)
        assert first.text == "Giuseppe Piazzi finds Ceres."

    def test_links_have_offsets_into_the_plain_text(self):
        """A link says which of the shown words stand for which title."""
        first, _ = parse_lines(MONTH, 1)

        assert first.links == (Link(0, 15, "Giuseppe Piazzi"), Link(22, 27, "Ceres (dwarf planet)"))
        assert [first.text[a:b] for a, b, _ in first.links] == ["Giuseppe Piazzi", "Ceres"]

    def test_years_before_christ_are_astronomical(self):
        """The year people say, 44 BC, is -43 inside."""
        assert parse_lines(MONTH, 1)[1].year == -43

    def test_the_mark_makes_a_line_sensitive(self):
        """Only a line with the mark is sensitive."""
        assert [line.sensitive for line in parse_lines(MONTH, 1)] == [False, True]

    @pytest.mark.parametrize(
        ("marks", "flags"),
        [("", (False, False)), (" !lead", (False, True)), (" !sensitive !lead", (True, True))],
    )
    def test_a_line_may_be_marked_to_lead(self, marks, flags):
        """A story to begin a day with has a mark of its own, after that of tact."""
        [line] = parse_lines(f"# March\n## 1\n- 1900: A. `e:1`{marks}\n", 3)

        assert (line.sensitive, line.lead) == flags

    def test_lines_are_frozen(self):
        """A line cannot be changed."""
        line = parse_lines(MONTH, 1)[0]

        with pytest.raises(AttributeError):
            line.text = "Another."

    @pytest.mark.parametrize(
        ("row", "message"),
        [
            ("- 1801: No id.", "is not '- YEAR: sentence"),
            ("- 1801 No colon. `e:1`", "is not '- YEAR: sentence"),
            ("- 0: No such year. `e:1`", "is not '- YEAR: sentence"),
            ("- 1801: Twice. `e:1` !sensible", "is not '- YEAR: sentence"),
            ("- 1801: The wrong way round. `e:1` !lead !sensitive", "is not '- YEAR: sentence"),
            ("- 1801: [[Open link. `e:1`", "a link is not closed"),
            ("- 1801: [[]] is nothing. `e:1`", "a link is not closed"),
            ("## 32", "is not a day of month 1"),
            ("## first", "is not a day of month 1"),
            ("## 1", "keep each day once, in order"),
            ("Some remark", "is neither the title"),
            ("# March", "is neither the title '# January'"),
        ],
    )
    def test_what_cannot_be_read_is_an_error_with_its_place(self, row, message):
        """An error names file and line, quotes what stood there and says what belongs there."""
        with pytest.raises(LineError, match=message) as caught:
            parse_lines(f"# January\n\n## 1\n{row}\n", 1, file="01.md")

        assert str(caught.value).startswith("01.md:4: ")
        assert (caught.value.file, caught.value.number) == ("01.md", 4)

    def test_a_line_before_the_first_day_is_an_error(self):
        """A bullet belongs under the heading of a day."""
        with pytest.raises(LineError, match="before the first day"):
            parse_lines("# January\n- 1801: Too early. `e:1`\n", 1)

    def test_february_has_29_days(self):
        """The leap day is a day as any other."""
        assert parse_lines("# February\n## 29\n- 1960: Leap. `e:1`\n", 2)[0].day == 29

    def test_a_month_without_a_file_has_no_lines(self, tmp_path):
        """A month nobody has written is empty, not an error."""
        assert read_lines(1, tmp_path) == []

    def test_the_months_come_in_order(self, tmp_path):
        """Reading all gives January first."""
        (tmp_path / "02.md").write_text("# February\n## 1\n- 1900: Two. `e:2`\n")
        (tmp_path / "01.md").write_text("# January\n## 1\n- 1900: One. `e:1`\n")

        assert [line.text for line in read_all_lines(tmp_path)] == ["One.", "Two."]

    def test_plain_leaves_a_sentence_without_links_alone(self):
        """Text without brackets stays as it is."""
        assert plain("Nothing linked.") == ("Nothing linked.", ())


class TestChecks:
    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("A" + "a" * 200 + ".", "202 characters"),
            ("No end", "no end"),
            ("small letter.", "lower case"),
            ("Two  spaces.", "space too many"),
            ("It is 1802 already.", "1802 is not the year"),
        ],
    )
    def test_a_line_is_checked_alone(self, text, message):
        """Length, end, capital, spaces and the year in the sentence need no data."""
        assert any(message in problem for problem in tool.problems_of_line(one(text)))

    @pytest.mark.parametrize(
        "text",
        [
            "It is 1801.",
            "Some 1,900 leave.",
            "A wall 1500 metres long.",
            "The [[1900 Games]] open.",
        ],
    )
    def test_a_number_that_is_no_year_passes(self, text):
        """The entry's year, grouped digits, measures and titles are no wrong years."""
        assert list(tool.problems_of_line(one(text))) == []

    def test_a_line_needs_its_entry(self):
        """An id that no fact has is a problem."""
        problems = list(tool.problems_with_fact(one("Nothing."), None, NAMES))

        assert problems == ["no entry 'e:1801-01-01:73b46db1de'"]

    def test_day_and_year_are_the_entry_s(self):
        """A line under another day or year than its entry's is a problem."""
        problems = list(tool.problems_with_fact(one("So."), fact(date="1802-01-02"), NAMES))

        assert problems == ["its entry is of 01-02", "its entry is of 1802"]

    def test_links_go_to_entities_of_the_entry(self):
        """A title that the fact does not have is a problem."""
        entry = fact(people=["Giuseppe Piazzi"])
        problems = list(tool.problems_with_fact(one("[[Ceres]] is found."), entry, NAMES))

        assert any(problem.startswith("[[Ceres]] is not of its entry") for problem in problems)

    def test_a_line_links_to_something(self):
        """A line whose entry has entities links to one at least."""
        entry = fact(people=["Giuseppe Piazzi"])
        problems = list(tool.problems_with_fact(one("Somebody looks up."), entry, NAMES))

        assert problems == ["links to none of Giuseppe Piazzi"]

    @pytest.mark.parametrize(
        "text",
        [
            "Then Piazzi's star.",
            "Then France.",
            "Then New Forest.",
            "In January.",
            "Piazzian days.",
        ],
    )
    def test_names_of_the_entry_and_the_list_pass(self, text):
        """Names of entities, their forms, countries and months are allowed."""
        entry = fact(title="Discovery by Giuseppe Piazzi")

        assert list(tool.problems_with_fact(one(text), entry, NAMES)) == []

    def test_other_names_are_problems(self):
        """A name that belongs to nobody of the entry is a problem."""
        problems = list(tool.problems_with_fact(one("Here comes Newton."), fact(), NAMES))

        assert problems == ["'Newton' is no name of its entry"]

    def test_a_line_may_be_excused_for_a_name(self):
        """A name listed for its line, with a reason, passes."""
        excuse = {"e:1801-01-01:73b46db1de": {"names": "Newton", "reason": "as an example"}}
        known = msgspec.structs.replace(NAMES, lines=excuse)

        assert list(tool.problems_with_fact(one("Here comes Newton."), fact(), known)) == []

    def test_six_common_words_in_a_row_are_copied(self):
        """A run of six words that a day page has too is a problem."""
        theirs = tool.runs(["1801 – They found it in the depth of the night, in Rome."])
        problems = list(tool.problems_with_prose(one("It came in the depth of the night."), theirs))

        assert problems == ["'in the depth of the night' stands in the day page"]

    def test_a_shared_title_is_not_copied(self):
        """A run that is mostly a name stays out of the comparison."""
        theirs = tool.runs(["The Treaty of Peace and Friendship is signed."])
        ours = one("Then the [[Treaty of Peace and Friendship]] is made.")

        assert list(tool.problems_with_prose(ours, theirs)) == []

    def test_lines_of_one_entry_or_the_same_words_are_alike(self):
        """Each entry has one line, and no two lines have the same words."""
        lines = [one("A b c."), one("D e f."), one("C a b.", id="e:3")]

        assert [line.text for line, _ in tool.alike(lines)] == ["D e f.", "C a b."]

    def test_a_day_tells_its_regions(self):
        """Names in the sentences say where in the world a day has been."""
        assert tool.regions_of([one("All of the French leave.")], NAMES) == {"europe"}

    def test_years_of_a_day_are_in_order(self):
        """A line before an older one is a problem."""
        lines = [one("A."), one("B.", year="44 BC")]

        assert [message for _, message in tool.problems_of_order(lines)] == [
            "-43 stands after 1801: tidy puts it right"
        ]

    def test_missing_days_are_told(self):
        """Every day of a month wants its lines."""
        assert tool.missing_days(1, parse_lines(MONTH, 1)) == list(range(3, 32))

    def test_a_gap_is_a_problem(self):
        """A day left out before the last one written is named."""
        lines = parse_lines("# March\n## 1\n- 1900: A. `e:1`\n## 3\n- 1900: B. `e:2`\n", 3)

        assert list(tool.gaps(3, lines)) == ["no line for 2"]


class TestTidy:
    def test_days_and_years_are_put_in_order(self):
        """Tidying sorts, and changes nothing else."""
        one, two = "- 44 BC: Old. `e:1`", "- 1801: New. `e:2`"

        tidied = tool.tidied(f"# January\n## 2\n{two}\n{one}\n## 1\n{two}\n", 1)

        assert tidied == f"# January\n\n## 1\n\n{two}\n\n## 2\n\n{one}\n{two}\n"

    def test_tidy_is_idempotent(self):
        """A tidy file stays as it is."""
        assert tool.tidied(MONTH, 1) == MONTH

    @needs_facts
    def test_a_draft_s_number_becomes_the_entry(self):
        """The number of a candidate gives the line its year and id."""
        first = tool.candidates("01-01")[0]

        tidied = tool.tidied("# January\n## 1\n- #1 It happens. !sensitive\n", 1)

        assert f"- {first.year}: It happens. `{first.id}` !sensitive" in tidied


WRITTEN = [month for month in range(1, 13) if (FOLDER / f"{month:02}.md").exists()]


class TestLines:
    @needs_facts
    @pytest.mark.parametrize("month", WRITTEN)
    def test_every_line_of_a_month_is_right(self, month):
        """Entries, years, names, words of its own, six a day, spread over time and the world."""
        assert [str(problem) for problem in tool.check([month])] == []

    @pytest.mark.parametrize("month", WRITTEN)
    def test_every_line_of_a_month_reads_well(self, month):
        """Length, punctuation and years in the sentence, which need no data."""
        about = [
            (line.number, p) for line in read_lines(month) for p in tool.problems_of_line(line)
        ]

        assert about == []

    @pytest.mark.parametrize("month", WRITTEN)
    def test_every_file_is_tidy(self, month):
        """A file stands as the tool would write it, so that a diff shows only what was meant."""
        text = (FOLDER / f"{month:02}.md").read_text(encoding="utf-8")

        assert tool.tidied(text, month) == text

    @pytest.mark.skipif(len(WRITTEN) < 12, reason="not every month has its lines yet")
    @pytest.mark.parametrize("month", WRITTEN)
    def test_every_day_has_its_lines(self, month):
        """No day of the year is left out."""
        assert tool.missing_days(month, read_lines(month)) == []
