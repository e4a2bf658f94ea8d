"""The pages that are made from the code say what the code says."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from hodie.cli import main

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", ["api_reference", "cli_reference"])
def test_the_references_are_fresh(name):
    """The pages hold what commands and the API say of themselves; `./run docs` makes them anew."""
    reference = tool(name)

    # Where click breaks a line is its own affair, and differs between its versions.
    assert reference.PAGE.read_text(encoding="utf-8").split() == reference.page().split()


def tool(name):
    """Import a file of tools/."""
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_has_examples(name):
    """The help of each command ends with examples, each beginning with the command's own name."""
    text = main.commands[name].help or ""
    _, _, examples = text.partition("Examples:\n")
    lines = [line.strip() for line in examples.splitlines() if line.strip()]

    assert lines
    assert all(line.startswith(f"hodie {name}") for line in lines)
