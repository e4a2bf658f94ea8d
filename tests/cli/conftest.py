"""The commands as a shell would run them, on the demo publication."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from hodie.cli import main

Run = Callable[..., Result]


@pytest.fixture
def run(demo: Path) -> Run:
    """A function that runs a question about the demo, which must end well."""

    def run(*arguments: str) -> Result:
        result = CliRunner().invoke(main, [*arguments, "-C", str(demo)])
        assert result.exit_code == 0, result.output
        return result

    return run


@pytest.fixture
def ask(run: Run) -> Callable[..., Any]:
    """A function that asks the demo something, and returns the JSON of the answer."""
    return lambda *arguments: json.loads(run(*arguments, "--json").stdout)
