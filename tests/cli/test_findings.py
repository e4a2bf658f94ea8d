"""What `check` and `timeline` print, and how they end."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner

from hodie.cli import main

ROOT = Path(__file__).parents[2]
WRONG = "---\ndate: 1940-08-20\n---\n\nLeon Trotsky was born on *7 November 1880*, a Friday.\n"


@pytest.fixture
def run(demo, tmp_path):
    """A function that runs a command on a file with some text, whatever comes of it."""

    def run(command, text, *options, name="x.md"):
        file = tmp_path / name
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return CliRunner().invoke(main, [command, str(file), "-C", str(demo), *options])

    return run


def test_a_finding_as_a_linter_prints_it(run):
    """Place, verdict, the claim underlined, evidence with its reference, suggestion."""
    result = run("check", WRONG)
    lines = result.stdout.splitlines()

    assert result.exit_code == 1
    assert ":5:1: contradicted: the almanac has the birth of Leon Trotsky" in lines[0]
    assert lines[1] == "    Leon Trotsky was born on *7 November 1880*, a Friday."
    assert lines[2] == "    " + "^" * len("Leon Trotsky was born on *7 November 1880")
    assert lines[3].startswith("    evidence: Birth of Leon Trotsky, 7 November 1879 (")
    assert "https://" in lines[3]
    assert "suggestion: 7 November 1879 (for 7 November 1880)" in lines[4]
    assert lines[-1].startswith("1 file: 1 contradicted")


def test_a_clean_story_ends_well(run):
    """Nothing to find fault with: exit code 0; --all shows what was confirmed."""
    text = "Leon Trotsky was born on 7 November 1879."

    assert run("check", text).exit_code == 0
    assert "confirmed: birth of Leon Trotsky" in run("check", text, "--all").stdout


@pytest.mark.parametrize(
    ("text", "options"),
    [(b"\0\1", ()), (WRONG, ("--date", "yesterday")), (b"no docx", ("--json",))],
)
def test_what_cannot_be_read_is_mistyped(run, text, options):
    """A binary file, a date that is none, a broken document: one line, exit code 2."""
    name = "x.docx" if text == b"no docx" else "x.md"
    result = run("check", text, *options, name=name)

    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1


def test_json_has_places_that_lead_back(run):
    """A program finds the claim and the change in the file."""
    answer = json.loads(run("check", WRONG, "--json").stdout)
    [verdict] = [v for v in answer["files"][0]["verdicts"] if v["status"] == "contradicted"]
    change = verdict["suggestion"]

    assert WRONG[change["offset"] : change["end_offset"]] == "7 November 1880"
    assert (verdict["line"], verdict["column"]) == (5, 1)
    assert verdict["about"]["id"] == "leon-trotsky"
    assert verdict["entries"][0]["references"]
    assert answer["counts"]["contradicted"] == 1


def test_sarif_names_rule_place_and_fix(run):
    """What code scanning needs: a rule that is declared, a region, a replacement."""
    result = run("check", WRONG, "--sarif")
    [sarif] = json.loads(result.stdout)["runs"]
    [finding] = sarif["results"]
    rules = {rule["id"] for rule in sarif["tool"]["driver"]["rules"]}
    region = finding["locations"][0]["physicalLocation"]["region"]

    assert result.exit_code == 1
    assert finding["ruleId"] in rules
    assert finding["level"] == "error"
    assert (region["startLine"], region["startColumn"]) == (5, 1)
    assert finding["fixes"][0]["artifactChanges"][0]["replacements"]


def test_a_timeline_in_a_pipe_is_a_table_of_tabs(run):
    """One moment a line: date, clause, how sure, whom it names."""
    result = run("timeline", "In 1922 Lenin fell ill. He perhaps died in 1924.")
    rows = [line.split("\t") for line in result.stdout.splitlines()]

    assert result.exit_code == 0
    assert [row[0] for row in rows] == ["1922", "1924"]
    assert rows[0][3] == "Vladimir Lenin"
    assert rows[1][2] == "hedged: perhaps"


def test_a_timeline_in_json(run):
    """Dates are EDTF; what is not said is null."""
    answer = json.loads(run("timeline", "In 1922 Lenin fell ill.", "--json").stdout)
    [moment] = answer["moments"]

    assert (moment["date"], moment["precision"], moment["by"]) == ("1922", "year", None)
    assert moment["entities"][0]["id"] == "vladimir-lenin"


def test_sarif_addresses_are_addresses(run):
    """A blank or an umlaut in a file's name is written as addresses write it."""
    [sarif] = json.loads(run("check", WRONG, "--sarif", name="für später.md").stdout)["runs"]
    location = sarif["results"][0]["locations"][0]["physicalLocation"]

    assert location["artifactLocation"]["uri"].endswith("/f%C3%BCr%20sp%C3%A4ter.md")


