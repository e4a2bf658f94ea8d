"""`hodie mcp`, asked by the SDK's own client: in the process, on standard input, and by HTTP."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import anyio
import pytest
from click.testing import CliRunner
from mcp import Client, StdioServerParameters

from hodie.cli import main
from hodie.cli.assistants import LONGEST_TEXT, Tools, server_of
from hodie.cli.places import open_place
from hodie.server.serving import free_port

TOOLS = ["on_this_day", "search", "timeline", "check"]
HODIE = ("-c", "from hodie.cli import main; main()")


@pytest.fixture(scope="module")
def place(demo):
    """The demo, as a command opens it."""
    return open_place(demo)


@pytest.fixture
def tools(place):
    return Tools(place)


def asked(server: Any, tool: str, **arguments: Any) -> Any:
    """Ask one tool by the SDK's client, and return its answer."""

    async def ask() -> Any:
        async with Client(server) as client:
            return await client.call_tool(tool, arguments)

    return anyio.run(ask)


def listed(server: Any) -> list[Any]:
    async def ask() -> Any:
        async with Client(server) as client:
            return (await client.list_tools()).tools

    return anyio.run(ask)


def test_the_tools_are_described(place):
    """Each tool says what it does and takes, and that it only reads."""
    tools = listed(server_of(place))

    assert [tool.name for tool in tools] == TOOLS
    assert all(tool.description and tool.annotations.read_only_hint for tool in tools)
    assert all("properties" in tool.input_schema for tool in tools)


def test_a_day_is_told_with_references(place):
    """What was chosen for a day comes with reasons, sources and licences."""
    answer = asked(server_of(place), "on_this_day", day="20 August").structured_content

    assert answer["day"] == "08-20"
    assert answer["words"] == "20 August"
    assert answer["selected"][0]["why"].startswith("Picked ")
    everything = [each for name in ("selected", "births", "deaths") for each in answer[name]]
    assert all(each["references"][0]["source"] for each in everything)
    assert "Wikidata (CC0-1.0)" in answer["sources"]


def test_a_kind_and_a_date_can_be_asked_for(tools):
    """One kind of a day, and one date of one year."""
    births = tools.on_this_day("08-20", "birth", limit=3)["entries"]
    date = tools.on_this_day("1940-08-20")

    assert [each["kind"] for each in births] == ["birth"] * 3
    assert {each["date"]["edtf"] for each in date["entries"]} == {"1940-08-20"}
    assert date["page"].endswith("/on/1940-08-20/")


def test_search_finds_entries_and_entities(tools):
    """Both are told, the entries with what backs them."""
    answer = tools.search("trotsky")

    assert answer["entities"][0]["id"] == "leon-trotsky"
    assert all(each["references"] for each in answer["entries"])


@pytest.mark.parametrize("name", ["leon-trotsky", "Leon Trotsky", "trotsky"])
def test_a_timeline_is_in_order(tools, name):
    """An id or a name leads to a life in order, with sources."""
    answer = tools.timeline(name)
    years = [each["date"]["year"] for each in answer["entries"]]

    assert answer["entity"]["id"] == "leon-trotsky"
    assert years == sorted(years)
    assert {1879, 1940} <= set(years)
    assert answer["sources"]


def test_a_text_is_checked(tools):
    """A wrong date is contradicted, with the entry that says so."""
    answer = tools.check("Leon Trotsky was born on 20 March 1869.", date="2026-08-20")
    [verdict] = [each for each in answer["verdicts"] if each["kind"] == "birth"]

    assert verdict["status"] == "contradicted"
    assert verdict["entries"][0]["references"]
    assert verdict["suggestion"]


@pytest.mark.parametrize(
    ("tool", "arguments", "words"),
    [
        ("on_this_day", {"day": "30 February"}, "nearest days are 29 February"),
        ("timeline", {"name": "zzzzzz"}, "nothing is known as 'zzzzzz'"),
        ("check", {"text": "x" * (LONGEST_TEXT + 1)}, "send at most 100,000"),
        ("check", {"text": "x", "date": "yesterday"}, "yesterday"),
    ],
)
def test_odd_questions_are_answered_in_words(place, tool, arguments, words):
    """An assistant is told what was wrong and what would do, and may ask again."""
    answer = asked(server_of(place), tool, **arguments)

    assert answer.is_error
    assert words in answer.content[0].text


def test_answers_stay_small(tools):
    """Whatever is asked for, an answer holds fifty entries at most."""
    assert len(tools.on_this_day("08-20", "birth", limit=10**6)["entries"]) <= 50
    assert len(tools.search("the", limit=-5)["entries"]) <= 1


def test_it_speaks_on_standard_input(demo):
    """An assistant that starts the command can list and call its tools."""
    server = StdioServerParameters(
        command=sys.executable, args=[*HODIE, "mcp", "-C", str(demo)], cwd=str(demo)
    )
    answer = asked(server, "on_this_day", day="08-20", kind="death", limit=2)

    assert [each["kind"] for each in answer.structured_content["entries"]] == ["death", "death"]


@contextlib.contextmanager
def listening(demo: Path) -> Iterator[str]:
    """Run `hodie mcp --http` on a free port until the block ends."""
    port = free_port()
    command = [sys.executable, *HODIE, "mcp", "--http", "--port", str(port), "-C", str(demo)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            line = next(line for line in iter(process.stdout.readline, "") if "http://" in line)
            yield line[line.index("http://") :].split()[0]
        finally:
            process.terminate()
            process.wait(timeout=20)


def test_it_listens_on_a_port(demo):
    """Over HTTP the same tools answer."""
    with listening(demo) as address:
        answer = asked(address, "search", words="trotsky")

    assert answer.structured_content["entities"][0]["id"] == "leon-trotsky"


def test_without_the_sdk_one_line_says_so(demo, monkeypatch):
    """The extra is named where it is missing."""
    monkeypatch.setitem(sys.modules, "mcp.server", None)
    result = CliRunner().invoke(main, ["mcp", "-C", str(demo)])

    assert result.exit_code == 1
    assert "pip install 'hodie[mcp]'" in result.output