def test_sarif_without_findings_is_whole(run):
    """A clean story still answers a document that a reader of SARIF takes."""
    result = run("check", "Nothing is dated here.", "--sarif")
    answer = json.loads(result.stdout)

    assert result.exit_code == 0
    assert (answer["version"], answer["runs"][0]["results"]) == ("2.1.0", [])


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("x.md", WRONG.replace("\n", "\r\n")),
        ("x.txt", "Leon Trotsky was born on 7 November 1880, a Friday."),
        ("x.html", "<p>L&eacute;on? Leon <b>Trotsky</b> was born on <i>7 November 1880</i>.</p>"),
        ("x.txt", "\u202bשלום\u202c Leon Trotsky was born on 7 November 1880."),
        ("x.txt", "😀😀 Leon Trotsky was born on 7 November 1880."),
    ],
)
def test_places_are_true_to_the_file(run, name, text):
    """Whatever stands before a claim, its offsets lead to its words in the file."""
    answer = json.loads(run("check", text, "--json", name=name).stdout)
    [verdict] = [v for v in answer["files"][0]["verdicts"] if v["status"] == "contradicted"]
    change = verdict["suggestion"]
    line = text.splitlines()[change["line"] - 1]

    assert text[change["offset"] : change["end_offset"]] == "7 November 1880"
    assert line[change["column"] - 1 : change["end_column"] - 1] == "7 November 1880"


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("It was Friday, 20 August 1940.", ["weekday"]),
        ("He fell on 30 February 1941.", ["impossible"]),
        ("On 29 February 1900 it snowed.", ["impossible"]),
        ("On 29 February 1900 (Old Style) it snowed.", []),
        ("On 10 October 1582 the Pope slept in Rome.", ["impossible"]),
        ("On 10 October 1582 a ship left London.", []),
        ("They met on 3 May 2150.", ["future"]),
        ("They will meet on 3 May 2150.", []),
        ("70 years ago, on 20 August 1940, he fell.", ["count"]),
        ("80 years ago, on 20 August 1940, he fell.", []),
        ("Today in 2021 we remember.", ["dateline"]),
    ],
)
def test_what_the_calendar_alone_says(run, text, kinds):
    """Weekdays, days that never were, the future, counts of years, the dateline."""
    answer = json.loads(run("check", text, "--json", "--date", "2020-08-20").stdout)
    found = [v for v in answer["files"][0]["verdicts"] if v["status"] in ("contradicted", "partly")]

    assert [v["kind"] for v in found] == kinds


def test_many_files_are_counted_together(run, demo, tmp_path):
    """The last line counts all files; one with a finding decides the exit code."""
    (tmp_path / "clean.md").write_text("Nothing.", encoding="utf-8")
    (tmp_path / "wrong.md").write_text(WRONG, encoding="utf-8")
    names = [str(tmp_path / "clean.md"), str(tmp_path / "wrong.md")]
    result = CliRunner().invoke(main, ["check", *names, "-C", str(demo)])

    assert result.exit_code == 1
    assert result.stdout.splitlines()[-1].startswith("2 files: 1 contradicted")


@pytest.mark.parametrize("text", ["", "\n\n", "\0", "\ud800 1940".encode("utf-8", "surrogatepass")])
@pytest.mark.parametrize("command", ["check", "timeline"])
def test_odd_files_end_well(run, command, text):
    """Empty, blank, binary, half a character: an answer or one line, no traceback."""
    result = run(command, text, name="x.txt")

    assert result.exit_code in (0, 2)
    assert "Traceback" not in result.output


def test_a_timeline_shows_denials_last(run):
    """What has no date comes after what has one, with who denies it."""
    text = "Leon Trotsky died in 1940, but the Soviets denied any involvement."
    rows = [line.split("\t") for line in run("timeline", text).stdout.splitlines()]

    assert rows[-1][0] == ""
    assert rows[-1][2] == "denied: the Soviets denied"


def test_the_action_checks_for_real(demo, tmp_path):
    """Its last step, run by a shell: SARIF is written, and the findings end it with 1."""
    (tmp_path / "a b.md").write_text(WRONG, encoding="utf-8")
    (tmp_path / "c.md").write_text("Nothing.", encoding="utf-8")
    step = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))["runs"]["steps"][-1]
    done = subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", step["run"]],
        cwd=tmp_path,
        env={
            **os.environ,
            "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
            "FILES": "*.md",
            "PUBLICATION": str(demo),
            "SARIF": "found.sarif",
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1, done.stderr
    assert "a b.md:5:1: contradicted" in done.stdout
    assert json.loads((tmp_path / "found.sarif").read_text(encoding="utf-8"))["runs"][0]["results"]


def test_the_action_and_the_hook_run_the_command():
    """The definitions for GitHub and pre-commit are well-formed and call `hodie check`."""
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    [hook] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))

    assert action["runs"]["using"] == "composite"
    assert any("hodie check" in step.get("run", "") for step in action["runs"]["steps"])
    assert hook["entry"] == "hodie check"
